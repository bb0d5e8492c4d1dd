"""Mends of what is cut short or put in between: parentheses, clauses without a subject, whom a letter goes to."""

from __future__ import annotations

from typing import Final, Protocol

from reportedly.parse.numbers import NumberWords
from reportedly.parse.parsed import Doc, Token
from reportedly.parse.syntax import TIMING
from reportedly.parse.ties import FINITE, TIMES, MendedTie, phrase_head

WHEN: Final = frozenset({"when", "once", "while"})
NOUNS: Final = ("NOUN", "PROPN")


class Units(Protocol):
    """What these rules ask of the words in force."""

    @property
    def numbers(self) -> NumberWords:
        """The words of numbers, and the units that they count."""

    @property
    def guise(self) -> frozenset[str]:
        """Participles whose *as* says what somebody looks like."""


# ---- "Six miners (four Poles and two Czechs) and two cooks were hurt" ------------------------------------------------


def parentheses(doc: Doc, words: Units) -> dict[int, MendedTie]:
    """Numbers in brackets say who the counted are: "Six miners (four Poles and two Czechs) and two cooks were hurt".

    What follows the brackets goes on from the noun before them.
    """
    ties: dict[int, MendedTie] = {}
    for opening in [t for t in doc.tokens[1:-2] if t.text == "("]:
        closing = next((t for t in doc[opening.i : opening.i + 30] if t.text == ")"), None)
        if closing is None:
            continue
        whole, part = _counted(doc[opening.i - 1]), phrase_head(doc, opening.i + 1)
        if whole is not None and part is not None and _is_share(part, closing, words):
            ties |= _taken_out(whole, part, closing)
    return ties


def _counted(last: Token) -> Token | None:
    """The noun with a number before a bracket: *miners* of "six miners of the pit ("."""
    for noun in (last, *last.ancestors):
        if noun.pos_ in NOUNS and any(c.pos_ == "NUM" and c.i < noun.i for c in noun.children):
            return noun
        if noun.pos_ in ("VERB", "AUX"):
            return None
    return None


def _is_share(part: Token, closing: Token, words: Units) -> bool:
    """Whether a bracket opens with a number of people or things: "(four Poles)", not "(12 May)" or "(3 km away)"."""
    opening = part.left_edge
    inside = part.doc[opening.i : closing.i]
    if opening.pos_ != "NUM" or part.pos_ not in NOUNS or part.i >= closing.i or part.ent_type_ in TIMES:
        return False
    return part.lower_ not in words.numbers.units and not any(t.tag_ in FINITE for t in inside)


def _taken_out(whole: Token, part: Token, closing: Token) -> dict[int, MendedTie]:
    """Ties by which "(four Poles)" hangs on the miners of "six miners (four Poles)", and nothing on the bracket."""
    inside = range(part.left_edge.i, closing.i)
    ties = {part.i: MendedTie(whole.i, "appos")}
    if whole.head.i in inside:
        ties[whole.i] = MendedTie(whole.i if part.head is part else part.head.i, part.dep_)
    behind = (t for t in whole.doc[closing.i + 1 : whole.sent.end] if t.head.i in inside)
    ties |= {t.i: MendedTie(whole.i, t.dep_) for t in behind}
    joint = next(iter(whole.doc[closing.i + 1 : closing.i + 2]), None)
    other = phrase_head(whole.doc, joint.i + 1) if joint is not None and joint.dep_ == "cc" else None
    beside = other is not None and other.head is whole.head and other.dep_ == whole.dep_
    return ties | {other.i: MendedTie(whole.i, "conj")} if other is not None and beside else ties


# ---- "When elected mayor by the council, Ann Roe promised" -----------------------------------------------------------


def bare_times(doc: Doc, words: object) -> dict[int, MendedTie]:
    """A participle behind "when" is a clause about the subject to come: "When elected mayor by the council, she left".

    What it makes of somebody is no time.
    """
    del words
    ties: dict[int, MendedTie] = {}
    for verb in doc[1:]:
        if verb.tag_ != "VBN" or verb.dep_ != "amod":
            continue
        noun, link = verb.head, doc[verb.i - 1]
        if link.lower_ not in WHEN or noun.head is noun:
            continue
        ties |= {verb.i: MendedTie(noun.head.i, "advcl", "VERB", "VBN"), noun.i: MendedTie(verb.i, "oprd")}
        ties[link.i] = MendedTie(verb.i, "advmod")
        behind = (c for c in noun.children if c.i > noun.i and c.dep_ == "prep")
        ties |= {c.i: MendedTie(verb.i, "agent" if c.lower_ == "by" else "prep") for c in behind}
    return ties


# ---- "sent a letter to the bishop asking him to leave" ---------------------------------------------------------------


def addressees(doc: Doc, words: object) -> dict[int, MendedTie]:
    """Whom a letter goes to does not write it: "sent a note to Chad asking it to leave", "wrote to Chad asking it"."""
    del words
    ties: dict[int, MendedTie] = {}
    for verb in [t for t in doc if t.dep_ == "pcomp" and t.tag_ == "VBG"]:
        link, name = verb.head, next((c for c in verb.children if c.dep_ == "nsubj"), None)
        if link.lower_ != "to" or name is None or name.pos_ not in NOUNS:
            continue
        if name.left_edge.i == link.i + 1 and link.head.pos_ == "VERB":
            ties |= {name.i: MendedTie(link.i, "pobj"), verb.i: MendedTie(link.head.i, "advcl")}
    return ties


