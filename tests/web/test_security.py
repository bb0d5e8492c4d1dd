"""Who is let in, and what may run in a page."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from reportedly.errors import ConfigError
from reportedly.web.app import build_app
from reportedly.web.security import Guard
from reportedly.web.serve import guard_for, is_loopback


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "", "127.0.0.1.evil.example:80"])
def test_only_known_hosts_are_answered(client: TestClient, host: str) -> None:
    """A name elsewhere that was pointed at this machine reaches nothing."""
    assert client.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost:8765", "127.0.0.1", "[::1]:80", "LOCALHOST"])
def test_this_machine_is_answered(client: TestClient, host: str) -> None:
    assert client.get("/sources", headers={"host": host}).status_code == 200


def test_nothing_runs_that_is_not_ours(client: TestClient) -> None:
    for path in ("/", "/api/incidents", "/nowhere", "/judgements"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in headers
    text = client.get("/").text
    assert "style=" not in text
    assert "onclick" not in text


def test_other_machines_need_the_token(ledger_file: Path) -> None:
    guard = guard_for("0.0.0.0")
    assert guard.token is not None
    client = TestClient(build_app(ledger_file, guard), base_url="http://localhost", follow_redirects=False)
    assert client.get("/").status_code == 401
    assert client.get("/?token=wrong").status_code == 401
    assert client.get("/api/claims", headers={"authorization": f"Bearer {guard.token}"}).status_code == 200
    entered = client.get(f"/claims?limit=2&token={guard.token}")
    assert (entered.status_code, entered.headers["location"]) == (303, "/claims?limit=2")
    assert client.get("/claims?limit=2").status_code == 200


def test_the_token_leads_to_no_other_site(ledger_file: Path) -> None:
    guard = Guard(token="secret")
    client = TestClient(build_app(ledger_file, guard), base_url="http://localhost", follow_redirects=False)
    answer = client.get("http://localhost//evil.example/?token=secret")
    assert not answer.headers["location"].startswith("//")


def test_loopback_is_told_from_the_rest() -> None:
    assert [is_loopback(h) for h in ("127.0.0.1", "::1", "localhost", "0.0.0.0", "192.0.2.1", "here")] == [
        True, True, True, False, False, False,
    ]  # fmt: skip
    assert guard_for("127.0.0.1").token is None


def test_a_judgement_comes_from_our_own_form(client: TestClient) -> None:
    form = {"judgement": "right c-1", "by": "Mira", "csrf": "0" * 64}
    assert client.post("/judgements", data=form).status_code == 403
    page = client.get("/judgements").text
    token = page.split('name="csrf" value="')[1].split('"')[0]
    assert (
        client.post("/judgements", data=form | {"csrf": token}, headers={"origin": "http://evil.example"}).status_code
        == 403
    )
    assert (
        client.post("/judgements", data=form | {"csrf": token}, headers={"sec-fetch-site": "cross-site"}).status_code
        == 403
    )
    assert client.post("/judgements", data=form | {"csrf": token}).status_code == 400


def test_large_requests_are_refused(client: TestClient) -> None:
    assert client.get("/?words=" + "x" * 9_000).status_code == 414
    assert client.post("/judgements", content=b"x", headers={"content-length": "99999999"}).status_code == 413


def test_a_taken_port_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    from reportedly.web import serve

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(ConfigError, match="--port"):
            serve.bound("127.0.0.1", taken.getsockname()[1])


def test_whoever_comes_before_the_first_answer_waits_for_it() -> None:
    """The address that is told is open."""
    import socket

    from reportedly.web import serve

    with serve.bound("127.0.0.1", 0) as listening:
        socket.create_connection(listening.getsockname(), timeout=10).close()


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from reportedly.cli import room
    from reportedly.errors import ResourceError

    monkeypatch.setattr(room, "find_spec", lambda name: None)
    with pytest.raises(ResourceError) as problem:
        room.require()
    assert "reportedly[web]" in problem.value.remedy
