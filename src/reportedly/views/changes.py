"""What changed in the telling of an incident: each new voice, number, rival figure, correction and denial, as it came.

Pure: it follows from the claims in the order of their publication, so that everybody who asks gets the same answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from reportedly.export.tables import amount_words
from reportedly.incidents.figures import conflict
from reportedly.knowledge.load import SHIPPED, Knowledge
from reportedly.model import Incident, IncidentFigure, LedgerClaim
from reportedly.views.incident import stance, voice_of

ChangeKind = Literal["first word", "second voice", "voice", "figure", "rival figure", "correction", "denial"]
# What is told of a claim that changes several things at once: what matters most to a desk.
_FIRST: Sequence[ChangeKind] = (
    "denial", "correction", "rival figure", "second voice", "first word", "figure", "voice",
)  # fmt: skip


class Change(msgspec.Struct, frozen=True):
    """One change: when it was published (ISO 8601, or not known), what it is, in words, and the claim that made it."""

    day: str | None
    kind: ChangeKind
    words: str
    source: str
    claim: str
    dispatch: str


def changes(
    incident: Incident, claims: Iterable[LedgerClaim], knowledge: Knowledge = SHIPPED, since: str = ""
) -> tuple[Change, ...]:
    """The changes that the claims of an incident brought, in order of publication; ``since`` is a first day of them."""
    ordered = sorted(claims, key=lambda h: (h.published or "", h.dispatch, h.claim.trigger.start, h.claim.id))
    told = _Telling(incident, knowledge)
    found = [change for held in ordered for change in told.hear(held)]
    return tuple(change for change in found if not since or (change.day or "") >= since)


class _Telling:
    """What was heard so far."""

    def __init__(self, incident: Incident, knowledge: Knowledge) -> None:
        self._voice = {claim: source.name for source in incident.sources for claim in source.claims}
        self._figures: dict[str, list[IncidentFigure]] = {}
        for figure in (*incident.figures, *incident.earlier):
            self._figures.setdefault(figure.claim, []).append(figure)
        self._knowledge = knowledge
        self._heard: set[str] = set()
        self._deniers: set[str] = set()
        self._given: dict[tuple[str, str | None], dict[str, IncidentFigure]] = {}

    def hear(self, held: LedgerClaim) -> Iterator[Change]:
        """The change that a claim brings, where it brings one."""
        voice = self._voice.get(held.claim.id) or voice_of(held)
        brought = dict(self._brought(voice, held))
        kind = next((k for k in _FIRST if k in brought), None)
        if kind is not None:
            number = brought.get("figure", "") if kind in ("first word", "second voice") else ""
            words = f"{brought[kind]}{number.removeprefix(voice)}"
            yield Change(held.published, kind, words, voice, held.claim.id, held.dispatch)

    def _brought(self, voice: str, held: LedgerClaim) -> Iterator[tuple[ChangeKind, str]]:
        if voice not in self._heard:
            yield self._entrance(voice)
            self._heard.add(voice)
        if stance(held.claim, self._knowledge) == "denies" and voice not in self._deniers:
            self._deniers.add(voice)
            yield "denial", f"{voice} denies it"
        for figure in self._figures.get(held.claim.id, ()):
            yield from self._counted(voice, figure)

    def _entrance(self, voice: str) -> tuple[ChangeKind, str]:
        if not self._heard:
            return "first word", f"first told by {voice}"
        if len(self._heard) == 1:
            return "second voice", f"{voice} is the second to speak of it"
        return "voice", f"{voice} speaks of it"

    def _counted(self, voice: str, figure: IncidentFigure) -> Iterator[tuple[ChangeKind, str]]:
        given = self._given.setdefault((figure.role, figure.of), {})
        before, given[voice] = given.get(voice), figure
        words = f"{voice}: {_amount(figure)}"
        if before is not None:
            if (before.low, before.high) != (figure.low, figure.high):
                yield "correction", f"{words}, before {_number(before)}"
            return
        rival = _rival(given, voice, figure, self._knowledge)
        yield ("rival figure", f"{words}, against {_number(rival)} of {rival.source}") if rival else ("figure", words)


def _rival(
    given: Mapping[str, IncidentFigure], voice: str, figure: IncidentFigure, knowledge: Knowledge
) -> IncidentFigure | None:
    """The number of another voice that cannot hold together with this one."""
    return next((f for name, f in given.items() if name != voice and conflict(f, figure, knowledge)), None)


def _number(figure: IncidentFigure) -> str:
    return amount_words(figure.low, figure.high, approx=figure.approx)


def _amount(figure: IncidentFigure) -> str:
    whose = f" ({figure.of})" if figure.of else ""
    return f"{_number(figure)} {figure.role}{whose}"
