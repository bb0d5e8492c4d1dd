"""Samples of a ledger's claims, and what people answered about them: kept, and drawn again from their seeds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

import duckdb
import msgspec

from reportedly.errors import LedgerError
from reportedly.filters import nearest
from reportedly.ledger import rows
from reportedly.ledger.listings import CLAIMS
from reportedly.ledger.select import ALL, keys
from reportedly.model.record import Record
from reportedly.quality.drawing import Drawable, draw
from reportedly.quality.fields import FIELDS
from reportedly.quality.precision import PrecisionAnswer, PrecisionAsked, Verdict


class Sample(Record, frozen=True):
    """A sample that was drawn: ``seed`` and ``filters`` draw it again, ``population`` is what it was drawn from.

    ``by`` is *type* where it has as many claims of each type as of any other; ``claims`` are their ids in order.
    """

    name: str
    seed: int
    by: Literal["type"] | None
    filters: dict[str, str]
    population: int
    at: str | None
    claims: tuple[str, ...]

    @property
    def size(self) -> int:
        """How many claims it has."""
        return len(self.claims)


class SampleDrawing(Record, frozen=True):
    """A sample to be drawn: how many, from what (filters as claims are listed by), by which seed."""

    size: int
    seed: int
    name: str | None = None
    by: Literal["type"] | None = None
    filters: Mapping[str, object] = {}
    at: str | None = None


def keep(con: duckdb.DuckDBPyConnection, wanted: SampleDrawing) -> Sample:
    """Draw a sample and keep it; raises LedgerError for a name that is taken, and where there is nothing to draw."""
    found = keys(con, CLAIMS, wanted.filters, ALL)
    con.register("frame", found)
    sql = "SELECT told.id AS claim, told.seq, told.type FROM told SEMI JOIN frame USING (seq, id)"
    among = rows.records(con, Drawable, sql)
    con.unregister("frame")
    name = wanted.name or _next_name(con)
    _refuse(con, name, wanted, len(among))
    drawn = draw(among, wanted.size, wanted.seed, wanted.by)
    filters = {k: str(v) for k, v in wanted.filters.items()}
    con.execute("BEGIN")
    row = {"name": name, "seed": wanted.seed, "by": wanted.by, "filters": msgspec.json.encode(filters).decode()}
    rows.insert(con, "sample", [{**row, "population": len(among), "at": wanted.at}])
    rows.insert(con, "sample_claim", [{"sample": name, **msgspec.structs.asdict(d)} for d in drawn])
    con.execute("COMMIT")
    return one(con, name)


def _refuse(con: duckdb.DuckDBPyConnection, name: str, wanted: SampleDrawing, population: int) -> None:
    if con.execute("SELECT 1 FROM sample WHERE name = ?", [name]).fetchall():
        raise LedgerError(
            "E620", f'There is a sample "{name}" already.', "Give another name: a sample is never changed."
        )
    if not population or wanted.size < 1:
        message = "There is nothing to draw a sample from." if not population else "A sample has one claim or more."
        raise LedgerError("E621", message, "See what the ledger holds: reportedly claims")


def _next_name(con: duckdb.DuckDBPyConnection) -> str:
    taken = {name for (name,) in con.execute("SELECT name FROM sample").fetchall()}
    return next(name for n in range(1, len(taken) + 2) if (name := f"sample-{n}") not in taken)


def listed(con: duckdb.DuckDBPyConnection) -> list[Sample]:
    """All samples in the order in which they were drawn."""
    sql = """SELECT s.*, list(c.claim ORDER BY c.place) AS claims
             FROM sample AS s JOIN sample_claim AS c ON c.sample = s.name
             GROUP BY ALL ORDER BY s.at NULLS FIRST, s.name"""
    found = rows.query(con, sql)
    return [msgspec.convert({**r, "filters": msgspec.json.decode(r["filters"])}, Sample, strict=False) for r in found]


def one(con: duckdb.DuckDBPyConnection, name: str | None = None) -> Sample:
    """A sample by its name, the last one without; raises LedgerError where there is none."""
    known = listed(con)
    found = next((s for s in reversed(known) if name in (None, s.name)), None)
    if found is None:
        names = [s.name for s in known]
        near = nearest(name, names) if name else None
        said = f'There is no sample "{name}".' if name else "No sample was drawn from this ledger."
        hint = f"Did you mean {near}? " if near else ""
        raise LedgerError(
            "E622", said, hint + (f"There are: {', '.join(names)}." if names else "Draw one: reportedly sample")
        )
    return found


def asked(con: duckdb.DuckDBPyConnection, name: str) -> list[PrecisionAsked]:
    """The claims of a sample in order, each with its type and for how many it stands."""
    return rows.records(
        con, PrecisionAsked, "SELECT claim, type, weight FROM sample_claim WHERE sample = ? ORDER BY place", [name]
    )


def answer(con: duckdb.DuckDBPyConnection, sample: str, said: PrecisionAnswer) -> None:
    """Keep an answer behind those before it; raises LedgerError for what is not in the sample or says nothing."""
    if not said.by.strip():
        raise LedgerError("E623", "An answer without a name cannot be compared with others.", "Say who judges.")
    if said.field not in FIELDS or said.verdict not in get_args(Verdict):
        allowed = f"Fields are {', '.join(FIELDS)}; answers {', '.join(get_args(Verdict))}."
        raise LedgerError("E623", f"{said.field}: {said.verdict} is no answer.", allowed)
    if not con.execute("SELECT 1 FROM sample_claim WHERE (sample, claim) = (?, ?)", [sample, said.claim]).fetchall():
        raise LedgerError(
            "E622", f'The sample "{sample}" holds no claim {said.claim}.', "See it: reportedly sample --show"
        )
    number = con.execute("SELECT coalesce(max(n), 0) + 1 FROM sample_answer").fetchall()[0][0]
    row = {"sample": sample, **msgspec.structs.asdict(said), "n": number}
    rows.insert(con, "sample_answer", [row])


def answers(con: duckdb.DuckDBPyConnection, sample: str, by: str | None = None) -> list[PrecisionAnswer]:
    """What was answered about a sample, in order, by all judges or by one."""
    sql = """SELECT n, claim, field, verdict, "by", "at", note FROM sample_answer
             WHERE sample = $sample AND ($by IS NULL OR "by" = $by) ORDER BY n"""
    return [msgspec.convert(r, PrecisionAnswer) for r in rows.query(con, sql, {"sample": sample, "by": by})]
