"""Claims as CSV, Parquet, JSON lines and SQLite, read back by DuckDB, pyarrow and sqlite3."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow.parquet
import pytest
from shelf import MARCH, Shelf

from reportedly.errors import ConfigError
from reportedly.export.registry import ExportReport, export

Written = Callable[..., tuple[Path, ExportReport]]


def test_csv_and_parquet_hold_the_same_claims(written: Written) -> None:
    """DuckDB reads one, pyarrow the other: the same rows, offsets as numbers."""
    parquet = pyarrow.parquet.read_table(written("parquet")[0]).to_pylist()
    path, report = written("csv")
    found = duckdb.sql("SELECT * FROM read_csv($path, all_varchar=true)", params={"path": str(path)})
    assert found is not None
    csv = found.to_arrow_table().to_pylist()
    assert len(csv) == len(parquet) == report.written == 46
    assert list(csv[0]) == list(parquet[0])
    for a, b in zip(csv, parquet, strict=True):
        assert a["claim"] == b["claim"]
        assert a["evidence"] == b["evidence"]
        assert int(a["evidence_start"]) == b["evidence_start"]
    army = next(r for r in parquet if r["source"] == "the army")
    assert (army["source_text"], army["lineage"], army["ledger_incident"]) == ("the army", "l-wire", "n-00000000000a")
    assert (army["standing"], army["killed_low"], army["factuality"]) == ("contested", 6, "CT+")


def test_json_lines_give_every_span_its_words(written: Written) -> None:
    path, report = written("jsonl")
    claims = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(claims) == report.written == 46
    march = next(c for c in claims if c["dispatch"] == "march" and c["type"] == "PROTEST" and c["factuality"] == "CT+")
    for span in (march["evidence"], march["trigger"], *march["actors"], *march["figures"]):
        assert span["text"] == MARCH[span["start"] : span["end"]]
    assert (march["ledger_incident"], march["standing"]) == ("n-00000000000c", "single source")
    assert march["made_by"]["model"] == "model 1"


def test_sqlite_has_keys_that_hold(written: Written) -> None:
    """Every claim has its incident and its dispatch; the questions of a desk are one query each."""
    path, report = written("sqlite")
    with sqlite3.connect(path) as con:
        assert con.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert con.execute("PRAGMA foreign_key_check").fetchall() == []
        counts = {
            t: con.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("incidents", "claims", "dispatches")
        }
        assert counts == {"incidents": 7, "claims": report.written, "dispatches": 14}
        tolls = con.execute(
            "SELECT source, low FROM incident_figures WHERE incident = 'n-00000000000a' ORDER BY low"
        ).fetchall()
        assert tolls == [("the army", 6), ("A rebel spokesman", 9)]
        spans = con.execute(
            'SELECT substr(d.text, c.trigger_start + 1, c.trigger_end - c.trigger_start), c."trigger" '
            "FROM claims c JOIN dispatches d ON d.id = c.dispatch"
        ).fetchall()
        assert all(a == b for a, b in spans)
    con.close()


def test_sqlite_leaves_no_draft_and_replaces_what_was_there(book: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "news.sqlite"
    path.write_text("something else")
    export(book, "sqlite", str(path))
    assert [p.name for p in tmp_path.iterdir()] == ["news.sqlite"]
    with pytest.raises(ConfigError, match="cannot be written"):
        export(book, "sqlite", str(tmp_path / "missing" / "news.sqlite"))
