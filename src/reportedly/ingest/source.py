"""One input as its reader sees it: a name, a stream of bytes that can be looked into, and a way to report problems."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, TypeVar

import msgspec

from reportedly.ingest.options import ReadOptions
from reportedly.limits import OutOfTimeError, within
from reportedly.model import Diagnostic, Level

# Enough for every magic number (tar's stands at byte 257) and for the first records of a table.
HEAD_BYTES = 65_536


_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")

T = TypeVar("T")


class RefusedError(Exception):
    """An input cannot be read on; the registry makes a diagnostic of it."""

    def __init__(self, code: str, message: str, *, line: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.line = line


class Budget:
    """What one run may unpack: bytes and members of all its archives together, in whatever depth."""

    def __init__(self, options: ReadOptions) -> None:
        self._options = options
        self._bytes = self._members = 0

    def count(self, data: int, packed: int, unpacked: int) -> None:
        """Count ``data`` more bytes of a stream that gave ``unpacked`` out of ``packed`` bytes so far.

        Raises RefusedError where it grows out of proportion, or the run has unpacked too much.
        """
        options = self._options
        self._bytes += data
        if unpacked > options.ratio_from and unpacked > options.max_ratio * max(packed, 1):
            message = (
                f"unpacks to over {options.max_ratio} times its size (max_ratio): stopped after {unpacked:,} bytes"
            )
            raise RefusedError("ratio-too-high", message)
        if self._bytes > options.max_unpacked_bytes:
            limit = f"{options.max_unpacked_bytes:,} bytes unpacked in this run (max_unpacked_bytes)"
            raise RefusedError("too-much-unpacked", f"over {limit}: not read on")

    def member(self) -> bool:
        """Count one more member of an archive; whether it may still be read."""
        self._members += 1
        return self._members <= self._options.max_members


class Raw(msgspec.Struct, frozen=True):
    """A record as an input holds it, before anything is checked; only ``text`` has to be there.

    ``line`` and ``item`` say where in the input it stands, ``text_line`` where its text begins if it runs over the
    lines of the input itself. ``place`` and ``day`` are a dateline that the format keeps beside the text.
    """

    text: object
    id: object = None
    published: object = None
    title: object = None
    agency: object = None
    url: object = None
    lang: object = None
    version: object = None
    note: str | None = None
    line: int | None = None
    text_line: int | None = None
    item: str | None = None
    place: str | None = None
    day: object = None


class _Filled(io.RawIOBase):
    """A raw stream whose reads are never short, so that looking ahead sees as much as there is.

    An error after some bytes is raised at the next read: what could be read is not lost.
    """

    def __init__(self, inner: BinaryIO) -> None:
        self._inner = inner
        self._error: BaseException | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        if self._error is not None:
            raise self._error
        done = 0
        while done < len(view):
            try:
                piece = self._inner.read(len(view) - done)
            except Exception as problem:
                if not done:
                    raise
                self._error = problem
                break
            if not piece:
                break
            view[done : done + len(piece)] = piece
            done += len(piece)
        return done


class InputSource:
    """An input: a file, standard input, or a member of an archive (then with ``member`` and a ``depth`` over 0).

    ``suffix`` is the last suffix of the name in small letters, with its dot: a hint at the format and no more.
    """

    def __init__(
        self,
        file: str,
        stream: BinaryIO,
        options: ReadOptions,
        *,
        member: str | None = None,
        depth: int = 0,
        suffix: str | None = None,
        budget: Budget | None = None,
    ) -> None:
        self.file = file
        self.budget = budget or Budget(options)
        self.member = member
        self.depth = depth
        self.options = options
        name = (member or file).replace("\\", "/")
        self.suffix = Path(name).suffix.lower() if suffix is None else suffix
        self.stream = io.BufferedReader(_Filled(stream), HEAD_BYTES)

    @property
    def title(self) -> str:
        """How a dispatch names where it came from."""
        return storable(f"{self.file}:{self.member}" if self.member else self.file)

    def head(self) -> bytes:
        """The first bytes, without reading past them."""
        return self.stream.peek(HEAD_BYTES)[:HEAD_BYTES]

    def read_all(self) -> bytes:
        """Everything, up to the limit for what is held in memory."""
        limit = self.options.max_member_bytes
        data = self.stream.read(limit + 1)
        if len(data) > limit:
            raise RefusedError(
                "too-large", f"over {limit:,} bytes (max_member_bytes), and this format has to be read as a whole"
            )
        return data

    def withdrawn(self, raw: Raw, status: str) -> Iterator[Raw | Diagnostic]:
        """An item that its publisher took back: told of, and given as a kill notice where those are wanted."""
        version = f" version {raw.version}" if raw.version else ""
        given = self.options.withdrawals and raw.id
        fate = "withdrawn from the ledger too" if given else "not read"
        message = f'"{raw.id}"{version} is withdrawn by its publisher ({status}): {fate}'
        yield self.diagnostic("warning", "withdrawn-item", message, line=raw.line, item=raw.item)
        if given:
            text = raw.text or f"This item was withdrawn by its publisher ({status})."
            yield msgspec.structs.replace(raw, text=text, note="kill", lang="en")

    def each(
        self, make: Callable[..., Iterable[T]], *given: object, line: int | None = None, item: str | None = None
    ) -> list[T | Diagnostic]:
        """What ``make(*given)`` makes of one record, in bounded time.

        Whatever goes wrong in it becomes a diagnostic with the record's place: the others are read on.
        """
        limit = self.options.max_record_seconds
        made: list[T | Diagnostic] = []
        try:
            with within(limit):
                for thing in make(*given):
                    made.append(thing)  # noqa: PERF402  what was made before an error stays
        except RefusedError as problem:
            made.append(self.diagnostic("error", problem.code, problem.message, line=problem.line or line, item=item))
        except OutOfTimeError:
            message = f"took over {limit:g} s (max_record_seconds): not read"
            made.append(self.diagnostic("error", "out-of-time", message, line=line, item=item))
        except ImportError as problem:
            made.append(self.diagnostic("error", "missing-library", needs(problem), line=line, item=item))
        except Exception as problem:  # noqa: BLE001  no record may end a run: what a library did not expect is told
            what = f"{type(problem).__name__}: {problem}"[:200]
            made.append(self.diagnostic("error", "reader-failed", f"the reader gave up ({what})", line=line, item=item))
        return made

    def diagnostic(
        self, level: Level, code: str, message: str, *, line: int | None = None, item: str | None = None
    ) -> Diagnostic:
        """A problem of this input."""
        member = ":".join(x for x in (self.member, item) if x) or None
        return Diagnostic(
            level=level,
            code=code,
            message=storable(message),
            file=storable(self.file),
            line=line,
            member=member and storable(member),
        )


def storable(text: str) -> str:
    """The text with NUL and halves of surrogate pairs as U+FFFD: one character for one, offsets do not move."""
    return _UNSTORABLE.sub("�", text)


def needs(problem: ImportError) -> str:
    """What to do where a library is not installed."""
    return f"reading this needs {problem.name}: pip install 'reportedly[ingest]'"
