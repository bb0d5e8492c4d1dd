"""Which expression of time dates an event, and which one dates the saying of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from spacy.tokens import Doc, Token

from reportedly import syntax
from reportedly.model import Dispatch, Time
from reportedly.tables import load_table

Days = tuple[str | None, str | None]
UNKNOWN: Days = (None, None)
VERBAL = ("VERB", "AUX")
# A time behind one of these is not when it happened, but what it lasted to, came after or was compared with.
NOT_WHEN = frozenset(["until", "till", "before", "after", "by", "to", "than", "as", "following", "despite", "against", "about", "over"])
OPEN = frozenset(["since", "from"])
OWN_NOUN = frozenset(["poss", "compound", "amod", "nmod", "nummod"])
CLAUSAL = frozenset(["ccomp", "relcl", "advcl", "acl", "parataxis", "csubj", "csubjpass", "pcomp", "xcomp", "conj", "appos"])
SAME_MOMENT = frozenset(["when", "as", "while", "where", "in", "whereupon"])
INSIDE = frozenset(["in", "during", "by", "amid", "with", "through", "throughout"])
MOST_DAYS = 4000


class Lexicon(NamedTuple):
    """Verbs whose clause is what somebody says, nouns that name events, and verbs that carry such nouns (slots, phase)."""

    saying: frozenset[str]
    happening: frozenset[str]
    carriers: dict[str, tuple[frozenset[str], str]]


class Placed(NamedTuple):
    """A time in the parse: the word that it dates at first sight, how it hangs on it, and the preposition in front."""

    time: Time
    anchor: Token
    dep: str
    prep: str


@lru_cache(maxsize=4)
def load_lexicon(folder: Path | None = None) -> Lexicon:
    """The words of the tables ``cues``, ``events_nouns`` and ``times_carriers``."""
    saying = {r["lemma"] for r in load_table("cues", folder) if r["pos"] == "verb" and "clause" in r["frames"].split()}
    nouns = (t.strip() for r in load_table("events_nouns", folder) if r["type"] != "-" for t in r["trigger"].split(","))
    carriers = {r["verb"]: (frozenset(r["slot"].split()), r["phase"]) for r in load_table("times_carriers", folder)}
    return Lexicon(frozenset(saying), frozenset(n for n in nouns if " " not in n), carriers)


def find_when(
    trigger: Token, doc: Doc, times: tuple[Time, ...], dispatch: Dispatch, folder: Path | None = None
) -> Days:
    """First and last day of the event, or (None, None) where the sentence does not date it.

    The time of the event's own clause or noun phrase comes first, then that of the clause it belongs to, unless it dates
    the saying, then that of a clause that tells of the same moment. Durations and repeated times date nothing.
    """
    placed = [p for p in _placed(trigger, doc, times) if p.time.type in ("DATE", "TIME") or _ends_today(p.time)]
    if not placed:
        return UNKNOWN
    lexicon = load_lexicon(folder)
    today = (dispatch.dateline.date if dispatch.dateline else None) or dispatch.published
    for clause, phase in _clauses(trigger, lexicon):
        found = _best(clause, placed, lexicon, trigger)
        if found is not None:
            return _days(found, placed, phase, today)
    return UNKNOWN


def find_said(cue: Token, doc: Doc, times: tuple[Time, ...], folder: Path | None = None) -> Time | None:
    """The time that dates a cue ("said on Thursday", "in a statement on Friday"), not what is said."""
    placed = [p for p in _placed(cue, doc, times) if p.time.type in ("DATE", "TIME")]
    return next((p.time for p in [_best(cue, placed, load_lexicon(folder), cue)] if p), None)


def _ends_today(time: Time) -> bool:
    """A length that ends or begins on the day of the dispatch ("in the past 24 hours") has days, others have none."""
    return time.type == "DURATION" and time.begin is not None


# --- where the times of a sentence hang


def _placed(token: Token, doc: Doc, times: tuple[Time, ...]) -> list[Placed]:
    """The times with days in the sentence of a token."""
    sent = token.sent
    start, end = sent.start_char, sent.end_char
    inside = (t for t in times if t.begin is not None and start <= t.start < end)
    return [p for p in (_place(t, doc) for t in inside) if p is not None and _is_date_of_something(p.time)]


def _is_date_of_something(time: Time) -> bool:
    """References ("now") have no days; spans of centuries date nothing."""
    return time.begin is not None and time.end_date is not None and len((time.value or "").split("T")[0]) != 2


def _place(time: Time, doc: Doc) -> Placed | None:
    span = doc.char_span(time.start, time.end, alignment_mode="expand")
    if span is None:
        return None
    node, prep = span.root, ""
    while node.dep_ in ("pobj", "conj", "pcomp", "appos", "advmod", "prep", "dep", "nmod", "quantmod") and node.head.i != node.i:
        head = node.head
        if head.pos_ in ("ADP", "SCONJ") or head.dep_ in ("prep", "agent"):
            prep = head.lower_
        elif not _is_of_time(head, span.start, span.end, time):
            break
        node = head
    return Placed(time, node.head, node.dep_, prep or _word_before(span.start, doc))


def _is_of_time(head: Token, start: int, end: int, time: Time) -> bool:
    """Whether the governor is a date word too ("Monday and Tuesday"), so that the climb goes on."""
    return start <= head.i < end or (head.ent_type_ in ("DATE", "TIME") and head.pos_ in ("NOUN", "PROPN", "NUM"))


def _word_before(start: int, doc: Doc) -> str:
    word = doc[start - 1].lower_ if start else ""
    return word if word in NOT_WHEN | OPEN else ""


# --- which clause dates which event


def _clauses(trigger: Token, lexicon: Lexicon) -> Iterator[tuple[Token, str]]:
    """The words whose time is the trigger's, nearest first, each with the phase it gives ("began on")."""
    yield trigger, ""
    if trigger.pos_ in VERBAL:
        yield from _around_verb(trigger, lexicon)
    else:
        yield from _around_noun(trigger, lexicon)


