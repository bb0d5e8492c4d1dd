"""Toponyms and where they are."""

from __future__ import annotations

from spacy.tokens import Doc

from reportedly.config import Config
from reportedly.model import Dispatch, Place


def find_places(doc: Doc, dispatch: Dispatch, config: Config) -> tuple[Place, ...]:
    return ()
