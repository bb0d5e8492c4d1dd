"""The gazetteer: names of places and where they are, in a read-only SQLite file that the package build compiles."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from functools import cached_property, lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from reportedly.errors import ResourceError
from reportedly.model import PlaceKind
from reportedly.places.folding import fold

if TYPE_CHECKING:
    from numpy.typing import NDArray

FILE = "gazetteer.sqlite"
SCHEMA_VERSION = "1"
# A town of this size is known outside its province.
KNOWN_TOWN = 15_000

_QUERY = """
SELECT p.id, p.name, p.kind, p.country, p.admin1, p.lat, p.lon, p.population, p.rank, p.geonames, n.kind
FROM name AS n JOIN place AS p ON p.id = n.place WHERE n.key = ? ORDER BY p.id
"""
_TOWNS = "SELECT id, lat, lon, population FROM place WHERE kind = 'city' AND lat IS NOT NULL AND lon IS NOT NULL"
_TOWN = "SELECT name, lat, lon, population FROM place WHERE id = ?"
_COLUMNS = [("id", np.int64), ("lat", np.float64), ("lon", np.float64), ("population", np.int64)]


class NameKind(IntEnum):
    """How a name stands to its place: its main name, another one, its people's, or a postal code of a state."""

    MAIN = 0
    OTHER = 1
    DEMONYM = 2
    POSTAL = 3


class GazetteerRecord(msgspec.Struct, frozen=True, gc=False):
    """A place that goes by the name asked for; ``country`` is ISO 3166-1 alpha-3, the point in degrees.

    ``kind`` is ``None`` only for a name that the text alone puts somewhere.

    ``rank`` (1..9) says how readily the bare name is understood as this place; 0 inhabitants means unknown.
    """

    id: int
    name: str
    kind: PlaceKind | None
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    population: int
    rank: int
    geonames: int | None
    name_kind: NameKind

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude, where known."""
        return None if self.lat is None or self.lon is None else (self.lat, self.lon)


class Town(msgspec.Struct, frozen=True, gc=False):
    """A town by its name, to be drawn on a map."""

    name: str
    lat: float
    lon: float
    population: int


class Gazetteer:
    """Answers by name; opening it reads no more than a page."""

    def __init__(self, path: Path) -> None:
        self._base = _open(path)
        self.lookup = lru_cache(maxsize=32_768)(self._lookup)

    def _lookup(self, key: str) -> tuple[GazetteerRecord, ...]:
        rows = self._base.execute(_QUERY, (key,)).fetchall()
        return tuple(GazetteerRecord(*(*row[:-1], NameKind(row[-1]))) for row in rows)

    def find(self, name: str) -> tuple[GazetteerRecord, ...]:
        """All places that go by a name, however it is spelled (accents, hyphens, apostrophes, "the")."""
        key = fold(name)
        return self.lookup(key) if key else ()

    def towns(self, west: float, south: float, east: float, north: float, most: int) -> tuple[Town, ...]:
        """The towns with most inhabitants inside a box in degrees (its east is east of its west)."""
        lat, lon = self._towns["lat"], self._towns["lon"]
        inside = np.flatnonzero((lat >= south) & (lat <= north) & (lon >= west) & (lon <= east))[:most]
        found = (self._base.execute(_TOWN, (key,)).fetchone() for key in self._towns["id"][inside].tolist())
        return tuple(Town(*row) for row in found)

    @cached_property
    def _towns(self) -> NDArray[np.void]:
        """All towns, those with most inhabitants first: to look through the file for each map takes longer."""
        found = np.fromiter(self._base.execute(_TOWNS), np.dtype(_COLUMNS))
        return found[np.lexsort((found["id"], -found["population"]))]

    def meta(self) -> dict[str, str]:
        """What the file says of itself: digest and versions of its sources, and the attribution they ask for."""
        return dict(self._base.execute("SELECT key, value FROM meta ORDER BY key"))


def _open(path: Path) -> sqlite3.Connection:
    remedy = "Install again: pip install --force-reinstall --no-deps reportedly (from a checkout: pip install -e .)"
    if not path.exists():
        raise ResourceError("E211", f"The gazetteer {path} is missing.", remedy)
    try:
        base = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        schema = base.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
    except sqlite3.DatabaseError as problem:
        raise ResourceError("E212", f"The gazetteer {path} cannot be read: {problem}.", remedy) from problem
    if schema != (SCHEMA_VERSION,):
        raise ResourceError("E213", f"The gazetteer {path} was built for another version of the program.", remedy)
    return base


@contextmanager
def _installed() -> Iterator[Path]:
    with resources.as_file(resources.files("reportedly") / "knowledge" / "world" / FILE) as path:
        yield path


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """The gazetteer that is installed with the package.

    Raises ResourceError where it is missing, damaged or of another version.
    """
    with _installed() as path:
        return Gazetteer(path)


def is_place_name(word: str) -> bool:
    """Whether a word, in whatever case, is the name of a place (or its people) that a newspaper would not explain."""
    return any(
        r.rank > 5 or (r.population >= KNOWN_TOWN and r.name_kind is not NameKind.POSTAL)
        for r in load_gazetteer().find(word)
    )
