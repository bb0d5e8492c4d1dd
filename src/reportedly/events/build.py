"""From a trigger with its sides to the event record: codes, means, the words to quote and the clause to read."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from reportedly.config import Config
from reportedly.events.arguments import Sides
from reportedly.events.causes import Kind
from reportedly.events.means import Weapon, weapons_in
from reportedly.events.parties import because_of
from reportedly.events.plover import EventCodes, code
from reportedly.events.scene import EventScene
from reportedly.events.triggers import GAP, RUN, Found, governor
from reportedly.events.when import find_when
from reportedly.events.where import Whereabouts
from reportedly.knowledge.load import knowledge_of
from reportedly.model import Because, Event, Evidence, Figure, Trigger
from reportedly.parse import syntax
from reportedly.parse.parsed import Token
from reportedly.reasons import at, on


class EventDraft(msgspec.Struct, frozen=True):
    """A trigger with its settled type, the type of what it is about, whether something is about it, and its parties."""

    found: Found
    kind: Kind
    about: str | None
    embedded: bool
    sides: Sides
    figures: tuple[Figure, ...]
    earlier: tuple[Figure, ...]
    amounts: tuple[Because, ...] = ()

    @property
    def type(self) -> str:
        """The PLOVER type."""
        return self.kind.type


def build(scene: EventScene, draft: EventDraft, where: Whereabouts, config: Config) -> Event:
    """The event record of a draft."""
    clause = clause_tokens(draft.found)
    weapons = weapons_in(scene, _told_with(draft.found, clause)) if draft.type in scene.lexicon.types.armed else ()
    head, types = governor(draft.found), scene.lexicon.types
    charging = draft.type in types.compelling | types.accusation
    (begin, end), dated = find_when(
        head, scene.doc, scene.times, scene.dispatch, knowledge_of(config), charging=charging
    )
    # "They called on Turkey to leave" is done in words, to Turkey and not in it.
    states = draft.sides.recipients if draft.type in types.spoken else ()
    place, origin, located = where.of(head, (*draft.sides.actors, *states), charging=charging)
    codes = code(scene, draft.found, draft.type, weapons, draft.about, embedded=draft.embedded)
    return Event(
        trigger=trigger_words(scene, draft.found),
        evidence=_evidence(draft.found, clause),
        type=draft.type,
        mode=codes.mode.value,
        cameo=codes.cameo.value,
        actors=draft.sides.actors,
        recipients=draft.sides.recipients,
        place=place,
        origin=origin,
        begin=begin,
        end_date=end,
        means=tuple(w.means for w in weapons),
        figures=draft.figures,
        earlier=draft.earlier,
        because=(*_told(draft, codes), *_sides(scene, draft.sides), *located, dated, *_named(draft, weapons)),
        place_from="told" if place or origin else None,
        when_from="told" if begin else None,
    )


def _told(draft: EventDraft, codes: EventCodes) -> Iterator[Because]:
    """Why the event has its type and codes."""
    found, (_, rule, cause) = draft.found, draft.kind
    words = on(*found.tokens, *(() if cause is None else (cause,)))
    yield Because("type", draft.type, rule, found.entry.row, words)
    if codes.mode.value is not None:
        yield codes.mode.because("mode")
    yield codes.cameo.because("cameo")


def _sides(scene: EventScene, sides: Sides) -> Iterator[Because]:
    """Why each party stands on its side, and what gives it its name and code."""
    yield from sides.because
    for party in sides.actors:
        yield from because_of(scene, "actors", party)
    for party in sides.recipients:
        yield from because_of(scene, "recipients", party)


def _named(draft: EventDraft, weapons: tuple[Weapon, ...]) -> Iterator[Because]:
    """Why the event has its means and figures."""
    for weapon, word in weapons:
        yield Because("means", weapon, "means.clause", word.row, at(weapon))
    roles = ", ".join(sorted(draft.found.entry.roles)) if draft.figures else ""
    for figure in draft.figures:
        yield Because("figures", figure, "figure.role", draft.found.entry.row, at(figure), roles)
    for figure in draft.earlier:
        yield Because("earlier", figure, "figure.earlier", draft.found.entry.row, at(figure))
    yield from draft.amounts


def _told_with(found: Found, clause: list[Token]) -> list[Token]:
    """The clause without the clauses in it that tell of something else: "arrested him after a bomb killed nine"."""
    head = governor(found)
    above = {head.i, *(t.i for t in head.ancestors)}
    return [t for t in clause if t.i in above or not any(_tells_itself(a) for a in _up_to(t, above))]


def _up_to(token: Token, stop: set[int]) -> Iterator[Token]:
    node = token
    while node.i not in stop:
        yield node
        if node.head is node:
            return
        node = node.head


def _tells_itself(token: Token) -> bool:
    """Whether a clause has a subject of its own, so that what goes on in it is another matter: "fled as guards ran"."""
    return token.dep_ in ("advcl", "relcl") and syntax.own_subject(token) is not None


def trigger_words(scene: EventScene, found: Found) -> Trigger:
    """The trigger's words as one run; a word of it that stands far off is not quoted."""
    run, gap = [found.token], RUN if found.entry.pos in ("n", "x") else GAP
    for t in found.tokens:
        if 0 < t.i - run[-1].i <= GAP:
            run.append(t)
    for t in reversed(found.tokens):
        if 0 < run[0].i - t.i <= gap:
            run.insert(0, t)
    start, end = run[0].idx, run[-1].idx + len(run[-1])
    return Trigger(start, end, scene.dispatch.text[start:end])


def clause_tokens(found: Found) -> list[Token]:
    """The clause of a trigger in text order, without coordinated clauses and the words that attribute it.

    "rebels shelled the town" in "The army said rebels shelled the town and fled".
    """
    head = governor(found)
    if head.pos_ not in ("VERB", "AUX"):
        head = syntax.clause_head(head)
    return sorted(_below(head, {t.i for t in found.tokens}), key=lambda t: t.i)


def _below(head: Token, keep: set[int]) -> Iterator[Token]:
    yield head
    for child in head.children:
        if not (_stands_apart(head, child) and keep.isdisjoint(t.i for t in child.subtree)):
            yield from _below(child, keep)


def _stands_apart(head: Token, child: Token) -> bool:
    """Whether what hangs here is another clause or an attribution: "and fled", "according to the army"."""
    if child.is_space or child.dep_ == "parataxis" or child.lower_ == "according":
        return True
    if child.dep_ == "conj":
        return child.pos_ in ("VERB", "AUX") and head.pos_ in ("VERB", "AUX")
    return child.dep_ == "ccomp" and child.i < head.i


def _evidence(found: Found, clause: list[Token]) -> Evidence:
    """The unbroken part of the clause around the trigger, without punctuation and conjunctions at its ends."""
    inside = {t.i for t in clause} | {t.i for t in found.tokens}
    doc = found.token.doc
    low, high = found.tokens[0].i, found.tokens[-1].i
    first, last = low, high
    while first and (first - 1 in inside or (doc[first - 1].is_punct and first - 2 in inside)):
        first -= 1
    while last + 1 < len(doc) and (last + 1 in inside or (doc[last + 1].is_punct and last + 2 in inside)):
        last += 1
    while first < low and _is_seam(doc[first]):
        first += 1
    while last > high and _is_seam(doc[last]):
        last -= 1
    return Evidence(doc[first].idx, doc[last].idx + len(doc[last]))


def _is_seam(token: Token) -> bool:
    """Whether a word joins clauses and belongs to none: a comma, or "and" in "shelled the town and fled"."""
    return token.is_punct or token.is_space or token.dep_ == "cc"
