"""Whatever bytes come in: no error gets out, nothing is written, nothing is fetched, and it ends.

``REPORTEDLY_FUZZ=10000`` sets the number of cases a format; ``make fuzz`` is the long run.
"""

from __future__ import annotations

import gzip
import io
import os
import sys
import time
import zipfile

import ingest_samples as samples
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ingest_samples import SAMPLES

from reportedly.ingest import ReadOptions
from reportedly.ingest.headers import annotate
from reportedly.ingest.language import language_of
from reportedly.ingest.registry import read_source
from reportedly.ingest.source import InputSource
from reportedly.model import Diagnostic, Dispatch

CASES = int(os.environ.get("REPORTEDLY_FUZZ", "25"))
SLOWEST_S = 5.0
LIMITS = ReadOptions(max_member_bytes=20_000_000, max_line_bytes=2_000_000, ratio_from=1_000_000)
# The language model unpacks itself into a temporary file when it is loaded.
assert language_of("Nueve personas murieron cuando un barco se hundió el viernes frente a la costa norte") == "es"
FOUND = {name: make() for name, make in SAMPLES.items()}

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_watching: list[bool] = []
_touched: list[str] = []


def _audit(event: str, args: tuple[object, ...]) -> None:
    if not _watching:
        return
    if event == "open" and isinstance(args[2], int) and args[2] & _WRITES and "__pycache__" not in str(args[0]):
        _touched.append(f"open {args[0]}")
    elif event in ("socket.connect", "subprocess.Popen", "os.remove", "os.rename", "os.mkdir"):
        _touched.append(f"{event} {args}")


sys.addaudithook(_audit)


def read(name: str, data: bytes) -> list[Dispatch | Diagnostic]:
    _touched.clear()
    _watching.append(True)
    try:
        return list(read_source(InputSource(name, io.BytesIO(data), LIMITS)))
    finally:
        _watching.clear()


@st.composite
def damaged(draw: st.DrawFn, data: bytes) -> bytes:
    """The bytes cut off, with bits flipped, bytes put in, or a piece repeated."""
    out = bytearray(data)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(len(out) - 1, 0)))
        match draw(st.sampled_from(["cut", "flip", "insert", "delete", "repeat"])):
            case "cut":
                del out[at:]
            case "flip" if out:
                out[at] ^= 1 << draw(st.integers(0, 7))
            case "insert":
                out[at:at] = draw(st.binary(min_size=1, max_size=12))
            case "delete":
                del out[at : at + draw(st.integers(1, 60))]
            case "repeat":
                out[at:at] = out[at : at + 200] * draw(st.integers(1, 20))
    return bytes(out)


def check(name: str, data: bytes) -> None:
    begin = time.process_time()  # not the time of a busy machine
    found = read(name, data)
    assert time.process_time() - begin < SLOWEST_S
    assert _touched == []
    assert found, "an input that gives nothing has to be told"
    for item in found:
        if isinstance(item, Diagnostic):
            assert item.file == name
            assert item.code != "reader-failed", item.message
        else:
            assert item.text.strip()
            item.text.encode("utf-8")
            assert 0 <= item.body_start <= len(item.text)


@pytest.mark.parametrize("name", FOUND)
def test_ingest_good_samples_give_dispatches(name: str) -> None:
    """Every sample of the fuzz tests is a good one."""
    found = [item for item in read(name, FOUND[name]) if getattr(item, "level", None) != "info"]
    assert found
    assert all(isinstance(item, Dispatch) for item in found), found


