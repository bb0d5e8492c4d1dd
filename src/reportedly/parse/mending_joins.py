"""Mends of what is joined: verbs of different tenses, names behind an office, two subjects in a row."""

from __future__ import annotations

from typing import Final, Protocol

from reportedly.parse.mending_words import MendWords
from reportedly.parse.parsed import Doc, Token
from reportedly.parse.syntax import is_passive
from reportedly.parse.ties import MendedTie, phrase_head

PAST, PRESENT = "VBD", "VBZ"
OPEN: Final = frozenset({"xcomp", "ccomp", "advcl", "acl", "pcomp", "conj", "relcl"})
LINKS: Final = frozenset({"of", "to", "from", "in", "for"})
PLACES: Final = frozenset({"GPE", "LOC", "NORP"})
FULL: Final = frozenset({"aux", "auxpass", "dobj", "nsubjpass", "agent", "ccomp", "xcomp", "neg"})
OWN: Final = frozenset({"nsubj", "nsubjpass", "aux", "auxpass"})


class Offices(Protocol):
    """What these rules ask of the words in force: nouns that one person can be."""

    @property
    def people(self) -> frozenset[str]:
        """Lower-case nouns for one person by office or calling."""

    @property
    def nominal(self) -> frozenset[str]:
        """Participles that name a person with an article before them."""

    @property
    def undergone(self) -> frozenset[str]:
        """Past forms for what so many people suffer."""


# ---- "urged the mayor to resign and met her deputy" ------------------------------------------------------------------


def tenses(doc: Doc, words: object) -> dict[int, MendedTie]:
    """A past tense cannot be joined to an infinitive or a gerund: it goes with the verb of its own tense above.

    "urged the mayor to resign and met her deputy": "met" goes with "urged".
    """
    del words
    ties: dict[int, MendedTie] = {}
    for verb in doc:
        if verb.dep_ != "conj" or verb.tag_ not in (PAST, PRESENT) or verb.pos_ != "VERB" or not _is_open(verb.head):
            continue
        if any(c.dep_ in OWN for c in verb.children):
            continue
        above = _of_tense(verb)
        if above is not None:
            joining = (c for c in verb.head.children if c.dep_ == "cc" and verb.head.i < c.i < verb.i)
            ties |= {verb.i: MendedTie(above.i, "conj")} | {c.i: MendedTie(above.i, "cc") for c in joining}
    return ties


def _is_open(verb: Token) -> bool:
    """Whether a verb has no tense: "to resign", "by resigning"."""
    if verb.pos_ != "VERB" or any(c.dep_ == "auxpass" for c in verb.children):
        return False
    bare = verb.tag_ == "VB" and any(c.lower_ == "to" for c in verb.children if c.dep_ == "aux")
    return bare or (verb.tag_ == "VBG" and not any(c.dep_ == "aux" for c in verb.children))


def _of_tense(verb: Token) -> Token | None:
    """The nearest verb above in the same tense: "urged" for "met" in "urged the mayor to resign and met her deputy"."""
    node = verb.head
    while node.head is not node:
        if node.dep_ not in OPEN and node.dep_ not in ("prep", "pobj", "dobj", "nsubj", "attr"):
            return None
        node = node.head
        if node.pos_ in ("VERB", "AUX") and node.tag_ == verb.tag_:
            return node
    return None


# ---- "a member of parliament, Omar Sol, said" ------------------------------------------------------------------------


def titles(doc: Doc, words: Offices) -> dict[int, MendedTie]:
    """A person's name between commas names the holder of an office: "a member of parliament, Omar Sol, said".

    It does not name the body or town that the office is of.
    """
    found = ((t, _holder(t, words)) for t in doc if t.dep_ == "appos" and t.ent_type_ == "PERSON")
    return {t.i: MendedTie(holder.i, "appos") for t, holder in found if holder is not None}


def _holder(name: Token, words: Offices) -> Token | None:
    """The office above the noun that a name was set beside: "member" in "a member of parliament, Omar Sol".

    None where that noun is an office itself.
    """
    noun = name.head
    while noun.dep_ == "pobj" and noun.lower_ not in words.people and noun.head.lower_ in ("of", "for", "to", "in"):
        noun = noun.head.head
    return noun if noun is not name.head and noun.pos_ in ("NOUN", "PROPN") and noun.lower_ in words.people else None


