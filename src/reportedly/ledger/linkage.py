"""Average linkage over a sparse graph, with arrays, so that a ledger that hangs together as a whole can be grouped.

Average linkage (UPGMA; Sokal and Michener 1958) is reducible: when two clusters are joined that are each other's
nearest, nobody comes nearer to what they become (Müllner 2011, "Modern hierarchical, agglomerative clustering
algorithms"). So all pairs that are each other's nearest are joined at once, round by round, and a cluster that is alike
enough to no other is done. What becomes of a part of the graph depends on that part alone.
"""

from __future__ import annotations

import numpy as np

from reportedly.ledger.likeness import Floats, Ints


def clusters(mass: Ints, a: Ints, b: Ints, score: Ints, enough: int) -> Ints:
    """For each node the smallest node of its cluster.

    Node ``n`` counts ``mass[n]`` times in means; ``a`` and ``b`` are the ends of distinct edges, ``a`` below ``b``, in
    order. Two clusters are joined while the mean score of their pairs is ``enough``; pairs without an edge score 0, and
    of two equal means the one of the smaller nodes goes first. All are whole numbers, so that sums are exact.
    """
    mass = mass.copy()
    cluster = np.arange(len(mass))
    total = score * mass[a] * mass[b]
    while True:
        mean = total / (mass[a] * mass[b])
        good = np.flatnonzero(mean >= enough)
        if not len(good):
            return cluster
        ours, theirs = _nearest(len(mass), a[good], b[good], mean[good])
        alive = np.zeros(len(mass), np.bool_)
        alive[a[good]] = alive[b[good]] = True
        kept = alive[a] & alive[b]
        mass[ours] += mass[theirs]
        into = np.arange(len(mass))
        into[theirs] = ours
        cluster = into[cluster]
        a, b, total = _contracted(a[kept], b[kept], total[kept], into, ours)


def _nearest(size: int, a: Ints, b: Ints, mean: Floats) -> tuple[Ints, Ints]:
    """The edges whose two ends are each other's nearest."""
    order = np.lexsort((b, a, -mean))
    a, b = a[order], b[order]
    rank = np.arange(len(order))
    best = np.full(size, len(order))
    np.minimum.at(best, a, rank)
    np.minimum.at(best, b, rank)
    mutual = (best[a] == rank) & (best[b] == rank)
    return a[mutual], b[mutual]


def _contracted(a: Ints, b: Ints, total: Ints, into: Ints, grown: Ints) -> tuple[Ints, Ints, Ints]:
    """The edges between clusters: those of a cluster that has grown are added up, the others stay as they are."""
    moved = np.zeros(len(into), np.bool_)
    moved[grown] = True
    new_a, new_b = into[a], into[b]
    changed = moved[new_a] | moved[new_b]
    inner = new_a == new_b
    added = changed & ~inner
    low, high = np.minimum(new_a[added], new_b[added]), np.maximum(new_a[added], new_b[added])
    keys = low * len(into) + high
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    sums = np.add.reduceat(total[added][order], first) if len(first) else total[:0]
    low, high = np.divmod(keys[first], len(into))
    still = ~changed
    return np.concatenate([a[still], low]), np.concatenate([b[still], high]), np.concatenate([total[still], sums])
