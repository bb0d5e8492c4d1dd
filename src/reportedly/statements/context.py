"""What stands around a cue: when it was said, over which channel, and to whom."""

from __future__ import annotations

from functools import lru_cache

from reportedly.knowledge.load import Knowledge
from reportedly.model import Span, Time
from reportedly.parse.parsed import Token
from reportedly.parse.spans import TokenIndex
from reportedly.parse.syntax import children, np_extent
from reportedly.statements.cues import StatementDraft
from reportedly.statements.reading import QuotedText

# From here on a word is too far from the cue to touch it.
NEAR = 8
_HEARERS = ("dobj", "dative", "iobj")


@lru_cache(maxsize=4)
def _channels(knowledge: Knowledge) -> dict[str, tuple[str, frozenset[str]]]:
    """Channel word -> (its short name, the prepositions or participles it needs before it)."""
    return {row["word"]: (row["channel"], frozenset(row["after"].split())) for row in knowledge.rows("channels")}


@lru_cache(maxsize=4)
def media_words(knowledge: Knowledge) -> dict[str, frozenset[str]]:
    """Channel word -> the prepositions that make it a circumstance of saying."""
    return {word: after for word, (_, after) in _channels(knowledge).items()}


def said_on(reading: QuotedText, draft: StatementDraft, times: TokenIndex[Time]) -> str | None:
    """The day on which it was said, where a time that hangs on the cue names one day; of a night its evening."""
    for token in _circumstances(reading, draft):
        time = times.get(token)
        if time is not None and time.begin is not None and (time.type == "TIME" or time.begin == time.end_date):
            return time.begin[:10]
    return None


def _circumstances(reading: QuotedText, draft: StatementDraft) -> list[Token]:
    """Words of the sentence that hang on the cue, in order, without the source and the content."""
    taken = [*draft.content, *(draft.source or ()), draft.cue_span]
    return [
        t
        for t in _beside(reading, draft.anchor)
        if not t.is_space
        and not t.is_punct
        and not any(s.start <= t.idx < s.end for s in taken)
        and (reading.governor(t) == draft.anchor.i or _touches(reading, t, draft))
    ]


def _beside(reading: QuotedText, anchor: Token) -> list[Token]:
    """The words of the sentence that the cue governs, or that stand so near that they may touch it."""
    sentence = reading.sentence(anchor)
    near = range(max(sentence.first, anchor.i - NEAR), min(sentence.last, anchor.i + NEAR) + 1)
    inside = (i for i in reading.governed(anchor) if sentence.first <= i <= sentence.last)
    return [reading.tokens[i] for i in sorted({*near, *inside})]


def _touches(reading: QuotedText, token: Token, draft: StatementDraft) -> bool:
    """Whether only prepositions, hearers and other circumstances stand between the cue and the token."""
    low, high = sorted((draft.anchor.i, token.i))
    between = reading.tokens[low + 1 : high]
    return len(between) < NEAR and not any(
        t.text in (",", ";", ":") or t.tag_ in ("VBD", "VBZ", "VBP", "VBG", "VBN", "MD") or reading.quoted(t)
        for t in between
    )


def channel_of(reading: QuotedText, draft: StatementDraft, knowledge: Knowledge) -> str | None:
    """The medium through which it was said ("by phone", "on Twitter", "in a statement"), as a short name."""
    table = _channels(knowledge)
    own = table.get(draft.anchor.lemma_.lower())
    if own is not None and "verb" in own[1]:
        return own[0]
    inside = [t for s in draft.source or () for t in _tokens(reading, s)]
    hits = [(t, name) for t in (*_circumstances(reading, draft), *inside) if (name := _medium(t, table)) is not None]
    if hits:
        first = hits[0][0].i
        return next((name for t, name in hits[1:] if any(a.i == first for a in t.ancestors)), hits[0][1])
    return _paper(draft, table)


def _medium(token: Token, table: dict[str, tuple[str, frozenset[str]]]) -> str | None:
    entry = table.get(token.lower_) or table.get(token.lemma_.lower())
    return entry[0] if entry is not None and _introduced(token) & entry[1] else None


def _paper(draft: StatementDraft, table: dict[str, tuple[str, frozenset[str]]]) -> str | None:
    """The paper that carries the words: "a statement saying ...", "published a letter on Monday urging ..."."""
    anchor = draft.anchor
    noun = anchor.head if anchor.dep_ == "acl" else None
    if noun is None and anchor.dep_ == "advcl" and anchor.tag_ == "VBG":
        noun = next((o for o in children(anchor.head, "dobj") if o.i < anchor.i), None)
    entry = table.get(noun.lemma_.lower()) if noun is not None and draft.holder != noun else None
    return entry[0] if entry is not None and "in" in entry[1] else None


def _tokens(reading: QuotedText, span: Span) -> list[Token]:
    found = reading.doc.char_span(span.start, span.end, alignment_mode="expand")
    return list(found) if found is not None else []


def _introduced(token: Token) -> set[str]:
    """The preposition that governs a noun, past the compounds and possessives it may be part of."""
    head = token
    while head.dep_ in ("compound", "amod", "nmod", "poss", "conj") and head.head != head:
        head = head.head
    if head.dep_ == "pobj":
        return {head.head.lower_}
    return {head.dep_}


def told_to(reading: QuotedText, draft: StatementDraft) -> str | None:
    """Whom it was told: the object of a verb that takes a hearer, or who stands behind "to"."""
    if "recipient" in draft.cue.frames:
        for child in children(draft.anchor, *_HEARERS):
            if child.i > draft.anchor.i and not _in_content(child, draft):
                return _name(reading, child)
        follower = reading.after(draft.anchor)
        if follower is not None and follower.pos_ in ("PROPN", "NOUN", "PRON") and not _in_content(follower, draft):
            return _name(reading, _phrase_head(follower, draft))
    for prep in children(draft.anchor, "prep", "dative"):
        if prep.lower_ == "to" and "quote" in draft.cue.frames:
            hearer = next((c for c in children(prep, "pobj") if not _in_content(c, draft)), None)
            if hearer is not None and (
                hearer.ent_type_ in ("PERSON", "ORG", "NORP") or hearer.lemma_ in ("reporter", "journalist")
            ):
                return _name(reading, hearer)
    return None


def _phrase_head(token: Token, draft: StatementDraft) -> Token:
    while (
        token.dep_ in ("compound", "nmod", "amod")
        and token.head.pos_ in ("NOUN", "PROPN")
        and not _in_content(token.head, draft)
    ):
        token = token.head
    return token


def _in_content(token: Token, draft: StatementDraft) -> bool:
    return any(s.start <= token.idx < s.end for s in (*draft.content, *(draft.source or ())))


def _name(reading: QuotedText, token: Token) -> str:
    start, end = np_extent(token)
    return " ".join(reading.text[start:end].split())
