"""The first and the last year that a calendar knows: no day beyond them is reckoned, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import reportedly

TEXT = (
    "Police said two people were killed in Osh yesterday and three last week. "
    "Talks are planned for tomorrow, next month and next year; the war began ten years ago."
)


ENDS = ("0001-01-01", "0001-12-31", "9999-01-01", "9999-12-31")


def test_the_ends_of_the_calendar_stop_nothing(tmp_path: Path) -> None:
    found = [reportedly.read(TEXT, published=day, id=day) for day in ENDS]
    for read in found:
        assert "killed" in {c.trigger.text for c in read.claims}
        assert not [d for d in read.diagnostics if d.level == "error"]
    with reportedly.open_ledger(tmp_path / "news.duckdb") as ledger:
        ledger.add(found)
        assert {day for i in ledger.incidents() for day in i.dispatches} == set(ENDS)
