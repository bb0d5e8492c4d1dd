"""Why a claim says what it says: for each of its values the rule that gave it and the words it was read from.

The stages are functions of their arguments, so nothing is kept in a reading for this: when somebody asks, what they
did is found out again from the parse and the records. Every package has its ``why`` module beside the code it explains.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from reportedly.actors.why import why_party
from reportedly.claims.why import why_certainty
from reportedly.config import DEFAULT, Config
from reportedly.events import draft_events
from reportedly.events.build import Draft, build
from reportedly.events.lexicon import load_lexicon
from reportedly.events.scene import Scene
from reportedly.events.when_counted import date_apart
from reportedly.events.when_inherited import carry_days
from reportedly.events.where import Whereabouts
from reportedly.events.why import why_event
from reportedly.figures import find_figures
from reportedly.figures.why import why_amount
from reportedly.knowledge.load import knowledge_of
from reportedly.model import (
    Actor,
    Analysis,
    Because,
    Candidate,
    Claim,
    Dispatch,
    Event,
    Party,
    Place,
    Reason,
    Span,
    Statement,
    Words,
)
from reportedly.parse.parsed import Doc
from reportedly.pipeline import analysis_of, find_all
from reportedly.places import rank_candidates
from reportedly.places.why import why_resolved
from reportedly.reasons import renewed
from reportedly.scenes import carry, find_scenes
from reportedly.statements.why import why_statement

YEAR = re.compile(r"\b\d{4}\b")
# What the rules of reasons say; {0}, {1} are the words that they were read from.
RULES = {
    "place.own": "in a phrase of place of the event word itself",
    "place.clause": "in the clause that tells of the event",
    "place.fronted": "in a phrase of place in front of the verb of saying",
    "place.argument": "with whom or what the event word acts on, or who acts",
    "place.below": "in a phrase of place further down in the same clause",
    "place.joined": "in a clause joined with that of the event word",
    "place.none": "no place is named in the clause of the event word or in those joined with it",
    "origin.from": 'behind "from", or what is left',
    "when.own": 'the expression of time that dates "{1}"',
    "when.tied": 'the expression of time that dates "{1}", whose time is that of the event',
    "when.inherited": 'the day of "{0}", told right before it, to which it belongs',
    "when.counted": 'counted in days from "{1}"',
    "place.happening": 'the place told for "{0}", which is the same happening',
    "place.lasting": 'where "{0}" says that the war or crisis is',
    "place.scene": 'the place of the scene that "{0}" has set',
    "place.dateline": 'where the story was filed, "{0}", which is where it plays',
    "place.story": "the country in which the story plays",
    "when.happening": 'the day told for "{0}", which is the same happening',
    "when.scene": 'the day of the scene that "{0}" has set',
    "when.none": "no expression of time with a known day dates the event",
}

# The order in which a person asks; fields that no reason names are not there.
FIELDS = (
    "type", "mode", "cameo", "source", "factuality", "modality", "actors", "recipients", "place", "origin", "begin",
    "means", "figures", "incident",
)  # fmt: skip


class Explanation(msgspec.Struct, frozen=True):
    """A claim with the reasons for its values, in the order in which a person asks for them."""

    claim: Claim
    explain: tuple[Reason, ...]


class _Reading(NamedTuple):
    """One dispatch with what its events were made from."""

    doc: Doc
    analysis: Analysis
    scene: Scene
    events: dict[tuple[int, int], tuple[Draft, Event]]
    places: dict[tuple[int, int], tuple[Candidate, ...]]
    carried: dict[str, tuple[Because, ...]]
    config: Config

    @property
    def text(self) -> str:
        """The dispatch as it was analysed: capitals restored, and what lies behind the last sentence read."""
        return self.doc.text + self.dispatch.text[len(self.doc.text) :]

    @property
    def dispatch(self) -> Dispatch:
        """The dispatch that was read."""
        return self.analysis.dispatch


def explain_dispatches(
    dispatches: Iterable[Dispatch], config: Config = DEFAULT
) -> Iterator[tuple[Analysis, tuple[Explanation, ...]]]:
    """Read many dispatches and say why each claim is as it is; see ``explain_doc``."""
    for found in find_all(dispatches, config):
        analysis = analysis_of(found, config)
        yield analysis, explain_doc(found.doc, analysis, config)


def explain_doc(doc: Doc, analysis: Analysis, config: Config = DEFAULT) -> tuple[Explanation, ...]:
    """The explanations of all claims of a dispatch that was just read from this parse, in the order of the claims."""
    if not analysis.claims:
        return ()
    reading = _reading(doc, analysis, config)
    return tuple(Explanation(claim, _reasons(reading, claim)) for claim in analysis.claims)


def _reading(doc: Doc, analysis: Analysis, config: Config) -> _Reading:
    lexicon = load_lexicon(knowledge_of(config))
    scene = Scene(doc, analysis.dispatch, analysis.times, analysis.places, analysis.actors, lexicon)
    where = Whereabouts(doc, analysis.places, config)
    drafts = draft_events(scene, find_figures(doc, analysis.places, config))
    carried = carry_days(scene, drafts, [build(scene, d, where, config) for d in drafts], config)
    built = date_apart(scene, drafts, carried, config)
    events = {(e.trigger.start, e.trigger.end): (d, e) for d, e in reversed(list(zip(drafts, built, strict=True)))}
    ranked = rank_candidates(doc, analysis.dispatch, config)
    return _Reading(doc, analysis, scene, events, ranked, _carried(doc, analysis, built, config), config)


def _carried(doc: Doc, analysis: Analysis, events: Sequence[Event], config: Config) -> dict[str, tuple[Because, ...]]:
    """Why claims have a place or days that their scene or happening gave them, by claim id."""
    scenes = find_scenes(doc, analysis.dispatch, analysis.places, events, config)
    inherited = {(e.trigger.start, e.trigger.end) for e in events if e.when_from == "carried"}
    told = [_as_told(c, dated=(c.trigger.start, c.trigger.end) in inherited) for c in analysis.claims]
    settled = carry(doc, analysis.dispatch, analysis.places, scenes, told, config)
    return {s.claim.id: s.because for s in settled}


def _as_told(claim: Claim, *, dated: bool) -> Claim:
    """A claim without what was carried to it after it was assembled; ``dated`` where its event had its days before."""
    if claim.place_from in ("carried", "dateline"):
        claim = msgspec.structs.replace(claim, place=None, place_from=None)
    if claim.when_from == "carried" and not dated:
        claim = msgspec.structs.replace(claim, begin=None, end_date=None, when_from=None)
    return claim


def _reasons(reading: _Reading, claim: Claim) -> tuple[Reason, ...]:
    statement = next((s for s in reading.analysis.statements if s.id == claim.statement), None)
    found = [
        *_of_event(reading, claim),
        *_of_source(reading, claim, statement),
        *why_certainty(reading.doc, reading.dispatch, claim, statement, reading.config),
        *(r for side in ("actors", "recipients") for p in getattr(claim, side) for r in _of_party(reading, side, p)),
        *_of_places(reading, claim),
        *(why_amount(f, knowledge_of(reading.config)) for f in claim.figures),
        *_of_incident(reading, claim),
    ]
    first = {(r.field, r.value): i for i, r in reversed(list(enumerate(found)))}
    return tuple(sorted(found, key=lambda r: (FIELDS.index(r.field), first[r.field, r.value])))


def _in_words(because: Because, reading: _Reading) -> Reason:
    """A reason that was carried, as a person reads it."""
    text = reading.dispatch.text
    words = tuple(Words(s.start, s.end, text[s.start : s.end]) for s in because.words)
    rule = RULES[because.rule].format(*(" ".join(w.text.split()) for w in words))
    if because.rule in ("when.own", "when.tied"):
        rule += _reckoned(because, words[0], reading)
        words = words[:1]
    return Reason(because.field, _value(because.value), rule, words)


def _value(value: object) -> str | None:
    """The value of a reason in words."""
    if isinstance(value, Place):
        return value.name
    if isinstance(value, tuple):
        begin, end = value
        return begin if begin == end else f"{begin} to {end}"
    return None if value is None else str(value)


def _reckoned(because: Because, words: Words, reading: _Reading) -> str:
    """How the days follow from an expression of time."""
    time = next(t for t in reading.analysis.times if (t.start, t.end) == (words.start, words.end))
    line = reading.dispatch.dateline
    today = (line.date if line else None) or reading.dispatch.published
    since = "; it began then and goes on to the day of the dispatch" if because.detail == "since" else ""
    counted = f", reckoned from {today}" if today and not YEAR.search(time.text) else ""
    return f"{since} (TIMEX3 {time.value}{counted})"


def _of_event(reading: _Reading, claim: Claim) -> list[Reason]:
    made = reading.events.get((claim.trigger.start, claim.trigger.end))
    if made is None:
        return []
    carried = [_in_words(b, reading) for b in renewed(made[1].because, *reading.carried.get(claim.id, ()))]
    return [*why_event(reading.scene, *made, reading.config), *carried]


def _of_source(reading: _Reading, claim: Claim, statement: Statement | None) -> Iterator[Reason]:
    if statement is None or claim.source is None:
        yield Reason("source", None, "no statement holds the event word: the dispatch itself answers for it")
        return
    yield why_statement(statement, reading.dispatch, knowledge_of(reading.config))
    source = Party(claim.source.name, None, None, None, claim.source.start, claim.source.end)
    actor = next((a for a in reading.analysis.actors if a.id == statement.actor), None)
    resolved = (
        why_party("source", source, actor, reading.dispatch, reading.text, knowledge_of(reading.config))
        if actor
        else []
    )
    yield from resolved
    words = reading.dispatch.text[claim.source.start : claim.source.end]
    if not resolved and claim.source.name.casefold() not in " ".join(words.casefold().split()):
        yield Reason("source", claim.source.name, f'"{words}" means the one who spoke last')
    if len(claim.chain) > 1:
        yield Reason("source", claim.source.name, f"reached the dispatch through {', '.join(claim.chain[:-1])}")


def _of_party(reading: _Reading, side: str, party: Party) -> list[Reason]:
    actor = _actor_at(reading, party)
    if actor is None:
        return _of_phrase(reading, side, party)
    return why_party(side, party, actor, reading.dispatch, reading.text, knowledge_of(reading.config))


def _of_phrase(reading: _Reading, side: str, party: Party) -> list[Reason]:
    """The code of a phrase that is no actor of the dispatch: the country of a place or a name in it."""
    if party.code is None:
        return []
    here = Span(party.start, party.end)
    named = [Words(p.start, p.end, p.text) for p in reading.analysis.places if p.country == party.country]
    mentions = [m for a in reading.analysis.actors if a.country == party.country for m in a.mentions]
    named += [Words(m.start, m.end, reading.dispatch.text[m.start : m.end]) for m in mentions]
    inside = tuple(w for w in named if here.meets(Span(w.start, w.end)))[:1]
    return [Reason(side, party.name, f"code {party.code}: the country of a name in the phrase", inside)]


def _actor_at(reading: _Reading, party: Party) -> Actor | None:
    here = Span(party.start, party.end)
    named = (a for a in reading.analysis.actors if a.name == party.name)
    return next((a for a in named if any(m.meets(here) for m in a.mentions)), None)


def _of_places(reading: _Reading, claim: Claim) -> Iterator[Reason]:
    for field, place in (("place", claim.place), ("origin", claim.origin)):
        if place is not None:
            yield why_resolved(field, place, reading.places.get((place.start, place.end), ()))


def _of_incident(reading: _Reading, claim: Claim) -> Iterator[Reason]:
    others = [c for c in reading.analysis.claims if c.incident == claim.incident and c.id != claim.id]
    if claim.incident and others:
        told = ", ".join(f'"{c.trigger.text}" ({"; ".join([c.id, *_agreements(claim, c)])})' for c in others)
        yield Reason("incident", claim.incident, f"more speaks for one happening than against it with {told}")


def _agreements(claim: Claim, other: Claim) -> Iterator[str]:
    """What two claims of one incident have in common."""
    pairs = {
        "type": (claim.type, other.type),
        "place": (claim.place and claim.place.name, other.place and other.place.name),
        "day": (claim.begin, other.begin),
    }
    yield from (f"same {name}" for name, (one, two) in pairs.items() if one and one == two)
    if {p.name for p in claim.recipients} & {p.name for p in other.recipients}:
        yield "same recipients"
    if {p.name for p in claim.actors} & {p.name for p in other.actors}:
        yield "same actors"
