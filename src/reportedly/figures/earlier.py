"""Figures that the same breath replaces: *from 120 to 180*, *33, up from 28*, *nine from 14*, *seven, not four*."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from reportedly.figures.quantities import Quantity, changes_before
from reportedly.model import Figure
from reportedly.parse.numbers import NumberWords
from reportedly.parse.parsed import Doc, Token

NEAR: Final = 9
Found = tuple[Quantity, Figure]


def replaced(
    doc: Doc, quantities: Sequence[Quantity], roles: Mapping[Quantity, str], words: NumberWords
) -> dict[Quantity, Quantity]:
    """The quantities that give way, each with the one in its place: 28 gives way to 33 in "33 dead, up from 28".

    ``roles`` says what they count.
    """
    out: dict[Quantity, Quantity] = {}
    for at, old in enumerate(quantities):
        lead = _lead(doc, old, words)
        if lead is not None and lead.lower_ in words.mends:
            new = _corrected(doc, quantities[:at], old, roles)
        elif lead is not None and lead.lower_ in words.turns:
            new = _behind(doc, quantities, at, lead, words) or _before(doc, quantities, at, lead, words)
        else:
            continue
        if new is not None and new not in out:
            out[old] = new
    return out


def _corrected(doc: Doc, before: Sequence[Quantity], old: Quantity, roles: Mapping[Quantity, str]) -> Quantity | None:
    """The number of the sentence that a correction names the old one of: "nine died, correcting a toll of six"."""
    start, role = doc[old.core].sent.start, roles.get(old)
    fits = (q for q in reversed(before) if q.first >= start and (role is None or roles.get(q) == role))
    return next(fits, None)


def _lead(doc: Doc, q: Quantity, words: NumberWords) -> Token | None:
    """The word before a number, over what says that the number is an old one: "from an earlier toll of 14"."""
    i = q.first - 1
    while i >= 0 and doc[i].lower_ in words.past:
        i -= 1
    return doc[i] if i >= 0 else None


def _behind(doc: Doc, quantities: Sequence[Quantity], at: int, lead: Token, words: NumberWords) -> Quantity | None:
    """The new number behind *to* where a change is told: "rose from 120 to 180"."""
    old, later = quantities[at], quantities[at + 1] if at + 1 < len(quantities) else None
    if lead.lower_ != "from" or later is None or not changes_before(doc, lead.i, words):
        return None
    near = later.first < min(doc[old.core].sent.end, old.last + NEAR)
    return later if near and doc[later.first - 1].lower_ == "to" else None


def _before(doc: Doc, quantities: Sequence[Quantity], at: int, lead: Token, words: NumberWords) -> Quantity | None:
    """The new number right before: "33 from 28", "to nine from 14", "seven, not four"."""
    old, new = quantities[at], quantities[at - 1] if at else None
    if new is None or new.first < doc[old.core].sent.start:
        return None
    between = doc[new.last + 1 : lead.i]
    if len(between) > NEAR or any(t.text in (";", ":") for t in between):
        return None
    if lead.lower_ == "not" and not _is_set_right(doc, between, old):
        return None
    plain = lead.lower_ != "from" or changes_before(doc, lead.i, words) or _is_bare(doc, old)
    return new if plain else None


def _is_set_right(doc: Doc, between: Sequence[Token], old: Quantity) -> bool:
    """Whether "not" and a number set the one before right: "seven, not four", "Four officers, not five, died"."""
    if len(between) <= 2:
        return True
    counted = all(t.pos_ in ("NOUN", "PROPN", "ADJ") or t.text == "," for t in between)
    return counted and between[-1].text == "," and _is_bare(doc, old)


def _is_bare(doc: Doc, q: Quantity) -> bool:
    """Whether a number counts no noun of its own: "33 from 28", not "33 men from 28 villages"."""
    behind = doc[q.last + 1] if q.last + 1 < len(doc) else None
    return behind is None or behind.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM")


def corrected(
    doc: Doc, quantities: Sequence[Quantity], found: Sequence[Found], turns: Mapping[Quantity, Quantity]
) -> list[Found]:
    """The figures; of a pair that one breath tells, one takes the other's role: "from 23 to 41 dead"."""
    known = dict(found)
    for old, new in turns.items():
        told = known.get(new) or known.get(old)
        if told is not None:
            known |= {q: _in_role(doc, q, told) for q in (old, new) if q not in known or known[q].role != told.role}
    return [(q, known[q]) for q in quantities if q in known]


def _in_role(doc: Doc, q: Quantity, other: Figure) -> Figure:
    start, end = doc[q.first].idx, doc[q.last].idx + len(doc[q.last])
    text = doc[q.first : q.last + 1].text
    bounds = {"low": q.low, "high": q.high, "approx": q.approx}
    return msgspec.structs.replace(other, text=text, start=start, end=end, part_of=None, **bounds)
