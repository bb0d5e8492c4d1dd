"""Which clauses tell of another time and place than the one beside them: who somebody is, what befell others."""

from __future__ import annotations

from reportedly.parse import syntax
from reportedly.parse.parsed import Token

FOR = frozenset({"for", "of", "in", "over", "with", "to"})
MODIFIERS = ("acl", "relcl", "advcl", "amod", "appos")


def telling_who(deed: Token, known: frozenset[str], fates: frozenset[str], events: frozenset[str]) -> Token | None:
    """The word below which a deed only says who somebody is: *wanted* in "wanted for a raid, he was seen in Gao".

    ``known`` are words for what one is known or held for, ``fates`` verbs of what becomes of somebody at another place
    ("a man who shot a guard was *caught* in Gao"). What describes one of the ``events`` goes with it: "the quake that
    killed nine was felt in Gao".
    """
    token, below = deed, deed
    while token.head.i != token.i:
        token, below = token.head, token
        if below.dep_ == "prep" and below.lower_ in FOR and _is_known_for(token, known):
            return token if _whom(token).lemma_.lower() not in events else None
        if below.dep_ in ("acl", "relcl") and below.pos_ in ("VERB", "AUX"):
            who = token.lemma_.lower() not in events and not any(c.tag_ == "WRB" for c in below.children)
            return below if who and _is_fate(token, fates) else None
        if below.dep_ in ("ccomp", "conj", "parataxis", "xcomp") and token.pos_ == "VERB":
            return None
    return None


def _is_known_for(word: Token, known: frozenset[str]) -> bool:
    return word.lemma_.lower() in known or word.lower_ in known


def _whom(word: Token) -> Token:
    """Whom a word describes: the man of "a man wanted for"."""
    return word.head if word.dep_ in MODIFIERS else word


def _is_fate(noun: Token, fates: frozenset[str]) -> bool:
    """Whether a noun is what something becomes of, or what does it: "a man who ... was caught", "caught a man who"."""
    verb = noun.head
    return noun.dep_ in ("nsubj", "nsubjpass", "dobj") and verb.pos_ == "VERB" and verb.lemma_.lower() in fates


def is_told_of(token: Token, who: Token) -> bool:
    """Whether a word stands below the one that says who somebody is, not in a clause joined to it.

    So *Kano* of "wanted for a raid in Kano", not *Gao* of "is wanted for a raid and was seen in Gao".
    """
    for t in (token, *token.ancestors):
        if t.i == who.i:
            return True
        if t.dep_ == "conj" and t.pos_ in ("VERB", "AUX") and t.head.i == who.i:
            return False
    return False


def goes_elsewhere(clause: Token, at: frozenset[str]) -> bool:
    """Whether a joined clause tells what befell others at another place: "nine died there, and one died in Gao".

    Both have a phrase of place of their own, led by one of the words ``at``.
    """
    if clause.dep_ != "conj" or clause.pos_ != "VERB" or syntax.own_subject(clause) is None:
        return False
    first = clause.head
    return first.pos_ == "VERB" and _is_placed(first, at) and _is_placed(clause, at)


def _is_placed(verb: Token, at: frozenset[str]) -> bool:
    """Whether a verb has a phrase of place, not only one of time: "died at the scene", not "died in May"."""
    phrases = (c for c in verb.children if c.dep_ == "prep" and c.lower_ in at)
    return any(o.ent_type_ not in ("DATE", "TIME") for p in phrases for o in syntax.children(p, "pobj"))
