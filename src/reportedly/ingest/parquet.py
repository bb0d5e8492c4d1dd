"""Parquet, column by column, in batches."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from reportedly.ingest.fields import TEXT_FIELDS, columns_of, to_raw
from reportedly.ingest.source import Raw, RefusedError, Source
from reportedly.model import Diagnostic

BATCH_ROWS = 256


def read(source: Source) -> Iterator[Raw | Diagnostic]:
    """One dispatch a row."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    with _opened(source) as stream:
        try:
            file = pq.ParquetFile(stream)
            names = file.schema_arrow.names
            columns = columns_of(names, source.options.text_column)
            if TEXT_FIELDS.isdisjoint(columns):
                found = ", ".join(names[:30])
                raise RefusedError(
                    "no-text-column", f"no column for a text among {found} (--text-column NAME says which)"
                )
            number = 0
            for batch in file.iter_batches(batch_size=BATCH_ROWS, columns=list(columns.values()), use_threads=False):
                for record in batch.to_pylist():
                    number += 1
                    yield to_raw(record, source.options.text_column, item=f"row {number}")
        except (pa.ArrowException, OSError, ValueError) as problem:
            first = str(problem).splitlines()[0] if str(problem) else type(problem).__name__
            raise RefusedError("broken-parquet", f"not readable as Parquet: {first[:200]}") from None


def _opened(source: Source) -> BinaryIO:
    """A stream that can be sought in: the file itself, or the whole of a member in memory."""
    if source.member is None and source.file != "-" and Path(source.file).is_file():
        return Path(source.file).open("rb")
    return io.BytesIO(source.read_all())
