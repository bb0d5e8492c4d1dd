"""Near copies inside the ledger: found as dispatches come in, brought into lineages when the ledger is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb
import msgspec

from reportedly.ids import content_id
from reportedly.ledger import lineage, rows
from reportedly.ledger.lineage import Copy

_CANDIDATES = """
WITH fresh AS (SELECT * FROM sketch WHERE seq >= $first),
     formulas AS (SELECT shingle FROM sketch WHERE shingle IN (SELECT shingle FROM fresh)
                  GROUP BY shingle HAVING count(*) > $formula)
SELECT old.seq, fresh.seq
FROM fresh JOIN sketch AS old ON old.shingle = fresh.shingle AND old.seq < fresh.seq
 AND (old.day = 0 OR fresh.day = 0 OR abs(old.day - fresh.day) <= $days)
WHERE fresh.shingle NOT IN (SELECT shingle FROM formulas)
GROUP BY ALL
"""


class Text(msgspec.Struct, frozen=True):
    """What of a dispatch is compared."""

    seq: int
    id: str
    text: str
    published: str | None
    title: str | None


def add(con: duckdb.DuckDBPyConnection, readings: Sequence[rows.Reading]) -> None:
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


def texts(con: duckdb.DuckDBPyConnection, seqs: Sequence[int]) -> list[Text]:
    """The texts of these readings."""
    return rows.records(
        con,
        Text,
        "SELECT seq, id, text, published, title FROM dispatch WHERE seq IN (SELECT unnest(?)) ORDER BY seq",
        [seqs],
    )


def lineages(con: duckdb.DuckDBPyConnection) -> dict[int, Copy]:
    """The place of every current reading that has copies; the others are alone in a lineage of their own."""
    current = {seq for (seq,) in con.execute("SELECT seq FROM current_dispatch").fetchall()}
    ids = dict(con.execute("SELECT seq, id FROM dispatch").fetchall())
    pairs = [
        (a, b)
        for a, b in con.execute("SELECT a, b FROM copies").fetchall()
        if a in current and b in current and ids[a] != ids[b]
    ]
    members = sorted({seq for pair in pairs for seq in pair})
    by_seq = {t.seq: t for t in texts(con, members)}
    out: dict[int, Copy] = {}
    for group in lineage.groups(members, pairs):
        out.update(_lineage([by_seq[seq] for seq in group]))
    return out


def alone(id: str) -> Copy:  # noqa: A002
    """The lineage of a dispatch that has no copies."""
    return Copy(content_id("l", id), None, None)


def _lineage(group: Sequence[Text]) -> Mapping[int, Copy]:
    """First the earliest, then by place in the series; of two of one day the longer is the model of the other."""
    told = sorted(
        group, key=lambda t: (t.published or "", lineage.update_number(t.title or t.text), -len(t.text), t.id)
    )
    name = content_id("l", told[0].id)
    out = {told[0].seq: Copy(name, None, None)}
    for n, text in enumerate(told[1:], start=1):
        earlier = told[:n]
        seen = lineage.fingerprint(text.text, None)
        model = max(earlier, key=lambda t: (lineage.containment(seen, lineage.fingerprint(t.text, None)), t.id))
        out[text.seq] = Copy(name, model.id, lineage.adds_facts(text.text, [t.text for t in earlier]))
    return out
