"""Indirect speech: the frames of the cues applied to the parse.

With the surface as a fall-back where the parse is noise.
"""

from __future__ import annotations

from reportedly.parse.parsed import Token
from reportedly.parse.syntax import antecedent, children, is_passive, own_subject
from reportedly.statements.content import right_content
from reportedly.statements.content_left import closing, left_content
from reportedly.statements.cues import Cue, Lexicon, verb_cue
from reportedly.statements.draft import Draft
from reportedly.statements.passives import is_as_told, is_asked, passive, quoting
from reportedly.statements.phrases import by_adverb, by_noun, by_phrase
from reportedly.statements.pieces import bounded, draft_of, is_infinitive, stays_unnamed
from reportedly.statements.reading import Reading, subtree
from reportedly.statements.speakers import speaker


def find_indirect(reading: Reading, words: Lexicon) -> list[Draft]:
    """One draft per cue whose frame is filled, in text order; quotations beside a cue are for ``direct``."""
    found: list[Draft] = []
    for token in reading.tokens:
        cue = words.verbs.get(token.lower_)
        if cue is not None and (cue := verb_cue(token, words)) is not None:
            found += _by_verb(reading, token, cue)
        elif (noun := words.nouns.get(token.lower_)) is not None and token.pos_ == "NOUN":
            found += by_noun(reading, token, noun)
        elif token.lower_ in ("according", "words", "per"):
            found += by_phrase(reading, token)
        elif (adverb := words.adverbs.get(token.lower_)) is not None:
            found += by_adverb(reading, token, adverb)
    handed = {d.anchor.i for d in found if d.handed}
    told = {tuple(d.content) for d in found if d.cue.pos == "verb" and d.source}
    kept = (d for d in found if d.handed or d.anchor.i not in handed)
    return [d for d in kept if d.cue.pos != "noun" or tuple(d.content) not in told]


def _by_verb(reading: Reading, verb: Token, cue: Cue) -> list[Draft]:
    if (is_passive(verb) and verb.tag_ == "VBN") or is_asked(reading, verb, cue) or is_as_told(verb):
        return passive(reading, verb, cue)
    if (
        cue.act == "attitude"
        and verb.tag_ in ("VB", "VBG")
        and not any(c.dep_ in ("nsubj", "aux") and c.lower_ != "to" for c in verb.children)
    ):
        return []
    if any(is_infinitive(c) and stays_unnamed(c) for c in children(verb, "xcomp", "ccomp", "advcl")):
        return []
    if "raising" in cue.frames:
        return draft_of(reading, cue, verb, None, _seeming(reading, verb))
    holder = speaker(reading, verb)
    if "quoting" in cue.frames and (handed := quoting(reading, verb, cue, holder)):
        return handed
    if holder is not None and any(
        c.dep_ in ("det", "preconj") and c.lower_ in ("no", "neither") for c in holder.children
    ):
        return []
    content = right_content(reading, verb, cue)
    if content is None and "clause" in cue.frames and verb.dep_ != "relcl":
        if (last := closing(reading, verb, cue)) is not None:
            return last
        content = left_content(reading, verb, holder)
    if content is None:
        return []
    return draft_of(reading, cue, verb, holder, content)


def _seeming(reading: Reading, verb: Token) -> set[int]:
    """As in "the town seems to have fallen", "it appears that ...": the subject is content, nobody says it."""
    complement = next((c for c in children(verb, "xcomp", "ccomp", "oprd") if c.i > verb.i), None)
    if complement is None:
        return set()
    content = {i for i in subtree(complement) if i > verb.i}
    patient = own_subject(verb)
    if patient is not None and patient.lower_ != "it" and antecedent(patient) == patient:
        content.update(subtree(patient))
    return bounded(reading, verb, content)
