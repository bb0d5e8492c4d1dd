"""Which mentions mean the same one: short forms of names, descriptions that point back, pronouns.

The resolver goes through the mentions in text order and gives each the entity it belongs to, or a new one.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.actors.coding import ActorCoding
from reportedly.actors.entities import Entity, KnownEntities, first, is_people, name_words, with_tail
from reportedly.actors.lexicon import ActorLexicon
from reportedly.actors.phrases import DESCRIBED, NAMED, PRONOUN, ActorMention, noun_named
from reportedly.actors.pronouns import REACH, Pronouns
from reportedly.model import ActorKind
from reportedly.parse.parsed import Doc, Token
from reportedly.parse.syntax import children, subject


class Resolver:
    """Gives every mention of a document its entity."""

    def __init__(self, doc: Doc, mentions: list[ActorMention], lex: ActorLexicon) -> None:
        self.doc = doc
        self.lex = lex
        self.known = KnownEntities(doc, mentions, lex)
        self.pronouns = Pronouns(self.known, self._description)

    def resolve(self) -> list[Entity]:
        """The entities in the order of their first mention."""
        self._names_first()
        for mention in self.known.mentions:
            if mention.start in self.known.of:
                self._appositions(mention)
                continue
            entity = self.pronouns.resolve(mention) if mention.type == PRONOUN else self._description(mention)
            if entity is not None:
                self.known.put(entity, mention)
                self._appositions(mention)
        self._shares()
        self._employers()
        return [e for e in self.known.entities if not _is_predicate(e)]

    def _employers(self) -> None:
        """A named "ministry spokeswoman" belongs to the ministry that was told of before her."""
        bodies = self._bodies
        for entity in self.known.entities:
            if entity.kind != "person" or not entity.named or entity.owner is not None:
                continue
            words = {w for role in entity.roles for w in role.lower().split()} & bodies
            before = [
                e
                for e in self.known.entities
                if words & e.nouns and e.kind == "organization" and first(e) < first(entity)
            ]
            if words and before:
                entity.owner = max(before, key=first)

    @property
    def _bodies(self) -> set[str]:
        return {n for e in self.known.entities if e.kind == "organization" for n in e.nouns}

    def _shares(self) -> None:
        """Counts of somebody stand for them: *hundreds* of "hundreds of Iranians"."""
        for entity in list(self.known.entities):
            for mention in list(entity.mentions):
                prep = mention.head.head
                if mention.head.dep_ != "pobj" or prep.lower_ != "of" or prep.head.i in self.known.at:
                    continue
                count = prep.head
                if count.tag_ == "CD" or count.lower_ in self.lex.words("count"):
                    self._share(entity, count)

    # names

    def _names_first(self) -> None:
        """Names are one over the whole dispatch, the fullest forms first ("Osman Tahir", then "Tahir")."""
        named = [m for m in self.known.mentions if m.type == NAMED or m.entry is not None]
        known: dict[str, Entity] = {}
        for mention in named:
            if mention.entry is not None and mention.entry.kind != "person" and not is_people(mention):
                entity = known.get(mention.entry.name + (mention.entry.country or ""))
                if entity is None:
                    entity = known[mention.entry.name + (mention.entry.country or "")] = self.known.new()
                self.known.put(entity, mention)
        rest = [m for m in named if m.start not in self.known.of and not is_people(m)]
        for mention in sorted(rest, key=lambda m: -len(name_words(m.name))):
            self.known.put(self._namesake(mention) or self.known.new(), mention)
        self._acronyms()
        self.known.entities.sort(key=lambda e: e.mentions[0].start)
        for entity in self.known.entities:
            entity.mentions.sort(key=lambda m: m.start)

    def _namesake(self, mention: ActorMention) -> Entity | None:
        """The entity of which the name is a short form; the nearest one where several share it."""
        short = name_words(mention.name)
        if not short or self._is_apart(short[-1]):
            return None
        fits = [
            e
            for e in self.known.entities
            if (e.kind == mention.kind or not (e.sure and mention.sure))
            and any(_shortens(short, name, mention.kind if mention.sure else e.kind) for name in e.names)
        ]
        fits = [e for e in fits if not (e.gender and mention.gender and e.gender != mention.gender)]
        if len(fits) == 1:
            return fits[0]
        return min(fits, key=lambda e: min(_distance(m.start, mention.start) for m in e.mentions), default=None)

    def _is_apart(self, word: str) -> bool:
        """Whether a word is no short form of the names that it ends: "the House" is not the White House."""
        return word in self.lex.words("whole_only")

    def _acronyms(self) -> None:
        """Short forms in brackets behind a name: "National Resistance Front (NRF)"."""
        by_name: dict[str, list[ActorMention]] = {}
        for mention in self.known.mentions:
            if mention.type == NAMED:
                by_name.setdefault(mention.name, []).append(mention)
        done: dict[tuple[int, str], int] = {}
        merged = 0
        for mention in [m for m in self.known.mentions if m.type == NAMED and m.start in self.known.of]:
            opening = mention.end
            if opening + 2 >= len(self.doc) or self.doc[opening].text != "(" or self.doc[opening + 2].text != ")":
                continue
            short = self.doc[opening + 1].text
            if self._initials(short, mention):
                entity = self.known.of[mention.start]
                entity.aliases.add(short.casefold())
                # Nothing is new where nobody was merged since: "NATO (NATO) ..." over and over.
                if done.get((id(entity), short)) == merged:
                    continue
                for other in by_name.get(short, ()):
                    if self.known.of.get(other.start) is not entity:
                        merged += 1
                        self.known.merge(entity, self.known.of.get(other.start), other)
                done[id(entity), short] = merged

    def _initials(self, short: str, mention: ActorMention) -> bool:
        letters = [c for c in short if c.isupper()]
        return (
            len(letters) > 1
            and short[0].lower() in {w[0].lower() for w in mention.name.split()}
            and mention.kind != "person"
        )

    # descriptions

    def _appositions(self, mention: ActorMention) -> None:
        """What is set beside a name or said to be the same: "Tahir, spokesman for ...", "its spokesman, Hamid"."""
        self._naming(mention)
        for token in self._beside(mention.head):
            other = self.known.at.get(token.i)
            if other is None or other is mention or other.type == PRONOUN:
                continue
            if {mention.noun, other.noun} & self.lex.words("anybody") or not _alike(mention, other):
                continue
            self._same(self.known.of[mention.start], mention, other)

    def _beside(self, head: Token) -> Iterator[Token]:
        """Nouns set beside a name or said of it: "Tahir, an envoy", "Tahir remains envoy", not "Tahir is not envoy"."""
        yield from (c for c in children(head, "appos") if not _is_contrast(head, c) and not _is_share(head, c))
        if (
            head.dep_ == "nsubj"
            and (head.head.lemma_ == "be" or head.head.lemma_ in self.lex.words("stays"))
            and not any(c.dep_ == "neg" for c in head.head.children)
        ):
            yield from (c for c in children(head.head, "attr") if not _is_none(c))

    def _naming(self, mention: ActorMention) -> None:
        """The name that a participle says somebody has: "a faction called the Dawn Brigade", "calling itself".

        What they are told to be gives their code, not the words of the name: no army has such a brigade.
        """
        plain = mention.type == NAMED and mention.entry is None
        noun = noun_named(mention.head, self.lex.words("naming")) if plain else None
        if noun is None:
            return
        described = self.known.at.get(noun.i)
        if described is None:
            self._share(self.known.of[mention.start], noun)
        elif described.type == DESCRIBED and (not mention.sure or _kinds_fit(described, mention)):
            for m in self.known.of[mention.start].mentions:
                m.coding = described.coding if m.type == NAMED else m.coding
            self._same(self.known.of[mention.start], mention, described)

    def _share(self, entity: Entity, noun: Token) -> None:
        """A noun that no mention has stands for somebody: *hundreds*, *man* of "a man named Josef Bern"."""
        share = ActorMention(PRONOUN, noun, noun.i, noun.i + 1, noun.text, None, ActorCoding(None, None, None))
        self.known.at[noun.i] = share
        self.known.put(entity, share)

    def _same(self, entity: Entity, mention: ActorMention, other: ActorMention) -> None:
        known = self.known.of.get(other.start)
        if known is None:
            if other.type == DESCRIBED and "person" in (entity.kind, other.kind):
                entity.roles.append(with_tail(other))
            self.known.put(entity, other)
            return
        if known is entity or (known.named and entity.named):
            return
        keep, drop = (known, entity) if known.named else (entity, known)
        if mention.type == DESCRIBED:
            keep.roles.append(with_tail(mention))
        keep.owner = keep.owner or drop.owner
        self.known.merge(keep, drop, mention)

    def _description(self, mention: ActorMention) -> Entity:
        """Who a description means: what somebody has ("its troops"), one told before ("the group"), or one more."""
        if mention.owner is not None:
            owner = self.known.entity(mention.owner)
            if owner is not None or mention.owner.tag_ == "PRP$":
                return self._owned(mention, owner)
        if is_people(mention):
            return self._repeated(mention) or self.known.new()
        if mention.definite and not mention.counted:
            return self._pointed_back(mention) or self.known.new()
        if not mention.counted:
            return self._repeated(mention) or self.known.new()
        return self.known.new()

    def _owned(self, mention: ActorMention, owner: Entity | None) -> Entity:
        """Somebody's: "its troops" are the same as before only where the owner is."""
        for entity in reversed(self.known.entities):
            if (
                owner is not None
                and entity.owner is owner
                and mention.noun in entity.nouns
                and not mention.counted
                and entity.kind == mention.kind
            ):
                return entity
        if mention.kind == "person" and owner is not None:
            for entity in reversed(self.known.entities):
                if (
                    entity.kind == "person"
                    and entity.named
                    and any(_role_fits(mention, r, owner) for r in entity.roles)
                ):
                    return entity
        entity = self.known.new()
        entity.owner = owner
        return entity

    def _pointed_back(self, mention: ActorMention) -> Entity | None:
        """What "the source", "the ministry", "the group" point back to."""
        anybody = mention.noun in self.lex.words("anybody")
        tail = set(mention.tail.lower().split())
        here = self.known.sent_of(mention.start)
        for last, entity in self.known.before(mention.start):
            if anybody and self.known.sent_of(last) < here - REACH:
                return None
            if (
                _same_noun(mention, entity)
                and not (self._is_apart(mention.noun) and mention.noun not in entity.nouns)
                and mention.modifiers | tail <= entity.words | self.lex.words("again")
                and _number_fits(mention, entity)
            ):
                return entity
        sectors = self.lex.hypernyms.get(mention.noun)
        if sectors is None or mention.tail or (mention.modifiers - self.lex.words("armed")):
            return None
        doer = self._doer_beside(mention.head)
        fits = [
            e for last, e in self.known.before(mention.start)
            if self.known.sent_of(last) >= here - 3 and e is not doer
            and (e.named or self._is_one_group(e)) and e.kind in ("organization", "group")
            and (not e.code or any(e.code[-3:] == s or s in e.code for s in sectors))
        ]  # fmt: skip
        known = len(fits) == 1 and (fits[0].code or (fits[0].named and fits[0].kind == "organization"))
        return fits[0] if known else None

    def _doer_beside(self, head: Token) -> Entity | None:
        """Who does what is done to somebody, and is not they: "France cut off aid to *the junta*"."""
        verb = next((t for t in head.ancestors if t.pos_ == "VERB"), None)
        doer = subject(verb) if verb is not None and head.dep_ not in ("nsubj", "nsubjpass") else None
        return self.known.entity(doer)

    def _is_one_group(self, entity: Entity) -> bool:
        """Whether somebody without a name is one body of people: "the militia", which "the group" points back to."""
        return bool(entity.nouns) and entity.nouns <= self.lex.words("one_group")

    def _repeated(self, mention: ActorMention) -> Entity | None:
        """The same description without an article again ("residents", "police"); "people" are others each time."""
        if mention.noun in self.lex.words("anybody"):
            return None
        for _, entity in self.known.before(mention.start):
            for m in entity.mentions if mention.key in entity.keys else ():
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


