"""The notebook: from three dispatches to an incident, its chart and its map; and that charts are valid Vega-Lite."""

from __future__ import annotations

from pathlib import Path

import altair as alt
import nbformat
from IPython.core.interactiveshell import InteractiveShell

from reportedly import Incident, open_ledger
from reportedly.notebook import figure_chart, place_map, timeline_chart

NOTEBOOK = Path(__file__).parents[2] / "docs" / "notebooks" / "incident.ipynb"


def test_the_notebook_runs_to_its_pictures() -> None:
    book = nbformat.reads(NOTEBOOK.read_text(encoding="utf-8"), as_version=4)  # type: ignore[no-untyped-call]
    assert not any(cell.get("outputs") for cell in book.cells)
    shell = InteractiveShell()  # type: ignore[no-untyped-call]
    shown = [shown_by(shell, cell.source) for cell in book.cells if cell.cell_type == "code"]
    assert sum("image/svg+xml" in data for data in shown) == 3
    assert any("contested" in data.get("text/html", "") for data in shown)


def shown_by(shell: InteractiveShell, source: str) -> dict[str, str]:
    """What a cell comes to, by kind, as the kernel of a notebook hands it over; here in the process of the test."""
    done = shell.run_cell(source)  # type: ignore[no-untyped-call]
    done.raise_error()
    assert shell.display_formatter is not None
    made: dict[str, str] = shell.display_formatter.format(done.result)[0]  # type: ignore[no-untyped-call]
    return made


def test_charts_are_vega_lite(ledger_file: Path, convoy: Incident) -> None:
    """Altair takes the specifications as they are, and every mark says in words what it stands for."""
    claims = open_ledger(ledger_file, read_only=True).claims(incident=convoy.id)
    for drawing in (figure_chart(convoy), timeline_chart(convoy, claims)):
        assert drawing is not None
        assert drawing.spec is not None
        assert alt.Chart.from_dict(drawing.spec).to_dict()
        assert "killed" in drawing.svg or "denies it" in drawing.svg
    assert "Kassala" in place_map(claims).svg
