"""The place where an event happened: the one that its own words give, then its clause, then the clause around it.

Demonyms and places that act ("Washington said") never locate an event. None is an answer: a sentence that does not say
where is not guessed at. Of several places that fit, the most specific counts ("in Cologne in western Germany").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import msgspec
from spacy.tokens import Doc, Token

from reportedly import syntax
from reportedly.config import DEFAULT, Config
from reportedly.model import Dispatch, Place
from reportedly.spans import TokenIndex
from reportedly.tables import load_table

# How much a kind of place narrows an event down; a name that is not resolved is mostly a small place.
NARROWNESS = {"country": 0, "region": 1, "water": 1, "admin1": 1, "city": 2, "facility": 2, None: 2}
DEEPEST_PHRASE = 6
_OF = frozenset({"of"})
_LINKED = frozenset({"xcomp", "conj", "advcl", "acl", "relcl", "ccomp", "pcomp"})


class Cues(msgspec.Struct, frozen=True):
    """The words of ``where.tsv``, by role."""

    at: frozenset[str]
    goal: frozenset[str]
    source: frozenset[str]
    move: frozenset[str]
    leave: frozenset[str]
    report: frozenset[str]
    by: frozenset[str]
    back: dict[str, str]
    there: frozenset[str]


@lru_cache(maxsize=4)
def load_cues(tables: Path | None) -> Cues:
    """The words that tell where an event happens."""
    roles: dict[str, dict[str, str]] = {}
    for row in load_table("where", tables):
        roles.setdefault(row["role"], {})[row["word"]] = row["kind"]
    words = {role: frozenset(members) for role, members in roles.items() if role != "back"}
    return Cues(back=roles["back"], **words)


class Whereabouts:
    """Places of one dispatch, ready to be asked for the place of any of its events."""

    def __init__(self, doc: Doc, places: Sequence[Place], config: Config = DEFAULT) -> None:
        self.doc = doc
        self.places = places
        self.cues = load_cues(config.tables)
        self._at: TokenIndex[Place] = TokenIndex(doc, ((p.start, p.end, p) for p in places if not p.demonym))

    def of(self, trigger: Token) -> tuple[Place | None, Place | None]:
        """Where the event happened and, for a movement, where it started."""
        moving = self._moves(trigger)
        origin = self._origin(trigger) if moving else None
        for _, group in self._circles(trigger, moving=moving):
            places = [p for p in group if p is not origin]
            if places:
                return _narrowest(places), origin
        return None, origin

    def why(self, trigger: Token, place: Place) -> str | None:
        """In which words around the event its place was found."""
        circles = self._circles(trigger, moving=self._moves(trigger))
        return next((where for where, group in circles if place in group), None)

    def _moves(self, trigger: Token) -> bool:
        return trigger.lemma_.lower() in self.cues.move or trigger.lemma_.lower() in self.cues.leave

    def _origin(self, trigger: Token) -> Place | None:
        """Where a movement starts: "from X", and the object of a verb of leaving."""
        sources = [p for prep in self._preps(trigger, self.cues.source) for p in self._in_phrase(prep)]
        if not sources and trigger.lemma_.lower() in self.cues.leave:
            sources = [p for o in syntax.objects(trigger) for p in self._head_place(o)]
        return _narrowest(sources) if sources else None

    def _circles(self, trigger: Token, *, moving: bool) -> Iterator[tuple[str, list[Place]]]:
        """Groups of places with where they stand, those that say most surely where the event was first."""
        yield "in a phrase of place of the event word itself", self._own(trigger, moving=moving)
        if trigger.pos_ in ("NOUN", "PROPN"):
            yield "in the clause that tells of the event", self._around_noun(trigger)
            return
        yield "with whom or what the event word acts on, or who acts", self._of_arguments(trigger, moving=moving)
        for group in self._linked(trigger, moving=moving):
            yield "in a clause joined with that of the event word", group
        yield "in a phrase of place further down in the same clause", self._below(trigger)

    def _below(self, verb: Token) -> list[Place]:
        """Places in any phrase of place below the verb, however the parser hung it, but in no other finite clause."""
        found = []
        for token in verb.subtree:
            if token.dep_ == "prep" and token.lower_ in self.cues.at and not self._in_other_clause(token, verb):
                found += self._in_phrase(token)
        return found

    def _in_other_clause(self, token: Token, verb: Token) -> bool:
        for t in token.ancestors:
            if t == verb:
                return False
            if t.dep_ in ("relcl", "ccomp", "parataxis", "conj") and t.pos_ in ("VERB", "AUX"):
                return True
        return True

    def _own(self, trigger: Token, *, moving: bool) -> list[Place]:
        """Places in the trigger's own phrases of place, and for a noun in front of it ("the Kabul bombing")."""
        preps = self.cues.at | (self.cues.goal if moving else frozenset())
        found = [p for prep in self._preps(trigger, preps) for p in self._in_phrase(prep)]
        for word in trigger.children:
            if word.dep_ in ("npadvmod", "advmod") and word.pos_ != "VERB":
                found += [p for prep in self._preps(word, preps | _OF) for p in self._in_phrase(prep)]
        if trigger.pos_ in ("NOUN", "PROPN"):
            found += [p for c in syntax.children(trigger, "compound", "poss", "nmod") for p in self._head_place(c)]
            found += [p for prep in self._preps(trigger, _OF) for p in self._in_phrase(prep)]
        return found

    def _of_arguments(self, verb: Token, *, moving: bool) -> list[Place]:
        """Places in what the verb acts on, then in its subject: "seized the town of X", "militants in X killed"."""
        leaving = verb.lemma_.lower() in self.cues.leave
        for role in ("dobj", "nsubjpass", "agent", "nsubj", "dative", "attr", "oprd"):
            found: list[Place] = []
            for child in syntax.children(verb, role):
                for head in syntax.conjuncts(child):
                    if (role == "dobj" and not leaving) or role == "nsubjpass":
                        found += [p for p in self._head_place(head) if role == "dobj" or p.kind != "country"]
                    found += self._in_modifiers(head, whole=role in ("dobj", "nsubjpass"))
            if found:
                return found
        if moving:
            return []
        preps = [p for p in syntax.children(verb, "prep", "agent") if p.lower_ in self.cues.by]
        return [p for prep in preps for o in self._objects(prep) for p in self._in_modifiers(o, whole=False)]

    def _around_noun(self, noun: Token) -> list[Place]:
        """For an event noun: the place of the clause in which it is told."""
        head = noun
        for _ in range(DEEPEST_PHRASE):
            if head.head is head:
                break
            head = head.head
            if head.pos_ in ("VERB", "AUX"):
                if head.lemma_.lower() in self.cues.report:
                    return []
                return self._own(head, moving=False)
            found = self._own(head, moving=False)
            if found:
                return found
        return []

    def _linked(self, verb: Token, *, moving: bool) -> Iterator[list[Place]]:
        """Places of the clauses joined with the trigger's: coordinated verbs, what it modifies, what modifies it."""
        for child in verb.children:
            if child.dep_ in ("advcl", "xcomp", "conj", "prep", "ccomp") and (
                child.pos_ == "VERB" or child.lower_ in ("after", "when", "during")
            ):
                inner = child if child.pos_ == "VERB" else next((o for o in self._objects(child)), None)
                if inner is not None and (child.dep_ != "ccomp"):
                    yield self._own(inner, moving=moving) or (
                        self._of_arguments(inner, moving=moving) if inner.pos_ == "VERB" else []
                    )
        token = verb
        for _ in range(3):
            if token.dep_ not in _LINKED or token.head is token:
                return
            head = token.head
            if token.dep_ in ("relcl", "acl") and head.pos_ in ("NOUN", "PROPN", "PRON"):
                yield self._head_place(head) + self._in_modifiers(head, whole=True)
                head = self._governing_verb(head) or head
            if head.pos_ not in ("VERB", "AUX"):
                head = self._governing_verb(head) or head
            if head.lemma_.lower() in self.cues.report:
                yield self._fronted(head)
                return
            yield self._own(head, moving=False)
            if token.dep_ in ("conj", "xcomp", "advcl"):
                yield self._of_arguments(head, moving=False)
            token = head

    def _governing_verb(self, token: Token) -> Token | None:
        return next((t for t in token.ancestors if t.pos_ in ("VERB", "AUX")), None)

    def _fronted(self, verb: Token) -> list[Place]:
        """A phrase of place before the subject of a verb of saying: "In Basra, police said"."""
        first = syntax.own_subject(verb)
        return [
            p
            for prep in self._preps(verb, self.cues.at)
            if first is not None and prep.i < first.i
            for p in self._in_phrase(prep)
        ]

    def _preps(self, token: Token, words: frozenset[str]) -> list[Token]:
        """Prepositions of a set below a token, chained ones ("from near X") and those behind a distance included."""
        found = []
        for child in token.children:
            if child.dep_ in ("prep", "advmod", "npadvmod", "prt", "agent", "dative") and child.lower_ in words:
                found.append(child)
            elif child.dep_ == "prep" and child.lower_ not in self.cues.at | self.cues.source | self.cues.goal:
                continue
        return found

    def _objects(self, prep: Token) -> Iterator[Token]:
        for child in prep.children:
            if child.dep_ in ("pobj", "pcomp"):
                yield from syntax.conjuncts(child)
            elif child.dep_ == "prep":
                yield from self._objects(child)

    def _in_phrase(self, prep: Token) -> list[Place]:
        """Places named by the object of a preposition: the object itself, or what its own modifiers name."""
        found = []
        for head in self._objects(prep):
            found += self._head_place(head) or self._in_modifiers(head, whole=True)
        return found

    def _head_place(self, token: Token) -> list[Place]:
        place = self._at.get(token)
        return [place] if place is not None else []

    def _in_modifiers(self, head: Token, *, whole: bool) -> list[Place]:
        """Places in the modifiers of a noun ("a market in X"); with ``whole``, in "X's port" too."""
        found: list[Place] = []
        for child in head.children:
            if child.dep_ == "prep" and (child.lower_ in self.cues.at or (child.lower_ == "of" and whole)):
                found += self._in_phrase(child)
            elif child.dep_ == "appos" and whole:
                found += self._head_place(child) or self._in_modifiers(child, whole=True)
            elif child.dep_ in ("compound", "poss", "nmod") and whole and head.pos_ != "PROPN":
                found += [p for p in self._head_place(child) if p.kind != "country"]
            elif child.dep_ in ("advmod", "npadvmod") and child.lower_ in self.cues.at:
                found += [p for prep in self._preps(child, _OF) for p in self._in_phrase(prep)]
            elif child.dep_ == "acl" and child.pos_ == "VERB":
                found += [p for prep in self._preps(child, self.cues.at) for p in self._in_phrase(prep)]
        return found


