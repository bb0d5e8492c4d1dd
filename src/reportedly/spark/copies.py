"""Near copies on Spark: looked up by the shingles they share, compared, and brought into lineages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from reportedly.incidents import lineage
from reportedly.knowledge.load import Knowledge
from reportedly.ledger.copies import Text, lineage_rows
from reportedly.ledger.groups import hanging_together
from reportedly.spark.steps import Row, Steps, batches_of, each, rows_of, sql_of, together

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

SKETCH = pa.schema({"seq": pa.int64(), "day": pa.int64(), "current": pa.bool_(), "shingles": pa.list_(pa.int64())})
PAIR = pa.schema({"a": pa.int64(), "b": pa.int64()})
LINEAGE = pa.schema(
    {
        "seq": pa.int64(),
        **{name: pa.string() for name in ("lineage", "revision_of", "publisher")},
        "new_facts": pa.bool_(),
    }
)
TEXT = ("seq", "id", "text", "published", "title", "agency")


def lineages(steps: Steps, readings: DataFrame, knowledge: Knowledge) -> DataFrame:
    """The step ``lineage``: the place of each current reading that has copies."""
    from pyspark.sql import functions as F  # noqa: N812  the name by which it is known

    texts = readings.where("latest AND NOT withdrawn").select(*TEXT)
    sketch = each(readings.select(*TEXT[:4], "day", "latest", "withdrawn"), _sketch, SKETCH)
    shared = (
        sketch.select("seq", "day", "current", F.explode("shingles").alias("shingle"))
        .groupBy("shingle")
        .agg(F.count("*").alias("n"), F.expr("collect_list(struct(seq, day)) FILTER (WHERE current)").alias("held"))
        .where((F.col("n") <= lineage.FORMULA) & (F.size("held") > 1))
    )
    pairs = shared.select("held").mapInArrow(_pairs, sql_of(PAIR)).distinct()
    for end in ("a", "b"):
        names = [F.col(name).alias(f"{name}_{end}") for name in ("text", "published")]
        pairs = pairs.join(texts.select(F.col("seq").alias(end), *names), end)
    found = pairs.repartition("a").sortWithinPartitions("a").mapInArrow(_copies, sql_of(PAIR))
    steps.keep("copies", found)
    families = steps.put("families", _families(steps))
    return steps.keep(
        "lineage",
        together(texts.join(families, "seq"), "family", lambda rows: _lineage(rows, knowledge), LINEAGE, then="seq"),
    )


def _sketch(row: Row) -> Iterator[Row]:
    seen = lineage.fingerprint(row["text"], row["published"])
    current = row["latest"] and not row["withdrawn"]
    shingles = lineage.sample(seen.shingles).view(np.int64)
    yield {"seq": row["seq"], "day": row["day"], "current": current, "shingles": shingles}


def _pairs(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Of those that share a shingle the pairs that were published about the same time, each once a batch."""
    for batch in batches:
        found = {pair for row in rows_of([batch]) for pair in _near(row["held"])}
        yield from batches_of(({"a": a, "b": b} for a, b in sorted(found)), PAIR, size=10_000)


def _near(held: list[Row]) -> Iterator[tuple[int, int]]:
    told = sorted((row["seq"], row["day"]) for row in held)
    for n, (a, day) in enumerate(told):
        for b, other in told[n + 1 :]:
            if not day or not other or abs(day - other) <= lineage.DAYS_APART:
                yield a, b


def _copies(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    def found() -> Iterator[Row]:
        first: tuple[int, lineage.Print] | None = None
        for row in rows_of(batches):
            if first is None or first[0] != row["a"]:
                first = row["a"], lineage.fingerprint(row["text_a"], row["published_a"])
            if lineage.are_copies(first[1], lineage.fingerprint(row["text_b"], row["published_b"])):
                yield {"a": row["a"], "b": row["b"]}

    return batches_of(found(), PAIR)


def _families(steps: Steps) -> pa.Table:
    """Which readings hang together by copies, directly or over others."""
    with steps.database() as con:
        a, b = con.execute(f"SELECT a, b FROM {steps.scan('copies')}").fetchnumpy().values()  # noqa: S608  our own
    seqs = np.unique(np.concatenate([a, b]).astype(np.int64))
    return pa.table({"seq": seqs, "family": hanging_together(seqs, a, b)})


def _lineage(rows: list[Row], knowledge: Knowledge) -> Iterator[Row]:
    told = [Text(**{name: row[name] for name in TEXT}) for row in rows]
    yield from lineage_rows(told, knowledge).values()
