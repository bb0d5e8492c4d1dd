"""Where the order of words leaves one reading and the parser took another: the few turns of news that it gets wrong.

A parse is mended before any stage sees it, so that what is done, by whom and to whom is read in one way. Each rule
needs words that cannot stand otherwise; where two readings are left, the parser's stands.
"""

from __future__ import annotations

from typing import Final

from reportedly.knowledge.load import Knowledge
from reportedly.parse.mending_clauses import (
    LATE_CLAUSES,
    asides,
    bare_gerunds,
    gaps,
    gerund_lists,
    hearsay,
    loads,
    mains,
    named_objects,
)
from reportedly.parse.mending_entities import NAMES, doc_entities, unglued
from reportedly.parse.mending_forms import (
    accusers,
    aims,
    compound_events,
    events_in_ing,
    opening_events,
    pasts,
    plurals,
    silent_letters,
)
from reportedly.parse.mending_gifts import GIFTS
from reportedly.parse.mending_joins import (
    actives,
    channels,
    dated_objects,
    dated_verbs,
    doubles,
    inner_objects,
    known_matters,
    nominals,
    seats,
    second_verbs,
    tenses,
    titles,
    undergone,
)
from reportedly.parse.mending_killings import killings
from reportedly.parse.mending_order import (
    inner_phrases,
    late_objects,
    lone_numbers,
    named_things,
    parted_tenses,
    partitives,
    plural_verbs,
    taken_as,
)
from reportedly.parse.mending_short import SHORT
from reportedly.parse.mending_verbs import VERBS
from reportedly.parse.mending_words import MendWords, mend_words
from reportedly.parse.numbers import read_core
from reportedly.parse.parsed import Doc, Token, copied
from reportedly.parse.syntax import TIMING
from reportedly.parse.ties import DAYS, FINITE, MendedTie

JOINING: Final = frozenset({"nsubj", "nsubjpass", "mark", "advmod", "expl", "csubj"})


def mended(doc: Doc, knowledge: Knowledge) -> Doc:
    """The parse with its known faults put right; the same object where there is none."""
    words = mend_words(knowledge)
    for rule in RULES:
        ties = _without_circles(doc, rule(doc, words))
        if ties:
            doc = _tied(doc, ties, doc_entities(doc))
    spans = list(unglued(doc, words))
    return doc if spans == doc_entities(doc) else _tied(doc, {}, spans)


def _without_circles(doc: Doc, ties: dict[int, MendedTie]) -> dict[int, MendedTie]:
    """The ties without those by which a word would hang on itself, by whatever way round."""
    sound = dict(ties)
    for first in ties:
        seen: set[int] = set()
        here = first
        while here not in seen:
            seen.add(here)
            here = sound[here].head if here in sound else doc[here].head.i
        if here != (sound[here].head if here in sound else doc[here].head.i):
            for i in seen:
                sound.pop(i, None)
    return sound


def _tied(doc: Doc, ties: dict[int, MendedTie], entities: list[tuple[int, int, str]]) -> Doc:
    """A new parse of the same words with other ties, labels and tags; all else stays."""
    made = copied(doc, {i: tie.head for i, tie in ties.items()}, entities)
    for i, tie in ties.items():
        t = made.tokens[i]
        # "shot" as "shoot" in "a sniper shot dead two".
        t.dep_, t.pos_, t.tag_, t.lemma_ = tie.dep, tie.pos or t.pos_, tie.tag or t.tag_, tie.lemma or t.lemma_
    for t in made.tokens:
        t.is_sent_start = t.is_sent_start and not _is_inside(t.i, ties)
    return made


def _is_inside(place: int, ties: dict[int, MendedTie]) -> bool:
    """Whether a word stands between another and what it now hangs on, so that no sentence begins with it."""
    return any(i < place <= tie.head or tie.head < place <= i for i, tie in ties.items())


# ---- "recaptured Sarn" ---------------------------------------------------------------------------------------------


