"""ACLED's 31 columns: one row an incident (public codebook); fatalities and notes by the practice of its people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from reportedly.export.acts import MONTH, Act, ActDays, acts, day, key, number, publishers
from reportedly.export.cases import Case
from reportedly.export.codebook import ARMED, PEOPLE, Codebook
from reportedly.export.counting import NO_DATE, NO_DAY, NO_TYPE
from reportedly.export.notes import notes
from reportedly.export.polecat import parties
from reportedly.export.registry import Job
from reportedly.export.rows import ExportRow as Line
from reportedly.export.tables import amount_words
from reportedly.export.tolls import TollSides, as_acled_counts, deaths, most_conservative, sides, totals
from reportedly.knowledge.load import Row
from reportedly.model import Party, Place

_STATE_FORCES, _ABROAD, _CIVILIANS = "State forces", "External/Other forces", "Civilians"
_CROWDS = {"Riots": "Rioters", "Protests": "Protesters"}
_TARGETED = ("Violence against civilians", "Explosions/Remote violence", "Protests")
_WEEK, _MONTH = 7, 3


def rows(case: Case, job: Job) -> Iterator[Line]:
    """The one row of an incident that ACLED has an event type for."""
    found = acts(case, job.left)
    main = _main(found, case.incident.type, job.book)
    if main is None:
        job.left.note(NO_TYPE, (t for act in found for t in act.told))
        return
    act, kind = main
    when = act.when
    told = [t for a in found for t in a.told]
    if when is None:
        job.left.note(NO_DATE, told)
        return
    if when.days > MONTH:
        job.left.note(NO_DAY, told)
        return
    yield Line(case.incident.id, _cells(case, act, found, kind, when, job.book), told, when.known)


def _main(found: Sequence[Act], type_: str, book: Codebook) -> tuple[Act, Row] | None:
    """The act that makes the event, the incident's own type first, with its row of the table."""
    for act in sorted(found, key=lambda a: (a.type != type_, -len(a.told), a.type)):
        parties_, beside = sides(act.told, book), _beside(act, found, book)
        row = next((r for r in book.acled if _fits(r, act, parties_, beside)), None)
        if row is not None and row["event"] != "-":
            return act, row
    return None


def _beside(act: Act, found: Sequence[Act], book: Codebook) -> set[str]:
    """The other types of what was done to people without arms there and then."""
    others = [a for a in found if a.type != act.type and _meets(act, a) and sides(a.told, book).kind_b not in ARMED]
    return {a.type for a in others} | {f"{a.type}:{a.mode}" for a in others if a.mode}


def _meets(a: Act, b: Act) -> bool:
    """Whether nothing that is told sets two acts apart in place or day."""
    places = {p.name for p in (a.told_place, b.told_place) if p is not None}
    days = {w.begin for w in (a.told_when, b.told_when) if w is not None}
    return len(places) < 2 and len(days) < 2


def _fits(row: Row, act: Act, found: TollSides, known: set[str]) -> bool:
    return (
        row["type"] == act.type
        and row["mode"] in ("", act.mode)
        and (act.cameo or "").startswith(row["cameo"])
        and (not row["with"] or row["with"] in known)
        and _is(found.kind_a, found.a, row["actor"])
        and _is(found.kind_b, found.b, row["recipient"])
    )


def _is(kind: str, party: Party | None, wanted: str) -> bool:
    if wanted == "none":
        return party is None
    return wanted == "any" or kind == wanted or (wanted == "armed" and kind in ARMED)


