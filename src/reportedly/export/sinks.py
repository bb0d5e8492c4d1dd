"""Where results go: a file whose suffix chooses the format, or standard output."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from reportedly.errors import ConfigError
from reportedly.export.outlet import outlet
from reportedly.export.records import to_json_line
from reportedly.export.tables import harmless

if TYPE_CHECKING:
    import msgspec
    import pyarrow as pa

SUFFIXES = (".jsonl", ".csv", ".parquet")
# Rows are handed to Arrow in batches: memory stays flat over any number of dispatches.
BATCH_ROWS = 5_000

Rows = Callable[[Any], list[dict[str, object]]]


def format_of(output: str) -> str:
    """The format of ``--output``: "jsonl", "csv" or "parquet"; "-" is JSONL.

    Raises ConfigError for any other suffix.
    """
    if output == "-":
        return "jsonl"
    suffix = Path(output).suffix.lower()
    if suffix not in SUFFIXES:
        raise ConfigError(
            "E302",
            f"{output}: the suffix {suffix or '(none)'} names no output format",
            f"Use one of {', '.join(SUFFIXES)}, or - for JSON lines on standard output.",
        )
    return suffix[1:]


@contextmanager
def open_sink(
    output: str, *, record: Callable[[Any], msgspec.Struct], rows: Rows, schema: Callable[[], pa.Schema]
) -> Iterator[Callable[[Any], None]]:
    """A function that takes one result after the other and writes it to ``output``.

    ``record`` gives the JSON record of a result, ``rows`` and ``schema`` its rows in tables.
    """
    kind = format_of(output)
    if kind == "jsonl":
        with outlet(output) as stream:
            yield lambda item: _write_line(stream, record(item))
        return
    with outlet(output) as stream, table_writer(stream, kind, schema()) as write:
        yield lambda item: write(rows(item))


def _write_line(stream: BinaryIO, record: msgspec.Struct) -> None:
    stream.write(to_json_line(record))
    stream.flush()


@contextmanager
def table_writer(stream: BinaryIO, kind: str, schema: pa.Schema) -> Iterator[Callable[[list[dict[str, object]]], None]]:
    """A function that takes rows and writes them as "csv" or "parquet" to a stream, a batch at a time."""
    import pyarrow as pa

    pending: list[dict[str, object]] = []
    clean = harmless if kind == "csv" else lambda value: value

    def flush() -> None:
        columns = {name: [clean(row[name]) for row in pending] for name in schema.names}
        writer.write_table(pa.table(columns, schema=schema))
        pending.clear()

    def write(rows: list[dict[str, object]]) -> None:
        pending.extend(rows)
        if len(pending) >= BATCH_ROWS:
            flush()

    with _arrow_writer(stream, kind, schema) as writer:
        yield write
        if pending or kind == "parquet":
            flush()


def _arrow_writer(stream: BinaryIO, kind: str, schema: pa.Schema) -> Any:  # noqa: ANN401  pyarrow has no types
    if kind == "csv":
        from pyarrow import csv

        return csv.CSVWriter(stream, schema)
    from pyarrow import parquet

    return parquet.ParquetWriter(stream, schema)
