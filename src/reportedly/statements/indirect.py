"""Indirect speech: the frames of the cues applied to the parse.

With the surface as a fall-back where the parse is noise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from reportedly.model import Span
from reportedly.parsed import Token
from reportedly.statements.cues import Cue, Lexicon, verb_cue, verb_group
from reportedly.statements.draft import Draft
from reportedly.statements.reading import Reading, subtree
from reportedly.statements.sources import agent_of, asides, can_speak, finite_subject, source_spans
from reportedly.statements.surface import head_of, named_before
from reportedly.syntax import antecedent, children, conjuncts, first_conjunct, is_passive, own_subject

_PREPOSITIONS = {
    "about": "about", "of": "of", "for": "for", "on": "on", "to-noun": "to", "with": "with", "against": "against",
    "in": "in", "over": "over", "from": "from",
}  # fmt: skip
_COUNTS = frozenset({"toll", "number", "count", "figure", "total", "estimate", "tally", "cost", "damage", "strength"})
_PAPERS = frozenset(
    {"statement", "letter", "message", "tweet", "post", "email", "communique", "memo", "note", "interview", "speech",
     "release", "address", "bulletin", "comment", "remark", "call", "appeal"}
)  # fmt: skip
_UNITS = frozenset({"minute", "hour", "day", "week", "month", "year"})
_SUBORDINATORS = frozenset(
    {"when", "after", "before", "while", "although", "though", "because", "since", "once", "until", "as"}
)
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


class Site(NamedTuple):
    """Where a frame is tried: a cue in its reading."""

    reading: Reading
    verb: Token
    cue: Cue


Rule = Callable[[Site], "set[int] | None"]


def find_indirect(reading: Reading, words: Lexicon) -> list[Draft]:
    """One draft per cue whose frame is filled, in text order; quotations beside a cue are for ``direct``."""
    found: list[Draft] = []
    for token in reading.tokens:
        cue = words.verbs.get(token.lower_)
        if cue is not None and (cue := verb_cue(token, words)) is not None:
            found += _by_verb(reading, token, cue)
        elif (noun := words.nouns.get(token.lower_)) is not None and token.pos_ == "NOUN":
            found += _by_noun(reading, token, noun)
        elif token.lower_ in ("according", "words", "per"):
            found += _by_phrase(reading, token)
        elif (adverb := words.adverbs.get(token.lower_)) is not None:
            found += _by_adverb(reading, token, adverb)
    handed = {d.anchor.i for d in found if d.handed}
    told = {tuple(d.content) for d in found if d.cue.pos == "verb" and d.source}
    kept = (d for d in found if d.handed or d.anchor.i not in handed)
    return [d for d in kept if d.cue.pos != "noun" or tuple(d.content) not in told]


def share_speakers(reading: Reading, drafts: list[Draft]) -> None:
    """Give X the last cue of "X announced A but withdrew the figure and said B" and of "X said A, adding B".

    A parser coordinates such a cue with the content of the first one, and it has no subject of its own.
    """
    by_verb = {d.anchor.i: d for d in drafts}
    for draft in drafts:
        outer = _coordinated_with(draft, by_verb) or _followed_by(reading, draft, by_verb)
        if outer is None:
            continue
        cut, speaker_draft = outer
        kept = [i for s in speaker_draft.content for i in _indices(reading, s) if i < cut]
        spans = reading.spans(kept)
        if spans:
            speaker_draft.content = spans
            draft.source, draft.holder, draft.lead = speaker_draft.source, speaker_draft.holder, speaker_draft


def hand_over(reading: Reading, drafts: list[Draft], folder: Path | None) -> None:
    """Make Y of "..., X reported, citing Y" the one who says what X reports."""
    for draft in drafts:
        cited = next((o for o in children(draft.anchor, "dobj") if o.i > draft.anchor.i), None)
        if cited is None or draft.anchor.tag_ != "VBG" or "quoting" not in draft.cue.frames or draft.handed:
            continue
        sentence = reading.sentence(draft.anchor).number
        lead = next(
            (
                d
                for d in drafts
                if d is not draft and d.source == draft.source and reading.sentence(d.anchor).number == sentence
            ),
            None,
        )
        source = source_spans(reading, cited, draft.anchor)
        if lead is not None and draft.source and source is not None and can_speak(cited, folder):
            draft.source, draft.holder, draft.content = source, cited, list(lead.content)
            draft.outer, draft.handed = lead, True


def _coordinated_with(draft: Draft, by_verb: dict[int, Draft]) -> tuple[int, Draft] | None:
    token = draft.anchor
    if draft.cue.act != "reporting" or token.dep_ != "conj" or token.tag_ not in ("VBD", "VBZ"):
        return None
    cut = token
    while token.dep_ == "conj" and own_subject(token) is None:
        cut, token = token, token.head
    outer = by_verb.get(token.head.i) if token.dep_ == "ccomp" and token.head.i < token.i else None
    if (
        outer is None
        or outer.anchor.tag_ != draft.anchor.tag_
        or own_subject(token) is None
        or own_subject(cut) is not None
    ):
        return None
    joints = [c.i for c in cut.head.children if c.dep_ in ("cc", "punct") and cut.head.i < c.i < cut.i]
    return min((j for j in joints if j > _last_before(cut)), default=cut.i), outer


def _last_before(cut: Token) -> int:
    """The last word of what the coordinated clause is joined to, conjunctions and commas left out."""
    i = cut.left_edge.i - 1
    while i > 0 and (cut.doc[i].dep_ == "cc" or cut.doc[i].is_punct or cut.doc[i].is_space):
        i -= 1
    return i


def _followed_by(reading: Reading, draft: Draft, by_verb: dict[int, Draft]) -> tuple[int, Draft] | None:
    """The attribution that ", adding" goes on with: the nearest one before it whose content the parser hung it in."""
    token = draft.anchor
    before = reading.before(token)
    if "sequel" not in draft.cue.frames or token.tag_ != "VBG" or before is None or before.text != ",":
        return None
    outer = next(
        (by_verb[t.i] for t in token.ancestors if t.i in by_verb and t.i < token.i and by_verb[t.i].source), None
    )
    if outer is None or not any(s.start <= token.idx < s.end for s in outer.content):
        return None
    return before.i, outer


def _draft(
    reading: Reading,
    cue: Cue,
    verb: Token,
    holder: Token | None,
    content: Iterable[int],
    source: tuple[Span, ...] | None = None,
) -> list[Draft]:
    first, last = verb_group(verb)
    cue_span = reading.trimmed(first, last)
    if holder is not None and source is None:
        source = source_spans(reading, holder, verb)
    taken = {i for s in source or () for i in _indices(reading, s)}
    spans = reading.spans(i for i in content if not first <= i <= last and i not in taken)
    if cue_span is None or not spans:
        return []
    return [Draft(cue, verb, cue_span, source, holder if source else None, spans)]


def _indices(reading: Reading, span: Span) -> range:
    tokens = reading.doc.char_span(span.start, span.end, alignment_mode="expand")
    return range(tokens.start, tokens.end) if tokens is not None else range(0)


def _by_verb(reading: Reading, verb: Token, cue: Cue) -> list[Draft]:
    if (is_passive(verb) and verb.tag_ == "VBN") or _asked(reading, verb, cue) or _as_told(verb):
        return _passive(reading, verb, cue)
    if (
        cue.act == "attitude"
        and verb.tag_ in ("VB", "VBG")
        and not any(c.dep_ in ("nsubj", "aux") and c.lower_ != "to" for c in verb.children)
    ):
        return []
    if any(_bare_infinitive(c) and _stays_unnamed(c) for c in children(verb, "xcomp", "ccomp", "advcl")):
        return []
    if "raising" in cue.frames:
        return _draft(reading, cue, verb, None, _seeming(reading, verb))
    holder = speaker(reading, verb)
    if "quoting" in cue.frames and (handed := _quoting(reading, verb, cue, holder)):
        return handed
    if holder is not None and any(
        c.dep_ in ("det", "preconj") and c.lower_ in ("no", "neither") for c in holder.children
    ):
        return []
    content = right_content(reading, verb, cue)
    if content is None and "clause" in cue.frames and verb.dep_ != "relcl":
        if (closing := _closing(reading, verb, cue)) is not None:
            return closing
        content = left_content(reading, verb, holder)
    if content is None:
        return []
    return _draft(reading, cue, verb, holder, content)


def _seeming(reading: Reading, verb: Token) -> set[int]:
    """As in "the town seems to have fallen", "it appears that ...": the subject is content, nobody says it."""
    complement = next((c for c in children(verb, "xcomp", "ccomp", "oprd") if c.i > verb.i), None)
    if complement is None:
        return set()
    content = {i for i in subtree(complement) if i > verb.i}
    patient = own_subject(verb)
    if patient is not None and patient.lower_ != "it" and antecedent(patient) == patient:
        content.update(subtree(patient))
    return _bounded(reading, verb, content)


def _closing(reading: Reading, verb: Token, cue: Cue) -> list[Draft] | None:
    """An attribution that closes its sentence ("..., a committee close to the opposition said on Sunday").

    Read off the surface.
    """
    if verb.tag_ not in ("VBD", "VBZ", "VBP") or reading.quoted(verb):
        return None
    first, last = verb_group(verb)
    sentence = reading.sentence(verb)
    named = named_before(reading, first, sentence.first)
    if named is None or not _ends_sentence(reading, verb, last, cue):
        return None
    before = reading.before(reading.tokens[named[0]])
    if before is None or before.text not in (",", "–", "—", "--") or before.i <= sentence.first:
        return None
    content = set(range(_left_limit(reading, verb, named[0]), before.i))
    if not any(
        reading.tokens[i].tag_ in ("VBD", "VBZ", "VBP", "MD") or reading.quote_at[i] is not None for i in content
    ):
        return None
    if reading.tokens[min(content)].lower_ in _SUBORDINATORS:
        return None
    source = reading.trimmed(*named)
    holder = head_of(reading, *named)
    return _draft(
        reading, cue, verb, holder, _bounded(reading, verb, content), (source,) if source is not None else None
    )


def _ends_sentence(reading: Reading, verb: Token, last: int, cue: Cue) -> bool:
    """Whether nothing but circumstances (and a hearer) stands between the cue and the end of the sentence or a comma.

    Hether nothing but circumstances (and a hearer) stands between the cue and the end of the sentence or a comma.
    """
    for token in reading.words(last + 1, reading.sentence(verb).last + 1):
        if token.text in (",", ";") or reading.quoted(token):
            return True
        if token.tag_ in ("VBD", "VBZ", "VBP", "MD") or token.lower_ == "that":
            return False
        if token.dep_ == "dobj" and token.head.i == verb.i and "recipient" not in cue.frames:
            return False
    return True


def _asked(reading: Reading, verb: Token, cue: Cue) -> bool:
    """As in "Asked whether he would resign, he said ...": a participle of a verb with a hearer opens the sentence."""
    bare = not any(c.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass", "dobj") for c in verb.children)
    placed = verb.tag_ in ("VBN", "VBD") and verb.dep_ in ("advcl", "ccomp", "acl")
    return bare and placed and "recipient" in cue.frames and _aside(reading, verb)


def _as_told(verb: Token) -> bool:
    """As in "as reported by X"."""
    return verb.tag_ == "VBN" and verb.dep_ == "advcl" and bool(children(verb, "agent")) and _mark(verb) == "as"


def _aside(reading: Reading, verb: Token) -> bool:
    before = reading.before(verb)
    return verb.i == reading.sentence(verb).first or before is None or before.lower_ in (",", "when", "if", "(")


def speaker(reading: Reading, verb: Token) -> Token | None:
    """Who governs the cue: its subject; for "a statement saying", whoever issued the statement.

    Else a name beside the verb.
    """
    if verb.dep_ == "acl" and verb.head.lemma_.lower() in _PAPERS:
        return _issuer(verb.head) or verb.head
    subjects = children(verb, "nsubj", "nsubjpass")
    beside = (c for c in subjects if reading.quote_at[c.i] is reading.quote_at[verb.i])
    found = next(beside, subjects[0] if subjects else None)
    if found is not None and not (found.lower_ in ("it", "there") and found.dep_ == "expl"):
        return found
    if verb.dep_ in ("relcl", "acl"):
        return verb.head
    found = finite_subject(verb)
    if found is not None:
        return found
    return _neighbour(reading, verb)


def _issuer(noun: Token) -> Token | None:
    owner = next(iter(children(noun, "poss")), None)
    by = next((o for p in children(noun, "prep") if p.lower_ in ("by", "from") for o in children(p, "pobj")), None)
    if owner is not None or by is not None:
        return owner or by
    token = noun
    while token.dep_ in ("pobj", "prep", "dobj", "attr", "nsubjpass", "conj") and token.head != token:
        token = token.head
        if token.pos_ == "VERB":
            found = agent_of(token) if is_passive(token) else own_subject(token) or finite_subject(token)
            return None if found == noun else found
    return None


def _neighbour(reading: Reading, verb: Token) -> Token | None:
    """A noun phrase that touches the verb, where the parser lost the subject ("... ," said Smith / Smith said.

    "...").
    """
    sentence = reading.sentence(verb)
    for chunk in _chunks(reading, verb):
        if sentence.first <= chunk.i <= sentence.last and not reading.quoted(chunk):
            return chunk
    return None


def _chunks(reading: Reading, verb: Token) -> list[Token]:
    first, last = verb_group(verb)
    found = []
    behind, ahead = reading.before(reading.tokens[first]), reading.after(reading.tokens[last])
    for token, to_left in ((behind, True), (ahead, False)):
        if token is not None and token.pos_ in ("NOUN", "PROPN", "PRON") and token.tag_ not in ("WP", "WDT", "WP$"):
            head = token
            while (
                head.head.pos_ in ("NOUN", "PROPN")
                and head.dep_ in ("compound", "nmod", "amod", "poss", "flat")
                and (head.head.i < verb.i) == to_left
            ):
                head = head.head
            found.append(head)
        elif (
            token is not None and not to_left and token.pos_ in ("DET", "ADJ") and token.head.pos_ in ("NOUN", "PROPN")
        ):
            found.append(token.head)
    return found


def right_content(reading: Reading, verb: Token, cue: Cue) -> set[int] | None:
    """The content that stands behind the verb, by the first frame of the cue that is filled."""
    frames = cue.frames
    for frame, rule in _RULES:
        if frame in frames and (content := rule(Site(reading, verb, cue))):
            return _bounded(reading, verb, content | _joined(Site(reading, verb, cue), frame, max(content)))
    prepositions = {word for name, word in _PREPOSITIONS.items() if name in frames}
    if prepositions and (content := _behind_preposition(verb, prepositions)):
        return _bounded(reading, verb, content)
    return None


def _bounded(reading: Reading, verb: Token, content: set[int]) -> set[int]:
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
        inside.update(_indices(reading, Span(quote.start, quote.end)))
    return {i for i in inside if own is None or reading.quote_at[i] is own}


def _clause(at: Site) -> set[int] | None:
    for child in at.verb.children:
        if child.i <= at.verb.i:
            continue
        if child.dep_ == "ccomp" or (
            child.dep_ in ("advcl", "relcl", "acl", "dep", "parataxis") and _mark(child) == "that"
        ):
            if _bare_infinitive(child) and "to" not in at.cue.frames and "obj-to" not in at.cue.frames:
                continue
            if child.tag_ == "VBG" and own_subject(child) is None and not children(child, "aux"):
                continue
            end = _resumed(child)
            return _with_tail(at.reading, at.verb, {i for i in subtree(child) if at.verb.i < i < end})
    return _told_that(at.verb) or _that(at.reading, at.verb)


def joined_verbs(verb: Token) -> list[Token]:
    """Verbs coordinated with a verb that have no subject of their own."""
    return [c for c in children(verb, "conj") if c.pos_ in ("VERB", "AUX") and own_subject(c) is None and c.i > verb.i]


def _resumed(clause: Token) -> int:
    """Where the narrator takes the word again, or the end of the text.

    As in "said he would stay and left the room": no modal governs a past tense.
    """
    modal = clause.tag_ == "VB" and any(c.tag_ == "MD" for c in children(clause, "aux"))
    past = next((v for v in joined_verbs(clause) if v.tag_ == "VBD"), None) if modal else None
    return len(clause.doc) if past is None else _last_before(past) + 1


def _joined(at: Site, frame: str, last: int) -> set[int]:
    """What goes on with the content behind its last word, where a parser may have hung it on the cue."""
    if frame == "clause":
        return _joined_clauses(at.verb, last)
    return _joined_gerunds(at.reading, last) if frame in ("ing", "obj-of") else set()


def _joined_clauses(verb: Token, last: int) -> set[int]:
    """More clauses with "that" ("said A, and that B"), and passive ones whose pronoun cannot mean the source."""
    behind = [c for c in children(verb, "conj", "ccomp", "advcl") if c.i > last]
    more = [c for c in behind if _mark(c) == "that" or (c.dep_ == "conj" and _about_others(c, verb))]
    joints = [c.i for c in children(verb, "cc", "punct") if more and last < c.i < more[-1].i]
    return {i for c in more for i in subtree(c) if i > last} | set(joints)


def _about_others(clause: Token, cue: Token) -> bool:
    """As in "A communique said four tanks attacked, but they were repelled"."""
    pronoun, source = own_subject(clause), own_subject(cue)
    if pronoun is None or source is None or not is_passive(clause):
        return False
    many = source.tag_ in ("NNS", "NNPS") or source.lower_ in ("they", "we")
    return pronoun.lower_ == "they" and not many


def _joined_gerunds(reading: Reading, last: int) -> set[int]:
    """As in "accused X of shelling the town, and (of) burning the market": the second gerund."""
    following = [t for t in reading.words(last + 1, last + 6) if t.text != "," and t.lower_ != "of"][:2]
    if len(following) < 2 or following[0].dep_ != "cc" or following[1].tag_ != "VBG":
        return set()
    return set(range(last + 1, max(subtree(following[1])) + 1)) if own_subject(following[1]) is None else set()


def _with_tail(reading: Reading, verb: Token, content: set[int]) -> set[int]:
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


def _told_that(verb: Token) -> set[int] | None:
    """A clause that the parser hung on the hearer or on a time ("told reporters on Monday that ...")."""
    for child in verb.children:
        if child.i > verb.i and child.dep_ in ("dobj", "dative", "prep", "npadvmod", "pobj"):
            for t in child.subtree:
                if (
                    t.dep_ in ("acl", "relcl", "ccomp")
                    and t.i > child.i
                    and (_mark(t) == "that" and not _relative_that(t))
                ):
                    return {i for i in subtree(t) if i > verb.i}
    return None


def _relative_that(clause: Token) -> bool:
    return any(c.lower_ == "that" and c.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj") for c in clause.children)


def _mark(clause: Token) -> str:
    return next((c.lower_ for c in clause.children if c.dep_ in ("mark", "complm")), "")


def _that(reading: Reading, verb: Token) -> set[int] | None:
    """As in "that" right behind the verb, whatever the parser made of it.

    The content runs to the end of the sentence.
    """
    _, last = verb_group(verb)
    follower = reading.after(reading.tokens[last])
    if (
        follower is None
        or follower.lower_ != "that"
        or follower.tag_ not in ("IN", "WDT")
        or follower.i > reading.sentence(verb).last
    ):
        return None
    return set(range(follower.i, reading.sentence(verb).last + 1))


def _bare_infinitive(clause: Token) -> bool:
    return clause.tag_ in ("VB", "VBN") and any(c.dep_ == "aux" and c.lower_ == "to" for c in clause.children)


def _to(at: Site) -> set[int] | None:
    for child in children(at.verb, "xcomp", "ccomp", "advcl"):
        if (
            child.i > at.verb.i
            and _bare_infinitive(child)
            and own_subject(child) is None
            and not children(at.verb, "dobj", "dative")
        ):
            if (child.dep_ == "advcl" and at.cue.frames & {"obj", "quote"}) or _stays_unnamed(child):
                continue
            return {i for i in subtree(child) if i > at.verb.i}
    return None


def _stays_unnamed(infinitive: Token) -> bool:
    """As in "asked not to be named", "wished to remain anonymous": a condition of speaking, nothing said."""
    if infinitive.lemma_ in ("name", "identify", "quote") and any(c.dep_ == "auxpass" for c in infinitive.children):
        return True
    return any(t.lower_ in ("anonymous", "unnamed", "anonymity") for t in infinitive.subtree)


def _object_to(at: Site) -> set[int] | None:
    for child in children(at.verb, "xcomp", "ccomp", "advcl"):
        if child.i > at.verb.i and _bare_infinitive(child):
            content = {i for i in subtree(child) if i > at.verb.i}
            if _stays_unnamed(child):
                return None
            for o in children(at.verb, "dobj", "dative"):
                if (at.verb.i < o.i < child.i and "recipient" not in at.cue.frames - {"obj-to"}) or (
                    at.verb.i < o.i < child.i and at.cue.lemma in ("ask", "warn", "caution")
                ):
                    content.update(subtree(o))
            return content
    for o in children(at.verb, "dobj"):
        clause = next((c for c in children(o, "acl", "relcl") if _bare_infinitive(c)), None)
        if clause is not None and o.i > at.verb.i:
            return {i for i in subtree(o) if i > at.verb.i}
    return None


def _object(at: Site) -> set[int] | None:
    found = [o for o in children(at.verb, "dobj") if o.i > at.verb.i and o.tag_ not in ("WP", "WDT")]
    if not found or _purpose(at.verb) or found[0].lower_ in ("himself", "herself", "itself", "themselves"):
        return None
    content = {i for i in subtree(found[0]) if i > at.verb.i}
    for prep in children(at.verb, "prep"):
        if prep.left_edge.i == max(content) + 1:
            content |= set(subtree(prep))
    end = _circumstance(at.reading, content)
    return {i for i in content if i < end} or None


def _purpose(verb: Token) -> bool:
    """Whether the verb is an infinitive of purpose or wish ("came to announce ..."), so that nothing was said yet."""
    top = first_conjunct(verb)
    infinitive = top.tag_ == "VB" and any(c.dep_ == "aux" and c.lower_ == "to" for c in top.children)
    return infinitive and top.head.lemma_.lower() not in ("continue", "begin", "start", "go", "keep", "use")


def _circumstance(reading: Reading, content: set[int]) -> int:
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


def _finding(at: Site) -> set[int] | None:
    """What a poll or a report shows: everything behind the verb ("the poll shows the mayor leading by two points")."""
    source = own_subject(at.verb)
    if source is None or not {source.lower_, source.lemma_.lower()} & at.reading.documents:
        return None
    parts = [c for c in at.verb.children if c.i > at.verb.i and c.dep_ not in ("punct", "conj", "cc", "advcl")]
    return {i for c in parts for i in subtree(c)} if any(c.dep_ in ("dobj", "ccomp", "attr") for c in parts) else None


def _gerund(at: Site) -> set[int] | None:
    for child in children(at.verb, "xcomp", "pcomp", "ccomp", "dobj"):
        if child.i > at.verb.i and child.tag_ == "VBG":
            return {i for i in subtree(child) if i > at.verb.i}
    return None


def _object_and(*prepositions: str, whole: bool) -> Rule:
    def rule(at: Site) -> set[int] | None:
        reading, verb = at.reading, at.verb
        objects = [o for o in children(verb, "dobj") if o.i > verb.i]
        for host in (verb, *(t for o in objects for t in conjuncts(o)), *(_below(verb) if objects and whole else ())):
            for prep in children(host, "prep", "dative"):
                if prep.lower_ in prepositions and prep.i > verb.i:
                    tail = {i for i in subtree(prep) if i > (prep.i - 1 if whole else prep.i)}
                    if not whole:
                        return _with_tail(reading, verb, tail) if tail else None
                    return tail | set(range(objects[0].left_edge.i, prep.i)) if objects else tail
        return None

    return rule


def _below(verb: Token) -> list[Token]:
    """Verbs and nouns below the cue that a parser may have given the cue's own preposition to."""
    return [t for t in verb.subtree if t.i > verb.i and t.pos_ in ("VERB", "NOUN", "PROPN", "NUM")]


