"""From what a person names to inputs: files, folders, globs, standard input."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from reportedly.ingest.meter import Meter
from reportedly.ingest.options import ReadOptions
from reportedly.ingest.packed import is_housekeeping
from reportedly.ingest.registry import read_source
from reportedly.ingest.source import Budget, InputSource, storable
from reportedly.knowledge.load import SHIPPED, Knowledge
from reportedly.model import Diagnostic, Dispatch

STDIN = "-"


def read_paths(
    paths: Sequence[str], options: ReadOptions, meter: Meter | None = None
) -> Iterator[Dispatch | Diagnostic]:
    """The dispatches of all inputs in order, one at a time; every problem is a diagnostic where it occurs.

    A path is a file, a folder (read with all below it, in the order of names), a glob, or ``-`` for standard input.
    Never raises for bad input. ``meter`` is kept up to date about the bytes that were read.
    """
    meter, budget = meter or Meter(), Budget(options)
    for path in paths:
        if path == STDIN:
            yield from read_source(InputSource("-", sys.stdin.buffer, options, budget=budget))
            continue
        for found in _files(path, options.knowledge):
            yield from [found] if isinstance(found, Diagnostic) else _read_file(found, options, meter, budget)


def size_of(paths: Sequence[str]) -> int | None:
    """Bytes in all inputs; None where that cannot be known before they are read."""
    if STDIN in paths:
        return None
    try:
        return sum(Path(f).stat().st_size for path in paths for f in input_files(path))
    except OSError:
        return None


def input_files(path: str) -> Iterator[str]:
    """The files that a path of ``read_paths`` stands for."""
    return (found for found in _files(path) if isinstance(found, str))


def _read_file(path: str, options: ReadOptions, meter: Meter, budget: Budget) -> Iterator[Dispatch | Diagnostic]:
    try:
        stream = Path(path).open("rb")  # noqa: SIM115  closed below, once it is known to be open
    except OSError as problem:
        yield _error(path, "unreadable", f"cannot be opened: {problem.strerror}")
        return
    with stream, meter.measuring(stream):
        yield from read_source(InputSource(path, stream, options, budget=budget))


def _error(path: str, code: str, message: str) -> Diagnostic:
    return Diagnostic(level="error", code=code, message=message, file=storable(path))


def _files(path: str, knowledge: Knowledge = SHIPPED) -> Iterator[str | Diagnostic]:
    """The files that a path stands for."""
    try:
        if is_whole_disk(path):
            yield _error(path, "whole-disk", "a whole disk is not read: name the folders or files meant")
        elif Path(path).is_dir():
            yield from _below(path, knowledge)
        elif Path(path).exists():
            yield path if Path(path).is_file() else _error(path, "not-a-file", "neither a file nor a folder: not read")
        else:
            yield from _matches(path, knowledge)
    except (OSError, ValueError) as problem:
        yield _error(path.replace("\0", "�"), "unreadable", f"not a path that can be read: {problem}")


def is_whole_disk(path: str) -> bool:
    """Whether a path names the root of everything, which nobody means."""
    resolved = Path(path).resolve() if path else Path(path)
    return resolved.is_dir() and str(resolved) == resolved.anchor


def _matches(pattern: str, knowledge: Knowledge) -> Iterator[str | Diagnostic]:
    # Path.glob takes no absolute patterns.
    matches = sorted(glob.glob(pattern, recursive=True)) if glob.has_magic(pattern) else []  # noqa: PTH207
    if not matches:
        what = "no file matches this pattern" if glob.has_magic(pattern) else "no such file or folder"
        yield _error(pattern, "no-such-file", what)
    for match in matches:
        if Path(match).is_dir():
            yield from _below(match, knowledge)
        else:
            yield match


def _below(folder: str, knowledge: Knowledge) -> Iterator[str | Diagnostic]:
    """All files under a folder, by name; what is no dispatch by its name is named and skipped."""
    empty = True
    for place, folders, names in os.walk(folder):
        folders.sort()
        for skipped in [f for f in folders if is_housekeeping(f + "/x", knowledge)]:
            folders.remove(skipped)
            yield _skipped(str(Path(place) / skipped))
        for name in sorted(names):
            empty = False
            path = Path(place) / name
            if is_housekeeping(name, knowledge):
                yield _skipped(str(path))
            elif not path.is_file():
                yield _error(str(path), "not-a-file", "a broken link, device or pipe: not read")
            else:
                yield str(path)
    if empty:
        yield Diagnostic(level="warning", code="empty-folder", message="a folder with no files in it", file=folder)


def _skipped(path: str) -> Diagnostic:
    return Diagnostic(level="info", code="skipped-file", message="no dispatch by its name: skipped", file=path)
