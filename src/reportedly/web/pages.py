"""The pages: each asks the ledger for what it shows and no more."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote, unquote

import msgspec
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from reportedly.knowledge.load import Knowledge
from reportedly.model import Incident, LedgerClaim
from reportedly.views.charts import SCREEN, Picture, figures_picture, svg, timeline_picture
from reportedly.views.incident import KeptSilence, accounts, headline, silences, story
from reportedly.views.map import NARROW, WORLD, MapFrame, Spot, cells, map_svg, spots_of, view_of
from reportedly.views.matrix import figure_matrix
from reportedly.views.reading import reading, silence_anchor
from reportedly.views.source import profile
from reportedly.views.timeline import timeline
from reportedly.web import state as states
from reportedly.web.answers import NAME, Desk
from reportedly.web.shelf import RoomShelf
from reportedly.web.state import SOURCE_KINDS, STANDINGS, BadValueError, Box, ListState, read_state

# What one page of an incident shows at most; more is a click away.
CLAIMS_SHOWN = 100
SILENCES_FROM = 20
NEAR = 5
# The incidents of a source that are compared with what others say.
MET = 25


class IncidentRow(msgspec.Struct, frozen=True):
    """An incident in a list, as one sentence."""

    incident: Incident
    line: str


class Drawn(msgspec.Struct, frozen=True):
    """A picture as markup."""

    drawing: Markup
    left_out: int


def desk_of(request: Request) -> Desk:
    """What this application makes pages with."""
    desk = request.app.state.desk
    assert isinstance(desk, Desk)
    return desk


def shelf_of(request: Request) -> RoomShelf:
    """The ledger of this application."""
    return desk_of(request).shelf


def state_of(request: Request, allowed: Sequence[str]) -> ListState:
    """The filters of the address; a page that says so for one that means nothing."""
    try:
        return read_state(request.query_params.multi_items(), allowed, shelf_of(request).types())
    except BadValueError as problem:
        raise HTTPException(400, f"In the address, {problem}.") from problem


CHOICES: dict[str, object] = {"standings": STANDINGS, "kinds": SOURCE_KINDS}


def dispatch_link(held: LedgerClaim) -> str:
    """Where the sentence of a claim stands in its dispatch."""
    return f"/dispatches/{quote(held.dispatch, safe='')}#{quote(held.claim.id)}"


def silence_link(kept: KeptSilence) -> str:
    """Where the words that tell of a silence stand."""
    return f"/dispatches/{quote(kept.dispatch, safe='')}#{silence_anchor(kept.start)}"


LINKS: dict[str, object] = {"dispatch_link": dispatch_link, "silence_link": silence_link}


def rows_of(shelf: RoomShelf, incidents: Sequence[Incident]) -> list[IncidentRow]:
    """Incidents as lines: each its sentence, made of numbers where it has some, else of its first claim."""
    firsts = shelf.some_claims([i.claims[0] for i in incidents if not i.figures])
    return [
        IncidentRow(i, headline(i, accounts([firsts[c] for c in i.claims[:1] if c in firsts], {}, shelf.knowledge)))
        for i in incidents
    ]


def incidents(request: Request) -> Response:
    """The list of incidents."""
    desk = desk_of(request)

    def make() -> Response:
        state = state_of(request, states.INCIDENTS)
        found = desk.shelf.incidents(state.filters(), state.limit, state.offset)
        rows = rows_of(desk.shelf, found.records)
        values = {
            "state": state,
            "found": found,
            "rows": rows,
            "map": _list_map(rows, state, desk.shelf.knowledge),
            "types": desk.shelf.types(),
        }
        return desk.page(request, "incidents.html", values | CHOICES)

    return desk.answer(request, make)


def _list_map(rows: Sequence[IncidentRow], state: ListState, knowledge: Knowledge) -> Markup:
    """The places of the incidents of a page, over links that narrow the list to a part of the map."""
    spots = _list_spots(rows)
    view = MapFrame(*state.bbox.edges()) if state.bbox is not None else WORLD
    links = [
        (part, f"/?{state.query(bbox=Box.around(part.west, part.south, part.east, part.north))}")
        for part in cells(view)
    ]
    title = "Map of the incidents on this page"
    return Markup(map_svg(spots, view, SCREEN, title=title, links=links, knowledge=knowledge))  # noqa: S704  escaped


def _list_spots(rows: Sequence[IncidentRow]) -> list[Spot]:
    there: dict[tuple[float | None, float | None], list[IncidentRow]] = {}
    for row in rows:
        if row.incident.place is not None:
            there.setdefault((row.incident.place.lat, row.incident.place.lon), []).append(row)
    return [
        Spot(place, place.name, f"#{found[0].incident.id}", f"{place.name}: {len(found)} on this page", len(found))
        for found in there.values()
        if (place := found[0].incident.place) is not None
    ]


def incident(request: Request) -> Response:
    """One incident."""
    desk = desk_of(request)

    def make() -> Response:
        values = incident_values(desk.shelf, request.path_params["id"])
        near = _near(desk.shelf, values["incident"])
        name = unquote(request.cookies.get(NAME, ""))
        return desk.page(request, "incident.html", values | LINKS | {"still": False, "near": near, "judge_name": name})

    return desk.answer(request, make, forms=True)


def incident_values(shelf: RoomShelf, key: str) -> dict[str, object]:
    """What the page of an incident shows."""
    found = shelf.incident(key)
    if found is None:
        raise HTTPException(404, "The ledger holds no incident of this id. The id changes when an incident grows.")
    claims = shelf.claims({"incident": found.id}, CLAIMS_SHOWN, sort="published")
    spots, nowhere = spots_of(claims.records)
    quiet = shelf.analyses(found.dispatches[:SILENCES_FROM]) if found.silent else []
    return {
        "incident": found,
        "story": story(found, claims.records, shelf.knowledge),
        "claims": claims,
        "silent": silences(found, quiet),
        "matrix": figure_matrix(found),
        "entries": timeline(found, claims.records),
        "figures": _drawn(figures_picture(found, SCREEN)),
        "timeline": _drawn(timeline_picture(found, claims.records, SCREEN, shelf.knowledge)),
        "spots": spots,
        "nowhere": nowhere,
        "map": _map(spots, shelf.knowledge),
    }


def _drawn(picture: Picture | None) -> Drawn | None:
    return Drawn(Markup(svg(picture)), picture.left_out) if picture else None  # noqa: S704  Vega escapes text


def _map(spots: Sequence[Spot], knowledge: Knowledge) -> Markup:
    view = view_of((s.place for s in spots), knowledge)
    drawn = map_svg(spots, view, SCREEN, title="Map of the places named", width=NARROW, knowledge=knowledge)
    return Markup(drawn)  # noqa: S704  made by us, escaped


def _near(shelf: RoomShelf, found: object) -> list[IncidentRow]:
    """Other incidents of the same country and days: what this one may be the same as."""
    assert isinstance(found, Incident)
    if not found.begin or found.place is None or not found.place.country:
        return []
    days = {"since": found.begin[:10], "until": (found.end_date or found.begin)[:10]}
    others = shelf.some_incidents({"country": found.place.country, **days}, NEAR + 1)
    return rows_of(shelf, [i for i in others if i.id != found.id][:NEAR])


def dispatch(request: Request) -> Response:
    """One dispatch, to be read."""
    desk = desk_of(request)

    def make() -> Response:
        found = desk.shelf.dispatch(request.path_params["id"])
        if found is None:
            raise HTTPException(404, "The ledger holds no dispatch of this id.")
        listed, analysis = found
        held = desk.shelf.claims({"dispatch": listed.id}, max(1, len(analysis.claims))).records
        homes = {c.id: None for c in analysis.claims} | {h.claim.id: h.incident for h in held}
        return desk.page(request, "dispatch.html", {"listed": listed, "reading": reading(analysis), "homes": homes})

    return desk.answer(request, make)


def claims(request: Request) -> Response:
    """The list of claims."""
    desk = desk_of(request)

    def make() -> Response:
        state = state_of(request, states.CLAIMS)
        found = desk.shelf.claims(state.filters(), state.limit, state.offset)
        return desk.page(
            request, "claims.html", {"state": state, "found": found, "types": desk.shelf.types()} | CHOICES | LINKS
        )

    return desk.answer(request, make)


def claim(request: Request) -> Response:
    """A claim is shown in its dispatch."""
    found = shelf_of(request).claim(request.path_params["id"])
    if found is None:
        raise HTTPException(404, "The ledger holds no claim of this id.")
    return RedirectResponse(dispatch_link(found), 303)


def dispatches(request: Request) -> Response:
    """The list of dispatches."""
    desk = desk_of(request)

    def make() -> Response:
        state = state_of(request, states.DISPATCHES)
        found = desk.shelf.dispatches(state.filters(), state.limit, state.offset)
        heads = desk.shelf.heads([d.id for d in found.records if not d.title])
        return desk.page(request, "dispatches.html", {"state": state, "found": found, "heads": heads})

    return desk.answer(request, make)


def sources(request: Request) -> Response:
    """The list of voices."""
    desk = desk_of(request)

    def make() -> Response:
        state = state_of(request, states.SOURCES)
        found = desk.shelf.sources(state.filters(), state.limit, state.offset)
        return desk.page(request, "sources.html", {"state": state, "found": found} | CHOICES)

    return desk.answer(request, make)


def source(request: Request) -> Response:
    """One voice."""
    desk = desk_of(request)

    def make() -> Response:
        state = state_of(request, ())
        found = desk.shelf.source(request.path_params["name"])
        if found is None:
            raise HTTPException(404, "Nobody in the ledger speaks under exactly this name.")
        told = desk.shelf.claims({"voice": found.name}, state.limit, state.offset)
        shown = profile(found, told.records, desk.shelf.some_incidents({"voice": found.name}, MET))
        lines = [row.line for row in rows_of(desk.shelf, [m.incident for m in shown.met])]
        values = {"state": state, "profile": shown, "claims": told, "lines": lines}
        name = unquote(request.cookies.get(NAME, ""))
        return desk.page(request, "source.html", values | LINKS | {"judge_name": name})

    return desk.answer(request, make, forms=True)
