"""Days told by the distance from another event; the dispatches are written for these tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from given import Parse

from reportedly.config import DEFAULT
from reportedly.events import find_events
from reportedly.model import Figures
from reportedly.times import find_times


@pytest.fixture
def days(parse: Parse) -> Callable[..., Any]:
    def run(text: str, word: str) -> Any:
        doc, dispatch = parse(text, published="2012-06-06")
        events = find_events(doc, dispatch, find_times(doc, dispatch, DEFAULT), (), (), Figures(), DEFAULT)
        event = next(e for e in events if word in e.trigger.text)
        return event.begin, event.end_date

    return run


@pytest.mark.parametrize(
    ("text", "word", "day"),
    [
        ("Rebels shelled the port on Monday. A day after the shelling, soldiers arrested forty people.", "arrested", 5),
        ("Gunmen killed six men on Sunday. The army raided the town two days after the attack.", "raided", 5),
        ("The clashes erupted a day before the vote, which was held on June 4.", "clashes", 3),
        ("Hours after the bomb exploded on Tuesday in Karachi, police arrested two men.", "arrested", 5),
        ("Police fired on the crowd three days after the election on 1 June 2012.", "fired", 4),
    ],
)
def test_the_day_follows_from_the_other_event(days: Any, text: str, word: str, day: Any) -> None:
    assert days(text, word) == (f"2012-06-0{day}", f"2012-06-0{day}")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The rebels attacked the town the day before the vote.", "attacked"),
        ("A week after the coup, troops arrested ministers.", "arrested"),
        ("Police fired on the crowd several days after the election on 1 June 2012.", "fired"),
    ],
)
def test_without_a_dated_event_or_a_count_there_is_no_day(days: Any, text: str, word: str) -> None:
    assert days(text, word) == (None, None)
