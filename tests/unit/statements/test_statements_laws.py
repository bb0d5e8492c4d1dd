"""What holds for any text: no exception, every span inside the text, nesting without circles."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly.config import DEFAULT
from reportedly.statements import find_silences, find_statements

PIECES = [
    '"', "“", "”", "'", "’", "''", "«", "»", "(", ")", ",", ".", "?", ":", "—", "\n", "said", "told",
    "reporters", "that", "who", "quoted", "as saying", "according to", "reportedly", "the army", "He", "Miller",
    "denied", "accused", "of", "asked", "to fight", "and", "no comment", "did not say", "how many", "the claim",
    "declined to comment", "Monday", "were killed", "Asked", "words of",
]  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join))
def test_any_heap_of_marks_and_cues_is_read(parse: Callable, text: str) -> None:
    doc, dispatch = parse(text)
    statements, doubts = find_statements(doc, dispatch, (), (), DEFAULT)
    silences = find_silences(doc, dispatch, (), DEFAULT)
    ids = {s.id: s for s in statements}
    for statement in statements:
        spans = [*(statement.source or ()), *statement.cue, *statement.content]
        assert statement.content
        assert all(0 <= s.start < s.end <= len(text) for s in spans)
        assert statement.parent is None or statement.parent in ids
    assert all(0 <= s.start < s.end <= len(text) for s in silences)
    assert all(d.start is not None and d.end is not None and 0 <= d.start < d.end <= len(text) for d in doubts)
