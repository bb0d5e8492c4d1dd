"""``reportedly code``: dispatches in, statements and claims out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NoReturn

import typer

from reportedly.cli.report import Report
from reportedly.config import Config
from reportedly.export.records import to_record
from reportedly.export.sinks import open_sink
from reportedly.export.tables import claim_rows, schema
from reportedly.ingest import read_paths
from reportedly.ingest.options import ReadOptions
from reportedly.model import Analysis, Diagnostic, Dispatch


def run(
    paths: Sequence[str],
    options: ReadOptions,
    config: Config,
    output: str | None,
    diagnostics: Path | None,
    *,
    quiet: bool,
) -> NoReturn:
    """Code all inputs; without ``output`` a person gets a table of claims under their sources."""
    with Report(diagnostics, quiet=quiet, verb="coded") as report:
        if output is None:
            from reportedly.cli.table import print_analysis

            _deliver(paths, options, config, report, print_analysis)
        else:
            with open_sink(output, record=to_record, rows=claim_rows, schema=schema) as write:
                _deliver(paths, options, config, report, write)
    raise typer.Exit(report.exit_code)


def coded(paths: Sequence[str], options: ReadOptions, config: Config, report: Report) -> Iterator[Analysis]:
    """The analyses of all inputs that can be read; problems and skipped languages go to the report."""
    from reportedly.pipeline import read_dispatches

    for analysis in read_dispatches(english(paths, options, report), config):
        for diagnostic in analysis.diagnostics:
            report.tell(diagnostic)
        if any(d.level == "error" for d in analysis.diagnostics):
            continue
        report.done()
        yield analysis


def english(paths: Sequence[str], options: ReadOptions, report: Report) -> Iterator[Dispatch]:
    """The dispatches that can be analysed: those in English."""
    for item in read_paths(paths, options):
        if isinstance(item, Diagnostic):
            report.tell(item)
        elif item.lang != "en":
            report.skipped()
        else:
            yield item


def _deliver(
    paths: Sequence[str],
    options: ReadOptions,
    config: Config,
    report: Report,
    write: Callable[[Analysis], None],
) -> None:
    for analysis in coded(paths, options, config, report):
        write(analysis)
