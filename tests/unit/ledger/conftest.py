"""A ledger in a folder of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from reportedly.ledger import Ledger, open_ledger
from reportedly.model import Analysis


@pytest.fixture
def ledger(tmp_path: Path, empty: Path) -> Callable[..., Ledger]:
    """``ledger(a, b)`` is a new ledger file to which these readings were added."""

    def make(*readings: Analysis, name: str = "news.duckdb") -> Ledger:
        made = open_ledger(shutil.copy(empty, tmp_path / name))
        made.add(readings)
        return made

    return make
