"""Outlines of countries and the borders inside them as paths of a picture: Natural Earth (public domain)."""

from __future__ import annotations

import json
import zlib
from array import array
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from reportedly.views.sheet import MapFrame, Sheet

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Points are moved to a grid of so many units, and what is smaller than so many is not drawn.
GRID = 2
SMALL = 5
# What lies farther off the sheet is drawn at its edge.
OFF = 40

Line = list[tuple[int, int]]


class Ring(msgspec.Struct, frozen=True):
    """A line of points in steps of a grid, whose land it surrounds, and its box in degrees."""

    code: str
    west: float
    south: float
    east: float
    north: float
    points: array[int]

    @classmethod
    def of(cls, code: str, points: array[int], step: float) -> Ring:
        """A line with its box."""
        xs, ys = points[0::2], points[1::2]
        return cls(code, min(xs) * step, min(ys) * step, max(xs) * step, max(ys) * step, points)


class Level(msgspec.Struct, frozen=True, eq=False):
    """The outlines at one grid; ``boxes`` are those of the rings: west, south, east and north of each."""

    step: float
    rings: tuple[Ring, ...]
    boxes: NDArray[np.float64]

    @classmethod
    def of(cls, step: float, rings: Sequence[Ring]) -> Level:
        """These rings with their boxes."""
        boxes = np.array([(r.west, r.south, r.east, r.north) for r in rings], np.float64)
        return cls(step, tuple(rings), boxes.T)


def _data(name: str) -> bytes:
    return files("reportedly").joinpath("knowledge", "world", name).read_bytes()


@lru_cache(maxsize=1)
def levels() -> tuple[Level, ...]:
    """The outlines of countries, coarse to fine."""
    line, _, blocks = _data("outlines.bin").partition(b"\n")
    found, at = [], 0
    for level in json.loads(line)["levels"]:
        flat: array[int] = array("h")
        flat.frombytes(zlib.decompress(blocks[at : at + level["bytes"]]))
        found.append(_level(level["step"], level["codes"], level["points"], flat))
        at += level["bytes"]
    return tuple(found)


def _level(step: float, codes: Sequence[str], lengths: Sequence[int], flat: array[int]) -> Level:
    rings, at = [], 0
    for code, length in zip(codes, lengths, strict=True):
        rings.append(Ring.of(code, flat[2 * at : 2 * (at + length)], step))
        at += length
    return Level.of(step, rings)


@lru_cache(maxsize=1)
def provinces() -> Level:
    """The borders inside countries (``tools/provinces.py`` says how they are written)."""
    line, _, rest = zlib.decompress(_data("provinces.bin")).partition(b"\n")
    head = json.loads(line)
    starts: array[int] = array("h")
    starts.frombytes(rest[: 6 * head["lines"]])
    moves: array[int] = array("b")
    moves.frombytes(rest[6 * head["lines"] :])
    rings, at = [], 0
    for n in range(0, len(starts), 3):
        length = 2 * (starts[n + 2] - 1)
        rings.append(Ring.of("", _walked(starts[n], starts[n + 1], moves[at : at + length]), head["step"]))
        at += length
    return Level.of(head["step"], rings)


def _walked(x: int, y: int, moves: array[int]) -> array[int]:
    points: array[int] = array("h", (x, y))
    for n in range(0, len(moves), 2):
        x, y = x + moves[n], y + moves[n + 1]
        points.extend((x, y))
    return points


@lru_cache(maxsize=64)
def countries(view: MapFrame, width: float) -> tuple[tuple[str, str], ...]:
    """The land in a view as closed paths, each with the country it belongs to."""
    sheet = Sheet(view, width)
    unit = 1 / sheet.scale
    level = next((lv for lv in levels() if lv.step <= 3 * unit), levels()[-1])
    drawn = ((ring.code, _points(sheet, ring, level.step, turn)) for ring, turn in _inside(level, view, SMALL * unit))
    return tuple((code, written(points, closed=True)) for code, points in drawn if len(points) > 2)


@lru_cache(maxsize=64)
def borders(view: MapFrame, width: float) -> str:
    """The borders inside countries in a view, as one path."""
    sheet = Sheet(view, width)
    level = provinces()
    drawn = (_points(sheet, ring, level.step, turn) for ring, turn in _inside(level, view, 2 / sheet.scale))
    return "".join(written(points) for points in drawn if len(points) > 1)


def _inside(level: Level, view: MapFrame, small: float) -> Iterator[tuple[Ring, float]]:
    """The lines that are in a view, each with the turn of the world by which it is, and large enough to be seen."""
    west, south, east, north = level.boxes
    seen = (np.maximum(east - west, north - south) >= small) & (north >= view.south) & (south <= view.north)
    for turn in (-360.0, 0.0, 360.0):
        for n in np.flatnonzero(seen & (east + turn >= view.west) & (west + turn <= view.east)).tolist():
            yield level.rings[n], turn


def _points(sheet: Sheet, ring: Ring, step: float, turn: float) -> Line:
    """A line in whole units of the picture; what is off the sheet is cut short."""
    view, flat = sheet.view, np.frombuffer(ring.points, np.int16)
    x = np.clip((flat[0::2] * step + turn - view.west) * sheet.scale, -OFF, sheet.width + OFF)
    y = np.clip((view.north - flat[1::2] * step) * sheet.tall, -OFF, sheet.height + OFF)
    steps = np.rint(np.stack([x, y], axis=1) / GRID).astype(np.int64)
    moved = np.append(True, (steps[1:] != steps[:-1]).any(axis=1))
    points: Line = []
    for px, py in steps[moved].tolist():
        if len(points) > 1 and _straight(points[-2], points[-1], (px, py)):
            points.pop()
        points.append((px, py))
    return points


def _straight(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> bool:
    return (b[0] - a[0]) * (c[1] - b[1]) == (b[1] - a[1]) * (c[0] - b[0])


def written(points: Sequence[tuple[int, int]], *, closed: bool = False) -> str:
    """A path, each step relative to the last, as short as SVG allows."""
    (x0, y0), *rest = points
    parts = [f"M{x0 * GRID} {y0 * GRID}l"]
    for x, y in rest:
        dx, dy = (x - x0) * GRID, (y - y0) * GRID
        parts.append(f"{'' if dx < 0 or len(parts) == 1 else ' '}{dx}{'' if dy < 0 else ' '}{dy}")
        x0, y0 = x, y
    return "".join(parts) + ("z" if closed else "")
