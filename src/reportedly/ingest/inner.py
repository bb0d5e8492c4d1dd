"""Datelines inside a text: those of the parts of a round-up, and the town of a story behind that of the desk.

"* SARN (Sample) - Rebels ..." opens a part of its own; of "[TEXT] ORHEI -- Nine miners ..." behind the dateline of a
listening post only the second town is where the story plays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from reportedly.ingest.datelines import find_dateline
from reportedly.knowledge.load import SHIPPED, Knowledge
from reportedly.model import Dateline, Dispatch, Span

# Where a paragraph begins: behind an empty line, or behind a line that ends a sentence.
_OPENING = re.compile(
    r"(?:\n[^\S\n]{0,9}\n|[.!?:][\"'”’)\]]{0,9}[^\S\n]{0,9}\n)\s{0,99}+(?:[*•·▪–-]\s{1,9}+)?(?=['‘’A-Z])"
)
_WORD = r"[A-Z][\w'’.]*"
_TOWN = re.compile(
    rf"(?P<place>{_WORD}(?:[ -](?:(?:de|del|la|el|al)[ -])?{_WORD}){{0,3}})(?:, {_WORD})? -- (?=[\"'A-Z0-9])"
)


# Asked before a batch is parsed, and by several stages of each of its texts.
@lru_cache(maxsize=64)
def inner_datelines(dispatch: Dispatch, knowledge: Knowledge = SHIPPED) -> tuple[Dateline, ...]:
    """The datelines behind where the story begins, in text order; ``span`` ends where their part of it begins."""
    return tuple(_inner(dispatch, knowledge))


def _inner(dispatch: Dispatch, knowledge: Knowledge) -> Iterator[Dateline]:
    text, begin = dispatch.text, dispatch.body_start
    town = _TOWN.match(text, begin) if dispatch.dateline is not None else None
    if town is not None:
        yield Dateline(town["place"], None, Span(begin, town.end()))
    for opening in _OPENING.finditer(text, begin):
        line = find_dateline(text, opening.end(), dispatch.published, knowledge)
        if line is not None and line.place is not None and line.end < len(text):
            yield Dateline(line.place, line.date, Span(line.start, line.end))
