"""The command that follows the news."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reportedly.cli.application import command
from reportedly.cli.options import CodingOptions, LedgerFile, Quiet, with_groups


@command()
@with_groups
def watch(
    feeds: Annotated[Path, typer.Argument(help="A file of TOML that names feeds, sitemaps and folders.")],
    *,
    ledger: LedgerFile,
    every: Annotated[
        str | None, typer.Option("--every", help="The time between two rounds (90s, 15m, 2h), over what the file says.")
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="One round, and no more.")] = False,
    lines: Annotated[bool, typer.Option("--jsonl", help="What is new as JSON lines.")] = False,
    quiet: Quiet = False,
    coding: CodingOptions,
) -> None:
    """Follow feeds, sitemaps and folders: keep what comes, and tell what is new on what is followed."""
    from reportedly.cli.watch import run

    run(feeds, ledger, coding.config, every, once=once, lines=lines, quiet=quiet)
