"""``reportedly certainty``: factuality of given triggers."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import msgspec
import typer

from reportedly.cli.apart import keep_apart
from reportedly.cli.report import RunReport
from reportedly.config import Config
from reportedly.errors import ConfigError, InputError
from reportedly.export.sinks import open_sink
from reportedly.model import Diagnostic


class GivenEvent(msgspec.Struct, frozen=True):
    """The offsets of an event word."""

    start: int
    end: int


class GradedItem(msgspec.Struct, frozen=True):
    """One input line."""

    id: str | int
    text: str
    events: tuple[GivenEvent, ...]


class GradedEvent(msgspec.Struct, frozen=True):
    """An event word with its factuality and its score from -3 (certain that it did not happen) to 3."""

    start: int
    end: int
    factuality: str
    score: float


class Graded(msgspec.Struct, frozen=True):
    """One output line."""

    id: str | int
    events: tuple[GradedEvent, ...]


def run(path: str, config: Config, output: str | None, *, quiet: bool) -> NoReturn:
    """Grade every line of a file; lines that cannot be read are named and left out."""
    from reportedly.pipeline import grade_texts

    if output is not None and not output.endswith(".jsonl") and output != "-":
        raise ConfigError("E302", f"{output}: certainty writes JSON lines only", "Use a .jsonl file, or -.")
    keep_apart([path], written={"--output": output})
    with RunReport(None, quiet=quiet, verb="graded") as report:
        items = list(_items(path, report))
        texts = ((item.text, [{"start": e.start, "end": e.end} for e in item.events]) for item in items)
        with open_sink(output or "-", record=lambda g: g, rows=lambda _: [], schema=lambda: None) as write:
            for item, grades in zip(items, grade_texts(texts, config), strict=True):
                write(Graded(item.id, tuple(GradedEvent(**g) for g in grades)))
                report.done()
            report.require_some()
    raise typer.Exit(report.exit_code)


def _items(path: str, report: RunReport) -> Iterator[GradedItem]:
    decoder = msgspec.json.Decoder(GradedItem)
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        try:
            item = decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as problem:
            report.tell(Diagnostic("error", "bad-json", str(problem), file=path, line=number))
            continue
        if any(not 0 <= e.start < e.end <= len(item.text) for e in item.events):
            message = "an event's offsets lie outside the text; nothing of this line was graded"
            report.tell(Diagnostic("error", "bad-offsets", message, file=path, line=number))
            continue
        yield item


def _lines(path: str) -> list[bytes]:
    if path == "-":
        return sys.stdin.buffer.read().split(b"\n")
    try:
        return Path(path).read_bytes().split(b"\n")
    except OSError as problem:
        raise InputError("E101", f"{path}: cannot be read ({problem.strerror})", "Check the name.") from problem
