"""Mends of verbs: particles that were given an object, verbs taken for participles, infinitives behind a plan."""

from __future__ import annotations

from typing import Final, Protocol

from reportedly.parse.parsed import Doc, Token
from reportedly.parse.ties import FILLED, TIMES, MendedTie

PAST: Final = frozenset({"VBD", "VBZ", "VBP", "VBN"})
CLAUSES: Final = frozenset({"advcl", "xcomp"})
WHERE: Final = frozenset({"in", "at", "near", "outside"})


class Verbs(Protocol):
    """What these rules ask of the words in force."""

    @property
    def aim(self) -> frozenset[str]:
        """Nouns whose infinitive says what is aimed at."""

    @property
    def blaming(self) -> frozenset[str]:
        """Verbs whose *for* says what somebody answers for."""

    @property
    def pursuing(self) -> frozenset[str]:
        """Verbs whose *for* says what a person, their object, is to answer for."""

    @property
    def people(self) -> frozenset[str]:
        """Nouns that one person can be."""

    @property
    def appointing(self) -> frozenset[str]:
        """Verbs whose object is named, and gets an office that stands behind it."""

    @property
    def penal(self) -> frozenset[str]:
        """Verbs behind whose *to* a punishment stands."""

    @property
    def sending(self) -> frozenset[str]:
        """Verbs whose *to* says who gets what is sent."""

    @property
    def recording(self) -> frozenset[str]:
        """Verbs behind whose object a place is where that was, not where somebody told of it."""

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
        ways = {f"{verb.lower_} {c.lower_}" for c in verb.children if c.dep_ in ("prep", "prt")} | {verb.lower_}
        active = _is_active(verb) or bool(ways & words.moving) or _names_another(verb, words)
        if noun.pos_ not in ("NOUN", "PROPN") or not active or doc[noun.sent.end - 1].text != ".":
            continue
        loose = (c for c in noun.children if c.i > verb.i or (c.dep_ in ("prep", "punct") and c.i < noun.i))
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
    """What somebody is blamed or sought for does not say who they are: "blamed rebels for", "seeking a man for"."""
    links = (t for t in doc if t.lower_ == "for" and t.head.dep_ == "dobj")
    terms = (t for t in doc if t.lower_ == "for" and t.dep_ == "prep" and t.head.dep_ == "pobj")
    sentences = ((t, next((a for a in t.ancestors if a.dep_ not in ("pobj", "prep")), t)) for t in terms)
    tied = {t.i: MendedTie(v.i, "prep") for t, v in sentences if v.lemma_ in words.penal and v.i < t.i}
    return tied | {
        t.i: MendedTie(t.head.head.i, "prep")
        for t in links
        if t.head.head.lemma_ in words.blaming or (t.head.head.lemma_ in words.pursuing and _is_person(t.head, words))
    }


def _is_person(noun: Token, words: Verbs) -> bool:
    """Whether a noun is a name or one for people: "two brothers", not "funds"."""
    return noun.pos_ == "PROPN" or noun.lemma_.lower() in words.people


# ---- "Officials confirmed a case of plague in Wau" -------------------------------------------------------------------


def recorded(doc: Doc, words: Verbs) -> dict[int, MendedTie]:
    """A place and a day behind what somebody confirms or reports are its own: "confirmed a case of plague *in Wau*"."""
    ties: dict[int, MendedTie] = {}
    for link in doc:
        verb = link.head
        if link.dep_ != "prep" or link.lower_ not in WHERE or verb.lemma_ not in words.recording:
            continue
        thing = next((c for c in verb.children if c.dep_ == "dobj" and c.i < link.i), None)
        named = any(c.dep_ == "pobj" and c.pos_ == "PROPN" and c.ent_type_ not in TIMES for c in link.children)
        if thing is not None and named and thing.pos_ == "NOUN" and max(t.i for t in thing.subtree) == link.i - 1:
            ties[link.i] = MendedTie(thing.i, "prep")
    return ties


# ---- "Marwan Idris, wanted for the raid, was seen" -------------------------------------------------------------------


def set_apart(doc: Doc, words: object) -> dict[int, MendedTie]:
    """No comma parts a subject from its verb: "Idris, *wanted* for the raid, was seen" describes Idris.

    He is the subject of the verb behind the second comma.
    """
    del words
    ties: dict[int, MendedTie] = {}
    for aside in doc:
        verb = aside.head
        if aside.dep_ != "advcl" or aside.tag_ not in ("VBD", "VBN") or verb.i < aside.i or aside.i < 2:
            continue
        noun = next((c for c in aside.children if c.dep_ in ("nsubj", "nsubjpass") and c.i == aside.i - 2), None)
        alone = noun is not None and not any(c.dep_ in ("nsubj", "nsubjpass", "expl") for c in verb.children)
        if noun is None or not alone or doc[aside.i - 1].text != ",":
            continue
        last = max(t.i for t in aside.subtree if t.i < verb.i and t.dep_ != "punct")
        if doc[last + 1].text != ",":
            continue
        passive = any(c.dep_ == "auxpass" for c in verb.children)
        ties |= {aside.i: MendedTie(noun.i, "acl", "VERB", "VBN")}
        ties |= {noun.i: MendedTie(verb.i, "nsubjpass" if passive else "nsubj")}
    return ties


# ---- "The premier resigned and the king named Ann Roe to succeed him" ------------------------------------------------


