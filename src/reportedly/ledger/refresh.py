"""Merging step by step: what is new is compared with what the ledger holds, and only what it touches is made anew.

Every step follows from the set of current dispatches and not from the order in which they came: words are weighed by
the earliest dispatches of the ledger (``REFERENCE``), dispatches are looked up by their heaviest words, the claims of
two dispatches are compared once, and groups are formed within the parts of the ledger that hang together by comparisons
that come out high enough. A step is one short transaction; after a kill the next refresh goes on, and until the last
step people read the incidents of the refresh before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import duckdb
import msgspec
import numpy as np
import pyarrow as pa

from reportedly.incidents import compared, units
from reportedly.incidents.likeness import ENOUGH, MICRO, Bools, Ints
from reportedly.incidents.merge import Decisions
from reportedly.incidents.told import UNITS, ToldDispatch, packed
from reportedly.incidents.voices import Judgement
from reportedly.incidents.wording import Wording
from reportedly.knowledge.load import Knowledge
from reportedly.ledger import copies, groups, rows, shelf, sources
from reportedly.ledger.made import Made, made_of, publish, stage, unit_rows, write_incidents
from reportedly.ledger.period import of_period
from reportedly.ledger.planned import Plan, Turn, clear, numbers, plan_of, shared, whole
from reportedly.ledger.shelf import ToldShelf
from reportedly.ledger.sql import any_in, run

# Dispatches, and incidents, that one step works on.
SLICE = 500
# So many look up at once whom they are to be compared with: each time all marks are gone through.
LOOKED_UP = 10_000
INCIDENTS = 5_000
# So few readings are gone through in one turn: to open the file for each step would take longer than the steps do.
AT_ONCE = 50


def refresh(turn: Turn, knowledge: Knowledge) -> None:
    """Bring the incidents up to date by these tables; ``turn(write)`` lends a connection to the ledger for one step."""
    with turn(write=True) as con:
        left = at_once(con, knowledge)
    if left is not None:
        _steps(turn, left, knowledge)


def at_once(con: duckdb.DuckDBPyConnection, knowledge: Knowledge) -> Plan | None:
    """Bring the incidents up to date in the caller's turn where there is little to do; gives what is left to do."""
    plan = plan_of(con, knowledge)
    if plan.size > AT_ONCE:
        return plan
    if not plan.idle:
        _steps(shared(con), plan, knowledge)
    return None


def _steps(turn: Turn, plan: Plan, knowledge: Knowledge) -> None:
    with turn(write=True) as con, whole(con):
        if plan.anew:
            clear(con, knowledge)
            plan = plan_of(con, knowledge)
        corrected = _corrected(con)
        _note_judged(con)
        _forget(con, _stale(con, [*plan.gone, *corrected]))
        for table in ("mark", "outline") if corrected else ():
            con.execute(f"DELETE FROM {table} WHERE seq IN (SELECT unnest(?))", [corrected])  # noqa: S608  ours
        _move_copies(con, {*plan.fresh, *plan.gone}, knowledge)
    Run(turn, knowledge).run()


def _note_judged(con: duckdb.DuckDBPyConnection) -> None:
    """Touch what new judgements are about."""
    con.execute(_JUDGED_VOICES)
    con.execute(_JUDGED_CLAIMS)
    con.execute("UPDATE merged SET judged = (SELECT coalesce(max(n), 0) FROM judgement)")


def _corrected(con: duckdb.DuckDBPyConnection) -> list[int]:
    """Readings of which claims were corrected since, or corrections taken back: they are compared anew."""
    return numbers(con, _CORRECTED)


_CORRECTED = """
SELECT DISTINCT told.seq FROM told JOIN judgement AS j ON told.id = j.a
WHERE j.kind = 'correction' AND j.n > (SELECT judged FROM merged)
"""
_JUDGED_VOICES = """
INSERT INTO touched
SELECT unit FROM incident_unit SEMI JOIN (
    SELECT number FROM incident_voice AS v JOIN judgement AS j
      ON v.name IN (j.a, j.b) OR list_contains(v.names, j.a) OR list_contains(v.names, j.b)
    WHERE j.kind = 'source' AND j.n > (SELECT judged FROM merged)
) USING (number)
"""
_JUDGED_CLAIMS = """
INSERT INTO touched
SELECT unit.unit FROM unit SEMI JOIN (
    SELECT seq FROM told JOIN judgement AS j ON told.id IN (j.a, j.b)
    WHERE j.kind IN ('claim', 'incident') AND j.n > (SELECT judged FROM merged)
) USING (seq)
"""


def _stale(con: duckdb.DuckDBPyConnection, gone: Iterable[int]) -> list[int]:
    """Readings whose steps have to go: those that are no longer current, and those of a refresh that was stopped."""
    halfway = numbers(con, "SELECT DISTINCT seq FROM unit WHERE seq NOT IN (FROM covered)")
    return sorted({*gone, *halfway})


