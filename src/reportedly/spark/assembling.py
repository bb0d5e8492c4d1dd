"""Incidents made of groups of units, group by group, with the rows that a ledger keeps of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from reportedly.days import day_number
from reportedly.incidents.merge import Decisions, ToldStory
from reportedly.incidents.told import UNITS, ToldDispatch, told_of
from reportedly.knowledge.load import Knowledge
from reportedly.ledger.made import STAGED, made_of
from reportedly.ledger.period import Period
from reportedly.ledger.sql import script
from reportedly.spark.readings import UNDATED
from reportedly.spark.steps import Row, Steps, in_order, together

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

# An incident's number is the day on which it begins and its place on it.
PLACES_A_DAY = 1 << 40
# What stands before all days: such incidents have none.
NO_DAY = 0


def assemble(
    steps: Steps,
    outlines: DataFrame,
    linked: DataFrame,
    compared: DataFrame,
    decisions: Decisions,
    period: Period | None,
    knowledge: Knowledge,
) -> DataFrame:
    """The step ``incidents``: what is kept of each incident, a column of rows for each table, numbered by ``number``.

    A group within one dispatch is made with the others of that dispatch, so that its text is sent once.
    Of a ``period`` those of which something was told in it.
    """
    from pyspark.sql import Window
    from pyspark.sql import functions as F  # noqa: N812  the name by which it is known

    told = linked.withColumn("seq", F.shiftright("unit", UNITS.bit_length() - 1))
    across = told.groupBy("root").agg(F.min("seq").alias("first"), F.max("seq").alias("last"))
    home = F.when(F.col("first") == F.col("last"), F.col("first")).otherwise(-F.col("root"))
    placed = told.join(across.select("root", home.alias("home")), "root")
    units = placed.groupBy("home", "seq").agg(F.collect_list(F.struct("root", "unit")).alias("members"))
    rows = units.join(outlines.select("seq", "lineage", "publisher", "told"), "seq")
    rows = rows.join(_likeness(units, compared), ["home", "seq"], "left")
    made = together(rows, "home", lambda part: _incidents(part, decisions, period, knowledge), _schema(), then="seq")
    order = Window.partitionBy("day").orderBy("id")
    numbered = made.withColumn("number", F.col("day") * F.lit(PLACES_A_DAY) + F.row_number().over(order))
    return steps.keep("incidents", in_order(numbered, "number"))


def _likeness(units: DataFrame, compared: DataFrame) -> DataFrame:
    """For each dispatch of a group across dispatches how alike it is to others of the group."""
    from pyspark.sql import functions as F  # noqa: N812  the name by which it is known

    shared = units.where("home < 0").select("home", "seq")
    alike = compared.where("cosine IS NOT NULL").select("a", "b", "cosine")
    pairs = alike.join(shared.withColumnRenamed("seq", "a"), "a")
    pairs = pairs.join(shared.withColumnRenamed("seq", "b"), ["home", "b"])
    return pairs.groupBy("home", F.col("a").alias("seq")).agg(F.collect_list(F.struct("b", "cosine")).alias("alike"))


def _schema() -> pa.Schema:
    """What is kept by table, as the ledger has it, without the number."""
    tables = table_schemas()
    columns = {name: pa.list_(pa.struct([f for f in tables[name] if f.name != "number"])) for name in STAGED}
    return pa.schema({"id": pa.string(), "day": pa.int64(), "month": pa.string(), **columns})


def table_schemas() -> dict[str, pa.Schema]:
    """The columns of the ledger's tables."""
    with duckdb.connect() as con:
        con.execute(script("schema.sql"))
        names = [name for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        return {name: con.sql(f'FROM "{name}" LIMIT 0').to_arrow_table().schema for name in names}


def _incidents(rows: list[Row], decisions: Decisions, period: Period | None, knowledge: Knowledge) -> Iterator[Row]:
    told = {row["seq"]: told_of(row["told"]) for row in rows}
    stories = {t.dispatch.id: _story(t, row) for t, row in zip(told.values(), rows, strict=True)}
    likeness = {
        (told[row["seq"]].dispatch.id, told[near["b"]].dispatch.id): near["cosine"]
        for row in rows
        for near in row["alike"] or ()
    }
    groups: dict[int, list[int]] = {}
    for row in rows:
        for member in row["members"]:
            groups.setdefault(member["root"], []).append(member["unit"])
    for group in groups.values():
        days = (told[unit // UNITS].dispatch.published for unit in group)
        if period is not None and not any(map(period.tells, days)):
            continue
        made = made_of(sorted(group), told, stories, likeness, decisions, knowledge)
        if made is not None:
            begin = made.incident.begin
            day = day_number(begin) or NO_DAY
            month = begin[:7] if begin and day else UNDATED
            kept = made.to_rows()
            # What came last is what was published last: rows of a data frame have no other order.
            arrived = max(t.seq for t in made.told.values())
            kept["incident"] = [row | {"arrived": arrived} for row in kept["incident"]]
            yield {"id": made.incident.id, "day": day, "month": month, **kept}


def _story(told: ToldDispatch, row: Row) -> ToldStory:
    return ToldStory(told.seq, told.dispatch, told.claims, told.silences, told.actors, row["lineage"], row["publisher"])
