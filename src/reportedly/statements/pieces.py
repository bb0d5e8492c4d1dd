"""Indirect speech: the frames of the cues applied to the parse.

With the surface as a fall-back where the parse is noise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from reportedly.model import Span
from reportedly.parse.parsed import Token
from reportedly.parse.syntax import children, own_subject
from reportedly.statements.cues import Cue, verb_group
from reportedly.statements.draft import Draft
from reportedly.statements.reading import Reading, subtree
from reportedly.statements.sources import source_spans

_UNITS = frozenset({"minute", "hour", "day", "week", "month", "year"})


class Site(NamedTuple):
    """Where a frame is tried: a cue in its reading."""

    reading: Reading
    verb: Token
    cue: Cue


Rule = Callable[[Site], "set[int] | None"]


def last_before(cut: Token) -> int:
    """The last word of what the coordinated clause is joined to, conjunctions and commas left out."""
    i = cut.left_edge.i - 1
    while i > 0 and (cut.doc[i].dep_ == "cc" or cut.doc[i].is_punct or cut.doc[i].is_space):
        i -= 1
    return i


def draft_of(
    reading: Reading,
    cue: Cue,
    verb: Token,
    holder: Token | None,
    content: Iterable[int],
    source: tuple[Span, ...] | None = None,
) -> list[Draft]:
    """A draft without the words of cue and source in its content; none where nothing is left."""
    first, last = verb_group(verb)
    cue_span = reading.trimmed(first, last)
    if holder is not None and source is None:
        source = source_spans(reading, holder, verb)
    taken = {i for s in source or () for i in indices_of(reading, s)}
    spans = reading.spans(i for i in content if not first <= i <= last and i not in taken)
    if cue_span is None or not spans:
        return []
    return [Draft(cue, verb, cue_span, source, holder if source else None, spans)]


def indices_of(reading: Reading, span: Span) -> range:
    """The tokens under a span."""
    tokens = reading.doc.char_span(span.start, span.end, alignment_mode="expand")
    return range(tokens.start, tokens.end) if tokens is not None else range(0)


def bounded(reading: Reading, verb: Token, content: set[int]) -> set[int]:
    """The content within the sentence.

    And whole quotations where it holds a part of one (not the one the cue stands in).
    """
    sentence = reading.sentence(verb)
    inside = {i for i in content if sentence.first <= i <= sentence.last}
    own = reading.quote_at[verb.i]
    for i in list(inside):
        quote = reading.quote_at[i]
        if quote is None or quote is own:
            continue
        inside.update(indices_of(reading, Span(quote.start, quote.end)))
    return {i for i in inside if own is None or reading.quote_at[i] is own}


def joined_verbs(verb: Token) -> list[Token]:
    """Verbs coordinated with a verb that have no subject of their own."""
    return [c for c in children(verb, "conj") if c.pos_ in ("VERB", "AUX") and own_subject(c) is None and c.i > verb.i]


def with_tail(reading: Reading, verb: Token, content: set[int]) -> set[int]:
    """The content with what follows it without a comma, and without the narrator's date behind one.

    "... less than a day after a truce took effect" is content, ", a day after the attack" is background.
    """
    for child in verb.children:
        if (
            child.i > max(content)
            and child.dep_ in ("advcl", "prep", "npadvmod", "advmod")
            and child.left_edge.i == max(content) + 1
        ):
            content |= set(subtree(child))
    end = _background(reading, content)
    return {i for i in content if i < end}


def _background(reading: Reading, content: set[int]) -> int:
    """Where ", two days after ..." or ", hours before ..." begins in the content, or its end."""
    indices = sorted(content)
    for i in indices:
        if reading.tokens[i].text != "," or reading.quoted(reading.tokens[i]):
            continue
        words = reading.words(i + 1, min(i + 7, indices[-1] + 1))
        units = [k for k, t in enumerate(words) if t.lemma_.lower() in _UNITS]
        if units and units[0] <= 3 and units[0] + 1 < len(words) and words[units[0] + 1].lower_ in ("after", "before"):
            return i
    return indices[-1] + 1


def is_relative_that(clause: Token) -> bool:
    """Whether its *that* is a pronoun: "the plan that failed"."""
    return any(c.lower_ == "that" and c.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj") for c in clause.children)


def mark_of(clause: Token) -> str:
    """The conjunction that opens a clause, or nothing."""
    return next((c.lower_ for c in clause.children if c.dep_ in ("mark", "complm")), "")


def is_infinitive(clause: Token) -> bool:
    """Whether the clause is an infinitive with *to*."""
    return clause.tag_ in ("VB", "VBN") and any(c.dep_ == "aux" and c.lower_ == "to" for c in clause.children)


def stays_unnamed(infinitive: Token) -> bool:
    """As in "asked not to be named", "wished to remain anonymous": a condition of speaking, nothing said."""
    if infinitive.lemma_ in ("name", "identify", "quote") and any(c.dep_ == "auxpass" for c in infinitive.children):
        return True
    return any(t.lower_ in ("anonymous", "unnamed", "anonymity") for t in infinitive.subtree)


def behind_preposition(verb: Token, prepositions: set[str]) -> set[int] | None:
    """What one of the prepositions on the cue governs, unless that is a date."""
    for prep in verb.children:
        if prep.i > verb.i and prep.dep_ in ("prep", "dative", "mark") and prep.lower_ in prepositions:
            content = {i for i in subtree(prep) if i > prep.i}
            if content and not any(c.ent_type_ in ("DATE", "TIME") for c in children(prep, "pobj")):
                return content
    return None
