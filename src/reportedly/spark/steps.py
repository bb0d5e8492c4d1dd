"""The steps of a run on Spark: each is kept as Parquet below the folder and read from there by the next.

So a step is made once, whatever reads it, and the driver reads with DuckDB what is small enough for one machine. The
folder has to be reachable under one name by the driver and by every worker.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa
from pyarrow import parquet

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

Row = dict[str, Any]
Work = Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]
# So many rows are handed back to Spark at a time.
BATCH_ROWS = 256


class Steps:
    """What a run has made so far."""

    def __init__(self, spark: SparkSession, folder: Path) -> None:
        self.spark = spark
        self.folder = folder

    def path(self, name: str) -> Path:
        """Where a step is kept."""
        return self.folder / name

    def keep(self, name: str, frame: DataFrame) -> DataFrame:
        """Make a step; gives its rows as they were written."""
        frame.write.mode("overwrite").parquet(str(self.path(name)))
        # Its columns are known: Spark need not look for them in what was written.
        return self.spark.read.schema(frame.schema).parquet(str(self.path(name)))

    def read(self, name: str) -> DataFrame:
        """The rows of a step."""
        return self.spark.read.parquet(str(self.path(name)))

    def put(self, name: str, rows: pa.Table) -> DataFrame:
        """Keep as a step what the driver has made."""
        self.path(name).mkdir(parents=True, exist_ok=True)
        parquet.write_table(rows, self.path(name) / "driver.parquet")
        return self.read(name)

    def database(self, **views: str) -> duckdb.DuckDBPyConnection:
        """A connection that sees steps as tables; ``views`` says which, or gives the query of one over ``{step}``."""
        con = duckdb.connect(config={"memory_limit": "4GB", "temp_directory": str(self.folder / "spill")})
        for name, query in views.items():
            con.execute(f"CREATE VIEW {name} AS {query}")
        return con

    def scan(self, name: str) -> str:
        """How DuckDB reads a step."""
        return f"read_parquet('{self.path(name)}/*.parquet')"

    def clear(self) -> None:
        """Take the steps away."""
        shutil.rmtree(self.folder, ignore_errors=True)


def rows_of(batches: Iterable[pa.RecordBatch]) -> Iterator[Row]:
    """The rows of batches, one after the other."""
    for batch in batches:
        yield from batch.to_pylist()


def batches_of(rows: Iterable[Row], schema: pa.Schema, size: int = BATCH_ROWS) -> Iterator[pa.RecordBatch]:
    """Rows as batches; a field that a row does not have is null."""
    part: list[Row] = []
    for row in rows:
        part.append(row)
        if len(part) >= size:
            yield pa.RecordBatch.from_pylist(part, schema=schema)
            part = []
    if part:
        yield pa.RecordBatch.from_pylist(part, schema=schema)


def each(frame: DataFrame, make: Callable[[Row], Iterable[Row]], schema: pa.Schema) -> DataFrame:
    """The rows that ``make`` makes of each row."""

    def work(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return batches_of((new for row in rows_of(batches) for new in make(row)), schema)

    return frame.mapInArrow(work, sql_of(schema))


def together(
    frame: DataFrame, by: str, make: Callable[[list[Row]], Iterable[Row]], schema: pa.Schema, *, then: str
) -> DataFrame:
    """The rows that ``make`` makes of all rows that are one in the column ``by``, given to it in order of ``then``."""

    def work(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        parts = groupby(rows_of(batches), key=lambda row: row[by])
        return batches_of((new for _, part in parts for new in make(list(part))), schema)

    return frame.repartition(by).sortWithinPartitions(by, then).mapInArrow(work, sql_of(schema))


def in_order(frame: DataFrame, number: str) -> DataFrame:
    """Rows in order of month and number, so that what is read together lies together."""
    return frame.repartitionByRange("month", number).sortWithinPartitions("month", number)


def sql_of(schema: pa.Schema) -> str:
    """An Arrow schema as Spark writes types."""
    return ", ".join(f"`{field.name}` {_sql(field.type)}" for field in schema)


def _sql(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return f"array<{_sql(kind.value_type)}>"
    if pa.types.is_struct(kind):
        return f"struct<{', '.join(f'`{field.name}`: {_sql(field.type)}' for field in kind)}>"
    return _NAMES[str(kind)]


_NAMES = {
    "int64": "bigint",
    "int32": "int",
    "double": "double",
    "bool": "boolean",
    "string": "string",
    "binary": "binary",
}