def _tally(at: Site) -> set[int] | None:
    for o in children(at.verb, "dobj", "attr", "oprd"):
        if o.i > at.verb.i and any(t.like_num for t in o.subtree):
            return {i for i in subtree(o) if i > at.verb.i}
    return None


def _tally_object(at: Site) -> set[int] | None:
    for o in children(at.verb, "dobj"):
        if o.i > at.verb.i and o.lemma_.lower() in _COUNTS:
            steps = [p for h in (at.verb, o) for p in children(h, "prep") if p.lower_ in ("to", "from", "by")]
            content = {i for i in subtree(o) if i > at.verb.i} | {i for p in steps for i in subtree(p)}
            return content if steps and any(at.reading.tokens[i].like_num for i in content) else None
    return None


def _naming(at: Site) -> set[int] | None:
    parts = [
        c for c in children(at.verb, "dobj", "oprd", "ccomp", "xcomp", "acomp", "attr", "nsubj") if c.i > at.verb.i
    ]
    if not parts or (len(parts) == 1 and parts[0].dep_ in ("dobj", "nsubj", "attr", "xcomp")):
        return None
    return {i for c in parts for i in subtree(c) if i > at.verb.i}


def _on_to(at: Site) -> set[int] | None:
    """As in "called on both sides to stop": the object of "on" with the infinitive."""
    for prep in children(at.verb, "prep"):
        if prep.lower_ in ("on", "upon") and prep.i > at.verb.i:
            infinitive = [c for c in children(at.verb, "xcomp", "advcl") if _bare_infinitive(c) and c.i > prep.i]
            inside = any(_bare_infinitive(t) for t in prep.subtree if t.pos_ == "VERB")
            if infinitive or inside:
                return {i for c in (prep, *infinitive) for i in subtree(c) if i > prep.i}
    return None


