"""What people read, written as Parquet by month, and the file by which a ledger opens it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import msgspec
import pyarrow as pa

from reportedly.incidents.merge import Decisions
from reportedly.knowledge.load import Knowledge
from reportedly.ledger import folder as kept
from reportedly.ledger import migrate, rows, sources
from reportedly.ledger.lists import list_anew
from reportedly.ledger.period import Period
from reportedly.ledger.planned import REFERENCE
from reportedly.ledger.sql import run, script
from reportedly.ledger.tables import rules
from reportedly.model import Versions
from reportedly.spark.assembling import table_schemas
from reportedly.spark.readings import reading_of
from reportedly.spark.steps import Row, Steps, batches_of, in_order, rows_of, sql_of

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

LISTED = ("received", "told")
OF_INCIDENTS = ("incident", "incident_claim", "incident_voice", "incident_tie")


def write_readings(readings: DataFrame, steps: Steps, judgements: Sequence[Row], folder: Path) -> None:
    """The tables of what was read, and the lists of dispatches and claims."""
    schemas = table_schemas()
    schema = pa.schema(
        {
            "seq": pa.int64(),
            "month": pa.string(),
            **{name: pa.list_(pa.struct(list(schemas[name]))) for name in (*rows.TABLES, *LISTED)},
        }
    )

    def work(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return batches_of((row for batch in batches for row in _listed(list(rows_of([batch])), judgements)), schema)

    listed = steps.keep("listed", in_order(readings.mapInArrow(work, sql_of(schema)), "seq"))
    for table in (*rows.TABLES, *LISTED):
        _write(listed, table, (), folder)


def _listed(read: list[Row], judgements: Sequence[Row]) -> Iterator[Row]:
    """For each reading its rows by table, as a ledger makes them."""
    by_table: dict[str, dict[int, list[Row]]] = {}
    for table, found in rows.tables([reading_of(row) for row in read]).items():
        by_table[table] = _by_reading(found)
    latest = [reading_of(row) for row in read if row["latest"]]
    with duckdb.connect() as con:
        con.execute(script("schema.sql"))
        for table, found in rows.tables(latest).items():
            rows.insert(con, table, found)
        rows.insert(con, "judgement", judgements)
        list_anew(con, sorted({r.analysis.dispatch.id for r in latest}))
        for table in LISTED:
            by_table[table] = _by_reading(rows.query(con, f"FROM {table}"))
    for row in read:
        yield {
            "seq": row["seq"],
            "month": row["month"],
            **{table: found.get(row["seq"], []) for table, found in by_table.items()},
        }


def _by_reading(found: Iterable[Row]) -> dict[int, list[Row]]:
    out: dict[int, list[Row]] = defaultdict(list)
    for row in found:
        out[row["seq"]].append(row)
    return out


def write_lineage(lineage: DataFrame, folder: Path) -> None:
    """The table of dispatches that have copies, which is small and stays in one piece."""
    from pyspark.sql import functions as F  # noqa: N812  the name by which it is known

    _save(lineage.withColumn("month", F.lit("all")), "lineage", folder)


def write_incidents(incidents: DataFrame, folder: Path) -> None:
    """The tables of incidents, by the month in which they begin."""
    for table in OF_INCIDENTS:
        _write(incidents, table, ("number",), folder)


def _write(frame: DataFrame, table: str, beside: Sequence[str], folder: Path) -> None:
    """The rows of a column of lists as a table of their own, with columns that stand beside it."""
    from pyspark.sql import functions as F  # noqa: N812  the name by which it is known

    found = frame.select("month", *beside, F.explode(table).alias("row"))
    _save(found.select("month", *beside, "row.*"), table, folder)


def _save(frame: DataFrame, table: str, folder: Path) -> None:
    frame.write.partitionBy("month").parquet(str(folder / table))


class Beside(msgspec.Struct, frozen=True):
    """What stands in the file beside the Parquet: what made the readings, what weighs words, judgements, period."""

    made_by: Mapping[Versions, int]
    reference: tuple[int, ...]
    judgements: list[Row]
    period: Period | None


def write_index(folder: Path, beside: Beside, decisions: Decisions, knowledge: Knowledge) -> None:
    """Write the file by which a ledger opens the folder: this makes it a ledger."""
    draft = folder / f".{kept.INDEX}"
    draft.unlink(missing_ok=True)
    with duckdb.connect(str(draft)) as con:
        migrate.prepare(con, str(draft))
        con.execute("SET VARIABLE here = ?", [str(folder)])
        kept.point(con, folder)
        last = max((row["n"] for row in beside.judgements), default=0)
        made_by = [{"made_by": n, **msgspec.structs.asdict(versions)} for versions, n in beside.made_by.items()]
        kept.fill(
            con,
            {
                "made_by": made_by,
                "reference": [{"seq": seq} for seq in beside.reference],
                "judgement": beside.judgements,
                "period": [msgspec.structs.asdict(beside.period)] if beside.period else [],
                "merged": [{"rules": rules(knowledge, REFERENCE), "judged": last}],
            },
        )
        sources.update(con, decisions.sources, knowledge)
        run(con, "sources.sql")
    draft.rename(folder / kept.INDEX)
