"""Numbers as they are written: digits, words, magnitudes, fractions of them and vague words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Final, Literal, NamedTuple, TypeVar, cast

from reportedly.knowledge.load import Knowledge, Row, listed
from reportedly.knowledge.word_sets import word_sets
from reportedly.parse.parsed import Doc

Bound = Literal["low", "high", "approx", "exact"]

# 1,200 as well as 1,20,000; between groups of three an unbreakable blank may stand.
DIGITS: Final = re.compile(r"\d{1,3}(?:[,\u00a0\u202f\u2009]\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}|\d+(?:\.\d+)?")
LETTERED: Final = re.compile(r"(\d+(?:\.\d+)?)([a-z]+)")
GROUP: Final = re.compile(r"\d{3}")
HYPHENS: Final = frozenset({"-", "–", "—", "‑"})
HUNDRED: Final = 100
THOUSAND: Final = 1000
ROUNDING: Final = 1e-6


class NumberWords(NamedTuple):
    """The tables ``quantities``, ``numerals`` (cardinals) and ``times_words`` (months), compiled for look-up.

    ``rows`` holds where each word stands in the tables, by its kind.
    """

    cardinals: dict[str, int]
    vague: dict[tuple[str, ...], int]
    exact: frozenset[tuple[str, ...]]
    magnitudes: dict[str, int]
    letters: dict[str, int]
    fractions: dict[str, Fraction]
    none: frozenset[str]
    left: dict[tuple[str, ...], Bound]
    right: dict[tuple[str, ...], Bound]
    units: frozenset[str]
    money: frozenset[str]
    labels: frozenset[str]
    spared: frozenset[str]
    starts: frozenset[str]
    changes: frozenset[str]
    turns: frozenset[str]
    mends: frozenset[str]
    past: frozenset[str]
    rows: dict[tuple[str, str], str]
    odd: frozenset[str]
    months: frozenset[str]


@lru_cache(maxsize=8)
def quantity_words(knowledge: Knowledge) -> NumberWords:
    """The words of quantity in force; a later row wins over an earlier one."""
    found: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in knowledge.rows("quantities"):
        found[row["kind"]] |= dict.fromkeys(listed(row["words"]), row)
    cardinals = {row["word"]: int(row["value"]) for row in knowledge.rows("numerals")} | _valued(found["number"])
    vague, magnitudes = _phrased(_valued(found["vague"])), _valued(found["magnitude"])
    fractions = {word: Fraction(row["value"]) for word, row in found["fraction"].items()}
    starts = {*cardinals, *(v[0] for v in vague), *magnitudes, *(n.split()[0] for n in found["none"]), *fractions}
    return NumberWords(
        cardinals=cardinals,
        vague=vague,
        exact=frozenset(v for v, bound in _bounds(found["vague"]).items() if bound == "exact"),
        magnitudes=magnitudes,
        letters=_valued(found["letter"]),
        fractions=fractions,
        none=frozenset(found["none"]),
        left=_bounds(found["left"]),
        right=_bounds(found["right"]),
        units=frozenset(found["unit"]),
        money=frozenset(found["money"]),
        labels=frozenset(found["label"]),
        spared=frozenset(found["spared"]),
        starts=frozenset(starts),
        changes=frozenset(found["change"]),
        turns=frozenset(found["turn"]),
        mends=frozenset(found["mend"]),
        past=frozenset(found["past"]),
        rows={(n.row["kind"], w): n.place for n in knowledge.numbered("quantities") for w in listed(n.row["words"])},
        odd=word_sets(knowledge)["odd"],
        months=frozenset(r["word"] for r in knowledge.rows("times_words") if r["class"] in ("MONTH", "MABBR")),
    )


def _valued(rows: Mapping[str, Row]) -> dict[str, int]:
    """Words with the whole numbers that they stand for: "dozen" with 12."""
    return {word: int(row["value"]) for word, row in rows.items()}


Valued = TypeVar("Valued")


def _phrased(words: Mapping[str, Valued]) -> dict[tuple[str, ...], Valued]:
    """The same by the single words: "tens of thousands"."""
    return {tuple(word.split()): value for word, value in words.items()}


def _bounds(rows: Mapping[str, Row]) -> dict[tuple[str, ...], Bound]:
    """Hedges with what they make of a number: "at least" with low."""
    return _phrased({word: cast("Bound", row["bound"]) for word, row in rows.items()})


class Core(NamedTuple):
    """A number without its hedges: its value or lower bound, and where it ends (token index, exclusive)."""

    value: int
    stop: int
    vague: bool = False


def read_core(doc: Doc, lowers: list[str], i: int, words: NumberWords) -> Core | None:
    """The number that starts at token ``i``: digits, words, magnitudes, fractions, vague words, or none."""
    word = lowers[i]
    for size in (4, 3, 2):
        if " ".join(lowers[i : i + size]) in words.none and i + size <= len(lowers):
            return Core(0, i + size)
    if word in words.none:
        return _read_none(doc, lowers, i)
    for size in (3, 2, 1):
        value = words.vague.get(tuple(lowers[i : i + size]))
        if value is not None and i + size <= len(lowers):
            return _vague(lowers, i, i + size, value, words)
    share = _read_share(lowers, i, words)
    if share is not None:
        return share
    if word in words.magnitudes:
        return _read_one(lowers, i, words) if i > 0 and lowers[i - 1] in ("a", "an", "the") else None
    return read_number(doc, lowers, i, words)


def _read_one(lowers: list[str], i: int, words: NumberWords) -> Core | None:
    """A magnitude behind an article: *a hundred*, *a hundred and fifty*, *a million and a half*."""
    size = words.magnitudes[lowers[i]]
    if size == HUNDRED and lowers[i + 1 : i + 2] == ["and"] and (rest := _below_hundred(lowers, i + 2, words)):
        return Core(size + rest[0], rest[1])
    return _whole(*_and_part(lowers, i + 1, 1, words), size)


def _read_share(lowers: list[str], i: int, words: NumberWords) -> Core | None:
    """*half a million*, *a quarter of a million*, *three quarters of a million*."""
    many, at = (words.cardinals[lowers[i]], i + 1) if lowers[i] in words.cardinals else (1, i)
    at += lowers[at : at + 1] != [] and lowers[at] in HYPHENS
    part = words.fractions.get(lowers[at]) if at < len(lowers) else None
    if part is None:
        return None
    at += 1
    while at < len(lowers) and (lowers[at] in HYPHENS or lowers[at] in ("a", "an", "of", "one")):
        at += 1
    size = words.magnitudes.get(lowers[at]) if at < len(lowers) else None
    return _whole(many * part, at + 1, size) if size is not None else None


def _and_part(lowers: list[str], i: int, value: Fraction | int, words: NumberWords) -> tuple[Fraction | int, int]:
    """A number with the fraction behind it: *one and a half*, *a million and a half*; the index behind both."""
    if lowers[i : i + 2] in (["and", "a"], ["and", "one"]) and i + 2 < len(lowers):
        part = words.fractions.get(lowers[i + 2])
        if part is not None:
            return value + part, i + 3
    return value, i


def _whole(value: Fraction | int, stop: int, size: int) -> Core | None:
    """So many of a magnitude, where that is a whole number."""
    total = value * size
    return Core(int(total), stop) if total == int(total) else None


def _read_none(doc: Doc, lowers: list[str], i: int) -> Core | None:
    """The word "no" as the number nought: "no miners", but not "no more miners" and not "no" as an answer."""
    if lowers[i] == "no" and (
        doc[i].dep_ not in ("det", "neg", "amod")
        or lowers[i + 1 : i + 2] in (["more"], ["fewer"], ["less"], ["longer"])
    ):
        return None
    return Core(0, i + 1)


def _vague(lowers: list[str], i: int, stop: int, value: int, words: NumberWords) -> Core:
    """A vague word, with a magnitude behind it: "several hundred" says no more than "hundreds", but "a pair" is two."""
    if stop < len(lowers) and lowers[stop] in words.magnitudes:
        plural = words.vague.get((f"{lowers[stop]}s",), 2 * words.magnitudes[lowers[stop]])
        return Core(plural, stop + 1, vague=True)
    return Core(value, stop, vague=tuple(lowers[i:stop]) not in words.exact)


def read_number(doc: Doc, lowers: list[str], i: int, words: NumberWords) -> Core | None:
    """Digits or cardinal words with their magnitudes: *1.2 million*, *twenty-three*, *two hundred and fifty*."""
    total, stop, ceiling = 0.0, i, float("inf")
    while (part := _read_part(doc, lowers, stop, words)) is not None:
        value, behind = _and_part(lowers, part[1], Fraction(str(part[0])), words)
        size = 1
        while (at := _magnitude_at(lowers, behind, words)) is not None:
            size *= words.magnitudes[lowers[at]]
            behind = at + 1
        letter = _letter_at(doc, behind, words) if size == 1 else None
        if letter is not None:
            size, behind = letter, behind + 1
        if value * size >= ceiling:
            break
        total, stop, ceiling = total + float(value * size), behind, size
        if size < THOUSAND or stop >= len(lowers) or lowers[stop] not in words.cardinals:
            break
    return Core(round(total), stop) if stop > i and abs(total - round(total)) < ROUNDING else None


def _read_part(doc: Doc, lowers: list[str], i: int, words: NumberWords) -> tuple[float, int] | None:
    """Digits, or words below a thousand, and the index behind them."""
    if i < len(lowers) and DIGITS.fullmatch(lowers[i]):
        digits, stop = _grouped(doc, lowers, i)
        return float(re.sub(r"[^\d.]", "", digits)), stop
    lettered = LETTERED.fullmatch(lowers[i]) if i < len(lowers) else None
    if lettered is not None and lettered[2] in words.letters and _counts_people(doc, i + 1):
        return float(lettered[1]) * words.letters[lettered[2]], i + 1
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


def _grouped(doc: Doc, lowers: list[str], i: int) -> tuple[str, int]:
    """Digits with the groups of three that blanks set off: "1 500"."""
    digits, stop = lowers[i], i + 1
    if not digits.isdigit() or len(digits) > 3 or digits.startswith("0"):
        return digits, stop
    while True:
        at = stop + 1 if stop < len(doc) and doc[stop].is_space and "\n" not in doc[stop].text else stop
        if at >= len(doc) or not GROUP.fullmatch(lowers[at]) or doc[at].idx - _end(doc, stop - 1) != 1:
            return digits, stop
        digits, stop = digits + lowers[at], at + 1


def _end(doc: Doc, i: int) -> int:
    return doc[i].idx + len(doc[i])


def _letter_at(doc: Doc, i: int, words: NumberWords) -> int | None:
    """The magnitude that a letter glued to the digits stands for: "1.2m people"; metres are walked, not counted."""
    if i >= len(doc) or doc[i].lower_ not in words.letters or doc[i].idx != _end(doc, i - 1):
        return None
    return words.letters[doc[i].lower_] if _counts_people(doc, i + 1) else None


def _counts_people(doc: Doc, i: int) -> bool:
    """Whether a plural noun stands here, behind an adjective at most: "miners", "young miners"."""
    nouns = (t for t in doc[i : i + 2] if t.pos_ != "ADJ")
    first = next(nouns, None)
    return first is not None and first.tag_ in ("NNS", "NNPS")


def _below_hundred(lowers: list[str], i: int, words: NumberWords) -> tuple[int, int] | None:
    if i >= len(lowers) or lowers[i] not in words.cardinals:
        return None
    value = words.cardinals[lowers[i]]
    if value < 20 or value % 10:
        return value, i + 1
    unit = i + 2 if lowers[i + 1 : i + 2] and lowers[i + 1] in HYPHENS else i + 1
    if unit < len(lowers) and 0 < words.cardinals.get(lowers[unit], 0) < 10:
        return value + words.cardinals[lowers[unit]], unit + 1
    return value, i + 1


def _magnitude_at(lowers: list[str], i: int, words: NumberWords) -> int | None:
    """The index of a magnitude word at ``i``, also behind a hyphen."""
    at = i + 1 if i < len(lowers) and lowers[i] in HYPHENS else i
    return at if at < len(lowers) and lowers[at] in words.magnitudes else None
