"""Dispatches as merging needs them: made ready when they are marked, and kept so in the ledger."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Sequence

import duckdb

from reportedly.ids import content_id
from reportedly.incidents.merge import ToldStory
from reportedly.incidents.told import Outline, Prepared, ToldDispatch, outline_of, prepared, told_of
from reportedly.incidents.wording import Wording
from reportedly.knowledge.load import Knowledge
from reportedly.ledger import corrections, rows
from reportedly.model import Actor, Claim, Dispatch, Silence

# So many outlines are kept at hand; of dispatches of ordinary length they take some 10 KB each.
KEPT = 6_000


class ToldShelf:
    """Dispatches made ready to be merged, once, and those of them that were asked for last."""

    def __init__(self, wording: Wording, knowledge: Knowledge) -> None:
        self._wording = wording
        self._knowledge = knowledge
        self._kept: OrderedDict[int, Outline] = OrderedDict()

    def prepare(self, con: duckdb.DuckDBPyConnection, seqs: Sequence[int]) -> list[Prepared]:
        """Read these dispatches and make them ready."""
        claims = corrections.all_corrected(con, _by_seq(con, "claim", Claim, seqs))
        silences = _by_seq(con, "silence", Silence, seqs)
        actors = _by_seq(con, "actor", Actor, seqs)
        return [
            prepared(
                seq,
                found[0],
                claims.get(seq, ()),
                silences.get(seq, ()),
                actors.get(seq, ()),
                self._wording,
                self._knowledge,
            )
            for seq, found in _by_seq(con, "dispatch", Dispatch, seqs).items()
        ]

    def outlines(self, con: duckdb.DuckDBPyConnection, seqs: Sequence[int]) -> list[Outline]:
        """What is compared of these, in their order, as it was kept."""
        missing = [seq for seq in seqs if seq not in self._kept]
        fresh = {seq: outline_of(kept) for seq, kept in _kept(con, "outline", missing)}
        found = {seq: fresh.get(seq) or self._kept[seq] for seq in seqs}
        for seq, outline in found.items():
            self._kept[seq] = outline
            self._kept.move_to_end(seq)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return list(found.values())


def told(con: duckdb.DuckDBPyConnection, seqs: Sequence[int]) -> dict[int, ToldDispatch]:
    """What incidents are made of, by reading, as it was kept."""
    return {seq: told_of(kept) for seq, kept in _kept(con, "told", seqs)}


def _kept(con: duckdb.DuckDBPyConnection, column: str, seqs: Sequence[int]) -> list[tuple[int, bytes]]:
    sql = f"SELECT seq, {column} FROM outline WHERE seq IN (SELECT unnest(?))"  # noqa: S608  our own names
    return con.execute(sql, [list(seqs)]).fetchall() if seqs else []


def stories(con: duckdb.DuckDBPyConnection, read: Iterable[ToldDispatch]) -> dict[str, ToldStory]:
    """These dispatches by id, each with its lineage and first publisher."""
    by_seq = {t.seq: t for t in read}
    sql = "SELECT seq, lineage, publisher FROM lineage WHERE seq IN (SELECT unnest(?))"
    places = {seq: rest for seq, *rest in con.execute(sql, [list(by_seq)]).fetchall()}
    out: dict[str, ToldStory] = {}
    for seq, t in by_seq.items():
        d = t.dispatch
        lineage, publisher = places.get(seq) or (content_id("l", d.id), d.agency)
        out[d.id] = ToldStory(seq, d, t.claims, t.silences, t.actors, lineage, publisher)
    return out


def _by_seq(
    con: duckdb.DuckDBPyConnection, table: str, kind: type[rows.T], seqs: Sequence[int]
) -> dict[int, list[rows.T]]:
    sql = f"SELECT * FROM {table} WHERE seq IN (SELECT unnest(?))"  # noqa: S608  our own table names
    out: dict[int, list[rows.T]] = defaultdict(list)
    for seq, record in rows.numbered(con, kind, sql, [list(seqs)]):
        out[seq].append(record)
    return out
