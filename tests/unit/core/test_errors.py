"""Codes of errors are stable names: each has one meaning, and every one that is raised has it written down."""

from __future__ import annotations

import re
from pathlib import Path

from reportedly.errors import MEANINGS

SOURCES = Path(__file__).parents[3] / "src" / "reportedly"


def test_every_code_that_is_raised_has_one_meaning() -> None:
    raised = {
        code
        for path in SOURCES.rglob("*.py")
        if path.name != "errors.py"
        for code in re.findall(r'"(E[0-9]{3})"', path.read_text(encoding="utf-8"))
    }
    assert raised == set(MEANINGS)
    assert len(set(MEANINGS.values())) == len(MEANINGS)
