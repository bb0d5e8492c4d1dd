"""Where the times of a sentence hang: the word that each dates at first sight, and the preposition before it."""

from __future__ import annotations

import re
from datetime import timedelta

from reportedly.days import day_of
from reportedly.events.when_words import (
    NOT_WHEN,
    OPEN,
    OWN_NOUN,
    DatingWords,
    Placed,
    is_saying,
)
from reportedly.model import Time
from reportedly.parse import syntax
from reportedly.parse.parsed import Doc, Token

# The value of a clock time.
CLOCK = re.compile(r"T\d\d")
# A time of so many days or more is what "the worst raid this year" is compared with.
LONG = timedelta(days=14)
# Names of events have so many words or fewer.
LONGEST_NAME = 6


def dating_times(trigger: Token, doc: Doc, times: tuple[Time, ...], lexicon: DatingWords) -> list[Placed]:
    """The times of the sentence that can date an event."""
    placed = _placed(trigger, doc, times, lexicon)
    return [p for p in placed if (p.time.type in ("DATE", "TIME") or _ends_today(p.time)) and not _is_compared(p)]


def _is_compared(p: Placed) -> bool:
    """Whether a long time only says among what an event stands out: "the deadliest raid of the past ten years"."""
    begin, end = day_of(p.time.begin), day_of(p.time.end_date)
    if begin is None or end is None or end - begin < LONG:
        return False
    before = next((t for t in reversed(p.anchor.doc[: p.first]) if t.pos_ not in ("ADP", "DET")), p.anchor)
    nouns = (p.anchor,) if p.dep == "poss" else (p.anchor, before)  # "won the most seats in last year's vote"
    beside = [c for noun in nouns if noun.pos_ == "NOUN" for c in noun.children if c.i < noun.i]
    return any(t.tag_ in ("JJS", "RBS") or t.lower_ == "first" for c in beside for t in (c, *c.children))


def _ends_today(time: Time) -> bool:
    """A length that ends or begins on the day of the dispatch ("in the past 24 hours") has days, others have none."""
    return time.type == "DURATION" and time.begin is not None


def _placed(token: Token, doc: Doc, times: tuple[Time, ...], lexicon: DatingWords) -> list[Placed]:
    """The times with days in the sentence of a token; that of a dateline, blank in the reading text, is of none."""
    sent = token.sent
    start, end = sent.start_char, sent.end_char
    inside = (t for t in times if t.begin is not None and start <= t.start < end and doc.text[t.start] != " ")
    return [p for p in (_place(t, doc, lexicon) for t in inside) if p is not None and _is_date_of_something(p.time)]


def _is_date_of_something(time: Time) -> bool:
    """References ("now") have no days; spans of centuries date nothing."""
    return time.begin is not None and time.end_date is not None and len((time.value or "").split("T")[0]) != 2


def _place(time: Time, doc: Doc, lexicon: DatingWords) -> Placed | None:
    """A time as it hangs in its sentence: with "on" at "fled" in "fled on Monday", at "raid" in "Monday's raid"."""
    span = doc.char_span(time.start, time.end, alignment_mode="expand")
    if span is None:
        return None
    node, prep = span.root, ""
    while (
        node.dep_ in ("pobj", "conj", "pcomp", "appos", "advmod", "prep", "dep", "nmod", "quantmod")
        and node.head.i != node.i
    ):
        head = node.head
        if head.pos_ in ("ADP", "SCONJ") or head.dep_ in ("prep", "agent"):
            prep = head.lower_
        elif not _is_of_time(head, span.start, span.end):
            break
        node = head
    verb = _opens_clause(node, span.start, lexicon) if node.dep_ in OWN_NOUN and node.dep_ != "poss" else None
    # "After Tuesday's bombing" is after the bombing, which was on Tuesday.
    if node.dep_ not in OWN_NOUN:
        prep = prep or _word_before(span.start, doc)
    if prep == "by" and time.type == "TIME":
        prep = ""
    if prep in ("after", "before") and CLOCK.search(time.value or ""):
        prep = ""  # "shortly after midnight Sunday"
    named = _in_name(span.start, span.end, doc, lexicon)
    if named is not None:
        return Placed(time, span.start, named, "nmod", "", span.end - 1, doc[span.end - 1].text)
    anchor = verb or _rehung(node.head, span.start, doc, lexicon)
    dep = "npadvmod" if verb is not None else node.dep_
    return Placed(time, span.start, anchor, dep, prep, span.end - 1, doc[span.end - 1].text)


