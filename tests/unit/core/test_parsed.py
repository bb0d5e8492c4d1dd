"""The parse as plain objects answers as spaCy's does."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from reportedly.parse.parsed import Doc, from_spacy

TEXT = (
    "Police in Lagos said on Friday (two hours late) that 12 people weren't hurt. Ms. Ada Obi, who fled, didn't call."
)
ATTRIBUTES = (
    "i", "idx", "text", "lower_", "lemma_", "pos_", "tag_", "dep_", "ent_type_", "ent_iob_", "is_space", "is_punct",
    "is_alpha", "is_lower", "like_num", "whitespace_",
)  # fmt: skip


def test_tokens_say_what_spacy_says(nlp: Language) -> None:
    """Attributes, heads, children, subtrees and sentences are those of the Doc that was taken over."""
    theirs = nlp(TEXT)
    ours = from_spacy(theirs)
    assert (ours.text, len(ours)) == (theirs.text, len(theirs))
    for a, b in zip(theirs, ours, strict=True):
        assert [getattr(a, name) for name in ATTRIBUTES] == [getattr(b, name) for name in ATTRIBUTES]
        assert (a.head.i, [c.i for c in a.children]) == (b.head.i, [c.i for c in b.children])
        assert sorted(t.i for t in a.subtree) == [t.i for t in b.subtree]
        assert [t.i for t in a.ancestors] == [t.i for t in b.ancestors]
        assert (a.sent.start, a.sent.end, a.sent.root.i) == (b.sent.start, b.sent.end, b.sent.root.i)
    assert [(e.text, e.label_) for e in theirs.ents] == [(e.text, e.label_) for e in ours.ents]


def test_a_token_is_made_once(nlp: Language) -> None:
    ours = from_spacy(nlp(TEXT))
    assert ours[3] is ours[3]
    assert ours[3].head is ours[ours[3].head.i]


def test_empty_and_odd_texts(nlp: Language) -> None:
    """Nothing to read is read as nothing; words whose lower case is longer keep their length."""
    assert list(from_spacy(nlp("")).sents) == []
    text = "İİİ met ǅ 🙂"
    assert "".join(t.text_with_ws for t in from_spacy(nlp(text))) == text


@pytest.fixture(scope="module")
def ours(nlp: Language) -> Doc:
    return from_spacy(nlp(TEXT))


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(TEXT)), st.integers(1, 40))
def test_char_span_takes_whole_words(ours: Doc, start: int, length: int) -> None:
    """Expanding takes every word touched, contracting only those inside."""
    end = start + length
    wide = ours.char_span(start, end, alignment_mode="expand")
    narrow = ours.char_span(start, end, alignment_mode="contract")
    touched = [t.i for t in ours if t.idx < end and t.idx + len(t) > start]
    inside = [t.i for t in ours if start <= t.idx and t.idx + len(t) <= end]
    assert [t.i for t in wide or ()] == touched
    assert [t.i for t in narrow or ()] == inside
