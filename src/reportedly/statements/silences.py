"""Who says nothing, and about what."""

from __future__ import annotations

from spacy.tokens import Doc

from reportedly.config import Config
from reportedly.model import Actor, Dispatch, Silence


def find_silences(doc: Doc, dispatch: Dispatch, actors: tuple[Actor, ...], config: Config) -> tuple[Silence, ...]:
    """The silences of a dispatch in text order."""
    return ()
