"""Toponyms and where they are."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from reportedly.config import DEFAULT, Config
from reportedly.ingest.inner import inner_datelines
from reportedly.knowledge.load import Knowledge, knowledge_of
from reportedly.model import Dateline, Dispatch, Place
from reportedly.parse.parsed import Doc
from reportedly.places.folding import fold
from reportedly.places.gazetteer import GazetteerRecord, load_gazetteer
from reportedly.places.place_words import load_body_names, load_place_words
from reportedly.places.resolve import candidates, resolve
from reportedly.places.toponyms import PlaceMention, ToponymFinder
from reportedly.places.unread import PlaceReading

__all__ = ["Ranked", "candidates", "find_places", "rank_places"]


class Ranked(NamedTuple):
    """The places of a dispatch, and for each all readings that were considered, best first, with their reasons."""

    places: tuple[Place, ...]
    readings: tuple[tuple[PlaceReading, ...], ...]


# What stands behind a town in a dateline: "ATHENS, Ga. (AP)", "DAKAR, Senegal, May 3".
HOLDER = re.compile(r", ([A-Z][\w.]+(?: [A-Z][\w.]+){0,3})(?=[ ,(—–-])(?! ?\d)")
WIDE = ("country", "admin1")


def find_places(doc: Doc, dispatch: Dispatch, config: Config = DEFAULT) -> tuple[Place, ...]:
    """The names of places in text order, the dateline's included, each resolved as far as the text allows.

    Adjectives and names of peoples (*Turkish*, *Turks*) are marked ``demonym`` and resolved to the country or region. A
    name that the gazetteer does not know keeps its span and stays unresolved.
    """
    return rank_places(doc, dispatch, config).places


def rank_places(doc: Doc, dispatch: Dispatch, config: Config = DEFAULT) -> Ranked:
    """As ``find_places``, with the readings among which each place was chosen."""
    mentions = _mentions(doc, dispatch, config)
    ranked = resolve(mentions, dispatch.text, load_homes(knowledge_of(config)).get((dispatch.agency or "").casefold()))
    return Ranked(tuple(_place(m, r, dispatch.text) for m, r in zip(mentions, ranked, strict=True)), tuple(ranked))


@lru_cache(maxsize=4)
def load_homes(knowledge: Knowledge) -> dict[str, str]:
    """The country that a national agency mostly reports of, by its names in lower case."""
    return {
        form.casefold(): country
        for row in knowledge.rows("agencies")
        if (country := row.get("home") or row["state"])
        for form in filter(None, (row["name"], *row["forms"].split("|")))
    }


def _mentions(doc: Doc, dispatch: Dispatch, config: Config) -> list[PlaceMention]:
    gazetteer = load_gazetteer()
    found = ToponymFinder(
        doc, gazetteer, load_place_words(knowledge_of(config)), load_body_names(knowledge_of(config))
    ).run()
    for line in (dispatch.dateline, *inner_datelines(dispatch, knowledge_of(config))):
        filed = _filed(dispatch.text, line) if line is not None else []
        if filed:
            start, end = filed[0].start, filed[-1].end
            found = [*filed, *(m for m in found if m.end <= start or end <= m.start)]
    return sorted(found, key=lambda m: m.start)


def _filed(text: str, line: Dateline) -> list[PlaceMention]:
    """A dateline's place, which the reading text leaves out, and the state or country behind it ("ATHENS, Ga.")."""
    if not line.place:
        return []
    at = text.find(line.place, line.span.start, line.span.end)
    name = line.place.split(",")[0].split("(")[0].rstrip()
    if at < 0 or not name:
        return []
    records = tuple(r for r in load_gazetteer().find(name) if r.name_kind <= 1)
    town = PlaceMention(at, at + len(name), name, fold(name), records, label="GPE", dateline=True)
    held = HOLDER.match(text, town.end, line.span.end)
    around = [r for r in load_gazetteer().find(held[1]) if r.kind in WIDE and r.name_kind != 2] if held else []
    if held is None or not around:
        return [town]
    return [
        town,
        PlaceMention(held.start(1), held.end(1), held[1], fold(held[1]), tuple(around), label="GPE", dateline=True),
    ]


def _place(mention: PlaceMention, readings: tuple[PlaceReading, ...], text: str) -> Place:
    own = text[mention.start : mention.end]  # as received: "GOMA", which is read as "Goma"
    span = {"start": mention.start, "end": mention.end, "text": own, "demonym": mention.demonym}
    if not readings:
        return Place(name=mention.text, **span)  # type: ignore[arg-type]
    record = readings[0].record
    return Place(
        name=_name(mention, record),
        kind=record.kind,
        country=record.country,
        admin1=record.admin1,
        lat=record.lat,
        lon=record.lon,
        geonames=record.geonames,
        **span,  # type: ignore[arg-type]
    )


def _name(mention: PlaceMention, record: GazetteerRecord) -> str:
    """The name to show: as the dispatch spells it, written out where that is an abbreviation, a people or capitals."""
    if mention.demonym or "." in mention.text or mention.text.isupper():
        return record.name
    words = mention.text.split()
    mixed = any(w.islower() or w.istitle() for w in words)  # "San MIGUEL", half restored
    return " ".join(w.capitalize() if mixed and w.isalpha() and w.isupper() and len(w) > 3 else w for w in words)
