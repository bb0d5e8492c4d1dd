"""Months, seasons, quarters, years and longer."""

from __future__ import annotations

import re
from datetime import date, timedelta

from reportedly.times.calendar import (
    SEASON_MONTHS,
    Extent,
    extent,
    month_of,
    quarter_of,
    season_of,
    shift,
    span_value,
    week_of,
)
from reportedly.times.grammar import Phrase
from reportedly.times.reading import (
    AHEAD,
    PAST,
    Reader,
    TimeReading,
    TimeSetting,
    base_of,
    code_of,
    dated,
    full_year,
    int_of,
    modifier,
    relative_year,
    value_of,
    year_of,
    year_told,
)

# A month named alone is the nearest one; the tense decides against it only where it is further away than this.
UNCLEAR_MONTHS = 2
# No day of a month comes before this one of the same month.
LAST_DAY = 31


def _month_year(phrase: Phrase, setting: TimeSetting) -> TimeReading | None:
    month, year = int_of(phrase, "month"), year_of(phrase, setting)
    return dated(f"{year:04}-{month:02}", modifier(phrase)) if month and year else None


def _month_of_year(phrase: Phrase, setting: TimeSetting) -> TimeReading | None:
    month, year = int_of(phrase, "month"), relative_year(phrase, setting)
    return dated(f"{year:04}-{month:02}" if year else f"XXXX-{month:02}", modifier(phrase)) if month else None


def _month(phrase: Phrase, setting: TimeSetting) -> TimeReading | None:
    month, base = int_of(phrase, "month"), base_of(phrase, setting)
    if month is None:
        return None
    if base is None:
        return dated(f"XXXX-{month:02}", modifier(phrase))
    rel = int_of(phrase, "rel") if "rel" in phrase.parts else None
    if rel is None and (year := year_told(month, LAST_DAY, setting)) is not None:
        return dated(f"{year:04}-{month:02}", modifier(phrase))
    return dated(month_of(_month_near(month, base, rel, setting.ahead)), modifier(phrase))


def _month_near(month: int, base: date, rel: int | None, ahead: int) -> date:
    """The month nearest the base; "last" and "next" and a clear tense of the verb decide against the nearest."""
    away = (month - base.month + 6) % 12 - 6
    if away == -6 and ahead == AHEAD:
        away = 6
    # "Last month" is what one calls the month before: on March 1, "last February" is that of the year before.
    if (rel == -1 and away >= -1) or (rel is None and ahead == PAST and away > UNCLEAR_MONTHS):
        away -= 12
    if (rel == 1 and away <= 0) or (rel is None and ahead == AHEAD and away < -1):
        away += 12
    if rel == 0:
        away = month - base.month
    return shift(base.replace(day=1), "M", away) or base


def _week_or_half_of_month(phrase: Phrase, setting: TimeSetting) -> TimeReading | None:
    """A part of a month: "the second week of May", "the first half of May"."""
    whole = _month_year(phrase, setting) or _month(phrase, setting)
    month, number = extent(whole.value) if whole else None, int_of(phrase, "ord")
    if month is None or number is None:
        return whole
    if "week" in phrase.parts:
        return _week_of_month(number, month, modifier(phrase))
    first, last = (1, 15) if number == 1 else (16, month[1].day)
    days = month[0].replace(day=first), month[0].replace(day=last)
    return dated(f"{days[0].isoformat()}/{days[1].isoformat()}", modifier(phrase)) if number <= 2 else None


def _week_of_month(number: int, month: Extent, mod: str | None) -> TimeReading | None:
    """Seven days from the first of the month, or its last seven; some mean by it the calendar week, so both have days.

    The value is the calendar week that most of the seven days lie in.
    """
    first = month[0] + timedelta(days=7 * (number - 1)) if number > 0 else month[1] - timedelta(days=6)
    week = extent(week_of(first + timedelta(days=3)))
    if week is None or number > 4:
        return None
    return dated(week_of(week[0]), mod, (min(first, week[0]), max(first + timedelta(days=6), week[1])))


