"""The one-word standing of an incident, which follows from its questions by a rule that can be printed."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from reportedly.incidents.questions import HAPPENED
from reportedly.model import Question, Standing

RULE = (
    "denied where nobody stands by it and somebody denies it; contested where any question (did it happen, who did it, "
    "where, when, how many) is contested; corroborated where two or more independent sources tell that it happened; "
    "single source otherwise; a total over a stretch of time takes part in none of this and is a single source's"
)


class StandingVerdict(msgspec.Struct, frozen=True):
    """A standing and the reason for it."""

    standing: Standing
    reason: str


def standing(asked: Mapping[str, Question], *, campaign: bool = False) -> StandingVerdict:
    """The standing of an incident by ``RULE``, with the reason of the question that decides it."""
    if campaign:
        return StandingVerdict(
            "single source", "a total over a stretch of time is no happening that others could confirm"
        )
    happened = asked[HAPPENED]
    if happened.standing == "denied":
        return StandingVerdict("denied", happened.reason)
    contested = next((q for q in asked.values() if q.standing == "contested"), None)
    if contested is not None:
        return StandingVerdict("contested", contested.reason)
    return StandingVerdict("corroborated" if happened.standing == "agreed" else "single source", happened.reason)