def _for_to(at: Site) -> set[int] | None:
    """As in "called for the army to withdraw": everything behind "for"."""
    verb = at.verb
    behind = [c for c in verb.children if c.i > verb.i and c.dep_ not in ("punct", "cc", "conj")]
    opener = next((t for t in at.reading.tokens[verb.i + 1 : verb.i + 3] if t.lower_ == "for"), None)
    clause = next((c for c in behind if c.pos_ in ("VERB", "AUX") and _bare_infinitive(c)), None)
    if opener is None or clause is None or clause.i < opener.i or clause.left_edge.i > opener.i + 12:
        return None
    first = opener.i if opener.head == verb or opener.head == clause else len(at.reading.tokens)
    parts = [c for c in behind if c.left_edge.i >= first and c.i <= clause.i]
    return {i for c in parts for i in subtree(c) if i > opener.i} or None


def _behind_preposition(verb: Token, prepositions: set[str]) -> set[int] | None:
    for prep in verb.children:
        if prep.i > verb.i and prep.dep_ in ("prep", "dative", "mark") and prep.lower_ in prepositions:
            content = {i for i in subtree(prep) if i > prep.i}
            if content and not any(c.ent_type_ in ("DATE", "TIME") for c in children(prep, "pobj")):
                return content
    return None


