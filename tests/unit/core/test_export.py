"""What goes out: contract JSON, tables, schema."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import msgspec
import pyarrow.csv
import pyarrow.parquet
import pytest

import reportedly
from reportedly.errors import ConfigError
from reportedly.export.records import CodedDispatch, to_json_line, to_record
from reportedly.export.sinks import format_of, open_sink
from reportedly.export.tables import claim_rows, figure_words, harmless, schema
from reportedly.model import Analysis, Figure

TEXT = (
    "LAGOS, May 17 (Sample) - Gunmen killed at least 12 villagers in Borno on Thursday, police said.\n\n"
    'The army denied that its troops had shelled the village. "We have nothing to add," a spokesman said.'
)


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return reportedly.read(TEXT, published="2024-05-17")


def test_json_line_reads_back_as_the_same_record(analysis: Analysis) -> None:
    """What is written is what the contract's types read."""
    record = to_record(analysis)
    line = to_json_line(record)
    assert line.endswith(b"\n")
    assert msgspec.json.decode(line, type=CodedDispatch) == record


def test_json_has_the_contract_shape(analysis: Analysis) -> None:
    """Field names and span shapes are those of the contract."""
    out = json.loads(to_json_line(to_record(analysis)))
    assert list(out) == [
        "id", "published", "agency", "title", "lang", "dateline", "text",
        "times", "places", "actors", "statements", "claims", "silences",
    ]  # fmt: skip
    claim = out["claims"][0]
    assert set(claim["trigger"]) == {"start", "end", "text"}
    assert set(claim["evidence"]) == {"start", "end"}
    assert isinstance(out["statements"][0]["content"][0], list)


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_tables_read_back_with_one_row_a_claim(analysis: Analysis, tmp_path: Path, suffix: str) -> None:
    """CSV and Parquet hold the same claims."""
    path = tmp_path / f"claims.{suffix}"
    with open_sink(str(path), record=to_record, rows=claim_rows, schema=schema) as write:
        write(analysis)
    table = pyarrow.csv.read_csv(path) if suffix == "csv" else pyarrow.parquet.read_table(path)
    assert table.column_names == schema().names
    assert table.column("claim").to_pylist() == [c.id for c in analysis.claims]
    assert table.column("trigger").to_pylist() == [c.trigger.text for c in analysis.claims]


def test_an_empty_table_is_a_result(tmp_path: Path) -> None:
    """No dispatch, no rows, but a file with its columns."""
    for suffix in ("csv", "parquet"):
        path = tmp_path / f"none.{suffix}"
        with open_sink(str(path), record=to_record, rows=claim_rows, schema=schema):
            pass
        assert path.stat().st_size > 0


@pytest.mark.parametrize("cell", ["=1+1", "+4", "-2", "@x"])
def test_formulas_are_harmless_in_csv(cell: str) -> None:
    """A spreadsheet must not run what a dispatch says."""
    assert harmless(cell) == "'" + cell


def test_unknown_suffix_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"\.xlsx"):
        format_of("claims.xlsx")


@pytest.mark.parametrize(
    ("low", "high", "approx", "words"),
    [
        (350, 350, True, "about 350 killed"),
        (31, None, False, "at least 31 killed"),
        (30, 40, False, "30 to 40 killed"),
        (None, 46, False, "at most 46 killed"),
        (24, None, True, "some 24 or more killed"),
        (0, 0, False, "0 killed"),
    ],
)
def test_figures_in_words(low: int | None, high: int | None, approx: bool, words: str) -> None:  # noqa: FBT001
    assert figure_words(Figure("killed", low, high, approx, "x", 0, 1)) == words


def test_generated_docs_are_current() -> None:
    """docs/ says what the records are today."""
    made = runpy.run_path(str(Path(__file__).parents[3] / "docs" / "generate.py"))["pages"]()
    assert [path for path, content in made.items() if path.read_text(encoding="utf-8") != content] == []


def test_notebook_shows_escaped_text_with_marks() -> None:
    """Markup in a dispatch is shown, not run; triggers are marked."""
    shown = reportedly.read("<script>alert(1)</script> Gunmen killed two guards, police said.")._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
    assert "<mark>killed</mark>" in shown
