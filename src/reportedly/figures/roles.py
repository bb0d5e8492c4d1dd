"""What a number counts: the event word that makes it a figure, by the parse or else by the order of words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from reportedly.figures.order import by_order
from reportedly.figures.quantities import Quantity
from reportedly.figures.tolls import by_toll
from reportedly.figures.words import HARM, RoleReading, RoleWords, countable, done_to, has_object, may_suffer
from reportedly.knowledge.word_sets import WordSets
from reportedly.model import FigureRole
from reportedly.parse import syntax
from reportedly.parse.parsed import Doc, Token

COMPLEMENTS: Final = frozenset(
    {"prt", "oprd", "acomp", "advmod", "dobj", "xcomp", "ccomp", "advcl", "conj", "npadvmod"}
)
COUNTED: Final = frozenset({"nummod", "quantmod", "compound", "amod", "det", "advmod", "predet", "nmod", "neg"})
# A word that stands for the same people as its head, or counts them.
SHARED: Final = frozenset(
    {"conj", "appos", "nummod", "quantmod", "compound", "nmod", "npadvmod", "dep", "amod", "oprd"}
)
LONGEST_CLIMB: Final = 7
REACH: Final = 9
COMPANY: Final = frozenset({"along", "together", "with", "plus", "including", "besides"})


# ---- by the parse --------------------------------------------------------------------------------------------------


def read_role(doc: Doc, q: Quantity, words: RoleWords) -> RoleReading | None:
    """The role of a number, or None where no event word claims it."""
    noun, node = counted(doc, q)
    if is_shared_whole(doc, q, words):
        return _by_modifier(node, noun, words)
    return (
        _by_verb(node, noun, words)
        or _by_modifier(node, noun, words)
        or _by_noun(q, node, noun, words)
        or by_toll(doc, q, noun, words)
        or by_order(doc, q, noun, words)
    )


def is_shared_whole(doc: Doc, q: Quantity, words: RoleWords) -> bool:
    """Whether a number is the whole of which the words before it take a part: the 14 of "two of the 14 wounded"."""
    i = q.first - 1
    while i > 0 and doc[i].pos_ in ("DET", "PRON") and doc[i].lower_ not in words.partitive:
        i -= 1
    out = i > 1 and doc[i - 1].lower_ == "out"  # "seven out of 12"
    return i > 0 and doc[i].lower_ == "of" and _is_share(doc[i - 1 - out], words)


def counted(doc: Doc, q: Quantity) -> tuple[Token | None, Token]:
    """The noun that a number counts (None where it stands alone), and the token that stands for both in the clause.

    "Twelve miners died": "miners" and "miners". "Twelve of the miners died": "miners" and "Twelve".
    """
    inside = range(q.first, q.last + 1)
    token = doc[q.last_core]
    while token.head.i in inside and token.head.i != token.i:
        token = token.head
    if (
        token.dep_ in COUNTED
        and token.head.i > q.last
        and token.head.pos_ in ("NOUN", "PROPN", "PRON", "ADJ", "NUM", "VERB")
    ):
        head = token.head
        if head.pos_ in ("NOUN", "PROPN", "PRON", "ADJ") and head.i - q.last <= REACH:
            return head, head
    of = next((c for c in token.children if c.lower_ == "of" and c.i > q.last), None)
    if of is None and q.last + 1 < len(doc) and doc[q.last + 1].lower_ == "of":
        of = doc[q.last + 1]
    if of is not None:
        return next((c for c in of.children if c.dep_ == "pobj"), None), token
    nearby = _noun_behind(doc, q)
    return (
        (nearby, nearby if nearby is not None and nearby.head.i != token.i and token.head.i == nearby.i else token)
        if nearby
        else (None, token)
    )


def _noun_behind(doc: Doc, q: Quantity) -> Token | None:
    """The noun up to three words behind a number that the parser tied elsewhere: "miners" of "12 young miners"."""
    for token in doc[q.last + 1 : q.last + 4]:
        if token.pos_ in ("NOUN", "PROPN"):
            return token if token.tag_ in ("NNS", "NNPS", "NN") and token.i - q.last <= 3 else None
        if token.pos_ != "ADJ" or token.is_punct:
            return None
    return None


class PhrasePlace(NamedTuple):
    """Where a phrase stands: the verb and whether the phrase does (subj) or undergoes (obj) it."""

    verb: Token
    slot: str


def places(node: Token, words: RoleWords) -> Iterator[PhrasePlace]:
    """The verbs that a phrase belongs to, nearest first, read through coordination, groups and of-phrases.

    "The army killed dozens of rebels and 12 miners": for the miners the verb "killed", which they undergo.
    """
    for _ in range(LONGEST_CLIMB):
        head, dep = node.head, node.dep_
        if head.i == node.i:
            return
        if dep in ("nsubjpass", "dobj", "obj"):
            yield PhrasePlace(head, "obj")
            return
        if dep == "nsubj":
            yield from _subject_places(head)
            return
        if dep in SHARED and head.pos_ in ("NOUN", "PROPN", "NUM", "PRON", "ADJ"):
            node = head
            continue
        if dep != "pobj" or head.pos_ not in ("ADP", "SCONJ"):
            return
        yield from _through_preposition(head)
        node = head.head
        if head.lower_ != "of" or _is_share(node, words):
            return


def _is_share(token: Token, words: RoleWords) -> bool:
    """Whether what stands before *of* is a part of the number behind it: "two of the 14 wounded died"."""
    return (token.pos_ == "NUM" and token.lemma_.lower() not in words.through) or token.lower_ in words.partitive


def _subject_places(verb: Token) -> Iterator[PhrasePlace]:
    """Whether a subject does what the verb says ("12 have fled"), undergoes it ("12 were killed") or may do either.

    "12 killed" can mean both.
    """
    if syntax.is_passive(verb):
        yield PhrasePlace(verb, "obj")
        return
    yield PhrasePlace(verb, "subj")
    if verb.tag_ in ("VBN", "VBD") and not any(c.dep_ in ("dobj", "aux", "ccomp") for c in verb.children):
        yield PhrasePlace(verb, "obj")


def _through_preposition(prep: Token) -> Iterator[PhrasePlace]:
    """Whoever goes along does what the subject does: "The guards fled along with 10 others"."""
    head = prep.head
    if prep.dep_ == "agent":
        yield PhrasePlace(head, "by")
    if prep.lower_ == "with" or prep.lower_ in COMPANY:
        while head.pos_ in ("ADP", "ADV") and head.head.i != head.i:
            head = head.head
        if head.pos_ == "VERB" and any(c.lower_ in ("along", "together") for c in (*head.children, prep.head)):
            yield from (PhrasePlace(head, "obj"),) if syntax.is_passive(head) else _subject_places(head)


def verb_roles(verb: Token, words: RoleWords) -> Iterator[tuple[FigureRole, str]]:
    """The (role, slot) pairs of a verb, the ones of its longer expressions first: "shoot dead" before "shoot"."""
    lemmas = [lemma for lemma in syntax.verb_lemmas(verb) if lemma in words.heads]
    for lemma in lemmas:
        for expression in _expressions(verb, lemma):
            yield from words.verbs.get(expression, ())
        yield from words.verbs.get(lemma, ())
    if not lemmas and verb.lower_ in words.forms:
        yield words.forms[verb.lower_]


def _expressions(verb: Token, lemma: str) -> Iterator[str]:
    """A verb with its particle, complement or phrase: "round up", "shoot dead", "stage protest", "take to hospital"."""
    for c in verb.children:
        if c.dep_ in ("dobj", "pobj"):
            yield f"{lemma} {c.lemma_.lower()}"
        if c.dep_ in COMPLEMENTS:
            yield f"{lemma} {c.lower_}"
        if c.dep_ in ("prep", "prt"):
            yield f"{lemma} {c.lower_}"
            yield from (f"{lemma} {c.lower_} {o.lower_}" for o in c.children)


def _by_verb(node: Token, noun: Token | None, words: RoleWords) -> RoleReading | None:
    for place in places(node, words):
        for verb, place_slot in _same_event(place, words):
            for role, slot in verb_roles(verb, words):
                drawn = slot == "drawn" and _is_drawn(verb, place_slot, words)
                if (drawn or _fits(role, slot, place_slot, noun, words)) and may_suffer(verb, slot, noun, words):
                    return RoleReading(role, noun, verb)
        told = told_state(place, words)
        if told is not None:
            return RoleReading(told[0], noun, told[1])
    return None


def _is_drawn(verb: Token, place: str, words: RoleWords) -> bool:
    """Whether those whom a verb draws come to a gathering: "the rally drew 5,000", "the vigil was attended by 300"."""
    subject = syntax.own_subject(verb)
    return place in ("obj", "by") and subject is not None and subject.lemma_.lower() in words.gathering


def _same_event(place: PhrasePlace, words: RoleWords) -> Iterator[tuple[Token, str]]:
    """The verb and what it leads to for the same phrase, with its slot: "shot and killed", "were forced to flee"."""
    verb = place.verb
    shared = [c for c in verb.children if c.dep_ == "conj" and c.tag_ == verb.tag_ and place.slot == "obj" and _bare(c)]
    for v in sorted([verb, *shared], key=lambda t: not _deadly(t, words)) if shared else [verb]:
        yield v, place.slot
    for c in verb.children:
        if c.dep_ == "xcomp" and c.pos_ == "VERB":
            yield c, "obj" if syntax.is_passive(c) else "subj"


def _deadly(verb: Token, words: RoleWords) -> bool:
    """Whether a verb kills its object: "kill", "behead", but not "wound"."""
    return any(role == "killed" and slot == "obj" for role, slot in words.verbs.get(verb.lemma_.lower(), ()))


def _bare(verb: Token) -> bool:
    """Whether a coordinated verb shares subject and object with the first one: "killed" in "were shot and killed"."""
    return not any(c.dep_ in ("nsubj", "nsubjpass", "dobj") for c in verb.children)


def _fits(role: FigureRole, slot: str, place: str, noun: Token | None, words: RoleWords) -> bool:
    """Whether the counted noun can fill the slot: "claimed 12 lives", "seized 12 rifles", but not "hurt 12 horses"."""
    lemma = noun.lemma_.lower() if noun is not None else ""
    if slot == "lives":
        return place == "obj" and lemma in words.sets["life"]
    if slot == "handle":
        kind = "force" if role == "troops" else "arms"
        return (lemma, kind) in words.nouns
    if (lemma, "arms") in words.nouns:
        return False
    if (lemma, "self") in words.nouns:
        return False
    if role == "participants" and words.nouns.get((lemma, "state"), role) != role:
        return False
    return slot in (place, "both") and countable(noun, words)


def told_state(place: PhrasePlace, words: RoleWords) -> tuple[FigureRole, Token] | None:
    """The state that a verb tells of a phrase: "were reported dead", "was found shot", "are missing", "left two dead".

    Who reports or leaves somebody dead is not dead, and a clause with a subject of its own speaks of that: "the mayor
    said 12 were killed" kills no mayor.
    """
    verb, lemma = place.verb, place.verb.lemma_.lower()
    if lemma not in words.through or (place.slot == "subj" and lemma not in words.linking):
        return None
    for c in verb.children:
        if syntax.own_subject(c) is not None:
            continue
        if c.dep_ in ("oprd", "acomp", "xcomp", "ccomp", "attr", "advcl", "conj") and c.i > verb.i:
            role = words.adjectives.get(c.lower_)
            if role is not None and (c.dep_ != "ccomp" or c.tag_ == "VBN"):
                return role, c
    return None


def _by_modifier(node: Token, noun: Token | None, words: RoleWords) -> RoleReading | None:
    """The role that a word on the counted noun gives: "25 captured", "one man dead", "12 hurt men", "11 who died"."""
    for holder in (node,) if noun is None or noun.i == node.i else (node, noun):
        for c in holder.children:
            if (
                c.dep_ in ("acl", "amod", "advcl", "oprd", "appos", "conj")
                and (role := words.adjectives.get(c.lower_)) is not None
            ):
                return RoleReading(role, noun, c)
            if c.dep_ in ("relcl", "acl"):
                found = _by_clause(c, noun, words)
                if found is not None:
                    return found
        if (
            holder.dep_ in ("nsubj", "dobj", "conj")
            and holder.head.i > holder.i
            and (role := words.adjectives.get(holder.head.lower_)) is not None
            and not has_object(holder.head)
        ):
            return RoleReading(role, noun, holder.head)
    return None


def _by_clause(clause: Token, noun: Token | None, words: RoleWords) -> RoleReading | None:
    """The role that a clause about the counted noun gives: "12 miners who died", not "12 miners whom guards beat"."""
    subject = syntax.own_subject(clause)
    if (
        clause.dep_ == "relcl"
        and subject is not None
        and subject.tag_ not in ("WP", "WDT")
        and subject.lower_ != "that"
    ):
        return None
    slot = "obj" if syntax.is_passive(clause) or (subject is None and clause.tag_ == "VBN") else "subj"
    for role, wanted in verb_roles(clause, words):
        # "12 men died": a parser may take the verb for a participle of the noun.
        fits = wanted in (slot, "both") or (wanted == "subj" and clause.dep_ == "acl")
        if role in HARM | {"participants", "surrendered"} and fits and countable(noun, words):
            return RoleReading(role, noun, clause)
    told = told_state(PhrasePlace(clause, slot), words)
    return RoleReading(told[0], noun, told[1]) if told is not None else None


def _by_noun(q: Quantity, node: Token, noun: Token | None, words: RoleWords) -> RoleReading | None:
    """The role that a noun gives: "39 deaths", "230 evacuees", "the killing of over 70 miners", "a crowd of 5,000"."""
    if noun is not None:
        lemma = noun.lemma_.lower()
        for slot in ("self", "state"):
            role = words.nouns.get((lemma, slot))
            if role is not None and not (lemma in words.sets["life"] and q.low != 0):
                return RoleReading(role, noun, noun)
    for container in containers(node, words.sets):
        role = done_to(container, words)
        if role is not None and countable(noun, words):
            return RoleReading(role, noun, container)
    return None


def containers(node: Token, sets: WordSets) -> Iterator[Token]:
    """The nouns whose of-phrase holds the number: "the deaths of as many as 12"."""
    for _ in range(LONGEST_CLIMB):
        head = node.head
        if (
            node.dep_ in ("conj", "appos", "nummod", "compound", "quantmod")
            and head.i != node.i
            and head.pos_ in ("NOUN", "PROPN", "NUM", "PRON")
        ):
            node = head
            continue
        if (
            node.dep_ == "pobj"
            and head.lower_ in ("of", "by", "involving", "for")
            and head.head.pos_ in ("NOUN", "PROPN")
        ):
            node = head.head
            if head.lower_ == "of" or node.lemma_.lower() in sets["gathering"]:
                yield node
            continue
        return
