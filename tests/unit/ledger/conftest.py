"""A ledger in a folder of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import pytest

from reportedly.ledger import Ledger, open_ledger
from reportedly.model import Analysis


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, empty: Path) -> Callable[[Sequence[Analysis]], Path]:
    """The ledger to which some readings were added, to be copied: made once, whichever tests begin with it."""
    folder, made = tmp_path_factory.mktemp("filled"), dict[bytes, Path]()

    def path_of(readings: Sequence[Analysis]) -> Path:
        key = msgspec.json.encode(readings)
        if key not in made:
            path = Path(shutil.copy(empty, folder / f"{len(made)}.duckdb"))
            with open_ledger(path) as news:
                news.add(readings)
            made[key] = path
        return made[key]

    return path_of


@pytest.fixture
def ledger(tmp_path: Path, filled: Callable[[Sequence[Analysis]], Path]) -> Callable[..., Ledger]:
    """``ledger(a, b)`` is a new ledger file to which these readings were added."""

    def make(*readings: Analysis, name: str = "news.duckdb") -> Ledger:
        return open_ledger(shutil.copy(filled(readings), tmp_path / name))

    return make
