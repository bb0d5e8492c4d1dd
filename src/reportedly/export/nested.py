"""Coded dispatches as columns of nested types, for tables of millions: the contract's fields as Arrow and SQL types."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import inspect

from reportedly.export.records import CodedDispatch, to_record
from reportedly.model import Analysis, Dispatch, Span, Versions

if TYPE_CHECKING:
    import pyarrow as pa


class CodedRow(CodedDispatch, frozen=True, kw_only=True):
    """A coded dispatch with all that a ledger keeps of it: what else was received, and what read it.

    ``error`` says why a row has no coding; its other fields are then null or empty.
    """

    url: str | None = None
    version: str | None = None
    note: str | None = None
    file: str | None = None
    title_span: Span | None = None
    body_start: int = 0
    versions: Versions | None = None
    error: str | None = None


UNKNOWN = "unknown"
RECEIVED = ("url", "version", "note", "file", "title_span", "body_start")


def to_row(analysis: Analysis) -> CodedRow:
    """The row of an analysis; one that failed has its reason in ``error``."""
    fields = {name: getattr(analysis.dispatch, name) for name in RECEIVED}
    failure = next((d.message for d in analysis.diagnostics if d.level == "error"), None)
    return CodedRow(**_fields(to_record(analysis)), **fields, versions=analysis.versions, error=failure)


def to_analysis(row: CodedRow, coder: str = UNKNOWN) -> Analysis:
    """The analysis that a row was made from, without its diagnostics; ``coder`` made it where it does not say who."""
    received = {name: getattr(row, name) for name in Dispatch.__struct_fields__}
    found = {name: getattr(row, name) for name in ("times", "places", "actors", "statements", "silences", "claims")}
    made_by = row.versions or Versions(UNKNOWN, UNKNOWN, coder, UNKNOWN, UNKNOWN)
    return Analysis(dispatch=Dispatch(**received), **found, diagnostics=(), versions=made_by)


def completed(record: object, kind: inspect.Type | None = None) -> object:
    """A record as others write it, with what it leaves out and what may be open or empty put in as that."""
    kind = kind or inspect.type_info(CodedRow)
    match kind:
        case inspect.StructType(fields=fields) if isinstance(record, dict):
            given = {f.name: completed(record[f.name], f.type) for f in fields if f.name in record}
            left = {f.name: empty for f in fields if f.required and f.name not in record for empty in _open(f.type)}
            return record | given | left
        case inspect.VarTupleType(item_type=item) if isinstance(record, list):
            return [completed(part, item) for part in record]
        case inspect.UnionType(types=types):
            return completed(record, next(t for t in types if not isinstance(t, inspect.NoneType)))
        case _:
            return record


def _open(kind: inspect.Type) -> Iterator[object]:
    """What stands for nothing said, where that can be."""
    if isinstance(kind, inspect.UnionType) and any(isinstance(t, inspect.NoneType) for t in kind.types):
        yield None
    elif isinstance(kind, inspect.VarTupleType):
        yield []


def failed_row(id: str, text: str, error: str, file: str | None = None) -> CodedRow:  # noqa: A002  the contract's name
    """The row of a record that could not be read."""
    empty: dict[str, Any] = dict.fromkeys(("times", "places", "actors", "statements", "claims", "silences"), ())
    return CodedRow(
        id=id,
        published=None,
        agency=None,
        title=None,
        lang="",
        dateline=None,
        text=text,
        file=file,
        error=error,
        **empty,
    )


def arrow_schema() -> pa.Schema:
    """The columns of ``CodedRow``."""
    import pyarrow as pa

    return pa.schema([(f.name, _arrow(f.type)) for f in _struct(CodedRow).fields])


def sql_schema() -> str:
    """The columns of ``CodedRow`` as Spark writes types."""
    return ", ".join(f"`{f.name}` {_sql(f.type)}" for f in _struct(CodedRow).fields)


def to_batch(rows: Iterable[CodedRow]) -> pa.RecordBatch:
    """Rows as one Arrow batch."""
    import pyarrow as pa

    return pa.RecordBatch.from_pylist([msgspec.to_builtins(row) for row in rows], schema=arrow_schema())


def _fields(record: CodedDispatch) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__struct_fields__}


def _struct(kind: type[msgspec.Struct]) -> inspect.StructType:
    found = inspect.type_info(kind)
    assert isinstance(found, inspect.StructType)
    return found


def _arrow(kind: inspect.Type) -> pa.DataType:
    import pyarrow as pa

    match kind:
        case inspect.StructType(array_like=True):
            return pa.list_(pa.int64())
        case inspect.StructType(fields=fields):
            return pa.struct([(f.name, _arrow(f.type)) for f in fields])
        case inspect.VarTupleType(item_type=item):
            return pa.list_(_arrow(item))
        case inspect.UnionType(types=types):
            return _arrow(next(t for t in types if not isinstance(t, inspect.NoneType)))
        case inspect.IntType():
            return pa.int64()
        case inspect.FloatType():
            return pa.float64()
        case inspect.BoolType():
            return pa.bool_()
        case _:
            return pa.string()


def _sql(kind: inspect.Type) -> str:
    match kind:
        case inspect.StructType(array_like=True):
            return "array<bigint>"
        case inspect.StructType(fields=fields):
            return f"struct<{', '.join(f'`{f.name}`: {_sql(f.type)}' for f in fields)}>"
        case inspect.VarTupleType(item_type=item):
            return f"array<{_sql(item)}>"
        case inspect.UnionType(types=types):
            return _sql(next(t for t in types if not isinstance(t, inspect.NoneType)))
        case inspect.IntType():
            return "bigint"
        case inspect.FloatType():
            return "double"
        case inspect.BoolType():
            return "boolean"
        case _:
            return "string"
