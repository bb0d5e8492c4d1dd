"""Why a place name was taken for this place and not for another."""

from __future__ import annotations

from reportedly.model import Candidate, Place, Reason, Words


def why_resolved(field: str, place: Place, readings: tuple[Candidate, ...]) -> Reason:
    """The reasons for the reading chosen of ``rank_candidates``, and the next best one."""
    words = (Words(place.start, place.end, place.text),)
    if not readings:
        return Reason(field, place.name, "the gazetteer does not know the name: left unresolved", words)
    best = readings[0]
    rule = f"gazetteer: {_called(best)}, {best.score:g} points ({'; '.join(best.reasons)})"
    if len(readings) > 1:
        rule += f"; next best {_called(readings[1])}, {readings[1].score:g} points"
    return Reason(field, place.name, rule, words)


def _called(reading: Candidate) -> str:
    return ", ".join(p for p in (reading.name, reading.admin1, reading.country) if p)
