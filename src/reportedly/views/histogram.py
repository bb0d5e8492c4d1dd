"""How many incidents when: days, months, years or decades as bars, each a link that narrows a list to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from html import escape
from typing import Literal

import msgspec

from reportedly.days import day_of, day_words
from reportedly.views.charts import PAPER, Look

Unit = Literal["day", "month", "year", "decade"]
# No picture has more bars; what lies before them is told in words.
MOST = 62
FEWEST = 12
WIDTH, HEIGHT = 420, 120
# News of later days is none.
LATEST = date(9000, 1, 1)
_FOOT = 18
_DAYS_OF: dict[Unit, float] = {"day": 1, "month": 30.4, "year": 365.25, "decade": 3652.5}
_APART = 46


class Bar(msgspec.Struct, frozen=True):
    """A stretch of time by its first and last day (ISO 8601), what it is called, and how many incidents touch it."""

    label: str
    since: str
    until: str
    count: int


class Histogram(msgspec.Struct, frozen=True):
    """Bars without gaps from the first to the last; ``before`` and ``after`` count incidents outside of them."""

    unit: Unit
    bars: tuple[Bar, ...]
    before: int = 0
    after: int = 0


def histogram(days: Iterable[tuple[str, str, int]], since: str = "", until: str = "") -> Histogram | None:
    """The bars of incidents by first and last day, in as fine a unit as fits; ``None`` where nothing has a day.

    ``since`` and ``until`` are the days of the filter: the bars fill what lies between them.
    """
    spans = [(a, b, n) for first, last, n in days if (a := day_of(first)) and (b := day_of(last) or a)]
    spans = [(a, max(a, b), n) for a, b, n in spans]
    lower, upper = day_of(since), day_of(until)
    inside = [s for s in spans if (not lower or s[1] >= lower) and (not upper or s[0] <= upper)]
    if not inside:
        return None
    first = max(lower or date.min, _low(inside))
    last = min(upper or LATEST, LATEST, max(a for a, _, _ in inside))
    first = min(first, last)
    unit: Unit = next((u for u in _DAYS_OF if ((last - first).days + 1) / _DAYS_OF[u] <= MOST), "decade")
    edges = _padded(_edges(first, last, unit), unit)[-MOST:]
    bars = _bars(edges, unit, inside)
    before = sum(n for _, b, n in inside if b < edges[0][0])
    return Histogram(unit, bars, before, sum(n for a, _, n in inside if a > edges[-1][1]))


def _low(spans: Sequence[tuple[date, date, int]]) -> date:
    """The day from which all but a few of the incidents are: one told of long ago does not squeeze the rest."""
    firsts = sorted((a, n) for a, _, n in spans)
    few, seen = sum(n for _, n in firsts) * 0.02, 0
    for day, n in firsts:
        seen += n
        if seen > few:
            return day
    return firsts[0][0]


def _edges(first: date, last: date, unit: Unit) -> list[tuple[date, date]]:
    """The first and last day of each bar."""
    found, at = [], _start(first, unit)
    while at <= last:
        onward = _next(at, unit)
        found.append((at, onward - timedelta(days=1)))
        at = onward
    return found


def _padded(edges: list[tuple[date, date]], unit: Unit) -> list[tuple[date, date]]:
    """At least so many bars that one of them is no wall, the others around them empty."""
    while len(edges) < FEWEST and edges[0][0].year > 20:
        before = edges[0][0] - timedelta(days=1)
        after = _next(edges[-1][0], unit)
        edges = [(_start(before, unit), before), *edges, (after, _next(after, unit) - timedelta(days=1))]
    return edges


def _start(day: date, unit: Unit) -> date:
    if unit == "day":
        return day
    if unit == "month":
        return day.replace(day=1)
    return date(day.year - day.year % 10 if unit == "decade" else day.year, 1, 1) if day.year >= 10 else date(1, 1, 1)


def _next(day: date, unit: Unit) -> date:
    if unit == "day":
        return day + timedelta(days=1)
    if unit == "month":
        return date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return date(day.year + 1 if unit == "year" else day.year - day.year % 10 + 10, 1, 1)


def _bars(edges: Sequence[tuple[date, date]], unit: Unit, spans: Sequence[tuple[date, date, int]]) -> tuple[Bar, ...]:
    """Each bar with the incidents that touch it: those that began by its end less those that were over before it."""
    begun = sorted((a, n) for a, _, n in spans)
    over = sorted((b, n) for _, b, n in spans)
    made, n, gone, i, j = [], 0, 0, 0, 0
    for first, last in edges:
        while i < len(begun) and begun[i][0] <= last:
            n, i = n + begun[i][1], i + 1
        while j < len(over) and over[j][0] < first:
            gone, j = gone + over[j][1], j + 1
        made.append(Bar(_called(first, unit), first.isoformat(), last.isoformat(), n - gone))
    return tuple(made)


def _called(day: date, unit: Unit) -> str:
    forms: dict[Unit, Callable[[date], str]] = {
        "day": lambda d: day_words(d.isoformat()),
        "month": lambda d: f"{d:%B} {d.year}",
        "year": lambda d: str(d.year),
        "decade": lambda d: f"{d.year}s",
    }
    return forms[unit](day)


def histogram_svg(drawn: Histogram, href: Callable[[Bar], str], look: Look = PAPER) -> str:
    """The bars as an SVG element; a page may let people drag over it (``data-since``, ``data-until`` of each bar).

    The bars are no stops of the keyboard: a page gives the same links as a list.
    """
    wide = WIDTH / len(drawn.bars)
    most = max(bar.count for bar in drawn.bars) or 1
    parts = [_bar(bar, n * wide, wide, most, href(bar), look) for n, bar in enumerate(drawn.bars)]
    tall = HEIGHT + _FOOT
    return (
        f'<svg class="histogram" role="group" aria-label="Incidents by {drawn.unit}" viewBox="0 0 {WIDTH} {tall}" '
        f'width="{WIDTH}" height="{tall}" font-family="{look.font}" font-size="11">'
        f'<path d="M0 {HEIGHT}h{WIDTH}" stroke="{look.rule}"/>{"".join(parts)}{_ticks(drawn, wide, look)}</svg>'
    )


def _bar(bar: Bar, x: float, wide: float, most: int, href: str, look: Look) -> str:
    high = bar.count / most * (HEIGHT - 6)
    high = max(2.0, high) if bar.count else 0.0
    words = escape(f"{bar.label}: {bar.count:,} incident{'s' * (bar.count != 1)}")
    return (
        f'<a href="{escape(href)}" tabindex="-1" data-since="{bar.since}" data-until="{bar.until}" '
        f'aria-label="{words}">'
        f'<title>{words}</title><rect class="cell" x="{x:.1f}" y="0" width="{wide:.1f}" height="{HEIGHT}" fill="none"/>'
        f'<rect x="{x + wide * 0.08:.1f}" y="{HEIGHT - high:.1f}" width="{wide * 0.84:.1f}" height="{high:.1f}" '
        f'fill="{look.asserts}"/></a>'
    )


def _ticks(drawn: Histogram, wide: float, look: Look) -> str:
    """The names of some bars under them, as many as there is room for."""
    each = -(-len(drawn.bars) // int(WIDTH / _APART / (1.6 if drawn.unit in ("day", "month") else 1)))
    found = []
    for n in range(0, len(drawn.bars), each):
        x = min(max(n * wide + wide / 2, 24), WIDTH - 28)
        found.append(
            f'<text x="{x:.0f}" y="{HEIGHT + 14}" text-anchor="middle" fill="{look.muted}">'
            f"{_short(drawn.bars[n], drawn.unit)}</text>"
        )
    return "".join(found)


def _short(bar: Bar, unit: Unit) -> str:
    day = date.fromisoformat(bar.since)
    return {"day": f"{day.day} {day:%b}", "month": f"{day:%b} {day.year}"}.get(unit, bar.label)
