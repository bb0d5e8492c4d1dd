"""What happened in many places or over a longer time, and so is not in the town of the scene."""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.model import Place
from reportedly.parse import syntax
from reportedly.parse.parsed import Doc, Token
from reportedly.parse.spans import TokenIndex
from reportedly.scenes.words import SceneWords


class Spread:
    """Answers for the events of one dispatch."""

    def __init__(self, doc: Doc, places: Sequence[Place], words: SceneWords) -> None:
        self.words = words
        self._at: TokenIndex[Place] = TokenIndex(doc, ((p.start, p.end, p) for p in places if not p.demonym))

    def is_spread(self, trigger: Token) -> bool:
        """Whether it was in several places without a name, or sums up a time: "has killed nine in recent weeks"."""
        verb = trigger if trigger.pos_ in ("VERB", "AUX") else syntax.clause_head(trigger)
        if trigger.dep_ == "relcl" and self._is_unnamed(trigger.head):
            return True
        clauses = syntax.children(trigger, "relcl") if trigger.pos_ == "NOUN" else ()
        told = {t.i: t for t in (trigger, verb, *clauses)}
        phrases = [c for t in told.values() for c in t.children if c.dep_ == "prep"]
        if any(self._is_unnamed(o) and not _is_known(o) for o in syntax.objects(verb)):
            return True
        return any(self._is_many(p) or self._is_lately(p) or self._is_outland(p) for p in phrases)

    def _is_outland(self, preposition: Token) -> bool:
        """Whether it was outside of any town: "were shot near the border"."""
        nouns = [c for c in preposition.children if c.dep_ == "pobj" and c.lower_ in self.words.outland]
        return any(not any(self._at.get(t) for t in n.subtree) for n in nouns)

    def _is_many(self, preposition: Token) -> bool:
        """Whether a phrase of place names several places by their kind alone: "in over 30 cities"."""
        if preposition.lower_ not in self.words.where:
            return False
        return any(self._is_unnamed(c) for c in preposition.children if c.dep_ == "pobj")

    def _is_unnamed(self, noun: Token) -> bool:
        """Whether a noun means several places without a name: "30 cities in which workers marched"."""
        if noun.tag_ != "NNS" or noun.lower_ not in self.words.kinds:
            return False
        return not any(self._at.get(t) for t in noun.subtree)

    def _is_lately(self, preposition: Token) -> bool:
        """Whether a phrase of time takes in more than one occasion: "over the past few days", "in recent weeks"."""
        nouns = [c for c in preposition.children if c.dep_ == "pobj" and c.tag_ == "NNS"]
        return any(c.lower_ in self.words.lately for n in nouns for c in n.children)


def _is_known(noun: Token) -> bool:
    """Whether a noun means what was named before: "burned the villages", not "captured two more towns"."""
    return any(c.dep_ in ("det", "poss") for c in noun.children)
