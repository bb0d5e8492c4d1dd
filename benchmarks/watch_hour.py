"""An hour of feeds in a few minutes: 40 feeds, 2,000 items, every kind of fault, stops in the middle of the work.

    python benchmarks/watch_hour.py [--feeds 40] [--items 2000] [--every 60]

Says what was lost (nothing may be), what was kept twice (nothing), and how much memory was held along the way.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "help"))

from simulation import simulate


def main() -> None:
    """Run the hour and print how it went."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--feeds", type=int, default=40)
    options.add_argument("--items", type=int, default=2_000)
    options.add_argument("--every", type=float, default=60.0)
    given = options.parse_args()
    begun = time.monotonic()
    with TemporaryDirectory() as folder:
        told = simulate(Path(folder), feeds=given.feeds, items=given.items, every=given.every, weighed=True)
    print(f"{told.items:,} items, {told.kept:,} kept, {told.versions - told.kept:,} twice, {told.lost:,} lost")
    print(f"{told.requests:,} requests, {told.faults:,} faults, {told.rounds:,} rounds, {told.stops:,} stops")
    quarter = max(1, len(told.memory) // 4)
    parts = [max(told.memory[n : n + quarter]) / 1e6 for n in range(0, len(told.memory), quarter)]
    print("memory held by Python, most of each quarter: " + ", ".join(f"{part:.1f} MB" for part in parts))
    print(f"{time.monotonic() - begun:.0f} s")
    sys.exit(1 if told.lost or told.versions != told.kept else 0)


if __name__ == "__main__":
    main()
