"""The long run of kills, signals and full disks in short: `benchmarks/ledger_harm.py` over a few texts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

LONG = Path(__file__).parents[3] / "benchmarks" / "ledger_harm.py"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the long run forks")
def test_kills_signals_and_full_disks_change_nothing() -> None:
    """After each the ledger is lawful, and adding again ends with the exports of an undisturbed one."""
    times = {"dispatches": 8, "kills": 1, "interrupts": 1, "terms": 1, "disks": 1}
    given = [word for name, number in times.items() for word in (f"--{name}", str(number))]
    done = subprocess.run(
        [sys.executable, str(LONG), *given, "--targets", "jsonl,acled-like"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done
    assert done.stdout.count("rerun: lawful, the same exports") == 4