_RULES = (
    ("clause", _clause),
    ("on-to", _on_to),
    ("for", _for_to),
    ("to", _to),
    ("obj-to", _object_to),
    ("naming", _naming),
    ("obj-as", _object_and("as", whole=True)),
    ("obj-of", _object_and("of", whole=False)),
    ("obj-with", _object_and("with", whole=False)),
    ("obj-for", _object_and("for", whole=True)),
    ("obj-on", _object_and("on", whole=True)),
    ("obj-at", _object_and("at", whole=True)),
    ("tally", _tally),
    ("tally-obj", _tally_object),
    ("subject", _finding),
    ("ing", _gerund),
    ("obj", _object),
)


def left_content(reading: Reading, verb: Token, holder: Token | None) -> set[int] | None:
    """The content of an attribution that follows or interrupts it ("..., X said"; "The army, X said, ...".

    "as X said").
    """
    if holder is None:
        return None
    sentence = reading.sentence(verb)
    first, last = _attribution(reading, verb, holder)
    if _as(reading, first):
        return _around_as(reading, verb, first)
    before = reading.before(reading.tokens[first])
    if before is None or before.i < sentence.first or before.text not in (",", "–", "—", "-", "--", ";", ")"):
        return None
    if not _reporting_position(reading, verb, first):
        return None
    content = set(range(_left_limit(reading, verb, first), before.i))
    after = reading.after(reading.tokens[last])
    if (
        after is not None
        and after.text == ","
        and verb.head.i > after.i
        and verb.dep_ in ("parataxis", "ccomp", "advcl", "ROOT", "dep")
    ):
        content.update(range(after.i + 1, sentence.last + 1))
    return _bounded(reading, verb, content) if content else None


