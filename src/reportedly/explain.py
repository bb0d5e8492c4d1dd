"""Why a claim says what it says: the reasons that its values were given with, in words.

Nothing is found out again here: the stages carry a ``Because`` with every value that they give (``reasons.py``), and
this module looks up the row and quotes the words that it refers to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from reportedly.config import DEFAULT, Config
from reportedly.knowledge.load import Knowledge, knowledge_of
from reportedly.model import (
    Analysis,
    Because,
    Candidate,
    Claim,
    Dispatch,
    Figure,
    Party,
    Place,
    QuotedWords,
    Reason,
    Span,
)
from reportedly.pipeline import analysis_of, find_all
from reportedly.places import candidates
from reportedly.reason_words import RULES, amount, conditions, slots_in_words, weighed_in_words
from reportedly.stages import Findings

# The order in which a person asks; fields that no reason names are not there.
FIELDS = (
    "type", "mode", "cameo", "source", "to", "said", "channel", "factuality", "modality", "actors", "recipients",
    "place", "origin", "begin", "means", "figures", "earlier", "incident",
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
    found = [*_carried(reading, claim), *_of_places(reading, claim)]
    first = {(r.field, r.value): i for i, r in reversed(list(enumerate(found)))}
    return tuple(sorted(found, key=lambda r: (FIELDS.index(r.field), first[r.field, r.value])))


def _carried(reading: _Reading, claim: Claim) -> Iterator[Reason]:
    """The reasons that claim and statement were made with."""
    because = reading.found.because
    for reason in (*because.get(claim.statement or "", ()), *because[claim.id]):
        if reason.rule == "party.actor":
            yield from _of_actor(reason, reading)
        elif not reason.rule.startswith("amount."):
            yield _in_words(reason, reading)
    for figure in (*claim.figures, *claim.earlier):
        yield _of_amount(figure, [b for b in because[claim.id] if b.rule.startswith("amount.")], reading)


def _of_actor(because: Because, reading: _Reading) -> Iterator[Reason]:
    """How words come to the name of somebody the dispatch speaks of, and which rows give the code."""
    name = _value(because, reading) or ""
    *coded, named = reading.found.because[because.detail]
    text = reading.dispatch.text
    own = _flat(text, because.words[0])
    if name.casefold() not in own.casefold():
        rule = RULES[named.rule].format(own, value=name)
        yield Reason(because.field, name, rule, _quoted((*because.words, *named.words), text))
    code = because.value.code if isinstance(because.value, Party) else None
    if code:
        rows = "; ".join(f"{b.row} {told}" if b.row else told for b in coded for told in (_part(b, text),))
        words = _quoted(tuple(dict.fromkeys(s for b in coded for s in b.words)), text)
        yield Reason(because.field, name, f"code {code}: {rows}", words)


def _part(because: Because, text: str) -> str:
    """What one row or rule gives of a code."""
    words = (_flat(text, span) for span in because.words)
    return RULES[because.rule].format(*words, detail=because.detail, value=because.value)


def _of_amount(figure: Figure, amounts: Sequence[Because], reading: _Reading) -> Reason:
    """The bounds of a figure, and the words that set them."""
    low, high = figure.low, figure.high
    bounds = f"{'no lower bound' if low is None else low} to {'no upper bound' if high is None else high}"
    value = str(low) if low == high else bounds
    here = Span(figure.start, figure.end)
    own = [b for b in amounts if b.words[0] == here and getattr(b.value, "role", None) == figure.role]
    rule = "; ".join(amount(b, reading.knowledge) for b in own)
    field = own[0].field if own else "figures"
    return Reason(field, f"about {value}" if figure.approx else value, rule, _quoted((here,), reading.dispatch.text))


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
        weighed=weighed_in_words(because.detail) if because.rule == "incident.joined" else "",
    )
    if because.rule == "type.row":
        rule += conditions(because.row, reading.knowledge)
    if because.rule in ("when.own", "when.tied"):
        rule += _reckoned(because, reading)
        words = _quoted(because.words[:1], reading.dispatch.text)
    if because.rule == "party.nation":
        rule = f"code {getattr(because.value, 'code', None)}: {rule}"
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
    if because.field in ("figures", "earlier"):
        return str(getattr(value, "role", value))
    return None if value is None else str(getattr(value, "text", value))


def _quoted(spans: Sequence[Span], text: str) -> tuple[QuotedWords, ...]:
    """The words under spans in order, each once; spans with nothing but a blank between them as one."""
    runs: list[Span] = []
    for span in spans:
        if runs and span.start >= runs[-1].start and not text[runs[-1].end : span.start].strip():
            runs[-1] = Span(runs[-1].start, max(span.end, runs[-1].end))
        else:
            runs.append(span)
    return tuple(QuotedWords(s.start, s.end, text[s.start : s.end]) for s in dict.fromkeys(runs))


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


def _of_places(reading: _Reading, claim: Claim) -> Iterator[Reason]:
    """Why a name was taken for this place and not for another."""
    found = reading.found
    ranked = {(p.start, p.end): r for p, r in zip(found.places, found.readings, strict=True)}
    for field, place in (("place", claim.place), ("origin", claim.origin)):
        if place is not None:
            readings = candidates(ranked.get((place.start, place.end), ()))
            yield Reason(field, place.name, _chosen(readings), (QuotedWords(place.start, place.end, place.text),))


def _chosen(readings: Sequence[Candidate]) -> str:
    """The reading chosen, its reasons, and the next best one."""
    if not readings:
        return "the gazetteer does not know the name: left unresolved"
    best, *others = readings
    rule = f"gazetteer: {_called(best)}, {best.score:g} points ({'; '.join(best.reasons)})"
    return f"{rule}; next best {_called(others[0])}, {others[0].score:g} points" if others else rule


def _called(reading: Candidate) -> str:
    return ", ".join(p for p in (reading.name, reading.admin1, reading.country) if p)
