"""One bad record costs itself: it is named with its place, and what stands before and behind it is read."""

from __future__ import annotations

import gzip
import io
import json
import re
import zipfile
from datetime import datetime
from typing import Any

import ingest_samples as samples
import pytest

from reportedly.ingest import ReadOptions
from reportedly.ingest.registry import read_source
from reportedly.ingest.source import InputSource
from reportedly.model import Diagnostic, Dispatch

GOOD = "The coast guard said on Friday that {} people had been taken from the sinking ferry by noon."


def read(name: str, data: bytes, **options: Any) -> tuple[list[Dispatch], list[tuple[str, int | None, str | None]]]:
    """The dispatches; code, line and member of whatever is more than worth knowing."""
    found = list(read_source(InputSource(name, io.BytesIO(data), ReadOptions(**options))))
    return (
        [item for item in found if isinstance(item, Dispatch)],
        [(i.code, i.line, i.member) for i in found if isinstance(i, Diagnostic) and i.level != "info"],
    )


def dated(published: object) -> str:
    return json.dumps({"id": "bad", "text": GOOD.format(9), "published": published})


def lines(*between: str) -> bytes:
    """Two good lines of JSON around others."""
    around = [json.dumps({"id": str(n), "text": GOOD.format(n)}) for n in (31, 32)]
    return "\n".join([around[0], *between, around[1]]).encode()


@pytest.mark.parametrize(
    "published", ["5 ſep 2021", "5 Aprıl 2021", 10**400, -(10**400), 1e308, "2021-00-00", "x" * 9999]
)
def test_a_date_never_raises(published: object) -> None:
    """Letters that only fold to a month's, numbers beyond all bounds: the date is unknown, the text is there."""
    found, problems = read("a.jsonl", lines(dated(published)))
    assert [(d.id, d.published) for d in found] == [("31", None), ("bad", None), ("32", None)]
    assert [line for _, line, _ in problems] == [2]


@pytest.mark.parametrize("head", ["GOMA, Aprıl 5 (Reuters) - ", "GOMA, 5 ſep (Reuters) - "])
def test_a_dateline_never_raises(head: str) -> None:
    """What only folds to a month's name is no date in a dateline either, and named."""
    found, problems = read("a.txt", (head + GOOD.format(3)).encode())
    assert ([d.text for d in found], problems) == ([head + GOOD.format(3)], [("unreadable-date", 1, None)])


def test_half_a_surrogate_in_a_date() -> None:
    """What cannot be written is replaced in the diagnostic too."""
    found = list(read_source(InputSource("a.jsonl", io.BytesIO(lines(dated("\ud800 bad"))), ReadOptions())))
    (problem,) = [item for item in found if isinstance(item, Diagnostic)]
    assert (problem.code, problem.line, "\ufffd bad" in problem.message) == ("unreadable-date", 2, True)


def test_strange_markup_in_a_record() -> None:
    """Markup that no parser likes costs at most its own record."""
    body = f"<p>{GOOD.format(5)}<![x[ a"
    bad = json.dumps({"id": "odd", "html": body})
    found, _ = read("a.jsonl", lines(bad, '{"id": 3, "html": "&#99999999999999999999999999999999;"}'))
    assert [d.id for d in found] == ["31", "odd", "3", "32"]


def mailbox(*dates: str) -> bytes:
    return "".join(
        f"From x Mon Jan 1 00:00:00 2024\nFrom: A <a@b.c>\nTo: x\nSubject: s\nDate: {date}\nMessage-ID: <{n}@x>\n\n"
        f"{GOOD.format(n)}\n\n"
        for n, date in enumerate(dates, start=1)
    ).encode()


