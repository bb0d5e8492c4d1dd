"""The commands that read inputs, and those that say what the program knows and needs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reportedly.cli.application import command
from reportedly.cli.completion import table_words
from reportedly.cli.options import (
    CodingOptions,
    Diagnostics,
    Jobs,
    Output,
    Paths,
    Quiet,
    ReadingOptions,
    processes,
    with_groups,
)
from reportedly.cli.settings import ledger_of


@command()
@with_groups
def code(
    paths: Paths,
    *,
    output: Output = None,
    diagnostics: Diagnostics = None,
    quiet: Quiet = False,
    jobs: Jobs = 1,
    reading: ReadingOptions,
    coding: CodingOptions,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say for each claim which rule and which words gave its values.")
    ] = False,
) -> None:
    """Read and code dispatches: statements, claims, silences, times, places, actors."""
    from reportedly.cli.code import run

    settings = (reading.with_tables(coding.tables), coding.config)
    run(paths, *settings, output, diagnostics, quiet=quiet, explain=explain, jobs=processes(jobs))


@command(name="explain")
@with_groups
def explain_claim(
    claim: Annotated[str, typer.Argument(help="The id of a claim, as `code` and `claims` give it.")],
    paths: Annotated[list[str] | None, typer.Argument(help="The inputs that hold it, read again.")] = None,
    *,
    ledger: Annotated[Path | None, typer.Option("--ledger", help="The ledger that holds it.")] = None,
    output: Output = None,
    quiet: Quiet = False,
    reading: ReadingOptions,
    coding: CodingOptions,
) -> None:
    """One claim: which rule and which words gave each of its values."""
    from reportedly.cli.explain import run

    ledger = ledger or (None if paths else ledger_of(Path.cwd()))
    run(claim, paths or [], reading.with_tables(coding.tables), coding.config, ledger, output, quiet=quiet)


@command()
@with_groups
def read(
    paths: Paths,
    *,
    output: Output = None,
    diagnostics: Diagnostics = None,
    quiet: Quiet = False,
    reading: ReadingOptions,
) -> None:
    """The reading step alone: what the inputs hold, as dispatches."""
    from reportedly.cli.read import run

    run(paths, reading.options, output, diagnostics, quiet=quiet)


@command()
@with_groups
def certainty(
    path: Annotated[
        str, typer.Argument(help='Lines {"id", "text", "events": [{"start", "end"}]}; - is standard input.')
    ],
    *,
    output: Output = None,
    quiet: Quiet = False,
    coding: CodingOptions,
) -> None:
    """Grade given event words: how surely the text presents each as having happened."""
    from reportedly.cli.certainty import run

    run(path, coding.config, output, quiet=quiet)


@command(name="tables")
def own_tables(
    name: Annotated[
        str | None, typer.Argument(autocompletion=table_words, help="A table: its columns, and what a cell may say.")
    ] = None,
    *,
    from_petrarch: Annotated[
        Path | None, typer.Option("--from-petrarch", help="An actor dictionary of PETRARCH or TABARI to convert.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The folder for the tables, to be given as --tables later.")
    ] = None,
    on: Annotated[
        str | None,
        typer.Option("--on", help="The day (YYYY-MM-DD) whose codes count; without it those that held last."),
    ] = None,
) -> None:
    """The tables that hold all knowledge, one of them by name, or tables made from an actor dictionary."""
    from reportedly.cli.tables import convert, describe, overview

    if name is not None:
        describe(name)
    elif from_petrarch is None:
        overview()
    else:
        convert(from_petrarch, output, on)


@command()
def doctor(
    *,
    timings: Annotated[
        bool, typer.Option("--timings", help="Also say what a cold `code` of one dispatch costs, step by step.")
    ] = False,
) -> None:
    """What is installed, which versions and digests, what is missing and how to get it."""
    from reportedly.cli.doctor import run

    run(timings=timings)
