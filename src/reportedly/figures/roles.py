"""What a number counts: the event word that makes it a figure, by the parse or else by the order of words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from reportedly.figures.quantities import Quantity
from reportedly.knowledge.load import Knowledge
from reportedly.model import FigureRole
from reportedly.parse import syntax
from reportedly.parse.parsed import Doc, Token

HARM: Final = frozenset({"killed", "injured", "casualties", "captured", "arrested", "missing", "rescued", "displaced"})
COMPLEMENTS: Final = frozenset(
    {"prt", "oprd", "acomp", "advmod", "dobj", "xcomp", "ccomp", "advcl", "conj", "npadvmod"}
)
SETS: Final = ("through", "person", "crowd", "thing", "skip", "before", "loose", "ending")
VICTIMS: Final = frozenset({"killed", "injured", "captured"})
COUNTED: Final = frozenset({"nummod", "quantmod", "compound", "amod", "det", "advmod", "predet", "nmod", "neg"})
LONGEST_CLIMB: Final = 7
REACH: Final = 9
TOLL_REACH: Final = 14
COMPANY: Final = frozenset({"along", "together", "with", "plus", "including", "besides"})


class RoleWords(NamedTuple):
    """The table ``figure_roles``, compiled for look-up."""

    verbs: dict[str, tuple[tuple[FigureRole, str], ...]]
    forms: dict[str, tuple[FigureRole, str]]
    adjectives: dict[str, FigureRole]
    nouns: dict[tuple[str, str], FigureRole]
    tolls: dict[str, FigureRole]
    through: frozenset[str]
    persons: frozenset[str]
    crowd: frozenset[str]
    things: frozenset[str]
    skipped: frozenset[str]
    before_number: frozenset[str]
    harmful: frozenset[str]
    heads: frozenset[str]
    loose: frozenset[str]
    endings: tuple[str, ...]


class Reading(NamedTuple):
    """The role of a number, the noun it counts (None where it stands alone) and the word that gave the role."""

    role: FigureRole
    noun: Token | None
    event: Token


@lru_cache(maxsize=8)
def role_words(knowledge: Knowledge) -> RoleWords:
    """The words that make numbers figures; a later row is tried after an earlier one."""
    verbs: dict[str, list[tuple[FigureRole, str]]] = {}
    forms: dict[str, tuple[FigureRole, str]] = {}
    adjectives: dict[str, FigureRole] = {}
    nouns: dict[tuple[str, str], FigureRole] = {}
    tolls: dict[str, FigureRole] = {}
    sets: dict[str, set[str]] = {k: set() for k in SETS}
    for row in knowledge.rows("figure_roles"):
        words = [w.strip() for w in row["words"].split(",")]
        role, kind = row["role"], row["kind"]
        if kind == "verb":
            for word in words:
                verbs.setdefault(word, []).append((role, row["slot"]))
                if row["slot"] in ("obj", "subj") and " " not in word:
                    forms.update(dict.fromkeys(_inflected(word), (role, row["slot"])))
        elif kind == "adjective":
            adjectives.update(dict.fromkeys(words, role))
        elif kind == "noun":
            nouns.update({(w, row["slot"]): role for w in words})
        elif kind == "toll":
            tolls.update(dict.fromkeys(words, role))
        else:
            sets[kind].update(words)
    return RoleWords(
        verbs={w: tuple(r) for w, r in verbs.items()},
        heads=frozenset(w.split()[0] for w in verbs),
        loose=frozenset(sets["loose"]),
        endings=tuple(sorted(sets["ending"])),
        forms=forms,
        adjectives=adjectives,
        nouns=nouns,
        tolls=tolls,
        through=frozenset(sets["through"]),
        persons=frozenset(sets["person"]),
        crowd=frozenset(sets["crowd"]),
        things=frozenset(sets["thing"]),
        skipped=frozenset(sets["skip"]),
        before_number=frozenset(sets["before"]),
        harmful=frozenset(_harmful(verbs, nouns) | sets["through"]),
    )


def _harmful(
    verbs: dict[str, list[tuple[FigureRole, str]]], nouns: dict[tuple[str, str], FigureRole]
) -> frozenset[str]:
    """The first words of what can be done to one person."""
    return frozenset(
        {v.split()[0] for v, roles in verbs.items() if any(r in VICTIMS and s != "handle" for r, s in roles)}
        | {n for (n, slot), role in nouns.items() if slot == "of" and role in VICTIMS}
    )


def _inflected(verb: str) -> Iterator[str]:
    """Forms of a regular verb, for headlines and capitals where the lemma cannot be trusted."""
    stem = verb.removesuffix("e")
    yield from (verb, f"{verb}s", f"{verb}es", f"{stem}ed", f"{stem}ing")
    if verb[-1] in "pbgt" and verb[-2] in "aiou":
        yield from (f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing")
    yield from IRREGULAR.get(verb, ())


IRREGULAR: Final = {
    "slay": ("slew", "slain"),
    "shoot": ("shot",),
    "hurt": ("hurt",),
    "flee": ("fled",),
    "die": ("dying", "died"),
}


# ---- by the parse --------------------------------------------------------------------------------------------------


def read_role(doc: Doc, q: Quantity, words: RoleWords) -> Reading | None:
    """The role of a number, or None where no event word claims it."""
    noun, node = counted(doc, q)
    return (
        _by_verb(node, noun, words)
        or _by_modifier(node, noun, words)
        or _by_noun(q, node, noun, words)
        or _by_toll(doc, q, noun, words)
        or _by_order(doc, q, noun, words)
    )


def counted(doc: Doc, q: Quantity) -> tuple[Token | None, Token]:
    """The noun that a number counts (None where it stands alone), and the token that stands for both in the clause."""
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
    """The noun right behind a number that the parser tied to something else."""
    for token in doc[q.last + 1 : q.last + 4]:
        if token.pos_ in ("NOUN", "PROPN"):
            return token if token.tag_ in ("NNS", "NNPS", "NN") and token.i - q.last <= 3 else None
        if token.pos_ != "ADJ" or token.is_punct:
            return None
    return None


class Place(NamedTuple):
    """Where a phrase stands: the verb and whether the phrase does (subj) or undergoes (obj) it."""

    verb: Token
    slot: str


def places(node: Token) -> Iterator[Place]:
    """The verbs that a phrase belongs to, nearest first, read through coordination, groups and of-phrases."""
    for _ in range(LONGEST_CLIMB):
        head, dep = node.head, node.dep_
        if head.i == node.i:
            return
        if dep in ("nsubjpass", "dobj", "obj"):
            yield Place(head, "obj")
            return
        if dep == "nsubj":
            yield from _subject_places(head)
            return
        if dep in (
            "conj",
            "appos",
            "nummod",
            "quantmod",
            "compound",
            "nmod",
            "npadvmod",
            "dep",
            "amod",
            "oprd",
        ) and head.pos_ in ("NOUN", "PROPN", "NUM", "PRON", "ADJ"):
            node = head
            continue
        if dep == "pobj" and head.pos_ in ("ADP", "SCONJ"):
            yield from _through_preposition(head)
            node = head.head
            if head.lower_ != "of":
                return
            continue
        if dep == "oprd" or (dep == "attr" and head.lemma_ == "be"):
            return
        return


def _subject_places(verb: Token) -> Iterator[Place]:
    if syntax.is_passive(verb):
        yield Place(verb, "obj")
        return
    yield Place(verb, "subj")
    if verb.tag_ in ("VBN", "VBD") and not any(c.dep_ in ("dobj", "aux", "ccomp") for c in verb.children):
        yield Place(verb, "obj")


def _through_preposition(prep: Token) -> Iterator[Place]:
    """*along with 10 others* does what the subject does."""
    head = prep.head
    if prep.lower_ == "with" or prep.lower_ in COMPANY:
        while head.pos_ in ("ADP", "ADV") and head.head.i != head.i:
            head = head.head
        if head.pos_ == "VERB" and any(c.lower_ in ("along", "together") for c in (*head.children, prep.head)):
            yield from (Place(head, "obj"),) if syntax.is_passive(head) else _subject_places(head)


def verb_roles(verb: Token, words: RoleWords) -> Iterator[tuple[FigureRole, str]]:
    """The (role, slot) pairs of a verb, the ones of its longer expressions first."""
    lemmas = [lemma for lemma in syntax.verb_lemmas(verb) if lemma in words.heads]
    for lemma in lemmas:
        for expression in _expressions(verb, lemma):
            yield from words.verbs.get(expression, ())
        yield from words.verbs.get(lemma, ())
    if not lemmas and verb.lower_ in words.forms:
        yield words.forms[verb.lower_]


def _expressions(verb: Token, lemma: str) -> Iterator[str]:
    """A verb with its particle, complement or phrase: *round up*, *shoot dead*, *stage protest*, *take to hospital*."""
    for c in verb.children:
        if c.dep_ in ("dobj", "pobj"):
            yield f"{lemma} {c.lemma_.lower()}"
        if c.dep_ in COMPLEMENTS:
            yield f"{lemma} {c.lower_}"
        if c.dep_ in ("prep", "prt"):
            yield f"{lemma} {c.lower_}"
            yield from (f"{lemma} {c.lower_} {o.lower_}" for o in c.children)


def _by_verb(node: Token, noun: Token | None, words: RoleWords) -> Reading | None:
    for place in places(node):
        for verb, place_slot in _same_event(place, words):
            for role, slot in verb_roles(verb, words):
                if _fits(role, slot, place_slot, noun, words) and _may_suffer(verb, slot, noun, words):
                    return Reading(role, noun, verb)
        told = told_state(place, words)
        if told is not None:
            return Reading(told[0], noun, told[1])
    return None


def _same_event(place: Place, words: RoleWords) -> Iterator[tuple[Token, str]]:
    """The verb and what it leads to for the same phrase, with its slot: *shot and killed*, *were forced to flee*."""
    verb = place.verb
    shared = [c for c in verb.children if c.dep_ == "conj" and c.tag_ == verb.tag_ and place.slot == "obj" and _bare(c)]
    for v in sorted([verb, *shared], key=lambda t: not _deadly(t, words)) if shared else [verb]:
        yield v, place.slot
    for c in verb.children:
        if c.dep_ == "xcomp" and c.pos_ == "VERB":
            yield c, "obj" if syntax.is_passive(c) else "subj"


def _deadly(verb: Token, words: RoleWords) -> bool:
    return any(role == "killed" and slot == "obj" for role, slot in words.verbs.get(verb.lemma_.lower(), ()))


def _bare(verb: Token) -> bool:
    return not any(c.dep_ in ("nsubj", "nsubjpass", "dobj") for c in verb.children)


def _fits(role: FigureRole, slot: str, place: str, noun: Token | None, words: RoleWords) -> bool:
    lemma = noun.lemma_.lower() if noun is not None else ""
    if slot == "lives":
        return place == "obj" and lemma == "life"
    if slot == "handle":
        kind = "force" if role == "troops" else "arms"
        return (lemma, kind) in words.nouns
    if (lemma, "arms") in words.nouns:
        return False
    if (lemma, "self") in words.nouns:
        return False
    if role == "participants" and words.nouns.get((lemma, "state"), role) != role:
        return False
    return slot in (place, "both") and _countable(noun, words)


def _may_suffer(verb: Token, slot: str, noun: Token | None, words: RoleWords) -> bool:
    """Whether only people suffer what the verb says, or the noun is one for people: papers are seized too."""
    if slot in ("handle", "lives") or noun is None or words.loose.isdisjoint(syntax.verb_lemmas(verb)):
        return True
    lemma = noun.lemma_.lower()
    known = lemma in words.persons or lemma in words.crowd or (lemma, "state") in words.nouns
    return known or noun.pos_ == "PROPN" or noun.ent_type_ in ("NORP", "PERSON") or lemma.endswith(words.endings)


def _countable(noun: Token | None, words: RoleWords) -> bool:
    """Whether a noun can be people: things that are hurt, seized or gathered are no figure."""
    return noun is None or noun.lemma_.lower() not in words.things


def told_state(place: Place, words: RoleWords) -> tuple[FigureRole, Token] | None:
    """*were reported dead*, *was found shot*, *are missing*, *left two women dead*."""
    verb = place.verb
    if verb.lemma_.lower() not in words.through:
        return None
    for c in verb.children:
        if c.dep_ in ("oprd", "acomp", "xcomp", "ccomp", "attr", "advcl", "conj") and c.i > verb.i:
            role = words.adjectives.get(c.lower_)
            if role is not None and (c.dep_ != "ccomp" or c.tag_ == "VBN"):
                return role, c
    return None


def _by_modifier(node: Token, noun: Token | None, words: RoleWords) -> Reading | None:
    """*25 captured*, *one Iraqi dead*, *12 wounded soldiers*, *11 people who died*."""
    for holder in (node,) if noun is None or noun.i == node.i else (node, noun):
        for c in holder.children:
            if (
                c.dep_ in ("acl", "amod", "advcl", "oprd", "appos", "conj")
                and (role := words.adjectives.get(c.lower_)) is not None
            ):
                return Reading(role, noun, c)
            if c.dep_ in ("relcl", "acl"):
                found = _by_clause(c, noun, words)
                if found is not None:
                    return found
        if (
            holder.dep_ in ("nsubj", "dobj", "conj")
            and holder.head.i > holder.i
            and (role := words.adjectives.get(holder.head.lower_)) is not None
        ):
            return Reading(role, noun, holder.head)
        if holder.dep_ == "conj":
            continue
    return None


def _by_clause(clause: Token, noun: Token | None, words: RoleWords) -> Reading | None:
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
        if role in HARM | {"participants", "surrendered"} and wanted in (slot, "both") and _countable(noun, words):
            return Reading(role, noun, clause)
    told = told_state(Place(clause, slot), words)
    return Reading(told[0], noun, told[1]) if told is not None else None


def _by_noun(q: Quantity, node: Token, noun: Token | None, words: RoleWords) -> Reading | None:
    """*39 deaths*, *230 evacuees*, *the killing of over 70 peasants*, *a crowd of 5,000*."""
    if noun is not None:
        lemma = noun.lemma_.lower()
        for slot in ("self", "state"):
            role = words.nouns.get((lemma, slot))
            if role is not None and not (lemma == "life" and q.low != 0):
                return Reading(role, noun, noun)
    for container in containers(node):
        role = words.nouns.get((container.lemma_.lower(), "of"))
        if role is not None and _countable(noun, words):
            return Reading(role, noun, container)
    return None


def containers(node: Token) -> Iterator[Token]:
    """The nouns whose of-phrase holds the number: *the deaths of as many as 12*."""
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
            if head.lower_ == "of" or node.lemma_.lower() in ("demonstration", "protest", "march", "rally", "arrest"):
                yield node
            continue
        return


# ---- tolls ---------------------------------------------------------------------------------------------------------


def _by_toll(doc: Doc, q: Quantity, noun: Token | None, words: RoleWords) -> Reading | None:
    """*the death toll rose to 12*, *put the toll at 108*, *brings to 21 the number of guerrillas killed*."""
    if noun is not None and not (noun.i < q.first or noun.lemma_.lower() in words.crowd):
        return None
    sent = doc[q.core].sent
    for i in range(q.first - 1, max(sent.start, q.first - TOLL_REACH) - 1, -1):
        role = _toll_at(doc[i], words)
        if role is not None and _reaches(doc, i, q, words):
            return Reading(role, None, doc[i])
    following = doc[q.last + 1 : min(sent.end, q.last + TOLL_REACH)]
    if (
        doc[q.first - 1].lower_ == "to"
        and len(following) > 2
        and following[1].lower_ in ("number", "toll", "total", "count")
    ):
        for token in following[1:]:
            found = words.adjectives.get(token.lower_) or words.tolls.get(token.lemma_.lower())
            if found is not None:
                return Reading(found, None, token)
            if token.lower_ == "custody":
                return Reading("captured", None, token)
    return None


def _toll_at(token: Token, words: RoleWords) -> FigureRole | None:
    lemma = token.lemma_.lower()
    if lemma in ("toll", "count"):
        before = token.nbor(-1).lemma_.lower() if token.i else ""
        return words.tolls.get(f"{before} {lemma}") or words.tolls.get(lemma)
    if lemma == "number":
        for c in token.subtree:
            if (
                c.i > token.i
                and c.i - token.i <= 8
                and (role := words.adjectives.get(c.lower_) or words.tolls.get(c.lemma_.lower()))
            ):
                return role
    return None


def _reaches(doc: Doc, toll: int, q: Quantity, words: RoleWords) -> bool:
    """Whether nothing between a toll and a number says that the number counts something else."""
    last = doc[q.first - 1].lower_
    if last in words.before_number:
        return not any(doc[i].text in (";", ".") for i in range(toll, q.first))
    return False


# ---- by the order of words -----------------------------------------------------------------------------------------


def _by_order(doc: Doc, q: Quantity, noun: Token | None, words: RoleWords) -> Reading | None:
    """A verb right before the number or a participle behind it, where the parse gave no role."""
    return _verb_before(doc, q, noun, words) or _participle_behind(doc, q, noun, words)


def _verb_before(doc: Doc, q: Quantity, noun: Token | None, words: RoleWords) -> Reading | None:
    for i in range(q.first - 1, max(doc[q.core].sent.start, q.first - 4) - 1, -1):
        token = doc[i]
        form = words.forms.get(token.lower_)
        if form is not None and form[1] == "obj":
            passive = i and doc[i - 1].lower_ in ("was", "were", "been", "be", "being", "are", "is")
            joined = doc[i + 1].lower_ in ("and", ",", "or") if i + 1 < len(doc) else False
            if (
                passive
                or joined
                or form[0] not in HARM
                or not _countable(noun, words)
                or not _may_suffer(token, "obj", noun, words)
            ):
                return None
            return Reading(form[0], noun, token)
        if not (token.pos_ in ("ADV", "DET") or token.lower_ in ("a", "total", "of", "another", "the")):
            return None
    return None


def _participle_behind(doc: Doc, q: Quantity, noun: Token | None, words: RoleWords) -> Reading | None:
    sent = doc[q.core].sent
    for token in doc[q.last + 1 : min(sent.end, q.last + 1 + REACH)]:
        role = words.adjectives.get(token.lower_)
        if role is not None and token.lower_ not in ("safe", "alive"):
            return Reading(role, noun, token) if _countable(noun, words) else None
        plain = token.pos_ in ("NOUN", "PROPN", "ADJ") and (noun is None or token.i <= noun.i) and not token.is_punct
        if not (plain or token.lower_ in words.skipped or token.pos_ == "ADV"):
            return None
    return None
