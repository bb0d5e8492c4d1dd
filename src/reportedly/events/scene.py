"""One dispatch as the event stage sees it: tokens, the records that stand on them, the classes they belong to."""

from __future__ import annotations

import re
from functools import cached_property

from reportedly.events.lexicon import EventLexicon, EventSense
from reportedly.model import Actor, Dispatch, Place, Time
from reportedly.parse.parsed import Doc, Token
from reportedly.parse.spans import TokenIndex, head_of

NAMED_CLASS = {
    "PERSON": "@person", "NORP": "@people", "ORG": "@org", "GPE": "@polity", "LOC": "@place", "FAC": "@building",
    "MONEY": "@sum", "PERCENT": "@money", "DATE": "@time", "TIME": "@time", "EVENT": "@named_event", "LAW": "@text",
    "PRODUCT": "@thing", "WORK_OF_ART": "@text",
}  # fmt: skip
ACTOR_CLASS = {"person": "@person", "organization": "@org", "group": "@people", "country": "@polity"}
PRONOUNS = frozenset({
    "he", "she", "it", "they", "him", "her", "them", "we", "us", "i", "you", "who", "whom", "those", "himself",
    "herself", "themselves", "his", "their", "its", "our", "everybody", "everyone", "anyone",
})  # fmt: skip
TAKING_UP = {"it": "NN", "them": "NNS"}
PAST = ("ed", "d")
CARDINAL_DEPS = frozenset({"nummod", "quantmod"})


class EventScene:
    """The parse, the records found on it, and the lexicon, with what is looked up more than once."""

    def __init__(
        self,
        doc: Doc,
        dispatch: Dispatch,
        times: tuple[Time, ...],
        places: tuple[Place, ...],
        actors: tuple[Actor, ...],
        lexicon: EventLexicon,
    ) -> None:
        self.doc = doc
        self.dispatch = dispatch
        self.lexicon = lexicon
        self.times = times
        self.actors_told = actors
        self.actors = TokenIndex(doc, ((m.start, m.end, a) for a in actors for m in a.mentions))
        self.places = TokenIndex(doc, ((p.start, p.end, p) for p in places))
        self.lemmas = [_lemma(t, lexicon) for t in doc]
        self.words = {*self.lemmas, *(t.lower_ for t in doc)}
        self.slots: dict[tuple[int, str], tuple[Token, ...]] = {}
        self._senses: dict[tuple[str, str], list[EventSense]] = {}
        self._classes: dict[int, frozenset[str]] = {}
        self._words: dict[int, frozenset[str]] = {}
        self._numbers: dict[tuple[int, str], int] = {}
        self._hits: dict[str, int] = {}
        self._called: dict[str, Actor] | None = None

    def lemma(self, token: Token) -> str:
        """The base form, lower case: "flee" of "Fled"."""
        return self.lemmas[token.i]

    def senses(self, pos: str, head: str, form: str) -> list[EventSense]:
        """The senses of a word of which all words stand in the text: without "hold talks" where nobody talks.

        ``form`` is the word as it stands: some rows are of a plural alone ("sanctions", "discussions").
        """
        known = self._senses.get((pos, form))
        if known is None:
            found = self.lexicon.entries.get((pos, head), ())
            if form != head and (own := self.lexicon.entries.get((pos, form), ())):
                found = tuple(sorted((*found, *own), key=lambda e: e.rank, reverse=True))
            known = [e for e in found if len(e.words) == 1 or self.words.issuperset(e.words)]
            self._senses[pos, form] = known
        return known

    def classes(self, token: Token) -> frozenset[str]:
        """What kind of thing the token names, by the class table, its name type and the records on it."""
        known = self._classes.get(token.i)
        if known is None:
            known = self._classes[token.i] = self._classify(token)
        return known

    def _classify(self, token: Token) -> frozenset[str]:
        """The classes of a word: "rifle" a weapon, "they" people, a town a spot; "$5 million" is nothing but a sum."""
        table = self.lexicon.classes
        meant = taken_up(token)
        if meant is not None and self.actors.get(meant) is None:
            return self.classes(meant)
        found = table.get(self.lemmas[token.i], frozenset()) | table.get(token.lower_, frozenset())
        if token.tag_ == "NNPS":  # the lemmatizer leaves names in the plural ("the Al-Mahr Gas Fields")
            found |= table.get(token.lower_.removesuffix("s"), frozenset())
        if token.pos_ == "PROPN" or not found:
            found |= self._named(token)
        place = self.places.get(token)
        if place is not None and not place.demonym and place.kind not in ("water", "facility"):
            found |= table.get("@spot", frozenset({"spot"}))
        if token.ent_type_ == "MONEY":
            return frozenset({"sum"})
        if token.lower_ in PRONOUNS or (
            token.pos_ == "NUM" and token.dep_ not in CARDINAL_DEPS and token.ent_type_ != "DATE"
        ):
            found |= table.get("@person", frozenset({"person"}))
        return found

    def _named(self, token: Token) -> frozenset[str]:
        table = self.lexicon.classes
        actor, place = self.actors.get(token), self.places.get(token)
        if actor is not None:
            key = ACTOR_CLASS[actor.kind]
        elif place is not None:
            key = "@polity" if place.kind in ("country", "admin1", "city", None) else "@place"
        else:
            key = NAMED_CLASS.get(token.ent_type_, "")
        return table.get(key, frozenset({key[1:]})) if key else frozenset()

    def called(self, lemma: str) -> Actor | None:
        """Who a dispatch calls by a noun: "the guerrillas", told of anywhere, for "a guerrilla raid"."""
        if self._called is None:
            heads = ((head_of(self.doc, m.start, m.end), a) for a in self.actors_told for m in a.mentions)
            self._called = {}
            for head, actor in heads:
                alone = not any(c.dep_ in ("prep", "acl", "relcl") for c in head.children)
                if actor.kind in ("group", "organization") and head.pos_ == "NOUN" and alone:
                    self._called.setdefault(self.lemmas[head.i], actor)
        return self._called.get(lemma)

    def vocabulary(self, token: Token) -> frozenset[str]:
        """Lemmas and ``@class`` marks of the token's sentence: "flee", "rifle", "@weapon" in "fled with rifles"."""
        start = token.sent.start
        known = self._words.get(start)
        if known is None:
            words: set[str] = set()
            for t in token.sent:
                words.add(self.lemmas[t.i])
                words.update(f"@{c}" for c in self.lexicon.classes.get(self.lemmas[t.i], ()))
            known = self._words[start] = frozenset(words)
        return known

    def number(self, token: Token, name: str) -> int:
        """How many words of a class stand in the sentence of a token: two weapons in "rifles and grenades"."""
        start = token.sent.start
        known = self._numbers.get((start, name))
        if known is None:
            lemmas = [self.lemmas[t.i] for t in token.sent if t.pos_ != "NUM"]
            known = self._numbers[start, name] = sum(name in self.lexicon.classes.get(w, ()) for w in lemmas)
        return known

    def share(self, name: str) -> float:
        """How much of the words of the dispatch are of a class, 0 to 1: of "Rifles were found" a third are weapons."""
        return self.hits(name) / max(1, len(self._alphabetic))

    def hits(self, name: str) -> int:
        """How many words of the dispatch are of a class: one in "Rifles were found" is a weapon."""
        known = self._hits.get(name)
        if known is None:
            known = sum(1 for w in self._alphabetic if name in self.lexicon.classes.get(w, ()))
            self._hits[name] = known
        return known

    @cached_property
    def _alphabetic(self) -> list[str]:
        """The lemmas of the words that are no numbers and signs: "guard" and "flee" of "12 guards fled"."""
        return [self.lemmas[t.i] for t in self.doc if t.is_alpha and t.pos_ != "NUM"]


