"""One incident as one file: the same page with its style inside, without scripts and without links to a server."""

from __future__ import annotations

from contextlib import closing
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from reportedly.errors import LedgerError
from reportedly.model import LedgerClaim
from reportedly.views.incident import KeptSilence
from reportedly.web.asking import shelf_of
from reportedly.web.pages import incident_values
from reportedly.web.render import page
from reportedly.web.shelf import RoomShelf


def still_page(ledger: Path, incident: str) -> str:
    """The page of an incident as a file to be mailed or kept."""
    with closing(RoomShelf(ledger)) as shelf:
        return still(shelf, incident)


def still(shelf: RoomShelf, incident: str) -> str:
    """The same from an open ledger; raises LedgerError where it holds no incident of this id."""
    try:
        values = incident_values(shelf, incident)
    except HTTPException as problem:
        raise LedgerError("E608", problem.detail, "List incidents for their ids.") from problem
    found = values["incident"]
    dispatches = shelf.listed(getattr(found, "dispatches", ()))
    style = files("reportedly.web").joinpath("static", "room.css").read_text("utf-8")
    return page(
        "still.html",
        **values,
        still=True,
        since="",
        since_wrong="",
        style=Markup(style),  # noqa: S704  our own style sheet
        dispatches=dispatches,
        dispatch_link=_dispatch_link,
        silence_link=_silence_link,
        path="",
    )


def download(request: Request) -> Response:
    """The page of an incident as a file."""
    try:
        body = still(shelf_of(request), request.path_params["id"])
    except LedgerError as problem:
        raise HTTPException(404, problem.message) from problem
    headers = {"Content-Disposition": 'attachment; filename="incident.html"', "Cache-Control": "no-store"}
    return HTMLResponse(body, headers=headers)


def _dispatch_link(held: LedgerClaim) -> str:
    return f"#d-{quote(held.dispatch)}"


def _silence_link(kept: KeptSilence) -> str:
    return f"#d-{quote(kept.dispatch)}"
