"""The words around places and the names of bodies, as the tables have them."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from reportedly.knowledge.load import Knowledge
from reportedly.places.folding import fold


class PlaceWords(msgspec.Struct, frozen=True):
    """The table of words around places."""

    types: dict[str, str]
    locative: frozenset[str]
    direction: frozenset[str]
    title: frozenset[str]
    move: frozenset[str]
    narrow: frozenset[str]
    ordinary: frozenset[str]
    settlement: frozenset[str]
    struck: frozenset[str]
    site: frozenset[str]
    local: frozenset[str]
    around: frozenset[str]
    given: frozenset[str]
    dweller: frozenset[str]
    particle: frozenset[str]
    masthead: frozenset[str]
    seated: frozenset[str]
    land: frozenset[str]
    firm: frozenset[str]
    illness: frozenset[str]
    sickness: frozenset[str]


@lru_cache(maxsize=4)
def load_place_words(knowledge: Knowledge) -> PlaceWords:
    """The words that show a place, see ``place_words.tsv``."""
    roles: dict[str, dict[str, str]] = {
        "type": {},
        "locative": {},
        "direction": {},
        "title": {},
        "move": {},
        "narrow": {},
        "ordinary": {},
        "settlement": {},
        "struck": {},
        "site": {},
        "local": {},
        "around": {},
        "dweller": {},
        "seated": {},
        "land": {},
        "particle": {},
        "firm": {},
        "illness": {},
        "sickness": {},
    }
    for row in knowledge.rows("place_words"):
        roles[row["role"]][row["word"]] = row["kind"]
    mastheads = frozenset(row["word"] for row in knowledge.rows("source_kinds") if row["kind"] == "masthead")
    plain = {role: frozenset(words) for role, words in roles.items() if role != "type"}
    given = frozenset(row["name"] for row in knowledge.rows("given_names"))
    return PlaceWords(types=roles["type"], masthead=mastheads, given=given, **plain)


@lru_cache(maxsize=4)
def load_body_names(knowledge: Knowledge) -> frozenset[str]:
    """Folded names of the bodies that newspapers name without saying what they are (*Taliban*)."""
    rows = [row for row in knowledge.rows("bodies") if row["kind"] != "country"]
    return frozenset(fold(n) for row in rows for n in (row["name"], *filter(None, row["aliases"].split("|"))))
