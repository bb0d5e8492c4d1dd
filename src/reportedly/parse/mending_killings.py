"""Mends of a verb whose end is told before its object: "shot dead two men", "stabbed to death a nurse"."""

from __future__ import annotations

from reportedly.parse.mending_words import MendWords
from reportedly.parse.parsed import Doc, Token
from reportedly.parse.ties import MendedTie, phrase_head


def killings(doc: Doc, words: MendWords) -> dict[int, MendedTie]:
    """The verb whose end is told before its object governs both: "Police shot dead two men" shot two men."""
    ties: dict[int, MendedTie] = {}
    for verb in doc:
        lemma = words.ended.get(verb.lower_)
        end = _end_of(doc, verb, words) if lemma is not None else None
        if lemma is None or end is None or any(t.i in ties for t in (verb, end)):
            continue
        victim = phrase_head(doc, end.i + 1)
        if victim is not None:
            ties |= _told_active(verb, end, victim, lemma)
    told = (t for t in doc if t.lower_ in words.ends and _is_end_behind(t, words))
    return ties | {t.i: MendedTie(t.head.head.i, "oprd") for t in told}


def _is_end_behind(token: Token, words: MendWords) -> bool:
    """Whether the word for an end behind an object says what came of the deed: "shot two students dead"."""
    victim, verb = token.head, token.head.head
    behind = token.dep_ == "amod" and victim.i == token.i - 1 and victim.dep_ == "dobj"
    return behind and verb.lower_ in words.ended


def _end_of(doc: Doc, verb: Token, words: MendWords) -> Token | None:
    """The last word of what came of it right behind a verb: "shot dead", "stabbed to death"."""
    for size in (1, 2):
        behind = doc[verb.i + 1 : verb.i + 1 + size]
        if len(behind) == size and " ".join(t.lower_ for t in behind) in words.ends:
            return behind[-1]
    return None


def _told_active(verb: Token, end: Token, victim: Token, lemma: str) -> dict[int, MendedTie]:
    """Ties of the verb with what came of it and its victim: "shot" with "dead" and "men" in "shot dead two men"."""
    ties = {victim.i: MendedTie(verb.i, "dobj")}
    if end.i == verb.i + 1:
        ties[end.i] = MendedTie(verb.i, "oprd", "ADJ", "JJ", end.lower_)
    if verb.pos_ == "VERB" and verb.dep_ not in ("acl", "amod"):
        return ties
    if verb.pos_ == "VERB":
        return ties | _risen(verb, ties)
    return ties | _made_verb(verb, end, victim, lemma)


def _risen(verb: Token, ties: dict[int, MendedTie]) -> dict[int, MendedTie]:
    """A participle that has an object is no participle: "A man stabbed to death two nurses" is a sentence."""
    noun = verb.head
    if noun.dep_ not in ("ROOT", "nsubj", "conj", "ccomp") or noun.i > verb.i or noun.dep_ == "nsubj":
        return {}
    moved = {c.i: MendedTie(verb.i, c.dep_) for c in noun.children if c.i > verb.i and c.i not in ties}
    top = verb.i if noun.head is noun else noun.head.i
    return moved | {verb.i: MendedTie(top, noun.dep_, "VERB", "VBD"), noun.i: MendedTie(verb.i, "nsubj")}


def _made_verb(verb: Token, end: Token, victim: Token, lemma: str) -> dict[int, MendedTie]:
    """The verb taken for a noun ("A sniper shot dead a driver"): the noun before it is what it seemed to be."""
    before = next((c for c in reversed(verb.children) if c.i < verb.i and c.pos_ in ("NOUN", "PROPN")), None)
    top = end if verb in end.subtree else verb
    ties = {verb.i: MendedTie(verb.i if top.head is top else top.head.i, top.dep_, "VERB", "VBD", lemma)}
    ties |= {c.i: MendedTie(verb.i, c.dep_) for c in top.children if c.i not in (verb.i, end.i, victim.i)}
    if before is None:
        return ties
    role = verb.dep_ if verb.head.i not in (end.i, verb.i) else "nsubj"
    above = verb.head.i if verb.head.i != end.i else verb.i
    ties |= {c.i: MendedTie(before.i, c.dep_) for c in verb.children if c.i < before.i}
    return ties | {before.i: MendedTie(above, role)}
