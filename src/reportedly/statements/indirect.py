"""Indirect speech: the frames of the cues applied to the parse, with the surface where the parse is noise.

Active verbs first, then passives and quotations handed on ("was quoted as saying"), then nouns, "according to" and
adverbs.
"""

from __future__ import annotations

from reportedly.knowledge.word_sets import WordSets
from reportedly.model import Span
from reportedly.parse.parsed import Token
from reportedly.parse.syntax import antecedent, children, is_passive, own_subject
from reportedly.statements.content import around_as, closing, left_content, right_content
from reportedly.statements.cues import Cue, CueLexicon, StatementDraft, verb_cue, verb_group
from reportedly.statements.frames import (
    behind_preposition,
    bounded,
    draft_of,
    is_infinitive,
    is_relative_that,
    mark_of,
    stays_unnamed,
)
from reportedly.statements.judged import aside, in_judged_report
from reportedly.statements.reading import QuotedText, subtree
from reportedly.statements.sources import agent_of, asides, finite_subject, source_spans
from reportedly.statements.speakers import head_of, named_before, speaker

NEGATIVE = frozenset({"nobody", "none", "neither", "nothing"})


def find_indirect(reading: QuotedText, words: CueLexicon) -> list[StatementDraft]:
    """One draft per cue whose frame is filled, in text order: "said", "claim that", "according to", "reportedly".

    Quotations beside a cue are for ``direct``.
    """
    found: list[StatementDraft] = []
    for token in reading.tokens:
        cue = words.verbs.get(token.lower_)
        if cue is not None and (cue := verb_cue(token, words)) is not None:
            found += [] if in_judged_report(reading, token, words) else _by_verb(reading, token, cue)
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


def _by_verb(reading: QuotedText, verb: Token, cue: Cue) -> list[StatementDraft]:
    """What a verb attributes, by the first way that fits: "The bank denied the report", "He was said to have fled"."""
    if told_aside := aside(reading, verb, cue):
        return told_aside
    if (is_passive(verb) and verb.tag_ == "VBN") or is_asked(reading, verb, cue) or is_as_told(verb):
        return passive(reading, verb, cue)
    if (
        cue.act == "attitude"
        and verb.tag_ in ("VB", "VBG")
        and not any(c.dep_ in ("nsubj", "aux") and c.lower_ != "to" for c in verb.children)
    ):
        return []
    if any(is_infinitive(c) and stays_unnamed(c, reading.sets) for c in children(verb, "xcomp", "ccomp", "advcl")):
        return []
    if "raising" in cue.frames:
        return draft_of(reading, cue, verb, None, _seeming(reading, verb))
    holder = speaker(reading, verb)
    if "quoting" in cue.frames and (handed := quoting(reading, verb, cue, holder)):
        return handed
    if holder is not None and _is_nobody(holder):
        return []
    content = right_content(reading, verb, cue)
    if content is None and "clause" in cue.frames and verb.dep_ != "relcl":
        if (last := closing(reading, verb, cue)) is not None:
            return last
        content = left_content(reading, verb, holder)
    if content is None:
        return []
    return draft_of(reading, cue, verb, holder, content)


def _is_nobody(holder: Token) -> bool:
    """Whether there is nobody who says it: "nobody", "none of the groups", "neither side", "no one"."""
    if holder.lower_ in NEGATIVE:
        return True
    return any(c.dep_ in ("det", "preconj") and c.lower_ in ("no", "neither") for c in holder.children)


def _seeming(reading: QuotedText, verb: Token) -> set[int]:
    """What seems to be so, subject included; nobody says it: "The town seems to have fallen"."""
    complement = next((c for c in children(verb, "xcomp", "ccomp", "oprd") if c.i > verb.i), None)
    if complement is None:
        return set()
    content = {i for i in subtree(complement) if i > verb.i}
    patient = own_subject(verb)
    if patient is not None and patient.lower_ != "it" and antecedent(patient) == patient:
        content.update(subtree(patient))
    return bounded(reading, verb, content)


