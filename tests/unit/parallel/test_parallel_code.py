from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

TOWNS = ("Lagos", "Quito", "Basra", "Kabul", "Minsk")


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eighty dispatches, a French one and a broken line among them."""
    folder = tmp_path_factory.mktemp("inputs")
    lines = []
    for n in range(80):
        text = (
            f"{TOWNS[n % 5].upper()}, May 6 - Gunmen killed {n + 2} guards near {TOWNS[n % 5]} on Sunday, police said."
        )
        lines.append(json.dumps({"id": f"n{n}", "text": text, "published": "2024-05-07"}))
    french = "Le ministre a déclaré mardi que deux personnes avaient été tuées dans la capitale par des inconnus."
    lines[40:40] = ['{"id": "broken', json.dumps({"id": "f", "text": french, "published": "2024-05-07"})]
    path = folder / "wire.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def command(*args: object) -> list[str]:
    return [sys.executable, "-m", "reportedly", *map(str, args)]


def test_two_processes_give_the_bytes_of_one(inputs: Path, tmp_path: Path) -> None:
    """Results, diagnostics and the closing line are those of a run in one process."""
    outs = []
    for jobs in (1, 2):
        out, told = tmp_path / f"{jobs}.jsonl", tmp_path / f"{jobs}.diagnostics"
        run = subprocess.run(
            command("code", inputs, "-o", out, "--diagnostics", told, "--jobs", jobs), capture_output=True, check=False
        )
        assert run.returncode == 1
        outs.append((out.read_bytes(), told.read_bytes(), run.stderr))
    assert outs[0] == outs[1]
    assert outs[0][0].count(b"\n") == 80


def test_control_c_leaves_whole_lines(inputs: Path, tmp_path: Path) -> None:
    """What was written to standard output before the interruption is whole, and the exit code tells of it.

    The inputs would take minutes, so that the run is under way however late the signal comes.
    """
    many = tmp_path / "many.jsonl"
    many.write_text("\n".join([inputs.read_text(encoding="utf-8")] * 300), encoding="utf-8")
    asked = command("code", many, "-o", "-", "--jobs", 2, "-q")
    with subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        first = run.stdout.readline()
        run.send_signal(signal.SIGINT)
        rest, told = run.stdout.read(), run.stderr.read()
    assert run.returncode == 130
    assert b"stopped" in told
    written = first + rest
    assert written.endswith(b"\n")
    rows = [json.loads(line) for line in written.splitlines()]
    assert 0 < len(rows) < 24_000
    assert rows[0]["id"] == "n0"