def _names(doc: Doc, words: MendWords) -> dict[int, MendedTie]:
    """A capitalised name that was taken for an adverb behind a verb is its object: "forces recaptured Sarn"."""
    del words
    ties: dict[int, MendedTie] = {}
    for t in doc:
        if t.pos_ != "ADV" and t.tag_ != "RB":
            continue
        alone = t.ent_iob_ == "B" and (t.i + 1 == len(doc) or doc[t.i + 1].ent_iob_ != "I")
        if not t.text[0].isupper() or t.is_sent_start:
            continue
        if t.pos_ == "ADV" and t.dep_ == "dobj":  # nothing is done to an adverb
            ties[t.i] = MendedTie(t.head.i, "dobj", "PROPN", "NNP", t.text)
        if t.tag_ != "RB" or not alone or t.ent_type_ not in NAMES:
            continue
        if t.head.i == t.i - 1 and t.head.pos_ == "VERB" and not any(c.dep_ == "dobj" for c in t.head.children):
            ties[t.i] = MendedTie(t.head.i, "dobj", "PROPN", "NNP", t.text)
    return ties


# ---- "two and a half thousand people", "1 500 men" -----------------------------------------------------------------


def _numbers(doc: Doc, words: MendWords) -> dict[int, MendedTie]:
    """The words of one number hang together on the noun that it counts: "two and a half thousand people".

    The noun stands where the number seemed to.
    """
    lowers = [t.lower_ for t in doc]
    ties: dict[int, MendedTie] = {}
    done = 0
    for i in [i for i, word in enumerate(lowers) if word in words.numbers.starts or word[:1].isdigit()]:
        core = read_core(doc, lowers, i, words.numbers) if i >= done else None
        if core is not None:
            done = core.stop
            ties |= _one_number(doc, i, core.stop) if core.stop - i > 1 and not core.vague else {}
    return ties


def _one_number(doc: Doc, first: int, stop: int) -> dict[int, MendedTie]:
    """Ties of a number of several words, "1 500" of "1 500 men"; none where the parse has them or no plural follows."""
    run = doc[first:stop]
    noun = next((t for t in doc[stop : stop + 3] if t.pos_ != "ADJ"), None)
    if noun is None or noun.tag_ not in ("NNS", "NNPS") or noun.i - stop > 1:
        return {}
    inside = {*range(first, stop), noun.i}
    outer = next((t for t in run if t.head.i not in inside or t.head is t), None)
    if outer is None and noun.head.i in range(first, stop):
        return {}
    last = stop - 1
    ties = {t.i: MendedTie(last, "quantmod", "NUM", "CD") for t in run}
    ties[last] = MendedTie(noun.i, "nummod", "NUM", "CD")
    if outer is not None and (noun.head.i in inside or outer.head.i != noun.head.i):
        ties[noun.i] = MendedTie(noun.i if outer.head is outer else outer.head.i, outer.dep_)
    elif noun.head.i in range(first, stop):
        return {}
    loose = (c for t in run for c in t.children if c.i not in inside)
    return ties | {c.i: MendedTie(noun.i if c.i > stop else last, "quantmod" if c.i < first else c.dep_) for c in loose}


# ---- "crowds estimated at 900 filled the square" --------------------------------------------------------------------


def _participles(doc: Doc, words: MendWords) -> dict[int, MendedTie]:
    """Two finite verbs cannot follow each other unjoined: "crowds estimated at 900 filled the square".

    The first is a participle that describes the subject.
    """
    ties: dict[int, MendedTie] = {}
    for first in doc:
        noun = _described(first, words)
        if noun is None or first.i in ties or noun.i in ties:
            continue
        if first.dep_ in ("nsubj", "nsubjpass"):  # "A man shot by police was buried"
            ties |= {noun.i: MendedTie(first.head.i, first.dep_), first.i: MendedTie(noun.i, "acl", "VERB", "VBN")}
            continue
        second = next((c for c in first.children if _is_main(first, c)), None)
        if second is not None:
            ties |= _swapped(first, second, noun)
    return ties


def _described(verb: Token, words: MendWords) -> Token | None:
    """The subject of a past tense that may be a participle ("a man shot by police"); None for "a man shot two"."""
    if verb.pos_ != "VERB" or verb.tag_ not in ("VBD", "VBN"):
        return None
    if verb.tag_ == "VBD" and not verb.lower_.endswith("ed") and verb.lower_ not in words.same:
        return None
    if any(c.dep_ in ("aux", "auxpass", "dobj", "nsubjpass", "neg", "cc") for c in verb.children):
        return None
    whole = any(c.dep_ == "ccomp" and any(i.dep_ in JOINING for i in c.children) for c in verb.children)
    noun = None if whole else next((c for c in verb.children if c.dep_ == "nsubj"), None)
    return noun if noun is not None and noun.pos_ in ("NOUN", "PROPN", "NUM") and noun.i < verb.i else None