def _attribution(reading: Reading, verb: Token, holder: Token) -> tuple[int, int]:
    """First and last token of "X said on Monday": source, cue and what hangs on the cue up to the next comma."""
    first, last = verb_group(verb)
    sentence = reading.sentence(verb)
    names = [
        t.i for t in holder.subtree if sentence.first <= t.i <= sentence.last and (t.i < verb.i) == (holder.i < verb.i)
    ]
    if holder.i < verb.i and names:
        first = min(first, *names)
    elif names:
        last = max(last, *names)
    for token in reading.tokens[last + 1 : sentence.last + 1]:
        if token.text in (",", ";", "–", "—") or token.i > sentence.last or reading.quoted(token):
            break
        last = token.i
    return first, last


def _reporting_position(reading: Reading, verb: Token, first: int) -> bool:
    """Whether the parse lets "X said" be an insertion.

    A clause of its own, with the content as complement or as its head.
    """
    if any(c.dep_ == "ccomp" and c.i < first for c in verb.children):
        return True
    if verb.dep_ in ("parataxis", "ROOT") or (verb.dep_ in ("ccomp", "dep") and verb.head.i != verb.i):
        return not any(c.dep_ in ("dobj", "xcomp") and c.i > verb.i for c in verb.children) or verb.lemma_ == "tell"
    return verb.dep_ == "advcl" and reading.tokens[first].dep_ != "mark" and verb.tag_ != "VBG"


