"""``reportedly export``: what a ledger holds in the formats that other tools read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from reportedly.cli.apart import keep_apart
from reportedly.cli.ledger import read_filters
from reportedly.cli.quality import judged_words
from reportedly.cli.terminal import console, table
from reportedly.config import Config
from reportedly.errors import ConfigError
from reportedly.export.registry import STDOUT, ExportReport, export, target, targets
from reportedly.export.rows import side_path
from reportedly.knowledge.load import knowledge_of
from reportedly.ledger import open_ledger

# Formats that are files of their own and no stream of text.
_BINARY = ("parquet", "sqlite")


def run(
    to: str,
    ledger: Path | None,
    output: str,
    filters: Sequence[str],
    config: Config,
    *,
    ids: str,
    exact: bool,
    quiet: bool,
) -> None:
    """Write the export; what was written and what was left out is told on standard error."""
    wanted = target(to, knowledge_of(config))
    if ledger is None:
        raise ConfigError("E322", "export needs a ledger", "Name it: --ledger FILE (made with: reportedly add).")
    if output == STDOUT and to in _BINARY:
        raise ConfigError("E321", f"{to} is no text and cannot go to standard output", "Give a file: --output PATH")
    keep_apart((), ledger, {"--output": output, "beside --output": side_path(output)})
    with open_ledger(ledger, read_only=True) as book:
        report = export(book, to, output, filters=read_filters(filters), ids=ids, exact=exact, tables=config.tables)
        judged = judged_words(book)
    if not quiet:
        _tell(report, output, wanted.of)
        if judged:
            typer.echo(f"reportedly: {judged}", err=True)


def list_targets() -> None:
    """The formats, with what they are."""
    found = console()
    rows = ((t.name, t.of, t.title) for t in targets().values())
    found.print(table(("name", "one row", "format"), rows, found.width))


def _tell(report: ExportReport, output: str, of: str) -> None:
    noun = {"entity": "entities"}.get(of, f"{of}s") if report.written != 1 else of
    where = "standard output" if output == STDOUT else output
    typer.echo(f"reportedly: {where}: {report.written:,} {noun} written", err=True)
    if report.side:
        typer.echo(f"reportedly: {report.side}: who says what, by the ids of the events", err=True)
    if report.left_out:
        typer.echo(f"reportedly: {report.left_out}", err=True)
    if report.reached:
        typer.echo(f"reportedly: {report.reached}", err=True)
