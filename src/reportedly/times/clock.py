"""Clock times and parts of the day."""

from __future__ import annotations

import re
from datetime import date

from reportedly.times.calendar import extent, shift
from reportedly.times.grammar import Phrase
from reportedly.times.reading import PAST, Reader, TimeReading, TimeSetting, code_of, int_of, modifier, way_of


def _day_of(phrase: Phrase, setting: TimeSetting) -> tuple[str, str | None] | None:
    """The day of a clock time and its modifier: the one beside it ("9 a.m. Monday"), else the one reached or today."""
    if phrase.day is not None:
        day = setting.day
        return (day.value, day.mod) if day and day.value else None
    if "rel" in phrase.parts and setting.today is not None:
        named = shift(setting.today, "D", int_of(phrase, "rel") or 0)
        return (named.isoformat(), None) if named else None
    if setting.reached and re.fullmatch(r"\d{4}-\d\d-\d\d(T.*)?", setting.reached):
        return setting.reached[:10], None
    return (setting.today.isoformat() if setting.today else "XXXX-XX-XX"), None


def _clock(phrase: Phrase, setting: TimeSetting) -> TimeReading | None:
    hour, minute = _hour_minute(phrase)
    day = _day_of(phrase, setting)
    if hour is None or day is None:
        return None
    zone = "Z" if code_of(phrase, "zone") == "Z" else ""
    shown = f"T{hour:02}:{minute}{zone}"
    return TimeReading("TIME", f"{day[0]}{shown}", code_of(phrase, "approx") or None)


def _hour_minute(phrase: Phrase) -> tuple[int | None, str]:
    if word := code_of(phrase, "hourword"):
        return int(word[:2]), word[3:]
    if hhmm := phrase.parts.get("hhmm"):
        return int(hhmm.text[:2]), hhmm.text[2:]
    if clock := phrase.parts.get("clock"):
        first, second = re.split(r"[:.]", clock.text)[:2]
        return _half_day(int(first), phrase), second
    hour = int_of(phrase, "hour")
    return (None, "") if hour is None else (_half_day(hour, phrase), "00")


def _half_day(hour: int, phrase: Phrase) -> int | None:
    """The hour of 24, by a.m. and p.m. or the part of the day beside it: 21 for "9 p.m." and "9 in the evening"."""
    ampm = phrase.parts.get("ampm")
    part = code_of(phrase, "part")
    after_noon = (ampm is not None and ampm.text[0] == "p") or part in ("AF", "EV") or (part == "NI" and 6 <= hour < 12)
    before_noon = (ampm is not None and ampm.text[0] == "a") or part in ("MO", "NI")
    if hour > 24 or (ampm is not None and not 1 <= hour <= 12):
        return None
    if after_noon and hour < 12:
        return hour + 12
    return 0 if hour == 12 and before_noon and not after_noon else hour


def _part(phrase: Phrase, setting: TimeSetting) -> TimeReading | None:
    """A part of a day ("Sunday night", "last night", "the morning of March 3")."""
    part, mod = code_of(phrase, "part"), modifier(phrase)
    way = int_of(phrase, "rel") if "rel" in phrase.parts else None
    if phrase.day is None and way is not None and setting.today is not None and "REL" in phrase.parts["rel"].classes:
        return _part_from_today(setting.today, way, part, mod)
    if phrase.day is None and "rel" in phrase.parts:
        return _part_of_reached(phrase, setting, way or 0)
    found = _day_of(phrase, setting)
    return TimeReading("TIME", f"{found[0][:10]}T{part}", mod or found[1]) if found else None


def _part_from_today(today: date, way: int, part: str, mod: str | None) -> TimeReading:
    """A part of the day of the dispatch or of one beside it; "last night" runs into the day itself."""
    day = shift(today, "D", way)
    if day is None:
        return TimeReading("TIME", f"XXXX-XX-XXT{part}", mod)
    return TimeReading("TIME", f"{day.isoformat()}T{part}", mod, (day, today) if part == "NI" and way == PAST else None)


def _part_of_reached(phrase: Phrase, setting: TimeSetting, way: int) -> TimeReading:
    reached = extent(setting.reached)
    day = shift(reached[0], "D", way) if reached and reached[0] == reached[1] else None
    return TimeReading(
        "TIME", f"{day.isoformat() if day else 'XXXX-XX-XX'}T{code_of(phrase, 'part')}", modifier(phrase)
    )


def _part_after(phrase: Phrase, setting: TimeSetting) -> TimeReading | None:
    return _part_of_reached(phrase, setting, way_of(phrase.parts["rel"]))


def _tonight(phrase: Phrase, setting: TimeSetting) -> TimeReading | None:
    return TimeReading("TIME", f"{setting.today.isoformat() if setting.today else 'XXXX-XX-XX'}TNI", modifier(phrase))


def _overnight(_phrase: Phrase, setting: TimeSetting) -> TimeReading | None:
    """The evening before and the day itself: "was shelled overnight"; the value is the night that ends on the day."""
    today = setting.today
    evening = shift(today, "D", -1) if today else None
    if today is None or evening is None:
        return TimeReading("TIME", "XXXX-XX-XXTNI")
    return TimeReading("TIME", f"{evening.isoformat()}TNI", None, (evening, today))


READERS: dict[str, Reader] = {
    "clock": _clock,
    "hour_part": _clock,
    "hour_today": _clock,
    "military": _clock,
    "part": _part,
    "part_after": _part_after,
    "dawn": _part,
    "tonight": _tonight,
    "overnight": _overnight,
}