def _cells(case: Case, act: Act, found: Sequence[Act], kind: Row, when: ActDays, book: Codebook) -> dict[str, object]:
    place, incident = act.place, case.incident
    told = [t for a in found for t in a.told]
    country = place.country if place else None
    actors, recipients = _two_sides(act, book)
    inter1 = _inter(actors, kind["event"], country, book)
    inter2 = _inter(recipients, "", country, book)
    lethal = [
        t for a in found if a is act or (a.type in book.types.harm and act.type in book.types.protest) for t in a.told
    ]
    killed = totals(deaths(incident, lethal), lambda d: as_acled_counts(d, book.words))
    out: dict[str, object] = {
        "event_id_cnty": f"{country or ''}{number(incident.id)}",
        "event_date": when.begin.isoformat(),
        "year": when.begin.year,
        "time_precision": _time_precision(when),
        "disorder_type": kind["disorder"],
        "event_type": kind["event"],
        "sub_event_type": kind["sub"],
        "inter1": inter1,
        "inter2": inter2,
        "interaction": f"{inter1}-{inter2}" if inter1 and inter2 else f"{inter1} only" if inter1 else "",
        "civilian_targeting": _targeting(kind["event"], recipients, book),
        "source": "; ".join(p for p in publishers(told) if p),
        "notes": notes(case),
        "fatalities": most_conservative(killed),
        "tags": _crowd(case),
        "timestamp": _uploaded(case),
    }
    return out | _names("1", actors) | _names("2", recipients) | _where(place, book)


def _two_sides(act: Act, book: Codebook) -> tuple[list[Party], list[Party]]:
    """The parties on both sides, the main ones first; others of the country of only one of these stand with it."""
    main = sides(act.told, book)
    named = parties(p for t in act.told for p in (*t.claim.actors, *t.claim.recipients) if p.code or p.kind in PEOPLE)
    acting = {key(p) for t in act.told for p in t.claim.actors}
    first, second = ([p] if p is not None else [] for p in (main.a, main.b))
    countries = [side[0].country if side else None for side in (first, second)]
    abroad = all(countries) and len(set(countries)) > 1
    taken = {key(p) for p in (*first, *second)}
    for p in (p for p in named if key(p) not in taken):
        allied = [side for side, country in zip((first, second), countries, strict=True) if p.country == country]
        home = allied[0] if abroad and allied else first if key(p) in acting else second
        home.append(p)
    return first, second


def _names(n: str, found: Sequence[Party]) -> dict[str, object]:
    names = list(dict.fromkeys(p.name for p in found))
    return {f"actor{n}": names[0] if names else "", f"assoc_actor_{n}": "; ".join(names[1:])}


def _inter(found: Sequence[Party], event: str, country: str | None, book: Codebook) -> str:
    """ACLED's category of a side; a foreign army is an external force."""
    if event in _CROWDS:
        return _CROWDS[event]
    party = next(iter(found), None)
    named = book.sector_words(party, "inter")
    own = named[-1] if named else _CIVILIANS if book.side(party) == "civilian" else ""
    own = own or (_STATE_FORCES if party is not None and party.kind == "country" else "")
    abroad = party is not None and party.country and country and party.country != country
    return _ABROAD if own == _STATE_FORCES and abroad else own


def _targeting(event: str, recipients: Sequence[Party], book: Codebook) -> str:
    hit = any(book.side(p) == "civilian" for p in recipients)
    return "Civilian targeting" if hit and event in _TARGETED else ""


def _time_precision(when: ActDays) -> int:
    """1 the day, 2 within a week, 3 within a month; what only its publication dates is no closer."""
    if when.known != "told":
        return _MONTH
    return 1 if when.days == 1 else 2 if when.days <= _WEEK else _MONTH


def _where(place: Place | None, book: Codebook) -> dict[str, object]:
    if place is None:
        return {}
    numeric = book.country(place.country, "numeric")
    return {
        "iso": int(numeric) if numeric else "",
        "region": book.country(place.country, "region"),
        "country": book.name(place.country),
        "admin1": place.admin1,
        "location": place.name,
        "latitude": place.lat,
        "longitude": place.lon,
        "geo_precision": 1 if place.kind in ("city", "facility") else 3,
    }


def _crowd(case: Case) -> str:
    """ACLED's tag for the size of a demonstration, as the first source gives it."""
    given = next((f for f in case.incident.figures if f.role == "participants"), None)
    return f"crowd size={amount_words(given.low, given.high, approx=given.approx)}" if given else ""


def _uploaded(case: Case) -> int | str:
    """The last day on which it was told, as seconds since 1970: the export itself knows no clock."""
    days = [d for t in case.told if (d := day(t.dispatch.published)) is not None]
    return int(datetime.combine(max(days), datetime.min.time(), UTC).timestamp()) if days else ""
