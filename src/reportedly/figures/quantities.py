"""Number expressions: where they stand, what they say and how they are hedged."""

from __future__ import annotations

import calendar
import re
from functools import lru_cache
from typing import Final, Literal, NamedTuple, cast

from reportedly.knowledge.load import Knowledge
from reportedly.parse.parsed import Doc, Token

Bound = Literal["low", "high", "approx", "exact"]

DIGITS: Final = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?")
YEAR: Final = re.compile(r"(?:1[5-9]|20)\d\d")
HYPHENS: Final = frozenset({"-", "–", "—", "‑"})
NOT_COUNTS: Final = frozenset({"MONEY", "PERCENT", "DATE", "TIME", "QUANTITY", "ORDINAL"})
MONTHS: Final = frozenset(m.lower() for m in (*calendar.month_name[1:], *calendar.month_abbr[1:], "sept"))
# Numbers behind the names of these kinds belong to the name ("Boeing 727").
NAMED: Final = frozenset({"PRODUCT", "ORG", "FAC", "WORK_OF_ART"})
LONGEST_HEDGE: Final = 5
AGE_LIMIT: Final = 110
HUNDRED: Final = 100
THOUSAND: Final = 1000
ROUNDING: Final = 1e-6


class Quantity(NamedTuple):
    """A number expression: tokens ``[first, last]`` with its hedge, ``[core, last_core]`` without."""

    first: int
    last: int
    core: int
    last_core: int
    low: int | None
    high: int | None
    approx: bool
    hedged: bool


class Words(NamedTuple):
    """The table ``quantities`` (and the cardinals of ``numerals``), compiled for look-up."""

    cardinals: dict[str, int]
    vague: dict[tuple[str, ...], int]
    magnitudes: dict[str, int]
    none: frozenset[str]
    left: dict[tuple[str, ...], Bound]
    right: dict[tuple[str, ...], Bound]
    units: frozenset[str]
    money: frozenset[str]
    labels: frozenset[str]
    starts: frozenset[str]


@lru_cache(maxsize=8)
def quantity_words(knowledge: Knowledge) -> Words:
    """The words of quantity in force; a later row wins over an earlier one."""
    cardinals = {row["word"]: int(row["value"]) for row in knowledge.rows("numerals")}
    vague: dict[tuple[str, ...], int] = {}
    magnitudes: dict[str, int] = {}
    hedges: dict[str, dict[tuple[str, ...], Bound]] = {"left": {}, "right": {}}
    sets: dict[str, set[str]] = {"none": set(), "unit": set(), "money": set(), "label": set()}
    for row in knowledge.rows("quantities"):
        words = [w.strip() for w in row["words"].split(",") if w.strip()]
        kind = row["kind"]
        if kind == "number":
            cardinals.update(dict.fromkeys(words, int(row["value"])))
        elif kind == "vague":
            vague.update({tuple(w.split()): int(row["value"]) for w in words})
        elif kind == "magnitude":
            magnitudes.update(dict.fromkeys(words, int(row["value"])))
        elif kind in hedges:
            hedges[kind].update({tuple(w.split()): cast("Bound", row["bound"]) for w in words})
        else:
            sets[kind].update(words)
    starts = {*cardinals, *(v[0] for v in vague), *magnitudes, *sets["none"], "a", "an", "half"}
    return Words(
        cardinals=cardinals,
        vague=vague,
        magnitudes=magnitudes,
        none=frozenset(sets["none"]),
        left=hedges["left"],
        right=hedges["right"],
        units=frozenset(sets["unit"]),
        money=frozenset(sets["money"]),
        labels=frozenset(sets["label"]),
        starts=frozenset(starts - {"a", "an"}),
    )


class Core(NamedTuple):
    """A number without its hedges: its value or lower bound, and where it ends (token index, exclusive)."""

    value: int
    stop: int
    vague: bool = False


def find_quantities(doc: Doc, words: Words) -> list[Quantity]:
    """Every number of the text that may count people or weapons, in text order."""
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


