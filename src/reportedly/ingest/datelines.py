"""The dateline of agency copy: place, day, agency and where the story begins.

One grammar for all styles, read from left to right: an agency in front ("(ANSA) -", "BBC News,"), a place in
capitalised words, then days and agencies in any order ("March 5", "3 JAN 90", "(AP)", "/TASS/", ", Kyodo"), then what
closes it (a dash, a colon, a full stop, an empty line, or nothing behind an agency in brackets), then the marks of
bulletins ("[REPORT] [TEXT]"). Prose has the same shapes now and then, so a line counts only with enough evidence: see
``_convinces``.
"""

from __future__ import annotations

import re
from datetime import date

import msgspec

from reportedly.ingest.dateline_names import (
    DASHES,
    DAY,
    DatelineNames,
    agency_behind_dash,
    bare_agency,
    capitalised,
    clean,
    country_behind,
    is_agency,
    is_known_agency,
    names_of,
)
from reportedly.ingest.dates import MONTHS, day_before
from reportedly.knowledge.load import SHIPPED, Knowledge

LONGEST_PLACE = 70
MOST_PLACE_WORDS = 10
# A place in capitals that is in no table is believed up to so many words.
MOST_UNKNOWN_WORDS = 3
# The least characters of a lead behind "Mumbai:"; headlines of this form are shorter.
LEAST_LEAD = 70
# POSIX: two-digit years from 69 on belong to the last century.
PIVOT_YEAR = 69

_WORD = re.compile(r"[^\s(\[]+")
_DATE_IN_BRACKETS = re.compile(rf"\({DAY.pattern}\)", re.IGNORECASE)
_NO_DATE = re.compile(r"no date\b", re.IGNORECASE)
# A word and a number where the day stands, before an agency: "Aprli 5 (Reuters)".
_NO_DAY = re.compile(r"[^\W\d_]{3,9}\.? \d{1,2}(?=,? ?[(/])|\d{1,2} [^\W\d_]{3,9}(?=,? ?[(/])")
_BRACKETED = re.compile(r"\((?!\s{0,9}\))([^()\n]*(?:\n[^()\n]*)?)\)|/([^/\n]{2,40})/")
# A template that was not filled in.
_EMPTY = re.compile(r"\(\s{0,9}\)|//")
_BETWEEN = re.compile(r"(?:[ \t,.;]|\n(?!\s*\n)){0,5}(?:[-–—_]{1,2}\s*(?=[(/]))?")
_CLOSER = re.compile(
    r"\s*+\.?[ \t]*+(?P<dash>-{1,3}|[–—―]|_{1,2})(?:\s+|(?<=[—―_])|(?<=--)|$)"
    r"|[ \t]*(?P<colon>:)(?:\s+|$)"
    r"|(?P<break>[.,]?[ \t]*(?:\n\s*|$))"
    r"|(?P<stop>\.)\s+"
    r"|(?P<none>\s+)"
)
_MARK = re.compile(r"\[([^\[\]]{2,200})\]\s*")
_SLUG = re.compile(r"([A-Z][A-Za-z]{2,15})(?:\s+\d{1,2})?:\s+")
_DESK = re.compile(r"(?: [A-Z]\w+){0,2}, ")
_INITIALS = re.compile(r"\A(?:[A-Za-z]\.){2,}$")


class DatelineLine(msgspec.Struct, frozen=True):
    """What a dateline says: its range (``end`` is where the story begins), place, day and agency.

    ``strong`` is true where an agency or a day stands beside the place.
    """

    start: int
    end: int
    place: str | None
    date: str | None
    agency: str | None
    strong: bool


def find_dateline(text: str, start: int, published: str | None, knowledge: Knowledge = SHIPPED) -> DatelineLine | None:
    """The dateline that begins at ``start``, or ``None``.

    Where no year is stated, the day is the last such day up to ``published``; without that it stays unknown.
    """
    return _Scan(text, start, published, names_of(knowledge)).read()