@pytest.mark.parametrize("name", FOUND)
@settings(database=None, max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_ingest_damaged_input(name: str, data: st.DataObject) -> None:
    """A damaged file of any format is read or refused, never a crash or a hang."""
    check(name, data.draw(damaged(FOUND[name])))


def jsonl(record: bytes) -> bytes:
    first, second = samples.jsonl().splitlines()
    return b"\n".join([first, record.replace(b"\n", b" "), second])


def mailbox(record: bytes) -> bytes:
    begin = b"From a Mon Jan 1 00:00:00 2024\n"
    old, new = (s.encode().replace(b"\n", b"\r\n") for s in STORIES)
    first, last = (
        samples.mail(),
        samples.mail().replace(b"ferry-1", b"last").replace(old, new),
    )
    mails = (first, record, last)
    return b"".join(begin + mail + b"\n\n" for mail in mails)


def pages(record: bytes) -> list[bytes]:
    around = [samples.warc_record("response", samples.http(samples.html(n)), f"https://h.example/{n}") for n in (0, 1)]
    return [around[0], record, around[1]]


def members(record: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (("first.txt", STORIES[0]), ("middle", record), ("last.txt", STORIES[1])):
            archive.writestr(name, data)
    return out.getvalue()


STORIES = [story["text"] for story in samples.STORIES]
PAGE = samples.warc_record(
    "response", samples.http(samples.html().replace(b"ferry-1", b"middle")), "https://h.example/m"
)
# How a damaged record stands between two good ones, and the record.
BETWEEN = {
    "a.jsonl": (
        jsonl,
        b'{"id": "middle", "published": "2022-03-04", "html": "<p>Two guards were held &amp; freed.</p>"}',
    ),
    "a.mbox": (mailbox, samples.mail().replace(b"ferry-1", b"middle")),
    "a.warc": (lambda record: b"".join(pages(record)), PAGE),
    "a.warc.gz": (lambda record: b"".join(map(gzip.compress, pages(record))), PAGE),
    "b.warc.gz": (
        lambda record: gzip.compress(pages(b"")[0]) + record + gzip.compress(pages(b"")[2]),
        gzip.compress(PAGE),
    ),
    "a.zip": (members, samples.nitf()),
    "b.zip": (members, samples.mail()),
    "c.zip": (members, samples.parquet()),
    "d.zip": (members, samples.rss()),
}


@pytest.mark.parametrize("name", BETWEEN)
@settings(database=None, max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_ingest_damaged_record_between_good_ones(name: str, data: st.DataObject) -> None:
    """A damaged record costs no neighbour, and is read or named itself."""
    build, record = BETWEEN[name]
    made = build(data.draw(damaged(record).filter(lambda some: some.strip(b"\0\r\n\t "))))
    check(name, made)
    found = read(name, made)
    texts = [item.text for item in found if isinstance(item, Dispatch)]
    told = [item for item in found if isinstance(item, Diagnostic)]
    assert all(any(t.startswith(story[:40]) for t in texts) for story in STORIES)
    assert len(texts) + len(told) > 2


@pytest.mark.parametrize("suffix", sorted({name.partition(".")[2] for name in FOUND}))
@settings(database=None, max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.binary(max_size=400))
def test_ingest_arbitrary_bytes(suffix: str, data: bytes) -> None:
    """Any bytes under any name."""
    check(f"x.{suffix}", data)


MAGIC = [
    b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ\0", b"PK\x03\x04", b"PAR1", b"WARC/1.0\r\n", b"<?xml version='1.0'?><nitf>",
    b"<rss>", b"<html>", b"{", b"[", b"id,text\n", b"From: a\nTo: b\nDate: c\n\n",
]  # fmt: skip


@settings(database=None, max_examples=CASES * 2, deadline=None, suppress_health_check=list(HealthCheck))
@given(magic=st.sampled_from(MAGIC), rest=st.binary())
def test_ingest_magic_and_anything(magic: bytes, rest: bytes) -> None:
    """The first bytes of a format and nonsense behind them."""
    check("x", magic + rest)


PIECES = st.sampled_from(
    [
        "KABUL", "Kabul", ", ", ". ", "March 3", "3 JAN 90", "(Reuters)", "/TASS/", " - ", " — ", "_", ":", "\n",
        "\n\n", "[TEXT] ", "By A. Writer", "UPDATE 2-", "KILL", "date 2021-02-03", "BBC News", "Police said", "2020",
        "(", "[",
        "’", "\x00", "é",
    ]
)  # fmt: skip


@settings(database=None, max_examples=CASES * 8, deadline=None)
@given(text=st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=14).map("".join)))
def test_ingest_annotate_any_text(text: str) -> None:
    """Headers are found or not; their spans lie in the text in order, and the text stays as it was."""
    found = annotate(Dispatch(id="x", text=text, published="2021-09-03"))
    assert found.text == text
    assert 0 <= found.body_start <= len(text)
    if found.dateline:
        assert 0 <= found.dateline.span.start < found.dateline.span.end <= len(text)
        assert found.dateline.span.end == found.body_start
    if found.title_span:
        assert text[found.title_span.start : found.title_span.end].strip()
        assert found.title_span.end <= max(found.body_start, found.title_span.end)
    assert annotate(found) == found
