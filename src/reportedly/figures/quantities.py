"""Number expressions: where they stand, what they say and how they are hedged."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from reportedly.parse.numbers import HYPHENS, Bound, Core, NumberWords, quantity_words, read_core, read_number
from reportedly.parse.parsed import Doc, Token

__all__ = ["NumberWords", "Quantity", "changes_before", "find_quantities", "quantity_words"]

YEAR: Final = re.compile(r"(?:1[5-9]|20)\d\d")
NOT_COUNTS: Final = frozenset({"MONEY", "PERCENT", "DATE", "TIME", "QUANTITY", "ORDINAL"})
# Numbers behind the names of these kinds belong to the name ("Boeing 727").
NAMED: Final = frozenset({"PRODUCT", "ORG", "FAC", "WORK_OF_ART"})
LONGEST_HEDGE: Final = 5
CHANGE_REACH: Final = 12
AGE_LIMIT: Final = 110


class Quantity(NamedTuple):
    """A number expression: tokens ``[first, last]`` with its hedge, ``[core, last_core]`` without.

    ``hedges`` are the hedges that were read, each with its kind in ``quantities.tsv`` and its words.
    """

    first: int
    last: int
    core: int
    last_core: int
    low: int | None
    high: int | None
    approx: bool
    hedged: bool
    hedges: tuple[tuple[str, str], ...] = ()


def find_quantities(doc: Doc, words: NumberWords) -> list[Quantity]:
    """Every number of the text that may count people or weapons, in text order: "dozens", "at least 12", "no"."""
    found: list[Quantity] = []
    lowers = [t.lower_ for t in doc]
    i = 0
    while i < len(doc):
        word = lowers[i]
        if not (word[:1].isdigit() or word in words.starts):
            i += 1
            continue
        core = read_core(doc, lowers, i, words)
        if core is None:
            i += 1
            continue
        quantity, stop = _extended(doc, lowers, i, core, words)
        if quantity is not None and not _is_no_count(doc, lowers, quantity, words):
            found.append(quantity)
        i = max(stop, i + 1)
    return found


# ---- ranges and hedges ---------------------------------------------------------------------------------------------


def _extended(doc: Doc, lowers: list[str], i: int, core: Core, words: NumberWords) -> tuple[Quantity | None, int]:
    """The number with its range and hedges, and the token index behind it."""
    low: int | None = core.value
    high: int | None = None if core.vague else core.value
    approx, stop = core.vague, core.stop
    upper = _range(doc, lowers, i, core, words)
    if upper is not None:
        high, stop = upper.value, upper.stop
    first, bound, before = _left_hedge(lowers, i, words)
    last, right = _right_hedge(lowers, stop, words)
    behind = (("right", " ".join(lowers[stop:last])),) if right is not None else ()
    bound = bound if bound in ("low", "high") or right is None else right
    if bound == "low":
        high = None
        approx = core.vague
    elif bound == "high":
        low, high = None, high if high is not None else core.value
    elif bound == "approx":
        approx = True
    hedged = bound in ("low", "high")
    quantity = Quantity(first, last - 1, i, stop - 1, low, high, approx, hedged, (*before, *behind))
    return quantity, max(stop, last)


def _range(doc: Doc, lowers: list[str], i: int, core: Core, words: NumberWords) -> Core | None:
    """The upper end of *30-40*, *30 to 40*, *two or three*, *between 30 and 40*."""
    j = core.stop
    if core.vague or j + 1 >= len(doc):
        return None
    before = lowers[i - 1] if i else ""
    joint = lowers[j]
    if not (
        joint in HYPHENS
        or joint == "or"
        or (joint == "to" and not (before == "from" and changes_before(doc, i - 1, words)))
        or (joint == "and" and before == "between")
    ):
        return None
    word = lowers[j + 1]
    upper = read_number(doc, lowers, j + 1, words) if word[:1].isdigit() or word in words.cardinals else None
    if upper is None or upper.value <= core.value or (joint == "or" and upper.value > 3 * core.value):
        return None
    return upper


def changes_before(doc: Doc, at: int, words: NumberWords) -> bool:
    """Whether a word for a change stands before a position in its sentence: "rose from 120 to 180" is no range."""
    first = max(doc[at].sent.start, at - CHANGE_REACH)
    return any(t.lemma_.lower() in words.changes or t.lower_ in words.changes for t in doc[first:at])


def _left_hedge(lowers: list[str], i: int, words: NumberWords) -> tuple[int, Bound | None, tuple[tuple[str, str], ...]]:
    """The first token of the hedges before a number, the strongest of them, and all that were read."""
    first, strongest = i, None
    read: list[tuple[str, str]] = []
    if (i and lowers[i - 1] in ("a", "an")) or (i and lowers[i - 1] == "between"):
        first = i - 1
    while True:
        hedge = next(
            (
                h
                for size in range(LONGEST_HEDGE, 0, -1)
                if size <= first and (h := tuple(lowers[first - size : first])) in words.left
            ),
            None,
        )
        if hedge is None:
            return first, strongest, tuple(read)
        bound = words.left[hedge]
        first -= len(hedge)
        read.insert(0, ("left", " ".join(hedge)))
        if strongest in (None, "exact") or (bound in ("low", "high") and strongest == "approx"):
            strongest = bound


def _right_hedge(lowers: list[str], stop: int, words: NumberWords) -> tuple[int, Bound | None]:
    for size in (3, 2, 1):
        hedge = tuple(lowers[stop : stop + size])
        if len(hedge) == size and hedge in words.right:
            return stop + size, words.right[hedge]
    if lowers[stop : stop + 1] == ["-"] and words.odd.intersection(lowers[stop + 1 : stop + 2]):
        return stop + 2, "approx"
    return stop, None


# ---- numbers that count nothing of ours ----------------------------------------------------------------------------


def _is_no_count(doc: Doc, lowers: list[str], q: Quantity, words: NumberWords) -> bool:
    """Whether a number counts no people or weapons: "12 miles", "$12", "12 March", "aged 12", "Flight 12", "0.5"."""
    after = lowers[q.last + 1] if q.last + 1 < len(doc) else ""
    before = lowers[q.first - 1] if q.first else ""
    token = doc[q.last_core]
    if token.dep_ == "preconj" or _joins(doc, q):
        return True
    if after in words.units or before in words.money or lowers[q.core - 1 : q.core] == ["$"]:
        return True
    if before in words.spared or " ".join(lowers[max(0, q.first - 2) : q.first]) in words.spared:
        return True
    if after in HYPHENS and q.last + 2 < len(doc):
        behind = lowers[q.last + 2]
        if behind in words.units or behind[:1].isdigit():
            return True
    if (
        before in words.labels
        or (before in words.months and q.core == q.first)
        or (after in words.months and q.low and q.low <= 31)
    ):
        return True
    if token.dep_ == "nummod" and token.head.i == q.first - 1 and token.head.ent_type_ in NAMED:
        return True
    if "." in lowers[q.core] and q.core == q.last_core:
        return True
    return _is_age(doc, lowers, q) or _is_clock_or_year(doc, lowers, q, token)


def _joins(doc: Doc, q: Quantity) -> bool:
    """Whether "both" only joins two things: "both alive and dead", "both rain and hail", not "both young men"."""
    if q.first != q.last or doc[q.first].lower_ != "both":
        return False
    behind = next((t for t in doc[q.last + 1 :] if t.tag_ != "JJ"), doc[q.last])
    return behind.tag_ in ("NN", "NNP", "VBG", "RB", "IN", "CC") and behind.lower_ != "of"


def _is_age(doc: Doc, lowers: list[str], q: Quantity) -> bool:
    """Whether a number is somebody's age: "John Doe, 34, ...", "the cook (22)", "two girls, 9 and 12, ..."."""
    joint = doc[q.core - 1].lower_ == "and" and doc[q.core - 2].text.isdigit() and doc[q.core - 3].text == ","
    if q.core > 3 and joint and _between_commas(doc, q.core - 2):
        return True
    if q.low is None or q.low > AGE_LIMIT or q.core == 0 or q.core != q.first or not doc[q.core].text.isdigit():
        return False
    before, behind = lowers[q.core - 1], doc[q.last + 1] if q.last + 1 < len(doc) else None
    named = q.core > 1 and doc[q.core - 2].pos_ == "PROPN"
    alone = behind is None or behind.is_punct or behind.is_space or behind.lower_ == "and"
    if before == "," and ((named and alone) or _between_commas(doc, q.core)):
        return True
    return before == "(" and behind is not None and behind.text == ")"


