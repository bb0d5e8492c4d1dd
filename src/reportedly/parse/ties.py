"""What a word of a parse hangs on, as a rule of mending puts it, and the phrase that begins at a word."""

from __future__ import annotations

import calendar
from typing import Final, NamedTuple

from reportedly.parse.parsed import Doc, Token

DAYS: Final = frozenset(d.lower() for d in calendar.day_name)
TIMES: Final = frozenset({"DATE", "TIME"})
FINITE: Final = frozenset({"VBD", "VBZ", "VBP"})
# What a verb has that is done to somebody or told already.
FILLED: Final = frozenset({"dobj", "nsubjpass", "auxpass", "ccomp", "xcomp", "attr", "acomp"})
OPENING: Final = frozenset({"DET", "NUM", "ADJ", "NOUN", "PROPN", "PRON"})
INSIDE: Final = frozenset({"det", "nummod", "amod", "compound", "poss", "nmod", "quantmod", "advmod", "predet", "case"})


class MendedTie(NamedTuple):
    """What a word hangs on, and as what; the tag and lemma where they change too."""

    head: int
    dep: str
    pos: str | None = None
    tag: str | None = None
    lemma: str | None = None


def phrase_head(doc: Doc, first: int) -> Token | None:
    """The noun of a phrase that begins at a position, "men" of "two young men"; None where no phrase does."""
    if first >= len(doc) or doc[first].pos_ not in OPENING or doc[first].tag_ == "WDT":
        return None
    token = doc[first]
    while token.head.i > token.i and (token.dep_ in INSIDE or token.pos_ == "DET"):
        token = token.head
    return token if token.pos_ in OPENING and token.i < first + 8 else None