class _Scan:
    """One reading of one line, from left to right."""

    def __init__(self, text: str, start: int, published: str | None, names: DatelineNames) -> None:
        self._names = names
        self._text = text
        self._start = self._pos = start
        self._published = published
        self._place: tuple[int, int] | None = None
        self._date: str | None = None
        self._dated = False
        self._agency: str | None = None
        self._signed = False
        self._opener: str | None = None
        self._dash: str | None = None
        # Copy that lost its capitals altogether: only a day and a closer can tell a dateline then.
        self._flat = text[start : start + 200].islower()

    def read(self) -> DatelineLine | None:
        """The dateline, if this is one."""
        if self._dateless_day_line():
            return self._line()
        self._read_opener()
        after_opener = self._pos
        self._read_place()
        self._read_items()
        closer = self._read_closer()
        if closer is not None and self._convinces(closer):
            return self._line()
        if self._opener == "dash":
            self._pos, self._place, self._date, self._dated = after_opener, None, None, False
            return self._line()
        return None

    def _line(self) -> DatelineLine:
        self._skip_marks()
        place = clean(self._text[slice(*self._place)]) if self._place else None
        agency = self._agency
        strong = self._dated or agency is not None
        if place is None and agency and agency.casefold() in self._names.cities:
            # "May 3, 2020 (JUBA) -": what stands in the agency's brackets is the place.
            place, agency = agency, None
        return DatelineLine(self._start, self._pos, place, self._date, agency, strong)

    def _dateless_day_line(self) -> bool:
        """A full date that stands alone on its line."""
        found = DAY.match(self._text, self._pos)
        if not found or not (found["y1"] or found["y2"] or found["iso"]):
            return False
        end = self._text.find("\n", found.end())
        if end < 0 or self._text[found.end() : end].strip(" .\t\r"):
            return False
        self._take_date(found)
        self._pos = story_start(self._text, end)
        return True

    def _read_opener(self) -> None:
        """An agency before the place: "(Reuters) -", "AFP -", "BBC News, Nairobi"."""
        text, pos = self._text, self._pos
        found = _BRACKETED.match(text, pos)
        if found and found[1] and is_agency(self._names, found[1]):
            closer = _CLOSER.match(text, found.end())
            if (
                is_known_agency(self._names, clean(found[1]))
                and text[found.end() : found.end() + 2].strip()[:1].isupper()
            ):
                self._agency, self._opener, self._signed = clean(found[1]), "dash", True
                self._pos = story_start(text, found.end())
            elif closer and (closer["dash"] or closer["colon"]):
                self._agency, self._opener, self._signed = clean(found[1]), "dash", True
                self._pos = closer.end()
            return
        end = bare_agency(self._names, text, pos)
        if end is None:
            return
        name = clean(text[pos:end])
        closer = _CLOSER.match(text, end)
        if desk := _DESK.match(text, end):
            self._agency, self._opener, self._pos = name, "comma", desk.end()
        elif closer and closer["dash"] and not closer[0].startswith(tuple(DASHES)):
            self._agency, self._opener, self._pos = name, "dash", closer.end()
        if self._agency:
            self._agency, self._signed = self._agency.removesuffix(" News"), True

    def _read_place(self) -> None:
        text, begin, end = self._text, self._pos, self._pos
        names, comma, words, free = self._names, False, 0, False
        for word in _WORD.finditer(text, self._pos, self._pos + LONGEST_PLACE + 40):
            raw = word[0]
            gap = text[end : word.start()]
            if words and gap.strip(" \t,.") != "":
                break
            if raw[0] in "/" + DASHES or DAY.match(text, word.start()) or _NO_DATE.match(text, word.start()):
                break
            if words and comma and (bare_agency(self._names, text, word.start()) or _NO_DAY.match(text, word.start())):
                break
            core = raw.rstrip(",.:;" + DASHES)
            if not core or not (
                capitalised(core) or self._flat or (words and (core.lower() in names.particles or free))
            ):
                break
            if any(c.isdigit() for c in core) or words == MOST_PLACE_WORDS or word.end() - begin > LONGEST_PLACE:
                break
            words += 1
            free = free or (words == 1 and core.lower() in names.aboard)
            end = word.start() + len(core)
            tail = raw[len(core) :]
            if tail.startswith(".") and (_INITIALS.match(core + ".") or core.casefold() in names.short):
                end, tail = end + 1, tail[1:]
            comma = tail == ","
            if tail and not comma:
                break
        if words and end > begin:
            self._place, self._pos = (begin, end), end

    def _read_items(self) -> None:
        """Days and agencies behind the place, in any order."""
        text = self._text
        for _ in range(5):
            gap = _BETWEEN.match(text, self._pos)
            pos = gap.end() if gap else self._pos
            if (
                self._place
                and not self._dated
                and not self._agency
                and (land := country_behind(self._names, text, self._pos))
            ):
                self._pos = land
            elif not self._dated and (found := DAY.match(text, pos)):
                self._take_date(found)
            elif self._dated and (found := self._names.clock.match(text, pos)):
                self._pos = found.end()
            elif not self._dated and (found := _DATE_IN_BRACKETS.match(text, pos)):
                self._take_date(found)
            elif not self._agency and (behind := agency_behind_dash(self._names, text, self._pos)):
                self._agency, self._pos = clean(text[slice(*behind)]), behind[1]
            elif not self._dated and (found := _NO_DATE.match(text, pos) or _NO_DAY.match(text, pos)):
                self._dated, self._pos = True, found.end()
            elif found := _EMPTY.match(text, pos):
                self._pos = found.end()
            elif (found := _BRACKETED.match(text, pos)) and self._signs(found, text[self._pos : pos]):
                self._agency = self._agency or clean(found[1] or found[2])
                self._signed, self._pos = True, found.end()
            elif not self._agency and pos > self._pos and (end := bare_agency(self._names, text, pos)):
                self._agency, self._pos = clean(text[pos:end]), end
            else:
                return

    def _signs(self, found: re.Match[str], gap: str) -> bool:
        """Whether brackets hold an agency; behind a dash they open the story unless the agency is known."""
        name = found[1] or found[2]
        if gap.strip(" \t\n,.;"):
            return is_known_agency(self._names, clean(name))
        return bool(found[2]) or is_agency(self._names, name) or (self._flat and self._dated)

    def _take_date(self, found: re.Match[str]) -> None:
        self._dated, self._pos = True, found.end()
        self._date = _day(found, self._published)

    def _read_closer(self) -> str | None:
        found = _CLOSER.match(self._text, self._pos)
        if not found or found.end() == self._pos < len(self._text):
            return None
        self._pos, self._dash = found.end(), found["dash"]
        return found.lastgroup

    def _skip_marks(self) -> None:
        """Marks of bulletins behind the dateline are no part of the story."""
        pos, marked = self._pos, False
        while found := _MARK.match(self._text, pos):
            marked = marked or found[1].casefold().startswith(self._names.marks)
            pos = found.end()
        if marked:
            self._pos = pos
        if (slug := _SLUG.match(self._text, self._pos)) and slug[1].casefold() in self._names.notes:
            self._pos = slug.end()

    def _convinces(self, closer: str) -> bool:
        """Whether all that was read can hardly be prose."""
        if not self._begins_story(closer) or (self._flat and not self._dated):
            return False
        known, capitals = self._place_is_known(), self._place_in_capitals()
        if self._place is None:
            return self._agency is not None and (self._dated or self._opener == "dash") and closer in ("dash", "colon")
        if self._opener == "comma":
            return closer == "break"
        if self._is_slug():
            return False
        if self._agency and (is_known_agency(self._names, self._agency) or self._dated):
            return closer != "none" or self._signed
        if self._agency:
            return closer in ("dash", "colon") and (known or capitals)
        if self._dated:
            return closer in ("dash", "colon", "break") or (closer == "stop" and (known or capitals))
        if closer == "dash":
            return self._dash_suffices(capitals=capitals)
        return closer in ("colon", "break") and self._is_town() and (capitals or closer == "break" or self._runs_on())

    def _dash_suffices(self, *, capitals: bool) -> bool:
        """A place and a dash, nothing else: capitals, or a town that is known or stands before its country."""
        assert self._place is not None
        name = self._text[slice(*self._place)].casefold()
        first, _, last = name.partition(", ")
        if capitals:
            # Between words in capitals a lone hyphen may be a mere break.
            most = 1 if self._dash == "-" else MOST_UNKNOWN_WORDS
            return self._place_is_known() or (len(first) > 4 and first.count(" ") < most)
        return first in self._names.cities or (last.rstrip(".") in self._names.lands and first not in self._names.lands)

    def _is_town(self) -> bool:
        """Whether the place is known and more than a country: a country and a colon begin headlines."""
        assert self._place is not None
        first, _, last = self._text[slice(*self._place)].casefold().replace("’", "'").partition(", ")
        towns = all(name in self._names.cities for name in first.split("/"))
        return towns or (bool(last) and self._place_is_known())

    def _runs_on(self) -> bool:
        """Whether a whole sentence follows on the line; behind "Mumbai:" anything shorter is a headline."""
        return len(self._text[self._pos : self._pos + LEAST_LEAD].split("\n", 1)[0]) == LEAST_LEAD

    def _is_slug(self) -> bool:
        assert self._place is not None
        words = self._text[slice(*self._place)].casefold().split()
        slugs = self._names.slugs
        return words[0] == "by" or " ".join(words) in slugs or words[0].rstrip(",") in slugs

    def _begins_story(self, closer: str) -> bool:
        """A story begins with a capital, a figure or a quotation mark; a sentence goes on in small letters."""
        following = self._text[self._pos : self._pos + 1]
        if not following:
            return closer == "dash" or self._dated
        lower = (
            following.islower() and not (self._dated and closer == "dash" and self._place_is_known()) and not self._flat
        )
        return not lower or (
            self._agency is not None and is_known_agency(self._names, self._agency) and closer != "none"
        )

    def _place_is_known(self) -> bool:
        if self._place is None:
            return False
        parts = [p.strip(" .") for p in self._text[slice(*self._place)].casefold().replace("’", "'").split(",")]
        names = self._names
        return all(p in names.cities or p in names.lands for p in parts[0].split("/")) or (
            len(parts) > 1 and (parts[-1] in names.lands or parts[-1] in names.short)
        )

    def _place_in_capitals(self) -> bool:
        """Whether the first part of the place is in capitals while the story is not."""
        if self._place is None:
            return False
        first = self._text[slice(*self._place)].split(",")[0]
        story = self._text[self._pos : self._pos + 200]
        return first.upper() == first and len(first) > 1 and any(c.islower() for c in story)


