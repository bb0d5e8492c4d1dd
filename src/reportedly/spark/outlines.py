"""One slim row a dispatch: its marks, its units, and as bytes what is compared and what incidents are made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec
import numpy as np
import pyarrow as pa

from reportedly.ids import content_id
from reportedly.incidents.told import packed, prepared
from reportedly.incidents.wording import Wording
from reportedly.knowledge.load import Knowledge
from reportedly.ledger.corrections import Kept, with_corrections
from reportedly.ledger.made import unit_rows
from reportedly.ledger.planned import REFERENCE, seen_in
from reportedly.spark.readings import reading_of
from reportedly.spark.steps import Row, Steps, each

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

UNIT = pa.struct(
    {"unit": pa.int64(), "seq": pa.int64(), "key": pa.string(), "claims": pa.list_(pa.string()), "host": pa.int64()}
)
MARK = pa.struct({"mark": pa.int64(), "meets": pa.bool_()})
OUTLINE = pa.schema(
    {
        "seq": pa.int64(),
        **{name: pa.string() for name in ("id", "month", "lineage", "publisher")},
        "marks": pa.list_(MARK),
        "units": pa.list_(UNIT),
        "outline": pa.binary(),
        "told": pa.binary(),
    }
)


class Reader(msgspec.Struct, frozen=True):
    """By what claims are read: what people corrected of them, by claim, and the tables."""

    corrected: dict[str, list[Kept]]
    knowledge: Knowledge


class Reference(msgspec.Struct, frozen=True):
    """The dispatches by which words are weighed, and in how many of them each word stands."""

    seqs: tuple[int, ...]
    seen: dict[str, int]


def reference(steps: Steps, knowledge: Knowledge) -> Reference:
    """The earliest current dispatches, as a ledger in one file takes them."""
    with steps.database() as con:
        sql = f"""SELECT seq, text FROM {steps.scan("readings")} WHERE latest AND NOT withdrawn
                  ORDER BY published NULLS LAST, id LIMIT {REFERENCE}"""  # noqa: S608  our own names
        found = con.execute(sql).fetchall()
    return Reference(tuple(seq for seq, _ in found), dict(seen_in((text for _, text in found), knowledge)))


def outlines(steps: Steps, readings: DataFrame, lineage: DataFrame, weighed: Reference, reader: Reader) -> DataFrame:
    """The step ``outlines`` (``OUTLINE``): a row for each current dispatch."""
    wording = Wording.of(weighed.seen, len(weighed.seqs))
    current = readings.where("latest AND NOT withdrawn").join(
        lineage.select("seq", "lineage", "publisher"), "seq", "left"
    )
    return steps.keep("outlines", each(current, lambda row: _outline(row, wording, reader), OUTLINE))


def _outline(row: Row, wording: Wording, reader: Reader) -> Iterator[Row]:
    a = reading_of(row).analysis
    claims = [with_corrections(c, reader.corrected.get(c.id, ())) for c in a.claims]
    made = prepared(row["seq"], a.dispatch, claims, a.silences, a.actors, wording, reader.knowledge)
    copied = row["lineage"] is not None
    numbers = np.array([mark.number for mark in made.marks], np.uint64).view(np.int64).tolist()
    yield {
        "seq": row["seq"],
        "id": a.dispatch.id,
        "month": row["month"],
        "lineage": row["lineage"] if copied else content_id("l", a.dispatch.id),
        "publisher": row["publisher"] if copied else a.dispatch.agency,
        "marks": [{"mark": n, "meets": mark.meets} for n, mark in zip(numbers, made.marks, strict=True)],
        "units": list(unit_rows(made.told)),
        "outline": packed(made.outline),
        "told": packed(made.told),
    }
