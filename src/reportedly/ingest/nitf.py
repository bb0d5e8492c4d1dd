"""NITF, the IPTC's News Industry Text Format (3.x)."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.ingest.source import InputSource, Raw
from reportedly.ingest.xmltree import Element, find, paragraphs, parse, text_of, value_of
from reportedly.knowledge.load import Knowledge
from reportedly.model import Diagnostic

# What stands in the body and is no part of the story.
SKIP = frozenset(
    {"media", "media-caption", "media-reference", "nitf-table", "table", "note", "tagline", "byline", "fn"}
)
BLOCKS = frozenset(
    {"block", "p", "hl2", "bq", "ol", "ul", "li", "dl", "dt", "dd", "pre", "hr", "body.content", "h1", "h2"}
)
GONE = frozenset({"canceled", "cancelled", "withheld"})


def read(source: InputSource) -> Iterator[Raw | Diagnostic]:
    """The one story of a NITF document."""
    root = parse(source.read_all())
    raw = story(root, source.options.knowledge)
    status = value_of(root, "docdata", "management-status") or ""
    if status.lower() in GONE:
        yield from source.withdrawn(raw, status)
    else:
        yield raw


def story(root: Element, knowledge: Knowledge) -> Raw:
    """What a ``nitf`` element says."""
    body = find(root, "body.content")
    location = find(root, "dateline")
    return Raw(
        text=paragraphs(body, knowledge, skip=SKIP, blocks=BLOCKS) if body is not None else None,
        id=value_of(root, "doc-id", "id-string"),
        published=value_of(root, "date.issue", "norm")
        or value_of(root, "date.release", "norm")
        or value_of(root, "pubdata", "date.publication")
        or value_of(root, "story.date", "norm"),
        title=text_of(find(root, "hl1")) or text_of(find(root, "title")),
        agency=value_of(root, "doc-id", "regsrc")
        or value_of(root, "pubdata", "name")
        or text_of(find(root, "distributor")),
        lang=root.get("lang") or value_of(root, "body", "lang"),
        version=value_of(root, "du-key", "version") or value_of(root, "du-key", "generation"),
        place=text_of(find(location, "city", "location")) if location is not None else None,
        day=value_of(location, "story.date", "norm") if location is not None else None,
        note="correction" if value_of(root, "correction", "info") else None,
    )
