"""Average linkage with arrays is what joining the best pair again and again gives."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from in_memory import average_linkage

ENOUGH = 120_000


def one_by_one(counts: list[int], scores: dict[tuple[int, int], int]) -> list[list[int]]:
    """The definition: join the two groups with the highest mean until none is enough."""
    groups = [[n] for n in range(len(counts))]

    def mean(a: list[int], b: list[int]) -> float:
        total = sum(scores.get((min(i, j), max(i, j)), 0) * counts[i] * counts[j] for i in a for j in b)
        return total / (sum(counts[i] for i in a) * sum(counts[j] for j in b))

    while len(groups) > 1:
        best, a, b = max((mean(a, b), a, b) for a, b in combinations(groups, 2))
        if best < ENOUGH:
            break
        groups = [g for g in groups if g not in (a, b)] + [sorted(a + b)]
    return sorted(groups)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 14), st.sampled_from((0.2, 0.5, 1.0)))
def test_linkage_follows_its_definition(seed: int, size: int, share: float) -> None:
    chance = np.random.default_rng(seed)
    counts = chance.integers(1, 4, size).tolist()
    scores = {
        pair: int(chance.integers(-(10**6), 10**6)) for pair in combinations(range(size), 2) if chance.random() < share
    }
    assert average_linkage(counts, scores, ENOUGH) == one_by_one(counts, scores)


def test_linkage_of_a_part_does_not_depend_on_the_others() -> None:
    part = {(0, 1): 500_000, (1, 2): 200_000, (2, 3): 500_000}
    alone = average_linkage([1] * 4, part, ENOUGH)
    beside = average_linkage([1] * 8, part | {(4, 5): 900_000, (5, 6): 700_000, (6, 7): 500_000}, ENOUGH)
    assert beside[: len(alone)] == alone == [[0, 1], [2, 3]]
