"""Names that the gazetteer does not know, or knows only far from where the story plays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

import msgspec

from reportedly.places.folding import fold
from reportedly.places.gazetteer import GazetteerRecord, NameKind, load_gazetteer
from reportedly.places.surroundings import KNOWN_RANK
from reportedly.places.toponyms import PlaceMention

# So many votes, and such a share of them, must a country have for a name without a reading to lie in it.
HOME_VOTES, HOME_SHARE = 2.0, 0.65
# Spellings of one name share so much.
ALIKE = 0.8


class PlaceReading(msgspec.Struct, frozen=True):
    """One candidate of one mention with its score and the reasons."""

    record: GazetteerRecord
    score: float
    reasons: tuple[str, ...]


class PlaceVote(msgspec.Struct, frozen=True):
    """What one name says of where the dispatch plays."""

    country: str
    admin1: str | None
    weight: float


def put_around(
    mentions: Sequence[PlaceMention], ranked: Sequence[tuple[PlaceReading, ...]], votes: dict[str, PlaceVote]
) -> list[tuple[PlaceReading, ...]]:
    """Names that the gazetteer lacks: in the town that they begin with, else where the story plays (``votes``).

    "Basra General Hospital" has the point of Basra; a village has the country alone.
    """
    picks = [r[0].record if r else None for r in ranked]
    towns = {m.key: p for m, p in zip(mentions, picks, strict=True) if p is not None and not m.demonym}
    home = _home(votes)
    return [
        _without_reading(mention, towns, home) if not r or _is_far_fetched(mention, r[0].record, votes, home) else r
        for mention, r in zip(mentions, ranked, strict=True)
    ]


def _is_far_fetched(
    mention: PlaceMention, pick: GazetteerRecord, votes: dict[str, PlaceVote], home: str | None
) -> bool:
    """Whether only a small town abroad, by a name it hardly goes by, answers to a name in a story of one country.

    "Pito" is no suburb of Paris in a story of El Salvador.
    """
    by_the_way = pick.name_kind is NameKind.OTHER and not is_spelling(pick, mention)
    abroad = home is not None and pick.country not in (None, home)
    alone = not any(v.country == pick.country for key, v in votes.items() if key != mention.key)
    return pick.kind == "city" and pick.rank < KNOWN_RANK and by_the_way and abroad and alone and not mention.dateline


def _without_reading(
    mention: PlaceMention, towns: dict[str, GazetteerRecord], home: str | None
) -> tuple[PlaceReading, ...]:
    if mention.demonym:
        return ()
    town = _begins_with(mention, towns)
    return (somewhere_in(mention, town),) if town else _in_country(mention, home)


def _begins_with(mention: PlaceMention, towns: dict[str, GazetteerRecord]) -> GazetteerRecord | None:
    """The town by which a longer name goes, where the text names it too or everybody knows it."""
    words = mention.text.split()
    for count in range(len(words) - 1, 0, -1):
        name = " ".join(words[:count])
        known = [r for r in load_gazetteer().find(name) if r.kind == "city" and r.name_kind <= NameKind.OTHER]
        found = towns.get(fold(name)) or next((r for r in known if r.rank >= KNOWN_RANK), None)
        if found is not None and found.kind != "country":
            return found
    return None


def _home(votes: dict[str, PlaceVote]) -> str | None:
    """The country in which nearly all places lie that the text names."""
    by_country: Counter[str] = Counter()
    for vote in votes.values():
        by_country[vote.country] += vote.weight  # type: ignore[assignment]
    if not by_country:
        return None
    ((country, weight),) = by_country.most_common(1)
    return country if weight >= HOME_VOTES and weight >= HOME_SHARE * sum(by_country.values()) else None


def _in_country(mention: PlaceMention, country: str | None) -> tuple[PlaceReading, ...]:
    if country is None:
        return ()
    record = GazetteerRecord(0, mention.text, None, country, None, None, None, 0, 0, None, NameKind.MAIN)
    return (PlaceReading(record, 0.0, (f"all places named are in {country}",)),)


def somewhere_in(mention: PlaceMention, holder: GazetteerRecord) -> PlaceReading:
    """A name that the gazetteer lacks at the point of what holds it: "Sarn, Mozambique"."""
    record = msgspec.structs.replace(
        holder, id=0, name=mention.text, kind=None, population=0, rank=0, geonames=None, name_kind=NameKind.MAIN
    )
    return PlaceReading(record, 0.0, (f"in {holder.name}, where the gazetteer knows no such name",))


def is_spelling(record: GazetteerRecord, mention: PlaceMention) -> bool:
    """Whether the other name only spells the main one in another way ("Sloviansk", "Slovyansk")."""
    return _are_alike(fold(record.name), mention.key)


@lru_cache(maxsize=16_384)
def _are_alike(name: str, other: str) -> bool:
    return SequenceMatcher(None, name, other).ratio() > ALIKE
