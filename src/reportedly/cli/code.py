"""``reportedly code``: dispatches in, statements and claims out."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from reportedly import collector
from reportedly.cli.apart import keep_apart
from reportedly.cli.report import RunReport
from reportedly.config import Config
from reportedly.errors import ConfigError
from reportedly.export.records import CodedDispatch, to_record, with_reasons
from reportedly.export.sinks import format_of, open_sink
from reportedly.export.tables import claim_rows, schema
from reportedly.ingest import read_paths
from reportedly.ingest.options import ReadOptions
from reportedly.model import Analysis, Diagnostic, Dispatch

if TYPE_CHECKING:
    from reportedly.explain import Explanation


def run(
    paths: Sequence[str],
    options: ReadOptions,
    config: Config,
    output: str | None,
    diagnostics: Path | None,
    *,
    quiet: bool,
    explain: bool = False,
    jobs: int = 1,
) -> NoReturn:
    """Code all inputs; without ``output`` a person gets a table of claims under their sources.

    With ``explain`` each claim comes with the reasons for its values; tables have no column for them.
    """
    keep_apart(paths, written={"--output": output, "--diagnostics": diagnostics})
    if explain:
        _explain(paths, options, config, output, diagnostics, quiet=quiet)
    with RunReport(diagnostics, quiet=quiet, verb="coded", paths=paths) as report:
        analyses = coded(paths, options, config, report, jobs)
        if output is None:
            from reportedly.cli.table import print_analysis

            for analysis in analyses:
                print_analysis(analysis)
        else:
            with open_sink(output, record=to_record, rows=claim_rows, schema=schema) as write:
                for analysis in analyses:
                    with whole():
                        write(analysis)
                report.require_some()
    raise typer.Exit(report.exit_code)


def _explain(
    paths: Sequence[str],
    options: ReadOptions,
    config: Config,
    output: str | None,
    diagnostics: Path | None,
    *,
    quiet: bool,
) -> NoReturn:
    from reportedly.cli.table import print_analysis

    if output is not None and format_of(output) != "jsonl":
        raise ConfigError("E312", f"{output}: explanations go into JSON lines only", "Use a .jsonl file, or -.")
    with RunReport(diagnostics, quiet=quiet, verb="coded") as report:
        if output is None:
            from reportedly.cli.explain import print_explanation

            for analysis, explanations in _explained(paths, options, config, report):
                print_analysis(analysis)
                for explanation in explanations:
                    print_explanation(analysis, explanation)
        else:
            with open_sink(output, record=lambda pair: _with_reasons(*pair), rows=lambda _: [], schema=schema) as write:
                for pair in _explained(paths, options, config, report):
                    write(pair)
                report.require_some()
    raise typer.Exit(report.exit_code)


def _explained(
    paths: Sequence[str], options: ReadOptions, config: Config, report: RunReport
) -> Iterator[tuple[Analysis, tuple[Explanation, ...]]]:
    from reportedly.explain import explain_dispatches

    for analysis, explanations in explain_dispatches(english(paths, options, report), config):
        if _told(analysis, report):
            yield analysis, explanations


def _with_reasons(analysis: Analysis, explanations: tuple[Explanation, ...]) -> CodedDispatch:
    return with_reasons(analysis, {e.claim.id: e.explain for e in explanations})


def coded(
    paths: Sequence[str],
    options: ReadOptions,
    config: Config,
    report: RunReport,
    jobs: int = 1,
    takes: Callable[[Dispatch], bool] = lambda _: True,
) -> Iterator[Analysis]:
    """The analyses of all inputs that can be read and that one ``takes``, with ``jobs`` processes.

    Problems and skipped languages go to the report, in the order of the inputs.
    """
    from reportedly.pipeline import read_dispatches

    inputs = _Inputs(paths, options, report, takes)
    for number, analysis in enumerate(read_dispatches(inputs.english(), config, jobs=jobs)):
        if not number:
            collector.keep()
        inputs.tell_to_next()
        if _told(analysis, report):
            yield analysis
    inputs.tell_to_next()


class _Inputs:
    """The inputs of a run; what is no English dispatch is told when the results have come to its place."""

    def __init__(
        self, paths: Sequence[str], options: ReadOptions, report: RunReport, takes: Callable[[Dispatch], bool]
    ) -> None:
        self._takes = takes
        self._items = read_paths(paths, options, report.meter)
        self._report = report
        self._read: deque[Dispatch | Diagnostic] = deque()

    def english(self) -> Iterator[Dispatch]:
        """The dispatches that can be analysed."""
        for item in self._items:
            self._read.append(item)
            if isinstance(item, Dispatch):
                self._report.met(item.file, item.lang)
            if isinstance(item, Dispatch) and self._analysed(item):
                yield item

    def _analysed(self, dispatch: Dispatch) -> bool:
        return dispatch.lang == "en" and self._takes(dispatch)

    def tell_to_next(self) -> None:
        """Tell what was read before the next English dispatch."""
        while self._read:
            item = self._read.popleft()
            if isinstance(item, Diagnostic):
                self._report.tell(item)
            elif self._analysed(item):
                return
            elif item.lang == "en":
                self._report.outside()
            else:
                self._report.skipped(item.lang)


@contextmanager
def whole() -> Iterator[None]:
    """Let Ctrl-C wait until a result is written: no half line is left."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _told(analysis: Analysis, report: RunReport) -> bool:
    """Hand the diagnostics to the report; whether the dispatch was analysed at all."""
    for diagnostic in analysis.diagnostics:
        report.tell(diagnostic)
    if any(d.level == "error" for d in analysis.diagnostics):
        return False
    report.done()
    return True


def english(paths: Sequence[str], options: ReadOptions, report: RunReport) -> Iterator[Dispatch]:
    """The dispatches that can be analysed: those in English."""
    for item in read_paths(paths, options):
        if isinstance(item, Diagnostic):
            report.tell(item)
            continue
        report.met(item.file, item.lang)
        if item.lang != "en":
            report.skipped(item.lang)
        else:
            yield item
