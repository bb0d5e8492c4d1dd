"""A statement while it is being put together."""

from __future__ import annotations

import msgspec
from spacy.tokens import Token

from reportedly.model import Span
from reportedly.statements.cues import Cue


class Draft(msgspec.Struct):
    """What is known of one attribution: cue, the verb (or noun) that anchors it, who says it and what.

    ``holder`` is the head of the source, ``direct`` whether a quotation stands beside the cue, ``outer`` who hands the
    word over ("X quoted Y as saying") and ``handed`` whether somebody does.
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

    @property
    def extent(self) -> tuple[int, int]:
        """First and last character of the content."""
        return min(s.start for s in self.content), max(s.end for s in self.content)
