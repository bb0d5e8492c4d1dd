"""Days of the calendar: written dates, weekdays, holidays."""

from __future__ import annotations

from datetime import date, timedelta

from dateutil.easter import easter

from reportedly.times.calendar import extent, make_date, shift, week_of
from reportedly.times.grammar import Phrase
from reportedly.times.reading import (
    AHEAD,
    PAST,
    Reader,
    TimeReading,
    TimeSetting,
    code_of,
    dated,
    full_year,
    int_of,
    modifier,
    relative_year,
    year_of,
    year_told,
)

# A day without its year is the nearest one; against the tense of its verb it counts as so many days further away.
AGAINST_TENSE = 250


def _iso(phrase: Phrase, _setting: TimeSetting) -> TimeReading | None:
    text = phrase.parts["iso"].text.upper()
    return TimeReading("TIME" if "T" in text else "DATE", text) if extent(text) else None


def _slash(phrase: Phrase, setting: TimeSetting) -> TimeReading | None:
    """Month first or day first, where only one can be or lies within a week: "13/5/2024"; else the day stays open."""
    first, second, year = phrase.parts["slash"].text.split("/")
    full = int(year) if len(year) == 4 else full_year(int(year), setting.today)
    options = {make_date(full, int(first), int(second)), make_date(full, int(second), int(first))} - {None}
    near = [d for d in options if d and setting.today and abs((d - setting.today).days) <= 7]
    if len(options) == 1 or len(near) == 1:
        return dated(str((near or sorted(d for d in options if d))[0].isoformat()))
    return dated(f"{full:04}") if options else None


def _month_day(phrase: Phrase, setting: TimeSetting) -> TimeReading | None:
    named = "rel" in phrase.parts
    month, year = int_of(phrase, "month"), relative_year(phrase, setting) if named else year_of(phrase, setting)
    days = [d for d in (int_of(phrase, name) for name in ("day1", "day", "day2")) if d]
    if month is None or not days or make_date(2024, month, days[-1]) is None:
        return None
    last = _placed(month, days[-1], year, setting)
    if last is None:
        is_open = year is None and setting.today is None
        return dated(f"XXXX-{month:02}-{days[-1]:02}", modifier(phrase)) if is_open else None
    first = make_date(last.year, month, days[0])
    if "and" in phrase.parts and not _in_a_row([d for n in ("day1", "day", "mid", "day2") if (d := int_of(phrase, n))]):
        return dated((first if first and "day2" in phrase.parts else last).isoformat(), modifier(phrase))
    if len(days) > 1 and first is not None and first < last:
        return dated(f"{first.isoformat()}/{last.isoformat()}", modifier(phrase))
    return dated(last.isoformat(), modifier(phrase))


def _in_a_row(days: list[int]) -> bool:
    """Whether days of a month follow on each other ("May 3, 4 and 5"), in whatever order they stand here."""
    return sorted(days) == list(range(min(days), max(days) + 1))


def _month_range(phrase: Phrase, setting: TimeSetting) -> TimeReading | None:
    """As "March to June 2014": both ends are of the year that stands at the last."""
    year = year_of(phrase, setting)
    ends = [(int_of(phrase, "month"), int_of(phrase, "day")), (int_of(phrase, "month2"), int_of(phrase, "day2"))]
    values = [f"{year:04}-{month:02}" + (f"-{day:02}" if day else "") for month, day in ends]
    value = "/".join(values)
    return dated(value) if extent(value) else None


def _week_of_day(phrase: Phrase, setting: TimeSetting) -> TimeReading | None:
    """A week named by a day in it: "the week of May 3"."""
    day = _month_day(phrase, setting)
    known = extent(day.value) if day else None
    return dated(week_of(known[0])) if known else None


def _day_of_month(phrase: Phrase, setting: TimeSetting) -> TimeReading | None:
    """A day of a month named from the dispatch: "the 3rd of this month"."""
    month = shift(setting.today, "M", int_of(phrase, "rel") or 0) if setting.today else None
    day = make_date(month.year, month.month, int_of(phrase, "day") or 1) if month else None
    return dated(day.isoformat(), modifier(phrase)) if day else None


def _placed(month: int, day: int, year: int | None, setting: TimeSetting) -> date | None:
    """The date in its year, or the one nearest the dispatch."""
    year = year if year is not None else year_told(month, day, setting)
    if year is not None:
        return make_date(year, month, day)
    if setting.today is None:
        return None
    around = (make_date(setting.today.year + n, month, day) for n in (-1, 0, 1))
    return min((d for d in around if d), key=lambda d: _distance(d, setting), default=None)


