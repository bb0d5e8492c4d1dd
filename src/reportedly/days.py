"""The day of an ISO date or time: the one place where the program asks for it."""

from __future__ import annotations

import re
from datetime import date

from reportedly.model import Dispatch

_LENGTH = len("2021-09-03")
_HOUR = re.compile(
    r"((about|around|at)\s+)?(\d{1,2}([:.]\d\d)?|\d{4})\s*(hours|[ap]\.?m\.?)?(\s*local time|\s*[A-Z]{3})?",
    re.IGNORECASE,
)


def today_of(dispatch: Dispatch) -> str | None:
    """The day on which a dispatch was filed, else published, as an ISO date: what its "today" is."""
    day = (dispatch.dateline.date if dispatch.dateline else None) or dispatch.published
    return day[:10] if day else None


def day_of(iso: str | None) -> date | None:
    """The day of an ISO date or time; None where there is none, or it is a month, a year or no date.

    >>> day_of("2021-09-03T14:05Z"), day_of("2021-09"), day_of(None)
    (datetime.date(2021, 9, 3), None, None)
    """
    try:
        return date.fromisoformat(iso[:_LENGTH]) if iso else None
    except ValueError:
        return None


def day_words(iso: str) -> str:
    """An ISO date as a person writes it: "3 September 2021"; other values as they are."""
    day = day_of(iso)
    return f"{day.day} {day:%B %Y}" if day else iso


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


def is_hour_alone(text: str) -> bool:
    """Whether a clock time stands there without a day, which then is the one named last, if any.

    >>> is_hour_alone("10:39 a.m. local time"), is_hour_alone("9 a.m. Monday")
    (True, False)
    """
    return _HOUR.fullmatch(text) is not None
