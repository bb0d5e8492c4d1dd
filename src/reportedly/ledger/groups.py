"""Which units are one incident, found anew where something changed and nowhere else.

Groups are formed by average linkage, which never joins what does not hang together by comparisons that come out high
enough: so the parts of the ledger that hang together with a new or touched unit are all that is looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import duckdb
import msgspec
import numpy as np
import pyarrow as pa

from reportedly.incidents.likeness import ENOUGH, MICRO, Ints
from reportedly.incidents.linkage import Places, clusters
from reportedly.incidents.merge import Decisions

Group = tuple[int, ...]

# What people keep apart is as unlike as nothing that is compared can outweigh.
APART = -1000 * MICRO
# So many comparisons are taken from the database at once.
EDGES = 1_000_000


class Graph(msgspec.Struct, frozen=True):
    """What hangs together with what is new or ``touched``: its units, with what each stands behind, and comparisons.

    ``free`` are the units that stand behind no other, ``mass`` how many claims each of them holds; ``a``, ``b`` and
    ``score`` are what is compared of them, by their places; ``same`` are units that people said are of one incident.
    """

    touched: Ints
    units: Ints
    homes: Ints
    free: Ints
    mass: Ints
    a: Places
    b: Places
    score: Places
    same: list[tuple[int, int]]


def graph_of(con: duckdb.DuckDBPyConnection, judged: Decisions) -> Graph:
    """All that is needed to find groups, so that the ledger need not be held while they are found."""
    units, homes = _columns(con, "SELECT unit, coalesce(host, unit) FROM unit ORDER BY unit")
    a, b = _columns(con, "SELECT a, b FROM edge WHERE score >= ?", [round(ENOUGH * MICRO)])
    (touched,) = _columns(con, _TOUCHED)
    same = homes_of(con, judged.same)
    ends = [
        np.concatenate([a, homes, np.array([x for x, _ in same], np.int64)]),
        np.concatenate([b, units, np.array([y for _, y in same], np.int64)]),
    ]
    label = hanging_together(units, *ends)
    reached = np.isin(label, np.unique(label[np.isin(units, touched)]))
    units, homes, label = units[reached], homes[reached], label[reached]
    con.register("part", pa.table({"unit": units}))
    free, mass = _columns(con, _FREE)
    part = label[np.searchsorted(units, free)]
    compared = _inside(con.sql(_SCORES).to_arrow_reader(EDGES), free, part)
    con.unregister("part")
    if apart := _kept_apart(free, part, homes_of(con, judged.different)):
        compared = _without(*compared, apart)
    return Graph(touched, units, homes, free, mass, *compared, same)


_TOUCHED = """
SELECT unit FROM touched SEMI JOIN unit USING (unit)
UNION SELECT unit FROM unit WHERE seq NOT IN (FROM covered)
"""


def _columns(con: duckdb.DuckDBPyConnection, sql: str, parameters: Sequence[object] = ()) -> list[Ints]:
    table = con.sql(sql, params=list(parameters) or None).to_arrow_table()
    return [column.to_numpy().astype(np.int64, copy=False) for column in table.columns]


def homes_of(con: duckdb.DuckDBPyConnection, pairs: Iterable[tuple[str, str]]) -> list[tuple[int, int]]:
    """Pairs of claims as pairs of the free units where they are told, as far as the ledger holds both."""
    wanted = list(pairs)
    if not wanted:
        return []
    sql = """SELECT claim, home FROM (SELECT unnest(claims) AS claim, coalesce(host, unit) AS home FROM unit)
             WHERE claim IN (SELECT unnest(?))"""
    home = dict(con.execute(sql, [sorted({claim for pair in wanted for claim in pair})]).fetchall())
    return [(home[a], home[b]) for a, b in wanted if a in home and b in home]


def hanging_together(units: Ints, a: Ints, b: Ints) -> Ints:
    """For each of the sorted ``units`` the same number as for all that it is tied to by pairs of ``a`` and ``b``."""
    label = np.arange(len(units))
    i, j = np.searchsorted(units, a), np.searchsorted(units, b)
    while True:
        least = np.minimum(label[i], label[j])
        new = label.copy()
        np.minimum.at(new, label[i], least)
        np.minimum.at(new, label[j], least)
        new = new[new]
        if np.array_equal(new, label):
            return label
        label = new


def linked(graph: Graph) -> list[Group]:
    """The groups of a graph: its free units by average linkage, each with those that stand behind it."""
    label = labelled(graph)
    order = np.argsort(label, kind="stable")
    starts = np.flatnonzero(np.diff(label[order], prepend=-1))
    return [tuple(group.tolist()) for group in np.split(graph.units[order], starts[1:]) if len(group)]


def labelled(graph: Graph) -> Ints:
    """For each unit of a graph the number of one that is the same for all of its group."""
    found = clusters(graph.mass, graph.a, graph.b, graph.score, round(ENOUGH * MICRO))
    return with_decisions(graph.units, graph.homes, graph.free, graph.free[found], graph.same)


def with_decisions(units: Ints, homes: Ints, free: Ints, root: Ints, same: Sequence[tuple[int, int]]) -> Ints:
    """The groups of ``units``: those of their homes among ``free``, brought together where people said so."""
    order = np.argsort(free)
    label: Ints = root[order][np.searchsorted(free[order], homes)]
    ends = np.array(same, np.int64).reshape(-1, 2)
    ends = ends[np.isin(ends, units).all(axis=1)]
    if not len(ends):
        return label
    roots = np.unique(label)
    a, b = label[np.searchsorted(units, ends)].T
    return roots[hanging_together(roots, a, b)][np.searchsorted(roots, label)]


# In order of key, on which nothing depends but which of two equal scores is taken first.
_FREE = "SELECT unit, len(claims) FROM unit SEMI JOIN part USING (unit) WHERE host IS NULL ORDER BY key"
_SCORES = """
SELECT a, b, score FROM edge WHERE a IN (SELECT unit FROM part) AND b IN (SELECT unit FROM part)
"""


def _inside(edges: Iterable[pa.RecordBatch], free: Ints, part: Ints) -> tuple[Places, Places, Places]:
    """The edges within parts: the places of their ends among the free units, the smaller first, and their scores."""
    order = np.argsort(free)
    ranked = free[order]
    place = order.astype(np.int32)
    found = [np.zeros((3, 0), np.int32)]
    for batch in edges:
        a, b = (place[np.searchsorted(ranked, batch.column(n).to_numpy())] for n in range(2))
        inside = part[a] == part[b]
        ends = np.minimum(a, b)[inside], np.maximum(a, b)[inside]
        found.append(np.stack([*ends, batch.column(2).to_numpy()[inside].astype(np.int32)]))
    a, b, score = np.concatenate(found, axis=1)
    return a, b, score


def _kept_apart(free: Ints, part: Ints, apart: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The places of the pairs that people keep apart and that nothing else does."""
    place = {unit: n for n, unit in enumerate(free.tolist())} if apart else {}
    pairs = {(place[a], place[b]) for a, b in apart if a in place and b in place}
    return sorted({(min(a, b), max(a, b)) for a, b in pairs if part[a] == part[b]})


