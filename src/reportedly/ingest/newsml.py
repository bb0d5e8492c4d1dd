"""NewsML-G2 of the IPTC: single items and messages of several, versions, kill notices."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.ingest import nitf
from reportedly.ingest.markup import to_text, unmarked
from reportedly.ingest.source import InputSource, Raw
from reportedly.ingest.xmltree import Element, find, paragraphs, parse, text_of, value_of
from reportedly.knowledge.load import Knowledge
from reportedly.model import Diagnostic

SKIP = frozenset({"head", "script", "style", "figure", "figcaption", "table", "aside", "media"})
BLOCKS = frozenset(
    {
        "html",
        "body",
        "div",
        "p",
        "section",
        "article",
        "h1",
        "h2",
        "h3",
        "h4",
        "ul",
        "ol",
        "li",
        "blockquote",
        "br",
        "pre",
    }
)
GONE = frozenset({"canceled", "cancelled", "withheld"})
SIGNALS = {"correction": "correction", "corr": "correction", "update": "update", "kill": "kill"}


def read(source: InputSource) -> Iterator[Raw | Diagnostic]:
    """The news items of a file, in its order."""
    root = parse(source.read_all())
    items = list(root.iter("newsItem"))
    for number, item in enumerate(items, start=1):
        where = f"[{number}]" if len(items) > 1 else None
        yield from source.each(_read_item, source, item, where, item=where)


def _read_item(source: InputSource, item: Element, where: str | None) -> Iterator[Raw | Diagnostic]:
    guid, version = item.get("guid"), item.get("version")
    status = (value_of(item, "pubStatus", "qcode") or "").rpartition(":")[2].lower()
    kind = (value_of(item, "itemClass", "qcode") or "text").rpartition(":")[2].lower()
    text = _text(item, source.options.knowledge)
    if status not in GONE and not text and kind not in ("text", "composite"):
        yield source.diagnostic("info", "no-text-item", f'"{guid}" is a {kind}, not a text: skipped', item=where)
        return
    raw = Raw(
        text=text,
        id=guid,
        published=text_of(find(item, "versionCreated", "contentCreated", "firstCreated")),
        title=text_of(find(item, "headline", "title")),
        agency=_name_of(find(item, "creditline", "provider", "infoSource")),
        lang=_language(item),
        version=version,
        note=_note(item),
        item=where,
    )
    if status in GONE:
        yield from source.withdrawn(raw, status)
    else:
        yield raw


def _text(item: Element, knowledge: Knowledge) -> str | None:
    content = find(item, "contentSet")
    if content is None:
        return None
    story = find(content, "nitf")
    if story is not None:
        text = nitf.story(story, knowledge).text
        return text if isinstance(text, str) else None
    markup = find(content, "inlineXML")
    if markup is not None:
        return paragraphs(markup, knowledge, skip=SKIP, blocks=BLOCKS | {"inlineXML"})
    data = find(content, "inlineData")
    if data is None or not data.text:
        return None
    return (to_text if "html" in (data.get("contenttype") or "") else unmarked)(data.text, knowledge)


def _name_of(element: Element | None) -> str | None:
    """The name that an element holds, else its text."""
    return text_of(find(element, "name", element.tag)) if element is not None else None


def _language(item: Element) -> str | None:
    return value_of(item, "language", "tag") or item.get("lang")


def _note(item: Element) -> str | None:
    signals = [(s.get("qcode") or "").rpartition(":")[2].lower() for s in item.iter("signal")]
    return next((SIGNALS[s] for s in signals if s in SIGNALS), None)
