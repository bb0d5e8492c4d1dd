"""The pages: each asks the ledger for what it shows and no more."""

from __future__ import annotations

from urllib.parse import quote

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from reportedly.model import Incident, IncidentSource
from reportedly.views.incident import story
from reportedly.views.matrix import figure_matrix
from reportedly.views.reading import reading
from reportedly.views.timeline import timeline
from reportedly.web.answers import Desk
from reportedly.web.shelf import Shelf
from reportedly.web.state import SOURCE_KINDS, STANDINGS, TYPES, BadValueError, State, read_state

# What one page of an incident shows at most; more is a click away.
CLAIMS_SHOWN = 200


class Row(msgspec.Struct, frozen=True):
    """An incident in a list."""

    incident: Incident
    speakers: tuple[IncidentSource, ...]


def desk_of(request: Request) -> Desk:
    """What this application makes pages with."""
    desk = request.app.state.desk
    assert isinstance(desk, Desk)
    return desk


def shelf_of(request: Request) -> Shelf:
    """The ledger of this application."""
    return desk_of(request).shelf


def state_of(request: Request, *allowed: str) -> State:
    """The filters of the address; a page that says so for one that means nothing."""
    try:
        return read_state(request.query_params.multi_items(), allowed or None)
    except BadValueError as problem:
        raise HTTPException(400, str(problem)) from problem


def choices() -> dict[str, object]:
    """What the select fields of the filters offer."""
    return {"types": TYPES, "standings": STANDINGS, "kinds": SOURCE_KINDS}


def incidents(request: Request) -> Response:
    """The list of incidents."""
    desk = desk_of(request)

    def make() -> Response:
        state = state_of(request)
        found = desk.shelf.incidents(state.filters(), state.limit, state.offset)
        return desk.plain(request, "incidents.html", {"state": state, "found": found} | choices())

    return desk.unless_known(request, make)


def incident(request: Request) -> Response:
    """One incident."""
    desk = desk_of(request)

    def make() -> Response:
        found = desk.shelf.incident(request.path_params["id"])
        if found is None:
            raise HTTPException(404, "The ledger holds no incident of this id. Ids change when an incident grows.")
        claims = desk.shelf.claims({"incident": found.id}, CLAIMS_SHOWN)
        values = {
            "story": story(found, claims.records),
            "claims": claims,
            "matrix": figure_matrix(found),
            "timeline": timeline(found, claims.records),
        }
        return desk.form(request, "incident.html", values)

    return desk.unless_known(request, make, bound=True)


def dispatch(request: Request) -> Response:
    """One dispatch, to be read."""
    desk = desk_of(request)

    def make() -> Response:
        found = desk.shelf.dispatch(request.path_params["id"])
        if found is None:
            raise HTTPException(404, "The ledger holds no dispatch of this id.")
        listed, analysis = found
        homes = {
            c.claim.id: c.incident for c in desk.shelf.claims({"dispatch": listed.id}, len(analysis.claims)).records
        }
        return desk.plain(request, "dispatch.html", {"listed": listed, "reading": reading(analysis), "homes": homes})

    return desk.unless_known(request, make)


def claim(request: Request) -> Response:
    """A claim is shown in its dispatch."""
    found = shelf_of(request).claim(request.path_params["id"])
    if found is None:
        raise HTTPException(404, "The ledger holds no claim of this id.")
    return RedirectResponse(f"/dispatches/{quote(found.dispatch, safe='')}#{found.claim.id}", 303)
