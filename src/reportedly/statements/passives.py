"""Cues in the passive and quotations handed on ("was quoted as saying", "X quoted Y as saying")."""

from __future__ import annotations

from reportedly.parse.parsed import Token
from reportedly.parse.syntax import antecedent, children, own_subject
from reportedly.statements.content import right_content
from reportedly.statements.content_left import around_as, left_content
from reportedly.statements.cues import Cue, verb_group
from reportedly.statements.draft import Draft
from reportedly.statements.pieces import behind_preposition, bounded, draft_of, is_infinitive, mark_of
from reportedly.statements.reading import Reading, subtree
from reportedly.statements.sources import agent_of, source_spans
from reportedly.statements.surface import head_of, named_before


def is_asked(reading: Reading, verb: Token, cue: Cue) -> bool:
    """As in "Asked whether he would resign, he said ...": a participle of a verb with a hearer opens the sentence."""
    bare = not any(c.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass", "dobj") for c in verb.children)
    placed = verb.tag_ in ("VBN", "VBD") and verb.dep_ in ("advcl", "ccomp", "acl")
    return bare and placed and "recipient" in cue.frames and _aside(reading, verb)


def is_as_told(verb: Token) -> bool:
    """As in "as reported by X"."""
    return verb.tag_ == "VBN" and verb.dep_ == "advcl" and bool(children(verb, "agent")) and mark_of(verb) == "as"


def _aside(reading: Reading, verb: Token) -> bool:
    before = reading.before(verb)
    return verb.i == reading.sentence(verb).first or before is None or before.lower_ in (",", "when", "if", "(")


def quoting(reading: Reading, verb: Token, cue: Cue, holder: Token | None) -> list[Draft]:
    """As in "X quoted Y as saying Z": Y says Z, and X says that Y says it."""
    inner_verb = _as_saying(reading, verb)
    if inner_verb is None:
        return []
    between = [t.i for t in reading.words(verb.i + 1, inner_verb.i - 1)]
    if not between:
        return []
    inner = head_of(reading, between[0], between[-1])
    content = right_content(reading, inner_verb, cue_of_saying())
    outer_content = set(between) | {inner_verb.i - 1, inner_verb.i}
    if content is None:
        first, _ = verb_group(verb)
        named = named_before(reading, first, reading.sentence(verb).first)
        comma = reading.before(reading.tokens[named[0]]) if named is not None else None
        if named is None or comma is None or comma.text != ",":
            return []
        content = set(range(reading.sentence(verb).first, comma.i))
        span = reading.trimmed(*named)
        outer = draft_of(
            reading, cue, verb, head_of(reading, *named), outer_content | content, (span,) if span is not None else None
        )
    else:
        outer = draft_of(reading, cue, verb, holder, outer_content | content)
    told = draft_of(reading, cue_of_saying(), inner_verb, inner, content, tuple(reading.spans(between)))
    for draft in told:
        draft.outer, draft.handed = outer[0] if outer else None, True
    return outer + told


def _as_saying(reading: Reading, verb: Token) -> Token | None:
    """The *saying* of "quoted ... as saying", whatever the parser hung it on."""
    for token in reading.words(verb.i + 1, min(verb.i + 30, reading.sentence(verb).last + 1)):
        if token.tag_ == "VBG" and token.nbor(-1).lower_ == "as":
            return token
        if token.text in (";", ":"):
            return None
    return None


def cue_of_saying() -> Cue:
    """The cue of "as saying": a plain verb of speech."""
    return Cue("say", "verb", frozenset({"quote", "clause"}), "reporting")


def passive(reading: Reading, verb: Token, cue: Cue) -> list[Draft]:
    """As in "was quoted as saying", "is said to be", "it was reported that", "was announced by X"."""
    patient = own_subject(verb)
    agent = agent_of(verb)
    if "quoting" in cue.frames:
        return _quoted_as(reading, verb, cue, patient)
    clause = next((c for c in children(verb, "ccomp") if c.i > verb.i and not is_infinitive(c)), None)
    if clause is not None and "clause" in cue.frames:
        return draft_of(reading, cue, verb, agent, bounded(reading, verb, {i for i in subtree(clause) if i > verb.i}))
    infinitive = next((c for c in children(verb, "xcomp", "ccomp") if c.i > verb.i and is_infinitive(c)), None)
    if infinitive is not None and cue.frames & {"clause", "obj-to"}:
        content = {i for i in subtree(infinitive) if i > verb.i}
        if patient is not None and antecedent(patient) == patient and "recipient" not in cue.frames:
            content.update(subtree(patient))
        return draft_of(reading, cue, verb, agent, bounded(reading, verb, content))
    if "obj-of" in cue.frames and (charge := behind_preposition(verb, {"of"})):
        return draft_of(reading, cue, verb, agent, bounded(reading, verb, charge))
    first, _ = verb_group(verb)
    if agent is not None and "clause" in cue.frames and mark_of(verb) == "as":
        return draft_of(reading, cue, verb, agent, around_as(reading, verb, first) or ())
    if agent is not None and "obj" in cue.frames and patient is not None and antecedent(patient) == patient:
        return draft_of(reading, cue, verb, agent, set(subtree(patient)))
    return []


def _quoted_as(reading: Reading, verb: Token, cue: Cue, patient: Token | None) -> list[Draft]:
    saying = _as_saying(reading, verb)
    if saying is None or patient is None:
        return []
    content = right_content(reading, saying, cue_of_saying()) or left_content(reading, verb, patient)
    found = draft_of(reading, cue_of_saying(), saying, patient, content or set(), source_spans(reading, patient, verb))
    first, _ = verb_group(verb)
    medium = agent_of(verb)
    outer: list[Draft] = []
    if medium is not None and content:
        outer = draft_of(reading, cue, verb, medium, content | set(subtree(patient)) | {saying.i - 1, saying.i})
    for draft in found:
        draft.handed, draft.outer = True, outer[0] if outer else None
        if not outer:
            draft.cue_span = reading.trimmed(first, saying.i) or draft.cue_span
    return outer + found
