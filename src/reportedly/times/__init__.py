"""Time expressions and the calendar intervals they mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from reportedly.config import Config
from reportedly.days import day_of
from reportedly.ingest.inner import inner_datelines
from reportedly.knowledge.load import knowledge_of
from reportedly.knowledge.speech import speech
from reportedly.model import Dateline, Dispatch, Time
from reportedly.parse.parsed import Doc, Token
from reportedly.times.grammar import Phrase, find_phrases
from reportedly.times.guards import can_stand, is_rate, stands_alone
from reportedly.times.page import TimePage
from reportedly.times.pieces import cut
from reportedly.times.reading import TimeReading, TimeSetting
from reportedly.times.resolve import resolve
from reportedly.times.tense import direction

__all__ = ["find_times"]

# A dateline further from publication than this belongs to another version of the story, or was misread.
DATELINE_DAYS = 7
# What ends a paragraph.
BREAK = "\n\n"
# A preposition that is also an adjective of days.
FOLLOWING = "following"
DAY = re.compile(r"\d{4}-\d\d-\d\d")
REACHES = re.compile(r"\d{4}(-(\d\d(-\d\d)?|Q[1-4]|W\d\d))?(T.*)?$")


class NamedDay(NamedTuple):
    """A day as a text names it: its value, where the words end, and whether it is that of a saying."""

    value: str
    end: int
    spoken: bool


class TellingYear(NamedTuple):
    """The first day of what was named with its year, and where that phrase ends."""

    day: date
    end: int


def find_times(doc: Doc, dispatch: Dispatch, config: Config) -> tuple[Time, ...]:
    """Every expression of time in text order, with its TIMEX3 value and the days it means.

    Counted from the day of the dateline (where it lies within a week of publication, else the day of publication) and
    from the last calendar value that the text has named before. What cannot be placed has no days.
    """
    pieces = cut(doc.text, knowledge_of(config))
    page = TimePage(doc, dispatch.text, pieces, knowledge_of(config))
    phrases = find_phrases(pieces, lambda phrase: can_stand(phrase, page), knowledge_of(config))
    filed = Filed(dispatch, inner_datelines(dispatch, knowledge_of(config)))
    reached, told = None, None
    found = [t for line in filed.lines for t in _of_dateline(dispatch, line, filed, config)]
    days: list[NamedDay] = []
    for match in phrases:
        if not stands_alone(match, page):
            continue
        phrase = match._replace(rule="rate") if is_rate(match, page) else _behind_following(match)
        ahead = _direction(phrase, page, config)
        told = told if told is not None and _is_beside(doc, told.end, phrase.start) else None
        moment = _moment(days, phrase, page, ahead, filed.today(phrase.start))
        today = filed.today(phrase.start) if moment is None or DAY.match(moment) else None
        near = moment or _near(reached, phrase, ahead, today)
        setting = TimeSetting(today, near, ahead, knowledge_of(config), told=told.day if told else None)
        reading = resolve(phrase, setting)
        if reading is None:
            continue
        told = _told(phrase, reading, page) or (told if "month" in phrase.traits else None)
        found.append(_time(phrase, reading, dispatch.text))
        if "still" not in phrase.traits and reading.value and REACHES.match(reading.value):
            reached = reading.value
            named = DAY.match(reading.value) or _is_of_other_year(phrase, reading.value, today)
            if named and not _is_alone(phrase):
                days.append(NamedDay(reading.value, phrase.end, _is_spoken(phrase, page, config)))
    return tuple(sorted(found, key=lambda t: t.start))


def _is_of_other_year(phrase: Phrase, value: str, today: date | None) -> bool:
    """Whether a month or a year long ago is told, in which a clock time behind it is: "in June 1968 ... at nine"."""
    return "coarse" in phrase.traits and today is not None and value[:4] != str(today.year)


def _behind_following(phrase: Phrase) -> Phrase:
    """The day alone: "following Wednesday's quake" is behind a preposition, "the following Wednesday" is not."""
    rel, named = phrase.parts.get("rel"), phrase.parts.get(phrase.rule)
    if rel is None or named is None or rel.text != FOLLOWING or rel.start != phrase.start:
        return phrase
    parts = {name: piece for name, piece in phrase.parts.items() if name != "rel"}
    return phrase._replace(start=named.start, first=phrase.last, parts=parts)


def _day_meant(days: list[NamedDay], phrase: Phrase, page: TimePage) -> str | None:
    """The day of a clock time beside which none stands: the last of its paragraph, Monday in "On Monday ... at 9 a.m.".

    A day on which somebody says something counts only where there is no other. Behind a month or a year long ago it has
    none: "He was killed in June 1968. X shot him just after midnight".
    """
    named = [d for d in days if DAY.match(d.value) or phrase.rule == "clock"]
    here = [d for d in named if BREAK not in page.text[d.end : phrase.start]]
    told = [d for d in here if not d.spoken] or here or [d for d in days if DAY.match(d.value)]
    return told[-1].value if told else None


def _moment(days: list[NamedDay], phrase: Phrase, page: TimePage, ahead: int, today: date | None) -> str | None:
    """The day of a clock time beside which none stands, and the one that "the same day" means.

    Unless the verb looks ahead it is none to come: Monday in "on Monday ... be heard on May 5 ... the same day".
    """
    over = [d for d in days if ahead > 0 or _is_over(d.value, today)]
    if phrase.rule == "same_unit" and ahead <= 0:
        return next((d.value for d in reversed(over) if DAY.match(d.value)), None)
    return _day_meant(over, phrase, page) if _is_alone(phrase) else None


def _is_alone(phrase: Phrase) -> bool:
    return phrase.is_clock and phrase.day is None


def _near(reached: str | None, phrase: Phrase, ahead: int, today: date | None) -> str | None:
    """The time that the text has reached; not May 5 in "He is tried on May 5. The raid was at noon"."""
    gone = reached is None or not _is_alone(phrase) or ahead > 0 or _is_over(reached, today)
    return reached if gone else None


def _is_over(value: str, today: date | None) -> bool:
    return today is None or not DAY.match(value) or value[:10] <= today.isoformat()


def _is_spoken(phrase: Phrase, page: TimePage, config: Config) -> bool:
    """Whether a day is that on which somebody says something: "the mayor said on Monday"."""
    head = _head(page.tokens(phrase))
    verb = next((t for t in (head, *head.ancestors) if t.pos_ in ("VERB", "AUX")), None)
    return verb is not None and verb.lemma_.lower() in speech(knowledge_of(config)).telling


def _told(phrase: Phrase, reading: TimeReading, page: TimePage) -> TellingYear | None:
    """The day or month that a phrase names with its year: "In May 2021", so that "On July 4" behind it needs none."""
    of_month = "month" in phrase.traits or phrase.rule == "month_year"
    named = of_month and "year" in phrase.parts and reading.days is not None
    if not named or reading.days is None or page.before(phrase) == "since" or not _is_of_deed(phrase, page):
        return None
    return TellingYear(reading.days[0], phrase.end)


def _is_beside(doc: Doc, first: int, then: int) -> bool:
    """Whether a phrase stands in the same sentence of the same paragraph as another one, or the next."""
    return BREAK not in doc.text[first:then] and doc.sentence_at(then) - doc.sentence_at(first - 1) <= 1


def _is_of_deed(phrase: Phrase, page: TimePage) -> bool:
    """Whether a past verb has the time ("was seized in May 2021"), and not a noun ("the bombing of May 2021")."""
    head = _head(page.tokens(phrase))
    above = next((t for t in head.ancestors if t.pos_ not in ("ADP", "SCONJ")), head)
    return above.tag_ in ("VBD", "VBN")


def _of_dateline(dispatch: Dispatch, line: Dateline, filed: Filed, config: Config) -> list[Time]:
    """The date in a dateline, which the reading text leaves out."""
    span, today = line.span, filed.today(line.span.start)
    if span.start >= span.end:
        return []
    alone = cut(dispatch.text[span.start : span.end], knowledge_of(config))
    pieces = [p._replace(start=p.start + span.start, end=p.end + span.start) for p in alone]
    phrases = find_phrases(pieces, lambda phrase: "written" in phrase.traits, knowledge_of(config))
    readings = ((p, resolve(p, TimeSetting(today, None, 0, knowledge_of(config)))) for p in phrases)
    return [_time(p, reading, dispatch.text) for p, reading in readings if reading is not None][:1]


class Filed:
    """The days from which the parts of a dispatch count: its dateline's or that of its publication, and inner ones."""

    def __init__(self, dispatch: Dispatch, inner: Sequence[Dateline]) -> None:
        self._published = day_of(dispatch.published)
        outer = (dispatch.dateline,) if dispatch.dateline is not None else ()
        self.lines = (*outer, *inner)
        self._first = self._counted(outer[0]) if outer else self._published
        self._later = [(line.span.start, self._counted(line)) for line in inner if line.date is not None]

    def today(self, position: int) -> date | None:
        """The day from which what stands at a position counts."""
        return next((day for start, day in reversed(self._later) if start <= position), self._first)

    def _counted(self, line: Dateline) -> date | None:
        """The day of a dateline where that can be; a date far from publication is that of another version."""
        filed = day_of(line.date)
        if self._published is None or filed is None:
            return self._published or filed
        return filed if abs((self._published - filed).days) <= DATELINE_DAYS else self._published


def _direction(phrase: Phrase, page: TimePage, config: Config) -> int:
    """Where the governing verb looks, for the phrases whose reading depends on it."""
    dated = phrase.day or phrase
    if "tense" not in dated.traits:
        return 0
    return direction(_head(page.tokens(phrase)), knowledge_of(config))


def _head(tokens: list[Token]) -> Token:
    """The token of a phrase that hangs on something outside it: "May" in "fled on 3 May"."""
    inside = {t.i for t in tokens}
    return next((t for t in tokens if t.head.i not in inside), tokens[-1])


def _time(phrase: Phrase, reading: TimeReading, text: str) -> Time:
    begin, end = reading.days or (None, None)
    return Time(
        start=phrase.start,
        end=phrase.end,
        text=text[phrase.start : phrase.end],
        type=reading.type,
        value=reading.value,
        mod=reading.mod,
        begin=begin.isoformat() if begin else None,
        end_date=end.isoformat() if end else None,
    )
