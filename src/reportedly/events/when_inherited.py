"""The day of an event that its own sentence leaves undated, from the dated incident told right before it.

Only what plainly belongs to that incident takes its days: a noun that points back to it ("the blast"), what is told of
that noun ("the blast killed nine"), a count of its victims ("Nine people were killed"), and what somebody is accused of
right after it was told.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import timedelta
from itertools import takewhile
from typing import NamedTuple

import msgspec

from reportedly.config import Config
from reportedly.days import day_of, is_hour_alone
from reportedly.events.build import EventDraft
from reportedly.events.nearness import NearnessWords, load_words
from reportedly.events.scene import EventScene
from reportedly.events.triggers import governor
from reportedly.events.when_words import Days, load_dating_words
from reportedly.knowledge.event_types import EventTypes
from reportedly.knowledge.load import knowledge_of
from reportedly.model import Because, Event
from reportedly.parse import syntax
from reportedly.parse.parsed import Token
from reportedly.reasons import at, renewed

NARROWING = frozenset({"prep", "relcl", "acl", "poss", "nummod", "appos", "nmod", "compound"})


# An incident of more days than this does not date what came of it.
LONGEST = timedelta(days=6)
# How many sentences back the incident may stand: right before, or further where the sentence names its day again.
BESIDE, NEAR = 1, 3


class InheritanceWords(NamedTuple):
    """The words that tie an event to another one, and the nouns that name events."""

    words: NearnessWords
    happening: frozenset[str]
    types: EventTypes
    victims: frozenset[str]


class DatedEvent(NamedTuple):
    """An event with its draft and the number of its sentence."""

    event: Event
    draft: EventDraft
    sentence: int


def carry_days(
    scene: EventScene, drafts: Sequence[EventDraft], events: Sequence[Event], config: Config
) -> tuple[Event, ...]:
    """The events, those without days dated by the incident beside them where they belong to it."""
    knowledge = knowledge_of(config)
    happening = load_dating_words(knowledge).happening
    lexicon = InheritanceWords(load_words(knowledge), happening, scene.lexicon.types, scene.lexicon.figures.victims)
    before = _Before(scene)
    for draft, event in zip(drafts, events, strict=True):
        here = DatedEvent(event, draft, scene.doc.sentence_number(draft.found.token.i))
        open_ = event.begin is None or before.is_by_the_clock(event)
        before.add(here._replace(event=_dated(here, before, lexicon)) if open_ else here, lexicon.types)
    return tuple(t.event for t in before.told)


class _Before:
    """What was told so far, in text order; the days that sentences name, and whom accusations were made by."""

    def __init__(self, scene: EventScene) -> None:
        self.scene = scene
        self.told: list[DatedEvent] = []
        self._short: list[DatedEvent] = []
        self.accused: set[int] = set()
        self._days: dict[int, set[Days]] = {}
        self._hours = {t.start for t in scene.times if t.type == "TIME" and is_hour_alone(t.text)}
        starts = [s.start_char for s in scene.doc.sentences]
        for t in scene.times:
            if t.begin and t.start not in self._hours:
                number = bisect_right(starts, t.start) - 1
                self._days.setdefault(number, set()).add((t.begin, t.end_date))

    def add(self, told: DatedEvent, types: EventTypes) -> None:
        """One more event."""
        self.told.append(told)
        if _is_short_and_over(self.scene, told.event):
            self._short.append(told)
        if told.event.type in types.accusation:
            self.accused.add(told.draft.found.token.i)

    def since(self, sentence: int) -> list[DatedEvent]:
        """Short incidents that are over, told in this sentence or behind it."""
        return list(takewhile(lambda t: sentence <= t.sentence, reversed(self._short)))[::-1]

    def is_by_the_clock(self, event: Event) -> bool:
        """Whether only an hour dates it, whose day is the one named last: "nine were dead by Monday. It began at 6"."""
        span = next((b.words[0] for b in event.because if b.rule in ("when.own", "when.tied") and b.words), None)
        return span is not None and span.start in self._hours

    def days_of(self, sentence: int) -> set[Days]:
        """The days of the times that stand in a sentence: of a saying, or of something else."""
        return self._days.get(sentence, set())


def _dated(undated: DatedEvent, before: _Before, lexicon: InheritanceWords) -> Event:
    """The event with the days of the incident that it belongs to, or as it was."""
    named = before.days_of(undated.sentence)
    reach = NEAR if named or undated.event.begin else BESIDE
    near = (t for t in before.since(undated.sentence - NEAR) if _reaches(undated, t, reach, lexicon))
    sources = [t for t in near if _belongs(undated, t, before, lexicon, has_day=bool(named))]
    days = {_days(t.event) for t in sources}
    if len(days) != 1 or not named <= days:
        return undated.event
    ((begin, end),) = days
    why = Because("begin", (begin, end), "when.inherited", words=at(sources[-1].event.trigger))
    because = renewed(undated.event.because, why)
    return msgspec.structs.replace(undated.event, begin=begin, end_date=end, when_from="carried", because=because)


def _days(event: Event) -> Days:
    return event.begin, event.end_date


def _is_short_and_over(scene: EventScene, event: Event) -> bool:
    today = scene.dispatch.published
    begin, end = day_of(event.begin), day_of(event.end_date)
    if event.begin is None or begin is None or end is None or (today is not None and event.begin > today):
        return False
    return end - begin <= LONGEST


def _reaches(undated: DatedEvent, incident: DatedEvent, reach: int, lexicon: InheritanceWords) -> bool:
    """Whether an incident stands near enough, which one that is named again by its own word does from farther off."""
    beside = undated.sentence - incident.sentence <= reach
    return beside or _is_told_of_act(governor(undated.draft.found), incident, lexicon)


def _belongs(
    undated: DatedEvent, incident: DatedEvent, before: _Before, lexicon: InheritanceWords, *, has_day: bool
) -> bool:
    """Whether an event is the incident itself, told again ("the attack"), or what came of it ("nine died")."""
    token, event = governor(undated.draft.found), undated.event
    if _is_measured(token, lexicon.words):
        return False
    if incident.draft.found.token.head == token:
        return False
    if _is_told_of_act(token, incident, lexicon):
        return True
    if _points_back(token, lexicon.words) or _is_told_of(token, lexicon) or _is_charge(token, before.accused):
        return event.type == incident.event.type
    if _is_looked_into(incident, lexicon.words):
        return False
    counts = token.pos_ in ("VERB", "AUX") and any(f.role in lexicon.victims for f in event.figures)
    return (
        counts
        and incident.event.type in lexicon.types.harm | lexicon.types.accident
        and _is_of_incident(token, lexicon, has_day=has_day)
    )


def _is_looked_into(incident: DatedEvent, words: NearnessWords) -> bool:
    """Whether an event is only what others look into: "are investigating last week's raid. Nine were hurt"."""
    token = incident.draft.found.token
    return token.dep_ == "dobj" and token.head.lemma_.lower() in words.probing


def _is_measured(token: Token, words: NearnessWords) -> bool:
    """Whether its clause tells how far from another event it was ("a day after a similar attack killed seven")."""
    clause = token if token.pos_ in ("VERB", "AUX") else syntax.clause_head(token)
    adverbs = [c for c in syntax.children(clause, "advmod") if c.i]
    if any(words.unit.get(a.doc[a.i - 1].lower_, "PT") != "PT" for a in adverbs):
        return True  # "days later nine were killed"
    spells = (c for c in syntax.children(clause, "npadvmod") if words.unit.get(c.lower_, "PT") != "PT")
    if any(c.lower_ in words.order for spell in spells if token not in spell.subtree for c in spell.children):
        return True  # "two days after the raid nine were killed": the killing, not the raid
    return clause.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in words.order for c in clause.children)


def _points_back(token: Token, words: NearnessWords) -> bool:
    """Whether a noun means what was told before: "the blast", but not "the blast in March" or "the earlier blast".

    What stands between commas behind it only adds to it ("the vote, which is not binding, was").
    """
    if token.pos_ != "NOUN" or token.dep_ in ("compound", "nmod", "amod") or token.lemma_.lower() in words.lasting:
        return False
    has_article = any(c.dep_ == "det" and c.lower_ in words.pointing for c in token.children)
    return has_article and not any(
        (c.dep_ in NARROWING and not _is_aside(c)) or c.lower_ in words.other for c in token.children
    )


def _is_aside(clause: Token) -> bool:
    """Whether a relative clause stands behind a comma: "the raid, which killed nine"."""
    first = min(t.i for t in clause.subtree)
    return clause.dep_ == "relcl" and first > 0 and clause.doc[first - 1].text == ","


def _is_told_of(verb: Token, lexicon: InheritanceWords) -> bool:
    """Whether the subject of the verb points back to an event ("the blast killed nine")."""
    subject = syntax.own_subject(verb)
    if subject is None or subject.lemma_.lower() not in lexicon.happening:
        return False
    return _points_back(subject, lexicon.words) and _is_of_incident(verb, lexicon, has_day=False)


def _is_told_of_act(verb: Token, incident: DatedEvent, lexicon: InheritanceWords) -> bool:
    """Whether the subject names the act that was told before: "On Monday they voted. The vote was boycotted"."""
    subject, act = syntax.own_subject(verb), incident.draft.found.token
    if subject is None or act.lemma_.lower() != subject.lemma_.lower() or verb.dep_ in ("relcl", "acl"):
        return False
    return _points_back(subject, lexicon.words) and _is_of_incident(verb, lexicon, has_day=False)


def _is_charge(token: Token, accused: set[int]) -> bool:
    """Whether somebody is accused of it right after it was told ("accused the rebels of shelling the town")."""
    if token.dep_ != "pcomp" or token.tag_ != "VBG":
        return False
    whom = token.head.head
    return whom.i in accused or (whom.dep_ == "dobj" and whom.head.i in accused)


def _is_of_incident(verb: Token, lexicon: InheritanceWords, *, has_day: bool) -> bool:
    """Whether nothing says that a clause is of another time or occasion: "nine were hurt", not "hurt in a fire"."""
    if verb.dep_ in ("relcl", "acl") and not _points_back(verb.head, lexicon.words):
        return False
    return _is_over(verb, has_day=has_day) and not _has_other_occasion(verb, lexicon)


def _is_over(verb: Token, *, has_day: bool) -> bool:
    """A simple past: "have been killed" sums up a longer time, "had been killed" is long ago unless a day is named."""
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    allowed = {"was", "were", "had", "been"} if has_day else {"was", "were"}
    if syntax.is_negated(verb) or auxiliaries - allowed:
        return False
    return verb.tag_ == "VBD" or (verb.tag_ == "VBN" and bool(auxiliaries))


def _has_other_occasion(verb: Token, lexicon: InheritanceWords) -> bool:
    """Whether it is told to have happened in something that is not the incident ("killed in the civil war")."""
    nouns = syntax.prep_objects(verb, *lexicon.words.occasion)
    return any(n.lemma_.lower() in lexicon.happening and not _points_back(n, lexicon.words) for n in nouns)
