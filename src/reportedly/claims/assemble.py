"""Statement x event = claim: who answers for each event, how sure that source is, and through whom it reached us."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Token

from reportedly.claims.factuality import assess
from reportedly.claims.incidents import local_incidents
from reportedly.config import Config
from reportedly.ids import content_id
from reportedly.model import Actor, Claim, Dispatch, Event, Silence, Source, Span, Statement
from reportedly.spans import tokens_of


def assemble_claims(
    doc: Doc,
    dispatch: Dispatch,
    statements: tuple[Statement, ...],
    silences: tuple[Silence, ...],
    events: tuple[Event, ...],
    actors: tuple[Actor, ...],
    config: Config,
) -> tuple[Claim, ...]:
    """One claim per event in the mouth of the innermost source whose words tell it, or of the dispatch itself.

    Attitudes and unsourced adverbs give no source: they lower the certainty of whoever tells them. What a party is said
    *not* to have told (a silence) is no claim.
    """
    voices = Voices(dispatch, statements, actors)
    claims: dict[str, Claim] = {}
    for event in events:
        if any(s.start <= event.trigger.start and event.trigger.end <= s.end for s in silences):
            continue
        claim = _claim(doc, dispatch, event, voices, config)
        claims.setdefault(claim.id, claim)
    told = sorted(_without_echoes(claims.values(), dispatch), key=lambda c: (c.trigger.start, c.trigger.end, c.id))
    return local_incidents(told, dispatch)


class Voices:
    """Which statement answers for a place in the text, and what its source is called."""

    def __init__(self, dispatch: Dispatch, statements: tuple[Statement, ...], actors: tuple[Actor, ...]) -> None:
        self._text = dispatch.text
        self._agency = dispatch.agency
        self._by_id = {s.id: s for s in statements}
        self._sourced = [s for s in statements if s.source and s.act == "reporting"]
        self._actors = {a.id: a for a in actors}

    def statement_for(self, start: int, end: int) -> Statement | None:
        """The innermost sourced statement with ``[start, end)`` in its content."""
        inside = Span(start, end)
        fitting = [(span.end - span.start, s) for s in self._sourced for span in s.content if span.holds(inside)]
        return min(fitting, key=lambda x: (x[0], x[1].id))[1] if fitting else None

    def name(self, statement: Statement) -> str:
        """The source's resolved name, else its words in the text."""
        actor = self._actors.get(statement.actor or "")
        if actor is not None:
            return actor.name
        assert statement.source is not None
        return " ".join(" ".join(self._text[s.start : s.end] for s in statement.source).split())

    def source(self, statement: Statement) -> Source | None:
        """The source record of a statement."""
        if not statement.source:
            return None
        first = statement.source[0]
        return Source(self.name(statement), statement.kind or "named", first.start, first.end)

    def chain(self, statement: Statement | None) -> tuple[str, ...]:
        """Names from the outside in: the agency, the sources that quote, the one who says it."""
        names: list[str] = []
        seen: set[str] = set()
        while statement is not None and statement.id not in seen:
            seen.add(statement.id)
            if statement.source:
                names.append(self.name(statement))
            statement = self._by_id.get(statement.parent or "")
        return ((self._agency,) if self._agency else ()) + tuple(reversed(names))


def _claim(doc: Doc, dispatch: Dispatch, event: Event, voices: Voices, config: Config) -> Claim:
    statement = voices.statement_for(event.trigger.start, event.trigger.end)
    source = voices.source(statement) if statement else None
    trigger = trigger_head(doc, event)
    graded = assess(trigger, config, _cue_head(doc, statement) if statement else None)
    return Claim(
        id=content_id("c", dispatch.id, event.trigger.start, event.trigger.end, source.name if source else ""),
        trigger=event.trigger,
        evidence=event.evidence,
        type=event.type,
        mode=event.mode,
        cameo=event.cameo,
        factuality=graded.factuality,
        modality=graded.modality,
        source=source,
        statement=statement.id if statement else None,
        chain=voices.chain(statement),
        channel=statement.channel if statement else None,
        to=statement.to if statement else None,
        said=statement.said if statement else None,
        actors=event.actors,
        recipients=event.recipients,
        place=event.place,
        origin=event.origin,
        begin=event.begin,
        end_date=event.end_date,
        means=event.means,
        figures=event.figures,
        incident=None,
    )


def trigger_head(doc: Doc, event: Event) -> Token:
    """The token of the trigger that governs its others."""
    tokens = tokens_of(doc, event.trigger.start, event.trigger.end)
    inside = {t.i for t in tokens}
    return next((t for t in tokens if t.head.i not in inside or t.head == t), tokens[0])


def _cue_head(doc: Doc, statement: Statement) -> Token | None:
    tokens = [t for span in statement.cue for t in tokens_of(doc, span.start, span.end)]
    inside = {t.i for t in tokens}
    return next((t for t in tokens if t.head.i not in inside or t.head == t), None)


def _without_echoes(claims: Iterable[Claim], dispatch: Dispatch) -> list[Claim]:
    """Without the claims of a headline that the story tells again: the story is exact, a headline is an echo of it."""
    claims = list(claims)
    title = dispatch.title_span
    if title is None:
        return claims
    told = {c.type for c in claims if c.trigger.start >= title.end}
    return [c for c in claims if c.trigger.start >= title.end or c.type not in told]
