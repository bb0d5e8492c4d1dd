"""Dispatches that share marks, compared block by block."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from reportedly.incidents import compared, units
from reportedly.incidents.told import outline_of
from reportedly.knowledge.load import Knowledge
from reportedly.spark.steps import Row, Steps, batches_of, rows_of, sql_of

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

# Dispatches whose numbers differ in these bits alone are one block: they are of one day.
BLOCK_BITS = 9

MET = pa.schema({"a": pa.int64(), "b": pa.int64(), "meets": pa.bool_(), "word": pa.int64()})
# A pair of units with its score, or a pair of dispatches with its cosine (the smaller id first).
COMPARED = pa.schema({"a": pa.int64(), "b": pa.int64(), "score": pa.int32(), "cosine": pa.float64()})


def candidates(steps: Steps, outlines: DataFrame) -> DataFrame:
    """The step ``candidates``: pairs of dispatches that share enough marks, ``a`` before ``b``."""
    from pyspark.sql import functions as F  # noqa: N812  the name by which it is known

    held = (
        outlines.select("seq", F.explode("marks").alias("m"))
        .groupBy("m.mark")
        .agg(F.count("*").alias("n"), F.max("m.meets").alias("meets"), F.collect_list("seq").alias("seqs"))
        .where((F.col("n") <= units.TOO_COMMON) & (F.col("n") > 1))
    )
    pairs = held.select("mark", "seqs", "meets").mapInArrow(_pairs, sql_of(MET)).groupBy("a", "b")
    found = pairs.agg(F.max("meets").alias("met"), F.count_distinct("word").alias("n"))
    return steps.keep("candidates", found.where(F.col("met") | (F.col("n") >= units.SHARED)).drop("n"))


def _pairs(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    def found() -> Iterator[Row]:
        for row in rows_of(batches):
            for a, b in combinations(sorted(row["seqs"]), 2):
                yield {"a": a, "b": b, "meets": row["meets"], "word": row["mark"] >> units.WINDOW_BITS}

    return batches_of(found(), MET, size=10_000)


def compare(steps: Steps, outlines: DataFrame, pairs: DataFrame, knowledge: Knowledge) -> DataFrame:
    """The step ``compared`` (``COMPARED``): the units of these pairs, and those of each dispatch among themselves."""
    from pyspark.sql import functions as F  # noqa: N812  the name by which it is known

    placed = pairs.withColumn("block", F.shiftright("b", BLOCK_BITS))
    own = outlines.select(F.shiftright("seq", BLOCK_BITS).alias("block"), "seq")
    ends = placed.select("block", F.col("a").alias("seq"))
    members = own.union(ends).distinct().join(outlines.select("seq", "outline"), "seq")

    def block(key: tuple[pa.Scalar, ...], here: pa.Table, there: pa.Table) -> pa.Table:
        return _block(key[0].as_py(), here, there, knowledge)

    found = members.groupBy("block").cogroup(placed.groupBy("block")).applyInArrow(block, sql_of(COMPARED))
    return steps.keep("compared", found)


def _block(block: int, members: pa.Table, pairs: pa.Table, knowledge: Knowledge) -> pa.Table:
    told = sorted(map(outline_of, members.column("outline").to_pylist()), key=lambda o: o.seq)
    seqs = np.array([o.seq for o in told], np.int64)
    own = np.flatnonzero(seqs >> BLOCK_BITS == block)
    a, b = (np.searchsorted(seqs, pairs.column(end).to_numpy()) for end in ("a", "b"))
    met = pairs.column("met").to_numpy().astype(np.bool_)
    alike = compared.worth_comparing(told, a, b, met)
    edges = compared.edges(told, own, alike, knowledge)
    none = len(edges.a), len(alike.a)
    return pa.table(
        {
            "a": np.concatenate([edges.a, seqs[alike.a]]),
            "b": np.concatenate([edges.b, seqs[alike.b]]),
            "score": pa.concat_arrays([pa.array(edges.score, pa.int32()), pa.nulls(none[1], pa.int32())]),
            "cosine": pa.concat_arrays([pa.nulls(none[0], pa.float64()), pa.array(alike.cosine, pa.float64())]),
        },
        schema=COMPARED,
    )
