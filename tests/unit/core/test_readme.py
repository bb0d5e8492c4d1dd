"""What the README shows is true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reportedly.cli import app

README = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")


def test_the_python_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    block = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert block is not None
    exec(block[1], {})
    assert capsys.readouterr().out == "police ASSAULT CT+ 2024-05-17 2\n"


def test_every_command_is_in_the_readme() -> None:
    missing = [c.name or c.callback.__name__ for c in app.registered_commands if c.callback]
    assert [name for name in missing if not re.search(rf"`(reportedly )?{name}\b", README)] == []
