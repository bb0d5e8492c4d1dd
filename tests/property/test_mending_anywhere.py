"""Mends of a parse where a text ends or begins in the middle of what they mend: nothing is raised, no word is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from spacy.language import Language

import reportedly.parse.mending as rules
from reportedly.config import DEFAULT
from reportedly.knowledge.load import knowledge_of
from reportedly.parse.parsed import Doc, Word, from_spacy, from_words

# Each rule stands below a line of dashes with the sentence that it is for.
_HEADED = re.compile(r'^# -+ "(.+?)" -+$', re.MULTILINE)


def _sentences() -> list[str]:
    room = Path(rules.__file__).parent
    found = [s for path in sorted(room.glob("mending*.py")) for s in _HEADED.findall(path.read_text(encoding="utf-8"))]
    return [s if s.endswith((".", "”")) else f"{s}." for s in found]


def _cut(doc: Doc, first: int, last: int) -> Doc:
    """The words from one place to another, what hung on others on nothing."""
    inside = doc[first:last]
    heads = [t.head.i if first <= t.head.i < last else t.i for t in inside]
    labels = ["ROOT" if head == t.i else t.dep_ for t, head in zip(inside, heads, strict=True)]
    words = [
        Word(t.lower_, t.lemma_, t.pos_, t.tag_, d, t.is_space, t.is_punct, t.is_alpha, t.is_lower, t.like_num)
        for t, d in zip(inside, labels, strict=True)
    ]
    start = inside[0].idx
    columns = (
        [t.idx - start for t in inside],
        [head - t.i for t, head in zip(inside, heads, strict=True)],
        [int(i == 0) for i in range(len(inside))],
        [int(bool(t.whitespace_)) for t in inside],
    )
    end = inside[-1].idx + len(inside[-1].text) + len(inside[-1].whitespace_)
    return from_words(doc.text[start:end], words, labels, columns, [])


def _pieces(doc: Doc) -> Iterator[Doc]:
    yield from (_cut(doc, 0, last) for last in range(1, len(doc) + 1))
    yield from (_cut(doc, first, len(doc)) for first in range(1, len(doc)))


@pytest.fixture(scope="module")
def parses(nlp: Language) -> list[Doc]:
    return [from_spacy(made) for made in nlp.pipe(_sentences())]


def test_what_is_cut_off_can_be_mended(parses: list[Doc]) -> None:
    assert len(parses) > 40
    for doc in parses:
        for piece in _pieces(doc):
            result = rules.mended(piece, knowledge_of(DEFAULT))
            assert [t.text for t in result] == [t.text for t in piece]
