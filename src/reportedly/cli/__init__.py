"""The command line: one module a command, each imported only when it runs."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from reportedly import __version__
from reportedly.config import Config
from reportedly.errors import ConfigError, ReportedlyError

if TYPE_CHECKING:
    from reportedly.ingest.options import ReadOptions

# What a shell gives for a program that Ctrl-C has ended.
INTERRUPTED = 130

app = typer.Typer(
    name="reportedly",
    help="Reads news dispatches: who says that what happened to whom, where, when, how many, and how sure they are.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Paths = Annotated[list[str], typer.Argument(help="Files, folders or globs; - is standard input.")]
Output = Annotated[
    str | None,
    typer.Option("--output", "-o", help="Write to FILE (.jsonl, .csv, .parquet) or - (JSON lines on standard output)."),
]
Diagnostics = Annotated[
    Path | None, typer.Option("--diagnostics", help="Write what went wrong to FILE, one JSON object a line.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no notes; errors are still told.")]
DayFirst = Annotated[bool, typer.Option("--day-first", help="Dates such as 03/04/2026 are 3 April.")]
MonthFirst = Annotated[bool, typer.Option("--month-first", help="Dates such as 03/04/2026 are 4 March.")]
Encoding = Annotated[str | None, typer.Option("--encoding", help="The inputs' encoding, where it is known.")]
Lang = Annotated[
    str | None, typer.Option("--lang", help="Take every text for this language ('en' reads all of it as English).")
]
TextColumn = Annotated[str | None, typer.Option("--text-column", help="The column that holds the text, in tables.")]
Model = Annotated[str | None, typer.Option("--model", help="Another English spaCy pipeline, by package or folder.")]
Tables = Annotated[
    Path | None, typer.Option("--tables", help="A folder with tables of your own (see CONTRIBUTING.md).")
]

Jobs = Annotated[
    int, typer.Option("--jobs", "-j", min=0, help="Processes to code with; 0 is one for each core. --explain uses one.")
]


def _version(wanted: bool) -> None:  # noqa: FBT001  Typer's callback shape
    if wanted:
        typer.echo(f"reportedly {__version__}")
        raise typer.Exit


@app.callback()
def root(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Reads news dispatches and keeps a ledger of who says what."""


@app.command()
def code(
    paths: Paths,
    *,
    output: Output = None,
    diagnostics: Diagnostics = None,
    quiet: Quiet = False,
    jobs: Jobs = 1,
    day_first: DayFirst = False,
    month_first: MonthFirst = False,
    encoding: Encoding = None,
    lang: Lang = None,
    text_column: TextColumn = None,
    model: Model = None,
    tables: Tables = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say for each claim which rule and which words gave its values.")
    ] = False,
) -> None:
    """Read and code dispatches: statements, claims, silences, times, places, actors."""
    from reportedly.cli.code import run

    options = _read_options(day_first, month_first, encoding, lang, text_column)
    run(
        paths,
        options,
        _config(model, tables),
        output,
        diagnostics,
        quiet=quiet,
        explain=explain,
        jobs=jobs or (os.cpu_count() or 1),
    )


@app.command(name="explain")
def explain_claim(
    claim: Annotated[str, typer.Argument(help="The id of a claim, as `code` and `claims` give it.")],
    paths: Annotated[list[str] | None, typer.Argument(help="The inputs that hold it, read again.")] = None,
    *,
    ledger: Annotated[Path | None, typer.Option("--ledger", help="The ledger that holds it.")] = None,
    output: Output = None,
    quiet: Quiet = False,
    day_first: DayFirst = False,
    month_first: MonthFirst = False,
    encoding: Encoding = None,
    lang: Lang = None,
    text_column: TextColumn = None,
    model: Model = None,
    tables: Tables = None,
) -> None:
    """One claim: which rule and which words gave each of its values."""
    from reportedly.cli.explain import run

    options = _read_options(day_first, month_first, encoding, lang, text_column)
    run(claim, paths or [], options, _config(model, tables), ledger, output, quiet=quiet)


