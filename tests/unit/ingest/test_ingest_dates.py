"""Dates as inputs write them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from reportedly.ingest.dates import Doubt, day_before, read_date

FORMS = [
    ("2022-03-04", "2022-03-04"),
    ("2022-03-04T23:30:00-08:00", "2022-03-04"),
    ("2022-03-04 06:15:00", "2022-03-04"),
    ("2022/3/4", "2022-03-04"),
    ("20220304", "2022-03-04"),
    ("20220304T221000Z", "2022-03-04"),
    ("20220304221000", "2022-03-04"),
    ("Fri, 04 Mar 2022 22:10:00 GMT", "2022-03-04"),
    ("4 March 2022", "2022-03-04"),
    ("4th of March 2022", "2022-03-04"),
    ("March 4, 2022", "2022-03-04"),
    ("Friday, March 4, 2022 at 5:00 pm", "2022-03-04"),
    ("Fri Mar 04 22:10:00 +0000 2022", "2022-03-04"),
    ("04-MAR-2022 22:10:00.00", "2022-03-04"),
    ("25/12/2022", "2022-12-25"),
    ("12/25/2022", "2022-12-25"),
    ("4/4/2022", "2022-04-04"),
    (1646395200, "2022-03-04"),
    (1646395200000, "2022-03-04"),
    ("1646395200", "2022-03-04"),
    (datetime(2022, 3, 4, 23, 59, tzinfo=UTC), "2022-03-04"),
    (date(2022, 3, 4), "2022-03-04"),
    ("", None),
    (None, None),
    (True, None),
]


@pytest.mark.parametrize(("written", "day"), FORMS)
def test_ingest_dates_are_read_as_written(written: object, day: str | None) -> None:
    """The day is kept as written, whatever the zone."""
    assert read_date(written) == day


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("03/04/2022", "ambiguous-date"),
        ("2022-02-30", "impossible-date"),
        ("31/31/2022", "impossible-date"),
        ("22-03-04", "unreadable-date"),
        ("yesterday", "unreadable-date"),
        (7, "unreadable-date"),
    ],
)
def test_ingest_dates_are_never_guessed(written: object, code: str) -> None:
    """Two readings, no such day, no date: each is said by name."""
    doubt = read_date(written)
    assert isinstance(doubt, Doubt)
    assert doubt.code == code


@pytest.mark.parametrize(("day_first", "day"), [(True, "2022-04-03"), (False, "2022-03-04")])
def test_ingest_order_of_day_and_month_can_be_told(*, day_first: bool, day: str) -> None:
    """The user's word decides what the numbers cannot."""
    assert read_date("03/04/2022", day_first=day_first) == day


def test_ingest_day_before_has_a_day_of_slack() -> None:
    """A dateline may be a day ahead of the publication's clock; 29 February waits for its year."""
    assert day_before(3, 5, "2022-03-04") == "2022-03-05"
    assert day_before(3, 6, "2022-03-04") == "2021-03-06"
    assert day_before(2, 29, "2022-03-04") == "2020-02-29"
