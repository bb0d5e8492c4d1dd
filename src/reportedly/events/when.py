"""Which expression of time dates an event, and which only dates the saying of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from reportedly.events.nearness import load_words
from reportedly.knowledge.load import SHIPPED, Knowledge
from reportedly.model import Because, Dispatch, Time
from reportedly.parse import syntax
from reportedly.parse.parsed import Doc, Token
from reportedly.reasons import at, on

Days = tuple[str | None, str | None]
UNKNOWN: Days = (None, None)
VERBAL = ("VERB", "AUX")
# A time behind one of these is not when it happened, but what it lasted to, came after or was compared with.
NOT_WHEN = frozenset(
    ["until", "till", "before", "after", "by", "to", "than", "as", "following", "despite", "against", "about", "over"]
)
OPEN = frozenset(["since", "from"])
# Behind these stands the day to which something was moved: "put off until Thursday", "moved from Friday to Tuesday".
ONTO = frozenset(["until", "till", "to", "for"])
OWN_NOUN = frozenset(["poss", "compound", "amod", "nmod", "nummod"])
CLAUSAL = frozenset(
    ["ccomp", "relcl", "advcl", "acl", "parataxis", "csubj", "csubjpass", "pcomp", "xcomp", "conj", "appos"]
)
SAME_MOMENT = frozenset(["when", "as", "while", "where", "in", "whereupon"])
INSIDE = frozenset(["in", "during", "by", "amid", "with", "through", "throughout"])
# How a verb carries the event that is its subject and happens with it ("Tuesday's raid killed nine").
WHOLE = (frozenset(["subj"]), "")
SLOTS = {"nsubj": "subj", "nsubjpass": "pass", "dobj": "obj"}


class Lexicon(NamedTuple):
    """Verbs of saying, nouns that name events, and verbs that carry such nouns with their slots and phase."""

    saying: frozenset[str]
    happening: frozenset[str]
    carriers: dict[str, tuple[frozenset[str], str]]
    rounds: frozenset[str]


class Placed(NamedTuple):
    """A time in the parse: its first token, the word that it dates at first sight, how it hangs on it, preposition."""

    time: Time
    first: int
    anchor: Token
    dep: str
    prep: str
    last: int
    word: str


class Dated(NamedTuple):
    """The time that dates an event, the word whose time it is, and whether that begins or ends the event."""

    by: Placed
    word: Token
    phase: str


class When(NamedTuple):
    """First and last day of an event, and why; (None, None) where nothing in the sentence dates it."""

    days: Days
    because: Because


@lru_cache(maxsize=4)
def load_lexicon(knowledge: Knowledge = SHIPPED) -> Lexicon:
    """The words of the tables ``cues``, ``events_nouns``, ``times_carriers`` and ``events_days``."""
    saying = {r["lemma"] for r in knowledge.rows("cues") if r["pos"] == "verb" and "clause" in r["frames"].split()}
    nouns = (t.strip() for r in knowledge.rows("events_nouns") if r["type"] != "-" for t in r["trigger"].split(","))
    carriers = {r["verb"]: (frozenset(r["slot"].split()), r["phase"]) for r in knowledge.rows("times_carriers")}
    return Lexicon(
        frozenset(saying), frozenset(n for n in nouns if " " not in n), carriers, load_words(knowledge).round
    )


def find_when(
    trigger: Token, doc: Doc, times: tuple[Time, ...], dispatch: Dispatch, knowledge: Knowledge = SHIPPED
) -> When:
    """First and last day of the event, or (None, None) where the sentence does not date it, with the reason.

    The time of the event's own clause or noun phrase comes first, then that of the clause it belongs to (unless it
    dates the saying), then that of a clause that tells of the same moment. Durations and repeated times date nothing.
    """
    placed = _dating(trigger, doc, times, load_lexicon(knowledge))
    today = (dispatch.dateline.date if dispatch.dateline else None) or dispatch.published
    dated = _dated_by(trigger, placed, load_lexicon(knowledge), today) if placed else None
    if dated is None:
        return When(UNKNOWN, Because("begin", UNKNOWN, "when.none"))
    days = _days(dated.by, placed, dated.phase, today)
    return When(days, _because(dated, days, trigger))


def _because(dated: Dated, days: Days, trigger: Token) -> Because:
    """The expression of time that dates the event, and the word whose time it is where that is another one."""
    tied = dated.word != trigger
    words = (*at(dated.by.time), *on(dated.word)) if tied else (*at(dated.by.time), *on(trigger))
    since = dated.by.prep == "since" or dated.phase == "begin"
    return Because("begin", days, "when.tied" if tied else "when.own", words=words, detail="since" if since else "")


def _dating(trigger: Token, doc: Doc, times: tuple[Time, ...], lexicon: Lexicon) -> list[Placed]:
    """The times of the sentence that can date an event."""
    placed = _placed(trigger, doc, times, lexicon)
    return [p for p in placed if p.time.type in ("DATE", "TIME") or _ends_today(p.time)]


def _dated_by(trigger: Token, placed: list[Placed], lexicon: Lexicon, today: str | None) -> Dated | None:
    for clause, phase in _clauses(trigger, lexicon):
        fit = [p for p in placed if (p.prep in ONTO if phase == "moved" else p.prep not in NOT_WHEN or _spans(p))]
        found = _best(clause, fit, lexicon, trigger)
        if found is not None:
            return Dated(found, clause, phase)
    ahead = _agreed(trigger, placed, today)
    return (
        ahead or _of_clause_on_it(trigger, placed) or _since_event(trigger, placed) or _below(trigger, placed, lexicon)
    )


def _spans(p: Placed) -> bool:
    """Whether "over" leads a stretch of time in which it happened: "over the past year", not "over Tuesday's raid"."""
    return p.prep == "over" and p.time.type == "DURATION"


def _agreed(trigger: Token, placed: list[Placed], today: str | None) -> Dated | None:
    """A day to come behind what is agreed, where the parse hangs it on the agreeing: "agreed to meet on Monday"."""
    verb = trigger if trigger.pos_ in VERBAL else trigger.head
    if verb.dep_ != "xcomp" or verb.tag_ != "VB" or today is None:
        return None
    found = [p for p in placed if p.anchor == verb.head and p.first > trigger.i and (p.time.begin or "") > today]
    return Dated(found[0], verb, "") if found and found[0].prep not in NOT_WHEN else None


def _of_clause_on_it(trigger: Token, placed: list[Placed]) -> Dated | None:
    """The time that a clause is about: "since Wednesday, when a bomb destroyed a bridge"."""
    clause = trigger if trigger.pos_ in VERBAL else syntax.clause_head(trigger)
    when = any(c.lower_ == "when" for c in clause.children)
    if not when or clause.dep_ not in ("relcl", "advcl"):
        return None
    opening = min((c.i for c in clause.children if c.lower_ == "when"), default=clause.i)
    found = [
        p for p in placed if p.last in (opening - 1, opening - 2) and clause.doc[opening - 1].text in (",", p.word)
    ]
    return Dated(found[0]._replace(prep=""), clause, "") if found else None


def _since_event(trigger: Token, placed: list[Placed]) -> Dated | None:
    """The day from which it goes on, of the event behind "since": "since the start of the blockade on March 4"."""
    for since in syntax.children(trigger, "prep"):
        if since.lower_ != "since":
            continue
        last = max(t.i for t in since.subtree)
        found = [p for p in placed if since.i < p.first <= last + 1]
        if found:
            return Dated(found[-1]._replace(prep="since"), since, "")
    return None


def _below(trigger: Token, placed: list[Placed], lexicon: Lexicon) -> Dated | None:
    """The one day of a sentence, told at what is done in or by the act ("shot 30 in storming a ship on Tuesday")."""
    if len(placed) != 1 or trigger.pos_ not in VERBAL or _is_saying(trigger, lexicon):
        return None
    (p,) = placed
    node = p.anchor
    while node.i != trigger.i:
        if node.dep_ not in ("pcomp", "advcl", "prep") or node.head.i == node.i or node.lower_ in NOT_WHEN | OPEN:
            return None
        if any(c.dep_ == "mark" and c.lower_ not in ("to", "while", "as", "when") for c in node.children):
            return None
        node = node.head
    return Dated(p, trigger, "") if p.anchor.i != trigger.i and p.prep not in NOT_WHEN | OPEN else None


def _ends_today(time: Time) -> bool:
    """A length that ends or begins on the day of the dispatch ("in the past 24 hours") has days, others have none."""
    return time.type == "DURATION" and time.begin is not None


# --- where the times of a sentence hang


def _placed(token: Token, doc: Doc, times: tuple[Time, ...], lexicon: Lexicon) -> list[Placed]:
    """The times with days in the sentence of a token."""
    sent = token.sent
    start, end = sent.start_char, sent.end_char
    inside = (t for t in times if t.begin is not None and start <= t.start < end)
    return [p for p in (_place(t, doc, lexicon) for t in inside) if p is not None and _is_date_of_something(p.time)]


def _is_date_of_something(time: Time) -> bool:
    """References ("now") have no days; spans of centuries date nothing."""
    return time.begin is not None and time.end_date is not None and len((time.value or "").split("T")[0]) != 2


def _place(time: Time, doc: Doc, lexicon: Lexicon) -> Placed | None:
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
    # "After Tuesday's bombing" is after the bombing, which was on Tuesday.
    if node.dep_ not in OWN_NOUN:
        prep = prep or _word_before(span.start, doc)
    if prep == "by" and time.type == "TIME":
        prep = ""
    anchor = _rehung(node.head, span.start, doc, lexicon)
    return Placed(time, span.start, anchor, node.dep_, prep, span.end - 1, doc[span.end - 1].text)


def _rehung(anchor: Token, start: int, doc: Doc, lexicon: Lexicon) -> Token:
    """What a time hangs on by its place, where the parse has it on the wrong verb.

    That is between a saying and what is said, and behind a participle that only describes somebody in the clause
    ("attacked a convoy carrying grain on Friday").
    """
    if anchor.dep_ == "acl" and anchor.tag_ == "VBG" and start > anchor.i:
        return syntax.clause_head(anchor.head)
    if _is_saying(anchor, lexicon):
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
        or not _is_saying(cue, lexicon)
        or subject is None
        or not cue.i < start < subject.left_edge.i
    ):
        return anchor
    between = doc[cue.i + 1 : start]
    return anchor if any(t.lower_ == "that" or t.is_punct for t in between) else cue


def _is_saying(token: Token, lexicon: Lexicon) -> bool:
    return token.pos_ in VERBAL and token.lemma_.lower() in lexicon.saying


def _is_of_time(head: Token, start: int, end: int) -> bool:
    """Whether the governor is a date word too ("Monday and Tuesday"), so that the climb goes on."""
    return start <= head.i < end or (head.ent_type_ in ("DATE", "TIME") and head.pos_ in ("NOUN", "PROPN", "NUM"))


def _word_before(start: int, doc: Doc) -> str:
    word = doc[start - 1].lower_ if start else ""
    return word if word in NOT_WHEN | OPEN else ""


# --- which clause dates which event


def _clauses(trigger: Token, lexicon: Lexicon) -> Iterator[tuple[Token, str]]:
    """The words whose time is the trigger's, nearest first, each with the phase it gives ("began on")."""
    yield trigger, ""
    if trigger.pos_ in ("NOUN", "PROPN"):
        yield from _around_noun(trigger, lexicon)
    else:
        yield from _around_verb(trigger, lexicon)