def _left_limit(reading: Reading, verb: Token, first: int) -> int:
    """Where content before the attribution begins.

    At the sentence, or behind an earlier semicolon of the same sentence.
    """
    sentence = reading.sentence(verb)
    for i in range(first - 2, sentence.first, -1):
        if reading.tokens[i].text == ";" and not reading.quoted(reading.tokens[i]):
            return i + 1
    return sentence.first


def _as(reading: Reading, first: int) -> bool:
    before = reading.before(reading.tokens[first])
    return reading.tokens[first].lower_ == "as" or (before is not None and before.lower_ == "as")


def _around_as(reading: Reading, verb: Token, first: int) -> set[int] | None:
    """As in "As X said, ..." and "..., as X said": the clause that the as-clause hangs on."""
    sentence = reading.sentence(verb)
    mark = first if reading.tokens[first].lower_ == "as" else first - 1
    zone = set(subtree(verb)) | {mark}
    if verb.dep_ not in ("advcl", "ccomp", "ROOT", "parataxis", "acl", "pcomp", "relcl"):
        return None
    if mark <= sentence.first + 1:
        return set(range(max(zone) + 1, sentence.last + 1)) or None
    before = reading.before(reading.tokens[mark])
    if before is None or before.text not in (",", "–", "—", "-", "--"):
        return None
    behind = range(max(zone) + 1, sentence.last + 1) if verb.head.i > max(zone) else ()
    return {*range(sentence.first, before.i), *behind} or None


