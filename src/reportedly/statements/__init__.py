"""Who says it: statements and silences."""

from __future__ import annotations

from spacy.tokens import Doc

from reportedly.config import Config
from reportedly.model import Actor, Diagnostic, Dispatch, Silence, Statement, Time


def find_statements(
    doc: Doc, dispatch: Dispatch, actors: tuple[Actor, ...], times: tuple[Time, ...], config: Config
) -> tuple[tuple[Statement, ...], tuple[Diagnostic, ...]]:
    return (), ()


def find_silences(doc: Doc, dispatch: Dispatch, actors: tuple[Actor, ...], config: Config) -> tuple[Silence, ...]:
    return ()
