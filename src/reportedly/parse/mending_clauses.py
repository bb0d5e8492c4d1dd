"""Mends of clauses: the main verb, objects, lists, and the gap of a relative clause."""

from __future__ import annotations

from typing import Final, Protocol

from reportedly.parse.parsed import Doc, Token
from reportedly.parse.ties import DAYS, FILLED, FINITE, TIMES, MendedTie, phrase_head

JOINED: Final = frozenset({"nsubj", "nsubjpass", "csubj", "mark", "aux", "auxpass", "agent"})
BODIES: Final = frozenset({"ORG", "GPE", "FAC", "LOC"})
NOMINAL: Final = frozenset({"prep", "punct", "cc", "conj", "amod", "det", "compound"})
GERUND: Final = "ing"
# Articles that no plural has.
ONE: Final = frozenset({"a", "an", "another"})
ASIDES: Final = ("ccomp", "advcl", "dep", "parataxis")


class Charges(Protocol):
    """What these rules ask of the words in force."""

    @property
    def charging(self) -> frozenset[str]:
        """Verbs that say what somebody is held to have done."""


# ---- "Chad accused rebels of burning a mosque" -----------------------------------------------------------------------


def mains(doc: Doc, words: object) -> dict[int, MendedTie]:
    """A participle before a noun cannot have a subject: with one it is the main verb.

    "Chad accused rebels of burning a mill".
    """
    del words
    ties: dict[int, MendedTie] = {}
    for verb in doc:
        noun = verb.head
        if verb.dep_ != "amod" or verb.tag_ not in ("VBN", "VBD") or noun.dep_ != "ROOT" or noun.i < verb.i:
            continue
        if any(c.dep_ == "nsubj" and c.i < verb.i for c in verb.children):
            loose = (c for c in noun.children if c.dep_ in ("punct", "advcl", "conj", "cc") and c.i > noun.i)
            ties |= {c.i: MendedTie(verb.i, c.dep_) for c in loose}
            ties |= {verb.i: MendedTie(verb.i, "ROOT", "VERB", "VBD"), noun.i: MendedTie(verb.i, "dobj")}
    return ties


# ---- "The group, believed to be armed, said it would leave" ----------------------------------------------------------


def asides(doc: Doc, words: object) -> dict[int, MendedTie]:
    """A past form between commas, before a finite verb without subject, is a participle of the noun before it.

    "The group, believed to be armed, said it would leave".
    """
    del words
    ties: dict[int, MendedTie] = {}
    for verb in [t for t in doc if t.tag_ in ("VBD", "VBN") and t.dep_ in ASIDES]:
        main = verb.head
        noun = next((c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i), None)
        if noun is None or not _is_between_commas(verb, main):
            continue
        if any(c.dep_ in ("nsubj", "nsubjpass", "csubj", "expl") for c in main.children):
            continue
        before = (c for c in verb.children if c.i < noun.i and c.dep_ != "det")
        ties |= {c.i: MendedTie(main.i, c.dep_) for c in before}
        ties |= {noun.i: MendedTie(main.i, "nsubj"), verb.i: MendedTie(noun.i, "acl", "VERB", "VBN")}
    return ties


def _is_between_commas(verb: Token, main: Token) -> bool:
    """Whether a past form stands between the noun's comma and one before the main verb: "The man, beaten, fled".

    Adverbs may stand beside the commas.
    """
    doc = verb.doc
    formed = verb.tag_ in ("VBD", "VBN") and main.i > verb.i and main.tag_ in FINITE and main.pos_ == "VERB"
    if not formed or any(c.dep_ in ("aux", "auxpass", "dobj", "neg", "ccomp") for c in verb.children):
        return False
    opening, closing = verb.left_edge.i, main.i
    first = next((i for i in range(verb.i - 1, opening - 1, -1) if doc[i].pos_ != "ADV"), opening)
    while closing > verb.i and doc[closing - 1].pos_ == "ADV":
        closing -= 1
    return doc[first].text == "," and doc[closing - 1].text == ","


# ---- "the man, said to be homeless, was arrested" --------------------------------------------------------------------


