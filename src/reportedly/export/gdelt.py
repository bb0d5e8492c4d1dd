"""GDELT event tables, 1.0 and 2.0: one row a pair of parties, by position (public codebooks of GDELT)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from reportedly.export.acts import Pair, mentions, number, pairs, publishers
from reportedly.export.cases import Case, CaseClaim
from reportedly.export.codebook import Codebook, quad_class
from reportedly.export.registry import Job
from reportedly.export.rows import ExportRow
from reportedly.model import Party, Place

Cells = dict[str, object]

# GDELT's types of places: country, state of the USA, town of the USA, town elsewhere, state elsewhere.
_COUNTRY, _US_STATE, _US_TOWN, _TOWN, _STATE = 1, 2, 3, 4, 5
_AREAS = ("admin1", "region")
_TYPES, _RELIGIONS = 3, 2


def rows(case: Case, job: Job) -> Iterator[ExportRow]:
    """The events of an incident; both versions take their columns from the same cells."""
    for pair in pairs(case, job.book, job.left):
        yield ExportRow(pair.id, cells(pair, job), pair.told, pair.when.known)


def cells(pair: Pair, job: Job) -> Cells:
    """The cells of one event by column."""
    begin, book = pair.when.begin, job.book
    told = mentions(pair.told)
    first = next(iter(told.values()))
    stamp = publication_stamp(first) or f"{begin:%Y%m%d}000000"
    out: Cells = {
        "GLOBALEVENTID": number(pair.id),
        "SQLDATE": f"{begin:%Y%m%d}",
        "MonthYear": f"{begin:%Y%m}",
        "Year": begin.year,
        "FractionDate": fraction_date(begin),
        "IsRootEvent": int(any(t.in_lead for t in told.values())),
        "EventCode": pair.cameo,
        "EventBaseCode": pair.cameo[:3],
        "EventRootCode": pair.cameo[:2],
        "QuadClass": quad_class(pair.cameo),
        "GoldsteinScale": book.goldstein(pair.cameo),
        "NumMentions": len(told),
        "NumSources": len(publishers(pair.told)),
        "NumArticles": len({t.dispatch.id for t in pair.told}),
        "DATEADDED": stamp if job.target.name == "gdelt-events" else stamp[:8],
        "SOURCEURL": first.dispatch.url or first.dispatch.id,
    }
    out |= actor_cells("Actor1", pair.actor, book) | actor_cells("Actor2", pair.recipient, book)
    # Where the parties themselves are is not read: type 0 is GDELT's "no place".
    return out | {"Actor1Geo_Type": 0, "Actor2Geo_Type": 0} | _geo_cells(pair.act.place, book)


def fraction_date(day: date) -> float:
    """The year and the share of it that has passed, in months of 30 days as GDELT counts."""
    return round(day.year + ((day.month - 1) * 30 + min(day.day, 30)) / 365, 4)


def publication_stamp(told: CaseClaim) -> str | None:
    """When a dispatch was published, as YYYYMMDDHHMMSS in the time that it gives; midnight where it gives a day."""
    digits = "".join(c for c in (told.dispatch.published or "")[:19] if c.isdigit())
    return digits.ljust(14, "0") if len(digits) >= len("YYYYMMDD") else None


def actor_cells(slot: str, party: Party | None, book: Codebook) -> Cells:
    """The ten columns of a party."""
    codes = book.take_apart(party)
    slots: dict[str, list[str]] = {}
    for part in codes.parts:
        row = book.sectors.get(part)
        slots.setdefault(row["slot"] if row else "type", []).append(part)
    types = [*slots.get("root", ()), *slots.get("type", ())]
    religions = slots.get("religion", [])
    out: Cells = {
        f"{slot}Code": codes.full,
        f"{slot}Name": party.name.upper() if party else "",
        f"{slot}CountryCode": codes.country,
        f"{slot}KnownGroupCode": next(iter(slots.get("group", ())), ""),
        f"{slot}EthnicCode": next(iter(slots.get("ethnic", ())), "").lower(),
    }
    out |= {f"{slot}Religion{n + 1}Code": religions[n] if n < len(religions) else "" for n in range(_RELIGIONS)}
    return out | {f"{slot}Type{n + 1}Code": types[n] if n < len(types) else "" for n in range(_TYPES)}


def _geo_cells(place: Place | None, book: Codebook) -> Cells:
    if place is None or place.lat is None:
        return {"ActionGeo_Type": 0}
    fips = book.country(place.country, "fips")
    names = [place.name, place.admin1 or "", book.name(place.country)]
    country = place.kind == "country"
    return {
        "ActionGeo_Type": _geo_type(place),
        "ActionGeo_FullName": ", ".join(n for n in dict.fromkeys(names) if n),
        "ActionGeo_CountryCode": fips,
        "ActionGeo_ADM1Code": fips if country else "",
        "ActionGeo_Lat": place.lat,
        "ActionGeo_Long": place.lon,
        "ActionGeo_FeatureID": fips if country else "",
    }


def _geo_type(place: Place) -> int:
    if place.kind == "country":
        return _COUNTRY
    home = place.country == "USA"
    if place.kind in _AREAS:
        return _US_STATE if home else _STATE
    return _US_TOWN if home else _TOWN