@app.command()
def read(
    paths: Paths,
    *,
    output: Output = None,
    diagnostics: Diagnostics = None,
    quiet: Quiet = False,
    day_first: DayFirst = False,
    month_first: MonthFirst = False,
    encoding: Encoding = None,
    lang: Lang = None,
    text_column: TextColumn = None,
) -> None:
    """The reading step alone: what the inputs hold, as dispatches."""
    from reportedly.cli.read import run

    run(paths, _read_options(day_first, month_first, encoding, lang, text_column), output, diagnostics, quiet=quiet)


@app.command()
def certainty(
    path: Annotated[
        str, typer.Argument(help='Lines {"id", "text", "events": [{"start", "end"}]}; - is standard input.')
    ],
    *,
    output: Output = None,
    quiet: Quiet = False,
    model: Model = None,
    tables: Tables = None,
) -> None:
    """Grade given event words: how surely the text presents each as having happened."""
    from reportedly.cli.certainty import run

    run(path, _config(model, tables), output, quiet=quiet)


@app.command(name="tables")
def own_tables(
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
    """The tables that hold all knowledge; or, with --from-petrarch, tables made from an actor dictionary."""
    from reportedly.cli.tables import convert, overview

    if from_petrarch is None:
        overview()
    else:
        convert(from_petrarch, output, on)


@app.command()
def doctor() -> None:
    """What is installed, which versions and digests, what is missing and how to get it."""
    from reportedly.cli.doctor import run

    run()


LedgerFile = Annotated[Path, typer.Option("--ledger", help="The ledger file (made where there is none).")]
Filters = Annotated[
    list[str] | None, typer.Option("--where", "-w", help="Only those with NAME=VALUE, for example type=ASSAULT.")
]


@app.command()
def add(
    paths: Paths,
    *,
    ledger: LedgerFile,
    diagnostics: Diagnostics = None,
    quiet: Quiet = False,
    jobs: Jobs = 1,
    day_first: DayFirst = False,
    month_first: MonthFirst = False,
    encoding: Encoding = None,
    lang: Lang = None,
    text_column: TextColumn = None,
    model: Model = None,
    tables: Tables = None,
) -> None:
    """Read, code and keep dispatches in a ledger; adding the same again changes nothing."""
    from reportedly.cli.ledger import add as run

    options = _read_options(day_first, month_first, encoding, lang, text_column)
    run(paths, options, _config(model, tables), ledger, diagnostics, quiet=quiet, jobs=_processes(jobs))


@app.command()
def incidents(*, ledger: LedgerFile, where: Filters = None, output: Output = None) -> None:
    """Incidents: what happened, the figures by source, how well it is supported."""
    _listing("incidents", ledger, where, output)


@app.command()
def claims(*, ledger: LedgerFile, where: Filters = None, output: Output = None) -> None:
    """Claims with their source and sentence."""
    _listing("claims", ledger, where, output)


@app.command()
def sources(*, ledger: LedgerFile, where: Filters = None, output: Output = None) -> None:
    """Who speaks: names, claims, denials."""
    _listing("sources", ledger, where, output)


@app.command()
def dispatches(*, ledger: LedgerFile, where: Filters = None, output: Output = None) -> None:
    """Dispatches with their lineage: which copies which, and whether it adds facts."""
    _listing("dispatches", ledger, where, output)


@app.command()
def show(
    id: Annotated[str, typer.Argument(help="The id of an incident, a claim or a dispatch.")],  # noqa: A002
    *,
    ledger: LedgerFile,
    output: Output = None,
) -> None:
    """One incident, claim or dispatch with its sentences."""
    from reportedly.cli.ledger import show as run

    run(id, ledger, output)


@app.command()
def export(
    *,
    ledger: Annotated[Path | None, typer.Option("--ledger", help="The ledger file.")] = None,
    to: Annotated[str | None, typer.Option("--to", help="The format, by its name in --list.")] = None,
    output: Annotated[
        str, typer.Option("--output", "-o", help="Write to PATH, or - (standard output, for formats that are text).")
    ] = "-",
    where: Filters = None,
    exact: Annotated[
        bool, typer.Option("--exact", help="Only the columns of the format; ours go to a file beside it.")
    ] = False,
    list_: Annotated[bool, typer.Option("--list", help="The formats there are.")] = False,
    quiet: Quiet = False,
    tables: Tables = None,
) -> None:
    """Write what a ledger holds in a format that other tools read (GDELT, ICEWS, POLECAT, ACLED and others)."""
    from reportedly.cli.export import list_targets, run

    if list_ or to is None:
        list_targets()
    else:
        run(to, ledger, output, where or [], _config(None, tables), exact=exact, quiet=quiet)


@app.command()
def serve(
    *,
    ledger: LedgerFile,
    host: Annotated[
        str, typer.Option("--host", help="Where to listen; anything but this machine needs the token it prints.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", "-p", min=0, max=65535, help="The port; 0 takes a free one.")] = 8765,
    name: Annotated[
        list[str] | None, typer.Option("--name", help="A further host name to answer to, behind a server of your own.")
    ] = None,
) -> None:
    """The reading room: the ledger in a browser, on this machine."""
    from reportedly.cli.room import serve as run

    run(ledger, host, port, tuple(name or ()))


@app.command()
def report(
    incident: Annotated[str, typer.Argument(help="The id of an incident, as `incidents` gives it.")],
    *,
    ledger: LedgerFile,
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write, for example page.html.")],
) -> None:
    """One incident as a page of its own: one file, to be mailed or kept."""
    from reportedly.cli.room import report as run

    run(incident, ledger, output)


def _listing(what: str, ledger: Path, where: list[str] | None, output: str | None) -> None:
    from reportedly.cli.ledger import listing

    listing(what, ledger, where or [], output)


def _config(model: str | None, tables: Path | None) -> Config:
    if tables is not None and not tables.is_dir():
        raise ConfigError("E304", f"{tables}: no such folder of tables", "Name a folder that holds .tsv files.")
    return Config(model=model or Config().model, tables=tables)


def _processes(jobs: int) -> int:
    return jobs or len(os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1))


