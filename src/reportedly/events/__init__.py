"""What happened: triggers with their type and arguments."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Token

from reportedly import syntax
from reportedly.config import Config
from reportedly.events.arguments import means, sides
from reportedly.events.figures import share_out
from reportedly.events.lexicon import load_lexicon
from reportedly.events.plover import code, contents, is_foreground, is_future, settle
from reportedly.events.scene import Scene
from reportedly.events.triggers import Found, find_triggers, governor
from reportedly.model import Actor, Dispatch, Event, Evidence, Figure, Place, Time, Trigger

__all__ = ["find_events"]

ARMED = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "PROTEST"})
FUTURE = "FUTURE"
GAP = 3


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
    scene = Scene(doc, dispatch, places, actors, load_lexicon(config.tables))
    typed = [(f, t) for f in find_triggers(scene) if f.token.idx >= 0 and (t := settle(scene, f))]
    about = contents(scene, typed)
    inner = set(about.values())
    numbers = share_out(scene, [f for f, _ in typed], figures)
    return tuple(
        _event(scene, f, t, typed[about[i]][1] if i in about else None, numbers[i], coded=i not in inner and is_foreground(scene, f))
        for i, (f, t) in enumerate(typed)
    )


def _event(scene: Scene, found: Found, type_: str, inner: str | None, figures: tuple[Figure, ...], *, coded: bool) -> Event:
    clause = clause_tokens(found)
    weapons = means(scene, found, clause) if type_ in ARMED else ()
    both = sides(scene, found)
    codes = code(scene, found, type_, weapons, inner)
    cameo = codes.cameo
    if cameo and inner is None and is_future(governor(found)):
        later = scene.lexicon.contents.get((FUTURE, type_))
        cameo = later[1] if later is not None else cameo
    return Event(
        trigger=_trigger(scene, found),
        evidence=_evidence(found, clause),
        type=codes.type,  # type: ignore[arg-type]  # the tables are checked by their tests
        mode=codes.mode,
        cameo=cameo if coded else None,
        actors=both.actors,
        recipients=both.recipients,
        place=None,
        origin=None,
        begin=None,
        end_date=None,
        means=weapons,
        figures=figures,
    )


def _trigger(scene: Scene, found: Found) -> Trigger:
    run = [found.token]
    for t in found.tokens:
        if t.i > run[-1].i and t.i - run[-1].i <= GAP:
            run.append(t)
    for t in reversed(found.tokens):
        if t.i < run[0].i and run[0].i - t.i <= GAP:
            run.insert(0, t)
    start, end = run[0].idx, run[-1].idx + len(run[-1])
    return Trigger(start, end, scene.dispatch.text[start:end])


def clause_tokens(found: Found) -> list[Token]:
    """The clause of a trigger, without coordinated clauses and without the words that attribute it."""
    head = syntax.clause_head(governor(found))
    if governor(found).pos_ in ("VERB", "AUX"):
        head = governor(found)
    inside = {t.i for t in found.tokens}
    return sorted(_below(head, inside), key=lambda t: t.i)


def _below(head: Token, keep: set[int]) -> Iterable[Token]:
    yield head
    for c in head.children:
        if c.is_space or (c.dep_ in ("parataxis",) and c.i not in keep):
            continue
        if c.dep_ == "conj" and c.pos_ in ("VERB", "AUX") and head.pos_ in ("VERB", "AUX") and not any(t.i in keep for t in c.subtree):
            continue
        if c.lower_ == "according" or (c.dep_ in ("ccomp",) and c.i < head.i and not any(t.i in keep for t in c.subtree)):
            continue
        yield from _below(c, keep)


def _evidence(found: Found, clause: list[Token]) -> Evidence:
    """The unbroken part of the clause around the trigger, without punctuation at its ends."""
    inside = {t.i for t in clause} | {t.i for t in found.tokens}
    first, last = found.tokens[0], found.tokens[-1]
    doc = first.doc
    while first.i and (first.i - 1 in inside or (doc[first.i - 1].is_punct and first.i - 2 in inside)):
        first = doc[first.i - 1]
    while last.i + 1 < len(doc) and (last.i + 1 in inside or (doc[last.i + 1].is_punct and last.i + 2 in inside)):
        last = doc[last.i + 1]
    while first.i < found.tokens[0].i and (first.is_punct or first.is_space):
        first = doc[first.i + 1]
    while last.i > found.tokens[-1].i and (last.is_punct or last.is_space):
        last = doc[last.i - 1]
    return Evidence(first.idx, last.idx + len(last))
