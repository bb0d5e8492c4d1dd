"""``reportedly tables``: the tables in force by name, and tables of one's own from other programs' dictionaries."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NoReturn

import typer

from reportedly import __version__
from reportedly.cli.report import in_words
from reportedly.cli.terminal import console, table
from reportedly.days import day_of
from reportedly.errors import ConfigError, InputError
from reportedly.export.outlet import outlet, telling
from reportedly.knowledge import petrarch
from reportedly.knowledge.check import unknown_table
from reportedly.knowledge.load import SHIPPED, Row, shipped_tables
from reportedly.knowledge.schema import TABLES
from reportedly.model import Diagnostic


def overview() -> None:
    """Print every shipped table with its rows, its columns and what it holds."""
    rows = [
        (path.name, f"{len(SHIPPED.rows(name)):,}", ", ".join(c.name for c in TABLES[name].columns), TABLES[name].help)
        for name, path in shipped_tables().items()
    ]
    found = console()
    found.print(table(("Table", "Rows", "Columns", "What it holds"), rows, found.width))


def describe(name: str) -> None:
    """Print one table: what it holds, who reads it, and what a cell of each column may say."""
    known = TABLES.get(name.removesuffix(".tsv"))
    if known is None:
        raise unknown_table(name)
    found = console()
    found.print(f"{known.name}.tsv: {known.help}")
    readers = "the gazetteer of the package" if known.readers == ("build",) else ", ".join(known.readers)
    found.print(f"{len(SHIPPED.rows(known.name)):,} rows, read by {readers}")
    found.print(table(("Column", "A cell holds"), ((c.name, c.what) for c in known.columns), found.width))


def convert(path: Path, folder: Path | None, on: str | None) -> NoReturn:
    """Write ``bodies.tsv`` and ``leaders.tsv`` from an actor dictionary; lines that cannot be read are named."""
    if folder is None:
        raise ConfigError("E313", "--from-petrarch needs --output", "Name the folder for the tables.")
    day = _day(on) if on else None
    items = list(petrarch.read_actors(_text(path), str(path)))
    actors = [i for i in items if isinstance(i, petrarch.DatedActor)]
    problems = [i for i in items if isinstance(i, Diagnostic)]
    for problem in problems:
        typer.echo(f"reportedly: {in_words(problem)}", err=True)
    tables = petrarch.to_tables(actors, day)
    _write(folder, tables, f"From {path.name}, codes {f'on {day}' if day else 'that held last'}")
    counts = ", ".join(f"{len(rows):,} in {name}.tsv" for name, rows in tables.items())
    without = len(actors) - sum(map(len, tables.values()))
    typer.echo(f"reportedly: {folder}: {counts}" + f"; {without:,} have no code on that day" * bool(without), err=True)
    refused = any(p.level == "error" for p in problems)
    raise typer.Exit(0 if not refused else 1 if actors else 2)


def _day(text: str) -> date:
    day = day_of(text)
    if day is None or day.isoformat() != text:
        raise ConfigError("E306", f'--on is "{text}", which is no ISO date', "Write it as YYYY-MM-DD.")
    return day


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as problem:
        raise InputError("E101", f"{path}: cannot be read ({problem.strerror})", "Check the name.") from problem
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _write(folder: Path, tables: dict[str, list[Row]], origin: str) -> None:
    """Write the tables that have rows; nothing that is there already is overwritten."""
    made = {
        folder / f"{name}.tsv": petrarch.table_text(name, rows, _origin(origin))
        for name, rows in tables.items()
        if rows
    }
    there = next((p for p in made if p.exists()), None)
    if there is not None:
        raise ConfigError("E314", f"{there} is there already", "Name another folder, or move the file away.")
    with telling(str(folder)):
        folder.mkdir(parents=True, exist_ok=True)
    for path, text in made.items():
        with outlet(str(path)) as stream:
            stream.write(text.encode())


def _origin(text: str) -> str:
    return f"{text}; made by reportedly {__version__} tables --from-petrarch."
