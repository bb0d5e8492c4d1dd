"""Files written beside their place and moved there when they are whole: what fails half-way changes nothing."""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, BinaryIO, cast

from reportedly.errors import ConfigError

STDOUT = "-"
# Names have at most 255 bytes in the file systems of today; the draft's adds some.
_LONGEST = 200


class DiscardError(Exception):
    """Raised inside ``outlet`` or ``draft``: nothing is to be written, and what is there stays."""


@contextmanager
def outlet(output: str) -> Iterator[BinaryIO]:
    """A file that is written, or standard output for "-"; raises ConfigError where it cannot be written.

    The file takes its place when the block ends without an exception. Pipes and devices are written as they are.
    """
    if output == STDOUT:
        with suppress(DiscardError), _standard_output() as stream:
            yield stream
        return
    with draft(output) as path:
        file = _Told(_open(path, output), output)
        try:
            yield cast("BinaryIO", file)
            file.settle()
        finally:
            file.shut()


@contextmanager
def _standard_output() -> Iterator[BinaryIO]:
    stream = _Told(sys.stdout.buffer, "standard output")
    yield cast("BinaryIO", stream)
    stream.flush()


@contextmanager
def draft(output: str) -> Iterator[Path]:
    """The name under which to write a file until it is whole; raises ConfigError where it cannot be written."""
    target = _target(output)
    if target.exists() and not target.is_file():
        yield target
        return
    beside = target.with_name(f".{target.name[:_LONGEST]}.{os.getpid()}.part")
    try:
        yield beside
        with telling(output):
            if target.exists():
                beside.chmod(target.stat().st_mode & 0o7777)
            beside.replace(target)
    except DiscardError:
        return
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def telling(output: str) -> Iterator[None]:
    """Say in words where the system refuses to write."""
    try:
        yield
    except BrokenPipeError:
        raise
    except (OSError, RuntimeError) as problem:
        message = f"{output}: cannot be written ({getattr(problem, 'strerror', None) or problem})"
        raise ConfigError(
            "E303", message, "Name another file, or make room; what was there is there still."
        ) from problem


def _target(output: str) -> Path:
    """The file behind all links; raises ConfigError for one that cannot be written."""
    path = Path(output)
    with telling(output):
        target = path.resolve()
        if target.is_dir():
            raise IsADirectoryError(21, "it is a folder")
        if not target.parent.is_dir():
            raise FileNotFoundError(2, "there is no such folder")
        if not os.access(target if target.exists() else target.parent, os.W_OK):
            raise PermissionError(13, "Permission denied")
    return target


def _open(path: Path, output: str) -> IO[bytes]:
    with telling(output):
        return path.open("wb")


class _Told(io.RawIOBase):
    """A stream whose refusals are told with the name of the output."""

    def __init__(self, inner: IO[bytes], output: str) -> None:
        self._inner = inner
        self._output = output

    @property
    def closed(self) -> bool:
        """Whether the file is closed; being let go closes nothing."""
        return self._inner.closed

    def close(self) -> None:
        """Left to ``shut``: whoever was lent the stream does not end it."""

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        with telling(self._output):
            return self._inner.write(data)  # type: ignore[call-overload,no-any-return]

    def flush(self) -> None:
        if not self._inner.closed:
            with telling(self._output):
                self._inner.flush()

    def settle(self) -> None:
        """Have everything on the disk before the file takes its place."""
        self.flush()
        if stat.S_ISREG(os.fstat(self._inner.fileno()).st_mode):
            with telling(self._output):
                os.fsync(self._inner.fileno())

    def shut(self) -> None:
        """Close the file; one that could not be written whole does not say so twice."""
        with suppress(OSError):
            self._inner.close()
