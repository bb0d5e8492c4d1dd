"""A statement while it is being put together."""

from __future__ import annotations

import msgspec

from reportedly.model import Span
from reportedly.parse.parsed import Token
from reportedly.statements.cues import Cue


class Draft(msgspec.Struct):
    """What is known of one attribution: cue, the verb (or noun) that anchors it, who says it and what.

    ``holder`` is the head of the source, ``direct`` whether a quotation stands beside the cue, ``outer`` who hands the
    word over ("X quoted Y as saying"), ``handed`` whether somebody does, ``lead`` whose sentence it goes on with.
    """

    cue: Cue
    anchor: Token
    cue_span: Span
    source: tuple[Span, ...] | None
    holder: Token | None
    content: list[Span]
    direct: bool = False
    outer: Draft | None = None
    handed: bool = False
    lead: Draft | None = None
