"""Lengths of time, and what comes back after one."""

from __future__ import annotations

import re
from datetime import timedelta

from reportedly.knowledge.load import Knowledge
from reportedly.model import TimexType
from reportedly.times.calendar import Extent, shift
from reportedly.times.context import context_words
from reportedly.times.grammar import Phrase
from reportedly.times.reading import Reader, TimeReading, TimeSetting, code_of, count_of, int_of, modifier

HALVES = {"Y": "6M", "TH": "30M", "TM": "30S"}


def _period(unit: str, count: float | None) -> str:
    """A TIMEX3 duration: ``("Y", 2.5)`` is P2Y6M, an unknown count X."""
    match = re.fullmatch(r"(\d*)(T?)([SMHDWQY]|WE)", unit)
    if match is None:
        return "PX"
    times, timed, letter = match.groups()
    if letter == "WE":
        times, letter = "2", "D"
    if count is None:
        return f"P{timed}X{letter}"
    total = count * int(times or 1)
    if total % 1 == 0.5 and timed + letter in HALVES:
        whole = f"{int(total)}{letter}" if total > 1 else ""
        return f"P{timed}{whole}{HALVES[timed + letter]}"
    return f"P{timed}{total:g}{letter}" if total < 10**6 else f"P{timed}X{letter}"


def _duration(phrase: Phrase, setting: TimeSetting) -> TimeReading | None:
    return since(phrase, setting, count_of(phrase), code_of(phrase, "unit"))


def since(phrase: Phrase, setting: TimeSetting, count: float | None, unit: str) -> TimeReading:
    """A duration, with its days where it ends or begins on the day of the dispatch ("the past two weeks")."""
    way, today = int_of(phrase, "span") or (int_of(phrase, "rel") if "rel" in phrase.parts else 0), setting.today
    days: Extent | None = None
    if way and way < 0 and today and unit == "TH" and count is None and _is_from_today(phrase, setting.knowledge):
        days = (today - timedelta(days=1), today)  # "over the past few hours"
    if way and today and count is not None and _is_from_today(phrase, setting.knowledge):
        other = shift(today, unit, way * count)
        days = None if other is None else (other, today) if way < 0 else (today, other)
    return TimeReading("DURATION", _period(unit, count), modifier(phrase), days)


def _is_from_today(phrase: Phrase, knowledge: Knowledge) -> bool:
    """Whether a length is counted from the day of the dispatch: "over the past two weeks", "in the coming months"."""
    word = phrase.parts.get("span") or phrase.parts.get("rel")
    return word is not None and word.text in context_words(knowledge)["today"]


def _duration_range(phrase: Phrase, _setting: TimeSetting) -> TimeReading | None:
    first, last = count_of(phrase), count_of(phrase, "num2")
    if first is None or last is None or first >= last:
        return None
    return TimeReading("DURATION", _period(code_of(phrase, "unit"), last), "APPROX")


def _duration_one(phrase: Phrase, _setting: TimeSetting) -> TimeReading | None:
    count = 0.5 if phrase.parts.get("half") and "num" not in phrase.parts else 1.0
    half = phrase.parts.get("half")
    if half is not None and "num" in phrase.parts:
        count = 0.5 if half.start < phrase.parts["num"].start else 1.5
    if code_of(phrase, "unit") == "Q":
        return None
    kind: TimexType = "SET" if phrase.rule == "rate" else "DURATION"
    return TimeReading(kind, _period(code_of(phrase, "unit"), count), modifier(phrase))


def _duration_of(phrase: Phrase, _setting: TimeSetting) -> TimeReading | None:
    if "old" in phrase.parts:
        return None
    return TimeReading("DURATION", _period(code_of(phrase, "unit"), count_of(phrase)), modifier(phrase))


def _duration_vague(phrase: Phrase, setting: TimeSetting) -> TimeReading | None:
    return since(phrase, setting, None, code_of(phrase, "unit"))


def _span_unit(phrase: Phrase, setting: TimeSetting) -> TimeReading | None:
    """A length such as "the past year"; "the last week" and "the next month" are read by ``_relative_unit``."""
    up_to_now = phrase.parts["span"].text in context_words(setting.knowledge)["up_to_now"]
    if int_of(phrase, "span") and not up_to_now:
        return None
    return since(phrase, setting, 1.0, code_of(phrase, "unit"))


def _every(phrase: Phrase, _setting: TimeSetting) -> TimeReading | None:
    step = int_of(phrase, "ord") or int_of(phrase, "each") or 1
    if "weekday" in phrase.parts:
        return TimeReading("SET", f"XXXX-WXX-{int_of(phrase, 'weekday')}")
    if "month" in phrase.parts:
        return TimeReading("SET", f"XXXX-{int_of(phrase, 'month') or 0:02}")
    if "season" in phrase.parts:
        return TimeReading("SET", f"XXXX-{code_of(phrase, 'season')}")
    if "part" in phrase.parts:
        return TimeReading("SET", f"XXXX-XX-XXT{code_of(phrase, 'part')}")
    return TimeReading("SET", _period(code_of(phrase, "unit"), step) if "unit" in phrase.parts else "XXXX-WXX-WE")


def _weekdays(phrase: Phrase, _setting: TimeSetting) -> TimeReading | None:
    part = f"T{code_of(phrase, 'part')}" if "part" in phrase.parts else ""
    return TimeReading("SET", f"XXXX-WXX-{int_of(phrase, 'weekdays')}{part}")


def _frequency(phrase: Phrase, _setting: TimeSetting) -> TimeReading | None:
    return TimeReading("SET", code_of(phrase, "freq"))


def _times_a(phrase: Phrase, _setting: TimeSetting) -> TimeReading | None:
    return TimeReading("SET", _period(code_of(phrase, "unit"), 1.0))


READERS: dict[str, Reader] = {
    "duration": _duration,
    "duration_range": _duration_range,
    "duration_one": _duration_one,
    "rate": _duration_one,
    "duration_of": _duration_of,
    "duration_long": _duration_vague,
    "span_unit": _span_unit,
    "vague_units": _duration_vague,
    "units": _duration_vague,
    "every": _every,
    "weekdays": _weekdays,
    "frequency": _frequency,
    "times_a": _times_a,
}