def test_a_mail_with_an_impossible_date() -> None:
    """A year of eleven digits is unreadable; the mails around it are read."""
    day = "Tue, 02 Jan 2024 00:00:00 +0000"
    found, problems = read("a.mbox", mailbox(day, "Tue, 02 Jan 99999999999 00:00:00 +0000", day))
    assert [(d.id, d.published) for d in found] == [("1@x", "2024-01-02"), ("2@x", None), ("3@x", "2024-01-02")]
    assert problems == [("unreadable-date", None, "message 2")]


def test_a_mail_in_no_known_character_set() -> None:
    """A made-up character set is named, and the mail is read as what it looks like."""
    data = samples.mail().replace(b"charset=utf-8", b"charset=\x00\x028")
    found, problems = read("a.eml", data)
    assert (len(found), problems) == (1, [("encoding-guessed", None, None)])


def pages(*between: bytes) -> list[bytes]:
    """Two good records of a web archive around others."""
    around = [samples.warc_record("response", samples.http(samples.html(n)), f"https://h.example/{n}") for n in (0, 1)]
    return [around[0], *between, around[1]]


STORIES = [story["text"] for story in samples.STORIES]


BODY = samples.html(1).replace(b"strike-2", b"other-3")
BAD_RECORDS = {
    "broken-packing": samples.warc_record("response", samples.http(b"no gzip", more="Content-Encoding: gzip\r\n"), "b"),
    "unknown-packing": samples.warc_record("response", samples.http(b"x", more="Content-Encoding: x-odd\r\n"), "b"),
    "bad-status-line": samples.warc_record("response", samples.http(BODY).replace(b" 200", b""), "b"),
    "encoding-guessed": samples.warc_record("response", samples.http(b"<html>caf\xe9", kind="text/html; charset=undefined"), "b"),
    "bad-chunks": samples.warc_record("response", samples.http(BODY, more="Transfer-Encoding: chunked\r\n"), "b"),
    "broken-warc": samples.warc_record("response", samples.http(BODY)).replace(b"WARC-Type: response\r\n", b""),
}  # fmt: skip


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("code", BAD_RECORDS)
def test_a_bad_page_of_a_web_archive(code: str, packed: bool) -> None:  # noqa: FBT001
    """A page that is not as it says is named with its record; its neighbours are read."""
    records = pages(BAD_RECORDS[code])
    data = b"".join(gzip.compress(r) for r in records) if packed else b"".join(records)
    found, problems = read("a.warc", data)
    assert (found[0].text, found[-1].text) == tuple(STORIES)
    assert problems[0][0] == code
    assert (problems[0][2] or "").startswith("record 2")


def length(record: bytes, value: str) -> bytes:
    head, _, rest = record.partition(b"Content-Length: ")
    return head + b"Content-Length: " + value.encode() + b"\r\n" + rest.partition(b"\r\n")[2]


@pytest.mark.parametrize("value", ["x9", "", "5", "700", "99999999", "9" * 30])
def test_a_wrong_length_in_a_web_archive(value: str) -> None:
    """Whatever a record says of its length, the record behind it is found."""
    bad = length(samples.warc_record("response", samples.http(b"<p>x</p>"), "b"), value)
    found, problems = read("a.warc", b"".join(pages(bad)))
    assert [d.text for d in found] == STORIES
    assert [code for code, _, _ in problems] == ["broken-warc"]


def test_a_length_that_ends_anywhere_in_the_next_record() -> None:
    """Also where it ends right before a line end of that record's header, or before empty lines."""
    page, behind = samples.http(b"<p>x</p>"), pages()[1]
    empty = [at.start() + len(b"\r\n\r\n") for at in re.finditer(b"\r\n\r\n", behind[: -len(b"\r\n\r\n")])]
    assert len(empty) == 2
    for more in (*range(5, 120), *empty):
        found, _ = read(
            "a.warc", b"".join(pages(length(samples.warc_record("response", page, "b"), str(len(page) + more))))
        )
        assert [d.text for d in found] == STORIES, more


