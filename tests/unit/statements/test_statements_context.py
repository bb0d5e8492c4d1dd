"""Kinds of sources, actors, days, channels and hearers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from reportedly.config import DEFAULT
from reportedly.model import Actor, Span, Time
from reportedly.statements import find_statements

KINDS = [
    ("A source in the palace said the king was ill.", "anonymous"),
    ("A doctor said the king was ill.", "anonymous"),
    ("Residents said the king was ill.", "group"),
    ("A spokesman for the palace said the king was ill.", "organization"),
    ("Palace spokesman Peter Miller said the king was ill.", "named"),
    ("The ministry said the king was ill.", "organization"),
    ("State television said the king was ill.", "media"),
    ("A report said the king was ill.", "document"),
    ("Nomads said the king was ill.", "group"),
    ("The seamstress said the king was ill.", "anonymous"),
    ("One of the guests said the king was ill.", "anonymous"),
    ("Many said the king was ill.", "group"),
    ("The statistics board said the king was ill.", "organization"),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_kind(told: Callable[..., Any], text: str, kind: str) -> None:
    assert told(text)[0][0].kind == kind


def test_pronoun_leads_to_the_actor(told: Callable[..., Any]) -> None:
    text = "Peter Miller left. He said the road was closed."
    miller = Actor("a-1", "Peter Miller", "person", None, None, None, (Span(0, 12), Span(19, 21)))
    ((record, source, _, _),) = told(text, actors=(miller,))
    assert (source, record.actor, record.kind) == ("He", "a-1", "named")


def test_day_channel_and_hearer(told: Callable[..., Any]) -> None:
    text = "The road was closed, a driver told Axis News by phone on Friday."
    friday = Time(57, 63, "Friday", "DATE", "2020-05-01", None, "2020-05-01", "2020-05-01")
    ((record, _, _, content),) = told(text, times=(friday,))
    assert content == ["The road was closed"]
    assert (record.said, record.channel, record.to) == ("2020-05-01", "phone", "Axis News")


def test_day_of_the_event_is_not_the_day_of_saying(told: Callable[..., Any]) -> None:
    text = "The army said that the road had been closed on Friday."
    friday = Time(47, 53, "Friday", "DATE", "2020-05-01", None, "2020-05-01", "2020-05-01")
    assert told(text, times=(friday,))[0][0].said is None


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("“The road is closed,” the mayor wrote on Facebook.", "Facebook"),
        ("The army said in a statement that the road was closed.", "statement"),
        ("The mayor tweeted that the road was closed.", "Twitter"),
        ("The mayor said the road was closed.", None),
    ],
)
def test_channel(told: Callable[..., Any], text: str, channel: str | None) -> None:
    assert told(text)[0][0].channel == channel


def test_missing_closer_is_named_in_a_diagnostic(parse: Callable[..., Any]) -> None:
    doc, dispatch = parse("The mayor said “we are safe. Then he left the hall.")
    statements, doubts, _ = find_statements(doc, dispatch, (), (), DEFAULT)
    assert len(statements) == 1
    assert [(d.level, d.code, d.start) for d in doubts] == [("info", "D401", 15)]


def test_ids_are_stable_and_distinct(parse: Callable[..., Any]) -> None:
    text = "The mayor said the road was closed. The army said the road was open."
    runs = [find_statements(doc, told, (), (), DEFAULT)[0] for doc, told in (parse(text), parse(text))]
    assert runs[0] == runs[1]
    assert len({s.id for s in runs[0]}) == 2
