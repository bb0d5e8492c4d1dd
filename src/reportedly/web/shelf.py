"""The ledger as the reading room asks it: pages of records, and a stamp that changes when the file does.

Readers of one process share the file; somebody who judges waits until those who are reading have done, and they wait
for him. Between two questions nothing is held open, so that `reportedly add` gets its turn beside a reading room.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar

import duckdb
import msgspec

from reportedly.errors import LedgerError
from reportedly.knowledge.event_types import event_types
from reportedly.knowledge.load import Knowledge
from reportedly.ledger import Ledger, facets, open_ledger
from reportedly.ledger.database import LedgerDatabase
from reportedly.ledger.judge import Judged, Judging
from reportedly.ledger.listings import CLAIMS, INCIDENTS
from reportedly.ledger.queue import WaitingClaim, waiting
from reportedly.ledger.samples import Sample
from reportedly.ledger.select import ListHead, heads
from reportedly.model import Analysis, Incident, LedgerClaim, LedgerDispatch, LedgerSource
from reportedly.quality.precision import Precision, PrecisionAnswer

T = TypeVar("T")
Filters = Mapping[str, Any]
What = Literal["incidents", "claims", "sources", "dispatches"]
# Seconds: how long the file stays open after the last reader, how long at most, and how long it is then let go.
IDLE = 0.5
HELD = 3.0
PAUSE = 0.1
# Records that are read at a time where all are taken along.
PORTION = 2_000
# What happened last comes first.
ORDER: Mapping[What, str] = {"incidents": "-begin", "claims": "-published", "dispatches": "-published"}


class ShelfPage(msgspec.Struct, Generic[T], frozen=True):
    """Some records of a list: those from ``offset`` on, and how many there are in all."""

    records: tuple[T, ...]
    total: int
    offset: int
    limit: int


class RoomShelf:
    """A ledger to read from, by many readers at a time; ``judge`` opens it for writing for as long as that takes."""

    def __init__(self, path: Path) -> None:
        self._ledger: Ledger = open_ledger(path, read_only=True)
        self.path = self._ledger.path
        self._gate = _Gate(self._ledger.database)

    def close(self) -> None:
        """Let the file go; a closed shelf is not asked again."""
        with self._gate.writing():
            self._ledger.close()

    @property
    def knowledge(self) -> Knowledge:
        """The tables by which the ledger is merged."""
        return self._ledger.knowledge

    def stamp(self) -> str:
        """What changes whenever the ledger does."""
        parts = []
        for path in (self.path, self.path.with_name(self.path.name + ".wal")):
            try:
                state = path.stat()
            except FileNotFoundError:
                continue
            parts.append(f"{state.st_mtime_ns:x}-{state.st_size:x}")
        return ".".join(parts)

    def incidents(self, filters: Filters, limit: int, offset: int = 0, sort: str | None = None) -> ShelfPage[Incident]:
        """Incidents that pass the filters, the latest first."""
        return self.page("incidents", filters, limit, offset, sort)

    def claims(self, filters: Filters, limit: int, offset: int = 0, sort: str | None = None) -> ShelfPage[LedgerClaim]:
        """Claims that pass the filters, the latest first."""
        return self.page("claims", filters, limit, offset, sort)

    def sources(self, filters: Filters, limit: int, offset: int = 0) -> ShelfPage[LedgerSource]:
        """Voices that pass the filters, those with most claims first."""
        return self.page("sources", filters, limit, offset)

    def dispatches(self, filters: Filters, limit: int, offset: int = 0) -> ShelfPage[LedgerDispatch]:
        """Dispatches that pass the filters, the latest first."""
        return self.page("dispatches", filters, limit, offset)

    def page(
        self, what: What, filters: Filters, limit: int, offset: int = 0, sort: str | None = None
    ) -> ShelfPage[Any]:
        """A page of the list of this name."""
        with self._gate.reading():
            records = self._some(what, filters, limit, offset, sort)
            whole = not offset and len(records) < limit
            total = len(records) if whole else self._ledger.count(what, **filters)
        return ShelfPage(tuple(records), total, offset, limit)

    def _some(self, what: What, filters: Filters, limit: int, offset: int = 0, sort: str | None = None) -> list[Any]:
        found: list[Any] = getattr(self._ledger, what)(
            limit=limit, offset=offset, sort=sort or ORDER.get(what), **filters
        )
        return found

    def _one(self, what: What, key: str) -> Any:  # noqa: ANN401  the record of that list
        with self._gate.reading():
            return next(iter(self._some(what, {"id": key}, 1)), None)

    def incident(self, key: str) -> Incident | None:
        """The incident of this id."""
        found: Incident | None = self._one("incidents", key)
        return found

    @contextmanager
    def _turn(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection for one question that is the room's own."""
        with self._gate.reading(), self._ledger.turn(write=False) as con:
            yield con

    def counted(self, filters: Filters) -> facets.Counted:
        """How many incidents each value of a filter would give."""
        with self._turn() as con:
            return facets.counted(con, self._ledger.asked(INCIDENTS, filters))

    def points(self, filters: Filters) -> list[facets.Point]:
        """Where all incidents are that pass the filters."""
        with self._turn() as con:
            return facets.points(con, self._ledger.asked(INCIDENTS, filters))

    def at_points(self, points: Sequence[facets.Point]) -> list[Incident]:
        """One incident of each of these points."""
        with self._turn() as con:
            return facets.numbered(con, [point.number for point in points])

    def waiting(self, filters: Filters, limit: int) -> list[WaitingClaim]:
        """The claims to judge next, of those that pass the filters."""
        with self._turn() as con:
            return waiting(con, self._ledger.asked(CLAIMS, filters), limit)

    def latest(self) -> int:
        """The mark of what was added last."""
        with self._turn() as con:
            return facets.latest(con)

    def count(self, what: What, filters: Filters) -> int:
        """How many records pass the filters."""
        with self._gate.reading():
            return self._ledger.count(what, **filters)

    def everything(self, what: What, filters: Filters, sort: str | None = None) -> Iterator[list[Any]]:
        """All records that pass the filters, some at a time; nothing is held open while they are taken along."""
        offset = 0
        while True:
            with self._gate.reading():
                records = self._some(what, filters, PORTION, offset, sort)
            yield records
            if len(records) < PORTION:
                return
            offset += PORTION

    def now(self, key: str) -> str | None:
        """The id of the incident that the one of this id became part of; ``None`` where it did not."""
        with self._gate.reading():
            return self._ledger.now(key)

    def some_incidents(self, filters: Filters, limit: int) -> list[Incident]:
        """A few incidents that pass the filters, without counting the rest."""
        with self._gate.reading():
            return self._some("incidents", filters, limit)

    def claim(self, key: str) -> LedgerClaim | None:
        """The claim of this id."""
        found: LedgerClaim | None = self._one("claims", key)
        return found

    def dispatch(self, key: str) -> tuple[LedgerDispatch, Analysis] | None:
        """A dispatch with what was read from it; of a withdrawn one what was read before."""
        listed: LedgerDispatch | None = self._one("dispatches", key)
        if listed is None:
            return None
        found = self.analyses([key]) or self.analyses([key], every_version=True)[-1:]
        return (listed, found[0]) if found else None

    def source(self, name: str) -> LedgerSource | None:
        """The voice that goes by exactly this name."""
        with self._gate.reading():
            found: list[LedgerSource] = self._some("sources", {"name": name}, 200)
        exact = (s for s in found if s.name == name)
        return next(exact, None) or next((s for s in found if name in s.names), None)

    def analyses(self, keys: Sequence[str], *, every_version: bool = False) -> list[Analysis]:
        """What was read from these dispatches."""
        with self._gate.reading():
            return self._ledger.analyses(keys, every_version=every_version) if keys else []

    def some_claims(self, keys: Sequence[str]) -> dict[str, LedgerClaim]:
        """These claims by id."""
        with self._gate.reading():
            found: list[LedgerClaim] = self._some("claims", {"ids": keys}, 2 * len(keys)) if keys else []
        return {held.claim.id: held for held in found}

    def types(self) -> tuple[str, ...]:
        """The event types to choose from: those of the tables, then others that the ledger was made with."""
        known = event_types().names
        with self._gate.reading():
            held = self._ledger.types()
        return (*known, *(t for t in held if t not in known))

    def listed(self, keys: Sequence[str]) -> list[LedgerDispatch]:
        """The records of these dispatches, in order of publication."""
        with self._gate.reading():
            found: list[LedgerDispatch] = self._ledger.dispatches(ids=list(keys)) if keys else []
        return found

    def heads(self, keys: Sequence[str]) -> dict[str, ListHead]:
        """How dispatches begin, by id."""
        with self._turn() as con:
            return {head.id: head for head in heads(con, keys)}

    def judgements(self) -> list[Judged]:
        """What people decided, in order, with what was taken back."""
        with self._gate.reading():
            return self._ledger.judgements()

    def samples(self) -> list[Sample]:
        """The samples that were drawn."""
        with self._gate.reading():
            return self._ledger.samples()

    def sample(self, name: str) -> Sample:
        """A sample by its name; raises LedgerError where there is none."""
        with self._gate.reading():
            return self._ledger.sample(name)

    def sample_answers(self, name: str) -> list[PrecisionAnswer]:
        """What was answered about a sample, by all judges."""
        with self._gate.reading():
            return self._ledger.answers(name)

    def precision(self, name: str) -> list[Precision]:
        """The share right by field and type of a sample."""
        with self._gate.reading():
            return self._ledger.precision(name)

    def answer_sample(self, name: str, given: Sequence[PrecisionAnswer]) -> None:
        """Keep what a judge said of the fields of a sampled claim."""
        with self._gate.writing(), open_ledger(self.path) as ledger:
            for said in given:
                ledger.answer(name, said.claim, said.field, said.verdict, by=said.by, at=said.at, note=said.note)

    def judge(self, decided: Sequence[Judging]) -> None:
        """Keep what somebody decided."""
        with self._gate.writing(), open_ledger(self.path) as ledger:
            ledger.judge_all(decided)


