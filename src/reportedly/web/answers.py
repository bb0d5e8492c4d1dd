"""How a page is answered: made once for each state of the ledger, kept by the browser until that changes.

What is made is kept here as bytes, so that many readers of one page cost what one does. A page with forms is kept with
a mark where the token of the reader's own session goes in.
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from hashlib import blake2b

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from reportedly import __version__
from reportedly.web.render import page, static_version
from reportedly.web.security import SESSION, Guard, cookie, session_of
from reportedly.web.shelf import RoomShelf

KEEP = {"Cache-Control": "private, no-cache", "Vary": "Cookie"}
# Bytes of pages that are kept.
ROOM = 64_000_000
# The cookie that remembers who judges.
NAME = "reportedly_name"


class KeptAnswers:
    """The pages that were asked for last."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._pages: OrderedDict[str, tuple[bytes, str]] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, key: str) -> tuple[bytes, str] | None:
        """A page and its media type."""
        with self._lock:
            found = self._pages.get(key)
            if found is not None:
                self._pages.move_to_end(key)
            return found

    def put(self, key: str, body: bytes, kind: str) -> None:
        """Keep a page; those that nobody asked for longest make room."""
        with self._lock:
            if key not in self._pages:
                self._pages[key] = (body, kind)
                self._size += len(body)
            while self._size > self._room:
                _, (old, _) = self._pages.popitem(last=False)
                self._size -= len(old)


class Desk:
    """What every page is made with: the ledger, the guard and the pages made before."""

    def __init__(self, shelf: RoomShelf, guard: Guard) -> None:
        self.shelf = shelf
        self.guard = guard
        self._kept = KeptAnswers()
        # Unknown to anybody who writes a dispatch, so that no text can ask for a token.
        self._mark = secrets.token_hex(24)

    def key(self, request: Request, *own: str) -> str:
        """What an answer depends on: ledger, program, address, and what is the reader's own."""
        parts = (self.shelf.stamp(), __version__, static_version(), request.url.path, request.url.query, *own)
        return blake2b(chr(0).join(parts).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()

    def page(self, request: Request, template: str, values: dict[str, object], status: int = 200) -> Response:
        """A page; its forms, where it has some, are bound to the reader's session when it is sent."""
        body = page(template, **values, csrf=self._mark, path=request.url.path)
        return HTMLResponse(body, status, headers=KEEP)

    def answer(
        self, request: Request, make: Callable[[], Response], *, forms: bool = False, own: Sequence[str] = ()
    ) -> Response:
        """The answer as it was made before for this ledger, or only its tag where the browser holds it.

        ``own`` is what it depends on besides ledger and address.
        """
        session = cookie(request.headers, SESSION) or ""
        own = (*own, request.cookies.get(NAME, "")) if forms else tuple(own)
        key = self.key(request, *own)
        etag = f'W/"{self.key(request, *own, session)}"' if forms else f'W/"{key}"'
        known = {tag.strip() for tag in request.headers.get("if-none-match", "").split(",")}
        if etag in known and (session or not forms):
            return Response(status_code=304, headers={**KEEP, "ETag": etag})
        found = self._kept.get(key)
        if found is None:
            made = make()
            if made.status_code != 200:
                return made
            found = (bytes(made.body), made.media_type or "text/html")
            self._kept.put(key, *found)
        answer = self._bound(request, *found) if forms else Response(found[0], media_type=found[1], headers=KEEP)
        if session or not forms:
            answer.headers["ETag"] = etag
        return answer

    def _bound(self, request: Request, body: bytes, kind: str) -> Response:
        session = session_of(request)
        token = self.guard.form_token(session)
        answer = Response(body.replace(self._mark.encode(), token.encode()), media_type=kind, headers=KEEP)
        if cookie(request.headers, SESSION) is None:
            answer.set_cookie(SESSION, session, httponly=True, samesite="strict")
        return answer
