"""How time and memory grow: processes against one, Spark against processes, and memory over the length of the input.

    python benchmarks/scaling.py CORPUS.jsonl [--small] [--memory] [--spark]

CORPUS holds lines {"id", "text", "published"}; longer inputs repeat it with other ids. Each figure is a run of the
command in a process of its own. Wall clock counts here: run it on a machine that does nothing else, as often as the
figures still move. --memory runs 1,000, 5,000 and 20,000 documents (an hour and a half), --spark needs Java.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path


def main() -> int:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--docs", type=int, default=1000)
    parser.add_argument("--small", action="store_true", help="few documents, to see that it runs")
    parser.add_argument("--memory", action="store_true", help="memory over the length of the input")
    parser.add_argument("--spark", action="store_true", help="Spark on two cores against two processes")
    args = parser.parse_args()
    rows = [json.loads(line) for line in args.corpus.read_text(encoding="utf-8").splitlines()]
    docs = 100 if args.small else args.docs
    with tempfile.TemporaryDirectory() as folder:
        two = processes(rows, docs, Path(folder))
        if args.spark:
            on_spark(rows, docs, Path(folder), two)
        if args.memory:
            memory(rows, [100, 200, 400] if args.small else [1_000, 5_000, 20_000], Path(folder))
    return 0


def processes(rows: list[dict[str, str]], docs: int, folder: Path) -> float:
    """One process against two; gives the documents a second of two, without the start."""
    print(f"{docs} documents; the start (interpreter, model) is a run of one document, and is taken off")
    print(f"{'':12} {'start s':>8} {'wall s':>8} {'docs/s':>8} {'peak MB':>8}")
    rates, written = {}, []
    for jobs in (1, 2):
        begin, _ = run(given(rows, 1, folder), jobs, folder / "start.jsonl")
        wall, peak = run(given(rows, docs, folder), jobs, folder / f"{jobs}.jsonl")
        written.append((folder / f"{jobs}.jsonl").read_bytes())
        rates[jobs] = docs / (wall - begin)
        print(f"--jobs {jobs:<5} {begin:8.1f} {wall:8.1f} {rates[jobs]:8.1f} {peak:8.0f}")
    print(f"two against one: {rates[2] / rates[1]:.2f} times; same bytes: {written[0] == written[1]}\n")
    return rates[2]


def on_spark(rows: list[dict[str, str]], docs: int, folder: Path, two: float) -> None:
    """Spark on two cores against two processes, both without their start."""
    rates = []
    for count in (2, docs):
        begin = time.monotonic()
        command = [sys.executable, "-c", SPARK, str(given(rows, count, folder)), str(folder / f"{count}.parquet")]
        env = os.environ | {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_HOSTNAME": "localhost"}
        subprocess.run(command, check=True, env=env, stderr=subprocess.DEVNULL)
        rates.append(time.monotonic() - begin)
    rate = docs / (rates[1] - rates[0])
    print(f"Spark local[2]: start {rates[0]:.1f} s, {rate:.1f} docs/s: {rate / two:.2f} of --jobs 2\n")


SPARK = """
import sys
from pyspark.sql import SparkSession
from reportedly import spark as ours
session = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
frame = session.read.schema("id string, text string, published string").json(sys.argv[1]).repartition(2)
ours.code(frame).write.parquet(sys.argv[2])
"""


def memory(rows: list[dict[str, str]], lengths: list[int], folder: Path) -> None:
    """The most memory of one process over inputs of growing length."""
    print(f"{'documents':>10} {'wall s':>8} {'docs/s':>8} {'peak MB':>8} {'against the first':>18}")
    first = 0.0
    for length in lengths:
        wall, peak = run(given(rows, length, folder), 1, folder / "m.jsonl")
        first = first or peak
        print(f"{length:10,} {wall:8.0f} {length / wall:8.1f} {peak:8.0f} {peak / first:18.2f}")


def given(rows: list[dict[str, str]], count: int, folder: Path) -> Path:
    """A file of so many documents, from all over the corpus."""
    path = folder / f"in-{count}.jsonl"
    if not path.exists():
        with path.open("w", encoding="utf-8") as lines:
            lines.writelines(json.dumps(row) + "\n" for row in repeated(rows, count))
    return path


def repeated(rows: list[dict[str, str]], count: int) -> Iterator[dict[str, str]]:
    """Documents of the corpus, over and over under other ids."""
    some = rows[:: max(1, len(rows) // count)]
    for n in range(count):
        row = some[n % len(some)]
        yield {"id": f"{row['id']}-{n}", "text": row["text"], "published": row["published"]}


def run(path: Path, jobs: int, output: Path) -> tuple[float, float]:
    """Wall-clock seconds of the command and the peak memory of its largest process, in megabytes."""
    code = "import sys; from reportedly.cli import main; main()"
    command = [sys.executable, "-c", code, "code", str(path), "-o", str(output), "-q", "--jobs", str(jobs)]
    before = time.monotonic()
    process = subprocess.Popen(command)
    _, status, used = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit(f"the command failed on {path}")
    return time.monotonic() - before, used.ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