# ---- "the Ambassador to Norway Karl Benson accused" ------------------------------------------------------------------


def doubles(doc: Doc, words: Offices) -> dict[int, MendedTie]:
    """Of two subjects in a row the name says who the office is: "the Ambassador to Norway Karl Benson accused"."""
    ties: dict[int, MendedTie] = {}
    for name in doc:
        if name.dep_ != "nsubj" or name.ent_type_ != "PERSON":
            continue
        office = next((c for c in name.head.children if c.dep_ == "nsubj" and c.i < name.i), None)
        if (
            office is None
            or office.lower_ not in words.people
            or max(t.i for t in office.subtree) + 1 != name.left_edge.i
        ):
            continue
        ties[name.i] = MendedTie(office.i, "appos")
    return ties


# ---- "the blast that killed six and hurt hundreds was heard" ---------------------------------------------------------


def inner_objects(doc: Doc, words: object) -> dict[int, MendedTie]:
    """A second subject behind a verb that describes the first is that verb's object.

    "the blast that killed six and hurt hundreds was heard": the blast was heard.
    """
    del words
    ties: dict[int, MendedTie] = {}
    for noun in doc:
        if noun.dep_ not in ("nsubj", "nsubjpass"):
            continue
        first = next((c for c in noun.head.children if c.dep_ == noun.dep_), noun)
        if first.i >= noun.i or (edge := noun.left_edge.i) <= first.i + 1:
            continue
        inner = doc[edge - 1]
        if inner.pos_ != "VERB" or inner.tag_ != PAST or inner not in first.subtree:
            continue
        if not any(c.dep_ in ("dobj", "xcomp", "ccomp", "prep") for c in inner.children):
            ties[noun.i] = MendedTie(inner.i, "dobj")
    return ties


# ---- "police arrested the accused" -----------------------------------------------------------------------------------


def nominals(doc: Doc, words: Offices) -> dict[int, MendedTie]:
    """A participle with an article in the place of a noun is one: "the accused"."""
    places = ("nsubj", "nsubjpass", "dobj", "pobj", "poss")
    found = (t for t in doc if t.lower_ in words.nominal and t.pos_ != "NOUN" and t.dep_ in places)
    with_article = (t for t in found if any(c.dep_ == "det" for c in t.children))
    return {t.i: MendedTie(t.head.i, t.dep_, "NOUN", "NN", t.lower_) for t in with_article}


# ---- "the Ambassador to Norway Karl Benson", "Senator from Ohio Ann Roe" ---------------------------------------------


def seats(doc: Doc, words: Offices) -> dict[int, MendedTie]:
    """A place that an office is of is no part of the name behind it: "Senator from Ohio Ann Roe"."""
    ties: dict[int, MendedTie] = {}
    for name in doc:
        link = name.head
        if name.dep_ != "pobj" or name.ent_type_ != "PERSON" or link.lower_ not in LINKS:
            continue
        if link.head.lower_ not in words.people:
            continue
        places = [c for c in name.children if c.dep_ == "compound" and c.ent_type_ in PLACES and c.i < name.i]
        first = next((t.i for t in doc[link.i + 1 : name.i + 1] if t.ent_type_ == "PERSON"), name.i)
        if places and places[-1].i + 1 == first:
            ties |= {name.i: MendedTie(link.head.i, "appos"), places[-1].i: MendedTie(link.i, "pobj")}
            ties |= {c.i: MendedTie(places[-1].i, c.dep_) for c in name.children if c.i < places[-1].i}
    return ties


# ---- "officials told of nine guards and two clerks killed" -----------------------------------------------------------


