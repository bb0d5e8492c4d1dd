"""Phoenix events: 26 columns without header, one row a pair of parties (``postprocess.py`` of the public pipeline)."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.export.acts import Pair, mentions, pairs, publishers
from reportedly.export.cases import Case
from reportedly.export.codebook import Codebook
from reportedly.export.registry import Job
from reportedly.export.rows import ExportRow
from reportedly.model import Party, Place

_ENTITIES = ("IGO", "NGO", "IMG", "MNC")
_AGENTS = ("GOV", "MIL", "REB", "OPP", "PTY", "COP", "JUD", "SPY", "MED", "EDU", "BUS", "CRM", "CVL")
# The quad classes of this pipeline: statements and appeals are 0, reduced relations count as words.
_QUADS = {
    "01": 0, "02": 0, "03": 1, "04": 1, "05": 1, "06": 2, "07": 2, "08": 2, "09": 3, "10": 3,
    "11": 3, "12": 3, "13": 3, "14": 4, "15": 4, "16": 3, "17": 4, "18": 4, "19": 4, "20": 4,
}  # fmt: skip


def rows(case: Case, job: Job) -> Iterator[ExportRow]:
    """The events of an incident."""
    for pair in pairs(case, job.book, job.left):
        yield ExportRow(pair.id, _cells(pair, job.book), pair.told, pair.when.known)


def _cells(pair: Pair, book: Codebook) -> dict[str, object]:
    day, told = pair.when.begin, mentions(pair.told)
    out: dict[str, object] = {
        "EventID": pair.id,
        "Date": f"{day:%Y%m%d}",
        "Year": f"{day:%Y}",
        "Month": f"{day:%m}",
        "Day": f"{day:%d}",
        "CAMEOCode": pair.cameo,
        "RootCode": pair.cameo[:2],
        "QuadClass": _QUADS[pair.cameo[:2]],
        "Goldstein": book.goldstein(pair.cameo),
        "SentenceIDs": ";".join(f"{dispatch}_{sentence}" for dispatch, sentence in told),
        "URLs": ";".join(dict.fromkeys(t.dispatch.url for t in told.values() if t.dispatch.url)),
        "NewsSources": ";".join(p for p in publishers(pair.told) if p),
    }
    return out | _actor("Source", pair.actor, book) | _actor("Target", pair.recipient, book) | _where(pair.act.place)


def _actor(slot: str, party: Party | None, book: Codebook) -> dict[str, object]:
    """The code, its entity, its role and all other parts, as the pipeline takes codes apart."""
    full = book.take_apart(party).full
    entity = full[:3] if full[:3] in _ENTITIES or book.is_country(full[:3]) else ""
    role = full[3:6] if full[3:6] in _AGENTS else ""
    rest = full[6:] if role else full[3:]
    return {
        f"{slot}ActorFull": full,
        f"{slot}ActorEntity": entity,
        f"{slot}ActorRole": role,
        f"{slot}ActorAttribute": ";".join(rest[i : i + 3] for i in range(0, len(rest), 3)),
    }


def _where(place: Place | None) -> dict[str, object]:
    if place is None or place.lat is None:
        return {}
    return {
        "Lat": place.lat,
        "Lon": place.lon,
        "LocationName": place.name,
        "StateName": place.admin1,
        "CountryCode": place.country,
    }
