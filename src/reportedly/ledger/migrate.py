"""Making a ledger and bringing an older one up to the schema of this program.

A step from version *n* to *n + 1* is a file ``migrate_<n>.sql`` beside this module. Steps run in one transaction: after
a crash the ledger is either as it was or complete.
"""

from __future__ import annotations

from importlib.metadata import version

import duckdb

from reportedly.errors import LedgerError
from reportedly.ledger.lists import list_anew
from reportedly.ledger.sql import script

SCHEMA_VERSION = 10


def schema_version(con: duckdb.DuckDBPyConnection) -> int | None:
    """The schema version of an open ledger; ``None`` for an empty file, 0 for a database that is no ledger."""
    try:
        return int(con.execute("SELECT coalesce(max(schema_version), 0) FROM ledger").fetchall()[0][0])
    except duckdb.CatalogException:
        return 0 if con.execute("SELECT 1 FROM duckdb_tables()").fetchall() else None


def prepare(con: duckdb.DuckDBPyConnection, path: str) -> bool:
    """Make the tables in an empty file, or migrate; gives whether it did the latter.

    Raises LedgerError for what is no ledger or a newer one.
    """
    found = schema_version(con)
    check(found, path)
    if found == SCHEMA_VERSION:
        return False
    con.execute("BEGIN")
    if found is None:
        con.execute(script("schema.sql"))
    else:
        for step in range(found, SCHEMA_VERSION):
            con.execute(script(f"migrate_{step}.sql"))
        list_anew(con, [key for (key,) in con.execute("SELECT DISTINCT id FROM dispatch").fetchall()])
    con.execute("INSERT INTO ledger VALUES (?, ?)", [SCHEMA_VERSION, version("reportedly")])
    con.execute("COMMIT")
    return found is not None


def check(found: int | None, path: str, *, read_only: bool = False) -> None:
    """Raise LedgerError where a file of this schema version cannot be used, or not without being changed."""
    if found == 0:
        raise LedgerError("E604", f"{path} is a database, but no ledger.", "Name another file with --ledger.")
    if found is not None and found > SCHEMA_VERSION:
        raise LedgerError(
            "E605",
            f"{path} was written by a newer program (schema {found}, this one knows {SCHEMA_VERSION}).",
            "Upgrade reportedly: pip install --upgrade reportedly.",
        )
    if read_only and found != SCHEMA_VERSION:
        raise LedgerError(
            "E612",
            f"{path} was written by an older program (schema {found}, this one needs {SCHEMA_VERSION}).",
            "Bring it up to date: open it for writing once.",
        )