def _around_verb(verb: Token, lexicon: Lexicon) -> Iterator[tuple[Token, str]]:
    """Clauses of the same moment, and those of the same moment as these."""
    near = list(_same_moment(verb, lexicon))
    far = [t for other in near for t in _same_moment(other, lexicon)]
    seen = {verb.i}
    for token in (*near, *far):
        if token.i not in seen:
            seen.add(token.i)
            yield token, ""


def _same_moment(verb: Token, lexicon: Lexicon) -> Iterator[Token]:
    """Clauses that tell of the same moment as this one."""
    speaks = _is_saying(verb, lexicon)
    if verb.head.i != verb.i and _is_tied(verb, lexicon):
        yield verb.head
    for child in (*verb.children, *_stray_clauses(verb, lexicon)):
        if (
            (child.dep_ == "advcl" and _mark(child) in SAME_MOMENT)
            or (child.dep_ == "conj" and _shares_subject(child) and (speaks or not _is_saying(child, lexicon)))
            or (child.dep_ == "xcomp" and child.pos_ in VERBAL and not speaks)
        ):
            yield child
    if verb.dep_ in ("relcl", "acl") and verb.head.lemma_.lower() in lexicon.happening:
        yield verb.head
    subject = syntax.own_subject(verb)
    if subject is not None and subject.lemma_.lower() in lexicon.happening and _is_whole(verb, lexicon):
        yield subject


