"""The lists: incidents with all that narrows them, claims, dispatches, sources."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from reportedly.model import Place
from reportedly.views.charts import SCREEN
from reportedly.views.histogram import Bar, histogram, histogram_svg
from reportedly.views.map import Cluster, Spot, clusters, map_svg, view_around
from reportedly.views.sheet import MapFrame, shaped
from reportedly.web import state as states
from reportedly.web import visits
from reportedly.web.asking import LINKS, NOTHING, asked_of, desk_of, listed, rows_of
from reportedly.web.narrow import NarrowingStep, facets, part, steps
from reportedly.web.shelf import RoomShelf
from reportedly.web.state import ListState

# How wide the map beside a list is.
LIST_MAP = 420
# How the orders of a list are called.
SORT_NAMES = {
    "day": "day", "new": "what is new", "voices": "number of voices", "toll": "killed", "contested": "how contested",
}  # fmt: skip


def incidents(request: Request) -> Response:
    """The list of incidents."""
    desk = desk_of(request)
    mark = visits.last_visit(request)

    def make() -> Response:
        asked = asked_of(request, states.INCIDENTS)
        state = asked.state
        if asked.wrong:
            return listed(desk, request, "incidents.html", asked, NOTHING)
        found = desk.shelf.incidents(state.filters(), state.limit, state.offset, state.order)
        values = {
            "found": found,
            "rows": rows_of(found.records),
            "sorts": SORT_NAMES,
            "new": _news(desk.shelf, state, mark),
        }
        return listed(desk, request, "incidents.html", asked, values | _narrowing(desk.shelf, state))

    return visits.note(request, desk.answer(request, make, own=(str(mark),)), desk.shelf.latest())


def _news(shelf: RoomShelf, state: ListState, mark: int | None) -> NarrowingStep | None:
    """How much is new under these filters since the last visit."""
    if mark is None:
        return None
    query = state.query(new=mark)
    return NarrowingStep(f"{shelf.count('incidents', state.filters() | {'new': mark}):,}", query)


def _narrowing(shelf: RoomShelf, state: ListState) -> dict[str, object]:
    """Counts, bars and map of all that passes the filters."""
    counted = shelf.counted(state.filters())
    bars = histogram(counted.days, state.since, state.until)
    return {
        "facets": facets(counted, state, shelf.knowledge),
        "contested": dict(counted.standing).get("contested", 0),
        "bars": bars,
        "bars_drawn": Markup(histogram_svg(bars, _bar_link(state), SCREEN)) if bars else None,  # noqa: S704  escaped
        **_list_map(shelf, state),
    }


def _bar_link(state: ListState) -> Callable[[Bar], str]:
    return lambda bar: f"/?{state.query(since=bar.since, until=bar.until)}"


def _list_map(shelf: RoomShelf, state: ListState) -> dict[str, object]:
    """The places of all incidents that pass the filters, over links that narrow the list to those of a mark."""
    points = shelf.points(state.filters())
    view = shaped(MapFrame(*state.bbox.edges())) if state.bbox else view_around((p.lat, p.lon) for p in points)
    given = ((p.lat, p.lon, p.incidents, n) for n, p in enumerate(points))
    made = clusters(given, view, LIST_MAP)
    there = shelf.at_points([points[c.heaviest] for c in made])
    spots = [_spot(c, i.place, state) for c, i in zip(made, there, strict=True) if i.place is not None]
    title = "Map of the incidents"
    drawn = map_svg(spots, view, SCREEN, title=title, width=LIST_MAP, knowledge=shelf.knowledge)
    return {"map": Markup(drawn), "steps": list(steps(view, state)), "placed": sum(p.incidents for p in points)}  # noqa: S704


def _spot(cluster: Cluster, place: Place, state: ListState) -> Spot:
    box = cluster.box
    margin = max(0.02, box.wide * 0.05, box.high * 0.05)
    around = MapFrame(box.west - margin, box.south - margin, box.east + margin, box.north + margin)
    beside = f" and {cluster.points - 1} more place{'s' * (cluster.points > 2)}" if cluster.points > 1 else ""
    words = f"{place.name}{beside}: {cluster.weight:,} incident{'s' * (cluster.weight > 1)}"
    at = msgspec.structs.replace(place, lat=cluster.lat, lon=cluster.lon)
    return Spot(at, place.name, f"/?{part(around, state)}", words, cluster.weight, many=cluster.weight > 1)


def claims(request: Request) -> Response:
    """The list of claims."""
    desk = desk_of(request)

    def make() -> Response:
        asked = asked_of(request, states.CLAIMS)
        state = asked.state
        if asked.wrong:
            return listed(desk, request, "claims.html", asked, NOTHING)
        found = desk.shelf.claims(state.filters(), state.limit, state.offset)
        return listed(desk, request, "claims.html", asked, {"found": found} | LINKS)

    return desk.answer(request, make)


def dispatches(request: Request) -> Response:
    """The list of dispatches."""
    desk = desk_of(request)

    def make() -> Response:
        asked = asked_of(request, states.DISPATCHES)
        state = asked.state
        if asked.wrong:
            return listed(desk, request, "dispatches.html", asked, NOTHING)
        found = desk.shelf.dispatches(state.filters(), state.limit, state.offset)
        heads = desk.shelf.heads([d.id for d in found.records])
        return listed(desk, request, "dispatches.html", asked, {"found": found, "heads": heads})

    return desk.answer(request, make)


def sources(request: Request) -> Response:
    """The list of voices."""
    desk = desk_of(request)

    def make() -> Response:
        asked = asked_of(request, states.SOURCES)
        state = asked.state
        if asked.wrong:
            return listed(desk, request, "sources.html", asked, NOTHING)
        found = desk.shelf.sources(state.filters(), state.limit, state.offset)
        return listed(desk, request, "sources.html", asked, {"found": found})

    return desk.answer(request, make)