def _around_verb(verb: Token, lexicon: Lexicon) -> Iterator[tuple[Token, str]]:
    for other in _same_moment(verb, lexicon):
        yield other, ""
        for third in _same_moment(other, lexicon):
            if third.i != verb.i:
                yield third, ""


def _same_moment(verb: Token, lexicon: Lexicon) -> Iterator[Token]:
    """Clauses that tell of the same moment as this one."""
    head, dep = verb.head, verb.dep_
    if head.i != verb.i and _is_tied(verb, lexicon):
        yield head
    for child in verb.children:
        if child.dep_ == "advcl" and _mark(child) in SAME_MOMENT:
            yield child
        elif child.dep_ == "conj" and child.pos_ == "VERB" and syntax.own_subject(child) is None:
            yield child
        elif child.dep_ == "xcomp" and child.pos_ in VERBAL and verb.lemma_ not in lexicon.saying:
            yield child
    if dep in ("relcl", "acl") and head.lemma_.lower() in lexicon.happening:
        yield head


def _is_tied(verb: Token, lexicon: Lexicon) -> bool:
    """Whether the time of the governing clause holds for this one too."""
    head, dep = verb.head, verb.dep_
    if dep == "conj":
        return head.pos_ in VERBAL and not (head.lemma_ in lexicon.saying and syntax.own_subject(verb) is not None)
    if dep == "advcl":
        mark = _mark(verb)
        return mark in SAME_MOMENT or (not mark and verb.tag_ in ("VBG", "VBN") and head.lemma_ not in lexicon.saying)
    if dep in ("xcomp", "acomp", "oprd"):
        return head.pos_ in VERBAL and head.lemma_ not in lexicon.saying
    if dep == "ccomp":
        return verb.tag_ in ("VB", "VBG", "VBN") and head.lemma_ not in lexicon.saying
    return dep in ("auxpass", "aux")


def _mark(verb: Token) -> str:
    """The word that opens an adverbial clause, "" where there is none."""
    opening = ("mark", "advmod", "prep")
    return next((c.lower_ for c in verb.children if c.i < verb.i and c.dep_ in opening and c.tag_ in ("IN", "WRB")), "")


