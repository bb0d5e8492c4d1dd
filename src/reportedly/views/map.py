"""A map without a map server: outlines of countries, and the places of claims as areas as large as they are uncertain.

Equirectangular projection with the middle latitude's ratio, which keeps shapes at the size of a region. A town is a
point in the circle of what "in the town" may mean, a district is an area without a point, a country is its outline.
Country outlines are those of Natural Earth (public domain).
"""

from __future__ import annotations

import json
import math
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html import escape
from importlib.resources import files
from operator import add, sub

import msgspec

from reportedly.knowledge.load import SHIPPED, Knowledge
from reportedly.model import LedgerClaim, Place
from reportedly.views.charts import PAPER, Look

WIDTH = 660
# The column of a phone.
NARROW = 340
# Kilometres of a degree of latitude.
DEGREE = 111.2
# No map shows less than this many degrees of latitude: what is around a place says where it is.
CLOSEST = 3.0
FLATTEST, TALLEST = 0.5, 0.8
# The poles are of no use to news and take half of the sheet.
SOUTH, NORTH = -58.0, 80.0
LABELS = 8
# Points are moved to a grid of so many units, and what is smaller than so many is not drawn.
GRID = 2
SMALL = 5
_LETTER = 6.7


class MapFrame(msgspec.Struct, frozen=True):
    """The part of the world that a map shows, in degrees; west may be below -180 where it crosses the date line."""

    west: float
    south: float
    east: float
    north: float


WORLD = MapFrame(-180.0, SOUTH, 180.0, NORTH)


class Spot(msgspec.Struct, frozen=True):
    """A place on a map: what it is called there, where its mark leads, and how many things are there."""

    place: Place
    label: str
    href: str
    words: str
    weight: int = 1


class Level(msgspec.Struct, frozen=True):
    """The outlines at one grid: rings with their country and their box in degrees."""

    step: float
    rings: tuple[tuple[str, tuple[float, float, float, float], array[int]], ...]


@lru_cache(maxsize=1)
def levels() -> tuple[Level, ...]:
    """The outlines, coarse to fine."""
    data = files("reportedly").joinpath("knowledge", "world", "outlines.bin").read_bytes()
    line, _, blocks = data.partition(b"\n")
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
        ring = flat[2 * at : 2 * (at + length)]
        xs, ys = ring[0::2], ring[1::2]
        rings.append((code, (min(xs) * step, min(ys) * step, max(xs) * step, max(ys) * step), ring))
        at += length
    return Level(step, tuple(rings))


@lru_cache(maxsize=8)
def _extents(knowledge: Knowledge) -> dict[str, float]:
    return {row["kind"]: float(row["km"]) for row in knowledge.rows("place_extent")}


def extent(place: Place, knowledge: Knowledge = SHIPPED) -> float:
    """Kilometres around the point of a place within which "there" may be."""
    extents = _extents(knowledge)
    return extents.get(place.kind or "region", extents["region"])


def view_of(places: Iterable[Place], knowledge: Knowledge = SHIPPED) -> MapFrame:
    """The region that holds these places with their extents, and enough around them to be recognised."""
    points = [p for p in places if p.lat is not None and p.lon is not None]
    if not points:
        return WORLD
    reach = [extent(p, knowledge) * 2.2 / DEGREE for p in points]
    lats = [(p.lat or 0.0) for p in points]
    lons = [(p.lon or 0.0) for p in points]
    south, north = min(map(sub, lats, reach)), max(map(add, lats, reach))
    stretch = 1 / max(0.2, math.cos(math.radians((south + north) / 2)))
    west = min(lon - r * stretch for lon, r in zip(lons, reach, strict=True))
    east = max(lon + r * stretch for lon, r in zip(lons, reach, strict=True))
    return _shaped(MapFrame(west, south, east, north))


def _shaped(view: MapFrame) -> MapFrame:
    """The view made wide or high enough for the sheet."""
    middle = (view.south + view.north) / 2
    ratio = math.cos(math.radians(max(-75.0, min(75.0, middle))))
    height = max(CLOSEST, view.north - view.south)
    width = max(CLOSEST / ratio, view.east - view.west)
    height = max(height, width * ratio * FLATTEST)
    width = max(width, height / ratio / TALLEST)
    if width >= 300 or height >= NORTH - SOUTH:
        return WORLD
    south = max(-90.0, min(middle - height / 2, 90.0 - height))
    centre = (view.west + view.east) / 2
    return MapFrame(centre - width / 2, south, centre + width / 2, south + height)


