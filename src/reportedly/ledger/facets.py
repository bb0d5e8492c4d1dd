"""What a list of incidents holds, counted: by type, standing, country, source and day, and where on the map.

Each field is counted as if it had no filter of its own, so that a person sees what the other choices would give. One
question to the database for all of them; the filters that cost most (words, names) are looked at once.
"""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
import msgspec
import pyarrow as pa

from reportedly.ledger import select
from reportedly.ledger.listings import INCIDENTS
from reportedly.model import Incident

# Fields that are counted, each with the filters that are its own.
OWN: Mapping[str, tuple[str, ...]] = {
    "type": ("type",),
    "standing": ("standing",),
    "country": ("country",),
    "voice": ("voice",),
    "days": ("since", "until"),
}
# Values of one field that are counted at most; those with most incidents come first.
VALUES = 200
# Points of a map that are told apart.
POINTS = 4_000


class Counted(msgspec.Struct, frozen=True):
    """Incidents by value of each field, most first, and by their days: pairs of first and last day with a count."""

    type: tuple[tuple[str, int], ...]
    standing: tuple[tuple[str, int], ...]
    country: tuple[tuple[str, int], ...]
    voice: tuple[tuple[str, int], ...]
    days: tuple[tuple[str, str, int], ...]


class Point(msgspec.Struct, frozen=True):
    """A point of the map: how many incidents are there, and the number of one of them in this file."""

    lat: float
    lon: float
    incidents: int
    number: int


def counted(con: duckdb.DuckDBPyConnection, filters: Mapping[str, object]) -> Counted:
    """The counts of all incidents that pass the filters."""
    sql, values = _question(filters)
    found: dict[str, list[tuple[str, str, int]]] = {field: [] for field in OWN}
    for field, first, last, n in con.execute(sql, values).fetchall():
        found[field].append((first, last, n))
    plain = {field: tuple((v, n) for v, _, n in found[field]) for field in OWN if field != "days"}
    return Counted(**plain, days=tuple(sorted(found["days"])))


def _question(filters: Mapping[str, object]) -> tuple[str, list[object]]:
    own = {name for names in OWN.values() for name in names}
    flags, values = [], []
    for field, names in OWN.items():
        clause, given = select.where(INCIDENTS, {k: v for k, v in filters.items() if k in names})
        flags.append(f"({clause}) AS by_{field}")
        values += given
    clause, given = select.where(INCIDENTS, {k: v for k, v in filters.items() if k not in own})
    parts = " UNION ALL ".join(f"({_PARTS.get(field, _PLAIN).format(field=field, rest=_rest(field))})" for field in OWN)
    sql = f"""WITH base AS MATERIALIZED (
        SELECT number, type, standing, country, "begin", end_date, {", ".join(flags)}
        FROM incident AS listed WHERE {clause}
    ) {parts}"""  # noqa: S608  our own words; values are parameters
    return sql, [*values, *given]


def _rest(field: str) -> str:
    """What an incident has to pass to be counted under a field: the filters of all others."""
    return " AND ".join(f"by_{other}" for other in OWN if other != field)


_PLAIN = """
SELECT '{field}' AS field, {field} AS first, NULL AS last, count(*) AS n FROM base
WHERE {rest} AND {field} IS NOT NULL GROUP BY {field} ORDER BY n DESC, first LIMIT """ + str(VALUES)
_PARTS = {
    "voice": """
SELECT 'voice' AS field, source AS first, NULL AS last, count(DISTINCT number) AS n
FROM base JOIN incident_voice USING (number) JOIN known_as USING (name)
WHERE {rest} GROUP BY source ORDER BY n DESC, first LIMIT """
    + str(VALUES),
    "days": """
SELECT 'days' AS field, substr("begin", 1, 10) AS first, substr(coalesce(end_date, "begin"), 1, 10) AS last,
       count(*) AS n
FROM base WHERE {rest} AND "begin" IS NOT NULL GROUP BY first, last""",
}


def points(con: duckdb.DuckDBPyConnection, filters: Mapping[str, object]) -> list[Point]:
    """Where all incidents are that pass the filters, by the point of their place."""
    clause, values = select.where(INCIDENTS, filters)
    sql = f"""SELECT lat, lon, count(*) AS incidents, min(number) AS number FROM incident AS listed
              WHERE {clause} AND lat IS NOT NULL AND lon IS NOT NULL
              GROUP BY lat, lon ORDER BY incidents DESC, lat, lon LIMIT {POINTS}"""  # noqa: S608  our own words
    return [Point(*row) for row in con.execute(sql, values).fetchall()]


def latest(con: duckdb.DuckDBPyConnection) -> int:
    """The number of the reading that was added last: what comes later is new (the filter ``new`` of incidents)."""
    return int(con.execute("SELECT coalesce(max(seq), 0) FROM dispatch").fetchall()[0][0])


def numbered(con: duckdb.DuckDBPyConnection, numbers: list[int]) -> list[Incident]:
    """The incidents of these numbers, in their order."""
    return INCIDENTS.fetch(con, pa.table({"number": pa.array(numbers, pa.int64())}))
