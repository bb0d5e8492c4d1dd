"""A ledger made anew from what another holds of readings and judgements: the way back when what follows is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from reportedly.ledger import copies, rows, select
from reportedly.ledger.adding import BATCH
from reportedly.ledger.lists import list_anew
from reportedly.ledger.store import Ledger

# What was read, what people decided and what incidents are called; second rows of one reading, and rows of none, are
# left out.
STORE = {
    **{
        table: f"rowid IN (SELECT min(rowid) FROM {table} GROUP BY {key})"  # noqa: S608  our own table names
        for table, key in (("made_by", "made_by"), ("dispatch", "seq"), ("judgement", "n"))
    },
    **dict.fromkeys(rows.TABLES[1:], "seq IN (SELECT seq FROM dispatch)"),
    # What incidents are called was given once, and follows from nothing that is left.
    "named": "rowid IN (SELECT min(rowid) FROM named GROUP BY id)",
    "bore": "true",
    **dict.fromkeys(("period", "sample", "sample_claim", "sample_answer", "feed", "seen"), "true"),
}
# Rows that are carried over at a time.
ROWS = 5_000


def made_anew(con: duckdb.DuckDBPyConnection, path: Path, tables: Path | None = None) -> Path:
    """Write the ledger anew to ``path``, merged by the user's ``tables``; gives that path."""
    with Ledger(path, tables=tables) as fresh:
        with fresh.turn(write=True) as there:
            for table, chosen in STORE.items():
                _carry(con, there, table, f'SELECT * FROM "{table}" WHERE {chosen} ORDER BY rowid')  # noqa: S608  ours
        with fresh.turn(write=False) as there:
            sql = "SELECT seq, made_by, rank, revision, id FROM dispatch ORDER BY seq"
            placed = there.execute(sql).fetchall()
        for start in range(0, len(placed), BATCH):
            _list(fresh, placed[start : start + BATCH])
        fresh.refresh()
    return path


def _carry(con: duckdb.DuckDBPyConnection, there: duckdb.DuckDBPyConnection, table: str, sql: str) -> None:
    for batch in con.sql(sql).to_arrow_reader(ROWS):
        there.register("incoming", batch)
        there.execute(f'INSERT INTO "{table}" BY NAME SELECT * FROM incoming')  # noqa: S608  our own table names
        there.unregister("incoming")


def _list(fresh: Ledger, placed: Sequence[tuple[int, int, int, int, str]]) -> None:
    """The copies and lists of some readings, as they are made when these are added."""
    with fresh.turn(write=True) as con:
        con.execute("BEGIN")
        found = select.analyses(con, [seq for seq, *_ in placed])
        readings = [rows.StoredReading(*place[:4], analysis) for place, analysis in zip(placed, found, strict=True)]
        copies.add(con, readings)
        list_anew(con, sorted({place[4] for place in placed}))
        con.execute("COMMIT")
