"""Somebody that a dispatch speaks of: what their mentions say of them together, and what is known so far of all."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import NamedTuple

import msgspec

from reportedly.actors.coding import ActorCoding, code_of
from reportedly.actors.lexicon import COUNTRY, LEADER, ActorLexicon
from reportedly.actors.phrases import DESCRIBED, NAMED, PRONOUN, ActorMention
from reportedly.model import ActorKind
from reportedly.parse.parsed import Doc, Token


class Entity(msgspec.Struct, eq=False):
    """Somebody, as far as they are known: their mentions and what those say of them.

    ``sure``: a mention shows, more than the statistical model says, what kind of being it is. ``names`` are their
    proper names as they stand in the text, ``keys`` how they are called without regard to capitals, pronouns apart;
    ``many``: a mention is a plural.
    """

    mentions: list[ActorMention]
    kind: ActorKind | None = None
    gender: str = ""
    roles: list[str] = msgspec.field(default_factory=list)
    nouns: set[str] = msgspec.field(default_factory=set)
    words: set[str] = msgspec.field(default_factory=set)
    codings: list[ActorCoding] = msgspec.field(default_factory=list)
    aliases: set[str] = msgspec.field(default_factory=set)
    owner: Entity | None = None
    sure: bool = False
    one_groups: AbstractSet[str] = frozenset()
    names: set[str] = msgspec.field(default_factory=set)
    keys: set[str] = msgspec.field(default_factory=set)
    many: bool = False

    def take(self, mention: ActorMention) -> None:
        """One more mention."""
        known = self.sure
        self.sure = self.sure or (mention.sure and mention.type != PRONOUN)
        self.mentions.append(mention)
        self.many = self.many or mention.plural
        if mention.type == PRONOUN:
            return
        self.keys.add(mention.key)
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
            self.names.add(mention.name)

    @property
    def named(self) -> bool:
        """Whether a proper name is known."""
        return bool(self.aliases)

    @property
    def plural(self) -> bool:
        """Whether *they* fits: a group, or a body of fighters or policemen."""
        if self.many or (self.kind == "group" and not self.nouns <= self.one_groups):
            return True
        return self.kind == "organization" and "REB" in self.code

    @property
    def single(self) -> bool:
        """Whether *it* fits: a body or a country, not a number of people."""
        if self.kind == "country" or self.kind == "organization":
            return True
        return self.kind == "group" and not self.many

    @property
    def code(self) -> str:
        """The first code that a mention gives, the most specific of those that begin alike."""
        codes = [c.code for c in self.codings if c.code]
        return max((c for c in codes if c.startswith(codes[0])), key=len) if codes else ""


class KnownEntities:
    """The mentions of one document and the entities that they have been given so far, in text order."""

    def __init__(self, doc: Doc, mentions: list[ActorMention], lex: ActorLexicon) -> None:
        self.doc = doc
        self.lex = lex
        self.mentions = mentions
        self.entities: list[Entity] = []
        self.at: dict[int, ActorMention] = {i: m for m in mentions for i in range(m.start, m.end)}
        self.of: dict[int, Entity] = {}
        self._starts: list[int] = []
        self.sents, self.sent_of = doc.sentences, doc.sentence_number

    def entity(self, token: Token | None) -> Entity | None:
        """The entity on a token, where it is known already."""
        mention = self.at.get(token.i) if token is not None else None
        return self.of.get(mention.start) if mention is not None else None

    def put(self, entity: Entity, mention: ActorMention) -> None:
        """Give a mention its entity, if it has none yet."""
        if mention.start not in self.of:
            entity.take(mention)
            self.of[mention.start] = entity
            insort(self._starts, mention.start)

    def before(self, start: int) -> Iterator[tuple[int, Entity]]:
        """Whoever is spoken of before a word, the most recent first, each with the word of the last mention."""
        seen: set[Entity] = set()
        for at in reversed(range(bisect_left(self._starts, start))):
            entity = self.of[self._starts[at]]
            if entity not in seen:
                seen.add(entity)
                yield self._starts[at], entity
                if len(seen) == len(self.entities):
                    return

    def new(self) -> Entity:
        """An entity that has not been told of before."""
        entity = Entity([], one_groups=self.lex.words("one_group"))
        self.entities.append(entity)
        return entity

    def merge(self, entity: Entity, other: Entity | None, mention: ActorMention) -> None:
        """Two entities are one: all that is known of the other is known of the first."""
        if other is None:
            self.put(entity, mention)
            return
        for m in other.mentions:
            entity.take(m)
            self.of[m.start] = entity
        if other in self.entities:
            self.entities.remove(other)


def first(entity: Entity) -> int:
    """The token at which somebody is first spoken of."""
    return min(m.start for m in entity.mentions)


def is_people(mention: ActorMention) -> bool:
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
def name_words(name: str) -> tuple[str, ...]:
    """The words of a name for comparison: lower case, no articles before Arabic names, no full stops."""
    words = [w for w in name.casefold().replace("’", "'").split() if w not in ("the", "jr.", "jr", "sr.")]
    for prefix in ("al-", "el-"):
        words = [w.removeprefix(prefix) for w in words]
    return tuple(w.strip(".,'") for w in words if w.strip(".,'"))


def name_of(entity: Entity) -> str:
    """The fullest proper form ("Ann Miller"), or the description with owner and tail ("Sarn's chief of police")."""
    named = [m for m in entity.mentions if m.type == NAMED]
    if named:
        return _bare(_proper_name(named))
    described = [m for m in entity.mentions if m.type == DESCRIBED]
    if described and described[0].entry is not None:
        return described[0].entry.name
    best = max(described, key=lambda m: (bool(m.tail), len(m.name)), default=entity.mentions[0])
    name = with_tail(best)
    owner = entity.owner
    if owner is not None and owner is not entity:
        whose = name_of(owner)
        several = owner.many or owner.kind in ("organization", "group")
        return f"{whose}' {name}" if several and whose.endswith("s") else f"{whose}'s {name}"
    if best.owner is not None and best.owner.tag_ != "PRP$":
        subtree = [t for t in best.owner.subtree if t.tag_ not in ("DT", "PRP$")]
        return " ".join("".join(t.text_with_ws for t in subtree).split()) + " " + name
    return name


def _bare(name: str) -> str:
    """A name without a leading article ("The Philippines")."""
    first, _, rest = name.partition(" ")
    return rest if rest and first.lower() == "the" else name


def _proper_name(named: list[ActorMention]) -> str:
    people = [m.name for m in named if is_people(m)]
    if people:
        return max(people, key=len)
    entry = next((m.entry for m in named if m.entry is not None), None)
    if entry is not None and entry.kind == "country":
        nouns = [m.name for m in named if m.entry is not None and m.entry.sense == COUNTRY]
        names = [n for n in nouns if n != n.lower()]
        adjective = any(m.entry is not None and m.entry.sense != "capital" for m in named)
        return max(names, key=len) if names else (entry.name if adjective else named[0].name)
    return max((m.name for m in named), key=lambda n: (len(n.split()), len(n)))


def with_tail(mention: ActorMention) -> str:
    """A phrase with what follows it and says who it is."""
    return f"{mention.name} {mention.tail}".strip()


class NameEvidence(NamedTuple):
    """What a mention says of who somebody is; None for what is said of an office told beside their name."""

    coding: ActorCoding
    mention: ActorMention | None


def all_codings(entity: Entity, lex: ActorLexicon) -> Iterable[NameEvidence]:
    """What the mentions say of country and code, roles and owner included, best evidence first."""
    full = any(m.type == NAMED and m.entry is None and len(name_words(m.name)) > 1 for m in entity.mentions)
    for mention in entity.mentions:
        # A surname of the tables means nothing where the dispatch gives another first name to it.
        surname = mention.entry is not None and mention.entry.sense == LEADER and len(name_words(mention.name)) == 1
        if mention.coding.code and not (full and surname):
            yield NameEvidence(mention.coding, mention)
    for role in entity.roles:
        coding = code_of(role.split(), lex)
        if coding.code:
            yield NameEvidence(coding, None)
