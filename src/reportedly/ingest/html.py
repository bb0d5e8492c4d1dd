"""Web pages: the story by trafilatura, title and date from what the page says of itself.

A page tells its date in JSON-LD, in Open Graph and other meta elements, or in a ``<time>``; nothing else counts as one.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from reportedly.ingest.decode import decode
from reportedly.ingest.source import Raw, RefusedError, Source
from reportedly.model import Diagnostic

# lxml has no types.
Tree: TypeAlias = Any
Json: TypeAlias = Any

# What a reader of the page never sees.
_UNSEEN = (
    "//script[not(@type='application/ld+json')]|//style|//noscript|//iframe|//template|//comment()"
    "|//*[@hidden]|//*[@aria-hidden='true'][not(self::a)]"
    "|//*[contains(translate(@style,' ',''),'display:none') or contains(translate(@style,' ',''),'visibility:hidden')]"
)
_DATE_METAS = (
    "article:published_time", "og:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
    "dcterms.created", "dcterms.date", "pubdate", "publish-date", "publishdate", "publication_date", "parsely-pub-date",
    "sailthru.date", "cxenseparse:recs:publishtime", "article.published", "publish_date", "timestamp",
)  # fmt: skip
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
_ARTICLES = frozenset(
    {"Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "BlogPosting", "LiveBlogPosting"}
)
# Pages larger than this are no stories.
MAX_PAGE_BYTES = 20_000_000


def read(source: Source) -> Iterator[Raw | Diagnostic]:
    """The story of one page."""
    data = source.read_all()
    if len(data) > MAX_PAGE_BYTES:
        raise RefusedError("too-large", f"a page of {len(data):,} bytes is no story")
    yield page(data, charset=source.options.encoding)


def page(data: bytes, *, url: str | None = None, charset: str | None = None) -> Raw:
    """What a page says; ``url`` and ``charset`` are those under which it was received, where they are known."""
    tree = _tree(_decoded(data, charset))
    if tree is None:
        return Raw(text=None, id=url, url=url)
    told = _json_ld(tree)
    metas = _metas(tree)
    title = told.get("headline") or metas.get("og:title") or _heading(tree) or _first(tree, "//title")
    address = _first(tree, "//link[@rel='canonical']/@href") or metas.get("og:url") or url
    published = told.get("datePublished") or next((metas[n] for n in _DATE_METAS if metas.get(n)), None) or _time(tree)
    return Raw(
        text=_story(tree, title),
        id=address,
        published=published,
        title=title,
        agency=_publisher(told) or metas.get("og:site_name"),
        url=address,
        lang=_first(tree, "/html/@lang"),
    )


def _decoded(data: bytes, charset: str | None) -> str:
    declared = _CHARSET.search(data[:4096])
    name = charset or (declared[1].decode("ascii") if declared else None)
    if name:
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            pass
    return decode(data).text


def _tree(text: str) -> Tree:
    from lxml import etree, html

    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text).replace("\0", "�")
    if not text.strip():
        return None
    try:
        tree = html.document_fromstring(text, parser=html.HTMLParser(huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    for unseen in tree.xpath(_UNSEEN):
        if unseen.getparent() is not None:
            unseen.drop_tree()
    return tree


def _first(tree: Tree, path: str) -> str | None:
    for found in tree.xpath(path):
        text = found if isinstance(found, str) else found.text_content()
        if cleaned := " ".join(text.split()):
            return str(cleaned)
    return None


def _heading(tree: Tree) -> str | None:
    headings = tree.xpath("//article//h1") or tree.xpath("//h1")
    return " ".join(headings[0].text_content().split()) or None if len(headings) == 1 else None


def _metas(tree: Tree) -> dict[str, str]:
    metas: dict[str, str] = {}
    for meta in tree.xpath("//meta[@content]"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        if name and meta.get("content").strip():
            metas.setdefault(name.lower(), meta.get("content").strip())
    return metas


def _time(tree: Tree) -> str | None:
    """The first time of the article itself; a page without an article has none that is sure."""
    paths = (
        "//*[@itemprop='datePublished']/@datetime",
        "//article//time/@datetime",
        "//main//time/@datetime",
        "//time/@datetime",
    )
    return next((found for path in paths if (found := _first(tree, path))), None)


def _json_ld(tree: Tree) -> dict[str, Json]:
    """The first article among the page's JSON-LD."""
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            value = json.loads(script.text_content())
        except (ValueError, RecursionError):
            continue
        for node in _nodes(value):
            kinds = node.get("@type")
            if _ARTICLES & set(kinds if isinstance(kinds, list) else [str(kinds)]):
                return {k: " ".join(v.split()) if isinstance(v, str) else v for k, v in node.items()}
    return {}


def _nodes(value: Json) -> Iterator[dict[str, Json]]:
    for node in value if isinstance(value, list) else [value]:
        if isinstance(node, dict):
            yield node
            graph = node.get("@graph")
            if isinstance(graph, list):
                yield from (n for n in graph if isinstance(n, dict))


def _publisher(told: dict[str, Json]) -> str | None:
    publisher = told.get("publisher")
    publisher = publisher[0] if isinstance(publisher, list) and publisher else publisher
    name = publisher.get("name") if isinstance(publisher, dict) else publisher
    return name if isinstance(name, str) else None


def _story(tree: Tree, title: str | None) -> str | None:
    """The text of the story, without the headline that extraction repeats above it."""
    from trafilatura import bare_extraction

    # What the library cannot make sense of is told in a diagnostic, not in its log.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found = bare_extraction(tree, include_comments=False, include_tables=False, with_metadata=False)
    text = getattr(found, "text", None)
    if not text:
        return None
    paragraphs = [line.strip() for line in text.split("\n") if line.strip()]
    if title and paragraphs and _plain(paragraphs[0]) == _plain(title):
        del paragraphs[0]
    return "\n\n".join(paragraphs)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
