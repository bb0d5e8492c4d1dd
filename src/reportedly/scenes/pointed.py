"""What a clause points back to by a noun: "in that incident", "during the raid", "won the vote"."""

from __future__ import annotations

from collections.abc import Iterable

from reportedly.model import Claim
from reportedly.parse import syntax
from reportedly.parse.parsed import Doc, Token
from reportedly.parse.spans import head_of
from reportedly.scenes.by_sentence import BySentence
from reportedly.scenes.words import SceneWords, brings, points_back

# "That incident" is in the last sentence or the one before it, "the raid" some sentences farther back.
NEAR, FAR = 2, 10
OCCASION = ("in", "during", "at")


class Pointed:
    """Answers for the claims of one dispatch."""

    def __init__(self, doc: Doc, claims: Iterable[Claim], words: SceneWords) -> None:
        self._doc, self._words = doc, words
        self._told = BySentence((doc.sentence_at(c.trigger.start), c) for c in claims)

    def by(self, claim: Claim, trigger: Token) -> Claim | None:
        """The claim told before that a noun of this one's clause means: "Nine were hurt in that raid", "won the vote".

        The noun is what it was done in, or what it was about.
        """
        if trigger.pos_ != "VERB":
            return self._owned(claim, trigger)
        nouns = [n for verb in (trigger, syntax.first_conjunct(trigger)) for n in syntax.prep_objects(verb, *OCCASION)]
        nouns += [n for n in syntax.prep_objects(trigger, "after") if self._is_soon(n.head)]
        nouns += syntax.objects(trigger) if claim.type in self._words.joint else []
        found = (self._meant(noun, claim) for noun in nouns if points_back([noun], self._words))
        return next((c for c in found if c is not None), None)

    def _owned(self, claim: Claim, noun: Token) -> Claim | None:
        """The act of somebody told before that is named by a noun of his: "Doro resigned. Doro's resignation was"."""
        owned = claim.type in self._words.joint and any(c.dep_ == "poss" for c in noun.children)
        if not owned or any(c.lower_ in self._words.other for c in noun.children):
            return None
        here = self._doc.sentence_at(claim.trigger.start)
        names = {p.name.casefold() for p in claim.actors}
        told = (c for _, c in self._told.between(here - FAR, here - 1) if c.type == claim.type)
        same = [c for c in told if not names.isdisjoint(p.name.casefold() for p in c.actors)]
        return same[-1] if same else None

    def same_place(self, claim: Claim, trigger: Token) -> Claim | None:
        """The claim told last whose place is meant: "A lorry was burned near Gao. Another was hit in the same area"."""
        nouns = (n for n in syntax.prep_objects(trigger, *OCCASION) if n.lower_ in self._words.sections)
        if not any(c.lower_ == "same" for n in nouns for c in n.children):
            return None
        here = self._doc.sentence_at(claim.trigger.start)
        told = [c for _, c in self._told.between(here - FAR, here - 1) if c.place_from == "told" and self._happens(c)]
        return told[-1] if told else None

    def _is_soon(self, preposition: Token) -> bool:
        """Whether it was hours or minutes later, and so on the same day: "was caught 40 minutes after the shooting"."""
        return bool(preposition.i) and self._doc[preposition.i - 1].lower_ in self._words.units

    def _meant(self, noun: Token, claim: Claim) -> Claim | None:
        here = self._doc.sentence_at(claim.trigger.start)
        lemma = noun.lemma_.lower()
        told = [c for _, c in self._told.between(here - FAR, here - 1) if self._names(c, lemma)]
        if not told and lemma in self._words.occasion:
            told = [c for _, c in self._told.between(here - NEAR, here - 1) if self._happens(c)]
        return told[-1] if told else None

    def _happens(self, claim: Claim) -> bool:
        trigger = head_of(self._doc, claim.trigger.start, claim.trigger.end)
        return claim.type in self._words.here and not brings(trigger, self._words)

    def _names(self, claim: Claim, lemma: str) -> bool:
        """Whether a claim is told by a noun, or a verb that has it as its object: "held caucuses", "the caucuses"."""
        trigger = head_of(self._doc, claim.trigger.start, claim.trigger.end)
        named = (trigger, *syntax.objects(trigger), *syntax.children(trigger, "nsubjpass"))
        return any(t.pos_ == "NOUN" and t.lemma_.lower() == lemma for t in named)