class Sheet:
    """A view on paper: from degrees to units of the picture."""

    def __init__(self, view: MapFrame, width: float = WIDTH) -> None:
        if view.east - view.west < CLOSEST / 10 or view.north - view.south < CLOSEST / 10:
            view = _shaped(view)
        self.view = view
        self.width = width
        self.scale = width / (view.east - view.west)
        ratio = math.cos(math.radians(max(-75.0, min(75.0, (view.south + view.north) / 2))))
        self.tall = self.scale / ratio if view != WORLD else self.scale
        self.height = (view.north - view.south) * self.tall

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a point is; one that is on the sheet a turn of the world away is moved there."""
        if lon < self.view.west and lon + 360 <= self.view.east:
            lon += 360
        elif lon > self.view.east and lon - 360 >= self.view.west:
            lon -= 360
        return (lon - self.view.west) * self.scale, (self.view.north - lat) * self.tall

    def kilometre(self) -> float:
        """How long a kilometre is."""
        return self.tall / DEGREE


def spots_of(claims: Sequence[LedgerClaim]) -> tuple[list[Spot], list[str]]:
    """Places of claims by how many name them; those without coordinates by name."""
    there: dict[tuple[float, float], list[tuple[Place, LedgerClaim]]] = {}
    nowhere: dict[str, None] = {}
    for held in claims:
        place = held.claim.place
        if place is not None and place.lat is not None and place.lon is not None:
            there.setdefault((place.lat, place.lon), []).append((place, held))
        elif place is not None:
            nowhere.setdefault(place.name)
    spots = []
    for found in there.values():
        place, held = found[0]
        words = f"{place.name}: {len(found)} claim{'s' * (len(found) > 1)}"
        spots.append(Spot(place, place.name, f"#{held.claim.id}", words, len(found)))
    return spots, list(nowhere)


def cells(view: MapFrame, columns: int = 6, rows: int = 3) -> list[MapFrame]:
    """A view in parts of one size, from the north west."""
    wide, high = (view.east - view.west) / columns, (view.north - view.south) / rows
    return [
        MapFrame(view.west + x * wide, view.north - (y + 1) * high, view.west + (x + 1) * wide, view.north - y * high)
        for y in range(rows)
        for x in range(columns)
    ]


def map_svg(
    spots: Sequence[Spot],
    view: MapFrame,
    look: Look = PAPER,
    *,
    title: str = "Map",
    links: Iterable[tuple[MapFrame, str]] = (),
    width: float = WIDTH,
    knowledge: Knowledge = SHIPPED,
) -> str:
    """The map as an SVG element; ``links`` are parts of it that lead somewhere, under the marks."""
    sheet = Sheet(view, width)
    known = [s for s in spots if s.place.lat is not None and s.place.lon is not None]
    countries = {s.place.country for s in known if s.place.kind == "country"}
    land = "".join(_land(sheet, {c for c in countries if c}, look))
    parts = "".join(_cell(sheet, part, href) for part, href in links)
    areas = "".join(_area(sheet, spot, look, knowledge) for spot in known if spot.place.kind != "country")
    marks = "".join(_mark(sheet, spot, look) for spot in known)
    labels = "".join(_labels(sheet, known, look))
    w, h = f"{sheet.width:.0f}", f"{sheet.height:.0f}"
    return (
        f'<svg class="map" role="group" aria-label="{escape(title)}" viewBox="0 0 {w} {h}" width="{w}" height="{h}" '
        f'font-family="{look.font}" font-size="13">'
        f'<rect width="{w}" height="{h}" fill="{look.sea}"/>{land}{parts}{areas}{marks}{labels}'
        f"{_scale_bar(sheet, look) if view != WORLD else ''}</svg>"
    )


def _cell(sheet: Sheet, part: MapFrame, href: str) -> str:
    x, y = sheet.at(part.west, part.north)
    wide, high = (part.east - part.west) * sheet.scale, (part.north - part.south) * sheet.tall
    words = f"{_degrees(part.south, 'N', 'S')} to {_degrees(part.north, 'N', 'S')}, "
    words += f"{_degrees(part.west, 'E', 'W')} to {_degrees(part.east, 'E', 'W')}"
    return (
        f'<a href="{escape(href)}" aria-label="Incidents {words}">'
        f'<rect class="cell" x="{x:.0f}" y="{y:.0f}" width="{wide:.0f}" height="{high:.0f}" fill="none"/></a>'
    )


def _degrees(value: float, plus: str, minus: str) -> str:
    value = (value + 180) % 360 - 180 if abs(value) > 180 else value
    return f"{abs(value):.0f}° {plus if value >= 0 else minus}"


def _land(sheet: Sheet, marked: set[str], look: Look) -> Iterator[str]:
    """The land in one path, the countries that are places of claims in another."""
    plain: list[str] = []
    special: list[str] = []
    for code, path in _paths(sheet.view, sheet.width):
        (special if code in marked else plain).append(path)
    stroke = f'stroke="{look.border}" stroke-width="0.8" stroke-linejoin="round"'
    yield f'<path d="{"".join(plain)}" fill="{look.land}" {stroke}/>'
    if special:
        dashes = f'fill="{look.asserts}" fill-opacity="0.25" stroke="{look.asserts}" stroke-dasharray="4 3"'
        yield f'<path d="{"".join(special)}" {dashes}/>'


@lru_cache(maxsize=64)
def _paths(view: MapFrame, width: float) -> tuple[tuple[str, str], ...]:
    sheet = Sheet(view, width)
    unit = 1 / sheet.scale
    level = next((lv for lv in levels() if lv.step <= 3 * unit), levels()[-1])
    found = []
    for turn in (-360.0, 0.0, 360.0):
        for code, (west, south, east, north), ring in level.rings:
            outside = east + turn < view.west or west + turn > view.east or north < view.south or south > view.north
            small = max(east - west, north - south) < SMALL * unit
            if not outside and not small and (path := _path(sheet, ring, level.step, turn)):
                found.append((code, path))
    return tuple(found)


def _path(sheet: Sheet, ring: array[int], step: float, turn: float) -> str:
    """A ring in whole units of the picture, each step relative to the last; what is off the sheet is cut short."""
    view, scale, tall = sheet.view, sheet.scale, sheet.tall
    most_x, most_y = sheet.width + 40, sheet.height + 40
    points: list[tuple[int, int]] = []
    for n in range(0, len(ring), 2):
        x = min(most_x, max(-40.0, (ring[n] * step + turn - view.west) * scale))
        y = min(most_y, max(-40.0, (view.north - ring[n + 1] * step) * tall))
        point = (round(x / GRID), round(y / GRID))
        if points and points[-1] == point:
            continue
        if len(points) > 1 and _straight(points[-2], points[-1], point):
            points.pop()
        points.append(point)
    return _written(points) if len(points) > 2 else ""


def _straight(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> bool:
    return (b[0] - a[0]) * (c[1] - b[1]) == (b[1] - a[1]) * (c[0] - b[0])


def _written(points: Sequence[tuple[int, int]]) -> str:
    """A closed path, each step relative to the last, as short as SVG allows."""
    (x0, y0), *rest = points
    parts = [f"M{x0 * GRID} {y0 * GRID}l"]
    for x, y in rest:
        dx, dy = (x - x0) * GRID, (y - y0) * GRID
        parts.append(f"{'' if dx < 0 or len(parts) == 1 else ' '}{dx}{'' if dy < 0 else ' '}{dy}")
        x0, y0 = x, y
    return "".join(parts) + "z"


def _area(sheet: Sheet, spot: Spot, look: Look, knowledge: Knowledge) -> str:
    """The circle of a place's extent; solid line for a town, dashed for a district that has no point."""
    x, y = sheet.at(spot.place.lon or 0.0, spot.place.lat or 0.0)
    radius = max(5.0, extent(spot.place, knowledge) * sheet.kilometre())
    dashes = "" if _has_point(spot.place) else ' stroke-dasharray="5 4"'
    return (
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{radius:.0f}" fill="{look.asserts}" fill-opacity="0.18" '
        f'stroke="{look.asserts}" stroke-opacity="0.7"{dashes}/>'
    )


