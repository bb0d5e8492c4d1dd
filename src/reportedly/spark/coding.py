"""Coding on a Spark cluster: data frames of texts in, data frames of coded dispatches out.

The work is ``mapInArrow`` over the same line that the command runs: each Python worker loads the model once, at its
first batch, and codes what it is given. A row that cannot be read, or is not in English, comes out with the reason in
its column ``error`` and never fails the job. Needs the extra ``spark`` and a Java runtime.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa
from msgspec.structs import replace

from reportedly.config import DEFAULT, Config
from reportedly.errors import ConfigError
from reportedly.export.nested import CodedRow, failed_row, sql_schema, to_batch, to_row
from reportedly.ingest import read_paths
from reportedly.ingest.fields import TEXT_FIELDS, columns_of, to_raw
from reportedly.ingest.finish import Finisher
from reportedly.ingest.options import ReadOptions
from reportedly.ingest.source import InputSource
from reportedly.knowledge.load import knowledge_of
from reportedly.limits import BATCH_CHARS, portions
from reportedly.model import Diagnostic, Dispatch

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

# Coded in one go, and handed back to Spark in one batch.
BATCH_ROWS = 32


def code(df: DataFrame, config: Config = DEFAULT, options: ReadOptions | None = None) -> DataFrame:
    """The coded dispatches of a data frame of texts, a row each, in columns of nested types.

    Columns are found by the names that the command knows in tables (``id``, ``text``, ``published``, ``title``,
    ``agency``, ``url``, ``lang``, ``version`` ...); only a text is needed. Other columns are left out: join them by id.

    Raises ConfigError where no column holds a text.
    """
    wanted = _options(options, config)
    columns = columns_of(df.columns, wanted.text_column, wanted.knowledge)
    if TEXT_FIELDS.isdisjoint(columns):
        raise ConfigError(
            "E327", f"no column for a text among {', '.join(df.columns)}", "Name it: ReadOptions(text_column=...)."
        )

    def work(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        rows = (row for batch in batches for row in batch.to_pylist())
        return _batches(_coded((_record(row, wanted) for row in rows), config))

    return df.select(*dict.fromkeys(columns.values())).mapInArrow(work, sql_schema())


def code_files(
    spark: SparkSession, paths: Sequence[str], config: Config = DEFAULT, options: ReadOptions | None = None
) -> DataFrame:
    """The coded dispatches of files in any format that the command reads (WARC, JSONL, folders ...), a task each.

    Every worker has to reach the paths under the same names. What cannot be read is a row with an ``error``.
    """
    wanted = _options(options, config)
    # As a table, which the JVM takes as it is; of a list Python workers of another kind would make the rows.
    listed = pa.table({"path": pa.array(list(paths), pa.string())})
    names = spark.createDataFrame(listed).repartition(max(1, len(paths)), "path")

    def work(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        found = (path for batch in batches for path in batch.column("path").to_pylist())
        records = (_Record("", "", [item]) for path in found for item in read_paths([path], wanted))
        return _batches(_coded(records, config))

    return names.mapInArrow(work, sql_schema())


def _options(options: ReadOptions | None, config: Config) -> ReadOptions:
    """How texts are read; tables that cannot be are refused here, and not by every worker."""
    knowledge_of(config)
    given = options or ReadOptions()
    return replace(given, tables=given.tables or config.tables)


def _batches(rows: Iterator[CodedRow]) -> Iterator[pa.RecordBatch]:
    while some := list(islice(rows, BATCH_ROWS)):
        yield to_batch(some)


class _Record(NamedTuple):
    """A record as it came, and what reading it gave: a dispatch, or diagnostics, or both."""

    id: str
    text: str
    read: Sequence[Dispatch | Diagnostic]


def _record(row: dict[str, object], options: ReadOptions) -> _Record:
    raw = to_raw(row, options)
    try:
        found = list(Finisher(InputSource("", io.BytesIO(), options))(raw))
    except Exception as problem:  # noqa: BLE001  one row must not fail the job
        found = [Diagnostic("error", "unreadable", f"cannot be read ({type(problem).__name__}: {problem})")]
    return _Record(str(raw.id or ""), raw.text if isinstance(raw.text, str) else "", found)


def _coded(records: Iterable[_Record], config: Config) -> Iterator[CodedRow]:
    """The rows of all records, in their order, as many at a time as are parsed together."""
    for some in portions(records, config.batch_size, BATCH_CHARS, _length):
        yield from _rows(some, config)


def _length(record: _Record) -> int:
    return sum(len(item.text) for item in record.read if isinstance(item, Dispatch))


def _rows(records: Sequence[_Record], config: Config) -> Iterator[CodedRow]:
    from reportedly.pipeline import read_dispatches

    dispatches = [next((item for item in r.read if isinstance(item, Dispatch)), None) for r in records]
    analyses = read_dispatches([d for d in dispatches if d is not None and d.lang == "en"], config)
    for record, dispatch in zip(records, dispatches, strict=True):
        if dispatch is None:
            problem = next((d for d in record.read if isinstance(d, Diagnostic) and d.level == "error"), None)
            if problem is not None:
                yield failed_row(record.id, record.text, f"{problem.message} [{problem.code}]", _place(problem))
        elif dispatch.lang != "en":
            reason = f'the text is in "{dispatch.lang}", not in English [language-not-supported]'
            yield failed_row(dispatch.id, dispatch.text, reason, dispatch.file)
        else:
            yield to_row(next(analyses))


def _place(problem: Diagnostic) -> str | None:
    return ":".join(str(part) for part in (problem.file, problem.member, problem.line) if part) or None
