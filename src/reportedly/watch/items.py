"""What an answer holds: dispatches of a feed, the links of a sitemap, the story of a page."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from io import BytesIO
from urllib.parse import urlsplit

from msgspec.structs import replace

from reportedly.ingest import xmltree
from reportedly.ingest.dates import read_date
from reportedly.ingest.options import ReadOptions
from reportedly.ingest.registry import read_source
from reportedly.ingest.source import InputSource, RefusedError
from reportedly.model import Diagnostic, Dispatch
from reportedly.model.record import Record
from reportedly.watch.plan import Feed

SUMMARY = "summary"
# So many items of one answer are looked at: feeds hold some dozens, sitemaps of news a thousand.
MOST_ITEMS = 2_000


class Item(Record, frozen=True):
    """An item of a feed or a sitemap: ``dispatch`` as far as the feed tells it, ``page`` where its full text stands.

    ``key`` tells it from all others, ``content`` changes with what the feed says of it.
    """

    key: int
    content: int
    dispatch: Dispatch
    page: str | None


def items_of(feed: Feed, body: bytes, options: ReadOptions) -> Iterator[Item | Diagnostic]:
    """The items of a feed or a sitemap, in its order; what is wrong with it is a diagnostic."""
    found = _links(feed, body) if feed.kind == "sitemap" else _entries(feed, body, options)
    count = 0
    for item in found:
        if isinstance(item, Item):
            count += 1
        if count > MOST_ITEMS:
            yield _told(feed, "warning", "too-many-items", f"over {MOST_ITEMS:,} items: the others were not looked at")
            return
        yield item


def _entries(feed: Feed, body: bytes, options: ReadOptions) -> Iterator[Item | Diagnostic]:
    for found in read_source(InputSource(feed.at, BytesIO(body), options, suffix=".xml")):
        if isinstance(found, Diagnostic):
            yield found
            continue
        dispatch = replace(found, id=global_id(found.id, feed.at), agency=found.agency or feed.agency)
        short = feed.full_text and found.note == SUMMARY and found.url is not None
        yield item_of(dispatch, found.url if short else None)


def item_of(dispatch: Dispatch, page: str | None) -> Item:
    """A dispatch of a feed as an item."""
    said = (dispatch.text, dispatch.title, dispatch.published, dispatch.version, dispatch.url)
    return Item(digest(dispatch.id), digest(*(part or "" for part in said)), dispatch, page)


def global_id(given: str, at: str) -> str:
    """The id of an item for the whole ledger: one that its feed made up ("1234") is named by the feed's host too."""
    return given if ":" in given or given.startswith("d-") else f"{urlsplit(at).hostname}/{given}"


def digest(*parts: str) -> int:
    """A number of 64 bits for a text."""
    return int.from_bytes(blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=8).digest(), "big")


def _links(feed: Feed, body: bytes) -> Iterator[Item | Diagnostic]:
    """The pages of a sitemap, with what it says of each as news (Google's extension of the protocol)."""
    try:
        root = xmltree.parse(body)
    except RefusedError as problem:
        yield _told(feed, "error", problem.code, problem.message)
        return
    for entry in root.iter("url"):
        page = (entry.findtext("loc") or "").strip()
        news = entry.find("news")
        if page:
            title = (news.findtext("title") if news is not None else None) or None
            day = (news.findtext("publication_date") if news is not None else None) or entry.findtext("lastmod")
            agency = news.findtext("publication/name") if news is not None else None
            published = read_date(day.strip()) if day else None
            known = published if isinstance(published, str) else None
            yield item_of(
                Dispatch(page, "", known, (agency or feed.agency or "").strip() or None, title, url=page), page
            )


def sitemaps_of(body: bytes) -> list[str]:
    """The sitemaps that an index of sitemaps names; none where it is no index."""
    try:
        root = xmltree.parse(body)
    except RefusedError:
        return []
    return [loc.strip() for entry in root.iter("sitemap") if (loc := entry.findtext("loc"))]


def story_of(item: Item, page: bytes, options: ReadOptions) -> Dispatch:
    """The item with the full text of its page, where the page has more of it than the feed."""
    at = item.page or item.dispatch.id
    read = read_source(InputSource(at, BytesIO(page), options, suffix=".html"))
    found = next((d for d in read if isinstance(d, Dispatch)), None)
    told = item.dispatch
    if found is None or len(found.text) <= len(told.text):
        return told
    return replace(
        found,
        id=told.id,
        url=told.url or at,
        title=told.title or found.title,
        title_span=found.title_span,
        published=told.published or found.published,
        agency=told.agency or found.agency,
        note=None,
        file=told.file or found.file,
    )


def _told(feed: Feed, level: str, code: str, message: str) -> Diagnostic:
    return Diagnostic("error" if level == "error" else "warning", code, message, file=feed.at)
