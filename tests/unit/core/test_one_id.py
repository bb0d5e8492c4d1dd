"""The same text has the same id, by whatever door it comes in."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

import reportedly
from reportedly.ingest.finish import Finisher
from reportedly.ingest.options import ReadOptions
from reportedly.ingest.source import InputSource, Raw
from reportedly.model import Dispatch

TEXTS = [
    "Gunmen killed two guards in Basra, police said.",
    "BASRA, Iraq, May 6 (Sample Wire) - Gunmen killed two guards, police said.",
    "Two guards die in Basra\n\nBASRA, Iraq, May 6 (Sample Wire) - Gunmen killed two guards, police said.\n",
    "\n\n  Gunmen killed two guards in Basra, police said.  \n",
]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("published", ["2024-05-06", None])
def test_the_same_text_has_the_same_id(tmp_path: Path, text: str, published: str | None) -> None:
    plain, lines = tmp_path / "a.txt", tmp_path / "a.jsonl"
    plain.write_text((f"date {published}\n" if published else "") + text, encoding="utf-8")
    lines.write_text(json.dumps({"text": text, "published": published}) + "\n", encoding="utf-8")
    given = reportedly.read(text, published=published).dispatch.id
    (row,) = (d for d in Finisher(InputSource("", io.BytesIO(), ReadOptions()))(Raw(text=text, published=published)))
    found = [d.id for path in (plain, lines) for d in reportedly.dispatches([path]) if isinstance(d, Dispatch)]
    assert isinstance(row, Dispatch)
    assert {given, row.id, *found} == {given}
    assert len(found) == 2


def test_another_day_is_another_dispatch() -> None:
    first, second = (reportedly.read(TEXTS[0], published=day).dispatch.id for day in ("2024-05-06", "2024-05-07"))
    assert first != second
    assert reportedly.read(TEXTS[0], published="2024-05-06T10:00Z").dispatch.id == first
