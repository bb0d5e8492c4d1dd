"""How a page is answered: kept by the browser until the ledger changes, never by anybody between."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from reportedly import __version__
from reportedly.web.render import page, static_version
from reportedly.web.security import SESSION, Guard, cookie, session_of
from reportedly.web.shelf import Shelf

KEEP = {"Cache-Control": "private, no-cache", "Vary": "Cookie"}


class Desk:
    """What every page is made with: the ledger, the guard and the title of the room."""

    def __init__(self, shelf: Shelf, guard: Guard) -> None:
        self.shelf = shelf
        self.guard = guard

    def etag(self, request: Request, *, session: str = "") -> str:
        """The tag of an answer: it changes with the ledger, the program, the address and what a form must bring."""
        parts = (self.shelf.stamp(), __version__, static_version(), request.url.path, request.url.query, session)
        return f'W/"{blake2b(chr(0).join(parts).encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()}"'

    def form(self, request: Request, template: str, values: dict[str, object], status: int = 200) -> Response:
        """A page with forms that change something: bound to the session of this browser."""
        session = session_of(request)
        body = page(template, **values, csrf=self.guard.form_token(session), path=request.url.path)
        answer = HTMLResponse(body, status, headers=KEEP)
        if cookie(request.headers, SESSION) is None:
            answer.set_cookie(SESSION, session, httponly=True, samesite="strict")
        return answer

    def plain(self, request: Request, template: str, values: dict[str, object], status: int = 200) -> Response:
        """A page that only shows."""
        return HTMLResponse(page(template, **values, path=request.url.path), status, headers=KEEP)

    def unless_known(self, request: Request, make: Callable[[], Response], *, bound: bool = False) -> Response:
        """The answer, or only its tag where the browser holds it already; ``bound`` for a page with forms."""
        session = cookie(request.headers, SESSION) or "" if bound else ""
        etag = self.etag(request, session=session)
        known = {tag.strip() for tag in request.headers.get("if-none-match", "").split(",")}
        if etag in known and (session or not bound):
            return Response(status_code=304, headers={**KEEP, "ETag": etag})
        answer = make()
        if answer.status_code == 200 and (session or not bound):
            answer.headers["ETag"] = etag
        return answer
