"""The lists that a ledger can be asked for: their columns, filters and orders, and how their records are fetched."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, Literal, TypeVar

import duckdb
import msgspec
import pyarrow as pa

from reportedly.filters import read_value
from reportedly.ledger import corrections, finding, rows
from reportedly.model import (
    Claim,
    Incident,
    LedgerClaim,
    LedgerDispatch,
    LedgerSource,
    Note,
    Versions,
)  # fmt: skip

T = TypeVar("T")
Connection = duckdb.DuckDBPyConnection
What = Literal["incidents", "claims", "sources", "dispatches"]
# A condition and its parameters, made of the value that is asked for.
Clause = tuple[str, list[object]]
Filter = Callable[[Any], Clause]


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
    return lambda sought: finding.condition(column, sought)


def _box(value: tuple[float, float, float, float]) -> Clause:
    """West, south, east, north; a box over the date line has its west east of its east."""
    west, south, east, north = value
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
    found = _with_keys(con, keys, _INCIDENT_RECORDS)
    return [_incident(*row) for row in found]


def _incident(
    name: str,
    record: str,
    formerly: Sequence[str] | None,
    linked: Sequence[str] | None,
    background: Sequence[str] | None,
) -> Incident:
    """An incident under the name that it was given, with those that it is tied to under theirs."""
    made = msgspec.json.decode(record, type=Incident)
    return msgspec.structs.replace(
        made,
        id=name,
        formerly=tuple(formerly or ()),
        linked=tuple(linked or ()),
        background=tuple(background or ()),
    )


_INCIDENT_RECORDS = """
WITH formerly AS (SELECT now, list(named.id ORDER BY named.id) AS ids FROM named WHERE now IS NOT NULL GROUP BY now),
linked AS (
    SELECT c.number, list(DISTINCT i.id ORDER BY i.id) AS ids
    FROM wanted JOIN incident_claim AS c USING (number)
    JOIN incident_tie AS t ON t.seq = c.seq AND t.claim = c.claim AND t.kind = 'linked' AND t.number <> c.number
    JOIN incident AS i ON i.number = t.number GROUP BY c.number
),
background AS (
    SELECT t.number, list(DISTINCT i.id ORDER BY i.id) AS ids
    FROM wanted JOIN incident_tie AS t USING (number)
    JOIN incident_claim AS c ON c.seq = t.seq AND c.claim = t.claim AND t.kind = 'background' AND c.number <> t.number
    JOIN incident AS i ON i.number = c.number GROUP BY t.number
)
SELECT incident.id, record, formerly.ids, linked.ids, background.ids FROM wanted JOIN incident USING (number)
LEFT JOIN formerly ON formerly.now = incident.id LEFT JOIN linked USING (number) LEFT JOIN background USING (number)
ORDER BY place_in_list
"""


def _with_keys(con: Connection, keys: pa.Table, sql: str) -> list[tuple[Any, ...]]:
    con.register("wanted", _placed(keys))
    found = con.execute(sql).fetchall()
    con.unregister("wanted")
    return found


def _placed(keys: pa.Table) -> pa.Table:
    return keys.append_column("place_in_list", pa.array(range(keys.num_rows), pa.int64()))


_CLAIM_RECORDS = """
SELECT claim.*, d.id AS dispatch_id, d.published, d.agency, d.text, made_by.* EXCLUDE (made_by), home.incident AS home,
       j.verdict AS judged, j."by" AS judged_by
FROM wanted JOIN claim USING (seq, id) JOIN dispatch AS d USING (seq) JOIN made_by USING (made_by)
LEFT JOIN incident_claim AS home ON home.seq = wanted.seq AND home.claim = wanted.id
LEFT JOIN current_judgement AS j ON j.kind = 'claim' AND j.a = wanted.id
ORDER BY place_in_list
"""


def _as_claims(con: Connection, keys: pa.Table) -> list[LedgerClaim]:
    con.register("wanted", _placed(keys))
    found = rows.query(con, _CLAIM_RECORDS)
    con.unregister("wanted")
    ids = [row["id"] for row in found]
    kept, notes = corrections.standing(con, ids), _notes(con, ids)
    return [_ledger_claim(row, kept.get(row["id"], ()), notes.get(row["id"], ())) for row in found]


def _notes(con: Connection, claims: Sequence[str]) -> dict[str, list[Note]]:
    """What people noted beside these claims, and beside judgements that stand on them."""
    sql = """SELECT a, note, "by", "at" FROM current_judgement
             WHERE note IS NOT NULL AND kind IN ('note', 'claim') AND a IN (SELECT unnest(?)) ORDER BY n"""
    found: dict[str, list[Note]] = {}
    for claim, *note in con.execute(sql, [list(claims)]).fetchall():
        found.setdefault(claim, []).append(Note(*note))
    return found


def _ledger_claim(row: rows.Row, kept: Sequence[corrections.Kept], notes: Sequence[Note]) -> LedgerClaim:
    read = msgspec.convert(row, Claim, strict=False)
    claim = corrections.with_corrections(read, kept)
    return LedgerClaim(
        claim=claim,
        dispatch=row["dispatch_id"],
        published=row["published"],
        agency=row["agency"],
        incident=row["home"],
        sentence=sentence(row["text"], claim.evidence.start, claim.evidence.end),
        versions=msgspec.convert(row, Versions, strict=False),
        judged=row["judged"],
        judged_by=row["judged_by"],
        corrections=corrections.told(read, kept),
        notes=tuple(notes),
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
        "new": lambda value: ("arrived > ?", [int(value)]),
    },
    order={
        "begin": '"begin" {way} NULLS LAST, id',
        "arrived": 'arrived {way}, "begin" DESC NULLS LAST, id',
        "voices": 'voice_count {way}, "begin" DESC NULLS LAST, id',
        "toll": 'toll {way} NULLS LAST, "begin" DESC NULLS LAST, id',
        "disputes": 'disputes {way}, voice_count DESC, "begin" DESC NULLS LAST, id',
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
        "new": lambda value: ("seq > ?", [int(value)]),
        "sample": lambda value: ("(seq, id) IN (SELECT (seq, claim) FROM sample_claim WHERE sample = ?)", [value]),
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


LATEST = _dispatch_listing("received")


EVERY = _dispatch_listing(_VERSIONS)


def dispatches(filters: Mapping[str, object]) -> Listing[LedgerDispatch]:
    """The list of dispatches, or of all their versions."""
    return EVERY if read_value("versions", filters.get("versions")) else LATEST


def listing(name: What, filters: Mapping[str, object]) -> Listing[Any]:
    """The list of this name."""
    return dispatches(filters) if name == "dispatches" else {x.name: x for x in (INCIDENTS, CLAIMS, SOURCES)}[name]