def _quoting(reading: Reading, verb: Token, cue: Cue, holder: Token | None) -> list[Draft]:
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
        outer = _draft(
            reading, cue, verb, head_of(reading, *named), outer_content | content, (span,) if span is not None else None
        )
    else:
        outer = _draft(reading, cue, verb, holder, outer_content | content)
    told = _draft(reading, cue_of_saying(), inner_verb, inner, content, tuple(reading.spans(between)))
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


def _passive(reading: Reading, verb: Token, cue: Cue) -> list[Draft]:
    """As in "was quoted as saying", "is said to be", "it was reported that", "was announced by X"."""
    patient = own_subject(verb)
    agent = agent_of(verb)
    if "quoting" in cue.frames:
        return _quoted_as(reading, verb, cue, patient)
    clause = next((c for c in children(verb, "ccomp") if c.i > verb.i and not _bare_infinitive(c)), None)
    if clause is not None and "clause" in cue.frames:
        return _draft(reading, cue, verb, agent, _bounded(reading, verb, {i for i in subtree(clause) if i > verb.i}))
    infinitive = next((c for c in children(verb, "xcomp", "ccomp") if c.i > verb.i and _bare_infinitive(c)), None)
    if infinitive is not None and cue.frames & {"clause", "obj-to"}:
        content = {i for i in subtree(infinitive) if i > verb.i}
        if patient is not None and antecedent(patient) == patient and "recipient" not in cue.frames:
            content.update(subtree(patient))
        return _draft(reading, cue, verb, agent, _bounded(reading, verb, content))
    if "obj-of" in cue.frames and (charge := _behind_preposition(verb, {"of"})):
        return _draft(reading, cue, verb, agent, _bounded(reading, verb, charge))
    first, _ = verb_group(verb)
    if agent is not None and "clause" in cue.frames and _mark(verb) == "as":
        return _draft(reading, cue, verb, agent, _around_as(reading, verb, first) or ())
    if agent is not None and "obj" in cue.frames and patient is not None and antecedent(patient) == patient:
        return _draft(reading, cue, verb, agent, set(subtree(patient)))
    return []


