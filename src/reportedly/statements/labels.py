"""Speakers set off by punctuation: ``MILLER: We will stay.`` and ``“We will stay.” — Anna Miller``."""

from __future__ import annotations

from collections import Counter

from reportedly.model import Span
from reportedly.parsed import Token
from reportedly.statements.cues import Cue
from reportedly.statements.draft import Draft
from reportedly.statements.reading import Reading, Sentence

_DASHES = frozenset({"—", "–", "--", "―", "-"})
_MOST = 5  # words of a speaker's label
_LABEL = Cue(":", "verb", frozenset({"quote"}), "reporting")


def find_labels(reading: Reading) -> list[Draft]:
    """Statements whose speaker is named by a label before a colon or by a dash behind a quotation."""
    opened = [(s, t) for s in _openers(reading) if (t := _colon(reading, s)) is not None]
    count = Counter(reading.text[reading.tokens[s.first].idx : t.idx].strip() for s, t in opened)
    dialogue = max(count.values(), default=0) > 1
    found = []
    for sentence, colon in opened:
        label = reading.text[reading.tokens[sentence.first].idx : colon.idx].strip()
        person = any(t.ent_type_ == "PERSON" for t in reading.words(sentence.first, colon.i))
        if (dialogue and label.isupper()) or (person and reading.quotes_in(sentence)):
            found += _labelled(reading, sentence, colon)
    return found + _signed(reading)


def _openers(reading: Reading) -> list[Sentence]:
    """The first sentence of every paragraph."""
    return [s for n, s in enumerate(reading.sentences) if not n or reading.sentences[n - 1].paragraph != s.paragraph]


def _colon(reading: Reading, sentence: Sentence) -> Token | None:
    """The colon behind a label of names at the head of a sentence."""
    for token in reading.words(sentence.first, min(sentence.first + _MOST + 1, sentence.last + 1)):
        if token.text == ":":
            return token if token.i > sentence.first else None
        if not (token.pos_ == "PROPN" or token.text.isupper() or token.text == ".") or reading.quoted(token):
            return None
    return None


def _labelled(reading: Reading, sentence: Sentence, colon: Token) -> list[Draft]:
    last = max(s.last for s in reading.sentences if s.paragraph == sentence.paragraph)
    source, content = reading.trimmed(sentence.first, colon.i - 1), reading.trimmed(colon.i + 1, last)
    if source is None or content is None:
        return []
    cue_span = Span(colon.idx, colon.idx + 1)
    return [Draft(_LABEL, colon, cue_span, (source,), reading.tokens[colon.i - 1], [content], direct=True)]


def _signed(reading: Reading) -> list[Draft]:
    """Quotations with a dash and a name behind them, which end their paragraph."""
    found = []
    for quote in reading.quotes:
        end = reading.text.find("\n", quote.end)
        tail = reading.doc.char_span(quote.end, end if end >= 0 else len(reading.text), alignment_mode="contract")
        words = [t for t in tail or () if not t.is_space]
        name = [t for t in words[1:] if t.pos_ == "PROPN"]
        if not words or words[0].text not in _DASHES or not name or any(t.pos_ in ("VERB", "AUX") for t in words):
            continue
        source = reading.trimmed(words[1].i, words[-1].i)
        cue_span = Span(words[0].idx, words[0].idx + len(words[0]))
        if source is not None:
            span = Span(quote.start, quote.end)
            found.append(Draft(_LABEL, words[0], cue_span, (source,), name[-1], [span], direct=True))
    return found
