"""What the commands tell a person of an incident: its sentence first, numbers by source, no more names than fit."""

from __future__ import annotations

from pathlib import Path

from readings import reading
from typer.testing import CliRunner

from reportedly.cli import app
from reportedly.ledger import open_ledger

EARLY = "A dam burst above Tarnova on Monday. Seven people were killed, the rescue service said."
LATE = "The dam burst above Tarnova on Monday. Nine people were killed and 30 hurt, the rescue service said."


def keep(path: Path) -> str:
    """A ledger of one incident that a source tells twice; gives the id of the incident."""
    told = {"type": "HAZARD", "source": "rescue service", "place": ("Tarnova", "MDA"), "day": "2024-05-06"}
    crowd = {"recipients": [f"village {n}" for n in range(1, 8)]}
    with open_ledger(path) as news:
        news.add([
            reading("d1", EARLY, "2024-05-06", ("killed", told | crowd | {"killed": (7, 7)})),
            reading("d2", LATE, "2024-05-07", ("killed", told | {"killed": (9, 9)}), ("hurt", told | {"injured": (30, 30)})),
        ])  # fmt: skip
        (incident,) = news.incidents()
    return incident.id


def run(*words: str) -> str:
    done = CliRunner().invoke(app, list(words), env={"COLUMNS": "200"})
    assert done.exit_code == 0, done.output
    return " ".join(done.stdout.split())


def test_a_list_gives_the_numbers_of_a_source_together_and_few_names(tmp_path: Path) -> None:
    path = tmp_path / "news.duckdb"
    keep(path)
    shown = run("incidents", "--ledger", str(path))
    assert shown.count("rescue service") == 1
    assert "village 4" in shown
    assert "village 5" not in shown
    assert "others" in shown


def test_an_incident_begins_with_its_sentence(tmp_path: Path) -> None:
    path = tmp_path / "news.duckdb"
    shown = run("show", keep(path), "--ledger", str(path))
    assert shown.startswith("Accident in Tarnova, 6 May 2024: 9 killed (rescue service); 30 injured (rescue service)")
    assert "earlier, replaced since: rescue service: 7 killed" in shown
    assert "single source: only rescue service tells it" in shown
    assert "rescue service organization affirms" in shown
