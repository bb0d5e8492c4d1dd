"""What a clause and a name show of where something happened, whatever the places of the dispatch."""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.events.when_words import DatingWords, is_calm
from reportedly.model import Place, Span
from reportedly.parse import syntax
from reportedly.parse.parsed import Token


def governing_verb(token: Token) -> Token | None:
    """The verb of the clause around a word: "burned" for "mill" in "burned the mill"."""
    return next((t for t in token.ancestors if t.pos_ in ("VERB", "AUX")), None)


def is_told_as_fact(verb: Token) -> bool:
    """Whether a clause is about what happened: "rebels burned it", not "may burn it", "to burn it", "if they burn it".

    What shall or may be need not be where one speaks of it.
    """
    return not any(c.tag_ in ("MD", "TO") or (c.dep_ == "mark" and c.lower_ in ("if", "unless")) for c in verb.children)


def is_contrast(clause: Token) -> bool:
    """Whether a clause tells what others did elsewhere: "was held in X, while police caught nine others"."""
    led = any(c.dep_ == "mark" and c.lower_ == "while" for c in clause.children)
    return led and clause.dep_ == "advcl" and syntax.own_subject(clause) is not None


def is_deed_of(state: Place, owner: Token, noun: Token, aimed: frozenset[str]) -> bool:
    """Whether an event is a state's own doing, and not in it: "France's bombing of the port", "Mali's war"."""
    at_whom = any(c.dep_ == "prep" and c.lower_ in aimed for c in noun.children)
    return state.kind == "country" and owner.dep_ == "poss" and at_whom


def is_echoed(verb: Token, happening: frozenset[str], echo: frozenset[str]) -> bool:
    """Whether a clause tells what an event met with, and so elsewhere: "the rally drew criticism across Kenya"."""
    if verb.pos_ != "VERB" or not any(o.lemma_.lower() in echo for o in syntax.objects(verb)):
        return False
    return any(s.lemma_.lower() in happening for s in syntax.children(verb, "nsubj"))


def is_doer(place: Place, states: Sequence[Span]) -> bool:
    """Whether a country is named for the state that did it ("a US drone strike", "the French army")."""
    return place.kind == "country" and any(s.meets(Span(place.start, place.end)) for s in states)


def in_other_clause(token: Token, verb: Token, kinds: frozenset[str], dating: DatingWords) -> bool:
    """Whether another clause lies between a word and a verb above: "in" in "fled as rebels burned it in Sarn"."""
    for t in token.ancestors:
        if t == verb:
            return False
        if t.dep_ in kinds and t.pos_ in ("VERB", "AUX"):
            return True
        if t.dep_ == "advcl" and is_calm(t, dating):
            return True
    return True


def is_temporal(clause: Token, temporal: frozenset[str]) -> bool:
    """Whether a clause says when or why: "when a bomb went off"."""
    return clause.dep_ == "advcl" and any(c.lower_ in temporal for c in clause.children if c.dep_ in ("mark", "advmod"))
