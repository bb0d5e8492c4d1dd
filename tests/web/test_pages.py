"""The pages without a browser: what they say, what stays in the address, what is told where nothing is found."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from reportedly import Incident
from reportedly.web.still import still_page

HOSTILE = f"/dispatches/{quote('x/<1>', safe='')}"


def test_the_first_page_is_small_and_lists_every_incident(client: TestClient) -> None:
    answer = client.get("/", headers={"accept-encoding": "identity"})
    assert answer.status_code == 200
    assert len(answer.content) < 100_000
    assert "12 incidents" in answer.text or re.search(r"\d+ incidents", answer.text)


def test_an_incident_says_who_says_what(client: TestClient, convoy: Incident) -> None:
    """The headline names its sources, denials and the standing are on the page, and every figure leads to a sentence."""
    text = client.get(f"/incidents/{convoy.id}").text
    heading = re.search(r"<h1>(.*?)</h1>", text, re.DOTALL)
    assert heading is not None
    assert "killed" in heading[1]
    assert "Osman Tahir denied it" in heading[1]
    for figure in convoy.figures:
        assert f'id="{figure.claim}"' in text
    assert "Deny it" in text
    assert "same words in" in text


def test_filters_narrow_the_list(client: TestClient) -> None:
    floods = client.get("/?type=HAZARD").text
    assert "Dire Dawa" in floods
    assert "Kassala" not in floods
    assert "Dire Dawa" in client.get("/?words=floods").text
    assert "Dire Dawa" not in client.get("/?bbox=30,12,40,20").text
    assert "Dire Dawa" in client.get("/?until=2024-05&since=2024-05-20").text
    assert "Nothing in the ledger" in client.get("/?actor=Nobody").text


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=x",
        "colour=red",
        "type=WAR",
        "since=yesterday",
        "bbox=1,2,3",
        "bbox=nan,0,1,1",
        "limit=1&limit=2",
    ],
)
def test_an_address_that_means_nothing_is_told(client: TestClient, query: str) -> None:
    assert client.get(f"/?{query}").status_code == 400
    assert client.get(f"/api/incidents?{query}").json()["status"] == 400


def test_pages_of_a_list_join_up(client: TestClient) -> None:
    """All claims are on exactly one page of the list."""
    everything = client.get("/api/claims?limit=200").json()
    parts = [client.get(f"/api/claims?limit=20&offset={n}").json() for n in range(0, everything["total"], 20)]
    ids = [record["claim"]["id"] for part in parts for record in part["records"]]
    assert ids == [record["claim"]["id"] for record in everything["records"]]


@pytest.mark.parametrize("path", ["/incidents/n-1", "/dispatches/d-1", "/claims/c-1", "/sources/Nobody", "/nowhere"])
def test_what_is_not_there_is_told(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Traceback" not in answer.text


def test_a_page_is_known_until_the_ledger_changes(client: TestClient) -> None:
    first = client.get("/claims")
    again = client.get("/claims", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/claims?limit=3").headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize("path", [HOSTILE, "/", "/claims?limit=200", "/dispatches", "/sources"])
def test_what_dispatches_say_is_shown_as_text(client: TestClient, path: str) -> None:
    """No markup of a dispatch becomes markup of a page, on any page that shows it."""
    text = client.get(path).text
    assert "<script>document" not in text
    assert "<img" not in text
    assert "<i>Wire" not in text
    assert "\u202e" not in text
    assert "\x00" not in text
    assert "{{ 7" not in text or "49" not in text


def test_a_hostile_dispatch_is_shown_whole(client: TestClient) -> None:
    text = client.get(HOSTILE).text
    assert "w" * 10_000 in text
    assert "&lt;script&gt;" in text
    assert "&lt;h1&gt;Head &amp; line" in text


def test_a_report_is_one_file(ledger_file: Path, convoy: Incident) -> None:
    """No script, no style sheet, no picture and no link outside the file."""
    text = still_page(ledger_file, convoy.id)
    assert "<script" not in text
    assert "<link" not in text
    assert all(target.startswith("#") for target in re.findall(r'(?:href|src)="([^"]*)"', text))
    for target in re.findall(r'href="#([^"]*)"', text):
        assert f'id="{target}"' in text
    assert "http" not in text.replace("http-equiv", "").replace("http://www.w3.org/2000/svg", "")


def test_what_is_seen_can_be_taken_along(client: TestClient) -> None:
    lines = client.get("/export/claims.jsonl?limit=3").text.splitlines()
    assert len(lines) == 3
    assert client.get("/export/incidents.csv").text.startswith('"id","type"')
    features = client.get("/export/incidents.geojson").json()["features"]
    assert any(f["geometry"] for f in features)
    tasks = json.loads(client.get("/export/claims.tasks?source=Tahir").text)
    value = tasks[0]["predictions"][0]["result"][0]["value"]
    assert tasks[0]["data"]["text"][value["start"] : value["end"]] == value["text"]
    assert client.get("/export/claims.geojson").status_code == 404