def undergone(doc: Doc, words: Offices) -> dict[int, MendedTie]:
    """So many people "killed", with nobody whom they would have killed, are the dead: "told of two clerks killed"."""
    ties: dict[int, MendedTie] = {}
    for verb in doc:
        if verb.lower_ not in words.undergone or verb.pos_ != "VERB" or verb.tag_ not in (PAST, "VBN"):
            continue
        if any(c.dep_ in FULL and (c.dep_ != "dobj" or c.i > verb.i) for c in verb.children) or (
            verb.head is not verb and is_passive(verb.head)
        ):
            continue
        subjects = [c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i]
        if subjects and all(_is_counted(c) for c in subjects):
            ties |= {c.i: MendedTie(verb.i, "nsubjpass") for c in subjects}
            ties[verb.i] = MendedTie(verb.head.i, verb.dep_, "VERB", "VBN")
    return ties


def _is_counted(noun: Token) -> bool:
    """Whether a noun is a number or has one: "twelve", "nine more", "two clerks"."""
    return noun.like_num or noun.pos_ == "NUM" or any(c.dep_ == "nummod" for c in noun.children)


# ---- "killed twelve and injured nine more" ---------------------------------------------------------------------------


def second_verbs(doc: Doc, words: object) -> dict[int, MendedTie]:
    """A participle between an object, "and" and another number is a second verb: "killed twelve and injured nine more".

    That verb has an object of its own.
    """
    del words
    ties: dict[int, MendedTie] = {}
    for verb in doc:
        first = verb.head
        if verb.tag_ != "VBN" or verb.dep_ != "conj" or first.dep_ != "dobj" or verb.i < 2:
            continue
        above, joint = first.head, doc[verb.i - 1]
        other = phrase_head(doc, verb.i + 1)
        if joint.dep_ == "cc" and other is not None and other.head is above and other.dep_ in ("dobj", "npadvmod"):
            ties |= {verb.i: MendedTie(above.i, "conj", "VERB", above.tag_), other.i: MendedTie(verb.i, "dobj")}
            ties[joint.i] = MendedTie(above.i, "cc")
    return ties


# ---- "posted a message on Facebook blaming the union" ----------------------------------------------------------------


def channels(doc: Doc, words: object) -> dict[int, MendedTie]:
    """What somebody does by words on a channel is not done by it: "posted a message on Facebook blaming the union"."""
    del words
    ties: dict[int, MendedTie] = {}
    for verb in doc:
        if verb.tag_ != "VBG" or verb.dep_ not in ("acl", "pcomp"):
            continue
        beside = (c for c in verb.children if c.dep_ in ("nsubj", "compound") and c.i == verb.i - 1)
        name = verb.head if verb.dep_ == "acl" else next(beside, verb)
        link = name.head if verb.dep_ == "acl" else verb.head
        if name.pos_ != "PROPN" or name.i > verb.i or link.lower_ not in ("on", "via") or link.pos_ != "ADP":
            continue
        above = next((t for t in link.ancestors if t.pos_ == "VERB"), None)
        if above is not None and above.i < link.i:
            ties |= {verb.i: MendedTie(above.i, "advcl"), name.i: MendedTie(link.i, "pobj")}
    return ties


# ---- "condemned on Monday the raid in which, it said, nine men were killed" ------------------------------------------


def dated_objects(doc: Doc, words: object) -> dict[int, MendedTie]:
    """What stands behind a verb and its day is its object: "condemned on Monday the raid in which, it said, nine died".

    The clause with "which" is about that object.
    """
    del words
    ties: dict[int, MendedTie] = {}
    for noun in doc:
        clause = noun.head
        verb = clause.head
        if noun.dep_ not in ("nsubj", "nsubjpass") or clause.dep_ != "ccomp" or verb.i > noun.i:
            continue
        day = doc[noun.left_edge.i - 1]
        second = any(c.dep_ in ("nsubj", "nsubjpass") and noun.i < c.i < clause.i for c in clause.children)
        which = any(t.tag_ == "WDT" for t in doc[noun.i : clause.i])
        if second and which and day.ent_type_ == "DATE" and verb in day.ancestors:
            ties |= {noun.i: MendedTie(verb.i, "dobj"), clause.i: MendedTie(noun.i, "relcl")}
    return ties