def _read_options(
    day_first: bool,  # noqa: FBT001
    month_first: bool,  # noqa: FBT001
    encoding: str | None,
    lang: str | None,
    text_column: str | None,
) -> ReadOptions:
    from reportedly.ingest.options import ReadOptions

    if day_first and month_first:
        raise ConfigError("E305", "--day-first and --month-first exclude each other", "Give the one that holds.")
    order = True if day_first else False if month_first else None
    return ReadOptions(day_first=order, encoding=encoding, lang=lang, text_column=text_column)


def _stopped() -> NoReturn:
    typer.echo("reportedly: stopped; what was written so far is whole.", err=True)
    sys.exit(INTERRUPTED)


def main() -> None:
    """Run the command; errors are told in words, with exit code 2 where nothing could be done."""
    try:
        app()
    except ReportedlyError as problem:
        typer.echo(f"reportedly: {problem}", err=True)
        sys.exit(2)
    except KeyboardInterrupt:
        _stopped()
    except SystemExit as stop:
        if stop.code == INTERRUPTED:  # Typer makes this of a KeyboardInterrupt
            _stopped()
        raise
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except Exception as problem:
        if os.environ.get("REPORTEDLY_DEBUG"):
            raise
        message = f"reportedly: [E999] something that should not happen: {type(problem).__name__}: {problem}"
        typer.echo(f"{message}\n  Please report it; REPORTEDLY_DEBUG=1 shows where it comes from.", err=True)
        sys.exit(2)
