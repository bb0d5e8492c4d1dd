"""A map without a map server: what is reported where, with enough around it to be recognised.

A town is a point in the circle of what "in the town" may mean, a district is an area without a point, a country is its
outline. Around them stand the borders of countries and provinces (Natural Earth) and the larger towns (GeoNames). Many
places close together are one mark with their number.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html import escape
from operator import add, sub

import msgspec

from reportedly.knowledge.load import SHIPPED, Knowledge
from reportedly.model import LedgerClaim, Place
from reportedly.places.gazetteer import Town, load_gazetteer
from reportedly.views.charts import PAPER, Look, wide
from reportedly.views.outlines import borders, countries
from reportedly.views.sheet import DEGREE, WIDTH, WORLD, MapFrame, Sheet, shaped

# The column of a phone.
NARROW = 340
# Names of places that are reported from, of towns around them, and of countries.
LABELS = 12
TOWNS = 14
# Maps wider than so many degrees have no borders of provinces, no towns.
PROVINCES_TO = 45
TOWNS_TO = 30
# Marks whose middles are closer than this are one.
CLOSE = 26
# How many marks a map of a list has at most.
MARKS = 60
_SMALL = 11


class Spot(msgspec.Struct, frozen=True):
    """A place on a map: what it is called there, where its mark leads, and how many things are there.

    ``many`` is set for a mark that stands for several places: it bears its number.
    """

    place: Place
    label: str
    href: str
    words: str
    weight: int = 1
    many: bool = False


class Cluster(msgspec.Struct, frozen=True):
    """Points close together on a map: their number, the heaviest of them, and the box that holds them."""

    lat: float
    lon: float
    weight: int
    heaviest: int
    points: int
    box: MapFrame


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
    return shaped(MapFrame(west, south, east, north))


def view_around(points: Iterable[tuple[float, float]]) -> MapFrame:
    """The region that holds these points (latitude and longitude)."""
    there = list(points)
    if not there:
        return WORLD
    lats, lons = [lat for lat, _ in there], [lon for _, lon in there]
    margin = max(1.0, (max(lats) - min(lats)) * 0.12)
    stretch = max(1.0, (max(lons) - min(lons)) * 0.12)
    return shaped(MapFrame(min(lons) - stretch, min(lats) - margin, max(lons) + stretch, max(lats) + margin))


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


def clusters(points: Iterable[tuple[float, float, int, int]], view: MapFrame, width: float = WIDTH) -> list[Cluster]:
    """Points (latitude, longitude, weight, key) put together where they would cover each other, heaviest first."""
    sheet = Sheet(view, width)
    groups: list[tuple[float, float, list[tuple[float, float, int, int]]]] = []
    for point in sorted(points, key=lambda p: (-p[2], p[3])):
        x, y = sheet.at(point[1], point[0])
        near = next((g for g in groups if (g[0] - x) ** 2 + (g[1] - y) ** 2 < CLOSE * CLOSE), None)
        if near is not None:
            near[2].append(point)
        else:
            groups.append((x, y, [point]))
    made = [_cluster(members) for _, _, members in groups]
    return sorted(made, key=lambda c: -c.weight)[:MARKS]


def _cluster(members: Sequence[tuple[float, float, int, int]]) -> Cluster:
    lats, lons = [m[0] for m in members], [m[1] for m in members]
    box = MapFrame(min(lons), min(lats), max(lons), max(lats))
    first = members[0]
    return Cluster(first[0], first[1], sum(m[2] for m in members), first[3], len(members), box)


def map_svg(
    spots: Sequence[Spot],
    view: MapFrame,
    look: Look = PAPER,
    *,
    title: str = "Map",
    width: float = WIDTH,
    knowledge: Knowledge = SHIPPED,
) -> str:
    """The map as an SVG element."""
    sheet = Sheet(view, width)
    known = [s for s in spots if s.place.lat is not None and s.place.lon is not None]
    whole = {s.place.country for s in known if s.place.kind == "country" and not s.many}
    land = "".join(_land(sheet, {c for c in whole if c}, look))
    single = [s for s in known if not s.many]
    areas = "".join(_area(sheet, spot, look, knowledge) for spot in single if spot.place.kind != "country")
    marks = "".join(_mark(sheet, spot, look) for spot in known)
    names = "".join(_names(sheet, known, look, knowledge))
    w, h = f"{sheet.width:.0f}", f"{sheet.height:.0f}"
    return (
        f'<svg class="map" role="group" aria-label="{escape(title)}" viewBox="0 0 {w} {h}" width="{w}" height="{h}" '
        f'font-family="{look.font}" font-size="13">'
        f'<rect width="{w}" height="{h}" fill="{look.sea}"/>{land}{areas}{names}{marks}'
        f"{_scale_bar(sheet, look) if view != WORLD else ''}</svg>"
    )


def _land(sheet: Sheet, marked: set[str], look: Look) -> Iterator[str]:
    """The land in one path, the countries that are places of claims in another, borders inside them in a third."""
    plain: list[str] = []
    special: list[str] = []
    for code, path in countries(sheet.view, sheet.width):
        (special if code in marked else plain).append(path)
    stroke = f'stroke="{look.border}" stroke-width="1.2" stroke-linejoin="round"'
    yield f'<path d="{"".join(plain)}" fill="{look.land}" {stroke}/>'
    if special:
        dashes = f'fill="{look.asserts}" fill-opacity="0.25" stroke="{look.asserts}" stroke-dasharray="4 3"'
        yield f'<path d="{"".join(special)}" {dashes}/>'
    if sheet.view.wide <= PROVINCES_TO:
        thin = f'fill="none" stroke="{look.border}" stroke-width="0.7" stroke-dasharray="3 2"'
        yield f'<path class="provinces" d="{borders(sheet.view, sheet.width)}" {thin}/>'


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


def radius_of(spot: Spot) -> float:
    """How large the mark of a spot is."""
    most, least = (19.0, 9.0) if spot.many else (11.0, 5.0)
    return min(most, least + 1.6 * math.sqrt(spot.weight - 1))


def _mark(sheet: Sheet, spot: Spot, look: Look) -> str:
    """The mark that leads to what is said of the place."""
    x, y = sheet.at(spot.place.lon or 0.0, spot.place.lat or 0.0)
    shape = f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{radius_of(spot):.1f}" '
    if spot.many or _has_point(spot.place):
        shape += f'fill="{look.asserts}" stroke="{look.paper}" stroke-width="1.5"/>'
    else:
        shape += f'fill="{look.asserts}" fill-opacity="0.01" stroke="{look.asserts}" stroke-width="1.5"/>'
    if spot.many:
        shape += (
            f'<text x="{x:.0f}" y="{y + 4:.0f}" text-anchor="middle" font-size="{_SMALL}" font-weight="bold" '
            f'fill="{look.paper}">{_count(spot.weight)}</text>'
        )
    words = escape(spot.words)
    return f'<a href="{escape(spot.href)}" aria-label="{words}"><title>{words}</title>{shape}</a>'


def _count(n: int) -> str:
    return str(n) if n < 1000 else f"{n // 1000}k"


class _PlaceNames:
    """Names that are set where there is room: none covers another, or a mark."""

    def __init__(self, sheet: Sheet, look: Look) -> None:
        self._sheet, self._look = sheet, look
        # The corner of the scale is kept free.
        self._taken: list[tuple[float, float, float, float]] = [(0, sheet.height - 36, 110, sheet.height)]

    def block(self, x: float, y: float, radius: float) -> None:
        """Keep a mark free."""
        self._taken.append((x - radius, y - radius, x + radius, y + radius))

    def beside(self, x: float, y: float, name: str, away: float, *, size: float = 13, quiet: bool = False) -> str:
        """A name at the right of a point, or at its left; nothing where neither is free."""
        long = wide(name, size) + 4
        for left in (x + away, x - away - long):
            box = (left, y - size * 0.75, left + long, y + size * 0.6)
            if left >= 2 and left + long <= self._sheet.width - 2 and self._free(box):
                self._taken.append(box)
                return self._set(left, y + size * 0.34, name, size, quiet=quiet)
        return ""

    def _free(self, box: tuple[float, float, float, float]) -> bool:
        inside = box[1] >= 0 and box[3] <= self._sheet.height
        return inside and not any(_meet(box, other) for other in self._taken)

    def _set(self, x: float, y: float, name: str, size: float, *, quiet: bool) -> str:
        colour = self._look.muted if quiet else self._look.ink
        return (
            f'<text x="{x:.0f}" y="{y:.0f}" font-size="{size:g}" fill="{colour}" stroke="{self._look.land}" '
            f'stroke-width="3" stroke-linejoin="round" paint-order="stroke">{escape(name)}</text>'
        )


def _names(sheet: Sheet, spots: Sequence[Spot], look: Look, knowledge: Knowledge) -> Iterator[str]:
    """The names of places that are reported from, those that matter most first, then what is around them."""
    names = _PlaceNames(sheet, look)
    at = {spot: sheet.at(spot.place.lon or 0.0, spot.place.lat or 0.0) for spot in spots}
    for spot, (x, y) in at.items():
        names.block(x, y, radius_of(spot))
    named = sorted(spots, key=lambda s: -s.weight)[:LABELS]
    for spot in named:
        yield names.beside(*at[spot], spot.label, radius_of(spot) + 4)
    yield from _country_names(sheet, names, knowledge)
    if sheet.view.wide <= TOWNS_TO:
        yield from _towns(sheet, names, {spot.place.name for spot in spots}, look)


def _country_names(sheet: Sheet, names: _PlaceNames, knowledge: Knowledge) -> Iterator[str]:
    if sheet.view == WORLD:
        return
    for name, lat, lon in _middles(knowledge):
        x, y = sheet.at(lon, lat)
        if sheet.holds(x, y):
            yield names.beside(x - wide(name) / 2, y, name.upper(), 0, size=_SMALL, quiet=True)


@lru_cache(maxsize=8)
def _middles(knowledge: Knowledge) -> tuple[tuple[str, float, float], ...]:
    """The name of each country and a point inside it."""
    return tuple((r["name"], float(r["lat"]), float(r["lon"])) for r in knowledge.rows("countries") if r["lat"])


def _towns(sheet: Sheet, names: _PlaceNames, told: set[str], look: Look) -> Iterator[str]:
    """The larger towns around, as far as there is room for them."""
    room = TOWNS
    for town in _around(sheet.view):
        x, y = sheet.at(town.lon, town.lat)
        name = names.beside(x, y, town.name, 5, size=_SMALL, quiet=True) if town.name not in told and room else ""
        if name:
            room -= 1
            names.block(x, y, 3)
            yield f'<circle class="town" cx="{x:.0f}" cy="{y:.0f}" r="2" fill="{look.muted}"/>{name}'


@lru_cache(maxsize=128)
def _around(view: MapFrame) -> tuple[Town, ...]:
    return load_gazetteer().towns(view.west, view.south, view.east, view.north, 3 * TOWNS)


def _meet(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _scale_bar(sheet: Sheet, look: Look) -> str:
    """A bar of a round number of kilometres."""
    room = sheet.width / 5 / sheet.kilometre()
    size = 10 ** math.floor(math.log10(room))
    length = next(size * n for n in (5, 2, 1) if size * n <= room)
    long, y = length * sheet.kilometre(), sheet.height - 12
    return (
        f'<path d="M12 {y - 4:.0f}v4h{long:.0f}v-4" fill="none" stroke="{look.muted}" stroke-width="1.5"/>'
        f'<text x="12" y="{y - 8:.0f}" fill="{look.ink}" font-size="12">{length:g} km</text>'
    )
