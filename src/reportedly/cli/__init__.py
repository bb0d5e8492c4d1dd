"""The command line: one module a command, each imported only when it runs."""

from __future__ import annotations

from reportedly import collector
from reportedly.cli import of_inputs, of_ledgers, of_quality, of_watching
from reportedly.cli.application import app
from reportedly.cli.completion import answered
from reportedly.cli.ending import conclude

__all__ = ["app", "main", "of_inputs", "of_ledgers", "of_quality", "of_watching"]


def main() -> None:
    """Run the command."""
    collector.relax()
    if not answered(app):
        conclude(app)
