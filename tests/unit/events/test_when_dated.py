"""Which time dates which event; the dispatches are written for these tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from given import Parse

from reportedly.config import DEFAULT
from reportedly.events.when import find_when
from reportedly.times import find_times

# A Wednesday.
PUBLISHED = "2024-11-20"
MONDAY, TUESDAY, TODAY = "2024-11-18", "2024-11-19", "2024-11-20"


@pytest.fixture
def dated(parse: Parse) -> Callable[..., Any]:
    def run(text: str, word: str) -> Any:
        doc, dispatch = parse(text, published=PUBLISHED)
        token = next(t for t in doc if t.text == word)
        return find_when(token, doc, find_times(doc, dispatch, DEFAULT), dispatch).days

    return run


@pytest.mark.parametrize(
    ("text", "word", "days"),
    [
        ("Gunmen stormed the barracks on Monday.", "stormed", (MONDAY, MONDAY)),
        ("On Monday gunmen stormed the barracks.", "stormed", (MONDAY, MONDAY)),
        ("Gunmen stormed the barracks on Monday, killing five soldiers.", "killing", (MONDAY, MONDAY)),
        ("Gunmen stormed the barracks on Monday and kidnapped five soldiers.", "kidnapped", (MONDAY, MONDAY)),
        ("A bombing on Monday killed five soldiers.", "bombing", (MONDAY, MONDAY)),
        ("A bombing on Monday killed five soldiers.", "killed", (MONDAY, MONDAY)),
        ("Monday's bombing left five soldiers dead.", "left", (MONDAY, MONDAY)),
        ("Monday's bombing forced the council to flee.", "flee", (None, None)),
        ("Two men were arrested after Monday's bombing.", "bombing", (MONDAY, MONDAY)),
        ("Two men were arrested after Monday's bombing.", "arrested", (None, None)),
        ("Monday's bombing shocked the town.", "bombing", (MONDAY, MONDAY)),
        ("Five soldiers died in Monday's bombing.", "died", (MONDAY, MONDAY)),
        ("Police said on Tuesday that gunmen stormed the barracks on Monday.", "stormed", (MONDAY, MONDAY)),
        ("The army failed to retake the hill on Monday.", "retake", (MONDAY, MONDAY)),
        ("Rebels staged an attack on the post early on Monday.", "attack", (MONDAY, MONDAY)),
        ("The fighting began on Monday.", "fighting", (MONDAY, TODAY)),
        ("Sixty people have been killed since Monday.", "killed", (MONDAY, TODAY)),
        ("Five people drowned when a ferry sank on Monday.", "drowned", (MONDAY, MONDAY)),
        ("The bridge was shelled from Monday to Tuesday.", "shelled", (MONDAY, TUESDAY)),
        ("Thirty people were killed in the past two days.", "killed", (MONDAY, TODAY)),
    ],
)
def test_the_time_of_an_event(dated: Any, text: str, word: str, days: Any) -> None:
    assert dated(text, word) == days


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The minister told reporters on Tuesday that gunmen had stormed the barracks.", "stormed"),
        ("Gunmen stormed the barracks, the minister said on Tuesday.", "stormed"),
        ("Gunmen besieged the barracks for two days.", "besieged"),
        ("Gunmen attack the barracks every Friday.", "attack"),
        ("Gunmen attacked the barracks. The minister resigned on Monday.", "attacked"),
        ("The minister condemned Monday's bombing.", "condemned"),
        ("Gunmen will hold the barracks until Monday.", "hold"),
        ("Gunmen now hold the barracks.", "hold"),
        ("He backed the request to close the port on Monday.", "request"),
        ("He joined the condemnation of Monday's attack.", "condemnation"),
    ],
)
def test_no_time_of_the_event(dated: Any, text: str, word: str) -> None:
    assert dated(text, word) == (None, None)