def hearsay(doc: Doc, words: object) -> dict[int, MendedTie]:
    """Behind a noun and its comma, a past form with an infinitive says what is held of the noun, not what it says.

    "the man, said to be homeless, was arrested".
    """
    del words
    ties: dict[int, MendedTie] = {}
    for to in [t for t in doc.tokens[3:] if t.lower_ == "to"]:
        verb, noun = doc[to.i - 1], doc[to.i - 3]
        if verb.tag_ not in ("VBD", "VBN") or doc[verb.i - 1].text != ",":
            continue
        main = next((c for c in verb.children if _goes_on(c)), None)
        if main is None or noun.head is not verb or noun.dep_ not in ("nsubj", "nsubjpass"):
            continue
        passive = any(c.dep_ == "auxpass" for c in main.children)
        moved = (c for c in verb.children if c.i < noun.i or c.i > main.i)
        ties |= {c.i: MendedTie(main.i, c.dep_) for c in moved}
        ties[main.i] = MendedTie(main.i if verb.head is verb else verb.head.i, verb.dep_)
        ties[noun.i] = MendedTie(main.i, "nsubjpass" if passive else "nsubj")
        ties[verb.i] = MendedTie(noun.i, "acl", "VERB", "VBN")
    return ties


def _goes_on(main: Token) -> bool:
    """Whether a clause behind a comma is the main one: "was freed" in "the man, said to be ill, was freed".

    Its subject stands before the aside.
    """
    first = min((c.i for c in main.children if c.dep_ in ("aux", "auxpass")), default=main.i)
    bare = not any(c.dep_ in ("nsubj", "nsubjpass", "mark", "expl", "csubj") for c in main.children)
    finite = main.doc[first].tag_ in (*FINITE, "MD")
    return main.dep_ in ("ccomp", "conj", "dep", "advcl") and bare and finite and main.doc[first - 1].text == ","


# ---- "a plan, drawn up by rebels, to burn the mill" ------------------------------------------------------------------


def infinitives(doc: Doc, words: object) -> dict[int, MendedTie]:
    """An infinitive behind a noun, without a relative pronoun, is what the noun is for: "a plan to burn the mill"."""
    del words
    return {t.i: MendedTie(t.head.i, "acl") for t in doc if t.dep_ == "relcl" and t.tag_ == "VB" and _is_bare_to(t)}


def _is_bare_to(verb: Token) -> bool:
    """Whether a verb has "to", and no subject, pronoun or preposition before it: "a plan to burn the mill"."""
    aux = [c for c in verb.children if c.dep_ == "aux"]
    pronoun = any(c.tag_ in ("WDT", "WP", "WRB", "IN") and c.i < verb.i for c in verb.subtree)
    return [c.lower_ for c in aux] == ["to"] and not pronoun and not any(c.dep_ == "nsubj" for c in verb.children)


# ---- "crowds estimated at 900 filled the square" ---------------------------------------------------------------------


def describing(doc: Doc, words: object) -> dict[int, MendedTie]:
    """A past form that describes a noun and has no subject of its own is a participle: "crowds estimated at 900"."""
    del words
    plain = (t for t in doc if t.dep_ == "acl" and t.tag_ == "VBD" and t.pos_ == "VERB" and t.i > t.head.i)
    bare = (t for t in plain if not any(c.dep_ in JOINED for c in t.children))
    return {t.i: MendedTie(t.head.i, "acl", "VERB", "VBN") for t in bare}


# ---- "a director of the commission, who was hurt" --------------------------------------------------------------------


def persons(doc: Doc, words: object) -> dict[int, MendedTie]:
    """*Who* behind a body that belongs to a person tells of the person: "Jo Hart, a clerk of the council, who fled"."""
    del words
    ties: dict[int, MendedTie] = {}
    for clause in [t for t in doc if t.dep_ == "relcl"]:
        body = clause.head
        who = any(c.lower_ == "who" and c.dep_ in ("nsubj", "nsubjpass") for c in clause.children)
        if not who or body.ent_type_ not in BODIES or body.dep_ != "pobj":
            continue
        person = body.head.head
        if person.pos_ in ("NOUN", "PROPN") and (person.ent_type_ == "PERSON" or person.dep_ == "appos"):
            ties[clause.i] = MendedTie(person.i, "relcl")
    return ties


# ---- "used a fire extinguisher to put out the flames" ----------------------------------------------------------------


