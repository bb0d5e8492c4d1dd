"""One writer at a time: a lock on a file beside the ledger, which the system releases when the program is killed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from reportedly.errors import LedgerError


class WriterLock:
    """Held from construction to ``release``; raises LedgerError when another process (or ledger object) holds it."""

    def __init__(self, ledger: Path) -> None:
        self._path = ledger.with_name(ledger.name + ".lock")
        try:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
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
        os.truncate(self._file, 0)
        os.write(self._file, str(os.getpid()).encode())

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
