"""The notebook: from three dispatches to an incident, its chart and its map; and that charts are valid Vega-Lite."""

from __future__ import annotations

from pathlib import Path

import altair as alt
import nbclient
import nbformat

from reportedly import Incident, open_ledger
from reportedly.notebook import figure_chart, place_map, timeline_chart

NOTEBOOK = Path(__file__).parents[2] / "docs" / "notebooks" / "incident.ipynb"


def test_the_notebook_runs_to_its_pictures() -> None:
    book = nbformat.reads(NOTEBOOK.read_text(encoding="utf-8"), as_version=4)  # type: ignore[no-untyped-call]
    assert not any(cell.get("outputs") for cell in book.cells)
    nbclient.NotebookClient(book, timeout=None).execute()
    shown = [output.data for cell in book.cells for output in cell.get("outputs", []) if "data" in output]
    assert sum("image/svg+xml" in data for data in shown) == 3
    assert any("contested" in data.get("text/html", "") for data in shown)


def test_charts_are_vega_lite(ledger_file: Path, convoy: Incident) -> None:
    """Altair takes the specifications as they are, and every mark says in words what it stands for."""
    claims = open_ledger(ledger_file, read_only=True).claims(incident=convoy.id)
    for drawing in (figure_chart(convoy), timeline_chart(convoy, claims)):
        assert drawing is not None
        assert drawing.spec is not None
        assert alt.Chart.from_dict(drawing.spec).to_dict()
        assert "killed" in drawing.svg or "denies it" in drawing.svg
    assert "Kassala" in place_map(claims).svg
