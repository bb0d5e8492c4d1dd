"""Coded rows as readings of a ledger: numbered, and of each dispatch the versions in order.

A ledger in one file takes versions in the order in which they come. Rows of a data frame have none: versions that
their publisher does not number are taken in order of publication.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec
import pyarrow as pa

from reportedly.days import day_number
from reportedly.export.nested import CodedRow, arrow_schema, to_analysis
from reportedly.ledger.period import Period
from reportedly.ledger.rows import History, StoredReading, digest, is_withdrawal
from reportedly.model import Analysis, Versions
from reportedly.spark.steps import Row, Steps, each, together

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

# A reading's number is its day and its place on it, so that what is of one day lies together.
PLACES_A_DAY = 1 << 23
UNDATED = "undated"

RECEIVED = pa.schema(
    {"id": pa.string(), "digest": pa.string(), "made_by": pa.string(), "published": pa.string(), "record": pa.binary()}
)
PLACED = pa.schema(
    {
        **{name: pa.string() for name in ("id", "digest", "published", "agency", "title", "text", "month")},
        **{name: pa.int64() for name in ("made_by", "rank", "revision", "day", "place")},
        **{name: pa.bool_() for name in ("latest", "withdrawn")},
        "record": pa.binary(),
    }
)


def readings(steps: Steps, coded: DataFrame, period: Period | None) -> tuple[DataFrame, dict[Versions, int]]:
    """The step ``readings`` (``PLACED`` and its number ``seq``), and what made them by number.

    Of a ``period`` only what its ledger takes.
    """
    from pyspark.sql import Window
    from pyspark.sql import functions as F  # noqa: N812  the name by which it is known

    wanted = coded.where("error IS NULL").select(*arrow_schema().names)
    if period is not None:
        first, last = period.reach
        # Times of the last day come behind the day itself.
        wanted = wanted.where(F.col("published").between(first, f"{last}~") | (F.lower("note") == "kill"))
    received = steps.keep("received", each(wanted, lambda row: _received(row, period), RECEIVED))
    found = sorted(row["made_by"] for row in received.select("made_by").distinct().collect())
    numbers = {name: n for n, name in enumerate(found, 1)}
    placed = together(received, "id", lambda rows: _placed(rows, numbers), PLACED, then="digest")
    order = Window.partitionBy("day").orderBy("id", "place")
    numbered = placed.withColumn("seq", F.col("day") * PLACES_A_DAY + F.row_number().over(order))
    made_by = {msgspec.json.decode(name, type=Versions): n for name, n in numbers.items()}
    return steps.keep("readings", numbered), made_by


def reading_of(row: Row) -> StoredReading:
    """A row of the step ``readings`` as the ledger's own record of it."""
    analysis = to_analysis(_DECODER.decode(row["record"]))
    return StoredReading(row["seq"], row["made_by"], row["rank"], row["revision"], analysis)


def _received(row: Row, period: Period | None) -> Iterator[Row]:
    coded = msgspec.convert(row, CodedRow)
    analysis = to_analysis(coded)
    if period is not None and not period.takes(analysis.dispatch):
        return
    yield {
        "id": coded.id,
        "digest": digest(analysis.dispatch),
        "made_by": msgspec.json.encode(analysis.versions, order="deterministic").decode(),
        "published": coded.published,
        "record": msgspec.msgpack.encode(coded),
    }


def _placed(rows: Iterable[Row], makers: Mapping[str, int]) -> Iterator[Row]:
    """The readings of one dispatch, each once, with their places among its versions."""
    history, kept = History(), []
    read = [(to_analysis(_DECODER.decode(row["record"])), row) for row in rows]
    for analysis, row in sorted(read, key=_arrival):
        reading = history.place(0, makers[row["made_by"]], analysis)
        if reading is not None:
            kept.append((reading, row))
    last = max(
        range(len(kept)), key=lambda n: (kept[n][0].rank, is_withdrawal(kept[n][0].analysis.dispatch), n), default=None
    )
    for n, (reading, row) in enumerate(kept):
        yield _row(reading, row, n, latest=n == last)


def _arrival(read: tuple[Analysis, Row]) -> tuple[str, int, str, str]:
    """The order in which versions count as received: by day and number, those without one first."""
    analysis, row = read
    number = analysis.dispatch.version or ""
    return row["published"] or "", int(number) if number.isdecimal() else -1, row["digest"], row["made_by"]


def _row(reading: StoredReading, row: Row, place: int, *, latest: bool) -> Row:
    dispatch = reading.analysis.dispatch
    day = day_number(dispatch.published)
    return row | {
        "agency": dispatch.agency,
        "title": dispatch.title,
        "text": dispatch.text,
        "month": dispatch.published[:7] if dispatch.published and day else UNDATED,
        "made_by": reading.made_by,
        "rank": reading.rank,
        "revision": reading.revision,
        "day": day or 0,
        "place": place,
        "latest": latest,
        "withdrawn": is_withdrawal(dispatch),
    }


_DECODER = msgspec.msgpack.Decoder(CodedRow)
