"""What holds of times in any text."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from reportedly.config import DEFAULT
from reportedly.model import Dispatch
from reportedly.parse.parsed import Doc, from_spacy
from reportedly.times import find_times
from reportedly.times.calendar import extent, shift
from reportedly.times.pieces import cut

WORDS = """
on in of the last next this early late Monday Friday May March Dec. 3 12 31 1998 2024-02-30 9:30 0730 GMT p.m.
two a half days weeks years ago before after every now overnight morning night quarter first '80s 1990s - , .
killed 20th century fiscal Christmas and to 7/8/07 99999999999 ½ will said
""".split()  # noqa: SIM905  a list of words is read as a text
texts = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join) | st.text(max_size=60)
dates = st.dates(date(1900, 1, 1), date(2100, 1, 1))
quick = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


@cache
def parsed(nlp: Language, text: str) -> Doc:
    return from_spacy(nlp(text))


def read(nlp: Language, text: str, published: str | None) -> Any:
    return find_times(parsed(nlp, text), Dispatch(id="t", text=text, published=published), DEFAULT)


@quick
@given(text=texts, published=st.none() | dates.map(date.isoformat))
def test_spans_point_into_the_text_and_intervals_run_forward(nlp: Language, text: str, published: str | None) -> None:
    end = 0
    for time in read(nlp, text, published):
        assert text[time.start : time.end] == time.text
        assert end <= time.start < time.end
        end = time.end
        assert (time.begin is None) == (time.end_date is None)
        assert time.begin is None or time.begin <= time.end_date


@pytest.mark.parametrize("word", ["today", "yesterday", "three days ago", "overnight", "tomorrow"])
@quick
@given(published=dates, later=st.integers(0, 400))
def test_relative_days_move_with_the_dispatch(nlp: Language, word: str, published: date, later: Any) -> None:
    text = f"It rains {word}."
    (one,) = read(nlp, text, published.isoformat())
    (other,) = read(nlp, text, (published + timedelta(days=later)).isoformat())
    assert date.fromisoformat(other.begin) - date.fromisoformat(one.begin) == timedelta(days=later)
    assert date.fromisoformat(other.end_date) - date.fromisoformat(one.end_date) == timedelta(days=later)


@pytest.mark.parametrize("phrase", ["on Tuesday", "last Friday", "next Monday", "last week", "over the weekend"])
@quick
@given(published=dates, weeks=st.integers(0, 60))
def test_days_of_the_week_move_by_weeks(nlp: Language, phrase: Any, published: date, weeks: Any) -> None:
    text = f"It rained {phrase}."
    (one,) = read(nlp, text, published.isoformat())
    (other,) = read(nlp, text, (published + timedelta(weeks=weeks)).isoformat())
    assert date.fromisoformat(other.begin) - date.fromisoformat(one.begin) == timedelta(weeks=weeks)


@given(text=st.text(max_size=200))
def test_pieces_are_in_order_and_leave_out_nothing_but_blanks(text: str) -> None:
    pieces = cut(text)
    assert all(a.end <= b.start for a, b in pairwise(pieces))
    covered = {i for p in pieces for i in range(p.start, p.end)}
    assert all(text[i].isspace() for i in range(len(text)) if i not in covered)


@given(value=st.text(alphabet="0123456789-WQHXTPSUFAIE/:", max_size=12))
def test_extents_run_forward(value: str) -> None:
    days = extent(value)
    assert days is None or days[0] <= days[1]


@given(
    day=st.dates(),
    unit=st.sampled_from(["D", "W", "M", "Q", "Y", "10Y", "100Y", "TH", "TM", "WE", "2W", "?"]),
    n=st.integers(),
)
def test_no_shift_leaves_the_calendar(day: Any, unit: Any, n: Any) -> None:
    moved = shift(day, unit, n)
    assert moved is None or isinstance(moved, date)
