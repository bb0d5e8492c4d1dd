"""The command as a user runs it: exit codes, streams, messages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reportedly import __version__

Command = Callable[..., Any]
GOOD = "LAGOS, May 17 (Sample) - Gunmen killed 12 villagers in Borno on Thursday, police said."


def run(*args: str, stdin: str | None = None, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "reportedly", *args],
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | env,
    )


def test_version() -> None:
    assert run("--version").stdout.strip() == f"reportedly {__version__}"


def test_help_names_every_command_and_does_not_load_the_model() -> None:
    """Help is for people who wait."""
    shown = run("--help").stdout
    assert all(
        name in shown
        for name in ("code", "read", "certainty", "doctor", "add", "incidents", "show", "explain", "tables")
    )
    loaded = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, reportedly.cli; print(sorted({'spacy', 'pyarrow', 'duckdb'} & set(sys.modules)))",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert loaded.stdout.strip() == "[]"


def test_table_groups_claims_under_their_source(tmp_path: Path, command: Command) -> None:
    """A person sees who says what, how sure, and how many; data on stdout, notes on stderr."""
    path = tmp_path / "one.txt"
    path.write_text(GOOD + " The army did not say how many soldiers were hurt.", encoding="utf-8")
    done = command("code", path)
    assert done.returncode == 0, done.stderr
    assert "police (" in done.stdout
    assert "happened" in done.stdout
    assert "12 killed" in done.stdout
    assert "Not told" in done.stdout
    assert "1 dispatch coded" in done.stderr
    assert "\x1b" not in done.stdout


def test_bad_inputs_are_named_and_the_rest_is_coded(tmp_path: Path, command: Command) -> None:
    """Missing, empty and binary files, a bad line and an impossible date lose nothing else; exit code 1."""
    lines = tmp_path / "some.jsonl"
    good = json.dumps({"id": "a", "text": GOOD, "published": "2024-05-17"})
    odd = json.dumps({"id": "b", "text": GOOD, "published": "2024-02-31"})
    lines.write_text(f"{good}\n{{broken\n{odd}\n", encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 20)
    out, notes = tmp_path / "out.jsonl", tmp_path / "notes.jsonl"
    done = command(
        "code", lines, tmp_path / "empty.txt", tmp_path / "binary.txt", tmp_path / "missing.txt",
        "--output", out, "--diagnostics", notes,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    coded = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [(d["id"], d["published"]) for d in coded] == [("a", "2024-05-17"), ("b", None)]
    told = [json.loads(line) for line in notes.read_text(encoding="utf-8").splitlines()]
    named = {(Path(d["file"]).name, d.get("line")) for d in told}
    assert {("some.jsonl", 2), ("some.jsonl", 3)} <= named
    assert {"empty.txt", "binary.txt", "missing.txt"} <= {name for name, _ in named}


def test_a_very_long_text_is_cut_with_a_word(tmp_path: Path, command: Command) -> None:
    """Over a million characters: what was left out is said, what was analysed comes out."""
    path = tmp_path / "long.jsonl"
    text = GOOD + "\n\n" + "Notwithstanding misunderstandings overshadowed nothing. " * 20_000
    rows = [{"id": "a", "text": text}, {"id": "b", "text": GOOD}]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    done = command("code", path, "--output", "-")
    assert done.returncode == 1
    assert "long.jsonl" in done.stderr
    assert f"of {len(text):,} characters were analysed" in done.stderr
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["a", "b"]


def test_an_impossible_date_is_told_and_the_text_coded(tmp_path: Path, command: Command) -> None:
    """A date that does not exist is no date: the dispatch is coded without one."""
    path = tmp_path / "odd.jsonl"
    path.write_text(json.dumps({"id": "a", "text": GOOD, "published": "2024-02-31"}) + "\n", encoding="utf-8")
    done = command("code", path, "--output", "-")
    assert done.returncode == 1
    assert "odd.jsonl:1" in done.stderr
    assert json.loads(done.stdout)["published"] is None


def test_adding_says_what_it_did_and_nothing_else(tmp_path: Path) -> None:
    """Libraries have nothing to say when the process ends."""
    line = json.dumps({"id": "a", "text": GOOD, "published": "2024-05-17"})
    ledger = tmp_path / "news.duckdb"
    done = run("add", "-", "--ledger", str(ledger), stdin=line + "\n")
    assert done.stderr.splitlines() == [
        f"reportedly: {ledger}: 1 new, 0 known already",
        "reportedly: 1 dispatch coded.",
    ]


def test_nothing_readable_is_exit_code_2(tmp_path: Path, command: Command) -> None:
    done = command("code", tmp_path / "no-such-file.txt", "--output", "-")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "no-such-file.txt" in done.stderr


def test_standard_input_and_output_give_the_same_bytes_in_every_process() -> None:
    """JSON lines through a pipe, whatever the seed of hashes."""
    line = json.dumps({"id": "a", "text": GOOD, "published": "2024-05-17"})
    done, again = (run("code", "-", "--output", "-", stdin=line + "\n", PYTHONHASHSEED=seed) for seed in ("1", "2"))
    assert done.returncode == 0, done.stderr
    out = json.loads(done.stdout)
    assert out["id"] == "a"
    assert out["text"] == GOOD
    assert again.stdout == done.stdout


def test_certainty_fills_in_the_given_events(command: Command) -> None:
    text = "The rebels did not attack the town."
    start = text.index("attack")
    line = json.dumps({"id": 7, "text": text, "events": [{"start": start, "end": start + 6}]})
    done = command("certainty", "-", stdin=line + "\n{oops\n")
    assert done.returncode == 1
    out = json.loads(done.stdout)
    assert out["id"] == 7
    assert out["events"][0]["factuality"] == "CT-"
    assert out["events"][0]["score"] < -2
    assert "-:2" in done.stderr


def test_doctor_says_that_all_that_is_needed_is_there(command: Command) -> None:
    done = command("doctor")
    assert done.returncode == 0, done.stdout
    assert "All well." in done.stdout or "All that is needed is there" in done.stdout
    assert "is missing" not in done.stdout


@pytest.mark.parametrize("args", [["code"], ["read", "--no-such-option", "x"]])
def test_wrong_use_is_exit_code_2(args: list[str]) -> None:
    assert run(*args).returncode == 2