def _narrowest(places: Sequence[Place]) -> Place:
    """The first of the most specific places."""
    return max(places, key=lambda p: NARROWNESS[p.kind])


def find_where(
    trigger: Token, doc: Doc, places: Sequence[Place], dispatch: Dispatch, config: Config = DEFAULT
) -> tuple[Place | None, Place | None]:
    """The place of an event and, for a movement, its origin, as far as its own sentence tells; see ``Whereabouts``.

    Ask a ``Whereabouts`` instead where a dispatch has many triggers.
    """
    del dispatch
    return Whereabouts(doc, places, config).of(trigger)


def find_where_discourse(
    trigger: Token,
    doc: Doc,  # noqa: ARG001  asked for as `find_where` asks
    places: Sequence[Place],
    config: Config = DEFAULT,
) -> Place | None:
    """The place that "there" or "the region" in the trigger's clause means: the last one of its kind named before."""
    cues = load_cues(config.tables)
    for word in _clause_words(trigger):
        if word.lower_ in cues.there and word.dep_ == "advmod":
            return _last(places, word.idx, None)
        kind = cues.back.get(word.lower_)
        if kind is not None and _points_back(word):
            return _last(places, word.idx, kind)
    return None


def _clause_words(trigger: Token) -> Iterable[Token]:
    """Words in phrases of place and objects below the trigger."""
    for child in trigger.children:
        if child.dep_ in ("prep", "advmod", "dobj", "nsubjpass"):
            yield child
            yield from (t for t in child.subtree if t.i != child.i)


def _points_back(word: Token) -> bool:
    """Whether a noun stands with "the", "that" or "this" and nothing that would say which."""
    dependents = [c for c in word.children if not c.is_punct]
    return len(dependents) == 1 and dependents[0].lower_ in ("the", "that", "this")


def _last(places: Sequence[Place], before: int, kind: str | None) -> Place | None:
    named = [p for p in places if p.end <= before and not p.demonym and (p.name or p.text)]
    if kind == "region":
        fitting = [p for p in named if p.kind in ("region", "admin1", "water")]
    elif kind == "capital":
        return None
    else:
        fitting = [p for p in named if kind is None or p.kind == kind]
    return fitting[-1] if fitting else None
