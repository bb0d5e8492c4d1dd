"""Places that a dispatch describes instead of naming them again: "the region", "the Afghan capital", "the country"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property, lru_cache

import msgspec

from reportedly.events.plover import FUTURE_WORDS
from reportedly.knowledge.load import SHIPPED, Knowledge
from reportedly.knowledge.speech import speech
from reportedly.model import Place
from reportedly.parse import syntax
from reportedly.parse.parsed import Doc, Token
from reportedly.parse.spans import TokenIndex

# What a word for a kind of place may point back to; a name that is not resolved is mostly a small place.
FITTING: dict[str, frozenset[str | None]] = {
    "region": frozenset({"region", "admin1"}),
    "admin1": frozenset({"region", "admin1"}),
    "city": frozenset({"city", "admin1", None}),
    "water": frozenset({"water"}),
    "vicinity": frozenset({"region", "admin1", "city", None}),
}
_DETERMINERS = frozenset({"the", "that", "this", "half", "all"})
_DESCRIBING = frozenset(
    {"det", "predet", "amod", "poss", "case", "punct", "nummod", "quantmod", "advmod", "appos", "dep"}
)


class DescribingWords(msgspec.Struct, frozen=True):
    """The words of ``where.tsv`` that describe places."""

    back: dict[str, str]
    unlike: frozenset[str]
    quarter: frozenset[str]
    vicinity: frozenset[str]
    compass: frozenset[str]


@lru_cache(maxsize=4)
def load_words(knowledge: Knowledge) -> DescribingWords:
    """Nouns that point back to a place, and the words beside them that mean another one."""
    rows = knowledge.rows("where")
    back = {row["word"]: row["kind"] for row in rows if row["role"] == "back"}
    named = {r: frozenset(row["word"] for row in rows if row["role"] == r) for r in ("unlike", "quarter", "compass")}
    vicinity = frozenset(word for word, kind in back.items() if kind == "vicinity")
    return DescribingWords(back, **named, vicinity=vicinity)


@lru_cache(maxsize=4)
def load_capitals(knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    """The names of the capital of each country, the seat of government first."""
    return {r["iso3"]: tuple(filter(None, r["capital"].split("|"))) for r in knowledge.rows("countries")}


class Descriptions:
    """Answers for the nouns of one dispatch which place they point back to."""

    def __init__(self, doc: Doc, places: Sequence[Place], knowledge: Knowledge = SHIPPED) -> None:
        self.words = load_words(knowledge)
        self.capitals = load_capitals(knowledge)
        self.telling = speech(knowledge).telling
        self.doc = doc
        self.places = places
        # The reading text is blank where the dateline stands.
        self.filed = [p for p in places if not doc.text[p.start : p.end].strip()]
        self._at: TokenIndex[Place] = TokenIndex(doc, ((p.start, p.end, p) for p in places))

    def of(self, noun: Token) -> Place | None:
        """The place that "the region" or "the country's second city" means; None where it is no such description."""
        kind = self.words.back.get(noun.lower_)
        if kind is None or not self._is_definite(noun):
            return None
        country = self._country_beside(noun)
        if kind == "capital":
            return self._capital(noun, country or self._main_country(noun.idx))
        if kind == "country":
            return self._country(noun)
        fitting = [p for p in self._before(noun.idx) if p.kind in FITTING[kind] and country in (None, p.country)]
        if kind == "city":
            return self._called(noun, fitting) or self._city(fitting, noun.idx)
        fitting = [p for p in fitting if not self._is_to_come(p)] or fitting
        return fitting[-1] if fitting else None

    def _called(self, noun: Token, fitting: list[Place]) -> Place | None:
        """The place that was called by the same word before: "the city of X ... the city"."""
        spans = ((p, self.doc.char_span(p.start, p.end, alignment_mode="expand")) for p in reversed(fitting))
        return next((p for p, span in spans if span is not None and _is_called(span.root, noun.lower_)), None)

    def _city(self, fitting: list[Place], position: int) -> Place | None:
        """The last town named; a province that shares its name with one, or where the copy was filed, failing that."""
        told = [p for p in fitting if p not in self.filed]
        told = [p for p in told if p.name not in self._quarters] or told
        # "He was flown to X. ... in the city" means the one that the story is about.
        told = [p for p in told if not (self._is_goal(p) or self._is_to_come(p) or self._speaks(p))] or told
        for places in ([p for p in told if p.kind != "admin1"], told):
            if places:
                return places[-1]
        return fitting[-1] if fitting and self._is_only_scene(position) else None

    @cached_property
    def _quarters(self) -> frozenset[str]:
        """The names that the dispatch anywhere gives to a part of a town."""
        return frozenset(p.name for p in self.places if not p.demonym and self._is_quarter(p))

    def _is_quarter(self, place: Place) -> bool:
        """Whether a name is that of a part of a town: "the X district", "X, a suburb of Y", "the area of X"."""
        span = self.doc.char_span(place.start, place.end, alignment_mode="expand")
        if span is None:
            return False
        head = span.root
        kinds = {head.lower_, *(c.lower_ for c in head.children if c.dep_ == "appos")}
        owned = head.dep_ in ("compound", "nmod", "poss")
        of = place.kind is None and head.dep_ == "pobj" and head.head.lower_ == "of"
        kinds |= {head.head.lower_} if owned else {head.head.head.lower_} & self.words.vicinity if of else set()
        return bool(kinds & (self.words.quarter | self.words.vicinity if of else self.words.quarter))

    def _is_only_scene(self, position: int) -> bool:
        """Whether nothing but the dateline and countries was named before: "the city" is where the copy was filed."""
        return all(p in self.filed or p.kind == "country" for p in self._before(position))

    def _is_goal(self, place: Place) -> bool:
        """Whether the name only tells where somebody was brought or came from: "taken to Sarn", "from Sarn"."""
        span = self.doc.char_span(place.start, place.end, alignment_mode="expand")
        return span is not None and span.root.dep_ == "pobj" and span.root.head.lower_ in ("to", "from", "for")

    def _speaks(self, place: Place) -> bool:
        """Whether the name means those who govern from there: *Moscow* of "Moscow said it had taken the town"."""
        span = self.doc.char_span(place.start, place.end, alignment_mode="expand")
        return span is not None and span.root.dep_ == "nsubj" and span.root.head.lemma_.lower() in self.telling

    def here(self, position: int) -> Place | None:
        """Where the part of the copy was filed in which something stands: the town of the last dateline before it."""
        filed = [p for p in self.filed if p.end <= position]
        opens = [p for p, before in zip(filed, (None, *filed), strict=False) if self._is_opening(p, before)]
        return opens[-1] if opens else None

    def _is_opening(self, place: Place, before: Place | None) -> bool:
        """Whether a filed place is the first of its dateline: "ATHENS, Ga." has two."""
        return before is None or bool(self.doc.text[before.end : place.start].strip())

    def _is_to_come(self, place: Place) -> bool:
        """Whether the name only tells where something is yet to be: *Turin* of "are to meet in Turin"."""
        span = self.doc.char_span(place.start, place.end, alignment_mode="expand")
        if span is None:
            return False
        verb = next((t for t in span.root.ancestors if t.pos_ == "VERB"), span.root)
        return any(c.dep_ == "aux" and (c.lower_ == "to" or c.lower_ in FUTURE_WORDS) for c in verb.children)

    def last(self, before: int) -> Place | None:
        """The last place named before a character."""
        named = self._before(before)
        return named[-1] if named else None

    def _is_definite(self, noun: Token) -> bool:
        """Whether an article, "this" or a named owner stands before it: "the region", "Chad's capital".

        Nor must anything make it another one: "the other region", "the region of Sarn", "their capital".
        """
        known = False
        if noun.head.lower_ == "of" and noun.head.head.lower_ in self.words.compass:
            return False
        for child in noun.children:
            if child.is_space:
                continue
            if child.dep_ == "poss" and child.pos_ == "PRON":
                return False
            if (
                child.dep_ not in _DESCRIBING
                or child.lower_ in self.words.unlike
                or (child.pos_ == "PROPN" and child.dep_ == "appos")
            ):
                return False
            known = known or child.lower_ in _DETERMINERS or child.dep_ == "poss"
        return known

    def _country_beside(self, noun: Token) -> str | None:
        """The country that an adjective or owner of the noun names: "the Afghan capital", "Iraq's second city"."""
        for child in noun.children:
            if child.dep_ in ("amod", "poss") and (place := self._at.get(child)) is not None:
                return place.country
            if child.dep_ == "poss" and self.words.back.get(child.lower_) == "country":
                return self._main_country(noun.idx)
        return None

    def _before(self, position: int) -> list[Place]:
        return [p for p in self.places if p.end <= position and not p.demonym]

    def _main_country(self, position: int) -> str | None:
        """The country that most names before a character belong to, the later one of two."""
        counts: Counter[str] = Counter()
        for place in self.places:
            if place.end <= position and place.country and place.kind != "facility":
                aside = place.demonym or place in self.filed or self._modifies(place) or self._is_party(place)
                counts[place.country] += 1 if aside else 2
        best = max(counts.values(), default=0)
        return next((p.country for p in reversed(self.places) if p.country and counts[p.country] == best), None)

    def _named_in_clause(self, noun: Token) -> str | None:
        """The one country that the sentence names before a noun: "Chad expelled them for entering the country"."""
        start = noun.sent.start_char
        named = [p for p in self.places if p.kind == "country" and not p.demonym and start <= p.start < noun.idx]
        found = {p.country for p in named if not self._modifies(p)}
        return found.pop() if len(found) == 1 else None

    def _modifies(self, place: Place) -> bool:
        """Whether a name only says whose something is: "United States troops"."""
        span = self.doc.char_span(place.start, place.end, alignment_mode="expand")
        return span is not None and span.root.dep_ in ("compound", "nmod", "amod", "poss")

    def _is_party(self, place: Place) -> bool:
        """Whether a name means a state that acts or is dealt with: "a fight between Iran and Iraq", "Iran fired"."""
        span = self.doc.char_span(place.start, place.end, alignment_mode="expand")
        if span is None:
            return False
        first = syntax.first_conjunct(span.root)
        led = first.dep_ == "pobj" and first.head.lower_ in ("between", "with", "against", "by")
        return led or first.dep_ == "nsubj"

    def _country(self, noun: Token) -> Place | None:
        country = self._named_in_clause(noun) or self._main_country(noun.idx)
        own = [p for p in self.places if p.kind == "country" and p.country == country and p.end <= noun.idx]
        named = [p for p in own if not p.demonym]
        if named:
            return named[-1]
        if not own:
            return None
        return msgspec.structs.replace(own[-1], start=noun.idx, end=noun.idx + len(noun), text=noun.text, demonym=False)

    def whole_country(self, word: Token) -> Place | None:
        """The country of which the dispatch tells: "nationwide"."""
        country = self._main_country(word.idx) or self._main_country(len(self.doc.text))
        own = sorted((p for p in self.places if p.kind == "country" and p.country == country), key=lambda p: p.demonym)
        if country is None or not own:
            return None
        return msgspec.structs.replace(own[0], start=word.idx, end=word.idx + len(word), text=word.text, demonym=False)

    def _capital(self, noun: Token, country: str | None) -> Place | None:
        """The capital of a country: where the dispatch names it, else by its name alone."""
        names = self.capitals.get(country or "", ())
        if not names:
            return None
        folded = {n.casefold() for n in names}
        named = [p for p in self.places if p.kind == "city" and p.country == country and p.name.casefold() in folded]
        if named:
            return max(named, key=lambda p: (p.end <= noun.idx, p.start))
        return Place(noun.idx, noun.idx + len(noun), noun.text, names[0], kind="city", country=country)


def _is_called(name: Token, word: str) -> bool:
    """Whether a word for a kind of place stands before a name: "the city of Basra"."""
    of = name.head
    return name.dep_ == "pobj" and of.lower_ == "of" and of.head.lower_ == word
