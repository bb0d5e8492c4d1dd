"""What a ledger answers: lists, filtered, sorted and paged in the database, and one record with its sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Generic, Literal, TypeVar, cast

import duckdb
import msgspec
import pyarrow as pa

from reportedly.errors import LedgerError
from reportedly.ledger import rows
from reportedly.model import (
    Actor,
    Analysis,
    Claim,
    Dispatch,
    Incident,
    LedgerClaim,
    LedgerDispatch,
    LedgerSource,
    Place,
    Silence,
    Statement,
    Time,
    Versions,
)  # fmt: skip

T = TypeVar("T")
Connection = duckdb.DuckDBPyConnection
What = Literal["incidents", "claims", "sources", "dispatches"]
# A condition and its parameters, made of the value that is asked for.
Clause = tuple[str, list[object]]
Filter = Callable[[Any], Clause]


class Shown(msgspec.Struct, frozen=True):
    """One record by id: what it is, and the claims that belong to it, each with its sentence."""

    incident: Incident | None
    dispatch: LedgerDispatch | None
    claims: tuple[LedgerClaim, ...]
    text: str | None = None


class Page(msgspec.Struct, frozen=True):
    """Which part of a list, in which order; ``None`` is the list's own order, and all of it."""

    sort: str | None = None
    limit: int | None = None
    offset: int = 0


ALL = Page()


class Listing(msgspec.Struct, Generic[T], frozen=True):
    """A list that can be asked for.

    ``key`` are the columns by which records are fetched from ``table``, ``order`` the sort orders by name (the first is
    the list's own; ``{way}`` is ASC or DESC), ``fetch`` gives the records of a table of keys in its order.
    """

    name: str
    table: str
    key: str
    filters: Mapping[str, Filter]
    order: Mapping[str, str]
    fetch: Callable[[Connection, pa.Table], list[T]]


def _is(column: str, change: Callable[[Any], object] = str) -> Filter:
    return lambda value: (f"{column} = ?", [change(value)])


def _upper(value: object) -> str:
    return str(value).upper()


def _among(column: str) -> Filter:
    return lambda value: (f"{column} IN (SELECT unnest(?))", [list(value)])


def _holds(column: str) -> Filter:
    return lambda value: (f"contains({column}, ?)", [str(value).casefold()])


def _words(column: str) -> Filter:
    def clause(value: object) -> Clause:
        words = str(value).casefold().split()
        return " AND ".join(["true", *(f"contains({column}, ?)" for _ in words)]), list(words)

    return clause


def _box(value: object) -> Clause:
    """West, south, east, north; a box over the date line has its west east of its east."""
    try:
        west, south, east, north = map(float, value.split(",") if isinstance(value, str) else cast("Any", value))
    except (TypeError, ValueError) as problem:
        message = f"bbox={value} is no box."
        raise LedgerError("E609", message, "Write west,south,east,north in degrees: bbox=-10,35,5,44.") from problem
    over = "OR" if west > east else "AND"
    return f"lat BETWEEN ? AND ? AND (lon >= ? {over} lon <= ?)", [south, north, west, east]


def _kind(value: object) -> Clause:
    return "contains(kinds, ?)", [f"\n{value}\n"]


_OF_DISPATCH = "number IN (SELECT number FROM incident_claim SEMI JOIN (FROM received WHERE id = ?) USING (seq))"
# The voices of a source, which is asked for by its own name or by one that incidents know it by.
_VOICES = "(SELECT name FROM known_as WHERE source = ? OR source IN (SELECT source FROM known_as WHERE name = ?))"
_HEARD = "number IN (SELECT number FROM incident_voice WHERE name IN " + _VOICES + ")"  # noqa: S608  our own words
_SAID = "(seq, id) IN (SELECT (seq, claim) FROM incident_claim WHERE voice IN " + _VOICES + ")"  # noqa: S608
# Joined by reading and claim, so that the database looks only where the readings of the incident lie.
_OF_INCIDENT = """EXISTS (
    SELECT 1 FROM incident_claim AS i WHERE i.seq = listed.seq AND i.claim = listed.id AND i.incident = ?
)"""


