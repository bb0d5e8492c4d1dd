"""What is wrong with a dispatch that somebody else has coded: offsets, words, types, days, numbers, references.

A coding by people, by a language model or by another program is held against its own text before it is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from reportedly.days import day_of
from reportedly.knowledge.event_types import event_types, figure_types
from reportedly.knowledge.load import Knowledge
from reportedly.model import (
    Analysis,
    Claim,
    Evidence,
    Figure,
    Means,
    Party,
    Place,
    Silence,
    Source,
    Span,
    Time,
    Trigger,
)

SHOWN = 40


Placed = Evidence | Figure | Means | Party | Place | Silence | Source | Span | Time | Trigger


def faults_of(coded: Analysis, knowledge: Knowledge) -> list[str]:
    """Every fault of a coded dispatch, each with the place in it: "claims[2].trigger: ..."; none where it is sound."""
    found = [*_readings(coded)]
    statements = {s.id for s in coded.statements}
    for n, claim in enumerate(coded.claims):
        found += [f"claims[{n}].{fault}" for fault in _claim(claim, coded.dispatch.text, statements, knowledge)]
    twice = [key for key, times in Counter(c.id for c in coded.claims).items() if times > 1]
    return found + [f"claims: the id {key} stands there more than once" for key in twice]


def _readings(coded: Analysis) -> Iterator[str]:
    for n, time in enumerate(coded.times):
        yield from _named(f"times[{n}]", time, time.text, coded.dispatch.text)
        yield from _days(f"times[{n}]", time.begin, time.end_date)
    for n, place in enumerate(coded.places):
        yield from _named(f"places[{n}]", place, place.text, coded.dispatch.text)
    for n, silence in enumerate(coded.silences):
        yield from _span(f"silences[{n}]", silence, coded.dispatch.text)
    known = {s.id for s in coded.statements}
    for n, statement in enumerate(coded.statements):
        for name in ("source", "cue", "content"):
            yield from _spans(f"statements[{n}].{name}", getattr(statement, name) or (), coded.dispatch.text)
        if statement.parent is not None and statement.parent not in known:
            yield f'statements[{n}].parent: there is no statement "{statement.parent}"'


def _claim(claim: Claim, text: str, statements: set[str], knowledge: Knowledge) -> Iterator[str]:
    yield from _named("trigger", claim.trigger, claim.trigger.text, text)
    yield from _span("evidence", claim.evidence, text)
    if claim.type not in (types := event_types(knowledge).names):
        yield f'type: "{claim.type}" is no event type; there are {", ".join(sorted(types))}'
    if claim.source is not None:
        yield from _span("source", claim.source, text)
    if claim.statement is not None and claim.statement not in statements:
        yield f'statement: there is no statement "{claim.statement}"'
    for side in ("actors", "recipients"):
        yield from _parties(side, getattr(claim, side), text)
    for name, place in (("place", claim.place), ("origin", claim.origin)):
        if place is not None:
            yield from _named(name, place, place.text, text)
    yield from _days("", claim.begin, claim.end_date)
    for n, means in enumerate(claim.means):
        yield from _named(f"means[{n}]", means, means.text, text)
    roles = figure_types(knowledge).names
    for name in ("figures", "earlier"):
        for n, figure in enumerate(getattr(claim, name)):
            yield from _figure(f"{name}[{n}]", figure, text, roles)


def _parties(side: str, parties: Iterable[Party], text: str) -> Iterator[str]:
    for n, party in enumerate(parties):
        yield from _span(f"{side}[{n}]", party, text)
        if not party.name.strip():
            yield f"{side}[{n}].name: is empty"


def _figure(where: str, figure: Figure, text: str, roles: Iterable[str]) -> Iterator[str]:
    yield from _named(where, figure, figure.text, text)
    if figure.role not in roles:
        yield f'{where}.role: "{figure.role}" is no role of a figure; there are {", ".join(sorted(roles))}'
    if figure.low is None and figure.high is None:
        yield f"{where}: has neither low nor high"
    elif figure.low is not None and figure.high is not None and figure.low > figure.high:
        yield f"{where}: low {figure.low} is above high {figure.high}"


def _days(where: str, begin: str | None, end: str | None) -> Iterator[str]:
    dot = "." * bool(where)
    for name, day in (("begin", begin), ("end_date", end)):
        if day is not None and day_of(day) is None:
            yield f'{where}{dot}{name}: "{day}" is no day (YYYY-MM-DD)'
    first, last = day_of(begin), day_of(end)
    if first and last and first > last:
        yield f"{where}{dot}end_date: {end} is before {begin}"


def _spans(where: str, spans: Iterable[Span], text: str) -> Iterator[str]:
    for n, span in enumerate(spans):
        yield from _span(f"{where}[{n}]", span, text)


def _span(where: str, placed: Placed, text: str) -> Iterator[str]:
    if not 0 <= placed.start < placed.end <= len(text):
        yield f"{where}: {placed.start}-{placed.end} lies outside of the text, which has {len(text)} characters"


def _named(where: str, placed: Placed, words: str, text: str) -> Iterator[str]:
    """What has its words with it: they have to stand there."""
    outside = list(_span(where, placed, text))
    yield from outside
    there = text[placed.start : placed.end]
    if not outside and there != words:
        hint = _elsewhere(placed, words, text)
        yield f'{where}: at {placed.start}-{placed.end} the text has "{_short(there)}", not "{_short(words)}"{hint}'


def _elsewhere(placed: Placed, words: str, text: str) -> str:
    """Where the words stand, if they stand somewhere: the nearest place."""
    starts = [n for n in range(len(text)) if words and text.startswith(words, n)]
    if not starts:
        return ", which stands nowhere in it"
    near = min(starts, key=lambda n: abs(n - placed.start))
    return f", which stands at {near}-{near + len(words)}"


def _short(words: str) -> str:
    return words if len(words) <= SHOWN else f"{words[: SHOWN - 1]}…"