def _is_whole(verb: Token, lexicon: Lexicon) -> bool:
    """Whether what the verb tells happens with the event that is its subject, and is not what this leads to."""
    return _carrier(verb, lexicon) == WHOLE and not any(c.dep_ in ("xcomp", "ccomp") for c in verb.children)


def _shares_subject(verb: Token) -> bool:
    return verb.pos_ == "VERB" and syntax.own_subject(verb) is None


def _stray_clauses(verb: Token, lexicon: Lexicon) -> list[Token]:
    """When-clauses of the verb that the parser hung on *said* ("X died when Y hit Z, police said")."""
    content = syntax.first_conjunct(verb)
    cue = content.head
    if content.dep_ != "ccomp" or not _is_saying(cue, lexicon):
        return []
    return [c for c in cue.children if c.dep_ == "advcl" and verb.i < c.i < cue.i]


def _is_tied(verb: Token, lexicon: Lexicon) -> bool:
    """Whether the time of the governing clause holds for this one too."""
    head, dep = verb.head, verb.dep_
    speaks = _is_saying(head, lexicon)
    if dep == "conj":
        return head.pos_ in VERBAL and not (speaks and syntax.own_subject(verb) is not None)
    if dep == "advcl":
        mark = _mark(verb)
        return mark in SAME_MOMENT or (
            not mark and verb.tag_ in ("VBG", "VBN") and (not speaks or _is_saying(verb, lexicon))
        )
    if dep == "oprd":
        return head.pos_ in VERBAL
    if dep in ("xcomp", "acomp", "ccomp"):
        bare = dep != "ccomp" or verb.tag_ in ("VB", "VBG", "VBN")
        return bare and head.pos_ in VERBAL and not speaks
    return dep in ("auxpass", "aux")