def read_core(doc: Doc, lowers: list[str], i: int, words: Words) -> Core | None:
    """The number that starts at token ``i``: digits, words, magnitudes, vague words, or none."""
    word = lowers[i]
    if word in words.none:
        return _read_none(doc, lowers, i)
    for size in (3, 2, 1):
        value = words.vague.get(tuple(lowers[i : i + size]))
        if value is not None and i + size <= len(lowers):
            return _vague(lowers, i, i + size, value, words)
    if word == "half" and lowers[i + 1 : i + 3] in (["a", "dozen"], ["-", "dozen"]):
        return Core(6, i + 3)
    if word in words.magnitudes:
        alone = i > 0 and lowers[i - 1] in ("a", "an", "the", "per") and lowers[i - 1] != "per"
        return Core(words.magnitudes[word], i + 1) if alone else None
    return _read_number(lowers, i, words)


def _read_none(doc: Doc, lowers: list[str], i: int) -> Core | None:
    if lowers[i] == "no" and lowers[i + 1 : i + 2] == ["one"]:
        return Core(0, i + 2)
    if lowers[i] == "no" and (
        doc[i].dep_ not in ("det", "neg", "amod")
        or lowers[i + 1 : i + 2] in (["more"], ["fewer"], ["less"], ["longer"])
    ):
        return None
    return Core(0, i + 1)


def _vague(lowers: list[str], i: int, stop: int, value: int, words: Words) -> Core:
    """A vague word, with a magnitude behind it ("several hundred" says no more than "hundreds")."""
    if stop < len(lowers) and lowers[stop] in words.magnitudes:
        plural = words.vague.get((f"{lowers[stop]}s",), 2 * words.magnitudes[lowers[stop]])
        return Core(plural, stop + 1, vague=True)
    return Core(value, stop, vague=lowers[i] not in ("couple", "pair") or value != 2)


def _read_number(lowers: list[str], i: int, words: Words) -> Core | None:
    """Digits or cardinal words with their magnitudes: *1.2 million*, *twenty-three*, *two hundred and fifty*."""
    total, stop, ceiling = 0.0, i, float("inf")
    while (part := _read_part(lowers, stop, words)) is not None:
        value, behind = part
        size = 1
        while (at := _magnitude_at(lowers, behind, words)) is not None:
            size *= words.magnitudes[lowers[at]]
            behind = at + 1
        if value * size >= ceiling:
            break
        total, stop, ceiling = total + value * size, behind, size
        if size < THOUSAND or stop >= len(lowers) or lowers[stop] not in words.cardinals:
            break
    return Core(round(total), stop) if stop > i and abs(total - round(total)) < ROUNDING else None


def _read_part(lowers: list[str], i: int, words: Words) -> tuple[float, int] | None:
    """Digits, or words below a thousand, and the index behind them."""
    if i < len(lowers) and DIGITS.fullmatch(lowers[i]):
        return float(lowers[i].replace(",", "")), i + 1
    small = _below_hundred(lowers, i, words)
    if small is None:
        return None
    value, stop = small
    if stop < len(lowers) and words.magnitudes.get(lowers[stop]) == HUNDRED:
        value, stop = value * HUNDRED, stop + 1
        rest = _below_hundred(lowers, stop + (lowers[stop : stop + 1] == ["and"]), words)
        if rest is not None:
            value, stop = value + rest[0], rest[1]
    return value, stop


def _below_hundred(lowers: list[str], i: int, words: Words) -> tuple[int, int] | None:
    if i >= len(lowers) or lowers[i] not in words.cardinals:
        return None
    value = words.cardinals[lowers[i]]
    if value < 20 or value % 10:
        return value, i + 1
    unit = i + 2 if lowers[i + 1 : i + 2] and lowers[i + 1] in HYPHENS else i + 1
    if unit < len(lowers) and 0 < words.cardinals.get(lowers[unit], 0) < 10:
        return value + words.cardinals[lowers[unit]], unit + 1
    return value, i + 1


def _magnitude_at(lowers: list[str], i: int, words: Words) -> int | None:
    """The index of a magnitude word at ``i``, also behind a hyphen."""
    at = i + 1 if i < len(lowers) and lowers[i] in HYPHENS else i
    return at if at < len(lowers) and lowers[at] in words.magnitudes else None


# ---- ranges and hedges ---------------------------------------------------------------------------------------------


