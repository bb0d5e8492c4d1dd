"""A connection to the file of a ledger, and what is said where the database refuses.

The database asks nothing of any other host and opens no file but the ledger and its own beside it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from reportedly.errors import LedgerError
from reportedly.ledger import folder
from reportedly.ledger.lock import real_path

# How long to wait for the other side's turn before giving up.
PATIENCE_SECONDS = 15.0
# A writer, who needs many turns, looks more often whether it is his than a reader.
POLL_SECONDS = {"write": 0.001, "read": 0.02}
# What the database may keep in memory; what is more goes to files beside the ledger until the step is done.
SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": "1GB",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "enable_external_access": "false",
}
_OPENING = threading.Lock()
# How the database says that somebody else has the file open: another process, or another thread in another way.
_HELD = ("lock", "same database file", "already attached")
# How it says that the file is not what it wrote.
_DAMAGED = (
    "corrupt",
    "checksum",
    "replaying wal",
    "deserializ",
    "serialization error",
    "internal error",
    "fatal error",
)
# What stands at byte 8 of each of its files.
_MAGIC = b"DUCK"


def open_file(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    """Connect, waiting for the other side's turn; raises LedgerError for what cannot be opened as a ledger."""
    return patiently(path, lambda: connect(path, read_only=read_only), read_only=read_only)


def patiently(
    path: Path, opened: Callable[[], duckdb.DuckDBPyConnection], *, read_only: bool
) -> duckdb.DuckDBPyConnection:
    """What ``opened`` gives, waiting for the other side's turn; raises LedgerError as ``open_file`` does."""
    _look(path)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return opened()
        except duckdb.Error as problem:
            if is_damage(problem) or not any(sign in str(problem).casefold() for sign in _HELD):
                raise _unopened(path, problem) from problem
            if time.monotonic() > deadline:
                raise LedgerError(
                    "E601", f"{path} is held by another program.", "Close the program that has it open and try again."
                ) from problem
        time.sleep(POLL_SECONDS["read" if read_only else "write"])


def connect(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    """A connection that keeps to its share of memory; raises ``duckdb.Error`` where somebody else has the file.

    Threads of one program share an open file; one that joins while another opens it would find it half made.
    """
    with _OPENING:
        file = real_path(path)
        if not folder.is_folder(file):
            return duckdb.connect(str(file), read_only=read_only, config=SETTINGS)
        con = duckdb.connect(str(file), read_only=read_only, config=SETTINGS | {"enable_external_access": "true"})
        folder.look_into(con, file)
        return con


def is_database(path: Path) -> bool:
    """Whether a file is one of the database's, by what stands in it."""
    try:
        with path.open("rb") as stream:
            return stream.read(12)[8:] == _MAGIC
    except OSError:
        return False


def _look(path: Path) -> None:
    """Refuse what is no database before the database sees it: it would look for a program to read it with."""
    file = real_path(path)
    if not file.exists():
        return
    if not file.is_file():
        raise LedgerError("E603", f"{path} is no file and cannot be opened as a ledger.", "Name a file with --ledger.")
    try:
        with file.open("rb") as stream:
            head = stream.read(12)
    except OSError as problem:
        message = f"{path} cannot be opened as a ledger: {problem.strerror}"
        raise LedgerError("E603", message, "Check the name and your rights.") from problem
    if head[8:] != _MAGIC:
        raise LedgerError("E604", f"{path} is no ledger.", "Name another file with --ledger.")


def is_damage(problem: duckdb.Error) -> bool:
    """Whether the database finds its own file in disorder."""
    return any(sign in str(problem).casefold() for sign in _DAMAGED)


def first_line(problem: Exception) -> str:
    """What a problem is, in a line."""
    return str(problem).strip().split("\n")[0]


def damaged(path: Path, problem: Exception) -> LedgerError:
    """The file cannot be read as it was written."""
    message = f"{path} is damaged: {first_line(problem)}"
    return LedgerError("E613", message, "Put back a copy of it, or make it anew: reportedly add PATH... --ledger NEW")


def _unopened(path: Path, problem: duckdb.Error) -> LedgerError:
    if is_damage(problem):
        return damaged(path, problem)
    message = f"{path} cannot be opened as a ledger: {first_line(problem)}"
    return LedgerError("E603", message, "Check the name and your rights.")


def failed(path: Path, problem: duckdb.Error) -> LedgerError:
    """What is said of a step that the database did not do."""
    if is_damage(problem):
        return damaged(path, problem)
    message = f"{path}: {first_line(problem)}"
    undone = "Nothing of the step that failed was kept"
    if isinstance(problem, (duckdb.ConstraintException, duckdb.InternalException, duckdb.FatalException)):
        return LedgerError("E614", message, f"{undone}. See what is wrong: reportedly check --ledger FILE")
    return LedgerError("E607", message, f"{undone}; what the ledger held before is unharmed.")
