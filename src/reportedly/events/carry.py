"""The day of an event that its own sentence leaves undated, from the dated incident told right before it.

Only what plainly belongs to that incident takes its days: a noun that points back to it ("the blast"), what is told of
that noun ("the blast killed nine"), a count of its victims ("Nine people were killed"), and what somebody is accused of
right after it was told.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

import msgspec

from reportedly import syntax
from reportedly.events import when
from reportedly.events.build import Draft
from reportedly.events.scene import Scene
from reportedly.events.triggers import governor
from reportedly.model import Event
from reportedly.parsed import Token

INCIDENTS = frozenset({"ASSAULT", "HAZARD"})
VICTIMS = frozenset({"killed", "injured", "casualties", "missing", "rescued"})
POINTING = frozenset({"the", "this", "that", "these", "those"})
# A noun with one of these is another event of the kind, whatever its article.
OTHER = frozenset(
    ["previous", "earlier", "past", "last", "latest", "next", "recent", "other", "another", "similar", "separate",
     "new", "first", "second", "third", "fourth", "same", "annual", "planned", "ongoing", "worst", "deadliest"]
)  # fmt: skip
# What these name lasts longer than one incident.
LASTING = frozenset(
    ["war", "conflict", "campaign", "uprising", "insurgency", "unrest", "violence", "crisis", "rebellion", "drought",
     "famine", "epidemic", "pandemic", "siege", "occupation", "revolution"]
)  # fmt: skip
OCCASION = ("in", "during", "since", "by", "from", "after", "before", "amid")
NARROWING = frozenset({"prep", "relcl", "acl", "poss", "nummod", "appos", "nmod", "compound"})


# An incident of more days than this does not date what came of it.
LONGEST = timedelta(days=6)
# How many sentences back the incident may stand: right before, or further where the sentence names its day again.
BESIDE, NEAR = 1, 3


class Told(NamedTuple):
    """An event with its draft and the number of its sentence."""

    event: Event
    draft: Draft
    sentence: int


def carry_days(scene: Scene, drafts: Sequence[Draft], events: Sequence[Event]) -> tuple[Event, ...]:
    """The events, those without days dated by the incident beside them where they belong to it."""
    numbers = {t.i: n for n, sentence in enumerate(scene.sentences) for t in sentence}
    told: list[Told] = []
    for draft, event in zip(drafts, events, strict=True):
        here = Told(event, draft, numbers[draft.found.token.i])
        told.append(here if event.begin else here._replace(event=_dated(scene, here, told)))
    return tuple(t.event for t in told)


def _dated(scene: Scene, undated: Told, before: Sequence[Told]) -> Event:
    """The event with the days of the incident that it belongs to, or as it was."""
    named = _days_of_sentence(scene, undated)
    reach = NEAR if named else BESIDE
    beside = [t for t in before if undated.sentence - reach <= t.sentence and _is_short_and_over(scene, t.event)]
    days = {_days(t.event) for t in beside if _belongs(undated, t, before, has_day=bool(named))}
    if len(days) != 1 or not named <= days:
        return undated.event
    ((begin, end),) = days
    return msgspec.structs.replace(undated.event, begin=begin, end_date=end)


def _days(event: Event) -> when.Days:
    return event.begin, event.end_date


def _days_of_sentence(scene: Scene, told: Told) -> set[when.Days]:
    """The days of the times that stand in the sentence of an event: of a saying, or of something else."""
    sentence = told.draft.found.token.sent
    start, end = sentence.start_char, sentence.end_char
    return {(t.begin, t.end_date) for t in scene.times if start <= t.start < end and t.begin}


def _is_short_and_over(scene: Scene, event: Event) -> bool:
    today = scene.dispatch.published
    if event.begin is None or event.end_date is None or (today is not None and event.begin > today):
        return False
    return date.fromisoformat(event.end_date) - date.fromisoformat(event.begin) <= LONGEST


def _belongs(undated: Told, incident: Told, before: Sequence[Told], *, has_day: bool) -> bool:
    """Whether an event is the incident itself, told again, or what came of it."""
    token, event = governor(undated.draft.found), undated.event
    if incident.draft.found.token.head == token:
        return False
    if _points_back(token) or _is_told_of(token) or _is_charge(token, before):
        return event.type == incident.event.type
    counts = token.pos_ in ("VERB", "AUX") and any(f.role in VICTIMS for f in event.figures)
    return counts and incident.event.type in INCIDENTS and _is_of_incident(token, has_day=has_day)


def _points_back(token: Token) -> bool:
    """Whether a noun means what was told before: "the blast", but not "the blast in March" or "the earlier blast"."""
    if token.pos_ != "NOUN" or token.dep_ in ("compound", "nmod", "amod") or token.lemma_.lower() in LASTING:
        return False
    has_article = any(c.dep_ == "det" and c.lower_ in POINTING for c in token.children)
    return has_article and not any(c.dep_ in NARROWING or c.lower_ in OTHER for c in token.children)


def _is_told_of(verb: Token) -> bool:
    """Whether the subject of the verb points back to an event ("the blast killed nine")."""
    subject = syntax.own_subject(verb)
    names_event = subject is not None and subject.lemma_.lower() in when.load_lexicon(None).happening
    return subject is not None and names_event and _points_back(subject) and _is_of_incident(verb, has_day=False)


def _is_charge(token: Token, before: Sequence[Told]) -> bool:
    """Whether somebody is accused of it right after it was told ("accused the rebels of shelling the town")."""
    if token.dep_ != "pcomp" or token.tag_ != "VBG":
        return False
    accused = {t.draft.found.token.i for t in before if t.event.type == "ACCUSE"}
    whom = token.head.head
    return whom.i in accused or (whom.dep_ == "dobj" and whom.head.i in accused)


def _is_of_incident(verb: Token, *, has_day: bool) -> bool:
    """Whether nothing says that a clause is of another time or occasion than the incident beside it."""
    if verb.dep_ in ("relcl", "acl") and not _points_back(verb.head):
        return False
    return _is_over(verb, has_day=has_day) and not _has_other_occasion(verb)


def _is_over(verb: Token, *, has_day: bool) -> bool:
    """A simple past: "have been killed" sums up a longer time, "had been killed" is long ago unless a day is named."""
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    allowed = {"was", "were", "had", "been"} if has_day else {"was", "were"}
    if syntax.is_negated(verb) or auxiliaries - allowed:
        return False
    return verb.tag_ == "VBD" or (verb.tag_ == "VBN" and bool(auxiliaries))


def _has_other_occasion(verb: Token) -> bool:
    """Whether it is told to have happened in something that is not the incident ("killed in the civil war")."""
    nouns = syntax.prep_objects(verb, *OCCASION)
    happening = when.load_lexicon(None).happening
    return any(n.lemma_.lower() in happening and not _points_back(n) for n in nouns)
