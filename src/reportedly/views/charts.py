"""The pictures of an incident as Vega-Lite specifications, the same for the page and the notebook.

They are written as they stand in Vega-Lite (Altair takes 200 ms to build one): `svg` draws one for a page,
`altair.Chart.from_dict` takes it as it is.

Every mark carries words for readers who do not see it, and on a page a link to the sentence it stands for. Colours are
those that colour-blind readers tell apart (Okabe and Ito 2008); shape says the same as colour, so that grey print loses
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from html import escape
from typing import Any

import msgspec

from reportedly.days import day_of, day_words
from reportedly.export.tables import amount_words
from reportedly.knowledge.load import SHIPPED, Knowledge
from reportedly.model import Incident, IncidentFigure, LedgerClaim
from reportedly.views.incident import Stance, stance, voice_of

# A picture is as wide as the column of a phone; wide screens set several side by side.
WIDTH = 330
ROW = 40
# Marks of different stance on one day stand this share of the axis apart.
APART = 0.025
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
# A chart with more rows is a table.
MOST_ROWS = 24
MOST_PANELS = 6
DAYS_OF_A_YEAR = 300
# The words above a mark: their size, and how wide letters are in the sans-serif faces of screens, as shares of it.
TYPE_SIZE = 13
_WIDTHS = (("iljtfrI.,:;'|!()[]- ", 0.37), ("mwMW@%—", 0.96), ("ABCDEFGHJKLNOPQRSTUVXYZ&", 0.72))
_LETTER = 0.62
_BOLD = 1.14
# Between the words at the left and the number at the right.
_GAP = 10
# Where Vega resolves links that are only a fragment; they are put back to what they were.
_BASE = "https://vega.github.io/vega-datasets/"


Spec = dict[str, Any]


class Look(msgspec.Struct, frozen=True):
    """Colours and type of a picture; a page gives names of its style sheet, so that light and dark follow."""

    ink: str = "#1c1c1c"
    muted: str = "#5f6368"
    rule: str = "#d5d5d5"
    paper: str = "#ffffff"
    land: str = "#e9e4d8"
    sea: str = "#d3e0e8"
    border: str = "#b9b4a4"
    asserts: str = "#0072b2"
    denies: str = "#b34700"
    hedges: str = "#7d5ba6"
    font: str = "sans-serif"

    def stances(self) -> dict[Stance, str]:
        """The colour of each stance."""
        return {"asserts": self.asserts, "denies": self.denies, "hedges": self.hedges}


PAPER = Look()
SCREEN = Look(
    **{name: f"var(--{name})" for name in ("ink", "muted", "rule", "paper", "land", "sea", "border")},
    **{name: f"var(--{name})" for name in ("asserts", "denies", "hedges")},
    font="var(--sans)",
)
_SIZE = re.compile(r'<svg [^>]*?width="([\d.]+)" height="([\d.]+)"')
_SHAPES: dict[Stance, str] = {"asserts": "circle", "denies": "cross", "hedges": "triangle-up"}


class Picture(msgspec.Struct, frozen=True):
    """A specification with the words above it; ``left_out`` counts rows that did not fit."""

    title: str
    spec: Spec
    left_out: int


def figures_picture(incident: Incident, look: Look = PAPER) -> Picture | None:
    """The figures of an incident: a panel for each number and side, in it a row a source and day, earliest first.

    Bounds are bars; one without another end runs to the edge. What a source has since replaced or withdrawn is hollow.
    """
    numbers = _numbers(incident)
    if not numbers:
        return None
    panels, left_out = [], 0
    for number in numbers[:MOST_PANELS]:
        rows = _figure_rows(incident, number)
        panels.append(_figure_panel(rows[:MOST_ROWS], _heading(number), look))
        left_out += max(0, len(rows) - MOST_ROWS)
    spec = _dressed({"vconcat": panels, "spacing": 22}, look)
    return Picture("Figures by source", spec, left_out + max(0, len(numbers) - MOST_PANELS))


def timeline_picture(
    incident: Incident, claims: Sequence[LedgerClaim], look: Look = PAPER, knowledge: Knowledge = SHIPPED
) -> Picture | None:
    """Who spoke when: a row a voice, a mark a day and stance; the line is the day on which it is said to have begun."""
    rows = _timeline_rows(incident, claims, knowledge)
    if not rows:
        return None
    voices = {row["row"] for row in rows}
    kept = [row for row in rows if row["row"] < MOST_ROWS]
    spec = _dressed(_timeline(kept, incident.begin, look), look)
    return Picture("Who spoke when", spec, max(0, len(voices) - MOST_ROWS))


def _heading(number: tuple[str, str | None]) -> str:
    role, of = number
    return f"{role.capitalize()}: {of}" if of else role.capitalize()


def _numbers(incident: Incident) -> list[tuple[str, str | None]]:
    """The numbers of an incident; those that most sources give come first."""
    sources: dict[tuple[str, str | None], set[str]] = {}
    for figure in (*incident.figures, *incident.earlier):
        sources.setdefault((figure.role, figure.of), set()).add(figure.source)
    return sorted(sources, key=lambda n: (-len(sources[n]), n[0], n[1] or ""))


def _figure_rows(incident: Incident, number: tuple[str, str | None]) -> list[Spec]:
    given = [(f, False) for f in incident.figures if (f.role, f.of) == number]
    given += [(f, True) for f in _once(incident.earlier) if (f.role, f.of) == number]
    first: dict[str, str] = {}
    for figure, _ in sorted(given, key=lambda g: g[0].as_of or "9999"):
        first.setdefault(figure.source, figure.as_of or "9999")
    given.sort(key=lambda g: (first[g[0].source], g[0].source, g[0].as_of or "9999", not g[1]))
    edge = max((max(f.low or 0, f.high or 0) for f, _ in given), default=1) * 1.15 or 1
    return [_figure_row(n, figure, edge, earlier=earlier) for n, (figure, earlier) in enumerate(given)]


def _once(figures: Sequence[IncidentFigure]) -> list[IncidentFigure]:
    """The same number from the same source on the same day is one telling, however many dispatches carry it."""
    keys = {(f.role, f.of, f.source, f.low, f.high, f.as_of): f for f in reversed(figures)}
    return list(reversed(keys.values()))


def _figure_row(n: int, figure: IncidentFigure, edge: float, *, earlier: bool) -> Spec:
    amount = amount_words(figure.low, figure.high, approx=figure.approx)
    day = _short_day(figure.as_of)
    shown = f"earlier: {amount}" if earlier else amount
    room = WIDTH - _GAP - _BOLD * wide(shown) - wide(f", {day}" if day else "")
    who = fitted(figure.source, room)
    since = ", since replaced" if earlier else ""
    when = f", {day_words(figure.as_of)}" if figure.as_of else ""
    return {
        "row": n,
        "who": f"{who}, {day}" if day else who,
        "amount": shown,
        "low": figure.low if figure.low is not None else 0,
        "high": figure.high if figure.high is not None else edge,
        "best": (figure.low if figure.low is not None else figure.high) or 0,
        "edge": edge,
        "open": figure.low is None or figure.high is None,
        "earlier": earlier,
        "href": f"#{figure.claim}",
        "words": f"{figure.source}: {amount} {figure.role}{when}{since}",
    }


def _short_day(iso: str | None) -> str:
    """A day as it stands beside a name: "3 Sep 2021"."""
    day = day_of(iso)
    return f"{day.day} {day:%b %Y}" if day else iso or ""


def wide(text: str, size: float = TYPE_SIZE) -> float:
    """About how wide words are, in units of the picture; rather too wide than too narrow."""
    return size * sum(next((w for letters, w in _WIDTHS if letter in letters), _LETTER) for letter in text)


def fitted(text: str, room: float) -> str:
    """As much of a name as there is room for."""
    words = " ".join(text.split())
    if wide(words) <= room:
        return words
    kept = next((n for n in range(len(words), 0, -1) if wide(words[:n]) <= room - wide("…")), 1)
    return words[:kept].rstrip() + "…"


_MARKED: Spec = {
    "href": {"field": "href", "type": "nominal"},
    "description": {"field": "words", "type": "nominal"},
}


def _figure_panel(rows: Sequence[Spec], title: str, look: Look) -> Spec:
    low = {"field": "low", "type": "quantitative", "title": None, "axis": _count_axis(look)}
    low["scale"] = {"domain": [0, max(row["edge"] for row in rows)], "nice": False}
    bars = {
        "mark": {"type": "bar", "height": 7, "yOffset": 9, "color": look.asserts},
        "encoding": {
            "x": low,
            **_MARKED,
            "x2": {"field": "high"},
            "opacity": {"condition": {"test": "datum.open", "value": 0.35}, "value": 0.75},
        },
    }
    points = {
        "mark": {"type": "point", "size": 70, "yOffset": 9, "stroke": look.asserts, "strokeWidth": 2, "opacity": 1},
        "encoding": {
            **_MARKED,
            "x": {"field": "best", "type": "quantitative"},
            "fill": {"condition": {"test": "datum.earlier", "value": look.paper}, "value": look.asserts},
        },
    }
    return {
        "data": {"values": list(rows)},
        "title": title,
        "width": WIDTH,
        "height": ROW * len(rows),
        "encoding": {"y": {"field": "row", "type": "ordinal", "axis": None}},
        "layer": [bars, points, _words("who", look), _words("amount", look, right=True)],
    }


def _words(field: str, look: Look, *, right: bool = False) -> Spec:
    """The words above a mark: at the left edge, or bold at the right."""
    mark = {
        "type": "text",
        "aria": False,
        "dy": -7,
        "fontSize": TYPE_SIZE,
        "color": look.ink,
        "align": "right" if right else "left",
    }
    if right:
        mark["fontWeight"] = "bold"
    return {
        "mark": mark,
        "encoding": {"x": {"value": WIDTH if right else 0}, "text": {"field": field, "type": "nominal"}},
    }


def _behind(words: Spec, look: Look) -> Spec:
    """The same words as a stroke in the colour of the paper, so that no line goes through them."""
    return {**words, "mark": {**words["mark"], "color": look.paper, "stroke": look.paper, "strokeWidth": 5}}


def _count_axis(look: Look) -> Spec:
    return {"tickCount": 5, "tickMinStep": 1, "format": ",d", "domainColor": look.rule, "grid": False, "aria": False}


def _dressed(spec: Spec, look: Look) -> Spec:
    axis = {"labelColor": look.muted, "tickColor": look.rule, "labelFontSize": 12}
    config = {
        "font": look.font,
        "view": {"stroke": None},
        "axis": axis,
        "title": {"color": look.ink, "anchor": "start", "fontSize": 14, "offset": 8},
    }
    return {"$schema": SCHEMA, "background": "transparent", "padding": 2, "config": config, **spec}


def _timeline_rows(incident: Incident, claims: Sequence[LedgerClaim], knowledge: Knowledge) -> list[Spec]:
    voice = {claim: source.name for source in incident.sources for claim in source.claims}
    marks: dict[tuple[str, str, Stance], list[LedgerClaim]] = {}
    for held in claims:
        day = (held.claim.said or held.published or "")[:10]
        if _is_day(day):
            marks.setdefault(
                (day, voice.get(held.claim.id) or voice_of(held), stance(held.claim, knowledge)), []
            ).append(held)
    order: dict[str, int] = {}
    for _, who, _ in sorted(marks):
        order.setdefault(who, len(order))
    return [
        {
            "day": day,
            "row": order[who],
            "who": fitted(who, WIDTH),
            "stance": how,
            "href": f"#{held[0].claim.id}",
            "words": f"{day_words(day)}: {who} {how} it" + (f" ({len(held)} claims)" if len(held) > 1 else ""),
        }
        for (day, who, how), held in sorted(marks.items(), key=lambda m: (order[m[0][1]], m[0]))
    ]


def _is_day(day: str) -> bool:
    found = day_of(day)
    return found is not None and found.isoformat() == day


def _midnight(day: str) -> datetime:
    return datetime.fromisoformat(f"{day[:10]}T00:00:00")


def _timeline(rows: Sequence[Spec], begin: str | None, look: Look) -> Spec:
    started = begin[:10] if begin and _is_day(begin[:10]) else None
    days = [_midnight(row["day"]) for row in rows] + ([_midnight(started)] if started else [])
    first, last = min(days) - timedelta(hours=12), max(days) + timedelta(hours=12)
    values = _dodged(rows, (last - first) * APART)
    layers = [_timeline_points(look, first, last), _behind(_words("who", look), look), _words("who", look)]
    for words in layers[1:]:
        words["transform"] = [{"filter": "datum.named"}]
    for layer in layers:
        layer["encoding"] |= {"y": {"field": "row", "type": "ordinal", "axis": None}}
    layers[0]["encoding"] |= _MARKED
    if started:
        rule = {"type": "rule", "color": look.muted, "strokeDash": [3, 3], "aria": False}
        at = {"x": {"field": "day", "type": "temporal"}}
        layers.insert(0, {"data": {"values": [{"day": _midnight(started).isoformat()}]}, "mark": rule, "encoding": at})
    return {
        "data": {"values": values},
        "width": WIDTH,
        "height": ROW * len({row["row"] for row in rows}),
        "layer": layers,
    }


def _dodged(rows: Sequence[Spec], step: timedelta) -> list[Spec]:
    """Rows with a moment to be drawn at: marks of one voice and day side by side; one of each voice bears its name."""
    at: dict[tuple[int, str], int] = {}
    values: list[Spec] = []
    for row in rows:
        nth = at.setdefault((row["row"], row["day"]), 0)
        at[row["row"], row["day"]] += 1
        named = not any(v["row"] == row["row"] for v in values)
        values.append({**row, "day": (_midnight(row["day"]) + nth * step).isoformat(), "named": named})
    return values


def _ticks(first: datetime, last: datetime) -> list[str]:
    """At most five days, evenly apart."""
    start = first + timedelta(hours=12)
    days = (last - start).days
    return [(start + timedelta(days=n)).isoformat() for n in range(0, days + 1, days // 5 + 1)]


def _timeline_points(look: Look, first: datetime, last: datetime) -> Spec:
    colours = look.stances()
    axis = {
        "format": "%-d %b" if (last - first).days < DAYS_OF_A_YEAR else "%b %Y",
        "values": _ticks(first, last),
        "labelOverlap": True,
        "grid": False,
        "domainColor": look.rule,
        "aria": False,
    }
    return {
        "mark": {"type": "point", "size": 110, "yOffset": 8, "filled": True, "opacity": 1},
        "encoding": {
            "x": {
                "field": "day",
                "type": "temporal",
                "title": None,
                "axis": axis,
                "scale": {"domain": [first.isoformat(), last.isoformat()], "nice": False},
            },
            "shape": _by_stance(list(_SHAPES.values())),
            "color": _by_stance([colours[s] for s in _SHAPES]),
        },
    }


def _by_stance(values: list[str]) -> Spec:
    return {
        "field": "stance",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": list(_SHAPES), "range": values},
    }


def svg(picture: Picture) -> str:
    """A picture drawn without a browser: an SVG element that takes colours and type from the page around it."""
    return _drawn(msgspec.json.encode(picture.spec), picture.title)


@lru_cache(maxsize=512)
def _drawn(spec: bytes, title: str) -> str:
    import vl_convert

    drawn = vl_convert.vegalite_to_svg(spec.decode())
    drawn = drawn.replace(f'xlink:href="{_BASE}', 'href="').replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "")
    size = _SIZE.match(drawn)
    assert size is not None
    box = f'viewBox="0 0 {size[1]} {size[2]}" width="{size[1]}" height="{size[2]}"'
    return f'<svg class="chart" role="group" aria-label="{escape(title)}" {box}>' + drawn[drawn.index(">") + 1 :]
