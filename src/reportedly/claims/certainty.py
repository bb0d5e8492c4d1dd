"""The certainty of given triggers from the author's point of view, for the command ``reportedly certainty``.

Unlike a claim, which is in the mouth of its source, a grade takes the whole sentence: reporting words, plans and wishes
lower it as far as they lower it for readers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypedDict

from reportedly.claims.factuality import assess
from reportedly.config import DEFAULT, Config
from reportedly.model import Factuality
from reportedly.parse.parsed import Doc, Token
from reportedly.parse.spans import tokens_of

CUTS: tuple[tuple[float, str], ...] = ((2.5, "CT"), (1.5, "PR"), (0.5, "PS"))


class Grade(TypedDict):
    """One graded trigger; ``score`` runs from -3 (did not happen) to 3 (happened)."""

    start: int
    end: int
    factuality: Factuality
    score: float


def grade(doc: Doc, events: Iterable[Mapping[str, int]], config: Config = DEFAULT) -> list[Grade]:
    """How surely the author presents each trigger ``{"start", "end"}`` as having happened."""
    return [_grade(doc, event["start"], event["end"], config) for event in events]


def _grade(doc: Doc, start: int, end: int, config: Config) -> Grade:
    trigger = head_token(doc, start, end)
    if trigger is None:
        return Grade(start=start, end=end, factuality="U", score=0.0)
    score = assess(trigger, config).score
    return Grade(start=start, end=end, factuality=cut(score), score=score)


def head_token(doc: Doc, start: int, end: int) -> Token | None:
    """The token between two offsets that governs the others there, if there is any token."""
    tokens = [t for t in tokens_of(doc, start, end) if not t.is_space]
    inside = {t.i for t in tokens}
    return next((t for t in tokens if t.head.i not in inside or t.head.i == t.i), None)


def cut(score: float) -> Factuality:
    """The class of a score: from 2.5 on certain, from 1.5 probable, from 0.5 possible, below that not said."""
    for least, name in CUTS:
        if abs(score) >= least:
            return f"{name}{'+' if score > 0 else '-'}"  # type: ignore[return-value]
    return "U"
