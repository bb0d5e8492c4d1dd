"""Dispatches that share marks compared with each other, and the units of those that are worth it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np

from reportedly.incidents.likeness import Bools, Columns, Floats, Ints, Sparse, cosines, scores
from reportedly.incidents.told import UNITS, Outline
from reportedly.incidents.units import WORTH_COMPARING
from reportedly.knowledge.load import Knowledge


class Pairs(msgspec.Struct, frozen=True):
    """Pairs of dispatches worth comparing, by their places, the smaller id first, and how alike they are worded."""

    a: Ints
    b: Ints
    cosine: Floats


class Edges(msgspec.Struct, frozen=True):
    """Pairs of units by their numbers, and how alike they are (see ``likeness.scores``)."""

    a: Ints
    b: Ints
    score: Ints


def worth_comparing(told: Sequence[Outline], a: Ints, b: Ints, met: Bools) -> Pairs:
    """Those of the pairs ``a``, ``b`` (places in ``told``) that are worded somewhat alike or of which units meet."""
    rank = np.empty(len(told), np.int64)
    rank[sorted(range(len(told)), key=lambda n: told[n].id)] = np.arange(len(told))
    swapped = rank[a] > rank[b]
    a, b = np.where(swapped, b, a), np.where(swapped, a, b)
    alike = cosines(Sparse.joined([t.wording for t in told]), a, b)
    worth = met | (alike >= WORTH_COMPARING)
    return Pairs(a[worth], b[worth], alike[worth])


def edges(told: Sequence[Outline], new: Ints, pairs: Pairs, knowledge: Knowledge) -> Edges:
    """How alike the free units of these pairs are, and those of each ``new`` dispatch among themselves."""
    one, other = np.concatenate([new, pairs.a]), np.concatenate([new, pairs.b])
    alike = np.concatenate([np.ones(len(new)), pairs.cosine])
    size = np.array([len(t.free) for t in told], np.int64)
    start = np.cumsum(size) - size
    count = size[one] * size[other]
    pair = np.repeat(np.arange(len(one)), count)
    m, n = np.divmod(np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count), size[other][pair])
    i, j = start[one][pair] + m, start[other][pair] + n
    distinct = (one != other)[pair] | (m < n)
    i, j = i[distinct], j[distinct]
    score = scores(Columns.joined([t.columns for t in told], knowledge), i, j, alike[pair][distinct], knowledge)
    number = np.array([t.seq * UNITS + n for t in told for n in t.free], np.int64)
    scored = score != 0
    return Edges(number[i[scored]], number[j[scored]], score[scored])