def _has_point(place: Place) -> bool:
    return place.kind in ("city", "facility", None)


def _mark(sheet: Sheet, spot: Spot, look: Look) -> str:
    """The mark that leads to what is said of the place."""
    x, y = sheet.at(spot.place.lon or 0.0, spot.place.lat or 0.0)
    size = min(11.0, 4 + 1.6 * math.sqrt(spot.weight))
    shape = f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{size:.1f}" '
    if _has_point(spot.place):
        shape += f'fill="{look.asserts}" stroke="{look.paper}" stroke-width="1.5"/>'
    else:
        shape += f'fill="{look.asserts}" fill-opacity="0.01" stroke="{look.asserts}" stroke-width="1.5"/>'
    words = escape(spot.words)
    return f'<a href="{escape(spot.href)}" aria-label="{words}"><title>{words}</title>{shape}</a>'


def _labels(sheet: Sheet, spots: Sequence[Spot], look: Look) -> Iterator[str]:
    """Names beside the marks, those that matter most first; one that would cover another is left to the list below."""
    taken: list[tuple[float, float, float, float]] = []
    for spot in sorted(spots, key=lambda s: -s.weight):
        x, y = sheet.at(spot.place.lon or 0.0, spot.place.lat or 0.0)
        wide = len(spot.label) * _LETTER
        left = x + 12 if x + 12 + wide < sheet.width else x - 12 - wide
        box = (left, y - 10, left + wide, y + 8)
        if left < 0 or len(taken) >= LABELS or any(_meet(box, other) for other in taken):
            continue
        taken.append(box)
        yield (
            f'<text x="{left:.0f}" y="{y + 4.5:.0f}" fill="{look.ink}" stroke="{look.paper}" stroke-width="3" '
            f'stroke-linejoin="round" paint-order="stroke">{escape(spot.label)}</text>'
        )


def _meet(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _scale_bar(sheet: Sheet, look: Look) -> str:
    """A bar of a round number of kilometres."""
    room = sheet.width / 5 / sheet.kilometre()
    size = 10 ** math.floor(math.log10(room))
    length = next(size * n for n in (5, 2, 1) if size * n <= room)
    wide, y = length * sheet.kilometre(), sheet.height - 12
    return (
        f'<path d="M12 {y - 4:.0f}v4h{wide:.0f}v-4" fill="none" stroke="{look.muted}" stroke-width="1.5"/>'
        f'<text x="12" y="{y - 8:.0f}" fill="{look.ink}" font-size="12">{length:g} km</text>'
    )
