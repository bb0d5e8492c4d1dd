"""What keeps the reading room to the people it is meant for.

The application speaks only to hosts it knows by name (a page elsewhere cannot reach it by pointing a name at this
machine), sends a policy under which no script or style in a page can run, takes a judgement only from its own form, and
asks for a token where it is bound to more than this machine.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode

import msgspec
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request, cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
# A judgement is a few fields; an imported file of judgements is larger but no book.
LARGEST_BODY = 5_000_000
LONGEST_QUERY = 8_000
SESSION = "reportedly_session"
KEY = "reportedly_key"

POLICY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Guard(msgspec.Struct, frozen=True):
    """Who may come in: the host names that are answered to, and the token where one is asked for."""

    hosts: tuple[str, ...] = LOOPBACK
    token: str | None = None
    secret: bytes = msgspec.field(default_factory=lambda: secrets.token_bytes(32))

    def knows(self, host: str) -> bool:
        """Whether a Host header names this application."""
        name = host[: host.index("]") + 1] if host.startswith("[") and "]" in host else host.partition(":")[0]
        return name.casefold() in self.hosts

    def form_token(self, session: str) -> str:
        """What a form of this session has to bring back."""
        return hmac.new(self.secret, session.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()

    def admits(self, given: Iterable[str | None]) -> bool:
        """Whether one of the given keys is the token; without a token everybody on this machine is admitted."""
        if self.token is None:
            return True
        return any(same(self.token, key) for key in given if key)


def same(expected: str, given: str) -> bool:
    """Whether two keys are one, whatever characters were sent, in the same time wherever they differ."""
    return hmac.compare_digest(expected.encode(), given.encode("utf-8", "surrogatepass"))


class Door:
    """The middleware: checks host, size and token of each request, and adds the policy to each answer."""

    def __init__(self, app: ASGIApp, guard: Guard) -> None:
        self.app = app
        self.guard = guard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refusal = self._refusal(scope)

        async def send_with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in POLICY.items():
                    headers.setdefault(name, value)
            await send(message)

        if refusal is not None:
            await refusal(scope, receive, send_with_policy)
        else:
            await self.app(scope, receive, send_with_policy)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if not self.guard.knows(headers.get("host", "")):
            return PlainTextResponse("This host name is not one that reportedly answers to.\n", 421)
        if len(scope.get("query_string", b"")) > LONGEST_QUERY:
            return PlainTextResponse("The address is too long.\n", 414)
        if not _length(headers) <= LARGEST_BODY:
            return PlainTextResponse("The request is too large.\n", 413)
        return self._unknown(scope, headers)

    def _unknown(self, scope: Scope, headers: Headers) -> Response | None:
        """Ask for the token; the address that carries it leads to the same address without it."""
        if self.guard.token is None:
            return None
        query = parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
        in_address = next((v for k, v in query if k == "token"), None)
        bearer = headers.get("authorization", "").removeprefix("Bearer ")
        if self.guard.admits([cookie(headers, KEY), bearer]):
            return None
        if scope["method"] == "GET" and self.guard.admits([in_address]):
            rest = urlencode([(k, v) for k, v in query if k != "token"])
            answer = RedirectResponse("/" + scope["path"].lstrip("/") + (f"?{rest}" if rest else ""), 303)
            answer.set_cookie(KEY, str(in_address), httponly=True, samesite="strict")
            return answer
        return PlainTextResponse("Open the address with the token that reportedly serve printed.\n", 401)


def _length(headers: Headers) -> float:
    """The announced length of a body; one that is not announced or no number is too large."""
    if "transfer-encoding" in headers:
        return float("inf")
    given = headers.get("content-length", "0")
    return int(given) if given.isdecimal() else float("inf")


def cookie(headers: Headers, name: str) -> str | None:
    """A cookie of the request."""
    return cookie_parser(headers.get("cookie", "")).get(name)


def session_of(request: Request) -> str:
    """The session of a request, a new one where it brings none."""
    return cookie(request.headers, SESSION) or secrets.token_urlsafe(18)


def from_own_form(request: Request, guard: Guard, given: str | None) -> bool:
    """Whether a request that changes something comes from a form of ours in this browser."""
    session = cookie(request.headers, SESSION)
    if session is None or given is None:
        return False
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin")
    own = origin is None or origin.partition("://")[2] == request.headers.get("host")
    return own and site in ("same-origin", "none") and same(guard.form_token(session), given)
