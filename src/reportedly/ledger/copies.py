"""Near copies inside the ledger: found as dispatches come in, brought into lineages when the ledger is read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import duckdb
import msgspec

from reportedly.ids import content_id
from reportedly.incidents import lineage
from reportedly.incidents.lineage import Copy
from reportedly.knowledge.load import Knowledge
from reportedly.ledger import rows
from reportedly.ledger.sql import any_in, run

# Formulas of an agency, which thousands of dispatches share, are left out before anything is joined.
_CANDIDATES = """
WITH fresh AS (SELECT shingle FROM sketch WHERE seq >= $first),
     held AS MATERIALIZED (SELECT * FROM sketch SEMI JOIN fresh USING (shingle)),
     telling AS (SELECT shingle FROM held GROUP BY shingle HAVING count(*) <= $formula),
     sought AS MATERIALIZED (SELECT * FROM held SEMI JOIN telling USING (shingle))
SELECT a.seq, b.seq FROM sought AS a JOIN sought AS b USING (shingle)
WHERE b.seq >= $first AND a.seq < b.seq AND (a.day = 0 OR b.day = 0 OR abs(a.day - b.day) <= $days)
GROUP BY ALL
"""

_CURRENT_PAIRS = """
WITH wanted AS (SELECT unnest(?) AS seq)
SELECT a, b FROM copies
WHERE (a IN (SELECT seq FROM wanted) OR b IN (SELECT seq FROM wanted))
  AND a IN (SELECT seq FROM received WHERE NOT withdrawn) AND b IN (SELECT seq FROM received WHERE NOT withdrawn)
"""


class Text(msgspec.Struct, frozen=True):
    """What of a dispatch is compared."""

    seq: int
    id: str
    text: str
    published: str | None
    title: str | None
    agency: str | None


def add(con: duckdb.DuckDBPyConnection, readings: Sequence[rows.StoredReading]) -> None:
    """Append the sketches of a batch and the pairs of copies that it makes with what the ledger holds."""
    if not readings:
        return
    con.register("incoming", rows.sketches(readings))
    con.execute("INSERT INTO sketch BY NAME SELECT * FROM incoming")
    con.unregister("incoming")
    first = readings[0].seq
    pairs = con.execute(
        _CANDIDATES, {"first": first, "formula": lineage.FORMULA, "days": lineage.DAYS_APART}
    ).fetchall()
    prints = {
        t.seq: lineage.fingerprint(t.text, t.published)
        for t in texts(con, sorted({seq for pair in pairs for seq in pair}))
    }
    found = [(a, b) for a, b in pairs if lineage.are_copies(prints[a], prints[b])]
    rows.insert(con, "copies", [{"a": a, "b": b} for a, b in sorted(found)])
    run(con, "formulas.sql", first=first, formula=lineage.FORMULA)
    if any_in(con, "crossed"):
        run(con, "parted.sql", formula=lineage.FORMULA)


def texts(con: duckdb.DuckDBPyConnection, seqs: Sequence[int]) -> list[Text]:
    """The texts of these readings."""
    return rows.records(
        con,
        Text,
        "SELECT seq, id, text, published, title, agency FROM dispatch WHERE seq IN (SELECT unnest(?)) ORDER BY seq",
        [seqs],
    )


def update(con: duckdb.DuckDBPyConnection, changed: Collection[int], knowledge: Knowledge) -> list[int]:
    """Bring the lineages of these readings and their copies up to date; gives the readings whose place is another."""
    changed = {*changed, *_untold(con)}
    pairs = _family(con, changed)
    members = sorted({seq for pair in pairs for seq in pair})
    by_seq = {t.seq: t for t in texts(con, members)}
    places: dict[int, rows.Row] = {}
    for group in lineage.groups(members, pairs):
        places |= lineage_rows([by_seq[seq] for seq in group], knowledge)
    concerned = sorted({*changed, *_partners(con, changed), *members})
    before = {
        row["seq"]: row for row in rows.query(con, "SELECT * FROM lineage WHERE seq IN (SELECT unnest(?))", [concerned])
    }
    moved = [seq for seq in concerned if before.get(seq) != places.get(seq)]
    con.execute("DELETE FROM lineage WHERE seq IN (SELECT unnest(?))", [moved])
    rows.insert(con, "lineage", [places[seq] for seq in moved if seq in places])
    return moved


def _family(con: duckdb.DuckDBPyConnection, changed: Collection[int]) -> list[tuple[int, int]]:
    """The pairs of current readings that hang together with these, directly or over others."""
    found: set[tuple[int, int]] = set()
    known: set[int] = set()
    frontier = {*changed, *_partners(con, changed)}
    while frontier:
        known |= frontier
        fresh = set(con.execute(_CURRENT_PAIRS, [sorted(frontier)]).fetchall()) - found
        found |= fresh
        frontier = {seq for pair in fresh for seq in pair} - known
    return sorted(found)


def _partners(con: duckdb.DuckDBPyConnection, changed: Collection[int]) -> set[int]:
    sql = """WITH wanted AS (SELECT unnest(?) AS seq)
             SELECT b FROM copies JOIN wanted ON a = seq UNION SELECT a FROM copies JOIN wanted ON b = seq"""
    return {seq for (seq,) in con.execute(sql, [sorted(changed)]).fetchall()}


def _untold(con: duckdb.DuckDBPyConnection) -> list[int]:
    """Readings that have copies and no lineage yet."""
    sql = """SELECT seq FROM (SELECT a AS seq FROM copies UNION SELECT b FROM copies)
             WHERE seq NOT IN (SELECT seq FROM lineage)"""
    return [seq for (seq,) in con.execute(sql).fetchall()]


def lineage_rows(told: Sequence[Text], knowledge: Knowledge) -> dict[int, rows.Row]:
    """By reading what is kept of each of some dispatches that repeat one another."""
    publisher = _publisher(told)
    return {
        seq: {"seq": seq, **msgspec.structs.asdict(copy), "publisher": publisher}
        for seq, copy in _lineage(told, knowledge).items()
    }


def _publisher(told: Iterable[Text]) -> str | None:
    """Who published a lineage first, as far as named."""
    ordered = sorted(told, key=lambda t: (t.published or "9999", t.id))
    return next((t.agency for t in ordered if t.agency), None)


def _lineage(group: Sequence[Text], knowledge: Knowledge) -> Mapping[int, Copy]:
    """First the earliest, then by place in the series; of two of one day the longer is the model of the other."""
    takes = {t.seq: lineage.update_number(t.title or t.text, knowledge) for t in group}
    told = sorted(group, key=lambda t: (t.published or "", takes[t.seq], -len(t.text), t.id))
    name = content_id("l", told[0].id)
    out = {told[0].seq: Copy(name, None, None)}
    prints = {t.seq: lineage.fingerprint(t.text, None) for t in told}
    for n, text in enumerate(told[1:], start=1):
        earlier = told[:n]
        seen = prints[text.seq]
        model = max(earlier, key=lambda t: (lineage.containment(seen, prints[t.seq]), t.id))
        out[text.seq] = Copy(name, model.id, lineage.adds_facts(text.text, [t.text for t in earlier], knowledge))
    return out