def _mark(verb: Token) -> str:
    """The word that opens an adverbial clause, "" where there is none."""
    opening = ("mark", "advmod", "prep")
    return next((c.lower_ for c in verb.children if c.i < verb.i and c.dep_ in opening and c.tag_ in ("IN", "WRB")), "")


def _around_noun(noun: Token, lexicon: Lexicon) -> Iterator[tuple[Token, str]]:
    """Words whose time is that of the event a noun names: "the raid began on", "carried out an attack on"."""
    for child in noun.children:
        if child.dep_ in ("relcl", "acl") and child.pos_ in VERBAL and not _is_ahead(child):
            slots, phase = _carrier(child, lexicon)
            if slots or not _is_saying(child, lexicon):
                yield child, phase
    for inner in syntax.prep_objects(noun, "from", "of", "in", "during"):
        if inner.head.lower_ != "of" or inner.lemma_.lower() not in lexicon.happening:
            yield inner, ""
    yield from (
        (t, "") for t in noun.subtree if t.i > noun.i and _is_inside(t) and t.lemma_.lower() in lexicon.happening
    )
    if noun.dep_ in ("dobj", "nsubjpass", "nsubj") and noun.head.pos_ in VERBAL:
        beside = syntax.prep_objects(noun.head, *INSIDE)
        yield from ((t, "") for t in beside if t.i > noun.i and t.lemma_.lower() in lexicon.happening)
    yield from _around_argument(noun, lexicon)


def _is_ahead(verb: Token) -> bool:
    """Whether a clause behind a noun says what shall be done ("the request to close the border in May")."""
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def _carrier(verb: Token, lexicon: Lexicon) -> tuple[frozenset[str], str]:
    """The slots and the phase of a carrying verb; the model's lemma of a past form may lack its e ("staged": stag)."""
    lemma = verb.lemma_.lower()
    particle = next((c.lower_ for c in verb.children if c.dep_ in ("prt", "advmod")), "")
    return (
        lexicon.carriers.get(f"{lemma} {particle}")
        or lexicon.carriers.get(lemma)
        or lexicon.carriers.get(f"{lemma}e")
        or (frozenset(), "")
    )


