"""POLECAT: one row an act with all its parties in lists, 40 named columns (the header as public loaders read it)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reportedly.export.acts import MONTH, Act, ActDays, acts, key, most, order
from reportedly.export.cases import Case, CaseClaim
from reportedly.export.codebook import Codebook
from reportedly.export.counting import NO_CODE, NO_DATE, NO_DAY, NO_PARTIES
from reportedly.export.registry import Job
from reportedly.export.rows import ExportRow
from reportedly.ids import content_id
from reportedly.model import Party, Place

QUADS = {"1": "VERBAL COOPERATION", "2": "MATERIAL COOPERATION", "3": "VERBAL CONFLICT", "4": "MATERIAL CONFLICT"}
_TOWNS = ("city", "facility")


def rows(case: Case, job: Job) -> Iterator[ExportRow]:
    """The acts of an incident; types that PLOVER does not have are left out."""
    for act, when in plover_acts(case, job):
        id_ = act_id(act)
        if when.days > MONTH:
            job.left.note(NO_DAY, act.told)
        else:
            yield ExportRow(id_, _cells(id_, act, when, job.book), act.told, when.known)


def plover_acts(case: Case, job: Job) -> Iterator[tuple[Act, ActDays]]:
    """The acts that PLOVER has a type for, of which somebody and some day are known."""
    for act in acts(case, job.left):
        when = act.when
        if job.book.plover(act.type, act.mode) is None:
            job.left.note(NO_CODE, act.told)
        elif when is None:
            job.left.note(NO_DATE, act.told)
        elif not any(t.claim.actors or t.claim.recipients for t in act.told):
            job.left.note(NO_PARTIES, act.told)
        else:
            yield act, when


def act_id(act: Act) -> str:
    """The id of an act, the same in every export of acts."""
    return content_id("e", act.incident.id, act.type)


def parties(given: Iterable[Party]) -> list[Party]:
    """Each party once, under the name that most claims give it, those named most first."""
    found = list(given)
    keys = dict.fromkeys(key(p) for p in found)
    ordered = sorted(keys, key=lambda k: (-sum(key(p) == k for p in found), k))
    out = []
    for k in ordered:
        mine = [p for p in found if key(p) == k]
        name = most(p.name for p in mine)
        out.append(next(p for p in mine if p.name == name))
    return out


def _cells(id_: str, act: Act, when: ActDays, book: Codebook) -> dict[str, object]:
    row = book.plover(act.type, act.mode) or {}
    first = min(act.told, key=order)
    out: dict[str, object] = {
        "Event ID": id_,
        "Event Date": when.begin.isoformat(),
        "Event Type": act.type,
        "Event Mode": act.mode,
        "Intensity": float(row["score"]),
        "Quad Code": QUADS[row["quad"]],
        "Source": first.dispatch.agency,
        "Publication Date": (first.dispatch.published or "")[:10],
        "Story People": _named(act.told, ("person",)),
        "Story Organizations": _named(act.told, ("organization",)),
        "Story Locations": _list(t.claim.place.name for t in act.told if t.claim.place),
        "Language": first.dispatch.lang,
        "Version": "PLOVER 2.0 by reportedly",
    }
    out |= _slot("Actor", parties(p for t in act.told for p in t.claim.actors), book)
    out |= _slot("Recipient", parties(p for t in act.told for p in t.claim.recipients), book)
    return out | _where(act.place)


def _slot(slot: str, found: Sequence[Party], book: Codebook) -> dict[str, object]:
    sectors = [book.sector_words(p, "plover") for p in found]
    countries = list(dict.fromkeys(p.country for p in found if p.country))
    return {
        f"{slot} Name": _list(p.name for p in found),
        f"{slot} Country": _list(countries),
        f"{slot} COW": _list(book.country(c, "cow") for c in countries),
        f"Primary {slot} Sector": next((s for words in sectors for s in words), ""),
        f"{slot} Sectors": _list(s for words in sectors for s in words),
        f"{slot} Name Raw": _list(p.name for p in found),
    }


def _where(place: Place | None) -> dict[str, object]:
    if place is None:
        return {}
    return {
        "Placename": place.name,
        "City": place.name if place.kind in _TOWNS else "",
        "Province": place.admin1 or "",
        "Country": place.country,
        "Latitude": place.lat,
        "Longitude": place.lon,
        "GeoNames ID": place.geonames,
        "Raw Placename": place.text,
        "Feature Type": place.kind,
    }


def _named(told: Iterable[CaseClaim], kinds: Sequence[str]) -> str:
    return _list(p.name for t in told for p in (*t.claim.actors, *t.claim.recipients) if p.kind in kinds)


def _list(values: Iterable[str]) -> str:
    """Several values in one cell, as POLECAT joins them."""
    return "; ".join(dict.fromkeys(v.replace(";", ",") for v in values if v))