def _is_main(first: Token, second: Token) -> bool:
    """Whether a clause behind a verb is the one that the subject governs, with nothing that joins it and finite.

    "filled" in "crowds estimated at 900 filled the square", but not in "crowds waited until it filled".
    """
    if second.i <= first.i or second.dep_ not in ("advcl", "dep", "ccomp") or second.tag_ not in FINITE:
        return False
    if any(c.dep_ in JOINING and c.i < second.i for c in second.children):
        return False
    between = first.doc[first.i + 1 : second.i]
    return len(between) > 0 and not any(t.is_punct or t.dep_ in ("cc", "mark") or t.pos_ == "SCONJ" for t in between)


def _swapped(first: Token, second: Token, noun: Token) -> dict[int, MendedTie]:
    """Ties by which the second verb governs the subject: "filled" in "crowds estimated at 900 filled the square"."""
    top = second.i if first.head is first else first.head.i
    moved = {
        c.i: MendedTie(second.i, c.dep_) for c in first.children if c.i > second.i or (c.i < noun.i and c.dep_ != "det")
    }
    passive = any(c.dep_ == "auxpass" for c in second.children)
    return moved | {
        second.i: MendedTie(top, first.dep_),
        first.i: MendedTie(noun.i, "acl", "VERB", "VBN"),
        noun.i: MendedTie(second.i, "nsubjpass" if passive else "nsubj"),
    }


# ---- "said Friday Corbin had fled" --------------------------------------------------------------------------------


def _days(doc: Doc, words: MendWords) -> dict[int, MendedTie]:
    """A weekday between a verb of telling and the subject of what is told says when that was: "said Friday Ann ran"."""
    del words
    ties: dict[int, MendedTie] = {}
    for day in doc:
        if day.lower_ not in DAYS or day.dep_ not in ("compound", "nmod", "npadvmod", "amod") or day.head.i < day.i:
            continue
        verb = _telling(day)
        if verb is not None:
            ties[day.i] = MendedTie(verb.i, "npadvmod")
            swallowed = [t for t in doc[verb.i + 1 : day.i] if t.head is day.head]
            ties |= {t.i: MendedTie(swallowed[-1].i, "compound") for t in swallowed[:-1]}
            ties |= {t.i: MendedTie(verb.i, "dobj") for t in swallowed[-1:]}
    return ties


def _telling(day: Token) -> Token | None:
    """The verb of telling before a weekday whose content begins behind it: "told reporters Tuesday Musa had left"."""
    subject = day.head if day.head.pos_ != "VERB" else None
    clause = subject.head if subject is not None else day.head
    if subject is not None and subject.dep_ not in ("nsubj", "nsubjpass"):
        return None
    verb = clause.head
    if clause.dep_ != "ccomp" or verb.i >= day.i or verb.pos_ != "VERB" or day.i - verb.i > 4:
        return None
    between = day.doc[verb.i + 1 : day.i]
    return verb if all(verb in (t.head, t.head.head) or t.head is subject for t in between) else None


# ---- "said six cadets were hurt and threatened reprisals" --------------------------------------------------------


def _objects(doc: Doc, words: MendWords) -> dict[int, MendedTie]:
    """A bare plural joined to a verb is the object of the participle before it.

    "said six cadets were hurt and threatened reprisals": what was threatened was not hurt.
    """
    del words
    ties: dict[int, MendedTie] = {}
    for noun in doc:
        if noun.dep_ != "conj" or noun.tag_ not in ("NNS", "NN") or noun.head.pos_ != "VERB" or noun.i < 2:
            continue
        verb = doc[noun.i - 1]
        joined = doc[noun.i - 2].dep_ == "cc" and doc[noun.i - 2].head is noun.head
        if joined and verb.head is noun and verb.tag_ == "VBN":
            ties |= {verb.i: MendedTie(noun.head.i, "conj", "VERB", "VBD"), noun.i: MendedTie(verb.i, "dobj")}
    return ties


