"""Zip archives: by their list of members, and where that is broken by what stands before each member."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

import msgspec

from reportedly.ingest.packed import BROKEN, Unpacked, deeper, refusal, seekable, too_many
from reportedly.ingest.source import InputSource, RefusedError
from reportedly.model import Diagnostic

# What the library raises for an archive or a member that it cannot make sense of.
_BROKEN = (*BROKEN, NotImplementedError, RuntimeError, LookupError, ArithmeticError, struct.error)
_LOCAL = b"PK\x03\x04"
_HEADER = struct.Struct("<4s5H3I2H")
_STORED, _DEFLATED = 0, 8
_LOCKED, _SIZE_BEHIND, _UTF8 = 1, 8, 0x800


def zip_members(source: InputSource) -> Iterator[InputSource | Diagnostic]:
    """The members of a zip archive, in its order."""
    with seekable(source) as stream:
        try:
            archive = zipfile.ZipFile(stream)
            members = archive.infolist()
        except _BROKEN as problem:
            yield from _without_list(source, stream, problem)
            return
        if any(m.filename in ("[Content_Types].xml", "mimetype") for m in members):
            raise RefusedError("not-text", "an Office or e-book document, which is not read: save it as text")
        if members and (first := min(m.header_offset for m in members)) > 0:
            message = "broken zip archive: its list of members does not cover all of it"
            yield source.diagnostic("error", "broken-zip", message)
            stream.seek(0)
            yield from _salvaged(source, stream.read(source.options.max_member_bytes), first)
        for member in members:
            if member.filename.endswith("/"):
                continue
            if not source.budget.member():
                yield too_many(source)
                return
            yield from _member(source, archive, member)


def _member(
    source: InputSource, archive: zipfile.ZipFile, member: zipfile.ZipInfo
) -> Iterator[InputSource | Diagnostic]:
    name = member.filename or "(a member without a name)"
    if refused := refusal(source, name, member.file_size, link=stat.S_ISLNK(member.external_attr >> 16)):
        yield refused
        return
    if member.flag_bits & _LOCKED:
        yield source.diagnostic("error", "encrypted-member", "encrypted: not read", item=name)
        return
    try:
        inner = archive.open(member)
    except _BROKEN as problem:
        yield source.diagnostic("error", "broken-zip", f"member not readable: {problem}", item=name)
        return
    with inner:
        yield deeper(source, Unpacked(cast("BinaryIO", inner), member.compress_size, source, "zip"), name)


def _without_list(source: InputSource, stream: BinaryIO, problem: Exception) -> Iterator[InputSource | Diagnostic]:
    """The members that can be found without the archive's list, which is broken."""
    stream.seek(0)
    data = stream.read(source.options.max_member_bytes)
    found = next(_headers(data, len(data)), None)
    rest = ": what stands before each member is read instead" if found else ""
    yield source.diagnostic("error", "broken-zip", f"broken zip archive ({problem}){rest}")
    yield from _salvaged(source, data, len(data))


class _Local(msgspec.Struct, frozen=True):
    """What stands before a member: its name, how it is packed, where it begins; sizes where they are given."""

    name: str
    flags: int
    method: int
    checksum: int
    packed: int
    size: int
    begin: int


def _headers(data: bytes, end: int) -> Iterator[_Local]:
    """All that stands before members and makes sense, up to ``end``."""
    at = data.find(_LOCAL)
    while 0 <= at < min(end, len(data) - _HEADER.size + 1):
        _, _, flags, method, _, _, checksum, packed, size, name, extra = _HEADER.unpack_from(data, at)
        begin = at + _HEADER.size + name + extra
        raw = data[at + _HEADER.size : at + _HEADER.size + name]
        if name and len(raw) == name and method in (_STORED, _DEFLATED) and begin <= len(data):
            printed = raw.decode("utf-8" if flags & _UTF8 else "cp437", "replace")
            yield _Local(printed, flags, method, checksum, packed, size, begin)
        at = data.find(_LOCAL, at + len(_LOCAL))


def _salvaged(source: InputSource, data: bytes, end: int) -> Iterator[InputSource | Diagnostic]:
    """The members that begin before ``end``."""
    behind = 0
    for local in _headers(data, end):
        # A member that is an archive itself has headers of its own.
        if local.begin < behind or local.name.endswith("/"):
            continue
        if not source.budget.member():
            yield too_many(source)
            return
        if refused := refusal(source, local.name, local.size, link=False):
            yield refused
        elif local.flags & _LOCKED:
            yield source.diagnostic("error", "encrypted-member", "encrypted: not read", item=local.name)
        else:
            inner = _Inner(data, local)
            yield deeper(source, Unpacked(cast("BinaryIO", inner), max(local.packed, 1), source, "zip"), local.name)
            behind = inner.behind


class _Inner(io.RawIOBase):
    """The bytes of a member, unpacked and checked as they are read."""

    def __init__(self, data: bytes, local: _Local) -> None:
        self._local = local
        self._sum = 0
        stored = local.method == _STORED
        self._unpack = None if stored else zlib.decompressobj(-15)
        self._packed = data[local.begin : local.begin + local.packed] if stored or local.packed else data[local.begin :]
        self.behind = local.begin + local.packed

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        data = self._next(len(view))
        self._sum = zlib.crc32(data, self._sum)
        if not data and self._local.checksum and self._sum != self._local.checksum:
            raise ValueError("its checksum is wrong")
        view[: len(data)] = data
        return len(data)

    def _next(self, size: int) -> bytes:
        if self._unpack is None:
            data, self._packed = self._packed[:size], self._packed[size:]
            return data
        if self._unpack.eof:
            return b""
        data = self._unpack.decompress(self._packed, size)
        self._packed = self._unpack.unconsumed_tail
        if not data and not self._unpack.eof:
            raise EOFError
        return data
