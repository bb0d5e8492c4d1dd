"""The laws of a ledger: each row once, each reference to something that is there, and all that follows as made anew.

What was read, what people decided and the names of incidents are taken as they stand. Everything else follows from
them, so it is compared with a ledger made anew from them, and repaired by putting that ledger in the place of the
other.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import msgspec

from reportedly.errors import LedgerError
from reportedly.ledger import anew, folder, planned
from reportedly.ledger.opening import open_file
from reportedly.ledger.store import Ledger

# What is there once: table and columns.
KEYS = {
    "made_by": "made_by",
    "dispatch": "seq",
    "judgement": "n",
    "named": "id",
    "sample": "name",
    "sample_claim": "sample, claim",
    "sample_answer": "sample, n",
    "received": "id",
    "copies": "a, b",
    "lineage": "seq",
    "unit": "unit",
    "alike": "a, b",
    "edge": "a, b",
    "covered": "seq",
    "incident": "id",
    "incident_unit": "unit",
    "source": "name",
}
# What refers to what: table and column, and the table and column where it has to be.
REFERENCES = (
    *((table, "seq", "dispatch", "seq") for table in ("claim", "statement", "silence", "actor", "time", "place")),
    *((table, "seq", "dispatch", "seq") for table in ("sketch", "received", "lineage", "mark", "unit", "covered")),
    ("dispatch", "made_by", "made_by", "made_by"),
    ("received", "id", "dispatch", "id"),
    ("dispatch", "id", "received", "id"),
    ("told", "seq", "received", "seq"),
    *((table, end, "dispatch", "seq") for table in ("copies", "alike") for end in ("a", "b")),
    *(("edge", end, "unit", "unit") for end in ("a", "b")),
    ("incident_unit", "unit", "unit", "unit"),
    ("incident_claim", "claim", "claim", "id"),
    *((f"incident_{part}", "number", "incident", "number") for part in ("unit", "claim", "voice")),
    ("incident", "number", "incident_unit", "number"),
    ("known_as", "source", "source", "name"),
    ("incident", "id", "named", "id"),
    ("bore", "id", "named", "id"),
    *((table, "sample", "sample", "name") for table in ("sample_claim", "sample_answer")),
    ("sample_claim", "seq", "dispatch", "seq"),
)
# What follows from the rest, as rows that are the same whenever it is made; incidents go by number inside a file alone.
FOLLOWING = {
    "received": "SELECT * FROM received",
    "told": "SELECT * FROM told",
    "copies": "SELECT * FROM copies",
    "lineage": "SELECT * FROM lineage",
    "unit": "SELECT * FROM unit",
    "incident": "SELECT * EXCLUDE (number) FROM incident",
    "incident_unit": "SELECT id, unit FROM incident_unit JOIN incident USING (number)",
    "incident_claim": "SELECT id, incident, seq, claim, voice FROM incident_claim JOIN incident USING (number)",
    "incident_voice": "SELECT id, v.* EXCLUDE (number) FROM incident_voice AS v JOIN incident USING (number)",
    "incident_tie": "SELECT id, t.* EXCLUDE (number) FROM incident_tie AS t JOIN incident USING (number)",
    "known_as": "SELECT * FROM known_as",
    "source": "SELECT * FROM source",
}
_ROWS = "SELECT md5(CAST(t AS VARCHAR)) AS row, count(*) AS n FROM ({rows}) AS t GROUP BY row ORDER BY row"


class Fault(msgspec.Struct, frozen=True):
    """A law that a ledger breaks: which, in which table, and in words how."""

    law: str
    table: str
    message: str


class Checked(msgspec.Struct, frozen=True):
    """What was found; ``pending`` are dispatches that an add was stopped before putting into the incidents."""

    faults: tuple[Fault, ...]
    pending: int


def check(path: Path) -> Checked:
    """Whether a ledger keeps all laws; nothing is changed. Raises LedgerError where it cannot be read."""
    _one_file(path)
    with Ledger(path, read_only=True) as held, TemporaryDirectory() as folder, held.turn(write=False) as con:
        faults = [*_twice(con), *_astray(con)]
        idle, pending = planned.plan_of(con, held.knowledge).idle, planned.pending(con, held.knowledge)
        fresh = anew.made_anew(con, Path(folder) / "fresh.duckdb", held.knowledge.folder)
        faults += _others(con, fresh) if idle else ()
    return Checked(tuple(faults), pending)


def repair(path: Path) -> None:
    """Make everything anew that follows from what was read and decided; the old file stays until the new one is whole.

    Rows of readings that are not there, and second rows of one reading, are left out.
    """
    _one_file(path)
    with Ledger(path) as held:
        held.rewrite(lambda con, draft: anew.made_anew(con, draft, held.knowledge.folder))


def _one_file(path: Path) -> None:
    if folder.is_folder(folder.file_of(path)):
        message = f"{path} is a ledger in a folder, whose laws are not checked."
        raise LedgerError(
            "E622", message, "Where files of it are missing, make it anew with reportedly.spark.incidents."
        )


def _twice(con: duckdb.DuckDBPyConnection) -> Iterator[Fault]:
    for table, columns in KEYS.items():
        sql = f"SELECT count(*) FROM (SELECT 1 FROM {table} GROUP BY {columns} HAVING count(*) > 1)"  # noqa: S608  ours
        if more := _number(con, sql):
            yield Fault("keys", table, f"{more:,} of {table} ({columns}) stand there more than once")


def _astray(con: duckdb.DuckDBPyConnection) -> Iterator[Fault]:
    for table, column, home, key in REFERENCES:
        sql = f"SELECT count(*) FROM {table} AS t ANTI JOIN {home} AS h ON t.{column} = h.{key}"  # noqa: S608  ours
        if more := _number(con, sql):
            yield Fault("references", table, f"{more:,} rows of {table} name a {column} that {home} does not have")


def _others(con: duckdb.DuckDBPyConnection, path: Path) -> Iterator[Fault]:
    """What is not as it comes out when it is made anew."""
    fresh = open_file(path, read_only=True)
    try:
        for table, rows in FOLLOWING.items():
            held, made = (set(c.execute(_ROWS.format(rows=rows)).fetchall()) for c in (con, fresh))
            if held != made:
                lost, extra = len(made - held), len(held - made)
                yield Fault("following", table, f"{table}: {lost:,} rows are missing and {extra:,} should not be there")
    finally:
        fresh.close()


def _number(con: duckdb.DuckDBPyConnection, sql: str) -> int:
    return int(con.execute(sql).fetchall()[0][0])
