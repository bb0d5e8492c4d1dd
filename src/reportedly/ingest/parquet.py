"""Parquet, column by column, in batches."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from reportedly.ingest.fields import columns_of, to_raw
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
            wanted = list(columns_of(names, source.options.text_column).values())
            if not {"text", "html", "summary"} & columns_of(names, source.options.text_column).keys():
                raise RefusedError(
                    "no-text-column",
                    f"no column for a text among {', '.join(names[:30])} (--text-column NAME says which)",
                )
            number = 0
            for batch in file.iter_batches(batch_size=BATCH_ROWS, columns=wanted, use_threads=False):
                for record in batch.to_pylist():
                    number += 1
                    yield to_raw(record, source.options.text_column, item=f"row {number}")
        except (pa.ArrowException, OSError, ValueError) as problem:
            first = str(problem).splitlines()[0] if str(problem) else type(problem).__name__
            raise RefusedError("broken-parquet", f"not readable as Parquet: {first[:200]}") from None


def _opened(source: Source) -> BinaryIO | Any:
    """A stream that can be sought in: the file itself, or the whole of a member in memory."""
    if source.member is None and Path(source.file).is_file():
        return Path(source.file).open("rb")
    return io.BytesIO(source.read_all())
