"""The day of an event told by its distance from another one: "two days after the vote", "hours before the raid".

It is counted either way ("on Friday, a week after rebels killed nine" dates the killing) and only from an event whose
own single day the dispatch gives, or from the dispatch where it speaks of the present ("ten years after the raid, 90
are missing"). What happened hours away is given the same day, what is months or years away its month or year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import msgspec
from dateutil.relativedelta import relativedelta

from reportedly.config import Config
from reportedly.days import day_of
from reportedly.events.build import EventDraft
from reportedly.events.nearness import NearnessWords, load_words
from reportedly.events.scene import EventScene
from reportedly.events.triggers import governor
from reportedly.events.when_hung import dating_times
from reportedly.events.when_words import DatingWords, load_dating_words
from reportedly.knowledge.load import knowledge_of
from reportedly.model import Because, Event
from reportedly.parse import syntax
from reportedly.parse.parsed import Token
from reportedly.reasons import along, on, renewed

COUNTED = re.compile(r"P(\d+)([DWMY])")
DAYS = {"D": 1, "W": 7}
# Modifiers of a length that is not reached ("less than two weeks before"), and of one that is passed.
WITHIN = frozenset({"LESS_THAN", "EQUAL_OR_LESS"})
BEYOND = frozenset({"MORE_THAN", "EQUAL_OR_MORE"})
COUNTS = frozenset({"a", "an", "the", "one"})


class Distance(msgspec.Struct, frozen=True):
    """What an expression such as "two days after the vote" says: of ``word``, so many units from ``other``.

    ``unit`` is D, M or Y; ``told`` is the word for it and the one for before or after; ``mod`` is the time's own.
    """

    word: Token
    other: Token
    count: int
    unit: str
    told: tuple[Token, Token]
    mod: str | None = None

    @property
    def back(self) -> Distance:
        """The same, said of the other event."""
        return Distance(self.other, self.word, -self.count, self.unit, self.told, self.mod)


def date_apart(
    scene: EventScene, drafts: Sequence[EventDraft], events: Sequence[Event], config: Config
) -> tuple[Event, ...]:
    """The events, those without days dated by their distance from a dated one."""
    distances = list(_distances(scene, load_words(knowledge_of(config))))
    if not distances:
        return tuple(events)
    dated = {t.i: e for draft, e in zip(drafts, events, strict=True) if not _is_counted(e) for t in draft.found.tokens}
    both = [*distances, *(d.back for d in distances)]
    result, lexicon = [], load_dating_words(knowledge_of(config))
    for draft, event in zip(drafts, events, strict=True):
        own = {t.i for t in draft.found.tokens} | {governor(draft.found).i, _told_by(governor(draft.found)).i}
        verb = governor(draft.found)
        mine = [d for d in both if d.word.i in own or _is_its_verb(verb, d)] if event.begin is None else []
        found = next(((d, days) for d in mine if (days := _days(d, dated, scene, lexicon)) is not None), None)
        result.append(_dated(event, found[1], found[0]) if found is not None else event)
    return tuple(result)


def _is_its_verb(verb: Token, distance: Distance) -> bool:
    """Whether a clause was read as if "after" led a noun alone: "two days after a raid on the port killed six"."""
    noun, link = distance.word, distance.told[1]
    if verb.dep_ != "advcl" or verb.tag_ != "VBD" or noun.head.i != link.i or verb.head.i != link.head.i:
        return False
    return syntax.own_subject(verb) is None and max(t.i for t in link.subtree) + 1 == verb.i


def _is_counted(event: Event) -> bool:
    """Whether its day was itself counted from another event, which cannot count from it in turn."""
    return any(b.rule == "when.counted" for b in event.because)


def _told_by(trigger: Token) -> Token:
    """The verb of which an event noun is the subject ("a day after a similar attack killed seven"), else the word."""
    return trigger.head if trigger.pos_ == "NOUN" and trigger.dep_ == "nsubj" else trigger


def _dated(event: Event, days: tuple[str, str], distance: Distance) -> Event:
    why = Because("begin", days, "when.counted", words=(*along(*distance.told), *on(distance.other)))
    because = renewed(event.because, why)
    return msgspec.structs.replace(event, begin=days[0], end_date=days[1], when_from="told", because=because)


def _days(
    distance: Distance, dated: dict[int, Event], scene: EventScene, lexicon: DatingWords
) -> tuple[str, str] | None:
    """The days that lie so far from another event that has one: "two days after the vote of May 3".

    From the day of the copy where that event is the news itself: "The talks open two days after the raid".
    """
    other = dated.get(distance.other.i)
    if other is None:
        clauses = syntax.children(distance.other, "relcl", "acl")
        other = next((dated[c.i] for c in clauses if c.i in dated), None)
    if other is not None and other.begin == other.end_date and (day := day_of(other.begin)) is not None:
        return _away(day, distance)
    named = _named(distance.other, scene, lexicon)
    if named is not None and other is None:
        return _away(named, distance)
    line = scene.dispatch.dateline
    now = day_of((line.date if line else None) or scene.dispatch.published)
    verbs = (distance.other, *syntax.children(distance.other, "aux"))
    present = any(t.tag_ in ("VBZ", "VBP") for t in verbs) or _is_lead(distance.other)
    is_now = present and (other is None or other.begin is None)
    return _away(now, distance) if is_now and now else None


def _named(verb: Token, scene: EventScene, lexicon: DatingWords) -> date | None:
    """The day that stands at a verb: "the vote was on Sunday, two weeks after he was shot"."""
    placed = dating_times(verb, scene.doc, scene.times, lexicon)
    hung = [p for p in placed if p.anchor.i == verb.i and p.prep in ("", "on")]
    return day_of(hung[0].time.begin) if hung and hung[0].time.begin == hung[0].time.end_date else None


def _is_lead(verb: Token) -> bool:
    """Whether a verb tells the news itself: that of the first sentence, which happened when the copy was filed.

    "Rebels freed nine miners on Monday" as the first words.
    """
    first = next((t for t in verb.doc if t.is_alpha), verb)
    return verb.dep_ == "ROOT" and verb.tag_ == "VBD" and verb.sent.start == first.sent.start


def _away(day: date, distance: Distance) -> tuple[str, str] | None:
    """The day so many days from another one, or the month or year so many from it."""
    try:
        if distance.mod in BEYOND:
            return None
        if distance.unit == "D":
            found = day + timedelta(days=distance.count)
            if distance.mod in WITHIN:
                return min(day, found).isoformat(), max(day, found).isoformat()
            return (found.isoformat(), found.isoformat()) if distance.mod is None else None
        months = distance.count * (12 if distance.unit == "Y" else 1)
        moved = (day + relativedelta(months=months)).replace(day=1)
    except (OverflowError, ValueError):
        return None
    if distance.unit == "Y":
        return date(moved.year, 1, 1).isoformat(), date(moved.year, 12, 31).isoformat()
    return moved.isoformat(), (moved + relativedelta(months=1) - timedelta(days=1)).isoformat()


def _distances(scene: EventScene, words: NearnessWords) -> Iterator[Distance]:
    """The distances that the dispatch names: a length of time right before a preposition, "two days after the vote"."""
    for unit, link in zip(scene.doc, scene.doc[1:], strict=False):
        if unit.lower_ not in words.unit or link.lower_ not in words.order:
            continue
        ends = _ends(unit, link)
        length = _counted(scene, unit, words)
        if ends is not None and length is not None:
            mod = next((t.mod for t in scene.times if t.start <= unit.idx < t.end), None)
            yield Distance(*ends, words.order[link.lower_] * length[0], length[1], (unit, link), mod)


def _ends(unit: Token, link: Token) -> tuple[Token, Token] | None:
    """The word whose time it is, and the word for the other event: "fled" and "raid" in "fled a day after the raid"."""
    if link.dep_ == "mark":
        clause = link.head
        return (clause.head, clause) if clause.dep_ == "advcl" else None
    noun = next(iter(syntax.children(link, "pobj")), None)
    if noun is None or link.dep_ != "prep":
        return None
    told = unit.head if link.head == unit else link.head
    return told, noun


def _counted(scene: EventScene, unit: Token, words: NearnessWords) -> tuple[int, str] | None:
    """How many days, months or years it is: two in "two days after", one in "a day after"."""
    period = words.unit[unit.lower_]
    if period == "PT":
        return 0, "D"
    time = next((t for t in scene.times if t.start <= unit.idx < t.end), None)
    single = time is None and any(c.lower_ in COUNTS for c in unit.children)
    length = COUNTED.fullmatch(((time.value if time else None) or "") or (period if single else ""))
    if length is None:
        return None
    return int(length[1]) * DAYS.get(length[2], 1), "D" if length[2] in DAYS else length[2]