def _forget(con: duckdb.DuckDBPyConnection, stale: Sequence[int]) -> None:
    """Undo the steps of these readings; what hung together with them is touched."""
    if not stale:
        return
    con.register("stale", pa.table({"seq": pa.array(stale, pa.int64())}))
    run(con, "forget.sql", enough=round(ENOUGH * MICRO))
    con.unregister("stale")


def _move_copies(con: duckdb.DuckDBPyConnection, changed: Collection[int], knowledge: Knowledge) -> None:
    """Bring lineages up to date and touch what is told by dispatches whose lineage or first publisher is another."""
    moved = copies.update(con, changed, knowledge)
    con.execute("INSERT INTO touched SELECT unit FROM unit WHERE seq IN (SELECT unnest(?))", [moved])


class Candidates(msgspec.Struct, frozen=True):
    """Pairs of dispatches that share marks, in order of ``mine``; ``met`` where units of theirs can meet."""

    mine: Ints
    other: Ints
    met: Bools

    def of(self, seqs: Sequence[int]) -> Candidates:
        """Those of some dispatches that follow one another."""
        first, last = np.searchsorted(self.mine, [seqs[0], seqs[-1] + 1])
        return Candidates(self.mine[first:last], self.other[first:last], self.met[first:last])


class Run:
    """One refresh, after its first step; each method is a step."""

    def __init__(self, turn: Turn, knowledge: Knowledge) -> None:
        self._turn = turn
        self._knowledge = knowledge
        with turn(write=False) as con:
            self._shelf = ToldShelf(wording_of(con), knowledge)
            self._judged = judged_of(con)

    def run(self) -> None:
        """The steps in order."""
        for part in _slices(self._open(), SLICE):
            self._mark(part)
        with self._turn(write=True) as con, whole(con):
            _find_common(con)
        for block in _slices(self._open(), LOOKED_UP):
            pairs = self._candidates(block)
            for part in _slices(block, SLICE):
                self._compare(part, pairs)
        found, dropped = self._find()
        self._assemble(found)
        with self._turn(write=True) as con, whole(con):
            publish(con, dropped)
            sources.update(con, self._judged.sources, self._knowledge)
            run(con, "sources.sql")

    def _open(self) -> list[int]:
        with self._turn(write=False) as con:
            return numbers(con, _OPEN)

    def _mark(self, seqs: Sequence[int]) -> None:
        """What dispatches are looked up by, and what is compared and told of them."""
        with self._turn(write=False) as con:
            done = set(numbers(con, "SELECT seq FROM outline WHERE seq IN (SELECT unnest(?))", [list(seqs)]))
            made = self._shelf.prepare(con, [s for s in seqs if s not in done])
        marks = [(one.told.seq, mark.number, mark.meets) for one in made for mark in one.marks]
        columns = {
            "seq": pa.array([seq for seq, _, _ in marks], pa.int64()),
            "mark": pa.array([mark for _, mark, _ in marks], pa.uint64()),
            "meets": pa.array([meets for _, _, meets in marks], pa.bool_()),
        }
        kept = [{"seq": m.told.seq, "outline": packed(m.outline), "told": packed(m.told)} for m in made]
        with self._turn(write=True) as con, whole(con):
            rows.insert_columns(con, "mark", columns)
            rows.insert(con, "outline", kept)

    def _candidates(self, seqs: Sequence[int]) -> Candidates:
        """Whom these dispatches are to be compared with: those before them and those that the incidents hold."""
        asked = {"mine": list(seqs), "shared": units.SHARED, "bits": units.WINDOW_BITS}
        with self._turn(write=False) as con:
            return Candidates(**con.execute(_CANDIDATES, asked).fetchnumpy())

    def _compare(self, seqs: Sequence[int], candidates: Candidates) -> None:
        """Compare these dispatches with their candidates."""
        pairs = candidates.of(seqs)
        with self._turn(write=False) as con:
            wanted = np.unique(np.concatenate([np.array(seqs), pairs.mine, pairs.other]))
            told = self._shelf.outlines(con, wanted.tolist())
            mine_told = shelf.told(con, seqs)
        mine, a, b = (np.searchsorted(wanted, those) for those in (seqs, pairs.mine, pairs.other))
        alike = compared.worth_comparing(told, a, b, pairs.met)
        edges = compared.edges(told, mine, alike, self._knowledge)
        with self._turn(write=True) as con, whole(con):
            rows.insert(con, "unit", [row for t in mine_told.values() for row in unit_rows(t)])
            rows.insert_columns(con, "alike", {"a": wanted[alike.a], "b": wanted[alike.b], "cosine": alike.cosine})
            rows.insert_columns(con, "edge", msgspec.structs.asdict(edges))

    def _find(self) -> tuple[list[groups.Group], list[int]]:
        """The groups to make incidents of, and the incidents that they take the place of."""
        with self._turn(write=False) as con:
            graph = groups.graph_of(con, self._judged)
        found = groups.linked(graph)
        with self._turn(write=False) as con:
            made, dropped = groups.changed(con, graph, found)
            return of_period(con, made), dropped

    def _assemble(self, found: Sequence[tuple[int, ...]]) -> None:
        """Write the incidents of these groups beside those that people read."""
        with self._turn(write=True) as con, whole(con):
            number = stage(con)
        for part in _slices(found, INCIDENTS):
            with self._turn(write=False) as con:
                made = list(self._incidents(con, part))
            with self._turn(write=True) as con, whole(con):
                number = write_incidents(con, made, number)

    def _incidents(self, con: duckdb.DuckDBPyConnection, found: Sequence[tuple[int, ...]]) -> Iterator[Made]:
        for part in _by_dispatches(found, SLICE):
            told = shelf.told(con, sorted({unit // UNITS for group in part for unit in group}))
            by_id = shelf.stories(con, told.values())
            likeness = _likeness(con, part, told)
            for group in part:
                if (made := made_of(group, told, by_id, likeness, self._judged, self._knowledge)) is not None:
                    yield made


_OPEN = "SELECT seq FROM received WHERE NOT withdrawn AND seq NOT IN (FROM covered) ORDER BY seq"
_CANDIDATES = """
WITH mine AS (SELECT * FROM mark WHERE seq IN (SELECT unnest($mine)) AND mark NOT IN (FROM common))
SELECT mine.seq AS mine, other.seq AS other, bool_or(mine.meets) AS met FROM mine JOIN mark AS other USING (mark)
WHERE other.seq < mine.seq OR (other.seq > mine.seq AND other.seq IN (FROM covered))
GROUP BY mine.seq, other.seq HAVING met OR count(DISTINCT mine.mark >> $bits) >= $shared
ORDER BY mine.seq
"""


def _slices(items: Sequence[rows.T], size: int) -> Iterator[Sequence[rows.T]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _by_dispatches(groups: Sequence[tuple[int, ...]], size: int) -> Iterator[list[tuple[int, ...]]]:
    """Groups in portions of about so many dispatches."""
    part: list[tuple[int, ...]] = []
    seqs: set[int] = set()
    for group in groups:
        part.append(group)
        seqs.update(unit // UNITS for unit in group)
        if len(seqs) >= size:
            yield part
            part, seqs = [], set()
    if part:
        yield part


def wording_of(con: duckdb.DuckDBPyConnection) -> Wording:
    """What the words of a ledger weigh."""
    size = numbers(con, "SELECT count(*) FROM reference")[0]
    return Wording.of(dict(con.execute("SELECT word, dispatches FROM seen_in").fetchall()), size)


def judged_of(con: duckdb.DuckDBPyConnection) -> Decisions:
    """What people decided, as it stands."""
    found = con.execute('SELECT kind, a, verdict, b, "by" FROM current_judgement ORDER BY n').fetchall()
    return Decisions(
        sources=tuple(Judgement(a, verdict, b) for kind, a, verdict, b, _ in found if kind == "source"),
        wrong={a: by for kind, a, verdict, _, by in found if kind == "claim" and verdict == "wrong"},
        same=tuple((a, b) for kind, a, verdict, b, _ in found if kind == "incident" and verdict == "same"),
        different=tuple((a, b) for kind, a, verdict, b, _ in found if kind == "incident" and verdict == "different"),
    )


def _find_common(con: duckdb.DuckDBPyConnection) -> None:
    """Bring up to date which words are too frequent to look dispatches up by."""
    run(con, "common.sql", most=units.TOO_COMMON)
    if not any_in(con, "commoner", "rarer"):
        return
    run(con, "commoner.sql", shared=units.SHARED, bits=units.WINDOW_BITS, worth=units.WORTH_COMPARING)
    _forget(con, numbers(con, "SELECT DISTINCT seq FROM mark WHERE mark IN (FROM rarer) AND seq IN (FROM covered)"))


def _likeness(
    con: duckdb.DuckDBPyConnection, groups: Iterable[tuple[int, ...]], told: Mapping[int, ToldDispatch]
) -> dict[tuple[str, str], float]:
    """How alike the dispatches are that stand in groups with others."""
    shared = [seqs for group in groups if len(seqs := {unit // UNITS for unit in group}) > 1]
    wanted = sorted(set().union(*shared)) if shared else []
    sql = """WITH wanted AS (SELECT unnest(?) AS seq)
             SELECT a, b, cosine FROM alike WHERE a IN (FROM wanted) AND b IN (FROM wanted)"""
    found = con.execute(sql, [wanted]).fetchall() if wanted else []
    return {(told[a].dispatch.id, told[b].dispatch.id): cosine for a, b, cosine in found}
