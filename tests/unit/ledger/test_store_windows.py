"""A ledger that grows in time: words that have become frequent still bring together what is told about the same days."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from readings import reading

from reportedly.incidents import units
from reportedly.ledger import open_ledger
from reportedly.model import Analysis

TEXT = "Farmers blocked the bridge at Tarnova with tractors over the price of milk."
YEARS = [reading(f"y{n}", TEXT, f"{2000 + n}-05-07") for n in range(8)]
LATER = reading("later", "The bridge at Tarnova stayed blocked by farmers and their tractors.", "2007-05-11")
FAR = reading("far", "The bridge at Tarnova was blocked by farmers and tractors again.", "2007-06-20")


def compared(path: Path, *portions: Sequence[Analysis]) -> set[tuple[str, str]]:
    """The pairs of dispatches that a ledger compares, to which these are added one portion after the other."""
    sql = "SELECT x.id, y.id FROM alike JOIN received AS x ON x.seq = a JOIN received AS y ON y.seq = b"
    with open_ledger(path) as held:
        for portion in portions:
            held.add(portion)
        with held.turn(write=False) as con:
            return set(con.execute(sql).fetchall())


def test_frequent_words_look_up_the_same_fortnight(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of eight years that tell the same, what is told four days later is compared with its own year's alone."""
    monkeypatch.setattr(units, "TOO_COMMON", 6)
    everything = [*YEARS, LATER, FAR]
    assert compared(tmp_path / "one.ledger", everything) == {("later", "y7")}


def test_rare_words_look_up_all_days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As long as nothing is frequent every day is looked at."""
    monkeypatch.setattr(units, "TOO_COMMON", 6)
    few = [*YEARS[:2], LATER]
    assert compared(tmp_path / "few.ledger", few) == {("y0", "y1"), ("later", "y0"), ("later", "y1")}


def test_portions_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Words that were rare when a portion came, and are frequent now, and words that are rare again."""
    monkeypatch.setattr(units, "TOO_COMMON", 6)
    everything = [*YEARS, LATER, FAR]
    parts = everything[7:], everything[:4], everything[4:7]
    assert compared(tmp_path / "parts.ledger", *parts) == compared(tmp_path / "one.ledger", everything)
    gone = [reading(f"y{n}", TEXT, f"{2000 + n}-05-07", note="kill", version="2") for n in range(2, 7)]
    left = [*YEARS[:2], YEARS[7], LATER, FAR]
    assert compared(tmp_path / "one.ledger", gone) == compared(tmp_path / "left.ledger", left)
