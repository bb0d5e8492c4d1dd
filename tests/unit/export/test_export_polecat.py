"""POLECAT and PLOVER JSON, read back by readers made from the public header and the public manual."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

from reportedly.export.registry import ExportReport

Written = Callable[..., tuple[Path, ExportReport]]

HEADER = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
]
TYPES = {
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
}
REQUIRED = {"id", "date", "actor", "event"}
OPTIONAL = {
    "has_event",
    "time",
    "enddate",
    "endtime",
    "recipient",
    "event_loc",
    "event_text",
    "quad_code",
    "event_scale",
    "mode",
    "context",
    "link",
    "text",
    "text_info",
    "cite_info",
    "coder",
    "coded_date",
    "coded_time",
    "comment",
    "size",
}


def polecat(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        rows = list(reader)
    return list(reader.fieldnames or ()), rows


def test_polecat_header_and_missing_values(written: Written) -> None:
    """The 40 columns first, ours behind them; what is not known is the word None."""
    path, report = written("polecat")
    names, rows = polecat(path)
    assert names[:40] == HEADER
    assert len(HEADER) == 40
    assert all(n.startswith("reportedly_") for n in names[40:])
    assert len(rows) == report.written == 4
    for row in rows:
        assert row["Event Type"] in TYPES
        assert -10 <= float(row["Intensity"]) <= 10
        assert row["Contexts"] == row["District"] == row["Wikipedia Actor ID"] == "None"
        assert all(row[n] for n in names)


def test_polecat_rows_hold_lists(written: Written) -> None:
    """One row an act; several parties in one cell."""
    _, rows = polecat(written("polecat")[0])
    pact = next(r for r in rows if r["Event Type"] == "SUPPORT")
    assert (pact["Actor Name"], pact["Actor Country"], pact["Actor COW"]) == ("Egypt; Sudan", "EGY; SDN", "651; 625")
    attack = next(r for r in rows if r["Actor Name"] == "Rebels")
    assert (attack["Quad Code"], attack["Event Mode"], attack["Intensity"]) == ("MATERIAL CONFLICT", "firearms", "-9.0")
    assert (attack["Primary Actor Sector"], attack["Primary Recipient Sector"]) == ("REB", "MIL")
    assert (attack["Country"], attack["GeoNames ID"], attack["Recipient COW"]) == ("SDN", "372753", "625")
    assert attack["reportedly_standing"] == "contested"
    assert attack["reportedly_sources"] == "the army; A rebel spokesman"


def test_exact_keeps_to_the_forty_columns(written: Written) -> None:
    path, report = written("polecat", exact=True)
    names, _ = polecat(path)
    assert names == HEADER
    assert report.side is not None
    assert report.side.exists()


def test_plover_json_after_its_manual(written: Written) -> None:
    """Required members, known optional ones, one of ours; every list is one."""
    path, report = written("plover-json")
    events = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(events) == report.written == 4
    for event in events:
        assert event.keys() >= REQUIRED
        assert event.keys() <= REQUIRED | OPTIONAL | {"reportedly"}
        assert set(event["event"]) <= TYPES
        assert isinstance(event["actor"], list)
        assert event["quad_code"] in (1, 2, 3, 4)
        assert all(set(e) == {"code", "sector", "entity_text"} for e in event["actor"])
        assert all(1 <= place["resolution"] <= 5 for place in event.get("event_loc", ()))


def test_plover_json_keeps_what_it_has_no_field_for(written: Written) -> None:
    """The sources that contradict each other stand in a member of ours; their numbers make no size."""
    events = [json.loads(line) for line in written("plover-json")[0].read_text(encoding="utf-8").splitlines()]
    attack = next(e for e in events if e["actor"] and e["actor"][0]["entity_text"] == "Rebels")
    assert attack["reportedly"]["standing"] == "contested"
    assert {(f["source"], f["low"]) for f in attack["reportedly"]["figures"]} == {
        ("the army", 6),
        ("A rebel spokesman", 9),
    }
    assert "size" not in attack
    assert {c["source"] for c in attack["reportedly"]["claims"]} == {"the army", "A rebel spokesman"}
    shelling = next(e for e in events if e["mode"] == ["heavy-weapons"])
    assert shelling["enddate"] == "2024-05-12"
    assert shelling["size"] == {"dead": 24}
