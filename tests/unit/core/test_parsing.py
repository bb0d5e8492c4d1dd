from __future__ import annotations

import pytest
from spacy.language import Language

from reportedly.parse import encoder, parsing, word_forms
from reportedly.parse.parsed import Doc, Token, from_spacy

TEXTS = (
    "",
    " \n ",
    "Gunmen killed two guards near Port Harcourt on Sunday, the Rivers State police said.\n\nThere were no claims.",
    "There's nothin' they're gonna say; y'all ain't going. \"Let's go,\" said Ms. O'Neil-Baker of the U.N. in N.Y.",
    "I have seen it. It saw you, and you did it, but they had what those had: 3,000 of the 12.5 million euros.",
    "SUDAN:  the  Khartoum   Press (quoting   Reuters) said\tthat 40 to 50 people died... Who's to tell?",
)


@pytest.fixture(scope="module")
def plain(nlp: Language) -> list[Doc]:
    return [from_spacy(made) for made in nlp.pipe(TEXTS)]


def told(doc: Doc) -> list[object]:
    names = [name for name in Token.__slots__ if name not in ("doc", "head", "children")]
    tokens = [[getattr(t, name) for name in names] + [t.head.i, [c.i for c in t.children]] for t in doc]
    return [doc.text, tokens, [(e.start, e.end, e.label_) for e in doc.ents], [s.start for s in doc.sents]]


@pytest.mark.parametrize("batch_size", [1, 3, 32])
def test_the_parse_is_that_of_the_pipeline(nlp: Language, plain: list[Doc], batch_size: int) -> None:
    """Every attribute of every word, in batches of any size."""
    made = list(parsing.parse(nlp, zip(TEXTS, range(9), strict=False), batch_size))
    assert [told(doc) for doc, _ in made] == [told(doc) for doc in plain]
    assert [beside for _, beside in made] == list(range(len(TEXTS)))


def test_nothing_depends_on_what_is_remembered(
    nlp: Language, plain: list[Doc], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A memory that is full is emptied, or does without, and a full vocabulary keeps nothing; the parse is the same."""
    parsing.line_of.cache_clear()
    monkeypatch.setattr(encoder, "MOST_WORDS", 10)
    monkeypatch.setattr(word_forms, "MOST_WORDS", 10)
    monkeypatch.setattr(parsing, "MOST_LEXEMES", 0)
    made = [doc for _ in range(2) for doc, _ in parsing.parse(nlp, zip(TEXTS, TEXTS, strict=True), 2)]
    parsing.line_of.cache_clear()
    assert [told(doc) for doc in made] == [told(doc) for doc in plain] * 2


def test_a_pipeline_of_another_shape_runs_as_it_is(nlp: Language, plain: list[Doc]) -> None:
    """What is not known here is left to spaCy."""
    nlp.add_pipe("merge_noun_chunks", name="more")
    try:
        assert not parsing.fits(nlp)
        parsing.line_of.cache_clear()
        merged = [doc for doc, _ in parsing.parse(nlp, zip(TEXTS, TEXTS, strict=True), 32)]
    finally:
        nlp.remove_pipe("more")
        parsing.line_of.cache_clear()
    assert sum(map(len, merged)) < sum(map(len, plain))
    assert parsing.fits(nlp)
