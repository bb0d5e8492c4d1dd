"""That a run does not read, keep and write the same file: refused before anything is opened."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from reportedly.errors import ConfigError
from reportedly.ingest.inputs import STDIN, input_files

Identity = tuple[int, int] | str
# What stands beside a ledger and is part of it.
_BESIDE_LEDGER = (".lock", ".wal")


def keep_apart(
    inputs: Sequence[str] = (), ledger: Path | None = None, written: Mapping[str, str | Path | None] | None = None
) -> None:
    """Raise ConfigError where two of inputs, ledger and files to be written are one, under whatever names.

    ``written`` are the files by the option that names them. Pipes and devices may be given twice.
    """
    kept = dict(_kept(ledger, written or {}))
    if any(not isinstance(key, str) for key in kept):
        for name, key in _read(inputs):
            if key in kept:
                _refuse(name, "an input", kept[key])


def _kept(ledger: Path | None, written: Mapping[str, str | Path | None]) -> Iterator[tuple[Identity, str]]:
    """What is kept or written, each file with its part in the run."""
    parts = [("--ledger", str(ledger))] if ledger else []
    parts += [("part of --ledger", f"{os.path.realpath(ledger)}{end}") for end in _BESIDE_LEDGER if ledger]
    parts += [(option, str(path)) for option, path in written.items() if path is not None]
    seen: dict[Identity, str] = {}
    for part, path in parts:
        key = _identity(path) if path != STDIN else None
        if key is None:
            continue
        if key in seen:
            _refuse(path, part, seen[key])
        seen[key] = part
        yield key, part


def _refuse(path: str, one: str, other: str) -> None:
    raise ConfigError("E315", f"{path} is {one} and {other} at once", "Name another file: nothing was touched.")


def _identity(path: str) -> Identity | None:
    """What tells a file from others; None for pipes and devices."""
    try:
        found = os.stat(path)  # noqa: PTH116  a path that was given
    except (OSError, ValueError):
        return os.path.realpath(path)
    return (found.st_dev, found.st_ino) if stat.S_ISREG(found.st_mode) else None


def _read(inputs: Sequence[str]) -> Iterator[tuple[str, Identity | None]]:
    for path in inputs:
        if path == STDIN:
            yield "standard input", _standard_input()
        else:
            for file in input_files(path):
                yield file, _identity(file)


def _standard_input() -> Identity | None:
    try:
        found = os.fstat(sys.stdin.fileno())
    except (OSError, ValueError):
        return None
    return (found.st_dev, found.st_ino) if stat.S_ISREG(found.st_mode) else None
