"""Who is spoken of, phrase by phrase: names, descriptions and pronouns, before anything is said to be the same."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from reportedly.actors.coding import ActorCoding, CodePart, code_of, of_country, of_entry
from reportedly.actors.extent import Extent
from reportedly.actors.lexicon import (
    ADJECTIVE,
    BODY,
    CAPITAL,
    COUNTRY,
    LEADER,
    ActorEntry,
    ActorLexicon,
    Role,
)
from reportedly.actors.phrases import (
    DESCRIBED,
    NAMED,
    NOMINAL,
    PERSONAL,
    ActorMention,
    heads_phrase,
    is_many,
    is_pronoun,
    pronoun_mention,
    text_of,
)
from reportedly.model import ActorKind, Place
from reportedly.parse.parsed import Doc, Token
from reportedly.parse.spans import first_surnames
from reportedly.parse.syntax import children

PEOPLE = "CVL"
_POINTING = frozenset({"the", "this", "that", "these", "those"})


class MentionFinder:
    """The mentions of one document, each token in one of them at most."""

    def __init__(self, doc: Doc, places: tuple[Place, ...], lex: ActorLexicon, *, folded: bool = False) -> None:
        self.extent = Extent(doc, places, lex, folded=folded)
        self.doc = doc
        self.lex = lex
        self.words, self.entries, self.spellings = self.extent.words, self.extent.entries, self.extent.spellings
        self.places, self.named, self.taken = self.extent.places, self.extent.named, self.extent.taken
        self.folded = folded
        self.surnames = {e[-1].text for e in doc.ents if e.label_ == "PERSON" and len(e) > 1} | first_surnames(doc)
        named = {e.text for e in doc.ents if e.label_ in ("GPE", "LOC", "FAC")}
        self.toponyms = (named | {p.text for p in places}) - self.surnames
        self.quantities = lex.words("quantity")

    def find(self) -> list[ActorMention]:
        """All mentions in text order."""
        found = [m for t in self._heads() for m in self._phrase(t)]
        return sorted([*found, *self._modifiers()], key=lambda m: m.start)

    def _heads(self) -> Iterator[Token]:
        """The words that head a phrase for somebody: "chief" in "the police chief left", but not "police"."""
        yield from (t for t in self.doc if t.pos_ in NOMINAL and heads_phrase(t))

    def _claim(self, mention: ActorMention) -> Iterator[ActorMention]:
        span = range(mention.start, mention.end)
        if not self.taken.intersection(span):
            self.taken.update(span)
            yield mention

    def _phrase(self, head: Token) -> Iterator[ActorMention]:
        """The mention that a head makes, if any: of "she", of "Delta Bank", of "the guards", of none in "the rain"."""
        if head.i in self.extent.glosses:
            yield from self._phrase(self.doc[self.extent.glosses[head.i].stop])
        if head.i in self.taken:
            return
        if head.lower_ in PERSONAL:
            if is_pronoun(head):
                yield from self._claim(pronoun_mention(head))
            return
        mention = self._nominal(head)
        if mention is not None:
            yield from self._claim(mention)

    def _nominal(self, head: Token) -> ActorMention | None:
        """A name or a description by its head: of a table, as one of a person or a body, or described: "two guards"."""
        if head.pos_ == "PRON" or head.ent_type_ in ("DATE", "TIME", "MONEY", "PERCENT", "QUANTITY"):
            return None
        start, end = self.extent.core(head)
        if end <= start:
            return None
        hit = self.entries.get(end - 1) or self.entries.get(head.i)
        if hit is not None and hit[1] >= end and not self.extent.is_other(head, start, hit):
            return self._from_entry(head, min(start, hit[0]), hit[1], hit)
        named = self._person_or_body(head, start, end)
        return named if named is not None else self._described(head, start, end)

    def _from_entry(self, head: Token, start: int, end: int, hit: tuple[int, int, ActorEntry]) -> ActorMention | None:
        """A name that the tables know, where it means somebody here: "Chad accused", but not "flew to Chad".

        A medium behind "on" or "via" is only where something was said: "on Radio Delta".
        """
        entry = hit[2]
        if not self._means_somebody(head, entry, alone=start >= hit[0]):
            return None
        nation, people = entry.sense in (COUNTRY, CAPITAL), entry.sense == ADJECTIVE or entry.kind == "group"
        coding, name = self._coding_of(head, start, end, hit), self._name_of(start, end, hit)
        kind: ActorKind = coding.kind or entry.kind
        leader = entry.sense == LEADER
        return ActorMention(
            NAMED,
            head,
            start if not nation else hit[0],
            end,
            name,
            "country" if nation else kind,
            coding,
            entry,
            noun=self.words[end - 1].lower() if people else "",
            role=self._role(start, hit[0]) if leader else None,
            gender=self._gender(name, coding) if leader else "",
            plural=people and head.tag_ in ("NNS", "NNPS"),
            counted=people and self._counted(head),
        )

    def _means_somebody(self, head: Token, entry: ActorEntry, *, alone: bool) -> bool:
        """Whether a name of the tables is an actor where it stands (``alone`` or not): "Paris", not "western Paris"."""
        if entry.sense in (COUNTRY, CAPITAL, ADJECTIVE) and not self.extent.acts(head, entry):
            return False
        if entry.sense == CAPITAL and not alone:
            return False
        if entry.sense == BODY and entry.sector in ("BUS", "JRN"):
            return not (head.dep_ == "pobj" and head.head.lower_ in ("on", "via"))
        return entry.sense != ADJECTIVE or head.tag_ in ("NNPS", "NNS", "NNP", "NN", "JJ")

    def _coding_of(self, head: Token, start: int, end: int, hit: tuple[int, int, ActorEntry]) -> ActorCoding:
        """The code of a name of the tables: of a people, of what the words beside it say, else of its own row."""
        first, _, entry = hit
        if self.extent.is_ethnic(first) and (entry.sense == ADJECTIVE or entry.kind == "group"):
            country = of_country(self.extent.place_country(head, start, first))
            parts = (*country.parts, CodePart(PEOPLE, word=self.spellings[first], rule="code.crowd"))
            return ActorCoding(country.country, f"{country.code or ''}{PEOPLE}", "group", parts=parts)
        if entry.sense in (LEADER, BODY, ADJECTIVE):
            found = code_of(self.extent.full(head, start, end)[0], self.lex)
            if found.code:
                return found
        return of_entry(entry, self.spellings[first])

    def _name_of(self, start: int, end: int, hit: tuple[int, int, ActorEntry]) -> str:
        """What a name of the tables calls somebody: for a people with all its words ("young Kurds")."""
        if hit[2].sense == ADJECTIVE:
            return text_of(self.doc[start:end])
        return self.spellings[hit[0]] if self.folded and end == hit[1] else text_of(self.doc[hit[0] : end])

    def _person_or_body(self, head: Token, start: int, end: int) -> ActorMention | None:
        """A proper name that no table knows: a person's ("Mayor Ann Miller"), or a body's ("Delta Miners' Union").

        That it is a body's its own words show.
        """
        if head.pos_ != "PROPN" and head.i not in self.named:
            return None
        cut, role = self._title(start, end)
        if role is not None and self._body_noun(cut, end) is not None:
            cut, role = start, None
        name_words = self.words[cut:end]
        if not any(w[:1].isupper() for w in name_words):
            return None
        if role is not None:
            return self._person(head, start, end, cut, role)
        if self._plain_role(start, end) or self.extent.is_office(start, end):
            return None
        label, body, place = self._label(head, name_words), self._body_noun(cut, end), self.places.get(head)
        speaks = head.dep_ == "nsubj" and head.head.lemma_ in self.lex.agent_verbs
        if body is None and place is not None:
            return self._place_actor(head, cut, end, place) if speaks else None
        if body is None and len(name_words) == 1 and name_words[0] in self.toponyms:
            return None
        acronym = len(name_words) == 1 and name_words[0].isupper() and label != ""
        if body is not None or label == "ORG" or acronym:
            words, tail = self.extent.full(head, start, end)
            return self._body(head, cut if body is None else start, end, body, words, tail)
        if (given := self.extent.given(head)) is not None and given.kind != "person":
            return self._body(head, start, end, given, name_words, "")
        unknown = not label and head.ent_type_ == "" and (speaks or given or self.extent.is_officer(head))
        return self._person(head, start, end, cut, None) if label == "PERSON" or unknown else None

    def _label(self, head: Token, name: list[str]) -> str:
        """What the recogniser calls a name; whom the dispatch calls by his full name elsewhere is a person."""
        label = self.named[head.i].label_ if head.i in self.named else ""
        if len(name) == 1 and name[0] in self.surnames:
            return "PERSON"
        return "PERSON" if label == "ORG" and len(name) > 1 and self.extent.holds_office(head, name[0]) else label

    def _person(self, head: Token, start: int, end: int, cut: int, role: Role | None) -> ActorMention:
        """A person by name, whose title says more than that ("Mayor Ann Miller")."""
        coding = ActorCoding(None, None, "person")
        if role is not None:
            words, _ = self.extent.full(head, start, end)
            coding = code_of(words, self.lex, self.extent.place_country(head, start, end))
        name = text_of(self.doc[cut:end])
        return ActorMention(
            NAMED,
            head,
            start,
            end,
            name,
            "person",
            msgspec.structs.replace(coding, kind="person"),
            role=self._role(start, cut),
            gender=role.gender if role is not None and role.gender else self._gender(name, coding),
            sure=role is not None,
        )

    def _role(self, start: int, end: int) -> str | None:
        """The title before a name; courtesy titles are none."""
        if end - start == 1 and self.words[start].strip(".").lower() in self.lex.words("courtesy"):
            return None
        return text_of(self.doc[start:end]) or None

    def _plain_role(self, start: int, end: int) -> bool:
        """Whether a capitalized phrase is a description all the same ("Divers", at the start of a sentence)."""
        found = self.lex.role_ending(self.words[start:end], end - start)
        if found is None or found[1].kind not in ("person", "group"):
            return False
        return (
            found[0] == 0
            and (self.doc[start].is_sent_start or end - start == 1)
            and not any(w[:1].isupper() for w in self.words[start + 1 : end])
        )

    def _place_actor(self, head: Token, start: int, end: int, place: Place) -> ActorMention | None:
        """A town or a region that speaks or refuses: "Sarn refused to pay"."""
        if place.kind == "country" or place.demonym:
            return None
        return ActorMention(
            NAMED, head, start, end, text_of(self.doc[start:end]), "group", of_country(place.country, "group")
        )

    def _title(self, start: int, end: int) -> tuple[int, Role | None]:
        """Where the name behind a title starts, and the title ("Foreign Minister | Ivan Petrov")."""
        for i in range(end - 1, start, -1):
            found = self.lex.role_ending(self.words[start:i], i - start)
            if (
                found is not None
                and self._is_title(found[1], i - 1)
                and self.words[i][:1].isupper()
                and self.doc[i].pos_ in ("PROPN", "NOUN", "ADJ", "X")
            ):
                return i, found[1]
        return start, None

    def _is_title(self, role: Role, at: int) -> bool:
        """Whether a noun before a name says what the person is; a capital is for titles and openings of sentences."""
        if role.kind != "person":
            return False
        return role.title or not self.words[at][:1].isupper() or bool(self.doc[at].is_sent_start) or self.folded

    def _body_noun(self, start: int, end: int) -> Role | None:
        """The noun that shows a name to be that of a body ("National Resistance Front", "Ministry of Oceans")."""
        found = self.lex.role_ending(self.words[start:end], end - start)
        if found is not None and found[1].kind in ("organization", "group") and self.words[end - 1][:1].isupper():
            return found[1]
        for i in range(start, end):
            if i + 1 < len(self.words) and self.words[i + 1] in ("of", "for", "to"):
                first = self.lex.role_ending(self.words[start : i + 1], i + 1 - start)
                return first[1] if first is not None and first[1].kind == "organization" else None
        return None

    def _body(self, head: Token, start: int, end: int, noun: Role | None, words: list[str], tail: str) -> ActorMention:
        """A body with a name of its own and what belongs to it behind: "Movement for the Delta"."""
        coding = code_of(words, self.lex, self.extent.place_country(head, start, end))
        name = text_of(self.doc[start:end])
        if (
            noun is not None
            and tail.startswith(("of ", "for "))
            and self.doc[end + 1 :]
            and any(w[:1].isupper() for w in tail.split())
        ):
            name = f"{name} {tail}"
        owner = next(iter(children(head, "poss")), None)
        kind: ActorKind = "group" if noun is not None and noun.kind == "group" else "organization"
        return ActorMention(
            NAMED,
            head,
            start,
            end,
            name,
            kind,
            msgspec.structs.replace(coding, kind=kind),
            noun=noun.head if noun else "",
            modifiers=frozenset(w.lower() for w in words),
            owner=owner,
            plural=self.words[end - 1].lower().endswith(tuple(self.lex.words("force_ending"))),
            tail=tail,
            definite=True,
            sure=noun is not None,
        )

    def _described(self, head: Token, start: int, end: int) -> ActorMention | None:
        """A description headed by a noun of the roles ("rebel officials", "a source in Kabul")."""
        found = self.lex.role_ending(self.words[start:end], end - start)
        if found is None or head.pos_ not in ("NOUN", "PROPN", "ADJ"):
            return None
        role = found[1]
        words, tail = self.extent.full(head, start, end)
        inner = [self.entries[i][2] for i in range(start, end - 1) if i in self.entries]
        owner = next(iter(children(head, "poss")), None)
        if role.kind == "person" and head.tag_ == "NN" and any(is_many(c) for c in head.children):
            return None
        if not self._counts(role, head, bool(inner) or self._lent(start, end - 1), tail):
            return None
        if role.scope == "crowd":
            tail = ""
        coding = code_of(words, self.lex, self.extent.place_country(head, start, end))
        core = text_of(t for t in self.doc[start:end] if t.i not in self.extent.glosses)
        plural = head.tag_ in ("NNS", "NNPS") or head.lower_ in self.lex.words("many")
        body = self._member_of(role, inner)
        return ActorMention(
            DESCRIBED,
            head,
            start,
            end,
            core,
            body.kind if body else coding.kind,
            coding,
            noun=self.lex.singular(head.lower_),
            modifiers=frozenset(w.lower() for w in self.words[start : end - 1]),
            gender=coding.gender or self._told_gender(start, end),
            plural=plural,
            definite=any(c.lower_ in _POINTING for c in head.children if c.dep_ == "det"),
            counted=self._counted(head),
            owner=owner,
            tail=tail,
            entry=body,
        )

    def _counts(self, role: Role, head: Token, coloured: bool, tail: str) -> bool:  # noqa: FBT001
        """Whether a noun of the roles means somebody here: "rebel units", "units of the north", not "kitchen units".

        ``coloured``: a name or a sector word stands before it.
        """
        if role.scope == "owned":
            return coloured or bool(children(head, "poss"))
        if role.scope == "weak":
            return coloured or tail.startswith("of ") or self._does(head)
        return role.scope != "proper"

    def _does(self, head: Token) -> bool:
        """Whether the noun does, or has done to it, what only people do: "the sides agreed", "arrested the agents"."""
        if head.dep_ in ("nsubj", "nsubjpass"):
            # "The two sides are expected to meet"
            raised = children(head.head, "xcomp") if head.dep_ == "nsubjpass" or head.head.lemma_ == "be" else ()
            verbs = raised or ((head.head,) if head.dep_ == "nsubj" else ())
            return any(v.lemma_ in self.lex.agent_verbs for v in verbs)
        return head.dep_ == "dobj" and head.head.lemma_ in self.lex.patient_verbs

    def _lent(self, start: int, end: int) -> bool:
        return any(self.lex.sectors.get(w.lower(), "past") != "past" for w in self.words[start:end])

    def _member_of(self, role: Role, inner: list[ActorEntry]) -> ActorEntry | None:
        """The body that "Taliban fighters" or "the IRNA news agency" are: they are it."""
        if not inner or inner[-1].sense != BODY or inner[-1].kind != "organization":
            return None
        same = role.head in self.lex.fighters if "REB" in inner[-1].sector else role.head in self.lex.hypernyms
        return inner[-1] if same else None

    def _counted(self, head: Token) -> bool:
        """Whether a noun is counted, so that others than before may be meant: "a guard", "two guards"."""
        return any(
            c.dep_ in ("nummod", "quantmod") or c.tag_ == "CD" or c.lower_ in self.quantities or c.lower_ in ("a", "an")
            for c in head.children
        )

    def _gender(self, name: str, coding: ActorCoding) -> str:
        return coding.gender or self.lex.genders.get(name.split()[0].lower(), "") if name.strip() else ""

    def _told_gender(self, start: int, end: int) -> str:
        """The gender that a word of the phrase gives: "the female driver"."""
        words = {w.lower() for w in self.words[start:end]}
        return "f" if words & self.lex.words("female") else "m" if words & self.lex.words("male") else ""

    def _modifiers(self) -> Iterator[ActorMention]:
        """Names that colour another noun ("the Iranian offensive", "Taliban authority"): whose it is."""
        for start in self.spellings:
            _, end, entry = self.entries[start]
            if self.taken.intersection(range(start, end)):
                continue
            last = self.doc[end - 1]
            hyphen = end < len(self.doc) and self.doc[end].text == "-" and not last.whitespace_
            if entry.sense == CAPITAL or not (
                hyphen or (last.dep_ in ("compound", "amod", "nmod", "poss") and last.head.i >= end)
            ):
                continue
            coding = of_entry(entry, self.spellings[start])
            yield from self._claim(
                ActorMention(NAMED, last, start, end, text_of(self.doc[start:end]), entry.kind, coding, entry)
            )
