"""Actor dictionaries of PETRARCH and TABARI as tables of this program.

Format after the public description in the documentation of PETRARCH-2 (openeventdata, "PETRARCH Dictionary Formats")::

    NAME_OF_ACTOR_  [CODE]        ; a code without a date is the default
    +ANOTHER_NAME_                # names that share the codes of the line above
            [CODE 020315-030415]  from day to day, [CODE <020315] before, [CODE >030415] after, both ends included

Underscores and blanks part words; what follows ``#`` or ``;`` and what stands in ``<!-- -->`` is a comment. Dates are
YYMMDD or YYYYMMDD; two-digit years from 30 on are of the twentieth century.

Our tables know no dates. An entry gets the code that holds on one day: the first restriction that the day satisfies,
else the default. Without a day it gets the code that holds from its last date on, or the code that held last.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

import msgspec

from reportedly.knowledge.load import SHIPPED, Row
from reportedly.model import Diagnostic

CENTURY: Final = 30
# Names of one word with few letters are often acronyms ("FARC"): both spellings are kept.
ACRONYM: Final = 5
ISO3: Final = 3
COLUMNS: Final = {
    "bodies": ("name", "aliases", "country", "sector", "kind"),
    "leaders": ("name", "aliases", "country", "sector"),
}
_SMALL: Final = frozenset(
    {"of", "the", "and", "for", "in", "on", "at", "to", "de", "del", "la", "al", "bin", "van", "von"}
)
_REMARK: Final = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_BRACKET: Final = re.compile(r"\[([^\[\]]*)\]")
_CODE: Final = re.compile(r"(?P<code>[^\s<>]+)\s*(?:(?P<side>[<>])\s*(?P<one>\d+)|(?P<begin>\d+)\s*-\s*(?P<end>\d+))?")


class Term(NamedTuple):
    """A code and the days, both included, for which it holds; None where a side is open."""

    code: str
    begin: date | None
    end: date | None


class DatedActor(msgspec.Struct, frozen=True):
    """One record of a dictionary: its names, the default code and the codes bound to dates, in order."""

    names: tuple[str, ...]
    default: str | None
    periods: tuple[Term, ...]
    line: int

    def code_on(self, day: date | None) -> str | None:
        """The code that holds on a day; None as a day: from the last date on, or else the last that held."""
        for period in self.periods:
            if day is None and period.end is None:
                return period.code
            if day is not None and (period.begin or date.min) <= day <= (period.end or date.max):
                return period.code
        if self.default is not None or day is not None:
            return self.default
        return max(self.periods, key=lambda p: p.end or date.max).code if self.periods else None


class _Draft:
    """A record while its lines are read."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.broken = False
        self.names: list[str] = []
        self.default: str | None = None
        self.periods: list[Term] = []

    def take(self, brackets: Sequence[str]) -> None:
        """Codes of a line; raises ValueError where one cannot be read."""
        for bracket in brackets:
            period = _period(bracket)
            if period.begin is None and period.end is None:
                self.default = period.code
            else:
                self.periods.append(period)

    def done(self) -> DatedActor:
        """The record, without null codes."""
        periods = tuple(p for p in self.periods if _is_code(p.code))
        default = self.default if self.default and _is_code(self.default) else None
        return DatedActor(tuple(dict.fromkeys(self.names)), default, periods, self.line)


def read_actors(text: str, file: str) -> Iterator[DatedActor | Diagnostic]:
    """The records of an actor dictionary; what cannot be read is a diagnostic with file and line.

    Where the first line of a record cannot be read, its synonyms and codes are left out with it.
    """
    draft: _Draft | None = None
    plain = _REMARK.sub(lambda m: "\n" * m.group().count("\n"), text)
    for number, raw in enumerate(plain.split("\n"), start=1):
        line = re.split(r"[#;]", raw, maxsplit=1)[0].strip()
        if not line:
            continue
        if draft is None or line[0] not in "+[":
            yield from _ended(draft, file)
            draft = _Draft(number)
        try:
            _step(line, draft)
        except ValueError as problem:
            draft.broken |= draft.line == number
            yield Diagnostic("error", "petrarch-line", f"{problem}: {line!r}", file=file, line=number)
    yield from _ended(draft, file)


def _step(line: str, draft: _Draft) -> None:
    """Take what a line says into its record; raises ValueError where it cannot be read."""
    if line[0] in "&-=!{":
        raise ValueError("no line of an actor dictionary (a synonym set, a verb pattern or an agent?)")
    if line[0] in "+[" and not (draft.names or draft.broken):
        raise ValueError("a synonym or a code before the first name")
    if line.count("[") != line.count("]"):
        raise ValueError("a bracket is not closed")
    if line[0] == "+" and "[" in line:
        raise ValueError("a synonym has the codes of its record, none of its own")
    draft.take(_BRACKET.findall(line))
    if line[0] == "[":
        return
    name = _name(_BRACKET.sub(" ", line).strip().removeprefix("+"))
    if not name:
        raise ValueError("a name is missing")
    draft.names.append(name)


