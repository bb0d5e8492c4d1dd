"""A voice as a page: about whom it speaks, through whom it is heard, and what others say to the same incidents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from reportedly.model import Incident, IncidentSource, LedgerClaim, LedgerSource

# A page names so many of those who are spoken of or heard through.
NAMED = 12


class Met(msgspec.Struct, frozen=True):
    """An incident on which a voice speaks: what it holds, and who independently says the same or denies it."""

    incident: Incident
    own: IncidentSource
    confirmed_by: tuple[str, ...]
    denied_by: tuple[str, ...]


class Profile(msgspec.Struct, frozen=True):
    """A voice; counts are of the claims that are shown, not of the ledger."""

    source: LedgerSource
    about: tuple[tuple[str, int], ...]
    through: tuple[tuple[str, int], ...]
    met: tuple[Met, ...]


def profile(source: LedgerSource, claims: Sequence[LedgerClaim], incidents: Sequence[Incident]) -> Profile:
    """The page of a voice from its record, some of its claims and some of its incidents."""
    about = Counter(p.name for h in claims for p in (*h.claim.actors, *h.claim.recipients) if p.name[:1].isupper())
    through: Counter[str] = Counter()
    for held in claims:
        through.update({name for name in (*held.claim.chain[:-1], held.claim.to, held.claim.channel) if name})
    return Profile(
        source=source,
        about=tuple((name, n) for name, n in about.most_common(NAMED) if name not in source.names),
        through=tuple(through.most_common(NAMED)),
        met=tuple(m for i in incidents if (m := _met(source, i)) is not None),
    )


def _met(source: LedgerSource, incident: Incident) -> Met | None:
    names = {source.name, *source.names}
    own = next((s for s in incident.sources if s.name in names), None)
    if own is None:
        return None
    others = [s for s in incident.sources if s.name != own.name]
    same = [s.name for s in others if s.says == own.says == "affirms" and s.name in own.independent_of]
    against = [s.name for s in others if {s.says, own.says} == {"affirms", "denies"}]
    return Met(incident, own, tuple(same), tuple(against))
