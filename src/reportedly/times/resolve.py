"""From phrases to TIMEX3 type and value and the days they mean.

A phrase is read against a setting: the day of the dispatch, the time the text has reached, and where its verb looks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from dateutil.easter import easter

from reportedly.model import TimexType
from reportedly.tables import load_table
from reportedly.times import calendar
from reportedly.times.calendar import Extent, extent, make_date, shift, span_value
from reportedly.times.grammar import Phrase
from reportedly.times.pieces import Piece

PAST, AHEAD = -1, 1
# A month named alone is the nearest one; the tense decides against it only where it is further away than this.
UNCLEAR_MONTHS = 3
# A day without its year is the nearest one; against the tense of its verb it counts as so many days further away.
AGAINST_TENSE = 120
HALVES = {"Y": "6M", "TH": "30M", "TM": "30S"}
LONG_UNITS = {"10Y", "100Y", "1000Y"}
BACKWARD = frozenset(["before", "prior to", "ahead of", "ago", "earlier", "previous", "preceding", "prior"])
POINT_MODS = {
    "MORE_THAN": "BEFORE", "LESS_THAN": "AFTER", "EQUAL_OR_MORE": "ON_OR_BEFORE", "EQUAL_OR_LESS": "ON_OR_AFTER",
}  # fmt: skip
UNKNOWN = {"W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX", "Y": "XXXX", "D": "XXXX-XX-XX"}


class Reading(NamedTuple):
    """What a phrase means; ``days`` is None where no interval of days follows from it."""

    type: TimexType
    value: str | None
    mod: str | None = None
    days: Extent | None = None


class Setting(NamedTuple):
    """What a phrase is read against: the day of the dispatch, the value the text has reached, and where its verb looks.

    ``ahead`` is -1, 0 or 1 as in ``tense.direction``; ``standalone`` tells that no word follows the phrase directly.
    """

    today: date | None
    reached: str | None
    ahead: int
    folder: Path | None = None


Parts = dict[str, Piece]
Reader = Callable[[Phrase, Setting], Reading | None]


def resolve(phrase: Phrase, setting: Setting) -> Reading | None:
    """The meaning of a phrase, or None where it is no expression of time after all."""
    reading = READERS[phrase.rule](phrase, setting)
    if reading is None or reading.days is not None or reading.type in ("DURATION", "SET"):
        return reading
    days = extent(reading.value)
    return reading._replace(days=_narrowed(days, reading.mod, phrase, setting) if days else None)


def _narrowed(days: Extent, mod: str | None, phrase: Phrase, setting: Setting) -> Extent | None:
    """What is left of the days after "earlier" and "later", and of a week by "early" and "late"."""
    edge = phrase.parts.get("edge")
    today = setting.today
    if edge is not None and today is not None and days[0] <= today <= days[1]:
        if edge.text == "earlier":
            return days[0], today
        if edge.text == "later":
            return (today, days[1])
    if mod in ("START", "END") and days[1] - days[0] == timedelta(days=6):
        middle = days[0] + timedelta(days=2)
        return (days[0], middle) if mod == "START" else (middle + timedelta(days=2), days[1])
    under_way = today is not None and days[0] <= today <= days[1]
    if today is not None and under_way and phrase.rule == "relative_unit" and _value(phrase, "rel") == 0:
        return _so_far(days, today, setting.ahead)
    return days


def _so_far(days: Extent, today: date, ahead: int) -> Extent:
    """Of "this week" what is over, or what is to come where the verb looks ahead; longer units only by the verb."""
    if ahead == AHEAD:
        return today, days[1]
    return (days[0], today) if ahead == PAST or days[1] - days[0] < timedelta(days=7) else days


# --- parts of a phrase


def _way(word: Piece) -> int:
    """Whether a word counts backward ("before") or forward ("after")."""
    return PAST if word.text in BACKWARD else AHEAD


def _value(phrase: Phrase, part: str) -> str | int | float | None:
    """What the piece stands for in the class that its place in the pattern asks for."""
    piece = phrase.parts.get(part)
    if piece is None:
        return None
    return next((piece.classes[c] for c in PART_CLASSES[part] if c in piece.classes), None)


PART_CLASSES: dict[str, tuple[str, ...]] = {
    "month": ("MONTH", "MABBR"), "month2": ("MONTH", "MABBR"),
    "weekday": ("WEEKDAY", "WDABBR"), "day": ("DAY",), "day1": ("DAY",), "day2": ("DAY",),
    "year": ("YEAR", "YEAR2"), "year2": ("YEAR2",), "rel": ("REL", "REFREL", "CURRENT", "SAME", "BEFORE", "AGO"),
    "unit": ("UNIT", "UNITS", "WEEKEND", "SECOND"), "edge": ("EDGE",), "edge2": ("EDGE",), "border": ("BORDER",),
    "approx": ("APPROX",), "num": ("NUM", "VAGUE", "ONE"), "num2": ("NUM",), "ord": ("ORD", "FINAL", "NUM"),
    "part": ("PART", "DAWN"), "season": ("SEASON",), "dayword": ("DAYWORD",), "holiday": ("HOLIDAY",),
    "span": ("SPAN",),
    "dir": ("AGO", "BEFORE"), "ago": ("AGO",), "shade": ("SHADE",), "phrase": ("PHRASE",), "ref": ("REFNOUN",),
    "freq": ("FREQ",), "weekdays": ("WEEKDAYS",), "zone": ("ZONE",), "hour": ("HOUR",), "hourword": ("HOURWORD",),
    "hhmm": ("HHMM",), "each": ("EACH",), "decade": ("DECADE", "TENS"),
}  # fmt: skip


def _int(phrase: Phrase, part: str) -> int | None:
    value = _value(phrase, part)
    return int(value) if isinstance(value, int | float) else None


def _text(phrase: Phrase, part: str) -> str:
    value = _value(phrase, part)
    return "" if value is None else str(value)


def _mod(phrase: Phrase) -> str | None:
    return _text(phrase, "edge") or _text(phrase, "border") or _text(phrase, "edge2") or _text(phrase, "approx") or None


def _point_mod(phrase: Phrase) -> str | None:
    mod = _text(phrase, "approx")
    return POINT_MODS.get(mod, mod) or None


def _year(phrase: Phrase, setting: Setting) -> int | None:
    """The year that a phrase names; of two digits the one that lies nearest the dispatch, at most ten years ahead."""
    value = _value(phrase, "year") if "year" in phrase.parts else _value(phrase, "year2")
    if value is None or isinstance(value, int):
        return value
    return _full_year(int(str(value)[-2:]), setting.today)


def _full_year(two: int, today: date | None) -> int:
    now = today.year if today else 2000
    year = now - now % 100 + two
    return year - 100 if year > now + 10 else year


def _date(value: str | None, mod: str | None = None, days: Extent | None = None) -> Reading:
    return Reading("DATE", value, mod, days)


# --- days


def _iso(phrase: Phrase, _setting: Setting) -> Reading | None:
    text = phrase.parts["iso"].text.upper()
    return Reading("TIME" if "T" in text else "DATE", text) if extent(text) else None


def _slash(phrase: Phrase, setting: Setting) -> Reading | None:
    """Month first or day first, where only one can be or lies within a week; else the day stays open."""
    first, second, year = phrase.parts["slash"].text.split("/")
    full = int(year) if len(year) == 4 else _full_year(int(year), setting.today)
    options = {make_date(full, int(first), int(second)), make_date(full, int(second), int(first))} - {None}
    near = [d for d in options if d and setting.today and abs((d - setting.today).days) <= 7]
    if len(options) == 1 or len(near) == 1:
        return _date(str((near or sorted(d for d in options if d))[0].isoformat()))
    return _date(f"{full:04}") if options else None


def _month_day(phrase: Phrase, setting: Setting) -> Reading | None:
    month, year = _int(phrase, "month"), _year(phrase, setting)
    days = [d for d in (_int(phrase, name) for name in ("day1", "day", "day2")) if d]
    if month is None or not days or make_date(2024, month, days[-1]) is None:
        return None
    last = _placed(month, days[-1], year, setting)
    if last is None:
        return _date(f"XXXX-{month:02}-{days[-1]:02}", _mod(phrase)) if year is None and setting.today is None else None
    first = make_date(last.year, month, days[0])
    if "and" in phrase.parts and days[-1] != days[0] + 1:
        return _date((first if first and "day2" in phrase.parts else last).isoformat(), _mod(phrase))
    if len(days) > 1 and first is not None and first < last:
        return _date(f"{first.isoformat()}/{last.isoformat()}", _mod(phrase))
    return _date(last.isoformat(), _mod(phrase))


def _month_range(phrase: Phrase, setting: Setting) -> Reading | None:
    """As "March to June 2014": both ends are of the year that stands at the last."""
    year = _year(phrase, setting)
    ends = [(_int(phrase, "month"), _int(phrase, "day")), (_int(phrase, "month2"), _int(phrase, "day2"))]
    values = [f"{year:04}-{month:02}" + (f"-{day:02}" if day else "") for month, day in ends]
    value = "/".join(values)
    return _date(value) if extent(value) else None


def _day_of_month(phrase: Phrase, setting: Setting) -> Reading | None:
    """As "the 3rd of this month"."""
    month = shift(setting.today, "M", _int(phrase, "rel") or 0) if setting.today else None
    day = make_date(month.year, month.month, _int(phrase, "day") or 1) if month else None
    return _date(day.isoformat(), _mod(phrase)) if day else None


def _placed(month: int, day: int, year: int | None, setting: Setting) -> date | None:
    """The date in its year, or the one nearest the dispatch."""
    if year is not None:
        return make_date(year, month, day)
    if setting.today is None:
        return None
    around = (make_date(setting.today.year + n, month, day) for n in (-1, 0, 1))
    return min((d for d in around if d), key=lambda d: _distance(d, setting), default=None)


def _distance(day: date, setting: Setting) -> int:
    """Days from the dispatch; against the tense of the verb they count more, which decides between two as far away."""
    away = (day - (setting.today or day)).days
    return abs(away) + (AGAINST_TENSE if away * setting.ahead < 0 else 0)


def _weekday(phrase: Phrase, setting: Setting) -> Reading | None:
    number, today = _int(phrase, "weekday"), setting.today
    if number is None:
        return None
    day = _weekday_day(number, phrase, setting) if today else None
    return _date(day.isoformat() if day else f"XXXX-WXX-{number}", _mod(phrase))


def _weekday_day(number: int, phrase: Phrase, setting: Setting) -> date:
    """A bare weekday is the day of the dispatch or the one before it, unless the verb looks ahead."""
    today = setting.today or date.min
    back = (today.isoweekday() - number) % 7
    rel = phrase.parts.get("rel")
    if rel is None:
        return today - timedelta(days=back - 7 if setting.ahead == AHEAD and back else back)
    if "REFREL" in rel.classes:
        return _weekday_from_reached(number, int(rel.classes["REFREL"]), setting)
    way = _int(phrase, "rel") or 0
    if way < 0:
        return today - timedelta(days=back or 7)
    if way > 0:
        return today + timedelta(days=7 - back)
    return today - timedelta(days=back - 7 if setting.ahead != PAST and back else back)


def _weekday_from_reached(number: int, way: int, setting: Setting) -> date:
    reached = extent(setting.reached)
    base = reached[0] if reached and reached[0] == reached[1] else (setting.today or date.min)
    back = (base.isoweekday() - number) % 7
    return base - timedelta(days=back or 7) if way < 0 else base + timedelta(days=7 - back)


def _weekday_of_week(phrase: Phrase, setting: Setting) -> Reading | None:
    number, way = _int(phrase, "weekday"), _int(phrase, "rel")
    if number is None or way is None or setting.today is None:
        return _date(f"XXXX-WXX-{number}") if number else None
    monday = setting.today - timedelta(days=setting.today.weekday() - 7 * way)
    return _date((monday + timedelta(days=number - 1)).isoformat(), _mod(phrase))


def _dayword(phrase: Phrase, setting: Setting) -> Reading | None:
    day = shift(setting.today, "D", _int(phrase, "dayword") or 0) if setting.today else None
    return _date(day.isoformat() if day else "XXXX-XX-XX", _mod(phrase))


def _holiday(phrase: Phrase, setting: Setting) -> Reading | None:
    row = next(r for r in load_table("times_holidays", setting.folder) if r["name"] == _text(phrase, "holiday"))
    year, today = _year(phrase, setting), setting.today
    if year is None and today is None:
        return _date("XXXX-XX-XX")
    years = [year] if year is not None else [today.year + n for n in (-1, 0, 1)] if today else []
    days = [d for d in (_holiday_in(row, y) for y in years) if d]
    way = _int(phrase, "rel")
    if way and today:
        days = [d for d in days if (d - today).days * way > 0] or days
    return _date(min(days, key=lambda d: _distance(d, setting)).isoformat(), _mod(phrase)) if days else None


def _holiday_in(row: dict[str, str], year: int) -> date | None:
    if row["easter"]:
        return easter(year) + timedelta(days=int(row["easter"])) if 1583 <= year <= 4099 else None
    if row["day"]:
        return make_date(year, int(row["month"]), int(row["day"]))
    first = make_date(year, int(row["month"]), 1)
    lead = (int(row["weekday"]) - first.isoweekday()) % 7 if first else 0
    return first + timedelta(days=lead + 7 * (int(row["nth"]) - 1)) if first else None


# --- months, seasons, quarters


def _month_year(phrase: Phrase, setting: Setting) -> Reading | None:
    month, year = _int(phrase, "month"), _year(phrase, setting)
    return _date(f"{year:04}-{month:02}", _mod(phrase)) if month and year else None


def _month_of_year(phrase: Phrase, setting: Setting) -> Reading | None:
    month, year = _int(phrase, "month"), _relative_year(phrase, setting)
    return _date(f"{year:04}-{month:02}" if year else f"XXXX-{month:02}", _mod(phrase)) if month else None


def _relative_year(phrase: Phrase, setting: Setting) -> int | None:
    base = _base(phrase, setting)
    return base.year + (_int(phrase, "rel") or 0) if base else None


def _base(phrase: Phrase, setting: Setting) -> date | None:
    """Where a phrase counts from: the dispatch, or for "the following", "that" and "the next day" the time reached."""
    rel = phrase.parts.get("rel")
    reached = extent(setting.reached)
    if rel is not None and not {"REL", "CURRENT"} & rel.classes.keys():
        return reached[0] if reached else None
    if (
        rel is not None
        and rel.text == "next"
        and rel.start != phrase.start
        and reached
        and _text(phrase, "unit") == "D"
    ):
        return reached[0] if reached[0] == reached[1] else None
    return setting.today


def _month(phrase: Phrase, setting: Setting) -> Reading | None:
    month, base = _int(phrase, "month"), _base(phrase, setting)
    if month is None:
        return None
    if base is None:
        return _date(f"XXXX-{month:02}", _mod(phrase))
    rel = _int(phrase, "rel") if "rel" in phrase.parts else None
    return _date(calendar.month_of(_month_near(month, base, rel, setting.ahead)), _mod(phrase))


def _month_near(month: int, base: date, rel: int | None, ahead: int) -> date:
    """The month nearest the base; "last" and "next" and a clear tense of the verb decide against the nearest."""
    away = (month - base.month + 6) % 12 - 6
    if away == -6 and ahead == AHEAD:
        away = 6
    if (rel == -1 and away >= 0) or (rel is None and ahead == PAST and away > UNCLEAR_MONTHS):
        away -= 12
    if (rel == 1 and away <= 0) or (rel is None and ahead == AHEAD and away < -1):
        away += 12
    if rel == 0:
        away = month - base.month
    return shift(base.replace(day=1), "M", away) or base


def _season(phrase: Phrase, setting: Setting) -> Reading | None:
    season, year = _text(phrase, "season"), _year(phrase, setting)
    if year is not None:
        return _date(calendar.season_of(year, season), _mod(phrase))
    base = _base(phrase, setting)
    if base is None:
        return _date(f"XXXX-{season}", _mod(phrase))
    start = calendar.SEASON_MONTHS[season]
    rel = _int(phrase, "rel") if "rel" in phrase.parts else None
    return _date(calendar.season_of(_season_year(start, base, rel, setting.ahead), season), _mod(phrase))


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


def _season_of_year(phrase: Phrase, setting: Setting) -> Reading | None:
    year = _relative_year(phrase, setting)
    return _date(calendar.season_of(year, _text(phrase, "season")), _mod(phrase)) if year else None


def _quarter(phrase: Phrase, setting: Setting) -> Reading | None:
    """A quarter or half, without a year the one begun last or about to begin."""
    half = phrase.parts["part"].text == "half"
    number = _int(phrase, "ord")
    if phrase.parts["part"].text not in ("quarter", "half") or number is None:
        return None
    count = 2 if half else 4
    number = count if number == -1 else number
    if not 1 <= number <= count:
        return None
    named = "year" in phrase.parts
    year = _year(phrase, setting) if named else _relative_year(phrase, setting) if "rel" in phrase.parts else None
    if half and year is None:
        return None
    code = f"{'H' if half else 'Q'}{number}"
    if year is None and setting.today:
        year = _quarter_year(number, setting.today, setting.ahead)
    return _date(f"{year:04}-{code}" if year else f"XXXX-{code}", _mod(phrase))


def _quarter_year(number: int, today: date, ahead: int) -> int:
    away = (number * 3 - 1) - today.month
    if away > (6 if ahead == AHEAD else 3 if ahead == 0 else 1):
        return today.year - 1
    return today.year + (away < -6)


def _short_quarter(phrase: Phrase, setting: Setting) -> Reading | None:
    number, year = int(phrase.parts["quarter"].text[1]), _year(phrase, setting)
    if year is None and setting.today:
        year = _quarter_year(number, setting.today, setting.ahead)
    return _date(f"{year:04}-Q{number}" if year else f"XXXX-Q{number}")


def _latest_period(_phrase: Phrase, setting: Setting) -> Reading | None:
    """The quarter that the text speaks of, else the last one over."""
    if setting.reached and "-Q" in setting.reached:
        return _date(setting.reached)
    over = shift(setting.today, "Q", -1) if setting.today else None
    return _date(calendar.quarter_of(over) if over else "XXXX-QX")


def _year_ago_period(phrase: Phrase, setting: Setting) -> Reading | None:
    """The period that the text speaks of, a year before ("the year-earlier quarter")."""
    number = _int(phrase, "ord")
    reached = setting.reached or ""
    if number and setting.today and 1 <= number <= 4:
        return _date(f"{_quarter_year(number, setting.today, PAST) - 1:04}-Q{number}")
    if "-Q" in reached:
        return _date(f"{int(reached[:4]) - 1:04}{reached[4:]}")
    if "part" in phrase.parts and setting.today and phrase.parts["part"].text == "quarter":
        over = shift(setting.today, "Q", -5)
        return _date(calendar.quarter_of(over)) if over else None
    return _date(f"{setting.today.year - 1:04}") if setting.today else _date("XXXX")


# --- units around the dispatch


def _relative_unit(phrase: Phrase, setting: Setting) -> Reading | None:
    unit, way = _text(phrase, "unit"), _int(phrase, "rel") or 0
    if unit.startswith("T"):
        return None
    if phrase.parts["rel"].text == "past" and unit != "WE":
        return _since(phrase, setting, 1.0, unit)
    base = _base(phrase, setting)
    if unit == "WE" and base and base.isoweekday() >= 6 and way == -1:
        base = base - timedelta(days=1) * (base.isoweekday() - 5)
    day = shift(base, unit, way) if base else None
    if unit == "WE" and way == -1 and base and base.isoweekday() < 6 and day:
        day = base - timedelta(days=base.isoweekday())
    return _date(span_value(unit, day) if day else _unknown(unit), _mod(phrase))


def _unknown(unit: str) -> str:
    return UNKNOWN.get(unit, "XXXX")


def _same_unit(phrase: Phrase, setting: Setting) -> Reading | None:
    unit, reached = _text(phrase, "unit"), extent(setting.reached)
    if unit.startswith("T") or unit in LONG_UNITS:
        return None
    fits = reached is not None and len(span_value(unit, reached[0])) <= len((setting.reached or "").split("T")[0])
    return _date(span_value(unit, reached[0]) if reached and fits else _unknown(unit), _mod(phrase))


def _unit_after(phrase: Phrase, setting: Setting) -> Reading | None:
    """The day before or after the time that the text has reached."""
    unit = _text(phrase, "unit")
    reached = extent(setting.reached)
    way = _way(phrase.parts["rel"])
    if unit.startswith("T"):
        return None
    day = shift(reached[0], unit, way) if reached and (unit != "D" or reached[0] == reached[1]) else None
    return _date(span_value(unit, day) if day else _unknown(unit))


def _part_of_unit(phrase: Phrase, setting: Setting) -> Reading | None:
    """The unit under way on the day of the dispatch ("later in the day", "the end of the year")."""
    unit = _text(phrase, "unit")
    if unit.startswith("T") or setting.today is None:
        return None
    return _date(span_value(unit, setting.today), _mod(phrase))


def _weekend(phrase: Phrase, setting: Setting) -> Reading | None:
    """The last weekend begun, unless the verb looks ahead."""
    today = setting.today
    if today is None:
        return _date("XXXX-WXX-WE", _mod(phrase))
    back = setting.ahead != AHEAD and today.isoweekday() < 6
    return _date(span_value("WE", today - timedelta(days=7 * back)), _mod(phrase))


def _nth_unit(phrase: Phrase, setting: Setting) -> Reading | None:
    """What has gone on up to the dispatch: "for a fourth day" is that day and the three before."""
    unit, number, today = _text(phrase, "unit"), _int(phrase, "ord") or 1, setting.today
    if unit.startswith("T"):
        return None
    first = shift(today, unit, 1 - number) if today else None
    if today is None or first is None:
        return _date(_unknown(unit))
    return _date(span_value(unit, today), None, (first, today))


def _year_end(phrase: Phrase, setting: Setting) -> Reading | None:
    unit = _text(phrase, "unit")
    if unit not in ("Y", "M") or setting.today is None:
        return None
    return _date(span_value(unit, setting.today), "END")


def _year_alone(phrase: Phrase, setting: Setting) -> Reading | None:
    year = _year(phrase, setting)
    return _date(f"{year:04}", _mod(phrase)) if year else None


def _decade(phrase: Phrase, setting: Setting) -> Reading | None:
    value = _value(phrase, "decade")
    digits = re.sub(r"\D", "", str(value))
    if len(digits) == 2:
        full = _full_year(int(digits), setting.today)
        return _date(f"{full // 10:03}", _mod(phrase))
    return _date(digits[:3], _mod(phrase)) if len(digits) == 4 else None


def _decade_of(phrase: Phrase, setting: Setting) -> Reading | None:
    year = _year(phrase, setting)
    return _date(f"{year // 10:03}", _mod(phrase)) if year else None


def _century(phrase: Phrase, _setting: Setting) -> Reading | None:
    number = _int(phrase, "ord")
    return _date(f"{number - 1:02}", _mod(phrase)) if number and 1 <= number <= 30 else None


# --- counted from somewhere


def _number(phrase: Phrase, part: str = "num") -> float | None:
    """The number in front of a unit, None where it is vague ("several")."""
    value = _value(phrase, part)
    return float(value) if isinstance(value, int | float) else None


def _ago(phrase: Phrase, setting: Setting) -> Reading | None:
    unit, count = _text(phrase, "unit"), _number(phrase)
    word = phrase.parts["dir"].text
    way = _int(phrase, "dir") or -1
    if count is None:
        return _date("PAST_REF" if way < 0 else "FUTURE_REF")
    if word in ("earlier", "ago") and unit == "Y" and count == 1 and setting.reached and "-Q" in setting.reached:
        return _date(f"{int(setting.reached[:4]) - 1:04}{setting.reached[4:]}")
    base = setting.today if word in ("ago", "from now", "hence") else _reached_day(setting, unit)
    if unit.startswith("T") and unit != "TH":
        return Reading("TIME", "PAST_REF" if way < 0 else "FUTURE_REF")
    return _moved(base, unit, way * count, phrase)


def _reached_day(setting: Setting, unit: str) -> date | None:
    """The time the text has reached, where it is as exact as the unit to be counted."""
    reached = extent(setting.reached)
    if reached is None:
        return setting.today if unit in ("Y", "M", "10Y") else None
    exact = reached[0] == reached[1] or unit not in ("D", "TH", "W")
    return reached[0] if exact else None


def _moved(base: date | None, unit: str, steps: float, phrase: Phrase) -> Reading:
    day = shift(base, unit, steps) if base else None
    if day is None:
        return _date(_unknown(unit), _point_mod(phrase))
    unit = "Y" if unit in LONG_UNITS else "D" if unit == "TH" else unit
    return _date(span_value(unit, day), _point_mod(phrase))


def _from_day(phrase: Phrase, setting: Setting) -> Reading | None:
    """So long before or after a day that stands beside it ("two days after May 3")."""
    anchor = resolve(phrase.day, setting) if phrase.day else None
    count = _number(phrase) if "num" in phrase.parts else 1.0
    if anchor is None or anchor.days is None or count is None:
        return anchor
    way = _way(phrase.parts["dir"])
    return _moved(anchor.days[0], _text(phrase, "unit"), way * count, phrase)


# --- durations


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


def _duration(phrase: Phrase, setting: Setting) -> Reading | None:
    return _since(phrase, setting, _number(phrase), _text(phrase, "unit"))


def _since(phrase: Phrase, setting: Setting, count: float | None, unit: str) -> Reading:
    """A duration, with its days where it ends or begins on the day of the dispatch ("the past two weeks")."""
    way, today = _int(phrase, "span") or (_int(phrase, "rel") if "rel" in phrase.parts else 0), setting.today
    days: Extent | None = None
    if way and today and count is not None and _is_from_today(phrase):
        other = shift(today, unit, way * count)
        days = None if other is None else (other, today) if way < 0 else (today, other)
    return Reading("DURATION", _period(unit, count), _mod(phrase), days)


def _is_from_today(phrase: Phrase) -> bool:
    word = phrase.parts.get("span") or phrase.parts.get("rel")
    return word is not None and word.text in ("past", "last", "next", "coming")


def _duration_range(phrase: Phrase, _setting: Setting) -> Reading | None:
    first, last = _number(phrase), _number(phrase, "num2")
    if first is None or last is None or first >= last:
        return None
    return Reading("DURATION", _period(_text(phrase, "unit"), last), "APPROX")


def _duration_one(phrase: Phrase, _setting: Setting) -> Reading | None:
    count = 0.5 if phrase.parts.get("half") and "num" not in phrase.parts else 1.0
    half = phrase.parts.get("half")
    if half is not None and "num" in phrase.parts:
        count = 0.5 if half.start < phrase.parts["num"].start else 1.5
    if phrase.parts["unit"].text == "quarter":
        return None
    kind: TimexType = "SET" if phrase.rule == "rate" else "DURATION"
    return Reading(kind, _period(_text(phrase, "unit"), count), _mod(phrase))


def _duration_of(phrase: Phrase, _setting: Setting) -> Reading | None:
    if "old" in phrase.parts:
        return None
    return Reading("DURATION", _period(_text(phrase, "unit"), _number(phrase)), _mod(phrase))


def _duration_vague(phrase: Phrase, _setting: Setting) -> Reading | None:
    return Reading("DURATION", _period(_text(phrase, "unit"), None), _mod(phrase))


def _span_unit(phrase: Phrase, setting: Setting) -> Reading | None:
    """A length such as "the past year"; "the last week" and "the next month" are read by ``_relative_unit``."""
    if phrase.parts["span"].text not in ("past", "first", "final", "opening"):
        return None
    return _since(phrase, setting, 1.0, _text(phrase, "unit"))


# --- references, sets


def _shade(phrase: Phrase, _setting: Setting) -> Reading | None:
    return _date(_text(phrase, "shade"))


def _fixed(phrase: Phrase, _setting: Setting) -> Reading | None:
    kind, value = _text(phrase, "phrase").split(" ", 1)
    return Reading("DATE" if kind == "DATE" else "TIME", value)


def _ref(phrase: Phrase, _setting: Setting) -> Reading | None:
    return _date(_text(phrase, "ref"))


def _every(phrase: Phrase, _setting: Setting) -> Reading | None:
    step = _int(phrase, "ord") or _int(phrase, "each") or 1
    if "weekday" in phrase.parts:
        return Reading("SET", f"XXXX-WXX-{_int(phrase, 'weekday')}")
    if "month" in phrase.parts:
        return Reading("SET", f"XXXX-{_int(phrase, 'month') or 0:02}")
    if "season" in phrase.parts:
        return Reading("SET", f"XXXX-{_text(phrase, 'season')}")
    if "part" in phrase.parts:
        return Reading("SET", f"XXXX-XX-XXT{_text(phrase, 'part')}")
    return Reading("SET", _period(_text(phrase, "unit"), step) if "unit" in phrase.parts else "XXXX-WXX-WE")


def _weekdays(phrase: Phrase, _setting: Setting) -> Reading | None:
    part = f"T{_text(phrase, 'part')}" if "part" in phrase.parts else ""
    return Reading("SET", f"XXXX-WXX-{_int(phrase, 'weekdays')}{part}")


def _frequency(phrase: Phrase, _setting: Setting) -> Reading | None:
    return Reading("SET", _text(phrase, "freq"))


def _times_a(phrase: Phrase, _setting: Setting) -> Reading | None:
    return Reading("SET", _period(_text(phrase, "unit"), 1.0))


# --- times of the day


def _day_of(phrase: Phrase, setting: Setting) -> tuple[str, str | None] | None:
    """The day of a clock time and its modifier: the one beside it, else the one the text has reached, else today."""
    if phrase.day is not None:
        day = resolve(phrase.day, setting)
        return (day.value, day.mod) if day and day.value else None
    if "rel" in phrase.parts and setting.today is not None:
        named = shift(setting.today, "D", _int(phrase, "rel") or 0)
        return (named.isoformat(), None) if named else None
    if setting.reached and re.fullmatch(r"\d{4}-\d\d-\d\d(T.*)?", setting.reached):
        return setting.reached[:10], None
    return (setting.today.isoformat() if setting.today else "XXXX-XX-XX"), None


def _clock(phrase: Phrase, setting: Setting) -> Reading | None:
    hour, minute = _hour_minute(phrase)
    day = _day_of(phrase, setting)
    if hour is None or day is None:
        return None
    zone = "Z" if _text(phrase, "zone") == "Z" else ""
    shown = f"T{hour:02}:{minute}{zone}"
    return Reading("TIME", f"{day[0]}{shown}", _text(phrase, "approx") or None)


def _hour_minute(phrase: Phrase) -> tuple[int | None, str]:
    if word := _text(phrase, "hourword"):
        return int(word[:2]), word[3:]
    if hhmm := phrase.parts.get("hhmm"):
        return int(hhmm.text[:2]), hhmm.text[2:]
    if clock := phrase.parts.get("clock"):
        first, second = re.split(r"[:.]", clock.text)[:2]
        return _half_day(int(first), phrase), second
    hour = _int(phrase, "hour")
    return (None, "") if hour is None else (_half_day(hour, phrase), "00")


def _half_day(hour: int, phrase: Phrase) -> int | None:
    """The hour of 24, by a.m. and p.m. or the part of the day that stands beside it."""
    ampm = phrase.parts.get("ampm")
    part = _text(phrase, "part")
    after_noon = (ampm is not None and ampm.text[0] == "p") or part in ("AF", "EV") or (part == "NI" and 6 <= hour < 12)
    before_noon = (ampm is not None and ampm.text[0] == "a") or part in ("MO", "NI")
    if hour > 24 or (ampm is not None and not 1 <= hour <= 12):
        return None
    if after_noon and hour < 12:
        return hour + 12
    return 0 if hour == 12 and before_noon and not after_noon else hour


def _part(phrase: Phrase, setting: Setting) -> Reading | None:
    """A part of a day ("Sunday night", "last night", "the morning of March 3")."""
    part, mod = _text(phrase, "part"), _mod(phrase)
    way = _int(phrase, "rel") if "rel" in phrase.parts else None
    if phrase.day is None and way is not None and setting.today is not None and "REL" in phrase.parts["rel"].classes:
        return _part_from_today(setting.today, way, part, mod)
    if phrase.day is None and "rel" in phrase.parts:
        return _part_of_reached(phrase, setting, way or 0)
    found = _day_of(phrase, setting)
    return Reading("TIME", f"{found[0][:10]}T{part}", mod or found[1]) if found else None


def _part_from_today(today: date, way: int, part: str, mod: str | None) -> Reading:
    """A part of the day of the dispatch or of one beside it; "last night" runs into the day itself."""
    day = shift(today, "D", way)
    if day is None:
        return Reading("TIME", f"XXXX-XX-XXT{part}", mod)
    return Reading("TIME", f"{day.isoformat()}T{part}", mod, (day, today) if part == "NI" and way == PAST else None)


def _part_of_reached(phrase: Phrase, setting: Setting, way: int) -> Reading:
    reached = extent(setting.reached)
    day = shift(reached[0], "D", way) if reached and reached[0] == reached[1] else None
    return Reading("TIME", f"{day.isoformat() if day else 'XXXX-XX-XX'}T{_text(phrase, 'part')}", _mod(phrase))


def _part_after(phrase: Phrase, setting: Setting) -> Reading | None:
    return _part_of_reached(phrase, setting, _way(phrase.parts["rel"]))


def _tonight(phrase: Phrase, setting: Setting) -> Reading | None:
    return Reading("TIME", f"{setting.today.isoformat() if setting.today else 'XXXX-XX-XX'}TNI", _mod(phrase))


def _overnight(_phrase: Phrase, setting: Setting) -> Reading | None:
    """The evening before and the day itself; the value is the night that ends on the day."""
    today = setting.today
    evening = shift(today, "D", -1) if today else None
    if today is None or evening is None:
        return Reading("TIME", "XXXX-XX-XXTNI")
    return Reading("TIME", f"{evening.isoformat()}TNI", None, (evening, today))


READERS: dict[str, Reader] = {
    "iso": _iso, "slash": _slash, "month_day": _month_day, "day_month": _month_day, "month_year": _month_year,
    "month_of_year": _month_of_year,
    "month_range": _month_range, "day_of_month": _day_of_month,
    "month": _month, "weekday": _weekday, "weekday_of_week": _weekday_of_week,
    "dayword": _dayword, "holiday": _holiday, "relative_unit": _relative_unit, "same_unit": _same_unit,
    "unit_after": _unit_after, "part_of_unit": _part_of_unit, "weekend": _weekend, "year_end": _year_end,
    "nth_unit": _nth_unit,
    "year": _year_alone, "decade": _decade, "decade_of": _decade_of, "century": _century, "quarter": _quarter,
    "year_quarter": _quarter,
    "short_quarter": _short_quarter, "latest_period": _latest_period, "bare_quarter": _latest_period,
    "bare_unit": _part_of_unit,
    "year_ago_period": _year_ago_period, "season": _season, "season_of_year": _season_of_year, "ago": _ago,
    "from_day": _from_day, "duration": _duration, "duration_range": _duration_range, "duration_one": _duration_one,
    "rate": _duration_one, "duration_of": _duration_of, "duration_long": _duration_vague,
    "span_unit": _span_unit, "vague_units": _duration_vague,
    "units": _duration_vague, "shade": _shade, "phrase": _fixed, "ref": _ref, "every": _every, "weekdays": _weekdays,
    "frequency": _frequency, "times_a": _times_a, "clock": _clock, "hour_part": _clock, "hour_today": _clock,
    "military": _clock, "part": _part,
    "part_after": _part_after,
    "dawn": _part, "tonight": _tonight, "overnight": _overnight,
}  # fmt: skip