def compounds(doc: Doc, words: object) -> dict[int, MendedTie]:
    """Of two objects side by side the first is part of the name of the second: "used a fire extinguisher"."""
    del words
    ties: dict[int, MendedTie] = {}
    for noun in doc[1:]:
        if noun.dep_ != "dobj" or noun.i < noun.head.i:
            continue
        before = doc[noun.i - 1]
        if before.dep_ != "dobj" or before.head is not noun.head:
            continue
        article = any(c.dep_ in ("det", "poss") for c in before.children)
        if (
            before.tag_ == "NN"
            and noun.tag_ in ("NN", "NNS")
            and article
            and not any(c.i < noun.i for c in noun.children)
        ):
            ties |= {c.i: MendedTie(noun.i, c.dep_) for c in before.children} | {
                before.i: MendedTie(noun.i, "compound")
            }
    return ties


# ---- "ruled the draft violated the law" ------------------------------------------------------------------------------


def contents(doc: Doc, words: object) -> dict[int, MendedTie]:
    """A finite verb with an object behind another verb's object is what is told: "ruled the draft broke the law".

    The noun between them is its subject.
    """
    del words
    ties: dict[int, MendedTie] = {}
    for verb in doc:
        told = verb.head
        free = verb.dep_ in ("advcl", "ccomp") and verb.tag_ in ("VBD", "VBZ") and told.i < verb.i
        if not free or any(c.dep_ in JOINED or c.i < verb.i for c in verb.children):
            continue
        noun = next((c for c in told.children if c.dep_ == "dobj" and max(t.i for t in c.subtree) == verb.i - 1), None)
        if noun is not None and any(c.dep_ == "dobj" for c in verb.children):
            ties |= {noun.i: MendedTie(verb.i, "nsubj"), verb.i: MendedTie(told.i, "ccomp")}
    return ties


# ---- "had shelled Assab" ---------------------------------------------------------------------------------------------


def named_objects(doc: Doc, words: object) -> dict[int, MendedTie]:
    """A name right behind an active verb that is no time and ends the clause is its object: "had shelled Assab"."""
    del words
    return {t.i: MendedTie(t.head.i, "dobj") for t in doc if _is_named_object(t)}


def _is_named_object(name: Token) -> bool:
    """Whether a name behind an active verb was taken for an adverb, and is its object: "had shelled Assab"."""
    verb = name.head
    if (
        name.pos_ != "PROPN"
        or name.dep_ not in ("advmod", "npadvmod")
        or name.ent_type_ in TIMES
        or name.lower_ in DAYS
    ):
        return False
    if verb.pos_ != "VERB" or name.left_edge.i != verb.i + 1:
        return False
    return not any(c.dep_ in ("dobj", "auxpass", "nsubjpass", "prt", "ccomp", "xcomp") for c in verb.children)


# ---- "rumours of looting in the port" --------------------------------------------------------------------------------


def bare_gerunds(doc: Doc, words: Charges) -> dict[int, MendedTie]:
    """A gerund behind a noun and "of" that governs nothing is a noun: "rumours of looting in the port".

    It is no deed of anybody accused.
    """
    found = (t for t in doc if t.dep_ == "pcomp" and t.tag_ == "VBG" and t.head.lower_ == "of")
    owned = (t for t in found if t.head.head.pos_ == "NOUN" and not _is_charged(t.head.head, words))
    nouns = (t for t in owned if all(c.dep_ in NOMINAL for c in t.children))
    return {t.i: MendedTie(t.head.i, "pobj", "NOUN", "NN", t.lower_) for t in nouns}


def _is_charged(noun: Token, words: Charges) -> bool:
    """Whether what follows is what somebody is accused of: "accused troops of firing on a town"."""
    return noun.dep_ == "dobj" and noun.head.lemma_ in words.charging


# ---- "accused miners of burning a mill, sending arms over the border and looting farms" ------------------------------


def gerund_lists(doc: Doc, words: object) -> dict[int, MendedTie]:
    """Gerunds in a list behind a preposition are coordinated with the first one, whatever stands between.

    "accused miners of burning a mill, sending arms over the border and looting farms".
    """
    del words
    ties: dict[int, MendedTie] = {}
    for first in doc:
        if first.tag_ == "VBG" and first.dep_ == "pcomp" and first.head.lower_ in ("of", "for", "by"):
            more = _listed(first)
            ties |= {t.i: MendedTie(first.i, "conj", "VERB", "VBG", _stem(t)) for t in more}
            ties |= {k: v for t in more for k, v in _own_object(t).items()}
    return ties


