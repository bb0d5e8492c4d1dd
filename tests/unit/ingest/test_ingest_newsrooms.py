"""What newsrooms send, and what strict readers refuse or misread: named types, sloppy feeds, teasers, set copy."""

from __future__ import annotations

import io

import ingest_samples as samples
import pytest

from reportedly.ingest import ReadOptions
from reportedly.ingest.registry import read_source
from reportedly.ingest.source import InputSource
from reportedly.model import Diagnostic, Dispatch

FERRY, STRIKE = samples.STORIES


def read(name: str, data: bytes | str) -> tuple[list[Dispatch], list[tuple[str, int | None]]]:
    """The dispatches, and code and line of what is told."""
    raw = data.encode() if isinstance(data, str) else data
    found = list(read_source(InputSource(name, io.BytesIO(raw), ReadOptions())))
    told = [(d.code, d.line) for d in found if isinstance(d, Diagnostic)]
    return [d for d in found if isinstance(d, Dispatch)], told


@pytest.mark.parametrize(
    "named",
    [
        '<!DOCTYPE nitf SYSTEM "nitf-3-3.dtd">',
        '<!DOCTYPE nitf PUBLIC "-//IPTC//DTD NITF 3.6//EN" "http://192.0.2.1/nitf-3-6.dtd">',
        "<!DOCTYPE nitf [\n]>",
    ],
)
def test_a_document_type_is_named_and_not_fetched(named: str) -> None:
    """The story is read as without it, with the characters that the types of others give names to."""
    apostrophe = "&rsquo;" if "dtd" in named else "&#8217;"
    data = samples.nitf().decode().replace("<nitf>", f"{named}<nitf>")
    data = data.replace("guard said", f"guard{apostrophe}s chief said")
    found, told = read("a.xml", data)
    assert [(d.id, d.published, "the coast guard’s chief said" in d.text) for d in found] == [
        ("ferry-1", "2022-03-04", True)
    ]
    assert told == []


@pytest.mark.parametrize(
    ("good", "sloppy", "text", "line"),
    [
        ("Nine were missing.", "Nine of Bell &amp; Sons&rsquo; crew were missing.", "Nine of Bell & Sons’ crew", 1),
        ("Nine were missing.", "Nine of Bell & Sons were missing.", "Nine of Bell & Sons were missing.", 1),
        ("<rss", '\n\n<?xml version="1.0"?><rss', "Nine were missing.", 3),
    ],
)
def test_a_sloppy_feed_is_read_and_named(good: str, sloppy: str, text: str, line: int) -> None:
    """A name that XML does not know, an ampersand by itself, lines before the first: all entries, and one warning."""
    data = samples.rss().decode().replace("<![CDATA[", "").replace("]]>", "").replace("<p>", "").replace("</p>", " ")
    found, told = read("rss.xml", data.replace(good, sloppy))
    assert [d.id for d in found] == [FERRY["id"], STRIKE["id"]]
    assert text in found[0].text
    assert told == [("repaired-feed", line)]


@pytest.mark.parametrize(
    "teaser",
    [
        '<p>READ MORE: <a href="/y">Rescuers find two more boats</a></p>',
        '<p><strong>ALSO READ | <a href="/y">Rescuers find two more boats</a></strong></p>',
        '<p><em><a href="/y">Read next</a></em></p>',
        '<ul><li>Related: <a href="/y">Rescuers find two more boats</a></li></ul>',
    ],
)
def test_a_teaser_is_no_text_of_the_story(teaser: str) -> None:
    """In pages and in feeds, between the paragraphs and behind them."""
    for place in ("</p><p>", "</p></article>"):
        page = samples.html().replace(place.encode(), place[:4].encode() + teaser.encode() + place[4:].encode(), 1)
        (found,), _ = read("a.html", page)
        assert found.text == FERRY["text"]
    (found, _), _ = read("rss.xml", samples.rss().replace(b"</p><p>", b"</p>" + teaser.encode() + b"<p>", 1))
    assert found.text == FERRY["text"]


def test_a_sentence_that_begins_like_a_teaser_stays() -> None:
    page = samples.html().replace(b"</p><p>", b"</p><p>Related parties denied it on Friday, the owners said.</p><p>")
    (found,), _ = read("a.html", page)
    assert "Related parties denied it" in found.text


SET = """
   PORT CITY, March 4 (Wire) - A ferry sank off the northern
coast on Friday, the coast guard said.
   Rescuers pulled 31 people from
the water.

   Nine were missing.
"""


@pytest.mark.parametrize("kind", ["pre", "p", "div"])
def test_copy_that_was_set_before_keeps_its_paragraphs(kind: str) -> None:
    """Lines that are set in begin paragraphs, other ends of lines are none; the dateline is found in it."""
    item = samples.newsml_item().replace(samples.markup(FERRY), f"<{kind}>{SET}</{kind}>")
    (found,), told = read("a.xml", f"<newsMessage><itemSet>{item}</itemSet></newsMessage>")
    assert found.text == (
        "PORT CITY, March 4 (Wire) - A ferry sank off the northern coast on Friday, the coast guard said.\n\n"
        "Rescuers pulled 31 people from the water.\n\nNine were missing."
    )
    assert found.dateline is not None
    assert (found.dateline.place, found.dateline.date) == ("PORT CITY", "2022-03-04")
    assert told == []


def test_the_desk_that_an_item_is_located_at_is_no_dateline() -> None:
    """NewsML says in ``located`` where the item was made, often the editors' desk: no place of what happened."""
    item = samples.newsml_item().replace("<name>Port City</name>", "<name>London</name>")
    (found,), _ = read("a.xml", f"<newsMessage><itemSet>{item}</itemSet></newsMessage>")
    assert found.dateline is None


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("BEIRUT, Aprıl 5 (Reuters) - ", "Aprıl 5"),
        ("BEIRUT, 5 Apirl (Reuters) - ", "5 Apirl"),
        ("BEIRUT, Feb 30 (Reuters) - ", "Feb 30"),
    ],
)
def test_a_day_of_a_dateline_that_is_none_is_named(head: str, day: str) -> None:
    """Place and agency stand; the day is unknown, and a warning names it."""
    found, told = read("a.jsonl", f'{{"text": "{head}{STRIKE["text"]}", "published": "2022-04-06"}}\n')
    (dispatch,) = found
    assert dispatch.dateline is not None
    assert (dispatch.dateline.place, dispatch.dateline.date, dispatch.agency) == ("BEIRUT", None, "Reuters")
    assert told == [("unreadable-date", 1)]
    assert dispatch.text[dispatch.dateline.span.end :] == STRIKE["text"]
    assert day in head


def test_a_day_without_its_year_is_no_fault() -> None:
    found, told = read("a.jsonl", f'{{"text": "BEIRUT, April 5 (Reuters) - {STRIKE["text"]}"}}\n')
    assert found[0].dateline is not None
    assert (found[0].dateline.date, told) == (None, [])
