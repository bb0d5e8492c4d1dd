"""What a ledger answers: lists with filters, and one record with its sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import duckdb
import msgspec

from reportedly.errors import LedgerError
from reportedly.ledger import copies, rows
from reportedly.ledger.merge import Merged
from reportedly.model import (
    Actor,
    Analysis,
    Claim,
    Dispatch,
    Incident,
    LedgerClaim,
    LedgerDispatch,
    LedgerSource,
    Silence,
    Statement,
    Versions,
)  # fmt: skip

T = TypeVar("T")
Test = Callable[[Any, T], bool]


class Shown(msgspec.Struct, frozen=True):
    """One record by id: what it is, and the claims that belong to it, each with its sentence."""

    incident: Incident | None
    dispatch: LedgerDispatch | None
    claims: tuple[LedgerClaim, ...]
    text: str | None = None


def _like(part: str, *names: str | None) -> bool:
    return any(part.casefold() in n.casefold() for n in names if n)


_INCIDENT: dict[str, Test[Incident]] = {
    "id": lambda v, i: i.id == v,
    "type": lambda v, i: i.type == v.upper(),
    "standing": lambda v, i: i.standing == v,
    "country": lambda v, i: i.place is not None and i.place.country == v.upper(),
    "place": lambda v, i: i.place is not None and _like(v, i.place.name),
    "actor": lambda v, i: _like(v, *i.actors, *i.recipients),
    "source": lambda v, i: any(_like(v, *s.names, s.name) for s in i.sources),
    "dispatch": lambda v, i: v in i.dispatches,
    "since": lambda v, i: i.begin is not None and (i.end_date or i.begin) >= v,
    "until": lambda v, i: i.begin is not None and i.begin <= v,
}
_CLAIM: dict[str, Test[LedgerClaim]] = {
    "id": lambda v, c: c.claim.id == v,
    "dispatch": lambda v, c: c.dispatch == v,
    "incident": lambda v, c: c.incident == v,
    "type": lambda v, c: c.claim.type == v.upper(),
    "factuality": lambda v, c: c.claim.factuality == v,
    "source": lambda v, c: _like(v, c.claim.source.name if c.claim.source else c.agency),
    "actor": lambda v, c: _like(v, *(p.name for p in (*c.claim.actors, *c.claim.recipients))),
    "country": lambda v, c: c.claim.place is not None and c.claim.place.country == v.upper(),
    "place": lambda v, c: c.claim.place is not None and _like(v, c.claim.place.name),
    "since": lambda v, c: (c.published or "") >= v,
    "until": lambda v, c: c.published is not None and c.published <= v,
}
_DISPATCH: dict[str, Test[LedgerDispatch]] = {
    "id": lambda v, d: d.id == v,
    "lineage": lambda v, d: d.lineage == v,
    "agency": lambda v, d: _like(v, d.agency),
    "withdrawn": lambda v, d: d.withdrawn is v,
    "new_facts": lambda v, d: d.new_facts is v,
    "since": lambda v, d: (d.published or "") >= v,
    "until": lambda v, d: d.published is not None and d.published <= v,
}
_SOURCE: dict[str, Test[LedgerSource]] = {
    "name": lambda v, s: _like(v, s.name, *s.names),
    "kind": lambda v, s: s.kind == v,
}


def _filtered(found: Sequence[T], filters: Mapping[str, object], tests: Mapping[str, Test[T]]) -> list[T]:
    unknown = filters.keys() - tests.keys()
    if unknown:
        raise LedgerError("E609", f"No filter is called {min(unknown)}.", f"Filters are: {', '.join(sorted(tests))}.")
    wanted = [(tests[key], value) for key, value in filters.items() if value is not None]
    return [x for x in found if all(test(value, x) for test, value in wanted)]


def incidents(found: Sequence[Incident], filters: Mapping[str, object]) -> list[Incident]:
    """The incidents that pass the filters."""
    return _filtered(found, filters, _INCIDENT)


_CLAIMS = """
SELECT claim.*, d.id AS dispatch_id, d.published, d.agency, d.text, made_by.* EXCLUDE (made_by)
FROM claim JOIN current_dispatch d USING (seq) JOIN made_by USING (made_by) WHERE {wanted}
ORDER BY d.published NULLS LAST, d.id, claim."trigger"."start", claim.id
"""
# Filters that the database applies, so that a listing of few claims does not read them all.
_WANTED = {
    "id": "claim.id = ?",
    "dispatch": "d.id = ?",
    "type": "claim.type = upper(?)",
    "factuality": "claim.factuality = ?",
    "since": "d.published >= ?",
    "until": "d.published <= ?",
    "incident": "claim.id IN (SELECT unnest(?))",
}


def claims(con: duckdb.DuckDBPyConnection, view: Merged, filters: Mapping[str, object]) -> list[LedgerClaim]:
    """The current claims that pass the filters."""
    given = {key: value for key, value in filters.items() if key in _WANTED and value is not None}
    if "incident" in given:
        given["incident"] = [claim for (_, claim), home in view.home.items() if home == given["incident"]]
    wanted = " AND ".join(["true", *(_WANTED[key] for key in given)])
    found = rows.query(con, _CLAIMS.format(wanted=wanted), list(given.values()))
    return _filtered([_ledger_claim(row, view) for row in found], filters, _CLAIM)


def _ledger_claim(row: rows.Row, view: Merged) -> LedgerClaim:
    claim = msgspec.convert(row, Claim, strict=False)
    return LedgerClaim(
        claim=claim,
        dispatch=row["dispatch_id"],
        published=row["published"],
        agency=row["agency"],
        incident=view.home.get((row["seq"], claim.id)),
        sentence=sentence(row["text"], claim.evidence.start, claim.evidence.end),
        versions=msgspec.convert(row, Versions, strict=False),
    )


def sentence(text: str, start: int, end: int) -> str:
    """The sentence around a span, on one line."""
    ends = (". ", "! ", "? ", ".\n", "\n\n", '." ', ".” ")
    left = max((text.rfind(mark, 0, start) + len(mark) for mark in ends if text.rfind(mark, 0, start) >= 0), default=0)
    right = min(
        (at + len(mark) for mark in ends if (at := text.find(mark, max(start, end - 1))) >= 0), default=len(text)
    )
    return " ".join(text[left:right].split())


def sources(view: Merged, filters: Mapping[str, object]) -> list[LedgerSource]:
    """The voices of all incidents, by the name that they go by; those with most claims first."""
    of: dict[str, list[tuple[Incident, Any]]] = {}
    for incident in view.incidents:
        for source in incident.sources:
            of.setdefault(source.name, []).append((incident, source))
    found = [_ledger_source(name, heard) for name, heard in of.items()]
    return _filtered(sorted(found, key=lambda s: (-s.claims, s.name)), filters, _SOURCE)


def _ledger_source(name: str, heard: Sequence[tuple[Incident, Any]]) -> LedgerSource:
    days = sorted(i.begin for i, _ in heard if i.begin)
    return LedgerSource(
        name=name,
        kind=heard[0][1].kind,
        names=tuple(sorted({n for _, s in heard for n in s.names})),
        claims=sum(len(s.claims) for _, s in heard),
        dispatches=len({d for i, _ in heard for d in i.dispatches}),
        incidents=len(heard),
        denials=sum(s.says in ("denies", "both") for _, s in heard),
        first=days[0] if days else None,
        last=days[-1] if days else None,
    )


_DISPATCHES = """
SELECT d.seq, d.id, d.published, d.agency, d.title, d.revision AS version, d.withdrawn,
       (SELECT count(*) FROM claim WHERE claim.seq = d.seq) AS claims
