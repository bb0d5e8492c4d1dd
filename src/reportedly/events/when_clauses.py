"""Which clause dates which event: the words whose time is that of an event, nearest first."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.events.when_words import (
    INSIDE,
    VERBAL,
    DatingWords,
    carrier,
    is_inside,
    is_later,
    is_noted,
    is_perfect,
    is_saying,
)
from reportedly.parse import syntax
from reportedly.parse.parsed import Token

SAME_MOMENT = frozenset(["when", "as", "while", "where", "in", "whereupon"])
# What leads to a participle of the same moment.
MANNER = frozenset(["by", "without", "with"])
# How a verb carries the event that is its subject and happens with it ("Tuesday's raid killed nine").
WHOLE = (frozenset(["subj"]), "")
# Over so many clauses of one moment a time is handed on.
FARTHEST = 4
SLOTS = {"nsubj": "subj", "nsubjpass": "pass", "dobj": "obj"}


def dating_clauses(trigger: Token, lexicon: DatingWords) -> Iterator[tuple[Token, str]]:
    """The words whose time is the trigger's, nearest first, each with the phase it gives ("began on")."""
    yield trigger, ""
    if trigger.pos_ in ("NOUN", "PROPN"):
        yield from _around_noun(trigger, lexicon)
    else:
        yield from _around_verb(trigger, lexicon)


def _around_verb(verb: Token, lexicon: DatingWords) -> Iterator[tuple[Token, str]]:
    """Clauses of the same moment, and those of the same moment as these: "came in, drew a gun and began to shoot"."""
    seen, circle = {verb.i}, [verb]
    for _ in range(FARTHEST):
        reached = [t for other in circle for t in _same_moment(other, lexicon)]
        circle = []
        for token in reached:
            if token.i not in seen:
                seen.add(token.i)
                circle.append(token)
                yield token, ""


def _same_moment(verb: Token, lexicon: DatingWords) -> Iterator[Token]:
    """Clauses that tell of the same moment as this one: "died when a bomb went off", "entered and shot a guard"."""
    speaks = is_saying(verb, lexicon)
    if verb.head.i != verb.i and _is_tied(verb, lexicon):
        yield verb.head
    if _is_done_by(verb, lexicon):
        yield verb.head.head
    yield from _of_absolute(verb, lexicon)
    for child in (*verb.children, *_stray_clauses(verb, lexicon)):
        if (
            (child.dep_ == "advcl" and _mark(child) in SAME_MOMENT)
            or (
                child.dep_ == "conj"
                and _shares_subject(child)
                and is_perfect(child) == is_perfect(verb)
                and not is_later(child, lexicon)
                and (speaks or not is_saying(child, lexicon))
            )
            or (child.dep_ == "xcomp" and child.pos_ in VERBAL and not speaks)
        ):
            yield child
    if verb.dep_ in ("relcl", "acl") and verb.head.lemma_.lower() in lexicon.happening:
        yield verb.head
        if _relative_slot(verb) in carrier(verb, lexicon)[0]:
            yield from _carrying(verb.head, lexicon)
    yield from _of_victim(verb, lexicon)
    subject = syntax.own_subject(verb)
    if subject is not None and subject.lemma_.lower() in lexicon.happening and _is_whole(verb, lexicon):
        yield subject


def _of_victim(verb: Token, lexicon: DatingWords) -> Iterator[Token]:
    """The deed of which a clause on its victim tells, and what came of the shots that a verb fires.

    "the 1995 shooting of a doctor, who was hit in the arm" and "fired the shots that killed him in May".
    """
    of = verb.head.head
    if verb.dep_ == "relcl" and verb.head.dep_ == "pobj" and of.lower_ == "of" and carrier(verb, lexicon) == WHOLE:
        yield from (t for t in (of.head,) if t.lemma_.lower() in lexicon.happening)
    for thing in syntax.objects(verb):
        clauses = syntax.children(thing, "relcl")
        yield from (t for t in clauses if _relative_slot(t) == "subj" and carrier(t, lexicon) == WHOLE)


def _carrying(noun: Token, lexicon: DatingWords) -> Iterator[Token]:
    """The verb that says when the event of a noun was: "the vote, which was boycotted, took place on Friday"."""
    if noun.head.pos_ in VERBAL and SLOTS.get(noun.dep_, "-") in carrier(noun.head, lexicon)[0]:
        yield noun.head


