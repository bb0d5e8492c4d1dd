"""Mends of forms: past tenses that a lemmatizer does not know, gerunds that are nouns, what hangs on doers."""

from __future__ import annotations

import re
from typing import Final, Protocol

from reportedly.parse.parsed import Doc, Token
from reportedly.parse.ties import MendedTie

# Prepositions before an event: "killed in shelling", "destroyed by shelling", "fled from shelling".
AROUND: Final = frozenset({"in", "by", "during", "after", "amid", "from", "under", "despite", "of", "since", "before"})
NOMINAL: Final = frozenset(
    {"prep", "punct", "cc", "conj", "amod", "det", "compound", "poss", "npadvmod", "agent", "nmod"}
)
# One vowel between consonants, the last of which an ending would double.
SHORT_BASE: Final = re.compile(r"[^aeiou]+[aeiou][bdfgklmnprtvz]")
AGAINST: Final = frozenset({"on", "against"})


class Forms(Protocol):
    """What these rules ask of the words in force."""

    @property
    def pasts(self) -> dict[str, str]:
        """Irregular past tenses with their verbs."""

    @property
    def prefixes(self) -> tuple[str, ...]:
        """What may stand before such a verb and leaves its forms as they are."""

    @property
    def gerund(self) -> frozenset[str]:
        """Events in -ing."""

    @property
    def several(self) -> dict[str, str]:
        """Plurals of two nouns, with the one that is meant."""

    @property
    def charging(self) -> frozenset[str]:
        """Verbs that say what somebody is held to have done."""


# ---- "troops retook the town" ----------------------------------------------------------------------------------------


def pasts(doc: Doc, words: Forms) -> dict[int, MendedTie]:
    """A past tense that was taken for a base form has the lemma of its verb: "troops retook the town".

    With its prefix, as a table lists the verb without one.
    """
    found = ((t, _verb_of(t.lower_, words)) for t in doc if t.pos_ == "VERB" and t.lemma_ == t.lower_)
    return {t.i: MendedTie(t.head.i, t.dep_, "VERB", "VBD", verb) for t, verb in found if verb is not None}


def _verb_of(form: str, words: Forms) -> str | None:
    if form in words.pasts:
        return words.pasts[form]
    for prefix in words.prefixes:
        base = words.pasts.get(form.removeprefix(prefix)) if form.startswith(prefix) else None
        if base is not None:
            return prefix + base
    return None


# ---- "raped two women", "waged a war" -------------------------------------------------------------------------------


def silent_letters(doc: Doc, words: object) -> dict[int, MendedTie]:
    """The base of a past whose consonant is single ends in an e: "fined a bank" is no "fin", "waged a war" no "wag".

    A short base would have it twice: "planned a raid".
    """
    del words
    found = (t for t in doc if t.pos_ == "VERB" and SHORT_BASE.fullmatch(t.lemma_.lower()))
    spelled = (t for t in found if t.lower_ in (f"{t.lemma_.lower()}ed", f"{t.lemma_.lower()}ing"))
    return {t.i: MendedTie(t.head.i, t.dep_, "VERB", t.tag_, f"{t.lemma_.lower()}e") for t in spelled}


# ---- "shelled rebel bases" ------------------------------------------------------------------------------------------


def plurals(doc: Doc, words: Forms) -> dict[int, MendedTie]:
    """A plural of two nouns is that of the one that news mean: "bases" in "shelled rebel bases" are no "basis"."""
    found = ((t, words.several[t.lower_]) for t in doc if t.tag_ == "NNS" and t.lower_ in words.several)
    return {t.i: MendedTie(t.head.i, t.dep_, "NOUN", "NNS", noun) for t, noun in found if t.lemma_ != noun}


# ---- "Shelling hit a school" ----------------------------------------------------------------------------------------


def opening_events(doc: Doc, words: Forms) -> dict[int, MendedTie]:
    """An event in -ing at the head of a clause is its subject: "*Shelling* hit a school", "*Heavy* shelling hit it"."""
    ties: dict[int, MendedTie] = {}
    for t in doc:
        verb = t.head
        if t.lower_ not in words.gerund or t.i >= verb.i or verb.tag_ not in ("VBD", "VBZ", "VBP"):
            continue
        if t.tag_ == "VBG" and t.dep_ in ("aux", "nsubj", "csubj") and all(c.dep_ in NOMINAL for c in t.children):
            ties[t.i] = MendedTie(verb.i, "nsubj", "NOUN", "NN", t.lower_)
        before = doc[t.i - 1] if t.i else t
        if before is not t and before.is_sent_start and before.dep_ == "nsubj" and before.head is verb:
            named = bool(before.ent_type_)  # "Kenya shelling" is Kenya's
            ties[before.i] = MendedTie(t.i, "compound") if named else MendedTie(t.i, "amod", "ADJ", "JJ", before.lower_)
    return ties


