"""Asking hosts for something, politely: one request at a time, robots.txt minded, waits between two, all bounded."""

from __future__ import annotations

import email.utils
import socket
import threading
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from importlib.metadata import version
from types import TracebackType
from typing import Any, Final, Protocol, Self
from urllib.robotparser import RobotFileParser

import httpx

from reportedly.model.record import Record
from reportedly.watch.guard import GuardedTransport, RefusedRequestError, may_ask
from reportedly.watch.plan import Manners

REDIRECTS: Final = 5
# The longest that a host is left alone for asking us to wait.
LONGEST_WAIT: Final = 86_400.0
# Seconds that a robots.txt holds.
ROBOTS_HOLD: Final = 86_400.0
ROBOTS_BYTES: Final = 500_000
# Hosts whose waits and rules are remembered.
HOSTS: Final = 1_000
MOVED: Final = frozenset({301, 302, 303, 307, 308})
BUSY: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
_PIECE: Final = 65_536


class Clock(Protocol):
    """What tells the time and waits; a test brings its own."""

    def now(self) -> datetime:
        """The time in UTC."""

    def sleep(self, seconds: float) -> None:
        """Wait, or until it is time to stop."""


class FeedAnswer(Record, frozen=True):
    """What a host said: its status, its bytes, its marks for the next conditional request.

    ``status`` is 0 where there was no answer; ``problem`` says why there is nothing to be read, ``again`` after how
    many seconds the host wants to be asked again, ``passing`` whether it may be otherwise then.
    """

    url: str
    status: int
    body: bytes = b""
    etag: str | None = None
    modified: str | None = None
    charset: str | None = None
    problem: str | None = None
    passing: bool = False
    again: float | None = None

    @property
    def unchanged(self) -> bool:
        """Whether nothing is new since the marks that were sent."""
        return self.status == httpx.codes.NOT_MODIFIED


class _Known(Record, frozen=True):
    """What is remembered of a host: when it may be asked next, its rules and how long they hold."""

    next: float = 0.0
    rules: RobotFileParser | None = None
    until: float = 0.0


