"""Days that an event takes from the incident told right before it; the dispatches are written for these tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from given import Parse

from reportedly.config import DEFAULT
from reportedly.events import find_events
from reportedly.figures import find_figures
from reportedly.times import find_times

# A Wednesday.
PUBLISHED = "2024-11-20"
MONDAY, TUESDAY, TODAY = "2024-11-18", "2024-11-19", "2024-11-20"


@pytest.fixture
def days(parse: Parse) -> Callable[..., Any]:
    def run(text: str, word: str) -> Any:
        doc, dispatch = parse(text, published=PUBLISHED)
        times, figures = find_times(doc, dispatch, DEFAULT), find_figures(doc, (), DEFAULT)
        events = find_events(doc, dispatch, times, (), (), figures, DEFAULT)
        event = next(e for e in reversed(events) if word in e.trigger.text)
        return event.begin, event.end_date

    return run


@pytest.mark.parametrize(
    ("text", "word", "day"),
    [
        ("A bomb exploded in the market on Monday. Nine people were killed.", "killed", MONDAY),
        ("A bomb exploded in the market on Monday. The explosion wounded nine people.", "wounded", MONDAY),
        ("Gunmen attacked the barracks on Tuesday. Nobody claimed the attack.", "attack", TUESDAY),
        (
            "A ferry sank off the coast on Wednesday. The ministry said in the afternoon that 90 people had been rescued.",
            "rescued",
            TODAY,
        ),
        (
            "A missile hit a school on Monday. The governor accused the rebels of shelling the town.",
            "shelling",
            MONDAY,
        ),
    ],
)
def test_the_day_of_the_incident_beside(days: Any, text: str, word: str, day: Any) -> None:
    assert days(text, word) == (day, day)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("A bomb exploded in the market on Monday. Hundreds of people have been killed.", "killed"),
        ("A bomb exploded in the market on Monday. Hundreds of people had been killed.", "killed"),
        ("A bomb exploded in the market on Monday. Nine people were killed in the war.", "killed"),
        ("A bomb exploded in the market on Monday. An earlier explosion was blamed on rebels.", "explosion"),
        ("A bomb exploded on Monday. The mayor went home. Nine people were killed.", "killed"),
        ("A bomb exploded in the market last year. Nine people were killed.", "killed"),
        ("A bomb exploded on Monday and a shell struck the port on Tuesday. Nine people were killed.", "killed"),
    ],
)
def test_no_day_from_beside(days: Any, text: str, word: str) -> None:
    assert days(text, word) == (None, None)
