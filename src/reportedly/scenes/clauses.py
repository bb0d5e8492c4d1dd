"""What the clause of an event says of its time: over, ahead, earlier than what is told, in general."""

from __future__ import annotations

import re

from reportedly.parse import syntax
from reportedly.parse.parsed import Token
from reportedly.scenes.words import SceneWords

YEAR = re.compile(r"1[5-9]\d\d|20\d\d")


def clause_of(trigger: Token) -> Token:
    """The verb of the clause that tells of an event: "killed" for "blast" in "The blast killed nine"."""
    return trigger if trigger.pos_ in ("VERB", "AUX") else syntax.clause_head(trigger)


def is_of_other_year(trigger: Token, today: str | None) -> bool:
    """Whether its sentence tells of another year: "the man who drove the van in 1993 and caused the blast"."""
    years = {t.text for t in trigger.sent if t.ent_type_ == "DATE" and t.tag_ == "CD" and YEAR.fullmatch(t.text)}
    return bool(years) and today is not None and today[:4] not in years


def is_apart(trigger: Token, words: SceneWords) -> bool:
    """Whether the clause moves the event to another time: "had shelled", "since the war", "on the eve of the raid"."""
    verb = clause_of(trigger)
    had = any(c.dep_ == "aux" and c.lower_ == "had" for c in verb.children) and not is_reported(verb, words)
    had = had and not any(o.ent_type_ == "DATE" for o in syntax.prep_objects(verb, "by"))  # "by Tuesday nine had died"
    marked = any(c.dep_ == "mark" and (c.lower_ == "after" or _leads_ahead(c)) for c in verb.children)
    led = trigger.dep_ == "pobj"
    behind = led and (trigger.head.lower_ in ("before", "since") or trigger.head.head.lemma_.lower() in words.memory)
    return had or marked or behind or any(_moves(c, words) for t in (trigger, verb) for c in t.children)


def is_by_the_way(trigger: Token) -> bool:
    """Whether it only says who somebody is: "the officer who shot the mayor"."""
    return syntax.first_conjunct(clause_of(trigger)).dep_ in ("relcl", "acl")


def is_recalled(trigger: Token, words: SceneWords) -> bool:
    """Whether it is what something else marks or answers: "shelled it in retaliation for a raid that killed nine"."""
    chain = (t for t in (trigger, *trigger.ancestors) if t.dep_ == "pobj")
    return any(t.head.head.lemma_.lower() in words.memory for t in chain)


def _leads_ahead(mark: Token) -> bool:
    """Whether "before" leads from something else than the story to an event: not "ran off before he was shot"."""
    clause = mark.head
    return mark.lower_ == "before" and (clause.dep_ != "advcl" or clause.head.tag_ != "VBD")


def _moves(word: Token, words: SceneWords) -> bool:
    """Whether a word beside the verb says that it was at another time; "before the raid" does not."""
    has_object = any(c.dep_ in ("pobj", "pcomp") for c in word.children)
    if word.dep_ == "mark" and word.lower_ == "before":
        return False
    if word.lower_ == "since" and word.head.tag_ == "VBG" and any(c.lower_ == "been" for c in word.head.children):
        return False  # "have been marching since June" and still do
    return word.lower_ in words.apart and (not has_object or word.lower_ == "since")


def is_reported(verb: Token, words: SceneWords) -> bool:
    """Whether "had" only puts into the past what somebody says: "police said (in a statement that) they had"."""
    first = syntax.first_conjunct(verb)
    cue = first.head
    if first.dep_ in ("acl", "ccomp", "relcl") and cue.pos_ == "NOUN" and syntax.is_content_clause(first):
        return clause_of(cue).tag_ == "VBD"
    return first.dep_ == "ccomp" and cue.tag_ == "VBD" and cue.lemma_.lower() in words.telling


def is_reported_before(trigger: Token, words: SceneWords) -> bool:
    """Whether somebody says what had been before: "police said they had caught nine", not "said nine were hurt"."""
    verb = clause_of(trigger)
    return is_reported(verb, words) and any(c.dep_ == "aux" and c.lower_ == "had" for c in verb.children)


