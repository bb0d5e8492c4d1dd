"""Which claims become events in formats that cannot say how sure somebody is, and which are left out and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from reportedly.export.cases import CaseClaim
from reportedly.knowledge.event_types import event_types
from reportedly.knowledge.load import SHIPPED, Knowledge
from reportedly.model import Claim

DENIAL = "denials of what others say"
DENIED = "denied"
WRONG = "judged wrong"
UNCOMMITTED = "left open"
POSSIBLE = "only possible"
NO_PARTIES = "without an actor or recipient that has a code"
NO_DATE = "without any date"
NO_DAY = "dated no closer than a month"
NO_CODE = "of a type without a code"
IN_PASSING = "mentioned in passing without a date"
NO_DEATHS = "without deaths"
NO_TYPE = "without an event type there"

_HAPPENED = ("CT+", "PR+")


class LeftOut:
    """Counts the claims that an export could not or should not hold."""

    def __init__(self, knowledge: Knowledge = SHIPPED) -> None:
        self.knowledge = knowledge
        self.reasons: Counter[str] = Counter()

    def note(self, reason: str, told: Iterable[CaseClaim]) -> None:
        """Claims were left out for a reason."""
        number = sum(1 for _ in told)
        if number:
            self.reasons[reason] += number

    def words(self) -> str | None:
        """What was left out, in one line; ``None`` where nothing was."""
        total = self.reasons.total()
        if not total:
            return None
        parts = ", ".join(f"{n:,} {reason}" for reason, n in sorted(self.reasons.items(), key=lambda x: (-x[1], x[0])))
        return f"{total:,} claim{'s' if total > 1 else ''} left out: {parts}"


def happened(told: Iterable[CaseClaim], left: LeftOut) -> list[CaseClaim]:
    """The claims of things that somebody says happened, certainly or probably, or go on."""
    kept = []
    for t in told:
        reason = WRONG if t.judged == "wrong" else objection(t.claim, left.knowledge)
        if reason is None:
            kept.append(t)
        else:
            left.note(reason, (t,))
    return kept


def objection(claim: Claim, knowledge: Knowledge = SHIPPED) -> str | None:
    """Why a claim is no event in data without factuality, or ``None`` where it is one."""
    if is_denial(claim, knowledge):
        return DENIAL
    if claim.factuality.endswith("-"):
        return DENIED
    if claim.modality not in (None, "ongoing"):
        return claim.modality
    if claim.factuality in _HAPPENED:
        return None
    return UNCOMMITTED if claim.factuality == "U" else POSSIBLE


def is_denial(claim: Claim, knowledge: Knowledge = SHIPPED) -> bool:
    """Whether the claim tells only that somebody denied something."""
    words = set(claim.trigger.text.casefold().split())
    return claim.type in event_types(knowledge).denial and any(
        not words.isdisjoint(row["forms"].split()) for row in knowledge.rows("denials")
    )
