"""WARC as web archives and CC-NEWS have it: every page with status 200 is an article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from reportedly.ingest.html import MAX_PAGE_BYTES, page
from reportedly.ingest.source import Raw, RefusedError, Source
from reportedly.model import Diagnostic

# The library's record, imported where it is used.
Record: TypeAlias = Any

_HTML = ("text/html", "application/xhtml+xml")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)


class _Stream:
    """The source as the WARC library wants it: to be read from, its place told, never sought in."""

    def __init__(self, source: Source) -> None:
        self._stream = source.stream
        self._place = 0

    def read(self, size: int = -1) -> bytes:
        # Not more than there is: what was read before a break would be lost with it.
        data = self._stream.read1(size)
        self._place += len(data)
        return data

    def tell(self) -> int:
        return self._place

    def seek(self, offset: int, whence: int = 0) -> int:
        raise OSError(f"cannot go to {offset} ({whence}): the stream is read once")

    def close(self) -> None:
        """The source closes itself."""


def read(source: Source) -> Iterator[Raw | Diagnostic]:
    """The pages of an archive, one after the other; requests, errors and other kinds of content are passed over."""
    for record in _records(source):
        if _is_page(record):
            yield _raw(record)


def _records(source: Source) -> Iterator[Record]:
    """The responses and resources of an archive."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    kinds = WarcRecordType.response | WarcRecordType.resource
    try:
        yield from ArchiveIterator(_Stream(source), record_types=kinds, parse_http=True, auto_decode="all")
    except (OSError, ValueError, EOFError) as problem:
        raise RefusedError("broken-warc", f"broken WARC: {problem}") from None
    except BaseException as problem:
        # A panic of the library's compiled part is no Exception.
        if type(problem).__name__ != "PanicException":
            raise
        raise RefusedError("broken-warc", "broken WARC: the library could not go on") from None


def _is_page(record: Record) -> bool:
    kind = (record.http_content_type or record.headers.get("Content-Type") or "").split(";")[0].strip().lower()
    status = record.http_headers.status_code if record.http_headers is not None else 200
    return kind in _HTML and status == 200


def _raw(record: Record) -> Raw:
    http = record.http_headers
    data = record.reader.read(MAX_PAGE_BYTES)
    if len(data) < min(record.content_length, MAX_PAGE_BYTES) and not (http and http.get("Content-Encoding")):
        message = f"truncated WARC: the last record has {len(data):,} of {record.content_length:,} bytes"
        raise RefusedError("truncated-warc", message)
    charset = _CHARSET.search((http.get("Content-Type") if http else None) or "")
    return page(data, url=record.headers.get("WARC-Target-URI"), charset=charset[1] if charset else None)
