"""What the words around a name show: that it names a place, a person or a body, and a place of which kind."""

from __future__ import annotations

import re

from reportedly.parse import syntax
from reportedly.parse.parsed import Doc, Token
from reportedly.places.folding import fold
from reportedly.places.gazetteer import KNOWN_TOWN, Gazetteer, GazetteerRecord, NameKind
from reportedly.places.place_words import PlaceWords

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
# Countries, continents and first-level subdivisions are understood without a word that says so.
KNOWN_RANK = 6
# The party and state of a politician: "D-Maine".
PARTY = re.compile(r"[A-Z]-[A-Z]")
KNOWN_PEOPLE = 300_000
# A lone name that the recogniser takes for a person's is a town that is struck only if it has so many inhabitants, in
# countries where towns go by the names of persons ("attacked Clinton").
STRUCK_PEOPLE = 100_000
NAMESAKES = frozenset({"USA", "CAN", "AUS", "NZL", "GBR"})


def _is_town(record: GazetteerRecord, people: int) -> bool:
    """Whether a reading is known by the name itself and is of some size."""
    return record.name_kind <= NameKind.OTHER and (record.rank >= KNOWN_RANK or record.population >= people)


def fits(record: GazetteerRecord, hint: str) -> bool:
    """Whether a reading is of the kind that a word beside the name asks for."""
    if hint == "region":
        return record.kind in ("region", "admin1")
    if hint == "country":
        return record.kind in ("country", "admin1")
    return record.kind == hint


