"""The commands that fill a ledger, answer from it and show it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportedly.cli.application import command
from reportedly.cli.completion import format_words, verdict_words
from reportedly.cli.options import (
    Coded,
    Coder,
    CodingOptions,
    Diagnostics,
    Filters,
    First,
    Jobs,
    Last,
    LedgerFile,
    Limit,
    Offset,
    Output,
    PathsIfAny,
    Quiet,
    ReadingOptions,
    Sort,
    Tables,
    processes,
    with_groups,
)
from reportedly.cli.settings import ENVIRONMENT

if TYPE_CHECKING:
    from reportedly.ledger.listings import What


@command()
@with_groups
def add(
    paths: PathsIfAny = None,
    *,
    ledger: LedgerFile,
    diagnostics: Diagnostics = None,
    quiet: Quiet = False,
    jobs: Jobs = 1,
    coded: Coded = None,
    coder: Coder = None,
    first: First = None,
    last: Last = None,
    reading: ReadingOptions,
    coding: CodingOptions,
) -> None:
    """Read, code and keep dispatches in a ledger; adding the same again changes nothing.

    With --from and --to a new ledger is one of a period: it holds what was published then and 14 days before and
    after, and the incidents that were told in the period. So each month can be made by itself.
    """
    from reportedly.cli.ledger import add as run

    run(
        paths or [],
        reading.with_tables(coding.tables),
        coding.config,
        ledger,
        diagnostics,
        quiet=quiet,
        jobs=processes(jobs),
        already=coded or [],
        coder=coder,
        period=(first, last),
    )


@command()
def incidents(
    *,
    ledger: LedgerFile,
    where: Filters = None,
    sort: Sort = None,
    limit: Limit = None,
    offset: Offset = 0,
    output: Output = None,
) -> None:
    """Incidents: what happened, the figures by source, how well it is supported."""
    _listing("incidents", ledger, where, (sort, limit, offset), output)


@command()
def claims(
    *,
    ledger: LedgerFile,
    where: Filters = None,
    sort: Sort = None,
    limit: Limit = None,
    offset: Offset = 0,
    output: Output = None,
) -> None:
    """Claims with their source and sentence."""
    _listing("claims", ledger, where, (sort, limit, offset), output)


@command()
def sources(
    *,
    ledger: LedgerFile,
    where: Filters = None,
    sort: Sort = None,
    limit: Limit = None,
    offset: Offset = 0,
    output: Output = None,
) -> None:
    """Who speaks: names, claims, denials."""
    _listing("sources", ledger, where, (sort, limit, offset), output)


@command()
def dispatches(
    *,
    ledger: LedgerFile,
    where: Filters = None,
    sort: Sort = None,
    limit: Limit = None,
    offset: Offset = 0,
    output: Output = None,
) -> None:
    """Dispatches with their lineage: which copies which, and whether it adds facts."""
    _listing("dispatches", ledger, where, (sort, limit, offset), output)


@command()
def show(
    id: Annotated[str, typer.Argument(help="The id of an incident, a claim or a dispatch.")],  # noqa: A002
    *,
    ledger: LedgerFile,
    version: Annotated[
        int | None, typer.Option("--version", help="This version of a dispatch, also where it was replaced since.")
    ] = None,
    output: Output = None,
) -> None:
    """One incident, claim or dispatch with its sentences."""
    from reportedly.cli.ledger import show as run

    run(id, ledger, version, output)


@command()
def judge(
    a: Annotated[str, typer.Argument(help="A name of a source, or the id of an incident or a claim.")],
    verdict: Annotated[
        str,
        typer.Argument(
            autocompletion=verdict_words,
            help="same or different (as B); right or wrong (a claim); correct (a value); note.",
        ),
    ],
    b: Annotated[str | None, typer.Argument(help="The other one, for same and different.")] = None,
    *,
    ledger: LedgerFile,
    field: Annotated[
        str | None,
        typer.Option("--field", help="What is corrected: type, place, day, actor, recipient, source, killed ..."),
    ] = None,
    value: Annotated[str | None, typer.Option("--value", help="What it is; empty: there is none.")] = None,
    note: Annotated[str | None, typer.Option("--note", help="Why, in words.")] = None,
    by: Annotated[str | None, typer.Option("--by", help="Who says so.")] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take this judgement back.")] = False,
    tables: Tables = None,
) -> None:
    """Say what stands above the program: sources or incidents are the same, a claim is wrong, a value is another."""
    from reportedly.cli.judge import Judging, run

    run(ledger, Judging(a, verdict, b, by, None, undo, field, value, note), tables)  # type: ignore[arg-type]


@command()
def judgements(
    *,
    ledger: LedgerFile,
    every: Annotated[bool, typer.Option("--all", help="Those taken back or overtaken too.")] = False,
    undo: Annotated[int | None, typer.Option("--undo", help="Take back the judgement of this number.")] = None,
    by: Annotated[str | None, typer.Option("--by", help="Who takes it back.")] = None,
    output: Output = None,
) -> None:
    """What people decided, with who and when; or take one back."""
    from reportedly.cli.judge import listing, take_back

    if undo is not None:
        take_back(ledger, undo, by)
    else:
        listing(ledger, output, every=every)


@command()
def check(
    *,
    ledger: LedgerFile,
    repair: Annotated[
        bool, typer.Option("--repair", help="Make everything anew that follows from what was read and decided.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Whether a ledger keeps its laws: keys, references, incidents as a fresh merge gives them."""
    from reportedly.cli.check import run

    run(ledger, repair=repair, quiet=quiet)


@command()
def export(
    *,
    ledger: Annotated[
        Path | None, typer.Option("--ledger", envvar=ENVIRONMENT["ledger"], help="The ledger file.")
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", autocompletion=format_words, help="The format, by its name in --list.")
    ] = None,
    output: Annotated[
        str, typer.Option("--output", "-o", help="Write to PATH, or - (standard output, for formats that are text).")
    ] = "-",
    where: Filters = None,
    exact: Annotated[
        bool, typer.Option("--exact", help="Only the columns of the format; ours go to a file beside it.")
    ] = False,
    stable_ids: Annotated[
        str,
        typer.Option("--stable-ids", help="Ids of incidents: ledger, as they were given; content, by what they hold."),
    ] = "ledger",
    list_: Annotated[bool, typer.Option("--list", help="The formats there are.")] = False,
    quiet: Quiet = False,
    tables: Tables = None,
) -> None:
    """Write what a ledger holds in a format that other tools read (GDELT, ICEWS, POLECAT, ACLED and others)."""
    from reportedly.cli.export import list_targets, run

    if list_ or to is None:
        list_targets()
    else:
        config = CodingOptions(tables=tables).config
        run(to, ledger, output, where or [], config, ids=stable_ids, exact=exact, quiet=quiet)


@command()
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


@command()
def report(
    incident: Annotated[str, typer.Argument(help="The id of an incident, as `incidents` gives it.")],
    *,
    ledger: LedgerFile,
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write, for example page.html.")],
) -> None:
    """One incident as a page of its own: one file, to be mailed or kept."""
    from reportedly.cli.room import report as run

    run(incident, ledger, output)


def _listing(
    what: What, ledger: Path, where: list[str] | None, part: tuple[str | None, int | None, int], output: str | None
) -> None:
    from reportedly.cli.ledger import listing
    from reportedly.ledger.select import ListPage

    listing(what, ledger, where or [], ListPage(*part), output)