def _around_noun(noun: Token, lexicon: Lexicon) -> Iterator[tuple[Token, str]]:
    """The clause that a noun is the event of: "the raid began on", "carried out an attack on", "died in the blast on"."""
    for child in noun.children:
        if child.dep_ in ("relcl", "acl") and child.pos_ in VERBAL:
            slots, phase = lexicon.carriers.get(child.lemma_.lower(), (frozenset(), ""))
            if slots or child.lemma_ not in lexicon.saying:
                yield child, phase
    head, dep = noun.head, noun.dep_
    if dep in ("conj", "compound", "nmod", "appos") and head.i != noun.i and head.pos_ in ("NOUN", "PROPN"):
        yield head, ""
        yield from _around_noun(head, lexicon) if dep == "conj" else ()
    elif dep in ("nsubj", "nsubjpass", "dobj") and head.pos_ in VERBAL:
        slot = {"nsubj": "subj", "nsubjpass": "pass", "dobj": "obj"}[dep]
        slots, phase = lexicon.carriers.get(head.lemma_.lower(), (frozenset(), ""))
        if slot in slots:
            yield head, phase
            yield from _around_verb(head, lexicon)
    elif dep == "pobj" and head.lower_ in INSIDE and head.head.pos_ in VERBAL and head.head.lemma_ not in lexicon.saying:
        yield head.head, ""
        yield from _around_verb(head.head, lexicon)


# --- which time of a clause


def _best(clause: Token, placed: list[Placed], lexicon: Lexicon, trigger: Token) -> Placed | None:
    """The time that hangs on a word most closely."""
    options = []
    for p in placed:
        steps = _distance(p, clause, lexicon)
        if steps is not None and p.prep not in NOT_WHEN and not _dates_saying(p, clause, trigger, lexicon):
            options.append((steps, abs(p.anchor.i - trigger.i), p.time.start, p))
    return min(options, key=lambda o: o[:3])[3] if options else None


def _dates_saying(p: Placed, clause: Token, trigger: Token, lexicon: Lexicon) -> bool:
    """Whether the clause is another's saying, whose time is not that of what is said."""
    return clause.i != trigger.i and clause.lemma_ in lexicon.saying and clause.pos_ in VERBAL


def _distance(p: Placed, clause: Token, lexicon: Lexicon) -> int | None:
    """Steps from the time up to the clause's word, None where another clause or event lies between."""
    if p.anchor.i == clause.i:
        return 0
    if clause.pos_ not in VERBAL or p.dep in OWN_NOUN:
        return None
    node, steps = p.anchor, 1
    while node.i != clause.i:
        blocked = node.dep_ in CLAUSAL or node.pos_ in VERBAL or node.lower_ in NOT_WHEN | OPEN
        if blocked or node.head.i == node.i or _is_other_event(node, lexicon):
            return None
        node, steps = node.head, steps + 1
    return steps


def _is_other_event(node: Token, lexicon: Lexicon) -> bool:
    """A noun that names an event keeps its time, but for "killed in an attack on Monday"."""
    if node.pos_ != "NOUN" or node.lemma_.lower() not in lexicon.happening:
        return False
    return not (node.dep_ == "pobj" and node.head.lower_ in INSIDE)


# --- from the time to the days


def _days(found: Placed, placed: list[Placed], phase: str, today: str | None) -> Days:
    """The days of a time, with "since", "from ... to" and the beginning and end of what lasted taken into account."""
    begin, end = found.time.begin, found.time.end_date
    if begin is None or end is None:
        return UNKNOWN
    if found.prep == "from" or found.prep == "between":
        other = next((p.time for p in placed if p.time.start > found.time.start and p.prep in ("to", "until", "till", "and")), None)
        return (begin, other.end_date) if other is not None and other.end_date and other.end_date >= begin else (begin, end)
    if (found.prep == "since" or phase == "begin") and today is not None and end <= today:
        return begin, today
    return begin, end
