"""Tables of text: CSV, TSV and their kin. The delimiter is told from the first line."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from reportedly.ingest.decode import Lines
from reportedly.ingest.fields import TEXT_FIELDS, columns_of, known_names, plain, to_raw
from reportedly.ingest.source import InputSource, Raw, RefusedError
from reportedly.knowledge.load import SHIPPED, Knowledge
from reportedly.model import Diagnostic

DELIMITERS = ",\t;|"
# A column name is short; a longer cell in the first line belongs to prose.
LONGEST_NAME = 60


def delimiter_of(line: str, text_column: str | None = None, knowledge: Knowledge = SHIPPED) -> str | None:
    """The delimiter of a header line, or ``None`` where the line names no columns that news has."""
    found = max(DELIMITERS, key=line.count)
    cells = [c.strip().strip('"') for c in line.split(found)]
    if len(cells) < 2 or any(len(c) > LONGEST_NAME for c in cells):
        return None
    known = sum(plain(c) in known_names(knowledge) for c in cells)
    wanted = text_column is not None and text_column in cells
    return found if known >= 2 or wanted or (known and len(cells) >= 3 and _all_names(cells)) else None


def _all_names(cells: list[str]) -> bool:
    return all(c and " " not in c for c in cells)


def read(source: InputSource) -> Iterator[Raw | Diagnostic]:
    """One dispatch a row; rows that do not fit the header are refused one by one."""
    csv.field_size_limit(source.options.max_line_bytes)
    lines = Lines(source)
    numbered = _Numbered(lines)
    header_line = next(iter(numbered), "")
    if header_line.lower().startswith("sep="):
        header_line = next(iter(numbered), "")
    delimiter = delimiter_of(header_line, source.options.text_column, source.options.knowledge) or _by_suffix(source)
    header = _cells(header_line, delimiter)
    _check(source, header, numbered.line)
    rows = csv.reader(numbered, delimiter=delimiter, strict=True)
    while True:
        begin = numbered.line + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as problem:
            yield source.diagnostic("error", *_in_words(problem), line=begin)
            continue
        yield from lines.take_doubts()
        if any(row):
            yield from source.each(_row, source, header, row, begin, line=begin)


class _Numbered:
    """Lines for the csv module (with their line feeds), and the number of the last one taken.

    A carriage return alone ends a line too: old spreadsheets write it so.
    """

    def __init__(self, lines: Lines) -> None:
        self._lines = iter(lines)
        self._rest: list[str] = []
        self.line = 0

    def __iter__(self) -> _Numbered:
        return self

    def __next__(self) -> str:
        if not self._rest:
            self.line, line = next(self._lines)
            self._rest = line.split("\r")[::-1]
        return self._rest.pop() + "\n"


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return [c.strip() for c in next(csv.reader([line], delimiter=delimiter), [])]
    except csv.Error as problem:
        raise RefusedError("bad-row", f"the header is not readable as a row: {problem}", line=1) from None


def _by_suffix(source: InputSource) -> str:
    return "\t" if source.suffix == ".tsv" else ","


def _check(source: InputSource, header: list[str], line: int) -> None:
    columns = columns_of(header, source.options.text_column, source.options.knowledge)
    if TEXT_FIELDS.isdisjoint(columns):
        wanted = f'"{source.options.text_column}"' if source.options.text_column else "a text"
        raise RefusedError(
            "no-text-column",
            f"no column for {wanted} among {', '.join(header[:30])} (--text-column NAME says which it is)",
            line=max(line, 1),
        )


def _row(source: InputSource, header: list[str], row: list[str], line: int) -> Iterator[Raw | Diagnostic]:
    if len(row) != len(header):
        few = len(row) < len(header)
        message = f"{len(row)} fields, but the header has {len(header)}: row refused"
        yield source.diagnostic("error", "too-few-fields" if few else "too-many-fields", message, line=line)
        return
    yield to_raw(dict(zip(header, row, strict=True)), source.options, line=line)


def _in_words(problem: csv.Error) -> tuple[str, str]:
    text = str(problem)
    if "unexpected end" in text:
        return (
            "open-quote",
            "a quotation mark is opened and never closed: refused from here to the end",
        )
    if "field limit" in text:
        return "field-too-long", f"{text} (max_line_bytes): a quotation mark that is never closed?"
    return "bad-row", f"not readable as a row: {text}"
