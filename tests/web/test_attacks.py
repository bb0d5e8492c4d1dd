"""What somebody sends who wants to get in, to break a page or to keep others out."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
import uvicorn
from starlette.testclient import TestClient

import reportedly
from reportedly.web import patience
from reportedly.web.app import build_app
from reportedly.web.security import Guard
from reportedly.web.serve import config_of

ODD = ["a\nb", "a\n", "\n", "x/../y", "über/дом", "a?b#c", "100%", "a b"]


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A room whose dispatches go by odd ids."""
    path = tmp_path_factory.mktemp("odd") / "odd.duckdb"
    with reportedly.open_ledger(path) as ledger:
        ledger.add([reportedly.read("Police said two people died in Osh on Monday.", id=key) for key in ODD])
    with TestClient(build_app(path), base_url="http://localhost", follow_redirects=False) as client:
        yield client


@pytest.mark.parametrize("key", ODD)
def test_every_id_has_its_page(odd: TestClient, key: str) -> None:
    for address in ("/dispatches/", "/api/dispatches/"):
        assert odd.get(address + quote(key, safe="")).status_code == 200, key


@pytest.mark.parametrize("key", ["é", "\ud83d", "Ω" * 300, ""])
def test_a_key_of_any_characters_is_no_key(odd: TestClient, key: str) -> None:
    odd.cookies.set("reportedly_session", "s")
    body = f"csrf={quote(key, errors='surrogatepass')}&judgement=right+c-1&by=ann"
    sent = odd.post("/judgements", content=body, headers={"content-type": "application/x-www-form-urlencoded"})
    assert sent.status_code == 403
    assert not Guard(token="t").admits([key, "é"])


@pytest.mark.parametrize(
    ("method", "address", "allowed"),
    [
        ("DELETE", "/", {"GET", "HEAD"}),
        ("PUT", "/judgements", {"GET", "HEAD", "POST"}),
        ("POST", "/api/incidents", {"GET", "HEAD"}),
        ("PATCH", "/dispatches/x", {"GET", "HEAD"}),
    ],
)
def test_a_wrong_method_is_told_the_right_ones(odd: TestClient, method: str, address: str, allowed: set[str]) -> None:
    answer = odd.request(method, address)
    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) == allowed
    assert "content-security-policy" in answer.headers


@pytest.fixture
def port(untouched_file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A room that waits for others, bound as with --host."""
    monkeypatch.setattr(patience, "REQUEST_SECONDS", 1.0)
    monkeypatch.setattr(patience, "PER_CLIENT", 20)
    server = uvicorn.Server(config_of(build_app(untouched_file, Guard(token="secret"))))
    listening = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    yield listening.getsockname()[1]
    server.should_exit = True
    thread.join(60)
    assert not thread.is_alive()


def test_half_requests_keep_nobody_out_and_are_not_waited_for(port: int) -> None:
    halves = []
    for start in (
        b"",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n",
        b"POST /judgements HTTP/1.1\r\nContent-Length: 9\r\n\r\na",
    ):
        for _ in range(15):
            half = socket.create_connection(("127.0.0.1", port))
            half.sendall(start)
            halves.append(half)
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    asked.request("GET", "/sources", headers={"Host": "localhost"})
    assert asked.getresponse().status == 401
    for half in halves:
        half.settimeout(10)
        assert not ended(half)
        half.close()


def ended(half: socket.socket) -> bytes:
    """What comes after all that was answered: nothing, when the other side has closed."""
    try:
        while half.recv(65536):
            continue
    except ConnectionResetError:
        return b""
    return b""


def test_a_connection_that_is_used_stays_open(port: int) -> None:
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    for _ in range(3):
        asked.request("GET", "/sources?token=secret", headers={"Host": "localhost"})
        answer = asked.getresponse()
        assert answer.read() is not None
        assert answer.status == 303
        used = asked.sock
        time.sleep(0.7)
        assert asked.sock is used
