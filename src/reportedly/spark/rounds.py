"""Average linkage as rounds of queries, for more comparisons than one machine holds.

What ``incidents.linkage`` does with arrays: in each round all pairs of groups that are each other's nearest are joined,
and a group that is alike enough to no other is done. All sums are of whole numbers, so that the result is the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from reportedly.incidents.likeness import ENOUGH, MICRO
from reportedly.ledger import groups
from reportedly.spark.steps import Steps

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

# Nearest first, of equally near ones the one of the smaller numbers.
_ORDER = "named_struct('far', -(CAST(total AS DOUBLE) / CAST(pairs AS DOUBLE)), 'a', a, 'b', b)"


def clusters(steps: Steps, nodes: DataFrame, edges: DataFrame) -> DataFrame:
    """For each node (``node``, ``mass``) the smallest of its cluster (``root``); ``edges`` are ``a < b``, ``score``."""
    from pyspark.sql import functions as F  # noqa: N812  the name by which it is known

    mass = steps.keep("round-0-mass", nodes)
    left, right = (mass.withColumnsRenamed({"node": end, "mass": f"mass_{end}"}) for end in ("a", "b"))
    total = F.expr("score * mass_a * mass_b").alias("total")
    going = steps.keep("round-0-edges", edges.join(left, "a").join(right, "b").select("a", "b", total))
    where = steps.keep("round-0-where", nodes.select("node", F.col("node").alias("root")))
    number = 0
    while True:
        number += 1
        near = steps.keep(f"round-{number}-near", _near(going, mass))
        joined = steps.keep(f"round-{number}-joined", _mutual(near))
        if joined.isEmpty():
            return where
        mass = steps.keep(f"round-{number}-mass", _grown(mass, joined))
        where = steps.keep(f"round-{number}-where", _moved(where, "root", joined))
        going = steps.keep(f"round-{number}-edges", _contracted(going, near, joined))


def _near(edges: DataFrame, mass: DataFrame) -> DataFrame:
    """The edges whose mean is enough, with their place in the order of all."""
    from pyspark.sql import functions as F  # noqa: N812  the name by which it is known

    left, right = (mass.withColumnsRenamed({"node": end, "mass": f"mass_{end}"}) for end in ("a", "b"))
    found = edges.join(left, "a").join(right, "b").withColumn("pairs", F.expr("mass_a * mass_b"))
    return found.where(f"total >= {round(ENOUGH * MICRO)} * pairs").select("a", "b", F.expr(_ORDER).alias("place"))


def _mutual(near: DataFrame) -> DataFrame:
    """The edges whose two ends are each other's nearest: ``gone`` goes into ``node``."""
    from pyspark.sql import functions as F  # noqa: N812  the name by which it is known

    ends = near.select(F.explode(F.array("a", "b")).alias("node"), "place")
    best = ends.groupBy("node").agg(F.min("place").alias("place"))
    chosen = best.groupBy("place").agg(F.count("*").alias("n")).where("n = 2")
    return chosen.select(F.col("place.a").alias("node"), F.col("place.b").alias("gone"))


def _grown(mass: DataFrame, joined: DataFrame) -> DataFrame:
    return _moved(mass, "node", joined).groupBy("node").sum("mass").withColumnRenamed("sum(mass)", "mass")


def _moved(frame: DataFrame, column: str, joined: DataFrame) -> DataFrame:
    """The frame with what has gone into another in its column replaced by that other."""
    into = joined.select(joined["gone"].alias(column), joined["node"].alias("into"))
    held = frame.join(into, column, "left")
    return held.selectExpr(
        f"coalesce(into, {column}) AS {column}", *(name for name in frame.columns if name != column)
    ).select(*frame.columns)


def _contracted(edges: DataFrame, near: DataFrame, joined: DataFrame) -> DataFrame:
    """The edges between clusters that are not done, added up."""
    from pyspark.sql import functions as F  # noqa: N812  the name by which it is known

    alive = near.select(F.explode(F.array("a", "b")).alias("node")).distinct()
    going = edges
    for end in ("a", "b"):
        going = going.join(alive.withColumnRenamed("node", end), end, "left_semi")
    for end in ("a", "b"):
        going = _moved(going, end, joined)
    ends = going.where("a <> b").selectExpr("least(a, b) AS a", "greatest(a, b) AS b", "total")
    return ends.groupBy("a", "b").sum("total").withColumnRenamed("sum(total)", "total")


def clustered(steps: Steps, same: list[tuple[int, int]], apart: list[tuple[int, int]]) -> DataFrame:
    """The step ``linked`` of all units in the steps ``outlines`` and ``compared``; see ``linking.link``."""
    from pyspark.sql import functions as F  # noqa: N812  the name by which it is known

    units = steps.read("outlines").select(F.explode("units").alias("u")).select("u.*")
    # In order of key, on which nothing depends but which of two equal scores is taken first.
    mass = F.size("claims").cast("long").alias("mass")
    ordered = units.where("host IS NULL").orderBy("key").select("unit", mass)
    free = steps.keep("free", ordered.withColumn("node", F.monotonically_increasing_id()))
    place = free.select("unit", "node")
    scores = _scores(steps, apart)
    for end in ("a", "b"):
        there = place.withColumnsRenamed({"unit": end, "node": f"{end}_node"})
        scores = scores.join(there, end)
    edges = scores.selectExpr("least(a_node, b_node) AS a", "greatest(a_node, b_node) AS b", "score")
    found = clusters(steps, free.select("node", "mass"), edges)
    roots = (
        found.join(place, "node")
        .join(place.withColumnsRenamed({"node": "root", "unit": "group"}), "root")
        .select("unit", "group")
    )
    if same:
        names = sorted({unit for pair in same for unit in pair})
        groups_of = {r["unit"]: r["group"] for r in roots.where(F.col("unit").isin(names)).collect()}
        told = [(groups_of[a], groups_of[b]) for a, b in same if a in groups_of and b in groups_of]
        roots = _brought_together(steps, roots, told)
    homes = units.select("unit", F.coalesce("host", "unit").alias("home"))
    linked = homes.join(roots.withColumnRenamed("unit", "home"), "home")
    return steps.keep("linked", linked.select("unit", F.col("group").alias("root")))


def _scores(steps: Steps, apart: list[tuple[int, int]]) -> DataFrame:
    """How alike each two compared units are, the smaller first; what people set apart is not alike at all."""
    from pyspark.sql import functions as F  # noqa: N812  the name by which it is known

    scores = steps.read("compared").where("score IS NOT NULL")
    scores = scores.selectExpr("least(a, b) AS a", "greatest(a, b) AS b", "CAST(score AS BIGINT) AS score")
    if not apart:
        return scores
    pairs = sorted({(min(pair), max(pair)) for pair in apart})
    kept = steps.spark.createDataFrame(pairs, "a bigint, b bigint")
    return scores.join(kept, ["a", "b"], "left_anti").union(kept.withColumn("score", F.lit(groups.APART)))


def _brought_together(steps: Steps, roots: DataFrame, pairs: list[tuple[int, int]]) -> DataFrame:
    ends = np.array(pairs, np.int64).reshape(-1, 2)
    held = np.unique(ends)
    label = held[groups.hanging_together(held, ends[:, 0], ends[:, 1])]
    into = steps.put("same", pa.table({"gone": held, "node": label}))
    return _moved(roots, "group", into)
