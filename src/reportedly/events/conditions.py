"""Whether the conditions of a sense hold where a word stands; ``events_verbs.tsv`` has their notation in its header."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reportedly.events.lexicon import Test
from reportedly.events.scene import EventScene
from reportedly.events.slots import bearers, by_whom, doers, governed, own_things, patients, under
from reportedly.parse import syntax
from reportedly.parse.parsed import Token

# Slots that are dependents of the trigger, by label.
BELOW = {
    "iobj": ("dative", "iobj"),
    "mod": ("amod", "compound", "nmod", "poss", "nummod"),
    "pred": ("attr", "acomp", "oprd"),
    "part": ("prt", "advmod"),
    "poss": ("poss",),
}
# Slots that are found around it.
AROUND: dict[str, Callable[[EventScene, Token], list[Token]]] = {
    "doer": by_whom,
    "governs": governed,
    "under": under,
    "own": own_things,
}
# Classes of nouns that say before a name what bears it.
TITLES = frozenset({"hazard", "court"})
STOPS = frozenset({".", "!", "?", "”", '"', "''"})


def holds(scene: EventScene, token: Token, test: Test) -> bool:
    """Whether one condition of a sense holds at its head token: "obj:fire" at "opened" in "opened fire"."""
    if test.any_of:
        return any(holds(scene, token, one) for one in test.any_of)
    simple = SIMPLE.get(test.name)
    if simple is not None:
        return simple(token) != test.negated
    if test.name == "demanded":
        return _is_demanded(scene, token) != test.negated
    if test.name == "wont":
        return _is_ruled_out(scene, token) != test.negated
    if test.name == "told":
        return test.words.isdisjoint(scene.words) == test.negated
    if test.name == "near":
        words = scene.vocabulary(token)
        hit = bool(test.words & words) or any(f"@{c}" in words for c in test.classes)
        return hit != test.negated
    return any(_fits(scene, t, test) for t in _in_slot(scene, token, test.name)) != test.negated


def _in_slot(scene: EventScene, token: Token, where: str) -> tuple[Token, ...]:
    """The tokens of ``places_of``, which the senses of a word ask for again and again."""
    known = scene.slots.get((token.i, where))
    if known is None:
        known = scene.slots[token.i, where] = tuple(places_of(scene, token, where))
    return known


def _fits(scene: EventScene, token: Token, test: Test) -> bool:
    """Whether a token is one that a condition asks for: by its word, its title ("General Sow") or its class."""
    if not test.words and not test.classes:
        return True
    inner = _inner(scene, token)
    if not test.words.isdisjoint({scene.lemmas[token.i], token.lower_, scene.lemmas[inner.i], inner.lower_}):
        return True
    titles = syntax.children(token, "compound", "appos") if token.pos_ == "PROPN" else []
    if any(scene.lemmas[t.i] in test.words for t in titles):
        return True
    for said in TITLES & test.classes:
        if any(said in scene.lexicon.classes.get(scene.lemmas[t.i], ()) for t in titles if t.dep_ == "compound"):
            return True  # "Typhoon Ina, which killed thousands", "Judge Ana Reyes ruled"
    return bool(test.classes and not test.classes.isdisjoint(scene.classes(inner)))


def _inner(scene: EventScene, token: Token) -> Token:
    """Looked through measures: "hundreds of rebels", "one of the towns"."""
    if "measure" in scene.lexicon.classes.get(scene.lemmas[token.i], ()) or token.pos_ == "NUM":
        counted = next(iter(syntax.prep_objects(token, "of")), token)
        return token if _is_a_part(scene, token, counted) else counted
    return token


def _is_a_part(scene: EventScene, token: Token, whole: Token) -> bool:
    """Whether a word that can count is a part of a place: "the old *quarter* of Nablus", not "hundreds of towns"."""
    return scene.places.get(whole) is not None and "place" in scene.classes(token)


def places_of(scene: EventScene, token: Token, where: str) -> Iterator[Token]:
    """The tokens in a slot that a condition names: "obj" is the town in "shelled the town", "subj" who shelled it."""
    if where == "obj":
        yield from patients(token)
    elif where == "subj":
        yield from doers(scene, token)
    elif where in BELOW:
        yield from syntax.children(token, *BELOW[where])
    elif where == "comp":
        yield from syntax.children(token, "ccomp", "xcomp", "acl")
        yield from (c for c in syntax.children(token, "advcl") if c.tag_ != "VBG")
    elif where == "head":
        yield from [token.head] if token.head != token else []
    elif where == "claimed":
        yield from _claimed(token)
    elif where == "light":
        yield from [token.head] if token.dep_ in ("dobj", "nsubjpass") else []
    elif where == "bearer":
        yield from bearers(scene, token)
    elif where in AROUND:
        yield from AROUND[where](scene, token)
    else:
        yield from syntax.prep_objects(token, where)
        yield from (c for p in syntax.children(token, "prep") if p.lower_ == where for c in syntax.children(p, "pcomp"))
        for carried in syntax.children(token, "dobj"):
            yield from syntax.prep_objects(carried, where)


def _claimed(verb: Token) -> Iterator[Token]:
    """What a verdict says of its matter: *unlawful* in "ruled that the arrest was unlawful", "ruled it unlawful"."""
    for said in syntax.children(verb, "ccomp", "xcomp", "oprd", "acomp", "dobj"):
        yield said
        yield from syntax.children(said, "acomp", "attr", "oprd", "advmod", "conj")


def _is_demanded(scene: EventScene, modal: Token) -> bool:
    """Whether somebody says that others must do it ("the minister said the rebels must leave")."""
    verb = modal.head
    if modal.dep_ != "aux" or verb.dep_ != "ccomp":
        return False
    if scene.lemma(verb.head) not in scene.lexicon.telling:
        return False
    obliged, teller = syntax.own_subject(verb), syntax.own_subject(verb.head)
    return (
        obliged is not None
        and teller is not None
        and obliged.pos_ != "PRON"
        and not any(c.dep_ == "auxpass" for c in verb.children)
    )


def negators(token: Token) -> list[Token]:
    """The words that deny the clause of a verb or a predicate adjective: "did not sign", "was never ready"."""
    clause = token.head if token.dep_ in ("acomp", "attr", "oprd") else token
    return syntax.children(clause, "neg")


def modals(scene: EventScene, token: Token) -> list[Token]:
    """The modal verbs with which somebody says what he will or can do: "We will attack"."""
    said = scene.lexicon.words["will"]
    return [c for c in token.children if c.dep_ == "aux" and c.lower_ in said]


def _is_ruled_out(scene: EventScene, token: Token) -> bool:
    """Whether it is said that it will not be done ("will never accept", "would not consider")."""
    return bool(negators(token)) and bool(modals(scene, token))


def _is_subjunctive(verb: Token) -> bool:
    """Whether its clause says what others should do: "suggested farmers dig moats", "that he should resign"."""
    for clause in syntax.children(verb, "ccomp"):
        auxiliaries = [c for c in clause.children if c.dep_ in ("aux", "auxpass")]
        if clause.tag_ == "VB" and not auxiliaries:
            return True
        if any(c.lower_ in ("should", "ought") for c in auxiliaries):
            return True
        if any(c.dep_ == "auxpass" and c.lower_ == "be" for c in auxiliaries) and len(auxiliaries) == 1:
            return True
        if clause.tag_ == "VBP" and clause.lemma_ != "be" and verb.tag_ in ("VBD", "VBN") and not auxiliaries:
            return True
    return False


def _is_gapped(verb: Token) -> bool:
    """Whether it shares the *was* of the clause before ("a guard was killed and two drivers hurt")."""
    first = verb.head
    return (
        verb.dep_ in ("conj", "ccomp", "advcl")
        and verb.tag_ in ("VBD", "VBN")
        and first.i < verb.i
        and syntax.is_passive(first)
        and syntax.own_subject(verb) is not None
        and not any(c.dep_ in ("aux", "auxpass", "dobj", "ccomp", "xcomp") for c in verb.children)
    )


def _is_headline(verb: Token) -> bool:
    """Whether a past tense without object may be a passive as headlines tell it ("Clerk stabbed in park")."""
    subject = syntax.own_subject(verb)
    return (
        subject is not None
        and verb.tag_ in ("VBD", "VBN")
        and verb.dep_ == "ROOT"
        and verb.sent[-1].text not in STOPS
        and not any(c.dep_ in ("aux", "auxpass", "dobj", "ccomp", "xcomp") for c in verb.children)
        and not any(c.dep_ in ("det", "poss") for c in subject.children)
        and subject.pos_ in ("NOUN", "PROPN", "NUM")
    )


def _is_that_clause(clause: Token) -> bool:
    """Whether a clause says what a noun is about: "an assurance *that the road was open*"."""
    marked = any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)
    return clause.dep_ in ("acl", "relcl") and clause.head.pos_ == "NOUN" and marked


def _has_come(clause: Token) -> bool:
    """Whether a clause tells what is or was so, not what may be: "warned that the town *is burning*"."""
    auxiliaries = [c for c in clause.children if c.dep_ in ("aux", "auxpass")]
    if any(c.tag_ == "MD" for c in auxiliaries):
        return False
    return clause.tag_ == "VBD" or (clause.tag_ in ("VBG", "VBN") and bool(auxiliaries))


SIMPLE: dict[str, Callable[[Token], bool]] = {
    "headline": _is_headline,
    "gapped": _is_gapped,
    "subjunctive": _is_subjunctive,
    "neg": lambda t: bool(negators(t)),
    "none": lambda t: any(c.lower_ == "no" for o in syntax.objects(t) for c in o.children),
    "number": lambda t: any(o.pos_ == "NUM" for o in syntax.objects(t)),
    "counted": lambda t: any(c.pos_ == "NUM" for c in syntax.children(t, "nummod")),
    "passive": syntax.is_passive,
    "come": lambda t: any(_has_come(c) for c in t.children if c.dep_ == "ccomp" or _is_that_clause(c)),
    "ccomp": lambda t: any(c.dep_ == "ccomp" for c in t.children),
    "xcomp": lambda t: any(c.dep_ == "xcomp" for c in t.children),
    "infinitive": lambda t: any(c.dep_ == "xcomp" and c.tag_ == "VB" for c in t.children),
    "bare": lambda t: not any(c.dep_ in ("amod", "compound", "poss", "prep", "nummod") for c in t.children),
    "alone": lambda t: not syntax.children(t, "det", "poss", "nummod", "amod", "compound"),
    "the": lambda t: any(c.dep_ == "det" and c.lower_ in ("the", "this", "that", "these", "those") for c in t.children),
    "plural": lambda t: t.tag_ in ("NNS", "NNPS"),
    "participle": lambda t: t.dep_ in ("amod", "acl") and t.tag_ in ("VBN", "VBG"),
    "ing": lambda t: t.tag_ == "VBG",
    "object": lambda t: t.dep_ in ("dobj", "pobj", "nsubjpass"),
}
