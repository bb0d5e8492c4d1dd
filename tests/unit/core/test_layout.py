"""The reading text: same length, paragraphs kept, what misleads a parser gone."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.config import DEFAULT
from reportedly.model import Dispatch, Span
from reportedly.parse import layout
from reportedly.pipeline import casing_of


def reading(text: str, **fields: Any) -> str:
    return layout.prepare(Dispatch(id="t", text=text, **fields), 10_000, casing_of(DEFAULT))


def test_header_is_blank_and_ends_a_paragraph() -> None:
    """The dateline is gone, the headline stays a paragraph of its own."""
    text = "Bridge reopened\nLAGOS, May 3 (Sample) - Traffic moved again."
    body = text.index("Traffic")
    got = reading(text, title_span=Span(0, 15), body_start=body)
    assert got[:15] == "Bridge reopened"
    assert got[15] == "\n"
    assert got[16:body].isspace()
    assert got[body:] == text[body:]


def test_labels_of_the_publisher_are_blank() -> None:
    """A legal remark in brackets is no part of the name before it; an ordinary bracket stays."""
    text = "The Blue Front (outlawed in Norland) met the Green Party (GP)."
    assert reading(text) == "The Blue Front                       met the Green Party (GP)."


def test_hard_wrapped_lines_are_joined_and_paragraphs_kept() -> None:
    """A line end inside a paragraph is a blank; an indented line and a blank line open a paragraph."""
    text = (
        "    The river rose by two metres in the night and the lower\nroads were closed to traffic, the mayor told reporters at\n"
        "noon.\n    Schools stay shut until Monday, the education department\nadded in a short notice."
    )
    got = reading(text)
    assert len(got) == len(text)
    assert [p.split()[0] for p in got.split("\n")] == ["The", "Schools"]


def test_long_lines_are_paragraphs() -> None:
    """A line longer than any wire column ended where its author wanted."""
    text = "A" + "a long sentence without an end " * 6 + "\nAnother one."
    assert "\n" in reading(text)


@pytest.mark.parametrize(
    ("capitals", "mixed"),
    [
        ("THE ARMY SAID ON MONDAY THAT REBELS ATTACKED TWO TRUCKS IN IRAQ.", "The army said on Monday that rebels attacked two trucks in Iraq."),
        ("POLICE ARRESTED COL ZAMBRANOVIC, WHO HAD FLED TO PARIS.", "Police arrested Col Zambranovic, who had fled to Paris."),
    ],
)  # fmt: skip
def test_capitals_get_mixed_case(capitals: str, mixed: str) -> None:
    """Ordinary words go down, names keep a capital, sentences begin with one."""
    assert reading(capitals) == mixed


def test_the_dispatch_itself_shows_how_a_word_is_written() -> None:
    """A headline in capitals takes its names from the story below it."""
    text = "QORVAN REBELS LEAVE MARSH\n\nFighters of Qorvan left the marsh on Monday. The marsh is quiet, Qorvan said."
    assert reading(text, title_span=Span(0, 25), body_start=27).startswith("Qorvan rebels leave marsh")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400), st.integers(0, 50), st.integers(0, 100))
def test_every_reading_text_has_the_length_of_its_dispatch(text: str, a: int, b: int) -> None:
    """Offsets into the reading text are offsets into the dispatch, whatever the text."""
    end = min(a, len(text))
    fields = {"title_span": Span(0, end) if end else None, "body_start": min(end + b, len(text))}
    assert len(reading(text, **fields)) == len(text)
