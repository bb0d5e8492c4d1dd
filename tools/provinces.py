"""Compiles the borders inside countries into one small file: `python tools/provinces.py LINES.shp OUT`.

Source: Natural Earth, 1:10m, "Admin 1 - States, Provinces: boundary lines" (public domain), the layer
`ne_10m_admin_1_states_provinces_lines` as naturalearthdata.com gives it. The result is kept in the repository, since no
package of a fitting size carries the layer; this is how it was made and can be made anew.

The file, compressed: one line of JSON (attribution, grid step in degrees, number of lines); for each line its first
point (longitude, latitude in grid steps) and its number of points as little-endian 16-bit integers; then for every
further point its way from the one before as signed bytes.
"""

from __future__ import annotations

import json
import struct
import sys
import zlib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import shapefile

ATTRIBUTION = "Natural Earth (public domain), 1:10m states and provinces, boundary lines"
STEP = 0.02
# How far, in grid steps, a line may leave the way that is kept of it.
TOLERANCE = 1.2
# A step between two points that are kept, in each direction.
LONGEST = 127

Point = tuple[int, int]


def lines(source: Path) -> Iterator[list[Point]]:
    """Every line on the grid, thinned."""
    for line in joined(list(pieces(source))):
        kept = thinned(line)
        if len(kept) > 1:
            yield list(_in_steps(kept))


def pieces(source: Path) -> Iterator[list[Point]]:
    """The lines as the layer has them, many of them cut into short pieces."""
    with shapefile.Reader(shp=source.open("rb"), shx=source.with_suffix(".shx").open("rb")) as layer:
        for shape in layer.iterShapes():
            starts = [*shape.parts, len(shape.points)]
            for start, end in pairwise(starts):
                points = [(round(x / STEP), round(y / STEP)) for x, y in shape.points[start:end]]
                line = [point for point, before in zip(points, [None, *points], strict=False) if point != before]
                if len(line) > 1:
                    yield line


def joined(parts: Sequence[list[Point]]) -> Iterator[list[Point]]:
    """Pieces put together where exactly two of them meet."""
    ends: dict[Point, list[int]] = {}
    for n, part in enumerate(parts):
        for point in (part[0], part[-1]):
            ends.setdefault(point, []).append(n)
    done: set[int] = set()
    for n, part in enumerate(parts):
        if n not in done:
            done.add(n)
            onward = _onward(parts, ends, done, part)
            yield _onward(parts, ends, done, onward[::-1])


def _onward(
    parts: Sequence[list[Point]], ends: dict[Point, list[int]], done: set[int], line: list[Point]
) -> list[Point]:
    """A line with the pieces that follow its last point."""
    line = list(line)
    while len(ends[line[-1]]) == 2 and (rest := [n for n in ends[line[-1]] if n not in done]):
        done.add(rest[0])
        part = parts[rest[0]]
        line += part[1:] if part[0] == line[-1] else part[-2::-1]
    return line


def thinned(points: Sequence[Point]) -> list[Point]:
    """The points without which the line would stray from its way (Douglas and Peucker 1973)."""
    kept, open_parts = {0, len(points) - 1}, [(0, len(points) - 1)]
    while open_parts:
        first, last = open_parts.pop()
        strays = [(_stray(points[first], points[last], points[n]), n) for n in range(first + 1, last)]
        far, at = max(strays, default=(0.0, first))
        if far > TOLERANCE:
            kept.add(at)
            open_parts += [(first, at), (at, last)]
    return [points[n] for n in sorted(kept)]


def _stray(a: Point, b: Point, p: Point) -> float:
    """How far p is from the stretch between a and b."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    size = dx * dx + dy * dy
    along = max(0.0, min(1.0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / size)) if size else 0.0
    return float(((p[0] - a[0] - along * dx) ** 2 + (p[1] - a[1] - along * dy) ** 2) ** 0.5)


def _in_steps(points: Sequence[Point]) -> Iterator[Point]:
    """The points, with others between two that are too far apart for a byte."""
    yield points[0]
    for (x0, y0), (x1, y1) in pairwise(points):
        parts = max(1, -(-max(abs(x1 - x0), abs(y1 - y0)) // LONGEST))
        yield from ((x0 + (x1 - x0) * n // parts, y0 + (y1 - y0) * n // parts) for n in range(1, parts + 1))


def build(source: Path, out: Path) -> None:
    """Write the file."""
    found = list(lines(source))
    head = {"attribution": ATTRIBUTION, "step": STEP, "lines": len(found)}
    starts = [value for line in found for value in (*line[0], len(line))]
    moves = [d for line in found for a, b in pairwise(line) for d in (b[0] - a[0], b[1] - a[1])]
    body = json.dumps(head, separators=(",", ":")).encode() + b"\n" + struct.pack(f"<{len(starts)}h", *starts)
    body += struct.pack(f"{len(moves)}b", *moves)
    out.write_bytes(zlib.compress(body, 9))


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
