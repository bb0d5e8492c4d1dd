"""Names that datelines are made of: agencies, towns and lands, as the tables have them, and where they stand."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache

import msgspec

from reportedly.ingest.dates import MONTH, WEEKDAY
from reportedly.knowledge.load import Knowledge

_ORDINAL = r"(?:st|nd|rd|th)?"
DAY = re.compile(
    rf"(?:{WEEKDAY}\.?,?\s+)?(?:"
    rf"(?P<m1>{MONTH})\b\.?\s*(?P<d1>\d{{1,2}}){_ORDINAL}\b"
    r"(?:\s*+[,/]?\s*+(?P<y1>(?:19|20)\d\d)\b|\s+(?P<y0>\d\d)(?=\s*[(\[]|\s+-))?"
    rf"|(?:\d{{1,2}}\s?[-–/]\s?)?(?P<d2>\d{{1,2}}){_ORDINAL}[\s.-]{{0,2}}(?P<m2>{MONTH})\b\.?"
    rf"(?:\s*+[,/]?\s*+(?P<y2>(?:19|20)\d\d)\b|\s+'?(?P<y3>\d\d)\b)?"
    r"|(?P<iso>(?:19|20)\d\d-\d\d-\d\d)\b)",
    re.IGNORECASE,
)
_DASH = re.compile(r"\s*[-–—]{1,2}\s+")
_COUNTRY_IN_BRACKETS = re.compile(r"\s?[(\[]([^()\[\]\n]{2,40})[)\]]")
DASHES = "-–—―_"


class DatelineNames(msgspec.Struct, frozen=True):
    """The words of the tables, casefolded; ``printed`` holds the agencies' names as they are printed."""

    agencies: frozenset[str]
    printed: frozenset[str]
    slugs: frozenset[str]
    notes: frozenset[str]
    marks: tuple[str, ...]
    particles: frozenset[str]
    aboard: frozenset[str]
    clock: re.Pattern[str]
    short: frozenset[str]
    lands: frozenset[str]
    cities: frozenset[str]
    longest_agency: int


@lru_cache(maxsize=8)
def names_of(knowledge: Knowledge) -> DatelineNames:
    """The names of the tables ``headers``, ``agencies`` and ``countries``."""
    headers: dict[str, list[str]] = defaultdict(list)
    for row in knowledge.rows("headers"):
        headers[row["kind"]].append(row["text"].casefold())
    printed = frozenset(
        form for row in knowledge.rows("agencies") for form in (row["name"], *row["forms"].split("|")) if form
    )
    lands, cities = set(headers["region"]), set(headers["city"])
    for row in knowledge.rows("countries"):
        lands.update(name.casefold() for name in (row["name"], *row["aliases"].split("|")) if name)
        cities.update(name.casefold() for name in row["capital"].split("|") if name)
    return DatelineNames(
        agencies=frozenset(form.casefold() for form in printed),
        printed=printed,
        slugs=frozenset(headers["slug"]),
        notes=frozenset(row["text"] for row in knowledge.rows("headers") if row["note"]),
        marks=tuple(headers["mark"]),
        particles=frozenset(headers["particle"]),
        aboard=frozenset(headers["aboard"]),
        clock=_clock(headers["clock"]),
        short=frozenset(headers["short"]),
        lands=frozenset(lands),
        cities=frozenset(cities),
        longest_agency=max((a.count(" ") + 1 for a in printed), default=0),
    )


def _clock(words: list[str]) -> re.Pattern[str]:
    """A time of day in a dateline: "14:30 GMT", "2.30 p.m. local time"."""
    behind = "|".join(re.escape(w) for w in words)
    return re.compile(rf"\d{{1,2}}[:.]\d{{2}}(?:\s*[ap]\.?m\b\.?)?(?:\s*(?:{behind}|[A-Z]{{3,4}})\b)?", re.IGNORECASE)


def clean(name: str) -> str:
    """The name on one line, with single blanks."""
    return " ".join(name.split())


def capitalised(word: str) -> bool:
    """Whether a word can stand in a printed place name: "Port-au-Prince", "al-Hasakah", "N’DJAMENA", "'Amman"."""
    bare = word.lstrip("'’‘`\"“")
    if bare[:1].isupper():
        return True
    head, _, tail = bare.partition("-")
    return len(head) <= 3 and head.isalpha() and tail[:1].isupper()


def bare_agency(names: DatelineNames, text: str, pos: int) -> int | None:
    """Where a known agency's name that begins at ``pos`` without brackets ends; the longest name counts.

    Without brackets the case has to be right as well: "ST" is an agency, "St" is not.
    """
    line = text[pos : pos + 60].split("\n", 1)[0]
    words = line.split(" ")[: names.longest_agency]
    for count in range(len(words), 0, -1):
        raw = " ".join(words[:count])
        name = raw.rstrip(",.:;" + DASHES)
        if name in names.printed or (name.isupper() and name.casefold() in names.agencies):
            return pos + len(name)
    return None


def is_known_agency(names: DatelineNames, name: str) -> bool:
    """Whether a name, or one of several that sign together ("AP/Reuters"), is that of an agency of the tables."""
    known = names.agencies
    return name.casefold() in known or any(p.strip().casefold() in known for p in re.split(r"[/,&-]| and ", name))


def is_agency(names: DatelineNames, name: str) -> bool:
    """Whether the words in brackets can be an agency: known, or up to seven capitalised words that are nothing else."""
    name = clean(name)
    if is_known_agency(names, name):
        return True
    words = name.split()
    if not words or len(name) > 60 or len(words) > 7 or DAY.match(name):
        return False
    folded = name.casefold()
    if folded in names.slugs or words[0].casefold() in names.slugs or folded in names.lands:
        return False
    return all(
        w[0].isupper() or w[0].isdigit() or w[0] in '"“-&[' or w.lower() in names.particles for w in words
    ) and any(w[0].isupper() for w in words)


def agency_behind_dash(names: DatelineNames, text: str, pos: int) -> tuple[int, int] | None:
    """A known agency behind a dash that does not open the story: "Moscow, 3 March - RIA Novosti. The ministry"."""
    found = _DASH.match(text, pos)
    end = bare_agency(names, text, found.end()) if found else None
    return (found.end(), end) if found and end and text[end : end + 1] in (".", ":") else None


def country_behind(names: DatelineNames, text: str, pos: int) -> int | None:
    """Where a country in brackets behind the place ends: "New Delhi [India]"."""
    found = _COUNTRY_IN_BRACKETS.match(text, pos)
    return found.end() if found and found[1].strip().casefold() in names.lands else None