class _Gate:
    """Many readers or one writer; a writer who waits keeps new readers back.

    Opening a DuckDB file takes longer than most questions. So while readers follow one another the file stays open
    between them; it is let go when nobody has read for a moment, and every few seconds in any case, long enough for
    another program that waits to write.
    """

    def __init__(self, database: LedgerDatabase) -> None:
        self._database = database
        self._turn = threading.Condition()
        self._readers = 0
        self._writer = threading.Lock()
        self._kept: duckdb.DuckDBPyConnection | None = None
        self._since = 0.0
        self._last = 0.0

    @contextmanager
    def reading(self) -> Iterator[None]:
        with self._writer:
            if self._kept is not None and time.monotonic() - self._since > HELD:
                self._quiet()
                time.sleep(PAUSE)
            with self._turn:
                self._readers += 1
                self._keep()
        try:
            yield
        finally:
            with self._turn:
                self._readers -= 1
                self._last = time.monotonic()
                self._turn.notify_all()

    @contextmanager
    def writing(self) -> Iterator[None]:
        with self._writer:
            self._quiet()
            yield

    def _keep(self) -> None:
        """Hold the file open for the readers that follow; where somebody writes just now the next one will."""
        if self._kept is None:
            with suppress(duckdb.Error):
                self._kept = self._database.lend(read_only=True)
                self._since = time.monotonic()
                threading.Thread(target=self._let_go, daemon=True).start()

    def _let_go(self) -> None:
        """Close the file when nobody has read for a moment."""
        while True:
            time.sleep(IDLE)
            with self._turn:
                if self._kept is None:
                    return
                if not self._readers and time.monotonic() - self._last > IDLE:
                    self._close()
                    return

    def _quiet(self) -> None:
        """Wait until nobody reads, and close the file."""
        with self._turn:
            self._turn.wait_for(lambda: self._readers == 0)
            self._close()

    def _close(self) -> None:
        if self._kept is not None:
            self._database.take_back(self._kept)
            self._kept = None


__all__ = ["Filters", "Judged", "Judging", "LedgerError", "ListHead", "RoomShelf", "ShelfPage"]
