"""Who says nothing, and about what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from reportedly.model import Actor, Span

CASES = [
    ("The army declined to comment.", [("army", "comment", None, "The army declined to comment")]),
    (
        "The army did not say how many soldiers were killed.",
        [("army", "killed", "how many soldiers", "The army did not say how many soldiers were killed")],
    ),
    ("Police did not respond to a request for comment.", [("Police", "comment", None, None)]),
    ("The minister could not be reached for comment.", [("minister", "comment", None, None)]),
    ("The rebels have said nothing about their losses.", [("rebels", "killed", "their", None)]),
    (
        "Norland and Sudria had no immediate comment.",
        [("Norland", "comment", None, None), ("Sudria", "comment", None, None)],
    ),
    ("The communique made no mention of the fighting.", [("communique", "fighting", None, None)]),
    ("The company has not disclosed the price.", [("company", "price", None, None)]),
    ("There was no comment from the palace.", [("palace", "comment", None, None)]),
    ("A doctor who declined to be named said the boy would live.", []),
    ("The report could not be independently verified.", []),
    ("The army said nine soldiers were killed.", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_silences(
    silent: Callable[..., Any], text: str, expected: list[tuple[str, str, str | None, str | None]]
) -> None:
    found = silent(text)
    assert [(s.source, s.about) for s in found] == [(source, about) for source, about, _, _ in expected]
    for record, (_, _, of, clause) in zip(found, expected, strict=True):
        assert record.of == of or of is None
        assert clause is None or text[record.start : record.end] == clause


def test_silent_party_is_resolved(silent: Callable[..., Any]) -> None:
    text = "Peter Miller left. He did not say why he left."
    miller = Actor("a-1", "Peter Miller", "person", None, None, None, (Span(0, 12), Span(19, 21)))
    assert [s.source for s in silent(text, actors=(miller,))] == ["Peter Miller"]


def test_a_silence_is_no_statement(told: Callable[..., Any]) -> None:
    assert told("The army did not say how many soldiers were killed.") == []
