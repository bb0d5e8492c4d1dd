"""What a governor does to the certainty of its complement: verbs, nouns, prepositions, clauses."""

from __future__ import annotations

from reportedly.claims.certainty_state import CERTAIN, State, Step, apply, become, negative_score, presupposed
from reportedly.claims.certainty_words import Lexicon, Rule
from reportedly.claims.own_words import conjunction, is_definite, is_negated, is_none, none_word
from reportedly.claims.paths import Link, first_alike
from reportedly.parse import syntax
from reportedly.parse.parsed import Token


def in_own_mouth(state: State, link: Link, words: Lexicon) -> State:
    """The content of a cue, in the mouth of the one who says it."""
    name, rule = lookup(link, words)
    if rule is None or link.frame in ("aside", "clause", "purpose", "subj"):
        return state
    own = rule.own
    if own == "CT-" and is_negated(link.governor, words):
        own = "U"
    if own == "CT+":
        return state
    return become(state, own, rule.modality, rule.score, Step(name, own, link.governor, rule.row))


def beside(reached: State, node: Token, words: Lexicon) -> State:
    """A coordinated word stands where the first one stands, under its conjunction and, for nouns, its *no*."""
    first = first_alike(node)
    state = conjunction(reached, list(first.children), words)
    joint = {c.lower_ for c in first.children if c.dep_ == "cc"}
    if node.pos_ == "NOUN" and joint & {"or", "nor"} and is_none(first):
        return state.turned(Step("no", "turned", none_word(first)))
    return state


def through(state: State, node: Token, link: Link, words: Lexicon) -> State:
    """The state below a governor, from the state of the governor itself."""
    if link.frame == "to" and _is_yet_to(link.governor):
        return become(state, "CT-", None, -2.0, Step("yet to", "CT-", link.governor))
    if link.frame == "wh":
        return presupposed()
    paper = _paper(link, words)
    name, rule = paper or lookup(link, words)
    if rule is not None:
        return apply(state, rule, name, link.governor)
    if link.prep is not None:
        return _through_preposition(state, node, link, words)
    if link.frame == "aside" and node.dep_ in ("acl", "amod", "relcl") and is_none(link.governor):
        denied = presupposed().turned(Step("no", "turned", none_word(link.governor)))
        return denied._replace(score=negative_score(State().score))
    if link.frame == "aside":
        return presupposed()
    if link.frame == "clause":
        return _adverbial(state, node, words)
    if link.frame == "purpose":
        return become(state, "U", "planned", 1.6, Step("purpose", "U", node))
    if link.frame == "whether":
        return become(state, "U", None, 0.7, Step("whether", "U", link.governor))
    if link.frame == "to":
        verbal = link.governor.pos_ == "VERB"
        effect = "U" if verbal or state.sign > 0 else "PS-"
        step = Step(f"{link.governor.lower_} to", effect, link.governor)
        return become(state, effect, "planned", 1.6 if verbal else 1.2, step)
    if link.frame in ("obj", "subj") and (is_definite(node) or (link.frame == "subj" and state.sign < 0)):
        return presupposed()
    return state


def _paper(link: Link, words: Lexicon) -> tuple[str, Rule] | None:
    """The plan or paper that holds what is told: "the plan involves arrests", "the accord provides for a truce"."""
    verb = link.governor
    if not (link.frame == "obj" or (link.frame == "for" and verb.pos_ == "VERB")):
        return None
    if not any((lemma, "holds") in words.governors for lemma in syntax.verb_lemmas(verb)):
        return None
    subject = syntax.own_subject(verb)
    rule = words.nouns.get((subject.lemma_.lower(), "holds")) if subject is not None else None
    return (subject.lower_, rule) if subject is not None and rule is not None else None


def _is_yet_to(governor: Token) -> bool:
    """Whether the governor is the *have* or *be* of "has yet to"."""
    return governor.lemma_ in ("have", "be") and any(c.lower_ == "yet" for c in governor.children)


def _through_preposition(state: State, node: Token, link: Link, words: Lexicon) -> State:
    prep = link.prep
    assert prep is not None
    phrase = prep.lower_
    if phrase == "in" and node.dep_ == "pobj" and node.lower_ in ("case", "event"):
        return become(state, "U", "conditional", 0.8, Step("in case", "U", prep))
    rule = words.preps.get(phrase)
    if rule is not None:
        return apply(state if rule.plus != "CT-" else presupposed(), rule, phrase, prep)
    if phrase in ("of", "by") and (node.dep_ == "pcomp" or not is_definite(node)):
        return state
    if state.level < CERTAIN and not is_definite(node):
        return state
    return presupposed()


def _adverbial(state: State, node: Token, words: Lexicon) -> State:
    """An adverbial clause: taken for granted behind its conjunction, as sure as the main clause where it has none."""
    mark = next((c for c in node.children if c.dep_ in ("mark", "advmod") and c.lower_ in words.marks), None)
    if mark is None:
        return state if node.tag_ in ("VBG", "VBN") and state.sign > 0 else presupposed()
    if (
        mark.lower_ in ("when", "after", "before", "once", "as", "until", "while")
        and state.level == 0
        and node.tag_ in ("VBZ", "VBP")
    ):
        return state
    return presupposed()


def lookup(link: Link, words: Lexicon) -> tuple[str, Rule | None]:
    """The rule of a governor for this complement, and the name to tell it by."""
    governor, frame = link.governor, link.frame
    lemmas = syntax.verb_lemmas(governor)
    particle = next((c.lower_ for c in governor.children if c.dep_ == "prt"), None)
    names = [*(f"{lemma} {particle}" for lemma in lemmas if particle), *lemmas, governor.lower_]
    governors = words.nouns if governor.pos_ in ("NOUN", "PROPN") else words.governors
    for name in names:
        rule = governors.get((name, frame))
        if rule is not None:
            return (f"{name} {link.prep.lower_}" if link.prep is not None else name), rule
    return lemmas[0], None
