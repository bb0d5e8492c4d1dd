"""Whose government, police or rebels are meant where the phrase itself does not say: those of the country it is about.

Only institutions that every country has of its own inherit one (``actor_words.tsv``, use *domestic*), and only
where no other country is named beside them: "Nigerian police broke up a rally that the opposition held".
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from reportedly.actors.entities import Entity
from reportedly.actors.lexicon import ActorLexicon
from reportedly.actors.phrases import DESCRIBED, NAMED, ActorMention
from reportedly.model import Dispatch, Place
from reportedly.parse.parsed import Doc
from reportedly.parse.syntax import first_conjunct

SECTORS = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "OPP", "REB", "SPY"})
LEAST_MENTIONS = 3
LEAST_SHARE = 0.6


class Home:
    """The countries that the sentences of one dispatch name, and those in which they are at home."""

    def __init__(
        self, doc: Doc, dispatch: Dispatch, places: tuple[Place, ...], entities: list[Entity], lex: ActorLexicon
    ) -> None:
        self.doc = doc
        self.dispatch = dispatch
        self.places = places
        self.entities = entities
        self.lex = lex

    def of(self, entity: Entity) -> str | None:
        """The country of an institution that no phrase gives one; None where its sentences leave a choice."""
        found = {self._around(m) for m in entity.mentions if self._inherits(m)}
        found.discard(None)
        return found.pop() if len(found) == 1 else None

    def countries_beside(self, code: str) -> set[str]:
        """The countries that the dispatch names, one way or another, apart from those who have a code themselves."""
        others = (m.coding.country for e in self.entities for m in e.mentions if m.coding.code != code)
        return {c for c in (*others, *(p.country for p in self.places)) if c}

    def _inherits(self, mention: ActorMention) -> bool:
        """Whether a phrase names what every country has, and nothing points elsewhere: "the interim president"."""
        domestic = self.lex.words("domestic")
        if self.doc[mention.start].lower_ in self.lex.words("descent"):
            return mention.coding.country is None
        if mention.type == NAMED:
            words = (mention.role or "").lower().split()
            office = bool(words) and words[-1] in domestic and self._plain(words[:-1])
            return office and mention.kind == "person" and not self._employed(mention)
        if mention.type != DESCRIBED or mention.head.lower_ not in domestic:
            return False
        if mention.counted or mention.tail or mention.coding.code not in SECTORS:
            return False
        if self._is_office(mention):
            return True
        return mention.owner is None and self._plain([t.lower_ for t in self.doc[mention.start : mention.end - 1]])

    def _is_office(self, mention: ActorMention) -> bool:
        """Whether the whole phrase is one office that names its chief: "sheriff's deputies"."""
        owner = mention.owner
        first = min(mention.start, owner.i) if owner is not None else mention.start
        words = [t.lower_ for t in self.doc[first : mention.end]]
        return "'s" in words and " ".join((*words[:-1], self.lex.singular(words[-1]))) in self.lex.roles

    def _employed(self, mention: ActorMention) -> bool:
        """Whether the word before a title says whose officer it is ("the unit's President", "Acme President")."""
        before = self.doc[mention.start - 1] if mention.start else None
        return before is not None and (before.tag_ == "POS" or before.pos_ in ("NOUN", "PROPN"))

    def _plain(self, words: list[str]) -> bool:
        """Whether the words before an office are of public life ("interim", "foreign", "army"), not of a company."""
        known = self.lex.words("office_word")
        return all(w in known or self.lex.sectors.get(w, "") in SECTORS | {"past"} for w in words if w != "-")

    def _around(self, mention: ActorMention) -> str | None:
        sentence = mention.head.sent.start
        named = self._named.get(sentence, Counter())
        if len(named) == 1 and not self._is_guest(mention):
            only = next(iter(named))
            if only in self._scenes.get(sentence, ()) or only in self._forces(sentence, mention):
                return only
        home = self._dominant
        return home if home is not None and named.keys() <= {home} else None

    @cached_property
    def _named(self) -> dict[int, Counter[str]]:
        """The countries that each sentence names in any way, by the first token of the sentence."""
        found: dict[int, dict[int, str]] = {}
        for entity in self.entities:
            for m in entity.mentions:
                if m.coding.country:
                    found.setdefault(m.head.sent.start, {})[m.head.i] = m.coding.country
        for token, place in self._tokens():
            if place.country:
                found.setdefault(self.doc[token].sent.start, {}).setdefault(token, place.country)
        return {s: Counter(countries.values()) for s, countries in found.items()}

    def _tokens(self) -> list[tuple[int, Place]]:
        return [
            (s.end - 1, p) for p in self.places if (s := self.doc.char_span(p.start, p.end, alignment_mode="expand"))
        ]

    @cached_property
    def _scenes(self) -> dict[int, set[str]]:
        """The countries in which each sentence is set: "a strike in Chad"."""
        found: dict[int, set[str]] = {}
        inside = self.lex.words("scene")
        for i, place in self._tokens():
            token = self.doc[i]
            if place.country and not place.demonym and token.dep_ == "pobj" and token.head.lower_ in inside:
                found.setdefault(token.sent.start, set()).add(place.country)
        return found

    def _forces(self, sentence: int, mention: ActorMention) -> set[str]:
        """The countries whose own forces or offices act beside a mention: those of "Chadian police".

        An office holder told of behind another is often who he deals with: "The minister met the Chadian president".
        """
        return {
            m.coding.country
            for m in self._domestic.get(sentence, ())
            if m.coding.country and not (_holds_office(mention) and _holds_office(m) and m.start > mention.start)
        }

    @cached_property
    def _domestic(self) -> dict[int, list[ActorMention]]:
        """What every country has of its own, by the first token of the sentence: "Chadian police", "the king"."""
        found: dict[int, list[ActorMention]] = {}
        for entity in self.entities:
            for m in entity.mentions:
                if m.coding.country and m.head.lower_ in self.lex.words("domestic"):
                    found.setdefault(m.head.sent.start, []).append(m)
        return found

    def _is_guest(self, mention: ActorMention) -> bool:
        """Whether somebody goes to a country or a capital, or is received there: "The premier arrived in Ankara"."""
        verb = first_conjunct(mention.head).head
        if verb.lemma_ not in self.lex.words("abroad") or mention.head.i > verb.i:
            return False
        if not _holds_office(mention) or first_conjunct(mention.head).dep_ not in ("nsubj", "nsubjpass"):
            return False
        inside = {t.i for t in verb.subtree}
        return any(
            p.kind == "country" or p.name in self.lex.capitals
            for i, p in self._tokens()
            if i in inside and not p.demonym and self.doc[i].dep_ in ("pobj", "dobj")
        )

    @cached_property
    def _dominant(self) -> str | None:
        """The country of the dateline, if the dispatch names it most of all."""
        line = self.dispatch.dateline
        if line is None:
            return None
        home = next((p.country for p in self.places if line.span.start <= p.start < line.span.end), None)
        total = sum((c for c in self._named.values()), Counter[str]())
        if home is None or total[home] < max(LEAST_MENTIONS, LEAST_SHARE * total.total()):
            return None
        return home


def _holds_office(mention: ActorMention) -> bool:
    """Whether a mention is one person in a government: "the premier", "Mayor Ann Roe"."""
    return mention.kind == "person" and (mention.coding.code or "").endswith("GOV")
