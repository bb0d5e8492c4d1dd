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
from reportedly.parse import syntax
from reportedly.parse.parsed import Doc, Token
from reportedly.parse.spans import tokens_of

CUTS: tuple[tuple[float, str], ...] = ((2.5, "CT"), (1.5, "PR"), (0.5, "PS"))


# Of somebody's own plans, hopes and requests, told in their own voice, readers say that it has not happened; of the
# same words about others in a news text, that it probably will.
NOT_YET = -1.6
OPEN = frozenset({"U", "PS+"})
PERSONAL = frozenset({"i", "you", "me"})
PARTIES = frozenset({"nsubj", "nsubjpass", "dobj", "dative"})
QUOTES = frozenset({'"', "“", "”", "``", "''", "said", "says"})


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
    assessment = assess(trigger, config)
    score = assessment.score
    if (
        assessment.factuality in OPEN
        and assessment.modality != "conditional"
        and score > 0
        and is_conversation(trigger)
    ):
        score = NOT_YET
    return Grade(start=start, end=end, factuality=cut(score), score=score)


def head_token(doc: Doc, start: int, end: int) -> Token | None:
    """The token between two offsets that governs the others there, if there is any token."""
    tokens = [t for t in tokens_of(doc, start, end) if not t.is_space]
    inside = {t.i for t in tokens}
    return next((t for t in tokens if t.head.i not in inside or t.head.i == t.i), None)


def is_conversation(trigger: Token) -> bool:
    """Whether the sentence is the writer's own talk to a reader: *I*, *you* or a command, and no quotation."""
    words = {t.lower_ for t in trigger.sent}
    if words & QUOTES:
        return False
    root = trigger.sent.root
    command = root.tag_ == "VB" and not any(c.dep_ in ("nsubj", "nsubjpass", "aux") for c in root.children)
    spoken = (c.lower_ for t in syntax.ancestors_with_self(trigger) for c in t.children if c.dep_ in PARTIES)
    return command or any(word in PERSONAL for word in spoken)


def cut(score: float) -> Factuality:
    """The class of a score: from 2.5 on certain, from 1.5 probable, from 0.5 possible, below that not said."""
    for least, name in CUTS:
        if abs(score) >= least:
            return f"{name}{'+' if score > 0 else '-'}"  # type: ignore[return-value]
    return "U"
