"""``reportedly watch``: feeds followed, what is new told."""

from __future__ import annotations

import signal
from contextlib import closing
from pathlib import Path
from threading import Event
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

import msgspec
import typer

from reportedly.cli.report import in_words, printable
from reportedly.config import Config
from reportedly.errors import ResourceError
from reportedly.ingest.options import ReadOptions
from reportedly.ledger import Ledger, open_ledger
from reportedly.model import Diagnostic
from reportedly.watch.plan import Follow, duration, read_plan

if TYPE_CHECKING:
    from reportedly.watch.news import News
    from reportedly.watch.rounds import Round, SystemClock, Watcher


def run(
    feeds: Path, ledger: Path, config: Config, every: str | None, *, once: bool, lines: bool, quiet: bool
) -> NoReturn:
    """Follow what the file names, until Ctrl-C or SIGTERM; exit code 1 where a single round had a feed that failed."""
    plan = read_plan(feeds)
    pause = duration(every, "--every") if every is not None else plan.every
    plan = msgspec.structs.replace(plan, every=pause)
    watching, clock = _needed()
    stop = Event()
    _end_by_signal(stop)
    options = ReadOptions(tables=config.tables)
    from reportedly.pipeline import read_dispatches

    with open_ledger(ledger, tables=config.tables) as book:
        told = _ToldFeeds(book, plan.follow, lines=lines, quiet=quiet)
        watcher = watching(
            plan,
            book,
            lambda dispatches: read_dispatches(dispatches, config),
            clock=clock(stop),
            stop=stop,
            tell=lambda d: _tell(d, quiet=quiet),
            options=options,
        )
        with closing(watcher):
            if once:
                told.after(done := watcher.round())
                raise typer.Exit(1 if done.failed else 0)
            watcher.run(every=pause, after=told.after)
    typer.echo("reportedly: stopped; all that was read is kept, and the next start goes on from here.", err=True)
    raise typer.Exit(0)


def _needed() -> tuple[type[Watcher], type[SystemClock]]:
    try:
        from reportedly.watch.rounds import SystemClock, Watcher
    except ImportError as problem:
        message = f"following feeds needs {problem.name}, which is not installed"
        raise ResourceError("E216", message, "Install it with: pip install 'reportedly[watch]'") from problem
    return Watcher, SystemClock


def _end_by_signal(stop: Event) -> None:
    """Ctrl-C and SIGTERM end the waiting at once and the reading behind the batch at hand; a second one ends all."""

    def end(_: int, __: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)


class _ToldFeeds:
    """Tells what each round brought."""

    def __init__(self, book: Ledger, follow: Follow, *, lines: bool, quiet: bool) -> None:
        self._book = book
        self._follow = follow
        self._lines = lines
        self._quiet = quiet
        self._seen = book.latest()

    def after(self, done: Round) -> None:
        """Print what is new since the round before, and on standard error what was done."""
        from reportedly.watch.news import news

        for found in news(self._book, self._seen, self._follow):
            typer.echo(msgspec.json.encode(found).decode() if self._lines else line_of(found))
        self._seen = self._book.latest()
        if not self._quiet:
            typer.echo(f"reportedly: {describe(done)}", err=True)


def line_of(found: News) -> str:
    """A change in three lines: when, what kind and where; what is said; the sentence."""
    incident, change = found.incident, found.change
    where = f", {incident.place.name}" if incident.place else ""
    head = f"{change.day or 'undated'}  {change.kind}  {incident.id} ({incident.type}{where}, {incident.standing})"
    return printable(f"{head}\n    {change.words}\n    {found.sentence} [{change.dispatch}]")


def describe(done: Round) -> str:
    """A round in a line."""
    parts = [f"{done.asked} asked", f"{done.unchanged} without news", f"{done.kept} dispatches kept"]
    more = {"failed": done.failed, "left alone for now": done.waiting, "not in English": done.foreign}
    more |= {"waiting for their pages": done.pending, "known already": done.known}
    return ", ".join(parts + [f"{count} {what}" for what, count in more.items() if count])


def _tell(diagnostic: Diagnostic, *, quiet: bool) -> None:
    if diagnostic.level != "info" and not (quiet and diagnostic.level != "error"):
        typer.echo(f"reportedly: {in_words(diagnostic)}", err=True)
