"""A parsed dispatch with its quotations and with sentences that a quotation cannot break.

A parser of running prose splits ``"We go. They stay," he said.`` in two. Here a *sentence* runs over the quotations
it holds, so that an attribution and all of its quotation stand in one.

Quotation marks are paired before anything else is read. Newspapers open a quotation again at every paragraph and close
it only at the last one, typists forget closers, wires write two single marks for a double one. Pairing therefore works
paragraph by paragraph, never fails, and says what it had to assume. A line feed in the text is a paragraph break.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

import msgspec

from reportedly.knowledge.word_sets import WordSets
from reportedly.model import Span
from reportedly.parse.parsed import Doc, Token

_MARK = re.compile(r"``|''|[\"“”„‟«»‘’'＂]")
_SENTENCE_END = re.compile(r"[.?!…]['’)\]]*(?=\s|$)")
_OPENING_BEFORE = frozenset(" \t\u00a0([{<—–-/\"'“‘")
_CLOSING_AFTER = frozenset(" \t\u00a0)]}>—–-,.;:?!…\"'”’")
_PARTNERS = {"“": "”", "„": "“”", "‟": "”", "«": "»", "``": "''", "''": "''", '"': '"', "＂": "＂", "‘": "’", "'": "'"}
_VERBAL = frozenset({"VERB", "AUX"})
_SINGLE = frozenset("‘’'")
_ENDERS = frozenset(".?!…")
_CLOSERS = "\"”’'»)]`"
# So many marks of one paragraph are looked at to pair one of them.
MOST_MARKS = 200
_TRIM_LEFT = frozenset(",;:.)]}–—-…")
_TRIM_RIGHT = frozenset(",;:.([{–—-…")


class Quote(msgspec.Struct, frozen=True):
    """A quotation with its marks: ``[start, end)`` holds them, ``[inner_start, inner_end)`` does not.

    ``state`` is *paired*; *carried* where the paragraph ends inside the quotation and the next one opens it again;
    *unclosed* where the closer is missing and the end was assumed.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    state: Literal["paired", "carried", "unclosed"]


class _Mark(msgspec.Struct, frozen=True):
    text: str
    start: int
    end: int
    opens: bool
    closes: bool


def find_quotes(text: str) -> tuple[Quote, ...]:
    """The outermost quotations of a text in order; they never overlap, and single words in marks are among them."""
    found: list[Quote] = []
    paragraphs = list(_paragraphs(text))
    for number, (start, end) in enumerate(paragraphs):
        after = paragraphs[number + 1][0] if number + 1 < len(paragraphs) else None
        found += _pair(text, start, end, reopened=after is not None and _opens(text, after))
    return tuple(found)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    position = 0
    for line in text.split("\n"):
        if line.strip():
            yield position + len(line) - len(line.lstrip()), position + len(line.rstrip())
        position += len(line) + 1


def _opens(text: str, at: int) -> bool:
    mark = _MARK.match(text, at)
    return mark is not None and mark.group() not in ("”", "»", "’")


def _marks(text: str, start: int, end: int) -> list[_Mark]:
    found = []
    for m in _MARK.finditer(text, start, end):
        before = text[m.start() - 1] if m.start() > start else " "
        after = text[m.end()] if m.end() < end else " "
        found.append(_classify(m.group(), m.start(), m.end(), before, after))
    return found


def _classify(mark: str, start: int, end: int, before: str, after: str) -> _Mark:
    if mark in ("“", "„", "‟", "«", "``"):
        return _Mark(mark, start, end, opens=True, closes=mark == "“")
    if mark in ("”", "»"):
        return _Mark(mark, start, end, opens=False, closes=True)
    opens = before in _OPENING_BEFORE and not after.isspace()
    closes = after in _CLOSING_AFTER and not before.isspace()
    if mark in _SINGLE:
        return _Mark(mark, start, end, opens=opens and after.isalpha() and mark != "’", closes=closes and mark != "‘")
    spaced = before.isspace() and after.isspace()
    return _Mark(mark, start, end, opens=opens or spaced or not closes, closes=closes or spaced or not opens)


