"""PLOVER 2.0 as JSON lines: the required and optional fields of its manual, and ours under names of their own."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.export.acts import Act, ActDays, order
from reportedly.export.cases import Case, CaseClaim
from reportedly.export.codebook import Codebook
from reportedly.export.polecat import act_id, parties, plover_acts
from reportedly.export.registry import Job
from reportedly.model import IncidentFigure, Party, Place

Json = dict[str, object]

# PLOVER's resolution of a location, from 5 (below a city) to 1 (a country).
_RESOLUTION = {"facility": 5, "city": 4, "admin1": 2, "region": 2, "country": 1}
_SIZES = {"killed": "dead", "injured": "injured", "arrested": "arrested"}


def records(case: Case, job: Job) -> Iterator[Json]:
    """The acts of an incident."""
    for act, when in plover_acts(case, job):
        yield _filled(_record(act, when, job.book))


def _record(act: Act, when: ActDays, book: Codebook) -> Json:
    row = book.plover(act.type, act.mode) or {}
    first = min(act.told, key=order)
    claim, place = first.claim, act.place
    return {
        "id": act_id(act),
        "date": when.begin.isoformat(),
        "actor": [_entity(p, book) for p in parties(p for t in act.told for p in t.claim.actors)],
        "event": [act.type],
        "has_event": True,
        "enddate": when.end.isoformat() if when.days > 1 else None,
        "recipient": [_entity(p, book) for p in parties(p for t in act.told for p in t.claim.recipients)] or None,
        "event_loc": [_location(place)] if place else None,
        "event_text": claim.trigger.text,
        "quad_code": int(row["quad"]),
        "event_scale": float(row["score"]),
        "mode": [act.mode] if act.mode else None,
        "size": _size(act) or None,
        "text": first.sentence,
        "text_info": {"sequence": first.sentence_number, "start": claim.trigger.start, "end": claim.trigger.end},
        "cite_info": _filled(_citation(first)),
        "coder": "reportedly",
        "coded_date": (first.dispatch.published or "")[:10] or None,
        "reportedly": _ours(act, when),
    }


def _entity(party: Party, book: Codebook) -> Json:
    codes = book.take_apart(party)
    sectors = book.sector_words(party, "plover")
    root = next((p for p in codes.parts if p in ("IGO", "NGO", "MNC", "IMG")), None)
    return {"code": party.country or root or "", "sector": sectors, "entity_text": party.name}


def _location(place: Place) -> Json:
    return _filled(
        {
            "extracted_place": place.text,
            "resolved_place": place.name,
            "geonameid": place.geonames,
            "lat": place.lat,
            "lon": place.lon,
            "city": place.name if place.kind == "city" else None,
            "province": place.admin1,
            "country_code": place.country,
            "feature_class": place.kind,
            "resolution": _RESOLUTION.get(place.kind or ""),
        }
    )


def _size(act: Act) -> Json:
    """Numbers that every source gives alike; where they differ, all of them stand under ``reportedly``."""
    out: Json = {}
    figures = figures_of(act)
    for role, name in _SIZES.items():
        given = {(f.low, f.high) for f in figures if f.role == role and f.of is None}
        if len(given) == 1:
            low, high = next(iter(given))
            out[name] = low if low is not None else high
    return out


def figures_of(act: Act) -> list[IncidentFigure]:
    """What the sources of an act stand by."""
    claims = {t.claim.id for t in act.told}
    return [f for f in act.incident.figures if f.claim in claims]


def _citation(told: CaseClaim) -> Json:
    d = told.dispatch
    return {"url": d.url, "title": d.title, "language": d.lang, "publication": d.agency}


def _ours(act: Act, when: ActDays) -> Json:
    """Who says it, how sure they are and how well it is supported: PLOVER has no field for these."""
    i = act.incident
    return {
        "incident": i.id,
        "headline": i.headline,
        "formerly": list(i.formerly),
        "standing": i.standing,
        "reason": i.reason,
        "silent": list(i.silent),
        "date_from": when.known,
        "figures": figures_of(act),
        "claims": [_claim(t) for t in act.told],
    }


def _claim(told: CaseClaim) -> Json:
    c = told.claim
    return {
        "id": c.id,
        "decided": told.decided or None,
        "source": told.source,
        "chain": list(c.chain),
        "factuality": c.factuality,
        "modality": c.modality,
        "dispatch": told.dispatch.id,
        "lineage": told.lineage,
        "published": told.dispatch.published,
        "publication": told.dispatch.agency,
        "text": told.sentence,
        "start": c.evidence.start,
        "end": c.evidence.end,
    }


def _filled(given: Json) -> Json:
    return {name: value for name, value in given.items() if value is not None}
