"""What happened: triggers with their type and arguments."""

from __future__ import annotations

from spacy.tokens import Doc

from reportedly.config import Config
from reportedly.events.arguments import Sides, sides
from reportedly.events.build import Draft, build
from reportedly.events.figures import share_out
from reportedly.events.lexicon import load_lexicon
from reportedly.events.plover import contents, settle
from reportedly.events.scene import Scene
from reportedly.events.triggers import find_triggers
from reportedly.model import Actor, Dispatch, Event, Figure, Place, Time

__all__ = ["find_events"]


def find_events(
    doc: Doc,
    dispatch: Dispatch,
    times: tuple[Time, ...],
    places: tuple[Place, ...],
    actors: tuple[Actor, ...],
    figures: tuple[Figure, ...],
    config: Config,
) -> tuple[Event, ...]:
    """Every event that the dispatch tells of, in text order, before anybody answers for it."""
    scene = Scene(doc, dispatch, times, places, actors, load_lexicon(config.tables))
    typed = [(f, t) for f in find_triggers(scene) if (t := settle(scene, f))]
    about = contents(scene, typed)
    embedded = set(about.values())
    numbers = share_out([f for f, _ in typed], figures, doc)
    parties = [sides(scene, f) for f, _ in typed]
    drafts = [
        Draft(
            found=f,
            type=t,
            about=typed[about[i]][1] if i in about else None,
            embedded=i in embedded,
            sides=_reaching(t, parties[i], parties[about[i]]) if i in about else parties[i],
            figures=numbers[i],
        )
        for i, (f, t) in enumerate(typed)
    ]
    return tuple(build(scene, d, config.tables) for d in drafts)


def _reaching(kind: str, outer: Sides, inner: Sides) -> Sides:
    """A speech act that names nobody is aimed at who shall act, or at those whom a refusal or threat concerns."""
    if outer.recipients:
        return outer
    own = {p.name for p in outer.actors}
    aimed = (inner.actors or inner.recipients) if kind == "REQUEST" else inner.recipients
    return Sides(outer.actors, tuple(p for p in aimed if p.name not in own))
