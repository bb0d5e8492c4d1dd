"""A parsed text as plain Python objects: what the stages ask of a parse, quick to ask.

spaCy makes a new ``Token`` for every access and looks its strings up each time; the stages ask millions of such
questions. So a spaCy ``Doc`` is taken over once, under the names that spaCy uses, and never reaches a stage: tokens are
made once (``doc[3] is doc[3]``), their attributes are plain values, and neither vocabulary nor model is needed to keep
them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple, overload

from spacy import attrs

if TYPE_CHECKING:
    from spacy.tokens import Doc as SpacyDoc

_STRINGS: list[int | str] = [attrs.LOWER, attrs.LEMMA, attrs.POS, attrs.TAG, attrs.DEP, attrs.ENT_TYPE]
_FLAGS: list[int | str] = [attrs.IS_SPACE, attrs.IS_PUNCT, attrs.IS_ALPHA, attrs.IS_LOWER, attrs.LIKE_NUM, attrs.SPACY]
_NUMBERS: list[int | str] = [attrs.IDX, attrs.HEAD, attrs.ENT_IOB, attrs.SENT_START]
_IOB = ("", "I", "O", "B")


class Token:
    """A word of a parsed text; attributes are those of spaCy's tokens of the same name."""

    __slots__ = (
        "children", "dep_", "doc", "ent_iob_", "ent_type_", "head", "i", "idx", "is_alpha", "is_lower", "is_punct",
        "is_sent_start", "is_space", "lemma_", "like_num", "lower_", "pos_", "tag_", "text", "whitespace_",
    )  # fmt: skip

    doc: Doc
    i: int
    idx: int
    text: str
    lower_: str
    lemma_: str
    pos_: str
    tag_: str
    dep_: str
    ent_type_: str
    ent_iob_: str
    head: Token
    children: list[Token]
    is_space: bool
    is_punct: bool
    is_alpha: bool
    is_lower: bool
    is_sent_start: bool
    like_num: bool
    whitespace_: str

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return self.text

    __str__ = __repr__

    @property
    def text_with_ws(self) -> str:
        """The word with the blank behind it, if there is one."""
        return self.text + self.whitespace_

    @property
    def sent(self) -> TokenSpan:
        """The sentence that the word stands in."""
        return self.doc.sentence_of(self.i)

    @property
    def ancestors(self) -> Iterator[Token]:
        """The heads above the word, the nearest first."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    @property
    def subtree(self) -> list[Token]:
        """The word and all that hangs on it, in text order."""
        found = [self]
        if not self.children:
            return found
        for token in found:
            found.extend(token.children)
        found.sort(key=_position)
        return found

    @property
    def left_edge(self) -> Token:
        """The first word of the subtree."""
        return self.subtree[0] if self.children else self

    def nbor(self, by: int = 1) -> Token:
        """The word ``by`` places on; raises IndexError outside the text."""
        at = self.i + by
        if at < 0:
            raise IndexError(at)
        return self.doc[at]


def _position(token: Token) -> int:
    return token.i


class TokenSpan(Sequence[Token]):
    """Consecutive words of a parsed text; ``start`` and ``end`` are positions of words, end exclusive."""

    __slots__ = ("doc", "end", "label_", "start")

    def __init__(self, doc: Doc, start: int, end: int, label: str = "") -> None:
        self.doc = doc
        self.start = start
        self.end = end if end > start else start  # noqa: FURB136  a call would take longer
        self.label_ = label

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.tokens[self.start : self.end])

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> TokenSpan: ...
    def __getitem__(self, at: int | slice) -> Token | TokenSpan:
        if isinstance(at, slice):
            start, end, _ = at.indices(len(self))
            return TokenSpan(self.doc, self.start + start, self.start + end)
        return self.doc.tokens[self.start : self.end][at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TokenSpan) and (self.start, self.end, self.doc) == (other.start, other.end, other.doc)

    def __hash__(self) -> int:
        return hash((self.start, self.end))

    @property
    def start_char(self) -> int:
        """First code point."""
        return self.doc.tokens[self.start].idx if self.start < len(self.doc) else len(self.doc.text)

    @property
    def end_char(self) -> int:
        """One past the last code point, without the blank behind the last word."""
        if not len(self):
            return self.start_char
        last = self.doc.tokens[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        """The words as they stand in the text."""
        return self.doc.text[self.start_char : self.end_char]

    @property
    def root(self) -> Token:
        """The word of the span whose head lies outside of it (or that has none)."""
        return next(t for t in self if t.head is t or not self.start <= t.head.i < self.end)


class Doc:
    """A parsed text: its words in order, its sentences, its named entities."""

    def __init__(self, text: str, tokens: list[Token], entities: Sequence[tuple[int, int, str]]) -> None:
        self.text = text
        self.tokens = tokens
        self.ents = tuple(TokenSpan(self, start, end, label) for start, end, label in entities)

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> TokenSpan: ...
    def __getitem__(self, at: int | slice) -> Token | TokenSpan:
        if type(at) is slice:
            start, end, _ = at.indices(len(self.tokens))
            return TokenSpan(self, start, end)
        return self.tokens[at]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        starts = [t.i for t in self.tokens if t.is_sent_start]
        return starts if starts[:1] == [0] or not self.tokens else [0, *starts]

    @cached_property
    def sentences(self) -> list[TokenSpan]:
        """The sentences in order; made once, for every stage."""
        starts = self._sentence_starts
        return [TokenSpan(self, a, b) for a, b in pairwise([*starts, len(self.tokens)])]

    @cached_property
    def offsets(self) -> list[int]:
        """Where each word begins, in code points."""
        return [t.idx for t in self.tokens]

    @cached_property
    def _ends(self) -> list[int]:
        return [t.idx + len(t.text) for t in self.tokens]

    @property
    def sents(self) -> Iterator[TokenSpan]:
        """The sentences in order."""
        return iter(self.sentences)

    def sentence_of(self, i: int) -> TokenSpan:
        """The sentence that the word at position ``i`` stands in."""
        return self.sentences[self.sentence_number(i)]

    def sentence_number(self, i: int) -> int:
        """The number of the sentence that the word at position ``i`` stands in."""
        return bisect_right(self._sentence_starts, i) - 1

    def sentence_at(self, offset: int) -> int:
        """The number of the sentence that a character stands in, or the last one before it."""
        return max(0, self.sentence_number(bisect_right(self.offsets, offset) - 1))

    def char_span(
        self, start: int, end: int, alignment_mode: Literal["strict", "expand", "contract"] = "strict"
    ) -> TokenSpan | None:
        """The words of the code points ``[start, end)``.

        ``expand`` takes every word that shares a character with them, ``contract`` the words that lie inside,
        ``strict`` gives nothing unless they begin and end at words.
        """
        wide = (bisect_right(self._ends, start), bisect_left(self.offsets, end))
        inside = (bisect_left(self.offsets, start), bisect_right(self._ends, end))
        first, last = wide if alignment_mode == "expand" else inside
        if first >= last or (alignment_mode == "strict" and (self[first].idx, self._ends[last - 1]) != (start, end)):
            return None
        return TokenSpan(self, first, last)


def from_spacy(doc: SpacyDoc) -> Doc:
    """Take over a Doc that a spaCy pipeline with tagger, parser, lemmatizer and entity recogniser has made."""
    text = doc.text
    tokens = [Token() for _ in range(len(doc))]
    taken = Doc(text, tokens, [(e.start, e.end, e.label_) for e in doc.ents])
    if not tokens:
        return taken
    strings = [_names(column, doc) for column in doc.to_array(_STRINGS).T.tolist()]
    flags = doc.to_array(_FLAGS).astype(bool).T.tolist()
    idx, head, iob, opens = doc.to_array(_NUMBERS).astype("int64").T.tolist()
    starts = [n == 1 for n in opens]
    rows = zip(tokens, idx, [*idx[1:], len(text)], head, iob, starts, *strings, *flags, strict=True)
    for i, (t, begin, end, up, where, opening, lower, lemma, pos, tag, dep, entity, *marks) in enumerate(rows):
        t.is_space, t.is_punct, t.is_alpha, t.is_lower, t.like_num, blank = marks
        t.doc, t.i, t.idx, t.is_sent_start = taken, i, begin, opening
        t.text, t.whitespace_ = (text[begin : end - 1], " ") if blank else (text[begin:end], "")
        t.lower_, t.lemma_, t.pos_, t.tag_, t.dep_, t.ent_type_ = lower, lemma, pos, tag, dep, entity
        t.ent_iob_, t.head, t.children = _IOB[where], tokens[i + up], []
    for t in tokens:
        if t.head is not t:
            t.head.children.append(t)
    return taken


class Word(NamedTuple):
    """What a word is, wherever it stands."""

    lower: str
    lemma: str
    pos: str
    tag: str
    dep: str
    is_space: bool
    is_punct: bool
    is_alpha: bool
    is_lower: bool
    like_num: bool


def from_words(
    text: str,
    words: Sequence[Word],
    labels: Sequence[str],
    columns: Sequence[Sequence[int]],
    entities: Sequence[tuple[int, int, str]],
) -> Doc:
    """A Doc of its words and dependency labels; the columns are spaCy's IDX, HEAD, SENT_START and SPACY of each."""
    tokens = [Token() for _ in words]
    doc = Doc(text, tokens, entities)
    if not tokens:
        return doc
    idx, head, opens, spacy = columns
    rows = zip(tokens, words, labels, idx, [*idx[1:], len(text)], head, opens, spacy, strict=True)
    for i, (t, word, label, begin, end, up, opening, blank) in enumerate(rows):
        t.lower_, t.lemma_, t.pos_, t.tag_, _, t.is_space, t.is_punct, t.is_alpha, t.is_lower, t.like_num = word
        t.doc, t.i, t.idx, t.is_sent_start, t.dep_ = doc, i, begin, opening == 1, label
        t.text, t.whitespace_ = (text[begin : end - 1], " ") if blank else (text[begin:end], "")
        t.ent_iob_, t.ent_type_, t.head, t.children = "O", "", tokens[i + up], []
    for t in tokens:
        if t.head is not t:
            t.head.children.append(t)
    _name(tokens, entities)
    return doc


