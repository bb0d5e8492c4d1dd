"""Dates as inputs write them, read without guessing.

The day is kept as written: a time of day or a zone behind it never shifts it. What can be read in two ways
(05/06/2021), what no calendar has (2021-02-30) and what is no date at all give a ``Doubt`` instead of a day.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache

import msgspec

from reportedly.days import day_of

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}
# Months are written in ASCII: "ſep" and "aprıl" are none, though they fold to the same letters.
MONTH = "(?a:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + ")"
WEEKDAY = "(?a:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"

# What is longer is no date.
LONGEST_DATE = 200
# Times in seconds from 1973 to 2100, and the same in milliseconds.
_EPOCH_FIRST, _EPOCH_LAST = 100_000_000, 4_102_444_800

_YMD = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4}(?:\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?)?$")
_DMY_NAMED = re.compile(
    rf"(?:{WEEKDAY}\.?,?\s+)?(\d{{1,2}})(?:st|nd|rd|th)?[\s./-]*(?:of\s+)?({MONTH})\b[\s.,/-]*(\d{{4}})(?!\d)",
    re.IGNORECASE,
)
_MDY_NAMED = re.compile(
    rf"(?:{WEEKDAY}\.?,?\s+)?({MONTH})\b\.?\s*(\d{{1,2}})(?:st|nd|rd|th)?\b\s*+,?\s*+(?:\d{{1,2}}:\d{{2}}(?::\d{{2}})?\s+"
    r"(?:[+-]\d{4}\s+|[A-Z]{3,4}\s+)?)?(\d{4})(?![\d:])",
    re.IGNORECASE,
)
_NUMERIC = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)")


class Doubt(msgspec.Struct, frozen=True):
    """Why a date was not read: a diagnostic's code and what it says."""

    code: str
    message: str


def read_date(value: object, *, day_first: bool | None = None) -> str | Doubt | None:
    """The ISO day of a date as it was written, a doubt, or ``None`` where nothing is stated.

    ``day_first`` says how 05/06/2021 is meant (True: 5 June; None: it is ambiguous). Numbers are seconds or
    milliseconds since 1970, in UTC.
    """
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return _from_epoch(value)
    return _from_words(str(value), day_first=day_first)


def _from_words(text: str, *, day_first: bool | None) -> str | Doubt | None:
    text = " ".join(text[: LONGEST_DATE * 10].split())
    return _from_text(text, day_first=day_first) if len(text) <= LONGEST_DATE else _unreadable(text)


def _unreadable(text: str) -> Doubt:
    return Doubt("unreadable-date", f'"{text[:60]}" is no date that can be read: published stays unknown')


def _from_epoch(value: float) -> str | Doubt:
    if not _EPOCH_FIRST <= value <= _EPOCH_LAST * 1000:
        written = "a number of many digits" if isinstance(value, int) and abs(value) >= 10**30 else value
        return Doubt("unreadable-date", f"{written} is no date: published stays unknown")
    seconds = value / 1000 if value > _EPOCH_LAST else value
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


@lru_cache(maxsize=4096)
def _from_text(text: str, *, day_first: bool | None) -> str | Doubt | None:
    if not text:
        return None
    if found := _YMD.match(text):
        return _day(int(found[1]), int(found[3]), int(found[4]), text)
    if found := _COMPACT.match(text):
        return _day(int(found[1]), int(found[2]), int(found[3]), text)
    if text.isascii() and text.isdigit() and len(text) in (10, 13):
        return _from_epoch(int(text))
    if found := _DMY_NAMED.match(text):
        return _day(int(found[3]), MONTHS[found[2].lower()], int(found[1]), text)
    if found := _MDY_NAMED.match(text):
        return _day(int(found[3]), MONTHS[found[1].lower()], int(found[2]), text)
    if found := _NUMERIC.match(text):
        return _numeric(int(found[1]), int(found[3]), int(found[4]), text, day_first=day_first)
    return _unreadable(text)


def _numeric(first: int, second: int, year: int, text: str, *, day_first: bool | None) -> str | Doubt:
    """A date in numbers with the year last: the order is known only where one number is no month."""
    if day_first is None:
        if first <= 12 and second <= 12 and first != second:
            meant = " or ".join(f"{year}-{m:02}-{d:02}" for m, d in ((second, first), (first, second)))
            return Doubt(
                "ambiguous-date",
                f'"{text[:60]}" can be {meant}: published stays unknown (--day-first or --month-first decides)',
            )
        day_first = first > 12
    day, month = (first, second) if day_first else (second, first)
    return _day(year, month, day, text)


def _day(year: int, month: int, day: int, text: str) -> str | Doubt:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return Doubt("impossible-date", f'"{text[:60]}" is a day that no calendar has: published stays unknown')


def day_before(month: int, day: int, published: str) -> str | None:
    """The latest such day of the year that is not after ``published`` (one day of slack for time zones)."""
    last = day_of(published)
    if last is None:
        return None
    for year in range(last.year + 1, last.year - 9, -1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if (found - last).days <= 1:
            return found.isoformat()
    return None
