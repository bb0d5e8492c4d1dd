"""Twenty kills (`kill -9`) at random moments of adding 1,000 dispatches; the rerun ends with the undisturbed ledger.

    python benchmarks/ledger_kill.py [--dispatches 1000] [--kills 20] [--seed 7]

The dispatches are those of ledger_scale.py, already read, so that the time goes into the ledger. After every kill the
ledger has to open and to hold whole dispatches only; after the last one the same dispatches are added again, and every
list has to be that of a ledger that nobody disturbed, byte for byte. Exit code 1 where it is not.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

sys.path.insert(0, str(Path(__file__).parent))
from ledger_scale import CLAIMS_EACH, World, dispatches

from reportedly.ledger import open_ledger, store
from reportedly.model import Analysis

WORKER = "--worker"


def readings(number: int) -> list[Analysis]:
    """The dispatches that are added."""
    return list(dispatches(World(seed=1, happenings=number * 2 // 5), 0, number))


def work(path: str, number: int) -> None:
    """Add them in small batches, to be killed meanwhile."""
    given = readings(number)
    store.BATCH = 20
    with open_ledger(path) as news:
        sys.stdout.write("open\n")
        sys.stdout.flush()
        news.add(given)


def contents(path: Path) -> bytes:
    """Every list of a ledger."""
    with open_ledger(path, read_only=True) as news:
        return msgspec.json.encode([news.incidents(), news.claims(), news.dispatches(), news.sources()])


def kill_once(path: Path, number: int, within: float, chance: random.Random) -> bool:
    """Start a writer and kill it; gives whether it was still at work."""
    command = [sys.executable, __file__, WORKER, str(path), "--dispatches", str(number)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as worker:
        assert worker.stdout is not None
        worker.stdout.readline()
        time.sleep(chance.uniform(0, within))
        running = worker.poll() is None
        worker.send_signal(signal.SIGKILL)
    return running


def check(path: Path) -> int:
    """How many dispatches the ledger holds; all of them have to be whole."""
    with open_ledger(path, read_only=True) as news:
        held = news.analyses()
        whole = all(len(a.claims) == CLAIMS_EACH for a in held)
        if not whole or news.count("claims") != CLAIMS_EACH * len(held):
            sys.exit("a dispatch is not whole")
    return len(held)


def main() -> None:
    """Kill, check, go on; compare at the end."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dispatches", type=int, default=1_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument(WORKER, dest="worker", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.worker:
        work(asked.worker, asked.dispatches)
        return
    chance = random.Random(asked.seed)
    with TemporaryDirectory() as folder:
        whole, path = Path(folder) / "whole.duckdb", Path(folder) / "news.duckdb"
        begun = time.monotonic()
        with open_ledger(whole) as news:
            news.add(readings(asked.dispatches))
        # One undisturbed run takes so long: the kills fall into all of its parts.
        within = (time.monotonic() - begun) / 2
        for n in range(1, asked.kills + 1):
            running = kill_once(path, asked.dispatches, within, chance)
            print(f"kill {n}: {'at work' if running else 'done already'}, {check(path)} dispatches, all whole")
        with open_ledger(path) as news:
            news.add(readings(asked.dispatches))
        same = contents(path) == contents(whole)
        print("the same ledger as undisturbed" if same else "ANOTHER LEDGER")
        sys.exit(0 if same else 1)


if __name__ == "__main__":
    main()
