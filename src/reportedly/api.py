"""The Python face: one text, many files, a table."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Iterator
from datetime import date
from os import PathLike
from pathlib import Path

from msgspec.structs import replace

from reportedly.config import DEFAULT, Config
from reportedly.days import day_of
from reportedly.errors import ConfigError, InputError
from reportedly.export.tables import claim_table
from reportedly.ingest import headers, read_paths
from reportedly.ingest.dates import read_date
from reportedly.ingest.inputs import STDIN, is_whole_disk
from reportedly.ingest.options import ReadOptions
from reportedly.knowledge.load import knowledge_of
from reportedly.model import Analysis, Diagnostic, Dispatch
from reportedly.pipeline import read_dispatches
from reportedly.results import Readings

__all__ = ["claim_table", "dispatches", "read", "read_all"]

PathGiven = str | PathLike[str]


def read(
    text: str,
    *,
    published: str | date | None = None,
    agency: str | None = None,
    title: str | None = None,
    id: str | None = None,  # noqa: A002  the contract's name
    config: Config = DEFAULT,
) -> Analysis:
    """Read one dispatch given as text.

    ``published`` is a day (a ``date``, or YYYY-MM-DD); relative times stay unresolved without it (or a date line in the
    text). What the text itself says in its header (date, dateline, agency) fills what is not given.

    Raises ConfigError where ``published`` is no ISO date or ``text`` the name of a file, ReportedlyError where the text
    cannot be analysed.
    """
    _refuse_file(text)
    dispatch = dispatch_of(text, published, agency=agency, title=title, id=id, config=config)
    analysis = next(read_dispatches([dispatch], config))
    failure = next((d for d in analysis.diagnostics if d.level == "error"), None)
    if failure is not None:
        raise ConfigError("E901", failure.message)
    return analysis


def dispatch_of(
    text: str,
    published: str | date | None,
    *,
    agency: str | None = None,
    title: str | None = None,
    id: str | None = None,  # noqa: A002  the contract's name
    config: Config = DEFAULT,
) -> Dispatch:
    """A text as a dispatch, with what its header says of it; see ``read``."""
    day = _day(published)
    known = id or headers.id_of(text, day, knowledge_of(config))
    written = published.isoformat() if isinstance(published, date) else published
    dispatch = Dispatch(id=known, text=text, published=written, agency=agency, title=title)
    return headers.annotate(dispatch, knowledge_of(config))


def _refuse_file(text: str) -> None:
    """Nobody means the name of a file as a dispatch."""
    if not isinstance(text, str):
        message = f"read takes a text, not {type(text).__name__}"
        raise ConfigError("E333", message, "For files: reportedly.read_all(path).")
    if 0 < len(text) < 256 and "\n" not in text and "\0" not in text and Path(text).is_file():
        raise ConfigError("E333", f'"{text}" is the name of a file', f'To read it: reportedly.read_all("{text}")')


def read_all(
    paths: PathGiven | Iterable[PathGiven], *, options: ReadOptions | None = None, config: Config = DEFAULT
) -> Readings:
    """Read files, folders and globs, one or several; analyses come in input order, as they are asked for.

    What could not be read in them, and what is not in English, is left out; ``dispatches`` tells what and why.
    ``to_pandas()`` and its like make a table of all their claims. Raises InputError for what does not exist and
    ConfigError for what nobody means as an input (a number, a whole disk).
    """
    reading = options or ReadOptions()
    found = dispatches(paths, options=replace(reading, tables=reading.tables or config.tables))
    return Readings(read_dispatches((d for d in found if isinstance(d, Dispatch) and d.lang == "en"), config))


def dispatches(
    paths: PathGiven | Iterable[PathGiven], *, options: ReadOptions | None = None
) -> Iterator[Dispatch | Diagnostic]:
    """The reading step alone: dispatches, and a diagnostic for whatever went wrong, in input order.

    ``paths`` as in ``read_all``.
    """
    return read_paths(named(paths), options or ReadOptions())


def named(paths: PathGiven | Iterable[PathGiven]) -> list[str]:
    """The inputs meant: a text is one path and not its letters. Raises as ``read_all`` says."""
    given = [paths] if isinstance(paths, str | bytes | PathLike) or not isinstance(paths, Iterable) else list(paths)
    found = [_one(path) for path in given]
    missing = next((p for p in found if p != STDIN and not glob.has_magic(p) and not _is_there(p)), None)
    if missing is not None:
        raise InputError("E101", f"{missing}: no such file or folder", "Check the name; nothing was read.")
    return found


def _is_there(path: str) -> bool:
    try:
        return Path(path).exists()
    except (OSError, ValueError):
        return False


def _one(path: object) -> str:
    if not isinstance(path, str | PathLike) or not str(path):
        raise ConfigError("E333", f"{path!r} names no input", "Give a path, or several: files, folders, globs.")
    if is_whole_disk(str(path)):
        raise ConfigError("E333", f"{path} is a whole disk", "Name the folders or files meant.")
    return str(path)


def _day(published: str | date | None) -> str | None:
    """The day or time of publication as the readers of files write it."""
    if published is None:
        return None
    read = read_date(published)
    if not isinstance(read, str) or (isinstance(published, str) and day_of(published) is None):
        raise ConfigError("E306", f'published is "{published}", which is no ISO date', "Write it as YYYY-MM-DD.")
    return read
