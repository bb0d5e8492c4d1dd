"""Statement x event = claim: who answers for each event, how sure that source is, and through whom it reached us."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from msgspec.structs import replace

from reportedly.claims.factuality import Assessment, assess
from reportedly.claims.first_person import in_own_person
from reportedly.claims.incidents import local_incidents
from reportedly.claims.outcomes import outcome
from reportedly.claims.voices import Speaker, Voices
from reportedly.config import Config
from reportedly.days import today_of
from reportedly.ids import content_id
from reportedly.knowledge.event_types import event_types
from reportedly.knowledge.load import knowledge_of
from reportedly.model import Actor, Because, Claim, Dispatch, Event, Party, Silence, Source, Statement
from reportedly.parse.parsed import Doc, Token
from reportedly.parse.spans import head_of, tokens_of
from reportedly.reasons import at, on, renewed

Reasons = tuple[Because, ...]


class Assembled(NamedTuple):
    """The claims of a dispatch, and the reasons for the values of each by its id."""

    claims: tuple[Claim, ...]
    because: Mapping[str, Reasons]


# How far before its pronoun the comma of "the raid, in which two died" stands.
DEEP = 2

# The rules of steps on the way to an event word: by what they are, else by what they make of what stands below.
STEPS = {"purpose": "certainty.purpose", "question": "certainty.question", "command": "certainty.command"}
EFFECTS = {
    "CT+": "certainty.held", "PR+": "certainty.probable", "PS+": "certainty.possible", "U": "certainty.open",
    "PS-": "certainty.hardly", "PR-": "certainty.improbable", "CT-": "certainty.denied",
    "turned": "certainty.turned", "granted": "certainty.granted",
}  # fmt: skip


def assemble_claims(
    doc: Doc,
    dispatch: Dispatch,
    statements: tuple[Statement, ...],
    silences: tuple[Silence, ...],
    events: tuple[Event, ...],
    actors: tuple[Actor, ...],
    config: Config,
) -> Assembled:
    """One claim per event in the mouth of the innermost source whose words tell it, or of the dispatch itself.

    Who denies it beside them has a claim of his own ("the raid, which the army denied"; "X rejects Y's claim").
    Attitudes and unsourced adverbs give no source: they lower the certainty of whoever tells them. What a party is said
    *not* to have told (a silence) is no claim, and neither is what somebody tells whom the text does not let us name,
    nor what a disaster must be like ("a storm must have winds of ...").
    """
    voices = Voices(dispatch, doc.text, statements, actors, _asides(doc, statements))
    claims: dict[str, Claim] = {}
    because: dict[str, Reasons] = {}
    for event in events:
        if any(s.start <= event.trigger.start and event.trigger.end <= s.end for s in silences):
            continue
        for claim, why in _claims(doc, dispatch, event, voices, config):
            claims.setdefault(claim.id, claim)
            because.setdefault(claim.id, why)
    told = sorted(_without_echoes(claims.values(), dispatch), key=lambda c: (c.trigger.start, c.trigger.end, c.id))
    local = local_incidents(told, dispatch, doc, config)
    return Assembled(local.claims, because | {key: (*because[key], why) for key, why in local.because.items()})


def _claims(
    doc: Doc, dispatch: Dispatch, event: Event, voices: Voices, config: Config
) -> Iterator[tuple[Claim, Reasons]]:
    """The claim of whoever tells the event, and those of the others who deny or claim it in the same breath."""
    span = (event.trigger.start, event.trigger.end)
    statement = voices.statement_for(*span)
    if statement is not None and (_is_added(doc, event, statement, config) or _has_come(doc, event, statement)):
        statement = None
    statement = _denying(doc, statement, voices, span, config)
    told = event
    for aside in voices.asides_on(*span):
        cue = cue_head(doc, aside)
        if cue is not None and cue.head.i == trigger_head(doc, event).i:
            yield from filter(None, (_claim(doc, dispatch, event, aside, voices, config),))
            told = _without_aside(told, cue)
    made = _claim(doc, dispatch, told, statement, voices, config)
    if made is None:
        return
    yield made
    for outer in voices.around(statement, *span):
        other = _claim(doc, dispatch, event, outer, voices, config)
        if other is not None and other[0].factuality == "CT-" and made[0].factuality != "CT-":
            yield other


def _denying(
    doc: Doc, statement: Statement | None, voices: Voices, span: tuple[int, int], config: Config
) -> Statement | None:
    """The statement in which somebody denies that he said or ordered it: "denied *ordering* the raid"."""
    outer = next(iter(voices.around(statement, *span)), None)
    if statement is None or outer is None or voices.actor(outer) != voices.actor(statement):
        return statement
    cue, denial = cue_head(doc, statement), cue_head(doc, outer)
    denied = cue is not None and denial is not None and assess(cue, config, denial).factuality == "CT-"
    return outer if denied else statement


def _is_added(doc: Doc, event: Event, statement: Statement, config: Config) -> bool:
    """Whether the writer adds it to what the speaker says did not happen: "denied the raid, *in which two died*"."""
    trigger, cue = trigger_head(doc, event), cue_head(doc, statement)
    clause = next((t for t in (trigger, *trigger.ancestors) if t.dep_ == "relcl"), None)
    if cue is None or clause is None or clause.head.i < cue.i:
        return False
    pronoun = next((t for t in clause.subtree if t.tag_ == "WDT" and t.dep_ == "pobj"), None)
    if pronoun is None or pronoun.i < DEEP or doc[pronoun.i - DEEP].text != ",":
        return False
    return assess(clause.head, config, cue).factuality == "CT-"


def _has_come(doc: Doc, event: Event, statement: Statement) -> bool:
    """Whether the writer adds what came of what the speaker promised: "vowed to disarm *but did not*"."""
    trigger, cue = trigger_head(doc, event), cue_head(doc, statement)
    return cue is not None and cue.i == trigger.head.i and statement.parent is None and outcome(trigger) is not None


def _asides(doc: Doc, statements: tuple[Statement, ...]) -> frozenset[str]:
    """The statements whose cue stands in a clause about their own content ("the raid, *which the army denied*")."""
    found = set()
    for s in statements:
        cue = cue_head(doc, s)
        if cue is not None and cue.dep_ in ("relcl", "acl") and any(c.start <= cue.head.idx < c.end for c in s.content):
            found.add(s.id)
    return frozenset(found)


def _without_aside(event: Event, cue: Token) -> Event:
    """The event without the parties that only an aside names."""
    inside = {t.idx for t in cue.subtree}
    return replace(
        event,
        actors=tuple(p for p in event.actors if p.start not in inside),
        recipients=tuple(p for p in event.recipients if p.start not in inside),
        because=tuple(b for b in event.because if not (isinstance(b.value, Party) and b.value.start in inside)),
    )


def _claim(
    doc: Doc, dispatch: Dispatch, event: Event, statement: Statement | None, voices: Voices, config: Config
) -> tuple[Claim, Reasons] | None:
    speaker = voices.speaker(statement) if statement is not None else None
    if speaker is not None and speaker.own:
        statement = None
    source = voices.source(statement) if statement else None
    if statement is not None and source is None:
        return None
    trigger = trigger_head(doc, event)
    event = in_own_person(event, trigger, source, voices.actor(statement))
    graded = assess(trigger, config, cue_head(doc, statement) if statement else None, refusing(doc, event, config))
    if event.type in event_types(knowledge_of(config)).accident and graded.modality == "requested":
        return None
    if graded.modality == "requested":
        event = _without_past_days(event, dispatch)
    ahead = _lies_ahead(event, dispatch, trigger) and graded.factuality == "CT+" and graded.modality is None
    if ahead:
        graded = replace(graded, factuality="U", modality="planned")
    chain = voices.chain(statement)
    because = (
        *event.because,
        *_because_of_source(source, speaker, statement, chain),
        *_because_of_certainty(graded, event, ahead=ahead),
    )
    return _told(dispatch, event, graded, source, statement, chain), because


def _without_past_days(event: Event, dispatch: Dispatch) -> Event:
    """What is asked for lies after the asking: "ordered the release of nine on Tuesday" tells no day of the release."""
    today = today_of(dispatch)
    if event.begin is None or today is None or (event.end_date or event.begin)[:10] >= today:
        return event
    because = renewed(event.because, Because("begin", (None, None), "when.none"))
    return replace(event, begin=None, end_date=None, when_from=None, because=because)


def _told(
    dispatch: Dispatch,
    event: Event,
    graded: Assessment,
    source: Source | None,
    statement: Statement | None,
    chain: tuple[str, ...],
) -> Claim:
    """An event in the mouth of its source, as sure as that is of it."""
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
        chain=chain,
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
        figures=tuple(replace(f, text=dispatch.text[f.start : f.end]) for f in event.figures),
        incident=None,
        place_from=event.place_from,
        when_from=event.when_from,
        earlier=tuple(replace(f, text=dispatch.text[f.start : f.end]) for f in event.earlier),
    )


def _because_of_source(
    source: Source | None, speaker: Speaker | None, statement: Statement | None, chain: tuple[str, ...]
) -> Iterator[Because]:
    """Who the words of the source are, beside the cue that gives them what they say; nobody where no words do."""
    if source is None or speaker is None:
        yield Because("source", None, "source.none" if speaker is None else "source.own")
        return
    if speaker.rule in ("source.last", "source.around"):
        yield Because("source", source.name, speaker.rule, words=at(source))
    if statement is not None and statement.actor is not None:
        yield Because("source", source.name, "party.actor", words=at(source), detail=statement.actor)
    if len(chain) > 1:
        yield Because("source", source.name, "source.chain", detail=", ".join(chain[:-1]))


def _because_of_certainty(graded: Assessment, event: Event, *, ahead: bool) -> Iterator[Because]:
    """The words on the way in that make it as sure as it is, and what opened it."""
    for step in graded.steps:
        words = on(step.word) if step.word is not None else ()
        rule = STEPS.get(step.name) or EFFECTS[step.effect]
        yield Because("factuality", graded.factuality, rule, step.row, words, step.name)
        if step.modality is not None and step.modality == graded.modality:
            yield Because("modality", graded.modality, "modality.word", step.row, words, step.name)
    if ahead:
        day = next((b.words[:1] for b in event.because if b.field == "begin"), ())
        yield Because("factuality", "U", "certainty.ahead", words=day)
        yield Because("modality", "planned", "certainty.ahead", words=day)
    elif not graded.steps:
        yield Because("factuality", graded.factuality, "certainty.plain", words=at(event.trigger))
    if graded.modality == "ongoing":
        yield Because("modality", "ongoing", "modality.ongoing", words=at(event.trigger))


def _lies_ahead(event: Event, dispatch: Dispatch, trigger: Token) -> bool:
    """Whether it is dated after its dispatch and no past tense speaks against that: "Talks open on Friday"."""
    if event.begin is None or dispatch.published is None or event.begin[:10] <= dispatch.published[:10]:
        return False
    auxiliaries = {c.lower_ for c in trigger.children if c.dep_ in ("aux", "auxpass")}
    if trigger.tag_ == "VBN" and trigger.dep_ == "acl" and not auxiliaries:
        return True
    return trigger.tag_ not in ("VBD", "VBN") or bool(auxiliaries & {"is", "are", "be"})


def refusing(doc: Doc, event: Event | Claim, config: Config) -> frozenset[int]:
    """The tokens that stand in the trigger of a refusal and make it one: "will not" of "will not sign"."""
    if event.type not in event_types(knowledge_of(config)).denial:
        return frozenset()
    inside = tokens_of(doc, event.trigger.start, event.trigger.end)
    if not any(t.dep_ == "neg" for t in inside):
        return frozenset()
    return frozenset(t.i for t in inside if t.dep_ in ("neg", "aux"))


def trigger_head(doc: Doc, event: Event | Claim) -> Token:
    """The token of the trigger that governs its others."""
    return head_of(doc, event.trigger.start, event.trigger.end)


def cue_head(doc: Doc, statement: Statement) -> Token | None:
    """The token of a cue that governs its others."""
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
