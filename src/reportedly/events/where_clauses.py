"""What a clause and a name show of where something happened, whatever the places of the dispatch."""

from __future__ import annotations

from collections.abc import Sequence

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


def is_doer(place: Place, states: Sequence[Span]) -> bool:
    """Whether a country is named for the state that did it ("a US drone strike", "the French army")."""
    return place.kind == "country" and any(s.meets(Span(place.start, place.end)) for s in states)
