"""Single victims without a number: *a man was shot dead* counts one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Doc, Token

from reportedly import syntax
from reportedly.figures.roles import RoleWords, verb_roles
from reportedly.model import Figure, FigureRole

VICTIMS: Final = frozenset({"killed", "injured", "captured"})
ONE: Final = frozenset({"a", "an", "another"})


def single_victims(doc: Doc, words: RoleWords, taken: set[int]) -> Iterator[Figure]:
    """One figure of one for each individual killed, injured or kidnapped in a completed event."""
    seen: set[tuple[int, FigureRole]] = set()
    for verb in doc:
        if verb.pos_ not in ("VERB", "ADJ", "AUX") or not _is_told(verb):
            continue
        for role, slot in _roles(verb, words):
            for victim in _victims(verb, slot):
                if (victim.i, role) in seen or not _is_one(victim, words, taken):
                    continue
                seen.add((victim.i, role))
                yield _figure(victim, role)


def _roles(verb: Token, words: RoleWords) -> list[tuple[FigureRole, str]]:
    if verb.pos_ == "VERB":
        roles = [(r, s) for r, s in verb_roles(verb, words) if r in VICTIMS and s in ("obj", "subj", "both")]
        deadly = [x for x in roles if x[0] == "killed"]
        return deadly[:1] or roles[:1]
    return []


def _is_told(verb: Token) -> bool:
    """Whether the clause tells it as done: no modal, no negation, no infinitive, no condition."""
    if verb.tag_ == "VB":
        return False
    for c in verb.children:
        if (
            c.tag_ == "MD"
            or c.dep_ == "neg"
            or (c.dep_ == "aux" and c.lower_ == "to")
            or (c.dep_ == "mark" and c.lower_ in ("if", "unless", "whether"))
        ):
            return False
    return True


def _victims(verb: Token, slot: str) -> Iterator[Token]:
    if slot in ("obj", "both"):
        for c in verb.children:
            if c.dep_ in ("nsubjpass", "dobj", "obj"):
                yield from syntax.conjuncts(c)
        if verb.dep_ == "conj" and syntax.is_passive(verb) and not syntax.own_subject(verb):
            first = syntax.own_subject(verb.head)
            if first is not None:
                yield first
    if slot in ("subj", "both"):
        subject = syntax.own_subject(verb)
        if subject is not None:
            yield syntax.antecedent(subject)


def _is_one(victim: Token, words: RoleWords, taken: set[int]) -> bool:
    """Whether a noun phrase is one person: a name, or *a* with a noun for a person."""
    if any(t.i in taken for t in syntax.np_tokens(victim)):
        return False
    if victim.pos_ == "PROPN" and victim.tag_ == "NNP":
        return victim.ent_type_ == "PERSON"
    if victim.tag_ != "NN" or victim.lemma_.lower() not in words.persons:
        return False
    return any(c.dep_ == "det" and c.lower_ in ONE for c in victim.children)


def _figure(victim: Token, role: FigureRole) -> Figure:
    start, end = syntax.np_extent(victim)
    text = victim.doc.text[start:end]
    return Figure(role=role, low=1, high=1, approx=False, text=text, start=start, end=end, of=None, part_of=None)
