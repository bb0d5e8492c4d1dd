"""What people decided: two names are one source, two ids one incident, a claim is wrong, a value is another.

Every word is kept, with who said it, when, and a note where there is one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import duckdb
import msgspec

from reportedly.errors import LedgerError
from reportedly.knowledge.load import SHIPPED, Knowledge
from reportedly.ledger import corrections, rows
from reportedly.ledger.corrections import AMOUNT, FIELDS
from reportedly.model import Claim

__all__ = ["AMOUNT", "FIELDS", "Judged", "Judging", "Kind", "Verdict", "keep", "listed", "standing_of"]

Verdict = Literal["same", "different", "right", "wrong", "correct", "note"]
Kind = Literal["source", "incident", "claim", "correction", "note"]


class Judging(msgspec.Struct, frozen=True):
    """What somebody says of ``a`` (and ``b``); ``undo`` takes an earlier judgement back.

    *correct* puts ``value`` in the place of what claim ``a`` has in ``field`` (see ``FIELDS``; a role of figures is a
    field too, see ``AMOUNT``); *note* keeps ``note`` beside claim or incident ``a``.
    """

    a: str
    verdict: Verdict
    b: str | None = None
    by: str | None = None
    at: str | None = None
    undo: bool = False
    field: str | None = None
    value: str | None = None
    note: str | None = None


class Judged(msgspec.Struct, frozen=True):
    """A judgement as it is kept.

    ``kind`` says what ``a`` and ``b`` are: names of sources, the first claims of two incidents, or a claim (``b`` is
    ``None``). The last word on a pair counts, of a *correction* on a claim and ``field``, of a *note* on a claim by one
    person; one with ``undone`` takes the earlier word back.
    """

    n: int
    kind: Kind
    a: str
    verdict: Verdict
    b: str | None
    by: str | None
    at: str | None
    undone: bool
    field: str | None = None
    value: str | None = None
    note: str | None = None

    @property
    def about(self) -> tuple[object, ...]:
        """What it is the last word on, until another judgement on the same."""
        return (self.kind, frozenset((self.a, self.b or self.a)), self.field, self.by if self.kind == "note" else None)


def standing_of(judged: Iterable[Judged]) -> list[Judged]:
    """The judgements that count: the last word on each matter, unless it took the earlier one back."""
    last = {j.about: j for j in judged}
    return sorted((j for j in last.values() if not j.undone), key=lambda j: j.n)


def keep(con: duckdb.DuckDBPyConnection, given: Judging, knowledge: Knowledge = SHIPPED) -> Kind:
    """Append a judgement and give its kind; raises LedgerError for what has no meaning or is not in the ledger."""
    kind, a, b = _resolved(con, given)
    meant = None
    if kind == "correction" and not given.undo:
        meant = msgspec.json.encode(_meant(con, a, given, knowledge)).decode()
    number = con.execute("SELECT coalesce(max(n), 0) + 1 FROM judgement").fetchall()[0][0]
    made = Judged(
        number, kind, a, given.verdict, b, given.by, given.at, given.undo, given.field, given.value, given.note
    )
    if given.undo and not any(j.about == made.about for j in standing_of(listed(con))):
        raise LedgerError("E611", f"There is no judgement on {_named(given)} to take back.", "List what was judged.")
    rows.insert(con, "judgement", [msgspec.structs.asdict(made) | {"meant": meant}])
    return kind


def _meant(con: duckdb.DuckDBPyConnection, a: str, given: Judging, knowledge: Knowledge) -> corrections.Meant:
    """What a correction sets in the latest reading of a claim."""
    sql = "SELECT * FROM claim WHERE id = ? ORDER BY seq DESC LIMIT 1"
    (claim,) = rows.records(con, Claim, sql, [a])
    return corrections.meant(claim, given.field or "", given.value or "", knowledge)


def listed(con: duckdb.DuckDBPyConnection) -> list[Judged]:
    """All judgements in order."""
    return rows.records(con, Judged, "SELECT * EXCLUDE (meant) FROM judgement ORDER BY n")


def _named(given: Judging) -> str:
    return f"{given.a} and {given.b}" if given.b else f"{given.field} of {given.a}" if given.field else given.a


def _resolved(con: duckdb.DuckDBPyConnection, given: Judging) -> tuple[Kind, str, str | None]:
    if (given.verdict == "correct") != (given.field is not None):
        raise _meaningless(given, "Say which field of the claim is to be corrected, and to what.")
    if given.verdict in ("right", "wrong", "correct"):
        if given.b is not None or not _is_claim(con, given.a):
            raise _meaningless(given, "Only a claim is right, wrong or corrected: give its id.")
        return "correction" if given.verdict == "correct" else "claim", given.a, None
    if given.verdict == "note":
        return "note", _annotated(con, given), None
    if given.b is None or given.a == given.b:
        raise _meaningless(given, "Give two names of sources, or the ids of two incidents or claims.")
    return _pair(con, given, given.a, given.b)


def _annotated(con: duckdb.DuckDBPyConnection, given: Judging) -> str:
    claim = _first_claim(con, given.a)
    if claim is None or given.b is not None or not (given.note or given.undo):
        raise _meaningless(given, "Give the id of a claim or an incident, and what is to be noted.")
    return claim


def _pair(con: duckdb.DuckDBPyConnection, given: Judging, a: str, b: str) -> tuple[Kind, str, str]:
    first, second = _first_claim(con, a), _first_claim(con, b)
    if first is not None and second is not None:
        return "incident", first, second
    if first is None and second is None:
        for name in (a, b):
            _check_name(con, name)
        return "source", a, b
    raise _meaningless(given, "A source and an incident cannot be compared.")


def _meaningless(given: Judging, remedy: str) -> LedgerError:
    return LedgerError("E610", f'"{_named(given)} {given.verdict}" cannot be judged.', remedy)


def _is_claim(con: duckdb.DuckDBPyConnection, id: str) -> bool:  # noqa: A002
    return bool(con.execute("SELECT 1 FROM claim WHERE id = ? LIMIT 1", [id]).fetchall())


def _first_claim(con: duckdb.DuckDBPyConnection, id: str) -> str | None:  # noqa: A002
    """The claim that stands for an incident (its first) or for itself; ``None`` where the id names neither."""
    sql = "SELECT record FROM incident WHERE id = coalesce((SELECT now FROM named WHERE id = $id), $id)"
    found = con.execute(sql, {"id": id}).fetchall()
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