def _ended(draft: _Draft | None, file: str) -> Iterator[DatedActor | Diagnostic]:
    """The record where it is whole."""
    if draft is None or draft.broken:
        return
    actor = draft.done()
    if actor.default is None and not actor.periods:
        message = f"{actor.names[0]!r} has no code and was left out"
        yield Diagnostic("warning", "petrarch-no-code", message, file=file, line=actor.line)
    else:
        yield actor


def _is_code(code: str) -> bool:
    return code.strip("-") != ""


def _name(text: str) -> str:
    return " ".join(text.replace("_", " ").replace("|", " ").split())


def _period(bracket: str) -> Term:
    found = _CODE.fullmatch(bracket.strip())
    if found is None:
        raise ValueError(f"[{bracket}] is no code with a date restriction")
    code = found["code"].split("/")[0]
    if found["side"] == "<":
        return Term(code, None, _date(found["one"]))
    if found["side"] == ">":
        return Term(code, _date(found["one"]), None)
    if found["begin"] is None:
        return Term(code, None, None)
    return Term(code, _date(found["begin"]), _date(found["end"]))


def _date(digits: str) -> date:
    """YYMMDD or YYYYMMDD."""
    if len(digits) == len("YYMMDD"):
        digits = ("19" if int(digits[:2]) >= CENTURY else "20") + digits
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise ValueError(f"{digits} is no date (YYMMDD or YYYYMMDD)") from None


# ---- tables ---------------------------------------------------------------------------------------------------------


def to_tables(actors: Iterable[DatedActor], day: date | None = None) -> dict[str, list[Row]]:
    """The rows of ``bodies`` and ``leaders``; records that have no code on the day are left out.

    A record is a country where its code is one alone, a person where its first name begins with a given name, and an
    organization otherwise: the format does not tell persons from bodies.
    """
    rows: dict[str, list[Row]] = {"bodies": [], "leaders": []}
    for actor in actors:
        code = actor.code_on(day)
        if code is not None:
            table, row = _row(actor, code)
            rows[table].append(row)
    return rows


def _row(actor: DatedActor, code: str) -> tuple[str, Row]:
    names = list(dict.fromkeys(s for n in actor.names for s in spellings(n)))
    country = code[:ISO3] if code[:ISO3] in _countries() else ""
    row = {"name": names[0], "aliases": "|".join(names[1:]), "country": country, "sector": code.removeprefix(country)}
    if country and code == country and not _is_person(names[0]):
        return "bodies", row | {"kind": "country"}
    return ("leaders", row) if _is_person(names[0]) else ("bodies", row | {"kind": "organization"})


def _is_person(name: str) -> bool:
    first, _, rest = name.partition(" ")
    return bool(rest) and first.lower() in _given_names()


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    return frozenset(row["iso3"] for row in SHIPPED.rows("countries"))


@lru_cache(maxsize=1)
def _given_names() -> frozenset[str]:
    return frozenset(row["name"] for row in SHIPPED.rows("given_names"))


@lru_cache(maxsize=1)
def _stopwords() -> frozenset[str]:
    return frozenset(word for row in SHIPPED.rows("stopwords") for word in row["words"].split())


def spellings(name: str) -> list[str]:
    """How a newspaper writes a name that the dictionary has in capitals; other names as they are.

    >>> spellings("FRONT OF THE LAKES")
    ['Front of the Lakes']
    >>> spellings("NATO")
    ['Nato', 'NATO']
    """
    if name != name.upper():
        return [name]
    words = name.lower().split()
    cased = " ".join(w if i and w in _SMALL else _capitalised(w) for i, w in enumerate(words))
    if len(words) > 1 or len(name) > ACRONYM:
        return [cased]
    return [name] if words[0] in _stopwords() else list(dict.fromkeys((cased, name)))


def _capitalised(word: str) -> str:
    """Each part of a word behind a hyphen or a single letter with an apostrophe begins with a capital."""
    return re.sub(r"(?:^|(?<=-)|(?<=^\w['’]))\w", lambda m: m.group().upper(), word)


def table_text(table: str, rows: Iterable[Row], origin: str) -> str:
    """A table as a file: where it comes from, its columns, its rows."""
    columns = COLUMNS[table]
    lines = [f"# {origin}", "\t".join(columns), *("\t".join(row[c] for c in columns) for row in rows)]
    return "\n".join(lines) + "\n"
