"""Laws of the whole line, for any text."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import reportedly
from reportedly.export.records import to_json_line, to_record
from reportedly.model import Analysis

PARTS = (
    "Police", "the army", "Gunmen", "she", "he", "said", "told", "that", "denied", "killed", "12", "at least", "villagers", "in", "Lagos",
    "on Friday", "“", "”", '"', "''", "(", ")", ".", ",", "\n\n", "\n", "did not say", "how many", "were", "wounded", "attack", "on", "of", "may",
    "according to", "spokesman", "—", "LAGOS, May 3 (Sample) -", "date 2024-05-03", "No.", "U.S.", "’s", "\u202e", "\x00", "𝔘", "é", "🙂",
)  # fmt: skip
TEXTS = st.one_of(st.lists(st.sampled_from(PARTS), max_size=40).map(" ".join), st.text(max_size=120))


def spans(analysis: Analysis) -> list[tuple[int, int]]:
    records: tuple[Any, ...] = (*analysis.times, *analysis.places, *analysis.silences)
    found = [(r.start, r.end) for r in records]
    found += [(m.start, m.end) for a in analysis.actors for m in a.mentions]
    for s in analysis.statements:
        found += [(x.start, x.end) for x in (*(s.source or ()), *s.cue, *s.content)]
    for c in analysis.claims:
        parts: list[Any] = [c.trigger, c.evidence, *c.actors, *c.recipients, *c.means, *c.figures]
        found += [(x.start, x.end) for x in (*parts, *filter(None, (c.source, c.place, c.origin)))]
    return found


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_records_point_into_the_text_and_at_each_other(text: str) -> None:
    """Spans lie inside the text and slice to what they quote; every id that is named exists; ids are unique."""
    analysis = reportedly.read(text, published="2024-05-06")
    assert all(0 <= a < b <= len(text) for a, b in spans(analysis))
    told = [x for c in analysis.claims for x in (c.trigger, *c.figures)]
    quoted: tuple[Any, ...] = (*analysis.times, *analysis.places, *told)
    for record in quoted:
        assert record.text == text[record.start : record.end]
    statements = {s.id: s for s in analysis.statements}
    actors = {a.id for a in analysis.actors}
    assert len(statements) == len(analysis.statements)
    assert len({c.id for c in analysis.claims}) == len(analysis.claims)
    assert all(s.actor is None or s.actor in actors for s in analysis.statements)
    assert all(s.parent is None or s.parent in statements for s in analysis.statements)
    for claim in analysis.claims:
        assert (claim.source is None) == (claim.statement is None)
        assert claim.source is None or claim.chain[-1] == claim.source.name
    assert all((t.begin or "") <= (t.end_date or "9") for t in analysis.times)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_reading_again_gives_the_same_bytes(text: str) -> None:
    first, second = (to_json_line(to_record(reportedly.read(text, published="2024-05-06"))) for _ in range(2))
    assert first == second
