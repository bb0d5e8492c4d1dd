"""Quotation marks are paired by paragraph and never fail."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.statements.reading import find_quotes

CASES = [
    ("“We go,” he said. “They stay.”", [("“We go,”", "paired"), ("“They stay.”", "paired")]),
    ('"We go," he said. "They stay.', [('"We go,"', "paired"), ('"They stay.', "unclosed")]),
    ("“One day.\n\n“Two days,” he said.", [("“One day.", "carried"), ("“Two days,”", "paired")]),
    ("''We go,'' he said.", [("''We go,''", "paired")]),
    ("'We go,' he said. The rebels' camp was empty.", [("'We go,'", "paired")]),
    ("«We go», he said.", [("«We go»", "paired")]),
    ("“He said “no” to us,” she said.", [("“He said “no” to us,”", "paired")]),
    ("“We go, he said. “We stay.”", [("“We go, he said.", "unclosed"), ("“We stay.”", "paired")]),
    ('She said "we go. Then they left.', [('"we go.', "unclosed")]),
    ("It's the rebels' camp in the '90s.", []),
    ('"', []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_pairing(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(text[q.start : q.end], q.state) for q in find_quotes(text)] == expected


@given(st.text(alphabet="\"“”„«»‘’'`ab ,.\n?", max_size=60))
def test_quotations_are_ordered_and_inside_the_text(text: str) -> None:
    """Whatever the marks, quotations lie in the text, hold their inner part, and do not overlap."""
    quotes = find_quotes(text)
    for quote in quotes:
        assert 0 <= quote.start < quote.inner_start <= quote.inner_end <= quote.end <= len(text)
        assert "\n" not in text[quote.start : quote.end]
    assert all(a.end <= b.start for a, b in pairwise(quotes))
