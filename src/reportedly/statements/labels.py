"""Speakers set off by punctuation.

``MILLER: We will stay.``, ``[MILLER] We will stay.`` and ``“We will stay.” — Anna Miller``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import zip_longest

from reportedly.knowledge.load import Knowledge
from reportedly.model import Span
from reportedly.parse.parsed import Token
from reportedly.parse.syntax import own_subject
from reportedly.statements.cues import Cue, StatementDraft
from reportedly.statements.reading import Quote, QuotedText, Sentence
from reportedly.statements.speakers import head_of

_SIGNATURE = re.compile(
    r"[^\S\n]{0,8}\n?[^\S\n]{0,8}(?P<dash>[—–―-]{1,2})\s{0,8}(?P<name>[^\n]{2,90}?)[.\s]{0,8}(?=\n|$)"
)
_INTRODUCTION = 8  # words that lead up to a quotation
_REMARK = 5  # words at least of a quotation that spells out what somebody does
_BULLETS = frozenset({"-", "–", "—", "•", "*", "·"})
_FULL = 2  # words at least of a label that names somebody nobody knows
_MOST = 5  # words of a speaker's label
_NAMES = 3  # words of a speaker's name in capitals
_SHORT = 90  # characters of a label in brackets
_RUNNING = 4  # labels in brackets that make a transcript of a text
LABEL = Cue(":", "verb", frozenset({"quote"}), "reporting")


@lru_cache(maxsize=4)
def _marks(knowledge: Knowledge, kind: str) -> tuple[str, ...]:
    return tuple(f"[{row['text']}]" for row in knowledge.rows("labels") if row["kind"] == kind)


def find_labels(reading: QuotedText, original: str, knowledge: Knowledge) -> list[StatementDraft]:
    """Statements whose speaker is named by a label before a colon, in brackets, or by a dash behind a quotation.

    ``original`` is the text as received, with the marks of a bulletin that the reading text has no more.
    """
    opened = [(s, t) for s in _openers(reading) if (t := _colon(reading, s)) is not None]
    count = Counter(reading.text[reading.tokens[s.first].idx : t.idx].strip() for s, t in opened)
    dialogue = max(count.values(), default=0) > 1
    found = []
    for sentence, colon in opened:
        label = reading.text[reading.tokens[sentence.first].idx : colon.idx].strip()
        person = any(t.ent_type_ == "PERSON" for t in reading.words(sentence.first, colon.i))
        named = person or len([t for t in reading.words(sentence.first, colon.i) if t.is_alpha]) >= _FULL
        if (dialogue and label.isupper()) or (named and reading.quotes_in(sentence)):
            found += _labelled(reading, sentence, colon)
    return found + _bracketed(reading, original, knowledge) + _signed(reading) + _introduced(reading)


def _openers(reading: QuotedText) -> list[Sentence]:
    """The first sentence of every paragraph."""
    return [s for n, s in enumerate(reading.sentences) if not n or reading.sentences[n - 1].paragraph != s.paragraph]


def _colon(reading: QuotedText, sentence: Sentence) -> Token | None:
    """The colon behind a label of names at the head of a sentence: "MILLER: We will stay", "- Ana Reyes: “No.”"."""
    first = sentence.first + (reading.tokens[sentence.first].text in _BULLETS)
    for token in reading.words(first, min(first + _MOST + 1, sentence.last + 1)):
        if token.text == ":":
            return token if token.i > first else None
        if not (token.pos_ == "PROPN" or token.text.isupper() or token.text == ".") or reading.quoted(token):
            return None
    return None


def _labelled(reading: QuotedText, sentence: Sentence, colon: Token) -> list[StatementDraft]:
    last = max(s.last for s in reading.sentences if s.paragraph == sentence.paragraph)
    first = sentence.first + (reading.tokens[sentence.first].text in _BULLETS)
    source, content = reading.trimmed(first, colon.i - 1), reading.trimmed(colon.i + 1, last)
    if source is None or content is None:
        return []
    cue_span = Span(colon.idx, colon.idx + 1)
    return [StatementDraft(LABEL, colon, cue_span, (source,), reading.tokens[colon.i - 1], [content], direct=True)]


def _bracketed(reading: QuotedText, original: str, knowledge: Knowledge) -> list[StatementDraft]:
    """Turns of a transcript: a label in square brackets that is a paragraph of its own, and what follows it."""
    upper = sum(map(str.isupper, original)) > sum(map(str.islower, original))
    labels = [
        s
        for s in _paragraphs(reading)
        if (t := _inner(reading, s)) is not None
        and (_names(t, in_capitals=upper) or _is_issuer(original[: t[0].idx - 1], knowledge))
    ]
    running = len(labels) >= _RUNNING
    found = []
    for sentence, following in zip_longest(labels, labels[1:]):
        closing = reading.tokens[sentence.last]
        limit = _end_of_turn(reading, sentence, original.casefold(), knowledge, running=running)
        last = limit if following is None else min(limit, following.first - 1)
        source = reading.trimmed(sentence.first + 1, sentence.last - 1)
        content = reading.trimmed(sentence.last + 1, last) if last > sentence.last else None
        if source is None or content is None:
            continue
        holder = next((t for t in reversed(reading.words(sentence.first, sentence.last)) if t.is_alpha), closing)
        cue_span = Span(closing.idx, closing.idx + 1)
        found.append(StatementDraft(LABEL, closing, cue_span, (source,), holder, [content], direct=True))
    return found


def _paragraphs(reading: QuotedText) -> list[Sentence]:
    """Every paragraph as if it were one sentence."""
    ends = {s.paragraph: s.last for s in reading.sentences}
    return [Sentence(s.number, s.first, ends[s.paragraph], s.paragraph) for s in _openers(reading)]


def _inner(reading: QuotedText, sentence: Sentence) -> list[Token] | None:
    """The words of a paragraph that is nothing but a short remark in brackets: "[reporter Miller]"."""
    words = reading.words(sentence.first, sentence.last + 1)
    if len(words) < len("[x]") or words[0].text != "[" or words[-1].text != "]":
        return None
    inner = words[1:-1]
    if inner[-1].idx - inner[0].idx > _SHORT or any(t.like_num or t.text in "[]" for t in inner):
        return None
    return inner


def _is_issuer(before: str, knowledge: Knowledge) -> bool:
    """Whether a remark follows the mark of what somebody issued: "[COMMUNIQUE] [SARN LIBERATION FRONT]"."""
    return before.rstrip().casefold().endswith(_marks(knowledge, "voice"))


def _names(words: list[Token], *, in_capitals: bool) -> bool:
    """Whether a remark in brackets can name a speaker: "[Ann Miller]", "[reporter Miller]", but not "[applause]".

    Verbs and prepositions in it speak against a name: "[read by Miller]". A text in capitals shows none; there a remark
    of few words that opens a paragraph is taken for a name.
    """
    if any(t.pos_ in ("VERB", "AUX", "ADP", "SCONJ") and t.lower_ != "of" and not t.text[:1].isupper() for t in words):
        return False
    return any(t.text[:1].isupper() for t in words[1:] or words) or (in_capitals and len(words) <= _NAMES)


def _end_of_turn(reading: QuotedText, label: Sentence, original: str, knowledge: Knowledge, *, running: bool) -> int:
    """The last token that the speaker of a label says, as far as the next label does not end it.

    The paragraph behind it; in a transcript and in a speech all that follows up to where the bulletin closes it.
    """
    start = reading.tokens[label.first].idx
    head = original[original.rfind("\n", 0, start) + 1 : start]
    later = [s for s in reading.sentences if s.first > label.last]
    if not later:
        return label.last
    if running or any(v in head for v in _marks(knowledge, "voice")):
        ends = (e for word in _marks(knowledge, "close") if (e := original.find(word, start)) >= 0)
        end = min(ends, default=len(original))
        return max((s.last for s in later if reading.tokens[s.first].idx < end), default=label.last)
    return max(s.last for s in later if s.paragraph == later[0].paragraph)


def _signed(reading: QuotedText) -> list[StatementDraft]:
    """Quotations with a dash and a name behind them that end their paragraph: "“We will stay.” — Anna Miller".

    The name may stand on the next line.
    """
    found = []
    for quote in reading.quotes:
        signature = _SIGNATURE.match(reading.text, quote.end)
        words = _under(reading, signature.start("name"), signature.end("name")) if signature is not None else []
        named = [t for t in words if t.pos_ == "PROPN"]
        if signature is None or not named or any(t.pos_ in ("VERB", "AUX") for t in words):
            continue
        source, cue_span = Span(*signature.span("name")), Span(*signature.span("dash"))
        holder = head_of(reading, words[0].i, words[-1].i)
        span = Span(quote.start, quote.end)
        found.append(StatementDraft(LABEL, words[0], cue_span, (source,), holder, [span], direct=True))
    return found


def _under(reading: QuotedText, start: int, end: int) -> list[Token]:
    """The words that share a character with a stretch of the text."""
    tokens = reading.doc.char_span(start, end, alignment_mode="expand")
    return [t for t in tokens or () if not t.is_space]


def _introduced(reading: QuotedText) -> list[StatementDraft]:
    """Quotations that a few words without a verb lead up to: "And from Mayor Ann Miller:", then what she says."""
    found = []
    for n, quote in enumerate(reading.quotes):
        words = _leading(reading, quote)
        led = bool(words) and words[-1].text == ":"
        source = _announced(reading, words[:-1]) or _reacting(reading, words[:-1], quote) if led else None
        span = reading.trimmed(source[0].i, source[-1].i) if source else None
        if source is None or span is None:
            continue
        content = [Span(q.start, q.end) for q in _running(reading, list(reading.quotes[n:]))]
        cue_span = Span(words[-1].idx, words[-1].idx + 1)
        holder = head_of(reading, source[0].i, source[-1].i)
        found.append(StatementDraft(LABEL, words[-1], cue_span, (span,), holder, content, direct=True))
    return found


def _leading(reading: QuotedText, quote: Quote) -> list[Token]:
    """The words before a quotation in its sentence: "Mayor Ann Miller hit back:".

    Where it opens a sentence, those of the sentence before; of many the last ones, which are too many for an
    introduction all the same.
    """
    last = reading.first_of.get(quote.start)
    if last is None:
        return []
    sentence = reading.sentence(reading.tokens[last])
    if sentence.first == last and sentence.number:
        sentence = reading.sentences[sentence.number - 1]
        last = sentence.last + 1
    return reading.words(max(sentence.first, last - 3 * _INTRODUCTION), last)


def _announced(reading: QuotedText, words: list[Token]) -> list[Token] | None:
    """The name in an introduction behind its last "from" or "by": "And from Mayor Ann Miller:".

    None where the introduction has a verb or names nobody.
    """
    if not words or len(words) > _INTRODUCTION or any(t.pos_ in ("VERB", "AUX") or reading.quoted(t) for t in words):
        return None
    last = max((n for n, t in enumerate(words) if t.lower_ in ("from", "by")), default=None)
    named = words[last + 1 :] if last is not None else []
    return named if any(t.pos_ == "PROPN" for t in named) else None


def _reacting(reading: QuotedText, words: list[Token], quote: Quote) -> list[Token] | None:
    """Who does something that a quotation then spells out: "Mayor Ann Miller hit back on Twitter: “...”"."""
    told = reading.words(reading.first_of[quote.start], reading.first_of[quote.start] + _REMARK)
    if len(told) < _REMARK or not all(reading.quoted(t) for t in told):
        return None
    verb = next((t for t in words if t.tag_ in ("VBD", "VBZ", "VBP") and t.pos_ == "VERB"), None)
    subject = own_subject(verb) if verb is not None and not any(reading.quoted(t) for t in words) else None
    if subject is None or subject.left_edge.i != words[0].i or not _is_somebody(subject):
        return None
    return list(subject.subtree)


def _is_somebody(token: Token) -> bool:
    """Whether a subject is one person: "Mayor Ann Miller hit back", "She hit back"."""
    return token.ent_type_ == "PERSON" or token.lower_ in ("he", "she")


def _running(reading: QuotedText, quotes: list[Quote]) -> Iterator[Quote]:
    """The first quotation and those that follow it with nothing between."""
    for n, quote in enumerate(quotes):
        if n and reading.text[quotes[n - 1].end : quote.start].strip():
            return
        yield quote
