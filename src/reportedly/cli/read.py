"""``reportedly read``: the inputs as dispatches."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from reportedly.cli.apart import keep_apart
from reportedly.cli.report import RunReport, printable
from reportedly.export.sinks import open_sink
from reportedly.export.tables import dispatch_rows, dispatch_schema
from reportedly.ingest import read_paths
from reportedly.ingest.options import ReadOptions
from reportedly.model import Diagnostic, Dispatch

if TYPE_CHECKING:
    from collections.abc import Callable


def run(
    paths: Sequence[str], options: ReadOptions, output: str | None, diagnostics: Path | None, *, quiet: bool
) -> NoReturn:
    """Read all inputs, write the dispatches, tell every problem."""
    keep_apart(paths, written={"--output": output, "--diagnostics": diagnostics})
    with RunReport(diagnostics, quiet=quiet, verb="read") as report:
        if output is None:
            _deliver(paths, options, report, _print_line)
        else:
            with open_sink(output, record=lambda d: d, rows=dispatch_rows, schema=dispatch_schema) as write:
                _deliver(paths, options, report, write)
                report.require_some()
    raise typer.Exit(report.exit_code)


def _deliver(paths: Sequence[str], options: ReadOptions, report: RunReport, write: Callable[[Dispatch], None]) -> None:
    for item in read_paths(paths, options):
        if isinstance(item, Diagnostic):
            report.tell(item)
        else:
            write(item)
            report.done()


def _print_line(dispatch: Dispatch) -> None:
    start = " ".join(dispatch.text[dispatch.body_start : dispatch.body_start + 400].split())
    head = dispatch.title or start
    typer.echo(
        printable(f"{dispatch.id}\t{dispatch.published or '-'}\t{dispatch.agency or '-'}\t{dispatch.lang}\t{head[:80]}")
    )