def _day(found: re.Match[str], published: str | None) -> str | None:
    if found["iso"]:
        return _valid(*map(int, found["iso"].split("-")))
    month = MONTHS[(found["m1"] or found["m2"]).lower()]
    day = int(found["d1"] or found["d2"])
    if year := found["y1"] or found["y2"]:
        return _valid(int(year), month, day)
    if found["y3"] or found["y0"]:
        short = int(found["y3"] or found["y0"])
        century = int(published[:2]) * 100 if published else 1900 if short >= PIVOT_YEAR else 2000
        year_number = century + short
        if published and year_number > int(published[:4]) + 1:
            year_number -= 100
        return _valid(year_number, month, day)
    return day_before(month, day, published) if published else None


def unreadable_day(line: str) -> str | None:
    """What stands in a dateline in place of a day, where it is none: "Aprli 5", "Feb 30"."""
    found = DAY.search(line)
    if found is None:
        found = _NO_DAY.search(line)
        return found[0] if found else None
    # A leap year, where none is told.
    return None if _day(found, "2020-12-31") else found[0]


def _valid(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def story_start(text: str, pos: int) -> int:
    """Where something stands in a text from here on: its end where only blanks follow."""
    while pos < len(text) and text[pos].isspace():
        pos += 1
    return pos