def _relative_slot(verb: Token) -> str:
    """Where the noun that a clause describes stands in it: "the vote, which was boycotted" is what is boycotted."""
    relative = next((c for c in verb.children if c.tag_ in ("WDT", "WP")), None)
    if relative is not None:
        return SLOTS.get(relative.dep_, "")
    return {"VBN": "pass", "VBG": "subj"}.get(verb.tag_, "")


def _is_whole(verb: Token, lexicon: DatingWords) -> bool:
    """Whether the verb tells that its subject happens: "the strike began", but not "the strike led them to flee"."""
    return carrier(verb, lexicon) == WHOLE and not any(c.dep_ in ("xcomp", "ccomp") for c in verb.children)


def _shares_subject(verb: Token) -> bool:
    """Whether a verb has no subject of its own: "fled" in "They fired and fled"."""
    return verb.pos_ == "VERB" and syntax.own_subject(verb) is None


def _stray_clauses(verb: Token, lexicon: DatingWords) -> list[Token]:
    """When-clauses of the verb that the parser hung on *said* ("X died when Y hit Z, police said")."""
    content = syntax.first_conjunct(verb)
    cue = content.head
    if content.dep_ != "ccomp" or not is_saying(cue, lexicon):
        return []
    return [c for c in cue.children if c.dep_ == "advcl" and verb.i < c.i < cue.i]


def _is_tied(verb: Token, lexicon: DatingWords) -> bool:
    """Whether the time of the governing clause holds for this one too: "arrived on Monday to open the talks"."""
    head, dep = verb.head, verb.dep_
    speaks = is_saying(head, lexicon)
    if dep == "conj":
        if is_perfect(verb) != is_perfect(head) or is_later(verb, lexicon):
            return False
        return head.pos_ in VERBAL and not (speaks and syntax.own_subject(verb) is not None)
    if dep == "advcl":
        mark = _mark(verb)
        return mark in SAME_MOMENT or (
            not mark and verb.tag_ in ("VBG", "VBN") and (not speaks or is_saying(verb, lexicon))
        )
    if dep == "oprd":
        return head.pos_ in VERBAL
    if dep == "xcomp" and syntax.has_to(verb) and head.lemma_.lower() in lexicon.opening:
        return False
    if dep in ("xcomp", "acomp", "ccomp"):
        bare = dep != "ccomp" or verb.tag_ in ("VB", "VBG", "VBN")
        return bare and head.pos_ in VERBAL and not speaks
    return dep in ("auxpass", "aux")


def _is_done_by(verb: Token, lexicon: DatingWords) -> bool:
    """Whether a participle tells how something else was done: "On Monday they marked the day by burning cars".

    Or what went with it: "attacked on Monday without hurting anybody", "will resign, with a deputy succeeding him".
    """
    by = verb.head
    done = verb.dep_ == "pcomp" and by.lower_ in MANNER and by.dep_ == "prep"
    return done and by.head.pos_ in VERBAL and not is_saying(by.head, lexicon)


def _of_absolute(verb: Token, lexicon: DatingWords) -> Iterator[Token]:
    """The clause beside which somebody else does something: "will resign on Monday, with a deputy succeeding him"."""
    noun = verb.head
    if verb.tag_ == "VBG" and verb.dep_ == "acl" and noun.dep_ == "pobj" and noun.head.lower_ == "with":
        yield from (t for t in (noun.head.head,) if t.pos_ in VERBAL and not is_saying(t, lexicon))


def _awaited(noun: Token, lexicon: DatingWords) -> Iterator[tuple[Token, str]]:
    """What a noun is expected to do: "a strike is likely to begin on Monday", "talks are due to open in May"."""
    verb = noun.head
    if noun.dep_ not in ("nsubj", "nsubjpass") or verb.pos_ not in VERBAL:
        return
    for word in (verb, *syntax.children(verb, "acomp")):
        for ahead in syntax.children(word, "xcomp"):
            slots, phase = carrier(ahead, lexicon)
            slot = "pass" if syntax.is_passive(ahead) else "subj"
            if syntax.has_to(ahead) and slot in slots:
                yield ahead, phase


