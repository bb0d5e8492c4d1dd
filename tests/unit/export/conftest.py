"""A shelf of incidents, and a way to export it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from shelf import Shelf, shelf

from reportedly.export.registry import ExportReport, export


@pytest.fixture(scope="module")
def book() -> Shelf:
    return shelf()


@pytest.fixture
def written(book: Shelf, tmp_path: Path) -> Callable[..., tuple[Path, ExportReport]]:
    """``written("icews")`` exports the shelf and gives the file and the report."""

    def run(name: str, **options: Any) -> tuple[Path, ExportReport]:
        suffix = {"sqlite": "sqlite", "parquet": "parquet", "geojson": "geojson"}.get(name, "out")
        path = tmp_path / f"{name}.{suffix}"
        return path, export(book, name, str(path), **options)

    return run
