"""Rows held against the schema: what a cell may not say is named by file, line and column, with what it may."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Final

from reportedly.errors import ConfigError
from reportedly.knowledge.columns import Column, Table
from reportedly.knowledge.schema import TABLES

SUFFIX: Final = ".tsv"
# The gazetteer is made of these when the package is built.
BUILT: Final = tuple(name for name, table in TABLES.items() if table.readers == ("build",))
NO_EVENT: Final = "-"
HARM: Final = "HARM:"
# More values than these are no help in a message.
_MANY: Final = 24
_CLOSE: Final = 0.5

Row = dict[str, str]
# The values of "table.column" that are in force.
Values = Callable[[str], Collection[str]]


def check_folder(folder: Path) -> None:
    """Refuse a folder that is none, that holds no table, or a file that is no table of ours.

    Raises ConfigError.
    """
    if not folder.is_dir():
        raise ConfigError("E304", f"{folder}: no such folder of tables", "Name a folder that holds .tsv files.")
    for path in sorted(p for p in folder.iterdir() if p.is_file() and not p.name.startswith((".", "~"))):
        if path.suffix.lower() == SUFFIX or path.stem in TABLES:
            _check_name(path)


def _check_name(path: Path) -> None:
    if path.name.removesuffix(SUFFIX) in BUILT:
        message = (
            f"{path}: {path.name} is built into the gazetteer of the package, and rows of one's own cannot change it"
        )
        raise ConfigError("E317", message, "Take the file away; places of your own have no table yet.")
    if path.name.removesuffix(SUFFIX) not in TABLES or path.suffix != SUFFIX:
        raise unknown_table(str(path))


def unknown_table(name: str) -> ConfigError:
    """What to say of a name that is no table's."""
    near = _nearest(Path(name).name.partition(".")[0], TABLES)
    meant = f"Did you mean {near}{SUFFIX}? " if near else ""
    return ConfigError("E331", f"{name}: no table has this name", f"{meant}List the tables with: reportedly tables")


def _nearest(word: str, known: Collection[str]) -> str | None:
    plain = {k.lower(): k for k in known}
    found = difflib.get_close_matches(word.lower(), plain, n=1, cutoff=_CLOSE)
    return plain[found[0]] if found else None


def check_header(table: Table, columns: Sequence[str], place: str, cells: Sequence[str]) -> None:
    """Refuse a column that the table does not have, that stands twice, or that is missing though no row can lack it.

    Raises ConfigError.
    """
    known = [c.name for c in table.columns]
    for number, name in enumerate(columns):
        if name not in known or name in columns[:number]:
            problem = "twice" if name in known else "no column of the table"
            near = _nearest(name, known) if name not in known else None
            meant = f"Did you mean {near}? " if near else ""
            at = f"{place}:{_position(cells, number)}"
            raise ConfigError("E318", f"{at}: {name!r} is {problem}", f"{meant}Its columns are {', '.join(known)}.")
    missing = next((c.name for c in table.columns if c.required and c.name not in columns), None)
    if missing is not None:
        raise ConfigError(
            "E318",
            f"{place}: the column {missing!r} is missing",
            f"The columns are {', '.join(known)}, parted by tabs.",
        )


def check_row(table: Table, row: Row, place: str, cells: Sequence[str], columns: Sequence[str], values: Values) -> None:
    """Refuse a cell that says what its column cannot say.

    Raises ConfigError.
    """
    for number, name in enumerate(columns):
        column = next(c for c in table.columns if c.name == name)
        problem = _problem(column, row, values)
        if problem is not None:
            at = f"{place}:{_position(cells, number)}"
            raise ConfigError("E319", f"{at}: {name} {problem}", f"A cell of {name} holds {_what(column, values)}.")


def _position(cells: Sequence[str], number: int) -> int:
    """At which character of its line a cell begins, from 1."""
    return 1 + sum(len(cell) + 1 for cell in cells[:number])


def _what(column: Column, values: Values) -> str:
    listed = sorted(values(column.of)) if column.of else []
    return column.what + (f" ({', '.join(listed)})" if 0 < len(listed) <= _MANY else "")


def _problem(column: Column, row: Row, values: Values) -> str | None:
    cell = row[column.name]
    if not cell:
        return "is empty" if column.required else None
    parts = [p.strip() for p in cell.split(column.sep) if p.strip()] if column.sep else [cell]
    if not parts:
        return f"is {cell!r}, a separator without words"
    wrong = next(filter(None, (_wrong(column, part, row, values) for part in parts)), None)
    return wrong and f"is {cell!r}" + ("" if wrong == cell else f", with {wrong!r}")


def _wrong(column: Column, part: str, row: Row, values: Values) -> str | None:
    """The part of a cell that cannot stand there."""
    known = column.kind == "text" or all(_is_known(column, part, row, values))
    if not known:
        return part
    if (column.allowed or column.of) and column.kind == "text":
        return None if part in column.allowed or (column.of and part in values(column.of)) else part
    return None


def _is_known(column: Column, part: str, row: Row, values: Values) -> Iterator[bool]:
    if column.kind == "whole":
        yield re.fullmatch(r"-?\d+", part) is not None
    elif column.kind == "decimal":
        yield re.fullmatch(r"-?\d+(\.\d+)?", part) is not None
    elif column.kind == "capitals":
        yield re.fullmatch(r"[A-Z][A-Z0-9_-]{0,39}", part) is not None
    elif column.kind == "pattern":
        yield _is_pattern(part)
        yield not column.of or all(name in values(column.of) for name in re.findall(r"\{(\w+)\}", part))
    elif column.kind == "sense":
        yield part in (NO_EVENT, HARM) or part.removeprefix(HARM) in values(column.of)
    elif column.kind == "conditions":
        name, _, words = part.lstrip("!").partition(":")
        classes = values("events_classes.class")
        yield bool(name) and not (":" in part and not words)
        yield all(w[1:] in classes for w in words.split("|") if w.startswith("@"))
    elif column.kind == "frame":
        pos = "n" if row["pos"] == "x" else row["pos"]
        yield f"{pos} {part.partition(':')[0] or 'act'}" in values("events_frames.pos frame")


def _is_pattern(cell: str) -> bool:
    """Whether a pattern of words is one: "the? unit:UNIT (ago|before)", not "the? (unit:UNIT"."""
    signs = re.sub(r"\{\w+\}|([a-z]\w*:)?([A-Z]\w*(/[A-Z]\w*)*|[a-z]+)", "x", cell).replace(" ", "")
    try:
        re.compile(signs)
    except re.error:
        return False
    return re.fullmatch(r"[x()|?*]+", signs) is not None