def is_asked(reading: QuotedText, verb: Token, cue: Cue) -> bool:
    """Whether a participle tells of somebody who was asked or told: "Asked whether he would resign, he laughed"."""
    bare = not any(c.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass", "dobj") for c in verb.children)
    placed = verb.tag_ in ("VBN", "VBD") and verb.dep_ in ("advcl", "ccomp", "acl")
    return bare and placed and "recipient" in cue.frames and _aside(reading, verb)


def is_as_told(verb: Token) -> bool:
    """Whether a participle hands its clause to somebody: "The bridge fell, as reported by the ferry office"."""
    return verb.tag_ == "VBN" and verb.dep_ == "advcl" and bool(children(verb, "agent")) and mark_of(verb) == "as"


def _aside(reading: QuotedText, verb: Token) -> bool:
    """Whether a participle opens its sentence or an aside: "Asked about it, he shrugged", "He, when asked, left"."""
    before = reading.before(verb)
    return verb.i == reading.sentence(verb).first or before is None or before.lower_ in (",", "when", "if", "(")


def quoting(reading: QuotedText, verb: Token, cue: Cue, holder: Token | None) -> list[StatementDraft]:
    """Y says Z, and X says that Y says it: "The paper quoted the mayor as saying the mine was safe"."""
    inner_verb = _as_saying(reading, verb)
    if inner_verb is None:
        return []
    between = [t.i for t in reading.words(verb.i + 1, inner_verb.i - 1)]
    if not between:
        return []
    inner = head_of(reading, between[0], between[-1])
    content = right_content(reading, inner_verb, cue_of(inner_verb))
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
    told = draft_of(reading, cue_of(inner_verb), inner_verb, inner, content, tuple(reading.spans(between)))
    for draft in told:
        draft.outer, draft.handed = outer[0] if outer else None, True
    return outer + told


def _as_saying(reading: QuotedText, verb: Token) -> Token | None:
    """The *saying* of "quoted ... as saying", whatever the parser hung it on."""
    for token in reading.words(verb.i + 1, min(verb.i + 30, reading.sentence(verb).last + 1)):
        if token.tag_ == "VBG" and token.nbor(-1).lower_ == "as":
            return token
        if token.text in (";", ":"):
            return None
    return None


def cue_of(saying: Token) -> Cue:
    """The cue of "as saying" or "as telling cadets": a plain verb of speech."""
    return Cue(saying.lemma_, "verb", frozenset({"quote", "clause", "recipient"}), "reporting")


def passive(reading: QuotedText, verb: Token, cue: Cue) -> list[StatementDraft]:
    """What a cue in the passive hands on: "He was quoted as saying ...", "The truce was announced by the envoy"."""
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


def _quoted_as(reading: QuotedText, verb: Token, cue: Cue, patient: Token | None) -> list[StatementDraft]:
    saying = _as_saying(reading, verb)
    if saying is None or patient is None:
        return []
    content = right_content(reading, saying, cue_of(saying)) or left_content(reading, verb, patient)
    found = draft_of(reading, cue_of(saying), saying, patient, content or set(), source_spans(reading, patient, verb))
    first, _ = verb_group(verb)
    medium = agent_of(verb)
    outer: list[StatementDraft] = []
    if medium is not None and content:
        outer = draft_of(reading, cue, verb, medium, content | set(subtree(patient)) | {saying.i - 1, saying.i})
    for draft in found:
        draft.handed, draft.outer = True, outer[0] if outer else None
        if not outer:
            draft.cue_span = reading.trimmed(first, saying.i) or draft.cue_span
    return outer + found


def by_noun(reading: QuotedText, noun: Token, cue: Cue) -> list[StatementDraft]:
    """What a noun of speech holds, with whoever owns or makes it: "the miners' claim that the shaft was unsafe"."""
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
    holder = _maker(noun, reading.sets)
    if holder is None and (cue.act == "attitude" or "clause" not in cue.frames):
        return []
    found = draft_of(reading, cue, noun, holder, bounded(reading, noun, {i for i in content if i > noun.i}))
    for draft in found:
        draft.cue_span = Span(noun.idx, noun.idx + len(noun))
    return found


def _maker(noun: Token, sets: WordSets) -> Token | None:
    """Whose words a noun for words is: its owner, who stands behind "by", or who "issued a warning that"."""
    owner = next(iter(children(noun, "poss")), None)
    by = next((o for p in children(noun, "prep") if p.lower_ in ("by", "from") for o in children(p, "pobj")), None)
    if owner is not None or by is not None:
        return owner or by
    governs = noun.dep_ == "dobj" and noun.head.lemma_.lower() in sets["issuing"]
    return own_subject(noun.head) or finite_subject(noun.head) if governs else None


_ACCORDING = Cue("according to", "verb", frozenset({"clause"}), "reporting")


def by_phrase(reading: QuotedText, token: Token) -> list[StatementDraft]:
    """The rest of the sentence or clause, which is X's: "According to the harbour master, two boats sank"."""
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
    return [StatementDraft(_ACCORDING, token, cue_span, tuple(source), holder, spans)]


def _phrase_end(reading: QuotedText, token: Token) -> int | None:
    """The last word of "according to", "in the words of" or an opening "per"; None where none of them begins here."""
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


def _named(reading: QuotedText, holder: Token, last: int) -> list[int]:
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
    """Tokens of a clause about the source, neither its name nor what it says: "according to the unit, which fled"."""
    clauses = (c for c in children(holder, "relcl") if c.left_edge.tag_ in ("WDT", "WP$"))
    return {i for c in clauses for i in subtree(c)}


def _appositive(reading: QuotedText, comma: int, holder: Token) -> bool:
    """Whether a comma in a source opens an aside about its head that another comma closes.

    "According to Ana Reyes, the mayor of Tarnova, two boats sank": the first comma does, the second does not.
    """
    follower = reading.after(reading.tokens[comma])
    if follower is None:
        return False
    hung = any(c.dep_ in ("appos", "relcl", "acl") and c.left_edge.i == follower.i for c in holder.children)
    return hung and any(t.text == "," for t in reading.tokens[comma + 1 : reading.sentence(holder).last])


def _rest(reading: QuotedText, token: Token, first: int, last: int) -> set[int]:
    """The rest of the sentence around "according to X".

    Of two coordinated main clauses only the one around the phrase: "Two men were shot, according to police, and the
    shops stayed closed".
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


def by_adverb(reading: QuotedText, adverb: Token, cue: Cue) -> list[StatementDraft]:
    """The clause of the verb by which an adverb says that somebody, unnamed, says so: "Rebels reportedly fled"."""
    verb = adverb.head
    if verb.pos_ not in ("VERB", "AUX") or adverb.dep_ != "advmod":
        return []
    content: set[int] = set()
    for child in verb.children:
        if child.i != adverb.i and child.dep_ not in ("conj", "cc", "advcl", "parataxis", "mark"):
            content.update(subtree(child))
    span = Span(adverb.idx, adverb.idx + len(adverb))
    spans = reading.spans(bounded(reading, adverb, content | {verb.i}) - {adverb.i})
    return [StatementDraft(cue, adverb, span, None, None, spans)] if spans else []
