"""Which mentions mean the same one: short forms of names, descriptions that point back, pronouns.

The resolver goes through the mentions in text order and gives each the entity it belongs to, or a new one. A pronoun
that has no safe antecedent gets none. The order of preference follows what is known of English news text: the subject
of the governing clause, then the subject of the sentence before, then the only candidate in reach.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache

import msgspec

from reportedly.actors.coding import Coding, code_of
from reportedly.actors.lexicon import COUNTRY, LEADER, Lexicon
from reportedly.actors.mentions import DESCRIBED, NAMED, PRONOUN, Mention
from reportedly.model import ActorKind
from reportedly.parsed import Doc, Span, Token
from reportedly.syntax import antecedent, children, conjuncts
from reportedly.syntax import subject as understood_subject

_MASCULINE = frozenset({"he", "him", "his", "himself"})
_FEMININE = frozenset({"she", "her", "hers", "herself"})
_NEUTER = frozenset({"it", "its", "itself"})
_PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
_RELATIVE = frozenset({"who", "whom", "whose", "which", "that"})
_SPEAKER = frozenset({"i", "me", "my", "myself", "we", "us", "our"})
_POSSESSIVE = frozenset({"his", "her", "its", "their", "whose"})
_REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves"})
REACH = 2
DEFINITE_REACH = 40
SHORTEST_QUOTE = 3


_QUOTE_MARKS = frozenset("\"“”`'")


class Entity(msgspec.Struct):
    """Somebody, as far as they are known: their mentions and what those say of them.

    ``sure``: a mention shows, more than the statistical model says, what kind of being it is.
    """

    mentions: list[Mention]
    kind: ActorKind | None = None
    gender: str = ""
    roles: list[str] = msgspec.field(default_factory=list)
    nouns: set[str] = msgspec.field(default_factory=set)
    words: set[str] = msgspec.field(default_factory=set)
    codings: list[Coding] = msgspec.field(default_factory=list)
    aliases: set[str] = msgspec.field(default_factory=set)
    owner: Entity | None = None
    sure: bool = False
    one_groups: AbstractSet[str] = frozenset()

    def take(self, mention: Mention) -> None:
        """One more mention."""
        known = self.sure
        self.sure = self.sure or (mention.sure and mention.type != PRONOUN)
        self.mentions.append(mention)
        if mention.type == PRONOUN:
            return
        if self.kind is None or (mention.sure and not known):
            self.kind = mention.kind
        self.gender = self.gender or mention.gender
        if mention.role:
            self.roles.append(mention.role)
        if mention.noun:
            self.nouns.add(mention.noun)
        self.words.update(
            mention.key.split(), mention.modifiers, mention.tail.lower().split(), (mention.role or "").lower().split()
        )
        self.codings.append(mention.coding)
        if mention.type == NAMED:
            self.aliases.add(mention.key)

    @property
    def named(self) -> bool:
        """Whether a proper name is known."""
        return bool(self.aliases)

    @property
    def plural(self) -> bool:
        """Whether *they* fits: a group, or a body of fighters or policemen."""
        if any(m.plural for m in self.mentions) or (self.kind == "group" and not self.nouns <= self.one_groups):
            return True
        return self.kind == "organization" and "REB" in self.code

    @property
    def single(self) -> bool:
        """Whether *it* fits: a body or a country, not a number of people."""
        if self.kind == "country" or self.kind == "organization":
            return True
        return self.kind == "group" and not any(m.plural for m in self.mentions)

    @property
    def code(self) -> str:
        """The first code that a mention gives, the most specific of those that begin alike."""
        codes = [c.code for c in self.codings if c.code]
        return max((c for c in codes if c.startswith(codes[0])), key=len) if codes else ""


class Resolver:
    """Gives every mention of a document its entity."""

    def __init__(self, doc: Doc, mentions: list[Mention], lex: Lexicon) -> None:
        self.doc = doc
        self.lex = lex
        self.mentions = mentions
        self.entities: list[Entity] = []
        self.at: dict[int, Mention] = {i: m for m in mentions for i in range(m.start, m.end)}
        self.of: dict[int, Entity] = {}
        self.sents: list[Span] = list(doc.sents)
        self.sent_of = {i: n for n, s in enumerate(self.sents) for i in range(s.start, s.end)}
        self.quotes = _quotes(doc)

    def resolve(self) -> list[Entity]:
        """The entities in the order of their first mention."""
        self._names_first()
        for mention in self.mentions:
            if mention.start in self.of:
                self._appositions(mention)
                continue
            entity = self._pronoun(mention) if mention.type == PRONOUN else self._description(mention)
            if entity is not None:
                self._put(entity, mention)
                self._appositions(mention)
        self._shares()
        self._employers()
        return [e for e in self.entities if not _is_predicate(e)]

    def _employers(self) -> None:
        """A named "ministry spokeswoman" belongs to the ministry that was told of before her."""
        for entity in self.entities:
            if entity.kind != "person" or not entity.named or entity.owner is not None:
                continue
            words = {w for role in entity.roles for w in role.lower().split()} & self._bodies
            before = [
                e for e in self.entities if words & e.nouns and e.kind == "organization" and _first(e) < _first(entity)
            ]
            if words and before:
                entity.owner = max(before, key=_first)

    @property
    def _bodies(self) -> set[str]:
        return {n for e in self.entities if e.kind == "organization" for n in e.nouns}

    def _shares(self) -> None:
        """Counts of somebody stand for them: *hundreds* of "hundreds of Iranians"."""
        for entity in list(self.entities):
            for mention in list(entity.mentions):
                prep = mention.head.head
                if mention.head.dep_ != "pobj" or prep.lower_ != "of" or prep.head.i in self.at:
                    continue
                count = prep.head
                if count.tag_ == "CD" or count.lower_ in self.lex.words("count"):
                    share = Mention(PRONOUN, count, count.i, count.i + 1, count.text, None, Coding(None, None, None))
                    self.at[count.i] = share
                    self._put(entity, share)

    def _put(self, entity: Entity, mention: Mention) -> None:
        if mention.start not in self.of:
            entity.take(mention)
            self.of[mention.start] = entity

    def _new(self) -> Entity:
        entity = Entity([], one_groups=self.lex.words("one_group"))
        self.entities.append(entity)
        return entity

    def entity(self, token: Token | None) -> Entity | None:
        """The entity on a token, where it is known already."""
        mention = self.at.get(token.i) if token is not None else None
        return self.of.get(mention.start) if mention is not None else None

    # names

    def _names_first(self) -> None:
        """Names are one over the whole dispatch, the fullest forms first ("Osman Tahir", then "Tahir")."""
        named = [m for m in self.mentions if m.type == NAMED or m.entry is not None]
        known: dict[str, Entity] = {}
        for mention in named:
            if mention.entry is not None and mention.entry.kind != "person" and not _is_people(mention):
                entity = known.get(mention.entry.name + (mention.entry.country or ""))
                if entity is None:
                    entity = known[mention.entry.name + (mention.entry.country or "")] = self._new()
                self._put(entity, mention)
        rest = [m for m in named if m.start not in self.of and not _is_people(m)]
        for mention in sorted(rest, key=lambda m: -len(_name_words(m.name))):
            self._put(self._namesake(mention) or self._new(), mention)
        self._acronyms()
        self.entities.sort(key=lambda e: e.mentions[0].start)
        for entity in self.entities:
            entity.mentions.sort(key=lambda m: m.start)

    def _namesake(self, mention: Mention) -> Entity | None:
        """The entity of which the name is a short form; the nearest one where several share it."""
        short = _name_words(mention.name)
        if not short:
            return None
        fits = [
            e
            for e in self.entities
            if (e.kind == mention.kind or not (e.sure and mention.sure))
            and any(_shortens(short, m, mention.kind) for m in e.mentions if m.type == NAMED)
        ]
        fits = [e for e in fits if not (e.gender and mention.gender and e.gender != mention.gender)]
        return min(fits, key=lambda e: min(_distance(m.start, mention.start) for m in e.mentions), default=None)

    def _acronyms(self) -> None:
        """Short forms in brackets behind a name: "National Resistance Front (NRF)"."""
        for mention in [m for m in self.mentions if m.type == NAMED and m.start in self.of]:
            opening = mention.end
            if opening + 2 >= len(self.doc) or self.doc[opening].text != "(" or self.doc[opening + 2].text != ")":
                continue
            short = self.doc[opening + 1].text
            if self._initials(short, mention):
                entity = self.of[mention.start]
                entity.aliases.add(short.casefold())
                for other in self.mentions:
                    if other.type == NAMED and other.name == short and self.of.get(other.start) is not entity:
                        self._merge(entity, self.of.get(other.start), other)

    def _initials(self, short: str, mention: Mention) -> bool:
        letters = [c for c in short if c.isupper()]
        return (
            len(letters) > 1
            and short[0].lower() in {w[0].lower() for w in mention.name.split()}
            and mention.kind != "person"
        )

    def _merge(self, entity: Entity, other: Entity | None, mention: Mention) -> None:
        if other is None:
            self._put(entity, mention)
            return
        for m in other.mentions:
            entity.take(m)
            self.of[m.start] = entity
        if other in self.entities:
            self.entities.remove(other)

    # descriptions

    def _appositions(self, mention: Mention) -> None:
        """What is set beside a name or said to be the same: "Tahir, spokesman for ...", "its spokesman, Hamid"."""
        for token in self._beside(mention.head):
            other = self.at.get(token.i)
            if other is None or other is mention or other.type == PRONOUN:
                continue
            if {mention.noun, other.noun} & self.lex.words("anybody") or not _alike(mention, other):
                continue
            self._same(self.of[mention.start], mention, other)

    def _beside(self, head: Token) -> Iterator[Token]:
        yield from children(head, "appos")
        if (
            head.dep_ == "nsubj"
            and head.head.lemma_ in ("be", "remain")
            and not any(c.dep_ == "neg" for c in head.head.children)
        ):
            yield from children(head.head, "attr")

    def _same(self, entity: Entity, mention: Mention, other: Mention) -> None:
        known = self.of.get(other.start)
        if known is None:
            if other.type == DESCRIBED and "person" in (entity.kind, other.kind):
                entity.roles.append(_with_tail(other))
            self._put(entity, other)
            return
        if known is entity or (known.named and entity.named):
            return
        keep, drop = (known, entity) if known.named else (entity, known)
        if mention.type == DESCRIBED:
            keep.roles.append(_with_tail(mention))
        keep.owner = keep.owner or drop.owner
        self._merge(keep, drop, mention)

    def _description(self, mention: Mention) -> Entity:
        if mention.owner is not None:
            owner = self.entity(mention.owner)
            if owner is not None or mention.owner.tag_ == "PRP$":
                return self._owned(mention, owner)
        if _is_people(mention):
            return self._repeated(mention) or self._new()
        if mention.definite and not mention.counted:
            return self._pointed_back(mention) or self._new()
        if not mention.counted:
            return self._repeated(mention) or self._new()
        return self._new()

    def _owned(self, mention: Mention, owner: Entity | None) -> Entity:
        """Somebody's: "its troops" are the same as before only where the owner is."""
        for entity in reversed(self.entities):
            if (
                owner is not None
                and entity.owner is owner
                and mention.noun in entity.nouns
                and not mention.counted
                and entity.kind == mention.kind
            ):
                return entity
        if mention.kind == "person" and owner is not None:
            for entity in reversed(self.entities):
                if (
                    entity.kind == "person"
                    and entity.named
                    and any(_role_fits(mention, r, owner) for r in entity.roles)
                ):
                    return entity
        entity = self._new()
        entity.owner = owner
        return entity

    def _before(self, mention: Mention) -> Iterator[Entity]:
        """Entities told so far, the most recent first."""
        told: dict[int, tuple[int, Entity]] = {}
        for entity in self.entities:
            last = max((m.start for m in entity.mentions if m.start < mention.start), default=-1)
            if last >= 0:
                told[id(entity)] = (last, entity)
        for _, entity in sorted(told.values(), key=lambda x: -x[0]):
            yield entity

    def _pointed_back(self, mention: Mention) -> Entity | None:
        """What "the source", "the ministry", "the group" point back to."""
        anybody = mention.noun in self.lex.words("anybody")
        tail = set(mention.tail.lower().split())
        for entity in self._before(mention):
            if anybody and not self._fresh(entity, mention):
                return None
            if (
                _same_noun(mention, entity)
                and mention.modifiers | tail <= entity.words | {"same", "said"}
                and _number_fits(mention, entity)
            ):
                return entity
        sectors = self.lex.hypernyms.get(mention.noun)
        if (
            sectors is None
            or mention.tail
            or (mention.modifiers - {"rebel", "militant", "armed", "islamist", "guerrilla"})
        ):
            return None
        here = self.sent_of[mention.start]
        fits = [
            e for e in self._before(mention)
            if e.named and e.kind in ("organization", "group")
            and (not e.code or any(e.code[-3:] == s or s in e.code for s in sectors))
            and any(here - 3 <= self.sent_of[m.start] <= here and m.start < mention.start for m in e.mentions)
        ]  # fmt: skip
        return fits[0] if len(fits) == 1 and fits[0].code else None

    def _fresh(self, entity: Entity, mention: Mention) -> bool:
        """Whether somebody was spoken of in the sentence of a mention or in one of the two before it."""
        last = max((m.start for m in entity.mentions if m.start < mention.start), default=0)
        return self.sent_of[last] >= self.sent_of[mention.start] - REACH

    def _repeated(self, mention: Mention) -> Entity | None:
        """The same description without an article again ("residents", "police"); "people" are others each time."""
        if mention.noun in self.lex.words("anybody"):
            return None
        for entity in self._before(mention):
            for m in entity.mentions:
                if (
                    m.type != PRONOUN
                    and m.key == mention.key
                    and not m.counted
                    and m.kind == mention.kind
                    and m.kind != "person"
                    and entity.owner is None
                ) and (not mention.tail or m.tail == mention.tail):
                    return entity
        return None

    # pronouns

    def _pronoun(self, mention: Mention) -> Entity | None:
        word = mention.head.lower_
        if word in _RELATIVE:
            return self._relative(mention)
        if word in _SPEAKER:
            return self._speaker(mention.head)
        if word in _NEUTER and _means_nothing(mention.head):
            return None
        return next(self._candidates(mention), None)

    def _relative(self, mention: Mention) -> Entity | None:
        head = mention.head
        clause = head
        if head.lower_ == "whose" or head.dep_ == "poss":
            clause = head.head
        while clause.dep_ != "relcl" and clause.head != clause and clause.pos_ != "PUNCT":
            clause = clause.head
        if clause.dep_ != "relcl":
            found = antecedent(head)
            return self.entity(found) if found != head else None
        if head.lower_ in ("who", "whom"):
            entity = self.entity(clause.head)
            return entity if entity is not None and entity.kind != "country" else None
        return self.entity(clause.head)

    def _speaker(self, token: Token) -> Entity | None:
        quote = self.quotes.get(token.i)
        if quote is None:
            return None
        start, end = quote
        first, last = self.sent_of[start], self.sent_of[end]
        for number in dict.fromkeys((last, first, last + 1, first - 1)):
            if not 0 <= number < len(self.sents) or (
                number not in (first, last) and "\n" in self.doc[end : self.sents[number].start].text
            ):
                continue
            for verb in self.sents[number]:
                if verb.i in self.quotes or verb.lemma_ not in self.lex.words("saying"):
                    continue
                subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.i not in self.quotes), None)
                if (
                    subject is not None
                    and abs(verb.i - start) + abs(verb.i - end) < abs(end - start) + 2 * DEFINITE_REACH
                ):
                    return self._told(subject)
        return None

    def _told(self, token: Token) -> Entity | None:
        """The entity on a token that may stand behind: one that is not resolved yet is, if it is no pronoun."""
        found = self.entity(token)
        mention = self.at.get(token.i)
        if found is None and mention is not None and mention.type != PRONOUN:
            found = self._description(mention)
            self._put(found, mention)
        return found

    def _candidates(self, mention: Mention) -> Iterator[Entity]:
        """Safe antecedents, best first."""
        pronoun = mention.head
        word = pronoun.lower_
        barred = self._barred(pronoun)
        for above in self._governing(pronoun):
            if word in _NEUTER | _PLURAL and len(conjuncts(above)) > 1:
                if word in _PLURAL:
                    return
                continue
            entity = self.entity(above)
            if entity is not None and entity not in barred and _agrees(word, entity):
                yield entity
                return
            if entity is None and self._blocks(above, word):
                return
        here = self.sent_of[pronoun.i]
        inside = self._in_sentence(here, pronoun, word, barred)
        if inside and (word not in _NEUTER or len(inside) == 1):
            subjects = [e for e in inside if self._is_subject(e, here, pronoun.i)]
            if len(inside) == 1 or len(subjects) == 1:
                yield (inside if len(inside) == 1 else subjects)[0]
                return
            if word in _MASCULINE | _FEMININE:
                return
        if word in _NEUTER | _PLURAL and (inside or pronoun.i in self.quotes):
            return
        if word not in _NEUTER or (self._opens(pronoun) and self._acts(pronoun)):
            yield from self._from_before(here, pronoun, word, barred)

    def _opens(self, pronoun: Token) -> bool:
        """Whether no other subject stands before the pronoun in its sentence, or it is who says the sentence."""
        if pronoun.dep_ == "nsubj" and pronoun.head.lemma_ in self.lex.words("saying"):
            return True
        before = self.sents[self.sent_of[pronoun.i]]
        return not any(
            t.dep_ in ("nsubj", "nsubjpass") and t.i < pronoun.i and pronoun not in t.subtree for t in before
        )

    def _acts(self, pronoun: Token) -> bool:
        """Whether a pronoun does what somebody does, to somebody or something ("it" that "worked" may be a thing)."""
        verb = pronoun.head
        if pronoun.dep_ != "nsubj" or verb.lemma_ in self.lex.agent_verbs:
            return True
        return any(c.dep_ in ("dobj", "xcomp", "ccomp", "attr") for c in verb.children)

    def _from_before(self, here: int, pronoun: Token, word: str, barred: list[Entity]) -> Iterator[Entity]:
        reach = REACH if word in _MASCULINE | _FEMININE else 1
        for number in range(here - 1, max(-1, here - 1 - reach), -1):
            root = self.sents[number].root
            subject = next((c for c in root.children if c.dep_ in ("nsubj", "nsubjpass")), None)
            entity = self.entity(subject) if subject is not None else None
            if (
                entity is not None
                and entity not in barred
                and _agrees(word, entity)
                and not self._coordinated(subject, word)
            ):
                yield entity
                return
            if word in _NEUTER and (subject is None or entity is None or not _agrees(word, entity)):
                return
            fits = self._in_sentence(number, pronoun, word, barred)
            if len(fits) == 1:
                yield fits[0]
                return
            if fits:
                return
            if word in _PLURAL:
                return

    def _coordinated(self, subject: Token | None, word: str) -> bool:
        return subject is not None and word in _PLURAL and len(conjuncts(subject)) > 1

    def _barred(self, pronoun: Token) -> list[Entity]:
        """Who the pronoun cannot mean: the others beside its verb, and whoever speaks the quotation around it."""
        barred: list[Entity] = []
        quote = self.quotes.get(pronoun.i)
        if quote is not None and (speaker := self._quoted_by(quote)) is not None:
            barred.append(speaker)
        if pronoun.lower_ in _POSSESSIVE and pronoun.dep_ == "poss":
            own = self.at.get(pronoun.head.i)
            if own is not None and own.start in self.of:
                barred.append(self.of[own.start])
            return barred
        if pronoun.lower_ in _REFLEXIVE:
            return barred
        verb = pronoun.head.head if pronoun.dep_ == "pobj" else pronoun.head
        beside = [c for c in verb.children if c.i != pronoun.i and c.dep_ in ("nsubj", "nsubjpass", "dobj", "dative")]
        if (
            not any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)
            and (doer := understood_subject(verb)) is not None
        ):
            beside.append(doer)
        barred.extend(e for c in beside if (e := self.entity(c)) is not None)
        return barred

    def _quoted_by(self, quote: tuple[int, int]) -> Entity | None:
        return self._speaker(self.doc[quote[0]])

    def _governing(self, pronoun: Token) -> Iterator[Token]:
        """Subjects of the clauses above the pronoun, the nearest first; of its own clause for a possessive."""
        own = pronoun.lower_ in _POSSESSIVE | _REFLEXIVE
        inside_quote = pronoun.i in self.quotes
        node = pronoun
        seen_verb = False
        while node.head != node:
            node = node.head
            if node.pos_ not in ("VERB", "AUX"):
                continue
            for c in node.children:
                if c.dep_ not in ("nsubj", "nsubjpass") or c.i >= pronoun.i or pronoun in c.subtree:
                    continue
                if (seen_verb or own) and (c.i in self.quotes) == inside_quote:
                    yield antecedent(c) if c.tag_ in ("WP", "WDT") else c
            seen_verb = True

    def _blocks(self, subject: Token, word: str) -> bool:
        """Whether an unresolved subject could be what *it* or *they* means: then it is left alone."""
        if subject.pos_ == "PRON":
            return subject.lower_ == word and word in _NEUTER | _PLURAL
        plural = subject.tag_ in ("NNS", "NNPS")
        return (word in _NEUTER and not plural) or (word in _PLURAL and plural)

    def _in_sentence(self, number: int, pronoun: Token, word: str, barred: list[Entity]) -> list[Entity]:
        """Entities told in a sentence before the pronoun that agree with it."""
        found: list[Entity] = []
        for token in self.sents[number]:
            if token.i >= pronoun.i:
                break
            mention = self.at.get(token.i)
            if (
                mention is None
                or mention.head != token
                or (token.dep_ == "pobj" and token.head.lower_ == "as")
                or (token.i in self.quotes) != (pronoun.i in self.quotes and number == self.sent_of[pronoun.i])
            ):
                continue
            entity = self.of.get(mention.start)
            if entity is not None and entity not in barred and entity not in found and _agrees(word, entity):
                found.append(entity)
        return found

    def _is_subject(self, entity: Entity, number: int, before: int) -> bool:
        here = (m for m in entity.mentions if m.start < before and self.sent_of[m.start] == number)
        return any(m.head.dep_ in ("nsubj", "nsubjpass") for m in here)


