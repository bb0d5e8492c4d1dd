"""UCDP GED's 49 columns: one row an incident of violence with deaths (public codebook, as generally known)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import floor

from reportedly.export.acts import Act, ActDays, acts, number, order
from reportedly.export.cases import Case, CaseClaim
from reportedly.export.codebook import ARMED, Codebook
from reportedly.export.counting import NO_DATE, NO_DEATHS, NO_TYPE
from reportedly.export.registry import Job
from reportedly.export.rows import ExportRow
from reportedly.export.tolls import Death, TollSides, agreed, as_given, bounds, bucket, deaths, sides, totals
from reportedly.model import IncidentSource, Party, Place

_STATE_BASED, _NON_STATE, _ONE_SIDED = 1, 2, 3
_CIVILIANS = "Civilians"
# Days of an interval and the date precision that they make.
_DATE_PRECISION = ((1, 1), (6, 2), (7, 3), (31, 4))
_WIDEST, _OTHER_AREA = 5, 5
# UCDP's regions from the finer ones of ACLED.
_REGIONS = {
    "Western Africa": "Africa", "Middle Africa": "Africa", "Eastern Africa": "Africa", "Southern Africa": "Africa",
    "Northern Africa": "Africa", "Middle East": "Middle East", "South Asia": "Asia", "Southeast Asia": "Asia",
    "East Asia": "Asia", "Caucasus and Central Asia": "Asia", "Oceania": "Asia", "Europe": "Europe",
    "North America": "Americas", "Central America": "Americas", "South America": "Americas", "Caribbean": "Americas",
}  # fmt: skip
_WHERE_PRECISION = {"city": 1, "facility": 1, "admin1": 4, "region": 5, "country": 6, "water": 7}


def rows(case: Case, job: Job) -> Iterator[ExportRow]:
    """The one row of an incident in which people were killed on purpose."""
    found = acts(case, job.left)
    violence = next((a for a in found if a.type in job.book.types.harm), None)
    job.left.note(NO_TYPE, (t for a in found if a is not violence for t in a.told))
    if violence is None:
        return
    killed = deaths(case.incident, violence.told)
    when = violence.when
    if not killed:
        job.left.note(NO_DEATHS, violence.told)
    elif when is None:
        job.left.note(NO_DATE, violence.told)
    else:
        yield ExportRow(case.incident.id, _cells(case, violence, killed, when, job.book), violence.told, when.known)


def _cells(case: Case, act: Act, killed: Sequence[Death], when: ActDays, book: Codebook) -> dict[str, object]:
    kind, parties = ordered(sides(act.told, book))
    a, b = _name(parties.a), _CIVILIANS if kind == _ONE_SIDED else _name(parties.b)
    dyad = " - ".join(n for n in (a, b) if n)
    out: dict[str, object] = {
        "id": number(case.incident.id),
        "relid": case.incident.id,
        "year": when.begin.year,
        "code_status": "Machine-coded from news, not reviewed",
        "type_of_violence": kind,
        "conflict_name": dyad,
        "dyad_name": dyad,
        "side_a": a,
        "side_b": b,
        "number_of_sources": independent_voices(case.incident.sources),
        "event_clarity": 1 if when.known == "told" and when.days == 1 else 2,
        "date_prec": _date_precision(when),
        "date_start": when.begin.isoformat(),
        "date_end": when.end.isoformat(),
        "gwnoa": book.gw(parties.a.country) if parties.a and parties.kind_a == "state" else "",
        "gwnob": book.gw(parties.b.country) if parties.b and parties.kind_b == "state" else "",
    }
    return out | _sources(act.told) | _tolls(killed, parties, book) | _where(act.place, book)


def ordered(found: TollSides) -> tuple[int | None, TollSides]:
    """The type of violence, where both sides are known for what they are; a state is side A."""
    a, b = found.kind_a, found.kind_b
    if a in ARMED and b == "civilian":
        return _ONE_SIDED, found
    if a in ARMED and b in ARMED:
        if b == "state" and a != "state":
            found = TollSides(found.b, found.a, b, a)
        return (_STATE_BASED if "state" in (a, b) else _NON_STATE), found
    return None, found


def _name(party: Party | None) -> str:
    return party.name if party else ""


def _tolls(killed: Sequence[Death], parties: TollSides, book: Codebook) -> dict[str, object]:
    """Low and high over all sources; a best estimate, here and by side, only where they agree."""
    everybody = totals(killed, as_given)
    low, high = bounds(everybody)
    out: dict[str, object] = {"best": agreed(everybody), "low": low, "high": high}
    for name in ("a", "b", "civilians", "unknown"):
        mine = [d for d in killed if bucket(d, parties, book) == name]
        out[f"deaths_{name}"] = agreed(totals(mine, as_given)) if mine else None
    return out


def independent_voices(given: Sequence[IncidentSource]) -> int:
    """How many sources say it happened that different people answer for."""
    taken: list[IncidentSource] = []
    for source in given:
        if source.says in ("affirms", "both") and all(t.name in source.independent_of for t in taken):
            taken.append(source)
    return len(taken)


def _sources(told: Sequence[CaseClaim]) -> dict[str, object]:
    first = min(told, key=order).dispatch
    articles = dict.fromkeys(_article(t) for t in told)
    return {
        "source_article": "; ".join(articles),
        "source_office": first.agency,
        "source_date": (first.published or "")[:10],
        "source_headline": first.title,
        "source_original": "; ".join(dict.fromkeys(t.claim.source.name for t in told if t.claim.source)),
    }


def _article(told: CaseClaim) -> str:
    d = told.dispatch
    return ", ".join(x for x in (d.agency, (d.published or "")[:10], d.title) if x) or d.id


def _date_precision(when: ActDays) -> int:
    if when.known != "told":
        return _WIDEST
    return next((precision for days, precision in _DATE_PRECISION if when.days <= days), _WIDEST)


def _where(place: Place | None, book: Codebook) -> dict[str, object]:
    if place is None:
        return {}
    out: dict[str, object] = {
        "where_prec": _WHERE_PRECISION.get(place.kind or "", _OTHER_AREA),
        "where_coordinates": place.name,
        "where_description": place.text,
        "adm_1": place.admin1,
        "country": book.name(place.country),
        "country_id": book.gw(place.country),
        "region": _REGIONS.get(book.country(place.country, "region"), ""),
    }
    if place.lat is None or place.lon is None:
        return out
    return out | {
        "latitude": place.lat,
        "longitude": place.lon,
        "geom_wkt": f"POINT ({place.lon} {place.lat})",
        "priogrid_gid": prio_grid(place.lat, place.lon),
    }


def prio_grid(lat: float, lon: float) -> int:
    """The cell of PRIO-GRID: half degrees, counted from 1 at 90 S 180 W, eastwards, then northwards."""
    row = min(floor((lat + 90) * 2), 359)
    column = min(floor((lon + 180) * 2), 719)
    return row * 720 + column + 1