def _extended(doc: Doc, lowers: list[str], i: int, core: Core, words: Words) -> tuple[Quantity | None, int]:
    """The number with its range and hedges, and the token index behind it."""
    low: int | None = core.value
    high: int | None = None if core.vague else core.value
    approx, stop = core.vague, core.stop
    upper = _range(doc, lowers, i, core, words)
    if upper is not None:
        high, stop = upper.value, upper.stop
    first, bound = _left_hedge(lowers, i, words)
    last, right = _right_hedge(lowers, stop, words)
    bound = bound if bound in ("low", "high") or right is None else right
    if bound == "low":
        high = None
        approx = core.vague
    elif bound == "high":
        low, high = None, high if high is not None else core.value
    elif bound == "approx":
        approx = True
    quantity = Quantity(first, last - 1, i, stop - 1, low, high, approx, bound in ("low", "high"))
    return quantity, max(stop, last)


def _range(doc: Doc, lowers: list[str], i: int, core: Core, words: Words) -> Core | None:
    """The upper end of *30-40*, *30 to 40*, *two or three*, *between 30 and 40*."""
    j = core.stop
    if core.vague or j + 1 >= len(doc):
        return None
    before = lowers[i - 1] if i else ""
    joint = lowers[j]
    if not (
        joint in HYPHENS
        or joint == "or"
        or (joint == "to" and before != "from")
        or (joint == "and" and before == "between")
    ):
        return None
    word = lowers[j + 1]
    upper = _read_number(lowers, j + 1, words) if word[:1].isdigit() or word in words.cardinals else None
    if upper is None or upper.value <= core.value or (joint == "or" and upper.value > 3 * core.value):
        return None
    return upper


def _left_hedge(lowers: list[str], i: int, words: Words) -> tuple[int, Bound | None]:
    """The first token of the hedges before a number, and the strongest of them."""
    first, strongest = i, None
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
            return first, strongest
        bound = words.left[hedge]
        first -= len(hedge)
        if strongest in (None, "exact") or (bound in ("low", "high") and strongest == "approx"):
            strongest = bound


def _right_hedge(lowers: list[str], stop: int, words: Words) -> tuple[int, Bound | None]:
    for size in (3, 2, 1):
        hedge = tuple(lowers[stop : stop + size])
        if len(hedge) == size and hedge in words.right:
            return stop + size, words.right[hedge]
    if lowers[stop : stop + 2] == ["-", "odd"]:
        return stop + 2, "approx"
    return stop, None


# ---- numbers that count nothing of ours ----------------------------------------------------------------------------


def _is_no_count(doc: Doc, lowers: list[str], q: Quantity, words: Words) -> bool:
    """Times, ages, money, distances, shares, names: whatever is no number of people or weapons."""
    after = lowers[q.last + 1] if q.last + 1 < len(doc) else ""
    before = lowers[q.first - 1] if q.first else ""
    token = doc[q.last_core]
    if after in words.units or before in words.money or lowers[q.core - 1 : q.core] == ["$"]:
        return True
    if after in HYPHENS and q.last + 2 < len(doc):
        behind = lowers[q.last + 2]
        if behind in words.units or behind[:1].isdigit():
            return True
    if (
        before in words.labels
        or (before in MONTHS and q.core == q.first)
        or (after in MONTHS and q.low and q.low <= 31)
    ):
        return True
    if token.dep_ == "nummod" and token.head.i == q.first - 1 and token.head.ent_type_ in NAMED:
        return True
    if "." in lowers[q.core] and q.core == q.last_core:
        return True
    return _is_age(doc, lowers, q) or _is_clock_or_year(doc, lowers, q, token)


def _is_age(doc: Doc, lowers: list[str], q: Quantity) -> bool:
    """*John Doe, 34, ...*, *(22)*."""
    if q.low is None or q.low > AGE_LIMIT or q.core == 0 or q.core != q.first or not doc[q.core].text.isdigit():
        return False
    before, behind = lowers[q.core - 1], doc[q.last + 1] if q.last + 1 < len(doc) else None
    named = q.core > 1 and doc[q.core - 2].pos_ == "PROPN"
    alone = behind is None or behind.is_punct or behind.is_space or behind.lower_ == "and"
    return (before == "," and named and alone) or (before == "(" and behind is not None and behind.text == ")")


def _is_clock_or_year(doc: Doc, lowers: list[str], q: Quantity, token: Token) -> bool:
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
