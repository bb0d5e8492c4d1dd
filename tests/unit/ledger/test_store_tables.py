"""A ledger is merged by tables of one's own, remembers them, and is merged anew by others."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from readings import reading

from reportedly.errors import LedgerError
from reportedly.knowledge.load import SHIPPED, Knowledge
from reportedly.ledger import open_ledger
from reportedly.model import Analysis

ONE = "Gunmen killed six people in Kasra on Monday, police said."
OTHER = "Six people were killed by gunmen in Kasra on Monday, police said."
# Two that tell of one place and day are never one.
APART = "observation\tweight\treason\nsame_place\t-9\tone place\n"


def told() -> list[Analysis]:
    return [
        reading(key, text, "2024-05-13", ("killed", {"killed": (6, 6), "place": ("Kasra", "IRQ"), "day": "2024-05-13"}))
        for key, text in (("a", ONE), ("b", OTHER))
    ]


@pytest.fixture
def apart(tmp_path: Path) -> Path:
    folder = tmp_path / "apart"
    folder.mkdir()
    (folder / "link.tsv").write_text(APART, encoding="utf-8")
    return folder


def merged(path: Path, tables: Path | None = None) -> int:
    with open_ledger(path, tables=tables) as ledger:
        ledger.add(told())
        return len(ledger.incidents())


def test_a_ledger_remembers_its_tables_and_other_tables_merge_it_anew(tmp_path: Path, apart: Path) -> None:
    path, empty = tmp_path / "news.duckdb", tmp_path / "empty"
    empty.mkdir()
    assert merged(path) == 1
    assert merged(path, apart) == 2
    assert merged(path) == 2
    with open_ledger(path, read_only=True) as ledger:
        assert ledger.knowledge == Knowledge(apart)
        assert ledger.pending() == 0
    assert merged(path, empty) == 1
    assert merged(path) == 1


def test_a_ledger_whose_tables_are_gone_is_read_and_says_so_before_it_is_changed(tmp_path: Path, apart: Path) -> None:
    path = tmp_path / "news.duckdb"
    assert merged(path, apart) == 2
    shutil.move(apart, tmp_path / "moved")
    with open_ledger(path, read_only=True) as ledger:
        assert len(ledger.incidents()) == 2
    with pytest.raises(LedgerError, match=r"(?s)E619.*apart.*--tables") as refused:
        open_ledger(path)
    assert "empty one" in refused.value.remedy
    assert merged(path, tmp_path / "moved") == 2


def test_tables_that_no_merge_asks_leave_the_incidents_alone(tmp_path: Path) -> None:
    folder = tmp_path / "reading"
    folder.mkdir()
    (folder / "labels.tsv").write_text("kind\ttext\nlabel\tWRAPOVER\n", encoding="utf-8")
    with open_ledger(tmp_path / "news.duckdb", tables=folder) as ledger:
        ledger.add(told())
    with open_ledger(tmp_path / "news.duckdb", read_only=True) as ledger:
        assert ledger.knowledge == SHIPPED