class Asker:
    """Asks hosts, one request at a time; a context manager that lets its connections go."""

    def __init__(self, manners: Manners, clock: Clock) -> None:
        self._manners = manners
        self._clock = clock
        self._hosts: OrderedDict[str, _Known] = OrderedDict()
        contact = f" (+{manners.contact})" if manners.contact else ""
        self.agent = f"reportedly/{version('reportedly')}{contact}"
        self._client = httpx.Client(
            transport=GuardedTransport(private=manners.private),
            headers={"User-Agent": self.agent, "Accept-Encoding": "gzip, deflate"},
            timeout=httpx.Timeout(manners.timeout),
            trust_env=False,
        )

    def close(self) -> None:
        """Let all connections go."""
        self._client.close()

    def ask(self, url: str, hosts: frozenset[str], marks: Mapping[str, str] | None = None) -> FeedAnswer:
        """What an address says, over at most ``REDIRECTS`` redirects, all within ``hosts``; never raises for a host."""
        at = httpx.URL(url)
        for _ in range(REDIRECTS + 1):
            refusal = self._refusal(at, hosts)
            if refusal is not None:
                return refusal
            answer, on = self._once(at, marks or {})
            if on is None:
                return answer
            try:
                at = at.join(on)
            except (httpx.InvalidURL, ValueError):
                return FeedAnswer(url, answer.status, problem=f"leads on to {on[:80]!r}, which is no address")
        return FeedAnswer(url, 0, problem=f"leads on more than {REDIRECTS} times")

    def _refusal(self, at: httpx.URL, hosts: frozenset[str]) -> FeedAnswer | None:
        """Why an address is not asked; None where it may be."""
        if not may_ask(at, hosts):
            return FeedAnswer(str(at), 0, problem=f"{at.host or at} is no host that the file names")
        if not self._manners.robots:
            return None
        rules = self._rules(at)
        if isinstance(rules, FeedAnswer):
            return rules
        allowed = rules is None or rules.can_fetch(self.agent.partition("/")[0], str(at))
        return None if allowed else FeedAnswer(str(at), 0, problem="robots.txt does not want it to be read")

    def _rules(self, at: httpx.URL) -> RobotFileParser | FeedAnswer | None:
        """The rules of a host (RFC 9309): none where it has none, nothing may be read where they cannot be had."""
        key, now = _key(at), self._now()
        known = self._hosts.get(key, _Known())
        if known.until > now:
            return known.rules if known.rules is not None else None
        answer, on = self._once(at.copy_with(path="/robots.txt", query=None, fragment=None), {}, most=ROBOTS_BYTES)
        if answer.passing:
            return FeedAnswer(str(at), 0, problem=f"its robots.txt cannot be had: {answer.problem}", passing=True)
        rules = None
        if answer.body and on is None:
            rules = RobotFileParser()
            rules.parse(answer.body.decode("utf-8", "replace").splitlines())
        known = self._hosts.get(key, _Known())
        self._remember(key, _Known(known.next, rules, self._now() + ROBOTS_HOLD))
        return rules

    def _once(self, at: httpx.URL, marks: Mapping[str, str], most: int | None = None) -> tuple[FeedAnswer, str | None]:
        """One request: the answer, and where it leads on."""
        self._wait(at)
        try:
            return self._answer(at, marks, most or self._manners.max_bytes)
        except RefusedRequestError as problem:
            return FeedAnswer(str(at), 0, problem=str(problem)), None
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as problem:
            told = str(problem) or type(problem).__name__
            return FeedAnswer(str(at), 0, problem=f"no answer: {told}", passing=True), None
        finally:
            self._asked(at)

    def _answer(self, at: httpx.URL, marks: Mapping[str, str], most: int) -> tuple[FeedAnswer, str | None]:
        with (
            _Deadline(self._manners.patience) as deadline,
            self._client.stream("GET", at, headers=dict(marks), extensions={"trace": deadline.trace}) as response,
        ):
            status, headers = response.status_code, response.headers
            if status in MOVED and "location" in headers:
                return FeedAnswer(str(at), status), headers["location"]
            if status == httpx.codes.NOT_MODIFIED:
                return FeedAnswer(str(at), status), None
            if status != httpx.codes.OK:
                return self._refused(at, status, headers.get("retry-after")), None
            body = _body(response, most)
            if body is None:
                return FeedAnswer(str(at), status, problem=f"over {most:,} bytes (manners.max_bytes)"), None
            told = headers.get("etag"), headers.get("last-modified"), response.charset_encoding
            return FeedAnswer(str(at), status, body, *told), None

    def _refused(self, at: httpx.URL, status: int, after: str | None) -> FeedAnswer:
        passing = status in BUSY
        again = _seconds(after, self._clock.now()) if passing else None
        if again is not None:
            known = self._hosts.get(_key(at), _Known())
            self._remember(_key(at), _Known(self._now() + again, known.rules, known.until))
        return FeedAnswer(str(at), status, problem=f"answers {status}", passing=passing, again=again)

    def _wait(self, at: httpx.URL) -> None:
        """Leave a host alone for as long as it or its robots.txt wants, and no less than our own delay."""
        known = self._hosts.get(_key(at), _Known())
        if (left := min(known.next - self._now(), LONGEST_WAIT)) > 0:
            self._clock.sleep(left)

    def waits(self, url: str) -> float:
        """For how many seconds a host wants to be left alone."""
        return max(0.0, self._hosts.get(_key(httpx.URL(url)), _Known()).next - self._now())

    def _asked(self, at: httpx.URL) -> None:
        key = _key(at)
        known = self._hosts.get(key, _Known())
        wanted = known.rules.crawl_delay(self.agent.partition("/")[0]) if known.rules else None
        delay = max(self._manners.delay, float(wanted or 0.0))
        self._remember(key, _Known(max(known.next, self._now() + delay), known.rules, known.until))

    def _remember(self, key: str, known: _Known) -> None:
        self._hosts[key] = known
        self._hosts.move_to_end(key)
        while len(self._hosts) > HOSTS:
            self._hosts.popitem(last=False)

    def _now(self) -> float:
        return self._clock.now().timestamp()


def _key(at: httpx.URL) -> str:
    return f"{at.scheme}://{at.host}:{at.port}"


class _Deadline:
    """Ends an exchange that takes too long in all, though each piece of it may come in time: its connection is shut."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True
        self._stream: Any = None
        self._ended = False

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        if self._ended:
            raise httpx.ReadTimeout(f"took over {self._seconds:g} s (manners.patience)") from problem

    def trace(self, event: str, told: Mapping[str, Any]) -> None:
        """Take note of the connection as the client makes it."""
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self._stream = told["return_value"]

    def _end(self) -> None:
        self._ended = True
        if self._stream is not None:
            with suppress(OSError):
                self._stream.get_extra_info("socket").shutdown(socket.SHUT_RDWR)


def _body(response: httpx.Response, most: int) -> bytes | None:
    """The bytes of an answer; None where they are too many."""
    pieces, size = [], 0
    for piece in response.iter_bytes(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > most:
            return None
    return b"".join(pieces)


def _seconds(after: str | None, now: datetime) -> float | None:
    """The seconds of a Retry-After, which is a number or a date."""
    if after is None:
        return None
    if after.strip().isdecimal():
        return min(float(after), LONGEST_WAIT)
    try:
        when = email.utils.parsedate_to_datetime(after)
    except ValueError:
        return None
    aware = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, min((aware - now).total_seconds(), LONGEST_WAIT))
