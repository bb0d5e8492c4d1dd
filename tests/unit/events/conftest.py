"""Events of a short dispatch, with the records that a test gives by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from spacy.language import Language

from reportedly.config import DEFAULT
from reportedly.events import find_events
from reportedly.knowledge.load import SHIPPED
from reportedly.model import Actor, Event, Figure, Figures, Place, Span


@pytest.fixture(scope="session")
def events(nlp: Language) -> Callable[..., Any]:
    """``events(text, actors={...}, places={...}, figures=[...])``: events in text order.

    Actors and places are given as {words in the text: (name, kind, country, code)} and {words: (name, kind, country)}.
    """
    from reportedly.model import Dispatch
    from reportedly.parse import layout
    from reportedly.parse.mending import mended
    from reportedly.parse.parsed import from_spacy

    def run(text: str, actors: Any = None, places: Any = None, figures: Any = ()) -> tuple[Event, ...]:
        dispatch = Dispatch(id="t", text=text, published="2021-09-03")
        doc = mended(from_spacy(nlp(layout.prepare(dispatch, DEFAULT.max_chars))), SHIPPED)
        people = tuple(
            Actor(f"a{i}", name, kind, None, country, code, tuple(_spans(text, words)))
            for i, (words, (name, kind, country, code)) in enumerate((actors or {}).items())
        )
        spots = tuple(
            Place(s.start, s.end, words, name, kind, country)
            for words, (name, kind, country) in (places or {}).items()
            for s in _spans(text, words)
        )
        numbers = tuple(
            Figure(role, low, low, approx=False, text=words, start=(at := text.index(words)), end=at + len(words))
            for words, role, low in figures
        )
        return find_events(doc, dispatch, (), spots, people, Figures(numbers), DEFAULT)

    return run


def _spans(text: str, words: str) -> list[Span]:
    found, start = [], text.find(words)
    while start >= 0:
        found.append(Span(start, start + len(words)))
        start = text.find(words, start + 1)
    return found


@pytest.fixture(scope="session")
def told(events: Callable[..., Any]) -> Callable[[str], list[tuple[str, str]]]:
    """``told(text)``: [(trigger, type), ...]."""
    return lambda text: [(e.trigger.text, e.type) for e in events(text)]
