"""Who gets at the file: one writer by whatever name, no file of others, no damage passed over."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import duckdb
import pytest
from many import LATER, flood, many

from reportedly.errors import LedgerError
from reportedly.ledger import AddReport, migrate, open_ledger


@pytest.mark.parametrize("indirect", ["file", "folder"])
def test_a_second_writer_through_a_link_is_refused(tmp_path: Path, indirect: str) -> None:
    home, other = tmp_path / "home", tmp_path / "other"
    home.mkdir()
    path = home / "news.duckdb"
    if indirect == "file":
        other.mkdir()
        (other / "link.duckdb").symlink_to(path)
        second = other / "link.duckdb"
    else:
        other.symlink_to(home)
        second = other / "news.duckdb"
    with open_ledger(second) as writer:
        with pytest.raises(LedgerError, match="E601"):
            open_ledger(path)
        writer.add([flood()])
    with open_ledger(path) as news:
        assert news.add([flood()]) == AddReport(unchanged=1)
    assert sorted(p.name for p in home.iterdir()) == ["news.duckdb", "news.duckdb.lock"]


def test_a_ledger_with_two_names_is_not_written(tmp_path: Path) -> None:
    path, twin = tmp_path / "news.duckdb", tmp_path / "twin.duckdb"
    with open_ledger(path) as news:
        news.add([flood()])
    os.link(path, twin)
    with pytest.raises(LedgerError, match="E616"):
        open_ledger(twin)
    with open_ledger(twin, read_only=True) as news:
        assert len(news.claims()) == 1
    twin.unlink()
    with open_ledger(path) as news:
        assert news.add([flood(LATER, 9)]) == AddReport(replaced=1)


def test_a_ledger_that_is_replaced_while_it_is_written_is_told(tmp_path: Path) -> None:
    path, copy = tmp_path / "news.duckdb", tmp_path / "copy.duckdb"
    with open_ledger(path) as news:
        news.add([flood()])
        shutil.copy(path, copy)
        copy.replace(path)
        with pytest.raises(LedgerError, match="E615"):
            news.add([flood(LATER, 9)])
        path.unlink()
        with pytest.raises(LedgerError, match="E615"):
            news.add([flood(LATER, 9)])
    assert not path.exists()


def test_links_that_lead_nowhere_are_named(tmp_path: Path) -> None:
    a, b = tmp_path / "a.duckdb", tmp_path / "b.duckdb"
    a.symlink_to(b)
    b.symlink_to(a)
    with pytest.raises(LedgerError, match=r"E60[23]"):
        open_ledger(a)


@pytest.mark.parametrize("head", [b"", b"PAR1" * 9, b"SQLite format 3\0" * 9])
def test_a_file_of_others_is_refused_and_left_as_it_is(tmp_path: Path, head: bytes) -> None:
    path = tmp_path / "theirs"
    path.write_bytes(head)
    for read_only in (True, False):
        with pytest.raises(LedgerError, match="E604"):
            open_ledger(path, read_only=read_only)
    assert path.read_bytes() == head


def test_a_database_of_others_loads_nothing(tmp_path: Path) -> None:
    path = tmp_path / "theirs.sqlite"
    with sqlite3.connect(path) as con:
        con.execute("CREATE TABLE prices (x)")
    with pytest.raises(LedgerError, match="E604"):
        open_ledger(path, read_only=True)


def test_the_database_may_neither_load_nor_read_anything_else(tmp_path: Path) -> None:
    path, secret = tmp_path / "news.duckdb", tmp_path / "secret.csv"
    secret.write_text("a,b\n1,2\n")
    with open_ledger(path) as news:
        news.add([flood()])
        with news.turn(write=True) as con:
            for statement in (
                f"SELECT * FROM read_csv('{secret}')",
                f"COPY claim TO '{tmp_path / 'out.csv'}'",
                "INSTALL httpfs",
                "LOAD httpfs",
                "ATTACH 'other.duckdb'",
                "SELECT * FROM 'https://example.org/a.parquet'",
            ):
                with pytest.raises(duckdb.Error):
                    con.execute(statement)
    assert not (tmp_path / "out.csv").exists()


def test_a_damaged_ledger_is_not_called_unharmed(tmp_path: Path) -> None:
    path = tmp_path / "news.duckdb"
    with open_ledger(path) as news:
        news.add(many()[:20])
    whole = path.read_bytes()
    found = set()
    for start in range(4096, len(whole) - 4096, len(whole) // 6):
        path.write_bytes(whole[:start] + bytes(4096) + whole[start + 4096 :])
        found.add(what_it_says(path))
    assert {"E613"} <= found <= {None, "E604", "E613"}


def what_it_says(path: Path) -> str | None:
    """The error of reading and adding, if there is one; none promises that all is well."""
    try:
        with open_ledger(path) as news:
            news.analyses()
            news.add([flood(LATER, 9)])
    except LedgerError as problem:
        return "promises" if "unharmed" in problem.remedy else problem.code
    return None


def test_the_database_refuses_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "news.duckdb"
    with open_ledger(path) as news:
        news.add(many())
        for table in ("incident", "incident_unit", "unit", "edge", "alike", "received", "dispatch"):
            again = f"INSERT INTO {table} FROM {table} LIMIT 1"
            with pytest.raises(LedgerError, match="E614"), news.turn(write=True) as con:
                con.execute(again)


def test_a_new_ledger_is_whole_from_its_first_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is stopped while it is made leaves nothing."""
    path = tmp_path / "news.duckdb"

    def stopped(*_: object) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(migrate, "prepare", stopped)
        with pytest.raises(KeyboardInterrupt):
            open_ledger(path)
    assert {p.name for p in tmp_path.iterdir()} <= {"news.duckdb.lock"}
    with open_ledger(path) as news:
        assert news.dispatches() == []
