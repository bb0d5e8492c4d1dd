"""Reasons that travel: how a stage writes down why a record has a value (``model.Because``).

A reason is a reference (a rule by name, a row of a table, places in the text), made where the value is made, so that it
costs nothing a user feels. A stage that changes a value gives the reasons for it anew (``renewed``); ``explain`` puts
them into words when somebody asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportedly.model import Because, Span

if TYPE_CHECKING:
    from collections.abc import Sized
    from typing import Protocol

    class PlacedWord(Sized, Protocol):
        """What has a place in the text: a token."""

        @property
        def idx(self) -> int:
            """Its first character."""

    class Spanned(Protocol):
        """A record with a place in the text."""

        @property
        def start(self) -> int:
            """Its first character."""

        @property
        def end(self) -> int:
            """The character behind its last one."""


def at(*records: Spanned) -> tuple[Span, ...]:
    """Where records stand, as the words of a reason."""
    return tuple(Span(r.start, r.end) for r in records)


def on(*tokens: PlacedWord) -> tuple[Span, ...]:
    """Where tokens stand, as the words of a reason."""
    return tuple(Span(t.idx, t.idx + len(t)) for t in tokens)


def along(first: PlacedWord, last: PlacedWord) -> tuple[Span, ...]:
    """Where a run of tokens stands, as one of the words of a reason."""
    return (Span(first.idx, last.idx + len(last)),)


def renewed(old: tuple[Because, ...], *new: Because) -> tuple[Because, ...]:
    """The reasons with those for the fields of ``new`` replaced by these."""
    fields = {b.field for b in new}
    return (*(b for b in old if b.field not in fields), *new)
