"""Speakers set off by punctuation.

``MILLER: We will stay.``, ``[MILLER] We will stay.`` and ``“We will stay.” — Anna Miller``.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import zip_longest

from reportedly.knowledge.load import Knowledge
from reportedly.model import Span
from reportedly.parse.parsed import Token
from reportedly.statements.cues import Cue, Draft
from reportedly.statements.reading import Reading, Sentence

_DASHES = frozenset({"—", "–", "--", "―", "-"})
_MOST = 5  # words of a speaker's label
_NAMES = 3  # words of a speaker's name in capitals
_SHORT = 90  # characters of a label in brackets
_RUNNING = 4  # labels in brackets that make a transcript of a text
LABEL = Cue(":", "verb", frozenset({"quote"}), "reporting")


@lru_cache(maxsize=4)
def _marks(knowledge: Knowledge, kind: str) -> tuple[str, ...]:
    return tuple(f"[{row['text']}]" for row in knowledge.rows("labels") if row["kind"] == kind)


def find_labels(reading: Reading, original: str, knowledge: Knowledge) -> list[Draft]:
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
        if (dialogue and label.isupper()) or (person and reading.quotes_in(sentence)):
            found += _labelled(reading, sentence, colon)
    return found + _bracketed(reading, original, knowledge) + _signed(reading)


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
    return [Draft(LABEL, colon, cue_span, (source,), reading.tokens[colon.i - 1], [content], direct=True)]


def _bracketed(reading: Reading, original: str, knowledge: Knowledge) -> list[Draft]:
    """Turns of a transcript: a label in square brackets that is a paragraph of its own, and what follows it."""
    upper = sum(map(str.isupper, original)) > sum(map(str.islower, original))
    labels = [s for s in _paragraphs(reading) if (t := _inner(reading, s)) is not None and _names(t, in_capitals=upper)]
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
        found.append(Draft(LABEL, closing, cue_span, (source,), holder, [content], direct=True))
    return found


def _paragraphs(reading: Reading) -> list[Sentence]:
    """Every paragraph as if it were one sentence."""
    ends = {s.paragraph: s.last for s in reading.sentences}
    return [Sentence(s.number, s.first, ends[s.paragraph], s.paragraph) for s in _openers(reading)]


def _inner(reading: Reading, sentence: Sentence) -> list[Token] | None:
    """The words of a paragraph that is nothing but a short remark in square brackets."""
    words = reading.words(sentence.first, sentence.last + 1)
    if len(words) < len("[x]") or words[0].text != "[" or words[-1].text != "]":
        return None
    inner = words[1:-1]
    if inner[-1].idx - inner[0].idx > _SHORT or any(t.like_num or t.text in "[]" for t in inner):
        return None
    return inner


def _names(words: list[Token], *, in_capitals: bool) -> bool:
    """Whether a remark in brackets can name a speaker: no clause, and a capital behind its first word.

    A text in capitals shows none; there a remark of few words that opens a paragraph is taken for a name.
    """
    if any(t.pos_ in ("VERB", "AUX", "ADP", "SCONJ") and t.lower_ != "of" and not t.text[:1].isupper() for t in words):
        return False
    return any(t.text[:1].isupper() for t in words[1:] or words) or (in_capitals and len(words) <= _NAMES)


def _end_of_turn(reading: Reading, label: Sentence, original: str, knowledge: Knowledge, *, running: bool) -> int:
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
            found.append(Draft(LABEL, words[0], cue_span, (source,), name[-1], [span], direct=True))
    return found