def _pair(text: str, start: int, end: int, *, reopened: bool) -> list[Quote]:
    marks = _marks(text, start, end)
    found: list[Quote] = []
    at = 0
    while at < len(marks):
        opener = marks[at]
        if not opener.opens or (opener.text in _SINGLE and not _quotes_singly(text, marks, at)):
            at += 1
            continue
        closer = _closer(text, marks, at)
        if closer is not None:
            found.append(Quote(opener.start, marks[closer].end, opener.end, marks[closer].start, "paired"))
            at = closer + 1
            continue
        if opener.text in _SINGLE:
            at += 1
            continue
        quote, at = _unclosed(text, start, end, marks, at, reopened=reopened)
        found.append(quote)
    return [q for q in found if text[q.inner_start : q.inner_end].strip()]


def _closer(text: str, marks: list[_Mark], at: int) -> int | None:
    """The mark that closes ``marks[at]``: the first fitting one, past quotations of the same kind that open inside."""
    opener, depth = marks[at], 0
    partners = _PARTNERS[opener.text]
    for i in range(at + 1, min(len(marks), at + MOST_MARKS)):
        mark = marks[i]
        if mark.text == opener.text and mark.opens and not mark.closes:
            if opener.text in ('"', "''", "＂") or not _balanced(marks, i, opener.text):
                return None
            depth += 1
        elif mark.text == "“" == opener.text:
            if not _balanced(marks, i, opener.text):
                return None
            depth += 1
        elif (
            mark.text in partners
            or (opener.text == '"' and mark.text == "”")
            or (opener.text == "“" and mark.text == '"')
        ) and mark.closes:
            if opener.text in _SINGLE and not _ends_single(text, marks, i):
                continue
            if not depth:
                return i
            depth -= 1
    return None


def _balanced(marks: list[_Mark], at: int, kind: str) -> bool:
    """Whether the rest of the paragraph closes one more quotation than it opens from ``at`` on."""
    rest = marks[at : at + MOST_MARKS]
    return sum(m.text in _PARTNERS[kind] for m in rest) > sum(m.text == kind for m in rest)


def _quotes_singly(text: str, marks: list[_Mark], at: int) -> bool:
    """Whether a single mark opens a quotation of its own: a closer behind punctuation or a word, not an apostrophe."""
    return _closer(text, marks, at) is not None


def _ends_single(text: str, marks: list[_Mark], at: int) -> bool:
    """Whether a single closer ends a quotation rather than a plural possessive: no later closer behind punctuation."""
    if text[marks[at].start - 1] in ",.?!":
        return True
    return not any(
        m.text == marks[at].text and m.closes and text[m.start - 1] in ",.?!" for m in marks[at + 1 : at + MOST_MARKS]
    )


def _unclosed(text: str, start: int, end: int, marks: list[_Mark], at: int, *, reopened: bool) -> tuple[Quote, int]:
    """The quotation of an opener without a closer.

    It runs to the end of the paragraph where it is carried on into the next one, else to the end of the sentence.
    """
    opener = marks[at]
    later = (marks[i] for i in range(at + 1, len(marks)))
    limit = next((m.start for m in later if m.opens and m.text == opener.text), end)
    if limit == end and (reopened or opener.start == start):
        return Quote(opener.start, end, opener.end, end, "carried" if reopened else "unclosed"), len(marks)
    stop = _SENTENCE_END.search(text, opener.end, limit)
    last = stop.end() if stop else limit
    last = max(opener.end, len(text[:last].rstrip()))
    following = next((i for i in range(at + 1, len(marks)) if marks[i].start >= last), len(marks))
    return Quote(opener.start, last, opener.end, last, "unclosed"), following