def dated_verbs(doc: Doc, words: object) -> dict[int, MendedTie]:
    """A participle with a day and an object behind it is the main verb: "Peru condemned on Monday a raid that"."""
    del words
    ties: dict[int, MendedTie] = {}
    for verb in [t for t in doc if t.dep_ == "acl" and t.tag_ == "VBN"]:
        noun, thing = verb.head, next((c for c in verb.children if c.dep_ == "dobj"), None)
        later = noun.head
        if thing is None or noun.dep_ not in ("nsubj", "nsubjpass"):
            continue
        if doc[thing.left_edge.i - 1].ent_type_ == "DATE" and noun.i < verb.i < later.i:
            top = verb.i if later.head is later else later.head.i
            ties |= {verb.i: MendedTie(top, later.dep_, "VERB", PAST), noun.i: MendedTie(verb.i, "nsubj")}
            ties |= {later.i: MendedTie(thing.i, "relcl")} | _left_over(noun, verb, later)
    return ties


def _left_over(noun: Token, verb: Token, later: Token) -> dict[int, MendedTie]:
    """What hung on the subject behind its verb: "Peru condemned on Monday a raid in which nine were killed".

    The number right before the second verb is that verb's subject.
    """
    ties: dict[int, MendedTie] = {}
    first = min((c.i for c in later.children if c.dep_ in ("aux", "auxpass")), default=later.i)
    for link in (c for c in noun.children if c.i > verb.i):
        counted = next((c for c in link.children if c.dep_ == "pobj" and c.i == first - 1), None)
        ties[link.i] = MendedTie(counted.i, "advmod") if counted is not None else MendedTie(verb.i, link.dep_)
        ties |= (
            {counted.i: MendedTie(later.i, "nsubjpass" if is_passive(later) else "nsubj")}
            if counted is not None
            else {}
        )
    return ties


def actives(doc: Doc, words: object) -> dict[int, MendedTie]:
    """A past tense with an object and without "was" is active: "Rebels killed two" kills no rebels."""
    del words
    ties: dict[int, MendedTie] = {}
    for verb in [t for t in doc if t.tag_ in (PAST, "VBN")]:
        below = {c.dep_ for c in verb.children}
        if "nsubjpass" not in below or not any(c.dep_ == "dobj" and c.i > verb.i for c in verb.children):
            continue
        if below & {"aux", "auxpass", "agent", "dative"} or verb.dep_ not in ("ROOT", "ccomp", "conj", "advcl"):
            continue
        ties |= {c.i: MendedTie(verb.i, "nsubj") for c in verb.children if c.dep_ == "nsubjpass"}
        ties[verb.i] = MendedTie(verb.head.i, verb.dep_, "VERB", PAST)
    return ties


def known_matters(doc: Doc, words: MendWords) -> dict[int, MendedTie]:
    """What was told before needs no place: "Crowds marched against the talks in X on Sunday" is where they marched.

    Not so what lasts and goes by its place ("against the war in X").
    """
    ties: dict[int, MendedTie] = {}
    for place in doc:
        noun = place.head
        matter = noun.head
        verb = matter.head
        if place.dep_ != "prep" or place.lower_ not in ("in", "at", "near", "outside") or noun.dep_ != "pobj":
            continue
        if (
            matter.lower_ not in ("against", "over")
            or verb.tag_ not in (PAST, "VBN")
            or noun.lemma_.lower() in words.standing
        ):
            continue
        if _is_dated(doc, place) and any(c.lower_ == "the" for c in noun.children) and _is_told(doc, noun):
            ties[place.i] = MendedTie(verb.i, "prep")
    return ties


def _is_dated(doc: Doc, place: Token) -> bool:
    """Whether a day stands behind a phrase with a name: "in X on Sunday"."""
    last = max(t.i for t in place.subtree)
    named = any(c.dep_ == "pobj" and c.pos_ == "PROPN" for c in place.children)
    return named and any(t.ent_type_ == "DATE" for t in doc[last : last + 3])


def _is_told(doc: Doc, noun: Token) -> bool:
    """Whether a sentence before has the same noun: "Talks began. ... against the talks in X"."""
    return any(t.lemma_ == noun.lemma_ and t.pos_ == "NOUN" for t in doc[: noun.sent.start])
