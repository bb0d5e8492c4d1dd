"""What a phrase is read against, what comes of it, and how its parts are looked up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from reportedly.knowledge.load import SHIPPED, Knowledge
from reportedly.model import TimexType
from reportedly.times.calendar import Extent, extent
from reportedly.times.context import context_words
from reportedly.times.grammar import Phrase
from reportedly.times.pieces import TimePiece

PAST, AHEAD = -1, 1
POINT_MODS = {
    "MORE_THAN": "BEFORE", "LESS_THAN": "AFTER", "EQUAL_OR_MORE": "ON_OR_BEFORE", "EQUAL_OR_LESS": "ON_OR_AFTER",
}  # fmt: skip
UNKNOWN = {"W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX", "Y": "XXXX", "D": "XXXX-XX-XX"}
MODIFYING = ("edge", "border", "edge2", "approx")
# The classes of the word table in which a part of a phrase is read, first that fits.
PART_CLASSES: dict[str, tuple[str, ...]] = {
    "month": ("MONTH", "MABBR"), "month2": ("MONTH", "MABBR"),
    "weekday": ("WEEKDAY", "WDABBR"), "day": ("DAY",), "day1": ("DAY",), "day2": ("DAY",), "mid": ("DAY",),
    "year": ("YEAR", "YEAR2"), "year2": ("YEAR2",), "until": ("YEAR",),
    "rel": ("REL", "REFREL", "CURRENT", "SAME", "BEFORE", "AGO"),
    "unit": ("UNIT", "UNITS", "WEEKEND", "SECOND", "NIGHT"), "edge": ("EDGE",), "edge2": ("EDGE",),
    "border": ("BORDER",),
    "approx": ("APPROX",), "num": ("NUM", "VAGUE", "ONE"), "num2": ("NUM",), "ord": ("ORD", "FINAL", "NUM"),
    "part": ("PART", "DAWN", "PERIOD"), "season": ("SEASON",), "dayword": ("DAYWORD",), "holiday": ("HOLIDAY",),
    "span": ("SPAN",),
    "dir": ("AGO", "BEFORE"), "ago": ("AGO",), "shade": ("SHADE",), "phrase": ("PHRASE",), "ref": ("REFNOUN",),
    "freq": ("FREQ",), "weekdays": ("WEEKDAYS",), "zone": ("ZONE",), "hour": ("HOUR",), "hourword": ("HOURWORD",),
    "hhmm": ("HHMM",), "each": ("EACH",), "decade": ("DECADE", "TENS"),
}  # fmt: skip


class TimeReading(NamedTuple):
    """What a phrase means; ``days`` is None where no interval of days follows from it."""

    type: TimexType
    value: str | None
    mod: str | None = None
    days: Extent | None = None


class TimeSetting(NamedTuple):
    """What a phrase is read against: the day of the dispatch, the value the text has reached, and where its verb looks.

    ``ahead`` is -1, 0 or 1 as in ``tense.direction``; ``day`` is the meaning of the day that stands beside the phrase;
    ``told`` is the first day of what the same paragraph has named last with its year.
    """

    today: date | None
    reached: str | None
    ahead: int
    knowledge: Knowledge = SHIPPED
    day: TimeReading | None = None
    told: date | None = None


Reader = Callable[[Phrase, TimeSetting], TimeReading | None]


def value_of(phrase: Phrase, part: str) -> str | int | float | None:
    """What the piece stands for in the class that its place in the pattern asks for."""
    piece = phrase.parts.get(part)
    if piece is None:
        return None
    return next((piece.classes[c] for c in PART_CLASSES[part] if c in piece.classes), None)


def int_of(phrase: Phrase, part: str) -> int | None:
    """The value of a part as a whole number, None where it has none."""
    value = value_of(phrase, part)
    return int(value) if isinstance(value, int | float) else None


def code_of(phrase: Phrase, part: str) -> str:
    """The value of a part as written in the word table, "" where it has none."""
    value = value_of(phrase, part)
    return "" if value is None else str(value)


def count_of(phrase: Phrase, part: str = "num") -> float | None:
    """The number in front of a unit, None where it is vague ("several")."""
    value = value_of(phrase, part)
    return float(value) if isinstance(value, int | float) else None


def modifier(phrase: Phrase) -> str | None:
    """The TIMEX3 modifier, from whichever part of the phrase gives one."""
    return next((code for part in MODIFYING if (code := code_of(phrase, part))), None)


def point_modifier(phrase: Phrase) -> str | None:
    """The modifier of a point that a length leads to: "more than two years ago" lies before it."""
    mod = code_of(phrase, "approx")
    return POINT_MODS.get(mod, mod) or None


def way_of(word: TimePiece) -> int:
    """Whether a word counts backward ("before") or forward ("after")."""
    return PAST if any(word.classes.get(c) == PAST for c in ("BEFORE", "AGO", "REFREL")) else AHEAD


def dated(value: str | None, mod: str | None = None, days: Extent | None = None) -> TimeReading:
    """A reading of type DATE."""
    return TimeReading("DATE", value, mod, days)


def unknown(unit: str) -> str:
    """The value of a unit of the calendar that nobody placed."""
    return UNKNOWN.get(unit, "XXXX")


def year_of(phrase: Phrase, setting: TimeSetting) -> int | None:
    """The year that a phrase names; of two digits the one nearest the dispatch: "in '98".

    It is at most ten years ahead.
    """
    value = value_of(phrase, "year") if "year" in phrase.parts else value_of(phrase, "year2")
    if value is None or isinstance(value, int):
        return value
    return full_year(int(str(value)[-2:]), setting.today)


def full_year(two: int, today: date | None) -> int:
    """The year that two digits mean, seen from the day of the dispatch."""
    now = today.year if today else 2000
    year = now - now % 100 + two
    return year - 100 if year > now + 10 else year


def base_of(phrase: Phrase, setting: TimeSetting) -> date | None:
    """Where a phrase counts from: the dispatch, or for "the following", "that" and "the next day" the time reached."""
    rel = phrase.parts.get("rel")
    reached = extent(setting.reached)
    if rel is not None and not {"REL", "CURRENT"} & rel.classes.keys():
        return reached[0] if reached else None
    if (
        rel is not None
        and rel.text in context_words(setting.knowledge)["onward"]
        and rel.start != phrase.start
        and reached
        and code_of(phrase, "unit") == "D"
    ):
        return reached[0] if reached[0] == reached[1] else None
    return setting.today


def year_told(month: int, day: int, setting: TimeSetting) -> int | None:
    """The year of a past day whose paragraph tells of another year: "In May 2021 ... On July 4 they ..."."""
    told, today = setting.told, setting.today
    if told is None or today is None or setting.ahead != PAST:
        return None
    year = told.year + ((month, day) < (told.month, told.day))
    return year if (year, month, day) < (today.year, today.month, today.day) else None


def relative_year(phrase: Phrase, setting: TimeSetting) -> int | None:
    """The year that "last", "next", "the following" stands for."""
    base = base_of(phrase, setting)
    return base.year + (int_of(phrase, "rel") or 0) if base else None
