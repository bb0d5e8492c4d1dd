"""From phrases to TIMEX3 type and value and the days they mean.

A phrase is read against a setting: the day of the dispatch, the time the text has reached, and where its verb looks.
The readers of each kind of phrase stand in ``days``, ``periods``, ``units``, ``durations`` and ``clock``.
"""

from __future__ import annotations

from datetime import date, timedelta

from reportedly.times import clock, days, durations, periods, units
from reportedly.times.calendar import Extent, extent
from reportedly.times.grammar import Phrase
from reportedly.times.reading import AHEAD, PAST, Reader, TimeReading, TimeSetting, code_of, dated, value_of


def resolve(phrase: Phrase, setting: TimeSetting) -> TimeReading | None:
    """The meaning of a phrase, or None where it is no expression of time after all."""
    if phrase.day is not None:
        setting = setting._replace(day=resolve(phrase.day, setting))
    reading = READERS[phrase.rule](phrase, setting)
    if reading is None or reading.days is not None or reading.type in ("DURATION", "SET"):
        return reading
    whole = extent(reading.value)
    return reading._replace(days=_narrowed(whole, reading.mod, phrase, setting.today, setting.ahead) if whole else None)


def _narrowed(whole: Extent, mod: str | None, phrase: Phrase, today: date | None, ahead: int) -> Extent:
    """What is left of the days: "earlier this month" ends today, "late last week" is its last days."""
    first, last = whole
    under_way = today is not None and first <= today <= last
    edge = phrase.parts.get("edge")
    if today is not None and under_way and edge is not None and edge.text in ("earlier", "later"):
        return (first, today) if edge.text == "earlier" else (today, last)
    if mod in ("START", "END") and last - first == timedelta(days=6):
        middle = first + timedelta(days=2)
        return (first, middle) if mod == "START" else (middle + timedelta(days=2), last)
    if today is not None and under_way and phrase.rule == "relative_unit" and value_of(phrase, "rel") == 0:
        return _so_far(whole, today, ahead)
    return whole


def _so_far(whole: Extent, today: date, ahead: int) -> Extent:
    """Of "this week" what is over, or what is to come where the verb looks ahead; longer units only by the verb."""
    first, last = whole
    if ahead == AHEAD:
        return today, last
    return (first, today) if ahead == PAST or last - first < timedelta(days=7) else whole


def _shade(phrase: Phrase, _setting: TimeSetting) -> TimeReading | None:
    return dated(code_of(phrase, "shade"))


def _fixed(phrase: Phrase, _setting: TimeSetting) -> TimeReading | None:
    kind, value = code_of(phrase, "phrase").split(" ", 1)
    return TimeReading("DATE" if kind == "DATE" else "TIME", value)


def _ref(phrase: Phrase, _setting: TimeSetting) -> TimeReading | None:
    return dated(code_of(phrase, "ref"))


READERS: dict[str, Reader] = {
    **days.READERS,
    **periods.READERS,
    **units.READERS,
    **durations.READERS,
    **clock.READERS,
    "shade": _shade,
    "phrase": _fixed,
    "ref": _ref,
}
