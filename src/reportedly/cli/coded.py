"""Dispatches that were coded before: Parquet as Spark writes it, or the JSON lines of ``code``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from reportedly.cli.report import RunReport
from reportedly.errors import InputError
from reportedly.export.nested import CodedRow, to_analysis
from reportedly.model import Analysis, Diagnostic

SUFFIXES = (".parquet", ".jsonl")
BATCH_ROWS = 256


def read_coded(paths: Sequence[str], report: RunReport) -> Iterator[Analysis]:
    """What was coded, in the order of the files; rows without a coding are told."""
    for file in (file for path in paths for file in _files(Path(path))):
        for number, record in enumerate(_records(file), 1):
            row = _row(record)
            if isinstance(row, str):
                report.tell(_refused(file, number, "not-coded", row))
            elif row.error is not None and "language-not-supported" in row.error:
                report.met(str(file), row.lang)
                report.skipped(row.lang)
            elif row.error is not None:
                report.tell(_refused(file, number, "coding-failed", row.error))
            else:
                report.met(str(file), row.lang)
                report.done()
                yield to_analysis(row)


def _refused(file: Path, number: int, code: str, message: str) -> Diagnostic:
    return Diagnostic("error", code, message, file=str(file), line=number)


def _files(path: Path) -> list[Path]:
    """The file, or the parts below a folder."""
    found = sorted(p for p in path.rglob("*") if p.suffix in SUFFIXES) if path.is_dir() else [path]
    if not all(file.is_file() and file.suffix in SUFFIXES for file in found) or not found:
        raise InputError("E309", f"{path}: no coded dispatches", "Name a .parquet or .jsonl file, or a folder of them.")
    return found


def _records(file: Path) -> Iterator[Any]:
    if file.suffix == ".jsonl":
        with file.open("rb") as lines:
            yield from lines
        return
    import pyarrow as pa
    from pyarrow import parquet

    try:
        for batch in parquet.ParquetFile(file).iter_batches(batch_size=BATCH_ROWS):
            yield from batch.to_pylist()
    except pa.ArrowException as problem:
        message = f"{file}: not readable as Parquet ({str(problem).splitlines()[0]})"
        raise InputError("E310", message, "Write it again.") from problem


def _row(record: Any) -> CodedRow | str:  # noqa: ANN401  a line or a row
    """The row that a record holds, or why it holds none."""
    try:
        return _DECODER.decode(record) if isinstance(record, bytes) else msgspec.convert(record, CodedRow)
    except (msgspec.MsgspecError, UnicodeDecodeError) as problem:
        return f"no coded dispatch: {problem}"


_DECODER = msgspec.json.Decoder(CodedRow)
