"""Quotation marks, paired before anything else is read.

Newspapers open a quotation again at every paragraph and close it only at the last one, typists forget closers, wires
write two single marks for a double one. Pairing therefore works paragraph by paragraph, never fails, and says what it
had to assume. A line feed in the text is a paragraph break.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

_MARK = re.compile(r"``|''|[\"“”„‟«»‘’'＂]")
_SENTENCE_END = re.compile(r"[.?!…]['’)\]]*(?=\s|$)")
_OPENING_BEFORE = frozenset(" \t\u00a0([{<—–-/\"'“‘")
_CLOSING_AFTER = frozenset(" \t\u00a0)]}>—–-,.;:?!…\"'”’")
_PARTNERS = {"“": "”", "„": "“”", "‟": "”", "«": "»", "``": "''", "''": "''", '"': '"', "＂": "＂", "‘": "’", "'": "'"}
_SINGLE = frozenset("‘’'")


class Quote(msgspec.Struct, frozen=True):
    """A quotation with its marks: ``[start, end)`` holds them, ``[inner_start, inner_end)`` does not.

    ``state`` is *paired*; *carried* where the paragraph ends inside the quotation and the next one opens it again;
    *unclosed* where the closer is missing and the end was assumed.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    state: Literal["paired", "carried", "unclosed"]


class _Mark(msgspec.Struct, frozen=True):
    text: str
    start: int
    end: int
    opens: bool
    closes: bool


def find_quotes(text: str) -> tuple[Quote, ...]:
    """The outermost quotations of a text in order; they never overlap, and single words in marks are among them."""
    found: list[Quote] = []
    paragraphs = list(_paragraphs(text))
    for number, (start, end) in enumerate(paragraphs):
        after = paragraphs[number + 1][0] if number + 1 < len(paragraphs) else None
        found += _pair(text, start, end, reopened=after is not None and _opens(text, after))
    return tuple(found)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    position = 0
    for line in text.split("\n"):
        if line.strip():
            yield position + len(line) - len(line.lstrip()), position + len(line.rstrip())
        position += len(line) + 1


def _opens(text: str, at: int) -> bool:
    mark = _MARK.match(text, at)
    return mark is not None and mark.group() not in ("”", "»", "’")


def _marks(text: str, start: int, end: int) -> list[_Mark]:
    found = []
    for m in _MARK.finditer(text, start, end):
        before = text[m.start() - 1] if m.start() > start else " "
        after = text[m.end()] if m.end() < end else " "
        found.append(_classify(m.group(), m.start(), m.end(), before, after))
    return found


def _classify(mark: str, start: int, end: int, before: str, after: str) -> _Mark:
    if mark in ("“", "„", "‟", "«", "``"):
        return _Mark(mark, start, end, opens=True, closes=mark == "“")
    if mark in ("”", "»"):
        return _Mark(mark, start, end, opens=False, closes=True)
    opens = before in _OPENING_BEFORE and not after.isspace()
    closes = after in _CLOSING_AFTER and not before.isspace()
    if mark in _SINGLE:
        return _Mark(mark, start, end, opens=opens and after.isalpha() and mark != "’", closes=closes and mark != "‘")
    spaced = before.isspace() and after.isspace()
    return _Mark(mark, start, end, opens=opens or spaced or not closes, closes=closes or spaced or not opens)


def _pair(text: str, start: int, end: int, *, reopened: bool) -> list[Quote]:
    marks = _marks(text, start, end)
    found: list[Quote] = []
    at = 0
    while at < len(marks):
        opener = marks[at]
        if not opener.opens or (opener.text in _SINGLE and not _quotes_singly(text, marks, at)):
            at += 1
            continue
        closer = _closer(text, marks, at)
        if closer is not None:
            found.append(Quote(opener.start, marks[closer].end, opener.end, marks[closer].start, "paired"))
            at = closer + 1
            continue
        if opener.text in _SINGLE:
            at += 1
            continue
        quote, at = _unclosed(text, start, end, marks, at, reopened=reopened)
        found.append(quote)
    return [q for q in found if text[q.inner_start : q.inner_end].strip()]


def _closer(text: str, marks: list[_Mark], at: int) -> int | None:
    """The mark that closes ``marks[at]``: the first fitting one, past quotations of the same kind that open inside."""
    opener, depth = marks[at], 0
    partners = _PARTNERS[opener.text]
    for i in range(at + 1, len(marks)):
        mark = marks[i]
        if mark.text == opener.text and mark.opens and not mark.closes:
            if opener.text in ('"', "''", "＂") or not _balanced(marks, i, opener.text):
                return None
            depth += 1
        elif mark.text == "“" == opener.text:
            if not _balanced(marks, i, opener.text):
                return None
            depth += 1
        elif (
            mark.text in partners
            or (opener.text == '"' and mark.text == "”")
            or (opener.text == "“" and mark.text == '"')
        ) and mark.closes:
            if opener.text in _SINGLE and not _ends_single(text, marks, i):
                continue
            if not depth:
                return i
            depth -= 1
    return None


def _balanced(marks: list[_Mark], at: int, kind: str) -> bool:
    """Whether the rest of the paragraph closes one more quotation than it opens from ``at`` on."""
    rest = marks[at:]
    return sum(m.text in _PARTNERS[kind] for m in rest) > sum(m.text == kind for m in rest)


def _quotes_singly(text: str, marks: list[_Mark], at: int) -> bool:
    """Whether a single mark opens a quotation of its own: a closer behind punctuation or a word, not an apostrophe."""
    return _closer(text, marks, at) is not None


def _ends_single(text: str, marks: list[_Mark], at: int) -> bool:
    """Whether a single closer ends a quotation rather than a plural possessive: no later closer behind punctuation."""
    if text[marks[at].start - 1] in ",.?!":
        return True
    return not any(m.text == marks[at].text and m.closes and text[m.start - 1] in ",.?!" for m in marks[at + 1 :])


def _unclosed(text: str, start: int, end: int, marks: list[_Mark], at: int, *, reopened: bool) -> tuple[Quote, int]:
    """The quotation of an opener without a closer.

    To the paragraph's end where it is carried on, else to the sentence's.
    """
    opener = marks[at]
    limit = next((m.start for m in marks[at + 1 :] if m.opens and m.text == opener.text), end)
    if limit == end and (reopened or opener.start == start):
        return Quote(opener.start, end, opener.end, end, "carried" if reopened else "unclosed"), len(marks)
    stop = _SENTENCE_END.search(text, opener.end, limit)
    last = stop.end() if stop else limit
    last = max(opener.end, len(text[:last].rstrip()))
    following = next((i for i in range(at + 1, len(marks)) if marks[i].start >= last), len(marks))
    return Quote(opener.start, last, opener.end, last, "unclosed"), following
