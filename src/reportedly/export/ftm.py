"""FollowTheMoney entities as JSON lines: events, those involved, articles and mentions (public schema of version 4).

FollowTheMoney has no factuality: an incident becomes an ``Event`` only where somebody says that it happened, and what
is denied or left open stands in its description, under the name of who says it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportedly.export.acts import key
from reportedly.export.cases import Case, CaseClaim
from reportedly.export.counting import happened
from reportedly.export.notes import notes, telling
from reportedly.export.registry import Job
from reportedly.ids import content_id
from reportedly.model import Party, Place

Entity = dict[str, object]

_SCHEMATA = {"person": "Person", "organization": "Organization", "group": "Organization", "country": "PublicBody"}


def records(case: Case, job: Job) -> Iterator[Entity]:
    """The entities of an incident, those that stood in an earlier one not again."""
    told = happened(case.told, job.left)
    if not told:
        return
    involved = {_party_id(p): p for t in told for p in (*t.claim.actors, *t.claim.recipients)}
    for id_, party in involved.items():
        if job.first(id_):
            yield _entity(id_, _schema(party), name=[party.name], country=[_country(party, job)])
    for t in {t.dispatch.id: t for t in case.told}.values():
        if job.first(_article_id(t)):
            yield _article(t)
    yield _event(case, told, list(involved), job)
    yield from _mentions(told, job)


def _event(case: Case, told: list[CaseClaim], involved: list[str], job: Job) -> Entity:
    i = case.incident
    place = i.place
    return _entity(
        f"rep-{i.id}",
        "Event",
        name=[i.headline],
        startDate=[i.begin],
        endDate=[i.end_date if i.end_date != i.begin else None],
        location=[_location(place, job) if place else None],
        country=[job.book.iso2(place.country).lower() if place else None],
        involved=involved,
        summary=list(dict.fromkeys(telling(t) for t in told)),
        description=[notes(case)],
        recordId=[i.id],
        keywords=[i.standing],
        publisher=[t.dispatch.agency for t in told],
        sourceUrl=[t.dispatch.url for t in told],
        proof=[_article_id(t) for t in case.told],
    )


def _article(told: CaseClaim) -> Entity:
    d = told.dispatch
    return _entity(
        _article_id(told),
        "Article",
        name=[d.title or told.sentence[:250]],
        title=[d.title],
        publishedAt=[d.published],
        publisher=[d.agency],
        sourceUrl=[d.url],
        language=["eng"],
        bodyText=[d.text],
    )


def _mentions(told: Iterable[CaseClaim], job: Job) -> Iterator[Entity]:
    for t in told:
        for party in (*t.claim.actors, *t.claim.recipients):
            id_ = content_id("rep-m", t.dispatch.id, _party_id(party))
            if job.first(id_):
                yield _entity(
                    id_,
                    "Mention",
                    document=[_article_id(t)],
                    resolved=[_party_id(party)],
                    name=[party.name],
                    detectedSchema=[_schema(party)],
                    contextCountry=[_country(party, job)],
                )


def _schema(party: Party) -> str:
    return _SCHEMATA.get(party.kind or "", "LegalEntity")


def _location(place: Place, job: Job) -> str:
    names = (place.name, place.admin1, job.book.name(place.country))
    return ", ".join(dict.fromkeys(n for n in names if n))


def _party_id(party: Party) -> str:
    """People and bodies of one name and code are one entity; who is who beyond that is not decided here."""
    return content_id("rep-p", key(party), party.name.casefold())


def _article_id(told: CaseClaim) -> str:
    return content_id("rep-a", told.dispatch.id)


def _country(party: Party, job: Job) -> str | None:
    return job.book.iso2(party.country).lower() or None


def _entity(id_: str, schema: str, **properties: Iterable[str | None]) -> Entity:
    """An entity with those properties that have values; every value is a string in a list."""
    filled = {name: list(dict.fromkeys(v for v in values if v)) for name, values in properties.items()}
    return {"id": id_, "schema": schema, "properties": {name: values for name, values in filled.items() if values}}
