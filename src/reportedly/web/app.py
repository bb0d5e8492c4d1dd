"""The application: its addresses and what answers to them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path

from starlette.applications import Starlette
from starlette.convertors import register_url_convertor
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reportedly.web import api, export, feed, judging, lists, pages, queue, samples, still
from reportedly.web.addresses import Anything
from reportedly.web.answers import Desk
from reportedly.web.asking import desk_of
from reportedly.web.security import Door, Guard
from reportedly.web.shelf import LedgerError, RoomShelf

register_url_convertor("anything", Anything())

_KINDS = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


def build_app(ledger: Path, guard: Guard | None = None) -> Starlette:
    """The reading room of one ledger."""
    guard = guard or Guard()
    desk = Desk(RoomShelf(ledger), guard)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        desk.shelf.close()

    app = Starlette(
        lifespan=lifespan,
        routes=_routes(),
        middleware=[Middleware(Door, guard=guard), Middleware(GZipMiddleware, minimum_size=1000)],
        exception_handlers={HTTPException: refused, LedgerError: unreadable, Exception: failed},
    )
    app.state.desk = desk
    return app


def _routes() -> list[Route]:
    return [
        Route("/", lists.incidents, name="incidents"),
        Route("/incidents/{id}", pages.incident),
        Route("/dispatches", lists.dispatches),
        Route("/dispatches/{id:anything}", pages.dispatch),
        Route("/claims", lists.claims),
        Route("/claims/{id}", pages.claim),
        Route("/sources", lists.sources),
        Route("/sources/{name:anything}", pages.source),
        Route("/judge", queue.queue),
        Route("/judge/next", queue.onward),
        Route("/judge/{id}", queue.one),
        Route("/samples", samples.samples),
        Route("/samples/{name}", samples.sample),
        Route("/samples/{name}/next", samples.onward),
        Route("/samples/{name}/{claim}", samples.claim, methods=["GET", "POST"]),
        Route("/judgements", judging.judgements_or_judge, methods=["GET", "POST"]),
        Route("/judgements/export.{kind:str}", judging.take_along),
        Route("/incidents/{id}/page.html", still.download),
        Route("/export/{list}.{kind}", export.export),
        Route("/changes.atom", feed.feed),
        *api.routes(),
        Route("/static/{version}/{name}", static),
    ]


def static(request: Request) -> Response:
    """A style sheet, script or picture; its address changes with its content."""
    name = request.path_params["name"]
    item = files("reportedly.web").joinpath("static", name)
    if Path(name).suffix not in _KINDS or not item.is_file():
        raise HTTPException(404, "There is no such file.")
    keep = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(item.read_bytes(), media_type=_KINDS[Path(name).suffix], headers=keep)


def refused(request: Request, problem: Exception) -> Response:
    """A request that cannot be answered, in words."""
    assert isinstance(problem, HTTPException)
    answer = _told(request, problem.status_code, problem.detail)
    answer.headers.update(problem.headers or {})
    return answer


def unreadable(request: Request, problem: Exception) -> Response:
    """A ledger that cannot be read now."""
    assert isinstance(problem, LedgerError)
    return _told(request, 503, f"{problem.message} {problem.remedy}")


def failed(request: Request, problem: Exception) -> Response:  # noqa: ARG001  the handler's signature
    """Something that should not happen; what it was goes to the log of the program."""
    return _told(request, 500, "Something went wrong here; the terminal that runs reportedly serve says what.")


def _told(request: Request, status: int, words: str) -> Response:
    if request.url.path.startswith("/api/"):
        return api.told(status, words)
    desk = desk_of(request)
    return desk.page(request, "problem.html", {"status": status, "words": words}, status)
