"""Single victims without a number: *a man was shot dead* counts one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from reportedly.figures.roles import PhrasePlace, told_state, verb_roles
from reportedly.figures.words import VICTIMS, RoleWords, done_to
from reportedly.model import Figure, FigureRole
from reportedly.parse import syntax
from reportedly.parse.parsed import Doc, Token

ONE: Final = frozenset({"a", "an", "another"})
CONDITIONS: Final = frozenset({"if", "unless", "whether"})


class Victim(NamedTuple):
    """One person, what happened to them, and the word that says so."""

    person: Token
    role: FigureRole
    event: Token


def single_victims(doc: Doc, words: RoleWords, taken: set[int], towns: set[int]) -> Iterator[Figure]:
    """One figure of one for each individual killed, injured or kidnapped in a completed event: "A clerk was shot".

    ``taken`` are the words of numbers, ``towns`` those of places. Somebody of whom the text tells both ("was shot",
    "died in hospital") counts as killed.
    """
    found = [
        v
        for token in _harmful_words(doc, words)
        if token.pos_ in ("VERB", "AUX", "NOUN") and _is_told(token)
        for v in _victims(token, words)
        if v.person.i not in towns and _is_one(v.person, words, taken)
    ]
    dead = {_key(v.person) for v in found if v.role == "killed"}
    seen: set[tuple[int, FigureRole]] = set()
    for victim in found:
        if victim.role == "injured" and _key(victim.person) in dead:
            continue
        if (victim.person.i, victim.role) not in seen:
            seen.add((victim.person.i, victim.role))
            yield _figure(victim)


def _harmful_words(doc: Doc, words: RoleWords) -> list[Token]:
    """The tokens whose lemma may name a harm: "shot" in "shot a clerk"."""
    return [token for token in doc if token.lemma_ in words.harmful]


def _key(person: Token) -> str:
    return person.lower_


def _is_told(event: Token) -> bool:
    """Whether the clause tells it as done: not "may be shot", "was not shot", "to shoot" or "if a man is shot"."""
    if event.tag_ == "VB":
        return False
    return not any(
        c.tag_ == "MD"
        or c.dep_ == "neg"
        or (c.dep_ == "aux" and c.lower_ == "to")
        or (c.dep_ == "mark" and c.lower_ in CONDITIONS)
        or (c.dep_ == "det" and c.lower_ == "no")
        for c in event.children
    )


def _victims(event: Token, words: RoleWords) -> Iterator[Victim]:
    """Everybody to whom one event word did something: "the death of a nurse", "A nurse was found dead"."""
    if event.pos_ == "NOUN":
        role = done_to(event, words)
        if role in VICTIMS:
            yield from (Victim(person, role, event) for person in syntax.prep_objects(event, "of"))
        return
    for role, slot in _roles(event, words):
        yield from (Victim(person, role, event) for person in _in_slot(event, slot))
    subject = syntax.own_subject(event)
    told = PhrasePlace(event, "obj" if syntax.is_passive(event) else "subj")
    if subject is not None and (state := told_state(told, words)) is not None and state[0] in VICTIMS:
        yield Victim(syntax.antecedent(subject), state[0], event)


def _roles(verb: Token, words: RoleWords) -> list[tuple[FigureRole, str]]:
    """The deadliest reading of a verb, and of the verb it shares its object with: "shot and killed"."""
    if verb.pos_ != "VERB":
        return []
    together = [
        verb,
        *(c for c in verb.children if c.dep_ == "conj" and c.tag_ == verb.tag_ and not syntax.own_subject(c)),
    ]
    roles = [(r, s) for v in together for r, s in verb_roles(v, words) if r in VICTIMS and s in ("obj", "subj", "both")]
    if not any(r in VICTIMS for r, _ in verb_roles(verb, words)):
        return []
    deadly = [x for x in roles if x[0] == "killed"]
    return deadly[:1] or roles[:1]


def _in_slot(verb: Token, slot: str) -> Iterator[Token]:
    """Those in the slot of a verb that is harmed: "A nurse died", "A nurse was shot", "shot and robbed a nurse"."""
    passive = syntax.is_passive(verb)
    if slot in ("subj", "both") or passive:
        subject = (
            syntax.subject(verb)
            if passive or verb.dep_ in ("conj", "advcl", "acl", "relcl")
            else syntax.own_subject(verb)
        )
        if subject is not None:
            yield from syntax.conjuncts(syntax.antecedent(subject))
    if slot in ("obj", "both"):
        yield from syntax.objects(verb)
        yield from (o for c in verb.children if c.dep_ == "conj" and c.tag_ == verb.tag_ for o in syntax.objects(c))


def _is_one(person: Token, words: RoleWords, taken: set[int]) -> bool:
    """Whether a noun phrase is one person: a name, or "a clerk", "another clerk"."""
    if any(t.i in taken for t in syntax.np_tokens(person)):
        return False
    if person.tag_ == "NNP":
        return person.ent_type_ == "PERSON"
    if person.tag_ != "NN" or person.lemma_.lower() not in words.persons:
        return False
    told = any(c.dep_ in ("relcl", "acl") for c in person.children)  # "the woman who was hit by a lorry has died"
    return any(c.dep_ == "det" and (c.lower_ in ONE or (told and c.lower_ == "the")) for c in person.children)


def _figure(victim: Victim) -> Figure:
    start, end = syntax.np_extent(victim.person)
    tokens = [t for t in syntax.np_tokens(victim.person) if not t.is_space]
    text = str(victim.person.doc[tokens[0].i : tokens[-1].i + 1].text)
    return Figure(role=victim.role, low=1, high=1, approx=False, text=text, start=start, end=end, of=None, part_of=None)
