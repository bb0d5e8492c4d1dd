"""RSS and Atom, full text or summary."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, TypeAlias

from reportedly.ingest import xmltree
from reportedly.ingest.markup import to_text
from reportedly.ingest.source import Raw, Source
from reportedly.model import Diagnostic

# The feed library has no types: a dictionary that answers for missing keys.
Parsed: TypeAlias = Any


def read(source: Source) -> Iterator[Raw | Diagnostic]:
    """The entries of a feed; a text that is only a summary has the note "summary"."""
    import feedparser

    data = source.read_all()
    # The feed library forgives what is broken; what is no XML, or has entities, is refused here first.
    xmltree.parse(data)
    found = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    several = len(found.entries) > 1
    for number, entry in enumerate(found.entries, start=1):
        yield _raw(entry, found.feed, f"[{number}]" if several else None)


def _raw(entry: Parsed, feed: Parsed, item: str | None) -> Raw:
    full = next((c.get("value") for c in entry.get("content", ()) if c.get("value")), None)
    summary = entry.get("summary")
    markup = full or summary
    return Raw(
        text=to_text(markup) if markup else None,
        id=entry.get("id") or entry.get("link"),
        published=entry.get("published") or entry.get("updated"),
        title=to_text(entry["title"]) if entry.get("title") else None,
        agency=entry.get("source", {}).get("title") or feed.get("title"),
        url=entry.get("link"),
        lang=feed.get("language"),
        note=None if full else "summary",
        item=item,
    )