def _governors(tokens: list[Token]) -> list[int]:
    """For each token the position of the nearest verb above it, -1 where there is none.

    "said" for the "Monday" of "The mayor said on Monday".
    """
    found: list[int | None] = [None] * len(tokens)
    for token in tokens:
        way, node = [], token
        while (governor := found[node.i]) is None:
            way.append(node.i)
            head = node.head
            if head is node or head.pos_ in _VERBAL:
                governor = -1 if head is node else head.i
                break
            node = head
        for i in way:
            found[i] = governor
    return [-1 if governor is None else governor for governor in found]


class Sentence:
    """Tokens ``first`` to ``last`` (both included) and the number of the paragraph."""

    __slots__ = ("first", "last", "number", "paragraph")

    def __init__(self, number: int, first: int, last: int, paragraph: int) -> None:
        self.number, self.first, self.last, self.paragraph = number, first, last, paragraph


class QuotedText:
    """Doc, quotations, sentences, and the way between them.

    ``channels`` maps words for media to the prepositions they take; ``sets`` are those of ``word_sets.tsv``.
    """

    def __init__(
        self,
        doc: Doc,
        channels: Mapping[str, frozenset[str]] | None = None,
        documents: frozenset[str] = frozenset(),
        reports: frozenset[str] = frozenset(),
        sets: WordSets | None = None,
    ) -> None:
        self.doc = doc
        self.channels = channels or {}
        self.documents = documents
        self.reports = reports
        self.sets = sets or {}
        self.tokens = list(doc)
        self.text = doc.text
        self.quotes = find_quotes(self.text)
        self.quote_at: list[Quote | None] = [None] * len(doc)
        self._place_quotes()
        self._governors = _governors(self.tokens)
        self._governed: dict[int, list[int]] = {}
        for i, governor in enumerate(self._governors):
            self._governed.setdefault(governor, []).append(i)
        self.sentences: list[Sentence] = []
        self._sentence_at: list[int] = [-1] * len(doc)
        self._split()

    def sentence(self, token: Token) -> Sentence:
        """The sentence a token stands in."""
        return self.sentences[self._sentence_at[token.i]]

    def governor(self, token: Token) -> int:
        """The position of the nearest verb above a token, -1 where there is none."""
        return self._governors[token.i]

    def governed(self, verb: Token) -> list[int]:
        """The positions of the words whose nearest verb above them this is."""
        return self._governed.get(verb.i, [])

    def quoted(self, token: Token) -> bool:
        """Whether a token stands inside a quotation (its marks included)."""
        return self.quote_at[token.i] is not None

    def any_quoted(self, start: int, end: int) -> bool:
        """Whether one of ``doc[start:end]`` stands inside a quotation."""
        return bisect_left(self._quoted, start) < bisect_left(self._quoted, end)

    def any_word(self, start: int, end: int) -> bool:
        """Whether one of ``doc[start:end]`` is no white space."""
        return any(not self.tokens[i].is_space for i in range(start, end))

    def quotes_in(self, sentence: Sentence) -> list[Quote]:
        """The quotations that begin in a sentence, in order."""
        return self._by_sentence.get(sentence.number, [])

    def quotes_over(self, span: Span) -> tuple[Quote, ...]:
        """The quotations whose words share a character with a span, in order."""
        first = bisect_right(self.quotes, span.start, key=lambda q: q.inner_end)
        return self.quotes[first : bisect_left(self.quotes, span.end, key=lambda q: q.inner_start)]

    def length(self, quote: Quote) -> int:
        """The number of words between the marks of a quotation."""
        return len(self.text[quote.inner_start : quote.inner_end].split())

    def words(self, start: int, end: int) -> list[Token]:
        """The tokens of ``doc[start:end]`` that are no white space."""
        return [t for t in self.tokens[max(start, 0) : max(end, 0)] if not t.is_space]

    def before(self, token: Token) -> Token | None:
        """The token before, white space passed over."""
        return next((t for t in reversed(self.tokens[max(0, token.i - 4) : token.i]) if not t.is_space), None)

    def after(self, token: Token) -> Token | None:
        """The token behind, white space passed over."""
        return next((t for t in self.tokens[token.i + 1 : token.i + 5] if not t.is_space), None)

    def spans(self, indices: Iterable[int]) -> list[Span]:
        """Runs of the tokens as spans.

        Punctuation and white space between two runs joins them, their edges are trimmed.
        """
        runs: list[list[int]] = []
        for i in sorted(set(indices)):
            if self.tokens[i].is_space:
                continue
            if runs and all(self._slight(k) for k in range(runs[-1][1] + 1, i)):
                runs[-1][1] = i
            else:
                runs.append([i, i])
        return [span for first, last in runs if (span := self.trimmed(first, last)) is not None]

    def trimmed(self, first: int, last: int) -> Span | None:
        """The characters of ``doc[first]`` to ``doc[last]`` without punctuation at the edges; quotation marks stay."""
        while first <= last and (self.tokens[first].is_space or self.tokens[first].text in _TRIM_LEFT):
            first += 1
        while first <= last and (self.tokens[last].is_space or self.tokens[last].text in _TRIM_RIGHT):
            last -= 1
        if first > last:
            return None
        return Span(self.tokens[first].idx, self.tokens[last].idx + len(self.tokens[last]))

    def _slight(self, i: int) -> bool:
        token = self.tokens[i]
        return token.is_space or token.text in (",", ";", ":", "-", "–", "—")

    def _place_quotes(self) -> None:
        tokens = iter(self.tokens)
        token = next(tokens, None)
        self.first_of: dict[int, int] = {}
        self._quoted: list[int] = []
        for quote in self.quotes:
            while token is not None and token.idx + len(token.text) <= quote.start:
                token = next(tokens, None)
            while token is not None and token.idx < quote.end:
                self.quote_at[token.i] = quote
                self._quoted.append(token.i)
                self.first_of.setdefault(quote.start, token.i)
                token = next(tokens, None)

    def _split(self) -> None:
        paragraph, first, last, broken = -1, -1, -1, True
        for token in self.tokens:
            if token.is_space:
                broken = broken or "\n" in token.text
                continue
            if broken or self._starts(token, last):
                if first >= 0:
                    self._close(first, last, paragraph)
                paragraph += broken
                first, broken = token.i, False
            last = token.i
        if first >= 0:
            self._close(first, last, paragraph)
        self._by_sentence: dict[int, list[Quote]] = {}
        for quote in self.quotes:
            if quote.start in self.first_of:
                self._by_sentence.setdefault(self._sentence_at[self.first_of[quote.start]], []).append(quote)

    def _close(self, first: int, last: int, paragraph: int) -> None:
        number = len(self.sentences)
        self.sentences.append(Sentence(number, first, last, paragraph))
        for i in range(first, last + 1):
            self._sentence_at[i] = number

    def _starts(self, token: Token, last: int) -> bool:
        """Whether a sentence begins at the token, given the last word before it."""
        quote = self.quote_at[token.i]
        if quote is not None and self.first_of[quote.start] != token.i:
            return False
        behind = self.quote_at[last]
        if quote is None and behind is None:
            return bool(token.is_sent_start)
        tail = self.text[max(0, token.idx - 12) : token.idx].rstrip().rstrip(_CLOSERS)
        if not tail or tail[-1] not in _ENDERS:
            return bool(token.is_sent_start) and quote is None and behind is not None and behind.state == "unclosed"
        if behind is not None and quote is None:
            return not (token.text[:1].islower() or (tail[-1] in "?!" and self._short_attribution(token)))
        return True

    def _short_attribution(self, token: Token) -> bool:
        """Whether what follows a quoted question is no more than a name and a verb: "“Who fled?” Mr. Smith asked"."""
        words = []
        for t in self.tokens[token.i : token.i + 9]:
            if t.text in _ENDERS or "\n" in t.text or self.quote_at[t.i] is not None:
                break
            words.append(t)
        verbs = [t for t in words if t.tag_ in ("VBD", "VBZ", "VBP")]
        return len(words) < 9 and len(verbs) == 1 and verbs[0] in words[1:]


def subtree(token: Token) -> Iterator[int]:
    """Indices of a token and everything below it."""
    return (t.i for t in token.subtree)
