"""The grades that the command `certainty` gives."""

from __future__ import annotations

from typing import Any

import pytest
from given import Parse

from reportedly.claims.certainty import cut, grade


def graded(parse: Parse, text: str, *triggers: str) -> Any:
    doc, _ = parse(text)
    events = [{"start": text.index(t), "end": text.index(t) + len(t)} for t in triggers]
    return grade(doc, events)


def test_offsets_are_given_back(parse: Parse) -> None:
    text = "The rebels attacked the town."
    assert graded(parse, text, "attacked") == [{"start": 11, "end": 19, "factuality": "CT+", "score": 3.0}]


def test_reported_speech_stays_certain_and_denials_do_not(parse: Parse) -> None:
    said, denied = (
        graded(parse, f"The army {verb} that it shelled the town.", "shelled")[0] for verb in ("said", "denied")
    )
    assert said["factuality"] == "CT+"
    assert said["score"] > denied["score"] < 1.5


def test_what_is_planned_is_likely(parse: Parse) -> None:
    assert graded(parse, "The council will meet on Friday.", "meet")[0]["factuality"] == "PR+"
    assert graded(parse, "I will send you the book.", "send")[0]["score"] > 0


def test_a_trigger_of_white_space_says_nothing(parse: Parse) -> None:
    text = "The army  fired."
    doc, _ = parse(text)
    assert grade(doc, [{"start": 8, "end": 10}])[0]["factuality"] in ("U", "CT+")
    assert grade(doc, []) == []


@pytest.mark.parametrize(
    ("score", "value"),
    [(3.0, "CT+"), (2.5, "CT+"), (1.9, "PR+"), (0.7, "PS+"), (0.2, "U"), (-0.5, "PS-"), (-1.5, "PR-"), (-2.6, "CT-")],
)
def test_cut_points(score: Any, value: object) -> None:
    assert cut(score) == value
