"""The members of a gzip file, each for itself: a broken one is told and passed over."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from reportedly.ingest.source import RefusedError, Source

READ_BYTES = 65_536
_MAGIC = b"\x1f\x8b\x08"
# A file with more broken members is given up.
MAX_BROKEN = 1000


class Members:
    """Iterating goes from one gzip member to the next; ``read`` gives the bytes of the present one."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._packed = b""
        self._unpack = zlib.decompressobj(31)
        self._count_in = self._count_out = self._broken = 0
        # Bytes that belong to no member, where none was broken.
        self.strange = False

    def __iter__(self) -> Iterator[Members]:
        """Itself, at one member after the other; what was left unread of a member is passed over.

        Raises RefusedError where too many are broken.
        """
        sound = True
        while self._find(sound=sound):
            self._unpack = zlib.decompressobj(31)
            broken = self._broken
            yield self
            sound = broken == self._broken and self._unpack.eof
            if self._broken > MAX_BROKEN:
                raise RefusedError("broken-gzip", f"over {MAX_BROKEN:,} broken gzip members: not read on")

    def read(self, size: int) -> bytes:
        """Up to ``size`` unpacked bytes, none at the member's end.

        Raises RefusedError where the member is broken or ends too early, where its checksum is wrong and where too
        much comes out of it.
        """
        while not self._unpack.eof:
            if not self._packed and not self._fill():
                raise RefusedError("truncated-gzip", f"truncated gzip: it ends after {self._count_out:,} bytes")
            if data := self._some(size):
                return data
        return b""

    def _find(self, *, sound: bool) -> bool:
        """Go to where a member begins; whether there is one."""
        while (found := self._packed.find(_MAGIC)) < 0:
            between, self._packed = self._packed[:-2], self._packed[-2:]
            self.strange = self.strange or (sound and bool(between.strip(b"\0")))
            if not self._fill():
                self.strange = self.strange or (sound and bool(self._packed.strip(b"\0")))
                return False
        self.strange = self.strange or (sound and bool(self._packed[:found].strip(b"\0")))
        self._packed = self._packed[found:]
        return True

    def _some(self, size: int) -> bytes:
        packed = self._packed
        try:
            data = self._unpack.decompress(packed, size)
        except zlib.error as problem:
            # Reading goes on behind the beginning of the member, which is never taken for another one's.
            self._packed = packed[1:]
            self._broken += 1
            raise RefusedError("broken-gzip", f"broken gzip ({problem})") from None
        self._packed = self._unpack.unused_data if self._unpack.eof else self._unpack.unconsumed_tail
        self._count_out += len(data)
        self._source.budget.count(len(data), self._count_in, self._count_out)
        return data

    def _fill(self) -> bool:
        data = self._source.stream.read1(READ_BYTES)
        self._count_in += len(data)
        self._packed += data
        return bool(data)
