"""One writer at a time: a lock on a file beside the ledger, which the system releases when the program is killed.

The lock stands beside the file itself, whatever link it was reached by, and the writer looks at every turn whether that
file is still there.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reportedly.errors import LedgerError


def real_path(path: Path) -> Path:
    """The file behind all symbolic links, which is locked and opened; raises LedgerError where they go in a circle."""
    try:
        return path.resolve()
    except (OSError, RuntimeError) as problem:
        message = f"{path} cannot be followed to a file: {problem}."
        raise LedgerError("E603", message, "Name the file itself.") from problem


@contextmanager
def beside(ledger: Path) -> Iterator[Path]:
    """The name of a ledger to be written beside another; what is left of it at the end is taken away."""
    draft = ledger.with_name(f".{ledger.name}.{os.getpid()}.part")
    try:
        yield draft
    finally:
        for end in ("", ".wal", ".lock"):
            draft.with_name(draft.name + end).unlink(missing_ok=True)


class WriterLock:
    """Held from construction to ``release``; raises LedgerError when another process (or ledger object) holds it."""

    def __init__(self, ledger: Path) -> None:
        self._ledger = ledger
        self._identity: tuple[int, int] | None = None
        try:
            self._file = os.open(ledger.with_name(ledger.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as problem:
            raise LedgerError(
                "E602",
                f"{ledger} cannot be written: {problem.strerror or problem}.",
                "Check that the folder exists and that you may write there, or open the ledger for reading.",
            ) from problem
        try:
            _lock(self._file)
        except OSError as problem:
            holder = os.pread(self._file, 20, 0).decode("ascii", "replace").strip()
            os.close(self._file)
            raise LedgerError(
                "E601",
                f"{ledger} is being written by another program" + (f" (process {holder})." if holder else "."),
                "Wait until it has finished; the ledger can be read meanwhile.",
            ) from problem
        self._sign()

    def _sign(self) -> None:
        """Say who holds it; on a full disk nobody is told, and the lock holds all the same."""
        try:
            os.truncate(self._file, 0)
            os.write(self._file, str(os.getpid()).encode())
        except OSError:
            return

    def check(self) -> None:
        """Raise LedgerError where the file is another than at the turn before, or has a second name by a hard link.

        The database keeps what it has not put in order yet in a file beside the name it was opened by: under another
        name of the same file it would be missed.
        """
        try:
            found = self._ledger.stat()
        except FileNotFoundError:
            if self._identity is None:
                return
            raise self._replaced() from None
        if found.st_nlink > 1:
            message = f"{self._ledger} has {found.st_nlink} names (hard links) and cannot be written safely."
            raise LedgerError("E616", message, "Keep one of its names, or make a copy: cp FILE COPY")
        identity = (found.st_dev, found.st_ino)
        if self._identity not in (None, identity):
            raise self._replaced()
        self._identity = identity

    def _replaced(self) -> LedgerError:
        message = f"{self._ledger} was replaced or removed while it was being written."
        return LedgerError("E615", message, "Add again what was to be added; what is held already is not added twice.")

    def replace(self, draft: Path) -> None:
        """Put another file in the place of the ledger, with the rights of the one before."""
        draft.chmod(self._ledger.stat().st_mode & 0o7777)
        draft.replace(self._ledger)
        self._identity = None

    def release(self) -> None:
        """Let the next writer in."""
        os.close(self._file)


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
