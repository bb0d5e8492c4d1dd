"""The pages: each asks the ledger for what it shows and no more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote, unquote

import msgspec
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from reportedly.filters import WrongValueError, read_value
from reportedly.knowledge.load import Knowledge
from reportedly.ledger.judge import Judged, standing_of
from reportedly.model import Incident
from reportedly.views.asked import asked
from reportedly.views.changes import changes
from reportedly.views.charts import SCREEN, Picture, figures_picture, svg, timeline_picture
from reportedly.views.incident import silences, story
from reportedly.views.map import NARROW, Spot, map_svg, spots_of, view_of
from reportedly.views.matrix import figure_matrix
from reportedly.views.reading import reading
from reportedly.views.sheet import zoomed
from reportedly.views.source import profile
from reportedly.web.answers import NAME
from reportedly.web.asking import LINKS, IncidentRow, desk_of, dispatch_link, rows_of, shelf_of, state_of
from reportedly.web.shelf import RoomShelf

# What one page of an incident shows at most; more is a click away.
CLAIMS_SHOWN = 100
CHANGES_SHOWN = 40
SILENCES_FROM = 20
NEAR = 5
# The incidents of a source that are compared with what others say.
MET = 25
# Steps of the map of an incident.
ZOOMS = (("Closer", 1), ("Farther", -1))
MOST_ZOOM = 5


class DrawnPage(msgspec.Struct, frozen=True):
    """A picture as markup."""

    drawing: Markup
    left_out: int


def incident(request: Request) -> Response:
    """One incident."""
    desk = desk_of(request)
    host = request.url.netloc

    def make() -> Response:
        now = desk.shelf.now(request.path_params["id"])
        if now is not None:
            return RedirectResponse(f"/incidents/{quote(now, safe='')}", 301)
        zoom = zoom_of(request)
        since = since_of(request, desk.shelf)
        values = incident_values(desk.shelf, request.path_params["id"], zoom, since.day)
        name = unquote(request.cookies.get(NAME, ""))
        own = {
            "still": False,
            "near": _near(desk.shelf, values["incident"]),
            "judge_name": name,
            "judged": _judged(desk.shelf),
            "base": f"{request.url.scheme}://{host}",
            "since": since.day,
            "since_given": since.given,
            "since_wrong": since.wrong,
            "zooms": [(label, f"zoom={zoom + step}") for label, step in ZOOMS if abs(zoom + step) <= MOST_ZOOM],
        }
        return desk.page(request, "incident.html", values | LINKS | own)

    return desk.answer(request, make, forms=True, own=(host,))


def _judged(shelf: RoomShelf) -> dict[str, list[Judged]]:
    """The judgements that stand, by claim."""
    found: dict[str, list[Judged]] = {}
    for judged in standing_of(shelf.judgements()):
        if judged.kind not in ("source", "incident"):
            found.setdefault(judged.a, []).append(judged)
    return found


def zoom_of(request: Request) -> int:
    """How many steps closer or farther a map is asked for."""
    given = request.query_params.get("zoom", "0")
    if not re.fullmatch(r"(?a:-?\d)", given) or abs(int(given)) > MOST_ZOOM:
        raise HTTPException(400, f"In the address, zoom is no whole number from -{MOST_ZOOM} to {MOST_ZOOM}.")
    return int(given)


class Since(msgspec.Struct, frozen=True):
    """The day since when changes are asked for, as it was given, and what is wrong with it."""

    given: str = ""
    day: str = ""
    wrong: str = ""


def since_of(request: Request, shelf: RoomShelf) -> Since:
    """The day since when changes are asked for."""
    given = request.query_params.get("since", "").strip()
    try:
        return Since(given, str(read_value("since", given, knowledge=shelf.knowledge)) if given else "")
    except WrongValueError as problem:
        return Since(given, "9999", problem.said)


def incident_values(shelf: RoomShelf, key: str, zoom: int = 0, since: str = "") -> dict[str, object]:
    """What the page of an incident shows."""
    found = shelf.incident(key)
    if found is None:
        raise HTTPException(404, "The ledger holds no incident of this id, or not any more.")
    claims = shelf.claims({"incident": found.id}, CLAIMS_SHOWN, sort="published")
    spots, nowhere = spots_of(claims.records)
    quiet = shelf.analyses(found.dispatches[:SILENCES_FROM]) if found.silent else []
    days = sorted(held.published[:10] for held in claims.records if held.published)
    return {
        "incident": found,
        "story": story(found, claims.records, shelf.knowledge),
        "asked": asked(found),
        "claims": claims,
        "silent": silences(found, quiet),
        "matrix": figure_matrix(found),
        "changes": changes(found, claims.records, shelf.knowledge, since),
        "shown_changes": CHANGES_SHOWN,
        "figures": _drawn(figures_picture(found, SCREEN)),
        "timeline": _drawn(timeline_picture(found, claims.records, SCREEN, shelf.knowledge)),
        "told_from": next(iter(days), None),
        "told_to": days[-1] if days else None,
        "spots": spots,
        "nowhere": nowhere,
        "map": _map(spots, zoom, shelf.knowledge),
    }


def _drawn(picture: Picture | None) -> DrawnPage | None:
    return DrawnPage(Markup(svg(picture)), picture.left_out) if picture else None  # noqa: S704  Vega escapes text


def _map(spots: Sequence[Spot], zoom: int, knowledge: Knowledge) -> Markup:
    view = zoomed(view_of((s.place for s in spots), knowledge), zoom)
    drawn = map_svg(spots, view, SCREEN, title="Map of the places named", width=NARROW, knowledge=knowledge)
    return Markup(drawn)  # noqa: S704  made by us, escaped


def _near(shelf: RoomShelf, found: object) -> list[IncidentRow]:
    """Other incidents of the same country and days: what this one may be the same as."""
    assert isinstance(found, Incident)
    if not found.begin or found.place is None or not found.place.country:
        return []
    days = {"since": found.begin[:10], "until": (found.end_date or found.begin)[:10]}
    others = shelf.some_incidents({"country": found.place.country, **days}, NEAR + 1)
    return rows_of([i for i in others if i.id != found.id][:NEAR])


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


def claim(request: Request) -> Response:
    """A claim is shown in its dispatch."""
    found = shelf_of(request).claim(request.path_params["id"])
    if found is None:
        raise HTTPException(404, "The ledger holds no claim of this id.")
    return RedirectResponse(dispatch_link(found), 303)


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
        lines = [row.line for row in rows_of([m.incident for m in shown.met])]
        values = {"state": state, "profile": shown, "claims": told, "lines": lines}
        name = unquote(request.cookies.get(NAME, ""))
        return desk.page(request, "source.html", values | LINKS | {"judge_name": name})

    return desk.answer(request, make, forms=True)
