"""Packed inputs, read in place: streams (gzip, bzip2, xz) and tar archives, within limits.

Nothing is written to disk. The names of members are data: they name a dispatch and never a path.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from fnmatch import fnmatch
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from reportedly.ingest.source import InputSource, RefusedError
from reportedly.knowledge.load import SHIPPED, Knowledge
from reportedly.model import Diagnostic

# What the libraries raise for data that are not what they should be.
BROKEN = (EOFError, OSError, zlib.error, lzma.LZMAError, tarfile.TarError, zipfile.BadZipFile, ValueError)


class _Counted(io.RawIOBase):
    """Counts the bytes that are read through it."""

    def __init__(self, inner: BinaryIO) -> None:
        self._inner = inner
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        data = self._inner.read(len(view))
        view[: len(data)] = data
        self.count += len(data)
        return len(data)


class Unpacked(io.RawIOBase):
    """An unpacked stream that stops where it grows out of proportion, and says what is wrong with a broken one."""

    def __init__(self, inner: BinaryIO, packed: _Counted | int, source: InputSource, kind: str) -> None:
        # ``read1`` gives what could be unpacked before a break; ``read`` would lose it.
        self._budget = source.budget
        self._read_some: Callable[[int], bytes] = getattr(inner, "read1", inner.read)
        self._packed = packed
        self._kind = kind
        self._count = 0

    def readable(self) -> bool:
        """It is there to be read."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill a buffer; raises RefusedError where the stream is broken or a limit is reached."""
        view = memoryview(buffer)  # type: ignore[arg-type]
        try:
            data = self._read_some(len(view))
        except EOFError:
            message = f"truncated {self._kind}: it ends after {self._count:,} unpacked bytes"
            raise RefusedError(f"truncated-{self._kind}", message) from None
        except RefusedError:
            raise
        except BROKEN as problem:
            message = f"broken {self._kind} after {self._count:,} unpacked bytes: {problem}"
            raise RefusedError(f"broken-{self._kind}", message) from None
        view[: len(data)] = data
        self._count += len(data)
        packed = self._packed if isinstance(self._packed, int) else self._packed.count
        self._budget.count(len(data), packed, self._count)
        return len(data)


def deeper(source: InputSource, stream: io.RawIOBase, member: str | None) -> InputSource:
    """The source inside a source; what a packed stream holds is named by the suffix before the packer's."""
    inner = ":".join(x for x in (source.member, member) if x) or None
    suffix = None if member else PurePosixPath(PurePosixPath((source.member or source.file).lower()).stem).suffix
    return InputSource(
        source.file,
        cast("BinaryIO", stream),
        source.options,
        member=inner,
        depth=source.depth + 1,
        suffix=suffix,
        budget=source.budget,
    )


def gzip_stream(source: InputSource) -> Iterator[InputSource | Diagnostic]:
    """What a gzip file holds; several members are one stream."""
    packed = _Counted(source.stream)
    yield _stream(source, cast("BinaryIO", gzip.GzipFile(fileobj=io.BufferedReader(packed))), packed, "gzip")


def bzip2_stream(source: InputSource) -> Iterator[InputSource | Diagnostic]:
    """What a bzip2 file holds."""
    packed = _Counted(source.stream)
    yield _stream(source, cast("BinaryIO", bz2.BZ2File(io.BufferedReader(packed))), packed, "bzip2")


def xz_stream(source: InputSource) -> Iterator[InputSource | Diagnostic]:
    """What an xz file holds."""
    packed = _Counted(source.stream)
    yield _stream(source, cast("BinaryIO", lzma.LZMAFile(io.BufferedReader(packed))), packed, "xz")  # noqa: SIM115  closed by its reader


def _stream(source: InputSource, inner: BinaryIO, packed: _Counted, kind: str) -> InputSource:
    return deeper(source, Unpacked(inner, packed, source, kind), None)


def tar_members(source: InputSource) -> Iterator[InputSource | Diagnostic]:
    """The members of a tar archive, as they come."""
    number = 0
    try:
        with tarfile.open(fileobj=source.stream, mode="r|") as archive:
            for member in archive:
                if member.isdir():
                    continue
                number += 1
                if not source.budget.member():
                    yield too_many(source)
                    return
                if refused := refusal(source, member.name, member.size, link=member.issym() or member.islnk()):
                    yield refused
                elif not member.isfile():
                    yield source.diagnostic("warning", "not-a-file", "a device or pipe: skipped", item=member.name)
                else:
                    inner = cast("BinaryIO", archive.extractfile(member))
                    yield deeper(source, Unpacked(inner, max(member.size, 1), source, "tar"), member.name)
    except tarfile.TarError as problem:
        raise RefusedError(
            "broken-tar", f"broken or truncated tar archive after {number:,} members: {problem}"
        ) from None


def refusal(source: InputSource, name: str, size: int, *, link: bool) -> Diagnostic | None:
    """Why a member is not read, if it is not."""
    limit = source.options.max_member_bytes
    if is_housekeeping(name, source.options.knowledge):
        return source.diagnostic("info", "skipped-member", "no dispatch by its name: skipped", item=name)
    if link:
        return source.diagnostic("error", "link-member", "a link: not followed", item=name)
    if _is_unsafe(name):
        message = "unsafe member name (it points outside the archive): not read"
        return source.diagnostic("error", "unsafe-member-name", message, item=name)
    if size > limit:
        message = f"member too large: {size:,} bytes unpacked, the limit is {limit:,} (max_member_bytes)"
        return source.diagnostic("error", "member-too-large", message, item=name)
    return None


def _is_unsafe(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or name[1:2] == ":" or "\0" in name


def too_many(source: InputSource) -> Diagnostic:
    """That a run has no more members left."""
    message = f"over {source.options.max_members:,} members in this run (max_members): the rest is not read"
    return source.diagnostic("error", "too-many-members", message)


def seekable(source: InputSource) -> BinaryIO:
    """The file itself, or the whole of what is packed in memory."""
    if source.depth == 0 and source.file != "-" and Path(source.file).is_file():
        return Path(source.file).open("rb")
    return io.BytesIO(source.read_all())


@lru_cache(maxsize=8)
def _housekeeping(knowledge: Knowledge) -> tuple[tuple[str, ...], frozenset[str]]:
    """Patterns of file names, and names of folders."""
    rows = knowledge.rows("housekeeping")
    patterns = tuple(row["pattern"].casefold() for row in rows if row["kind"] == "file")
    return patterns, frozenset(row["pattern"].casefold() for row in rows if row["kind"] == "folder")


def is_housekeeping(name: str, knowledge: Knowledge = SHIPPED) -> bool:
    """Whether a file's name says that it is no dispatch: what systems and packers leave, notes about a collection."""
    patterns, folders = _housekeeping(knowledge)
    parts = [p.casefold() for p in PurePosixPath(name.replace("\\", "/")).parts]
    return bool(parts) and (not folders.isdisjoint(parts[:-1]) or any(fnmatch(parts[-1], p) for p in patterns))