def _around_argument(noun: Token, lexicon: Lexicon) -> Iterator[tuple[Token, str]]:
    """The clause in which a noun stands, where its time must be that of the noun's event."""
    head, dep = noun.head, noun.dep_
    if dep in ("conj", "compound", "nmod") and head.i != noun.i and head.pos_ in ("NOUN", "PROPN"):
        yield head, ""
        yield from _around_argument(head, lexicon) if dep == "conj" else ()
    elif dep in SLOTS and head.pos_ in VERBAL:
        slots, phase = _carrier(head, lexicon)
        if SLOTS[dep] in slots:
            yield head, phase
            yield from _around_verb(head, lexicon)
    elif dep == "pobj" and head.lower_ == "of" and head.head.lemma_.lower() in lexicon.rounds:
        yield head.head, ""
        yield from _around_argument(head.head, lexicon)
    elif dep == "pobj" and head.lower_ in INSIDE and head.head.pos_ in VERBAL and not _is_saying(head.head, lexicon):
        yield head.head, ""
        yield from _around_verb(head.head, lexicon)


# --- which time of a clause


def _best(clause: Token, placed: list[Placed], lexicon: Lexicon, trigger: Token) -> Placed | None:
    """The time that hangs on a word most closely."""
    options = []
    for p in placed:
        steps = _distance(p, clause, lexicon)
        if steps is not None:
            options.append((steps, abs(p.anchor.i - trigger.i), p.time.start, p))
    return min(options, key=lambda o: o[:3])[3] if options else None


def _distance(p: Placed, clause: Token, lexicon: Lexicon) -> int | None:
    """Steps from the time up to the clause's word, None where another clause or event lies between."""
    if p.anchor.i == clause.i:
        return 0
    if clause.pos_ not in VERBAL:
        return 1 if _touches(p, clause) else None
    if p.dep in OWN_NOUN:
        return 2 if _is_inside(p.anchor) and p.anchor.head.head.i == clause.i else None
    node, steps = p.anchor, 1
    while node.i != clause.i:
        blocked = node.dep_ in CLAUSAL or node.pos_ in VERBAL or node.lower_ in NOT_WHEN | OPEN
        carried = node.dep_ == "dobj" and node.head.i == clause.i and "obj" in _carrier(clause, lexicon)[0]
        if blocked or node.head.i == node.i or (_is_other_event(node, lexicon) and not carried):
            return None
        node, steps = node.head, steps + 1
    return steps


def _touches(p: Placed, noun: Token) -> bool:
    """Whether the time stands right behind a noun ("fighting in 1983") that is not the object of its verb."""
    if noun.head.i == p.anchor.i or p.anchor.pos_ not in VERBAL:
        return False
    between = noun.doc[noun.i + 1 : p.first]
    return p.first > noun.i and len(between) <= 1 and all(t.pos_ == "ADP" for t in between)


def _is_inside(noun: Token) -> bool:
    return noun.dep_ == "pobj" and noun.head.lower_ in INSIDE


def _is_other_event(node: Token, lexicon: Lexicon) -> bool:
    """A noun that names an event keeps its time, but for "killed in an attack on Monday"."""
    if node.pos_ != "NOUN" or node.lemma_.lower() not in lexicon.happening:
        return False
    return not _is_inside(node)


# --- from the time to the days


def _days(found: Placed, placed: list[Placed], phase: str, today: str | None) -> Days:
    """The days of a time, with "since", "from ... to" and the beginning and end of what lasted taken into account."""
    begin, end = found.time.begin, found.time.end_date
    if begin is None or end is None:
        return UNKNOWN
    if found.prep == "from" or found.prep == "between":
        other = next(
            (p.time for p in placed if p.time.start > found.time.start and p.prep in ("to", "until", "till", "and")),
            None,
        )
        return (
            (begin, other.end_date)
            if other is not None and other.end_date and other.end_date >= begin
            else (begin, end)
        )
    if (found.prep == "since" or phase == "begin") and today is not None and end <= today:
        return begin, today
    return begin, end
