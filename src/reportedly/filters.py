"""The values of filters as people write them, read for the command, for Python and for the reading room alike.

``read_value`` takes one value to what a ledger is asked for: "Sudan" becomes SDN, "march 2025" with ``since`` the first
day of that month, with ``until`` its last. What means nothing raises ``WrongValueError``, which holds what a form needs
to answer beside its field: the filter, the value, what is allowed and what is nearest to it. Nothing here asks a clock:
"last week" is another week for everybody who reads it, and is refused.

>>> read_value("country", "Sudan"), read_value("since", "march 2025"), read_value("type", "assault")
('SDN', '2025-03-01', 'ASSAULT')
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from typing import Final, get_args

from reportedly.errors import LedgerError
from reportedly.ingest.dates import MONTH, MONTHS, Doubt, read_date
from reportedly.knowledge.event_types import event_types
from reportedly.knowledge.load import SHIPPED, Knowledge
from reportedly.model import Factuality, Reached, SourceKind, Standing

# What each filter asks for, in words.
MEANING: Final[Mapping[str, str]] = {
    "actor": "part of the name of an actor or recipient",
    "agency": "part of the name of the agency",
    "bbox": "part of the world: west,south,east,north in degrees",
    "country": "country where it happened, by name or code",
    "dispatch": "id of a dispatch",
    "factuality": "how sure its source is of it",
    "id": "id",
    "incident": "id of the incident it belongs to",
    "kind": "kind of source",
    "lineage": "id of a family of copies",
    "name": "part of the name of a source",
    "new": "has a claim that came after this mark",
    "new_facts": "a copy that adds facts, or one that does not: true, false",
    "place": "part of the name of the place",
    "place_from": "how the place was reached",
    "sample": "name of a sample that holds it",
    "since": "not before this day (of a month or a year: its first)",
    "source": "part of the name of who answers for it",
    "standing": "how well the incident is supported",
    "type": "event type",
    "until": "not after this day (of a month or a year: its last)",
    "versions": "replaced and withdrawn versions too: true",
    "voice": "whole name of who answers for it",
    "when_from": "how the day was reached",
    "withdrawn": "withdrawn by its publisher: true, false",
    "words": "words that stand in what is told",
}
_CLOSED: Final[Mapping[str, tuple[str, ...]]] = {
    "standing": get_args(Standing),
    "kind": get_args(SourceKind),
    "factuality": get_args(Factuality),
    "place_from": get_args(Reached),
    "when_from": get_args(Reached),
    "withdrawn": ("true", "false"),
    "new_facts": ("true", "false"),
    "versions": ("true", "false"),
}
_BOOLEAN = ("withdrawn", "new_facts", "versions")
_TRUE, _FALSE = ("true", "yes", "1"), ("false", "no", "0")
LONGEST = 200
DAY_FORMS = "a day (2024-05-18, 18 May 2024), a month (2024-05, May 2024) or a year (2024)"
BOX_FORM = "west,south,east,north in degrees, such as -10,35,5,44"
COUNTRY_FORM = "a country by its name or its code of two or three letters, such as Sudan, SD or SDN"
# How alike a word has to be to be offered instead.
_NEAR = 0.7


class WrongValueError(LedgerError):
    """A filter, or a value of one, that means nothing.

    ``filter`` and ``value`` are what was given (``value`` is empty where there is no such filter), ``allowed`` the
    values there are where these are few, ``nearest`` the one most like it, ``said`` what is wrong, in words for the
    person who gave it.
    """

    def __init__(
        self, filter_: str, value: str, said: str, allowed: Sequence[str] = (), near: str | None = None
    ) -> None:
        self.filter = filter_
        self.value = value
        self.said = said
        self.allowed = tuple(allowed)
        self.nearest = near
        offered = f"Did you mean {near}? " if near else ""
        super().__init__("E609", said, offered + (f"There are: {', '.join(allowed)}." if allowed else ""))

    def __reduce__(self) -> tuple[type[WrongValueError], tuple[str, str, str, tuple[str, ...], str | None]]:  # type: ignore[override]
        return type(self), (self.filter, self.value, self.said, self.allowed, self.nearest)


def read_filters(
    given: Mapping[str, object] | Iterable[tuple[str, object]],
    allowed: Iterable[str],
    *,
    knowledge: Knowledge = SHIPPED,
    types: Sequence[str] = (),
) -> dict[str, object]:
    """All filters of a list as a ledger is asked for them; those that are ``None`` are left out.

    ``allowed`` are the filters that the list has. Raises WrongValueError for the first that means nothing.
    """
    names = sorted(allowed)
    found: dict[str, object] = {}
    for name, value in given.items() if isinstance(given, Mapping) else given:
        if name not in names:
            raise WrongValueError(name, "", f"No filter is called {name}.", names, nearest(name, names))
        if value is not None:
            found[name] = read_value(name, value, knowledge=knowledge, types=types)
    return found


def read_value(name: str, value: object, *, knowledge: Knowledge = SHIPPED, types: Sequence[str] = ()) -> object:
    """One value as a ledger is asked for it; what is no text (a date, a number, a box) is taken by its meaning too.

    ``types`` are event types that the ledger holds besides those of the tables. Raises WrongValueError.
    """
    if isinstance(value, date):
        value = value.isoformat()
    if not isinstance(value, str):
        return value
    # An id is what it is, a line end in it too.
    text = value if name in ("id", "dispatch") else " ".join(value.split())
    if len(text) > LONGEST:
        raise WrongValueError(name, value, f"{name} is longer than {LONGEST} characters.")
    reader = _READERS.get(name)
    if reader is not None:
        return reader(name, text, knowledge)
    choices = values_of(name, knowledge=knowledge, types=types)
    return text if not choices else _chosen(name, text, choices)


def values_of(name: str, *, knowledge: Knowledge = SHIPPED, types: Sequence[str] = ()) -> tuple[str, ...]:
    """The values that a filter can have, where these are few: for menus and completion. Countries give their codes."""
    if name == "type":
        return tuple(sorted({*event_types(knowledge).names, *types}))
    if name == "country":
        return tuple(row["iso3"] for row in knowledge.rows("countries"))
    return _CLOSED.get(name, ())


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The word most like this one; ``None`` where none is alike."""
    folded = {_folded(known): known for known in reversed(list(words))}
    close = get_close_matches(_folded(word), folded, n=1, cutoff=_NEAR)
    return folded[close[0]] if close else None


