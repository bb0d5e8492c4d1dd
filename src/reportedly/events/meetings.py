"""What is said around a meeting and is no event beside it: what it is about, and the meeting told a second time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportedly.events.scene import EventScene
from reportedly.events.triggers import Found, governor
from reportedly.parse import syntax
from reportedly.parse.parsed import Token

ABOUT = frozenset({"on", "about", "over", "concerning", "regarding", "toward", "towards"})
# Behind a noun for a meeting, "for" leads to what it is about, behind a verb to what it is held for.
AIMED = ABOUT | {"for"}
HELD = frozenset({"for", "at", "during", "in", "as"})
PARTIES = ("with", "between", "among")


def around_meetings(scene: EventScene, typed: Sequence[tuple[Found, str]]) -> set[int]:
    """Triggers (by position) that are only what a meeting is about, or the meeting of their clause once more.

    "talks on a ceasefire" knows of no ceasefire, "met to discuss a pullout" of one meeting and no pullout; an attack
    that is talked about has happened.
    """
    types = scene.lexicon.types
    meetings = {t.i for f, kind in typed if kind in types.meeting for t in f.tokens}
    matters = {i for i, (f, kind) in enumerate(typed) if kind in types.matter and _is_matter(scene, f, meetings)}
    return matters | {i for i, (f, kind) in enumerate(typed) if kind in types.meeting and _is_again(f, meetings)}


def _is_matter(scene: EventScene, found: Found, meetings: set[int]) -> bool:
    """Whether a noun is what is talked about: "talks on a truce", "talks for his release", "discussed a deal"."""
    first, deliberate = syntax.first_conjunct(governor(found)), scene.lexicon.words["deliberate"]
    if found.entry.pos == "v" or first.dep_ not in ("dobj", "pobj"):
        return False
    if first.dep_ == "dobj":
        return scene.lemma(first.head) in deliberate
    over = first.head.head
    wanted = AIMED if over.pos_ == "NOUN" else ABOUT
    return first.head.lower_ in wanted and (over.i in meetings or scene.lemma(over) in deliberate)


def _is_again(found: Found, meetings: set[int]) -> bool:
    """Whether a meeting is that of its verb: "met for talks", "spoke at a meeting in Oslo", "met to discuss it"."""
    token, others = governor(found), meetings - {t.i for t in found.tokens}
    if token.tag_ == "VB" and token.dep_ in ("xcomp", "advcl"):
        return token.head.i in others
    first = syntax.first_conjunct(token)
    if first.dep_ != "pobj" or first.head.lower_ not in HELD or _names_parties(token):
        return False
    return any(t.i in others for t in _above(first.head))


def _names_parties(noun: Token) -> bool:
    return any(c.lower_ in PARTIES for c in syntax.children(noun, "prep"))


def _above(preposition: Token) -> Iterator[Token]:
    """What a phrase hangs on, up to its verb, also by way of a place: "met in Cairo for talks"."""
    for node in syntax.ancestors_with_self(preposition.head):
        yield node
        if node.pos_ in ("VERB", "AUX"):
            return
