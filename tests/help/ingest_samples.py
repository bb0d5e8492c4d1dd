"""A small valid input of every format, made on the spot from two short dispatches."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from xml.sax.saxutils import escape

STORIES = (
    {
        "id": "ferry-1",
        "published": "2022-03-04",
        "title": "Ferry sinks off the northern coast",
        "source": "Harbour Wire",
        "text": "A ferry with 40 people on board sank off the northern coast on Friday, the coast guard said.\n\n"
        "Rescuers pulled 31 people from the water, a spokesman said. Nine were missing.",
    },
    {
        "id": "strike-2",
        "published": "2022-03-05",
        "title": "Dockers walk out over pay",
        "source": "Harbour Wire",
        "text": "Dockers in the port stopped work on Saturday, their union said. The owners said talks would go on.",
    },
)


def markup(story: dict[str, str]) -> str:
    return "".join(f"<p>{p}</p>" for p in story["text"].split("\n\n"))


def plain() -> bytes:
    return "\n\n".join(f"date {s['published']}\nPORT CITY, March 4 (Wire) - {s['text']}" for s in STORIES).encode()


def jsonl() -> bytes:
    return "".join(json.dumps(s) + "\n" for s in STORIES).encode()


def json_array() -> bytes:
    return json.dumps({"status": "ok", "articles": STORIES}, indent=1).encode()


def ninjs() -> bytes:
    story = STORIES[0]
    body = markup(story)
    return json.dumps(
        {"uri": "urn:x:1", "versioncreated": "2022-03-04T10:00:00Z", "headline": story["title"], "body_html": body}
    ).encode()


def table(delimiter: str = ",") -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, STORIES[0].keys(), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(STORIES)
    return out.getvalue().encode()


def parquet() -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(list(STORIES)), out)
    return out.getvalue()


def nitf() -> bytes:
    story = STORIES[0]
    body = markup(story)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><nitf><head><docdata><doc-id id-string="ferry-1" regsrc="Harbour Wire"/>'
        '<date.issue norm="20220304T100000Z"/></docdata></head>'
        "<body><body.head><hedline><hl1>Ferry sinks</hl1></hedline>"
        "<dateline><location><city>Port City</city></location></dateline></body.head><body.content><block>"
        f"{body}<media><media-caption>The ferry in 2019.</media-caption></media></block></body.content></body></nitf>"
    ).encode()


def newsml_item(version: int = 1, status: str = "usable", guid: str = "urn:newsml:harbour:ferry-1") -> str:
    body = markup(STORIES[0])
    return (
        f'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{guid}" version="{version}"><itemMeta>'
        '<itemClass qcode="ninat:text"/><provider><name>Harbour Wire</name></provider>'
        f"<versionCreated>2022-03-04T1{version}:00:00Z</versionCreated>"
        f'<pubStatus qcode="stat:{status}"/></itemMeta><contentMeta><located><name>Port City</name></located>'
        '<language tag="en"/><headline>Ferry sinks</headline></contentMeta><contentSet><inlineXML>'
        f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{body}</body></html>'
        "</inlineXML></contentSet></newsItem>"
    )


def newsml() -> bytes:
    items = newsml_item() + newsml_item(2)
    return f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>{items}</itemSet></newsMessage>'.encode()


def rss() -> bytes:
    items = "".join(
        f"<item><title>{s['title']}</title><guid>{s['id']}</guid><pubDate>Fri, 04 Mar 2022 10:00:00 +0000</pubDate>"
        f"<description>{s['text'][:50]}</description><content:encoded><![CDATA[{markup(s)}]]></content:encoded></item>"
        for s in STORIES
    )
    return (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Harbour Wire</title>{items}</channel></rss>"
    ).encode()


def atom() -> bytes:
    entries = "".join(
        f"<entry><title>{s['title']}</title><id>{s['id']}</id><published>{s['published']}T10:00:00Z</published>"
        f'<content type="html">{escape(markup(s))}</content></entry>'
        for s in STORIES
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Wire</title>{entries}</feed>'.encode()


def html(number: int = 0) -> bytes:
    story = STORIES[number]
    told = json.dumps({"@type": "NewsArticle", "headline": story["title"], "datePublished": "2022-03-04T10:00:00Z"})
    body = markup(story)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{story["title"]} | Harbour Wire</title>'
        f'<link rel="canonical" href="https://harbour.example/{story["id"]}">'
        f'<script type="application/ld+json">{told}</script></head>'
        '<body><nav><a href="/">Home</a></nav>'
        f"<article><h1>{story['title']}</h1>{body}</article>"
        "<footer><p>All rights reserved.</p></footer></body></html>"
    ).encode()


def warc_record(kind: str, content: bytes, url: str = "https://harbour.example/ferry-1") -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-00000000000{len(kind)}>\r\n"
        f"WARC-Target-URI: {url}\r\nWARC-Date: 2022-03-04T10:00:00Z\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


def http(body: bytes, status: str = "200 OK", kind: str = "text/html; charset=utf-8", more: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}Content-Length: {len(body)}\r\n\r\n".encode() + body


def warc() -> bytes:
    return (
        warc_record("request", b"GET /ferry-1 HTTP/1.1\r\nHost: harbour.example\r\n\r\n")
        + warc_record("response", http(html()))
        + warc_record("response", http(b"<html><body>Gone</body></html>", "404 Not Found"))
        + warc_record(
            "response", http(gzip.compress(html(1), mtime=0), more="Content-Encoding: gzip\r\n"), "https://h.example/2"
        )
    )


def mail() -> bytes:
    story = STORIES[0]
    return (
        "From: Harbour Wire <desk@harbour.example>\r\nTo: reader@harbour.example\r\n"
        f"Subject: {story['title']}\r\nDate: Fri, 04 Mar 2022 10:00:00 +0000\r\n"
        "Message-ID: <ferry-1@harbour.example>\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="=b"\r\n\r\n'
        "--=b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        + story["text"].replace("\n", "\r\n")
        + "\r\n--=b\r\nContent-Type: text/html\r\n\r\n<p>The same in markup.</p>\r\n--=b--\r\n"
    ).encode()


def gz() -> bytes:
    return gzip.compress(jsonl(), mtime=0)


def bzip2() -> bytes:
    return bz2.compress(jsonl())


def xz() -> bytes:
    return lzma.compress(jsonl())


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("2022/ferry.txt", plain())
        archive.writestr("strike.jsonl", jsonl())
    return out.getvalue()


def tarred() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo("ferry.txt")
        info.size = len(plain())
        archive.addfile(info, io.BytesIO(plain()))
    return gzip.compress(out.getvalue(), mtime=0)


SAMPLES = {
    "a.txt": plain,
    "a.jsonl": jsonl,
    "a.json": json_array,
    "ninjs.json": ninjs,
    "a.csv": table,
    "a.parquet": parquet,
    "nitf.xml": nitf,
    "newsml.xml": newsml,
    "rss.xml": rss,
    "atom.xml": atom,
    "a.html": html,
    "a.warc": warc,
    "a.eml": mail,
    "a.jsonl.gz": gz,
    "a.jsonl.bz2": bzip2,
    "a.jsonl.xz": xz,
    "a.zip": zipped,
    "a.tar.gz": tarred,
}
