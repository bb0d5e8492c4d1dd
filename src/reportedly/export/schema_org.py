"""schema.org ``Claim`` as JSON-LD: what was claimed, by whom, where it appeared; a rating is for people to give."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.export.acts import publishers
from reportedly.export.cases import Case, CaseClaim
from reportedly.export.notes import tellings
from reportedly.export.registry import Job
from reportedly.model import Correction
from reportedly.wording import certainty_words, correction_words

Json = dict[str, object]

_FRAME = (b'{"@context":"https://schema.org","@graph":[\n', b"\n]}\n")
_AUTHORS = {"named": "Person", "anonymous": "Person"}


def frame(_job: Job) -> tuple[bytes, bytes]:
    """What stands before and behind the claims."""
    return _FRAME


def records(case: Case, _job: Job) -> Iterator[Json]:
    """Each telling of an incident once; the copies of a story are its appearances."""
    for told in tellings(case):
        yield _claim(case, told)


def _claim(case: Case, told: list[CaseClaim]) -> Json:
    first, incident = told[0], case.incident
    articles = {t.dispatch.id: _article(t) for t in told}
    record: Json = {
        "@type": "Claim",
        "@id": f"urn:reportedly:claim:{first.claim.id}",
        "text": first.sentence,
        "author": _author(first),
        "datePublished": first.claim.said or first.dispatch.published,
        "firstAppearance": articles[first.dispatch.id],
        "appearance": list(articles.values()),
        "about": {"@type": "Event", "@id": f"urn:reportedly:incident:{incident.id}", "name": incident.headline},
        "creativeWorkStatus": f"{certainty_words(first.claim)}; {incident.standing}",
        "correction": [_correction(c) for t in told for c in t.corrections] or None,
        "inLanguage": first.dispatch.lang,
    }
    return {name: value for name, value in record.items() if value is not None}


def _author(told: CaseClaim) -> Json | None:
    if told.source is None:
        return None
    source = told.claim.source
    return {"@type": _AUTHORS.get(source.kind, "Organization") if source else "Organization", "name": told.source}


def _correction(correction: Correction) -> Json:
    """What a person put in the place of a value that the program had read, and who did."""
    record: Json = {
        "@type": "CorrectionComment",
        "text": correction_words(correction),
        "author": {"@type": "Person", "name": correction.by} if correction.by else None,
        "dateCreated": correction.at,
    }
    return {name: value for name, value in record.items() if value is not None}


def _article(told: CaseClaim) -> Json:
    d = told.dispatch
    publisher = next(iter(publishers((told,))), "")
    record: Json = {
        "@type": "NewsArticle",
        "@id": d.url or f"urn:reportedly:dispatch:{d.id}",
        "url": d.url,
        "headline": d.title,
        "datePublished": d.published,
        "publisher": {"@type": "Organization", "name": publisher} if publisher else None,
    }
    return {name: value for name, value in record.items() if value is not None}