def _agrees(word: str, entity: Entity) -> bool:
    if word in _MASCULINE or word in _FEMININE:
        wanted = "m" if word in _MASCULINE else "f"
        return entity.kind == "person" and entity.gender in ("", wanted) and not any(m.plural for m in entity.mentions)
    if word in _NEUTER:
        return entity.single
    return entity.plural and entity.kind != "person"


def _first(entity: Entity) -> int:
    return min(m.start for m in entity.mentions)


def _is_predicate(entity: Entity) -> bool:
    """Whether all there is of somebody is an office that another is said to hold ("is president")."""
    if len(entity.mentions) > 1 or entity.mentions[0].type != DESCRIBED:
        return False
    head = entity.mentions[0].head
    return head.dep_ in ("attr", "oprd") and not children(head.head, "expl")


def _alike(one: Mention, other: Mention) -> bool:
    """Whether two phrases set side by side can mean the same one."""
    if one.plural != other.plural:
        return False
    if not (one.sure and other.sure):
        return True
    kinds = {one.kind, other.kind}
    return len(kinds) == 1 or (kinds == {"organization", "group"}) or None in kinds


def _is_people(mention: Mention) -> bool:
    """Whether it is people of a nation or creed, not the nation ("Iraqis", "two Israelis")."""
    if (
        mention.type != NAMED
        or mention.kind != "group"
        or mention.entry is None
        or mention.entry.kind == "organization"
    ):
        return False
    return mention.head.dep_ not in ("amod", "compound", "nmod")