# ---- "accused them of looting, and killing a guard" -----------------------------------------------------------------


def _gerunds(doc: Doc, words: MendWords) -> dict[int, MendedTie]:
    """A gerund joined to a finite verb goes with the gerund before: "accused them of looting, and killing a guard"."""
    del words
    ties: dict[int, MendedTie] = {}
    for gerund in doc:
        verb = gerund.head
        if gerund.tag_ != "VBG" or gerund.dep_ != "conj" or verb.tag_ not in FINITE or verb.pos_ != "VERB":
            continue
        if any(c.dep_ in ("aux", "nsubj") for c in gerund.children):
            continue
        places = [verb, *(c for c in verb.children if c.dep_ == "dobj")]
        inner = (g for v in places for p in v.children if p.dep_ == "prep" for g in p.children if g.dep_ == "pcomp")
        first = next((g for g in inner if g.i < gerund.i and g.tag_ == "VBG"), None)
        if first is not None:
            ties[gerund.i] = MendedTie(first.i, "conj")
            joining = (c for c in verb.children if c.dep_ == "cc" and first.i < c.i < gerund.i)
            ties |= {c.i: MendedTie(first.i, "cc") for c in joining}
    return ties


# ---- "after the rebels seized power" --------------------------------------------------------------------------------


def _clauses(doc: Doc, words: MendWords) -> dict[int, MendedTie]:
    """What describes a noun has no subject of its own; with one it is a verb: "after the rebels seized power"."""
    del words
    ties: dict[int, MendedTie] = {}
    for verb in doc:
        noun = verb.head
        if verb.dep_ != "amod" or verb.pos_ != "VERB" or noun.i < verb.i or noun.dep_ != "pobj":
            continue
        link = noun.head
        if not any(c.dep_ == "nsubj" for c in verb.children) or link.lower_ not in TIMING or link.head is link:
            continue
        ties |= {verb.i: MendedTie(link.head.i, "advcl", "VERB", "VBD"), noun.i: MendedTie(verb.i, "dobj")}
        ties[link.i] = MendedTie(verb.i, "mark")
    return ties


# ---- "posted on her Twitter account a call for others to leave" ------------------------------------------------------


def _accounts(doc: Doc, words: MendWords) -> dict[int, MendedTie]:
    """A noun right behind an owned name is what the name stands before: *account* of "on her Twitter account"."""
    del words
    for name in doc[:-1]:
        if name.dep_ != "pobj" or name.pos_ != "PROPN" or not any(c.dep_ == "poss" for c in name.children):
            continue
        noun, link = name.nbor(), name.head
        if noun.head is link.head and noun.dep_ in ("dobj", "xcomp") and noun.tag_ in ("NN", "VBP", "VB"):
            ties = {name.i: MendedTie(noun.i, "compound"), noun.i: MendedTie(link.i, "pobj", "NOUN", "NN", noun.lower_)}
            return ties | {c.i: MendedTie(noun.i, c.dep_) for c in name.children} | _freed(noun, link.head)
    return {}


def _freed(noun: Token, verb: Token) -> dict[int, MendedTie]:
    """What hung on the noun as on a verb goes to the verb: "a call" in "posted on her Delta account a call to leave".

    A clause behind that object belongs to it.
    """
    thing = next((c for c in noun.children if c.dep_ == "dobj"), None)
    if thing is None:
        return {}
    clauses = (c for c in noun.children if c.dep_ == "advcl" and c.i > thing.i)
    return {thing.i: MendedTie(verb.i, "dobj")} | {c.i: MendedTie(thing.i, "acl") for c in clauses}


RULES: Final = (
    loads, pasts, silent_letters, plurals, accusers, opening_events, events_in_ing, compound_events, aims,
    _names, mains, _numbers, killings, asides, hearsay, _participles, _days, _objects,
    named_objects, bare_gerunds, _gerunds,
    gerund_lists, gaps, _clauses, _accounts, tenses, doubles, titles,
    inner_objects, nominals, seats, undergone, second_verbs, channels,
    dated_objects, dated_verbs, actives, known_matters, late_objects, named_things, plural_verbs, taken_as,
    lone_numbers, partitives, inner_phrases, parted_tenses, *SHORT, *VERBS, *GIFTS, *LATE_CLAUSES,
)  # fmt: skip
