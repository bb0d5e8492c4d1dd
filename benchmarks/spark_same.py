"""Whether Spark makes the incidents that one ledger file makes, and what it costs on one machine.

    reportedly code PATH... --output coded.jsonl
    python benchmarks/spark_same.py --coded coded.jsonl
    python benchmarks/spark_same.py --world 20000 [--cores 2] [--dies]

Takes what was coded, or so many dispatches of the world of ``ledger_scale.py``, adds them to a ledger file at once and
gives them to ``reportedly.spark.incidents`` on ``local[CORES]``, and exports both as ``jsonl``. A line of JSON says how
many dispatches, claims and incidents there are, whether the exports are the same to the byte, and the seconds that each
took on the clock. With ``--dies`` the first task of Spark fails the first time.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
from ledger_scale import World, dispatches
from links_kept import coded
from pyarrow import parquet
from pyspark import TaskContext
from pyspark.sql import DataFrame, SparkSession

from reportedly.export.nested import arrow_schema, to_batch, to_row
from reportedly.export.registry import export
from reportedly.ledger import open_ledger
from reportedly.model import Analysis
from reportedly.spark import incidents

AT_ONCE = 1_000


def written(found: Sequence[Analysis], folder: Path) -> Path:
    """Coded rows as Parquet, so many to a file."""
    folder.mkdir()
    rest = iter(found)
    number = 0
    while part := list(islice(rest, AT_ONCE)):
        table = pa.Table.from_batches([to_batch([to_row(a) for a in part])], schema=arrow_schema())
        parquet.write_table(table, folder / f"{number:05}.parquet")
        number += 1
    return folder


def dying(rows: DataFrame) -> DataFrame:
    """The rows, the first task of which fails the first time."""

    def once(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        task = TaskContext.get()
        if task is not None and task.partitionId() == 0 and task.attemptNumber() == 0:
            raise RuntimeError("this task dies the first time")
        yield from batches

    return rows.mapInArrow(once, rows.schema)


def told(ledger: Path, output: Path) -> dict[str, object]:
    """How many claims and incidents a ledger holds, and a digest of all that it exports."""
    with open_ledger(ledger, read_only=True) as held:
        export(held, "jsonl", str(output))
        counts = {what: held.count(what) for what in ("dispatches", "claims", "incidents")}
    return {**counts, "sha256": hashlib.sha256(output.read_bytes()).hexdigest()[:16]}


def main() -> None:
    """Make both and compare them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given = parser.add_mutually_exclusive_group(required=True)
    given.add_argument("--coded", type=Path, nargs="+")
    given.add_argument("--world", type=int, metavar="DISPATCHES")
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--dies", action="store_true")
    asked = parser.parse_args()
    found = list(coded(asked.coded).values()) if asked.coded else list(dispatches(World(2, 300), 0, asked.world))
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        begun = time.perf_counter()
        with open_ledger(folder / "one.ledger") as held:
            held.add(found)
        one = time.perf_counter() - begun
        rows = written(found, folder / "coded.parquet")
        spark = SparkSession.builder.master(f"local[{asked.cores},2]").config("spark.ui.enabled", "false").getOrCreate()
        begun = time.perf_counter()
        frame = spark.read.parquet(str(rows))
        incidents(dying(frame) if asked.dies else frame, folder / "made")
        cluster = time.perf_counter() - begun
        spark.stop()
        ledger, made = told(folder / "one.ledger", folder / "1.jsonl"), told(folder / "made", folder / "2.jsonl")
    seconds = {"ledger_s": round(one, 1), "spark_s": round(cluster, 1)}
    sys.stdout.write(json.dumps({**ledger, "same": ledger == made, **seconds}) + "\n")


if __name__ == "__main__":
    main()