def copied(doc: Doc, heads: Mapping[int, int], entities: Sequence[tuple[int, int, str]]) -> Doc:
    """The same words in a Doc of their own, some of them under other heads, with these entities."""
    tokens = [Token() for _ in doc.tokens]
    made = Doc(doc.text, tokens, entities)
    for t, old in zip(tokens, doc.tokens, strict=True):
        t.doc, t.i, t.idx, t.text, t.whitespace_, t.is_sent_start = (
            made, old.i, old.idx, old.text, old.whitespace_, old.is_sent_start
        )  # fmt: skip
        t.lower_, t.lemma_, t.pos_, t.tag_, t.dep_ = old.lower_, old.lemma_, old.pos_, old.tag_, old.dep_
        t.is_space, t.is_punct, t.is_alpha, t.is_lower, t.like_num = (
            old.is_space, old.is_punct, old.is_alpha, old.is_lower, old.like_num
        )  # fmt: skip
        t.ent_iob_, t.ent_type_, t.children = "O", "", []
        t.head = tokens[heads.get(old.i, old.head.i)]
    for t in tokens:
        if t.head is not t:
            t.head.children.append(t)
    _name(tokens, entities)
    return made


def _name(tokens: Sequence[Token], entities: Sequence[tuple[int, int, str]]) -> None:
    for start, end, kind in entities:
        for t in tokens[start:end]:
            t.ent_iob_, t.ent_type_ = "I", kind
        tokens[start].ent_iob_ = "B"


def _names(column: list[int], doc: SpacyDoc) -> list[str]:
    strings = doc.vocab.strings
    names = {key: strings[key] if key else "" for key in set(column)}
    return [names[key] for key in column]
