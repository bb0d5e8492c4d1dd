"""What expressions of time mean, through ``find_times``; the dispatches are written for these tests."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from given import Parse

from reportedly.config import DEFAULT
from reportedly.knowledge.load import SHIPPED, NumberedRow
from reportedly.model import Dateline, Span
from reportedly.times import find_times

# A Wednesday.
PUBLISHED = "2024-11-20"


@pytest.fixture
def read(parse: Parse) -> Callable[..., Any]:
    def run(text: str, published: str | None = PUBLISHED, **fields: Any) -> Any:
        doc, dispatch = parse(text, published=published, **fields)
        return find_times(doc, dispatch, DEFAULT)

    return run


def values(times: Any) -> Any:
    return [(t.text, t.value) for t in times]


def days(times: Any) -> Any:
    return [(t.begin, t.end_date) for t in times]


@pytest.mark.parametrize(
    ("text", "expected", "value", "begin", "end"),
    [
        ("Rebels shelled the town on Wednesday.", "Wednesday", "2024-11-20", "2024-11-20", "2024-11-20"),
        ("Rebels shelled the town on Tuesday.", "Tuesday", "2024-11-19", "2024-11-19", "2024-11-19"),
        ("Rebels shelled the town on Thursday.", "Thursday", "2024-11-14", "2024-11-14", "2024-11-14"),
        ("The envoys will meet in Oslo on Friday.", "Friday", "2024-11-22", "2024-11-22", "2024-11-22"),
        ("The envoys are due to meet on Friday.", "Friday", "2024-11-22", "2024-11-22", "2024-11-22"),
        ("Rebels began to shell the town on Sunday.", "Sunday", "2024-11-17", "2024-11-17", "2024-11-17"),
        ("Voting begins on Sunday.", "Sunday", "2024-11-24", "2024-11-24", "2024-11-24"),
        ("Last Wednesday the bridge was blown up.", "Last Wednesday", "2024-11-13", "2024-11-13", "2024-11-13"),
        ("The court will rule next Monday.", "next Monday", "2024-11-25", "2024-11-25", "2024-11-25"),
        ("Shots were heard on Monday of last week.", "Monday of last week", "2024-11-11", "2024-11-11", "2024-11-11"),
        ("The town fell yesterday.", "yesterday", "2024-11-19", "2024-11-19", "2024-11-19"),
        ("They fled the day before yesterday.", "the day before yesterday", "2024-11-18", "2024-11-18", "2024-11-18"),
        ("He resigned on 3 November.", "3 November", "2024-11-03", "2024-11-03", "2024-11-03"),
        ("Polls open on January 12.", "January 12", "2025-01-12", "2025-01-12", "2025-01-12"),
        ("She was arrested on Dec. 30.", "Dec. 30", "2024-12-30", "2024-12-30", "2024-12-30"),
        ("She was freed on March 3, 2011.", "March 3, 2011", "2011-03-03", "2011-03-03", "2011-03-03"),
        ("She was freed on the 3rd of March 2011.", "the 3rd of March 2011", "2011-03-03", "2011-03-03", "2011-03-03"),
        ("The log is dated 2024-11-05.", "2024-11-05", "2024-11-05", "2024-11-05", "2024-11-05"),
        ("The talks ran from 3 to 5 May.", "3 to 5 May", "2024-05-03/2024-05-05", "2024-05-03", "2024-05-05"),
        ("Prices doubled in October.", "October", "2024-10", "2024-10-01", "2024-10-31"),
        ("Elections are planned for February.", "February", "2025-02", "2025-02-01", "2025-02-28"),
        ("He was sacked in October last year.", "October last year", "2023-10", "2023-10-01", "2023-10-31"),
        ("The raid began last month.", "last month", "2024-10", "2024-10-01", "2024-10-31"),
        ("Clashes broke out last week.", "last week", "2024-W46", "2024-11-11", "2024-11-17"),
        ("Clashes broke out this week.", "this week", "2024-W47", "2024-11-18", "2024-11-20"),
        ("Clashes broke out earlier this week.", "earlier this week", "2024-W47", "2024-11-18", "2024-11-20"),
        ("A vote will be held later this week.", "later this week", "2024-W47", "2024-11-20", "2024-11-24"),
        ("The boat sank over the weekend.", "the weekend", "2024-W46-WE", "2024-11-16", "2024-11-17"),
        ("The law passed in 1998.", "1998", "1998", "1998-01-01", "1998-12-31"),
        ("The war began in the 1980s.", "the 1980s", "198", "1980-01-01", "1989-12-31"),
        ("The fort dates from the 17th century.", "the 17th century", "16", "1600-01-01", "1699-12-31"),
        ("Output fell in the third quarter.", "the third quarter", "2024-Q3", "2024-07-01", "2024-09-30"),
        ("Output fell in the first half of 2023.", "the first half of 2023", "2023-H1", "2023-01-01", "2023-06-30"),
        ("The drought began last summer.", "last summer", "2024-SU", "2024-06-01", "2024-08-31"),
        ("The siege began three weeks ago.", "three weeks ago", "2024-W44", "2024-10-28", "2024-11-03"),
        ("The mayor was shot two days ago.", "two days ago", "2024-11-18", "2024-11-18", "2024-11-18"),
        ("The mayor was shot in late September.", "late September", "2024-09", "2024-09-01", "2024-09-30"),
        ("The bridge was hit overnight.", "overnight", "2024-11-19TNI", "2024-11-19", "2024-11-20"),
        ("The bridge was hit last night.", "last night", "2024-11-19TNI", "2024-11-19", "2024-11-20"),
        ("The bridge was hit on Monday night.", "Monday night", "2024-11-18TNI", "2024-11-18", "2024-11-18"),
        (
            "The bridge was hit at 9:30 p.m. on Monday.",
            "9:30 p.m. on Monday",
            "2024-11-18T21:30",
            "2024-11-18",
            "2024-11-18",
        ),
        ("The power was cut for a third day.", "a third day", "2024-11-20", "2024-11-18", "2024-11-20"),
        (
            "They were taken before dawn on Monday.",
            "before dawn on Monday",
            "2024-11-18TMO",
            "2024-11-18",
            "2024-11-18",
        ),
        (
            "The strike ran from March to June 2014.",
            "March to June 2014",
            "2014-03/2014-06",
            "2014-03-01",
            "2014-06-30",
        ),
        ("It was raided on the 3rd of this month.", "the 3rd of this month", "2024-11-03", "2024-11-03", "2024-11-03"),
        ("It opened in the week of May 9.", "the week of May 9", "2024-W19", "2024-05-06", "2024-05-12"),
        (
            "It fell in the first half of May.",
            "the first half of May",
            "2024-05-01/2024-05-15",
            "2024-05-01",
            "2024-05-15",
        ),
        ("It fell in the second week of May.", "the second week of May", "2024-W19", "2024-05-06", "2024-05-14"),
        ("It fell in the last week of October.", "the last week of October", "2024-W44", "2024-10-25", "2024-11-03"),
        ("Talks resume Thursday in Oslo.", "Thursday", "2024-11-21", "2024-11-21", "2024-11-21"),
        ("In May, May resigned.", "May", "2024-05", "2024-05-01", "2024-05-31"),
        ("It landed at 0730 GMT.", "0730 GMT", "2024-11-20T07:30Z", "2024-11-20", "2024-11-20"),
        ("Troops left on the morning of May 9.", "the morning of May 9", "2024-05-09TMO", "2024-05-09", "2024-05-09"),
        (
            "He will leave two days after Christmas.",
            "two days after Christmas",
            "2024-12-27",
            "2024-12-27",
            "2024-12-27",
        ),
    ],
)
def test_one_expression(read: Callable[..., Any], text: str, expected: Any, value: str, begin: Any, end: Any) -> None:
    (time,) = read(text)
    assert (time.text, time.value, time.begin, time.end_date) == (expected, value, begin, end)
    assert time.type == ("TIME" if "T" in value else "DATE")


@pytest.mark.parametrize(
    ("text", "expected", "type_", "value"),
    [
        ("The siege lasted two years.", "two years", "DURATION", "P2Y"),
        ("The five-day truce is over.", "five-day", "DURATION", "P5D"),
        ("They waited for two and a half years.", "two and a half years", "DURATION", "P2Y6M"),
        ("They waited for several weeks.", "several weeks", "DURATION", "PXW"),
        ("They met a day after the vote.", "a day", "DURATION", "P1D"),
        ("They waited half an hour.", "half an hour", "DURATION", "PT30M"),
        ("They march every Friday.", "every Friday", "SET", "XXXX-WXX-5"),
        ("They march on Fridays.", "Fridays", "SET", "XXXX-WXX-5"),
        ("The post is shelled daily.", "daily", "SET", "P1D"),
        ("They meet twice a week.", "twice a week", "SET", "P1W"),
        ("He is now in exile.", "now", "DATE", "PRESENT_REF"),
        ("He recently moved.", "recently", "DATE", "PAST_REF"),
        ("He expects no change in the near future.", "the near future", "DATE", "FUTURE_REF"),
    ],
)
def test_lengths_sets_and_references_have_no_days(
    read: Callable[..., Any], text: str, expected: Any, type_: Any, value: object
) -> None:
    (time,) = read(text)
    assert (time.text, time.type, time.value, time.begin) == (expected, type_, value, None)


@pytest.mark.parametrize(
    ("text", "mod"),
    [
        ("It happened late on Monday.", "END"),
        ("It happened in mid-June.", "MID"),
        ("It happened in early 2019.", "START"),
        ("It lasted more than two weeks.", "MORE_THAN"),
        ("It lasted about two weeks.", "APPROX"),
        ("It happened more than two years ago.", "BEFORE"),
    ],
)
def test_modifiers(read: Callable[..., Any], text: str, mod: Any) -> None:
    assert [t.mod for t in read(text)] == [mod]


def test_a_length_up_to_the_day_of_the_dispatch_has_days(read: Callable[..., Any]) -> None:
    (time,) = read("Nine people died in the past three days.")
    assert (time.type, time.value, time.begin, time.end_date) == ("DURATION", "P3D", "2024-11-17", "2024-11-20")


@pytest.mark.parametrize(
    "text",
    [
        "Fighters of the May 14 Brigade took the hill.",
        "Police sealed off 9 October Avenue.",
        "Prime Minister May said she may go.",
        "The Sunday Courier reported the deal.",
        "Troops march on the capital.",
        "The council cited Resolution 1540.",
        "About 1,950 people fled.",
        "A man aged 40 years and his 6-year-old son died.",
        "The home side won 3-1.",
        "Security was tightened after the September 11 attacks.",
        "The fall of the capital surprised them.",
    ],
)
def test_no_expression_of_time(read: Callable[..., Any], text: str) -> None:
    assert read(text) == ()


def test_life_span(read: Callable[..., Any]) -> None:
    assert values(read("The museum is named after the poet (1901-1977).")) == [("1901", "1901"), ("1977", "1977")]


def test_the_time_reached_is_counted_from(read: Callable[..., Any]) -> None:
    times = read("The town fell on 2 May 2011. The next day its mayor fled. Two days later he was back.")
    assert days(times) == [("2011-05-02",) * 2, ("2011-05-03",) * 2, ("2011-05-05",) * 2]


def test_overnight_does_not_move_the_time_reached(read: Callable[..., Any]) -> None:
    times = read("He was held on Friday, 15 November. He slept there overnight and left the next day.")
    assert days(times)[-1] == ("2024-11-16", "2024-11-16")


def test_an_event_nobody_dated_gives_no_days(read: Callable[..., Any]) -> None:
    assert [t.begin for t in read("He fled two days after the coup.")] == [None]


def test_the_dateline_counts_before_publication(read: Callable[..., Any]) -> None:
    dateline = Dateline(place="CAIRO", date="2024-11-19", span=Span(0, 0))
    assert values(read("The mayor quit today.", dateline=dateline)) == [("today", "2024-11-19")]


def test_the_date_of_the_dateline_is_a_time(read: Callable[..., Any]) -> None:
    text = "CAIRO, Nov. 19 - The mayor quit on Monday."
    dateline = Dateline(place="CAIRO", date="2024-11-19", span=Span(0, 17))
    times = read(text, dateline=dateline, body_start=17)
    assert values(times) == [("Nov. 19", "2024-11-19"), ("Monday", "2024-11-18")]


def test_a_dateline_of_another_story_does_not_count(read: Callable[..., Any]) -> None:
    dateline = Dateline(place="CAIRO", date="2023-11-19", span=Span(0, 0))
    assert values(read("The mayor quit today.", dateline=dateline)) == [("today", "2024-11-20")]


def test_without_any_date_relative_times_stay_open(read: Callable[..., Any]) -> None:
    times = read("The mayor quit on Tuesday and left today, in March 2009.", published=None)
    assert values(times)[0] == ("Tuesday", "XXXX-WXX-2")
    assert [t.begin for t in times] == [None, None, "2009-03-01"]


def test_capitals(read: Callable[..., Any]) -> None:
    times = read("THE ARMY TOOK THE TOWN ON 9 OCTOBER. IT MAY MARCH ON THE PORT AT 1430 ON FRIDAY.")
    assert [t.value for t in times][:1] == ["2024-10-09"]
    assert all("MARCH" not in t.text for t in times)


@pytest.mark.parametrize("numbered", SHIPPED.numbered("times_rules"), ids=lambda n: n.row["rule"])
def test_the_example_of_a_rule_of_time_means_what_its_row_says(read: Callable[..., Any], numbered: NumberedRow) -> None:
    row = numbered.row
    before, found, after = re.split(r"[\[\]]", row["example"])
    told = {t.value for t in read(before + found + after) if (t.start, t.text) == (len(before), found)}
    assert told == ({row["value"]} if row["value"] != "-" else set()), numbered.place
