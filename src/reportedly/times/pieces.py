"""The text cut into the pieces that expressions of time are made of, each with the classes it can have in a pattern.

Pieces are finer than spaCy's tokens ("mid-June" is three) and coarser where a clock time or a phrase of the word table
is one thing ("9:30", "p.m.", "at least", "twenty-one").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from reportedly.knowledge.load import SHIPPED, Knowledge

# Words come first because most pieces are words; what begins with a letter and is none is kept from them.
_CUT = re.compile(
    r"""(?P<ampm>[ap](?:m\b|\.\s?m\b)\.?)
    |(?P<word>(?!q[1-4]\b)[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*)
    |(?P<comma>,)
    |(?P<iso>\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?Z?)?(?![\d-]))
    |(?P<slash>\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)(?!\d))
    |(?P<clock>\d{1,2}:\d\d(?::\d\d)?(?![\d:])|\d{1,2}\.\d\d(?=\s?[ap]\.?\s?m\b))
    |(?P<decade>['’]?(?:1[5-9]|20)?\d0s\b)
    |(?P<year2>['’]\d\d\b(?!['’]))
    |(?P<ordinal>\d{1,3}(?:st|nd|rd|th)\b)
    |(?P<half>1/2|½)
    |(?P<big>\d+(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)
    |(?P<digits>\d+)
    |(?P<poss>['’]s\b)
    |(?P<quarter>q[1-4]\b)
    |(?P<dash>--|[-‐‑–—])
    |(?P<line>\n)
    |(?P<other>\S)""",
    re.IGNORECASE | re.VERBOSE,
)
_DOTTED = frozenset({"MABBR", "WDABBR"})
Value = str | int | float
# Of most words; never changed, as those of the table are not.
_NONE: dict[str, Value] = {}
# Makes a piece without a call of Python for each word of a text.
_piece = tuple.__new__


class TimePiece(NamedTuple):
    """A stretch of text, in lower case, with what it stands for in each of its classes."""

    start: int
    end: int
    text: str
    classes: dict[str, Value]


class TimeWords(NamedTuple):
    """The word table: single words, and entries of several words by their first one, longest first."""

    single: dict[str, dict[str, Value]]
    several: dict[str, list[tuple[tuple[str, ...], dict[str, Value]]]]


def _value(text: str) -> Value:
    return int(text) if text.lstrip("-").isdigit() else text


def _entries(knowledge: Knowledge) -> Iterator[tuple[str, str, Value]]:
    for row in knowledge.rows("times_words"):
        yield row["word"], row["class"], _value(row["value"])
    for row in knowledge.rows("times_phrases"):
        yield row["phrase"], "PHRASE", f"{row['type']} {row['value']}"
    for row in knowledge.rows("times_holidays"):
        yield row["name"], "HOLIDAY", row["name"]


@lru_cache(maxsize=4)
def load_words(knowledge: Knowledge = SHIPPED) -> TimeWords:
    """The words of the shipped tables and of the user's."""
    known: dict[str, dict[str, Value]] = {}
    for word, kind, value in _entries(knowledge):
        known.setdefault(word, {})[kind] = value
    for classes in known.values():
        _derive(classes)
    words = TimeWords({}, {})
    for text, classes in known.items():
        parts = tuple(m[0] for m in _CUT.finditer(text))
        if len(parts) == 1:
            words.single[text] = classes
        else:
            words.several.setdefault(parts[0], []).append((parts, classes))
    for options in words.several.values():
        options.sort(key=lambda option: -len(option[0]))
    return words


def _derive(classes: dict[str, Value]) -> None:
    """Classes that follow from others: "eighth" can be a day of the month, "two" an hour."""
    ordinal, number = classes.get("ORD"), classes.get("NUMBER")
    if isinstance(ordinal, int) and ordinal <= 31:
        classes["DAY"] = ordinal
    if isinstance(number, int):
        classes["NUM"] = number
        if 1 <= number <= 12:
            classes["HOUR"] = number


def _digits(text: str) -> dict[str, Value]:
    number = int(text) if len(text) < 10 else 10**9
    classes: dict[str, Value] = {"NUM": number}
    if len(text) <= 2 and number <= 24:
        classes["HOUR"] = number
    if len(text) <= 2 and 1 <= number <= 31:
        classes["DAY"] = number
    if len(text) == 4 and 1000 <= number < 2200:
        classes["YEAR"] = number
    if len(text) == 4 and number // 100 < 24 and number % 100 < 60:
        classes["HHMM"] = text
    return classes


def _classify(kind: str, text: str, words: TimeWords) -> dict[str, Value]:
    """The classes of one match of the cutting pattern."""
    if kind == "word":
        return words.single.get(text, {})
    if kind == "digits":
        return _digits(text)
    if kind == "ordinal":
        number = int(text[:-2])
        return {"ORD": number, "DAY": number} if 1 <= number <= 31 else {"ORD": number}
    if kind == "big":
        return {"NUM": float(text.replace(",", ""))}
    if kind == "half":
        return {"HALF": 0.5}
    return {kind.upper(): text}


# Class sets that no word of the table has, as the patterns need to know all of them.
_NUMBERS = ["7", "0", "27", "40", "400", "1300", "1375", "2020", "2030", "2275", "2399", "0730"]
_KINDS = ["ISO", "SLASH", "CLOCK", "DECADE", "YEAR2", "AMPM", "POSS", "QUARTER", "DASH", "COMMA", "LINE", "OTHER"]
SHAPES = [
    *(frozenset(_digits(d)) for d in _NUMBERS),
    *(frozenset(s) for s in (["ORD"], ["ORD", "DAY"], ["HALF"], ["NUM", "YEAR"])),
    *(frozenset([k]) for k in _KINDS),
]  # fmt: skip


def cut(text: str, knowledge: Knowledge = SHIPPED) -> list[TimePiece]:
    """The pieces of a text in order.

    >>> [p.text for p in cut("mid-June, at least two and a half years")]
    ['mid', '-', 'june', ',', 'at least', 'two and a half', 'years']
    """
    words = load_words(knowledge)
    found: list[TimePiece] = []
    single = words.single
    for match in _CUT.finditer(text):
        start, end = match.span()
        lower = match[0].lower()
        if lower == "." and found and found[-1].end == start and not _DOTTED.isdisjoint(found[-1].classes):
            found[-1] = found[-1]._replace(end=end)
            continue
        kind = match.lastgroup or "other"
        classes = single.get(lower, _NONE) if kind == "word" else _classify(kind, lower, words)
        found.append(_piece(TimePiece, (start, end, lower, classes)))
    return list(_numbers(_phrases(found, words)))


def _phrases(pieces: list[TimePiece], words: TimeWords) -> list[TimePiece]:
    """Entries of several words made one piece."""
    found: list[TimePiece] = []
    done = 0
    texts = [piece.text for piece in pieces]
    for i in [i for i, text in enumerate(texts) if text in words.several]:
        for parts, classes in words.several[texts[i]] if i >= done else ():
            if tuple(texts[i : i + len(parts)]) == parts:
                found += pieces[done:i]
                done = i + len(parts)
                found.append(TimePiece(pieces[i].start, pieces[done - 1].end, " ".join(parts), classes))
                break
    return found + pieces[done:]


def _numbers(pieces: list[TimePiece]) -> Iterator[TimePiece]:
    """Numbers of several words made one piece: "twenty-one", "two hundred", "2 1/2", "nineteen ninety-six"."""
    i = 0
    while i < len(pieces):
        if not pieces[i].classes or not _starts_number(pieces[i]):
            yield pieces[i]
            i += 1
            continue
        size, classes = _number_at(pieces, i)
        yield pieces[i] if size == 1 else _joined(pieces[i : i + size], classes)
        i += size


def _starts_number(piece: TimePiece) -> bool:
    return "NUM" in piece.classes or "SCALE" in piece.classes


def _joined(pieces: list[TimePiece], classes: dict[str, Value]) -> TimePiece:
    return TimePiece(pieces[0].start, pieces[-1].end, " ".join(p.text for p in pieces), classes)


def _texts(pieces: list[TimePiece], at: int, count: int) -> tuple[str, ...]:
    return tuple(p.text for p in pieces[at : at + count])


def _number_at(pieces: list[TimePiece], i: int) -> tuple[int, dict[str, Value]]:
    """How many pieces the number that begins at ``i`` has, and the classes of the whole."""
    total, size = _small(pieces, i)
    century = total
    if size == 1 and century in (18, 19, 20) and "NUMBER" in pieces[i].classes and i + 1 < len(pieces):
        rest, more = _small(pieces, i + 1)
        if "NUMBER" in pieces[i + 1].classes and 10 <= rest <= 99:
            return 1 + more, {"NUM": century * 100 + rest, "YEAR": int(century * 100 + rest)}
    while i + size < len(pieces) and (scale := pieces[i + size].classes.get("SCALE")):
        total *= float(scale)
        size += 1
    if "HALF" in _classes(pieces, i + size):
        return size + 1, {"NUM": total + 0.5}
    if _texts(pieces, i + size, 1) == ("-",) and "HALF" in _classes(pieces, i + size + 1):
        return size + 2, {"NUM": total + 0.5}
    if _texts(pieces, i + size, 3) == ("and", "a", "half"):
        return size + 3, {"NUM": total + 0.5}
    classes: dict[str, Value] = {"NUM": total}
    if total in (2000, 2001):
        classes["YEAR"] = int(total)
    return size, classes


def _classes(pieces: list[TimePiece], i: int) -> dict[str, Value]:
    return pieces[i].classes if i < len(pieces) else {}


def _small(pieces: list[TimePiece], i: int) -> tuple[float, int]:
    """A number below a hundred in words, or whatever stands in digits, and its size in pieces."""
    classes = pieces[i].classes
    if "SCALE" in classes:
        return 1, 0
    value = float(classes.get("NUM", 0))
    unit = i + 1 + (_texts(pieces, i + 1, 1) == ("-",))
    if "NUMBER" in classes and value >= 20 and 1 <= float(_classes(pieces, unit).get("NUMBER", 0)) <= 9:
        return value + float(pieces[unit].classes["NUMBER"]), unit - i + 1
    return value, 1
