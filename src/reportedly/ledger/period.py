"""A ledger of a period: what was published in it, with some days before and after, so that months can be made apart.

What the margin holds is there to be linked: an incident of which nothing was told in the period is none of it. One that
was told on both sides of a border stands in both periods, under one id where both hold its first claim.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import duckdb
import msgspec

from reportedly.days import day_of
from reportedly.errors import LedgerError
from reportedly.filters import read_value
from reportedly.incidents.told import UNITS
from reportedly.ledger import rows
from reportedly.model import Dispatch

# So many days before and after a period are held too.
MARGIN: Final = 14
Day = str | date | None
# A period as people give it: a month or a year ("2024-05", "May 2024"), or its first and its last day.
Given = str | tuple[Day, Day]


class Period(msgspec.Struct, frozen=True):
    """The days from ``first`` to ``last``, both meant, as ISO dates."""

    first: str
    last: str

    def __str__(self) -> str:
        return f"{self.first} to {self.last}"

    @property
    def reach(self) -> tuple[str, str]:
        """The first and the last day with their margins."""
        first, last = (date.fromisoformat(day) for day in (self.first, self.last))
        before, after = min(first - date.min, _MARGIN), min(date.max - last, _MARGIN)
        return (first - before).isoformat(), (last + after).isoformat()

    def takes(self, dispatch: Dispatch) -> bool:
        """Whether a dispatch is held: it was published in the period or its margin, or is withdrawn, whenever that was.

        What has no day belongs to no period.
        """
        day = day_of(dispatch.published)
        first, last = self.reach
        return rows.is_withdrawal(dispatch) or (day is not None and first <= day.isoformat() <= last)

    def tells(self, published: str | None) -> bool:
        """Whether it was told in the period itself."""
        day = day_of(published)
        return day is not None and self.first <= day.isoformat() <= self.last


_MARGIN: Final = timedelta(days=MARGIN)


def period_given(given: Given | None) -> Period | None:
    """The period that somebody names; ``None`` on one side leaves that side open. Raises WrongValueError.

    >>> period_given("May 2024"), period_given(("2024-05-10", None))
    (Period(first='2024-05-01', last='2024-05-31'), Period(first='2024-05-10', last='9999-12-31'))
    """
    first, last = (given, given) if isinstance(given, str) else given or (None, None)
    if first is None and last is None:
        return None
    begin = str(read_value("from", first)) if first is not None else date.min.isoformat()
    end = str(read_value("to", last)) if last is not None else date.max.isoformat()
    if begin > end:
        raise LedgerError("E624", f"A period cannot begin on {begin} and end on {end}.", "Name the earlier day first.")
    return Period(begin, end)


def period_of(con: duckdb.DuckDBPyConnection) -> Period | None:
    """The period of a ledger; ``None`` where it takes what was published on any day, or none that is known."""
    found = con.execute('SELECT "first", "last" FROM period').fetchall()
    return Period(*found[0]) if found else None


def settle(con: duckdb.DuckDBPyConnection, wanted: Period | None, path: Path) -> Period | None:
    """The period of a ledger, which a new one keeps for good; raises LedgerError where it is not the one ``wanted``."""
    held = period_of(con)
    if wanted is None or wanted == held:
        return held
    if held is not None or con.execute("SELECT count(*) FROM dispatch").fetchall()[0][0]:
        kept = f"is of {held}" if held else "holds dispatches of any day"
        raise LedgerError("E624", f"{path} {kept}, not of {wanted}.", "Name a new ledger for another period.")
    con.execute("INSERT INTO period VALUES (?, ?)", [wanted.first, wanted.last])
    return wanted


def of_period(con: duckdb.DuckDBPyConnection, groups: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """The groups of units of which some were told in the ledger's period."""
    held = period_of(con)
    if held is None:
        return list(groups)
    sql = "SELECT seq FROM received WHERE substr(published, 1, 10) BETWEEN ? AND ?"
    told = {seq for (seq,) in con.execute(sql, [held.first, held.last]).fetchall()}
    return [group for group in groups if any(unit // UNITS in told for unit in group)]
