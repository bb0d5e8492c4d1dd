"""What happened: triggers with their type and arguments."""

from __future__ import annotations

import msgspec

from reportedly.config import Config
from reportedly.events.arguments import Sides, sides, willed
from reportedly.events.build import EventDraft, build
from reportedly.events.causes import Kind, settle, settle_counted
from reportedly.events.figures import share_earlier, share_out
from reportedly.events.lexicon import load_lexicon
from reportedly.events.matters import set_apart
from reportedly.events.meetings import around_meetings
from reportedly.events.plover import absorbed, contents
from reportedly.events.relevance import is_affair
from reportedly.events.scene import EventScene
from reportedly.events.shared_parties import addressed, lend, reaching
from reportedly.events.triggers import Found, find_triggers
from reportedly.events.when_counted import date_apart
from reportedly.events.when_inherited import carry_days
from reportedly.events.where import Whereabouts
from reportedly.knowledge.event_types import EventTypes
from reportedly.knowledge.load import knowledge_of
from reportedly.model import Actor, Because, Dispatch, Event, Figure, Figures, Place, Time
from reportedly.parse.parsed import Doc

HANDED = frozenset({"released", "captured"})

__all__ = ["draft_events", "find_events"]


def find_events(
    doc: Doc,
    dispatch: Dispatch,
    times: tuple[Time, ...],
    places: tuple[Place, ...],
    actors: tuple[Actor, ...],
    figures: Figures,
    config: Config,
) -> tuple[Event, ...]:
    """Every event that the dispatch tells of, in text order, before anybody answers for it."""
    scene = EventScene(doc, dispatch, times, places, actors, load_lexicon(knowledge_of(config)))
    where = Whereabouts(doc, places, config)
    drafts = draft_events(scene, figures)
    built = set_apart(scene, drafts, [build(scene, d, where, config) for d in drafts], config)
    events = date_apart(scene, drafts, built, config)
    dated = date_apart(scene, drafts, carry_days(scene, drafts, events, config), config)
    return tuple(_as_received(e, dispatch.text) for e in dated)


def _as_received(event: Event, text: str) -> Event:
    """The event with the words of its places as the text has them: "THE COUNTRY", which is read as "the country"."""
    given = {name: place for name in ("place", "origin") if (place := getattr(event, name)) is not None}
    own = {name: msgspec.structs.replace(p, text=text[p.start : p.end]) for name, p in given.items()}
    return msgspec.structs.replace(event, **own) if own != given else event


def draft_events(scene: EventScene, figures: Figures) -> list[EventDraft]:
    """The triggers of a dispatch with their types, parties and figures, in text order."""
    found = find_triggers(scene)
    kinds = settle_counted(scene, found, settle(scene, found), figures.told)
    types = scene.lexicon.types
    settled = _without_readiness([(f, k) for f, k in zip(found, kinds, strict=True) if k.type], types)
    typed = [(f, k.type) for f, k in settled]
    about = contents(typed, types)
    embedded = set(about.values()) | absorbed(typed, types)
    refused = _refused(typed, types) | around_meetings(scene, typed)
    numbers = share_out([f for f, _ in typed], figures.told, scene.doc)
    earlier, outdated = share_earlier([f for f, _ in typed], figures.earlier, numbers, scene.doc)
    own = [willed(scene, t, sides(scene, f)) for f, t in typed]
    parties = _aimed(typed, about, lend(typed, own, types), types)
    return [
        EventDraft(
            found=f,
            kind=settled[i][1],
            about=typed[about[i]][1] if i in about else None,
            embedded=i in embedded,
            sides=parties[i],
            figures=numbers[i],
            earlier=earlier[i],
            amounts=_amounts(figures, numbers[i], earlier[i]),
        )
        for i, (f, t) in enumerate(typed)
        if i not in refused | outdated and is_affair(scene, f, t, parties[i])
    ]


def _aimed(
    typed: list[tuple[Found, str]], about: dict[int, int], parties: list[Sides], types: EventTypes
) -> list[Sides]:
    """The sides with those of speech acts that reach whom their content concerns."""
    own_act = _refused(typed, types)  # "refused to free them" keeps them waiting
    inner = [
        (parties[j] if j in own_act else _heard(typed[j][0], parties[j])) if (j := about.get(i)) is not None else None
        for i in range(len(typed))
    ]
    reached = (
        reaching(own, other, kind, typed[about[i]][1], types) if other is not None else own
        for i, ((_, kind), own, other) in enumerate(zip(typed, parties, inner, strict=True))
    )
    return [addressed(kind, s, types) for (_, kind), s in zip(typed, reached, strict=True)]


def _heard(found: Found, sides: Sides) -> Sides:
    """The sides of what is spoken of without those who are handed over: "agreed to free the hostages" with others."""
    return Sides(sides.actors, ()) if found.entry.roles & HANDED else sides


def _amounts(figures: Figures, told: tuple[Figure, ...], earlier: tuple[Figure, ...]) -> tuple[Because, ...]:
    """Why the figures of one event read as they do."""
    replaced = (msgspec.structs.replace(b, field="earlier") for b in figures.because if b.value in earlier)
    return (*(b for b in figures.because if b.value in told), *replaced)


def _without_readiness(typed: list[tuple[Found, Kind]], types: EventTypes) -> list[tuple[Found, Kind]]:
    """The triggers without the readiness to do what is told: "ready to meet" is the meeting to come."""
    at = {f.token.i: i for i, (f, _) in enumerate(typed)}
    heads = (f.token.head.i for f, _ in typed if f.token.dep_ in ("xcomp", "ccomp", "advcl"))
    outer = {at[i] for i in heads if i in at}
    ready = {i for i in outer if typed[i][1].type in types.offered and typed[i][0].entry.pos == "a"}
    return [one for i, one in enumerate(typed) if i not in ready]


def _refused(typed: list[tuple[Found, str]], types: EventTypes) -> set[int]:
    """Acts that a word of refusal governs: both are one event, "refuses to recognize" is no recognition."""
    refusing = {f.token.i for f, t in typed if t in types.denial and f.entry.pos in ("v", "a")}
    return {i for i, (f, _) in enumerate(typed) if f.token.dep_ == "xcomp" and f.token.head.i in refusing}
