"""Knowledge is data: read-only tables that ship with the package and that users can extend or replace.

A table is a UTF-8 TSV. Lines that start with ``#`` are its header text (what each column means, where the facts come
from); the first other line names the columns; every further line is one row. An empty cell is the empty string.
``schema.py`` declares every table.

A user's folder of tables (``Config.tables``) may hold files of the same names: ``cues.tsv`` there is read after the
shipped one, and a file whose first line says ``#! replace`` replaces the shipped table altogether. What is wrong in
such a folder is told by file, line and column before anything is read with it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import cache, partial
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import NamedTuple

import msgspec

from reportedly.config import Config
from reportedly.errors import ConfigError
from reportedly.knowledge.check import Row as Row
from reportedly.knowledge.check import Values, check_folder, check_header, check_row
from reportedly.knowledge.schema import TABLES

REPLACE_MARK = "#! replace"
FOLDERS = ("en", "world", "formats")


class NumberedRow(NamedTuple):
    """A row and where a person finds it; ``file`` is the bare name for a shipped table, the path for a user's."""

    file: str
    line: int
    row: Row

    @property
    def place(self) -> str:
        """The place as editors write it: "cues.tsv:31"."""
        return f"{self.file}:{self.line}"


@cache
def shipped_tables() -> dict[str, Traversable]:
    """The shipped tables by name, in order of their names, wherever under ``knowledge/`` they lie."""
    root = resources.files("reportedly") / "knowledge"
    folders = [root, *(root / name for name in FOLDERS)]
    found = [path for folder in folders for path in folder.iterdir() if path.name.endswith(".tsv")]
    return {path.name.removesuffix(".tsv"): path for path in sorted(found, key=lambda p: p.name)}


def _parse(text: str, name: str, file: str, values: Values | None = None) -> Iterator[NumberedRow]:
    """The rows of a file; with ``values`` each is held against the schema."""
    table, columns = TABLES[name], None
    empty = {column.name: "" for column in table.columns}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        place = f"{file}:{number}"
        if columns is None:
            columns = [cell.strip() for cell in cells]
            if values is not None:
                check_header(table, columns, place, cells)
            continue
        row = _row(empty, columns, cells, place)
        if values is not None:
            check_row(table, row, place, cells, columns, values)
        yield NumberedRow(file, number, row)


def _row(empty: Row, columns: Sequence[str], cells: Sequence[str], place: str) -> Row:
    """A row with all the columns of an empty one; those that a file of the user's leaves out are empty."""
    if len(cells) > len(columns):
        at = 1 + sum(len(cell) + 1 for cell in cells[: len(columns)])
        raise ConfigError(
            "E301",
            f"{place}:{at}: {len(cells)} cells, but the table has {len(columns)} columns ({', '.join(columns)})",
            "Separate cells by single tabs; leave optional cells at the end empty.",
        )
    return {**empty, **dict(zip(columns, map(str.strip, cells), strict=False))}


def listed(cell: str) -> list[str]:
    """The words of a cell that holds several, separated by commas."""
    return [word.strip() for word in cell.split(",") if word.strip()]


class Knowledge(msgspec.Struct, frozen=True):
    """All tables in force: the shipped ones with a user's rows behind them, read once and handed down to every stage.

    ``folder`` holds the user's tables; two records of one folder are equal and share what was made of their rows.
    """

    folder: Path | None = None

    def rows(self, name: str) -> tuple[Row, ...]:
        """The rows of a table ("cues" reads ``en/cues.tsv``), the user's own behind the shipped ones."""
        return _rows(name, self.folder)

    def numbered(self, name: str) -> tuple[NumberedRow, ...]:
        """The same rows with the places where they stand, for messages and explanations."""
        return _numbered(name, self.folder)

    def own(self, name: str) -> tuple[NumberedRow, ...]:
        """The user's own rows of a table alone."""
        return tuple(n for n in self.numbered(name) if n.file != f"{name}.tsv") if self.folder else ()

    @property
    def digest(self) -> str:
        """A short digest of all tables in force, for the record of what made a result."""
        return _digest(self.folder, tuple(TABLES))

    def digest_of(self, names: Sequence[str]) -> str:
        """A short digest of some of the tables in force."""
        return _digest(self.folder, tuple(names))


SHIPPED = Knowledge()


@cache
def own_tables(folder: Path) -> Knowledge:
    """The tables in force with those of a user's folder, every row of which is held against the schema.

    Raises ConfigError for a folder that is none, a file that is no table, and a column or a cell that cannot be.
    """
    check_folder(folder)
    knowledge = Knowledge(folder)
    for path in sorted(folder.glob("*.tsv")):
        knowledge.numbered(path.stem)
    return knowledge


def knowledge_of(config: Config) -> Knowledge:
    """The tables that hold under a configuration.

    Raises ConfigError for tables of the user's that cannot be (see ``own_tables``).
    """
    return own_tables(config.tables) if config.tables is not None else SHIPPED


@cache
def _numbered(name: str, folder: Path | None) -> tuple[NumberedRow, ...]:
    if folder is None:
        return tuple(_parse(shipped_tables()[name].read_text(encoding="utf-8"), name, f"{name}.tsv"))
    path, shipped = folder / f"{name}.tsv", _numbered(name, None)
    if not path.exists():
        return shipped
    own = _own_text(path)
    rows = tuple(_parse(own, name, str(path), partial(_values, folder=folder)))
    return rows if own.startswith(REPLACE_MARK) else shipped + rows


@cache
def _rows(name: str, folder: Path | None) -> tuple[Row, ...]:
    found = _numbered(name, folder)
    if folder is not None and found is _numbered(name, None):
        return _rows(name, None)
    return tuple(numbered.row for numbered in found)


@cache
def _values(of: str, folder: Path | None) -> frozenset[str]:
    """What stands in columns of a table in force: "countries.iso3", "events_frames.pos frame"."""
    table, _, columns = of.partition(".")
    return frozenset(" ".join(row[c] for c in columns.split()) for row in _rows(table, folder))


def _own_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as problem:
        line = path.read_bytes()[: problem.start].count(b"\n") + 1
        raise ConfigError("E330", f"{path}:{line}: not UTF-8", "Save the table as UTF-8.") from problem


@cache
def _digest(folder: Path | None, names: tuple[str, ...]) -> str:
    digest = hashlib.blake2b(digest_size=8)
    shipped = [path for name, path in shipped_tables().items() if name in names]
    own = sorted(path for path in folder.glob("*.tsv") if path.stem in names) if folder else []
    for path in [*shipped, *own]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
