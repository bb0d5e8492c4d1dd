"""Statements of a headline give way to those of the story."""

from __future__ import annotations

from reportedly.model import Dispatch, Span, Statement
from reportedly.statements import without_echoes


def statement(name: str, at: int, parent: str | None = None) -> Statement:
    spans = (Span(at, at + 2),)
    return Statement(name, spans, None, None, spans, spans, "indirect", None, None, None, parent, "reporting")


DISPATCH = Dispatch(id="t", text="x" * 40, title_span=Span(0, 10))


def test_headline_gives_way_to_the_story() -> None:
    head, story = statement("a", 2), statement("b", 20)
    assert without_echoes((head, story), DISPATCH, ()) == (story,)


def test_headline_stays_where_a_claim_rests_on_it() -> None:
    outer, inner, story = statement("a", 2), statement("b", 5, parent="a"), statement("c", 20)
    assert without_echoes((outer, inner, story), DISPATCH, ("b", None)) == (outer, inner, story)


def test_headline_alone_stays() -> None:
    assert without_echoes((statement("a", 2),), DISPATCH, ()) == (statement("a", 2),)
