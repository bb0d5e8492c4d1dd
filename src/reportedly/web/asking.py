"""What every page begins with: the desk, the filters of the address, links into dispatches, incidents as lines."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from reportedly.model import Incident, LedgerClaim
from reportedly.views.incident import KeptSilence
from reportedly.views.reading import silence_anchor
from reportedly.web.answers import Desk
from reportedly.web.narrow import applied, country_names
from reportedly.web.shelf import RoomShelf, ShelfPage
from reportedly.web.state import SOURCE_KINDS, STANDINGS, Asked, BadValueError, ListState, read_asked


class IncidentRow(msgspec.Struct, frozen=True):
    """An incident in a list, as one sentence."""

    incident: Incident
    line: str


def desk_of(request: Request) -> Desk:
    """What this application makes pages with."""
    desk = request.app.state.desk
    assert isinstance(desk, Desk)
    return desk


def shelf_of(request: Request) -> RoomShelf:
    """The ledger of this application."""
    return desk_of(request).shelf


def asked_of(request: Request, allowed: Sequence[str]) -> Asked:
    """The list that the address asks for; a page that says so for an address that no form of ours makes."""
    shelf = shelf_of(request)
    try:
        return read_asked(request.query_params.multi_items(), allowed, shelf.types(), shelf.knowledge)
    except BadValueError as problem:
        raise HTTPException(400, f"In the address, {problem}.") from problem


def listed(desk: Desk, request: Request, template: str, asked: Asked, values: dict[str, object]) -> Response:
    """A list with its form; where a filter means nothing that is said beside its field, and nothing is shown."""
    shelf, state = desk.shelf, asked.state
    form = {
        "asked": asked,
        "state": state,
        "bare": not asked.wrong and not state.filtered() and not shelf.latest(),
        "ledger": shelf.path.name,
        "types": shelf.types(),
        "applied": list(applied(state, shelf.knowledge)),
        "country_names": country_names(shelf.knowledge),
    }
    return desk.page(request, template, form | CHOICES | values, 400 if asked.wrong else 200)


def state_of(request: Request, allowed: Sequence[str]) -> ListState:
    """The filters of the address; a page that says so for one that means nothing."""
    asked = asked_of(request, allowed)
    for name, wrong in asked.wrong.items():
        raise HTTPException(400, f"In the address, {name} means nothing: {wrong.said}")
    return asked.state


# What a list shows that cannot be asked for.
NOTHING: dict[str, object] = {"found": ShelfPage((), 0, 0, 1), "rows": (), "heads": {}}
CHOICES: dict[str, object] = {"standings": STANDINGS, "kinds": SOURCE_KINDS}


def dispatch_link(held: LedgerClaim) -> str:
    """Where the sentence of a claim stands in its dispatch."""
    return f"/dispatches/{quote(held.dispatch, safe='')}#{quote(held.claim.id)}"


def silence_link(kept: KeptSilence) -> str:
    """Where the words that tell of a silence stand."""
    return f"/dispatches/{quote(kept.dispatch, safe='')}#{silence_anchor(kept.start)}"


LINKS: dict[str, object] = {"dispatch_link": dispatch_link, "silence_link": silence_link}


def rows_of(incidents: Sequence[Incident]) -> list[IncidentRow]:
    """Incidents as lines."""
    return [IncidentRow(i, i.headline) for i in incidents]
