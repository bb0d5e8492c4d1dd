"""Who *I* and *we* are in the mouth of a source: the source itself, where the dispatch does not say otherwise."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from reportedly.model import Actor, ActorKind, Because, Event, Party, Source
from reportedly.parse import syntax
from reportedly.parse.parsed import Token
from reportedly.reasons import at, renewed

SUBJECTS: Final = frozenset({"i", "we"})
OWN: Final = frozenset({"our", "my"})
OBJECTS: Final = frozenset({"me", "us"})
KINDS: Final[dict[str, ActorKind]] = {"named": "person", "organization": "organization", "group": "group"}


def in_own_person(event: Event, trigger: Token, source: Source | None, actor: Actor | None) -> Event:
    """The event with the source as its party, where only *I*, *we* or *us* stands there.

    "I offered to leave," the premier said: the premier offered it. "They shot at us," the guard said.
    """
    if source is None:
        return event
    for side, pronoun in (("actors", _doer(trigger)), ("recipients", _patient(trigger))):
        if pronoun is not None and not getattr(event, side) and _asks(event, side, pronoun, trigger):
            party = _party(source, actor, pronoun)
            other = event.recipients if side == "actors" else event.actors
            if party.name not in {p.name for p in other}:
                why = [Because(side, party, "party.speaker", words=at(party, source))]
                if actor is not None:
                    why.append(Because(side, party, "party.actor", words=at(party), detail=actor.id))
                event = replace(event, because=renewed(event.because, *why), **{side: (party,)})
    return event


def _doer(trigger: Token) -> Token | None:
    """The *I* or *we* that does what a verb says: "we fled", "I want to leave"."""
    if trigger.pos_ == "NOUN":
        return _owner(trigger)
    if trigger.pos_ != "VERB" or syntax.is_passive(trigger):
        return None
    subject = syntax.subject(trigger)
    return subject if subject is not None and subject.lower_ in SUBJECTS else None


def _owner(deed: Token) -> Token | None:
    """The *our* before a deed, or the *we* that a verb says carried it out: "our raid", "we launched an attack"."""
    own = next((c for c in deed.children if c.lower_ in OWN), None)
    if own is not None or deed.dep_ != "dobj" or syntax.is_passive(deed.head):
        return own
    subject = syntax.subject(deed.head)
    return subject if subject is not None and subject.lower_ in SUBJECTS else None


def _patient(trigger: Token) -> Token | None:
    """The *us* or *we* to whom it is done: "shot at us", "we were shot at"."""
    if trigger.pos_ != "VERB":
        return None
    beside = [*syntax.objects(trigger), *syntax.prep_objects(trigger, "at", "on")]
    hit = next((t for t in beside if t.lower_ in OBJECTS), None)
    subject = syntax.own_subject(trigger)
    suffering = subject is not None and subject.lower_ in SUBJECTS
    return hit or (subject if suffering else None)


def _asks(event: Event, side: str, pronoun: Token, trigger: Token) -> bool:
    """Whether the side is read from where the pronoun stands: the subject of "we fled", the object of "shot us"."""
    slots = next((b.detail.split() for b in event.because if b.field == side and b.rule == "party.none"), [])
    if side == "actors" and trigger.pos_ == "NOUN":
        return ("poss" if pronoun.lower_ in OWN else "light") in slots and _is_carried(event, pronoun, trigger)
    if side == "actors":
        return "subj" in slots
    passive = syntax.is_passive(trigger) and pronoun.lower_ in SUBJECTS
    return ("obj" in slots) if passive or pronoun.lower_ in OBJECTS else "subj" in slots


def _is_carried(event: Event, pronoun: Token, deed: Token) -> bool:
    """Whether the verb that carries a deed is quoted with it, whose subject then does it: "we staged a raid"."""
    return pronoun.lower_ in OWN or event.trigger.start <= deed.head.idx < event.trigger.end


def _party(source: Source, actor: Actor | None, pronoun: Token) -> Party:
    start, end = pronoun.idx, pronoun.idx + len(pronoun)
    if actor is not None:
        return Party(actor.name, actor.code, actor.country, actor.kind, start, end)
    return Party(source.name, None, None, KINDS.get(source.kind), start, end)