def is_over(trigger: Token, words: SceneWords) -> bool:
    """Whether a simple past or a noun tells it: "has killed" and "kills" are of no day."""
    verb = clause_of(trigger)
    auxiliaries = _auxiliaries(verb)
    back = {"had", "been"} if is_reported(verb, words) else set()
    if auxiliaries - {"was", "were", "did"} - back:
        return False
    first = syntax.first_conjunct(verb)
    return verb.tag_ in ("VBD", "VBN") or (
        verb.tag_ == "VBG" and first.dep_ in ("advcl", "pcomp") and _governing(first).tag_ not in ("VBZ", "VBP", "VB")
    )


def goes_on(trigger: Token, words: SceneWords) -> bool:
    """Whether its clause tells what goes on or recurs: "are being shelled", "attacks that have been made"."""
    verb = clause_of(trigger)
    auxiliaries = _auxiliaries(verb)
    lasting = bool(auxiliaries & {"is", "are"}) or ("been" in auxiliaries and verb.tag_ == "VBG")
    return lasting or verb.tag_ in ("VBZ", "VBP") or any(_have_been(n, words) for n in (trigger, *_subjects(verb)))


def _subjects(verb: Token) -> tuple[Token, ...]:
    subject = syntax.own_subject(verb)
    return (subject,) if subject is not None else ()


def _have_been(noun: Token, words: SceneWords) -> bool:
    """Whether several events are said to have been by now: "three kidnappings have taken place"."""
    first = syntax.first_conjunct(noun)
    if noun.tag_ != "NNS" or noun.lemma_.lower() not in words.happening:
        return False
    clauses = (c for n in (noun, first, *syntax.conjuncts(first)) for c in (clause_of(n), *syntax.children(n, "relcl")))
    return any(_auxiliaries(c) & {"has", "have"} for c in clauses)


def _auxiliaries(verb: Token) -> set[str]:
    return {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}


def _governing(verb: Token) -> Token:
    """The verb that a participle takes its time from: "is" for "taking" in "He is tired of taking orders"."""
    above = (t for t in verb.ancestors if t.pos_ in ("VERB", "AUX") and t.tag_ != "VBG")
    return next(above, verb)


def is_long(trigger: Token, words: SceneWords) -> bool:
    """Whether its clause tells of a length of weeks or years: "For many years he was held apart"."""
    verb = clause_of(trigger)
    lengths = (o for v in (trigger, verb) for o in syntax.prep_objects(v, "for", "over", "throughout"))
    return any(o.tag_ == "NNS" and o.lower_ in words.lengths for o in lengths)


def is_general(trigger: Token) -> bool:
    """Whether a noun names violence at large: "attacks on civilians", not "the attack" or "three attacks".

    So does a participle that only says who they are: "would free *captured* soldiers".
    """
    if trigger.dep_ == "amod":
        return True
    if trigger.pos_ != "NOUN":
        return lies_ahead(trigger) or trigger.tag_ in ("VBP", "VBZ")
    if _is_perceived(trigger):
        return False
    counted = any(c.dep_ in ("det", "poss", "nummod") for c in syntax.first_conjunct(trigger).children)
    return not counted and not any(c.dep_ in ("det", "poss", "nummod", "amod") for c in trigger.children)


def _is_perceived(noun: Token) -> bool:
    """Whether a past passive tells that something was there: "explosions were heard", not "were seen in ten towns"."""
    verb = noun.head
    past = noun.dep_ == "nsubjpass" and any(c.lower_ in ("was", "were") for c in verb.children)
    return past and not syntax.prep_objects(verb, "in", "across", "at", "near", "throughout")


def lies_ahead(trigger: Token) -> bool:
    """Whether a verb tells what shall, may or is meant to happen: "will meet", "may meet", "to meet"."""
    if trigger.pos_ not in ("VERB", "AUX"):
        return False
    return any(c.tag_ in ("MD", "TO") for c in trigger.children) or trigger.tag_ == "VB"


def opens_where(clause: Token) -> bool:
    """Whether a clause tells what was done elsewhere: "in Oslo, where he met the king", "while nine died in Sarn"."""
    if clause.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ == "while" for c in clause.children):
        return clause.tag_ != "VBG" and syntax.own_subject(clause) is not None
    return clause.dep_ in ("relcl", "advcl") and any(c.lower_ == "where" for c in clause.children)