def _without(a: Places, b: Places, score: Places, apart: Sequence[tuple[int, int]]) -> tuple[Places, Places, Places]:
    """The edges with those in their place that keep pairs apart."""
    low, high = np.array(apart, np.int32).T
    kept = ~np.isin(a.astype(np.int64) << 32 | b, low.astype(np.int64) << 32 | high)
    veto = np.full(len(apart), APART, np.int32)
    return np.append(a[kept], low), np.append(b[kept], high), np.append(score[kept], veto)


def changed(con: duckdb.DuckDBPyConnection, graph: Graph, groups: Sequence[Group]) -> tuple[list[Group], list[int]]:
    """The groups to make incidents of, which are new or touched, and the numbers of the incidents that are no more."""
    touched = set(graph.touched.tolist())
    reached = pa.table({"unit": pa.array([u for group in groups for u in group], pa.int64())})
    con.register("reached", reached)
    before = con.execute(_BEFORE).fetchall()
    con.unregister("reached")
    old: dict[int, list[int]] = defaultdict(list)
    for number, unit in before:
        old[number].append(unit)
    kept = {tuple(members): number for number, members in old.items() if touched.isdisjoint(members)}
    stay = {kept[group] for group in groups if group in kept}
    return [group for group in groups if group not in kept], [number for number in old if number not in stay]


_BEFORE = """
SELECT number, unit FROM incident_unit SEMI JOIN (
    SELECT number FROM incident_unit WHERE unit IN (FROM reached) OR unit NOT IN (SELECT unit FROM unit)
) USING (number) ORDER BY number, unit
"""
