"""A parsed dispatch with its quotations and with sentences that a quotation cannot break.

A parser of running prose splits ``"We go. They stay," he said.`` in two. Here a *sentence* runs over the quotations
it holds, so that an attribution and all of its quotation stand in one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from reportedly.model import Span
from reportedly.parse.parsed import Doc, Token
from reportedly.statements.quotes import Quote, find_quotes

_ENDERS = frozenset(".?!…")
_CLOSERS = "\"”’'»)]`"
_TRIM_LEFT = frozenset(",;:.)]}–—-…")
_TRIM_RIGHT = frozenset(",;:.([{–—-…")


class Sentence:
    """Tokens ``first`` to ``last`` (both included) and the number of the paragraph."""

    __slots__ = ("first", "last", "number", "paragraph")

    def __init__(self, number: int, first: int, last: int, paragraph: int) -> None:
        self.number, self.first, self.last, self.paragraph = number, first, last, paragraph


class Reading:
    """Doc, quotations, sentences, and the way between them.

    ``channels`` maps words for media to the prepositions they take.
    """

    def __init__(
        self, doc: Doc, channels: Mapping[str, frozenset[str]] | None = None, documents: frozenset[str] = frozenset()
    ) -> None:
        self.doc = doc
        self.channels = channels or {}
        self.documents = documents
        self.tokens = list(doc)
        self.text = doc.text
        self.quotes = find_quotes(self.text)
        self.quote_at: list[Quote | None] = [None] * len(doc)
        self._place_quotes()
        self.sentences: list[Sentence] = []
        self._sentence_at: list[int] = [-1] * len(doc)
        self._split()

    def sentence(self, token: Token) -> Sentence:
        """The sentence a token stands in."""
        return self.sentences[self._sentence_at[token.i]]

    def quoted(self, token: Token) -> bool:
        """Whether a token stands inside a quotation (its marks included)."""
        return self.quote_at[token.i] is not None

    def quotes_in(self, sentence: Sentence) -> list[Quote]:
        """The quotations that begin in a sentence, in order."""
        return self._by_sentence.get(sentence.number, [])

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
        for quote in self.quotes:
            while token is not None and token.idx + len(token) <= quote.start:
                token = next(tokens, None)
            while token is not None and token.idx < quote.end:
                self.quote_at[token.i] = quote
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
        """Whether what follows a quoted question is no more than a name and a verb ("... ?" Mr. Smith asked.)."""
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
