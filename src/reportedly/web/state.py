"""What a list shows, as the address bar holds it: filters, order and the page, read and written back.

The pages take a filter as a person writes it ("Sudan", "march 2025") and answer beside the field where it means
nothing; the API takes it as its description says and no other way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import get_args
from urllib.parse import urlencode

import msgspec

from reportedly.filters import WrongValueError, read_value, values_of
from reportedly.knowledge.load import SHIPPED, Knowledge
from reportedly.model import SourceKind, Standing

PER_PAGE = 25
MOST_PER_PAGE = 200
DEEPEST = 10_000_000
LONGEST_VALUE = 200
STANDINGS: tuple[str, ...] = get_args(Standing)
SOURCE_KINDS: tuple[str, ...] = get_args(SourceKind)
# A year, a month or a day that there is; what is not in the calendar is no date.
_OF_MONTH = "(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8])"
_LEAP = "[1-9][0-9](0[48]|[2468][048]|[13579][26])-02-29"
_DAY = re.compile(rf"\A([1-9][0-9]{{3}}(-(0[1-9]|1[0-2])|-({_OF_MONTH}))?|{_LEAP})\Z")
_LON = r"-?(180(\.0{1,6})?|(1[0-7][0-9]|[1-9]?[0-9])(\.[0-9]{1,6})?)"
_LAT = r"-?(90(\.0{1,6})?|[1-8]?[0-9](\.[0-9]{1,6})?)"
_BOX = re.compile(rf"\A{_LON},{_LAT},{_LON},{_LAT}\Z")
_TYPE = re.compile(r"\A[A-Z][A-Z0-9_-]{0,39}\Z")


# Which filters each list has; all have offset and limit.
INCIDENTS = (
    "words", "type", "actor", "source", "voice", "kind", "standing", "country", "place", "bbox", "since", "until",
    "new", "sort",
)  # fmt: skip
CLAIMS = (
    "words", "type", "actor", "source", "voice", "kind", "country", "place", "bbox", "since", "until", "incident",
    "dispatch",
)  # fmt: skip
DISPATCHES = ("words", "agency", "since", "until")
SOURCES = ("name", "kind")
PAGING = ("offset", "limit")
# How incidents can be put in order, each with the ledger's name for it.
SORTS: Mapping[str, str] = {
    "day": "-begin", "new": "-arrived", "voices": "-voices", "toll": "-toll", "contested": "-disputes",
}  # fmt: skip

# What an address holds beside filters that the ledger takes as they stand.
_BESIDE = (*PAGING, "sort", "new", "bbox")


class BadValueError(Exception):
    """A filter has a value that means nothing; the message says which and what would."""


class Wrong(msgspec.Struct, frozen=True):
    """What is said beside a field whose value means nothing, and what may have been meant."""

    said: str
    near: str | None = None


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
    voice: str = ""
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
    new: int = -1
    sort: str = ""
    offset: int = 0
    limit: int = PER_PAGE

    def filters(self) -> dict[str, object]:
        """What the ledger is asked for."""
        given: dict[str, object] = {name: getattr(self, name) for name in self.__struct_fields__ if name not in _BESIDE}
        found = {name: value for name, value in given.items() if value}
        if self.new >= 0:
            found["new"] = self.new
        if self.bbox is not None:
            found["bbox"] = (self.bbox.west, self.bbox.south, self.bbox.east, self.bbox.north)
        return found

    def query(self, **changes: object) -> str:
        """The address of this list with some values changed; a change of filters goes back to the first page."""
        values = {name: getattr(self, name) for name in self.__struct_fields__} | {"offset": 0} | changes
        if isinstance(values["bbox"], Box):
            values["bbox"] = values["bbox"].text()
        blank = _BLANK
        kept = [(k, str(v)) for k, v in values.items() if v not in ("", None) and v != getattr(blank, k, None)]
        return urlencode(kept)

    def filtered(self, *beside: str) -> bool:
        """Whether something narrows the list, beside the filters named."""
        free = {*PAGING, "sort", *beside}
        return any(getattr(self, n) != getattr(_BLANK, n) for n in self.__struct_fields__ if n not in free)

    @property
    def order(self) -> str | None:
        """The order of the ledger that is asked for."""
        return SORTS.get(self.sort)


_BLANK = ListState()


class Asked(msgspec.Struct, frozen=True):
    """A list as somebody asked for it: what of it has a meaning, the fields as they were filled in, what is wrong."""

    state: ListState
    given: Mapping[str, str]
    wrong: Mapping[str, Wrong]


MEANING: Mapping[str, str] = {
    "words": "Words of the sentences",
    "type": "PLOVER event type",
    "actor": "Part of the name of an actor or recipient",
    "source": "Part of the name of who answers for it",
    "voice": "Whole name of who answers for it: one source under every name it goes by",
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
    "new": "Only what has a claim that came after this mark (the highest is that of the last dispatch that was added)",
    "sort": "Order: by day (the latest first), what is new, number of voices, toll, how contested",
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


def read_asked(
    query: Iterable[tuple[str, str]], allowed: Iterable[str], types: Sequence[str], knowledge: Knowledge = SHIPPED
) -> Asked:
    """A list as a person asks for it; raises BadValueError only for what no form of ours sends."""
    known = {*allowed, *PAGING}
    given: dict[str, str] = {}
    values: dict[str, object] = {}
    wrong: dict[str, Wrong] = {}
    for name, value in query:
        if name not in known or name in given:
            raise BadValueError(f"no filter is called {name[:40]!r}" if name not in known else f"{name} is given twice")
        given[name] = value.strip()
        if given[name]:
            try:
                values[name] = _meant(name, given[name], types, knowledge)
            except WrongValueError as problem:
                wrong[name] = Wrong(problem.said, problem.nearest)
    return Asked(msgspec.structs.replace(ListState(), **values), given, wrong)


def _meant(name: str, value: str, types: Sequence[str], knowledge: Knowledge) -> object:
    if name in (*PAGING, "sort", "new"):
        return _value(name, value)
    read = read_value(name, value, knowledge=knowledge, types=types)
    return Box(*read) if name == "bbox" and isinstance(read, tuple) else read


def _value(name: str, value: str) -> object:
    if name in ("offset", "limit", "new"):
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
    return value


CHOICES: Mapping[str, tuple[str, ...]] = {
    "standing": STANDINGS, "kind": SOURCE_KINDS, "sort": tuple(SORTS), "country": values_of("country"),
}  # fmt: skip
FORMS = {
    "type": (_TYPE, "event type (capital letters)"),
    "since": (_DAY, "date (YYYY-MM-DD)"),
    "until": (_DAY, "date (YYYY-MM-DD)"),
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
