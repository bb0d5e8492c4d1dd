"""What a ledger answers: lists, filtered, sorted and paged in the database, and one record with its sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
import pyarrow as pa

from reportedly.errors import LedgerError
from reportedly.ledger import corrections, names, rows
from reportedly.ledger.listings import CLAIMS, EVERY, INCIDENTS, LATEST, Clause, Connection, Listing, T
from reportedly.model import (
    Actor,
    Analysis,
    Claim,
    Dispatch,
    Incident,
    LedgerClaim,
    LedgerDispatch,
    Place,
    Silence,
    Statement,
    Time,
    Versions,
)  # fmt: skip
from reportedly.model.record import Record


class Shown(Record, frozen=True):
    """One record by id: what it is, and the claims that belong to it, each with its sentence.

    ``now`` is the id of the incident that one of this id became part of: it is the one that is shown.
    """

    incident: Incident | None
    dispatch: LedgerDispatch | None
    claims: tuple[LedgerClaim, ...]
    text: str | None = None
    now: str | None = None


class ListPage(msgspec.Struct, frozen=True):
    """Which part of a list, in which order; ``None`` is the list's own order, and all of it."""

    sort: str | None = None
    limit: int | None = None
    offset: int = 0


ALL = ListPage()


def records(con: Connection, asked: Listing[T], filters: Mapping[str, object], page: ListPage) -> list[T]:
    """The records of a page."""
    return asked.fetch(con, keys(con, asked, filters, page))


def keys(con: Connection, asked: Listing[T], filters: Mapping[str, object], page: ListPage) -> pa.Table:
    """The keys of a page, in its order."""
    clause, parameters = where(asked, filters)
    sql = f"SELECT {asked.key} FROM {asked.table} AS listed WHERE {clause} ORDER BY {_order(asked, page.sort)}"  # noqa: S608
    if page.limit is not None or page.offset:
        sql += f" LIMIT {int(page.limit) if page.limit is not None else 'ALL'} OFFSET {int(page.offset)}"
    return con.sql(sql, params=parameters or None).to_arrow_table()


def count(con: Connection, asked: Listing[T], filters: Mapping[str, object]) -> int:
    """How many records pass the filters."""
    clause, parameters = where(asked, filters)
    sql = f"SELECT count(*) FROM {asked.table} AS listed WHERE {clause}"  # noqa: S608
    return int(con.execute(sql, parameters).fetchall()[0][0])


def where(asked: Listing[T], filters: Mapping[str, object]) -> Clause:
    """The condition of these filters, with its parameters."""
    clauses = [asked.filters[name](value) for name, value in filters.items() if value is not None]
    return " AND ".join(["true", *(sql for sql, _ in clauses)]), [p for _, given in clauses for p in given]


def _order(asked: Listing[T], sort: str | None) -> str:
    wanted = sort or next(iter(asked.order))
    names = {name.removeprefix("-"): sql for name, sql in asked.order.items()}
    if wanted.removeprefix("-") not in names:
        raise LedgerError("E618", f"No order is called {wanted}.", f"Orders are: {', '.join(names)}.")
    return names[wanted.removeprefix("-")].format(way="DESC" if wanted.startswith("-") else "ASC")


class ListHead(msgspec.Struct, frozen=True):
    """How a dispatch begins: its dateline's place and the first words of its story."""

    id: str
    dateline: str | None
    words: str


def heads(con: Connection, ids: Sequence[str]) -> list[ListHead]:
    """How these dispatches begin."""
    sql = """SELECT id, dateline.place AS dateline, substring(text, coalesce(body_start, 0) + 1, 400) AS words
             FROM dispatch SEMI JOIN received USING (seq) WHERE id IN (SELECT unnest(?))"""
    return rows.records(con, ListHead, sql, [list(ids)])


def known(con: Connection, digest: str, made_by: Versions) -> bool:
    """Whether this content was read by these versions."""
    sql = """SELECT 1 FROM dispatch JOIN made_by m USING (made_by) WHERE digest = ?
             AND (m.reportedly, m.spacy, m.model, m.model_digest, m.tables) = (?, ?, ?, ?, ?) LIMIT 1"""
    return bool(con.execute(sql, [digest, *msgspec.structs.astuple(made_by)]).fetchall())


def readings(con: Connection, ids: Iterable[str] | None, *, every_version: bool) -> list[int]:
    """The readings of dispatches (of all, where none are named), in order of dispatch and revision."""
    table = "dispatch" if every_version else "current_dispatch"
    sql = f"SELECT seq FROM {table} WHERE $ids IS NULL OR id IN (SELECT unnest($ids)) ORDER BY id, revision, seq"  # noqa: S608
    found = con.execute(sql, {"ids": list(ids) if ids is not None else None}).fetchall()
    return [seq for (seq,) in found]


