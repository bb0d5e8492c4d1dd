"""The words that tell where an event happens, and how much each kind of place narrows it down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from reportedly.knowledge.load import Knowledge
from reportedly.knowledge.speech import speech
from reportedly.knowledge.word_sets import word_sets
from reportedly.model import Place

# How much a kind of place narrows an event down; a name that is not resolved is mostly a small place.
NARROWNESS = {"country": 0, "region": 1, "water": 1, "admin1": 1, "city": 2, "facility": 2, None: 2}
# From here on a place is as narrow as a town.
SMALL = 2


class PlaceCues(msgspec.Struct, frozen=True):
    """The words of ``where.tsv``, by role; of ``word_sets.tsv`` ``paper`` nouns for what carries words.

    And ``elsewhere`` verbs and words of what befell somebody at another place.
    """

    at: frozenset[str]
    goal: frozenset[str]
    source: frozenset[str]
    move: frozenset[str]
    leave: frozenset[str]
    report: frozenset[str]
    by: frozenset[str]
    temporal: frozenset[str]
    part: frozenset[str]
    section: frozenset[str]
    town: frozenset[str]
    out: frozenset[str]
    power: frozenset[str]
    into: frozenset[str]
    naming: frozenset[str]
    compass: frozenset[str]
    unit: frozenset[str]
    there: frozenset[str]
    here: frozenset[str]
    undergo: frozenset[str]
    occur: frozenset[str]
    back: frozenset[str]
    piece: frozenset[str]
    aimed: frozenset[str]
    way: frozenset[str]
    nation: frozenset[str]
    seat: frozenset[str]
    dweller: frozenset[str]
    echo: frozenset[str]
    called: frozenset[str]
    former: frozenset[str]
    soil: frozenset[str]
    care: frozenset[str]
    paper: frozenset[str]
    elsewhere: frozenset[str]


@lru_cache(maxsize=4)
def load_place_cues(knowledge: Knowledge) -> PlaceCues:
    """The words that tell where an event happens."""
    roles: dict[str, set[str]] = defaultdict(set)
    sets = word_sets(knowledge)
    roles |= {"report": set(speech(knowledge).telling), "paper": set(sets["paper"])}
    roles["elsewhere"] = set(sets["fate"] | sets["known"])
    for row in knowledge.rows("where"):
        roles[row["role"]].add(row["word"])
    return PlaceCues(**{name: frozenset(roles[name]) for name in PlaceCues.__struct_fields__})


def narrowest(places: Sequence[Place]) -> Place:
    """The first of the most specific places."""
    return max(places, key=_narrowness)


def _narrowness(place: Place) -> int:
    """How much a place narrows an event down: a region of several countries does least of all."""
    return -1 if place.kind == "region" and place.country is None else NARROWNESS[place.kind]
