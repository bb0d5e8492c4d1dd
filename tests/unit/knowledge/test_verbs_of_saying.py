"""One row in cues.tsv makes a verb of saying for every part: who speaks, for whom a capital stands, where and what."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from reportedly.config import Config
from reportedly.model import Dispatch
from reportedly.pipeline import read_dispatches

ROW = "lemma\tpos\tframes\tact\tforms\ncrow\tverb\tquote clause\treporting\t\n"
TEXTS = [
    "Moscow {} on Tuesday that the rebels had shelled Tarim, killing 12 people.",
    "The rebels shelled the town, Damascus {}.",
    "The minister {} the rebels must leave the town.",
    '"We will not attack the port," the general {} on Monday. He {} that 40 soldiers were wounded in Basra.',
]


@cache
def told(text: str, tables: Path | None = None) -> list[tuple[object, ...]]:
    """What the claims of a text say, without where their words stand."""
    (analysis,) = read_dispatches([Dispatch(id="d", text=text, published="2024-05-15")], Config(tables=tables))
    return [
        (
            c.type, c.mode, c.cameo, c.factuality, c.modality, c.source and (c.source.name, c.source.kind),
            [(p.name, p.code) for p in c.actors], [(p.name, p.code) for p in c.recipients],
            c.place and c.place.name, c.begin, [(f.role, f.low) for f in c.figures],
        )
        for c in analysis.claims
    ]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("verb", ["announced", "boasted", "disclosed"])
def test_verbs_of_saying_are_coded_alike(text: str, verb: str) -> None:
    said = told(text.format("said", "said"))
    assert said
    assert told(text.format(verb, verb)) == said


@pytest.mark.parametrize("text", TEXTS)
def test_a_new_cue_needs_one_row_in_one_file(tmp_path: Path, text: str) -> None:
    (tmp_path / "cues.tsv").write_text(ROW, encoding="utf-8")
    said = told(text.format("said", "said"))
    assert told(text.format("crowed", "crowed")) != said
    assert told(text.format("crowed", "crowed"), tmp_path) == said
