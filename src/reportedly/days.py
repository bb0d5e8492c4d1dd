"""The day of an ISO date or time: the one place where the program asks for it."""

from __future__ import annotations

from datetime import date

_LENGTH = len("2021-09-03")


def day_of(iso: str | None) -> date | None:
    """The day of an ISO date or time; None where there is none, or it is a month, a year or no date.

    >>> day_of("2021-09-03T14:05Z"), day_of("2021-09"), day_of(None)
    (datetime.date(2021, 9, 3), None, None)
    """
    try:
        return date.fromisoformat(iso[:_LENGTH]) if iso else None
    except ValueError:
        return None


def days_between(first: str, last: str) -> int:
    """How many days lie from one ISO date or time to another; below zero where the other comes first.

    >>> days_between("2021-09-03", "2021-09-05T10:00Z")
    2
    """
    return (date.fromisoformat(last[:_LENGTH]) - date.fromisoformat(first[:_LENGTH])).days


def day_number(iso: str | None) -> int | None:
    """The same day as a number, to reckon with."""
    day = day_of(iso)
    return day.toordinal() if day else None
