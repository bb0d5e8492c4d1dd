"""TIMEX3 calendar values: made from dates, read back as intervals of days (both ends included)."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

Extent = tuple[date, date]
SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_VALUE = re.compile(
    r"(?P<year>\d{4})(?:-(?:W(?P<week>\d\d)(?:-(?P<weekend>WE)|-(?P<weekday>[1-7]))?|Q(?P<quarter>[1-4])|H(?P<half>[12])"
    r"|(?P<season>SP|SU|FA|WI)|(?P<month>\d\d)(?:-(?P<day>\d\d))?))?$"
)
ONE_DAY = timedelta(days=1)


def week_of(day: date) -> str:
    """The ISO week of a day, "2024-W47"."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def quarter_of(day: date) -> str:
    """The quarter of a day, "2024-Q4"."""
    return f"{day.year:04}-Q{(day.month + 2) // 3}"


def month_of(day: date) -> str:
    """The month of a day, "2024-11"."""
    return f"{day.year:04}-{day.month:02}"


def season_of(year: int, season: str) -> str:
    """A season of the year it begins in, "2024-WI"."""
    return f"{year:04}-{season}"


def make_date(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shift(day: date, unit: str, count: float) -> date | None:
    """The day so many units away, None outside the calendar; ``unit`` as in times_words.tsv ("D", "2W", "TH")."""
    match = re.fullmatch(r"(\d*)(T?[SMHDWQYE]|WE)", unit)
    if match is None:
        return None
    steps = int(count * int(match[1] or 1))
    try:
        return day + _step(match[2], steps)
    except (OverflowError, ValueError):
        return None


def _step(unit: str, steps: int) -> relativedelta | timedelta:
    if unit == "Y":
        return relativedelta(years=steps)
    if unit in ("M", "Q"):
        return relativedelta(months=steps * (3 if unit == "Q" else 1))
    if unit in ("W", "WE"):
        return timedelta(weeks=steps)
    if unit == "TH":
        return timedelta(days=int(steps / 24))
    return timedelta(days=steps if unit == "D" else 0)


def span_value(unit: str, day: date) -> str:
    """The calendar unit that a day lies in, as a value: its day, week, month, quarter, year, decade or century."""
    if unit == "WE":
        return f"{week_of(day)}-WE"
    if unit.endswith("W"):
        return week_of(day)
    if unit == "M":
        return month_of(day)
    if unit == "Q":
        return quarter_of(day)
    if unit == "Y":
        return f"{day.year:04}"
    if unit == "10Y":
        return f"{day.year // 10:03}"
    if unit == "100Y":
        return f"{day.year // 100:02}"
    return day.isoformat()


def extent(value: str | None) -> Extent | None:
    """First and last day of a calendar value; clock times and parts of the day count as their day.

    >>> extent("2024-W05-WE")
    (datetime.date(2024, 2, 3), datetime.date(2024, 2, 4))
    """
    if not value:
        return None
    if "/" in value:
        return _hull(*(extent(part) for part in value.split("/", 1)))
    head = value.split("T", 1)[0]
    try:
        return _decade_or_century(head) if head.isdigit() and len(head) < 4 else _calendar(head)
    except (ValueError, OverflowError):
        return None


def _hull(first: Extent | None, last: Extent | None) -> Extent | None:
    return (first[0], last[1]) if first and last and first[0] <= last[1] else None


def _decade_or_century(digits: str) -> Extent | None:
    if len(digits) == 3:
        return date(int(digits) * 10, 1, 1), date(int(digits) * 10 + 9, 12, 31)
    return (date(int(digits) * 100, 1, 1), date(int(digits) * 100 + 99, 12, 31)) if len(digits) == 2 else None


def _calendar(value: str) -> Extent | None:
    match = _VALUE.match(value)
    if match is None:
        return None
    part = match.groupdict()
    year = int(match["year"])
    if part["week"]:
        return _week(year, int(part["week"]), weekend=bool(part["weekend"]), weekday=part["weekday"])
    if part["day"]:
        day = date(year, int(part["month"]), int(part["day"]))
        return day, day
    if part["month"]:
        return _months(date(year, int(part["month"]), 1), 1)
    if part["quarter"]:
        return _months(date(year, int(part["quarter"]) * 3 - 2, 1), 3)
    if part["half"]:
        return _months(date(year, int(part["half"]) * 6 - 5, 1), 6)
    if part["season"]:
        return _months(date(year, SEASON_MONTHS[part["season"]], 1), 3)
    return date(year, 1, 1), date(year, 12, 31)


def _week(year: int, week: int, *, weekend: bool, weekday: str | None) -> Extent:
    first, last = (6, 7) if weekend else (int(weekday or 1), int(weekday or 7))
    return date.fromisocalendar(year, week, first), date.fromisocalendar(year, week, last)


def _months(first: date, count: int) -> Extent:
    return first, first + relativedelta(months=count) - ONE_DAY
