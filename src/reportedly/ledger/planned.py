"""What a refresh has to do, and the transaction that a step is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

import duckdb
import msgspec
import pyarrow as pa

from reportedly.incidents.wording import words
from reportedly.knowledge.load import Knowledge
from reportedly.ledger import rows
from reportedly.ledger.tables import rules

# Words are weighed by so many of the earliest dispatches: what is added later leaves the comparisons of before alone.
REFERENCE = 1_000


class Turn(Protocol):
    """Lends a connection to the ledger for one step."""

    def __call__(self, *, write: bool) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """To read, or to write."""


class Plan(msgspec.Struct, frozen=True):
    """What a refresh has to do: readings to put in and to take out, or everything ``anew``; or nothing (``idle``).

    ``size`` is how many readings there are to go through.
    """

    anew: bool
    fresh: list[int]
    gone: list[int]
    idle: bool
    size: int


def pending(con: duckdb.DuckDBPyConnection, knowledge: Knowledge) -> int:
    """How many dispatches were added and are not merged yet."""
    plan = plan_of(con, knowledge)
    return 0 if plan.idle else len(plan.fresh) + len(plan.gone)


def plan_of(con: duckdb.DuckDBPyConnection, knowledge: Knowledge) -> Plan:
    """What there is to do."""
    made = con.execute("SELECT rules, judged FROM merged").fetchall()
    wanted = numbers(con, _REFERENCE, [REFERENCE])
    anew = (
        not made
        or made[0][0] != rules(knowledge, REFERENCE)
        or set(wanted) != set(numbers(con, "SELECT seq FROM reference"))
    )
    fresh = numbers(con, "SELECT seq FROM received WHERE NOT withdrawn AND seq NOT IN (FROM covered) ORDER BY seq")
    gone = numbers(
        con, "SELECT seq FROM covered WHERE seq NOT IN (SELECT seq FROM received WHERE NOT withdrawn) ORDER BY seq"
    )
    judged = numbers(con, "SELECT coalesce(max(n), 0) FROM judgement")[0]
    touched = numbers(con, "SELECT count(*) FROM touched")[0]
    same = not anew and made[0][1] == judged
    size = numbers(con, "SELECT count(*) FROM received")[0] if anew else len(fresh) + len(gone)
    return Plan(anew, fresh, gone, idle=same and not (fresh or gone or touched), size=size)


_REFERENCE = "SELECT seq FROM received WHERE NOT withdrawn ORDER BY published NULLS LAST, id LIMIT ?"


def numbers(con: duckdb.DuckDBPyConnection, sql: str, parameters: Sequence[object] = ()) -> list[int]:
    """The first column of what a query gives."""
    (column,) = con.execute(sql, list(parameters)).fetchnumpy().values()
    found: list[int] = column.tolist()
    return found


def shared(con: duckdb.DuckDBPyConnection) -> Turn:
    """Steps that follow one another in one turn, each over a connection of its own to the file that is open."""
    here = con.execute("SELECT replace(current_database(), chr(34), chr(34) || chr(34))").fetchall()[0][0]

    @contextmanager
    def step(*, write: bool) -> Iterator[duckdb.DuckDBPyConnection]:
        del write
        with con.cursor() as own:
            own.execute(f'USE "{here}"')
            yield own

    return step


@contextmanager
def whole(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """One transaction: all of it or nothing."""
    con.execute("BEGIN")
    try:
        yield
    except BaseException:
        con.execute("ROLLBACK")
        raise
    con.execute("COMMIT")


def clear(con: duckdb.DuckDBPyConnection, knowledge: Knowledge) -> None:
    """Forget every step and weigh words anew; the incidents that people read stay until the last step."""
    for table in ("merged", "reference", "seen_in", "mark", "common", "alike", "unit", "edge", "touched", "covered"):
        con.execute(f"DELETE FROM {table}")  # noqa: S608  our own table names
    con.execute(_OUTLINE)
    con.execute("INSERT INTO reference " + _REFERENCE, [REFERENCE])
    texts = con.execute("SELECT text FROM dispatch JOIN reference USING (seq)").fetchall()
    seen = seen_in((text for (text,) in texts), knowledge)
    rows.insert_columns(con, "seen_in", {"word": pa.array(list(seen), pa.string()), "dispatches": list(seen.values())})
    con.execute("INSERT INTO merged VALUES (?, 0)", [rules(knowledge, REFERENCE)])


# What is compared of a dispatch and what incidents are made of (``incidents.told``), as bytes: made with the marks, and
# read a hundred times faster than made.
_OUTLINE = "CREATE OR REPLACE TABLE outline (seq BIGINT PRIMARY KEY, outline BLOB NOT NULL, told BLOB NOT NULL)"


def seen_in(texts: Iterable[str], knowledge: Knowledge) -> Counter[str]:
    """In how many of these texts each word stands."""
    seen: Counter[str] = Counter()
    for text in texts:
        seen.update(words(text, knowledge).keys())
    return seen
