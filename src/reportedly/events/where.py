"""The place where an event happened: the one that its own words give, then its clause, then the clause around it.

Demonyms and places that act ("Washington said") never locate an event. None is an answer: a sentence that does not say
where is not guessed at. Of several places that fit, the most specific counts ("in Cologne in western Germany").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reportedly.config import DEFAULT, Config
from reportedly.events.descriptions import Descriptions
from reportedly.events.place_phrases import OF, PlacePhrases
from reportedly.events.when_words import is_calm, is_noted, is_of_matter, load_dating_words
from reportedly.events.where_clauses import (
    governing_verb,
    in_other_clause,
    is_aside,
    is_borne,
    is_cause,
    is_contrast,
    is_deed_of,
    is_doer,
    is_echoed,
    is_held,
    is_left_behind,
    is_sequel,
    is_temporal,
    is_to_come,
    is_told_as_fact,
    ravaged,
    stands_alone,
)
from reportedly.events.where_cues import NARROWNESS, SMALL, load_place_cues, narrowest
from reportedly.knowledge.load import knowledge_of
from reportedly.model import Because, Party, Place, Span
from reportedly.parse import syntax
from reportedly.parse.identity import goes_elsewhere, is_told_of, telling_who
from reportedly.parse.parsed import Doc, Token
from reportedly.reasons import at

DEEPEST_PHRASE = 6
_FINITE = frozenset({"relcl", "ccomp", "parataxis", "conj"})
_CLAUSES = _FINITE | {"advcl", "acl", "xcomp", "pcomp"}
_LINKED = frozenset({"xcomp", "conj", "advcl", "acl", "relcl", "ccomp", "pcomp", "csubj"})


class Where(NamedTuple):
    """Where an event happened and, for a movement, where it started, with the reasons."""

    place: Place | None
    origin: Place | None
    because: tuple[Because, ...]


class Whereabouts:
    """Places of one dispatch, ready to be asked for the place of any of its events."""

    def __init__(self, doc: Doc, places: Sequence[Place], config: Config = DEFAULT) -> None:
        self.doc = doc
        self.places = places
        self.cues = load_place_cues(knowledge_of(config))
        self.dating = load_dating_words(knowledge_of(config))
        self.described = Descriptions(doc, places, knowledge_of(config))
        self.phrases = PlacePhrases(doc, places, self.cues, self.described)
        self._inner: dict[int, list[Place]] = {}
        self._lowers: dict[int, list[list[Place]]] = {}

    def of(self, trigger: Token, doers: Sequence[Party] = (), *, charging: bool = False) -> Where:
        """Where the event happened and, for a movement, where it started: "marched from Sarn to Orhei".

        A state among the doers is no place. Where somebody is held or accused (``charging``), what it is for happened
        at a place of its own.
        """
        charging |= trigger.lemma_.lower() in self.dating.known
        states = [Span(d.start, d.end) for d in doers if d.kind == "country"]
        moving = self._moves(trigger)
        origin = self._origin(trigger) if moving else None
        who = telling_who(trigger, self.dating.known, self.dating.fates, self.dating.happening)
        left = (Because("origin", origin, "origin.from", words=at(origin)),) if origin is not None else ()
        for rule, group in self._circles(trigger, moving=moving, charging=charging):
            places = [p for p in group if p != origin and not is_doer(p, states)]
            places = [p for p in places if not self._is_elsewhere(p, trigger, who, charging=charging)]
            if places:
                place = narrowest(places)
                return Where(place, origin, (Because("place", place, rule, words=at(place)), *left))
        return Where(None, origin, (Because("place", None, "place.none"), *left))

    def _is_elsewhere(self, place: Place, trigger: Token, who: Token | None, *, charging: bool) -> bool:
        """Whether it is the place of what one is held for ("jailed for a raid in Basra") or where he was seen later."""
        span = self.doc.char_span(place.start, place.end, alignment_mode="expand")
        if span is None:
            return False
        after = who is not None and not is_told_of(span.root, who)
        return after or (charging and is_of_matter(span.root, trigger, self.dating))

    def _moves(self, trigger: Token) -> bool:
        """Whether a verb tells of going somewhere or leaving: "marched to Sarn", "fled Sarn"."""
        return trigger.lemma_.lower() in self.cues.move or trigger.lemma_.lower() in self.cues.leave

    def _origin(self, trigger: Token) -> Place | None:
        """Where a movement starts: "from X", and the object of a verb of leaving."""
        sources = [p for prep in self.phrases.preps(trigger, self.cues.source) for p in self.phrases.in_phrase(prep)]
        sources = sources or [p for prep in self.phrases.out_of(trigger) for p in self.phrases.in_phrase(prep)]
        if not sources and trigger.lemma_.lower() in self.cues.leave:
            sources = [p for o in syntax.objects(trigger) for p in self.phrases.head_place(o)]
        return narrowest(sources) if sources else None

    def _circles(self, trigger: Token, *, moving: bool, charging: bool) -> Iterator[tuple[str, list[Place]]]:
        """Groups of places with the rule that finds them, the surest first: "raided a mill in Sarn".

        Then come the places of what it is done to, of clauses below and of clauses joined to it.
        """
        if trigger.pos_ in ("NOUN", "PROPN"):
            yield "place.own", self._own(trigger, moving=moving)
            for group in self._around_noun(trigger):
                yield "place.clause", group
            return
        if is_echoed(trigger, self.dating.happening, self.cues.echo):
            return
        first = self.phrases.fronted(trigger)
        own = [p for p in self._own(trigger, moving=moving) if p not in first]
        if trigger.lemma_.lower() not in self.cues.report and all(NARROWNESS[p.kind] < SMALL for p in own):
            own += self.phrases.acted_on(trigger)
        yield "place.own", own
        if trigger.lemma_.lower() in self.cues.report:
            yield "place.fronted", first
            return
        arguments = self._of_arguments(trigger, moving=moving)
        yield "place.argument", arguments + first
        yield "place.below", self._below(trigger, clauses=False)
        for group in self._linked(trigger):
            yield "place.joined", group
        yield "place.below", self._below(trigger, clauses=True)
        if charging:
            yield "place.argument", self.phrases.seats(trigger)

    def _below(self, verb: Token, *, clauses: bool) -> list[Place]:
        """Places in any phrase of place below the verb, however the parser hung it, but in no other finite clause.

        Without ``clauses`` in no other clause at all: "shot a man walking home in X" has none.
        """
        found = []
        for token in verb.subtree:
            if token.lower_ in self.cues.here and not in_other_clause(token, verb, _CLAUSES, self.dating):
                found += [p for p in (self.described.here(token.idx),) if p is not None]
            elif (
                token.dep_ == "prep"
                and (token.lower_ in self.cues.at or self.phrases.is_bearing(token))
                and not (is_cause(token, verb, self.dating.happening) or self.phrases.is_of_source(token))
                and not in_other_clause(token, verb, _FINITE if clauses else _CLAUSES, self.dating)
            ):
                found += self.phrases.in_phrase(token)
        return found

    def _own(self, trigger: Token, *, moving: bool) -> list[Place]:
        """Places in the trigger's own phrases of place, and for a noun in front of it ("the Kabul bombing")."""
        preps = self.cues.at | (self.cues.goal if moving else frozenset())
        told = [p for p in self.phrases.preps(trigger, preps) if not is_cause(p, trigger, self.dating.happening)]
        found = [p for prep in told for p in self.phrases.in_phrase(prep)]
        for word in trigger.children:
            if word.dep_ == "advmod" and word.lower_ in self.cues.there:
                found += [p for p in (self.described.last(word.idx),) if p is not None]
            elif word.dep_ == "advmod" and word.lower_ in self.cues.here:
                found += [p for p in (self.described.here(word.idx),) if p is not None]
            elif word.dep_ in ("npadvmod", "advmod") and word.pos_ != "VERB":
                away = preps | OF | (self.cues.source if word.lower_ in self.cues.unit else frozenset())
                found += [p for prep in self.phrases.preps(word, away) for p in self.phrases.in_phrase(prep)]
        found += self.phrases.all_over(trigger)
        if trigger.pos_ == "VERB" and not moving:
            found += [
                p
                for prep in self.phrases.preps(trigger, self.cues.source)
                if self.phrases.is_apart(prep)
                for p in self.phrases.in_phrase(prep)
            ]
        if not found and trigger.pos_ == "VERB":
            into = [p for t in (trigger, *syntax.objects(trigger)) for p in self.phrases.preps(t, self.cues.into)]
            found += [p for prep in into for p in self.phrases.entered(prep, self.dating.happening)]
        if trigger.pos_ in ("NOUN", "PROPN"):
            owners = self.phrases.owners(trigger)
            found += [p for c, p in owners if not is_deed_of(p, c, trigger, self.cues.aimed)]
            found += [p for prep in self.phrases.preps(trigger, OF) for p in self.phrases.in_phrase(prep)]
        return found

    def _of_arguments(self, verb: Token, *, moving: bool) -> list[Place]:
        """Places in what the verb acts on, then in its subject: "seized the town of X", "militants in X killed"."""
        leaving = verb.lemma_.lower() in self.cues.leave
        addressed, undergoing = (verb.lemma_.lower() in words for words in (self.cues.report, self.cues.undergo))
        for role in ("dobj", "nsubjpass", "agent", "nsubj", "dative", "attr", "oprd"):
            found: list[Place] = []
            for child in syntax.children(verb, role):
                for head in syntax.conjuncts(child):
                    if role == "nsubj" and self.phrases.head_place(head):
                        found += self.phrases.head_place(head) if undergoing else []
                        continue
                    # "Kabul blamed Islamabad" means governments.
                    if not addressed and ((role == "dobj" and not leaving) or role == "nsubjpass"):
                        found += [p for p in self.phrases.head_place(head) if role == "dobj" or p.kind != "country"]
                    found += self.phrases.in_modifiers(head, whole=role in ("dobj", "nsubjpass") or undergoing)
                    found += self.phrases.meant(head) if role in ("dobj", "nsubjpass") else []
                    found += self._where_it_was(head)
            if found:
                return found
        if moving:
            return []
        preps = [p for p in syntax.children(verb, "prep", "agent") if p.lower_ in self.cues.by]
        found = [
            p for prep in preps for o in self.phrases.objects(prep) for p in self.phrases.in_modifiers(o, whole=False)
        ]
        return found or self.phrases.ruled(verb)

    def _where_it_was(self, whom: Token) -> list[Place]:
        """Where somebody was when it was done to them: "the minister, who was visiting the town of X, survived"."""
        found: list[Place] = []
        for clause in syntax.children(whom, "relcl"):
            if clause.tag_ == "VBG" and any(c.lower_ in ("was", "were") for c in clause.children):
                found += self._own(clause, moving=False)
                found += [
                    p
                    for o in syntax.objects(clause)
                    for p in (self.phrases.head_place(o) or self.phrases.in_modifiers(o, whole=True))
                ]
        return found

    def _around_noun(self, noun: Token) -> Iterator[list[Place]]:
        """For an event noun: what its cause names, then the place of its clause: "the raid killed two in Sarn"."""
        yield [
            p
            for prep in self.phrases.preps(noun, self.cues.by)
            for o in self.phrases.objects(prep)
            for p in self.phrases.in_modifiers(o, whole=prep.lower_ in self.cues.aimed and o.pos_ == "NOUN")
        ]
        yield [
            p
            for c in syntax.children(noun, "relcl")
            if c.lemma_.lower() in self.cues.occur or is_held(c, self.dating)
            for p in self._own(c, moving=False)
        ]
        yield [p for o in ravaged(noun, self.dating) for p in self.phrases.head_place(o)]
        head = noun
        for _ in range(DEEPEST_PHRASE):
            if head.head == head:
                return
            child, head = head, head.head
            lemma = head.lemma_.lower()
            if head.pos_ in ("VERB", "AUX"):
                yield from self._of_clause(child, head)
                return
            if lemma in self.cues.report:
                return
            yield self._own(head, moving=False)

    def _of_clause(self, child: Token, verb: Token) -> Iterator[list[Place]]:
        """Places of the clause that an event noun stands in: "the raid took place in Sarn".

        Where one tells of it, as no event does, is elsewhere: "told in Lome of the raid".
        """
        if verb.lemma_.lower() in self.cues.report and not is_noted(child, self.dating) and child.dep_ != "nsubj":
            aside = child.dep_ == "prep" and child.lower_ in self.cues.temporal
            yield self._own(verb, moving=False) if aside else self.phrases.fronted(verb)
            yield self._of_dwellers(verb)
            return
        echoed = is_echoed(verb, self.dating.happening, self.cues.echo)
        if child.dep_ == "nsubj" and (echoed or is_sequel(child, verb, self.dating)):
            return
        yield self._own(verb, moving=False)
        if child.dep_ == "nsubj" and verb.lemma_.lower() in self.dating.probing:
            return  # "The vigil marks a raid on Gao" is held anywhere
        if child.dep_ in ("nsubj", "nsubjpass", "dobj") or is_borne(child, verb, self.dating):
            yield self._of_arguments(verb, moving=False)
            if verb.lemma_.lower() in self.cues.out:
                yield [p for prep in self.phrases.preps(verb, self.cues.source) for p in self.phrases.in_phrase(prep)]
        else:
            yield self._told_of(verb)
            yield self._handled_by(child, verb)
        yield from self._linked(verb)

    def _handled_by(self, child: Token, verb: Token) -> list[Place]:
        """Where those are who deal with an event that is news: "guards in X were clearing the ruins of a blast"."""
        inside = next((t for t in child.subtree if t.lemma_.lower() in self.dating.happening), None)
        subject = syntax.own_subject(verb)
        if subject is None or inside is None or not any(c.lower_ in ("a", "an") for c in inside.children):
            return []
        return self.phrases.in_modifiers(subject, whole=False)

    def _told_of(self, verb: Token) -> list[Place]:
        """The place that a clause tells of: "the X region is sliding into chaos, with murder on the increase"."""
        subject = syntax.own_subject(verb)
        if subject is None:
            return []
        # "The port of X was the target of two raids."
        staged = any(c.lemma_.lower() in self.dating.stages for c in syntax.children(verb, "attr"))
        if not staged and subject.lower_ not in self.cues.section | self.cues.town | self.cues.back:
            return []
        return self.phrases.head_place(subject) or self.phrases.in_modifiers(subject, whole=True)

    def _linked(self, verb: Token) -> Iterator[list[Place]]:
        """Places of the clauses joined with the trigger's: "drove to X and shot a guard"."""
        yield from self._lower(verb)
        token = verb
        for _ in range(3):
            if token.dep_ not in _LINKED or token.head == token:
                return
            head = token.head
            if is_contrast(token):
                return
            if token.dep_ in ("relcl", "acl") and head.pos_ in ("NOUN", "PROPN", "PRON"):
                yield self.phrases.head_place(head) + self.phrases.in_modifiers(head, whole=True)
                if head.dep_ == "appos":
                    yield self.phrases.head_place(head.head)
                head = governing_verb(head) or head
            if head.pos_ not in ("VERB", "AUX"):
                head = governing_verb(head) or head
            if head.lemma_.lower() in self.cues.report:
                yield from self._told(verb, head)
                return
            if is_left_behind(token, head, self.cues.move):
                yield [p for p in (self._origin(head),) if p is not None] or (
                    self.phrases.acted_on(head) if head.lemma_.lower() in self.cues.leave else []
                )
                return
            # "Drove to X and shot a guard": in X.
            behind = token.dep_ in ("xcomp", "advcl") or (token.dep_ == "conj" and token.i > head.i)
            yield self._own(head, moving=behind and self._moves(head))
            if token.dep_ in ("conj", "xcomp", "advcl"):
                yield self._of_arguments(head, moving=False)
            if token.dep_ == "conj":
                yield from self._lower(head)
            token = head

    def _lower(self, verb: Token) -> list[list[Place]]:
        """Places of the clauses below a verb, those without one left out; many triggers hang on the same verb."""
        if verb.i not in self._lowers:
            self._lowers[verb.i] = [group for group in self._clauses_below(verb) if group]
        return self._lowers[verb.i]

    def _clauses_below(self, verb: Token, *, whole: bool = True) -> Iterator[list[Place]]:
        """Places of the clauses below a verb: "was shot when gunmen stormed a bank in X".

        Without ``whole``, of those that say when or why it happened.
        """
        for child in verb.children:
            if stands_alone(child) or goes_elsewhere(child, self.cues.at) or is_to_come(child, self.dating):
                continue
            if child.dep_ in ("prep", "advcl", "ccomp") and child.lower_ in self.cues.temporal:
                for inner in self.phrases.objects(child):
                    if not is_calm(inner, self.dating):
                        yield self._of_inner(inner)
            elif (is_temporal(child, self.cues.temporal) and not is_calm(child, self.dating)) or (
                whole and child.dep_ in ("advcl", "xcomp") and child.pos_ == "VERB" and not is_aside(child, self.dating)
            ):
                yield self._of_inner(child)
            elif whole and child.dep_ == "conj" and child.pos_ == "VERB":
                cared = child.lemma_.lower() in self.cues.care and syntax.is_passive(child)
                if child.lemma_.lower() not in self.cues.move and not cared:
                    yield self._of_inner(child)
                yield from self._clauses_below(child, whole=False)

    def _of_inner(self, inner: Token) -> list[Place]:
        """Places of a clause below another one; the same for every verb above it."""
        if inner.i not in self._inner:
            self._inner[inner.i] = self._places_inside(inner)
        return self._inner[inner.i]

    def _places_inside(self, inner: Token) -> list[Place]:
        """The places of an event word inside another event: Sarn in "an attempt to burn the mill in Sarn"."""
        moving = self._moves(inner)
        own = self._own(inner, moving=moving)
        if own or inner.pos_ != "VERB":
            return own
        return self._of_arguments(inner, moving=moving) or self._below(inner, clauses=False)

    def _told(self, trigger: Token, verb: Token) -> Iterator[list[Place]]:
        """Places of a verb of saying that hold for what is said to have happened.

        They are a temporal clause that the parser hung on it, a phrase of place in front, and the town whose people
        tell what they saw ("residents of Orhei said that shells fell all night").
        """
        clauses = [
            c
            for c in verb.children
            if is_temporal(c, self.cues.temporal) and trigger.i < c.i < max(verb.i, trigger.i + 25)
        ]
        yield from (self._of_inner(c) for c in clauses)
        if is_told_as_fact(trigger):
            yield self.phrases.fronted(verb)
            yield self._of_dwellers(verb)

    def _of_dwellers(self, verb: Token) -> list[Place]:
        """The place of the people who tell what happened around them: "Residents of Sarn reported shelling"."""
        teller = syntax.own_subject(verb)
        # At the head of a sentence they are often taken for a name, which has no other form.
        if teller is None or self.cues.dweller.isdisjoint((teller.lemma_.lower(), teller.lower_)):
            return []
        preps = [c for c in teller.children if c.dep_ == "prep" and c.lower_ in self.cues.at | {"of"}]
        return [p for prep in preps for p in self.phrases.in_phrase(prep) if p.kind != "country"]