def _weekday_of_month(phrase: Phrase, setting: TimeSetting) -> TimeReading | None:
    """A weekday counted in a month: "the last Friday of August", "the second Tuesday in June".

    Without a year it is the one that the tense allows.
    """
    whole = _month_year(phrase, setting) or _month(phrase, setting)
    step = "" if "year" in phrase.parts else "Y"
    return _counted_weekday(phrase, extent(whole.value) if whole else None, step, setting)


def _weekday_of_named_month(phrase: Phrase, setting: TimeSetting) -> TimeReading | None:
    """A weekday of a month that is not named: "the first Sunday of last month".

    "Of the month" is that of the month that the dispatch counts from.
    """
    named = "rel" in phrase.parts
    base = base_of(phrase, setting) if named else setting.today
    month = shift(base, "M", (int_of(phrase, "rel") or 0) if named else 0) if base else None
    return _counted_weekday(phrase, extent(month_of(month)) if month else None, "" if named else "M", setting)


def _counted_weekday(phrase: Phrase, month: Extent | None, step: str, setting: TimeSetting) -> TimeReading | None:
    """The n-th of a weekday in a month, the last one for -1; open where the month is, none where there is no such day.

    ``step`` is the unit by which a month that only the tense places is moved where the tense is against it.
    """
    number, weekday = int_of(phrase, "ord"), int_of(phrase, "weekday")
    if number is None or weekday is None or number > 5:
        return None
    if month is None:
        return dated(f"XXXX-WXX-{weekday}")
    day = _nth(number, weekday, month)
    today = setting.today
    if step and today is not None and (day - today).days * setting.ahead < 0:
        moved = shift(month[0], step, setting.ahead)
        month = extent(month_of(moved)) or month if moved else month
        day = _nth(number, weekday, month)
    return dated(day.isoformat(), modifier(phrase)) if month[0] <= day <= month[1] else None


def _nth(number: int, weekday: int, month: Extent) -> date:
    first, last = month
    if number > 0:
        return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (number - 1))
    return last - timedelta(days=(last.isoweekday() - weekday) % 7)


def _year_range(phrase: Phrase, _setting: TimeSetting) -> TimeReading | None:
    """The years from the first to the last: "the 1975-1990 war"."""
    first, last = int_of(phrase, "year"), int_of(phrase, "until")
    if first is None or last is None or first >= last:
        return None
    return dated(f"{first:04}/{last:04}")


def _season(phrase: Phrase, setting: TimeSetting) -> TimeReading | None:
    season, year = code_of(phrase, "season"), year_of(phrase, setting)
    if year is not None:
        return dated(season_of(year, season), modifier(phrase))
    base = base_of(phrase, setting)
    if base is None:
        return dated(f"XXXX-{season}", modifier(phrase))
    start = SEASON_MONTHS[season]
    rel = int_of(phrase, "rel") if "rel" in phrase.parts else None
    return dated(season_of(_season_year(start, base, rel, setting.ahead), season), modifier(phrase))


def _season_year(start: int, base: date, rel: int | None, ahead: int) -> int:
    """The year in which the season began: the last one over, the one under way or next, by the words and the tense."""
    running = base.year if base.month >= start else base.year - 1
    within = (base.month - start) % 12 < 3
    if rel == 1 or (rel != -1 and ahead == AHEAD and not within):
        return running + 1
    if rel == -1:
        return running - within
    if rel is None and ahead == PAST:
        return running
    if within:
        return running
    return base.year


def _season_of_year(phrase: Phrase, setting: TimeSetting) -> TimeReading | None:
    year = relative_year(phrase, setting)
    return dated(season_of(year, code_of(phrase, "season")), modifier(phrase)) if year else None


def _quarter(phrase: Phrase, setting: TimeSetting) -> TimeReading | None:
    """A quarter, without a year the one begun last or about to begin: "the third quarter".

    Or a half of a year that is named: "the first half of 2024".
    """
    half = code_of(phrase, "part") == "H"
    number = int_of(phrase, "ord")
    if code_of(phrase, "part") not in ("Q", "H") or number is None:
        return None
    count = 2 if half else 4
    number = count if number == -1 else number
    if not 1 <= number <= count:
        return None
    named = "year" in phrase.parts
    year = year_of(phrase, setting) if named else relative_year(phrase, setting) if "rel" in phrase.parts else None
    if half and year is None:
        return None
    code = f"{'H' if half else 'Q'}{number}"
    if year is None and setting.today:
        year = _quarter_year(number, setting.today, setting.ahead)
    return dated(f"{year:04}-{code}" if year else f"XXXX-{code}", modifier(phrase))


