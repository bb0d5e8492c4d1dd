"""Claims by the sentence in which they are told, so that those beside another one are found at once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator

from reportedly.model import Claim


class BySentence:
    """Claims with the numbers of their sentences, in the order of these; those of one sentence as they were given."""

    def __init__(self, told: Iterable[tuple[int, Claim]] = ()) -> None:
        self._told = sorted(told, key=lambda t: t[0])
        self._numbers = [number for number, _ in self._told]

    def between(self, first: int, last: int) -> Iterator[tuple[int, Claim]]:
        """The claims of the sentences ``first`` to ``last``, both included."""
        yield from self._told[bisect_left(self._numbers, first) : bisect_right(self._numbers, last)]

    def last_before(self, number: int, fits: Callable[[Claim], bool] = lambda _: True) -> list[tuple[int, Claim]]:
        """The claims that fit of the last sentence before this one in which any does."""
        found: list[tuple[int, Claim]] = []
        for at in range(bisect_left(self._numbers, number) - 1, -1, -1):
            told = self._told[at]
            if found and told[0] < found[0][0]:
                break
            if fits(told[1]):
                found.append(told)
        return found
