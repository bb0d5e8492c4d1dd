"""How far the reading of the inputs has come, for people who wait."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO


class Meter:
    """Counts the bytes of the inputs that have been read."""

    def __init__(self) -> None:
        self._behind = 0
        self._open: BinaryIO | None = None

    @property
    def read(self) -> int:
        """Bytes read so far, of all files."""
        return self._behind + (self._open.tell() if self._open and not self._open.closed else 0)

    @contextmanager
    def measuring(self, stream: BinaryIO) -> Iterator[None]:
        """Count what is read from this file while the context lasts."""
        self._open = stream
        try:
            yield
        finally:
            self._behind, self._open = self.read, None
