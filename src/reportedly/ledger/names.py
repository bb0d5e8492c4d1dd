"""Ids of incidents, given once and kept: through growth and corrections, and over a split by the larger part.

A new incident has the id that its first claim gives it. One that takes the place of others bears the id of the one
of which it holds most; the ids of those that it swallowed lead to it. What parts from another and was an incident of
its own before has its old id back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

import duckdb
import msgspec
import pyarrow as pa

from reportedly.ids import content_id
from reportedly.ledger import rows
from reportedly.ledger.sql import run, script


class Vote(msgspec.Struct, frozen=True):
    """How many claims of incident ``number`` were part of the incident ``id`` when they were last part of one.

    With ``past`` they were so before that; ``age`` says in which order ids were given; a ``live`` id is borne by an
    incident that stays as it is.
    """

    past: bool
    claims: int
    age: int
    live: bool
    number: int
    id: str


def given(votes: Iterable[Vote]) -> dict[int, str]:
    """For each incident the id that it keeps, as far as it has one; each id goes to one.

    The largest share goes first, of equal ones the older id; what was borne last goes before what was borne earlier.
    """
    out: dict[int, str] = {}
    used: set[str] = set()
    for vote in sorted(votes, key=lambda v: (v.past, -v.claims, v.age, v.number)):
        if not vote.live and vote.number not in out and vote.id not in used:
            out[vote.number] = vote.id
            used.add(vote.id)
    return out


def fresh(wanted: Mapping[int, str], is_taken: Callable[[str], bool]) -> dict[int, str]:
    """For each new incident an id that nobody ever bore: ``wanted``, or one made from it."""
    out: dict[int, str] = {}
    used: set[str] = set()
    for number, plain in sorted(wanted.items(), key=lambda item: item[1]):
        made, n = plain, 1
        while made in used or is_taken(made):
            n += 1
            made = content_id("n", plain, n)
        out[number] = made
        used.add(made)
    return out


def swallowed(votes: Iterable[Vote], names: Mapping[int, str]) -> dict[str, str]:
    """For each id that no incident bears any more the id of the one that holds most of what it held last."""
    borne = set(names.values())
    shares: dict[str, list[Vote]] = defaultdict(list)
    for vote in votes:
        if not (vote.past or vote.live or vote.id in borne):
            shares[vote.id].append(vote)
    return {old: names[max(held, key=lambda v: (v.claims, -v.number)).number] for old, held in shares.items()}


def name(con: duckdb.DuckDBPyConnection) -> None:
    """Name the staged incidents, whose ids are those that their first claims give, and remember what they are called.

    Those of ``dropped`` are no more; the table holds the numbers of incidents.
    """
    votes = [Vote(*row) for row in con.execute(script("votes.sql")).fetchall()]
    wanted = con.execute("SELECT number, id, id IN (SELECT id FROM named) FROM staged_incident").fetchall()
    known = {plain for _, plain, taken in wanted if taken}
    names = given(votes)
    used = known | set(names.values())
    new = fresh(
        {n: i for n, i, _ in wanted if n not in names}, lambda made: made in used or _is_known(con, made, known)
    )
    names |= new
    _write(con, names, sorted(new.values()), swallowed(votes, names))


def _is_known(con: duckdb.DuckDBPyConnection, made: str, known: Collection[str]) -> bool:
    """Whether an id that was made from another was given before; those that were not made are ``known``."""
    return bool(known) and bool(con.execute("SELECT 1 FROM named WHERE id = ?", [made]).fetchall())


def _write(
    con: duckdb.DuckDBPyConnection, names: Mapping[int, str], new: Sequence[str], lead: Mapping[str, str]
) -> None:
    table = {"number": pa.array(names, pa.int64()), "id": pa.array(names.values(), pa.string())}
    con.register("naming", pa.table(table))
    con.register("onward", pa.table({"id": pa.array(lead, pa.string()), "now": pa.array(lead.values(), pa.string())}))
    rows.insert_columns(con, "named", {"id": pa.array(new, pa.string()), "now": pa.nulls(len(new), pa.string())})
    run(con, "names.sql")
    con.unregister("naming")
    con.unregister("onward")


def current(con: duckdb.DuckDBPyConnection, id: str) -> str | None:  # noqa: A002
    """The id of the incident that the one of this id became part of; ``None`` where it did not."""
    found = con.execute("SELECT now FROM named WHERE id = ? AND now IS NOT NULL", [id]).fetchall()
    return found[0][0] if found else None
