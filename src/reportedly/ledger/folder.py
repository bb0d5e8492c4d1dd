"""A ledger in a folder: Parquet by month, which Spark has written, and beside it a file that knows how to read it.

It answers whatever a ledger in one file answers. What it holds is made as a whole by ``reportedly.spark.incidents``, so
that nothing can be added to it; what people decide is kept in the file beside and counts in the next making.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import duckdb

from reportedly.errors import LedgerError
from reportedly.ledger import rows

INDEX: Final = "index.duckdb"
# What is kept as Parquet, in folders of these names.
TABLES: Final = (
    *rows.TABLES,
    *("received", "told", "lineage", "incident", "incident_claim", "incident_voice", "incident_tie"),
)  # fmt: skip


def file_of(path: Path) -> Path:
    """The file by which a ledger is opened: of a folder the one beside the Parquet."""
    return path / INDEX if path.is_dir() and (path / INDEX).is_file() else path


def is_folder(file: Path) -> bool:
    """Whether the file is one that reads a folder."""
    return file.name == INDEX and (file.parent / TABLES[0]).is_dir()


def look_into(con: duckdb.DuckDBPyConnection, file: Path) -> None:
    """Let a connection read the folder of its file, and nothing else."""
    here = str(file.parent).replace("'", "''")
    if con.execute("SELECT current_setting('enable_external_access')").fetchall()[0][0]:
        con.execute(f"SET allowed_directories = ['{here}']")
        con.execute("SET enable_external_access = false")
    con.execute(f"SET VARIABLE here = '{here}'")


def point(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Let the empty tables of a new ledger be read from the Parquet of its folder."""
    for table in TABLES:
        if any((folder / table).glob("*/*.parquet")):
            names = [name for (name,) in con.execute(_COLUMNS, [table]).fetchall()]
            columns = ", ".join(f'"{name}"' for name in names)
            con.execute(f'DROP TABLE "{table}"')
            con.execute(f'CREATE VIEW "{table}" AS SELECT {columns} FROM {_scan(table)}')  # noqa: S608  our own names
    con.execute("DROP TABLE covered")
    con.execute("CREATE VIEW covered AS SELECT seq FROM received WHERE NOT withdrawn")


_COLUMNS = "SELECT column_name FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index"


def _scan(table: str) -> str:
    return f"read_parquet(getvariable('here') || '/{table}/*/*.parquet')"


def fill(con: duckdb.DuckDBPyConnection, tables: Mapping[str, Sequence[rows.Row]]) -> None:
    """Write what stands in the file itself."""
    for table, found in tables.items():
        rows.insert(con, table, found)


def refuse(file: Path) -> LedgerError:
    """What is said where somebody would add to a folder."""
    return LedgerError(
        "E620",
        f"{file.parent} is a ledger that Spark has made; nothing can be added to it.",
        "Make it anew from all dispatches with reportedly.spark.incidents, or add to a ledger in one file.",
    )
