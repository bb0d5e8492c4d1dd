"""Units counted from the dispatch or from the time that the text has reached."""

from __future__ import annotations

from datetime import date, timedelta

from reportedly.times.calendar import extent, shift, span_value
from reportedly.times.context import context_words
from reportedly.times.durations import since
from reportedly.times.grammar import Phrase
from reportedly.times.reading import (
    AHEAD,
    Reader,
    TimeReading,
    TimeSetting,
    base_of,
    code_of,
    count_of,
    dated,
    int_of,
    modifier,
    point_modifier,
    unknown,
    way_of,
)

LONG_UNITS = {"10Y", "100Y", "1000Y"}


def _relative_unit(phrase: Phrase, setting: TimeSetting) -> TimeReading | None:
    unit, way = code_of(phrase, "unit"), int_of(phrase, "rel") or 0
    if unit.startswith("T"):
        return None
    if phrase.parts["rel"].text in context_words(setting.knowledge)["up_to_now"] and unit != "WE":
        return since(phrase, setting, 1.0, unit)
    base = base_of(phrase, setting)
    if unit == "WE" and base and base.isoweekday() >= 6 and way == -1:
        base = base - timedelta(days=1) * (base.isoweekday() - 5)
    day = shift(base, unit, way) if base else None
    if unit == "WE" and way == -1 and base and base.isoweekday() < 6 and day:
        day = base - timedelta(days=base.isoweekday())
    return dated(span_value(unit, day) if day else unknown(unit), modifier(phrase))


def _same_unit(phrase: Phrase, setting: TimeSetting) -> TimeReading | None:
    unit, reached = code_of(phrase, "unit"), extent(setting.reached)
    if unit.startswith("T") or unit in LONG_UNITS:
        return None
    fits = reached is not None and len(span_value(unit, reached[0])) <= len((setting.reached or "").split("T")[0])
    return dated(span_value(unit, reached[0]) if reached and fits else unknown(unit), modifier(phrase))


def _unit_after(phrase: Phrase, setting: TimeSetting) -> TimeReading | None:
    """The day before or after the time that the text has reached: "the day before", "the week after"."""
    unit = code_of(phrase, "unit")
    reached = extent(setting.reached)
    way = way_of(phrase.parts["rel"])
    if unit.startswith("T"):
        return None
    day = shift(reached[0], unit, way) if reached and (unit != "D" or reached[0] == reached[1]) else None
    return dated(span_value(unit, day) if day else unknown(unit))


def _part_of_unit(phrase: Phrase, setting: TimeSetting) -> TimeReading | None:
    """The unit under way on the day of the dispatch ("later in the day", "the end of the year")."""
    unit = code_of(phrase, "unit")
    if unit.startswith("T") or setting.today is None:
        return None
    return dated(span_value(unit, setting.today), modifier(phrase))


def _weekend(phrase: Phrase, setting: TimeSetting) -> TimeReading | None:
    """The last weekend begun, unless the verb looks ahead: "fought at the weekend", "will meet at the weekend"."""
    today = setting.today
    if today is None:
        return dated("XXXX-WXX-WE", modifier(phrase))
    back = setting.ahead != AHEAD and today.isoweekday() < 6
    return dated(span_value("WE", today - timedelta(days=7 * back)), modifier(phrase))


def _nth_unit(phrase: Phrase, setting: TimeSetting) -> TimeReading | None:
    """What has gone on up to the dispatch: "for a fourth day" is that day and the three before."""
    unit, number, today = code_of(phrase, "unit"), int_of(phrase, "ord") or 1, setting.today
    if unit.startswith("T"):
        return None
    first = shift(today, unit, 1 - number) if today else None
    if today is None or first is None:
        return dated(unknown(unit))
    return dated(span_value(unit, today), None, (first, today))


def _ago(phrase: Phrase, setting: TimeSetting) -> TimeReading | None:
    unit, count = code_of(phrase, "unit"), count_of(phrase)
    from_today = phrase.parts["dir"].text in context_words(setting.knowledge)["today"]
    way = int_of(phrase, "dir") or -1
    if count is None:
        return dated("PAST_REF" if way < 0 else "FUTURE_REF")
    if way < 0 and unit == "Y" and count == 1 and setting.reached and "-Q" in setting.reached:
        return dated(f"{int(setting.reached[:4]) - 1:04}{setting.reached[4:]}")
    base = setting.today if from_today else _reached_day(setting, unit)
    if unit.startswith("T") and unit != "TH":
        now = (setting.today, setting.today) if setting.today and from_today and way < 0 else None
        return TimeReading("TIME", "PAST_REF" if way < 0 else "FUTURE_REF", days=now)
    return _moved(base, unit, way * count, phrase)


def _reached_day(setting: TimeSetting, unit: str) -> date | None:
    """The time the text has reached, where it is as exact as the unit to be counted."""
    reached = extent(setting.reached)
    if reached is None:
        return setting.today if unit in ("Y", "M", "10Y") else None
    exact = reached[0] == reached[1] or unit not in ("D", "TH", "W")
    return reached[0] if exact else None


def _moved(base: date | None, unit: str, steps: float, phrase: Phrase) -> TimeReading:
    day = shift(base, unit, steps) if base else None
    if day is None:
        return dated(unknown(unit), point_modifier(phrase))
    unit = "Y" if unit in LONG_UNITS else "D" if unit == "TH" else unit
    return dated(span_value(unit, day), point_modifier(phrase))


def _from_day(phrase: Phrase, setting: TimeSetting) -> TimeReading | None:
    """So long before or after a day that stands beside it ("two days after May 3")."""
    anchor = setting.day
    count = count_of(phrase) if "num" in phrase.parts else 1.0
    if anchor is None or anchor.days is None or count is None:
        return anchor
    way = way_of(phrase.parts["dir"])
    return _moved(anchor.days[0], code_of(phrase, "unit"), way * count, phrase)


READERS: dict[str, Reader] = {
    "relative_unit": _relative_unit,
    "same_unit": _same_unit,
    "unit_after": _unit_after,
    "part_of_unit": _part_of_unit,
    "weekend": _weekend,
    "nth_unit": _nth_unit,
    "bare_unit": _part_of_unit,
    "ago": _ago,
    "from_day": _from_day,
}
