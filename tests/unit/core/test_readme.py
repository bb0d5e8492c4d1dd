"""What the README shows is true."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.main import get_command

import reportedly
from reportedly.cli import app

ROOT = Path(__file__).parents[3]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_python_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    block = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert block is not None
    exec(block[1], {})
    assert capsys.readouterr().out == "police ASSAULT CT+ 2024-05-17 2\n"


def test_the_ledger_example_runs(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    block = re.findall(r"```python\n(.*?)```", README, re.DOTALL)[1]
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    monkeypatch.chdir(tmp_path)
    exec(block, {"reportedly": reportedly})
    assert "contested ASSAULT" in capsys.readouterr().out


def lines_of(text: str) -> list[list[str]]:
    """The command lines in the blocks of a page and in its tables."""
    blocks = re.findall(r"```\n(.*?)```", text, re.DOTALL)
    typed = [line for block in blocks for line in block.replace("\\\n", " ").splitlines()]
    typed += re.findall(r"`((?:reportedly|make) [^`]*)`", text)
    found = [shlex.split(line.replace("[", " ").replace("]", " "), comments=True) for line in typed if "'" not in line]
    return [words for words in found if words[:1] in (["reportedly"], ["make"])]


@pytest.mark.parametrize(
    "page", ["README.md", "CONTRIBUTING.md", *sorted(p.name for p in (ROOT / "docs").glob("*.md"))]
)
def test_every_command_that_is_shown_can_be_typed(page: str) -> None:
    path = ROOT / page if (ROOT / page).exists() else ROOT / "docs" / page
    made = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    commands = get_command(app).commands  # type: ignore[attr-defined]
    for name, first, *rest in (words for words in lines_of(path.read_text(encoding="utf-8")) if len(words) > 1):
        if name == "make":
            assert first in made, first
        elif not first.startswith("-"):
            options = {option for p in commands[first.rstrip(",:")].params for option in (*p.opts, *p.secondary_opts)}
            given = {word.partition("=")[0].rstrip(",.") for word in rest if re.match(r"--?[a-z]", word)}
            assert given <= options | {"--help"}, (first, given - options)


def test_every_command_is_in_the_readme() -> None:
    missing = [c.name or c.callback.__name__ for c in app.registered_commands if c.callback]
    assert [name for name in missing if not re.search(rf"`(reportedly )?{name}\b", README)] == []
