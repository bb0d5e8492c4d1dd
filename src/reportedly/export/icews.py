"""ICEWS coded events: 20 columns, tab-delimited, one row a pair of parties (the public sample and variable list)."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.export.acts import Pair, mentions, number, pairs
from reportedly.export.cases import Case
from reportedly.export.codebook import Codebook
from reportedly.export.registry import Job
from reportedly.export.rows import ExportRow
from reportedly.ids import content_id
from reportedly.model import Party, Place

_TOWNS = ("city", "facility")


def rows(case: Case, job: Job) -> Iterator[ExportRow]:
    """The events of an incident."""
    for pair in pairs(case, job.book, job.left):
        yield ExportRow(pair.id, _cells(pair, job.book), pair.told, pair.when.known)


def _cells(pair: Pair, book: Codebook) -> dict[str, object]:
    first = next(iter(mentions(pair.told).values()))
    out: dict[str, object] = {
        "Event ID": number(pair.id),
        "Event Date": pair.when.begin.isoformat(),
        "Event Text": book.cameo(pair.cameo)["label"],
        "CAMEO Code": pair.cameo,
        "Intensity": book.goldstein(pair.cameo),
        "Story ID": number(content_id("d", first.dispatch.id)),
        "Sentence Number": first.sentence_number,
        "Publisher": first.dispatch.agency,
    }
    return (
        out | _party("Source", pair.actor, book) | _party("Target", pair.recipient, book) | _where(pair.act.place, book)
    )


def _party(slot: str, party: Party | None, book: Codebook) -> dict[str, object]:
    return {
        f"{slot} Name": party.name if party else "",
        f"{slot} Sectors": ",".join(book.sector_words(party, "icews")),
        f"{slot} Country": book.name(party.country) if party else "",
    }


def _where(place: Place | None, book: Codebook) -> dict[str, object]:
    if place is None:
        return {}
    return {
        "City": place.name if place.kind in _TOWNS else "",
        "Province": place.admin1 or (place.name if place.kind == "region" else ""),
        "Country": book.name(place.country),
        "Latitude": place.lat,
        "Longitude": place.lon,
    }
