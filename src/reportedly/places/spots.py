"""Points of the places that a dispatch names, and how far a place is from the nearest of them."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from reportedly.places.gazetteer import GazetteerRecord

# Farther north or south than this is not near.
FARTHEST_DEGREES = 10.0
EARTH_KM = 12742.0
# A little less than a degree of latitude is long, so that rounding loses none.
DEGREE_KM = 111.0


class Named(Protocol):
    """What a place is called in the text."""

    @property
    def key(self) -> str:
        """The name by which mentions are one."""


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance of two points in degrees."""
    la, lo, lb, mo = map(math.radians, (*a, *b))
    h = math.sin((lb - la) / 2) ** 2 + math.cos(la) * math.cos(lb) * math.sin((mo - lo) / 2) ** 2
    return EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


class Spots:
    """The points of places smaller than countries, from south to north, each with the names that mean it."""

    def __init__(self, mentions: Sequence[Named], picks: Sequence[GazetteerRecord | None]) -> None:
        names: dict[tuple[float, float], set[str]] = {}
        for mention, pick in zip(mentions, picks, strict=True):
            if pick is not None and pick.kind != "country" and pick.point is not None:
                names.setdefault(pick.point, set()).add(mention.key)
        self._points = sorted(names)
        self._names = [frozenset(names[point]) for point in self._points]

    def nearest(self, record: GazetteerRecord, key: str) -> float | None:
        """Kilometres to the nearest point of another name; None where none is near."""
        if record.point is None:
            return None
        at = bisect_left(self._points, record.point)
        best = self._least(record.point, key, range(at, len(self._points)), None)
        return self._least(record.point, key, range(at - 1, -1, -1), best)

    def _least(self, point: tuple[float, float], key: str, numbers: Iterable[int], best: float | None) -> float | None:
        """The least distance among points farther and farther north or south."""
        for other in self._others(key, numbers):
            apart = abs(other[0] - point[0])
            if apart > FARTHEST_DEGREES or (best is not None and apart * DEGREE_KM > best):
                break
            distance = kilometres(point, other)
            best = distance if best is None else min(best, distance)
        return best

    def _others(self, key: str, numbers: Iterable[int]) -> Iterator[tuple[float, float]]:
        return (self._points[n] for n in numbers if self._names[n] != {key})
