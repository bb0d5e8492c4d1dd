"""Which expression of time dates an event, and which only dates the saying of it."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from reportedly.days import day_of
from reportedly.events.when_clauses import dating_clauses
from reportedly.events.when_hung import dating_times
from reportedly.events.when_words import (
    NOT_WHEN,
    OPEN,
    OWN_NOUN,
    UNKNOWN,
    VERBAL,
    DatingWords,
    Days,
    Placed,
    carrier,
    is_inside,
    is_of_matter,
    is_perfect,
    is_saying,
    load_dating_words,
)
from reportedly.knowledge.load import SHIPPED, Knowledge
from reportedly.model import Because, Dispatch, Time
from reportedly.parse import syntax
from reportedly.parse.identity import is_told_of, telling_who
from reportedly.parse.parsed import Doc, Token
from reportedly.reasons import at, on

# Behind these stands the day to which something was moved: "put off until Thursday", "moved from Friday to Tuesday".
# What lies farther back than this is not what a verb of things to come is about.
LONG_OVER = timedelta(days=90)
ONTO = frozenset(["until", "till", "to", "for"])
CLAUSAL = frozenset(
    ["ccomp", "relcl", "advcl", "acl", "parataxis", "csubj", "csubjpass", "pcomp", "xcomp", "conj", "appos"]
)


class Dated(NamedTuple):
    """The time that dates an event, the word whose time it is, and whether that begins or ends the event."""

    by: Placed
    word: Token
    phase: str


class EventDays(NamedTuple):
    """First and last day of an event, and why; (None, None) where nothing in the sentence dates it."""

    days: Days
    because: Because


def find_when(
    trigger: Token,
    doc: Doc,
    times: tuple[Time, ...],
    dispatch: Dispatch,
    knowledge: Knowledge = SHIPPED,
    *,
    charging: bool = False,
) -> EventDays:
    """First and last day of the event, or (None, None) where the sentence does not date it, with the reason.

    The time of the event's own clause or noun phrase comes first, then that of the clause it belongs to (unless it
    dates the saying), then that of a clause that tells of the same moment. Durations and repeated times date nothing.
    ``charging`` says that somebody is held or accused for what is told behind it, which was at a time of its own:
    "was acquitted of a raid in May".
    """
    words = load_dating_words(knowledge)
    today = (dispatch.dateline.date if dispatch.dateline else None) or dispatch.published
    placed = [p for p in dating_times(trigger, doc, times, words) if not _is_still_ahead(p, trigger, today)]
    who = telling_who(trigger, words.known, words.fates, words.happening)
    if who is not None:
        placed = [p for p in placed if is_told_of(p.anchor, who)]
    if charging or trigger.lemma_.lower() in words.known:
        placed = [
            p
            for p in placed
            if not is_of_matter(p.anchor, trigger, words) and not _trails_matter(p, trigger, words, today)
        ]
    dated = _dated_by(trigger, placed, words, today) if placed else None
    if dated is None:
        return EventDays(UNKNOWN, Because("begin", UNKNOWN, "when.none"))
    phase = "" if dated.phase == "begin" and _is_brief(trigger, words) else dated.phase
    dated = dated._replace(phase=phase)
    dated = dated._replace(by=_narrowed(dated.by, placed))
    days = _days(dated.by, placed, phase, today)
    return EventDays(days, _because(dated, days, trigger))


def _narrowed(found: Placed, placed: list[Placed]) -> Placed:
    """The time with the days of the one right behind it that lies in it: "next month on June 2", "this year in May"."""
    doc, last = found.anchor.doc, found.last
    for p in placed:
        between = {t.lower_ for t in doc[last + 1 : p.first]} if p.first > last else {p.word}
        if between <= {",", "on", "in"} and _lies_in(p.time, found.time):
            return p._replace(prep=found.prep)
    return found


def _lies_in(time: Time, around: Time) -> bool:
    """Whether a time is a part of another one."""
    if not (time.begin and time.end_date and around.begin and around.end_date):
        return False
    inside = around.begin <= time.begin[:10] and time.end_date[:10] <= around.end_date
    return inside and (time.begin, time.end_date) != (around.begin, around.end_date)


def _is_brief(trigger: Token, words: DatingWords) -> bool:
    """Whether what began is soon over: "the shooting began at nine", not "the offensive" or "the attacks began"."""
    nouns = (trigger,) if trigger.pos_ == "NOUN" else (*syntax.objects(trigger), syntax.own_subject(trigger))
    return any(t is not None and t.tag_ == "NN" and t.lower_ in words.brief for t in nouns)


def _because(dated: Dated, days: Days, trigger: Token) -> Because:
    """The expression of time that dates the event, and the word whose time it is where that is another one."""
    tied = dated.word != trigger
    words = (*at(dated.by.time), *on(dated.word)) if tied else (*at(dated.by.time), *on(trigger))
    since = dated.by.prep == "since" or dated.phase == "begin"
    return Because("begin", days, "when.tied" if tied else "when.own", words=words, detail="since" if since else "")


def _dated_by(trigger: Token, placed: list[Placed], lexicon: DatingWords, today: str | None) -> Dated | None:
    for clause, phase in dating_clauses(trigger, lexicon):
        fit = [p for p in placed if (p.prep in ONTO if phase == "moved" else p.prep not in NOT_WHEN or _spans(p))]
        fit = [p for p in fit if not _is_last_day(p)]
        fit = [p for p in fit if not _is_long_over(p, clause, today) and not _is_of_other_clause(p, clause, trigger)]
        fit = [p for p in fit if not _is_yet_to_come(p, clause, today) and not _is_of_probed(p, clause, lexicon)]
        fit = [p for p in fit if not _is_of_answered(p, clause, lexicon)]
        found = _best(clause, fit, lexicon, trigger)
        if found is not None:
            return Dated(found, clause, phase)
    ahead = _agreed(trigger, placed, today)
    return (
        ahead or _of_clause_on_it(trigger, placed) or _since_event(trigger, placed) or _below(trigger, placed, lexicon)
    )


def _is_long_over(p: Placed, verb: Token, today: str | None) -> bool:
    """Whether a verb of what is to come cannot have a time: "would investigate the massacre four years ago"."""
    if verb.pos_ not in VERBAL or not _is_long_ago(p, today):
        return False
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    return bool(auxiliaries & {"will", "would", "shall", "to"}) and "have" not in auxiliaries


def _is_still_ahead(p: Placed, verb: Token, today: str | None) -> bool:
    """Whether a day to come cannot be that of what was done: "signed a truce that begins on Friday"."""
    return today is not None and (p.time.begin or "")[:10] > today[:10] and _is_done(verb)


def _is_done(verb: Token) -> bool:
    """Whether a verb is told in the simple past: "signed", "was signed", and the second of "were held and freed"."""
    own = any(c.dep_ in ("aux", "auxpass") for c in verb.children)
    bearer = verb if own else syntax.first_conjunct(verb)
    passive = verb.tag_ == "VBN" and any(c.dep_ == "auxpass" and c.tag_ == "VBD" for c in bearer.children)
    return verb.tag_ == "VBD" or passive


def _is_yet_to_come(p: Placed, verb: Token, today: str | None) -> bool:
    """Whether a time lies ahead of what is over: "Next year, the government has promised to ask for more"."""
    if today is None or p.prep in ONTO or (p.time.begin or "")[:10] <= today[:10]:
        return False
    return is_perfect(verb) and any(c.dep_ == "xcomp" for c in verb.children)


def _is_of_probed(p: Placed, verb: Token, lexicon: DatingWords) -> bool:
    """Whether a time behind what is looked into is that of it: "are investigating the raid on a mill last week"."""
    if verb.lemma_.lower() not in lexicon.probing:
        return False
    return any(o.lemma_.lower() in lexicon.happening and _trails(p, o, lexicon) for o in syntax.objects(verb))


def _is_of_answered(p: Placed, word: Token, lexicon: DatingWords) -> bool:
    """Whether a time is that of what somebody answers: "shelled it in retaliation for a raid by the army on Monday"."""
    between = word.doc[word.i : p.first] if word.i < p.first else []
    answers = [t for t in between if t.lemma_.lower() in lexicon.answer and t.head.pos_ == "ADP"]
    return any(t.lemma_.lower() in lexicon.happening for a in answers for t in word.doc[a.i + 1 : p.first])


def _is_of_other_clause(p: Placed, clause: Token, verb: Token) -> bool:
    """Whether a time inside one clause cannot hold for the next: "he was shot on Monday, and his aides left"."""
    if verb.dep_ != "conj" or verb.head.i != clause.i or syntax.own_subject(verb) is None:
        return False
    subject = syntax.own_subject(clause)
    return subject is not None and subject.i < p.first < verb.i


def _is_long_ago(p: Placed, today: str | None) -> bool:
    end, now = day_of(p.time.end_date), day_of(today)
    return end is not None and now is not None and now - end >= LONG_OVER


def _is_last_day(p: Placed) -> bool:
    """Whether a day is the last of what goes on: "is in Oslo through Friday", not "rallied through the weekend"."""
    return p.prep == "through" and p.time.begin == p.time.end_date


def _spans(p: Placed) -> bool:
    """Whether "over" leads a stretch of time in which it happened: "over the weekend", not "over Tuesday's raid"."""
    return p.prep == "over" and (p.time.type == "DURATION" or p.time.begin != p.time.end_date)


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
    if clause.dep_ == "advcl" and clause.tag_ == "VBG":
        clause = clause.head  # "in May, when a car blew up, killing nine"
    when = any(c.lower_ == "when" for c in clause.children)
    if not when or clause.dep_ not in ("relcl", "advcl"):
        return None
    opening = min((c.i for c in clause.children if c.lower_ == "when"), default=clause.i)
    found = [
        p for p in placed if p.last in (opening - 1, opening - 2) and clause.doc[opening - 1].text in (",", p.word)
    ]
    return Dated(found[0]._replace(prep=""), clause, "") if found else None


def _trails_matter(p: Placed, verb: Token, words: DatingWords, today: str | None) -> bool:
    """Whether a time behind the matter is its time: "have been arrested in connection with a raid last year"."""
    if p.anchor.i != verb.i or not (is_perfect(verb) or _is_long_ago(p, today)):
        return False
    return any(is_of_matter(t, verb, words) for t in verb.doc[verb.i + 1 : p.first])


def _since_event(trigger: Token, placed: list[Placed]) -> Dated | None:
    """The day from which something goes on: that of what stands behind "since".

    That is an event ("since the start of the blockade on March 4") or a clause ("since the army attacked in May").
    """
    clause = trigger if trigger.pos_ in VERBAL or trigger.dep_ != "dobj" else trigger.head
    verbs = (clause, *syntax.children(clause, "conj")) if is_perfect(clause) else ()
    clauses = [c for verb in verbs for c in syntax.children(verb, "advcl") if _opens_since(c)]
    for since in (*syntax.children(trigger, "prep"), *clauses):
        if since.lower_ != "since" and since not in clauses:
            continue
        last = max(t.i for t in since.subtree)
        first = min(t.i for t in since.subtree)
        found = [p for p in placed if first < p.first <= last + 1]
        if found:
            return Dated(found[-1]._replace(prep="since"), since, "")
    return None


def _opens_since(clause: Token) -> bool:
    """Whether a clause begins with "since": "since rebels took the town"."""
    return any(c.dep_ == "mark" and c.lower_ == "since" for c in clause.children)


def _below(trigger: Token, placed: list[Placed], lexicon: DatingWords) -> Dated | None:
    """The one day of a sentence, told at what is done in or by the act ("shot 30 in storming a ship on Tuesday")."""
    if len(placed) != 1 or trigger.pos_ not in VERBAL or is_saying(trigger, lexicon):
        return None
    (p,) = placed
    node = p.anchor
    while node.i != trigger.i:
        led = node.lower_ in NOT_WHEN | OPEN and node.dep_ != "agent"
        if node.dep_ not in ("pcomp", "advcl", "prep", "agent") or node.head.i == node.i or led:
            return None
        if any(c.dep_ == "mark" and c.lower_ not in ("to", "while", "as", "when") for c in node.children):
            return None
        node = node.head
    return Dated(p, trigger, "") if p.anchor.i != trigger.i and p.prep not in NOT_WHEN | OPEN else None


# --- which time of a clause


def _best(clause: Token, placed: list[Placed], lexicon: DatingWords, trigger: Token) -> Placed | None:
    """The time that hangs on a word most closely: of "said on Monday that two were shot on Sunday" Sunday."""
    options = []
    for p in placed:
        steps = _distance(p, clause, lexicon)
        if steps is not None:
            options.append((steps, abs(p.anchor.i - trigger.i), p.time.start, p))
    return min(options, key=lambda o: o[:3])[3] if options else None


def _distance(p: Placed, clause: Token, lexicon: DatingWords) -> int | None:
    """Steps from the time up to the clause's word: nought in "fled on Monday".

    None where another clause or event lies between: from "Monday" to "said" in "said rebels fled on Monday".
    """
    if p.anchor.i == clause.i:
        return 0
    if clause.pos_ not in VERBAL:
        return 1 if _touches(p, clause) or _trails(p, clause, lexicon) else None
    if p.dep in OWN_NOUN:
        return 2 if is_inside(p.anchor) and p.anchor.head.head.i == clause.i else None
    node, steps = p.anchor, 1
    while node.i != clause.i:
        led = node.lower_ in NOT_WHEN | OPEN and node.dep_ != "agent"  # "shot by police in a cafe on Tuesday"
        blocked = node.dep_ in CLAUSAL or node.pos_ in VERBAL or led
        carried = node.dep_ == "dobj" and node.head.i == clause.i and "obj" in carrier(clause, lexicon)[0]
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


def _trails(p: Placed, noun: Token, lexicon: DatingWords) -> bool:
    """Whether a time behind a whole noun phrase is that of its event, as it cannot be that of the verb.

    "is behind two killings in Sarn last week" and "reports nine deaths in the county since May".
    """
    verb = p.anchor
    if verb.pos_ not in VERBAL or p.first <= noun.i or verb not in noun.ancestors:
        return False
    phrases = (noun, *syntax.children(verb, "prep"))
    inside = {t.i for phrase in phrases for t in phrase.subtree}
    if any(t.i not in inside or t.is_punct for t in noun.doc[noun.i + 1 : p.first]):
        return False
    if noun.dep_ == "pobj" and _has_day_before(verb, noun):
        return True
    lasting = p.prep == "since" and verb.tag_ in ("VBZ", "VBP")
    ahead = any(t.lower_ in ("will", "would", "shall", "to") for t in syntax.children(verb, "aux"))
    probed = verb.lemma_.lower() in lexicon.probing and noun.dep_ == "dobj"
    answered = noun.dep_ == "pobj" and noun.head.head.lemma_.lower() in lexicon.answer
    # "The strike follows a stoppage last Thursday."
    answered |= noun.dep_ == "dobj" and verb.lemma_.lower() in lexicon.sequel
    return lasting or (verb.lemma_ == "be" and noun.dep_ == "pobj") or is_perfect(verb) or ahead or probed or answered


def _has_day_before(verb: Token, noun: Token) -> bool:
    """Whether a verb has its day before a noun: "was held on Friday over a raid last month"."""
    first = noun.left_edge.i
    days = (t for t in verb.subtree if t.i < first and t.ent_type_ == "DATE" and t.dep_ in ("pobj", "npadvmod"))
    return any(t.head == verb or (t.head.dep_ == "prep" and t.head.head == verb) for t in days)


def _is_other_event(node: Token, lexicon: DatingWords) -> bool:
    """A noun that names an event keeps its time, but for "killed in an attack on Monday"."""
    if node.pos_ != "NOUN" or node.lemma_.lower() not in lexicon.happening:
        return False
    return not is_inside(node)


# --- from the time to the days


def _days(found: Placed, placed: list[Placed], phase: str, today: str | None) -> Days:
    """The days of a time, with "since", "from ... to" and the beginning and end of what lasted taken into account."""
    begin, end = found.time.begin, found.time.end_date
    if begin is None or end is None:
        return UNKNOWN
    if found.prep == "from" or found.prep == "between":
        ends = ("to", "until", "till", "and", "between")
        other = next((p.time for p in placed if p.time.start > found.time.start and p.prep in ends), None)
        return (
            (begin, other.end_date)
            if other is not None and other.end_date and other.end_date >= begin
            else (begin, end)
        )
    begin, end = _in_a_row(found, placed, (begin, end))
    if (found.prep == "since" or phase == "begin") and today is not None and end <= today:
        return begin, today
    return begin, end


def _in_a_row(found: Placed, placed: list[Placed], days: tuple[str, str]) -> tuple[str, str]:
    """The days with those that follow on them in a list: "last Thursday and Friday", not "on Monday and Friday"."""
    begin, end = days
    doc, last = found.anchor.doc, found.last
    for p in sorted(placed, key=lambda p: p.first):
        between = [t.lower_ for t in doc[last + 1 : p.first]] if p.first > last else None
        if between is None or not between or set(between) - {"and", ",", "on"}:
            continue
        first, before = day_of(p.time.begin), day_of(end)
        if first is None or before is None or first - before != timedelta(days=1):
            break
        end, last = p.time.end_date or end, p.last
    return begin, end
