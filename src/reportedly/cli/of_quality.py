"""The commands that say how good a coding is: samples, the share that is right, differences of codings."""

from __future__ import annotations

from typing import Annotated

import typer

from reportedly.cli.application import command
from reportedly.cli.completion import sample_words
from reportedly.cli.options import Filters, LedgerFile, Output, Quiet


@command()
def sample(
    *,
    ledger: LedgerFile,
    size: Annotated[int, typer.Option("--size", "-n", min=1, help="How many claims to draw.")] = 200,
    by: Annotated[
        str | None, typer.Option("--by", help="type: as many claims of each type as of any other.", metavar="type")
    ] = None,
    seed: Annotated[
        int | None, typer.Option("--seed", min=0, help="Draw as this number says; without it chance gives one.")
    ] = None,
    name: Annotated[str | None, typer.Option("--name", help="A name for the sample.")] = None,
    where: Filters = None,
    output: Output = None,
    quiet: Quiet = False,
) -> None:
    """Draw a random sample of claims to be judged; the ledger keeps it, with its seed."""
    from reportedly.cli.quality import draw

    draw(ledger, size, by, seed, name, where or [], output, quiet=quiet)


@command()
def precision(
    *,
    ledger: LedgerFile,
    sample: Annotated[
        str | None, typer.Option("--sample", autocompletion=sample_words, help="Of this sample; else of the last one.")
    ] = None,
    judge: Annotated[str | None, typer.Option("--judge", help="By the answers of this judge alone.")] = None,
    output: Output = None,
) -> None:
    """The share right of a judged sample by field and type, and how far its judges agree."""
    from reportedly.cli.quality import precision as run

    run(ledger, sample, judge, output)


@command()
def compare(
    a: Annotated[str, typer.Argument(help="A coding: a ledger, or coded dispatches as .jsonl, .parquet or a folder.")],
    b: Annotated[str, typer.Argument(help="Another coding of the same dispatches.")],
    *,
    output: Output = None,
    quiet: Quiet = False,
) -> None:
    """Where two codings of the same dispatches differ, by field."""
    from reportedly.cli.quality import compare as run

    run(a, b, output, quiet=quiet)