@lru_cache(maxsize=10_000)
def _name_words(name: str) -> tuple[str, ...]:
    """The words of a name for comparison: lower case, no articles before Arabic names, no full stops."""
    words = [w for w in name.casefold().replace("’", "'").split() if w not in ("the", "jr.", "jr", "sr.")]
    for prefix in ("al-", "el-"):
        words = [w.removeprefix(prefix) for w in words]
    return tuple(w.strip(".,'") for w in words if w.strip(".,'"))


def _shortens(short: tuple[str, ...], mention: Mention, kind: ActorKind | None) -> bool:
    """Whether a name is, or is a part of, another one: the surname of a person, the first or last words of a body."""
    full = _name_words(mention.name)
    if short == full:
        return True
    if len(short) >= len(full):
        return False
    if full[-len(short) :] == short:
        return kind == "person" or len(short) > 1 or len(full) == 2
    if full[: len(short)] == short:
        return kind == "person" or len(short) > 1
    return kind == "person" and len(short) == 1 and short[0] in full[1:] and len(short[0]) > 3


def _distance(candidate: int, mention: int) -> tuple[int, int]:
    """Nearness, what stands before counted first."""
    return (0, mention - candidate) if candidate <= mention else (1, candidate - mention)


def _with_tail(mention: Mention) -> str:
    return f"{mention.name} {mention.tail}".strip()


