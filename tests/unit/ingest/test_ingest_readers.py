"""What each format gives, through the registry."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
from typing import Any

import ingest_samples as samples
import pytest

from reportedly.ingest import ReadOptions
from reportedly.ingest.registry import read_source
from reportedly.ingest.source import InputSource
from reportedly.model import Diagnostic, Dispatch

FERRY, STRIKE = samples.STORIES


def read(name: str, data: bytes | str, **options: Any) -> list[Dispatch | Diagnostic]:
    raw = data.encode() if isinstance(data, str) else data
    return list(read_source(InputSource(name, io.BytesIO(raw), ReadOptions(**options))))


def dispatches(name: str, data: bytes | str, **options: Any) -> list[Dispatch]:
    found = [item for item in read(name, data, **options) if getattr(item, "level", None) != "info"]
    assert all(isinstance(item, Dispatch) for item in found), found
    return [item for item in found if isinstance(item, Dispatch)]


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv", "a.parquet", "rss.xml", "atom.xml", "a.jsonl.gz"])
def test_ingest_collections(name: str) -> None:
    """Id, day, title and text of both stories, whatever they are kept in; the suffix does not matter."""
    for given in (name, "without-suffix"):
        found = dispatches(given, samples.SAMPLES[name]())
        assert [(d.id, d.title, d.text) for d in found] == [(s["id"], s["title"], s["text"]) for s in samples.STORIES]
        assert found[0].published == "2022-03-04"
        assert found[0].agency == "Harbour Wire"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_ingest_delimiters(delimiter: str) -> None:
    """The delimiter is told from the header."""
    assert [d.id for d in dispatches("t", samples.table(delimiter))] == ["ferry-1", "strike-2"]


def test_ingest_nitf() -> None:
    """Title, id, day, agency and dateline of a NITF story; captions are no part of it."""
    (found,) = dispatches("a.xml", samples.nitf())
    assert (found.id, found.published, found.title, found.agency) == (
        "ferry-1",
        "2022-03-04",
        "Ferry sinks",
        "Harbour Wire",
    )
    assert found.text == FERRY["text"]
    assert found.dateline is not None
    assert found.dateline.place == "Port City"


def test_ingest_newsml_versions_and_withdrawal() -> None:
    """Both versions of an item are given; a withdrawn one is named and not read."""
    items = samples.newsml_item() + samples.newsml_item(2) + samples.newsml_item(3, "canceled", "urn:x:gone")
    *found, gone = read("a.xml", f"<newsMessage><itemSet>{items}</itemSet></newsMessage>")
    assert [(d.id, d.version) for d in found if isinstance(d, Dispatch)] == [
        ("urn:newsml:harbour:ferry-1", "1"),
        ("urn:newsml:harbour:ferry-1", "2"),
    ]
    assert isinstance(gone, Diagnostic)
    assert (gone.code, gone.level) == ("withdrawn-item", "warning")
    assert "urn:x:gone" in gone.message


def test_ingest_ninjs() -> None:
    """The markup of a ninjs body becomes paragraphs."""
    (found,) = dispatches("a.json", samples.ninjs())
    assert (found.id, found.published, found.text) == ("urn:x:1", "2022-03-04", FERRY["text"])


def test_ingest_news_interface_and_crawler() -> None:
    """Other names for the same fields; the address serves as id."""
    answer = {
        "articles": [
            {"source": {"name": "Harbour Wire"}, "url": "https://h.example/1", "publishedAt": "2022-03-04T01:00:00Z"}
        ]
    }
    answer["articles"][0]["content"] = "Nine were missing, the coast guard said… [+812 chars]"
    (found,) = dispatches("a.json", json.dumps(answer))
    assert (found.id, found.agency, found.published, found.note) == (
        "https://h.example/1",
        "Harbour Wire",
        "2022-03-04",
        "summary",
    )
    crawled = {
        "maintext": FERRY["text"],
        "text": None,
        "date_publish": "2022-03-04 06:15:00",
        "url": "https://h.example/2",
    }
    (found,) = dispatches("a.jsonl", json.dumps(crawled))
    assert (found.url, found.text, found.published) == ("https://h.example/2", FERRY["text"], "2022-03-04")


def test_ingest_feed_with_summaries() -> None:
    """A feed without full texts gives its summaries and says that they are."""
    data = samples.rss().replace(b"content:encoded", b"other")
    assert [d.note for d in dispatches("a.xml", data)] == ["summary", "summary"]


def test_ingest_html() -> None:
    """The story of a page without menu, footer and repeated headline; id and day from what the page says."""
    (found,) = dispatches("a.html", samples.html())
    assert (found.id, found.published) == ("https://harbour.example/ferry-1", "2022-03-04")
    assert (found.title, found.text) == (FERRY["title"], FERRY["text"])


def test_ingest_html_hides_what_readers_do_not_see() -> None:
    """Scripts, hidden paragraphs and frames are no text."""
    page = samples.html().replace(b"</article>", b"<p hidden>Unseen 77 died.</p><script>'Unseen'</script></article>")
    (found,) = dispatches("a.html", page)
    assert "Unseen" not in found.text


def test_ingest_warc() -> None:
    """Pages with status 200 are articles, also with a packed body; requests and missing pages are not."""
    found = dispatches("a.warc", samples.warc())
    assert [d.id for d in found] == ["https://harbour.example/ferry-1", "https://harbour.example/strike-2"]
    assert [d.id for d in dispatches("a.warc.gz", gzip.compress(samples.warc()))] == [d.id for d in found]


def test_ingest_mail() -> None:
    """The plain part, the subject, the day and the id without its brackets."""
    (found,) = dispatches("a.eml", samples.mail())
    assert (found.id, found.published, found.title) == ("ferry-1@harbour.example", "2022-03-04", FERRY["title"])
    assert found.text == FERRY["text"]


def test_ingest_mailbox() -> None:
    """Every message of a mailbox."""
    second = samples.mail().replace(b"ferry-1", b"ferry-2")
    box = b"".join(b"From desk@harbour.example Fri Mar 4 10:00:00 2022\n" + m + b"\n" for m in (samples.mail(), second))
    assert [d.id for d in dispatches("a.mbox", box)] == ["ferry-1@harbour.example", "ferry-2@harbour.example"]


def test_ingest_plain_date_lines() -> None:
    """Each date line opens a dispatch; its fields are no part of the text."""
    text = f'date 2022-03-04 source "Harbour Wire" id w-1\n\n{FERRY["text"]}\n\ndate 2022-03-05\n{STRIKE["text"]}\n'
    first, second = dispatches("a.txt", "\ufeff" + text.replace("\n", "\r\n"))
    assert (first.id, first.agency, first.published, first.text) == ("w-1", "Harbour Wire", "2022-03-04", FERRY["text"])
    assert (second.published, second.text) == ("2022-03-05", STRIKE["text"])


def test_ingest_plain_text_on_the_date_line() -> None:
    """What stands behind the date and is no field is the text."""
    (found,) = dispatches("a.txt", f" date 2022-03-04 PORT LOUIS, March 4. /TASS/. {FERRY['text']}")
    assert (found.published, found.agency, found.text[:10]) == ("2022-03-04", "TASS", "PORT LOUIS")


def test_ingest_plain_headline_over_dateline() -> None:
    """A headline over a dateline is the title, the dateline stays in the text; no year, no publication date."""
    (found,) = dispatches("a.txt", f"Ferry sinks\n\nPORT LOUIS, March 4 (Wire) - {FERRY['text']}\n")
    assert (found.title, found.published) == ("Ferry sinks", None)
    assert found.text.startswith("PORT LOUIS, March 4 (Wire) - A ferry")


def test_ingest_jsonl_text_is_kept() -> None:
    """In JSONL the text stays as it stands, blanks and all."""
    text = "  Nine were held, police said.\r\n \n"
    assert dispatches("a.jsonl", json.dumps({"text": text}))[0].text == text


def test_ingest_ids_come_from_content() -> None:
    """Without an id the content gives one: the same text, the same id."""
    first, second = (dispatches(name, FERRY["text"])[0].id for name in ("a.txt", "b.txt"))
    assert first == second
    assert first.startswith("d-")


def test_ingest_plain_text_needs_no_heavy_library() -> None:
    """Reading text imports neither the language model nor the libraries of other formats."""
    code = (
        "import io, sys\nfrom reportedly.ingest import ReadOptions\n"
        "from reportedly.ingest.registry import read_source\n"
        "from reportedly.ingest.source import InputSource\n"
        "data = b'The police said that nine of the men were held.'\n"
        "list(read_source(InputSource('a', io.BytesIO(data), ReadOptions())))\n"
        "print([m for m in ('spacy', 'pyarrow', 'trafilatura', 'lxml', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