def _as_records(con: Connection, keys: pa.Table) -> list[Incident]:
    sql = "SELECT record FROM wanted JOIN incident USING (number) ORDER BY place_in_list"
    return [msgspec.json.decode(record, type=Incident) for (record,) in _with_keys(con, keys, sql)]


def _with_keys(con: Connection, keys: pa.Table, sql: str) -> list[tuple[Any, ...]]:
    con.register("wanted", _placed(keys))
    found = con.execute(sql).fetchall()
    con.unregister("wanted")
    return found


def _placed(keys: pa.Table) -> pa.Table:
    return keys.append_column("place_in_list", pa.array(range(keys.num_rows), pa.int64()))


_CLAIM_RECORDS = """
SELECT claim.*, d.id AS dispatch_id, d.published, d.agency, d.text, made_by.* EXCLUDE (made_by), home.incident AS home,
       j.verdict AS judged
FROM wanted JOIN claim USING (seq, id) JOIN dispatch AS d USING (seq) JOIN made_by USING (made_by)
LEFT JOIN incident_claim AS home ON home.seq = wanted.seq AND home.claim = wanted.id
LEFT JOIN current_judgement AS j ON j.kind = 'claim' AND j.a = wanted.id
ORDER BY place_in_list
"""


def _as_claims(con: Connection, keys: pa.Table) -> list[LedgerClaim]:
    con.register("wanted", _placed(keys))
    found = rows.query(con, _CLAIM_RECORDS)
    con.unregister("wanted")
    return [_ledger_claim(row) for row in found]


def _ledger_claim(row: rows.Row) -> LedgerClaim:
    claim = msgspec.convert(row, Claim, strict=False)
    return LedgerClaim(
        claim=claim,
        dispatch=row["dispatch_id"],
        published=row["published"],
        agency=row["agency"],
        incident=row["home"],
        sentence=sentence(row["text"], claim.evidence.start, claim.evidence.end),
        versions=msgspec.convert(row, Versions, strict=False),
        judged=row["judged"],
    )


def sentence(text: str, start: int, end: int) -> str:
    """The sentence around a span, on one line."""
    ends = (". ", "! ", "? ", ".\n", "\n\n", '." ', ".” ")
    left = max((text.rfind(mark, 0, start) + len(mark) for mark in ends if text.rfind(mark, 0, start) >= 0), default=0)
    right = min(
        (at + len(mark) for mark in ends if (at := text.find(mark, max(start, end - 1))) >= 0), default=len(text)
    )
    return " ".join(text[left:right].split())


def _as_sources(con: Connection, keys: pa.Table) -> list[LedgerSource]:
    con.register("wanted", _placed(keys))
    found = rows.records(con, LedgerSource, "SELECT * FROM wanted JOIN source USING (name) ORDER BY place_in_list")
    con.unregister("wanted")
    return found


# All versions are listed from what was read, the latest from the list that is kept of them.
_VERSIONS = """(
    SELECT d.seq, d.id, d.published, d.agency, d.title, d.revision AS version, d.withdrawn,
           coalesce(n.claims, 0) AS claims, r.lineage
    FROM dispatch AS d JOIN received AS r USING (id)
    LEFT JOIN (SELECT seq, count(*) AS claims FROM claim GROUP BY seq) AS n ON n.seq = d.seq
)"""


def _as_dispatches(table: str) -> Callable[[Connection, pa.Table], list[LedgerDispatch]]:
    def fetch(con: Connection, keys: pa.Table) -> list[LedgerDispatch]:
        con.register("wanted", _placed(keys))
        sql = f"""SELECT r.* EXCLUDE (lineage), coalesce(l.lineage, r.lineage) AS lineage, revision_of, new_facts
                  FROM wanted JOIN {table} AS r USING (seq) LEFT JOIN lineage AS l USING (seq) ORDER BY place_in_list"""  # noqa: S608
        found = rows.records(con, LedgerDispatch, sql)
        con.unregister("wanted")
        return found

    return fetch


_IN_LINEAGE = "coalesce((SELECT l.lineage FROM lineage AS l WHERE l.seq = listed.seq), lineage)"

