"""The Python face: one text, many files, a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec.structs import replace

from reportedly.config import DEFAULT, Config
from reportedly.days import day_of
from reportedly.errors import ConfigError
from reportedly.export.tables import claim_table
from reportedly.ingest import headers, read_paths
from reportedly.ingest.dates import read_date
from reportedly.ingest.options import ReadOptions
from reportedly.knowledge.load import knowledge_of
from reportedly.model import Analysis, Diagnostic, Dispatch
from reportedly.pipeline import read_dispatches

__all__ = ["claim_table", "dispatches", "read", "read_all"]


def read(
    text: str,
    *,
    published: str | None = None,
    agency: str | None = None,
    title: str | None = None,
    id: str | None = None,  # noqa: A002  the contract's name
    config: Config = DEFAULT,
) -> Analysis:
    """Read one dispatch given as text.

    ``published`` is an ISO date (YYYY-MM-DD); relative times stay unresolved without it (or a date line in the text).
    What the text itself says in its header (date, dateline, agency) fills what is not given.

    Raises ConfigError where ``published`` is no ISO date, ReportedlyError where the text cannot be analysed.
    """
    known = id or headers.id_of(text, _day(published), knowledge_of(config))
    dispatch = Dispatch(id=known, text=text, published=published, agency=agency, title=title)
    analysis = next(read_dispatches([headers.annotate(dispatch, knowledge_of(config))], config))
    failure = next((d for d in analysis.diagnostics if d.level == "error"), None)
    if failure is not None:
        raise ConfigError("E901", failure.message)
    return analysis


def read_all(
    paths: Iterable[str | Path], *, options: ReadOptions | None = None, config: Config = DEFAULT
) -> Iterator[Analysis]:
    """Read files, folders and globs; analyses come in input order.

    What could not be read, and what is not in English, is left out; ``dispatches`` tells what and why.
    """
    reading = options or ReadOptions()
    found = dispatches(paths, options=replace(reading, tables=reading.tables or config.tables))
    yield from read_dispatches((d for d in found if isinstance(d, Dispatch) and d.lang == "en"), config)


def dispatches(paths: Iterable[str | Path], *, options: ReadOptions | None = None) -> Iterator[Dispatch | Diagnostic]:
    """The reading step alone: dispatches, and a diagnostic for whatever went wrong, in input order."""
    return read_paths([str(p) for p in paths], options or ReadOptions())


def _day(published: str | None) -> str | None:
    """The day or time of publication as the readers of files write it."""
    if published is None:
        return None
    read = read_date(published)
    if day_of(published) is None or not isinstance(read, str):
        raise ConfigError("E306", f'published is "{published}", which is no ISO date', "Write it as YYYY-MM-DD.")
    return read
