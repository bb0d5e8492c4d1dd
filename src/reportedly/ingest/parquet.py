"""Parquet, column by column, a few rows at a time."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, BinaryIO, TypeAlias

from reportedly.ingest.fields import TEXT_FIELDS, columns_of, to_raw
from reportedly.ingest.packed import seekable
from reportedly.ingest.source import InputSource, Raw, RefusedError
from reportedly.model import Diagnostic

# pyarrow has no types.
Arrow: TypeAlias = Any

BATCH_ROWS = 64


def read(source: InputSource) -> Iterator[Raw | Diagnostic]:
    """One dispatch a row."""
    import pyarrow as pa

    number = unpacked = 0
    with seekable(source) as stream:
        packed = stream.seek(0, io.SEEK_END)
        try:
            file, columns = _file(source, stream)
            for batch in file.iter_batches(batch_size=BATCH_ROWS, columns=columns, use_threads=False):
                rows = _Rows(source, batch)
                for at, size in enumerate(_sizes(batch)):
                    number += 1
                    unpacked += size
                    source.budget.count(size, packed, unpacked)
                    item = f"row {number}"
                    yield from source.each(rows.read, at, item, item=item)
        except (pa.ArrowException, OSError, ValueError) as problem:
            first = str(problem).splitlines()[0] if str(problem) else type(problem).__name__
            after = f" after row {number:,}" if number else ""
            raise RefusedError("broken-parquet", f"not readable as Parquet{after}: {first[:200]}") from None


def _file(source: InputSource, stream: BinaryIO) -> tuple[Arrow, list[str]]:
    """The open file and the names of the columns that a dispatch is made of.

    Values that repeat stay where they are, once: a text that stands in a million rows takes the room of one.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pq.read_schema(stream)
    columns = columns_of(schema.names, source.options.text_column, source.options.knowledge)
    if TEXT_FIELDS.isdisjoint(columns):
        found = ", ".join(schema.names[:30])
        raise RefusedError("no-text-column", f"no column for a text among {found} (--text-column NAME says which)")
    wanted = list(columns.values())
    strings = [name for name in wanted if pa.types.is_string(schema.field(name).type)]
    stream.seek(0)
    return pq.ParquetFile(stream, read_dictionary=strings, pre_buffer=False, buffer_size=1 << 20), wanted


def _sizes(batch: Arrow) -> list[int]:
    """The bytes of all strings of each row, without taking them up."""
    import pyarrow.compute as pc

    sizes = [0] * batch.num_rows
    for column in batch.columns:
        if hasattr(column, "dictionary"):
            lengths = pc.binary_length(column.dictionary).take(column.indices).to_pylist()
            sizes = [size + (length or 0) for size, length in zip(sizes, lengths, strict=True)]
    return sizes


class _Rows:
    """The rows of a batch."""

    def __init__(self, source: InputSource, batch: Arrow) -> None:
        self._source = source
        self._columns = list(zip(batch.schema.names, batch.columns, strict=True))

    def read(self, at: int, item: str) -> Iterator[Raw]:
        """The record of one row."""
        record = {name: _cell(name, column[at]) for name, column in self._columns}
        yield to_raw(record, self._source.options, item=item)


def _cell(name: str, value: Arrow) -> object:
    """A value as Python has it; a time that Python does not know as it was written.

    Raises RefusedError for any other that cannot be read.
    """
    import pyarrow as pa

    try:
        return value.as_py()
    except (ValueError, OverflowError, pa.ArrowException) as problem:
        if pa.types.is_temporal(value.type):
            return f"{value.type} {getattr(value, 'value', '')}"
        raise RefusedError("bad-row", f'the column "{name}" is not readable: {problem}'[:200]) from None
