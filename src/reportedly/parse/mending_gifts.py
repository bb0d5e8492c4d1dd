"""Mends of giving and taking: to whom something is sent, from whom it is taken, what somebody is summoned for."""

from __future__ import annotations

from typing import Final, Protocol

from reportedly.parse.parsed import Doc
from reportedly.parse.ties import MendedTie


class Gifts(Protocol):
    """What these rules ask of the words in force."""

    @property
    def summoning(self) -> frozenset[str]:
        """Verbs by which somebody has an envoy come."""

    @property
    def voicing(self) -> frozenset[str]:
        """What one does to an envoy whom one summons."""

    @property
    def robbing(self) -> frozenset[str]:
        """Verbs whose *from* says who had what is taken."""

    @property
    def sending(self) -> frozenset[str]:
        """Verbs whose *to* says who gets what is sent."""


# ---- "sent two teams and a field hospital to Chad" -------------------------------------------------------------------


def sent_to(doc: Doc, words: Gifts) -> dict[int, MendedTie]:
    """Who gets several things gets them all: "sent two teams and a field hospital *to Chad*"."""
    ties: dict[int, MendedTie] = {}
    for link in doc:
        thing = link.head
        if link.dep_ != "prep" or link.lower_ != "to" or thing.dep_ != "conj":
            continue
        first = next((t for t in thing.ancestors if t.dep_ != "conj"), thing)
        verb = first.head
        free = not any(c.lower_ == "to" or c.dep_ == "dative" for c in verb.children)
        if first.dep_ == "dobj" and verb.lemma_ in words.sending and free:
            ties[link.i] = MendedTie(verb.i, "prep")
    return ties


def receivers(doc: Doc, words: Gifts) -> dict[int, MendedTie]:
    """A name before a number is no part of what is counted: "offered *Kyiv* 14 tanks" offers them to Kyiv."""
    ties: dict[int, MendedTie] = {}
    for name in doc[1:-1]:
        thing, number = name.head, doc[name.i + 1]
        verb = thing.head
        if name.pos_ != "PROPN" or name.dep_ not in ("nmod", "compound") or thing.dep_ != "dobj" or thing.i < name.i:
            continue
        if verb.lemma_ in words.sending and number.head is thing and number.dep_ in ("nummod", "det"):
            ties[name.i] = MendedTie(verb.i, "dative")
    return ties


# ---- "Chad summoned the envoy to protest against the raid" -----------------------------------------------------------


def summoned(doc: Doc, words: Gifts) -> dict[int, MendedTie]:
    """Who summons somebody to protest protests himself: "summoned the envoy *to protest* against the raid"."""
    infinitives = (t for t in doc if t.tag_ == "VB" and t.lemma_ in words.voicing and t.dep_ in ("xcomp", "acl"))
    tied = ((t, t.head if t.dep_ == "xcomp" else t.head.head) for t in infinitives)
    return {t.i: MendedTie(verb.i, "advcl") for t, verb in tied if verb.lemma_ in words.summoning}


# ---- "seized a bridge from the rebels" -------------------------------------------------------------------------------


def taken_from(doc: Doc, words: Gifts) -> dict[int, MendedTie]:
    """From whom something is taken does not say what it is: "seized a bridge *from the rebels*"."""
    links = (t for t in doc if t.lower_ == "from" and t.dep_ == "prep" and t.head.dep_ in ("dobj", "nsubjpass"))
    return {t.i: MendedTie(t.head.head.i, "prep") for t in links if t.head.head.lemma_ in words.robbing}


GIFTS: Final = (sent_to, receivers, summoned, taken_from)