def addressed(doc: Doc, words: object) -> dict[int, MendedTie]:
    """Nobody asks himself: a gerund with a pronoun goes with what was sent to whom the pronoun means.

    "sent a letter to Ana Reyes asking *her* to come".
    """
    del words
    ties: dict[int, MendedTie] = {}
    for pronoun in doc[3:]:
        verb, name = pronoun.head, pronoun.head.head
        told = pronoun.dep_ == "dobj" and pronoun.tag_ == "PRP" and pronoun.i == verb.i + 1
        if told and verb.dep_ == "acl" and verb.tag_ == "VBG" and name.dep_ == "pobj" and name.head.lower_ == "to":
            sent = name.head.head
            ties[verb.i] = MendedTie(sent.i, "acl" if sent.pos_ == "NOUN" else "advcl")
    return ties


# ---- "attacked a convoy without hurting anybody but damaging a lorry" ------------------------------------------------


def exceptions(doc: Doc, words: object) -> dict[int, MendedTie]:
    """What is set against a gerund behind "without" was done: "left without hurting anybody but damaging a lorry"."""
    del words
    ties: dict[int, MendedTie] = {}
    for verb in doc:
        first = verb.head
        if verb.dep_ != "conj" or verb.tag_ != "VBG" or first.dep_ != "pcomp" or first.head.lower_ != "without":
            continue
        joint = [c for c in first.children if c.lower_ == "but" and first.i < c.i < verb.i]
        above = first.head.head
        if joint and above.pos_ in ("VERB", "AUX"):
            ties |= {verb.i: MendedTie(above.i, "advcl"), joint[0].i: MendedTie(above.i, "cc")}
    return ties


# ---- "He was nominated by the governor" ------------------------------------------------------------------------------


def passives(doc: Doc, words: object) -> dict[int, MendedTie]:
    """What somebody is told to have done is no quality: "He was nominated by the governor"."""
    del words
    ties: dict[int, MendedTie] = {}
    for verb in doc:
        link = verb.head
        done = verb.dep_ == "acomp" and verb.tag_ == "VBN" and any(c.dep_ == "agent" for c in verb.children)
        if not done or link.lemma_ != "be" or link.i > verb.i:
            continue
        moved = (c for c in link.children if c is not verb)
        ties |= {c.i: MendedTie(verb.i, "nsubjpass" if c.dep_ == "nsubj" else c.dep_) for c in moved}
        top = verb.i if link.head is link else link.head.i
        ties |= {verb.i: MendedTie(top, link.dep_, "VERB", "VBN"), link.i: MendedTie(verb.i, "auxpass")}
    return ties


# ---- "Men dressed as police robbed a bus" ----------------------------------------------------------------------------


def guises(doc: Doc, words: Units) -> dict[int, MendedTie]:
    """What somebody is dressed as did nothing: "Men dressed as police robbed a bus" tells of the men."""
    ties: dict[int, MendedTie] = {}
    for link in doc[1:]:
        if link.lower_ != "as" or link.dep_ != "mark":
            continue
        guise, verb = doc[link.i - 1], link.head
        known = guise.lower_ in words.guise and verb.head is guise
        look = next((c for c in verb.children if c.dep_.startswith("nsubj")), None)
        whose = _before(guise)
        if known and look is not None and whose is not None and verb.tag_ in FINITE and look.left_edge.i == link.i + 1:
            ties |= {link.i: MendedTie(guise.i, "prep"), look.i: MendedTie(link.i, "pobj")}
            ties |= _main(whose, guise, verb)
    return ties


def _before(guise: Token) -> Token | None:
    """Whom a participle describes, by the parse its noun or its subject: "men" of "men dressed as police"."""
    if guise.dep_ == "acl" and guise.head.i < guise.i:
        return guise.head
    return next((c for c in guise.children if c.dep_ == "nsubj"), None)


def _main(noun: Token, inner: Token, verb: Token) -> dict[int, MendedTie]:
    """Ties by which a verb behind what describes a noun governs the noun: "men held since May *were* freed"."""
    top = noun if inner.dep_ == "acl" or inner.head is noun else inner
    ties = {verb.i: MendedTie(verb.i if top.head is top else top.head.i, top.dep_)}
    ties[noun.i] = MendedTie(verb.i, "nsubjpass" if any(c.dep_ == "auxpass" for c in verb.children) else "nsubj")
    ties |= {inner.i: MendedTie(noun.i, inner.dep_ if inner.dep_ == "relcl" else "acl", "VERB", inner.tag_)}
    return ties | {c.i: MendedTie(verb.i, c.dep_) for c in top.children if c.i > verb.i}


# ---- "Three men held since March were freed" -------------------------------------------------------------------------


def since_when(doc: Doc, words: object) -> dict[int, MendedTie]:
    """A month or day behind "since" does nothing: "Three men held since March were freed" frees the men."""
    del words
    ties: dict[int, MendedTie] = {}
    for link in doc:
        if link.dep_ != "mark" or link.lower_ not in TIMING:
            continue
        verb, inner = link.head, link.head.head
        day = next((c for c in verb.children if c.dep_.startswith("nsubj") and c.ent_type_ in TIMES), None)
        if day is None or day.left_edge.i != link.i + 1:
            continue
        noun = inner if inner.pos_ in NOUNS else inner.head
        held = next((c for c in noun.children if c.dep_ in ("relcl", "acl") and noun.i < c.i < link.i), None)
        if verb.dep_ == "advcl" and noun.pos_ in NOUNS and held is not None:
            ties |= {link.i: MendedTie(held.i, "prep"), day.i: MendedTie(link.i, "pobj")} | _main(noun, held, verb)
    return ties


SHORT: Final = (parentheses, bare_times, addressees, addressed, exceptions, passives, guises, since_when)
