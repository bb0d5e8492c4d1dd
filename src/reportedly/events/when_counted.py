"""The day of an event told by its distance from another one: "two days after the vote", "hours before the raid".

Only days, weeks and parts of a day are counted, and only from an event whose own single day the dispatch gives; what
happened hours from it is given its day. Everything else stays without days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta

import msgspec

from reportedly.config import Config
from reportedly.days import day_of
from reportedly.events.build import Draft
from reportedly.events.nearness import Words, load_words
from reportedly.events.scene import Scene
from reportedly.events.triggers import governor
from reportedly.knowledge.load import knowledge_of
from reportedly.model import Because, Event
from reportedly.parse import syntax
from reportedly.parse.parsed import Token
from reportedly.reasons import along, on, renewed

COUNTED = re.compile(r"P(\d+)([DW])")
DAYS = {"D": 1, "W": 7}
COUNTS = frozenset({"a", "an", "the", "one"})


class Distance(msgspec.Struct, frozen=True):
    """What an expression such as "two days after the vote" says: of ``word``, so many days from ``other``.

    ``told`` is the unit and the word for before or after.
    """

    word: Token
    other: Token
    days: int
    told: tuple[Token, Token]


def date_apart(scene: Scene, drafts: Sequence[Draft], events: Sequence[Event], config: Config) -> tuple[Event, ...]:
    """The events, those without days dated by their distance from a dated one."""
    distances = list(_distances(scene, load_words(knowledge_of(config))))
    if not distances:
        return tuple(events)
    dated = {t.i: event for draft, event in zip(drafts, events, strict=True) for t in draft.found.tokens}
    result = []
    for draft, event in zip(drafts, events, strict=True):
        own = {t.i for t in draft.found.tokens} | {governor(draft.found).i}
        mine = next((d for d in distances if d.word.i in own), None) if event.begin is None else None
        day = _day(mine, dated) if mine is not None else None
        result.append(_dated(event, day, mine) if mine is not None and day is not None else event)
    return tuple(result)


def _dated(event: Event, day: str, distance: Distance) -> Event:
    why = Because("begin", (day, day), "when.counted", words=(*along(*distance.told), *on(distance.other)))
    because = renewed(event.because, why)
    return msgspec.structs.replace(event, begin=day, end_date=day, when_from="told", because=because)


def _day(distance: Distance, dated: dict[int, Event]) -> str | None:
    """The day that lies so far from the other event, where that has one."""
    other = dated.get(distance.other.i)
    if other is None:
        clauses = syntax.children(distance.other, "relcl", "acl")
        other = next((dated[c.i] for c in clauses if c.i in dated), None)
    if other is None or other.begin != other.end_date or (day := day_of(other.begin)) is None:
        return None
    try:
        return (day + timedelta(days=distance.days)).isoformat()
    except OverflowError:
        return None


def _distances(scene: Scene, words: Words) -> Iterator[Distance]:
    """The distances that the dispatch names: a length of time right before "after" or "before"."""
    for unit, link in zip(scene.doc, scene.doc[1:], strict=False):
        if unit.lower_ not in words.unit or link.lower_ not in words.order:
            continue
        ends = _ends(unit, link)
        days = _counted(scene, unit, words)
        if ends is not None and days is not None:
            yield Distance(*ends, words.order[link.lower_] * days, (unit, link))


def _ends(unit: Token, link: Token) -> tuple[Token, Token] | None:
    """The word whose time it is, and the word for the other event: a noun behind the preposition, or a clause."""
    if link.dep_ == "mark":
        clause = link.head
        return (clause.head, clause) if clause.dep_ == "advcl" else None
    noun = next(iter(syntax.children(link, "pobj")), None)
    if noun is None or link.dep_ != "prep":
        return None
    told = unit.head if link.head == unit else link.head
    return told, noun


def _counted(scene: Scene, unit: Token, words: Words) -> int | None:
    """How many days it is, by the expression of time that ends in the unit, or by an article."""
    period = words.unit[unit.lower_]
    if period == "PT":
        return 0
    time = next((t for t in scene.times if t.start <= unit.idx < t.end), None)
    counted = COUNTED.fullmatch((time.value if time else None) or "")
    if counted is not None:
        return int(counted[1]) * DAYS[counted[2]]
    single = COUNTED.fullmatch(period)
    alone = any(c.lower_ in COUNTS for c in unit.children) and time is None
    return int(single[1]) if single is not None and alone else None
