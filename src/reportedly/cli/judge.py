"""The command by which a person decides what the program leaves open or got wrong."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import cast, get_args

import typer

from reportedly.errors import ConfigError
from reportedly.ledger import open_ledger
from reportedly.ledger.judge import Verdict


def run(
    ledger: Path, a: str, verdict: str, b: str | None, *, by: str | None, undo: bool, tables: Path | None = None
) -> None:
    """Keep a judgement, or take it back."""
    if verdict not in get_args(Verdict):
        raise ConfigError("E311", f'"{verdict}" is no verdict.', f"Say one of: {', '.join(get_args(Verdict))}.")
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with open_ledger(ledger, tables=tables) as book:
        book.judge(a, cast("Verdict", verdict), b, by=by, at=now, undo=undo)
    said = f"{a} {verdict} {b}" if b else f"{a} {verdict}"
    typer.echo(f"reportedly: {ledger}: {'taken back' if undo else 'kept'}: {said}", err=True)
