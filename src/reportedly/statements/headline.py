"""Statements of a headline, which the story tells again and more exactly."""

from __future__ import annotations

from collections.abc import Iterable

from reportedly.model import Dispatch, Statement


def without_echoes(
    statements: tuple[Statement, ...], dispatch: Dispatch, needed: Iterable[str | None]
) -> tuple[Statement, ...]:
    """The statements without those of the headline, where the story has any.

    A statement among ``needed`` (ids), on which a claim rests, stays, and so does what it is nested in.
    """
    title = dispatch.title_span
    if title is None or all(s.cue[0].end <= title.end for s in statements):
        return statements
    kept = {i for i in needed if i is not None} | {s.id for s in statements if s.cue[0].end > title.end}
    parents = {s.id: s.parent for s in statements}
    for one in list(kept):
        above = parents.get(one)
        while above is not None and above not in kept:
            kept.add(above)
            above = parents.get(above)
    return tuple(s for s in statements if s.id in kept)
