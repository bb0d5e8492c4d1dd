"""Which spans of a dispatch name a place.

The entity recogniser proposes, the gazetteer and the words around decide: a name in the gazetteer behind a locative
preposition, beside a word for a kind of place ("the province of X") or before the name of what holds it ("X, Ohio") is
a place whatever the recogniser took it for.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import msgspec

from reportedly.knowledge.load import Knowledge
from reportedly.parse import syntax
from reportedly.parse.parsed import Doc, Token
from reportedly.places.folding import fold
from reportedly.places.gazetteer import KNOWN_TOWN, Gazetteer, NameKind, Record

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
MOST_WORDS = 5
# So many words more than the recogniser took may belong to a name.
LONGER = 3
# Countries, continents and first-level subdivisions are understood without a word that says so.
KNOWN_RANK = 6
KNOWN_PEOPLE = 300_000
# A lone name that the recogniser takes for a person's is a town that is struck only if it has so many inhabitants, in
# countries where towns go by the names of persons ("attacked Clinton").
STRUCK_PEOPLE = 100_000
NAMESAKES = frozenset({"USA", "CAN", "AUS", "NZL", "GBR"})
_INSIDE = frozenset(
    {"of", "and", "de", "del", "du", "la", "el", "al", "the", "ez", "es", "i", "e", "-", "'s", "’s", "'", "&"}
)
_QUOTES = " \n\t\"“”‘’'`.,;:()[]-–—"


class Mention(msgspec.Struct, frozen=True):
    """A span that names a place, with the readings that the gazetteer offers.

    ``label`` is what the recogniser took it for, ``hint`` the kind of place that a word beside it asks for.
    """

    start: int
    end: int
    text: str
    key: str
    records: tuple[Record, ...]
    demonym: bool = False
    label: str = ""
    hint: str | None = None
    dateline: bool = False


class Words(msgspec.Struct, frozen=True):
    """The table of words around places."""

    types: dict[str, str]
    locative: frozenset[str]
    direction: frozenset[str]
    title: frozenset[str]
    move: frozenset[str]
    narrow: frozenset[str]
    ordinary: frozenset[str]
    settlement: frozenset[str]
    struck: frozenset[str]
    site: frozenset[str]
    masthead: frozenset[str]


@lru_cache(maxsize=4)
def load_words(knowledge: Knowledge) -> Words:
    """The words that show a place, see ``place_words.tsv``."""
    roles: dict[str, dict[str, str]] = {
        "type": {},
        "locative": {},
        "direction": {},
        "title": {},
        "move": {},
        "narrow": {},
        "ordinary": {},
        "settlement": {},
        "struck": {},
        "site": {},
    }
    for row in knowledge.rows("place_words"):
        roles[row["role"]][row["word"]] = row["kind"]
    mastheads = frozenset(row["word"] for row in knowledge.rows("source_kinds") if row["kind"] == "masthead")
    plain = {role: frozenset(words) for role, words in roles.items() if role != "type"}
    return Words(types=roles["type"], masthead=mastheads, **plain)


@lru_cache(maxsize=4)
def load_bodies(knowledge: Knowledge) -> frozenset[str]:
    """Folded names of the bodies that newspapers name without saying what they are (*Taliban*)."""
    rows = [row for row in knowledge.rows("bodies") if row["kind"] != "country"]
    return frozenset(fold(n) for row in rows for n in (row["name"], *filter(None, row["aliases"].split("|"))))


class Finder:
    """Finds the mentions of one dispatch."""

    def __init__(self, doc: Doc, gazetteer: Gazetteer, words: Words, bodies: frozenset[str] = frozenset()) -> None:
        self.doc = doc
        self.gazetteer = gazetteer
        self.words = words
        self.bodies = bodies
        self.taken: set[int] = set()
        self.found: list[Mention] = []
        self.keys: set[str] = set()

    def run(self) -> list[Mention]:
        """All mentions, in text order."""
        persons = self._surnames()
        for ent in self.doc.ents:
            if ent.label_ in PLACE_LABELS:
                self._entity(ent.start, ent.end, ent.label_, persons)
        for ent in self.doc.ents:
            if ent.label_ == "NORP":
                self._people(ent.start, ent.end)
            elif ent.label_ in ("ORG", "PERSON", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW"):
                self._misled(ent.start, ent.end, ent.label_, persons)
        self.keys = {m.key for m in self.found}
        self._unmarked(persons)
        return sorted(self.found, key=lambda m: m.start)

    def _surnames(self) -> frozenset[str]:
        """Last words of the names of persons of two and more words: alone, they mean the person."""
        return frozenset(
            ent[-1].lower_ if ent[-1].lower_ not in ("'s", "’s") else ent[-2].lower_
            for ent in self.doc.ents
            if ent.label_ == "PERSON" and len(ent) > 1
        )

    def _entity(self, start: int, end: int, label: str, persons: frozenset[str]) -> None:
        """A span that the recogniser calls a place: cut at commas, its article and direction words taken off."""
        for first, stop in self._pieces(start, end):
            s, e = first, self._whole(first, stop)
            records = self.gazetteer.find(self.doc[s:e].text)
            if not records and self.doc[s].lower_ in self.words.direction and e - s > 1:
                s += 1
                records = self.gazetteer.find(self.doc[s:e].text)
            if (
                self.doc[s].lower_ in self.words.title
                or self._is_direction(s, e)
                or not self._is_likely(s, e, label, records, persons)
            ):
                continue
            self._add(s, e, records, label)

    def _whole(self, start: int, end: int) -> int:
        """The end of a name that the recogniser cut short ("Côte" of "Côte d'Ivoire"), where the gazetteer knows it."""
        if self.gazetteer.find(self.doc[start:end].text):
            return end
        last = end
        while last < len(self.doc) and last - end < LONGER and not self.doc[last].is_space:
            last += 1
        longer = (e for e in range(last, end, -1) if self.doc[e - 1].text[-1:].isalpha())
        return next((e for e in longer if self._places(self.doc[start:e].text)), end)

    def _is_direction(self, start: int, end: int) -> bool:
        """Whether the span is a bare point of the compass: "the West"."""
        return all(t.lower_ in self.words.direction or t.is_punct for t in self.doc[start:end])

    def _is_likely(
        self, start: int, end: int, label: str, records: tuple[Record, ...], persons: frozenset[str]
    ) -> bool:
        """Whether what the recogniser calls a place is one: a lone word needs the gazetteer or the words around."""
        if end - start > 1 and not records and self.doc[end - 1].lower_ in persons:
            return self._is_placed(start, end)
        if label != "GPE" or end - start > 1:
            return True
        if self.doc[start].lower_ in persons or not records:
            return self._is_placed(start, end)
        return True

    def _pieces(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The parts of a span between commas and line ends, without article, quotes and possessive."""
        doc = self.doc
        at = start
        for i in range(start, end + 1):
            if i < end and not (doc[i].is_space or doc[i].text in (",", "(", ")", "/", ";")):
                continue
            s, e = at, i
            while s < e and (
                doc[s].lower_ in ("the", "a", "an")
                or doc[s].is_punct
                or (doc[s].text[0].islower() and doc[s].pos_ in ("ADJ", "ADV", "DET", "ADP", "NOUN"))
            ):
                s += 1
            while e > s and (doc[e - 1].is_punct or doc[e - 1].text[0] in "'’-" or doc[e - 1].text[0].islower()):
                e -= 1
            if s < e:
                yield s, e
            at = i + 1

    def _people(self, start: int, end: int) -> None:
        """A span that the recogniser calls a people: the adjective of a country, or a place after all."""
        for s, stop in self._pieces(start, end):
            longer = (
                stop < len(self.doc) and self.doc[stop].text[0].isupper() and self._places(self.doc[s : stop + 1].text)
            )
            e = stop + 1 if longer else stop
            records = self.gazetteer.find(self.doc[s:e].text)
            people = any(r.name_kind is NameKind.DEMONYM for r in records)
            if people or (records and (self._is_known(records) or self._is_placed(s, e))):
                self._add(s, e, records, "NORP")

    def _misled(self, start: int, end: int, label: str, persons: frozenset[str]) -> None:
        """A span that the recogniser calls something else and that the words around show to be a place."""
        for s, e in self._apart(start, end):
            if any(i in self.taken for i in range(s, e)):
                continue
            if self._type_behind(s, e):
                self._typed_name(s, e, label)
                continue
            records = self._places(self.doc[s:e].text)
            if not records or self._is_person(s, e, persons) or self._is_direction(s, e):
                continue
            if self._is_abbreviation(s, e, records):
                continue
            known = self._is_known(records) and (label != "PERSON" or self._is_country(s, e, records))
            if known or self._is_placed(s, e) or self._is_struck(s, e, records, label):
                self._add(s, e, records, label)

    def _apart(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The parts of a span, and those on both sides of an "and" that is part of no name."""
        for s, e in self._pieces(start, end):
            joint = next((i for i in range(s + 1, e - 1) if self.doc[i].dep_ == "cc"), None)
            if joint is None or self._places(self.doc[s:e].text):
                yield s, e
            else:
                yield from ((s, joint), (joint + 1, e))

    def _is_country(self, start: int, end: int, records: tuple[Record, ...]) -> bool:
        """Whether a whole name is that of a country that no person bears beside it ("Niger denied", "out of Mali")."""
        doc = self.doc
        joined = (start and doc[start - 1].pos_ == "PROPN") or (end < len(doc) and doc[end].pos_ == "PROPN")
        return not joined and any(r.kind == "country" and r.name_kind <= NameKind.OTHER for r in records)

    def _is_struck(self, start: int, end: int, records: tuple[Record, ...], label: str) -> bool:
        """Whether a town is what a verb of force acts on: "shelled X", "X was overrun", "hit X and Y"."""
        head = syntax.first_conjunct(self.doc[start:end].root)
        of = head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.pos_ == "NOUN"
        deed = head.head.head if of else head.head if head.dep_ in ("dobj", "nsubjpass") else None
        if deed is None or deed.lemma_.lower() not in self.words.struck:
            return False
        alone = label == "PERSON" and end - start == 1
        return any(_is_town(r, STRUCK_PEOPLE if alone and r.country in NAMESAKES else KNOWN_TOWN) for r in records)

    def _typed_name(self, start: int, end: int, label: str) -> None:
        """A name whose last word is a kind of place ("Helmand Province")."""
        whole = self._places(self.doc[start:end].text)
        bare = self._places(self.doc[start : end - 1].text)
        if whole or bare:
            self._add(start, end, whole or bare, label)

    def _type_behind(self, start: int, end: int) -> bool:
        return end - start > 1 and self.doc[end - 1].lower_ in self.words.types

    def _unmarked(self, persons: frozenset[str]) -> None:
        """Capitalised names outside of all entities: the longest that the gazetteer knows."""
        doc = self.doc
        i = 0
        while i < len(doc):
            token = doc[i]
            if i in self.taken or token.lower_ == "the" or (not token.text[0].isupper() and not self._al(i)):
                i += 1
                continue
            i = self._longest(i, persons)

    def _al(self, i: int) -> bool:
        return self.doc[i].lower_ in ("al", "el") and i + 1 < len(self.doc) and self.doc[i + 1].text == "-"

    def _longest(self, start: int, persons: frozenset[str]) -> int:
        """Takes the longest acceptable name from here on; gives where to go on."""
        doc = self.doc
        limit = start + 1
        while (
            limit < len(doc) and limit - start < MOST_WORDS + 2 and limit not in self.taken and self._continues(limit)
        ):
            limit += 1
        if (end := self._untold(start, persons)) > start:
            return end
        for end in range(limit, start, -1):
            if doc[end - 1].text[0].isupper() is False or end - start > MOST_WORDS:
                continue
            records = self.gazetteer.find(doc[start:end].text)
            if records and self._acceptable(start, end, records, persons):
                self._add(start, end, records, doc[start].ent_type_)
                return end
        return start + 1

    def _continues(self, i: int) -> bool:
        token = self.doc[i]
        return not token.is_space and (token.text[0].isupper() or token.lower_ in _INSIDE)

    def _acceptable(self, start: int, end: int, records: tuple[Record, ...], persons: frozenset[str]) -> bool:
        """Whether a name outside of the recogniser's places is one."""
        doc = self.doc
        token = doc[start]
        inside = token.ent_type_
        demonym = all(r.name_kind is NameKind.DEMONYM for r in records)
        if demonym:
            return inside not in ("PERSON", "WORK_OF_ART") and (token.pos_ in ("ADJ", "PROPN", "NOUN") or inside != "")
        if inside == "PERSON" and self._is_repeated(start, end, persons):
            return True
        if inside in ("PERSON", "WORK_OF_ART", "DATE", "TIME", "LANGUAGE", "PRODUCT", "EVENT", "LAW"):
            return False
        if inside == "ORG":
            if self._is_direction(start, end) or self._is_abbreviation(start, end, records):
                return False
            return self._names_owner(start, end, records)
        if self._is_person(start, end, persons) or not any(r.name_kind <= NameKind.OTHER for r in records):
            return False
        if self._is_direction(start, end) or self._is_abbreviation(start, end, records):
            return False
        if fold(doc[start:end].text) in self.keys and token.pos_ == "PROPN":
            return start == 0 or doc[start - 1].pos_ != "PROPN" or doc[start - 1].i in self.taken
        if self._beside_name(start, end):
            return False
        if self._is_known(records) and all(
            t.pos_ in ("PROPN", "NOUN", "ADJ", "X", "INTJ") or t.lower_ in _INSIDE for t in doc[start:end]
        ):
            return token.pos_ == "PROPN" or end - start > 1 or self._is_placed(start, end)
        placed = self._is_placed(start, end) or self._is_struck(start, end, records, inside)
        return token.pos_ == "PROPN" and placed

    def _is_repeated(self, start: int, end: int, persons: frozenset[str]) -> bool:
        """Whether the name, whole and no surname, was that of a place elsewhere in the dispatch."""
        doc = self.doc
        whole = doc[start].ent_iob_ == "B" and (end == len(doc) or doc[end].ent_iob_ != "I")
        return whole and fold(doc[start:end].text) in self.keys and not self._is_person(start, end, persons)

    def _is_abbreviation(self, start: int, end: int, records: tuple[Record, ...]) -> bool:
        """Whether a name is two or three capitals that no country or continent is known by."""
        text = self.doc[start:end].text
        return len(text) < 4 and text.isupper() and not any(r.rank > 7 for r in records)

    def _names_owner(self, start: int, end: int, records: tuple[Record, ...]) -> bool:
        """Whether a name inside that of a body says where the body is ("Kabul Zoo", "University of Basra")."""
        if not (self._is_known(records) or fold(self.doc[start:end].text) in self.keys):
            return False
        if not any(r.name_kind <= NameKind.OTHER for r in records):
            return False
        first = start == 0 or self.doc[start - 1].ent_type_ != "ORG" or self.doc[start].ent_iob_ == "B"
        return first or self.doc[start - 1].lower_ in ("of", "in", "the", "-")

    def _beside_name(self, start: int, end: int) -> bool:
        """Whether the name goes on to either side: a part of a longer one, of a person or a body."""
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

    def _is_person(self, start: int, end: int, persons: frozenset[str]) -> bool:
        before = self.doc[start - 1] if start else None
        if before is not None and before.lower_ in self.words.title:
            return True
        return end - start == 1 and self.doc[start].lower_ in persons

    def _is_placed(self, start: int, end: int) -> bool:
        """Whether the words around show a place: a preposition, a kind of place, or what holds it."""
        doc, words = self.doc, self.words
        before = start - 1
        while before >= 0 and (doc[before].lower_ in words.direction or doc[before].lower_ == "the"):
            before -= 1
        if (
            start
            and doc[start - 1].lower_ == "the"
            and any(r.kind == "water" for r in self._places(doc[start:end].text))
        ):
            return True
        root = doc[start:end].root
        if root.dep_ == "conj" and root.head.i in self.taken:
            return True
        after = doc[end].lower_ if end < len(doc) else ""
        if after in words.types and doc[end].pos_ != "VERB":
            return True
        if after == "-" and end + 1 < len(doc) and doc[end + 1].lower_ == "based":
            return True
        if before >= 0:
            previous = doc[before]
            if previous.lower_ in words.locative and previous.pos_ in ("ADP", "SCONJ", "PART"):
                return previous.lower_ not in ("to", "from", "off", "through") or self._goes_to_place(previous)
            if previous.lower_ == "of" and before and doc[before - 1].lower_ in words.types:
                return True
            if previous.lower_ in words.types and previous.pos_ == "NOUN":
                return True
        return self._is_held(end)

    def _goes_to_place(self, preposition: Token) -> bool:
        """Whether "to" or "from" stands at a verb of movement or a noun of origin rather than at speech or giving."""
        return preposition.head.lemma_ in self.words.move or preposition.head.pos_ in ("NOUN", "PROPN")

    def _is_held(self, end: int) -> bool:
        """Whether a comma and the name of a country or subdivision follow ("Salem, Ore.")."""
        doc = self.doc
        if end + 1 >= len(doc) or doc[end].text != "," or not doc[end + 1].text[0].isupper():
            return False
        for stop in (end + 3, end + 2):
            records = self.gazetteer.find(doc[end + 1 : stop].text) if stop <= len(doc) else ()
            if any(r.kind in ("country", "admin1") and r.name_kind is not NameKind.DEMONYM for r in records):
                return True
        return False

    def _places(self, name: str) -> tuple[Record, ...]:
        """Readings of a name as a place, not as its people."""
        return tuple(r for r in self.gazetteer.find(name) if r.name_kind <= NameKind.OTHER)

    def _is_known(self, records: tuple[Record, ...]) -> bool:
        """Whether a name is understood without a word that says that it is a place; local ones of provinces are not."""
        return any(
            (r.rank >= KNOWN_RANK or r.population > KNOWN_PEOPLE)
            and (r.name_kind is NameKind.MAIN or (r.name_kind is NameKind.OTHER and r.kind != "admin1"))
            for r in records
        )

    def _untold(self, start: int, persons: frozenset[str]) -> int:
        """Takes a name that the gazetteer lacks where a word for a kind of place stands at it; gives its end."""
        doc, types = self.doc, self.words.types
        end = start
        while end < len(doc) and end - start < MOST_WORDS and end not in self.taken and self._is_name_word(end):
            end += 1
        while end > start and not doc[end - 1].text[0].isupper():
            end -= 1
        if (
            end == start
            or not self._is_name(start, end)
            or self._is_person(start, end, persons)
            or self._is_direction(start, end)
        ):
            return start
        before = doc[start - 1].lower_ if start else ""
        called = start > 1 and before == "of" and self._is_type(start - 2)
        listed = (
            bool(self.found) and self.found[-1].hint is not None and before in ("and", ",") and self._just_found(start)
        )
        followed = end < len(doc) and self._is_type(end) and types.get(doc[end].lower_) in ("city", "admin1", "region")
        located = start > 0 and before in self.words.narrow and doc[start - 1].pos_ == "ADP"
        settled = self._is_settled(start, end) or self._is_site(start, end)
        if not (called or listed or located or settled or (followed and doc[start].ent_type_ != "ORG")):
            return start
        self._add(start, end, self._places(doc[start:end].text) if settled else (), doc[start].ent_type_)
        return end

    def _is_name(self, start: int, end: int) -> bool:
        """Whether capitals are those of a name: by the tagger, or inside a sentence before "village" and the like."""
        token = self.doc[start]
        if token.pos_ == "PROPN":
            return True
        return token.pos_ in ("ADJ", "NOUN") and not token.is_sent_start and self._is_settled(start, end)

    def _is_settled(self, start: int, end: int) -> bool:
        """Whether "village" or the like follows the name, or tells behind a comma what it is ("X, a small town in")."""
        doc = self.doc
        name = doc[start:end]
        peoples = any(r.name_kind is NameKind.DEMONYM for r in self.gazetteer.find(name.text))
        if peoples or name[0].ent_type_ == "NORP" or fold(name.text) in self.bodies:
            return False
        if end < len(doc) and doc[end].lower_ in self.words.settlement and doc[end].pos_ == "NOUN":
            return True
        if end + 2 >= len(doc) or doc[end].text != "," or doc[end + 1].lower_ not in ("a", "the"):
            return False
        noun = next((t for t in doc[end + 2 : end + 6] if t.pos_ == "NOUN"), None)
        if noun is None or noun.lower_ not in self.words.settlement or noun.dep_ != "appos":
            return False
        return noun.i + 1 < len(doc) and doc[noun.i + 1].pos_ in ("ADP", "ADV", "NUM")

    def _is_site(self, start: int, end: int) -> bool:
        """Whether a word for a thing that stands somewhere goes by the name: "near the X oil terminal"."""
        doc = self.doc
        noun = next((t for t in doc[end : end + 3] if t.lower_ in self.words.site), None)
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

    def _is_name_word(self, i: int) -> bool:
        token = self.doc[i]
        if token.is_space or token.lower_ in ("and", ",", "'s", "’s", "the", "of"):
            return False
        return token.text[0].isupper() or token.text in ("-", "‘", "’", "'") or token.lower_ in ("al", "el", "ez", "i")

    def _is_type(self, i: int) -> bool:
        token = self.doc[i]
        lemma = token.lemma_.lower()
        return (
            token.pos_ == "NOUN"
            and (token.lower_ in self.words.types or lemma in self.words.types)
            and lemma not in ("state", "country", "nation", "republic", "area", "base")
        )

    def _just_found(self, start: int) -> bool:
        """Whether the last mention ends right before the conjunction in front of ``start``."""
        return max((m.end for m in self.found), default=0) >= self.doc[start - 1].idx - 1

    def _in_masthead(self, end: int) -> bool:
        """Whether the name goes on as that of a paper: "the Washington Post", "the Jerusalem Post"."""
        following = self.doc[end] if end < len(self.doc) else None
        return following is not None and following.text.istitle() and following.lower_ in self.words.masthead

    def _add(self, start: int, end: int, records: tuple[Record, ...], label: str) -> None:
        if self._in_masthead(end):
            return
        hint = self._hint(start, end)
        if any(i in self.taken for i in range(start, end)) or (
            hint is None and self._is_ordinary(start, end) and not self._is_water(start, records)
        ):
            return
        end = self._with_type(end)
        span = self.doc[start:end]
        text = span.text.strip(_QUOTES) if span.text[-1:] != "." else span.text
        if not text or not any(c.isalpha() for c in text) or text.lower() in ("al", "el"):
            return
        demonym = self._reads_as_people(span[0], records, label)
        if records and not demonym and fold(text) in self.bodies and not self._is_known(records):
            return
        at = span.start_char + span.text.index(text)
        self.taken.update(range(start, end))
        kept = tuple(
            r for r in records if (r.name_kind is NameKind.DEMONYM) == demonym and r.name_kind is not NameKind.POSTAL
        )
        if not kept and records and not demonym and self._behind_town(start):
            kept = records
        self.found.append(Mention(at, at + len(text), text, fold(text), kept, demonym=demonym, label=label, hint=hint))

    def _with_type(self, end: int) -> int:
        """The end of a name with the word for its kind that is written as part of it ("Homs Governorate")."""
        if end < len(self.doc) and end not in self.taken:
            after = self.doc[end]
            kind = self.words.types.get(after.lower_)
            if kind == "admin1" and after.lower_ != "state" and after.pos_ == "PROPN" and after.text[0].isupper():
                return end + 1
        return end

    def _is_ordinary(self, start: int, end: int) -> bool:
        """Whether the name is a plain word that names a place only beside a word for its kind ("Central province")."""
        return end - start == 1 and self.doc[start].lower_ in self.words.ordinary

    def _is_water(self, start: int, records: tuple[Record, ...]) -> bool:
        """Whether a capitalised word behind "the" goes by itself for a sea ("in the Gulf")."""
        the = start > 0 and self.doc[start - 1].lower_ == "the"
        return the and any(r.kind == "water" and r.name_kind <= NameKind.OTHER for r in records)

    def _behind_town(self, start: int) -> bool:
        return start > 1 and self.doc[start - 1].text == ","

    def _reads_as_people(self, token: Token, records: tuple[Record, ...], label: str) -> bool:
        """Whether the name stands for a people: it has no other reading, or the sentence uses it as an adjective."""
        kinds = {r.name_kind is NameKind.DEMONYM for r in records}
        if kinds == {True, False}:
            strong = any(r.rank >= KNOWN_RANK and r.name_kind <= NameKind.OTHER for r in records)
            return not strong or ((label == "NORP" or token.pos_ == "ADJ") and label not in PLACE_LABELS)
        return kinds == {True}

    def _hint(self, start: int, end: int) -> str | None:
        """The kind of place that a word beside the name asks for."""
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


def _is_town(record: Record, people: int) -> bool:
    """Whether a reading is known by the name itself and is of some size."""
    return record.name_kind <= NameKind.OTHER and (record.rank >= KNOWN_RANK or record.population >= people)
