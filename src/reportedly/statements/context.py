"""What stands around a cue: when it was said, over which channel, and to whom."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from reportedly.knowledge.load import Knowledge
from reportedly.model import Because, Span, Time
from reportedly.parse.parsed import Token
from reportedly.parse.spans import TokenIndex
from reportedly.parse.syntax import children, np_extent
from reportedly.reasons import at, on
from reportedly.statements.cues import StatementDraft
from reportedly.statements.reading import QuotedText

# From here on a word is too far from the cue to touch it.
NEAR = 8
_HEARERS = ("dobj", "dative", "iobj")


class Channel(NamedTuple):
    """A row of ``channels.tsv``: the short name, the prepositions or participles it needs before it, its place."""

    name: str
    after: frozenset[str]
    row: str


@lru_cache(maxsize=4)
def _channels(knowledge: Knowledge) -> dict[str, Channel]:
    """Channel words with what their rows say."""
    return {
        n.row["word"]: Channel(n.row["channel"], frozenset(n.row["after"].split()), n.place)
        for n in knowledge.numbered("channels")
    }


@lru_cache(maxsize=4)
def media_words(knowledge: Knowledge) -> dict[str, frozenset[str]]:
    """Channel word -> the prepositions that make it a circumstance of saying."""
    return {word: channel.after for word, channel in _channels(knowledge).items()}


def said_on(reading: QuotedText, draft: StatementDraft, times: TokenIndex[Time]) -> Because | None:
    """The day on which it was said, where a time that hangs on the cue names one day; of a night its evening.

    "The mayor said on Tuesday that ...": Tuesday.
    """
    for token in _circumstances(reading, draft):
        time = times.get(token)
        if time is not None and time.begin is not None and (time.type == "TIME" or time.begin == time.end_date):
            return Because("said", time.begin[:10], "said.cue", words=at(time))
    return None


def _circumstances(reading: QuotedText, draft: StatementDraft) -> list[Token]:
    """Words of the sentence that hang on the cue, in order: "on Monday" in "The mayor said on Monday that".

    Without the source and the content.
    """
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
    """Whether no clause, comma or quotation parts cue and token: "told" and "Friday" in "told a rally on Friday"."""
    low, high = sorted((draft.anchor.i, token.i))
    between = reading.tokens[low + 1 : high]
    return len(between) < NEAR and not any(
        t.text in (",", ";", ":") or t.tag_ in ("VBD", "VBZ", "VBP", "VBG", "VBN", "MD") or reading.quoted(t)
        for t in between
    )


def channel_of(reading: QuotedText, draft: StatementDraft, knowledge: Knowledge) -> Because | None:
    """The medium through which it was said ("by phone", "on Twitter", "in a statement"), as a short name."""
    table = _channels(knowledge)
    own = table.get(draft.anchor.lemma_.lower())
    if own is not None and "verb" in own.after:
        return _through("channel.verb", own, draft.anchor)
    inside = [t for s in draft.source or () for t in _tokens(reading, s)]
    hits = [(t, it) for t in (*_circumstances(reading, draft), *inside) if (it := _medium(t, table)) is not None]
    if hits:
        first = hits[0][0].i
        # "in an interview on state television": the one that the other hangs on goes with it.
        token, channel = next(((t, c) for t, c in hits[1:] if any(a.i == first for a in t.ancestors)), hits[0])
        return _through("channel.words", channel, token)
    return _paper(draft, table)


def _through(rule: str, channel: Channel, token: Token) -> Because:
    return Because("channel", channel.name, rule, channel.row, on(token))


def _medium(token: Token, table: dict[str, Channel]) -> Channel | None:
    """The channel that a word names behind one of its prepositions: "on the radio", but not "the radio was sold"."""
    channel = table.get(token.lower_) or table.get(token.lemma_.lower())
    return channel if channel is not None and _introduced(token) & channel.after else None


def _paper(draft: StatementDraft, table: dict[str, Channel]) -> Because | None:
    """The paper that carries the words: "a statement saying ...", "published a letter on Monday urging ..."."""
    anchor = draft.anchor
    noun = anchor.head if anchor.dep_ == "acl" else None
    if noun is None and anchor.dep_ == "advcl" and anchor.tag_ == "VBG":
        noun = next((o for o in children(anchor.head, "dobj") if o.i < anchor.i), None)
    channel = table.get(noun.lemma_.lower()) if noun is not None and draft.holder != noun else None
    if noun is None or channel is None or "in" not in channel.after:
        return None
    return _through("channel.paper", channel, noun)


def _tokens(reading: QuotedText, span: Span) -> list[Token]:
    found = reading.doc.char_span(span.start, span.end, alignment_mode="expand")
    return list(found) if found is not None else []


def _introduced(token: Token) -> set[str]:
    """The preposition that governs a noun or the phrase it is part of: "on" for "radio" in "on the radio's website"."""
    head = token
    while head.dep_ in ("compound", "amod", "nmod", "poss", "conj") and head.head != head:
        head = head.head
    if head.dep_ == "pobj":
        return {head.head.lower_}
    return {head.dep_}


def told_to(reading: QuotedText, draft: StatementDraft) -> Because | None:
    """Whom it was told: the object of a verb that takes a hearer ("told the court"), or who stands behind "to"."""
    if "recipient" in draft.cue.frames:
        for child in children(draft.anchor, *_HEARERS):
            if child.i > draft.anchor.i and not _in_content(child, draft):
                return _hearer("to.object", reading, child)
        follower = reading.after(draft.anchor)
        if follower is not None and follower.pos_ in ("PROPN", "NOUN", "PRON") and not _in_content(follower, draft):
            return _hearer("to.behind", reading, _phrase_head(follower, draft))
    for prep in children(draft.anchor, "prep", "dative"):
        if prep.lower_ == "to" and "quote" in draft.cue.frames:
            hearer = next((c for c in children(prep, "pobj") if not _in_content(c, draft)), None)
            if hearer is not None and (
                hearer.ent_type_ in ("PERSON", "ORG", "NORP") or hearer.lemma_ in reading.sets["hearer"]
            ):
                return _hearer("to.preposition", reading, hearer)
    return None


def _phrase_head(token: Token, draft: StatementDraft) -> Token:
    """The head of the hearer's phrase, as far as it is no content: "Miller" for "Mayor" in "told Mayor Ann Miller"."""
    while (
        token.dep_ in ("compound", "nmod", "amod")
        and token.head.pos_ in ("NOUN", "PROPN")
        and not _in_content(token.head, draft)
    ):
        token = token.head
    return token


def _in_content(token: Token, draft: StatementDraft) -> bool:
    return any(s.start <= token.idx < s.end for s in (*draft.content, *(draft.source or ())))


def _hearer(rule: str, reading: QuotedText, token: Token) -> Because:
    """The phrase around a word as whom it was told."""
    start, end = np_extent(token)
    return Because("to", " ".join(reading.text[start:end].split()), rule, words=(Span(start, end),))