def _is_none(noun: Token) -> bool:
    """Whether it is what somebody is said not to be: "Tahir is no envoy"."""
    return any(c.dep_ == "det" and c.lower_ == "no" for c in noun.children)


def _is_share(whole: Token, part: Token) -> bool:
    """Whether two counted nouns are a whole and a part of it: "six miners (four Poles and two Czechs)"."""
    return all(any(c.pos_ == "NUM" for c in children(t, "nummod")) for t in (whole, part))


def _is_contrast(head: Token, beside: Token) -> bool:
    """Whether a noun behind another one says who it was not: "fighters, not civilians"."""
    return any(t.dep_ == "neg" and head.i < t.i < beside.i for t in (*head.children, *beside.children))


def _is_predicate(entity: Entity) -> bool:
    """Whether all there is of somebody is an office that another is said to hold ("is president")."""
    if len(entity.mentions) > 1 or entity.mentions[0].type != DESCRIBED:
        return False
    head = entity.mentions[0].head
    return head.dep_ in ("attr", "oprd") and not children(head.head, "expl")


def _alike(one: ActorMention, other: ActorMention) -> bool:
    """Whether two phrases set side by side can mean the same one."""
    if one.plural != other.plural:
        return False
    return not (one.sure and other.sure) or _kinds_fit(one, other)


