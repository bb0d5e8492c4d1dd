"""From WARC files to incidents on a Spark cluster: a folder that ``reportedly serve`` and the lists open as a ledger.

    spark-submit examples/spark_incidents.py --paths warc.paths --coded coded.parquet --folder /mnt/news/2024-05
    reportedly serve --ledger /mnt/news/2024-05

``warc.paths`` names a file a line. All of them are reached under these
names by the driver and by every worker.
What is coded already (``--coded`` is there) is not coded again; ``--judgements`` is the ledger of a run before, whose
judgements count in this one. With ``--from`` and ``--to`` a ledger of a period is made: one of each month, for
instance, each by itself.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from pyspark.sql import SparkSession

from reportedly.spark import code_files, incidents


def main() -> None:
    """Code every file of the list, then make incidents of all that was coded."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--paths", type=Path, required=True, help="a file that names an input file a line")
    parser.add_argument("--below", default="", help="the folder that the names are relative to")
    parser.add_argument("--coded", type=Path, required=True, help="the Parquet data set of coded dispatches")
    parser.add_argument("--folder", type=Path, required=True, help="the folder to make the ledger in")
    parser.add_argument("--judgements", type=Path, help="a ledger whose judgements count")
    parser.add_argument("--from", dest="first", help="the first day of the period, or its month or year")
    parser.add_argument("--to", dest="last", help="the last day of the period, or its month or year")
    args = parser.parse_args()
    spark = SparkSession.builder.appName("reportedly").getOrCreate()
    if not args.coded.exists():
        names = [line.strip() for line in args.paths.read_text(encoding="utf-8").splitlines() if line.strip()]
        code_files(spark, [str(Path(args.below) / name) for name in names]).write.parquet(str(args.coded))
    period = (args.first, args.last)
    incidents(spark.read.parquet(str(args.coded)), args.folder, judgements=args.judgements, period=period)
    spark.stop()


if __name__ == "__main__":
    main()
