"""The records of a WARC file, each for itself: one that is broken is named, and the next "WARC/" is looked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import msgspec

from reportedly.ingest.http import fields
from reportedly.ingest.source import RefusedError

# A record that is cut off has no line end before the next one.
_START = re.compile(rb"WARC/\d\.\d{1,2}\r?\n")
# So many empty lines end a record, whatever follows them, unless its block holds the beginning of another.
EMPTY_LINES = 2
MAX_LINE = 64_000
MAX_HEADER_LINES = 500
READ_BYTES = 65_536
# A wrong length can hide the records behind it; so many times what was read is looked through for them.
MAX_SEARCHES = 100


class WarcRecord(msgspec.Struct, frozen=True):
    """A record: header fields with names in small letters, and its block, where it is long the beginning of it."""

    fields: dict[str, str]
    block: bytes

    @property
    def address(self) -> str | None:
        """The address of what it holds."""
        return self.fields.get("warc-target-uri", "").strip("<>") or None

    @property
    def kind(self) -> str:
        """Its type."""
        return self.fields.get("warc-type", "").lower()


class Bad(msgspec.Struct, frozen=True):
    """A record that cannot be read: a code, what is wrong, its address."""

    code: str
    message: str
    address: str | None = None


class RecordFeed:
    """Bytes to be read by line and by number, and put back."""

    def __init__(self, read: Callable[[int], bytes]) -> None:
        self._read = read
        self._held = b""
        self._at = 0
        self._searches = 0

    def line(self) -> bytes:
        """The next line with its end, empty at the end of all; a long one comes in pieces."""
        while (end := self._held.find(b"\n", self._at, self._at + MAX_LINE)) < 0:
            if len(self._held) - self._at >= MAX_LINE or not self._more():
                end = min(self._at + MAX_LINE, len(self._held)) - 1
                break
        line, self._at = self._held[self._at : end + 1], end + 1
        return line

    def take(self, size: int, keep: int) -> tuple[bytes, int]:
        """The next ``size`` bytes, the first ``keep`` of them, and how many there were."""
        pieces: list[bytes] = []
        count = kept = 0
        while count < size and (self._at < len(self._held) or self._more()):
            piece = self._held[self._at : self._at + size - count]
            self._at += len(piece)
            count += len(piece)
            pieces.append(piece[: max(keep - kept, 0)])
            kept += len(pieces[-1])
        return b"".join(pieces), count

    def put_back(self, data: bytes) -> None:
        """Have these bytes read again, before what follows."""
        self._held, self._at = data + self._held[self._at :], 0
        self._searches += 1

    @property
    def searchable(self) -> bool:
        """Whether it is looked through once more for hidden records."""
        return self._searches < MAX_SEARCHES

    def _more(self) -> bool:
        data = self._read(READ_BYTES)
        self._held, self._at = self._held[self._at :] + data, 0
        return bool(data)


def records(feed: RecordFeed, keep: int) -> Iterator[WarcRecord | Bad]:
    """All records in order, of the block of each the first ``keep`` bytes."""
    try:
        line, _ = _next_line(feed)
        while line:
            if _START.match(line):
                record, line = _record(feed, keep)
            else:
                record, line = Bad("broken-warc", "no record begins where one should"), _begun(line) or _resume(feed)
            yield record
    except RefusedError as problem:
        yield Bad(problem.code, problem.message)


def _next_line(feed: RecordFeed) -> tuple[bytes, list[bytes]]:
    """The next line that is not empty, and the empty ones before it."""
    empty: list[bytes] = []
    while (line := feed.line()) in (b"\r\n", b"\n"):
        empty.append(line)
    return line, empty


def _resume(feed: RecordFeed) -> bytes:
    """The next line that begins a record, without what stands before it in that line."""
    while line := feed.line():
        if begun := _begun(line):
            return begun
    return b""


def _begun(line: bytes) -> bytes:
    """The part of a line that begins a record; nothing where none does."""
    found = _START.search(line)
    return line[found.start() :] if found else b""


def _record(feed: RecordFeed, keep: int) -> tuple[WarcRecord | Bad, bytes]:
    """The record whose first line was read, and the first line of what follows."""
    found, line = _header(feed)
    record = WarcRecord(found, b"")
    if line:
        return Bad("broken-warc", "its header is cut off", record.address), line
    length = found.get("content-length", "")
    if not (length.isascii() and length.isdigit() and len(length) < 19):
        message = f'its length is no number ("{length[:40]}")' if length else "it does not say how long it is"
        return Bad("broken-warc", message, record.address), _resume(feed)
    size = int(length)
    try:
        block, count = feed.take(size, keep)
        line, empty = (b"", []) if count < size else _next_line(feed)
    except RefusedError as problem:
        return Bad(problem.code, problem.message, record.address), b""
    if count == size and (not line or _begun(line) or (len(empty) >= EMPTY_LINES and not _START.search(block))):
        return WarcRecord(found, block), line
    return _misjudged(feed, WarcRecord(found, block), b"".join(empty) + line, (count, size))


def _misjudged(feed: RecordFeed, record: WarcRecord, behind: bytes, counts: tuple[int, int]) -> tuple[Bad, bytes]:
    """What is wrong with a record that neither another one nor the end follows; what it hid is read again.

    ``behind`` is what was read behind it. A block may end in the middle of the next record's header, before a line end,
    or by chance before the empty lines behind that record.
    """
    count, size = counts
    read = record.block + behind
    hidden = _START.search(read) if feed.searchable else None
    if hidden:
        feed.put_back(read[hidden.start() :])
        return Bad("broken-warc", "its length is wrong: it runs into the next record", record.address), feed.line()
    if count < size:
        message = f"truncated WARC: the last record has {count:,} of {size:,} bytes"
        return Bad("truncated-warc", message, record.address), b""
    return Bad("broken-warc", "its length is wrong: it ends too early", record.address), _resume(feed)


def _header(feed: RecordFeed) -> tuple[dict[str, str], bytes]:
    """The header fields, and the first line of the next record where that follows at once."""
    lines: list[bytes] = []
    while (line := feed.line()) not in (b"\r\n", b"\n", b"") and len(lines) < MAX_HEADER_LINES:
        if begun := _begun(line):
            return fields(b"".join(lines)), begun
        lines.append(line)
    return fields(b"".join(lines)), b""
