"""Dispatches that were coded before: Parquet as Spark writes it, the JSON lines of ``code``, or what others have coded.

Each is held against its own text: one with a fault is refused as a whole, every fault named, so that it can be mended
and added again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from reportedly.cli.report import RunReport
from reportedly.errors import InputError
from reportedly.export.nested import UNKNOWN, CodedRow, completed, to_analysis
from reportedly.ids import content_id
from reportedly.knowledge.load import SHIPPED, Knowledge
from reportedly.model import Analysis, Diagnostic
from reportedly.quality.checking import faults_of

SUFFIXES = (".parquet", ".jsonl")
BATCH_ROWS = 256


def read_coded(
    paths: Sequence[str], report: RunReport, knowledge: Knowledge = SHIPPED, coder: str = UNKNOWN
) -> Iterator[Analysis]:
    """What was coded, in the order of the files; rows without a coding, and every fault of one, are told.

    ``knowledge`` holds the event types and roles that may be used, ``coder`` is who coded where a row does not say it.
    """
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
                yield from _sound(to_analysis(row, coder), file, number, report, knowledge)


def _sound(analysis: Analysis, file: Path, number: int, report: RunReport, knowledge: Knowledge) -> Iterator[Analysis]:
    """The analysis, unless it has faults: these are told one by one, and counted as one refusal."""
    first, *rest = faults_of(analysis, knowledge) or [""]
    if not first:
        report.done()
        yield analysis
        return
    report.tell(_refused(file, number, "coding-fault", first))
    for fault in rest:
        report.say(_refused(file, number, "coding-fault", fault))


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
    """The row that a record holds, or why it holds none; what a line leaves open is filled in as open."""
    try:
        if not isinstance(record, bytes):
            return msgspec.convert(record, CodedRow)
        return msgspec.convert(_identified(completed(msgspec.json.decode(record))), CodedRow)
    except (msgspec.MsgspecError, UnicodeDecodeError) as problem:
        return f"no coded dispatch: {problem}"


def _identified(record: object) -> object:
    """A line with an id for each of its claims, and a clause to read: where none is given, the event word alone."""
    if not isinstance(record, dict) or not isinstance(record.get("claims"), list):
        return record
    claims = [_with_id(record.get("id"), c) if isinstance(c, dict) else c for c in record["claims"]]
    return {"lang": "en", **record, "claims": claims}


def _with_id(dispatch: object, claim: dict[str, Any]) -> dict[str, Any]:
    trigger, source = claim.get("trigger"), claim.get("source")
    if not isinstance(trigger, dict) or not {"start", "end"} <= trigger.keys():
        return claim
    name = source.get("name", "") if isinstance(source, dict) else ""
    made = content_id("c", str(dispatch), str(trigger["start"]), str(name))
    return {"id": made, "evidence": {"start": trigger["start"], "end": trigger["end"]}, **claim}