def _between_commas(doc: Doc, at: int) -> bool:
    """Whether a number, or two of them, stand between commas behind a noun: "A clerk, 44, was hurt"."""
    end = at + 3 if at + 3 < len(doc) and doc[at + 1].lower_ == "and" and doc[at + 2].text.isdigit() else at + 1
    return end < len(doc) and doc[end].text == "," and at > 1 and doc[at - 2].pos_ == "NOUN"


def _is_clock_or_year(doc: Doc, lowers: list[str], q: Quantity, token: Token) -> bool:
    """Whether a number tells an hour, a year or a serial number: "12:30", "in 1987", "007", not "1,200 miners"."""
    text = doc[q.core].text
    counted = (
        token.dep_ == "nummod"
        and token.head.i > token.i
        and token.head.ent_type_ not in NOT_COUNTS
        and token.head.pos_ == "NOUN"
    )
    if q.core == q.last_core and YEAR.fullmatch(text) and not counted:
        return True
    if text.isdigit() and len(text) > 1 and text.startswith("0"):
        return True
    if token.ent_type_ in NOT_COUNTS and not counted and q.first == q.core:
        return token.ent_type_ != "QUANTITY" and not (
            token.ent_type_ == "DATE" and token.pos_ == "NUM" and token.dep_ in ("nsubjpass", "dobj")
        )
    return q.last + 2 < len(doc) and lowers[q.last + 1] == ":" and lowers[q.last + 2][:1].isdigit()
