"""An incident as a page: one honest sentence, who holds what, what is agreed and what is not.

Nothing is added to what the claims say: the sentence names its source, a number keeps its bounds, and what nobody said
stays out. Claims that several dispatches carry from one voice in the same words are shown once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from reportedly.incidents.families import is_denial
from reportedly.knowledge.load import SHIPPED, Knowledge
from reportedly.ledger.listings import sentence
from reportedly.model import Analysis, Claim, Incident, LedgerClaim
from reportedly.wording import certainty_words

Stance = Literal["asserts", "hedges", "denies"]
STANCES: tuple[Stance, ...] = ("asserts", "denies", "hedges")
# Numbers that a desk asks for first.
ROLES = (
    "killed", "casualties", "injured", "missing", "displaced", "captured", "arrested", "surrendered", "rescued",
    "released",
    "participants", "troops", "weapons",
)  # fmt: skip


class Account(msgspec.Struct, frozen=True):
    """What one voice says in one sentence; the dispatches that carry the same sentence from it are folded in.

    ``claims`` are those of the first dispatch, ``copies`` the first of each further one, ``folded`` the ids of all
    claims that are not in ``claims``.
    """

    voice: str
    stance: Stance
    sure: str
    claims: tuple[LedgerClaim, ...]
    copies: tuple[LedgerClaim, ...]
    folded: tuple[str, ...]

    @property
    def held(self) -> LedgerClaim:
        """The claim that stands for the account."""
        return self.claims[0]


class KeptSilence(msgspec.Struct, frozen=True):
    """Somebody's silence with the words that tell of it."""

    words: str
    about: str
    of: str | None
    dispatch: str
    agency: str | None
    published: str | None
    start: int


class IncidentStory(msgspec.Struct, frozen=True):
    """An incident as it is told; ``stances`` holds accounts by stance, ``silent`` who is known to say nothing."""

    incident: Incident
    headline: str
    stances: tuple[tuple[Stance, tuple[Account, ...]], ...]


def story(incident: Incident, claims: Sequence[LedgerClaim], knowledge: Knowledge = SHIPPED) -> IncidentStory:
    """The page of an incident from its record and its claims; ``knowledge`` is that by which its ledger is merged."""
    voice = {claim: source.name for source in incident.sources for claim in source.claims}
    told = accounts(claims, voice, knowledge)
    return IncidentStory(
        incident=incident,
        headline=incident.headline,
        stances=tuple((stance, tuple(a for a in told if a.stance == stance)) for stance in STANCES),
    )


def silences(incident: Incident, analyses: Iterable[Analysis]) -> tuple[tuple[str, tuple[KeptSilence, ...]], ...]:
    """Who is silent on an incident, each with the words that say so, in the dispatches given."""
    found: dict[str, list[KeptSilence]] = {name: [] for name in incident.silent}
    for analysis in analyses:
        d = analysis.dispatch
        for s in analysis.silences:
            if s.source in found:
                words = sentence(d.text, s.start, s.end)
                found[s.source].append(KeptSilence(words, s.about, s.of, d.id, d.agency, d.published, s.start))
    return tuple((name, tuple(kept)) for name, kept in found.items())


def stance(claim: Claim, knowledge: Knowledge = SHIPPED) -> Stance:
    """What a claim does with the happening: asserts it, denies it, or neither for certain."""
    if is_denial(claim, knowledge):
        return "denies"
    if claim.factuality == "CT+":
        return "asserts"
    return "denies" if claim.factuality in ("CT-", "PR-") else "hedges"


def accounts(
    claims: Iterable[LedgerClaim], voice: Mapping[str, str], knowledge: Knowledge = SHIPPED
) -> tuple[Account, ...]:
    """The claims by voice, stance and sentence, in the order in which they were published."""
    folded: dict[tuple[str, Stance, str], list[LedgerClaim]] = {}
    for held in claims:
        name = voice.get(held.claim.id) or voice_of(held)
        folded.setdefault((name, stance(held.claim, knowledge), _plain(held.sentence)), []).append(held)
    return tuple(_account(name, how, held) for (name, how, _), held in folded.items())


def _account(name: str, how: Stance, held: Sequence[LedgerClaim]) -> Account:
    first = held[0].dispatch
    claims = tuple(h for h in held if h.dispatch == first)
    others = {h.dispatch: h for h in reversed(held) if h.dispatch != first}
    return Account(
        voice=name,
        stance=how,
        sure="; ".join(dict.fromkeys(certainty_words(h.claim) for h in claims)),
        claims=claims,
        copies=tuple(reversed(others.values())),
        folded=tuple(h.claim.id for h in held if h.dispatch != first),
    )


def voice_of(held: LedgerClaim) -> str:
    """Who answers for a claim: its source, or the publisher."""
    return held.claim.source.name if held.claim.source else held.agency or "the dispatch"


def _plain(sentence: str) -> str:
    return re.sub(r"[^\w]+", " ", sentence.casefold()).strip()


def _rank(role: str) -> int:
    return ROLES.index(role) if role in ROLES else len(ROLES)