def _role_fits(mention: Mention, role: str, owner: Entity) -> bool:
    words = role.casefold().split()
    return mention.noun in words and bool(
        owner.aliases & {" ".join(words)} or any(set(a.split()) <= set(words) for a in owner.aliases)
    )


def _same_noun(mention: Mention, entity: Entity) -> bool:
    """Whether the head noun has been used of the entity: in a description, in its name, as a role."""
    if mention.kind == "person" or (mention.kind is None):
        return entity.kind == "person" and (
            mention.noun in entity.nouns or any(mention.noun in r.lower().split() for r in entity.roles)
        )
    if entity.kind == "person":
        return False
    return mention.noun in entity.nouns or any(mention.noun in a.split() for a in entity.aliases if len(a.split()) > 1)


def _number_fits(mention: Mention, entity: Entity) -> bool:
    if mention.kind == "group" and entity.kind == "organization":
        return not mention.plural
    return mention.kind == entity.kind or entity.kind in ("organization", "group")


def _means_nothing(token: Token) -> bool:
    """Whether *it* points to no one ("it was not clear who", "it is raining")."""
    verb = token.head
    if token.dep_ not in ("nsubj", "nsubjpass"):
        return False
    clausal = any(c.dep_ in ("ccomp", "csubj", "xcomp", "advcl", "csubjpass") and c.i > verb.i for c in verb.children)
    if verb.lemma_ == "be":
        attributes = children(verb, "acomp", "attr")
        return (
            clausal
            or any(c.dep_ == "acomp" for c in attributes)
            or any(g.dep_ in ("relcl", "ccomp", "acl") for a in attributes for g in a.children)
        )
    if verb.lemma_ in ("rain", "snow", "seem", "appear", "remain", "happen", "turn", "matter", "take", "emerge"):
        return True
    return token.dep_ == "nsubjpass" and clausal