FROM latest_dispatch d ORDER BY d.published NULLS LAST, d.id
"""


def dispatches(con: duckdb.DuckDBPyConnection, view: Merged, filters: Mapping[str, object]) -> list[LedgerDispatch]:
    """The latest version of each dispatch that passes the filters."""
    found = []
    for row in rows.query(con, _DISPATCHES):
        copy = view.copies.get(row["seq"]) or copies.alone(row["id"])
        found.append(msgspec.convert(row | msgspec.structs.asdict(copy), LedgerDispatch, strict=False))
    return _filtered(found, filters, _DISPATCH)


def known(con: duckdb.DuckDBPyConnection, digest: str, made_by: Versions) -> bool:
    """Whether this content was read by these versions."""
    sql = """SELECT 1 FROM dispatch JOIN made_by m USING (made_by) WHERE digest = ?
             AND (m.reportedly, m.spacy, m.model, m.model_digest, m.tables) = (?, ?, ?, ?, ?) LIMIT 1"""
    return bool(con.execute(sql, [digest, *msgspec.structs.astuple(made_by)]).fetchall())


def analyses(
    con: duckdb.DuckDBPyConnection, ids: Sequence[str] | None, *, every_version: bool = False
) -> list[Analysis]:
    """What was added, in order of dispatch and revision; times and places are with the claims they belong to."""
    view = "dispatch" if every_version else "current_dispatch"
    wanted = "$ids IS NULL OR id IN (SELECT unnest($ids))"
    sql = f"SELECT * FROM {view} JOIN made_by USING (made_by) WHERE {wanted} ORDER BY id, revision, seq"  # noqa: S608
    found = rows.query(con, sql, {"ids": list(ids) if ids is not None else None})
    seqs = [row["seq"] for row in found]
    parts: dict[str, dict[int, list[Any]]] = {name: _grouped(con, name, kind, seqs) for name, kind in _PARTS.items()}
    return [_analysis(row, {name: tuple(of.get(row["seq"], ())) for name, of in parts.items()}) for row in found]


_PARTS: dict[str, type] = {"claim": Claim, "statement": Statement, "silence": Silence, "actor": Actor}


def _grouped(con: duckdb.DuckDBPyConnection, table: str, kind: type[T], seqs: Sequence[int]) -> dict[int, list[T]]:
    sql = f"SELECT * FROM {table} WHERE seq IN (SELECT unnest(?))"  # noqa: S608  our own table names
    out: dict[int, list[T]] = {}
    for seq, record in rows.numbered(con, kind, sql, [list(seqs)]):
        out.setdefault(seq, []).append(record)
    return out


def _analysis(row: rows.Row, parts: Mapping[str, tuple[Any, ...]]) -> Analysis:
    return Analysis(
        dispatch=msgspec.convert(row, Dispatch, strict=False),
        times=(),
        places=(),
        actors=parts["actor"],
        statements=parts["statement"],
        silences=parts["silence"],
        claims=parts["claim"],
        diagnostics=(),
        versions=msgspec.convert(row, Versions, strict=False),
    )


def show(con: duckdb.DuckDBPyConnection, view: Merged, id: str) -> Shown:  # noqa: A002
    """The record of this id with its claims; raises LedgerError where there is none."""
    incident = next((i for i in view.incidents if i.id == id), None)
    if incident is not None:
        return Shown(incident, None, tuple(claims(con, view, {"incident": id})))
    dispatch = next(iter(dispatches(con, view, {"id": id})), None)
    if dispatch is not None:
        text = con.execute("SELECT text FROM latest_dispatch WHERE id = ?", [id]).fetchall()[0][0]
        return Shown(None, dispatch, tuple(claims(con, view, {"dispatch": id})), text)
    claim = next(iter(claims(con, view, {"id": id})), None)
    if claim is None:
        raise LedgerError(
            "E608", f"The ledger holds nothing with the id {id}.", "List incidents, claims or dispatches for ids."
        )
    home = next((i for i in view.incidents if i.id == claim.incident), None)
    return Shown(home, None, (claim,))
