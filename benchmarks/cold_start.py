"""What the first moment costs: a short dispatch coded, and ``--help``, each in a new process.

    python benchmarks/cold_start.py [--beside CHECKOUT] [--runs 10] [--text FILE]

With ``--beside`` another checkout of the program (its gazetteer built) is run in turns with this one, under the same
interpreter, so that other load on the machine falls on both alike. Told are the medians: seconds of processor and on
the clock, and of the other checkout's what share ours are.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

HERE = Path(__file__).resolve().parents[1]
TEXT = "Gunmen killed two guards in Goma on Friday, police said."
Cost = tuple[float, float]


def cost(command: list[str], checkout: Path) -> Cost:
    """Seconds of processor and on the clock of one process."""
    environment = {**os.environ, "PYTHONPATH": str(checkout / "src")}
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"):
        environment[name] = "1"
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled
    before, begin = os.times(), time.perf_counter()
    subprocess.run(command, env=environment, cwd=checkout, capture_output=True, check=True)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return used, time.perf_counter() - begin


def measure(checkouts: list[Path], runs: int, text: Path) -> dict[str, dict[str, object]]:
    """The medians of each command, in turns."""
    program = [sys.executable, "-m", "reportedly"]
    commands = {"code": [*program, "code", str(text), "--output", "-"], "help": [*program, "--help"]}
    found: dict[str, dict[str, object]] = {}
    for name, command in commands.items():
        for checkout in checkouts:
            cost(command, checkout)  # compiled and in the file cache
        taken = [[cost(command, checkout) for checkout in checkouts] for _ in range(runs)]
        rows = list(zip(*taken, strict=True))
        medians = [tuple(round(median(column), 3) for column in zip(*row, strict=True)) for row in rows]
        shares = [round(ours / theirs, 3) for ours, theirs in zip(medians[0], medians[-1], strict=True)]
        found[name] = {"processor_and_clock": medians[0]}
        found[name] |= {"beside": medians[1], "share": shares} if len(checkouts) > 1 else {}
    return found


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--beside", type=Path, help="another checkout of the program")
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--text", type=Path, help="the dispatch to be coded; without it a sentence")
    asked = parser.parse_args()
    checkouts = [HERE, *([asked.beside.resolve()] if asked.beside else [])]
    with TemporaryDirectory() as folder:
        text = (asked.text or Path(folder) / "dispatch.txt").resolve()
        if asked.text is None:
            text.write_text(TEXT + "\n", encoding="utf-8")
        sys.stdout.write(json.dumps(measure(checkouts, asked.runs, text)) + "\n")


if __name__ == "__main__":
    main()
