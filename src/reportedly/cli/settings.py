"""What a command takes for granted: options from the environment, or from ``reportedly.toml``.

An option given to the command counts first, then its variable (``REPORTEDLY_LEDGER``), then the file in the current
folder or the nearest one above it. Paths in the file are meant from the folder where it lies.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from reportedly.errors import ConfigError

FILE: Final = "reportedly.toml"
ENVIRONMENT: Final = {name: f"REPORTEDLY_{name.upper()}" for name in ("ledger", "tables", "model", "jobs")}


def settings_of(folder: Path) -> dict[str, object]:
    """The settings of the nearest file at or above a folder; none where there is no file.

    Raises ConfigError for a file that is no TOML, a setting that there is not, and a value that cannot be.
    """
    path = next((p for p in (at / FILE for at in (folder, *folder.parents)) if p.is_file()), None)
    if path is None:
        return {}
    return {name: _setting(path, name, value) for name, value in _read(path).items()}


def ledger_of(folder: Path) -> Path | None:
    """The ledger that the environment or the settings name."""
    given = os.environ.get(ENVIRONMENT["ledger"]) or settings_of(folder).get("ledger")
    return Path(str(given)) if given else None


def _read(path: Path) -> Mapping[str, object]:
    try:
        with path.open("rb") as stream:
            return tomllib.load(stream)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise ConfigError("E332", f"{path}: {problem}", 'Write NAME = "VALUE", a line each.') from problem
    except OSError as problem:
        raise ConfigError("E332", f"{path}: cannot be read ({problem.strerror})", "Check your rights.") from problem


def _setting(path: Path, name: str, value: object) -> object:
    reader = _READERS.get(name)
    if reader is None:
        from reportedly.filters import nearest

        near = nearest(name, _READERS)
        offered = f"Did you mean {near}? " if near else ""
        message = f"{path}: there is no setting {name}"
        raise ConfigError("E332", message, f"{offered}There are: {', '.join(_READERS)}.")
    return reader(path, name, value)


def _text(path: Path, name: str, value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ConfigError("E332", f"{path}: {name} is no text", f'Write it in quotation marks: {name} = "..."')
    return value


def _path(path: Path, name: str, value: object) -> str:
    return str(path.parent / Path(_text(path, name, value)).expanduser())


def _model(path: Path, name: str, value: object) -> str:
    """A package by its name, or a folder where there is one."""
    folder = Path(_path(path, name, value))
    return str(folder) if folder.is_dir() else _text(path, name, value)


def _jobs(path: Path, name: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ConfigError("E332", f"{path}: {name} is no whole number from 0 on", f"Write {name} = 4, or 0: all cores.")
    return value


_READERS: Final[Mapping[str, Callable[[Path, str, object], object]]] = {
    "ledger": _path,
    "tables": _path,
    "model": _model,
    "jobs": _jobs,
}
