"""The short form of an hour of feeds; `benchmarks/watch_hour.py` is the long one."""

from __future__ import annotations

from pathlib import Path

from simulation import simulate


def test_an_hour_of_feeds_loses_nothing_and_keeps_nothing_twice(tmp_path: Path) -> None:
    told = simulate(tmp_path, feeds=4, items=60, every=400.0)
    assert told.faults > 0
    assert told.stops > 0
    assert told.lost == 0
    assert told.items == told.kept == told.versions == 60