def _distance(day: date, setting: TimeSetting) -> int:
    """Days from the dispatch; against the tense of the verb they count more, which decides between two as far away."""
    away = (day - (setting.today or day)).days
    return abs(away) + (AGAINST_TENSE if away * setting.ahead < 0 else 0)


def _weekday(phrase: Phrase, setting: TimeSetting) -> TimeReading | None:
    number, today = int_of(phrase, "weekday"), setting.today
    if number is None:
        return None
    day = _weekday_day(number, phrase, setting) if today else None
    return dated(day.isoformat() if day else f"XXXX-WXX-{number}", modifier(phrase))


def _weekday_day(number: int, phrase: Phrase, setting: TimeSetting) -> date:
    """A bare weekday is the last one, or today, unless the verb looks ahead: "fled Friday", "will vote Friday"."""
    today = setting.today or date.min
    back = (today.isoweekday() - number) % 7
    rel = phrase.parts.get("rel")
    if rel is None:
        return today - timedelta(days=back - 7 if setting.ahead == AHEAD and back else back)
    if "REFREL" in rel.classes:
        return _weekday_from_reached(number, int(rel.classes["REFREL"]), setting)
    way = int_of(phrase, "rel") or 0
    if way < 0:
        return today - timedelta(days=back or 7)
    if way > 0:
        return today + timedelta(days=7 - back)
    return today - timedelta(days=back - 7 if setting.ahead != PAST and back else back)


def _weekday_from_reached(number: int, way: int, setting: TimeSetting) -> date:
    reached = extent(setting.reached)
    base = reached[0] if reached and reached[0] == reached[1] else (setting.today or date.min)
    back = (base.isoweekday() - number) % 7
    return base - timedelta(days=back or 7) if way < 0 else base + timedelta(days=7 - back)


def _weekday_of_week(phrase: Phrase, setting: TimeSetting) -> TimeReading | None:
    number, way = int_of(phrase, "weekday"), int_of(phrase, "rel")
    if number is None or way is None or setting.today is None:
        return dated(f"XXXX-WXX-{number}") if number else None
    monday = setting.today - timedelta(days=setting.today.weekday() - 7 * way)
    return dated((monday + timedelta(days=number - 1)).isoformat(), modifier(phrase))


def _dayword(phrase: Phrase, setting: TimeSetting) -> TimeReading | None:
    day = shift(setting.today, "D", int_of(phrase, "dayword") or 0) if setting.today else None
    return dated(day.isoformat() if day else "XXXX-XX-XX", modifier(phrase))


def _holiday(phrase: Phrase, setting: TimeSetting) -> TimeReading | None:
    row = next(r for r in setting.knowledge.rows("times_holidays") if r["name"] == code_of(phrase, "holiday"))
    year, today = year_of(phrase, setting), setting.today
    if year is None and today is None:
        return dated("XXXX-XX-XX")
    years = [year] if year is not None else [today.year + n for n in (-1, 0, 1)] if today else []
    days = [d for d in (_holiday_in(row, y) for y in years) if d]
    way = int_of(phrase, "rel")
    if way and today:
        days = [d for d in days if (d - today).days * way > 0] or days
    return dated(min(days, key=lambda d: _distance(d, setting)).isoformat(), modifier(phrase)) if days else None


def _holiday_in(row: dict[str, str], year: int) -> date | None:
    if row["easter"]:
        return easter(year) + timedelta(days=int(row["easter"])) if 1583 <= year <= 4099 else None
    if row["day"]:
        return make_date(year, int(row["month"]), int(row["day"]))
    first = make_date(year, int(row["month"]), 1)
    lead = (int(row["weekday"]) - first.isoweekday()) % 7 if first else 0
    return first + timedelta(days=lead + 7 * (int(row["nth"]) - 1)) if first else None


READERS: dict[str, Reader] = {
    "iso": _iso,
    "slash": _slash,
    "month_day": _month_day,
    "day_month": _month_day,
    "month_range": _month_range,
    "week_of_day": _week_of_day,
    "day_of_month": _day_of_month,
    "weekday": _weekday,
    "weekday_of_week": _weekday_of_week,
    "dayword": _dayword,
    "holiday": _holiday,
}