def taken_up(pronoun: Token) -> Token | None:
    """The thing that a pronoun behind a second verb takes up: *letters* of "obtained the letters and released them".

    None where somebody else does the second thing: "Farmers blocked roads and police dispersed them".
    """
    first = pronoun.head.head
    others = any(c.dep_ == "nsubj" for c in pronoun.head.children)
    if others and any(c.dep_ == "nsubj" and c.tag_ == TAKING_UP.get(pronoun.lower_) == "NNS" for c in first.children):
        return None
    if pronoun.lower_ not in TAKING_UP or pronoun.dep_ != "dobj" or pronoun.head.dep_ != "conj" or first.i > pronoun.i:
        return None
    objects = [c for c in first.children if c.dep_ == "dobj" and c.pos_ == "NOUN" and c.i < pronoun.head.i]
    return next((c for c in objects if c.tag_ == TAKING_UP[pronoun.lower_]), None)


def _lemma(token: Token, lexicon: EventLexicon) -> str:
    """The lemma in lower case, but "according" as it stands in "according to the army"."""
    if token.lower_ == "according":
        return token.lower_  # lemmatizers make it an accord
    lemma = (token.lemma_ if token.lemma_ != "-PRON-" else token.lower_).lower()
    if token.pos_ != "VERB" or ("v", lemma) in lexicon.entries:
        return lemma
    bases = (token.lower_.removesuffix(ending) for ending in PAST if token.lower_.endswith(ending))
    return next((b for b in bases if ("v", b) in lexicon.entries), lemma)  # "cordoned" is no "cordone"


def squeeze(text: str) -> str:
    """Text on one line."""
    return re.sub(r"\s+", " ", text).strip()
