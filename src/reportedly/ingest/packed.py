"""Packed inputs, read in place: streams (gzip, bzip2, xz) and archives (zip, tar), within limits.

Nothing is written to disk. The names of members are data: they name a dispatch and never a path.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from reportedly.ingest.source import RefusedError, Source
from reportedly.knowledge.load import SHIPPED
from reportedly.model import Diagnostic

_BROKEN = (EOFError, OSError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError, ValueError)


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


class _Unpacked(io.RawIOBase):
    """An unpacked stream that stops where it grows out of proportion, and says what is wrong with a broken one."""

    def __init__(self, inner: BinaryIO, packed: _Counted | int, source: Source, kind: str) -> None:
        # ``read1`` gives what could be unpacked before a break; ``read`` would lose it.
        self._read_some: Callable[[int], bytes] = getattr(inner, "read1", inner.read)
        self._packed = packed
        self._options = source.options
        self._kind = kind
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        try:
            data = self._read_some(len(view))
        except EOFError:
            message = f"truncated {self._kind}: it ends after {self._count:,} unpacked bytes"
            raise RefusedError(f"truncated-{self._kind}", message) from None
        except RefusedError:
            raise
        except _BROKEN as problem:
            message = f"broken {self._kind} after {self._count:,} unpacked bytes: {problem}"
            raise RefusedError(f"broken-{self._kind}", message) from None
        view[: len(data)] = data
        self._count += len(data)
        self._check()
        return len(data)

    def _check(self) -> None:
        packed = self._packed if isinstance(self._packed, int) else self._packed.count
        options = self._options
        if self._count > options.ratio_from and self._count > options.max_ratio * max(packed, 1):
            message = (
                f"unpacks to over {options.max_ratio} times its size (max_ratio): stopped after {self._count:,} bytes"
            )
            raise RefusedError("ratio-too-high", message)


def _deeper(source: Source, stream: io.RawIOBase, member: str | None) -> Source:
    """The source inside a source; what a packed stream holds is named by the suffix before the packer's."""
    inner = ":".join(x for x in (source.member, member) if x) or None
    suffix = None if member else PurePosixPath(PurePosixPath((source.member or source.file).lower()).stem).suffix
    return Source(
        source.file, cast("BinaryIO", stream), source.options, member=inner, depth=source.depth + 1, suffix=suffix
    )


def gzip_stream(source: Source) -> Iterator[Source | Diagnostic]:
    """What a gzip file holds; several members are one stream."""
    packed = _Counted(source.stream)
    yield _stream(source, cast("BinaryIO", gzip.GzipFile(fileobj=io.BufferedReader(packed))), packed, "gzip")


def bzip2_stream(source: Source) -> Iterator[Source | Diagnostic]:
    """What a bzip2 file holds."""
    packed = _Counted(source.stream)
    yield _stream(source, cast("BinaryIO", bz2.BZ2File(io.BufferedReader(packed))), packed, "bzip2")


def xz_stream(source: Source) -> Iterator[Source | Diagnostic]:
    """What an xz file holds."""
    packed = _Counted(source.stream)
    yield _stream(source, cast("BinaryIO", lzma.LZMAFile(io.BufferedReader(packed))), packed, "xz")  # noqa: SIM115  closed by its reader


def _stream(source: Source, inner: BinaryIO, packed: _Counted, kind: str) -> Source:
    return _deeper(source, _Unpacked(inner, packed, source, kind), None)


def zip_members(source: Source) -> Iterator[Source | Diagnostic]:
    """The members of a zip archive, in its order."""
    options = source.options
    with _seekable(source) as stream:
        try:
            archive = zipfile.ZipFile(stream)
            members = archive.infolist()
        except _BROKEN as problem:
            raise RefusedError("broken-zip", f"broken zip archive: {problem}") from None
        if any(m.filename in ("[Content_Types].xml", "mimetype") for m in members):
            raise RefusedError("not-text", "an Office or e-book document, which is not read: save it as text")
        if members and min(m.header_offset for m in members) > 0:
            message = "broken zip archive: its list of members does not cover all of it, what it leaves out is not read"
            yield source.diagnostic("error", "broken-zip", message)
        for member in members[: options.max_members]:
            if member.is_dir():
                continue
            if refused := _refusal(
                source, member.filename, member.file_size, link=stat.S_ISLNK(member.external_attr >> 16)
            ):
                yield refused
            elif member.flag_bits & 1:
                yield source.diagnostic("error", "encrypted-member", "encrypted: not read", item=member.filename)
            else:
                yield from _zip_member(source, archive, member)
        yield from _too_many(source, len(members))


def _zip_member(source: Source, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[Source | Diagnostic]:
    try:
        inner = archive.open(member)
    except (*_BROKEN, NotImplementedError, RuntimeError) as problem:
        yield source.diagnostic("error", "broken-zip", f"member not readable: {problem}", item=member.filename)
        return
    with inner:
        stream = _Unpacked(cast("BinaryIO", inner), member.compress_size, source, "zip")
        yield _deeper(source, stream, member.filename)


def tar_members(source: Source) -> Iterator[Source | Diagnostic]:
    """The members of a tar archive, as they come."""
    options = source.options
    number = 0
    try:
        with tarfile.open(fileobj=source.stream, mode="r|") as archive:
            for member in archive:
                if member.isdir():
                    continue
                number += 1
                if number > options.max_members:
                    break
                if refused := _refusal(source, member.name, member.size, link=member.issym() or member.islnk()):
                    yield refused
                elif not member.isfile():
                    yield source.diagnostic("warning", "not-a-file", "a device or pipe: skipped", item=member.name)
                else:
                    inner = cast("BinaryIO", archive.extractfile(member))
                    yield _deeper(source, _Unpacked(inner, max(member.size, 1), source, "tar"), member.name)
    except tarfile.TarError as problem:
        raise RefusedError(
            "broken-tar", f"broken or truncated tar archive after {number:,} members: {problem}"
        ) from None
    yield from _too_many(source, number)


def _refusal(source: Source, name: str, size: int, *, link: bool) -> Diagnostic | None:
    """Why a member is not read, if it is not."""
    limit = source.options.max_member_bytes
    if is_housekeeping(name):
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


def _too_many(source: Source, count: int) -> Iterator[Diagnostic]:
    limit = source.options.max_members
    if count > limit:
        yield source.diagnostic(
            "error", "too-many-members", f"over {limit:,} members (max_members): the rest is not read"
        )


def _seekable(source: Source) -> BinaryIO:
    if source.depth == 0 and source.file != "-" and Path(source.file).is_file():
        return Path(source.file).open("rb")
    return io.BytesIO(source.read_all())


@cache
def _housekeeping() -> tuple[tuple[str, ...], frozenset[str]]:
    """Patterns of file names, and names of folders."""
    rows = SHIPPED.rows("housekeeping")
    patterns = tuple(row["pattern"].casefold() for row in rows if row["kind"] == "file")
    return patterns, frozenset(row["pattern"].casefold() for row in rows if row["kind"] == "folder")


def is_housekeeping(name: str) -> bool:
    """Whether a file's name says that it is no dispatch: what systems and packers leave, notes about a collection."""
    patterns, folders = _housekeeping()
    parts = [p.casefold() for p in PurePosixPath(name.replace("\\", "/")).parts]
    return bool(parts) and (not folders.isdisjoint(parts[:-1]) or any(fnmatch(parts[-1], p) for p in patterns))
