"""Average linkage over a sparse graph, with arrays, so that a ledger that hangs together as a whole can be grouped.

Average linkage (UPGMA; Sokal and Michener 1958) is reducible: when two clusters are joined that are each other's
nearest, nobody comes nearer to what they become (Müllner 2011, "Modern hierarchical, agglomerative clustering
algorithms"). So all pairs that are each other's nearest are joined at once, round by round, and a cluster that is alike
enough to no other is done. What becomes of a part of the graph depends on that part alone.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from reportedly.incidents.likeness import Bools, Floats, Ints

# Of tens of millions of edges every byte counts.
Places = npt.NDArray[np.int32]
# So many are looked at at once.
BLOCK = 4_000_000


def clusters(mass: Ints, a: Places, b: Places, score: Places, enough: int) -> Ints:
    """For each node the smallest node of its cluster.

    Node ``n`` counts ``mass[n]`` times in means; ``a`` and ``b`` are the ends of distinct edges, ``a`` below ``b``. Two
    clusters are joined while the mean score of their pairs is ``enough``; pairs without an edge score 0, and of two
    equal means the one of the smaller nodes goes first. All are whole numbers, so that sums are exact.
    """
    mass = mass.copy()
    cluster: Ints = np.arange(len(mass))
    total = mass[a]
    total *= mass[b]
    total *= score
    while True:
        good, mean = _close(mass, a, b, total, enough)
        if not len(good):
            return cluster
        ours, theirs = _nearest(len(mass), a[good], b[good], mean)
        alive = np.zeros(len(mass), np.bool_)
        alive[a[good]] = alive[b[good]] = True
        del good, mean
        mass[ours] += mass[theirs]
        into = np.arange(len(mass), dtype=np.int32)
        into[theirs] = ours
        cluster = into[cluster].astype(np.int64)
        a, b, total = _contracted(a, b, total, into, alive, ours)


def _close(mass: Ints, a: Places, b: Places, total: Ints, enough: int) -> tuple[Ints, Floats]:
    """The edges whose mean is ``enough``, and their means."""
    places, means = [np.zeros(0, np.int64)], [np.zeros(0)]
    for start in range(0, len(a), BLOCK):
        part = slice(start, start + BLOCK)
        pairs = mass[a[part]] * mass[b[part]]
        good = np.flatnonzero(total[part] >= enough * pairs)
        places.append(good + start)
        means.append(total[part][good] / pairs[good])
    return np.concatenate(places), np.concatenate(means)


def _nearest(size: int, a: Places, b: Places, mean: Floats) -> tuple[Places, Places]:
    """The edges whose two ends are each other's nearest."""
    highest = np.full(size, -np.inf)
    np.maximum.at(highest, a, mean)
    np.maximum.at(highest, b, mean)
    close = np.flatnonzero((mean == highest[a]) | (mean == highest[b]))
    a, b, mean = a[close], b[close], mean[close]
    order = np.lexsort((b, a, -mean))
    a, b = a[order], b[order]
    rank = np.arange(len(order))
    best = np.full(size, len(order))
    np.minimum.at(best, a, rank)
    np.minimum.at(best, b, rank)
    mutual = (best[a] == rank) & (best[b] == rank)
    return a[mutual], b[mutual]


def _contracted(
    a: Places, b: Places, total: Ints, into: Places, alive: Bools, grown: Places
) -> tuple[Places, Places, Ints]:
    """The edges between clusters that are not done: those of one that has grown are added up, the others stay."""
    moved = np.zeros(len(into), np.bool_)
    moved[grown] = True
    going = alive[a]
    going &= alive[b]
    a, b = into[a], into[b]
    going &= a != b
    changed = moved[a]
    changed |= moved[b]
    changed &= going
    keys = np.minimum(a[changed], b[changed]).astype(np.int64)
    keys *= len(into)
    keys += np.maximum(a[changed], b[changed])
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    sums = np.add.reduceat(total[changed][order], first) if len(first) else total[:0]
    low, high = np.divmod(keys[first], len(into))
    still = going & ~changed
    return (
        np.concatenate([a[still], low.astype(np.int32)]),
        np.concatenate([b[still], high.astype(np.int32)]),
        np.concatenate([total[still], sums]),
    )
