"""What a text says of a report: that it is true or false.

"Claims that police shot a boy *are false*", "dismissed reports of a mutiny *as lies*", "there is *no truth* in rumours
of arrests", "*baseless* allegations": the verdict on the report is a verdict on what it tells.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from reportedly.claims.certainty_words import CertaintyLexicon, CertaintyRule
from reportedly.claims.own_words import is_negated, is_none
from reportedly.parse import syntax
from reportedly.parse.parsed import Token

NOMINAL: Final = frozenset({"NOUN", "PROPN"})
PREDICATES: Final = frozenset({"acomp", "attr", "oprd"})
SMALL_CLAUSES: Final = frozenset({"oprd", "acomp", "ccomp", "xcomp", "attr"})
QUALITIES: Final = frozenset({"amod", "compound", "nmod"})
# A closing verdict stands behind at least so many words of the report, and has at most so many of its own.
LEAST: Final = 3
# "no", "little", "not any" truth.
SCANT: Final = frozenset({"little", "scant", "not"})


class TruthVerdict(NamedTuple):
    """Whether a report is said to be true, the word that says so, and its row."""

    true: bool
    word: Token
    row: str


class Said(NamedTuple):
    """A word that may be a verdict, in the form to look up, and whether it is denied."""

    form: str
    word: Token
    denied: bool = False


def is_report(token: Token, words: CertaintyLexicon) -> bool:
    """Whether a noun names something told: "a report", "a claim", "rumours"."""
    return token.pos_ in NOMINAL and not {token.lemma_.lower(), token.lower_}.isdisjoint(words.reports)


def judging(governor: Token, report: Token, words: CertaintyLexicon) -> tuple[str, CertaintyRule] | None:
    """The rule of a verb that does something to a report ("denied rumours", "confirmed reports")."""
    if governor.pos_ not in ("VERB", "AUX") or not is_report(report, words):
        return None
    particle = next((c.lower_ for c in governor.children if c.dep_ == "prt"), None)
    lemmas = syntax.verb_lemmas(governor)
    names = [*(f"{lemma} {particle}" for lemma in lemmas if particle), *lemmas]
    return next(((n, rule) for n in names if (rule := words.governors.get((n, "told"))) is not None), None)


def verdict(report: Token, words: CertaintyLexicon) -> TruthVerdict | None:
    """What the text says of a report: "reports of a raid are false", "dismissed them as lies", "no truth in them"."""
    for said in _said_of(report, words):
        rule = words.governors.get((said.form, "told")) or words.nouns.get((said.form, "told"))
        if rule is not None and rule.plus in ("=", "!"):
            return TruthVerdict((rule.plus == "=") != said.denied, said.word, rule.row)
    return None


def _said_of(report: Token, words: CertaintyLexicon) -> Iterator[Said]:
    """The words said of a report: "The claims are false", "called the claims lies", "false claims".

    Also that there is "no truth in the claims", and what it is described as in front of it ("as *false* a claim that").
    """
    head = syntax.first_conjunct(report)
    verb = head.head
    if head.dep_ == "nsubjpass":
        yield Said(verb.lower_, verb, is_negated(verb, words))
    if head.dep_ in ("nsubj", "nsubjpass"):
        yield from _predicate(verb, words, denied=False)
    if head.dep_ in ("dobj", "nsubjpass", "nsubj"):
        yield from _called(verb, head)
        yield from _closing(verb, head, words)
    if head.dep_ == "pobj" and verb.lower_ == "as":
        yield from (Said(c.lower_, c) for c in verb.children if c.i < head.left_edge.i)
    yield from (Said(c.lower_, c) for c in report.children if c.dep_ in QUALITIES)
    yield from _substance(head, words)


def _predicate(verb: Token, words: CertaintyLexicon, *, denied: bool) -> Iterator[Said]:
    """The predicate of a clause: "are false", "turned out to be untrue", "were without foundation"."""
    denied = denied != is_negated(verb, words)
    if verb.pos_ in ("ADJ", "NOUN"):
        yield from _forms(verb, denied=denied)
    objects = [c for c in verb.children if c.dep_ in ("dobj", "obj")]
    for c in objects:
        yield from _forms(c, denied=denied) if c.pos_ == "ADJ" else ()
    if objects:
        return
    for c in verb.children:
        if c.dep_ in PREDICATES:
            yield from _forms(c, denied=denied != is_none(c))
        elif c.dep_ == "prep":
            yield from (Said(f"{c.lower_} {o.lower_}", o, denied) for o in syntax.children(c, "pobj"))
        elif c.dep_ == "xcomp" and c.i > verb.i:
            yield from _predicate(c, words, denied=denied)


def _called(verb: Token, report: Token) -> Iterator[Said]:
    """What a report is called: "dismissed claims *as* lies", "called the report *false*", "called *lies* claims"."""
    inside = {t.i for t in report.subtree}
    named = [c for c in verb.children if c.dep_ == "dobj" and verb.i < c.i < report.left_edge.i]
    yield from (said for c in named for said in _forms(c, denied=False))
    for c in verb.children:
        if c.i in inside:
            continue
        if c.dep_ == "prep" and c.lower_ == "as":
            said = (t for t in c.subtree if t.i > c.i and t.pos_ in (*NOMINAL, "ADJ", "VERB"))
            yield from (Said(form, t) for t in said for form in (t.lower_, t.lemma_.lower()))
        elif c.dep_ in SMALL_CLAUSES and c.pos_ in (*NOMINAL, "ADJ"):
            yield from _forms(c, denied=False)


def _closing(verb: Token, report: Token, words: CertaintyLexicon) -> Iterator[Said]:
    """The last words behind a report, where parsers tie what it is called to what it tells.

    "Described claims that P *as false*"; without *as* only behind verbs of naming ("called reports of P *fake news*").
    """
    tokens = [t for t in report.subtree if not t.is_punct]
    last = tokens[-1]
    if last.i - report.i < LEAST or last.pos_ not in (*NOMINAL, "ADJ", "VERB"):
        return
    before = [t for t in tokens if last.i - LEAST <= t.i < last.i]
    names = any((lemma, "names") in words.governors for lemma in syntax.verb_lemmas(verb))
    if names or any(t.lower_ == "as" for t in before):
        yield from (Said(form, last) for form in (last.lower_, last.lemma_.lower()))
        yield from (Said(t.lower_, t) for t in before if t.pos_ == "ADJ")


def _forms(token: Token, *, denied: bool) -> Iterator[Said]:
    """A predicate and what is coordinated with it, each alone and with its adjective ("fake news")."""
    for t in syntax.conjuncts(token):
        yield from (Said(form, t, denied) for form in (t.lower_, t.lemma_.lower()))
        yield from (Said(c.lower_, c, denied) for c in t.children if c.dep_ in QUALITIES)


def _substance(report: Token, words: CertaintyLexicon) -> Iterator[Said]:
    """The truth that there is in a report, or is not: "no truth to reports", "little substance behind the claims"."""
    if report.dep_ != "pobj" or report.head.dep_ != "prep":
        return
    noun = report.head.head
    if noun.pos_ == "ADV":
        noun = noun.head  # "no truth whatsoever in"
    if noun.pos_ == "AUX":
        noun = next((c for c in noun.children if c.dep_ in PREDICATES), noun)
    scant = any(c.lower_ in SCANT for c in noun.children) or is_negated(noun.head, words, noun)
    yield Said(noun.lemma_.lower(), noun, scant or is_none(noun))
