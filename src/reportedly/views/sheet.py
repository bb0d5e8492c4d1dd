"""The part of the world that a map shows, and where a point of it lies on paper.

Equirectangular projection with the middle latitude's ratio, which keeps shapes at the size of a region.
"""

from __future__ import annotations

import math

import msgspec

WIDTH = 660
# Kilometres of a degree of latitude.
DEGREE = 111.2
# No map shows less than this many degrees of latitude at first: what is around a place says where it is.
CLOSEST = 3.0
# Nor fewer than these however often somebody steps closer: the outlines say no more.
NEAREST = 0.4
FLATTEST, TALLEST = 0.5, 0.8
# The poles are of no use to news and take half of the sheet.
SOUTH, NORTH = -58.0, 80.0
# A map this wide is one of the whole world.
WIDEST = 300


class MapFrame(msgspec.Struct, frozen=True):
    """The part of the world that a map shows, in degrees; west may be below -180 where it crosses the date line."""

    west: float
    south: float
    east: float
    north: float

    @property
    def wide(self) -> float:
        """From west to east."""
        return self.east - self.west

    @property
    def high(self) -> float:
        """From south to north."""
        return self.north - self.south

    def meets(self, west: float, south: float, east: float, north: float) -> bool:
        """Whether some of a box lies in the view."""
        return not (east < self.west or west > self.east or north < self.south or south > self.north)


WORLD = MapFrame(-180.0, SOUTH, 180.0, NORTH)


def shaped(view: MapFrame, closest: float = CLOSEST) -> MapFrame:
    """The view made wide or high enough for the sheet."""
    middle = (view.south + view.north) / 2
    ratio = math.cos(math.radians(max(-75.0, min(75.0, middle))))
    height = max(closest, view.high)
    width = max(closest / ratio, view.wide)
    height = max(height, width * ratio * FLATTEST)
    width = max(width, height / ratio / TALLEST)
    if width >= WIDEST or height >= NORTH - SOUTH:
        return WORLD
    south = max(-90.0, min(middle - height / 2, 90.0 - height))
    centre = (view.west + view.east) / 2
    return MapFrame(centre - width / 2, south, centre + width / 2, south + height)


def zoomed(view: MapFrame, steps: int) -> MapFrame:
    """The view so many steps closer (farther, where negative); each step halves or doubles it."""
    if not steps:
        return view
    half = 2.0**-steps / 2
    x, y = (view.west + view.east) / 2, (view.south + view.north) / 2
    wide, high = view.wide * half, view.high * half
    return shaped(MapFrame(x - wide, y - high, x + wide, y + high), NEAREST)


class Sheet:
    """A view on paper: from degrees to units of the picture."""

    def __init__(self, view: MapFrame, width: float = WIDTH) -> None:
        if view.wide < NEAREST / 2 or view.high < NEAREST / 2:
            view = shaped(view)
        self.view = view
        self.width = width
        self.scale = width / view.wide
        ratio = math.cos(math.radians(max(-75.0, min(75.0, (view.south + view.north) / 2))))
        self.tall = self.scale / ratio if view != WORLD else self.scale
        self.height = view.high * self.tall

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a point is; one that is on the sheet a turn of the world away is moved there."""
        if lon < self.view.west and lon + 360 <= self.view.east:
            lon += 360
        elif lon > self.view.east and lon - 360 >= self.view.west:
            lon -= 360
        return (lon - self.view.west) * self.scale, (self.view.north - lat) * self.tall

    def holds(self, x: float, y: float) -> bool:
        """Whether a point of the picture is on the sheet."""
        return 0 <= x <= self.width and 0 <= y <= self.height

    def kilometre(self) -> float:
        """How long a kilometre is."""
        return self.tall / DEGREE
