"""Frames of the cues: who says what in indirect speech."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from reportedly.config import DEFAULT
from reportedly.statements import find_statements

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
        "The envoy called for the army to withdraw from the port.",
        [("The envoy", "called", ["the army to withdraw from the port"])],
    ),
    ("The town seems to have fallen.", [(None, "seems", ["The town", "to have fallen"])]),
    (
        "The port was closed on Monday, as first reported by the Harbour Times.",
        [("the Harbour Times", "first reported", ["The port was closed on Monday"])],
    ),
    (
        "The envoy told reporters on Monday that both sides had agreed, and that talks would go on.",
        [("The envoy", "told", ["that both sides had agreed, and that talks would go on"])],
    ),
    (
        "He accused the rebels of cutting off the water in the region, and depriving people of access to aid.",
        [("He", "accused", ["cutting off the water in the region, and depriving people of access to aid"])],
    ),
    (
        "A war communique said four divisions attacked the town, but they were crushed by noon.",
        [("A war communique", "said", ["four divisions attacked the town, but they were crushed by noon"])],
    ),
    ("The president said he would step down and left for Malta.", [("The president", "said", ["he would step down"])]),
    (
        'Despite his "brash manner," Harb wrote, the general is a careful man.',
        [("Harb", "wrote", ['Despite his "brash manner,"', "the general is a careful man"])],
    ),
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
def test_frames(told: Callable[..., Any], text: str, expected: list[tuple[str, str, list[str]]]) -> None:
    assert [(source, cue, content) for _, source, cue, content in told(text)] == expected


def test_source_that_quotes_a_source_that_quotes(told: Callable[..., Any]) -> None:
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


def test_handed_over_source_behind_the_content(told: Callable[..., Any]) -> None:
    found = told("Troops entered the town at dawn, state radio quoted the army as saying.")
    assert [(source, cue) for _, source, cue, _ in found] == [("state radio", "quoted"), ("the army", "saying")]
    assert found[1][3] == ["Troops entered the town at dawn"]
    assert found[1][0].parent == found[0][0].id


def test_adverb_is_a_statement_without_source(told: Callable[..., Any]) -> None:
    ((record, source, cue, content),) = told("Three soldiers were reportedly killed in the ambush.")
    assert (source, cue, content) == (None, "reportedly", ["Three soldiers were", "killed in the ambush"])
    assert record.kind is None
    assert record.actor is None


def test_wish_is_an_attitude(told: Callable[..., Any]) -> None:
    ((record, source, _, content),) = told("The government wants to hold talks.")
    assert (record.act, source, content) == ("attitude", "The government", ["to hold talks"])


def test_asking_not_to_be_named_says_nothing(told: Callable[..., Any]) -> None:
    found = told("An officer who asked not to be named said the road was mined.")
    assert [(source, cue) for _, source, cue, _ in found] == [("An officer who asked not to be named", "said")]


@pytest.mark.parametrize(
    ("text", "word", "told_as"),
    [
        ("The president said he had stepped down and fled the country.", "fled", "was read as part of what"),
        ("The president said he would step down and left for Malta.", "left", "was read as the narrator's words"),
    ],
)
def test_doubt_whose_words_a_second_verb_is(parse: Callable[..., Any], text: str, word: str, told_as: str) -> None:
    doc, dispatch = parse(text)
    _, (doubt,), _ = find_statements(doc, dispatch, (), (), DEFAULT)
    assert (doubt.code, doubt.start) == ("D402", text.index(word))
    assert told_as in doubt.message


def test_no_doubt_where_the_tenses_agree(parse: Callable[..., Any]) -> None:
    doc, dispatch = parse("Officials said rebels shelled the town and burned the market.")
    assert find_statements(doc, dispatch, (), (), DEFAULT)[1] == ()


def test_who_tells_a_new_name_and_is_dropped_behind_a_known_one(told: Callable[..., Any]) -> None:
    found = told(
        "Anna Bell, who led the search, said the boat had sunk. Bell, who came by train, said nobody had survived."
    )
    assert [source for _, source, _, _ in found] == ["Anna Bell, who led the search", "Bell"]
