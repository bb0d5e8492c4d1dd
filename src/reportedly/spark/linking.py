"""Which units are one incident: average linkage by the driver as long as it can hold the edges, else by Spark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from reportedly.incidents.merge import Decisions
from reportedly.ledger import groups
from reportedly.spark.rounds import clustered
from reportedly.spark.steps import Steps

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

# Edges that the driver holds: they take some 60 bytes each while groups are found.
EDGES_ON_DRIVER = 200_000_000


def link(steps: Steps, decisions: Decisions, most: int = EDGES_ON_DRIVER) -> DataFrame:
    """The step ``linked``: of each unit (``unit``) the number that all of its group have (``root``)."""
    edges = f"SELECT a, b, score FROM {steps.scan('compared')} WHERE score IS NOT NULL"  # noqa: S608  our own names
    held = f"SELECT unnest(units, max_depth := 2) FROM {steps.scan('outlines')}"  # noqa: S608
    with steps.database(
        edge=edges, unit=held, touched="SELECT 0 AS unit WHERE false", covered="SELECT 0 WHERE false"
    ) as con:
        if con.execute("SELECT count(*) FROM edge").fetchall()[0][0] > most:
            same, apart = (groups.homes_of(con, pairs) for pairs in (decisions.same, decisions.different))
            return clustered(steps, same, apart)
        graph = groups.graph_of(con, decisions)
    return steps.put("linked", pa.table({"unit": graph.units, "root": groups.labelled(graph)}))
