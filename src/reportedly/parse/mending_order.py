"""Mends of phrases that stand where a parser does not look for them: objects behind a day, names behind a thing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Protocol

from reportedly.parse.numbers import NumberWords
from reportedly.parse.parsed import Doc, Token
from reportedly.parse.ties import DAYS, FILLED, MendedTie

TOLD: Final = frozenset({"dobj", "ccomp"})
HAVING: Final = frozenset({"has", "have", "had"})
ASIDE: Final = 12  # words of an aside between a tense and its verb
BESIDE: Final = frozenset({"conj", "appos", "dobj", "pobj"})


class OrderWords(Protocol):
    """What these rules ask of the words in force."""

    @property
    def numbers(self) -> NumberWords:
        """The words of numbers, and the units that they count."""

    @property
    def held(self) -> frozenset[str]:
        """Nouns for what somebody is taken as: *hostage*."""

    @property
    def taking(self) -> frozenset[str]:
        """Verbs by which he is: *take*."""


# ---- "called off on Thursday the march that it had planned" ----------------------------------------------------------


def late_objects(doc: Doc, words: OrderWords) -> dict[int, MendedTie]:
    """A noun with an article behind a verb and its day is an object, no time: "called off on Thursday the march"."""
    return {t.i: MendedTie(t.head.i, "dobj") for t in doc if t.dep_ == "npadvmod" and _is_late(t, words)}


def _is_late(noun: Token, words: OrderWords) -> bool:
    """Whether a noun that was taken for a time is an object: "the march" in "called off on Thursday the march"."""
    verb, start = noun.head, noun.left_edge.i
    if noun.pos_ != "NOUN" or noun.lower_ in words.numbers.units or verb.pos_ != "VERB" or start <= verb.i + 1:
        return False
    day = noun.doc[start - 1].lower_ in DAYS
    with_article = any(c.dep_ in ("det", "poss", "nummod") for c in noun.children)
    return day and with_article and not any(c.dep_ in FILLED for c in verb.children)


# ---- "a clerk shot in Orhei on Monday died of his wounds on Wednesday" -----------------------------------------------


def inner_phrases(doc: Doc, words: object) -> dict[int, MendedTie]:
    """A phrase between a participle and the main verb goes with the participle: "a clerk shot in Orhei on Monday died".

    A comma before it would part them.
    """
    del words
    ties: dict[int, MendedTie] = {}
    for participle in doc:
        noun, verb = participle.head, participle.head.head
        if participle.dep_ not in ("acl", "relcl") or participle.tag_ != "VBN" or not noun.dep_.startswith("nsubj"):
            continue
        inside = (c for c in verb.children if c.dep_ in ("prep", "npadvmod") and participle.i < c.i < verb.i)
        ties |= {
            c.i: MendedTie(participle.i, c.dep_)
            for c in inside
            if not any(t.is_punct for t in doc[participle.i : c.i + 1])
        }
    return ties


# ---- "the owners of the tanker Sofia said that pirates had taken it" -------------------------------------------------


def named_things(doc: Doc, words: object) -> dict[int, MendedTie]:
    """A name right behind "the tanker" says which one: who speaks is the noun before, not the ship."""
    del words
    ties: dict[int, MendedTie] = {}
    for name in doc:
        verb = name.head
        if name.dep_ != "nsubj" or name.pos_ != "PROPN" or verb.i < name.i or not name.left_edge.i:
            continue
        thing = doc[name.left_edge.i - 1]
        if not _is_bare(thing):
            continue
        owner = _owner(thing)
        if owner is None or not any(c.dep_ in TOLD and c.i > verb.i for c in verb.children):
            continue
        if verb.dep_ == "relcl" and verb.head is thing and owner.head is owner:
            ties |= _told_by(owner, verb) | {name.i: MendedTie(thing.i, "appos")}
        elif owner.head is verb and owner.dep_ == "nsubj":
            ties[name.i] = MendedTie(thing.i, "appos")
    return ties


def _is_bare(thing: Token) -> bool:
    """Whether a noun behind *of* has its article and no name: "of the tanker"."""
    return (
        thing.pos_ == "NOUN"
        and thing.dep_ == "pobj"
        and thing.tag_ == "NN"
        and any(c.lower_ == "the" for c in thing.children)
    )


def _owner(thing: Token) -> Token | None:
    """The noun that a thing is of: *owners* of "the owners of the tanker"."""
    link = thing.head
    return link.head if link.dep_ == "prep" and link.lower_ == "of" and link.head.pos_ == "NOUN" else None


def _told_by(owner: Token, verb: Token) -> dict[int, MendedTie]:
    """A verb taken for a clause about the thing is the main one, the owner its subject.

    "the owners of the tanker Sofia said that pirates had taken it": the owners said so.
    """
    behind = (c for c in owner.children if c.i > verb.i)
    return {verb.i: MendedTie(verb.i, "ROOT"), owner.i: MendedTie(verb.i, "nsubj")} | {
        c.i: MendedTie(verb.i, c.dep_) for c in behind
    }


# ---- "The union plans to march on Friday, its chairman, Ola Berg, said" ----------------------------------------------


def plural_verbs(doc: Doc, words: object) -> dict[int, MendedTie]:
    """A plural with a subject and an infinitive is a verb: "The union plans to march, its chairman, Ola Berg, said".

    It is what is told, not who tells it.
    """
    del words
    ties: dict[int, MendedTie] = {}
    for told in [t for t in doc if t.dep_ == "nsubj" and t.head is not t and _is_plural_verb(t)]:
        verb = told.head
        first = next(c for c in verb.children if c.dep_ == "nsubj" and _is_plural_verb(c))
        teller = _before(verb) if first is told and verb.i > told.i else None
        if teller is not None and teller.i > told.i:
            ties |= {told.i: MendedTie(verb.i, "ccomp", "VERB", "VBZ"), teller.i: MendedTie(verb.i, "nsubj")}
    return ties


def _is_plural_verb(noun: Token) -> bool:
    """Whether what seems a plural is a verb: "plans" in "The union plans to march"."""
    return noun.tag_ == "NNS" and {c.dep_ for c in noun.children} >= {"nsubj", "xcomp"}


def _before(verb: Token) -> Token | None:
    """The person between commas before a verb: "..., its chairman, Ola Berg, said"."""
    spoken = (t for t in verb.doc[verb.left_edge.i : verb.i] if t.dep_ in BESIDE and t.pos_ in ("NOUN", "PROPN"))
    return next((t for t in spoken if verb.doc[t.left_edge.i - 1].text == "," and _ends_at(t, verb)), None)


def _ends_at(noun: Token, verb: Token) -> bool:
    """Whether nothing but a comma stands between a phrase and a verb: "its chairman, Ola Berg, said"."""
    last = max(t.i for t in noun.subtree)
    return all(t.text == "," for t in verb.doc[last + 1 : verb.i])


# ---- "had taken twelve of its crew hostage" --------------------------------------------------------------------------


def taken_as(doc: Doc, words: OrderWords) -> dict[int, MendedTie]:
    """What people are taken as is no part of their name: "had taken twelve of its crew hostage"."""
    ties: dict[int, MendedTie] = {}
    for held in doc:
        if held.lower_ not in words.held:
            continue
        people = doc[held.i - 1] if held.i else held
        if people.head is not held or people.dep_ != "compound":
            continue
        verb = next((t for t in held.ancestors if t.pos_ == "VERB"), None)
        if held.dep_ in ("pobj", "dobj") and verb is not None and verb.lemma_ in words.taking:
            ties |= {people.i: MendedTie(held.head.i, held.dep_), held.i: MendedTie(verb.i, "oprd")}
            ties |= {c.i: MendedTie(people.i, c.dep_) for c in held.children if c.i < people.i}
            ties |= {c.i: MendedTie(verb.i, c.dep_) for c in held.children if c.i > held.i}
    return ties


# ---- "Two | guards were killed" --------------------------------------------------------------------------------------


def lone_numbers(doc: Doc, words: object) -> dict[int, MendedTie]:
    """A number that seems a sentence of its own counts the plural behind it: "Two | guards were killed"."""
    del words
    found = ((t, _counted(t)) for t in doc if t.pos_ == "NUM" and t.head is t)
    return {t.i: MendedTie(noun.i, "nummod") for t, noun in found if noun is not None}


def _counted(number: Token) -> Token | None:
    """The plural subject right behind a lone number: "guards" in "Two | prison guards were killed"."""
    if any(True for _ in _below(number)) or number.i + 1 >= len(number.doc):
        return None
    opening = number.nbor()
    noun = opening.head if opening.dep_ in ("compound", "amod", "nmod") else opening
    return noun if noun.tag_ in ("NNS", "NNPS") and noun.dep_.startswith("nsubj") and noun.i > number.i else None


def _below(token: Token) -> Iterator[Token]:
    return (c for c in token.children if not c.is_space)


# ---- "shot down 12 of 15 drones" -------------------------------------------------------------------------------------


def partitives(doc: Doc, words: object) -> dict[int, MendedTie]:
    """A number before "of" and another number is what it is done to: "shot down 12 of 15 drones", not fifteen."""
    del words
    ties: dict[int, MendedTie] = {}
    for part in doc[:-2]:
        if part.dep_ != "quantmod" or part.pos_ != "NUM":
            continue
        link, whole = doc[part.i + 1], part.head
        noun = whole.head
        if link.lower_ != "of" or whole.pos_ != "NUM":
            continue
        if whole.i != link.i + 1 or whole.dep_ != "nummod" or noun.head is noun:
            continue
        ties |= {part.i: MendedTie(noun.head.i, noun.dep_), link.i: MendedTie(part.i, "prep")}
        ties[noun.i] = MendedTie(link.i, "pobj")
        ties |= {c.i: MendedTie(part.i, c.dep_) for c in (*whole.children, *noun.children) if c.i < part.i}
    return ties


# ---- "The ministry has, in a statement, urged drivers to slow down." -------------------------------------------------


def parted_tenses(doc: Doc, words: object) -> dict[int, MendedTie]:
    """What stands before a *has* in front of an aside is the subject of the verb behind it: "has, he said, shelled"."""
    del words
    ties: dict[int, MendedTie] = {}
    for have in doc:
        subject = next((c for c in have.children if c.dep_ == "nsubj"), None) if have.lower_ in HAVING else None
        verb = _behind_aside(doc, have) if subject is not None else None
        if subject is None or verb is None or any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children):
            continue
        ties[subject.i] = MendedTie(verb.i, "nsubj")
        if have.head is not verb:
            ties |= _risen(have, verb)
    return ties


def _behind_aside(doc: Doc, have: Token) -> Token | None:
    """The participle behind the two commas of an aside: *urged* of "has, in a statement, urged"."""
    if have.i + 1 >= len(doc) or doc[have.i + 1].text != ",":
        return None
    aside = doc[have.i + 2 : have.i + ASIDE]
    comma = next((t for t in aside if t.text == ","), None)
    if comma is None or comma.i + 1 >= len(doc) or comma.sent.start != have.sent.start:
        return None
    verb = doc[comma.i + 1]
    told = verb.tag_ in ("VBN", "VBD") and verb.pos_ == "VERB"
    return verb if told else None


def _risen(have: Token, verb: Token) -> dict[int, MendedTie]:
    """The participle as the verb of its sentence, where an aside was taken for it: "has, in a statement, *urged*"."""
    top = verb
    while top.head is not top:
        top = top.head
    if not have.i < top.i < verb.i:
        return {have.i: MendedTie(verb.i, "aux")}
    dep = "prep" if top.pos_ in ("ADP", "SCONJ") else "advcl"
    return {have.i: MendedTie(verb.i, "aux"), verb.i: MendedTie(verb.i, "ROOT"), top.i: MendedTie(verb.i, dep)}
