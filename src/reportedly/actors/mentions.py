"""Who is spoken of, phrase by phrase: names, descriptions and pronouns, before anything is said to be the same."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from itertools import chain

import msgspec

from reportedly.actors.coding import Coding, Part, code_of, of_country, of_entry
from reportedly.actors.lexicon import ADJECTIVE, BODY, CAPITAL, COUNTRY, LEADER, Entry, Lexicon, Match, Role, singular
from reportedly.model import ActorKind, Place
from reportedly.parse.parsed import Doc, Token
from reportedly.parse.spans import TokenIndex
from reportedly.parse.syntax import children, first_conjunct

NAMED, DESCRIBED, PRONOUN = "named", "described", "pronoun"
PERSONAL = frozenset({
    "he", "him", "his", "himself", "she", "her", "hers", "herself", "it", "its", "itself", "they", "them", "their",
    "theirs", "themselves", "who", "whom", "whose", "which", "that", "i", "me", "my", "we", "us", "our", "myself",
})  # fmt: skip
_INNER = frozenset(
    {
        "compound",
        "amod",
        "nmod",
        "advmod",
        "npadvmod",
        "quantmod",
        "punct",
        "nummod",
        "det",
        "poss",
        "case",
        "cc",
        "conj",
    }
)
_STOP = frozenset({"det", "poss", "case", "predet", "preconj", "cc", "relcl", "appos", "prep"})
_FILLER_TAGS = frozenset({"CD", "DT", "PDT", "RB", "RBR", "RBS", "IN", "$", "JJS", "JJR", "HYPH", "SYM", "PRP"})
_NAME_PREPS = frozenset({"of", "for"})
_SCENE_PREPS = frozenset({"in", "at", "from", "near", "throughout", "across", "inside"})
_PLACE_PREPS = frozenset({"in", "at", "from", "on", "near", "with", "throughout"})
_NOMINAL = ("NOUN", "PROPN", "PRON", "ADJ", "NUM")
MAX_TAIL = 9
PEOPLE = "CVL"
MAX_GLOSS = 7


class Mention(msgspec.Struct):
    """One phrase that means somebody; ``start`` and ``end`` are token positions, ``head`` the token that governs it.

    ``name`` is what the phrase calls them, ``noun`` the singular of its head, ``tail`` what follows it.
    ``sure`` is false where only the statistical model says what kind of name it is.
    """

    type: str
    head: Token
    start: int
    end: int
    name: str
    kind: ActorKind | None
    coding: Coding
    entry: Entry | None = None
    noun: str = ""
    modifiers: frozenset[str] = frozenset()
    role: str | None = None
    gender: str = ""
    plural: bool = False
    definite: bool = False
    counted: bool = False
    owner: Token | None = None
    tail: str = ""
    sure: bool = True

    @property
    def key(self) -> str:
        """The name without regard to capitals."""
        return self.name.casefold()


class Finder:
    """The mentions of one document, each token in one of them at most."""

    def __init__(self, doc: Doc, places: tuple[Place, ...], lex: Lexicon, *, folded: bool = False) -> None:
        self.doc = doc
        self.lex = lex
        self.words = [t.text for t in doc]
        self.places = TokenIndex(doc, ((p.start, p.end, p) for p in places))
        self.folded = folded
        self.entries: dict[int, tuple[int, int, Entry]] = {}
        self.spellings: dict[int, str] = {}
        for match in lex.matches(self.words, folded=folded):
            if self._is_part(match):
                continue
            self.spellings[match.start] = match.spelling
            for i in range(match.start, match.end):
                self.entries[i] = (match.start, match.end, match.entry)
        self.named = {t.i: e for e in doc.ents if e.label_ in ("PERSON", "ORG", "NORP") for t in e}
        surnames = {e[-1].text for e in doc.ents if e.label_ == "PERSON" and len(e) > 1}
        named = {e.text for e in doc.ents if e.label_ in ("GPE", "LOC", "FAC")}
        self.toponyms = (named | {p.text for p in places}) - surnames
        self.taken: set[int] = set()
        self.glosses = {i: gloss for gloss in self._find_glosses() for i in gloss}
        self.quantities = lex.words("quantity")
        self.fillers = self.quantities | lex.words("age")

    def _is_part(self, match: Match) -> bool:
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

    def find(self) -> list[Mention]:
        """All mentions in text order."""
        found = [m for t in self._heads() for m in self._phrase(t)]
        return sorted([*found, *self._modifiers()], key=lambda m: m.start)

    def _heads(self) -> Iterator[Token]:
        for token in self.doc:
            if token.pos_ in _NOMINAL and _heads_phrase(token):
                yield token

    def _claim(self, mention: Mention) -> Iterator[Mention]:
        span = range(mention.start, mention.end)
        if not self.taken.intersection(span):
            self.taken.update(span)
            yield mention

    def _phrase(self, head: Token) -> Iterator[Mention]:
        if head.i in self.glosses:
            yield from self._phrase(self.doc[self.glosses[head.i].stop])
        if head.i in self.taken:
            return
        if head.lower_ in PERSONAL:
            if _is_pronoun(head):
                yield from self._claim(_pronoun(head))
            return
        mention = self._nominal(head)
        if mention is not None:
            yield from self._claim(mention)

    def _nominal(self, head: Token) -> Mention | None:
        if head.pos_ == "PRON" or head.ent_type_ in ("DATE", "TIME", "MONEY", "PERCENT", "QUANTITY"):
            return None
        start, end = self._core(head)
        if end <= start:
            return None
        hit = self.entries.get(end - 1) or self.entries.get(head.i)
        if hit is not None and hit[1] >= end:
            return self._from_entry(head, min(start, hit[0]), hit[1], hit)
        named = self._person_or_body(head, start, end)
        return named if named is not None else self._described(head, start, end)

    def _core(self, head: Token) -> tuple[int, int]:
        """The head with the words before it that belong to it, without determiners, possessors and counts."""
        start = head.i
        while start and start - 1 not in self.taken:
            if _belongs(self.doc[start - 1], head):
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
        while start < head.i and (_is_filler(self.doc[start], self.fillers) or self._is_gerund(start)):
            start += 1
        return start, end

    def _find_glosses(self) -> Iterator[range]:
        """Glosses in brackets between a name and its noun ("Umma (Nation) party"), brackets included."""
        for i in (i for i, w in enumerate(self.words) if w == "(" and i):
            window = self.words[i : i + MAX_GLOSS]
            end = i + window.index(")") + 1 if ")" in window else len(self.doc)
            if end < len(self.doc) and self.doc[end].pos_ == "NOUN" and self.doc[i - 1].pos_ == "PROPN":
                yield range(i, end)

    def _is_gerund(self, i: int) -> bool:
        """Whether a word in *-ing* is what is done, not what they are like ("of beating students")."""
        return i > 0 and self.doc[i].tag_ == "VBG" and self.doc[i - 1].tag_ == "IN"

    def _full(self, head: Token, start: int, end: int) -> tuple[list[str], str]:
        """The words for coding (possessor, phrase, what follows) and the text of what follows."""
        before = [t.text for p in children(head, "poss") for t in p.subtree if t.i < start and t.tag_ != "PRP$"]
        tail = self._tail(head, end)
        own = (w for i, w in enumerate(self.words[start:end], start) if i not in self.glosses)
        return [*before, *own, *(t.text for t in tail)], _text(tail)

    def _tail(self, head: Token, end: int) -> list[Token]:
        """What follows the head and says who it is: "of the Taliban", "in Kabul"."""
        for prep in children(head, "prep"):
            if prep.i != end or not children(prep, "pobj"):
                continue
            if prep.lower_ == "of" and head.dep_ == "dobj" and head.head.lemma_ in self.lex.words("of_verb"):
                continue
            tokens = [t for t in prep.subtree if t.i >= prep.i]
            cut = next(
                (
                    n
                    for n, t in enumerate(tokens)
                    if n and (t.dep_ in ("relcl", "acl", "appos") or t.text in (",", "(", '"'))
                ),
                len(tokens),
            )
            tokens = tokens[:cut]
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

    def _place_country(self, head: Token, start: int, end: int) -> str | None:
        """The country of a place inside a phrase or behind it ("Darfur rebels", "officials in Aleppo")."""
        for token in chain(self.doc[start : end - 1], self._tail(head, end), self._whereabouts(head)):
            place = self.places.get(token)
            if place is not None and place.country and not self._is_ethnic(token.i):
                return place.country
        return None

    def _is_ethnic(self, i: int) -> bool:
        """Whether a nation is what people descend from, not whose they are: "ethnic Russians in Latvia"."""
        return i > 0 and self.doc[i - 1].lower_ == "ethnic"

    def _whereabouts(self, head: Token) -> Iterator[Token]:
        """Where somebody is told to be, to act or to come from ("rebels operating in Macedonia"); guests are not."""
        guest = self.lex.words("guest")
        if singular(head.lower_) in guest or any(c.lower_ in guest for c in head.children):
            return
        for clause in [head, *(c for c in children(head, "acl") if c.tag_ in ("VBG", "VBN"))]:
            for prep in children(clause, "prep"):
                if prep.lower_ in _SCENE_PREPS and prep.i > head.i:
                    yield from children(prep, "pobj")

    def _from_entry(self, head: Token, start: int, end: int, hit: tuple[int, int, Entry]) -> Mention | None:
        entry = hit[2]
        if entry.sense in (COUNTRY, CAPITAL, ADJECTIVE) and not self._acts(head, entry):
            return None
        if entry.sense == CAPITAL and start < hit[0]:
            return None
        if (
            entry.sense == BODY
            and head.dep_ == "pobj"
            and head.head.lower_ in ("on", "via")
            and entry.sector in ("BUS", "JRN")
        ):
            return None
        if entry.sense == ADJECTIVE and head.tag_ not in ("NNPS", "NNS", "NNP", "NN", "JJ"):
            return None
        words, _ = self._full(head, start, end)
        coding = of_entry(entry, self.spellings[hit[0]])
        if self._is_ethnic(hit[0]) and (entry.sense == ADJECTIVE or entry.kind == "group"):
            country = of_country(self._place_country(head, start, hit[0]))
            parts = (*country.parts, Part(PEOPLE, word=self.spellings[hit[0]], rule="code.crowd"))
            coding = Coding(country.country, f"{country.code or ''}{PEOPLE}", "group", parts=parts)
        elif entry.sense in (LEADER, BODY, ADJECTIVE):
            found = code_of(words, self.lex)
            coding = found if found.code else coding
        name = self.spellings[hit[0]] if self.folded and end == hit[1] else _text(self.doc[hit[0] : end])
        role = self._role(start, hit[0]) if entry.sense == LEADER else None
        nation = entry.sense in (COUNTRY, CAPITAL)
        if entry.sense == ADJECTIVE:
            name = _text(self.doc[start:end])
        kind: ActorKind = coding.kind or entry.kind
        people = entry.sense == ADJECTIVE or (entry.kind == "group")
        return Mention(
            NAMED,
            head,
            start if not nation else hit[0],
            end,
            name,
            "country" if nation else kind,
            coding,
            entry,
            noun=self.words[end - 1].lower() if people else "",
            role=role,
            gender=self._gender(name, coding) if entry.sense == LEADER else "",
            plural=people and head.tag_ in ("NNS", "NNPS"),
            counted=people and self._counted(head),
        )

    def _acts(self, head: Token, entry: Entry) -> bool:
        """Whether a name of a nation stands for somebody here, not for where something is."""
        verb = head.head
        top = head
        while top.dep_ == "conj" and top.head != top:
            top = top.head
            verb = top.head
        if entry.sense == ADJECTIVE:
            return top.dep_ in (
                "nsubj",
                "nsubjpass",
                "dobj",
                "pobj",
                "conj",
                "agent",
                "dative",
                "poss",
                "attr",
                "ROOT",
                "appos",
            )
        if entry.sense == CAPITAL:
            return self._speaks_for_state(top.dep_, verb)
        place = self.places.get(head)
        if place is not None and place.kind not in (None, "country") and not place.demonym:
            return False
        if top.dep_ == "pobj":
            return verb.lower_ not in self.lex.words("place")
        return top.dep_ not in ("npadvmod", "appos", "advmod", "nummod", "oprd")

    def _speaks_for_state(self, dep: str, verb: Token) -> bool:
        """Whether a capital beside a verb is its government: it says, is willing, had no comment, was accused."""
        if dep == "nsubj":
            if verb.lemma_ in self.lex.agent_verbs:
                return True
            return any(c.lower_ in self.lex.words("state_mind") for c in verb.children)
        if dep == "nsubjpass":
            return verb.lemma_ in self.lex.patient_verbs
        return dep == "dobj" and verb.lemma_ in self.lex.patient_verbs

    def _person_or_body(self, head: Token, start: int, end: int) -> Mention | None:
        """A proper name that the tables do not know: of a person, or of a body that its own words show to be one."""
        if head.pos_ != "PROPN" and head.i not in self.named:
            return None
        cut, role = self._title(start, end)
        if role is not None and self._body_noun(cut, end) is not None:
            cut, role = start, None
        words, tail = self._full(head, start, end)
        name_words = self.words[cut:end]
        if not name_words[0][:1].isupper() and not any(w[:1].isupper() for w in name_words):
            return None
        label = self.named[head.i].label_ if head.i in self.named else ""
        if role is None and self._plain_role(start, end):
            return None
        body = self._body_noun(cut, end) if role is None else None
        place = self.places.get(head)
        speaks = head.dep_ == "nsubj" and head.head.lemma_ in self.lex.agent_verbs
        if role is None and body is None and place is not None:
            return self._place_actor(head, cut, end, place) if speaks else None
        if role is None and body is None and len(name_words) == 1 and name_words[0] in self.toponyms:
            return None
        acronym = len(name_words) == 1 and name_words[0].isupper() and label != ""
        if role is None and (body is not None or label == "ORG" or acronym):
            return self._body(head, cut if body is None else start, end, body, words, tail)
        if role is not None or (label == "PERSON") or (speaks and not label and head.ent_type_ == ""):
            coding = (
                code_of(words, self.lex, self._place_country(head, start, end))
                if role is not None
                else Coding(None, None, "person")
            )
            name = _text(self.doc[cut:end])
            return Mention(
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
        return None

    def _role(self, start: int, end: int) -> str | None:
        """The title before a name; courtesy titles are none."""
        if end - start == 1 and self.words[start].strip(".").lower() in self.lex.words("courtesy"):
            return None
        return _text(self.doc[start:end]) or None

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

    def _place_actor(self, head: Token, start: int, end: int, place: Place) -> Mention | None:
        """A town or a region that speaks or refuses."""
        if place.kind == "country" or place.demonym:
            return None
        return Mention(NAMED, head, start, end, _text(self.doc[start:end]), "group", of_country(place.country, "group"))

    def _title(self, start: int, end: int) -> tuple[int, Role | None]:
        """Where the name behind a title starts, and the title ("Foreign Minister | Sergey Lavrov")."""
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

    def _body(self, head: Token, start: int, end: int, noun: Role | None, words: list[str], tail: str) -> Mention:
        coding = code_of(words, self.lex, self._place_country(head, start, end))
        name = _text(self.doc[start:end])
        if (
            noun is not None
            and tail.startswith(("of ", "for "))
            and self.doc[end + 1 :]
            and any(w[:1].isupper() for w in tail.split())
        ):
            name = f"{name} {tail}"
        owner = next(iter(children(head, "poss")), None)
        kind: ActorKind = "group" if noun is not None and noun.kind == "group" else "organization"
        return Mention(
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
            plural=self.words[end - 1].lower().endswith("forces"),
            tail=tail,
            definite=True,
            sure=noun is not None,
        )

    def _described(self, head: Token, start: int, end: int) -> Mention | None:
        """A description headed by a noun of the roles ("rebel officials", "a source in Kabul")."""
        found = self.lex.role_ending(self.words[start:end], end - start)
        if found is None or head.pos_ not in ("NOUN", "PROPN", "ADJ"):
            return None
        role = found[1]
        words, tail = self._full(head, start, end)
        inner = [self.entries[i][2] for i in range(start, end - 1) if i in self.entries]
        owner = next(iter(children(head, "poss")), None)
        if role.kind == "person" and head.tag_ == "NN" and any(_is_many(c) for c in head.children):
            return None
        if not self._counts(role, head, bool(inner) or self._lent(start, end - 1), tail):
            return None
        if role.scope == "crowd":
            tail = ""
        coding = code_of(words, self.lex, self._place_country(head, start, end))
        core = _text(t for t in self.doc[start:end] if t.i not in self.glosses)
        plural = head.tag_ in ("NNS", "NNPS") or head.lower_ in self.lex.words("many")
        body = self._member_of(role, inner)
        return Mention(
            DESCRIBED,
            head,
            start,
            end,
            core,
            body.kind if body else coding.kind,
            coding,
            noun=singular(head.lower_),
            modifiers=frozenset(w.lower() for w in self.words[start : end - 1]),
            gender=coding.gender,
            plural=plural,
            definite=any(
                c.lower_ in ("the", "this", "that", "these", "those") for c in head.children if c.dep_ == "det"
            ),
            counted=self._counted(head),
            owner=owner,
            tail=tail,
            entry=body,
        )

    def _counts(self, role: Role, head: Token, coloured: bool, tail: str) -> bool:  # noqa: FBT001
        """Whether a noun of the roles means somebody here; ``coloured``: a name or a sector word stands before it."""
        if role.scope == "owned":
            return coloured or bool(children(head, "poss"))
        if role.scope == "weak":
            return coloured or tail.startswith("of ") or self._does(head)
        return role.scope != "proper"

    def _does(self, head: Token) -> bool:
        """Whether the noun does, or has done to it, what only people do."""
        if head.dep_ == "nsubj":
            return head.head.lemma_ in self.lex.agent_verbs
        return head.dep_ == "dobj" and head.head.lemma_ in self.lex.patient_verbs

    def _lent(self, start: int, end: int) -> bool:
        return any(self.lex.sectors.get(w.lower(), "past") != "past" for w in self.words[start:end])

    def _member_of(self, role: Role, inner: list[Entry]) -> Entry | None:
        """The body that "Taliban fighters" or "the IRNA news agency" are: they are it."""
        if not inner or inner[-1].sense != BODY or inner[-1].kind != "organization":
            return None
        same = role.head in self.lex.fighters if "REB" in inner[-1].sector else role.head in self.lex.hypernyms
        return inner[-1] if same else None

    def _counted(self, head: Token) -> bool:
        return any(
            c.dep_ in ("nummod", "quantmod") or c.tag_ == "CD" or c.lower_ in self.quantities or c.lower_ in ("a", "an")
            for c in head.children
        )

    def _gender(self, name: str, coding: Coding) -> str:
        return coding.gender or self.lex.genders.get(name.split()[0].lower(), "") if name.strip() else ""

    def _modifiers(self) -> Iterator[Mention]:
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
                Mention(NAMED, last, start, end, _text(self.doc[start:end]), entry.kind, coding, entry)
            )


def _heads_phrase(token: Token) -> bool:
    if token.is_space or token.dep_ in ("punct", "det"):
        return False
    if token.pos_ in ("ADJ", "NUM") and token.dep_ not in ("nsubj", "nsubjpass", "dobj", "pobj"):
        return False
    if token.dep_ in ("compound", "amod", "nmod") and token.head.i > token.i:
        return False
    return not (token.i + 1 < len(token.doc) and token.doc[token.i + 1].text == "-" and not token.whitespace_)


def _is_pronoun(token: Token) -> bool:
    """Whether a word of PERSONAL is a pronoun here (*that* may join clauses, *it* may mean nothing)."""
    if token.dep_ == "expl":
        return False
    if token.lower_ in ("that", "which", "who", "whom", "whose"):
        return token.tag_ in ("WP", "WDT", "WP$") and (
            token.lower_ != "that" or token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj")
        )
    return token.tag_ in ("PRP", "PRP$")


def _pronoun(token: Token) -> Mention:
    return Mention(PRONOUN, token, token.i, token.i + 1, token.text, None, Coding(None, None, None))


def _belongs(token: Token, head: Token) -> bool:
    """Whether a word before a noun is one of its modifiers, directly or through another one."""
    if (
        token.is_space
        or token.dep_ not in _INNER
        or token.dep_ in _STOP
        or token.text in (",", ";", "(", ")", '"', "“", "”", ":", "'", "--", "—", "–")
    ):
        return False
    if token.tag_ in ("DT", "PDT", "PRP$", "WDT", "POS", "WP$", "IN", "WRB"):
        return False
    up = token
    for _ in range(6):
        if up == head:
            return True
        if up.dep_ in _STOP:
            return False
        up = up.head
    return False


def _is_many(token: Token) -> bool:
    """Whether a modifier counts more than one ("127 million head of cattle": no chief of anything)."""
    return token.dep_ == "nummod" and token.lower_ not in ("one", "1")


def _is_filler(token: Token, fillers: AbstractSet[str]) -> bool:
    """Whether a word at the edge of a phrase only counts, points or measures."""
    return token.tag_ in _FILLER_TAGS or token.lower_ in fillers or token.is_punct


def _text(tokens: object) -> str:
    """The characters of the tokens with single blanks."""
    parts = list(tokens)  # type: ignore[call-overload]
    return " ".join("".join(t.text_with_ws for t in parts).split())
