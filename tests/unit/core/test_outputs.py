"""Files that are written: whole or not at all, never over an input, and refusals told in words."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from reportedly.export.outlet import outlet

GOOD = "LAGOS, May 17 (Sample) - Gunmen killed 12 villagers in Borno on Thursday, police said."
OLD = b"what was there before"

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(command: Callable[..., Any]) -> Run:
    """``run(*words)`` runs the command in this process; gives its exit code and what it said on standard error."""

    def told(*words: object) -> tuple[int, str]:
        done = command(*words)
        return done.returncode, done.stderr

    return told


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "one.txt"
    path.parent.mkdir()
    path.write_text(GOOD, encoding="utf-8")
    return path


def left(folder: Path) -> set[str]:
    """Everything in a folder but the inputs."""
    return {p.name for p in folder.iterdir()} - {"in"}


@pytest.mark.parametrize("suffix", ["jsonl", "csv", "parquet"])
def test_a_run_that_can_do_nothing_touches_no_old_result(tmp_path: Path, run: Run, suffix: str) -> None:
    out, notes = tmp_path / f"out.{suffix}", tmp_path / "notes.jsonl"
    out.write_bytes(OLD)
    code, said = run("read", tmp_path / "missing.txt", "--output", out, "--diagnostics", notes)
    assert (code, out.read_bytes()) == (2, OLD)
    assert "no-such-file" in said
    assert json.loads(notes.read_text())["code"] == "no-such-file"
    assert left(tmp_path) == {out.name, notes.name}


@pytest.mark.parametrize("suffix", ["jsonl", "csv", "parquet"])
def test_a_run_that_does_something_replaces_it_through_links(tmp_path: Path, run: Run, text: Path, suffix: str) -> None:
    out, link = tmp_path / f"out.{suffix}", tmp_path / f"link.{suffix}"
    out.write_bytes(OLD)
    out.chmod(0o640)
    link.symlink_to(out)
    assert run("read", text, tmp_path / "missing.txt", "--output", link)[0] == 1
    assert link.is_symlink()
    assert out.stat().st_mode & 0o777 == 0o640
    assert GOOD in (pq.read_table(out)["text"][0].as_py() if suffix == "parquet" else out.read_text("utf-8"))
    assert left(tmp_path) == {out.name, link.name}


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_what_fails_half_way_leaves_the_old_file(tmp_path: Path, error: type[BaseException]) -> None:
    out = tmp_path / "out.jsonl"
    out.write_bytes(OLD)

    def half() -> None:
        with outlet(str(out)) as stream:
            stream.write(b"half")
            raise error

    with pytest.raises(error):
        half()
    assert out.read_bytes() == OLD
    assert left(tmp_path) == {"out.jsonl"}


def test_nobody_reads_and_writes_the_same_file(tmp_path: Path, run: Run, text: Path) -> None:
    link, twin, ledger = tmp_path / "link.jsonl", tmp_path / "twin.jsonl", tmp_path / "news.duckdb"
    link.symlink_to(text)
    os.link(text, twin)
    inside = text.parent / "out.jsonl"
    inside.write_bytes(OLD)
    for words in (
        ["read", text, "--output", link],
        ["read", text, "--output", twin],
        ["read", text.parent, "--output", inside],
        ["read", f"{text.parent}/*.jsonl", "--diagnostics", inside],
        ["code", text, "--output", link],
        ["certainty", text, "--output", link],
        ["add", text, "--ledger", link],
        ["add", text, "--ledger", ledger, "--diagnostics", ledger],
        ["add", text, "--ledger", ledger, "--diagnostics", f"{ledger}.wal"],
        ["read", text, "--output", tmp_path / "new.jsonl", "--diagnostics", tmp_path / "new.jsonl"],
        ["export", "--to", "csv", "--ledger", link, "--output", twin],
        ["report", "n-1", "--ledger", link, "--output", twin],
        ["claims", "--ledger", link, "--output", twin],
    ):
        code, said = run(*words)
        assert (code, "E315" in said) == (2, True), (words, said)
    assert text.read_text("utf-8") == GOOD
    assert inside.read_bytes() == OLD
    assert left(tmp_path) == {"link.jsonl", "twin.jsonl"}


def test_pipes_and_devices_are_written_as_they_are(tmp_path: Path, run: Run, text: Path) -> None:
    nowhere = tmp_path / "nowhere.jsonl"
    nowhere.symlink_to("/dev/null")
    assert run("read", text, "--output", nowhere, "--diagnostics", nowhere)[0] == 0
    assert Path("/dev/null").is_char_device()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("words", [["--output", "full.jsonl"], ["--output", "full.csv"], ["--output", "full.parquet"]])
def test_a_full_disk_is_told(tmp_path: Path, run: Run, text: Path, words: list[str]) -> None:
    full = tmp_path / words[1]
    full.symlink_to("/dev/full")
    code, said = run("read", text, "--output", full)
    assert (code, "E303" in said, "No space left" in said) == (2, True, True), said


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("words", [["tables"], ["read", "ONE"], ["read", "ONE", "--output", "-"], ["--help"]])
def test_a_full_standard_output_is_told_once(text: Path, words: list[str]) -> None:
    command = [sys.executable, "-m", "reportedly", *(str(text) if w == "ONE" else w for w in words)]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.count("No space left") == 1
    assert "E999" not in done.stderr
    assert "Exception ignored" not in done.stderr


def test_folders_that_are_not_there_or_are_no_folders_are_told(tmp_path: Path, run: Run, text: Path) -> None:
    for out in (tmp_path / "nowhere" / "out.jsonl", text / "out.jsonl"):
        code, said = run("read", text, "--output", out)
        assert (code, "E303" in said) == (2, True), said
    folder = tmp_path / "folder.jsonl"
    folder.mkdir()
    assert "it is a folder" in run("read", text, "--output", folder)[1]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_what_may_not_be_written_is_told(tmp_path: Path, run: Run, text: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_bytes(OLD)
    out.chmod(0o444)
    assert "Permission denied" in run("read", text, "--output", out)[1]
    assert out.read_bytes() == OLD


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_run_says_so_and_leaves_everything(tmp_path: Path, number: signal.Signals) -> None:
    out = tmp_path / "out.jsonl"
    out.write_bytes(OLD)
    command = [
        sys.executable,
        "-m",
        "reportedly",
        "read",
        "-",
        "--output",
        str(out),
        "--diagnostics",
        str(tmp_path / "n"),
    ]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as worker:
        while not list(tmp_path.glob(".out*.part")):
            time.sleep(0.01)
        worker.send_signal(number)
        assert worker.stderr is not None
        said = worker.stderr.read()
        assert worker.wait() == 128 + number
    assert said.startswith("reportedly: stopped")
    assert out.read_bytes() == OLD
    assert left(tmp_path) == {"out.jsonl"}


def test_halves_of_characters_do_not_stop_the_diagnostics(tmp_path: Path, run: Run) -> None:
    lines = tmp_path / "in.jsonl"
    good = json.dumps({"id": "a", "text": GOOD, "published": "2024-05-17"})
    lines.write_text(good + '\n{"id": "b", "text": "", "published": "\\ud83d"}\n' + good.replace('"a"', '"c"') + "\n")
    notes, out = tmp_path / "notes.jsonl", tmp_path / "out.jsonl"
    assert run("read", lines, "--output", out, "--diagnostics", notes)[0] == 1
    assert len(out.read_text().splitlines()) == 2
    assert notes.read_text()


def test_a_file_whose_name_is_a_dash_is_read_as_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Callable[..., Any]
) -> None:
    """Standard input stays standard input beside it."""
    (tmp_path / "-").write_text(GOOD)
    lines = tmp_path / "in.parquet"
    pq.write_table(pa.table({"id": ["p"], "text": [GOOD.replace("12", "15")]}), lines)
    monkeypatch.chdir(tmp_path)
    read = [sys.executable, "-m", "reportedly", "read"]
    with lines.open("rb") as given:
        done = subprocess.run([*read, "-", "--output", "-"], stdin=given, capture_output=True, check=False, text=True)
    assert "15 villagers" in done.stdout
    for name in ("./-", "."):
        assert "12 villagers" in command("read", name, "--output", "-").stdout
