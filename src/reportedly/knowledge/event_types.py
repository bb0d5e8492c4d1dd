"""What the tables say of each type of events: the only place where the program knows them."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from reportedly.knowledge.load import SHIPPED, Knowledge


class EventTypes(msgspec.Struct, frozen=True):
    """The names of all types in the order of their table, and the types that have each trait (see its header)."""

    names: tuple[str, ...]
    harm: frozenset[str]
    accident: frozenset[str]
    violent: frozenset[str]
    force: frozenset[str]
    deed: frozenset[str]
    armed: frozenset[str]
    contained: frozenset[str]
    voiced: frozenset[str]
    offered: frozenset[str]
    objecting: frozenset[str]
    directed: frozenset[str]
    named: frozenset[str]
    civil: frozenset[str]
    willed: frozenset[str]
    personal: frozenset[str]
    answering: frozenset[str]
    denial: frozenset[str]
    accusation: frozenset[str]
    demand: frozenset[str]
    protest: frozenset[str]
    meeting: frozenset[str]
    compelling: frozenset[str]
    placed: frozenset[str]
    joint: frozenset[str]
    seated: frozenset[str]
    matter: frozenset[str]
    spoken: frozenset[str]


@lru_cache(maxsize=8)
def event_types(knowledge: Knowledge = SHIPPED) -> EventTypes:
    """The types of ``event_types.tsv``; of a type with several rows the last counts."""
    traits = {row["type"]: row["traits"].split() for row in knowledge.rows("event_types")}
    kinds = EventTypes.__struct_fields__[1:]
    return EventTypes(tuple(traits), **{k: frozenset(t for t, has in traits.items() if k in has) for k in kinds})


class FigureTypes(msgspec.Struct, frozen=True):
    """The roles of figures in the order of their table, and those that have each trait (see its header)."""

    names: tuple[str, ...]
    harmed: frozenset[str]
    toll: frozenset[str]
    victims: frozenset[str]
    growing: frozenset[str]


@lru_cache(maxsize=8)
def figure_types(knowledge: Knowledge = SHIPPED) -> FigureTypes:
    """The roles of ``figure_types.tsv``; of a role with several rows the last counts."""
    traits = {row["role"]: row["traits"].split() for row in knowledge.rows("figure_types")}
    kinds = FigureTypes.__struct_fields__[1:]
    return FigureTypes(tuple(traits), **{k: frozenset(r for r, has in traits.items() if k in has) for k in kinds})