class Surroundings:
    """What one dispatch shows about its names; ``taken`` are the tokens that are part of a place already."""

    def __init__(
        self, doc: Doc, gazetteer: Gazetteer, words: PlaceWords, bodies: frozenset[str], taken: set[int]
    ) -> None:
        self.doc = doc
        self.gazetteer = gazetteer
        self.words = words
        self.bodies = bodies
        self.taken = taken

    def is_direction(self, start: int, end: int) -> bool:
        """Whether the span is a bare point of the compass: "the West"."""
        return all(t.lower_ in self.words.direction or t.is_punct for t in self.doc.tokens[start:end])

    def is_country(self, start: int, end: int, records: tuple[GazetteerRecord, ...]) -> bool:
        """Whether a whole name is that of a country that no person bears beside it ("Niger denied", "out of Mali")."""
        doc = self.doc
        joined = (start and doc[start - 1].pos_ == "PROPN") or (end < len(doc) and doc[end].pos_ == "PROPN")
        return not joined and any(r.kind == "country" and r.name_kind <= NameKind.OTHER for r in records)

    def is_struck(self, start: int, end: int, records: tuple[GazetteerRecord, ...], label: str) -> bool:
        """Whether a town is what a verb of force acts on: "shelled X", "X was overrun", "hit X and Y"."""
        head = syntax.first_conjunct(self.doc[start:end].root)
        of = head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.pos_ == "NOUN"
        deed = head.head.head if of else head.head if head.dep_ in ("dobj", "nsubjpass") else None
        if deed is None or deed.lemma_.lower() not in self.words.struck:
            return False
        alone = label == "PERSON" and end - start == 1
        return any(_is_town(r, STRUCK_PEOPLE if alone and r.country in NAMESAKES else KNOWN_TOWN) for r in records)

    def type_behind(self, start: int, end: int) -> bool:
        """Whether the last word of a name is a kind of place: "Helmand Province"."""
        return end - start > 1 and self.doc[end - 1].lower_ in self.words.types

    def is_abbreviation(self, start: int, end: int, records: tuple[GazetteerRecord, ...]) -> bool:
        """Whether a name is two or three capitals that no country or continent is known by."""
        text = self.doc[start:end].text
        return len(text) < 4 and text.isupper() and not any(r.rank > 7 for r in records)

    def beside_name(self, start: int, end: int) -> bool:
        """Whether the name goes on to either side, as part of a longer one: "Sarn" in "Ann Sarn" or "Sarn Brothers"."""
        doc = self.doc
        before = doc[start - 1] if start else None
        after = doc[end] if end < len(doc) else None
        if before is not None and before.pos_ == "PROPN" and before.i not in self.taken and before.text[0].isupper():
            return True
        return (
            after is not None
            and after.pos_ == "PROPN"
            and after.text[0].isupper()
            and after.lower_ not in self.words.types
            and after.i not in self.taken
        )

    def is_person(self, start: int, end: int, persons: frozenset[str]) -> bool:
        """Whether a title stands before the name ("Mr. Sarn"), or a lone name ends that of somebody named in full."""
        before = self.doc[start - 1] if start else None
        if before is not None and before.lower_ in self.words.title:
            return True
        return end - start == 1 and self.doc[start].lower_ in persons

    def is_somebody(self, start: int, end: int) -> bool:
        """Whether a name that the gazetteer lacks is a person's or a force's: "X Y, who was", "D-Ohio", "X Army"."""
        doc, first, last = self.doc, self.doc[start], self.doc[end - 1]
        if end - start == 1:
            return bool(PARTY.match(last.text))
        who = end < len(doc) and doc[end].text == "," and end + 1 < len(doc) and doc[end + 1].tag_ in ("WP", "WP$")
        force = last.lower_ in self.words.ordinary and last.lower_ not in self.words.types
        return who or force or first.lower_ in self.words.given

    def is_placed(self, start: int, end: int) -> bool:
        """Whether the words around show a place: "in Sarn", "Sarn province", "the town of Sarn", "Sarn-based"."""
        doc = self.doc
        article = start > 0 and doc[start - 1].lower_ == "the"
        if article and any(r.kind == "water" for r in self.places(doc[start:end].text)):
            return True
        root = doc[start:end].root
        if (root.dep_ == "conj" and root.head.i in self.taken) or self._owns_site(root) or self._is_followed(end):
            return True
        led = self._is_led(start)
        return self.is_held(end) if led is None else led

    def _is_followed(self, end: int) -> bool:
        """Whether the word behind a name shows a place: "Sarn province", "Sarn residents", "Sarn-based"."""
        doc, words = self.doc, self.words
        after = doc[end].lower_ if end < len(doc) else ""
        if after in words.local or (after in words.types and doc[end].pos_ != "VERB"):
            return True
        return after == "-" and end + 1 < len(doc) and doc[end + 1].lower_ in words.seated

    def _is_led(self, start: int) -> bool | None:
        """Whether the words before a name show a place: "in Sarn", "the town of Sarn"; None where they say nothing."""
        doc, words = self.doc, self.words
        before = start - 1
        while before >= 0 and (doc[before].lower_ in words.direction or doc[before].lower_ == "the"):
            before -= 1
        if before < 0:
            return None
        previous = doc[before]
        if previous.lower_ in words.locative and previous.pos_ in ("ADP", "SCONJ", "PART"):
            return previous.lower_ not in ("to", "from", "through") or self.goes_to_place(previous)
        of_type = previous.lower_ == "of" and before > 0 and doc[before - 1].lower_ in (*words.types, "out")
        return True if of_type or (previous.lower_ in words.types and previous.pos_ == "NOUN") else None

    def _owns_site(self, name: Token) -> bool:
        """Whether a name is the owner of what only a town has: "X's airport", "X's main square"."""
        owned = name.head if name.dep_ == "poss" else None
        return owned is not None and owned.pos_ == "NOUN" and self.words.types.get(owned.lower_) in ("facility", "city")

    def goes_to_place(self, preposition: Token) -> bool:
        """Whether "to" or "from" tells of a way or an origin: "flew to Sarn", "a letter from Sarn", not "lied to"."""
        return preposition.head.lemma_ in self.words.move or preposition.head.pos_ in ("NOUN", "PROPN")

    def is_held(self, end: int) -> bool:
        """Whether a comma and the name of a country or subdivision follow ("Salem, Ore.")."""
        doc = self.doc
        if end + 1 >= len(doc) or doc[end].text != "," or not doc[end + 1].text[0].isupper():
            return False
        for stop in (end + 3, end + 2):
            records = self.gazetteer.find(doc[end + 1 : stop].text) if stop <= len(doc) else ()
            if any(r.kind in ("country", "admin1") and r.name_kind is not NameKind.DEMONYM for r in records):
                return True
        return False

    def places(self, name: str) -> tuple[GazetteerRecord, ...]:
        """Readings of a name as a place, not as its people."""
        return tuple(r for r in self.gazetteer.find(name) if r.name_kind <= NameKind.OTHER)

    def is_known(self, records: tuple[GazetteerRecord, ...]) -> bool:
        """Whether a name is understood without a word that says that it is a place; local ones of provinces are not."""
        return any(
            (r.rank >= KNOWN_RANK or r.population > KNOWN_PEOPLE)
            and (r.name_kind is NameKind.MAIN or (r.name_kind is NameKind.OTHER and r.kind != "admin1"))
            for r in records
        )

    def is_settled(self, start: int, end: int) -> bool:
        """Whether people live there: "X village", "X, a small town in", "residents of X"."""
        if not self._is_lived_in(start, end):
            return False
        name = self.doc[start:end]
        peoples = any(r.name_kind is NameKind.DEMONYM for r in self.gazetteer.find(name.text))
        return not (peoples or name[0].ent_type_ == "NORP" or fold(name.text) in self.bodies)

    def _is_lived_in(self, start: int, end: int) -> bool:
        """Whether a word beside a name says that people live there: "X village", "residents of X"."""
        doc = self.doc
        if end < len(doc) and doc[end].lower_ in self.words.settlement and doc[end].pos_ == "NOUN":
            return True
        if start > 1 and doc[start - 1].lower_ == "of" and doc[start - 2].lower_ in self.words.dweller:
            return True
        if end + 2 >= len(doc) or doc[end].text != "," or doc[end + 1].lower_ not in ("a", "the"):
            return False
        noun = next((t for t in doc[end + 2 : end + 6] if t.pos_ == "NOUN"), None)
        if noun is None or noun.lower_ not in self.words.settlement or noun.dep_ != "appos":
            return False
        return noun.i + 1 < len(doc) and doc[noun.i + 1].pos_ in ("ADP", "ADV", "NUM")

    def is_site(self, start: int, end: int) -> bool:
        """Whether a word for a thing that stands somewhere goes by the name: "near the X oil terminal"."""
        doc = self.doc
        noun = next((t for t in doc.tokens[end : end + 3] if t.lower_ in self.words.site), None)
        if noun is None or noun.pos_ != "NOUN" or not start:
            return False
        if doc[start - 1].lower_ != "the" and doc[start - 1] != noun.head:
            return False
        between = doc[end : noun.i]
        named = doc[start:end].text
        known = fold(named) in self.bodies or any(r.name_kind is NameKind.DEMONYM for r in self.gazetteer.find(named))
        if known or doc[start].ent_type_ == "NORP" or noun.dep_ != "pobj":
            return False
        return noun.head.lower_ in self.words.locative and all(t.pos_ in ("NOUN", "ADJ") for t in between)

    def is_around(self, start: int, end: int) -> bool:
        """Whether "area" goes by a name in a phrase of place: "in the X area"."""
        doc = self.doc
        before, noun = (doc[start - 2], doc[end]) if start > 1 and end < len(doc) else (None, None)
        if before is None or noun is None or noun.lower_ not in self.words.around or noun.dep_ != "pobj":
            return False
        if any(c.dep_ == "prep" for c in noun.children):
            return False  # "in the X area of Y" is in Y
        named = doc[start - 1].lower_ == "the" and before.lower_ in self.words.locative
        plain = doc[start].pos_ == "PROPN" and not doc[start].text.isupper()
        return named and plain and doc[start].ent_type_ not in ("NORP", "PERSON")

    def is_type(self, i: int) -> bool:
        """Whether a word is one for a kind of place that has a name: "the village of X", not "the country of X"."""
        token = self.doc[i]
        lemma = token.lemma_.lower()
        names = {token.lower_, lemma, f"{self.doc[i - 1].lower_} {lemma}" if i else ""}  # "the border post of X"
        return token.pos_ == "NOUN" and not names.isdisjoint(self.words.types) and lemma not in self.words.land

    def is_other_name(self, start: int, end: int) -> bool:
        """Whether a paper, somebody else or a disease is called by the words: "the Sarn Herald"."""
        return self.in_masthead(end) or self.is_part_of_name(start, end) or self.is_disease(start, end)

    def in_masthead(self, end: int) -> bool:
        """Whether the name goes on as that of a paper: "the Washington Post", "the Jerusalem Post"."""
        following = self.doc[end] if end < len(self.doc) else None
        return following is not None and following.text.istitle() and following.lower_ in self.words.masthead

    def is_disease(self, start: int, end: int) -> bool:
        """Whether a disease goes by the name: "Marburg fever", "cases of Marburg", no "in the case of Iran"."""
        following = self.doc[end].lower_ if end < len(self.doc) else ""
        if following in self.words.illness:
            return True
        if start < 2 or self.doc[start - 1].lower_ != "of" or self.doc[start - 2].lower_ not in self.words.sickness:
            return False
        return start < 3 or self.doc[start - 3].lower_ != "the" or self.doc[start - 2].tag_ == "NNS"

    def with_type(self, end: int) -> int:
        """The end of a name with the word for its kind that is written as part of it ("Homs Governorate")."""
        if end < len(self.doc) and end not in self.taken:
            after = self.doc[end]
            kind = self.words.types.get(after.lower_)
            if (
                kind == "admin1"
                and after.lower_ not in self.words.land
                and after.pos_ == "PROPN"
                and after.text[0].isupper()
            ):
                return end + 1
        return end

    def is_ordinary(self, start: int, end: int) -> bool:
        """Whether the name is a plain word that names a place only beside a word for its kind ("Central province")."""
        return end - start == 1 and self.doc[start].lower_ in self.words.ordinary

    def is_inside_longer(self, start: int, end: int) -> bool:
        """Whether a name stands in the middle of that of a building: "the Jose Cordoba Airport" is not in Cordoba."""
        doc = self.doc
        before = doc[start - 1] if start else None
        if before is None or before.pos_ != "PROPN" or before.i in self.taken or not before.text[0].isupper():
            return False
        if before.lower_ in self.words.direction | self.words.title | self.words.types.keys():
            return False
        for word in doc[end : end + 3]:
            if word.lower_ in self.words.types:
                return self.words.types[word.lower_] == "facility"
            if word.pos_ not in ("PROPN", "ADJ"):
                return False
        return False

    def is_part_of_name(self, start: int, end: int) -> bool:
        """Whether it is part of a name that as a whole is no place: "the Orlando de Vera faction", "Plan del Pito"."""
        doc = self.doc
        if start > 1 and self._is_particle(start - 1) and not self.is_known(self.places(doc[start:end].text)):
            return not any(self.places(doc[first:end].text) for first in range(max(0, start - 4), start - 1))
        if end + 1 >= len(doc) or not self._is_particle(end):
            return False
        return not any(self.places(doc[start:last].text) for last in range(end + 2, min(end + 5, len(doc)) + 1))

    def _is_particle(self, i: int) -> bool:
        return self.doc[i].lower_ in self.words.particle and self.doc[i].text[0].islower()

    def is_water(self, start: int, records: tuple[GazetteerRecord, ...]) -> bool:
        """Whether a capitalised word behind "the" goes by itself for a sea ("in the Gulf")."""
        the = start > 0 and self.doc[start - 1].lower_ == "the"
        return the and any(r.kind == "water" and r.name_kind <= NameKind.OTHER for r in records)

    def behind_town(self, start: int) -> bool:
        """Whether a comma stands before the name, as behind a town: "Salem, Ore."."""
        return start > 1 and self.doc[start - 1].text == ","

    def reads_as_people(self, token: Token, records: tuple[GazetteerRecord, ...], label: str) -> bool:
        """Whether a name stands for a people: it has no other reading, or is used as an adjective ("Danish troops")."""
        kinds = {r.name_kind is NameKind.DEMONYM for r in records}
        if kinds == {True, False}:
            strong = any(r.rank >= KNOWN_RANK and r.name_kind <= NameKind.OTHER for r in records)
            return not strong or ((label == "NORP" or token.pos_ == "ADJ") and label not in PLACE_LABELS)
        return kinds == {True}

    def hint(self, start: int, end: int) -> str | None:
        """The kind of place that a word beside the name asks for: "city" in "the city of Sarn", "Sarn city"."""
        doc, types = self.doc, self.words.types
        if start > 1 and doc[start - 1].lower_ == "of" and doc[start - 2].lemma_.lower() in types:
            return types[doc[start - 2].lemma_.lower()]
        if end < len(doc) and doc[end].lower_ in types and doc[end].pos_ in ("NOUN", "PROPN"):
            return types[doc[end].lower_]
        if end - start > 1 and doc[end - 1].lower_ in types:
            return types[doc[end - 1].lower_]
        if start and doc[start - 1].lower_ in types and doc[start - 1].pos_ == "NOUN":
            return types[doc[start - 1].lower_]
        return None
