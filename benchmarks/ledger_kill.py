"""Twenty kills (`kill -9`) at random moments of adding 1,000 dispatches; the rerun ends with the undisturbed ledger.

    python benchmarks/ledger_kill.py [--dispatches 1000] [--kills 20] [--seed 7]

The dispatches are those of ledger_scale.py, already coded, and the writer is `reportedly add --coded`, killed within
the time that one undisturbed run takes. After every kill the ledger has to open and to hold whole dispatches only.
After every fourth the same dispatches are added again, every list has to be that of a ledger that nobody disturbed,
byte for byte, and a ledger is begun anew. Exit code 1 where it is not.
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

from reportedly.export.nested import to_row
from reportedly.ledger import open_ledger
from reportedly.model import Analysis

# So many kills fall on one ledger.
ROUND = 4


def readings(number: int) -> list[Analysis]:
    """The dispatches that are added."""
    return list(dispatches(World(seed=1, happenings=number * 2 // 5), 0, number))


def command(path: Path, coded: Path) -> list[str]:
    """The command that people give."""
    return [sys.executable, "-m", "reportedly", "add", "--coded", str(coded), "--ledger", str(path), "--quiet"]


def contents(path: Path) -> bytes:
    """Every list of a ledger."""
    with open_ledger(path, read_only=True) as news:
        return msgspec.json.encode([news.incidents(), news.claims(), news.dispatches(), news.sources()])


def kill_once(path: Path, coded: Path, within: float, chance: random.Random) -> bool:
    """Start a writer and kill it; gives whether it was still at work."""
    with subprocess.Popen(command(path, coded)) as worker:
        time.sleep(chance.uniform(0, within))
        running = worker.poll() is None
        worker.send_signal(signal.SIGKILL)
    return running


def check(path: Path) -> int:
    """How many dispatches the ledger holds; all of them have to be whole."""
    if not path.exists():
        return 0
    with open_ledger(path, read_only=True) as news:
        held = news.analyses()
        whole = all(len(a.claims) == CLAIMS_EACH for a in held)
        if not whole or news.count("claims") != CLAIMS_EACH * len(held):
            sys.exit("a dispatch is not whole")
    return len(held)


def finish(path: Path, coded: Path, whole: Path) -> None:
    """Add all of it, compare, and make room for the next."""
    subprocess.run(command(path, coded), check=True)
    if contents(path) != contents(whole):
        sys.exit("ANOTHER LEDGER")
    print("the same ledger as undisturbed", flush=True)
    path.unlink()


def main() -> None:
    """Kill, check, go on; compare at the end."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dispatches", type=int, default=1_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    with TemporaryDirectory() as folder:
        whole, path, coded = (Path(folder) / name for name in ("whole.duckdb", "news.duckdb", "coded.jsonl"))
        coded.write_bytes(b"".join(msgspec.json.encode(to_row(a)) + b"\n" for a in readings(asked.dispatches)))
        begun = time.monotonic()
        subprocess.run(command(whole, coded), check=True)
        within = time.monotonic() - begun
        print(f"undisturbed: {within:.1f} s")
        for n in range(1, asked.kills + 1):
            running = kill_once(path, coded, within, chance)
            print(
                f"kill {n}: {'at work' if running else 'done already'}, {check(path)} dispatches, all whole", flush=True
            )
            if n % ROUND == 0 or n == asked.kills:
                finish(path, coded, whole)


if __name__ == "__main__":
    main()
