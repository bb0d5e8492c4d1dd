"""What a ledger is added in portions: dispatches with all that was read from them, and what adding them came to."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence

import duckdb
import msgspec

from reportedly.ledger import copies, rows
from reportedly.ledger.lists import list_anew
from reportedly.model import Analysis, Versions

# A batch is written when it is this large or this old, whichever comes first: a kill loses no more work than that.
BATCH = 500
BATCH_SECONDS = 3.0


class AddReport(msgspec.Struct, frozen=True):
    """What became of the dispatches given to ``Ledger.add``.

    ``replaced`` are new versions or readings, ``outside`` those that are not of the ledger's period and not kept.
    """

    added: int = 0
    unchanged: int = 0
    replaced: int = 0
    withdrawn: int = 0
    outside: int = 0

    def __add__(self, other: AddReport) -> AddReport:
        return AddReport(*(getattr(self, f) + getattr(other, f) for f in self.__struct_fields__))


def batches(analyses: Iterable[Analysis]) -> Iterator[list[Analysis]]:
    """Portions of so many readings, or of what came in so many seconds."""
    batch: list[Analysis] = []
    begun = time.monotonic()
    for analysis in analyses:
        batch.append(analysis)
        if len(batch) >= BATCH or time.monotonic() - begun > BATCH_SECONDS:
            yield batch
            batch, begun = [], time.monotonic()
    if batch:
        yield batch


def write(con: duckdb.DuckDBPyConnection, batch: Sequence[Analysis]) -> AddReport:
    """One batch of whole dispatches in one transaction."""
    con.execute("BEGIN")
    makers = rows.makers(con, {a.versions for a in batch})
    readings, report = _placed(con, batch, makers)
    for name, new in rows.tables(readings).items():
        rows.insert(con, name, new)
    copies.add(con, readings)
    list_anew(con, sorted({r.analysis.dispatch.id for r in readings}))
    con.execute("COMMIT")
    return report


def _placed(
    con: duckdb.DuckDBPyConnection, batch: Sequence[Analysis], makers: dict[Versions, int]
) -> tuple[list[rows.StoredReading], AddReport]:
    """Which analyses are new, and their place among the versions of their dispatch."""
    held = rows.held(con, {a.dispatch.id for a in batch})
    seq = rows.next_seq(con)
    readings: list[rows.StoredReading] = []
    report = AddReport()
    for analysis in batch:
        history = held.setdefault(analysis.dispatch.id, rows.History())
        reading = history.place(seq, makers[analysis.versions], analysis)
        if reading is None:
            report += AddReport(unchanged=1)
            continue
        report += _counted(reading, history)
        readings.append(reading)
        seq += 1
    return readings, report


def _counted(reading: rows.StoredReading, history: rows.History) -> AddReport:
    if rows.is_withdrawal(reading.analysis.dispatch):
        return AddReport(withdrawn=1)
    return AddReport(replaced=1) if len(history.readings) > 1 else AddReport(added=1)