def _folded(text: str) -> str:
    """Without case, accents, and what parts words."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[-_.'’]", " ", bare.casefold()).split())


def _chosen(name: str, text: str, choices: Sequence[str]) -> object:
    """One of a few values, in whatever case it is written; "single-source" is "single source"."""
    if name in _BOOLEAN and text.casefold() in (*_TRUE, *_FALSE):
        return text.casefold() in _TRUE
    exact = [c for c in choices if c.casefold() == text.casefold()] or [
        c for c in choices if name != "factuality" and _folded(c) == _folded(text)
    ]
    if exact:
        return exact[0]
    raise WrongValueError(
        name, text, f'{name}="{text}" is nothing that can be asked for.', choices, nearest(text, choices)
    )


def country_of(text: str, knowledge: Knowledge = SHIPPED) -> str:
    """The ISO 3166-1 alpha-3 code of a country that somebody names by name, former name, people or code.

    Raises WrongValueError for what is no country, with the nearest, and for a name that several go by.
    """
    names = _country_names(knowledge)
    found = names.get(_folded(text), ())
    if len(found) == 1:
        return found[0]
    if found:
        raise WrongValueError("country", text, f'country="{text}" can be several.', found)
    near = nearest(text, (row["name"] for row in knowledge.rows("countries")))
    raise WrongValueError("country", text, f'country="{text}" is no country. Write {COUNTRY_FORM}.', (), near)


@lru_cache(maxsize=8)
def _country_names(knowledge: Knowledge) -> Mapping[str, tuple[str, ...]]:
    """The codes that each name means; a code or a name in use stands before by-names, these before peoples."""
    found: dict[str, tuple[str, ...]] = {}
    for columns in (("iso3", "iso2", "name"), ("aliases",), ("adjectives", "nouns")):
        told: dict[str, dict[str, None]] = {}
        for row in knowledge.rows("countries"):
            for name in (name for column in columns for name in row[column].split("|") if name):
                told.setdefault(_folded(name), {})[row["iso3"]] = None
        found |= {name: tuple(codes) for name, codes in told.items() if name not in found}
    return found


_YEAR = re.compile(r"(?a:(\d{4}))$")
_MONTH_NUMBERED = re.compile(r"(?a:(\d{4})[-/.](\d{1,2}))$")
_MONTH_NAMED = re.compile(rf"({MONTH})\b\.?,?\s*(?a:(\d{{4}}))$", re.IGNORECASE)
_DAY = re.compile(
    rf"(?a:\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}([T ][\d:.]+(Z|[+-]\d\d:?\d\d)?)?|\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{4}}"
    rf"|\d{{8}}|\d{{1,2}}(st|nd|rd|th)?[\s.-]*(of\s)?{MONTH}\b[\s.,-]*\d{{4}}|{MONTH}\b\.?\s*\d{{1,2}}(st|nd|rd|th)?,?\s+\d{{4}})$",
    re.IGNORECASE,
)


def period_of(text: str) -> tuple[str, str] | None:
    """The first and the last day of a day, a month or a year as people write them; ``None`` for what is none of them.

    >>> period_of("March 2025"), period_of("18 May 2024"), period_of("last week")
    (('2025-03-01', '2025-03-31'), ('2024-05-18', '2024-05-18'), None)
    """
    if found := _YEAR.match(text):
        return _months(int(found[1]), 1, 12)
    if found := _MONTH_NUMBERED.match(text):
        return _months(int(found[1]), int(found[2]), int(found[2]))
    if found := _MONTH_NAMED.match(text):
        return _months(int(found[2]), MONTHS[found[1].lower()], MONTHS[found[1].lower()])
    day = read_date(text) if _DAY.match(text) else None
    return (day, day) if isinstance(day, str) else None


def _months(year: int, first: int, last: int) -> tuple[str, str] | None:
    if not (year and 1 <= first <= last <= 12):
        return None
    return date(year, first, 1).isoformat(), date(year, last, monthrange(year, last)[1]).isoformat()


def _since(name: str, text: str, _: Knowledge) -> str:
    return _period(name, text)[0]


def _until(name: str, text: str, _: Knowledge) -> str:
    return _period(name, text)[1]


def _period(name: str, text: str) -> tuple[str, str]:
    found = period_of(text)
    if found is not None:
        return found
    doubt = read_date(text) if _DAY.match(text) else None
    said = f" ({doubt.message.partition(':')[0]})" if isinstance(doubt, Doubt) else ""
    near = _mended_month(text)
    raise WrongValueError(name, text, f'{name}="{text}" is no date{said}. Write {DAY_FORMS}.', (), near)


def _mended_month(text: str) -> str | None:
    """The date with its misspelt month mended ("marhc 2025"), where that makes it one."""
    for word in re.findall(r"[^\W\d]{3,}", text):
        close = get_close_matches(word.lower(), [m for m in MONTHS if len(m) > 3 or m == "may"], n=1, cutoff=_NEAR)
        mended = text.replace(word, close[0].capitalize()) if close else ""
        if period_of(mended):
            return mended
    return None


def box_of(text: str) -> tuple[float, float, float, float]:
    """West, south, east and north in degrees; a box over the date line has its west east of its east.

    Raises WrongValueError for what is no box in the world.
    """
    parts = text.split(",")
    if len(parts) == 4 and all(re.fullmatch(r"(?a:\s*[+-]?\d{1,3}(\.\d{1,9})?\s*)", p) for p in parts):
        west, south, east, north = map(float, parts)
        if max(abs(west), abs(east)) <= 180 and max(abs(south), abs(north)) <= 90:
            return west, min(south, north), east, max(south, north)
    raise WrongValueError("bbox", text, f'bbox="{text}" is no box. Write {BOX_FORM}.')


def _mark(name: str, text: str, _: Knowledge) -> int:
    if not re.fullmatch(r"(?a:\d{1,15})", text):
        raise WrongValueError(name, text, f'{name}="{text}" is no mark: a whole number, as a ledger gives it.')
    return int(text)


_READERS: Final[Mapping[str, Callable[[str, str, Knowledge], object]]] = {
    "country": lambda _, text, knowledge: country_of(text, knowledge),
    "since": _since,
    "until": _until,
    "from": _since,
    "to": _until,
    "new": _mark,
    "bbox": lambda _, text, __: box_of(text),
    "ids": lambda _, text, __: tuple(text.split(",")),
}