def _quotes(doc: Doc) -> dict[int, tuple[int, int]]:
    """For each token between quotation marks of one paragraph, the first and last token of the quotation."""
    found: dict[int, tuple[int, int]] = {}
    if not _QUOTE_MARKS.intersection(doc.text):
        return found
    opened: int | None = None
    for i, text in enumerate(t.text for t in doc):
        if "\n" in text:
            opened = None
        elif text in ("“", "``") or (text in ('"', "''") and opened is None):
            opened = i
        elif text in ("”", '"', "''") and opened is not None:
            if i - opened - 1 >= SHORTEST_QUOTE:
                found.update((n, (opened + 1, i - 1)) for n in range(opened + 1, i))
            opened = None
    return found


def name_of(entity: Entity) -> str:
    """The fullest proper form, or the description with its owner and what follows."""
    named = [m for m in entity.mentions if m.type == NAMED]
    if named:
        return _bare(_proper_name(named))
    described = [m for m in entity.mentions if m.type == DESCRIBED]
    if described and described[0].entry is not None:
        return described[0].entry.name
    best = max(described, key=lambda m: (bool(m.tail), len(m.name)), default=entity.mentions[0])
    name = _with_tail(best)
    owner = entity.owner
    if owner is not None and owner is not entity:
        return f"{name_of(owner)}'s {name}"
    if best.owner is not None and best.owner.tag_ != "PRP$":
        subtree = [t for t in best.owner.subtree if t.tag_ not in ("DT", "PRP$")]
        return " ".join("".join(t.text_with_ws for t in subtree).split()) + " " + name
    return name


