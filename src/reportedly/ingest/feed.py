"""RSS and Atom, full text or summary."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, TypeAlias

from reportedly.ingest import xmltree
from reportedly.ingest.markup import to_text, unmarked
from reportedly.ingest.source import InputSource, Raw, RefusedError
from reportedly.knowledge.load import Knowledge
from reportedly.limits import OutOfTimeError, within
from reportedly.model import Diagnostic

# So many times the time for a record may a feed of many take.
PATIENCE = 4
# The feed library has no types: a dictionary that answers for missing keys.
Parsed: TypeAlias = Any


def read(source: InputSource) -> Iterator[Raw | Diagnostic]:
    """The entries of a feed; a text that is only a summary has the note "summary"."""
    import feedparser

    data = source.read_all()
    fault = _fault(data)
    try:
        with within(source.options.max_record_seconds * PATIENCE):
            found = feedparser.parse(io.BytesIO(data.lstrip()), sanitize_html=False, resolve_relative_uris=False)
    except OutOfTimeError:
        raise RefusedError("out-of-time", "takes too long to read") from None
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError) as problem:
        raise fault or RefusedError("broken-feed", f"not readable as a feed: {problem}"[:200]) from None
    if fault is not None:
        if not found.entries:
            raise fault
        message = f"{fault.message}: repaired, look its entries through"
        yield source.diagnostic("warning", "repaired-feed", message, line=fault.line)
    several = len(found.entries) > 1
    for number, entry in enumerate(found.entries, start=1):
        item = f"[{number}]" if several else None
        yield from source.each(_entry, entry, found.feed, item, source.options.knowledge, item=item)


def _fault(data: bytes) -> RefusedError | None:
    """What keeps a feed from being well-formed XML, if that can be forgiven; the feed library reads on behind it.

    Raises RefusedError for what is never forgiven: declarations, and what is too deep or too large.
    """
    try:
        xmltree.parse(data)
    except RefusedError as problem:
        if problem.code != "broken-xml":
            raise
        if b"<!ENTITY" in data:
            raise RefusedError("entities-refused", "a feed that declares entities is refused") from None
        return problem
    return None


def _entry(entry: Parsed, feed: Parsed, item: str | None, knowledge: Knowledge) -> Iterator[Raw]:
    yield _raw(entry, feed, item, knowledge)


def _raw(entry: Parsed, feed: Parsed, item: str | None, knowledge: Knowledge) -> Raw:
    full = next((c.get("value") for c in entry.get("content", ()) if c.get("value")), None)
    summary = entry.get("summary")
    markup = full or summary
    return Raw(
        text=unmarked(to_text(markup, knowledge), knowledge) if markup else None,
        id=entry.get("id") or entry.get("link"),
        published=entry.get("published") or entry.get("updated"),
        title=to_text(entry["title"], knowledge) if entry.get("title") else None,
        agency=entry.get("source", {}).get("title") or feed.get("title"),
        url=entry.get("link"),
        lang=feed.get("language"),
        note=None if full else "summary",
        item=item,
    )
