"""What the statements of a short dispatch say, as plain words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reportedly.config import DEFAULT
from reportedly.model import Actor, Dispatch, Silence, Statement, Time
from reportedly.parse.parsed import Doc
from reportedly.statements import find_silences, find_statements

Parse = Callable[..., tuple[Doc, Dispatch]]


@pytest.fixture(scope="session")
def told(parse: Parse) -> Callable[..., list[tuple[Statement, str | None, str, list[str]]]]:
    """``told(text)`` gives (record, source, cue, contents) for every statement, in text order."""

    def run(
        text: str, actors: tuple[Actor, ...] = (), times: tuple[Time, ...] = ()
    ) -> list[tuple[Statement, str | None, str, list[str]]]:
        doc, dispatch = parse(text)
        statements, *_ = find_statements(doc, dispatch, actors, times, DEFAULT)
        return [
            (
                s,
                " ".join(text[x.start : x.end] for x in s.source) if s.source else None,
                " ".join(text[x.start : x.end] for x in s.cue),
                [text[x.start : x.end] for x in s.content],
            )
            for s in statements
        ]

    return run


@pytest.fixture(scope="session")
def silent(parse: Parse) -> Callable[..., list[Silence]]:
    """``silent(text)`` gives the silences of a text."""

    def run(text: str, actors: tuple[Actor, ...] = ()) -> list[Silence]:
        doc, dispatch = parse(text)
        return list(find_silences(doc, dispatch, actors, DEFAULT))

    return run