# ---- "died in shelling by government forces" -------------------------------------------------------------------------


def events_in_ing(doc: Doc, words: Forms) -> dict[int, MendedTie]:
    """An event in -ing that governs nothing as a verb does is a noun: "in shelling by troops", "fled shelling by"."""
    found = (t for t in doc if t.tag_ == "VBG" and t.lower_ in words.gerund and _is_noun(t))
    return {t.i: MendedTie(t.head.i, _place(t), "NOUN", "NN", t.lower_) for t in found}


def compound_events(doc: Doc, words: Forms) -> dict[int, MendedTie]:
    """A noun before such an event belongs to it: "killed in government shelling"."""
    ties: dict[int, MendedTie] = {}
    for t in doc[1:]:
        if t.tag_ != "VBG" or t.lower_ not in words.gerund or t.dep_ not in ("advcl", "acl"):
            continue
        owner = doc[t.i - 1]
        if _is_modifier(owner) and all(c.dep_ in NOMINAL for c in t.children):
            ties[t.i] = MendedTie(owner.head.i, "pobj", "NOUN", "NN", t.lower_)
            ties[owner.i] = MendedTie(t.i, "compound")
    return ties


def _is_modifier(noun: Token) -> bool:
    """Whether a single noun behind a preposition may belong to the word behind it: "army" in "in army shelling"."""
    return noun.tag_ in ("NN", "NNP", "JJ") and noun.dep_ == "pobj" and noun.head.lower_ in AROUND


def _is_noun(token: Token) -> bool:
    """Whether an event in -ing is a noun: "in shelling by troops", but not "in shelling the town" or "of shelling"."""
    if any(c.dep_ not in NOMINAL for c in token.children):
        return False
    if token.dep_ in ("pcomp", "pobj"):
        return token.head.lower_ in AROUND and (token.head.lower_ != "of" or _has_doer(token))
    return token.dep_ in ("xcomp", "dobj") and _has_doer(token)


def _has_doer(token: Token) -> bool:
    """Whether a by-phrase says whose it is: "shelling by troops"."""
    return any(c.lower_ == "by" for c in token.children)


def _place(token: Token) -> str:
    """The label of a noun that seemed a gerund: of the preposition in "in shelling", of the verb in "fled shelling"."""
    return "pobj" if token.dep_ == "pcomp" else "dobj" if token.dep_ == "xcomp" else token.dep_


# ---- "an attack by rebels on a clinic" -------------------------------------------------------------------------------


def aims(doc: Doc, words: object) -> dict[int, MendedTie]:
    """What stands behind a noun's doer with "on" or "against" is its aim: "an attack by rebels on a clinic".

    It is no part of the doer.
    """
    del words
    links = (t for t in doc if t.dep_ == "prep" and t.lower_ in AGAINST and t.head.dep_ == "pobj")
    doers = (t for t in links if t.head.i < t.i and t.head.head.lower_ == "by" and t.head.head.head.pos_ == "NOUN")
    return {t.i: MendedTie(t.head.head.head.i, "prep") for t in doers}


# ---- "accused of rioting by a court" ---------------------------------------------------------------------------------


def accusers(doc: Doc, words: Forms) -> dict[int, MendedTie]:
    """Who stands behind "by" after a deed that somebody is accused of is the accuser: "accused of theft by police"."""
    links = (t for t in doc if t.lower_ == "by" and t.head.tag_ == "VBG" and t.head.dep_ in ("pcomp", "pobj"))
    charges = ((t, t.head.head.head) for t in links if _is_somebody(t))
    return {t.i: MendedTie(verb.i, "agent") for t, verb in charges if _lacks_accuser(verb, words)}


def _is_somebody(link: Token) -> bool:
    """Whether a preposition has an object with an article, a name or a plural: "by a court", not "by mail"."""
    objects = [c for c in link.children if c.dep_ == "pobj"]
    return any(o.tag_ in ("NNS", "NNP", "NNPS") or any(c.dep_ == "det" for c in o.children) for o in objects)


def _lacks_accuser(verb: Token, words: Forms) -> bool:
    """Whether a passive verb of accusing has no "by" of its own: "was accused of rioting by a court"."""
    passive = any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children)
    return passive and verb.lemma_ in words.charging and not any(c.lower_ == "by" for c in verb.children)