def test_a_broken_member_of_a_packed_web_archive() -> None:
    """A wrong checksum and a bad byte cost one record each; bytes between members are told."""
    one, two, three, four = (gzip.compress(r) for r in pages(*pages()))
    wrong_sum = two[:-8] + bytes([two[-8] ^ 1]) + two[-7:]
    bad_byte = three[:40] + b"\xff\xff\xff" + three[43:]
    found, problems = read("a.warc.gz", one + wrong_sum + bad_byte + b"what is this" + four)
    assert [d.text for d in found] == STORIES
    assert [(code, member) for code, _, member in problems] == [
        ("broken-gzip", "record 2"),
        ("broken-gzip", "record 3"),
    ]


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for n in (1, 2, 3):
            made.writestr(f"{n}.txt", GOOD.format(n))
    return out.getvalue()


def test_a_zip_archive_without_its_list() -> None:
    """Members are found by what stands before them, and the broken list is told."""
    data = archive()
    found, problems = read("a.zip", data[: data.index(b"PK\x01\x02")])
    assert [d.text for d in found] == [GOOD.format(n) for n in (1, 2, 3)]
    assert [code for code, _, _ in problems] == ["broken-zip"]


def test_a_zip_archive_with_a_broken_member() -> None:
    """A member whose entry makes no sense is named, the others are read; also where the list cannot be read for it."""
    data = bytearray(archive())
    entry = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    data[entry + 6] = 255
    found, problems = read("a.zip", bytes(data))
    assert {d.text for d in found} >= {GOOD.format(1), GOOD.format(3)}
    assert problems[0][0] == "broken-zip"


def test_a_time_beyond_all_calendars_in_parquet() -> None:
    """A time that no calendar has is an unreadable date of its row."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    times = pa.array([0, 2**62, 0], pa.int64()).cast(pa.timestamp("us"))
    pq.write_table(pa.table({"text": [GOOD.format(n) for n in (1, 2, 3)], "published": times}), out)
    found, problems = read("a.parquet", out.getvalue())
    assert [d.published for d in found] == ["1970-01-01", None, "1970-01-01"]
    assert problems == [("unreadable-date", None, "row 2")]
    packed, _ = read("a.parquet.gz", gzip.compress(out.getvalue()))
    assert [d.text for d in packed] == [d.text for d in found]


def test_a_column_that_unpacks_out_of_proportion() -> None:
    """A long text that a table holds once and gives in each row is stopped by the ratio."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(pa.table({"text": ["The mayor said so. " * 50_000] * 200}), out, compression="zstd")
    found, problems = read("a.parquet", out.getvalue(), ratio_from=2_000_000)
    assert (len(found) < 20, problems[-1][0]) == (True, "ratio-too-high")


def test_control_characters_of_pages_and_xml() -> None:
    """A character that XML does not know is replaced and told, as itself and as a reference."""
    page = samples.html().replace(b"coast", b"co\x0cast").replace(b"guard", b"gu&#x1;ard")
    found, problems = read("a.html", page)
    assert ("co\ufffdast" in found[0].text, "gu\ufffdard" in found[0].text) == (True, True)
    assert problems == [("control-characters", None, None)]
    story = samples.nitf().replace(b"coast", b"co\x0cast").replace(b"guard", b"gu&#1;ard")
    (dispatch,), problems = read("a.xml", story)
    assert ("co\ufffdast" in dispatch.text, "gu\ufffdard" in dispatch.text) == (True, True)


def test_what_a_record_may_take() -> None:
    """A record that takes too long is given up and named; the ones around it are read."""
    source = InputSource("a.jsonl", io.BytesIO(b""), ReadOptions(max_record_seconds=0.05))

    def endless() -> list[Dispatch]:
        while True:
            datetime.fromtimestamp(0)  # noqa: DTZ006

    (problem,) = source.each(endless, line=7)
    assert isinstance(problem, Diagnostic)
    assert (problem.code, problem.line) == ("out-of-time", 7)
    assert source.each(lambda: [1, 2]) == [1, 2]
