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
from reportedly.incidents.likeness import ENOUGH, MICRO
from reportedly.incidents.merge import Decisions, incident_of, silent_on
from reportedly.incidents.told import UNITS, ToldDispatch
from reportedly.incidents.voices import Judgement
from reportedly.incidents.wording import Wording, number
from reportedly.knowledge.load import Knowledge
from reportedly.ledger import copies, groups, rows, sources
from reportedly.ledger.made import Made, publish, stage, write_incidents
from reportedly.ledger.planned import Turn, clear, numbers, plan_of, whole
from reportedly.ledger.shelf import ToldShelf, stories
from reportedly.ledger.sql import run

# Dispatches, and incidents, that one step works on.
SLICE = 500
INCIDENTS = 5_000


def refresh(turn: Turn, knowledge: Knowledge) -> None:
    """Bring the incidents up to date by these tables; ``turn(write)`` lends a connection to the ledger for one step."""
    with turn(write=False) as con:
        plan = plan_of(con, knowledge)
    if plan.idle:
        return
    with turn(write=True) as con, whole(con):
        if plan.anew:
            clear(con, knowledge)
            plan = plan_of(con, knowledge)
        corrected = _corrected(con)
        _note_judged(con)
        _forget(con, _stale(con, [*plan.gone, *corrected]))
        con.execute("DELETE FROM mark WHERE seq IN (SELECT unnest(?))", [corrected])
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


class Run:
    """One refresh, after its first step; each method is a step."""

    def __init__(self, turn: Turn, knowledge: Knowledge) -> None:
        self._turn = turn
        self._knowledge = knowledge
        with turn(write=False) as con:
            self._shelf = ToldShelf(_wording(con), knowledge)
            self._judged = judged_of(con)

    def run(self) -> None:
        """The steps in order."""
        for part in _slices(self._open(), SLICE):
            self._mark(part)
        with self._turn(write=True) as con, whole(con):
            _find_common(con)
        for part in _slices(self._open(), SLICE):
            self._compare(part)
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
        """What dispatches are looked up by."""
        with self._turn(write=False) as con:
            done = set(numbers(con, "SELECT DISTINCT seq FROM mark WHERE seq IN (SELECT unnest(?))", [list(seqs)]))
            told = self._shelf.fetch(con, [s for s in seqs if s not in done])
        marks = [(seq, mark, meets) for seq, t in told.items() for mark, meets in _marks(t)]
        columns = {
            "seq": pa.array([seq for seq, _, _ in marks], pa.int64()),
            "mark": pa.array([mark for _, mark, _ in marks], pa.uint64()),
            "meets": pa.array([meets for _, _, meets in marks], pa.bool_()),
        }
        with self._turn(write=True) as con:
            rows.insert_columns(con, "mark", columns)

    def _compare(self, seqs: Sequence[int]) -> None:
        """Compare dispatches with those before them and those that the incidents hold already."""
        with self._turn(write=False) as con:
            pairs = con.execute(_CANDIDATES, {"mine": list(seqs), "shared": units.SHARED}).fetchnumpy()
            wanted = np.unique(np.concatenate([np.array(seqs), pairs["mine"], pairs["other"]]))
            told = list(self._shelf.fetch(con, wanted.tolist()).values())
        mine, a, b = (np.searchsorted(wanted, found) for found in (seqs, pairs["mine"], pairs["other"]))
        alike = compared.worth_comparing(told, a, b, pairs["met"])
        edges = compared.edges(told, mine, alike, self._knowledge)
        with self._turn(write=True) as con, whole(con):
            rows.insert(con, "unit", [row for n in mine for row in _unit_rows(told[n])])
            rows.insert_columns(con, "alike", {"a": wanted[alike.a], "b": wanted[alike.b], "cosine": alike.cosine})
            rows.insert_columns(con, "edge", msgspec.structs.asdict(edges))

    def _find(self) -> tuple[list[groups.Group], list[int]]:
        """The groups to make incidents of, and the incidents that they take the place of."""
        with self._turn(write=False) as con:
            graph = groups.graph_of(con, self._judged)
        found = groups.linked(graph)
        with self._turn(write=False) as con:
            return groups.changed(con, graph, found)

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
            told = self._shelf.fetch(con, sorted({unit // UNITS for group in part for unit in group}))
            by_id = stories(con, told.values())
            likeness = _likeness(con, part, told)
            for group in part:
                members = {told[unit // UNITS].dispatch.id: told[unit // UNITS] for unit in group}
                units = [told[unit // UNITS].units[unit % UNITS] for unit in group]
                silent = {k: v for key, t in members.items() for k, v in silent_on(by_id[key], t.units).items()}
                incident = incident_of(units, by_id, likeness, silent, self._judged, self._knowledge)
                if incident is not None:
                    yield Made(incident, group, members)


def _marks(told: ToldDispatch) -> Iterator[tuple[int, bool]]:
    """The heaviest words of a dispatch, and where and when its units can meet others, as numbers."""
    yield from ((number(word), False) for word in units.heaviest(told.vector))
    yield from ((number(key), True) for key in {k for unit in told.units for k in units.meeting_keys(unit)})


_OPEN = "SELECT seq FROM received WHERE NOT withdrawn AND seq NOT IN (FROM covered) ORDER BY seq"
_CANDIDATES = """
WITH mine AS (SELECT * FROM mark WHERE seq IN (SELECT unnest($mine)) AND mark NOT IN (FROM common))
SELECT mine.seq AS mine, other.seq AS other, bool_or(mine.meets) AS met FROM mine JOIN mark AS other USING (mark)
WHERE other.seq < mine.seq OR (other.seq > mine.seq AND other.seq IN (FROM covered))
GROUP BY mine.seq, other.seq HAVING met OR count(*) >= $shared
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


def _wording(con: duckdb.DuckDBPyConnection) -> Wording:
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


def _unit_rows(told: ToldDispatch) -> Iterator[rows.Row]:
    number = {u.key: told.seq * UNITS + n for n, u in enumerate(told.units)}
    for unit in told.units:
        host = told.hosts.get(unit.key)
        row = {"unit": number[unit.key], "seq": told.seq, "key": unit.key, "claims": list(unit.claims)}
        yield row | {"host": number[host] if host else None}


def _find_common(con: duckdb.DuckDBPyConnection) -> None:
    """Bring up to date which words are too frequent to look dispatches up by."""
    run(con, "common.sql", most=units.TOO_COMMON, shared=units.SHARED, worth=units.WORTH_COMPARING)
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
