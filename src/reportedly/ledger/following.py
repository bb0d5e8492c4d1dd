"""What a ledger keeps of feeds that are followed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import AbstractContextManager

import duckdb
import msgspec

from reportedly.ledger import facets, rows
from reportedly.model.record import Record


class FeedState(Record, frozen=True):
    """What a feed said when it was last asked: its marks for conditional requests, failures since, when to ask again.

    ``asked`` and ``again`` are ISO times in UTC.
    """

    url: str
    etag: str | None = None
    modified: str | None = None
    asked: str | None = None
    failures: int = 0
    again: str | None = None


class SeenItem(Record, frozen=True):
    """An item that was taken from a feed: digests of its id and of what it said, and the day when it was there last."""

    item: int
    content: int
    day: int


def feeds(con: duckdb.DuckDBPyConnection) -> dict[str, FeedState]:
    """The state of every feed by its address."""
    return {f.url: f for f in rows.records(con, FeedState, "SELECT * FROM feed")}


def keep_feeds(con: duckdb.DuckDBPyConnection, states: Sequence[FeedState]) -> None:
    """Put states in the place of those before."""
    con.execute("BEGIN")
    con.execute("DELETE FROM feed WHERE url IN (SELECT unnest(?))", [[s.url for s in states]])
    rows.insert(con, "feed", [msgspec.structs.asdict(s) for s in states])
    con.execute("COMMIT")


def seen(con: duckdb.DuckDBPyConnection, items: Sequence[int]) -> dict[int, SeenItem]:
    """Of these items those that were taken."""
    sql = "SELECT item, content, day FROM seen WHERE item IN (SELECT unnest(?::UBIGINT[]))"
    return {s.item: s for s in rows.records(con, SeenItem, sql, [list(items)])}


def keep_seen(con: duckdb.DuckDBPyConnection, items: Sequence[SeenItem], forget_before: int) -> None:
    """Remember items, and forget those that no feed has shown since a day."""
    con.execute("BEGIN")
    con.execute(
        "DELETE FROM seen WHERE day < ? OR item IN (SELECT unnest(?::UBIGINT[]))",
        [forget_before, [i.item for i in items]],
    )
    rows.insert(con, "seen", [msgspec.structs.asdict(i) for i in items])
    con.execute("COMMIT")


class Following(ABC):
    """The part of a ledger that remembers what was seen of feeds."""

    @abstractmethod
    def turn(self, *, write: bool) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """Lends a connection to the file for one step."""

    def latest(self) -> int:
        """The number of the last reading: what comes after it is new (``new=`` of the lists)."""
        with self.turn(write=False) as con:
            return facets.latest(con)

    def feeds(self) -> dict[str, FeedState]:
        """What each feed said when it was last asked, by its address."""
        with self.turn(write=False) as con:
            return feeds(con)

    def keep_feeds(self, states: Sequence[FeedState]) -> None:
        """Remember what feeds said."""
        with self.turn(write=True) as con:
            keep_feeds(con, states)

    def seen(self, items: Sequence[int]) -> dict[int, SeenItem]:
        """Of these items, by their digests, those that were taken."""
        with self.turn(write=False) as con:
            return seen(con, items)

    def keep_seen(self, items: Sequence[SeenItem], *, forget_before: int) -> None:
        """Remember items that were taken, and forget those that no feed has shown since a day."""
        with self.turn(write=True) as con:
            keep_seen(con, items, forget_before)
