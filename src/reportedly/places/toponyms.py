"""Which spans of a dispatch name a place.

The entity recogniser proposes, the gazetteer and the words around decide: a name in the gazetteer behind a locative
preposition, beside a word for a kind of place ("the province of X") or before the name of what holds it ("X, Ohio") is
a place whatever the recogniser took it for.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from reportedly.parse.parsed import Doc
from reportedly.parse.spans import first_surnames
from reportedly.places.folding import fold
from reportedly.places.gazetteer import Gazetteer, GazetteerRecord, NameKind
from reportedly.places.place_words import PlaceWords
from reportedly.places.surroundings import PLACE_LABELS, Surroundings, fits

MOST_WORDS = 5
# So many words more than the recogniser took may belong to a name.
LONGER = 3
_INSIDE = frozenset(
    {"of", "and", "de", "del", "du", "la", "el", "al", "the", "ez", "es", "i", "e", "-", "'s", "’s", "'", "&"}
)
ARTICLES = frozenset({"al", "el"})
_QUOTES = " \n\t\"“”‘’'`.,;:()[]-–—"


class PlaceMention(msgspec.Struct, frozen=True):
    """A span that names a place, with the readings that the gazetteer offers.

    ``label`` is what the recogniser took it for, ``hint`` the kind of place that a word beside it asks for.
    """

    start: int
    end: int
    text: str
    key: str
    records: tuple[GazetteerRecord, ...]
    demonym: bool = False
    label: str = ""
    hint: str | None = None
    dateline: bool = False


class ToponymFinder:
    """Finds the mentions of one dispatch."""

    def __init__(self, doc: Doc, gazetteer: Gazetteer, words: PlaceWords, bodies: frozenset[str] = frozenset()) -> None:
        self.doc = doc
        self.gazetteer = gazetteer
        self.words = words
        self.bodies = bodies
        self.taken: set[int] = set()
        self.around = Surroundings(doc, gazetteer, words, bodies, self.taken)
        self.found: list[PlaceMention] = []
        self._found_to = 0
        self.keys: set[str] = set()
        self._firms: set[str] = set()

    def run(self) -> list[PlaceMention]:
        """All mentions, in text order."""
        persons = self._surnames()
        for ent in self.doc.ents:
            if ent.label_ in PLACE_LABELS:
                self._entity(ent.start, ent.end, ent.label_, persons)
        for ent in self.doc.ents:
            if ent.label_ == "NORP":
                self._people(ent.start, ent.end)
            elif ent.label_ in ("ORG", "PERSON", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW", "LANGUAGE"):
                self._misled(ent.start, ent.end, ent.label_, persons)
        self.keys = {m.key for m in self.found}
        self._unmarked(persons)
        return sorted(self.found, key=lambda m: m.start)

    def _surnames(self) -> frozenset[str]:
        """Last words of the names of persons of two and more words: alone, they mean the person.

        So does the first of two surnames by which somebody is called: "Ana Mora Solis ... Mora said".
        """
        people = [ent for ent in self.doc.ents if ent.label_ == "PERSON" and len(ent) > 1]
        last = {ent[-1].lower_ if ent[-1].lower_ not in ("'s", "’s") else ent[-2].lower_ for ent in people}
        return frozenset(last | {name.lower() for name in first_surnames(self.doc)})

    def _entity(self, start: int, end: int, label: str, persons: frozenset[str]) -> None:
        """A span that the recogniser calls a place, cut at commas, without article and direction: "the north Sarn"."""
        for first, stop in self._pieces(start, end):
            s, e = first, self._whole(first, stop)
            records = self.gazetteer.find(self.doc[s:e].text)
            if not records and self.doc[s].lower_ in self.words.direction and e - s > 1:
                s += 1
                records = self.gazetteer.find(self.doc[s:e].text)
            if (
                self.doc[s].lower_ in self.words.title
                or self.around.is_direction(s, e)
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
        return next((e for e in longer if self.around.places(self.doc[start:e].text)), end)

    def _is_likely(
        self, start: int, end: int, label: str, records: tuple[GazetteerRecord, ...], persons: frozenset[str]
    ) -> bool:
        """Whether what the recogniser calls a place is one: a lone word must be known or stand as in "in Sarn"."""
        if not records and self._is_initials(start, end):
            return self.around.is_placed(start, end)
        if not records and (self.doc[end - 1].lower_ in persons or self.around.is_somebody(start, end)):
            return self.around.is_placed(start, end)
        if label != "GPE" or end - start > 1:
            return True
        if self.doc[start].lower_ in persons or not records:
            return bool(records or self.doc[start].lower_ not in persons) and self.around.is_placed(start, end)
        return True

    def _pieces(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The parts of a span between commas and line ends, without article and possessive: "Sarn, the Delta's".

        Quotation marks are taken off too.
        """
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
            while e > s and (doc[e - 1].is_punct or doc[e - 1].text[0] in "'’-" or doc[e - 1].text.islower()):
                e -= 1
            if s < e:
                yield self._with_direction(s, e), e
            at = i + 1

    def _with_direction(self, start: int, end: int) -> int:
        """The start of a name with its point of the compass, which copy in capitals hides ("in south America")."""
        before = self.doc[start - 1] if start else None
        if before is None or before.lower_ not in self.words.direction or self.gazetteer.find(before.lower_):
            return start
        whole = self.around.places(self.doc[start - 1 : end].text)
        return start - 1 if self.around.is_known(whole) else start

    def _people(self, start: int, end: int) -> None:
        """A span that the recogniser calls a people: the adjective of a country, or a place after all."""
        for s, stop in self._pieces(start, end):
            longer = (
                stop < len(self.doc)
                and self.doc[stop].text[0].isupper()
                and self.around.places(self.doc[s : stop + 1].text)
            )
            e = stop + 1 if longer else stop
            records = self.gazetteer.find(self.doc[s:e].text)
            people = any(r.name_kind is NameKind.DEMONYM for r in records)
            if people or (records and (self.around.is_known(records) or self.around.is_placed(s, e))):
                self._add(s, e, records, "NORP")

    def _misled(self, start: int, end: int, label: str, persons: frozenset[str]) -> None:
        """A span that the recogniser calls something else and that the words around show to be a place."""
        for s, e in self._apart(start, end):
            if any(i in self.taken for i in range(s, e)):
                continue
            if self.around.type_behind(s, e):
                self._typed_name(s, e, label)
                continue
            records = self.around.places(self.doc[s:e].text)
            if not records or self.around.is_person(s, e, persons) or self.around.is_direction(s, e):
                continue
            if self.around.is_abbreviation(s, e, records):
                continue
            if label == "LANGUAGE" and not self.around.is_known(records):
                continue
            known = self.around.is_known(records) and (label != "PERSON" or self.around.is_country(s, e, records))
            if known or self.around.is_placed(s, e) or self.around.is_struck(s, e, records, label):
                self._add(s, e, records, label)

    def _apart(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The parts of a span, and both sides of an "and" that is part of no name: "Sarn and Orhei"."""
        for s, e in self._pieces(start, end):
            joint = next((i for i in range(s + 1, e - 1) if self.doc[i].dep_ == "cc"), None)
            if joint is None or self.around.places(self.doc[s:e].text):
                yield s, e
            else:
                yield from ((s, joint), (joint + 1, e))

    def _typed_name(self, start: int, end: int, label: str) -> None:
        """A name whose last word is a kind of place ("Helmand Province")."""
        whole = self.around.places(self.doc[start:end].text)
        bare = self.around.places(self.doc[start : end - 1].text)
        if self.words.types.get(self.doc[end - 1].lower_) == "facility" and not self.around.is_known(bare):
            bare = ()  # "Karl Marx Avenue" is in no village of that name
        if whole or bare:
            self._add(start, end, whole or bare, label)

    def _unmarked(self, persons: frozenset[str]) -> None:
        """Capitalised names outside of all entities, the longest that is known: "Port Sarn", not "Port"."""
        i = 0
        for token in self.doc.tokens:
            if token.i < i or token.i in self.taken or token.lower_ == "the":
                continue
            if token.text[0].isupper() or (token.lower_ in ARTICLES and self._al(token.i)):
                i = self._longest(token.i, persons)

    def _al(self, i: int) -> bool:
        """Whether an Arabic article opens a name: "al-Hasaka"."""
        return i + 1 < len(self.doc) and self.doc[i + 1].text == "-"

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
        """Whether a word may go on with a name: a capital, or "de" in "Rio de Oro"."""
        token = self.doc[i]
        return not token.is_space and (token.text[0].isupper() or token.lower_ in _INSIDE)

    def _acceptable(self, start: int, end: int, records: tuple[GazetteerRecord, ...], persons: frozenset[str]) -> bool:
        """Whether a name outside of the recogniser's places is one: "flew to Sarn", but not "Mr. Sarn"."""
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
            if self.around.is_direction(start, end) or self.around.is_abbreviation(start, end, records):
                return False
            return self._names_owner(start, end, records)
        if self.around.is_person(start, end, persons) or not any(r.name_kind <= NameKind.OTHER for r in records):
            return False
        if self.around.is_direction(start, end) or self.around.is_abbreviation(start, end, records):
            return False
        if fold(doc[start:end].text) in self.keys and token.pos_ == "PROPN":
            return start == 0 or doc[start - 1].pos_ != "PROPN" or doc[start - 1].i in self.taken
        if self.around.beside_name(start, end):
            return False
        if self.around.is_known(records) and all(
            t.pos_ in ("PROPN", "NOUN", "ADJ", "X", "INTJ") or t.lower_ in _INSIDE for t in doc[start:end]
        ):
            return token.pos_ == "PROPN" or end - start > 1 or self.around.is_placed(start, end)
        placed = self.around.is_placed(start, end) or self.around.is_struck(start, end, records, inside)
        return token.pos_ == "PROPN" and placed

    def _is_repeated(self, start: int, end: int, persons: frozenset[str]) -> bool:
        """Whether the name, whole and no surname, was that of a place elsewhere in the dispatch."""
        doc = self.doc
        whole = doc[start].ent_iob_ == "B" and (end == len(doc) or doc[end].ent_iob_ != "I")
        return whole and fold(doc[start:end].text) in self.keys and not self.around.is_person(start, end, persons)

    def _names_owner(self, start: int, end: int, records: tuple[GazetteerRecord, ...]) -> bool:
        """Whether a name inside that of a body says where the body is ("Kabul Zoo", "University of Basra")."""
        if not (self.around.is_known(records) or fold(self.doc[start:end].text) in self.keys):
            return False
        if not any(r.name_kind <= NameKind.OTHER for r in records):
            return False
        first = start == 0 or self.doc[start - 1].ent_type_ != "ORG" or self.doc[start].ent_iob_ == "B"
        return first or self.doc[start - 1].lower_ in ("of", "in", "the", "-")

    def _untold(self, start: int, persons: frozenset[str]) -> int:
        """Takes an unknown name beside a word for a kind of place ("the village of Sarn"); gives its end."""
        doc, types = self.doc, self.words.types
        end = start
        while end < len(doc) and end - start < MOST_WORDS and end not in self.taken and self._is_name_word(end):
            end += 1
        while end > start and not doc[end - 1].text[0].isupper():
            end -= 1
        if (
            end == start
            or not self._is_name(start, end)
            or self.around.is_person(start, end, persons)
            or self.around.is_direction(start, end)
        ):
            return start
        before = doc[start - 1].lower_ if start else ""
        called = start > 1 and before == "of" and self.around.is_type(start - 2)
        listed = (
            bool(self.found) and self.found[-1].hint is not None and before in ("and", ",") and self._just_found(start)
        )
        followed = (
            end < len(doc) and self.around.is_type(end) and types.get(doc[end].lower_) in ("city", "admin1", "region")
        )
        around = self.around.is_around(start, end)
        located = start > 0 and before in self.words.narrow and doc[start - 1].pos_ == "ADP"
        if self._is_initials(start, end):
            listed = located = False
        settled = self.around.is_settled(start, end) or self.around.is_site(start, end)
        if not (called or listed or located or around or settled or (followed and doc[start].ent_type_ != "ORG")):
            return start
        self._add(start, end, self.around.places(doc[start:end].text) if settled else (), doc[start].ent_type_)
        return end

    def _is_initials(self, start: int, end: int) -> bool:
        """Whether a word in capitals is rather the initials of a body: "between the police and ABCD rebels"."""
        return end - start == 1 and self.doc[start].text.isupper() and len(self.doc[start]) > 1

    def _is_name(self, start: int, end: int) -> bool:
        """Whether capitals are those of a name: by the tagger, or inside a sentence in such as "near Green village"."""
        token = self.doc[start]
        if token.pos_ == "PROPN":
            return True
        return token.pos_ in ("ADJ", "NOUN") and not token.is_sent_start and self.around.is_settled(start, end)

    def _is_name_word(self, i: int) -> bool:
        """Whether a word can stand in a name: "Umm" and "al" in "Umm al-Sarn", but not "and", "the" or "of"."""
        token = self.doc[i]
        if token.is_space or token.lower_ in ("and", ",", "'s", "’s", "the", "of"):
            return False
        return token.text[0].isupper() or token.text in ("-", "‘", "’", "'") or token.lower_ in ("al", "el", "ez", "i")

    def _just_found(self, start: int) -> bool:
        """Whether the last mention ends right before the conjunction in front of ``start``."""
        return self._found_to >= self.doc[start - 1].idx - 1

    def _is_firm(self, start: int, end: int, records: tuple[GazetteerRecord, ...]) -> bool:
        """Whether a name that no gazetteer knows is that of a company: "Sarn Air", and then "Sarn's permit"."""
        if records:
            return False
        if self.doc[end - 1].lower_ in self.words.firm and end - start > 1:
            self._firms.add(self.doc[start].lower_)
        return self.doc[start].lower_ in self._firms

    def _add(self, start: int, end: int, records: tuple[GazetteerRecord, ...], label: str) -> None:
        if self._is_firm(start, end, records):
            return
        hint = self.around.hint(start, end)
        if not self._can_stand(start, end, records, hint):
            return
        end = self.around.with_type(end)
        span = self.doc[start:end]
        text = span.text.strip(_QUOTES) if span.text[-1:] != "." else span.text
        if not any(c.isalpha() for c in text) or text.lower() in ARTICLES or self.around.is_inside_longer(start, end):
            return
        if hint is not None and self.around.is_ordinary(start, end - self.around.type_behind(start, end)):
            records = tuple(r for r in records if fits(r, hint))
            if not records:
                return
        demonym = self.around.reads_as_people(span[0], records, label)
        if records and not demonym and fold(text) in self.bodies and not self.around.is_known(records):
            return
        at = span.start_char + span.text.index(text)
        self.taken.update(range(start, end))
        kept = self._of_kind(records, start, demonym=demonym)
        self._found_to = max(self._found_to, at + len(text))
        self.found.append(
            PlaceMention(at, at + len(text), text, fold(text), kept, demonym=demonym, label=label, hint=hint)
        )

    def _can_stand(self, start: int, end: int, records: tuple[GazetteerRecord, ...], hint: str | None) -> bool:
        """Whether words can be a place here: not "Sarn" in "the Sarn Herald", nor "bath" by itself."""
        if self.around.is_other_name(start, end):
            return False
        if any(i in self.taken for i in range(start, end)):
            return False
        named = hint is not None or not self.around.is_ordinary(start, end)
        return named or self.around.is_water(start, records)

    def _of_kind(
        self, records: tuple[GazetteerRecord, ...], start: int, *, demonym: bool
    ) -> tuple[GazetteerRecord, ...]:
        """The records of a people, or those of a place; all of them where only "the town of" says that it is one."""
        kept = tuple(
            r for r in records if (r.name_kind is NameKind.DEMONYM) == demonym and r.name_kind is not NameKind.POSTAL
        )
        return records if not kept and not demonym and self.around.behind_town(start) else kept
