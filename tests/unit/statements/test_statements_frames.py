"""Frames of the cues: who says what in indirect speech."""

from __future__ import annotations

from collections.abc import Callable

import pytest

CASES = [
    (
        "The governor said that the bridge had collapsed.",
        [("The governor", "said", ["that the bridge had collapsed"])],
    ),
    (
        "Two men drowned in the harbour, the coast guard said.",
        [("the coast guard", "said", ["Two men drowned in the harbour"])],
    ),
    (
        "According to a source in the ministry, the convoy was hit near the border.",
        [("a source in the ministry", "According to", ["the convoy was hit near the border"])],
    ),
    (
        "The convoy was hit near the border, according to two witnesses.",
        [("two witnesses", "according to", ["The convoy was hit near the border"])],
    ),
    ("Norland accused Sudria of shelling a village.", [("Norland", "accused", ["shelling a village"])]),
    ("The envoy urged both sides to stop the fighting.", [("The envoy", "urged", ["both sides to stop the fighting"])]),
    ("The army denied shelling the village.", [("The army", "denied", ["shelling the village"])]),
    ("The general announced a truce.", [("The general", "announced", ["a truce"])]),
    ("The mayor described the situation as calm.", [("The mayor", "described", ["the situation as calm"])]),
    ("The committee put the toll at 31.", [("The committee", "put", ["the toll at 31"])]),
    ("The union called for a general strike.", [("The union", "called", ["a general strike"])]),
    (
        "The strike killed nine people, a doctors' committee close to the opposition said.",
        [("a doctors' committee close to the opposition", "said", ["The strike killed nine people"])],
    ),
    (
        "The ministry announced that 300 people had been saved, but withdrew the figure and said that 150 were safe.",
        [
            ("The ministry", "announced", ["that 300 people had been saved"]),
            ("The ministry", "said", ["that 150 were safe"]),
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_frames(told: Callable, text: str, expected: list[tuple[str, str, list[str]]]) -> None:
    assert [(source, cue, content) for _, source, cue, content in told(text)] == expected


def test_source_that_quotes_a_source_that_quotes(told: Callable) -> None:
    found = told("State television quoted the ministry as saying that witnesses saw the smoke.")
    assert [(source, cue) for _, source, cue, _ in found[:2]] == [
        ("State television", "quoted"),
        ("the ministry", "saying"),
    ]
    television, ministry = found[0][0], found[1][0]
    assert television.parent is None
    assert ministry.parent == television.id
    assert television.kind == "media"
    assert found[1][3] == ["that witnesses saw the smoke"]


def test_handed_over_source_behind_the_content(told: Callable) -> None:
    found = told("Troops entered the town at dawn, state radio quoted the army as saying.")
    assert [(source, cue) for _, source, cue, _ in found] == [("state radio", "quoted"), ("the army", "saying")]
    assert found[1][3] == ["Troops entered the town at dawn"]
    assert found[1][0].parent == found[0][0].id


def test_adverb_is_a_statement_without_source(told: Callable) -> None:
    ((record, source, cue, content),) = told("Three soldiers were reportedly killed in the ambush.")
    assert (source, cue, content) == (None, "reportedly", ["Three soldiers were", "killed in the ambush"])
    assert record.kind is None
    assert record.actor is None


def test_wish_is_an_attitude(told: Callable) -> None:
    ((record, source, _, content),) = told("The government wants to hold talks.")
    assert (record.act, source, content) == ("attitude", "The government", ["to hold talks"])


def test_asking_not_to_be_named_says_nothing(told: Callable) -> None:
    found = told("An officer who asked not to be named said the road was mined.")
    assert [(source, cue) for _, source, cue, _ in found] == [("An officer who asked not to be named", "said")]
