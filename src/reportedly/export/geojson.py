"""GeoJSON (RFC 7946): a feature an incident, its point where one is known, everything else as properties."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.export.cases import Case
from reportedly.export.notes import notes
from reportedly.export.registry import Job
from reportedly.model import Place

_FRAME = (b'{"type":"FeatureCollection","features":[\n', b"\n]}\n")


def frame(_job: Job) -> tuple[bytes, bytes]:
    """What stands before and behind the features."""
    return _FRAME


def records(case: Case, _job: Job) -> Iterator[dict[str, object]]:
    """The feature of an incident; one without a place has a null geometry, as the RFC allows."""
    yield {
        "type": "Feature",
        "id": case.incident.id,
        "geometry": _point(case.incident.place),
        "properties": _properties(case),
    }


def _properties(case: Case) -> dict[str, object]:
    i, place = case.incident, case.incident.place
    return {
        "type": i.type,
        "begin": i.begin,
        "end_date": i.end_date,
        "place": place.name if place else None,
        "country": place.country if place else None,
        "precision": place.kind if place else None,
        "actors": list(i.actors),
        "recipients": list(i.recipients),
        "headline": i.headline,
        "formerly": list(i.formerly),
        "standing": i.standing,
        "reason": i.reason,
        "figures": list(i.figures),
        "earlier_figures": list(i.earlier),
        "sources": list(i.sources),
        "silent": list(i.silent),
        "decided": {t.claim.id: t.decided for t in case.told if t.decided},
        "factuality": {t.claim.id: t.claim.factuality for t in case.told},
        "dispatches": list(i.dispatches),
        "notes": notes(case),
    }


def _point(place: Place | None) -> dict[str, object] | None:
    if place is None or place.lat is None or place.lon is None:
        return None
    return {"type": "Point", "coordinates": [place.lon, place.lat]}