def _kinds_fit(one: ActorMention, other: ActorMention) -> bool:
    """Whether the kinds of two mentions can be those of one: a group may be a body, a person none."""
    kinds = {one.kind, other.kind}
    return len(kinds) == 1 or (kinds == {"organization", "group"}) or None in kinds


def _shortens(short: tuple[str, ...], name: str, kind: ActorKind | None) -> bool:
    """Whether a name is, or is a part of, another one: the surname of a person, the first or last words of a body."""
    full = name_words(name)
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


def _role_fits(mention: ActorMention, role: str, owner: Entity) -> bool:
    words = role.casefold().split()
    return mention.noun in words and bool(
        owner.aliases & {" ".join(words)} or any(set(a.split()) <= set(words) for a in owner.aliases)
    )


def _same_noun(mention: ActorMention, entity: Entity) -> bool:
    """Whether the head noun has been used of the entity: in a description, in its name, as a role."""
    if mention.kind == "person" or (mention.kind is None):
        return entity.kind == "person" and (
            mention.noun in entity.nouns or any(mention.noun in r.lower().split() for r in entity.roles)
        )
    if entity.kind == "person":
        return False
    return mention.noun in entity.nouns or any(mention.noun in a.split() for a in entity.aliases if len(a.split()) > 1)


def _number_fits(mention: ActorMention, entity: Entity) -> bool:
    """Whether one and many can be the same: "the company" is none of "other companies"."""
    alike = [m.plural for m in entity.mentions if m.noun == mention.noun]
    if alike and not entity.named and mention.plural not in alike:
        return False
    if mention.kind == "group" and entity.kind == "organization":
        return not mention.plural
    return mention.kind == entity.kind or entity.kind in ("organization", "group")
