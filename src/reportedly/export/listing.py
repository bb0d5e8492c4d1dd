"""Ledger records as table rows: scalars as they are, lists of names joined, everything nested as JSON text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

import msgspec

from reportedly.model import Analysis

if TYPE_CHECKING:
    import pyarrow as pa

Cell = str | int | float | None


def listing_rows(record: msgspec.Struct) -> list[dict[str, object]]:
    """The one row of a record, a column a field."""
    return [{name: _cell(getattr(record, name)) for name in record.__struct_fields__}]


def listing_schema(kind: type[msgspec.Struct]) -> pa.Schema:
    """The columns of a record type."""
    import pyarrow as pa

    kinds = {int: pa.int64(), float: pa.float64(), float | None: pa.float64()}
    return pa.schema([(f.name, kinds.get(f.type, pa.string())) for f in msgspec.structs.fields(kind)])


def table_of(kind: type[msgspec.Struct], records: Iterable[msgspec.Struct]) -> pa.Table:
    """An Arrow table of records of one type: the claims of analyses, a row each, of others a row a record."""
    import pyarrow as pa

    from reportedly.export.tables import claim_table

    if kind is Analysis:
        return claim_table(cast("Iterable[Analysis]", records))
    columns = listing_schema(kind)
    rows = [row for record in records for row in listing_rows(record)]
    return pa.table({name: [row[name] for row in rows] for name in columns.names}, schema=columns)


def _cell(value: object) -> Cell:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if isinstance(value, tuple) and all(isinstance(v, str) for v in value):
        return "; ".join(value)
    return msgspec.json.encode(value).decode()
