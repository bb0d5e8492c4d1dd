"""How surely an event is presented as having happened (FactBank values), and its modality."""

from __future__ import annotations

import msgspec
from spacy.tokens import Token

from reportedly.config import Config
from reportedly.model import Factuality, Modality


class Assessment(msgspec.Struct, frozen=True):
    """Factuality and modality of one trigger, with the words that gave them, from the outside in."""

    factuality: Factuality
    modality: Modality | None
    steps: tuple[str, ...] = ()


def assess(trigger: Token, config: Config, limit: Token | None = None) -> Assessment:
    """How sure the voice that answers for ``trigger`` is; governors at or above ``limit`` (its cue) are left out."""
    return Assessment("CT+", None)
