"""WARC as web archives and CC-NEWS have it: every page with status 200 is an article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from reportedly.ingest.gzips import Members
from reportedly.ingest.html import MAX_PAGE_BYTES, read_page
from reportedly.ingest.http import Response, parse_response, unpacked
from reportedly.ingest.source import InputSource, Raw, RefusedError
from reportedly.ingest.warc_records import Bad, RecordFeed, WarcRecord, records
from reportedly.model import Diagnostic

_HTML = ("text/html", "application/xhtml+xml")
_OTHERS = frozenset({"warcinfo", "request", "metadata", "revisit", "conversion", "continuation"})
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
# Header and page.
KEPT_BYTES = MAX_PAGE_BYTES + 100_000


def read(source: InputSource) -> Iterator[Raw | Diagnostic]:
    """The pages of an archive, one after the other; what is no page is counted and passed over."""
    archive = _Archive(source)
    yield from archive.pages(RecordFeed(source.stream.read1))
    yield from archive.passed_over()


def read_gzip(source: InputSource) -> Iterator[Raw | Diagnostic]:
    """The same, packed, as a rule with a record in each gzip member: a broken member costs only itself."""
    archive, members = _Archive(source), Members(source)
    for member in members:
        yield from archive.pages(RecordFeed(member.read))
    yield from archive.passed_over()
    if members.strange:
        message = "bytes that belong to no gzip member: passed over"
        yield source.diagnostic("error", "broken-gzip", message)


class _Archive:
    """The pages among the records of one archive, and what was passed over."""

    def __init__(self, source: InputSource) -> None:
        self._source = source
        self._number = 0
        self._passed: Counter[str] = Counter()

    def pages(self, feed: RecordFeed) -> Iterator[Raw | Diagnostic]:
        """The pages among the next records."""
        for record in records(feed, KEPT_BYTES):
            self._number += 1
            item = " ".join(x for x in (f"record {self._number}", record.address) if x)
            if isinstance(record, Bad):
                yield self._source.diagnostic("error", record.code, record.message, item=item)
            else:
                yield from self._source.each(self._page, record, item, item=item)

    def passed_over(self) -> Iterator[Diagnostic]:
        """What was no page, counted by its kind."""
        if self._passed:
            counts = ", ".join(f"{n:,} {kind}" for kind, n in sorted(self._passed.items()))
            yield self._source.diagnostic("info", "no-pages", f"records that are no pages, passed over: {counts}")

    def _page(self, record: WarcRecord, item: str) -> Iterator[Raw | Diagnostic]:
        if record.kind not in ("response", "resource"):
            if record.kind not in _OTHERS:
                raise RefusedError("broken-warc", f'a record of no known type ("{record.kind[:40]}")')
            self._passed[record.kind] += 1
            return
        response = _response(record)
        if response.status != 200 or response.kind not in _HTML:
            self._passed[f"with status {response.status}" if response.status != 200 else "of other content"] += 1
            return
        response = unpacked(response, MAX_PAGE_BYTES)
        if response.doubt:
            yield self._source.diagnostic("warning", "bad-chunks", response.doubt, item=item)
        charset = _CHARSET.search(response.fields.get("content-type", ""))
        yield from read_page(
            self._source, response.body, url=record.address, received=charset[1] if charset else None, item=item
        )


def _response(record: WarcRecord) -> Response:
    """What a record holds; a resource has no header of HTTP, its record has it."""
    if record.kind == "response" and "http" in record.fields.get("content-type", "http"):
        return parse_response(record.block)
    return Response(200, {"content-type": record.fields.get("content-type", "")}, record.block)
