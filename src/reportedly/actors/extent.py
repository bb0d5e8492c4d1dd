"""How far the phrase around a head reaches, what it says besides its name, and where those it means are."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from reportedly.actors.lexicon import ADJECTIVE, BODY, CAPITAL, COUNTRY, LEADER, ActorEntry, ActorLexicon, Match, Role
from reportedly.actors.phrases import (
    belongs,
    is_filler,
    noun_named,
    text_of,
)
from reportedly.model import Place
from reportedly.parse.parsed import Doc, Token
from reportedly.parse.spans import TokenIndex
from reportedly.parse.syntax import children, first_conjunct

_NAME_PREPS = frozenset({"of", "for"})
_SCENE_PREPS = frozenset({"in", "at", "from", "near", "throughout", "across", "inside"})
_PLACE_PREPS = frozenset({"in", "at", "from", "on", "near", "with", "throughout"})
MAX_TAIL = 9
MAX_GLOSS = 7
_ADJECTIVE_SLOTS = frozenset({
    "nsubj", "nsubjpass", "dobj", "pobj", "conj", "agent", "dative", "poss", "attr", "ROOT", "appos",
})  # fmt: skip


class Extent:
    """The words of one document, with the names in them that tables and recogniser know; ``taken`` are in a phrase."""

    def __init__(self, doc: Doc, places: tuple[Place, ...], lex: ActorLexicon, *, folded: bool = False) -> None:
        self.doc = doc
        self.lex = lex
        self.words = [t.text for t in doc]
        self.places = TokenIndex(doc, ((p.start, p.end, p) for p in places))
        self.entries: dict[int, tuple[int, int, ActorEntry]] = {}
        self.spellings: dict[int, str] = {}
        for match in lex.matches(self.words, folded=folded):
            if self.is_part(match):
                continue
            self.spellings[match.start] = match.spelling
            for i in range(match.start, match.end):
                self.entries[i] = (match.start, match.end, match.entry)
        self.named = {t.i: e for e in doc.ents if e.label_ in ("PERSON", "ORG", "NORP") for t in e}
        self.taken: set[int] = set()
        self.glosses = {i: gloss for gloss in self.find_glosses() for i in gloss}
        self.fillers = lex.words("quantity") | lex.words("age")

    def is_part(self, match: Match) -> bool:
        """Whether a name of the tables is only a piece of another word or name ("anti-Baghdad", "Anthony Powell")."""
        if not match.start:
            return False
        before = self.doc[match.start - 1]
        if before.text in ("-", "–") and not before.whitespace_:
            return True
        if (
            match.entry.sense != LEADER
            or match.end - match.start > 1
            or before.pos_ != "PROPN"
            or before.dep_ != "compound"
        ):
            return False
        known = before.i in self.entries or self.lex.role_ending(self.words[: match.start], match.start) is not None
        return not known and before.lower_ not in self.lex.sectors and before.text.replace("-", "").isalpha()

    def core(self, head: Token) -> tuple[int, int]:
        """The head with the words before it that belong to it: "army officers" in "the north's two army officers".

        No determiners, possessors and counts.
        """
        start = head.i
        while start and start - 1 not in self.taken:
            if belongs(self.doc[start - 1], head):
                start -= 1
            elif start - 1 in self.glosses:
                start = self.glosses[start - 1].start - 1
            else:
                break
        end = head.i + 1
        if (hit := self.entries.get(head.i)) is not None and hit[2].sense in (BODY, LEADER, COUNTRY):
            start, end = min(start, hit[0]), max(end, hit[1])
        elif (ent := self.named.get(head.i)) is not None and ent.label_ in ("PERSON", "ORG") and ent.end > end:
            end = ent.end
        end = next((i for i in range(head.i + 1, end) if self.words[i][0] in '<(["'), end)
        while end > head.i + 1 and (
            self.doc[end - 1].tag_ == "POS" or self.doc[end - 1].is_punct or self.doc[end - 1].is_space
        ):
            end -= 1
        office = self.lex.role_ending(self.words, head.i + 1)  # "the lower house"
        while start < (head.i if office is None else office[0]) and (
            is_filler(self.doc[start], self.fillers) or self.is_gerund(start) or self.ends_count(start)
        ):
            start += 1
        return start, end

    def find_glosses(self) -> Iterator[range]:
        """Glosses in brackets between a name and its noun ("Umma (Nation) party"), brackets included."""
        for i in (i for i, w in enumerate(self.words) if w == "(" and i):
            window = self.words[i : i + MAX_GLOSS]
            end = i + window.index(")") + 1 if ")" in window else len(self.doc)
            if end < len(self.doc) and self.doc[end].pos_ == "NOUN" and self.doc[i - 1].pos_ == "PROPN":
                yield range(i, end)

    def ends_count(self, i: int) -> bool:
        """Whether a word is the second half of a count: "a seven-*member* team", "a 12-*strong* group"."""
        return i > 1 and self.doc[i - 1].tag_ == "HYPH" and self.doc[i - 2].tag_ == "CD"

    def is_gerund(self, i: int) -> bool:
        """Whether a word in *-ing* is what is done, not what they are like ("of beating students")."""
        return i > 0 and self.doc[i].tag_ == "VBG" and self.doc[i - 1].tag_ == "IN"

    def full(self, head: Token, start: int, end: int) -> tuple[list[str], str]:
        """The words for coding, and the text of what follows: all of "Sarn's chiefs in exile", and "in exile"."""
        before = [t.text for p in children(head, "poss") for t in p.subtree if t.i < start and t.tag_ != "PRP$"]
        tail = self.tail(head, end)
        own = (w for i, w in enumerate(self.words[start:end], start) if i not in self.glosses)
        return [*before, *own, *(t.text for t in tail)], text_of(tail)

    def tail(self, head: Token, end: int) -> list[Token]:
        """What follows the head and says who it is: "of the Taliban", "in Kabul"."""
        for prep in children(head, "prep"):
            if prep.i != end or not children(prep, "pobj"):
                continue
            if prep.lower_ == "of" and head.dep_ == "dobj" and head.head.lemma_ in self.lex.words("of_verb"):
                continue
            tokens = [t for t in prep.subtree if t.i >= prep.i]
            apart = [t for t in tokens[1:] if t.dep_ in ("relcl", "acl", "appos") or t.text in (",", "(", '"')]
            cut = min((max(t.left_edge.i, prep.i + 1) for t in apart), default=tokens[-1].i + 1)
            tokens = [t for t in tokens if t.i < cut]
            allowed = prep.lower_ in _NAME_PREPS or (
                prep.lower_ in _PLACE_PREPS
                and first_conjunct(head).dep_ in ("nsubj", "nsubjpass", "pobj", "appos", "ROOT")
            )
            if (
                allowed
                and 1 < len(tokens) <= MAX_TAIL
                and not any(t.tag_ in ("PRP", "PRP$") or t.ent_type_ in ("DATE", "TIME") for t in tokens)
            ):
                return tokens
        return []

    def is_officer(self, name: Token) -> bool:
        """Whether a name is set beside the office of one person: "the mayor of Larnak, Ines Abro"."""
        office = name.head
        if name.dep_ != "appos" or office.i > name.i:
            return False
        found = self.lex.role_ending(self.words, office.i + 1)
        return found is not None and found[1].kind == "person" and office.tag_ in ("NN", "NNP")

    def holds_office(self, name: Token, first: str) -> bool:
        """Whether the office of one person stands beside a name that begins as those of people do.

        "Ana Mora Solis, the island's governor, resigned": the recogniser takes many such names for bodies.
        """
        offices = [c for c in name.children if c.dep_ == "appos" and c.i > name.i and c.tag_ == "NN"]
        found = (self.lex.role_ending(self.words, c.i + 1) for c in offices)
        return first.lower() in self.lex.genders and any(f is not None and f[1].kind == "person" for f in found)

    def given(self, head: Token) -> Role | None:
        """What somebody is whose name a participle gives: a group for "a group calling itself the Free Youth"."""
        noun = noun_named(head, self.lex.words("naming"))
        found = self.lex.role_ending(self.words, noun.i + 1) if noun is not None else None
        return found[1] if found is not None else None

    def is_other(self, head: Token, start: int, hit: tuple[int, int, ActorEntry]) -> bool:
        """Whether a name of the tables is a part of another one: "Josef Bern", "the National Front for Reform"."""
        first, end, entry = hit
        if entry.sense in (COUNTRY, CAPITAL):
            return start < first and head.i in self.named and self.named[head.i].label_ == "PERSON"
        if entry.sense != BODY or end - first < 2 or end + 1 >= len(self.doc):
            return False
        link, word = self.doc[end], self.doc[end + 1]
        own = link.lower_ == "for" and first <= link.head.i < end
        return own and word.text[0].isupper() and word.i not in self.entries and word.ent_type_ not in ("DATE", "GPE")

    def is_office(self, start: int, end: int) -> bool:
        """Whether a capitalized phrase is an office with a land or body before it ("the US Ambassador to Peru")."""
        found = self.lex.role_ending(self.words[start:end], end - start)
        if found is None or found[1].kind != "person" or not found[1].title:
            return False
        return all(i in self.entries or self.places.get(self.doc[i]) for i in range(start, start + found[0]))

    def place_country(self, head: Token, start: int, end: int) -> str | None:
        """The country of a place inside a phrase or behind it ("Darfur rebels", "officials in Aleppo")."""
        for token in chain(self.doc[start : end - 1], self.tail(head, end), self.whereabouts(head)):
            place = self.places.get(token)
            apart = self.is_ethnic(token.i) or self.lex.is_backer(self.words, token.i + 1)
            if place is not None and place.country and not apart:
                return place.country
        return None

    def is_ethnic(self, i: int) -> bool:
        """Whether a nation is what people descend from, not whose they are: "ethnic Russians in Latvia"."""
        return i > 0 and self.doc[i - 1].lower_ in self.lex.words("descent")

    def whereabouts(self, head: Token) -> Iterator[Token]:
        """Where somebody is told to be, to act or to come from ("rebels operating in Macedonia"); guests are not."""
        guest = self.lex.words("guest")
        if self.lex.singular(head.lower_) in guest or any(c.lower_ in guest for c in head.children):
            return
        for clause in [head, *(c for c in children(head, "acl") if c.tag_ in ("VBG", "VBN"))]:
            for prep in children(clause, "prep"):
                if prep.lower_ in _SCENE_PREPS and prep.i > head.i:
                    yield from children(prep, "pobj")

    def acts(self, head: Token, entry: ActorEntry) -> bool:
        """Whether a name of a nation stands for somebody here: "Chad accused", not where something is: "in Chad"."""
        verb = head.head
        top = head
        while top.dep_ == "conj" and top.head != top:
            top = top.head
            verb = top.head
        if entry.sense == ADJECTIVE:
            return top.dep_ in _ADJECTIVE_SLOTS
        if entry.sense == CAPITAL:
            return self._speaks_for_state(top.dep_, verb)
        place = self.places.get(head)
        if place is not None and place.kind not in (None, "country") and not place.demonym:
            return False
        if top.dep_ == "pobj":
            return verb.lower_ not in self.lex.words("place")
        return top.dep_ not in ("npadvmod", "appos", "advmod", "nummod", "oprd")

    def _speaks_for_state(self, dep: str, verb: Token) -> bool:
        """Whether a capital beside a verb is its government: "Lome denied", "offered Lome aid"."""
        if dep == "nsubj":
            if verb.lemma_ in self.lex.agent_verbs:
                return True
            return any(c.lower_ in self.lex.words("state_mind") for c in verb.children)
        if dep == "nsubjpass":
            return verb.lemma_ in self.lex.patient_verbs
        if dep == "dative":
            return True
        return dep == "dobj" and verb.lemma_ in self.lex.patient_verbs
