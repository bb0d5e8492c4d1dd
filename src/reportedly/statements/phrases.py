"""Reported speech without a verb of its own: nouns, "according to", adverbs."""

from __future__ import annotations

from reportedly.model import Span
from reportedly.parse.parsed import Token
from reportedly.parse.syntax import children, own_subject
from reportedly.statements.cues import Cue
from reportedly.statements.draft import Draft
from reportedly.statements.pieces import bounded, draft_of, is_infinitive, is_relative_that, mark_of
from reportedly.statements.reading import Reading, subtree
from reportedly.statements.sources import asides, finite_subject

_GIVEN = frozenset(
    {
        "make",
        "issue",
        "release",
        "publish",
        "repeat",
        "reiterate",
        "post",
        "send",
        "give",
        "express",
        "voice",
        "air",
        "have",
    }
)


def by_noun(reading: Reading, noun: Token, cue: Cue) -> list[Draft]:
    """As in "the claim that ...", "a threat to ...", "allegations of ..." with whoever owns or makes it."""
    content: set[int] = set()
    for child in noun.children:
        if child.i < noun.i:
            continue
        if (
            child.dep_ in ("acl", "ccomp", "relcl")
            and "clause" in cue.frames
            and mark_of(child) == "that"
            and not is_relative_that(child)
        ) or (child.dep_ == "acl" and "to" in cue.frames and is_infinitive(child)):
            content = set(subtree(child))
        elif child.dep_ == "prep" and child.lower_ == "of" and "of" in cue.frames:
            content = {i for i in subtree(child) if i > child.i}
        if content:
            break
    if not content:
        return []
    holder = _maker(noun)
    if holder is None and (cue.act == "attitude" or "clause" not in cue.frames):
        return []
    found = draft_of(reading, cue, noun, holder, bounded(reading, noun, {i for i in content if i > noun.i}))
    for draft in found:
        draft.cue_span = Span(noun.idx, noun.idx + len(noun))
    return found


def _maker(noun: Token) -> Token | None:
    owner = next(iter(children(noun, "poss")), None)
    by = next((o for p in children(noun, "prep") if p.lower_ in ("by", "from") for o in children(p, "pobj")), None)
    if owner is not None or by is not None:
        return owner or by
    governs = noun.dep_ == "dobj" and noun.head.lemma_.lower() in _GIVEN
    return own_subject(noun.head) or finite_subject(noun.head) if governs else None


_ACCORDING = Cue("according to", "verb", frozenset({"clause"}), "reporting")


def by_phrase(reading: Reading, token: Token) -> list[Draft]:
    """As in "according to X", "in the words of X", "per X": the rest of the sentence or clause is X's."""
    last = _phrase_end(reading, token)
    if last is None or last + 1 >= len(reading.doc):
        return []
    first = token.i if token.lower_ != "words" else token.i - 2
    holder = next(
        (
            c
            for t in reading.tokens[token.i : last + 1]
            for c in t.children
            if c.i > last and c.dep_ in ("pobj", "dobj", "pcomp")
        ),
        None,
    )
    sentence = reading.sentence(token)
    if holder is None or holder.i > sentence.last:
        return []
    named = _named(reading, holder, last)
    content = _rest(reading, token, first, max([*named, *_which(holder)], default=last))
    spans, source = reading.spans(content), reading.spans(named)
    cue_span = reading.trimmed(first, last)
    if not spans or not source or cue_span is None:
        return []
    return [Draft(_ACCORDING, token, cue_span, tuple(source), holder, spans)]


def _phrase_end(reading: Reading, token: Token) -> int | None:
    texts = [t.lower_ for t in reading.tokens[max(0, token.i - 2) : token.i + 2]]
    if token.lower_ == "according" and token.i + 1 < len(reading.doc) and token.nbor(1).lower_ == "to":
        return token.i + 1
    if token.lower_ == "words" and texts == ["in", "the", "words", "of"]:
        return token.i + 1
    if (
        token.lower_ == "per"
        and token.i + 1 < len(reading.doc)
        and token.nbor(1).pos_ in ("PROPN", "DET")
        and token.i == reading.sentence(token).first
    ):
        return token.i
    return None


def _named(reading: Reading, holder: Token, last: int) -> list[int]:
    """The source behind "according to": its noun phrase; at the head of a sentence it ends before the main clause."""
    sentence = reading.sentence(holder)
    aside = asides(holder)
    inside = (t for t in holder.subtree if last < t.i <= sentence.last and t.i not in aside)
    indices = [t.i for t in inside if not t.is_space]
    if reading.words(sentence.first, holder.i)[0].i + 3 > last:
        commas = (i for i in indices if reading.tokens[i].text == "," and i > holder.i)
        comma = next((i for i in commas if not _appositive(reading, i, holder)), None)
        indices = [i for i in indices if comma is None or i < comma]
    return [i for i in indices if reading.quote_at[i] is None or reading.quote_at[i] is reading.quote_at[holder.i]]


def _which(holder: Token) -> set[int]:
    """Tokens of a clause with "which" about the source: neither its name nor what it says."""
    clauses = (c for c in children(holder, "relcl") if c.left_edge.tag_ in ("WDT", "WP$"))
    return {i for c in clauses for i in subtree(c)}


def _appositive(reading: Reading, comma: int, holder: Token) -> bool:
    """Whether a comma in a source opens an apposition or relative clause of its head that another comma closes."""
    follower = reading.after(reading.tokens[comma])
    if follower is None:
        return False
    hung = any(c.dep_ in ("appos", "relcl", "acl") and c.left_edge.i == follower.i for c in holder.children)
    return hung and any(t.text == "," for t in reading.tokens[comma + 1 : reading.sentence(holder).last])


def _rest(reading: Reading, token: Token, first: int, last: int) -> set[int]:
    """The rest of the sentence around "according to X".

    One of two coordinated main clauses where the phrase stands inside it.
    """
    sentence = reading.sentence(token)
    clause = token
    while clause.head != clause and not (
        clause.dep_ == "conj" and clause.pos_ in ("VERB", "AUX") and own_subject(clause) is not None
    ):
        clause = clause.head
    content = set(range(sentence.first, sentence.last + 1)) - set(range(first, last + 1))
    if clause.dep_ == "conj" and sentence.first < first and token.i > clause.left_edge.i:
        content &= set(subtree(clause))
    own = reading.quote_at[token.i]
    return {i for i in content if reading.quote_at[i] is own} if own is not None else content


def by_adverb(reading: Reading, adverb: Token, cue: Cue) -> list[Draft]:
    """As in "reportedly": somebody says so, nobody is named; the content is the clause of the verb it stands by."""
    verb = adverb.head
    if verb.pos_ not in ("VERB", "AUX") or adverb.dep_ != "advmod":
        return []
    content: set[int] = set()
    for child in verb.children:
        if child.i != adverb.i and child.dep_ not in ("conj", "cc", "advcl", "parataxis", "mark"):
            content.update(subtree(child))
    span = Span(adverb.idx, adverb.idx + len(adverb))
    spans = reading.spans(bounded(reading, adverb, content | {verb.i}) - {adverb.i})
    return [Draft(cue, adverb, span, None, None, spans)] if spans else []
