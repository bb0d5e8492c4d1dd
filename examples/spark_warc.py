"""From WARC files to coded Parquet on a Spark cluster.

    spark-submit examples/spark_warc.py --paths warc.paths --output coded.parquet

``warc.paths`` names a file a line, as the lists of CC-NEWS do; every worker has to reach the files under these names.
Afterwards ``reportedly add --coded coded.parquet --ledger month.ledger`` makes incidents of it.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from pyspark.sql import SparkSession

from reportedly.spark import code_files


def main() -> None:
    """Code every file of the list and write one Parquet data set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--paths", type=Path, required=True, help="a file that names an input file a line")
    parser.add_argument("--below", default="", help="the folder that the names are relative to")
    parser.add_argument("--output", required=True, help="the Parquet data set to write")
    args = parser.parse_args()
    names = [line.strip() for line in args.paths.read_text(encoding="utf-8").splitlines() if line.strip()]
    spark = SparkSession.builder.appName("reportedly").getOrCreate()
    coded = code_files(spark, [str(Path(args.below) / name) for name in names])
    coded.write.mode("error").parquet(args.output)
    spark.stop()


if __name__ == "__main__":
    main()
