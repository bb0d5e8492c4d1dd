"""The commands by which a person decides what the program leaves open or got wrong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import msgspec
import typer

from reportedly.cli.apart import keep_apart
from reportedly.cli.terminal import print_table
from reportedly.days import day_words
from reportedly.errors import ConfigError
from reportedly.export.listing import listing_rows, listing_schema
from reportedly.export.sinks import open_sink
from reportedly.ledger import open_ledger
from reportedly.ledger.judge import Judged, Judging, Verdict

__all__ = ["Judging", "listing", "run", "take_back"]


def run(ledger: Path, given: Judging, tables: Path | None = None) -> None:
    """Keep a judgement, or take it back."""
    if given.verdict not in get_args(Verdict):
        raise ConfigError("E311", f'"{given.verdict}" is no verdict.', f"Say one of: {', '.join(get_args(Verdict))}.")
    with open_ledger(ledger, tables=tables) as book:
        book.judge_all([msgspec.structs.replace(given, at=_now())])
    _tell(ledger, given)


def take_back(ledger: Path, number: int, by: str | None) -> None:
    """Take a judgement back by its number."""
    with open_ledger(ledger) as book:
        book.undo(number, by=by, at=_now())
    typer.echo(f"reportedly: {ledger}: taken back: judgement {number}", err=True)


def listing(ledger: Path, output: str | None, *, every: bool) -> None:
    """The judgements that stand, or every one, in a table for people or records for programs."""
    keep_apart((), ledger, {"--output": output})
    with open_ledger(ledger, read_only=True) as book:
        found = book.judgements(standing=not every)
    if output is None:
        print_table(("number", "what", "by", "when", "note"), map(_cells, found), nothing="No judgements.")
        return
    with open_sink(output, record=lambda r: r, rows=listing_rows, schema=lambda: listing_schema(Judged)) as write:
        for judged in found:
            write(judged)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _tell(ledger: Path, given: Judging) -> None:
    said = " ".join(filter(None, (given.a, given.verdict, given.b, given.field, given.value)))
    typer.echo(f"reportedly: {ledger}: {'taken back' if given.undo else 'kept'}: {said}", err=True)


def _cells(judged: Judged) -> Sequence[str]:
    taken = "taken back: " if judged.undone else ""
    return (str(judged.n), taken + said_words(judged), judged.by or "", day_words(judged.at or ""), judged.note or "")


def said_words(judged: Judged) -> str:
    """A judgement in words: "c-1 place: Lamu", "police and army are different"."""
    if judged.kind == "correction":
        return f"{judged.a} {judged.field}: {judged.value or 'none'}"
    if judged.b is not None:
        return f"{judged.a} and {judged.b} are {'the same' if judged.verdict == 'same' else 'different'}"
    return f"{judged.a} {'is ' if judged.kind == 'claim' else ''}{judged.verdict}"