def _quarter_year(number: int, today: date, ahead: int) -> int:
    away = (number * 3 - 1) - today.month
    if away > (6 if ahead == AHEAD else 3 if ahead == 0 else 1):
        return today.year - 1
    return today.year + (away < -6)


def _short_quarter(phrase: Phrase, setting: TimeSetting) -> TimeReading | None:
    number, year = int(phrase.parts["quarter"].text[1]), year_of(phrase, setting)
    if year is None and setting.today:
        year = _quarter_year(number, setting.today, setting.ahead)
    return dated(f"{year:04}-Q{number}" if year else f"XXXX-Q{number}")


def _latest_period(_phrase: Phrase, setting: TimeSetting) -> TimeReading | None:
    """The quarter that the text speaks of, else the last one over: "the latest quarter"."""
    if setting.reached and "-Q" in setting.reached:
        return dated(setting.reached)
    over = shift(setting.today, "Q", -1) if setting.today else None
    return dated(quarter_of(over) if over else "XXXX-QX")


def _year_ago_period(phrase: Phrase, setting: TimeSetting) -> TimeReading | None:
    """The period that the text speaks of, a year before ("the year-earlier quarter")."""
    number = int_of(phrase, "ord")
    reached = setting.reached or ""
    if number and setting.today and 1 <= number <= 4:
        return dated(f"{_quarter_year(number, setting.today, PAST) - 1:04}-Q{number}")
    if "-Q" in reached:
        return dated(f"{int(reached[:4]) - 1:04}{reached[4:]}")
    if "part" in phrase.parts and setting.today and code_of(phrase, "part") == "Q":
        over = shift(setting.today, "Q", -5)
        return dated(quarter_of(over)) if over else None
    return dated(f"{setting.today.year - 1:04}") if setting.today else dated("XXXX")


def _year_end(phrase: Phrase, setting: TimeSetting) -> TimeReading | None:
    unit = code_of(phrase, "unit")
    if unit not in ("Y", "M") or setting.today is None:
        return None
    return dated(span_value(unit, setting.today), "END")


def _year_alone(phrase: Phrase, setting: TimeSetting) -> TimeReading | None:
    year = year_of(phrase, setting)
    return dated(f"{year:04}", modifier(phrase)) if year else None


def _decade(phrase: Phrase, setting: TimeSetting) -> TimeReading | None:
    value = value_of(phrase, "decade")
    digits = re.sub(r"\D", "", str(value))
    if len(digits) == 2:
        full = full_year(int(digits), setting.today)
        return dated(f"{full // 10:03}", modifier(phrase))
    return dated(digits[:3], modifier(phrase)) if len(digits) == 4 else None


def _decade_of(phrase: Phrase, setting: TimeSetting) -> TimeReading | None:
    year = year_of(phrase, setting)
    return dated(f"{year // 10:03}", modifier(phrase)) if year else None


def _century(phrase: Phrase, _setting: TimeSetting) -> TimeReading | None:
    number = int_of(phrase, "ord")
    return dated(f"{number - 1:02}", modifier(phrase)) if number and 1 <= number <= 30 else None


READERS: dict[str, Reader] = {
    "month_year": _month_year,
    "month_of_year": _month_of_year,
    "part_of_month": _week_or_half_of_month,
    "weekday_of_month": _weekday_of_month,
    "weekday_of_named_month": _weekday_of_named_month,
    "year_range": _year_range,
    "month": _month,
    "year_end": _year_end,
    "year": _year_alone,
    "decade": _decade,
    "decade_of": _decade_of,
    "century": _century,
    "quarter": _quarter,
    "year_quarter": _quarter,
    "short_quarter": _short_quarter,
    "latest_period": _latest_period,
    "bare_quarter": _latest_period,
    "year_ago_period": _year_ago_period,
    "season": _season,
    "season_of_year": _season_of_year,
}
