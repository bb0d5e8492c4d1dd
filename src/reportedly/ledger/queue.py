"""What to judge next: claims of contested incidents, of many dispatches, and those that were read with doubt.

A voice is asked about once an incident; a claim that somebody judged or corrected is not asked about again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb
import msgspec
import pyarrow as pa

from reportedly.ledger import select
from reportedly.ledger.listings import CLAIMS
from reportedly.ledger.sql import script
from reportedly.model import LedgerClaim


class WaitingClaim(msgspec.Struct, frozen=True):
    """A claim that waits for a judgement, and why."""

    held: LedgerClaim
    why: tuple[str, ...]


def waiting(con: duckdb.DuckDBPyConnection, filters: Mapping[str, object], limit: int) -> list[WaitingClaim]:
    """The claims to judge next, of those that pass the filters of the list of claims."""
    clause, values = select.where(CLAIMS, filters)
    found = con.execute(script("queue.sql").replace("/* filters */", clause), [*values, limit]).fetchall()
    keys = pa.table({"seq": pa.array([row[0] for row in found], pa.int64()), "id": [str(row[1]) for row in found]})
    held = CLAIMS.fetch(con, keys) if found else []
    return [WaitingClaim(h, why(*row[2:])) for h, row in zip(held, found, strict=True)]


def why(disputes: int, dispatches: int, place_doubt: bool, when_doubt: bool, doubt: bool) -> tuple[str, ...]:  # noqa: FBT001
    """The reasons in words."""
    several: Sequence[tuple[object, str]] = (
        (disputes, f"{disputes} contested question{'s' * (disputes > 1)}"),
        (dispatches > 1, f"told in {dispatches} dispatches"),
        (place_doubt, "place taken from the context"),
        (when_doubt, "day taken from the context"),
        (doubt, "not told as certain"),
    )
    return tuple(words for holds, words in several if holds)
