"""What happened: triggers with their type and arguments."""

from __future__ import annotations

from spacy.tokens import Doc

from reportedly.config import Config
from reportedly.model import Actor, Dispatch, Event, Figure, Place, Time


def find_events(
    doc: Doc,
    dispatch: Dispatch,
    times: tuple[Time, ...],
    places: tuple[Place, ...],
    actors: tuple[Actor, ...],
    figures: tuple[Figure, ...],
    config: Config,
) -> tuple[Event, ...]:
    return ()
