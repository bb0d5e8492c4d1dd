"""Time expressions and the calendar intervals they mean."""

from __future__ import annotations

import re
from datetime import date

from reportedly.config import Config
from reportedly.days import day_of
from reportedly.knowledge.load import knowledge_of
from reportedly.model import Dispatch, Time
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
LOOKING = frozenset(
    ["weekday", "month_day", "day_month", "month", "part_of_month", "week_of_day", "season", "quarter", "weekend",
     "weekday_of_month", "weekday_of_named_month",
     "relative_unit", "season_of_year", "short_quarter", "holiday"]
)  # fmt: skip
WRITTEN_DATES = frozenset(["iso", "month_day", "day_month"])
# What is only compared with ("from a year earlier") does not move the time that the text has reached; nor does
# "overnight", often the night of a day named before.
STILL = frozenset({"overnight", "ago", "year_ago_period", "latest_period", "bare_quarter", "bare_unit"})
REACHES = re.compile(r"\d{4}(-(\d\d(-\d\d)?|Q[1-4]|W\d\d))?(T.*)?$")


def find_times(doc: Doc, dispatch: Dispatch, config: Config) -> tuple[Time, ...]:
    """Every expression of time in text order, with its TIMEX3 value and the days it means.

    Counted from the day of the dateline (where it lies within a week of publication, else the day of publication) and
    from the last calendar value that the text has named before. What cannot be placed has no days.
    """
    pieces = cut(doc.text, knowledge_of(config))
    page = TimePage(doc, dispatch.text, pieces, knowledge_of(config))
    phrases = find_phrases(pieces, lambda phrase: can_stand(phrase, page), knowledge_of(config))
    today, reached = anchor_of(dispatch), None
    found = _of_dateline(dispatch, today, config)
    for match in phrases:
        if not stands_alone(match, page):
            continue
        phrase = match._replace(rule="rate") if is_rate(match, page) else match
        ahead = _direction(phrase, page, config)
        reading = resolve(phrase, TimeSetting(today, reached, ahead, knowledge_of(config)))
        if reading is None:
            continue
        found.append(_time(phrase, reading, dispatch.text))
        if phrase.rule not in STILL and reading.value and REACHES.match(reading.value):
            reached = reading.value
    return tuple(found)


def _of_dateline(dispatch: Dispatch, today: date | None, config: Config) -> list[Time]:
    """The date in the dateline, which the reading text leaves out."""
    span = dispatch.dateline.span if dispatch.dateline else None
    if span is None or span.start >= span.end:
        return []
    pieces = cut(" " * span.start + dispatch.text[span.start : span.end], knowledge_of(config))
    phrases = find_phrases(pieces, lambda phrase: phrase.rule in WRITTEN_DATES, knowledge_of(config))
    readings = ((p, resolve(p, TimeSetting(today, None, 0, knowledge_of(config)))) for p in phrases)
    return [_time(p, reading, dispatch.text) for p, reading in readings if reading is not None][:1]


def anchor_of(dispatch: Dispatch) -> date | None:
    """The day from which a dispatch counts."""
    published = day_of(dispatch.published)
    filed = day_of(dispatch.dateline.date if dispatch.dateline else None)
    if published is None or filed is None:
        return published or filed
    return filed if abs((published - filed).days) <= DATELINE_DAYS else published


def _direction(phrase: Phrase, page: TimePage, config: Config) -> int:
    """Where the governing verb looks, for the phrases whose reading depends on it."""
    dated = phrase.day or phrase
    if dated.rule not in LOOKING:
        return 0
    return direction(_head(page.tokens(phrase)), knowledge_of(config))


def _head(tokens: list[Token]) -> Token:
    """The token of a phrase that hangs on something outside it."""
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
