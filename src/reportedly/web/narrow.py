"""What narrows a list of incidents: the values of each filter with their counts, what is applied, parts of the map."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import msgspec

from reportedly.knowledge.load import Knowledge
from reportedly.ledger.facets import Counted
from reportedly.views.sheet import WORLD, MapFrame, zoomed
from reportedly.web.state import Box, ListState

# Values of a filter that are shown at once, and after a click.
SHOWN, MORE = 8, 60
TITLES = {"standing": "Standing", "type": "Type", "country": "Country", "voice": "Source"}
_NAMES = {
    "words": "words", "type": "type", "standing": "standing", "actor": "actor", "source": "source", "voice": "source",
    "kind": "kind of source", "place": "place", "country": "country", "since": "from", "until": "to",
    "dispatch": "dispatch", "incident": "incident", "name": "name", "agency": "agency",
}  # fmt: skip


class Choice(msgspec.Struct, frozen=True):
    """A value of a filter: what it is called, how many incidents it would leave, and the address that sets it.

    The address of a ``chosen`` one takes the filter away.
    """

    label: str
    count: int
    query: str
    chosen: bool


class Facet(msgspec.Struct, frozen=True):
    """The values of one filter; those that few incidents have are in ``more``."""

    name: str
    title: str
    choices: tuple[Choice, ...]
    more: tuple[Choice, ...]


class NarrowingStep(msgspec.Struct, frozen=True):
    """A way to another part of the map."""

    label: str
    query: str


@lru_cache(maxsize=8)
def country_names(knowledge: Knowledge) -> dict[str, str]:
    """Countries by code."""
    return {row["iso3"]: row["name"] for row in knowledge.rows("countries")}


def facets(counted: Counted, state: ListState, knowledge: Knowledge) -> list[Facet]:
    """The filters that have counts; one without values is left out."""
    found = (_facet(name, getattr(counted, name), state, knowledge) for name in TITLES)
    return [facet for facet in found if facet.choices]


def _facet(name: str, values: Sequence[tuple[str, int]], state: ListState, knowledge: Knowledge) -> Facet:
    now = getattr(state, name)
    labels = country_names(knowledge) if name == "country" else {}
    made = [Choice(labels.get(v, v), n, state.query(**{name: "" if v == now else v}), v == now) for v, n in values]
    made.sort(key=lambda c: not c.chosen)
    return Facet(name, TITLES[name], tuple(made[:SHOWN]), tuple(made[SHOWN:MORE]))


def applied(state: ListState, knowledge: Knowledge) -> Iterator[NarrowingStep]:
    """The filters that are on, each with the address without it."""
    for name, words in _NAMES.items():
        value = getattr(state, name)
        if value:
            shown = country_names(knowledge).get(value, value) if name == "country" else value
            yield NarrowingStep(f"{words}: {shown}", state.query(**{name: ""}))
    if state.bbox is not None:
        yield NarrowingStep("part of the map", state.query(bbox=None))
    if state.new >= 0:
        yield NarrowingStep("new since my last visit", state.query(new=-1))


def part(view: MapFrame, state: ListState) -> str:
    """The address that narrows a list to a part of the map."""
    return state.query(bbox=None if view == WORLD else Box.around(view.west, view.south, view.east, view.north))


def steps(view: MapFrame, state: ListState) -> Iterator[NarrowingStep]:
    """Closer, farther, and a step to each side."""
    if view != WORLD:
        x, y = view.wide / 2, view.high / 2
        yield NarrowingStep("Closer", part(zoomed(view, 1), state))
        yield NarrowingStep("Farther", part(zoomed(view, -1), state))
        for label, dx, dy in (("West", -x, 0.0), ("East", x, 0.0), ("North", 0.0, y), ("South", 0.0, -y)):
            yield NarrowingStep(
                label, part(MapFrame(view.west + dx, view.south + dy, view.east + dx, view.north + dy), state)
            )
    else:
        yield NarrowingStep("Closer", part(zoomed(view, 1), state))
    if state.bbox is not None:
        yield NarrowingStep("All places", state.query(bbox=None))