def _quoted_as(reading: Reading, verb: Token, cue: Cue, patient: Token | None) -> list[Draft]:
    saying = _as_saying(reading, verb)
    if saying is None or patient is None:
        return []
    content = right_content(reading, saying, cue_of_saying()) or left_content(reading, verb, patient)
    found = _draft(reading, cue_of_saying(), saying, patient, content or set(), source_spans(reading, patient, verb))
    first, _ = verb_group(verb)
    medium = agent_of(verb)
    outer: list[Draft] = []
    if medium is not None and content:
        outer = _draft(reading, cue, verb, medium, content | set(subtree(patient)) | {saying.i - 1, saying.i})
    for draft in found:
        draft.handed, draft.outer = True, outer[0] if outer else None
        if not outer:
            draft.cue_span = reading.trimmed(first, saying.i) or draft.cue_span
    return outer + found


def _by_noun(reading: Reading, noun: Token, cue: Cue) -> list[Draft]:
    """As in "the claim that ...", "a threat to ...", "allegations of ..." with whoever owns or makes it."""
    content: set[int] = set()
    for child in noun.children:
        if child.i < noun.i:
            continue
        if (
            child.dep_ in ("acl", "ccomp", "relcl")
            and "clause" in cue.frames
            and _mark(child) == "that"
            and not _relative_that(child)
        ) or (child.dep_ == "acl" and "to" in cue.frames and _bare_infinitive(child)):
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
    found = _draft(reading, cue, noun, holder, _bounded(reading, noun, {i for i in content if i > noun.i}))
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


def _by_phrase(reading: Reading, token: Token) -> list[Draft]:
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


def _by_adverb(reading: Reading, adverb: Token, cue: Cue) -> list[Draft]:
    """As in "reportedly": somebody says so, nobody is named; the content is the clause of the verb it stands by."""
    verb = adverb.head
    if verb.pos_ not in ("VERB", "AUX") or adverb.dep_ != "advmod":
        return []
    content: set[int] = set()
    for child in verb.children:
        if child.i != adverb.i and child.dep_ not in ("conj", "cc", "advcl", "parataxis", "mark"):
            content.update(subtree(child))
    span = Span(adverb.idx, adverb.idx + len(adverb))
    spans = reading.spans(_bounded(reading, adverb, content | {verb.i}) - {adverb.i})
    return [Draft(cue, adverb, span, None, None, spans)] if spans else []
