"""What people decided: two names are one source, two ids one incident, a claim is wrong. Every word is kept."""

from __future__ import annotations

from typing import Literal

import duckdb
import msgspec

from reportedly.errors import LedgerError
from reportedly.ledger import rows

Verdict = Literal["same", "different", "right", "wrong"]
Kind = Literal["source", "incident", "claim"]


class Judging(msgspec.Struct, frozen=True):
    """What somebody says of ``a`` (and ``b``); ``undo`` takes an earlier judgement back."""

    a: str
    verdict: Verdict
    b: str | None
    by: str | None
    at: str | None
    undo: bool


class Judged(msgspec.Struct, frozen=True):
    """A judgement as it is kept.

    ``kind`` says what ``a`` and ``b`` are: names of sources, the first claims of two incidents, or a claim (``b`` is
    ``None``). The last word on a pair counts; one with ``undone`` takes the earlier word back.
    """

    n: int
    kind: Kind
    a: str
    verdict: Verdict
    b: str | None
    by: str | None
    at: str | None
    undone: bool


def keep(con: duckdb.DuckDBPyConnection, given: Judging) -> None:
    """Append a judgement; raises LedgerError for what has no meaning or is not in the ledger."""
    kind, a, b = _resolved(con, given)
    if given.undo and not _stands(con, kind, a, b):
        raise LedgerError("E611", f"There is no judgement on {_named(given)} to take back.", "List what was judged.")
    number = con.execute("SELECT coalesce(max(n), 0) + 1 FROM judgement").fetchall()[0][0]
    con.execute(
        "INSERT INTO judgement VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [number, kind, a, given.verdict, b, given.by, given.at, given.undo],
    )


def listed(con: duckdb.DuckDBPyConnection) -> list[Judged]:
    """All judgements in order."""
    return rows.records(con, Judged, "SELECT * FROM judgement ORDER BY n")


def _named(given: Judging) -> str:
    return f"{given.a} and {given.b}" if given.b else given.a


def _resolved(con: duckdb.DuckDBPyConnection, given: Judging) -> tuple[Kind, str, str | None]:
    if given.verdict in ("right", "wrong"):
        if given.b is not None or not _is_claim(con, given.a):
            raise _meaningless(given, "Only a claim is right or wrong: give its id.")
        return "claim", given.a, None
    if given.b is None or given.a == given.b:
        raise _meaningless(given, "Give two names of sources, or the ids of two incidents or claims.")
    first, second = _first_claim(con, given.a), _first_claim(con, given.b)
    if first is not None and second is not None:
        return "incident", first, second
    if first is None and second is None:
        for name in (given.a, given.b):
            _check_name(con, name)
        return "source", given.a, given.b
    raise _meaningless(given, "A source and an incident cannot be compared.")


def _meaningless(given: Judging, remedy: str) -> LedgerError:
    return LedgerError("E610", f'"{_named(given)} {given.verdict}" cannot be judged.', remedy)


def _is_claim(con: duckdb.DuckDBPyConnection, id: str) -> bool:  # noqa: A002
    return bool(con.execute("SELECT 1 FROM claim WHERE id = ? LIMIT 1", [id]).fetchall())


def _first_claim(con: duckdb.DuckDBPyConnection, id: str) -> str | None:  # noqa: A002
    """The claim that stands for an incident (its first) or for itself; ``None`` where the id names neither."""
    found = con.execute("SELECT record FROM incident WHERE id = ?", [id]).fetchall()
    if found:
        claims = msgspec.json.decode(found[0][0])["claims"]
        return str(claims[0])
    return id if _is_claim(con, id) else None


def _check_name(con: duckdb.DuckDBPyConnection, name: str) -> None:
    sql = "SELECT 1 FROM source WHERE name = $name OR list_contains(names, $name) LIMIT 1"
    if not con.execute(sql, {"name": name}).fetchall():
        raise LedgerError(
            "E608", f'No source in the ledger is called "{name}".', "List them with their names: reportedly sources"
        )


def _stands(con: duckdb.DuckDBPyConnection, kind: Kind, a: str, b: str | None) -> bool:
    sql = """SELECT 1 FROM current_judgement WHERE kind = $kind
             AND ((a = $a AND b IS NOT DISTINCT FROM $b) OR (a = $b AND b = $a))"""
    return bool(con.execute(sql, {"kind": kind, "a": a, "b": b}).fetchall())
