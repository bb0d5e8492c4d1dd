"""``reportedly check``: whether a ledger keeps its laws, and its repair."""

from __future__ import annotations

from pathlib import Path

import typer

from reportedly.errors import LedgerError
from reportedly.ledger import laws


def run(ledger: Path, *, repair: bool, quiet: bool) -> None:
    """Name each law that is broken on standard output; exit code 1 where there is one."""
    if repair:
        if not ledger.exists():
            raise LedgerError("E617", f"{ledger} does not exist.", "Name a ledger that was made with: reportedly add")
        laws.repair(ledger)
    found = laws.check(ledger)
    for fault in found.faults:
        typer.echo(f"{fault.law}: {fault.message}")
    if not quiet:
        typer.echo(f"reportedly: {ledger}: {_closing(found, repaired=repair)}", err=True)
    raise typer.Exit(1 if found.faults else 0)


def _closing(found: laws.Checked, *, repaired: bool) -> str:
    if found.faults:
        advice = "put back a copy or add everything to a new one" if repaired else "mend it with --repair"
        return f"{len(found.faults)} laws are broken; {advice}."
    made = "made anew; " if repaired else ""
    late = (
        f" {found.pending:,} dispatches are not in the incidents yet; the next add brings them in."
        if found.pending
        else ""
    )
    return f"{made}keeps all laws.{late}"
