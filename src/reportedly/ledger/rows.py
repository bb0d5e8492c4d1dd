"""Analyses as Arrow tables for the ledger, and rows of the ledger as records again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import duckdb
import msgspec
import numpy as np
import pyarrow as pa

from reportedly.ids import content_id
from reportedly.incidents import lineage
from reportedly.model import Analysis, Dispatch, Versions

T = TypeVar("T")
Row = dict[str, Any]

TABLES = ("dispatch", "claim", "statement", "silence", "actor", "time", "place")


class StoredReading(msgspec.Struct, frozen=True):
    """One analysis with its place in the ledger (see ``schema.sql``)."""

    seq: int
    made_by: int
    rank: int
    revision: int
    analysis: Analysis


class History:
    """The readings of one dispatch that the ledger holds."""

    def __init__(self) -> None:
        self.readings: set[tuple[str, int]] = set()
        self.digests: dict[str, int] = {}
        self.rank = 0

    def note(self, content: str, made_by: int, rank: int, revision: int) -> None:
        """Remember a reading."""
        self.readings.add((content, made_by))
        self.digests[content] = revision
        self.rank = max(self.rank, rank)

    def place(self, seq: int, made_by: int, analysis: Analysis) -> StoredReading | None:
        """The new reading's place, or ``None`` where the ledger already has it."""
        content = digest(analysis.dispatch)
        if (content, made_by) in self.readings:
            return None
        number = analysis.dispatch.version or ""
        rank = int(number) if number.isdecimal() else self.rank
        revision = self.digests.get(content, len(self.digests) + 1)
        self.note(content, made_by, rank, revision)
        return StoredReading(seq, made_by, rank, revision, analysis)


def held(con: duckdb.DuckDBPyConnection, ids: set[str]) -> dict[str, History]:
    """What the ledger holds of these dispatches."""
    found = con.execute(
        "SELECT id, digest, made_by, rank, revision FROM dispatch WHERE id IN (SELECT unnest(?)) ORDER BY seq",
        [sorted(ids)],
    ).fetchall()
    out: dict[str, History] = {}
    for key, content, made_by, rank, revision in found:
        out.setdefault(key, History()).note(content, made_by, rank, revision)
    return out


def next_seq(con: duckdb.DuckDBPyConnection) -> int:
    """The number of the next reading."""
    return int(con.execute("SELECT coalesce(max(seq), 0) + 1 FROM dispatch").fetchall()[0][0])


def makers(con: duckdb.DuckDBPyConnection, wanted: set[Versions]) -> dict[Versions, int]:
    """The numbers under which programs, models and tables are kept, new ones added."""
    known = {Versions(*row[1:]): row[0] for row in con.execute("SELECT * FROM made_by").fetchall()}
    for versions in sorted(wanted - known.keys(), key=msgspec.json.encode):
        known[versions] = len(known) + 1
        con.execute(
            "INSERT INTO made_by VALUES (?, ?, ?, ?, ?, ?)", [known[versions], *msgspec.structs.astuple(versions)]
        )
    return known


def digest(dispatch: Dispatch) -> str:
    """What everything received of a dispatch comes to; where it was read from does not count."""
    fields = {f: v for f, v in msgspec.to_builtins(dispatch).items() if f != "file"}
    return content_id("d", msgspec.json.encode(fields, order="deterministic").decode("utf-8", "surrogatepass"))


def is_withdrawal(dispatch: Dispatch) -> bool:
    """Whether the publisher takes the item back."""
    return (dispatch.note or "").casefold() == "kill"


def tables(readings: Sequence[StoredReading]) -> dict[str, list[Row]]:
    """The rows that a batch of readings adds to each table."""
    out: dict[str, list[Row]] = {name: [] for name in TABLES}
    for reading in readings:
        seq, analysis = {"seq": reading.seq}, analysis_of(reading)
        out["dispatch"].append(_dispatch_row(reading))
        for name, records in analysis.items():
            out[name].extend(seq | msgspec.to_builtins(record) for record in records)
    return out