INCIDENTS: Listing[Incident] = Listing(
    name="incidents",
    table="incident",
    key="number",
    filters={
        "id": _is("id"),
        "type": _is("type", _upper),
        "standing": _is("standing"),
        "country": _is("country", _upper),
        "place": _holds("place"),
        "actor": _holds("parties"),
        "source": _holds("voices"),
        "voice": lambda value: (_HEARD, [value, value]),
        "kind": _kind,
        "dispatch": lambda value: (_OF_DISPATCH, [value]),
        "since": lambda value: ('coalesce(end_date, "begin") >= ?', [value]),
        "until": lambda value: ('"begin" <= ?', [value]),
        "words": _words("words"),
        "bbox": _box,
    },
    order={
        "begin": '"begin" {way} NULLS LAST, id',
        "claims": 'claims {way}, "begin" NULLS LAST, id',
        "dispatches": 'dispatches {way}, "begin" NULLS LAST, id',
        "id": "id {way}",
    },
    fetch=_as_records,
)
CLAIMS: Listing[LedgerClaim] = Listing(
    name="claims",
    table="told",
    key="seq, id",
    filters={
        "id": _is("id"),
        "ids": _among("id"),
        "dispatch": _is("dispatch"),
        "incident": lambda value: (_OF_INCIDENT, [value]),
        "type": _is("type", _upper),
        "factuality": _is("factuality"),
        "source": _holds("source"),
        "voice": lambda value: (_SAID, [value, value]),
        "kind": _is("source_kind"),
        "actor": _holds("parties"),
        "country": _is("country", _upper),
        "place": _holds("place"),
        "place_from": _is("place_from"),
        "when_from": _is("when_from"),
        "words": _words("words"),
        "bbox": _box,
        "since": lambda value: ("published >= ?", [value]),
        "until": lambda value: ("published <= ?", [value]),
    },
    order={"published": 'published {way} NULLS LAST, dispatch, "start", id', "id": "id {way}, dispatch"},
    fetch=_as_claims,
)
SOURCES: Listing[LedgerSource] = Listing(
    name="sources",
    table="source",
    key="name",
    filters={
        "name": lambda value: (
            "contains(lower(name || chr(10) || array_to_string(names, chr(10))), ?)",
            [str(value).casefold()],
        ),
        "kind": _is("kind"),
    },
    order={"-claims": "claims {way}, name", "name": "name {way}", "denials": "denials {way}, name"},
    fetch=_as_sources,
)


def _dispatch_listing(table: str) -> Listing[LedgerDispatch]:
    return Listing(
        name="dispatches",
        table=table,
        key="seq",
        filters={
            "id": _is("id"),
            "ids": _among("id"),
            "lineage": _is(_IN_LINEAGE),
            "agency": lambda value: ("contains(lower(agency), ?)", [str(value).casefold()]),
            "withdrawn": _is("withdrawn", bool),
            "new_facts": lambda value: ("seq IN (SELECT seq FROM lineage WHERE new_facts = ?)", [bool(value)]),
            "since": lambda value: ("published >= ?", [value]),
            "until": lambda value: ("published <= ?", [value]),
            "words": _words("lower(coalesce(title, ''))"),
            "versions": lambda _: ("true", []),
        },
        order={
            "published": "published {way} NULLS LAST, id, version, seq",
            "id": "id {way}, version, seq",
            "claims": "claims {way}, published NULLS LAST, id, version, seq",
        },
        fetch=_as_dispatches(table),
    )


_LATEST = _dispatch_listing("received")
_EVERY = _dispatch_listing(_VERSIONS)


def dispatches(filters: Mapping[str, object]) -> Listing[LedgerDispatch]:
    """The list of dispatches, or of all their versions."""
    return _EVERY if filters.get("versions") else _LATEST


def listing(name: What, filters: Mapping[str, object]) -> Listing[Any]:
    """The list of this name."""
    return dispatches(filters) if name == "dispatches" else {x.name: x for x in (INCIDENTS, CLAIMS, SOURCES)}[name]


def records(con: Connection, asked: Listing[T], filters: Mapping[str, object], page: Page) -> list[T]:
    """The records of a page."""
    return asked.fetch(con, keys(con, asked, filters, page))