def _in_name(start: int, end: int, doc: Doc, lexicon: DatingWords) -> Token | None:
    """The event whose name a time stands in, however that is parsed: "the August 2017 March for Bread rally"."""
    if not start or doc[start - 1].lower_ not in ("the", "a", "an") or end >= len(doc) or not doc[end].text.istitle():
        return None
    for word in doc[end : end + LONGEST_NAME]:
        if word.lower_ in lexicon.happening and word.text.islower():
            return word
        if not (word.text[0].isupper() or word.lower_ in ("the", "of", "for", "and")):
            return None
    return None


def _rehung(anchor: Token, start: int, doc: Doc, lexicon: DatingWords) -> Token:
    """What a time hangs on by its place, where the parse has it on the wrong verb.

    That is between a saying and what is said, and behind a participle that only describes somebody in the clause
    ("attacked a convoy carrying grain on Friday").
    """
    if anchor.dep_ == "acl" and anchor.tag_ == "VBG" and start > anchor.i and not _is_told_beside(anchor.head):
        return syntax.clause_head(anchor.head)
    if is_saying(anchor, lexicon):
        subject = syntax.own_subject(anchor)
        if subject is None or not start < subject.left_edge.i < anchor.i:
            return anchor
        content = {
            t.i for c in anchor.children if c.dep_ in ("ccomp", "dep", "parataxis") and c.i < start for t in c.subtree
        }
        return next((doc[i] for i in range(start - 1, -1, -1) if i in content and doc[i].pos_ == "VERB"), anchor)
    clause = syntax.clause_head(anchor)
    cue, subject = clause.head, syntax.own_subject(clause)
    if (
        clause.dep_ != "ccomp"
        or not is_saying(cue, lexicon)
        or subject is None
        or not cue.i < start < subject.left_edge.i
    ):
        return anchor
    between = doc[cue.i + 1 : start]
    return anchor if any(t.lower_ == "that" or t.is_punct for t in between) else cue


def _opens_clause(word: Token, start: int, lexicon: DatingWords) -> Token | None:
    """The verb of a clause with a time in front, where that was read as part of a name.

    As if there were a "Sunday parliament" in "On Sunday parliament voted".
    """
    opening = word.doc[start - 1] if start else word
    subject = word.head
    led = opening.lower_ == "on" and not syntax.children(opening, "pobj")
    first = opening if led else word.doc[start]
    if not first.is_sent_start or subject.dep_ not in ("nsubj", "nsubjpass"):
        return None
    return None if subject.lemma_.lower() in lexicon.happening else subject.head


def _is_told_beside(noun: Token) -> bool:
    """Whether a noun with its participle tells of something beside the clause: "with 300 people protesting in May"."""
    return noun.dep_ == "pobj" and noun.head.lower_ in ("with", "without")


def _is_of_time(head: Token, start: int, end: int) -> bool:
    """Whether the governor is a date word too ("Monday and Tuesday"), so that the climb goes on."""
    return start <= head.i < end or (head.ent_type_ in ("DATE", "TIME") and head.pos_ in ("NOUN", "PROPN", "NUM"))


def _word_before(start: int, doc: Doc) -> str:
    """The word before a time that keeps it from being when something happened: "since Monday", "until Monday"."""
    word = doc[start - 1].lower_ if start else ""
    return word if word in NOT_WHEN | OPEN else ""
