"""An incident as a page: one honest sentence, who holds what, what is agreed and what is not.

Nothing is added to what the claims say: the sentence names its source, a number keeps its bounds, and what nobody said
stays out. Claims that several dispatches carry from one voice in the same words are shown once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from reportedly.export.tables import amount_words
from reportedly.incidents.families import is_denial
from reportedly.incidents.questions import NOT, WHO
from reportedly.knowledge.load import SHIPPED, Knowledge
from reportedly.ledger.listings import sentence
from reportedly.model import Analysis, Claim, Incident, IncidentFigure, LedgerClaim
from reportedly.wording import certainty_words, interval_words

Stance = Literal["asserts", "hedges", "denies"]
STANCES: tuple[Stance, ...] = ("asserts", "denies", "hedges")
# Numbers that a desk asks for first.
ROLES = (
    "killed", "casualties", "injured", "missing", "displaced", "captured", "arrested", "surrendered", "rescued",
    "released",
    "participants", "troops", "weapons",
)  # fmt: skip
# A sentence that names more voices than this is no sentence any more.
VOICES_TOLD = 3
QUOTED = 140
_SPACE = re.compile(r"\s+")


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
        headline=headline(incident, told),
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


def headline(incident: Incident, told: Sequence[Account]) -> str:
    """One sentence: who says what number or what happened, when, who denies it, who is silent."""
    parts = [_numbers(incident) or _clause(told)]
    when = interval_words(incident.begin, incident.end_date)
    if when:
        parts[0] += f", {when}"
    parts += _deniers(incident)
    spoken = {name for s in incident.sources for name in s.names}
    quiet = [name for name in incident.silent if name not in spoken]
    if quiet:
        parts.append(f"{_names(quiet)}: no comment so far")
    return _upper("; ".join(p for p in parts if p)) + "."


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _numbers(incident: Incident) -> str:
    """The number that matters most, by source: "police: at least 6 killed; witnesses: 14".

    What most voices say comes first, then what was said last.
    """
    role = min((f.role for f in incident.figures), key=_rank, default=None)
    alike: dict[tuple[str, str | None], list[IncidentFigure]] = {}
    for figure in incident.figures:
        if figure.role == role:
            amount = amount_words(figure.low, figure.high, approx=figure.approx)
            alike.setdefault((amount, figure.of), []).append(figure)
    several = len({of for _, of in alike}) > 1
    latest = sorted(alike.items(), key=lambda g: max(f.as_of or "" for f in g[1]), reverse=True)
    parts: list[str] = []
    for (amount, of), given in sorted(latest, key=lambda g: -len(g[1]))[:VOICES_TOLD]:
        whose = f" ({of})" if of else ""
        what = f"{amount} {role}{whose}" if several or not parts else amount
        parts.append(f"{_names([f.source for f in given])}: {what}")
    if len(alike) > VOICES_TOLD:
        more = len(alike) - VOICES_TOLD
        parts.append(f"{more} other number{'s' * (more > 1)}")
    return "; ".join(parts)


def _clause(told: Sequence[Account]) -> str:
    """The words of the first claim, as they stand in the dispatch."""
    order = {"asserts": 0, "hedges": 1, "denies": 2}
    first = min(told, key=lambda a: order[a.stance], default=None)
    if first is None:
        return ""
    words = evidence(first.held)
    doubt = f" ({first.sure})" if first.stance != "asserts" else ""
    return f"{first.voice}: “{words}”{doubt}"


def evidence(held: LedgerClaim) -> str:
    """The sentence of a claim, short enough to be quoted."""
    words = _SPACE.sub(" ", held.sentence).strip().rstrip(".").strip('“”"')
    if len(words) <= QUOTED:
        return words
    at = held.sentence.find(held.claim.trigger.text)
    start = max(0, at - QUOTED // 2) if at > QUOTED // 2 else 0
    cut = words[start : start + QUOTED]
    head = "… " if start else ""
    return head + (cut.split(" ", 1)[-1] if start else cut).rsplit(" ", 1)[0] + " …"


def _deniers(incident: Incident) -> list[str]:
    """Who denies that it happened, and who only denies having done it ("rebels denied any role in the raid")."""
    if incident.standing == "denied":
        return []
    event = [s.name for s in incident.sources if s.says == "denies"]
    who = incident.questions.get(WHO)
    deed = [v.source for v in who.views if v.value.startswith(NOT)] if who else []
    return [*_denying(event, "it"), *_denying([name for name in deed if name not in event], "having done it")]


def _denying(names: Sequence[str], what: str) -> list[str]:
    some = list(dict.fromkeys(names))
    return [f"{_names(some)} {'denies' if len(some) == 1 else 'deny'} {what}"] if some else []


def _names(names: Sequence[str]) -> str:
    some = list(dict.fromkeys(names))
    if len(some) > VOICES_TOLD:
        return f"{', '.join(some[: VOICES_TOLD - 1])} and {len(some) - VOICES_TOLD + 1} others"
    return " and ".join([", ".join(some[:-1]), some[-1]] if len(some) > 1 else some)


def _rank(role: str) -> int:
    return ROLES.index(role) if role in ROLES else len(ROLES)