def analysis_of(reading: StoredReading) -> dict[str, tuple[Any, ...]]:
    """What is kept of an analysis by table; of a withdrawn item only that it was withdrawn."""
    a = reading.analysis
    if is_withdrawal(a.dispatch):
        return {}
    return {
        "claim": a.claims,
        "statement": a.statements,
        "silence": a.silences,
        "actor": a.actors,
        "time": a.times,
        "place": a.places,
    }


def _dispatch_row(reading: StoredReading) -> Row:
    dispatch = reading.analysis.dispatch
    received: Row = msgspec.to_builtins(dispatch)
    return received | {
        "seq": reading.seq,
        "digest": digest(dispatch),
        "made_by": reading.made_by,
        "rank": reading.rank,
        "revision": reading.revision,
        "withdrawn": is_withdrawal(dispatch),
    }


def sketches(readings: Sequence[StoredReading]) -> pa.Table:
    """The sampled shingles of a batch, by which copies are looked up."""
    parts = [_sketch(r) for r in readings]
    counts = [len(shingles) for _, _, shingles in parts]
    return pa.table(
        {
            "seq": np.repeat([seq for seq, _, _ in parts], counts).astype(np.int64),
            "day": pa.array(np.repeat([day or 0 for _, day, _ in parts], counts), pa.int32(), from_pandas=False),
            "shingle": np.concatenate([shingles for _, _, shingles in parts]),
        }
    )


def _sketch(reading: StoredReading) -> tuple[int, int | None, lineage.Hashes]:
    dispatch = reading.analysis.dispatch
    seen = lineage.fingerprint(dispatch.text, dispatch.published)
    return reading.seq, seen.day, lineage.sample(seen.shingles)


def insert(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Row]) -> None:
    """Append rows to a table through Arrow; columns are taken by name."""
    if not rows:
        return
    schema = _schema(con, table)
    columns = [pa.array([row.get(field.name) for row in rows], type=field.type) for field in schema]
    con.register("incoming", pa.Table.from_arrays(columns, schema=schema))
    con.execute(f'INSERT INTO "{table}" BY NAME SELECT * FROM incoming')  # noqa: S608
    con.unregister("incoming")


def _schema(con: duckdb.DuckDBPyConnection, table: str) -> pa.Schema:
    """The columns of a table, which are the same in every ledger of this program's schema."""
    if table not in _SCHEMAS:
        _SCHEMAS[table] = con.sql(f'SELECT * FROM "{table}" LIMIT 0').to_arrow_table().schema  # noqa: S608  ours
    return _SCHEMAS[table]


_SCHEMAS: dict[str, pa.Schema] = {}


def insert_columns(con: duckdb.DuckDBPyConnection, table: str, columns: dict[str, Any]) -> None:
    """Append columns of numbers or strings to a table through Arrow."""
    con.register("incoming", pa.table(columns))
    con.execute(f'INSERT INTO "{table}" BY NAME SELECT * FROM incoming')  # noqa: S608  our own table names
    con.unregister("incoming")


def query(con: duckdb.DuckDBPyConnection, sql: str, parameters: Sequence[object] | dict[str, object] = ()) -> list[Row]:
    """The rows of a query, read through Arrow."""
    found: list[Row] = con.sql(sql, params=parameters or None).to_arrow_table().to_pylist()
    return found


def records(con: duckdb.DuckDBPyConnection, kind: type[T], sql: str, parameters: Sequence[object] = ()) -> list[T]:
    """The rows of a query as records; columns that the record does not have are left out."""
    return [record for _, record in numbered(con, kind, sql, parameters)]


def numbered(
    con: duckdb.DuckDBPyConnection, kind: type[T], sql: str, parameters: Sequence[object] = ()
) -> list[tuple[int, T]]:
    """The rows of a query as records, each with its reading (0 where the query gives none)."""
    found = query(con, sql, parameters)
    return [(row.get("seq", 0), msgspec.convert(row, kind, strict=False)) for row in found]
