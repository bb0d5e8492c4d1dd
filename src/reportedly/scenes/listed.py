"""Towns that are named one beside the other: what happened in several is in no single one of them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from reportedly.config import Config
from reportedly.model import Place
from reportedly.parse import syntax
from reportedly.parse.parsed import Doc
from reportedly.parse.spans import TokenIndex
from reportedly.scenes.story import country_of

WIDE = ("country", "admin1", "region", "water")


class Listed:
    """Answers for the places of one dispatch."""

    def __init__(self, doc: Doc, places: Sequence[Place], config: Config) -> None:
        self._doc, self._places, self._config = doc, places, config
        self._at: TokenIndex[Place] = TokenIndex(doc, ((p.start, p.end, p) for p in places if not p.demonym))

    def around(self, place: Place) -> Place:
        """What holds a place and those named with it: the country of "in Goma and Bukavu"; a lone place itself."""
        beside = self._beside(place)
        return self._country(place) if beside and {p.country for p in beside} == {place.country} else place

    def both(self, first: Place, then: Place) -> Place:
        """What holds two places of one sentence: the later one, of two towns their country."""
        towns = first.kind not in WIDE and then.kind not in WIDE and first.name != then.name
        return self._country(then) if towns and first.country == then.country else then

    def _country(self, place: Place) -> Place:
        country = country_of(self._places, place.country, place.start, self._config) if place.country else None
        return replace(country, demonym=False) if country is not None else place

    def _beside(self, place: Place) -> list[Place]:
        """Other towns in a row with this one."""
        span = self._doc.char_span(place.start, place.end, alignment_mode="expand")
        if span is None or place.kind in WIDE:
            return []
        row = syntax.conjuncts(syntax.first_conjunct(span.root))
        named = [p for p in map(self._at.get, row) if p is not None and p.kind not in WIDE]
        return [p for p in named if p.name != place.name]
