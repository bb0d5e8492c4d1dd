"""Mends of verbs: particles that were given an object, verbs taken for participles, infinitives behind a plan."""

from __future__ import annotations

from typing import Final, Protocol

from reportedly.parse.parsed import Doc, Token
from reportedly.parse.ties import FILLED, MendedTie

PAST: Final = frozenset({"VBD", "VBZ", "VBP", "VBN"})
CLAUSES: Final = frozenset({"advcl", "xcomp"})


class Verbs(Protocol):
    """What these rules ask of the words in force."""

    @property
    def aim(self) -> frozenset[str]:
        """Nouns whose infinitive says what is aimed at."""

    @property
    def blaming(self) -> frozenset[str]:
        """Verbs whose *for* says what somebody answers for."""

    @property
    def laying(self) -> frozenset[str]:
        """Verbs whose *on* says who answers for their object."""

    @property
    def moving(self) -> frozenset[str]:
        """Past forms of verbs without an object."""

    @property
    def giving(self) -> frozenset[str]:
        """Past forms of verbs that also have what is given as an object in the passive."""

    @property
    def suffered(self) -> frozenset[str]:
        """Past forms of verbs that never lack an object."""


# ---- "Guards sealed off the street" ----------------------------------------------------------------------------------


def particles(doc: Doc, words: object) -> dict[int, MendedTie]:
    """What a particle was given for an object is that of its verb: "sealed off *the street*"."""
    del words
    found = ((t, t.head.head) for t in doc if t.dep_ == "pobj" and t.head.dep_ == "prt")
    return {t.i: MendedTie(verb.i, "dobj") for t, verb in found if not any(c.dep_ in FILLED for c in verb.children)}


# ---- "The miners handed over their tools." ---------------------------------------------------------------------------


def lone_participles(doc: Doc, words: Verbs) -> dict[int, MendedTie]:
    """A participle with an object, or of what no object is done to, is the verb of a sentence without another.

    "The miners handed over their tools.", "A boat overturned off Wau."
    """
    ties: dict[int, MendedTie] = {}
    for verb in doc:
        noun = verb.head
        if verb.dep_ != "acl" or verb.tag_ not in ("VBN", "VBD") or noun.dep_ != "ROOT":
            continue
        if verb.tag_ == "VBN" and verb.lower_ in words.giving:
            continue
        active = _is_active(verb) or verb.lower_ in words.moving
        if noun.pos_ not in ("NOUN", "PROPN") or not active or doc[noun.sent.end - 1].text != ".":
            continue
        loose = (c for c in noun.children if c.i > verb.i)
        ties |= {c.i: MendedTie(verb.i, c.dep_) for c in loose}
        ties |= {verb.i: MendedTie(verb.i, "ROOT", "VERB", "VBD"), noun.i: MendedTie(verb.i, "nsubj")}
    return ties


def _is_active(verb: Token) -> bool:
    """Whether a past form has an object and no *was* or *by*: "handed over tools", not "handed over by miners"."""
    behind = [c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i]
    others = any(c.dep_ in ("aux", "auxpass", "agent", "oprd", "neg") for c in verb.children)
    return bool(behind) and not others


# ---- "Guards foiled a plot to burn the mill" -------------------------------------------------------------------------


def aimed(doc: Doc, words: Verbs) -> dict[int, MendedTie]:
    """An infinitive behind a plan says what was planned, not why it was foiled: "foiled a plot to burn the mill"."""
    ties: dict[int, MendedTie] = {}
    for to in doc[1:]:
        if to.lower_ != "to" or to.dep_ != "aux":
            continue
        noun, verb = doc[to.i - 1], to.head
        planned = verb.tag_ == "VB" and verb.dep_ in CLAUSES
        if planned and noun.lemma_ in words.aim and noun.dep_ == "dobj" and noun.head is verb.head:
            ties[verb.i] = MendedTie(noun.i, "acl")
    return ties


# ---- "Chad blamed rebels for the raid" -------------------------------------------------------------------------------


def blamed(doc: Doc, words: Verbs) -> dict[int, MendedTie]:
    """What somebody is blamed for does not say who they are: "blamed rebels for the raid"."""
    return {
        link.i: MendedTie(link.head.head.i, "prep")
        for link in doc
        if link.lower_ == "for" and link.head.dep_ == "dobj" and link.head.head.lemma_ in words.blaming
    }


# ---- "Chad blamed the raid on rebels" --------------------------------------------------------------------------------


def blamed_on(doc: Doc, words: Verbs) -> dict[int, MendedTie]:
    """On whom the blame for something is laid does not say what was done: "blamed the raid on the mill on rebels"."""
    ties: dict[int, MendedTie] = {}
    for verb in doc:
        if verb.lemma_ not in words.laying or any(c.lower_ in ("for", "on") for c in verb.children):
            continue
        thing = next((c.i for c in verb.children if c.dep_ == "dobj"), None)
        links = [t for t in verb.subtree if t.lower_ == "on" and t.dep_ == "prep" and thing is not None and t.i > thing]
        if links and next((t for t in links[-1].ancestors if t.pos_ == "VERB"), None) is verb:
            ties[links[-1].i] = MendedTie(verb.i, "prep")
    return ties


# ---- "“The guards,” the priest said, “burned a barn.”" ---------------------------------------------------------------


def split_quotes(doc: Doc, words: object) -> dict[int, MendedTie]:
    """What stands before the speaker is the subject of what follows: "“The guards,” he said, “burned a barn.”"."""
    del words
    ties: dict[int, MendedTie] = {}
    for verb in doc:
        if len(verb.children) <= 2:
            continue
        subjects = [c for c in verb.children if c.dep_ == "nsubj"]
        rest = next((c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i and c.tag_ in PAST), None)
        if rest is None or len(subjects) != 2 or any(c.dep_ in ("nsubj", "nsubjpass") for c in rest.children):
            continue
        last = max(t.i for t in subjects[0].subtree)
        if last < verb.i and doc[last + 1].is_punct and subjects[1].i < rest.i:
            passive = any(c.dep_ == "auxpass" for c in rest.children)
            ties[subjects[0].i] = MendedTie(rest.i, "nsubjpass" if passive else "nsubj")
    return ties


# ---- "nine were held and released the same day" ----------------------------------------------------------------------


def shared_passives(doc: Doc, words: Verbs) -> dict[int, MendedTie]:
    """What never lacks an object and has none shares the passive before it: "were held and *released* the same day"."""
    found = (t for t in doc if t.tag_ == "VBD" and t.dep_ in ("conj", "dep") and t.lower_ in words.suffered)
    behind = (t for t in found if t.i > t.head.i and any(c.dep_ == "auxpass" for c in t.head.children))
    alone = (
        t for t in behind if not any(c.dep_ in (*FILLED, "aux", "auxpass", "nsubj", "nsubjpass") for c in t.children)
    )
    return {t.i: MendedTie(t.head.i, "conj", "VERB", "VBN") for t in alone}


VERBS: Final = (particles, lone_participles, aimed, blamed, blamed_on, split_quotes, shared_passives)
