"""The members of a gzip file, each for itself: a broken one is told and passed over."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from reportedly.ingest.source import InputSource, RefusedError

READ_BYTES = 65_536
_MAGIC = b"\x1f\x8b\x08"
# A file with more broken members is given up.
MAX_BROKEN = 1000
# So much of a member is looked through once more where it is broken: it may have run into the next one.
KEPT_BYTES = 4_000_000


class Members:
    """Iterating goes from one gzip member to the next; ``read`` gives the bytes of the present one."""

    def __init__(self, source: InputSource) -> None:
        self._source = source
        self._packed = self._taken = b""
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
            self._unpack, self._taken = zlib.decompressobj(31), b""
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
                self._look_again()
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
            self._look_again()
            raise RefusedError("broken-gzip", f"broken gzip ({problem})") from None
        self._packed = self._unpack.unused_data if self._unpack.eof else self._unpack.unconsumed_tail
        if len(self._taken) < KEPT_BYTES:
            self._taken += packed[: len(packed) - len(self._packed)]
        self._count_out += len(data)
        self._source.budget.count(len(data), self._count_in, self._count_out)
        return data

    def _look_again(self) -> None:
        """Have the present member, which is broken, looked through for the next one, from behind its beginning on."""
        self._packed = (self._taken + self._packed)[1:]
        self._broken += 1

    def _fill(self) -> bool:
        data = self._source.stream.read1(READ_BYTES)
        self._count_in += len(data)
        self._packed += data
        return bool(data)
