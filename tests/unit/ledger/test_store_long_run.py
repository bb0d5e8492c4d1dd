"""The long run of kills, signals and full disks in short: `benchmarks/ledger_harm.py` over a few texts."""

from __future__ import annotations

import os
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

LONG = Path(__file__).parents[3] / "benchmarks" / "ledger_harm.py"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the long run forks")
def test_kills_signals_and_full_disks_change_nothing(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """After each the ledger is lawful, and adding again ends with the exports of an undisturbed one.

    It forks from this process, which has everything loaded, and ends it with words where anything is not so.
    """
    times = {"dispatches": 5, "kills": 1, "interrupts": 1, "terms": 1, "disks": 1}
    given = [word for name, number in times.items() for word in (f"--{name}", str(number))]
    spec = spec_from_file_location("ledger_harm", LONG)
    assert spec is not None
    assert spec.loader is not None
    long_run = module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, long_run)
    monkeypatch.setattr(sys, "argv", [str(LONG), *given, "--targets", "jsonl,acled-like"])
    spec.loader.exec_module(long_run)
    long_run.main()
    assert capfd.readouterr().out.count("rerun: lawful, the same exports") == 4
