"""The console that commands print to, as wide as whoever reads it has room."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from reportedly.cli.report import printable

# Where output is not a terminal and COLUMNS is not set, there is no width to ask for.
WIDTH = 132
# A cell of fewer characters than this cannot be read: the columns go below each other instead.
NARROWEST = 12


def console() -> Console:
    """A console on standard output, as wide as the terminal or as COLUMNS says; what is printed is never markup."""
    asked = os.environ.get("COLUMNS", "").isdigit()
    found = Console(highlight=False, markup=False)
    return found if found.is_terminal or asked else Console(highlight=False, markup=False, width=WIDTH)


def table(
    columns: Sequence[str], rows: Iterable[Sequence[str | Text]], width: int, at_most: Sequence[int] = ()
) -> Table:
    """A table; where its columns have no room beside each other, a block of lines for each row.

    ``at_most`` are widths of the columns on a console of the usual width; on a wider one they grow with it.
    """
    found = [[cell if isinstance(cell, Text) else Text(printable(cell)) for cell in row] for row in rows]
    if width < len(columns) * NARROWEST:
        return _blocks(columns, found)
    made = Table(*columns, box=box.SIMPLE_HEAD, pad_edge=False)
    for column, most in zip(made.columns, at_most or [0] * len(columns), strict=True):
        column.overflow = "fold"
        column.max_width = max(most, most * width // WIDTH) or None
    for row in found:
        made.add_row(*row)
    return made


def _blocks(columns: Sequence[str], rows: Sequence[Sequence[Text]]) -> Table:
    made = Table.grid(padding=(0, 2), pad_edge=False)
    made.add_column(style="bold", max_width=12)
    made.add_column(overflow="fold")
    for row in rows:
        for name, cell in zip(columns, row, strict=True):
            if cell:
                made.add_row(name, cell)
        made.add_row()
    return made


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str | Text]], *, nothing: str) -> None:
    """Print rows to standard output, or that there are none."""
    found, where = list(rows), console()
    where.print(table(columns, found, where.width) if found else nothing)