def joined_clauses(doc: Doc, words: Verbs) -> dict[int, MendedTie]:
    """A noun is not joined to a verb: "The premier left and the king *named* Ann Roe to succeed him" has two clauses.

    The participle with an object behind that noun is the second verb.
    """
    ties: dict[int, MendedTie] = {}
    for verb in doc:
        noun, first = verb.head, verb.head.head
        if verb.dep_ != "acl" or verb.tag_ not in ("VBN", "VBD") or noun.dep_ != "conj" or first.pos_ != "VERB":
            continue
        named = next((c for c in verb.children if c.dep_ in ("dobj", "oprd") and c.i > verb.i), None)
        if named is None or first.i > noun.i or verb.i != noun.i + 1 or verb.lower_ in words.giving:
            continue
        if any(c.dep_ in ("aux", "auxpass", "agent", "neg") for c in verb.children):
            continue
        ties |= {c.i: MendedTie(verb.i, "xcomp") for c in noun.children if c.i > verb.i and c.tag_ == "VB"}
        ties |= {verb.i: MendedTie(first.i, "conj", "VERB", "VBD"), noun.i: MendedTie(verb.i, "nsubj")}
    return ties


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


def unjoined_infinitives(doc: Doc, words: object) -> dict[int, MendedTie]:
    """An infinitive with "to" has no subject before it: "and the king *named* Ann Roe to head the police" has a verb.

    That is the participle behind the subject; the infinitive says what for.
    """
    del words
    ties: dict[int, MendedTie] = {}
    for verb in doc:
        noun, aim = verb.head, verb.head.head
        if verb.dep_ != "acl" or verb.tag_ not in ("VBN", "VBD") or noun.dep_ != "nsubj" or verb.i != noun.i + 1:
            continue
        named = next((c for c in verb.children if c.dep_ in ("dobj", "oprd") and verb.i < c.i < aim.i), None)
        bare = aim.tag_ == "VB" and any(c.lower_ == "to" and c.i > verb.i for c in aim.children)
        if named is None or not bare or any(c.dep_ in ("aux", "auxpass", "agent") for c in verb.children):
            continue
        top = verb.i if aim.head is aim else aim.head.i
        ties |= {verb.i: MendedTie(top, aim.dep_, "VERB", "VBD"), noun.i: MendedTie(verb.i, "nsubj")}
        ties |= {aim.i: MendedTie(verb.i, "xcomp")}
    return ties


# ---- "The king named Ann Roe defence minister." ----------------------------------------------------------------------


def _names_another(verb: Token, words: Verbs) -> bool:
    """Whether a certain person names somebody: "The king named Ann Roe to", but not "A man named Ann Roe"."""
    certain = any(c.lower_ == "the" for c in verb.head.children) and verb.head.lemma_.lower() in words.people
    passive = any(c.dep_ in ("aux", "auxpass", "agent") for c in verb.children)
    return certain and not passive and verb.lemma_ in words.appointing and any(c.dep_ == "oprd" for c in verb.children)


def appointed(doc: Doc, words: Verbs) -> dict[int, MendedTie]:
    """Whom an active verb of appointing names is its object, the office behind a name none: "named Ann Roe mayor".

    What they are to do is what they are named for ("named Ann Roe to head the police").
    """
    ties: dict[int, MendedTie] = {}
    for office in doc:
        verb = office.head
        if office.dep_ not in ("oprd", "dobj") or verb.lemma_ not in words.appointing or office.i < verb.i:
            continue
        below = {c.dep_ for c in verb.children}
        if "auxpass" in below or "nsubj" not in below or verb.dep_ == "acl":
            continue
        before, whom = [c for c in office.children if verb.i < c.i < office.i], office
        name = next((c for c in before if c.pos_ == "PROPN" and c.dep_ in ("compound", "nmod")), None)
        if name is not None and office.pos_ == "NOUN" and office.left_edge.pos_ == "PROPN":
            last = max((c for c in before if c.pos_ == "PROPN"), key=lambda c: c.i)
            ties |= {c.i: MendedTie(last.i, "compound") for c in before if c.pos_ == "PROPN" and c is not last}
            ties |= {last.i: MendedTie(verb.i, "dobj"), office.i: MendedTie(verb.i, "oprd")}
            whom = last
        elif office.dep_ == "oprd" and "dobj" not in below:
            ties[office.i] = MendedTie(verb.i, "dobj")
        aims = (c for c in verb.children if c.dep_ in ("xcomp", "acl", "advcl") and c.tag_ == "VB" and c.i > office.i)
        ties |= {c.i: MendedTie(whom.i, "acl") for c in aims}
    return ties


# ---- "accused Azerbaijani forces of shelling" ------------------------------------------------------------------------


def parted_names(doc: Doc, words: Verbs) -> dict[int, MendedTie]:
    """A name right before a plural is no object of its own: "accused *Chadian* forces of" accuses one party."""
    ties: dict[int, MendedTie] = {}
    for noun in doc[1:]:
        name = noun.nbor(-1)
        both = noun.dep_ == name.dep_ == "dobj" and noun.head is name.head and noun.tag_ == "NNS"
        if both and name.pos_ == "PROPN" and noun.head.lemma_ not in words.sending and name.i > noun.head.i:
            ties[name.i] = MendedTie(noun.i, "amod", "ADJ", "JJ")
    return ties


VERBS: Final = (
    particles, lone_participles, aimed, blamed, blamed_on, split_quotes, shared_passives,
    recorded, set_apart, joined_clauses, unjoined_infinitives, appointed,
    parted_names,
)  # fmt: skip
