"""Which places a noun, a preposition and their modifiers name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from reportedly.events.descriptions import Descriptions
from reportedly.events.where_cues import PlaceCues
from reportedly.model import Place
from reportedly.parse import syntax
from reportedly.parse.parsed import Doc, Token
from reportedly.parse.spans import TokenIndex

OF = frozenset({"of"})
# Farther off than this, the place by which another one is found ("90 km north of X") does not tell where it is.
FAR_KM = 30


class PlacePhrases:
    """The places of one dispatch at the words that name them."""

    def __init__(self, doc: Doc, places: Sequence[Place], cues: PlaceCues, described: Descriptions) -> None:
        self.doc = doc
        self.cues = cues
        self.described = described
        named = [p for p in places if not p.demonym]
        far = [p for p in named if self.is_landmark(p)]
        near = [p for p in named if p not in far] or far
        inner = _towns_before(doc, named)
        self._at: TokenIndex[Place] = TokenIndex(doc, ((p.start, p.end, inner.get(p.start, p)) for p in near))
        self._of_people: TokenIndex[Place] = TokenIndex(doc, ((p.start, p.end, p) for p in places if p.demonym))

    def is_landmark(self, place: Place) -> bool:
        """Whether the place only helps to find another one that is far from it: "90 km north of X"."""
        span = self.doc.char_span(place.start, place.end, alignment_mode="expand")
        if span is None:
            return False
        back = range(span.start - 1, max(1, span.start - 5), -1)
        doc, compass = self.doc, self.cues.compass
        of = next((i for i in back if doc[i].lower_ == "of" and doc[i - 1].lower_ in compass), None)
        if of is None:
            return False
        before = self.doc[max(0, of - 10) : of - 1]
        unit = next((t for t in before if t.lower_ in self.cues.unit), None)
        number = self.doc[unit.i - 1] if unit is not None and unit.i else None
        digits = number.text.replace(",", "") if number is not None else ""
        return digits.isdecimal() and int(digits) > FAR_KM

    def preps(self, token: Token, words: frozenset[str]) -> list[Token]:
        """Prepositions of a set below a token, chained ones ("from near X") and those behind a distance included."""
        found = []
        for child in token.children:
            if child.dep_ in ("prep", "advmod", "npadvmod", "prt", "agent", "dative") and child.lower_ in words:
                found.append(child)
            elif child.dep_ == "prep" and child.lower_ not in self.cues.at | self.cues.source | self.cues.goal:
                continue
        return found

    def objects(self, prep: Token) -> Iterator[Token]:
        """What a preposition rules: "in X and Y", "from near X"."""
        for child in prep.children:
            if child.dep_ in ("pobj", "pcomp"):
                yield from syntax.conjuncts(child)
            elif child.dep_ == "prep":
                yield from self.objects(child)

    def in_phrase(self, prep: Token) -> list[Place]:
        """Places named by the object of a preposition: "in Sarn", "in the Sarn district", "with men camped in Sarn".

        "Fighting between the Gao and Kidal rebels" is between parties.
        """
        found = []
        heads = list(self.objects(prep))
        sides = [h for h in heads if not self.head_place(h) and not self._is_stretch(h)]
        if prep.lower_ == "between" and sides:
            return []
        for head in heads:
            found += self.head_place(head) or self.in_modifiers(head, whole=True) or self.of_relative(head)
            found += self.examples(head) if not found else []
        return found

    def entered(self, preposition: Token, events: frozenset[str]) -> list[Place]:
        """Places that are what a verb goes into, or that hold it: "fired into the port of X", "swept into X".

        Not "opened an inquiry into a fire in X": one of the ``events`` is nothing to go into.
        """
        into = [o for o in self.objects(preposition) if o.lemma_.lower() not in events]
        return [p for o in into for p in self.head_place(o) or self.in_modifiers(o, whole=True)]

    def fronted(self, verb: Token) -> list[Place]:
        """A phrase of place before the subject of a verb of saying: "In Basra, police said"."""
        first = syntax.own_subject(verb)
        return [
            p
            for prep in self.preps(verb, self.cues.at)
            if first is not None and prep.i < first.i and not self.is_paper(prep)
            for p in self.in_phrase(prep)
        ]

    def is_paper(self, prep: Token) -> bool:
        """Whether a phrase says in which words something is told: "in a statement issued in Beirut"."""
        return any(o.lemma_.lower() in self.cues.paper for o in self.objects(prep))

    def is_bearing(self, preposition: Token) -> bool:
        """Whether it stands behind a point of the compass: "hit a van carrying guards *north of* Sarn"."""
        before = preposition.head
        return preposition.lower_ in OF and before.i == preposition.i - 1 and before.lower_ in self.cues.compass

    def is_apart(self, preposition: Token) -> bool:
        """Whether a distance stands in front of "from": "killed five 40 km from X"."""
        before = self.doc[preposition.i - 1] if preposition.i else preposition
        return before.lower_ in self.cues.unit

    def acted_on(self, verb: Token) -> list[Place]:
        """Places that the verb acts on, or that hold what it acts on: "seized the town of X"."""
        return [p for o in syntax.objects(verb) for p in (self.head_place(o) or self.in_modifiers(o, whole=True))]

    def is_of_source(self, preposition: Token) -> bool:
        """Whether a phrase says where somebody tells it: "according to a nurse in X", not "to police in X"."""
        led = next((t for t in preposition.ancestors if t.lower_ == "according"), None)
        at_home = self.cues.seat | self.cues.dweller
        return led is not None and preposition.head.lower_ not in at_home

    def owners(self, event: Token) -> Iterator[tuple[Token, Place]]:
        """The places in front of an event noun, with their words: "the Kabul bombing", not "the Oslo accords"."""
        if event.lemma_.lower() not in self.cues.called:
            for child in syntax.children(event, "compound", "poss", "nmod"):
                found = self.head_place(child) if child.dep_ == "poss" else self.named(child)
                yield from ((child, place) for place in found)

    def examples(self, head: Token) -> list[Place]:
        """Places given as instances of what a noun means: "in other regions such as Kidal"."""
        if not self._is_stretch(head):
            return []
        such = [p for p in syntax.children(head, "prep") if p.lower_ in ("as", "including", "like")]
        return [p for prep in such for o in self.objects(prep) for p in self.head_place(o)]

    def _is_stretch(self, noun: Token) -> bool:
        cues = self.cues
        return noun.lower_ in cues.section | cues.town | cues.part | cues.piece

    def all_over(self, event: Token) -> list[Place]:
        """The whole country: "attacks were reported nationwide", "launched a nationwide offensive"."""
        words = [c for t in (event, *syntax.objects(event)) for c in t.children if c.lower_ in self.cues.nation]
        words = [w for w in words if w.dep_ in ("advmod", "npadvmod") or w.head.i == event.i]
        return [p for w in words[:1] if (p := self.described.whole_country(w)) is not None]

    def seats(self, verb: Token) -> list[Place]:
        """The town of a court or a police that holds or tries somebody: "a X court sentenced two men"."""
        subject = syntax.own_subject(verb)
        if subject is None or subject.lower_ not in self.cues.seat:
            return []
        owners = syntax.children(subject, "compound", "nmod", "amod")
        return [p for owner in owners for p in self.named(owner) if p.kind in ("city", "admin1")]

    def ruled(self, verb: Token) -> list[Place]:
        """The state over which power changes hands: "Burundi's army seized power"."""
        if not any(o.lower_ in self.cues.power for o in syntax.objects(verb)):
            return []
        subject = syntax.own_subject(verb)
        owners = syntax.children(subject, "poss") if subject is not None else []
        return [p for owner in owners for p in self.named(owner)]

    def meant(self, pronoun: Token) -> list[Place]:
        """The place that "it" means: the subject of the clause before ("The town is calm since it was recaptured")."""
        if pronoun.lower_ != "it":
            return []
        verb = pronoun.head
        around = verb.head if verb.dep_ in ("advcl", "conj", "relcl", "ccomp") else None
        subject = syntax.own_subject(around) if around is not None else None
        return self.head_place(subject) if subject is not None and subject.i < pronoun.i else []

    def out_of(self, trigger: Token) -> list[Token]:
        """The "of" of "pulled its troops out of X", wherever the parse hangs it."""
        return [
            t for t in trigger.subtree if t.lower_ == "of" and t.i > trigger.i and self.doc[t.i - 1].lower_ == "out"
        ]

    def of_relative(self, head: Token) -> list[Place]:
        """Places that a relative clause gives: "near troops who were camped in X"."""
        clauses = syntax.children(head, "relcl")
        return [p for c in clauses for prep in self.preps(c, self.cues.at) for p in self.in_phrase(prep)]

    def named(self, token: Token) -> list[Place]:
        """The place that a word is the name of."""
        place = self._at.get(token)
        return [place] if place is not None else []

    def head_place(self, token: Token) -> list[Place]:
        """The place that a noun names or points back to."""
        place = self._at.get(token) or self.described.of(token)
        return [place] if place is not None else []

    def in_modifiers(self, head: Token, *, whole: bool) -> list[Place]:
        """Places in the modifiers of a noun ("a market in X"); with ``whole``, in "X's port" too."""
        called: list[Place] = []
        around: list[Place] = []
        before: list[Place] = []
        owners: list[Place] = []
        cues = self.cues
        for child in self._narrowing(head):
            if child.dep_ == "prep" and child.lower_ == "of" and whole and head.ent_type_ != "PERSON":
                named = self.in_phrase(child)
                held = [p for p in named if self.holds(head, p)]
                called += held or [p for o in self.objects(child) for p in self.in_modifiers(o, whole=False)]
            elif child.dep_ == "prep" and child.lower_ in self._holding(head):
                around += self.in_phrase(child)
            elif child.dep_ == "appos" and whole:
                called += self.head_place(child) or self.in_modifiers(child, whole=True)
            elif child.dep_ == "poss" and whole and not self.is_common(head):
                # "Havana's Palace of Justice" is in Havana; "Cuba's Palace of Justice" may be anywhere.
                owners += [p for p in self.named(child) if p.kind == "city"]
            elif child.dep_ in ("compound", "poss", "nmod", "amod") and whole and self.is_common(head):
                named = [p for p in self.named(child) if child.ent_type_ != "NORP" or self._is_area(child, p)]
                own = [p for p in named if p.kind != "country" or head.lower_ in self.cues.part | self.cues.section]
                own += self.of_waters(child, head)
                (owners if child.dep_ == "poss" else before).extend(own)
            elif child.dep_ == "advmod" and child.lower_ in self.cues.there:
                around += [p for p in (self.described.last(child.idx),) if p is not None]
            elif child.dep_ in ("advmod", "npadvmod") and child.lower_ in self.cues.at:
                around += [p for prep in self.preps(child, OF) for p in self.in_phrase(prep)]
            elif child.dep_ == "acl" and child.tag_ in ("VBN", "VBG") and child.lemma_.lower() not in cues.elsewhere:
                around += [p for prep in self.preps(child, self.cues.at) for p in self.in_phrase(prep)]
                if child.lemma_.lower() in self.cues.move:
                    around += [p for o in syntax.objects(child) for p in self.in_modifiers(o, whole=False)]
                if child.lemma_ in self.cues.naming:
                    called += [p for c in syntax.children(child, "oprd", "attr", "dobj") for p in self.named(c)]
        word = head.lower_
        if before and word in self.cues.section | self.cues.town:
            return called if _is_smaller(called, before, of_town=word in self.cues.town) else before
        return (called if word in self.cues.town else []) or called + around + before or owners

    def _narrowing(self, head: Token) -> list[Token]:
        """What stands with a noun and may say where it is; not of "the former governor of X" and "the X treaty"."""
        if any(c.lower_ in self.cues.former for c in head.children):
            return []
        if head.lemma_.lower() in self.cues.paper:  # "a statement read in X"
            return [c for c in head.children if c.dep_ != "acl"]
        named = head.lemma_.lower() in self.cues.called
        return [c for c in head.children if not (named and c.dep_ in ("compound", "nmod", "poss", "amod"))]

    def _is_area(self, word: Token, place: Place) -> bool:
        """Whether what was read as a people is a place all the same: "in the Belgorod region", not "a Jewish town"."""
        return place.kind in ("city", "region") or (place.kind == "admin1" and word.pos_ == "PROPN")

    def _holding(self, head: Token) -> frozenset[str]:
        """Prepositions behind a noun that say where it is: "a mill in Sarn"; for a way also "the road to Sarn"."""
        ways = self.cues.source | self.cues.goal
        return self.cues.at | ways if head.lower_ in self.cues.way else self.cues.at

    def of_waters(self, people: Token, head: Token) -> list[Place]:
        """The country whose people's name stands before a part of it: "in Omani waters", "two Syrian villages"."""
        cues = self.cues
        named = any(c.dep_ == "prep" and c.lower_ == "of" for c in head.children)  # "the Sudanese region of Darfur"
        part = (
            head.lower_ in cues.part
            or (head.lower_ in cues.soil and not named)
            or (head.lower_ in cues.town and head.tag_ == "NNS")
        )
        place = self._of_people.get(people) if part else None
        return [msgspec.structs.replace(place, demonym=False)] if place is not None else []

    def holds(self, head: Token, place: Place) -> bool:
        """Whether "of" says where something is: "the north of X"; not "supporters of X", "the Summit of the X"."""
        cues = self.cues
        if head.lower_ in cues.part | cues.section | cues.town | cues.back | cues.piece:
            return True
        return place.kind != "country" and not (head.pos_ == "PROPN" and place.kind == "region")

    def is_common(self, head: Token) -> bool:
        """Whether a noun is no name of its own, or a name's word for a kind of place ("X Governorate")."""
        return head.pos_ != "PROPN" or head.lower_ in self.cues.section | self.cues.town


def _towns_before(doc: Doc, named: Sequence[Place]) -> dict[int, Place]:
    """For "X, Y" the town X by where Y begins, its country or province: both say where the same thing happened."""
    wide = ("country", "admin1")
    return {
        around.start: town
        for town, around in pairwise(named)
        if around.kind in wide
        and town.kind not in wide
        and town.country == around.country
        and doc.text[town.end : around.start].strip() == ","
    }


def _is_smaller(called: Sequence[Place], before: Sequence[Place], *, of_town: bool) -> bool:
    """Whether the Y of "the X suburb of Y" is the smaller of the two, and not the X as in "the X district of Y"."""
    if not called or before[0].kind is None:
        return False
    return called[0].kind is None or (of_town and called[0].kind not in ("country", "admin1"))