def _mark(verb: Token) -> str:
    """The word that opens an adverbial clause, "when" in "died when a bomb went off"; empty where there is none."""
    opening = ("mark", "advmod", "prep")
    return next((c.lower_ for c in verb.children if c.i < verb.i and c.dep_ in opening and c.tag_ in ("IN", "WRB")), "")


def _around_noun(noun: Token, lexicon: DatingWords) -> Iterator[tuple[Token, str]]:
    """Words whose time is that of the event a noun names: "the raid began on", "carried out an attack on"."""
    for child in noun.children:
        if child.dep_ in ("relcl", "acl") and child.pos_ in VERBAL and not syntax.has_to(child):
            slots, phase = carrier(child, lexicon)
            if slots or not is_saying(child, lexicon):
                yield child, phase
    for inner in syntax.prep_objects(noun, "from", "of", "in", "during"):
        if inner.head.lower_ != "of" or inner.lemma_.lower() not in lexicon.happening:
            yield inner, ""
    yield from (
        (t, "") for t in noun.subtree if t.i > noun.i and is_inside(t) and t.lemma_.lower() in lexicon.happening
    )
    if noun.dep_ in ("dobj", "nsubjpass", "nsubj") and noun.head.pos_ in VERBAL:
        beside = syntax.prep_objects(noun.head, *INSIDE)
        yield from ((t, "") for t in beside if t.i > noun.i and t.lemma_.lower() in lexicon.happening)
    yield from _awaited(noun, lexicon)
    yield from _around_argument(noun, lexicon)


def _around_argument(noun: Token, lexicon: DatingWords) -> Iterator[tuple[Token, str]]:
    """The clause around a noun, where its time must be that of the noun's event: "the raid killed two on Monday"."""
    head, dep = noun.head, noun.dep_
    if dep in ("conj", "compound", "nmod") and head.i != noun.i and head.pos_ in ("NOUN", "PROPN"):
        yield head, ""
        yield from _around_argument(head, lexicon) if dep == "conj" else ()
    elif dep == "attr" and any(c.dep_ == "expl" for c in head.children):
        yield head, ""
    elif dep == "appos" and head.pos_ == "NOUN" and head.dep_ in SLOTS:
        yield from _around_argument(head, lexicon)
    elif dep in SLOTS and head.pos_ in VERBAL:
        if head.lemma_ == "be" and dep == "nsubj" and not any(c.dep_ in ("attr", "acomp") for c in head.children):
            yield head, ""  # "the last election was in 2018"
        slots, phase = carrier(head, lexicon)
        noted = is_saying(head, lexicon) and is_noted(noun, lexicon)
        if SLOTS[dep] in slots or noted:
            yield head, phase
            yield from _around_verb(head, lexicon)
    elif dep == "pobj" and head.lower_ == "of" and _counts(head.head, lexicon):
        yield head.head, ""
        yield from _around_argument(head.head, lexicon)
    elif dep == "pobj" and head.lower_ == "of" and head.head.lemma_.lower() in lexicon.stages:
        yield from _around_complement(head.head, lexicon)
    elif dep == "pobj" and head.head.pos_ in VERBAL and _is_of_same_moment(head, lexicon):
        yield head.head, ""
        yield from _around_verb(head.head, lexicon)


def _counts(word: Token, lexicon: DatingWords) -> bool:
    """Whether a word counts events: "a wave of attacks", "one of their largest attacks"."""
    return word.lemma_.lower() in lexicon.rounds or word.lower_ == "one"


def _is_of_same_moment(preposition: Token, lexicon: DatingWords) -> bool:
    """Whether what stands behind a preposition happens as the verb does.

    So "killed in the raid", "said at a rally", "gathered for a rally" and "went on strike"; not "said in a message on
    the raid".
    """
    word, verb = preposition.lower_, preposition.head
    if word in ("at", "during") or word in carrier(verb, lexicon)[0]:
        return True
    return word in INSIDE and not is_saying(verb, lexicon)


def _around_complement(noun: Token, lexicon: DatingWords) -> Iterator[tuple[Token, str]]:
    """The clause that says what a place or a person was of an event: "In 2006, the port was the target of a raid"."""
    verb = noun.head
    if noun.dep_ == "attr" and verb.pos_ in VERBAL:
        yield verb, ""
        yield from _around_verb(verb, lexicon)