def _bare(name: str) -> str:
    """A name without a leading article ("The Philippines")."""
    first, _, rest = name.partition(" ")
    return rest if rest and first.lower() == "the" else name


def _proper_name(named: list[Mention]) -> str:
    people = [m.name for m in named if _is_people(m)]
    if people:
        return max(people, key=len)
    entry = next((m.entry for m in named if m.entry is not None), None)
    if entry is not None and entry.kind == "country":
        nouns = [m.name for m in named if m.entry is not None and m.entry.sense == COUNTRY]
        names = [n for n in nouns if n != n.lower()]
        adjective = any(m.entry is not None and m.entry.sense != "capital" for m in named)
        return max(names, key=len) if names else (entry.name if adjective else named[0].name)
    return max((m.name for m in named), key=lambda n: (len(n.split()), len(n)))


def all_codings(entity: Entity, lex: Lexicon) -> Iterable[Coding]:
    """What the mentions say of country and code, roles and owner included, best evidence first."""
    full = any(m.type == NAMED and m.entry is None and len(_name_words(m.name)) > 1 for m in entity.mentions)
    for mention in entity.mentions:
        # A surname of the tables means nothing where the dispatch gives another first name to it.
        surname = mention.entry is not None and mention.entry.sense == LEADER and len(_name_words(mention.name)) == 1
        if mention.coding.code and not (full and surname):
            yield mention.coding
    for role in entity.roles:
        coding = code_of(role.split(), lex)
        if coding.code:
            yield coding
