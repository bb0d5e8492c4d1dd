"""Wars and crises: a dispatch tells once where one is, and then speaks of it by whatever noun."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from reportedly.config import Config
from reportedly.knowledge.load import knowledge_of
from reportedly.model import Place
from reportedly.parse import syntax
from reportedly.parse.parsed import Doc, Token
from reportedly.parse.spans import TokenIndex
from reportedly.scenes.words import load_words

IN = frozenset({"in", "of", "across", "throughout"})
DEEPEST = 3


class Lasting:
    """The place of the war or crisis of a dispatch, where it tells of one place alone."""

    def __init__(self, doc: Doc, places: Sequence[Place], config: Config) -> None:
        self.doc = doc
        self.words = load_words(knowledge_of(config)).lasting
        self._at: TokenIndex[Place] = TokenIndex(doc, ((p.start, p.end, p) for p in places if not p.demonym))

    def place_of(self, trigger: Token) -> Place | None:
        """The place of the war that the trigger names ("war broke out"), or that is said to have done it."""
        return self._place if self.place_known and self._names(trigger) else None

    @property
    def place_known(self) -> bool:
        """Whether the dispatch says of one place that the war is there."""
        return self._place is not None

    @cached_property
    def _place(self) -> Place | None:
        """The one place of which the dispatch says that a war or crisis is there: "the conflict in Sarn"."""
        told = [p for t in self.doc if t.lemma_.lower() in self.words for p in self._told(t)]
        return told[0] if len({(p.name, p.country) for p in told}) == 1 else None

    def _told(self, noun: Token) -> list[Place]:
        """Places that a noun of the kind names: "the crisis in the region of X", "the X conflict"."""
        found = [p for c in syntax.children(noun, "compound") if (p := self._at.get(c)) is not None]
        for head in syntax.prep_objects(noun, *IN):
            found += self._inside(head, DEEPEST)
        return found

    def _inside(self, head: Token, depth: int) -> list[Place]:
        """The places that a phrase names, at most so deep: Sarn in "the region of Sarn", "the Sarn region"."""
        place = self._at.get(head)
        if place is not None or not depth:
            return [place] if place is not None else []
        named = [p for c in syntax.children(head, "compound") if (p := self._at.get(c)) is not None]
        return named or [p for h in syntax.prep_objects(head, "in", "of") for p in self._inside(h, depth - 1)]

    def _names(self, trigger: Token) -> bool:
        """Whether a trigger names the war, or is said to be its doing: "the war", "the war killed nine"."""
        if trigger.lemma_.lower() in self.words:
            return True
        if trigger.dep_ == "relcl":
            return trigger.head.lemma_.lower() in self.words
        subject = syntax.own_subject(trigger) if trigger.pos_ == "VERB" else None
        return subject is not None and subject.lemma_.lower() in self.words
