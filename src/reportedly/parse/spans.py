"""Small helpers between the characters of a dispatch and the tokens of its spaCy ``Doc``."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Generic, TypeVar

from reportedly.parse.parsed import Doc, Token

T = TypeVar("T")
TWO = 2


def tokens_of(doc: Doc, start: int, end: int) -> list[Token]:
    """The tokens that share a character with ``[start, end)``."""
    first = max(bisect_right(doc.offsets, start) - 1, 0)
    found = doc.tokens[first : bisect_left(doc.offsets, end)]
    return found[1:] if found and found[0].idx + len(found[0].text) <= start else found


class TokenIndex(Generic[T]):
    """Which record stands on a token: ``index.get(token)`` or None.

    Built from (start, end, record) triples; where two overlap, the longer one keeps the shared tokens.
    """

    def __init__(self, doc: Doc, items: Iterable[tuple[int, int, T]]) -> None:
        self._at: dict[int, T] = {}
        for start, end, item in sorted(items, key=lambda x: (x[1] - x[0], x[0])):
            for token in tokens_of(doc, start, end):
                self._at[token.i] = item

    def get(self, token: Token) -> T | None:
        """The record on this token, if any."""
        return self._at.get(token.i)


def head_of(doc: Doc, start: int, end: int) -> Token:
    """The token of the code points ``[start, end)`` that governs the others there."""
    tokens = tokens_of(doc, start, end)
    inside = {t.i for t in tokens}
    return next((t for t in tokens if t.head.i not in inside or t.head == t), tokens[0])


def first_surnames(doc: Doc) -> set[str]:
    """The first of two surnames by which the recogniser knows somebody elsewhere: "Ana Mora Solis ... Mora said"."""
    alone = {e[0].text for e in doc.ents if e.label_ == "PERSON" and len(e) == 1}
    full = [e for e in doc.ents if e.label_ in ("PERSON", "ORG") and len(e) > TWO]
    return {t.text for e in full for t in e[1:-1] if t.text in alone}
