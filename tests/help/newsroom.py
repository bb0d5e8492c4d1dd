"""A web server on this machine that behaves as feeds do on bad days, and a clock that a test turns."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

import msgspec

Headers = dict[str, str]


class Reply(msgspec.Struct, frozen=True):
    """What an address answers; ``drip`` sends a byte at a time with so many seconds between, ``hang`` says nothing."""

    body: bytes = b""
    status: int = 200
    headers: Headers = {}
    drip: float = 0.0
    hang: float = 0.0


Route = Callable[[Headers], Reply]


class Newsroom:
    """A server with pages by path; ``asked`` counts the requests by path."""

    def __init__(self) -> None:
        self.pages: dict[str, Reply | Route] = {}
        self.asked: Counter[str] = Counter()
        self.agents: set[str] = set()
        room = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                room.answer(self)

            def log_message(self, *given: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    @property
    def port(self) -> int:
        return self._server.server_address[1]

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        self.asked[request.path] += 1
        self.agents.add(request.headers.get("User-Agent", ""))
        page = self.pages.get(request.path, Reply(status=404))
        reply = page if isinstance(page, Reply) else page(dict(request.headers))
        try:
            self._send(request, reply)
        except OSError:
            return

    def _send(self, request: BaseHTTPRequestHandler, reply: Reply) -> None:
        if reply.hang:
            time.sleep(reply.hang)
            return
        request.send_response(reply.status)
        for name, value in reply.headers.items():
            request.send_header(name, value)
        if reply.status not in (204, 304):
            request.send_header("Content-Length", str(len(reply.body)))
        request.end_headers()
        if not reply.drip:
            request.wfile.write(reply.body)
            return
        for n in range(len(reply.body)):
            request.wfile.write(reply.body[n : n + 1])
            request.wfile.flush()
            time.sleep(reply.drip)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()


class TurnedClock:
    """A clock that stands still but for the waits, which take no time."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
        self.waited = 0.0

    def now(self) -> datetime:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.waited += seconds
        self.time += timedelta(seconds=seconds)


def rss(
    items: Sequence[tuple[str, str, str]], link: Callable[[str], str] | None = None, title: str = "Sample Wire"
) -> bytes:
    """A feed of items (id, title, text); with ``link`` each has a page."""
    entries = "".join(
        f"<item><guid isPermaLink='false'>{key}</guid><title>{name}</title><description>{text}</description>"
        f"<pubDate>Mon, 02 Mar 2026 05:00:00 GMT</pubDate>{f'<link>{link(key)}</link>' if link else ''}</item>"
        for key, name, text in items
    )
    head = f"<title>{title}</title><language>en</language>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{entries}</channel></rss>'.encode()


def page(title: str, paragraphs: Sequence[str]) -> bytes:
    """A page of news with a story."""
    story = "".join(f"<p>{p}</p>" for p in paragraphs)
    return (
        f"<!doctype html><html lang='en'><head><title>{title}</title></head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>{title}</h1>{story}</article></body></html>"
    ).encode()
