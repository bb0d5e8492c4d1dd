"""The tables by which a ledger is merged: it remembers their folder, so that all who open it later read the same.

What they say is part of the rules that made the incidents; with other rules everything is merged anew.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

import duckdb

from reportedly.errors import ConfigError, LedgerError
from reportedly.incidents.units import WINDOW
from reportedly.knowledge.check import check_folder
from reportedly.knowledge.load import SHIPPED, Knowledge, own_tables
from reportedly.knowledge.schema import TABLES

# What a merge asks; other tables are for reading dispatches alone.
_ASKED: Final = (name for name, table in TABLES.items() if "incidents" in table.readers)
MERGING: Final = (*_ASKED, "figure_types", "word_sets")
# Raised when the steps of a merge keep other things than before.
STEPS: Final = 4
_FOLDER: Final = " tables "


def rules(knowledge: Knowledge, reference: int) -> str:
    """What decides how a ledger is merged, beside the dispatches themselves."""
    plain = f"{_release()} {knowledge.digest_of(MERGING)} {reference} {WINDOW} {STEPS}"
    folder = knowledge.folder
    own = folder is not None and any((folder / f"{name}.tsv").exists() for name in MERGING)
    return f"{plain}{_FOLDER}{folder.resolve()}" if own and folder else plain


@cache
def _release() -> str:
    return version("reportedly")


def remembered(con: duckdb.DuckDBPyConnection) -> Path | None:
    """The folder of the user's tables with which a ledger was merged last."""
    made = con.execute("SELECT rules FROM merged").fetchall()
    folder = made[0][0].partition(_FOLDER)[2] if made else ""
    return Path(folder) if folder else None


def in_force(folder: Path | None, path: Path, *, needed: bool) -> Knowledge:
    """The tables of the folder that the ledger at ``path`` remembers.

    Where they cannot be read, LedgerError is raised if they are ``needed`` to merge; to read, the shipped ones do.
    """
    if folder is None:
        return SHIPPED
    try:
        check_folder(folder)
        return own_tables(folder)
    except ConfigError as problem:
        if not needed:
            return SHIPPED
        raise LedgerError(
            "E619",
            f"{path} is merged with the tables of {folder}: {problem.message}",
            "Name their folder with --tables; an empty one to merge everything anew with the tables of the package.",
        ) from problem
