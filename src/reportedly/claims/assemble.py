"""Statement x event = claim."""

from __future__ import annotations

from spacy.tokens import Doc

from reportedly.config import Config
from reportedly.model import Actor, Claim, Dispatch, Event, Statement, Time


def assemble_claims(
    doc: Doc,
    dispatch: Dispatch,
    statements: tuple[Statement, ...],
    events: tuple[Event, ...],
    actors: tuple[Actor, ...],
    times: tuple[Time, ...],
    config: Config,
) -> tuple[Claim, ...]:
    return ()
