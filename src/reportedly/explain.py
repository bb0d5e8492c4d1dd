"""Why a claim says what it says: the reasons that its values were given with, in words.

Nothing is found out again here: the stages carry a ``Because`` with every value that they give (``reasons.py``), and
this module looks up the row and quotes the words that it refers to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from reportedly.actors.why import why_party
from reportedly.config import DEFAULT, Config
from reportedly.figures.why import why_amount
from reportedly.knowledge.load import Knowledge, knowledge_of
from reportedly.model import Actor, Analysis, Because, Candidate, Claim, Dispatch, Party, Place, Reason, Span, Words
from reportedly.pipeline import analysis_of, find_all
from reportedly.places import candidates
from reportedly.reason_words import RULES, conditions, slots_in_words
from reportedly.stages import Findings

# The order in which a person asks; fields that no reason names are not there.
FIELDS = (
    "type", "mode", "cameo", "source", "factuality", "modality", "actors", "recipients", "place", "origin", "begin",
    "means", "figures", "incident",
)  # fmt: skip
YEAR = re.compile(r"\b\d{4}\b")


class Explanation(msgspec.Struct, frozen=True):
    """A claim with the reasons for its values, in the order in which a person asks for them."""

    claim: Claim
    explain: tuple[Reason, ...]


class _Reading(NamedTuple):
    """The findings of one dispatch, and what was given out of them."""

    found: Findings
    analysis: Analysis
    knowledge: Knowledge

    @property
    def text(self) -> str:
        """The dispatch as it was analysed: capitals restored, and what lies behind the last sentence read."""
        return self.found.doc.text + self.dispatch.text[len(self.found.doc.text) :]

    @property
    def dispatch(self) -> Dispatch:
        """The dispatch that was read."""
        return self.found.dispatch


def explain_dispatches(
    dispatches: Iterable[Dispatch], config: Config = DEFAULT
) -> Iterator[tuple[Analysis, tuple[Explanation, ...]]]:
    """Read many dispatches and say why each claim is as it is, in the order of the claims."""
    for found in find_all(dispatches, config):
        analysis = analysis_of(found, config)
        yield analysis, explain(found, analysis, config)


def explain(found: Findings, analysis: Analysis, config: Config = DEFAULT) -> tuple[Explanation, ...]:
    """The explanations of all claims of a dispatch."""
    if not analysis.claims:
        return ()
    reading = _Reading(found, analysis, knowledge_of(config))
    return tuple(Explanation(claim, _reasons(reading, claim)) for claim in analysis.claims)


def _reasons(reading: _Reading, claim: Claim) -> tuple[Reason, ...]:
    found = [
        *_carried(reading, claim),
        *_of_chain(reading, claim),
        *(r for side in ("actors", "recipients") for p in getattr(claim, side) for r in _of_party(reading, side, p)),
        *_of_places(reading, claim),
        *(why_amount(f, reading.knowledge) for f in claim.figures),
        *_of_incident(reading, claim),
    ]
    first = {(r.field, r.value): i for i, r in reversed(list(enumerate(found)))}
    return tuple(sorted(found, key=lambda r: (FIELDS.index(r.field), first[r.field, r.value])))


def _carried(reading: _Reading, claim: Claim) -> Iterator[Reason]:
    """The reasons that claim and statement were made with."""
    because = reading.found.because
    for reason in (*because.get(claim.statement or "", ()), *because[claim.id]):
        yield _in_words(reason, reading)


def _in_words(because: Because, reading: _Reading) -> Reason:
    """A reason as a person reads it: the row that it rests on, the rule, the words of the dispatch."""
    words = _quoted(because.words, reading.dispatch.text)
    spoken = [_flat(reading.dispatch.text, s) for s in because.words]
    event = spoken[:-1] if because.rule in ("type.cause", "type.told") else spoken
    rule = RULES[because.rule].format(
        *spoken,
        word=" ".join(event),
        last=spoken[-1] if spoken else "",
        value=_value(because, reading),
        detail=because.detail,
        slot=slots_in_words(because.detail),
        row=because.row,
    )
    if because.rule == "type.row":
        rule += conditions(because.row, reading.knowledge)
    if because.rule in ("when.own", "when.tied"):
        rule += _reckoned(because, reading)
        words = _quoted(because.words[:1], reading.dispatch.text)
    place = f"{because.row}: " if because.row and "{row}" not in RULES[because.rule] else ""
    return Reason(because.field, _value(because, reading), f"{place}{rule}", words)


def _value(because: Because, reading: _Reading) -> str | None:
    """The value of a reason in words."""
    value = because.value
    if because.field == "source" and isinstance(value, tuple):
        return " ".join(_flat(reading.dispatch.text, s) for s in value) or None
    if isinstance(value, tuple):
        begin, end = value
        return begin if begin == end else f"{begin} to {end}"
    if isinstance(value, (Place, Party)):
        return value.name
    if because.field == "figures":
        return str(getattr(value, "role", value))
    return None if value is None else str(getattr(value, "text", value))


def _quoted(spans: Sequence[Span], text: str) -> tuple[Words, ...]:
    """The words under spans in order, each once; spans with nothing but a blank between them as one."""
    runs: list[Span] = []
    for span in spans:
        if runs and span.start >= runs[-1].start and not text[runs[-1].end : span.start].strip():
            runs[-1] = Span(runs[-1].start, max(span.end, runs[-1].end))
        else:
            runs.append(span)
    return tuple(Words(s.start, s.end, text[s.start : s.end]) for s in dict.fromkeys(runs))


def _flat(text: str, span: Span) -> str:
    return " ".join(text[span.start : span.end].split())


def _reckoned(because: Because, reading: _Reading) -> str:
    """How the days follow from an expression of time."""
    here = because.words[0]
    time = next(t for t in reading.found.times if (t.start, t.end) == (here.start, here.end))
    line = reading.dispatch.dateline
    today = (line.date if line else None) or reading.dispatch.published
    since = "; it began then and goes on to the day of the dispatch" if because.detail == "since" else ""
    counted = f", reckoned from {today}" if today and not YEAR.search(time.text) else ""
    return f"{since} (TIMEX3 {time.value}{counted})"


def _of_chain(reading: _Reading, claim: Claim) -> Iterator[Reason]:
    """Who the source is by the records of the dispatch, and through whom it reached us."""
    if claim.source is None:
        return
    statement = next(s for s in reading.found.statements if s.id == claim.statement)
    actor = next((a for a in reading.found.actors if a.id == statement.actor), None)
    if actor is not None:
        source = Party(claim.source.name, None, None, None, claim.source.start, claim.source.end)
        yield from why_party("source", source, actor, reading.dispatch, reading.text, reading.knowledge)
    if len(claim.chain) > 1:
        yield Reason("source", claim.source.name, f"reached the dispatch through {', '.join(claim.chain[:-1])}")


def _of_party(reading: _Reading, side: str, party: Party) -> list[Reason]:
    actor = _actor_at(reading, party)
    if actor is None:
        return _of_phrase(reading, side, party)
    return why_party(side, party, actor, reading.dispatch, reading.text, reading.knowledge)


def _of_phrase(reading: _Reading, side: str, party: Party) -> list[Reason]:
    """The code of a phrase that is no actor of the dispatch: the country of a place or a name in it."""
    if party.code is None:
        return []
    here = Span(party.start, party.end)
    named = [Words(p.start, p.end, p.text) for p in reading.found.places if p.country == party.country]
    mentions = [m for a in reading.found.actors if a.country == party.country for m in a.mentions]
    named += [Words(m.start, m.end, reading.dispatch.text[m.start : m.end]) for m in mentions]
    inside = tuple(w for w in named if here.meets(Span(w.start, w.end)))[:1]
    return [Reason(side, party.name, f"code {party.code}: the country of a name in the phrase", inside)]


def _actor_at(reading: _Reading, party: Party) -> Actor | None:
    here = Span(party.start, party.end)
    named = (a for a in reading.found.actors if a.name == party.name)
    return next((a for a in named if any(m.meets(here) for m in a.mentions)), None)


def _of_places(reading: _Reading, claim: Claim) -> Iterator[Reason]:
    """Why a name was taken for this place and not for another."""
    found = reading.found
    ranked = {(p.start, p.end): r for p, r in zip(found.places, found.readings, strict=True)}
    for field, place in (("place", claim.place), ("origin", claim.origin)):
        if place is not None:
            readings = candidates(ranked.get((place.start, place.end), ()))
            yield Reason(field, place.name, _chosen(readings), (Words(place.start, place.end, place.text),))


def _chosen(readings: Sequence[Candidate]) -> str:
    """The reading chosen, its reasons, and the next best one."""
    if not readings:
        return "the gazetteer does not know the name: left unresolved"
    best, *others = readings
    rule = f"gazetteer: {_called(best)}, {best.score:g} points ({'; '.join(best.reasons)})"
    return f"{rule}; next best {_called(others[0])}, {others[0].score:g} points" if others else rule


def _called(reading: Candidate) -> str:
    return ", ".join(p for p in (reading.name, reading.admin1, reading.country) if p)


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
