"""Dispatches as merging needs them, read from the ledger when they are asked for and kept for a while."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Sequence

import duckdb

from reportedly.ids import content_id
from reportedly.incidents.likeness import Columns, vectors
from reportedly.incidents.merge import ToldStory
from reportedly.incidents.told import ToldDispatch
from reportedly.incidents.units import hosts_of, units_of
from reportedly.incidents.wording import Wording, words
from reportedly.knowledge.load import Knowledge
from reportedly.ledger import corrections, rows
from reportedly.model import Actor, Claim, Dispatch, Silence

# So many dispatches are kept at hand; of ordinary length they take some 40 KB each.
KEPT = 6_000


class ToldShelf:
    """The dispatches that were asked for last."""

    def __init__(self, wording: Wording, knowledge: Knowledge) -> None:
        self._wording = wording
        self._knowledge = knowledge
        self._kept: OrderedDict[int, ToldDispatch] = OrderedDict()

    def fetch(self, con: duckdb.DuckDBPyConnection, seqs: Sequence[int]) -> dict[int, ToldDispatch]:
        """These dispatches by reading."""
        missing = [seq for seq in seqs if seq not in self._kept]
        fresh = self._read(con, missing) if missing else {}
        out = {seq: fresh.get(seq) or self._kept[seq] for seq in seqs}
        for seq, told in out.items():
            self._kept[seq] = told
            self._kept.move_to_end(seq)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return out

    def _read(self, con: duckdb.DuckDBPyConnection, seqs: Sequence[int]) -> dict[int, ToldDispatch]:
        claims = corrections.all_corrected(con, _by_seq(con, "claim", Claim, seqs))
        silences = _by_seq(con, "silence", Silence, seqs)
        actors = _by_seq(con, "actor", Actor, seqs)
        return {
            seq: self._told(seq, found[0], claims.get(seq, ()), silences.get(seq, ()), actors.get(seq, ()))
            for seq, found in _by_seq(con, "dispatch", Dispatch, seqs).items()
        }

    def _told(
        self,
        seq: int,
        dispatch: Dispatch,
        claims: Sequence[Claim],
        silences: Sequence[Silence],
        actors: Sequence[Actor],
    ) -> ToldDispatch:
        vector = self._wording.vector(words(dispatch.text, self._knowledge))
        units = tuple(units_of(dispatch, claims, self._wording, self._knowledge))
        hosts = hosts_of(sorted(units, key=lambda u: u.key))
        free = tuple(sorted((n for n, u in enumerate(units) if u.key not in hosts), key=lambda n: units[n].key))
        return ToldDispatch(
            seq=seq,
            dispatch=dispatch,
            claims=tuple(claims),
            silences=tuple(silences),
            actors=tuple(actors),
            vector=vector,
            wording=vectors([vector]),
            units=units,
            free=free,
            columns=Columns.of([units[n] for n in free], self._knowledge),
            hosts=hosts,
        )


def stories(con: duckdb.DuckDBPyConnection, told: Iterable[ToldDispatch]) -> dict[str, ToldStory]:
    """These dispatches by id, each with its lineage and first publisher."""
    by_seq = {t.seq: t for t in told}
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
