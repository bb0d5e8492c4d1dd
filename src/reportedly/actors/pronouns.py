"""Whom a pronoun means, where that is safe; a pronoun that has no safe antecedent gets none.

The order of preference follows what is known of English news text: the subject of the governing clause, then the
subject of the sentence before, then the only candidate in reach.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from reportedly.actors.agreement import (
    FEMININE,
    MASCULINE,
    NEUTER,
    PLURAL,
    acts,
    agrees,
    is_armed,
    is_channel,
    kindred_of,
    may_be,
    means_nothing,
    uses_force,
)
from reportedly.actors.entities import Entity, KnownEntities
from reportedly.actors.phrases import PRONOUN, ActorMention
from reportedly.actors.quotations import quotations
from reportedly.parse.parsed import Token
from reportedly.parse.syntax import antecedent, children, conjuncts, prep_objects
from reportedly.parse.syntax import subject as understood_subject

_RELATIVE = frozenset({"who", "whom", "whose", "which", "that"})
_SPEAKER = frozenset({"i", "me", "my", "myself", "we", "us", "our"})
_OURS = frozenset({"we", "us", "our"})
_POSSESSIVE = frozenset({"his", "her", "its", "their", "whose"})
_REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves"})
REACH = 2
DEFINITE_REACH = 40


class Sought(NamedTuple):
    """What one place offers for a pronoun: whom it means, and whether no other place is to be asked."""

    entity: Entity | None
    ended: bool


NO_ONE = Sought(None, ended=True)
FURTHER = Sought(None, ended=False)


class Pronouns:
    """Resolves the pronouns of one document among the entities known before them.

    ``describe`` gives the entity of a description that has not had its turn yet: who speaks may stand behind the quote.
    """

    def __init__(self, known: KnownEntities, describe: Callable[[ActorMention], Entity]) -> None:
        self.known = known
        self.describe = describe
        self.quotes = quotations(known.doc)
        self._bodies: dict[tuple[int, int], list[Token]] = {}

    def resolve(self, mention: ActorMention) -> Entity | None:
        """Whom a pronoun means: "she" in "Ann Miller said she would stay"; None where that is not safe to say."""
        word = mention.head.lower_
        if word in _RELATIVE:
            return self._relative(mention)
        if word in _SPEAKER:
            speaker = self._speaker(mention.head)
            return self._body_of(speaker) or speaker if speaker is not None and word in _OURS else speaker
        if word in NEUTER and means_nothing(mention.head, self.known.lex):
            return None
        return self._antecedent(mention)

    def _relative(self, mention: ActorMention) -> Entity | None:
        """What the noun before a clause means: "the rebels, who fled"; no country is a "who"."""
        head = mention.head
        clause = head
        if head.lower_ == "whose" or head.dep_ == "poss":
            clause = head.head
        while clause.dep_ != "relcl" and clause.head != clause and clause.pos_ != "PUNCT":
            clause = clause.head
        if clause.dep_ != "relcl":
            found = antecedent(head)
            return self.known.entity(found) if found != head else None
        if head.lower_ in ("who", "whom"):
            entity = self.known.entity(clause.head)
            return entity if entity is not None and entity.kind != "country" else None
        return self.known.entity(clause.head)

    def _speaker(self, token: Token) -> Entity | None:
        """Who says "I" or "we": the subject of the verb of saying beside the quotation: "“We stay,” Miller said"."""
        quote = self.quotes.get(token.i)
        if quote is None:
            return None
        start, end = quote
        first, last = self.known.sent_of(start), self.known.sent_of(end)
        closed = self.known.doc[end].text == "."
        for number in dict.fromkeys((last, first, first - 1) if closed else (last, first, last + 1, first - 1)):
            if not 0 <= number < len(self.known.sents) or (
                number not in (first, last) and "\n" in self.known.doc[end : self.known.sents[number].start].text
            ):
                continue
            for verb in self.known.sents[number]:
                if verb.i in self.quotes or verb.lemma_ not in self.known.lex.quoting:
                    continue
                subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.i not in self.quotes), None)
                if (
                    subject is not None
                    and abs(verb.i - start) + abs(verb.i - end) < abs(end - start) + 2 * DEFINITE_REACH
                ):
                    return self._told(subject)
        return None

    def _body_of(self, speaker: Entity) -> Entity | None:
        """Those for whom somebody speaks, whom *we* means in their mouth: "the group's spokeswoman, Amna Saleh"."""
        told = [t for m in speaker.mentions for t in self._stood_for(m)]
        bodies = (speaker.owner, *(self._told(t) for t in told))
        return next((e for e in bodies if e is not None and e.kind != "person"), None)

    def _stood_for(self, mention: ActorMention) -> list[Token]:
        """Whom a mention says that somebody stands for: "group" of "the group's spokeswoman"."""
        at = mention.start, mention.end
        found = self._bodies.get(at)
        if found is None:
            found = self._bodies[at] = [t for t in (mention.owner, *prep_objects(mention.head, "for")) if t is not None]
        return found

    def _told(self, token: Token) -> Entity | None:
        """The entity on a token that may stand behind: one that is not resolved yet is, if it is no pronoun."""
        found = self.known.entity(token)
        mention = self.known.at.get(token.i)
        if found is None and mention is not None and mention.type != PRONOUN:
            found = self.describe(mention)
            self.known.put(found, mention)
        return found

    def _antecedent(self, mention: ActorMention) -> Entity | None:
        """The first safe one: the subject above ("Miller said she"), then that of the sentence before.

        Between them come a subject that stands behind ("When she left, Miller ...") and the only one of the sentence
        that fits.
        """
        pronoun = mention.head
        word = pronoun.lower_
        barred = self._barred(pronoun)
        here = self.known.sent_of(pronoun.i)
        sought = self._alongside(pronoun, word, barred)
        sought = sought if sought.ended else self._above(pronoun, word, barred)
        if not sought.ended:
            ahead = self._ahead(here, pronoun, word, barred)
            sought = Sought(ahead, ended=True) if ahead is not None else self._inside(here, pronoun, word, barred)
        opens = word not in NEUTER or (self._opens(pronoun) and acts(pronoun, self.known.lex))
        return self._from_before(here, pronoun, word, barred) if opens and not sought.ended else sought.entity

    def _alongside(self, pronoun: Token, word: str, barred: list[Entity]) -> Sought:
        """Whom the verb before it has for its object too: "arrested the wife of a senator and charged *her*".

        Who gets something, also of others: "Peru offered Chad tents, and Cuba promised *it* drugs".
        """
        verb, dep = pronoun.head, pronoun.dep_
        alone = dep == "dative" or (dep == "dobj" and not children(verb, "nsubj", "aux"))
        if not alone or verb.dep_ != "conj" or verb.head.pos_ != "VERB":
            return FURTHER
        entity = self.known.entity(next(iter(children(verb.head, dep)), None))
        fits = entity is not None and entity not in barred and agrees(word, entity)
        return Sought(entity, ended=True) if fits else FURTHER

    def _above(self, pronoun: Token, word: str, barred: list[Entity]) -> Sought:
        """The subject above, or whom it speaks for: "Miller said she would", "a spokesman for Interpol said they"."""
        for above in self._governing(pronoun):
            if word in NEUTER | PLURAL and len(conjuncts(above)) > 1:
                if word in PLURAL:
                    return NO_ONE
                continue
            person = self._acted_for(above, word)
            if person is not None:
                return person
            entity = self.known.entity(above)
            if entity is not None and entity not in barred and agrees(word, entity):
                return Sought(entity, ended=True)
            if entity is None and may_be(above, word):
                return NO_ONE
            body = self._body_of(entity) if word in PLURAL and entity is not None and entity.kind == "person" else None
            if body is not None and pronoun.i not in self.quotes:
                return Sought(body, ended=True)
        return FURTHER

    def _acted_for(self, speaker: Token, word: str) -> Sought | None:
        """Of whom somebody speaks who is his: "*his* wife said he was beaten", "*Miller's* lawyer said he was"."""
        whose = next(iter(children(speaker, "poss")), None)
        if word not in MASCULINE | FEMININE:
            return None
        if whose is not None and whose.lower_ in kindred_of(word):
            return Sought(self.known.entity(whose), ended=True)
        if speaker.lemma_.lower() not in self.known.lex.words("acts_for"):
            return None
        told = [t for t in (whose, *prep_objects(speaker, "for")) if t is not None]
        people = (e for t in told if (e := self._told(t)) is not None and agrees(word, e))
        person = next(people, None)
        return Sought(person, ended=True) if person is not None else None

    def _inside(self, here: int, pronoun: Token, word: str, barred: list[Entity]) -> Sought:
        """The only one of the sentence that fits or its subject, or armed men before: "gunmen ... they then fled"."""
        inside = self._in_sentence(here, pronoun, word, barred)
        if inside and (word not in NEUTER or len(inside) == 1):
            subjects = [e for e in inside if self._is_subject(e, here, pronoun.i)]
            if len(inside) == 1 or len(subjects) == 1:
                return Sought((inside if len(inside) == 1 else subjects)[0], ended=True)
            if word in MASCULINE | FEMININE:
                return NO_ONE
        armed = self._armed_before(here, pronoun, word)
        stays = word in NEUTER | PLURAL and (bool(inside) or pronoun.i in self.quotes)
        return Sought(armed, ended=armed is not None or stays)

    def _ahead(self, here: int, pronoun: Token, word: str, barred: list[Entity]) -> Entity | None:
        """The subject of its sentence, which a pronoun names in advance: "When he resigned, Omar Sol blamed"."""
        root = self.known.sents[here].root
        subject = next((c for c in root.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        if subject is None or pronoun.i > subject.i or pronoun in subject.subtree or pronoun.i in self.quotes:
            return None
        opening = next((t for t in (pronoun, *pronoun.ancestors) if t.head is root), None)
        if opening is None or opening.dep_ not in ("advcl", "prep") or not opening.left_edge.is_sent_start:
            return None
        entity = self._told(subject)
        named = entity is not None and (entity.named or entity.kind == "person")
        if entity is None or not named or entity in barred or not agrees(word, entity):
            return None
        kindred = kindred_of(word)
        others = [*children(root, "dobj", "dative"), *prep_objects(root)]
        return None if any(t.lower_ in kindred for t in others) else entity

    def _opens(self, pronoun: Token) -> bool:
        """Whether no subject stands before the pronoun ("It then shelled"), or it says so itself ("..., it said")."""
        if pronoun.dep_ == "nsubj" and pronoun.head.lemma_ in self.known.lex.quoting:
            return True
        before = self.known.sents[self.known.sent_of(pronoun.i)]
        return not any(
            t.dep_ in ("nsubj", "nsubjpass") and t.i < pronoun.i and pronoun not in t.subtree for t in before
        )

    def _from_before(self, here: int, pronoun: Token, word: str, barred: list[Entity]) -> Entity | None:
        """The subject of the sentence before, or the only one in it that fits: "Ann Miller resigned. She left town"."""
        reach = REACH if word in MASCULINE | FEMININE else 1
        for number in range(here - 1, max(-1, here - 1 - reach), -1):
            sought = self._of_sentence(number, pronoun, word, barred)
            if sought.ended:
                return sought.entity
        return None

    def _of_sentence(self, number: int, pronoun: Token, word: str, barred: list[Entity]) -> Sought:
        """Whom a sentence before offers: its subject, unless another holds the part: "Gunmen held six. They fled"."""
        root = self.known.sents[number].root
        subject = next((c for c in root.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        entity = self.known.entity(subject) if subject is not None else None
        if entity is None and subject is not None and word in PLURAL and subject.lower_ in PLURAL:
            # Whoever they are, they are the same still: "They killed two nurses. They then burned ..."
            return NO_ONE
        if subject is not None and entity is not None and self._goes_on(subject, entity, pronoun):
            return Sought(entity, ended=True)
        if (held := self._held(root, pronoun, word)) is not None and held not in barred:
            return Sought(held, ended=True)
        fits = entity is not None and agrees(word, entity)
        if fits and entity not in barred and not self._coordinated(subject, word):
            return Sought(entity, ended=True)
        if word in NEUTER and not fits:
            return NO_ONE
        return self._beside_subject(number, pronoun, word, barred)

    def _beside_subject(self, number: int, pronoun: Token, word: str, barred: list[Entity]) -> Sought:
        """Whom a sentence takes, or the only one in it who fits: "Police arrested Ann Miller. She had ..."."""
        whom = self._taken(self.known.sents[number].root, word)
        if whom is not None and whom not in barred:
            return Sought(whom, ended=True)
        fits = self._in_sentence(number, pronoun, word, barred)
        return Sought(fits[0] if len(fits) == 1 else None, ended=bool(fits) or word in PLURAL)

    def _goes_on(self, subject: Token, entity: Entity, pronoun: Token) -> bool:
        """Whether a band goes on that used force, though its noun is singular: "The gang shot two. *They* set fire to".

        Who is hit fires *back*.
        """
        verb = pronoun.head
        forcing = pronoun.lower_ == "they" and pronoun.dep_ == "nsubj" and uses_force(verb, self.known.lex)
        return forcing and subject.dep_ == "nsubj" and entity.kind in ("group", "organization") and not entity.plural

    def _taken(self, verb: Token, word: str) -> Entity | None:
        """Whom the sentence before says to be taken, of whom the next one tells: "Police arrested Omar Sol. He ..."."""
        if word not in MASCULINE | FEMININE or verb.lemma_.lower() not in self.known.lex.words("custody"):
            return None
        whom = self.known.entity(next(iter(children(verb, "dobj")), None))
        return whom if whom is not None and agrees(word, whom) else None

    def _armed_before(self, here: int, pronoun: Token, word: str) -> Entity | None:
        """Who used force in a witness's words: "Gunmen attacked a bus. “*They* opened fire,” a passenger said"."""
        violent = pronoun.head.lemma_.lower() in self.known.lex.words("violent")
        if word != "they" or pronoun.dep_ != "nsubj" or not violent or pronoun.i not in self.quotes:
            return None
        for number in range(here - 1, max(-1, here - 1 - REACH), -1):
            subjects = (t for t in self.known.sents[number] if t.dep_ in ("nsubj", "agent", "pobj"))
            told = (t for t in subjects if t.dep_ == "nsubj" or t.head.dep_ == "agent")
            told = (t for t in told if t.head.lemma_ not in self.known.lex.quoting)
            found = {id(e): e for t in told if (e := self.known.entity(t)) is not None and is_armed(e)}
            if found:
                return next(iter(found.values())) if len(found) == 1 else None
        return None

    def _held(self, verb: Token, pronoun: Token, word: str) -> Entity | None:
        """Whom the sentence before says to be held, who undergo what comes next: "detained ten. They were freed"."""
        custody = self.known.lex.words("custody")
        if word not in PLURAL or pronoun.dep_ != "nsubjpass" or verb.lemma_.lower() not in custody:
            return None
        whom = next(iter(children(verb, "nsubjpass", "dobj")), None)
        entity = self.known.entity(whom) if whom is not None else None
        return entity if entity is not None and agrees(word, entity) else None

    def _coordinated(self, subject: Token | None, word: str) -> bool:
        return subject is not None and word in PLURAL and len(conjuncts(subject)) > 1

    def _barred(self, pronoun: Token) -> list[Entity]:
        """Who the pronoun cannot mean: those beside its verb ("Miller blamed him"), and who says the quotation."""
        barred: list[Entity] = []
        quote = self.quotes.get(pronoun.i)
        if quote is not None and (speaker := self._quoted_by(quote)) is not None:
            barred.append(speaker)
        if pronoun.lower_ in _POSSESSIVE and pronoun.dep_ == "poss":
            own = self.known.at.get(pronoun.head.i)
            if own is not None and own.start in self.known.of:
                barred.append(self.known.of[own.start])
            return barred
        if pronoun.lower_ in _REFLEXIVE:
            return barred
        verb = pronoun.head.head if pronoun.dep_ == "pobj" else pronoun.head
        while verb.pos_ in ("NUM", "NOUN") and verb.dep_ in ("dobj", "pobj", "nsubjpass", "prep"):
            verb = verb.head  # "killed eleven of them"
        beside = [c for c in verb.children if c.i != pronoun.i and c.dep_ in ("nsubj", "nsubjpass", "dobj", "dative")]
        if (
            not any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)
            and (doer := understood_subject(verb)) is not None
        ):
            beside.append(doer)
        barred.extend(e for c in beside if (e := self.known.entity(c)) is not None)
        return barred

    def _quoted_by(self, quote: tuple[int, int]) -> Entity | None:
        return self._speaker(self.known.doc[quote[0]])

    def _governing(self, pronoun: Token) -> Iterator[Token]:
        """Subjects of the clauses above the pronoun, nearest first: Miller for "she" in "Ann Miller said she had left".

        For a possessive the subject of its own clause too: "Ann Miller lost her seat".
        """
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

    def _in_sentence(self, number: int, pronoun: Token, word: str, barred: list[Entity]) -> list[Entity]:
        """Entities told in a sentence before the pronoun that agree with it: Miller in "hurt Miller and his son"."""
        found: list[Entity] = []
        for token in self.known.sents[number]:
            if token.i >= pronoun.i:
                break
            mention = self.known.at.get(token.i)
            if (
                mention is None
                or mention.head != token
                or (token.dep_ == "pobj" and token.head.lower_ == "as")
                or (token.i in self.quotes) != (pronoun.i in self.quotes and number == self.known.sent_of(pronoun.i))
            ):
                continue
            entity = self.known.of.get(mention.start)
            if entity is None or is_channel(token, entity):
                continue
            if entity not in barred and entity not in found and agrees(word, entity):
                found.append(entity)
        return found

    def _is_subject(self, entity: Entity, number: int, before: int) -> bool:
        """Whether somebody is a subject before the pronoun: Miller in "Miller met the envoy after he had left"."""
        sentence = self.known.sents[number]
        here = (i for i in range(sentence.start, min(sentence.end, before)) if self.known.of.get(i) is entity)
        return any(self.known.at[i].head.dep_ in ("nsubj", "nsubjpass") for i in here)