def _listed(first: Token) -> list[Token]:
    """The gerunds behind commas and a closing "and" or "or" after the first: "burning, robbing and looting farms".

    None where it is no list.
    """
    found = []
    for t in first.doc[first.i + 1 :]:
        if t.is_sent_start:
            break
        before = first.doc[t.i - 1]
        if _is_gerund(t) and before.text == "," and not any(c.dep_ in ("nsubj", "aux") for c in t.children):
            found.append(t)
        elif _is_gerund(t) and before.lower_ in ("and", "or") and found:
            return [*found, t]
        elif t.tag_ in FINITE:
            break
    return []


def _is_gerund(token: Token) -> bool:
    """Whether a word is a gerund, also where it was taken for a noun with another one behind it ("looting shops")."""
    if token.tag_ == "VBG":
        return True
    following = token.nbor() if token.i + 1 < len(token.doc) else token
    return token.lower_.endswith("ing") and token.tag_ == "NN" and following.pos_ in ("NOUN", "PROPN", "DET")


def _stem(gerund: Token) -> str | None:
    """The stem of a gerund taken for a noun: "rob" of "robbing shops"; None where the parser has it for a verb."""
    stem = gerund.lower_.removesuffix("ing")
    doubled = stem[-2:-1] == stem[-1:] and stem[-1:] not in "lsz"
    return None if gerund.tag_ == "VBG" else stem[: -1 if doubled else None]


def loads(doc: Doc, words: object) -> dict[int, MendedTie]:
    """An article for one before a plural belongs to the noun that the gerund between them describes.

    "A bus carrying pilgrims plunged": the bus plunged.
    """
    del words
    ties: dict[int, MendedTie] = {}
    for gerund in doc:
        many = gerund.head
        if not gerund.lower_.endswith(GERUND) or gerund.dep_ not in ("compound", "amod", "nmod"):
            continue
        one = doc[gerund.i - 1]
        near = (*many.children, *one.children)
        article = next((c for c in near if c.dep_ == "det" and c.lower_ in ONE and c.i < one.i), None)
        if many.tag_ != "NNS" or article is None or one.tag_ != "NN" or one.head not in (gerund, many):
            continue
        before = [c for c in (*many.children, *gerund.children) if c.i < one.i]  # adjectives and the article
        ties |= {c.i: MendedTie(one.i, c.dep_) for c in before}
        ties[one.i] = MendedTie(many.head.i if many.head is not many else one.i, many.dep_)
        ties[gerund.i] = MendedTie(one.i, "acl", "VERB", "VBG", _stem(gerund))
        ties[many.i] = MendedTie(gerund.i, "dobj")
    return ties


def _own_object(gerund: Token) -> dict[int, MendedTie]:
    """The noun behind a gerund that went to a preposition before it ("over the border and looting farms")."""
    noun = phrase_head(gerund.doc, gerund.i + 1)
    if noun is None or noun.head.i >= gerund.i or noun.dep_ != "pobj":
        return {}
    before = next((c for c in noun.children if c.i < gerund.i and c.pos_ in ("NOUN", "PROPN")), None)
    return {noun.i: MendedTie(gerund.i, "dobj")} | (
        {before.i: MendedTie(noun.head.i, "pobj")} if before is not None else {}
    )


# ---- "the plant, which Peru said miners had burned" ------------------------------------------------------------------


def gaps(doc: Doc, words: object) -> dict[int, MendedTie]:
    """A relative pronoun is the object of a verb in somebody's words: "the plant, which Peru said miners had burned".

    That verb has a subject there and no object.
    """
    del words
    relative = (t for t in doc if t.tag_ in ("WDT", "WP"))
    return {t.i: MendedTie(verb.i, "dobj") for t in relative if (verb := _gap(t)) is not None}


def _gap(pronoun: Token) -> Token | None:
    """The verb whose object a relative pronoun is: "burned" in "the plant, which Peru said miners had burned"."""
    clause = pronoun.head if pronoun.head.dep_ == "relcl" else pronoun.head.head
    if clause.dep_ != "relcl" or pronoun.i > clause.i:
        return None
    teller = next((c for c in clause.children if c.dep_ == "nsubj" and pronoun.i < c.i < clause.i), None)
    verb = next((c for c in clause.children if c.dep_ == "ccomp" and c.i > clause.i and c.pos_ == "VERB"), None)
    if teller is None or verb is None or any(c.dep_ in FILLED for c in verb.children if c is not pronoun):
        return None
    inner = any(c.dep_ == "nsubj" and c.i > clause.i for c in verb.children)
    return verb if inner else None


# Rules that need what all others have put right.
LATE_CLAUSES: Final = (infinitives, persons, compounds, contents, describing)
