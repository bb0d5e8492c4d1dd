"""The SQL of the ledger, which lives in files of its own."""

from __future__ import annotations

from functools import cache
from importlib import resources

import duckdb


@cache
def script(name: str) -> str:
    """The text of an SQL file of this package."""
    return (resources.files("reportedly.ledger") / name).read_text(encoding="utf-8")


def statements(text: str) -> list[str]:
    """The statements of a script, parted by lines of dashes, without its comments."""
    lines = (line for line in text.splitlines() if not line.startswith("-- "))
    return [part.strip() for part in "\n".join(lines).split("--------\n")]


def run(con: duckdb.DuckDBPyConnection, name: str, **parameters: object) -> None:
    """Run the statements of an SQL file of this package, each with those of the parameters that it names."""
    for statement in statements(script(name)):
        con.execute(statement, {k: v for k, v in parameters.items() if f"${k}" in statement})


def any_in(con: duckdb.DuckDBPyConnection, *tables: str) -> bool:
    """Whether there are rows in any of these tables."""
    return any(con.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchall() for table in tables)  # noqa: S608  our own names
