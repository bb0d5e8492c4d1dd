"""Web pages: the story by trafilatura, title and date from what the page says of itself.

A page tells its date in JSON-LD, in Open Graph and other meta elements, or in a ``<time>``; nothing else counts as one.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from typing import Any, TypeAlias

import msgspec

from reportedly.ingest.blocks import LONGEST_TEASER, is_teaser
from reportedly.ingest.decode import Decoded, charset, decode
from reportedly.ingest.source import InputSource, Raw, RefusedError
from reportedly.knowledge.load import Knowledge
from reportedly.model import Diagnostic

# lxml has no types.
Tree: TypeAlias = Any
Json: TypeAlias = Any

# What a reader of the page never sees.
_UNSEEN = (
    "//script[not(@type='application/ld+json')]|//style|//noscript|//iframe|//template"
    "|//*[@hidden]|//*[@aria-hidden='true'][not(self::a)]"
    "|//*[contains(translate(@style,' ',''),'display:none') or contains(translate(@style,' ',''),'visibility:hidden')]"
)
_MAY_LEAD_AWAY = (
    "//p|//li|//h2|//h3|//h4|//h5|//h6|//figure|//div[not(p or div or ul or h1)]|//aside|//section[not(p or div)]"
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
# What XML does not know, and references to it.
_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]"
    "|&#(?:0{0,9}(?:[0-8]|1[124-9]|2[0-9]|3[01]|127)|[xX]0{0,9}(?:[0-8bcefBCEF]|1[0-9a-fA-F]|7[fF]))(?![0-9a-fA-F]);?"
)
_XML_HEADER = re.compile(r"^\s*<\?xml[^>]*>")
# The name that elements get before they are taken out.
_GONE = "reportedly-unseen"
MAX_TAGS = 1_000_000
# Pages larger than this are no stories.
MAX_PAGE_BYTES = 20_000_000


def read(source: InputSource) -> Iterator[Raw | Diagnostic]:
    """The story of one page."""
    data = source.read_all()
    if len(data) > MAX_PAGE_BYTES:
        raise RefusedError("too-large", f"a page of {len(data):,} bytes is no story")
    yield from source.each(read_page, source, data)


def read_page(
    source: InputSource, data: bytes, url: str | None = None, received: str | None = None, item: str | None = None
) -> Iterator[Raw | Diagnostic]:
    """What a page says; ``url`` and ``received`` are the address and the character set that it came with."""
    if data.count(b"<") > MAX_TAGS:
        raise RefusedError("too-large", f"a page of over {MAX_TAGS:,} tags is no story")
    decoded = _decoded(data, source.options.encoding or received)
    if decoded.code:
        yield source.diagnostic("warning", decoded.code, decoded.message or "", item=item)
    text, count = _CONTROLS.subn("�", decoded.text)
    if count:
        message = f"{count:,} control character{'s' if count > 1 else ''} in the page: read as U+FFFD"
        yield source.diagnostic("warning", "control-characters", message, item=item)
    knowledge = source.options.knowledge
    yield msgspec.structs.replace(_raw(_tree(text, knowledge), url, knowledge), item=item)


def _raw(tree: Tree, url: str | None, knowledge: Knowledge) -> Raw:
    if tree is None:
        return Raw(text=None, id=url, url=url)
    told = _json_ld(tree)
    metas = _metas(tree)
    title = told.get("headline") or metas.get("og:title") or _heading(tree) or _first(tree, "//title")
    address = _first(tree, "//link[@rel='canonical']/@href") or metas.get("og:url") or url
    published = told.get("datePublished") or next((metas[n] for n in _DATE_METAS if metas.get(n)), None) or _time(tree)
    return Raw(
        text=_story(tree, title, knowledge),
        id=address,
        published=published,
        title=title,
        agency=_publisher(told) or metas.get("og:site_name"),
        url=address,
        lang=_first(tree, "/html/@lang"),
    )


def _decoded(data: bytes, received: str | None) -> Decoded:
    """The page in the character set under which it was received, else in the one it declares, else as it looks."""
    declared = _CHARSET.search(data[:4096])
    told = [n for n in (received, declared[1].decode("ascii", "replace") if declared else None) if n]
    for name in told:
        if known := charset(name):
            try:
                return Decoded(data.decode(known), known)
            except UnicodeError:
                continue
    found = decode(data)
    if told and found.code is None:
        message = f'said to be in "{told[0][:40]}", which it is not: read as {found.encoding}'
        return msgspec.structs.replace(found, code="encoding-guessed", message=message)
    return found


def _tree(text: str, knowledge: Knowledge) -> Tree:
    from lxml import etree, html

    text = _XML_HEADER.sub("", text)
    if not text.strip():
        return None
    try:
        tree = html.document_fromstring(text, parser=html.HTMLParser(huge_tree=False, remove_comments=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    for unseen in tree.xpath(_UNSEEN):
        if unseen.getparent() is not None:
            unseen.tag = _GONE
    for block in tree.xpath(_MAY_LEAD_AWAY):
        if _leads_away(block, knowledge) and block.getparent() is not None:
            block.tag = _GONE
    # All at once: the text behind each is joined to the text before it, which one by one takes the square of the time.
    etree.strip_elements(tree, _GONE, with_tail=False)
    return tree


def _leads_away(block: Tree, knowledge: Knowledge) -> bool:
    """Whether a block is a teaser: "READ MORE: <a>Ferry sinks</a>"."""
    text = " ".join(block.text_content().split())
    if not text or len(text) > LONGEST_TEASER:
        return False
    links = sum(len(link.text_content()) for link in block.iter("a"))
    return is_teaser(text, knowledge, linked=links > len(text) / 2)


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


def _story(tree: Tree, title: str | None, knowledge: Knowledge) -> str | None:
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
    return "\n\n".join(p for p in paragraphs if not is_teaser(p, knowledge))


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
