"""What a list shows, as the address bar holds it: filters and the page, read strictly and written back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import get_args
from urllib.parse import urlencode

import msgspec

from reportedly.model import SourceKind, Standing

PER_PAGE = 25
MOST_PER_PAGE = 200
DEEPEST = 10_000_000
LONGEST_VALUE = 200
STANDINGS: tuple[str, ...] = get_args(Standing)
SOURCE_KINDS: tuple[str, ...] = get_args(SourceKind)
_DAY = re.compile(r"\A[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?\Z")
_LON = r"-?(180(\.0{1,6})?|(1[0-7][0-9]|[1-9]?[0-9])(\.[0-9]{1,6})?)"
_LAT = r"-?(90(\.0{1,6})?|[1-8]?[0-9](\.[0-9]{1,6})?)"
_BOX = re.compile(rf"\A{_LON},{_LAT},{_LON},{_LAT}\Z")
_TYPE = re.compile(r"\A[A-Z][A-Z0-9_-]{0,39}\Z")
_COUNTRY = re.compile(r"\A[A-Za-z]{3}\Z")


# Which filters each list has; all have offset and limit.
INCIDENTS = ("words", "type", "actor", "source", "kind", "standing", "country", "place", "bbox", "since", "until")
CLAIMS = (
    "words", "type", "actor", "source", "kind", "country", "place", "bbox", "since", "until", "incident", "dispatch",
)  # fmt: skip
DISPATCHES = ("agency", "since", "until")
SOURCES = ("name", "kind")
PAGING = ("offset", "limit")


# The end of a day that is only a year or a month.
LAST_DAY = "9999-12-31"


class BadValueError(Exception):
    """A filter has a value that means nothing; the message says which and what would."""


class Box(msgspec.Struct, frozen=True):
    """A part of the world in degrees; one that crosses the date line has its west east of its east."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def around(cls, west: float, south: float, east: float, north: float) -> Box:
        """The box of these edges, where west and east may lie a turn of the world outside."""
        return cls(_turned(west), max(-90.0, round(south, 3)), _turned(east), min(90.0, round(north, 3)))

    def edges(self) -> tuple[float, float, float, float]:
        """West, south, east and north with the east always east of the west."""
        return (self.west, self.south, self.east + 360 * (self.east <= self.west), self.north)

    def text(self) -> str:
        """As the address bar holds it."""
        return ",".join(f"{x:.6f}".rstrip("0").rstrip(".") for x in (self.west, self.south, self.east, self.north))


def _turned(lon: float) -> float:
    return round((lon + 180) % 360 - 180, 3) if not -180 <= lon <= 180 else round(lon, 3)


class ListState(msgspec.Struct, frozen=True):
    """The filters of a list (those that are empty are not applied) and which part of it is shown."""

    words: str = ""
    type: str = ""
    actor: str = ""
    source: str = ""
    kind: str = ""
    standing: str = ""
    country: str = ""
    place: str = ""
    bbox: Box | None = None
    since: str = ""
    until: str = ""
    incident: str = ""
    dispatch: str = ""
    name: str = ""
    agency: str = ""
    offset: int = 0
    limit: int = PER_PAGE

    def filters(self) -> dict[str, object]:
        """What the ledger is asked for."""
        given: dict[str, object] = {
            name: getattr(self, name) for name in self.__struct_fields__ if name not in ("offset", "limit", "bbox")
        }
        found = {name: value for name, value in given.items() if value}
        if self.until:
            found["until"] = self.until + LAST_DAY[len(self.until) :]
        if self.bbox is not None:
            found["bbox"] = (self.bbox.west, self.bbox.south, self.bbox.east, self.bbox.north)
        return found

    def query(self, **changes: object) -> str:
        """The address of this list with some values changed; a change of filters goes back to the first page."""
        values = {name: getattr(self, name) for name in self.__struct_fields__} | {"offset": 0} | changes
        if isinstance(values["bbox"], Box):
            values["bbox"] = values["bbox"].text()
        blank = ListState()
        kept = [(k, str(v)) for k, v in values.items() if v not in ("", None) and v != getattr(blank, k, None)]
        return urlencode(kept)


MEANING: Mapping[str, str] = {
    "words": "Words of the sentences",
    "type": "PLOVER event type",
    "actor": "Part of the name of an actor or recipient",
    "source": "Part of the name of who answers for it",
    "kind": "Kind of source",
    "standing": "How well the incident is supported",
    "country": "ISO 3166-1 alpha-3 code of the country where it happened",
    "place": "Part of the name of the place",
    "bbox": "Part of the world: west,south,east,north in degrees",
    "since": "Not before this day (a year or month is one of its days)",
    "until": "Not after this day",
    "incident": "Id of the incident it belongs to",
    "dispatch": "Id of the dispatch it stands in",
    "name": "Part of the name",
    "agency": "Part of the name of the agency",
    "offset": "How many records to leave out from the start",
    "limit": "How many records to give at most",
}


def read_state(
    query: Iterable[tuple[str, str]], allowed: Iterable[str], types: Sequence[str], *, strict: bool = False
) -> ListState:
    """The state of an address with these filters; raises BadValueError for a name or value that means nothing.

    ``types`` are the event types to choose from. A form sends its empty fields too, which are no filters; with
    ``strict`` they have to be left out.
    """
    known = {*allowed, *PAGING}
    values: dict[str, object] = {}
    for name, value in query:
        if name not in known:
            raise BadValueError(f"no filter is called {name[:40]!r}; there are {', '.join(sorted(known))}")
        if name in values:
            raise BadValueError(f"{name} is given twice")
        if strict or value.strip():
            values[name] = _value(name, value if strict else value.strip())
    if "type" in values and values["type"] not in types:
        raise BadValueError(f"type is none of {', '.join(types)}")
    return msgspec.structs.replace(ListState(), **values)


def _value(name: str, value: str) -> object:
    if name in ("offset", "limit"):
        return _whole(name, value)
    if len(value) > LONGEST_VALUE:
        raise BadValueError(f"{name} is longer than {LONGEST_VALUE} characters")
    choices = CHOICES.get(name)
    if choices is not None and value not in choices:
        raise BadValueError(f"{name} is none of {', '.join(choices)}")
    form = FORMS.get(name)
    if form is not None and not form[0].match(value):
        raise BadValueError(f"{name} is no {form[1]}")
    if name == "bbox":
        return _box(value)
    return value.upper() if name == "country" else value


CHOICES: Mapping[str, tuple[str, ...]] = {"standing": STANDINGS, "kind": SOURCE_KINDS}
FORMS = {
    "type": (_TYPE, "event type (capital letters)"),
    "since": (_DAY, "date (YYYY-MM-DD)"),
    "until": (_DAY, "date (YYYY-MM-DD)"),
    "country": (_COUNTRY, "country (three letters of ISO 3166-1)"),
    "bbox": (_BOX, "west,south,east,north in degrees"),
}


def _whole(name: str, value: str) -> int:
    most = MOST_PER_PAGE if name == "limit" else DEEPEST
    least = 1 if name == "limit" else 0
    if not (value.isascii() and value.isdecimal()) or len(value) > 9 or not least <= int(value) <= most:
        raise BadValueError(f"{name} is no whole number from {least} to {most}")
    return int(value)


def _box(value: str) -> Box:
    """The box of four numbers; which of the latitudes is named first does not matter."""
    west, south, east, north = (float(part) for part in value.split(","))
    return Box(west, min(south, north), east, max(south, north))