def keys(con: Connection, asked: Listing[T], filters: Mapping[str, object], page: Page) -> pa.Table:
    """The keys of a page, in its order."""
    where, parameters = _where(asked, filters)
    sql = f"SELECT {asked.key} FROM {asked.table} AS listed WHERE {where} ORDER BY {_order(asked, page.sort)}"  # noqa: S608
    if page.limit is not None or page.offset:
        sql += f" LIMIT {int(page.limit) if page.limit is not None else 'ALL'} OFFSET {int(page.offset)}"
    return con.sql(sql, params=parameters or None).to_arrow_table()


def count(con: Connection, asked: Listing[T], filters: Mapping[str, object]) -> int:
    """How many records pass the filters."""
    where, parameters = _where(asked, filters)
    sql = f"SELECT count(*) FROM {asked.table} AS listed WHERE {where}"  # noqa: S608
    return int(con.execute(sql, parameters).fetchall()[0][0])


def _where(asked: Listing[T], filters: Mapping[str, object]) -> Clause:
    unknown = filters.keys() - asked.filters.keys()
    if unknown:
        raise LedgerError(
            "E609", f"No filter is called {min(unknown)}.", f"Filters are: {', '.join(sorted(asked.filters))}."
        )
    clauses = [asked.filters[name](value) for name, value in filters.items() if value is not None]
    return " AND ".join(["true", *(sql for sql, _ in clauses)]), [p for _, given in clauses for p in given]


def _order(asked: Listing[T], sort: str | None) -> str:
    wanted = sort or next(iter(asked.order))
    names = {name.removeprefix("-"): sql for name, sql in asked.order.items()}
    if wanted.removeprefix("-") not in names:
        raise LedgerError("E618", f"No order is called {wanted}.", f"Orders are: {', '.join(names)}.")
    return names[wanted.removeprefix("-")].format(way="DESC" if wanted.startswith("-") else "ASC")


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
    """What was added, in the order of ``seqs``."""
    sql = "SELECT * FROM dispatch JOIN made_by USING (made_by) WHERE seq IN (SELECT unnest(?))"
    found = {row["seq"]: row for row in rows.query(con, sql, [list(seqs)])}
    parts: dict[str, dict[int, list[Any]]] = {name: _grouped(con, name, kind, seqs) for name, kind in _PARTS.items()}
    return [_analysis(found[seq], {name: tuple(of.get(seq, ())) for name, of in parts.items()}) for seq in seqs]


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


def _analysis(row: rows.Row, parts: Mapping[str, tuple[Any, ...]]) -> Analysis:
    return Analysis(
        dispatch=msgspec.convert(row, Dispatch, strict=False),
        times=parts["time"],
        places=parts["place"],
        actors=parts["actor"],
        statements=parts["statement"],
        silences=parts["silence"],
        claims=parts["claim"],
        diagnostics=(),
        versions=msgspec.convert(row, Versions, strict=False),
    )


def show(con: Connection, id: str, version: int | None) -> Shown:  # noqa: A002
    """The record of this id with its claims; raises LedgerError where there is none."""
    if version is not None:
        return _show_version(con, id, version)
    for incident in records(con, INCIDENTS, {"id": id}, ALL):
        return Shown(incident, None, tuple(records(con, CLAIMS, {"incident": id}, ALL)))
    for dispatch in records(con, _LATEST, {"id": id}, ALL):
        claims = records(con, CLAIMS, {"dispatch": id}, ALL)
        return Shown(None, dispatch, tuple(claims), _text(con, "SELECT seq FROM received WHERE id = ?", id))
    for claim in records(con, CLAIMS, {"id": id}, ALL):
        home = records(con, INCIDENTS, {"id": claim.incident}, ALL) if claim.incident else [None]
        return Shown(home[0], None, (claim,))
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
    (dispatch,) = _EVERY.fetch(con, pa.table({"seq": [seq]}))
    sql = 'SELECT seq, id FROM claim WHERE seq = ? ORDER BY "trigger"."start", id'
    claims = CLAIMS.fetch(con, con.sql(sql, params=[seq]).to_arrow_table())
    return Shown(None, dispatch, tuple(claims), _text(con, "SELECT ?::BIGINT", seq))
