"""Judgements: kept with name and time, taken back, taken along and read back."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from reportedly import open_ledger
from reportedly.errors import InputError
from reportedly.ledger.judge import standing_of
from reportedly.web.app import build_app
from reportedly.web.tasks import read_back


@pytest.fixture
def own(untouched_file: Path, tmp_path: Path) -> tuple[TestClient, Path]:
    """An application over a copy of the ledger, that may be changed."""
    path = tmp_path / "own.duckdb"
    shutil.copy(untouched_file, path)
    return TestClient(build_app(path), base_url="http://localhost", follow_redirects=False), path


def post(client: TestClient, **fields: str) -> int:
    token = client.get("/judgements").text.split('name="csrf" value="')[1].split('"')[0]
    return int(client.post("/judgements", data={"by": "Mira", "csrf": token} | fields).status_code)


def test_a_claim_is_judged_and_taken_back(own: tuple[TestClient, Path]) -> None:
    client, path = own
    claim = client.get("/api/claims?source=Tahir&limit=1").json()["records"][0]["claim"]["id"]
    before = client.get("/").headers["etag"]
    assert post(client, judgement=f"wrong {claim}") == 303
    (kept,) = open_ledger(path, read_only=True).judgements()
    assert (kept.kind, kept.a, kept.verdict, kept.by, kept.undone) == ("claim", claim, "wrong", "Mira", False)
    assert kept.at is not None
    assert client.get("/").headers["etag"] != before
    assert post(client, judgement=f"undo {kept.n}") == 303
    assert standing_of(open_ledger(path, read_only=True).judgements()) == []
    assert "Take back" not in client.get("/judgements").text


def test_incidents_are_told_apart(own: tuple[TestClient, Path]) -> None:
    client, _ = own
    claims = client.get("/api/incidents?type=HAZARD").json()["records"][0]["claims"]
    assert post(client, judgement=f"different {claims[0]} {claims[-1]}") == 303
    homes = {client.get(f"/api/claims/{c}").json()["incident"] for c in (claims[0], claims[-1])}
    assert len(homes) == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"judgement": "right c-none"},
        {"judgement": "burn c-1"},
        {"judgement": ""},
        {"judgement": "right c-1", "by": " "},
    ],
)
def test_what_cannot_be_judged_is_told(own: tuple[TestClient, Path], fields: dict[str, str]) -> None:
    client, path = own
    assert post(client, **fields) == 400
    assert open_ledger(path, read_only=True).judgements() == []


@pytest.mark.parametrize("kind", ["jsonl", "json"])
def test_what_is_taken_along_is_read_back(
    own: tuple[TestClient, Path], untouched_file: Path, tmp_path: Path, kind: str
) -> None:
    """Judgements of one ledger, brought into another, stand there; bringing them twice changes nothing."""
    client, _ = own
    claim = client.get("/api/claims?source=Tahir&limit=1").json()["records"][0]["claim"]["id"]
    post(client, judgement=f"right {claim}")
    taken = client.get(f"/judgements/export.{kind}").content
    other = tmp_path / "other.duckdb"
    shutil.copy(untouched_file, other)
    second = TestClient(build_app(other), base_url="http://localhost", follow_redirects=False)
    for _ in range(2):
        token = second.get("/judgements").text.split('name="csrf" value="')[1].split('"')[0]
        sent = second.post("/judgements", data={"by": "Ola", "csrf": token}, files={"file": ("j", taken)})
        assert sent.status_code == 303
    (kept,) = open_ledger(other, read_only=True).judgements()
    assert (kept.a, kept.verdict, kept.by) == (claim, "right", "Mira")


def test_an_annotation_of_label_studio_is_a_judgement() -> None:
    choice = {"from_name": "verdict", "to_name": "text", "type": "choices", "value": {"choices": ["wrong"]}}
    task = {
        "id": 7,
        "data": {"text": "Police said so.", "claim": "c-1"},
        "annotations": [{"id": 1, "completed_by": 3, "result": [choice], "created_at": "2026-01-01T00:00:00Z"}],
    }
    (found,) = read_back(json.dumps([task]).encode())
    assert (found.a, found.verdict, found.by) == ("c-1", "wrong", "3")


@pytest.mark.parametrize("data", [b"\xff\xfe", b"[1]", b'{"a": 1}', b'{"a": "x", "verdict": "perhaps"}', b"<html>"])
def test_a_file_that_holds_no_judgements_is_told(data: bytes) -> None:
    with pytest.raises(InputError):
        read_back(data)
