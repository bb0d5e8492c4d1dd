"""Bars of time: none lost, none counted where it was not, in a unit that fits."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from reportedly.views.histogram import FEWEST, MOST, Bar, histogram, histogram_svg


def link(bar: Bar) -> str:
    return f"/?since={bar.since}"


def test_a_few_weeks_are_days_and_a_few_years_are_months() -> None:
    weeks = histogram([("2024-05-01", "2024-05-01", 2), ("2024-05-30", "2024-06-02", 1)])
    assert weeks is not None
    assert (weeks.unit, [b.count for b in weeks.bars if b.count]) == ("day", [2, 1])
    years = histogram([("2022-02-03", "2022-02-03", 1), ("2024-05-30", "2024-06-02", 4)])
    assert years is not None
    assert years.unit == "month"
    assert years.bars[0] == Bar("February 2022", "2022-02-01", "2022-02-28", 1)
    assert years.bars[-1] == Bar("May 2024", "2024-05-01", "2024-05-31", 4)


def test_what_takes_long_is_counted_in_every_bar_that_it_touches() -> None:
    found = histogram([("2023-12-30", "2024-02-02", 3), ("2021-01-01", "2021-01-01", 1)], "2023-11-01", "2024-03-31")
    assert found is not None
    counts = {b.since: b.count for b in found.bars if b.count}
    assert set(counts.values()) == {3}
    assert min(counts) == "2023-12-30"


def test_nothing_has_no_bars() -> None:
    assert histogram([]) is None
    assert histogram([("2024-05-01", "2024-05-01", 2)], since="2025-01-01") is None


days = st.dates(date(1300, 1, 1), date(2999, 12, 31))
spans = st.tuples(days, st.integers(0, 40), st.integers(1, 9))


@given(st.lists(spans, min_size=1, max_size=20))
def test_each_bar_counts_what_touches_it(given_: list[tuple[date, int, int]]) -> None:
    told = [(a.isoformat(), (a + timedelta(days=n)).isoformat(), count) for a, n, count in given_]
    found = histogram(told)
    assert found is not None
    assert FEWEST <= len(found.bars) <= MOST
    for bar in found.bars:
        assert bar.count == sum(n for a, b, n in told if a <= bar.until and b >= bar.since)
    assert found.before == sum(n for _, b, n in told if b < found.bars[0].since)
    assert found.after == sum(n for a, _, n in told if a > found.bars[-1].until)


def test_a_bar_is_a_link_with_its_words() -> None:
    found = histogram([("2024-05-17", "2024-05-17", 1)])
    assert found is not None
    drawn = histogram_svg(found, link)
    assert 'href="/?since=2024-05-17"' in drawn
    assert 'aria-label="17 May 2024: 1 incident"' in drawn
