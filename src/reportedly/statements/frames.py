"""The frames of a cue but the finite clause (infinitives, gerunds, objects, prepositions), and their pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from reportedly.knowledge.word_sets import WordSets
from reportedly.model import Span
from reportedly.parse.parsed import Token
from reportedly.parse.syntax import children, conjuncts, first_conjunct, own_subject
from reportedly.statements.cues import Cue, StatementDraft, verb_group
from reportedly.statements.reading import QuotedText, subtree
from reportedly.statements.sources import source_spans


class Site(NamedTuple):
    """Where a frame is tried: a cue in its reading."""

    reading: QuotedText
    verb: Token
    cue: Cue


Rule = Callable[[Site], "set[int] | None"]


def last_before(cut: Token) -> int:
    """The last word before the conjunction that joins a clause: "stay" in "He said he would stay and left"."""
    i = cut.left_edge.i - 1
    while i > 0 and (cut.doc[i].dep_ == "cc" or cut.doc[i].is_punct or cut.doc[i].is_space):
        i -= 1
    return i


def draft_of(
    reading: QuotedText,
    cue: Cue,
    verb: Token,
    holder: Token | None,
    content: Iterable[int],
    source: tuple[Span, ...] | None = None,
) -> list[StatementDraft]:
    """A draft without the words of cue and source in its content; none where nothing is left."""
    first, last = verb_group(verb)
    cue_span = reading.trimmed(first, last)
    if holder is not None and source is None:
        source = source_spans(reading, holder, verb)
    taken = {i for s in source or () for i in indices_of(reading, s)}
    spans = reading.spans(i for i in content if not first <= i <= last and i not in taken)
    if cue_span is None or not spans:
        return []
    return [StatementDraft(cue, verb, cue_span, source, holder if source else None, spans)]


def indices_of(reading: QuotedText, span: Span) -> range:
    """The tokens under a span."""
    tokens = reading.doc.char_span(span.start, span.end, alignment_mode="expand")
    return range(tokens.start, tokens.end) if tokens is not None else range(0)


def bounded(reading: QuotedText, verb: Token, content: set[int]) -> set[int]:
    """The content within the sentence, with the whole of each quotation that it holds a part of.

    The quotation that the cue itself stands in bounds it: what is said inside a quotation ends with it.
    """
    sentence = reading.sentence(verb)
    inside = {i for i in content if sentence.first <= i <= sentence.last}
    own = reading.quote_at[verb.i]
    touched = {q.start: q for i in inside if (q := reading.quote_at[i]) is not None and q is not own}
    for quote in touched.values():
        inside.update(indices_of(reading, Span(quote.start, quote.end)))
    return {i for i in inside if own is None or reading.quote_at[i] is own}


def joined_verbs(verb: Token) -> list[Token]:
    """Verbs coordinated with a verb that have no subject of their own: "left" in "He said he would stay and left"."""
    return [c for c in children(verb, "conj") if c.pos_ in ("VERB", "AUX") and own_subject(c) is None and c.i > verb.i]


def with_tail(reading: QuotedText, verb: Token, content: set[int]) -> set[int]:
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


def _background(reading: QuotedText, content: set[int]) -> int:
    """Where ", two days after ..." or ", hours before ..." begins in the content, or its end."""
    indices = sorted(content)
    for i in indices:
        if reading.tokens[i].text != "," or reading.quoted(reading.tokens[i]):
            continue
        words = reading.words(i + 1, min(i + 7, indices[-1] + 1))
        units = [k for k, t in enumerate(words) if t.lemma_.lower() in reading.sets["length"]]
        if units and units[0] <= 3 and units[0] + 1 < len(words) and words[units[0] + 1].lower_ in ("after", "before"):
            return i
    return indices[-1] + 1


def is_relative_that(clause: Token) -> bool:
    """Whether its *that* is a pronoun: "the plan that failed"."""
    return any(c.lower_ == "that" and c.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj") for c in clause.children)


def mark_of(clause: Token) -> str:
    """The conjunction that opens a clause, or nothing: "that" in "said that the road was open"."""
    return next((c.lower_ for c in clause.children if c.dep_ in ("mark", "complm")), "")


def is_infinitive(clause: Token) -> bool:
    """Whether the clause is an infinitive with "to": "vowed to stay", but not "helped them stay"."""
    return clause.tag_ in ("VB", "VBN") and any(c.dep_ == "aux" and c.lower_ == "to" for c in clause.children)


def stays_unnamed(infinitive: Token, sets: WordSets) -> bool:
    """Whether it is a condition of speaking, and nothing said: "The clerk asked not to be named"."""
    if infinitive.lemma_ in sets["naming"] and any(c.dep_ == "auxpass" for c in infinitive.children):
        return True
    return any(t.lower_ in sets["nameless"] for t in infinitive.subtree)


def behind_preposition(verb: Token, prepositions: set[str]) -> set[int] | None:
    """What one of the prepositions on the cue governs, unless that is a date: "complained about the delay"."""
    for prep in verb.children:
        if prep.i > verb.i and prep.dep_ in ("prep", "dative", "mark") and prep.lower_ in prepositions:
            content = {i for i in subtree(prep) if i > prep.i}
            if content and not any(c.ent_type_ in ("DATE", "TIME") for c in children(prep, "pobj")):
                return content
    return None


def infinitive(at: Site) -> set[int] | None:
    """An infinitive without a subject or object of its own: "The guards vowed to stay"."""
    for child in children(at.verb, "xcomp", "ccomp", "advcl"):
        if (
            child.i > at.verb.i
            and is_infinitive(child)
            and own_subject(child) is None
            and not children(at.verb, "dobj", "dative")
        ):
            if (child.dep_ == "advcl" and at.cue.frames & {"obj", "quote"}) or stays_unnamed(child, at.reading.sets):
                continue
            return {i for i in subtree(child) if i > at.verb.i}
    return None


def object_to(at: Site) -> set[int] | None:
    """The infinitive, with the object where that is no hearer: "The court told the army to withdraw"."""
    for child in children(at.verb, "xcomp", "ccomp", "advcl"):
        if child.i > at.verb.i and is_infinitive(child):
            content = {i for i in subtree(child) if i > at.verb.i}
            if stays_unnamed(child, at.reading.sets):
                return None
            for o in children(at.verb, "dobj", "dative"):
                if (at.verb.i < o.i < child.i and "recipient" not in at.cue.frames - {"obj-to"}) or (
                    at.verb.i < o.i < child.i and at.cue.lemma in at.reading.sets["asking"]
                ):
                    content.update(subtree(o))
            return content
    for o in children(at.verb, "dobj"):
        clause = next((c for c in children(o, "acl", "relcl") if is_infinitive(c)), None)
        if clause is not None and o.i > at.verb.i:
            return {i for i in subtree(o) if i > at.verb.i}
    return None


def whole_object(at: Site) -> set[int] | None:
    """The object and what hangs on it, without how and when it was said: "Both sides announced a truce on Friday"."""
    found = [o for o in children(at.verb, "dobj") if o.i > at.verb.i and o.tag_ not in ("WP", "WDT")]
    if (
        not found
        or _purpose(at.verb, at.reading.sets)
        or found[0].lower_ in ("himself", "herself", "itself", "themselves")
    ):
        return None
    content = {i for i in subtree(found[0]) if i > at.verb.i}
    for prep in children(at.verb, "prep"):
        if prep.left_edge.i == max(content) + 1:
            content |= set(subtree(prep))
    end = _circumstance(at.reading, content)
    return {i for i in content if i < end} or None


def _purpose(verb: Token, sets: WordSets) -> bool:
    """Whether the verb is an infinitive of purpose or wish ("came to announce ..."), so that nothing was said yet."""
    top = first_conjunct(verb)
    infinitive = top.tag_ == "VB" and any(c.dep_ == "aux" and c.lower_ == "to" for c in top.children)
    return infinitive and top.head.lemma_.lower() not in sets["onset"]


def _circumstance(reading: QuotedText, content: set[int]) -> int:
    """Where "on Twitter" or "on Friday", which tell how and when it was said, begin in the content, or its end."""
    for i in sorted(content)[1:]:
        token = reading.tokens[i]
        if token.dep_ != "prep" or reading.quoted(token):
            continue
        for o in children(token, "pobj"):
            medium = reading.channels.get(o.lemma_.lower()) or reading.channels.get(o.lower_)
            if (medium is not None and token.lower_ in medium) or (
                o.ent_type_ in ("DATE", "TIME") and token.lower_ in ("on", "in", "at")
            ):
                return i
    return max(content) + 1


def finding(at: Site) -> set[int] | None:
    """What a poll or a report shows: everything behind the verb ("the poll shows the mayor leading by two points")."""
    source = own_subject(at.verb)
    if source is None or not {source.lower_, source.lemma_.lower()} & at.reading.documents:
        return None
    parts = [c for c in at.verb.children if c.i > at.verb.i and c.dep_ not in ("punct", "conj", "cc", "advcl")]
    return {i for c in parts for i in subtree(c)} if any(c.dep_ in ("dobj", "ccomp", "attr") for c in parts) else None


def gerund(at: Site) -> set[int] | None:
    """A gerund that the cue governs: "The captain admitted shelling the town", "denied having shelled it"."""
    for child in children(at.verb, "xcomp", "pcomp", "ccomp", "dobj"):
        having = any(c.tag_ == "VBG" for c in children(child, "aux"))
        if child.i > at.verb.i and (child.tag_ == "VBG" or having):
            return {i for i in subtree(child) if i > at.verb.i}
    return None


def object_and(*prepositions: str, whole: bool) -> Rule:
    """A rule for what a preposition governs ("accused him of theft"), with the object before it where ``whole``."""

    def rule(at: Site) -> set[int] | None:
        reading, verb = at.reading, at.verb
        objects = [o for o in children(verb, "dobj") if o.i > verb.i]
        for host in (verb, *(t for o in objects for t in conjuncts(o)), *(_below(verb) if objects and whole else ())):
            for prep in children(host, "prep", "dative"):
                if prep.lower_ in prepositions and prep.i > verb.i:
                    tail = {i for i in subtree(prep) if i > (prep.i - 1 if whole else prep.i)}
                    if not whole:
                        return with_tail(reading, verb, tail) if tail else None
                    return tail | set(range(objects[0].left_edge.i, prep.i)) if objects else tail
        return None

    return rule


def _below(verb: Token) -> list[Token]:
    """Words below the cue that a parser may have hung its preposition on: "blamed the men of Sarn for the fire"."""
    return [t for t in verb.subtree if t.i > verb.i and t.pos_ in ("VERB", "NOUN", "PROPN", "NUM")]


def tally(at: Site) -> set[int] | None:
    """An object with a number: "The clinic counted 30 dead"."""
    for o in children(at.verb, "dobj", "attr", "oprd"):
        if o.i > at.verb.i and any(t.like_num for t in o.subtree):
            return {i for i in subtree(o) if i > at.verb.i}
    return None


def tally_object(at: Site) -> set[int] | None:
    """A count as object, with what it was changed to: "The clinic raised the toll to 30"."""
    for o in children(at.verb, "dobj"):
        if o.i > at.verb.i and o.lemma_.lower() in at.reading.sets["amount"]:
            steps = [p for h in (at.verb, o) for p in children(h, "prep") if p.lower_ in ("to", "from", "by")]
            content = {i for i in subtree(o) if i > at.verb.i} | {i for p in steps for i in subtree(p)}
            return content if steps and any(at.reading.tokens[i].like_num for i in content) else None
    return None


def naming(at: Site) -> set[int] | None:
    """An object and what it is called: "The party called the vote a farce"."""
    parts = [
        c for c in children(at.verb, "dobj", "oprd", "ccomp", "xcomp", "acomp", "attr", "nsubj") if c.i > at.verb.i
    ]
    if not parts or (len(parts) == 1 and parts[0].dep_ in ("dobj", "nsubj", "attr", "xcomp")):
        return None
    return {i for c in parts for i in subtree(c) if i > at.verb.i}


def on_to(at: Site) -> set[int] | None:
    """The object of *on* with the infinitive: "The envoy called on both sides to stop"."""
    for prep in children(at.verb, "prep"):
        if prep.lower_ in ("on", "upon") and prep.i > at.verb.i:
            infinitive = [c for c in children(at.verb, "xcomp", "advcl") if is_infinitive(c) and c.i > prep.i]
            inside = any(is_infinitive(t) for t in prep.subtree if t.pos_ == "VERB")
            if infinitive or inside:
                return {i for c in (prep, *infinitive) for i in subtree(c) if i > prep.i}
    return None


def for_to(at: Site) -> set[int] | None:
    """Everything behind *for*: "The envoy called for the army to withdraw"."""
    verb = at.verb
    behind = [c for c in verb.children if c.i > verb.i and c.dep_ not in ("punct", "cc", "conj")]
    opener = next((t for t in at.reading.tokens[verb.i + 1 : verb.i + 3] if t.lower_ == "for"), None)
    clause = next((c for c in behind if c.pos_ in ("VERB", "AUX") and is_infinitive(c)), None)
    if opener is None or clause is None or clause.i < opener.i or clause.left_edge.i > opener.i + 12:
        return None
    first = opener.i if opener.head == verb or opener.head == clause else len(at.reading.tokens)
    parts = [c for c in behind if c.left_edge.i >= first and c.i <= clause.i]
    return {i for c in parts for i in subtree(c) if i > opener.i} or None
