"""What holds for any text: no exception, every span inside the text, nesting without circles.

``REPORTEDLY_FUZZ=100000`` sets the number of texts. They are drawn in lists, so that the model reads many short texts
at once; the whole model reads them, as it reads a dispatch.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from reportedly.config import DEFAULT
from reportedly.model import Dispatch, Statement
from reportedly.parse import layout
from reportedly.parse.parsed import Doc, from_spacy
from reportedly.pipeline import casing_of
from reportedly.statements import find_silences, find_statements

TEXTS = int(os.environ.get("REPORTEDLY_FUZZ", "320"))
BATCH = 40

PIECES = [
    '"', "“", "”", "'", "’", "‘", "''", "``", "«", "»", "„", "(", ")", "[", "]", "{", "}", ",", ".", "?", "!", ":", ";",
    "—", "--", "\n", "\n\n", "said", "says", "saying", "told", "reporters", "that", "who", "as", "quoted", "quoting",
    "citing", "as saying", "according to", "per", "in the words of", "reportedly", "the army", "He", "it", "Miller",
    "MILLER:", "ANNA", "denied", "accused", "of", "asked", "to fight", "and", "no comment", "did not say", "how many",
    "the claim", "a statement", "adding", "declined to comment", "Monday", "were killed", "Asked", "words of", "wants",
    "put the toll at", "12", "by", "was", "a poll shows", "I", "\u00a0", "é", "😀",
]  # fmt: skip
heaps = st.builds(str.join, st.sampled_from([" ", " ", "", "\n"]), st.lists(st.sampled_from(PIECES), max_size=25))
noise = st.text(st.sampled_from("\"“”'’«»()[]—,.:? \nabIsaid"), max_size=60)


def check(doc: Doc, dispatch: Dispatch) -> None:
    statements, doubts, _ = find_statements(doc, dispatch, (), (), DEFAULT)
    silences = find_silences(doc, dispatch, (), DEFAULT)
    size = len(dispatch.text)
    for statement in statements:
        spans = [*(statement.source or ()), *statement.cue, *statement.content]
        assert statement.content
        assert statement.cue
        assert all(0 <= s.start < s.end <= size for s in spans)
        assert all(a.end <= b.start for a, b in zip(statement.content, statement.content[1:], strict=False))
    check_nesting({s.id: s for s in statements}, len(statements))
    assert all(0 <= s.start < s.end <= size for s in silences)
    assert all(d.start is not None and d.end is not None and 0 <= d.start < d.end <= size for d in doubts)


def check_nesting(statements: dict[str, Statement], count: int) -> None:
    assert len(statements) == count, "two statements have one id"
    for statement in statements.values():
        at, steps = statement.parent, 0
        while at is not None:
            assert (steps := steps + 1) <= count, "a statement is nested in itself"
            at = statements[at].parent


@settings(
    database=None,
    max_examples=-(-TEXTS // BATCH),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(st.one_of(heaps, heaps, noise), min_size=BATCH, max_size=BATCH))
def test_any_heap_of_marks_and_cues_is_read(nlp: Language, texts: list[str]) -> None:
    dispatches = [Dispatch(id="t", text=text) for text in texts]
    readings = (layout.prepare(d, DEFAULT.max_chars, casing_of(DEFAULT)) for d in dispatches)
    for doc, dispatch in zip(nlp.pipe(readings, batch_size=BATCH), dispatches, strict=True):
        check(from_spacy(doc), dispatch)
