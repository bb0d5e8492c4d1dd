"""Names beside a cue, read off the surface: the last resort and often the better one.

A small parser makes the speaker of "..., a doctors' committee said." an apposition of whatever stands before the
comma. Where a cue closes a sentence or follows a quotation, what stands between the comma (or the quotation mark) and
the verb is the source.
"""

from __future__ import annotations

from reportedly.parse.parsed import Token
from reportedly.statements.reading import Reading

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_RELATIVE = frozenset({"who", "which", "that", "whose", "whom", "where"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_NO_START = frozenset({"IN", "TO", "VB", "VBD", "VBZ", "VBP", "VBG", "MD", "CC", "WRB", "EX"})
_RELATIVE_TAGS = frozenset({"WP", "WDT", "WP$", "WRB"})
_NO_END = _RELATIVE_TAGS | {"CC", "IN", "TO", "MD", "VBD", "VBZ", "VBP", "DT"}
_MOST = 40  # words of a source with its asides


def named_before(reading: Reading, first: int, bound: int) -> tuple[int, int] | None:
    """The source that ends right before token ``first``: back to the nearest comma or past one aside in commas.

    Indices of its first and last token (none before ``bound``), or None where the words between are no noun phrase.
    """
    doc = reading.tokens
    end = first - 1
    while end >= bound and doc[end].is_space:
        end -= 1
    closed = end >= bound and doc[end].text == ","
    last = end - closed
    start = _segment(reading, last, bound)
    if start > last:
        return None
    if closed or _is_aside(doc[start : last + 1]):
        name = _segment(reading, start - 2, bound)
        if name <= start - 2 and (_is_phrase(reading, name, start - 2)):
            return _trimmed(reading, name, last)
        if closed:
            return None
    return _trimmed(reading, start, last) if _is_phrase(reading, start, last) else None


def named_between(reading: Reading, bound: int, first: int) -> tuple[int, int] | None:
    """Everything from ``bound``, behind a quotation, to the cue at ``first``.

    Where that is one noun phrase with asides.
    """
    doc = reading.tokens
    tokens = [t for t in doc[bound:first] if not t.is_space]
    while tokens and (tokens[0].is_punct or tokens[0].pos_ == "CCONJ"):
        tokens.pop(0)
    while tokens and tokens[-1].is_punct:
        tokens.pop()
    if not tokens or len(tokens) > _MOST or not _is_phrase(reading, tokens[0].i, tokens[-1].i):
        return None
    return tokens[0].i, tokens[-1].i


def head_of(reading: Reading, first: int, last: int) -> Token:
    """The head noun of a phrase: the last noun before its first preposition, comma, verb or relative pronoun."""
    head = None
    for token in reading.tokens[first : last + 1]:
        if token.is_space:
            continue
        if head is not None and (
            token.text == ","
            or token.tag_ in ("IN", "VBN", "VBG", "WP", "WDT", "WP$", "TO")
            or token.pos_ in ("VERB", "AUX")
        ):
            break
        if token.pos_ in _NOMINAL and token.tag_ != "PRP$" and not (token.i < last and token.nbor(1).tag_ == "POS"):
            head = token
    return head if head is not None else reading.tokens[last]


def _segment(reading: Reading, last: int, bound: int) -> int:
    """First token of the stretch without comma that ends at ``last``."""
    start = last + 1
    for i in range(last, bound - 1, -1):
        token = reading.tokens[i]
        if token.text in (",", ";", ":", "–", "—", "--") or "\n" in token.text or reading.quoted(token):
            break
        if not token.is_space:
            start = i
    return start


def _is_aside(tokens: list[Token]) -> bool:
    """Whether a stretch is an apposition without article ("police chief of the town"), so that a name precedes it."""
    words = [t for t in tokens if not t.is_space]
    return (
        bool(words) and words[0].pos_ == "NOUN" and words[0].tag_ == "NN" and len(words) > 2 and words[0].text.islower()
    )


def _is_phrase(reading: Reading, first: int, last: int) -> bool:
    """Whether the tokens are a noun phrase: no finite verb but in a relative clause, no opening preposition or verb."""
    tokens = [t for t in reading.tokens[first : last + 1] if not t.is_space]
    while tokens and (tokens[0].tag_ in ("CC", "RB") or tokens[0].is_punct):
        tokens.pop(0)
    if (
        not tokens
        or tokens[0].tag_ in _NO_START
        or tokens[0].tag_ in _RELATIVE_TAGS
        or tokens[-1].tag_ in _NO_END
        or len(tokens) > _MOST
    ):
        return False
    relative = False
    nominal = False
    for token in tokens:
        relative = relative or token.lower_ in _RELATIVE
        nominal = nominal or token.pos_ in _NOMINAL
        if token.tag_ in _FINITE and not relative:
            return False
    return nominal


def _trimmed(reading: Reading, first: int, last: int) -> tuple[int, int]:
    while first < last and (
        reading.tokens[first].tag_ in ("CC", "RB") or reading.tokens[first].is_punct or reading.tokens[first].is_space
    ):
        first += 1
    return first, last
