"""How the telling of an incident went: who said what on which day."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from reportedly.model import Factuality, Incident, LedgerClaim


class TimelineEntry(msgspec.Struct, frozen=True):
    """One voice on one day in one dispatch; ``day`` is when it was said, or published where that is not told."""

    day: str | None
    source: str
    dispatch: str
    factuality: tuple[Factuality, ...]
    claims: tuple[str, ...]
    sentences: tuple[str, ...]


def timeline(incident: Incident, claims: Iterable[LedgerClaim]) -> tuple[TimelineEntry, ...]:
    """The claims of an incident by day, voice and dispatch; what has no day comes last."""
    voice = {claim: source.name for source in incident.sources for claim in source.claims}
    entries: dict[tuple[str, str, str], list[LedgerClaim]] = {}
    for held in claims:
        if held.claim.id in voice:
            day = (held.claim.said or held.published or "")[:10]
            entries.setdefault((day, voice[held.claim.id], held.dispatch), []).append(held)
    return tuple(_entry(key, entries[key]) for key in sorted(entries, key=lambda k: (k[0] or "9999", k[1:])))


def _entry(key: tuple[str, str, str], held: list[LedgerClaim]) -> TimelineEntry:
    day, source, dispatch = key
    return TimelineEntry(
        day=day or None,
        source=source,
        dispatch=dispatch,
        factuality=tuple(sorted({h.claim.factuality for h in held})),
        claims=tuple(h.claim.id for h in held),
        sentences=tuple(dict.fromkeys(h.sentence for h in held)),
    )
