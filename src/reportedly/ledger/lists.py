"""The lists that people filter, kept with every batch: the latest reading of each dispatch, and its claims."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import msgspec
import pyarrow as pa

from reportedly.ids import content_id
from reportedly.ledger import corrections, rows
from reportedly.ledger.sql import run, script, statements
from reportedly.model import Claim


def list_anew(con: duckdb.DuckDBPyConnection, ids: Sequence[str]) -> None:
    """Bring the lists up to date with what was read of these dispatches, and with what people corrected of it."""
    con.register("changed", pa.table({"id": ids, "lineage": [content_id("l", i) for i in ids]}))
    run(con, "lists.sql")
    _list_corrected(con)
    con.unregister("changed")


def _list_corrected(con: duckdb.DuckDBPyConnection) -> None:
    """Claims as people corrected them in the place of what was read."""
    kept = corrections.standing(con)
    if not kept:
        return
    con.execute("CREATE OR REPLACE TEMP TABLE corrected AS FROM claim LIMIT 0")
    for seq, claim in rows.numbered(con, Claim, _READ, [sorted(kept)]):
        made = corrections.with_corrections(claim, kept[claim.id])
        rows.insert(con, "corrected", [{"seq": seq} | msgspec.to_builtins(made)])
    con.execute("DELETE FROM told USING corrected WHERE told.seq = corrected.seq AND told.id = corrected.id")
    con.execute(statements(script("lists.sql"))[-1].replace("claim AS c", "corrected AS c"))
    con.execute("DROP TABLE corrected")


_READ = """
SELECT claim.* FROM claim JOIN received USING (seq)
WHERE claim.id IN (SELECT unnest(?)) AND received.id IN (SELECT id FROM changed) AND NOT withdrawn
"""
