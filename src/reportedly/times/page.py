"""A dispatch as the guards see it: its letters, pieces and tokens, and the words beside a phrase."""

from __future__ import annotations

from bisect import bisect_right

from reportedly.knowledge.load import Knowledge
from reportedly.parse.parsed import Doc, Token
from reportedly.times.context import context_words
from reportedly.times.grammar import Phrase
from reportedly.times.pieces import TimePiece


class TimePage:
    """The text of a dispatch with its pieces and tokens, looked up by offset and by phrase."""

    def __init__(self, doc: Doc, text: str, pieces: list[TimePiece], knowledge: Knowledge) -> None:
        self.doc = doc
        self.text = text
        self.pieces = pieces
        self.words = context_words(knowledge)
        self._starts = [t.idx for t in doc]
        self._persons: frozenset[str] | None = None

    def token(self, offset: int) -> Token:
        """The token that holds a character."""
        return self.doc[max(bisect_right(self._starts, offset) - 1, 0)]

    def tokens(self, phrase: Phrase) -> list[Token]:
        """The tokens of a phrase."""
        first, last = self.token(phrase.start), self.token(phrase.end - 1)
        return [t for t in self.doc[first.i : last.i + 1] if not t.is_space]

    def before(self, phrase: Phrase) -> str:
        """The word in front of a phrase, lower case."""
        return self.pieces[phrase.first - 1].text if phrase.first else ""

    def after(self, phrase: Phrase, count: int = 1) -> str:
        """The words behind a phrase, lower case."""
        return " ".join(p.text for p in self.pieces[phrase.last + 1 : phrase.last + 1 + count])

    def is_capital(self, piece: TimePiece) -> bool:
        """Whether the dispatch itself writes the piece with a capital letter."""
        return self.text[piece.start : piece.start + 1].isupper()

    def is_read_capital(self, piece: TimePiece) -> bool:
        """Whether the reading text, where copy in capitals has mixed case, writes the piece with a capital."""
        return self.doc.text[piece.start : piece.start + 1].isupper()

    @property
    def persons(self) -> frozenset[str]:
        """Words of the names of persons of two words or more, lower case: who is "Ann May" is no month later."""
        if self._persons is None:
            names = (e for e in self.doc.ents if e.label_ == "PERSON" and len(e) > 1)
            self._persons = frozenset(t.lower_ for e in names for t in e)
        return self._persons