def analyses(con: Connection, seqs: Sequence[int]) -> list[Analysis]:
    """What was added, with what people corrected of it, in the order of ``seqs``."""
    sql = "SELECT * FROM dispatch JOIN made_by USING (made_by) WHERE seq IN (SELECT unnest(?))"
    found = {row["seq"]: row for row in rows.query(con, sql, [list(seqs)])}
    parts: dict[str, dict[int, list[Any]]] = {name: _grouped(con, name, kind, seqs) for name, kind in _PARTS.items()}
    kept = corrections.standing(con)
    return [_analysis(found[seq], {name: tuple(of.get(seq, ())) for name, of in parts.items()}, kept) for seq in seqs]


_PARTS: dict[str, type] = {
    "claim": Claim,
    "statement": Statement,
    "silence": Silence,
    "actor": Actor,
    "time": Time,
    "place": Place,
}


def _grouped(con: Connection, table: str, kind: type[T], seqs: Sequence[int]) -> dict[int, list[T]]:
    sql = f"SELECT * FROM {table} WHERE seq IN (SELECT unnest(?))"  # noqa: S608  our own table names
    out: dict[int, list[T]] = {}
    for seq, record in rows.numbered(con, kind, sql, [list(seqs)]):
        out.setdefault(seq, []).append(record)
    return out


def _analysis(
    row: rows.Row, parts: Mapping[str, tuple[Any, ...]], kept: Mapping[str, Sequence[corrections.Kept]]
) -> Analysis:
    read: tuple[Claim, ...] = parts["claim"]
    return Analysis(
        dispatch=msgspec.convert(row, Dispatch, strict=False),
        times=parts["time"],
        places=parts["place"],
        actors=parts["actor"],
        statements=parts["statement"],
        silences=parts["silence"],
        claims=tuple(corrections.with_corrections(c, kept.get(c.id, ())) for c in read),
        diagnostics=(),
        versions=msgspec.convert(row, Versions, strict=False),
        corrections=tuple(x for c in read for x in corrections.told(c, kept.get(c.id, ()))),
    )


def show(con: Connection, id: str, version: int | None) -> Shown:  # noqa: A002
    """The record of this id with its claims; raises LedgerError where there is none."""
    if version is not None:
        return _show_version(con, id, version)
    for incident in records(con, INCIDENTS, {"id": id}, ALL):
        return Shown(incident, None, tuple(records(con, CLAIMS, {"incident": id}, ALL)))
    for dispatch in records(con, LATEST, {"id": id}, ALL):
        claims = records(con, CLAIMS, {"dispatch": id}, ALL)
        return Shown(None, dispatch, tuple(claims), _text(con, "SELECT seq FROM received WHERE id = ?", id))
    for claim in records(con, CLAIMS, {"id": id}, ALL):
        home = records(con, INCIDENTS, {"id": claim.incident}, ALL) if claim.incident else [None]
        return Shown(home[0], None, (claim,))
    now = names.current(con, id)
    if now is not None:
        return msgspec.structs.replace(show(con, now, None), now=now)
    raise LedgerError(
        "E608", f"The ledger holds nothing with the id {id}.", "List incidents, claims or dispatches for ids."
    )


def _text(con: Connection, sql: str, parameter: object) -> str:
    """The text of the reading that a query gives."""
    return str(con.execute(f"SELECT text FROM dispatch WHERE seq = ({sql})", [parameter]).fetchall()[0][0])  # noqa: S608


def _show_version(con: Connection, id: str, version: int) -> Shown:  # noqa: A002
    """One version of a dispatch, as its last reading has it, also where it was replaced or withdrawn since."""
    held = dict(con.execute("SELECT revision, max(seq) FROM dispatch WHERE id = ? GROUP BY revision", [id]).fetchall())
    seq = held.get(version)
    if seq is None:
        known = f"Its versions are {', '.join(map(str, sorted(held)))}." if held else "Only a dispatch has versions."
        raise LedgerError("E608", f"The ledger holds no version {version} of {id}.", known)
    (dispatch,) = EVERY.fetch(con, pa.table({"seq": [seq]}))
    sql = 'SELECT seq, id FROM claim WHERE seq = ? ORDER BY "trigger"."start", id'
    claims = CLAIMS.fetch(con, con.sql(sql, params=[seq]).to_arrow_table())
    return Shown(None, dispatch, tuple(claims), _text(con, "SELECT ?::BIGINT", seq))
