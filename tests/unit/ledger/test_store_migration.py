"""A ledger of each released version is brought up to date with all it holds."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from readings import reading

from reportedly.errors import LedgerError
from reportedly.ledger import Ledger, migrate, open_ledger, rows
from reportedly.model import Analysis

RELEASED = Path(__file__).parent / "released"


def tellings() -> list[Analysis]:
    said = {"type": "HAZARD", "source": "rescue service", "killed": (7, 7), "place": ("Tarnova", "MDA")}
    first = reading("d1", "Seven were killed when a dam burst above Tarnova.", "2024-05-07", ("killed", said))
    better = reading("d1", "Eight were killed when a dam burst above Tarnova.", "2024-05-07", ("killed", said))
    march = reading(
        "d2", "Teachers marched in Suva.", "2024-05-08", ("marched", {"type": "PROTEST", "source": "union"})
    )
    kill = reading("d3", "KILL. Withdrawn.", "2024-05-09", note="kill")
    return [first, better, march, kill]


def version(number: int, path: Path, held: list[Analysis]) -> None:
    """A ledger as this version wrote it."""
    with duckdb.connect(str(path)) as con:
        con.execute((RELEASED / f"schema_{number}.sql").read_text())
        con.execute("INSERT INTO ledger VALUES (?, '0.1.0')", [number])
        known = {name for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
        makers = rows.makers(con, {a.versions for a in held})
        histories: dict[str, rows.History] = {}
        for seq, analysis in enumerate(held, start=1):
            history = histories.setdefault(analysis.dispatch.id, rows.History())
            placed = history.place(seq, makers[analysis.versions], analysis)
            assert placed is not None
            for name, new in rows.tables([placed]).items():
                if name in known:
                    insert(con, name, new)
        judged = "('union', 'different', 'rescue service', 'ann')"
        later = "(1, 'source', 'union', 'different', 'rescue service', 'ann', NULL, false)"
        columns = "" if number == 1 else '(n, kind, a, verdict, b, "by", "at", undone)'
        con.execute(f"INSERT INTO judgement {columns} VALUES {judged if number == 1 else later}")


def insert(con: duckdb.DuckDBPyConnection, table: str, new: list[rows.Row]) -> None:
    """Append rows as far as this version has columns for them."""
    schema = con.sql(f"FROM {table} LIMIT 0").to_arrow_table().schema
    incoming = pa.Table.from_pylist(new, schema)
    con.register("incoming", incoming)
    con.execute(f"INSERT INTO {table} BY NAME FROM incoming")
    con.unregister("incoming")


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> tuple[object, ...]:
    """What the ledger that this program makes holds, and its tables."""
    path = tmp_path_factory.mktemp("new") / "new.duckdb"
    with open_ledger(path) as made:
        made.add(tellings())
        held = everything(made)
    return held, tables(path)


def everything(book: Ledger) -> tuple[object, ...]:
    return book.analyses(every_version=True), book.incidents(), book.claims(), book.dispatches()


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5, 6, 7, 9])
def test_an_older_ledger_keeps_everything_and_has_the_tables_of_a_new_one(
    tmp_path: Path, new: tuple[object, ...], number: int
) -> None:
    old = tmp_path / "old.duckdb"
    version(number, old, tellings())
    with pytest.raises(LedgerError, match="E612"):
        open_ledger(old, read_only=True)
    with open_ledger(old) as migrated:
        held = everything(migrated)
        assert [(j.kind, j.a, j.verdict, j.b, j.by) for j in migrated.judgements()] == [
            ("source", "union", "different", "rescue service", "ann")
        ]
    assert (held, tables(old)) == new


def tables(path: Path) -> tuple[object, ...]:
    """The tables of a ledger, with their columns and keys."""
    columns = "SELECT table_name, column_name, data_type, is_nullable FROM duckdb_columns() ORDER BY ALL"
    keys = "SELECT table_name, constraint_type, constraint_column_names FROM duckdb_constraints() ORDER BY ALL"
    with duckdb.connect(str(path), read_only=True) as con:
        return con.execute(keys).fetchall(), con.execute(columns).fetchall(), migrate.schema_version(con)
