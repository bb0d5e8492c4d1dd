"""What goes wrong is named, and everything else is still read."""

from __future__ import annotations

import gzip
import io
import json
import stat
import zipfile
from pathlib import Path
from typing import Any

import ingest_samples as samples
import pytest

from reportedly.ingest import ReadOptions, read_paths
from reportedly.ingest.registry import read_source
from reportedly.ingest.source import InputSource
from reportedly.model import Diagnostic, Dispatch

TEXT = samples.STORIES[0]["text"]


def read(name: str, data: bytes | str, **options: Any) -> tuple[list[Dispatch], list[tuple[str, int | None]]]:
    """The dispatches, and code and line of every diagnostic."""
    raw = data.encode() if isinstance(data, str) else data
    found = list(read_source(InputSource(name, io.BytesIO(raw), ReadOptions(**options))))
    return (
        [item for item in found if isinstance(item, Dispatch)],
        [(item.code, item.line) for item in found if isinstance(item, Diagnostic)],
    )


REFUSED = [
    ("a.txt", b"", "empty-file", None),
    ("a.txt", b" \n\t\n", "empty-file", None),
    ("a.txt", b"date 2022-03-04\n", "no-text", 1),
    ("a.txt", b"\x7fELF" + bytes(range(256)), "not-text", None),
    ("a.txt", b"%PDF-1.7\n%\xe2\xe3", "not-text", None),
    ("a.txt", b"x" * 20_000, "not-prose", 1),
    ("a.gz", b"only text\n", "not-gzip", None),
    ("a.json", b"[" * 60_000 + b"]" * 60_000, "nesting-too-deep", None),
    ("a.json", b'{"text": "cut off', "bad-json", 1),
    ("a.xml", samples.nitf()[:-60], "broken-xml", 1),
    ("a.xml", b'<?xml version="1.0"?>\n<stock><chair/></stock>', "unknown-xml", None),
    ("a.xml", b'<?xml version="1.0"?>\n<!DOCTYPE nitf [<!ENTITY a "b">]>\n<nitf>&a;</nitf>', "entities-refused", 2),
    ("a.xml", b"<!DOCTYPE rss [<!ELEMENT rss ANY>]>\n<rss/>", "entities-refused", 1),
    ("a.xml", b'<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x">\n<rss>&odd;</rss>', "entities-refused", 2),
    ("a.csv", b"id,head,story_body\n1,A,B\n", "no-text-column", 1),
    ("a.parquet", b"PAR1 nothing PAR1", "broken-parquet", None),
    ("a.zip", b"PK\x03\x04nothing", "broken-zip", None),
    ("a.csv", b"id,text\n", "no-records", None),
    ("a.json", b'{"articles": []}', "no-text", 1),
    ("a.json", b"[]", "no-records", None),
    ("a.xml", b"<feed></feed>", "no-records", None),
]


@pytest.mark.parametrize(("name", "data", "code", "line"), REFUSED)
def test_ingest_refusals(name: str, data: bytes, code: str, line: int | None) -> None:
    """Inputs that cannot be read give no dispatch and one word about why."""
    assert read(name, data) == ([], [(code, line)])


def test_ingest_bad_lines_among_good_ones() -> None:
    """Each bad record of JSONL is named by its line, the others are read."""
    lines = [
        json.dumps({"id": "a", "text": TEXT}),
        "",
        '{"id": "broken, "text": "x"}',
        json.dumps({"id": "b"}),
        json.dumps({"id": "c", "text": 7}),
        "[1]",
        json.dumps({"id": "a", "text": TEXT}),
        json.dumps({"id": "a", "text": "Another text under the same id, the police said."}),
        '{"id": 9, "text": "A number as id, and no number as score.", "score": NaN}',
    ]
    found, problems = read("a.jsonl", "\n".join(lines))
    assert [d.id for d in found] == ["a", "a", "9"]
    assert problems == [
        ("bad-json", 3),
        ("no-text", 4),
        ("text-not-a-string", 5),
        ("not-an-object", 6),
        ("duplicate-record", 7),
        ("duplicate-id", 8),
    ]


def test_ingest_bad_first_line() -> None:
    """A broken first line of JSONL costs only itself."""
    found, problems = read("a.jsonl", "no JSON\n" + json.dumps({"id": "a", "text": TEXT}) + "\n")
    assert ([d.id for d in found], problems) == (["a"], [("bad-json", 1)])


def test_ingest_characters_that_cannot_be_kept() -> None:
    """Half surrogates and NUL become U+FFFD, one for one; control characters stay and are named."""
    data = '{"text": "The \\ud83d mayor said\\u0000 so."}\n{"text": "The \\u001b[31mmayor said so."}\n'
    found, problems = read("a.jsonl", data)
    assert [d.text for d in found] == ["The � mayor said� so.", "The \x1b[31mmayor said so."]
    assert problems == [("lone-surrogate", 1), ("control-characters", 2)]
    assert read("a.txt", "date 2022-03-04\nThe mayor\0 said so.")[1] == [("nul", 2)]


@pytest.mark.parametrize(
    ("encoding", "codes"),
    [("utf-8-sig", []), ("utf-16", []), ("utf-16-le", ["encoding-guessed"]), ("cp1252", ["encoding-guessed"])],
)
def test_ingest_encodings(encoding: str, codes: list[str]) -> None:
    """Letters survive; an encoding that had to be guessed is named."""
    text = "José said that the “café” in the square of the town was closed, and that he had left."
    found, problems = read("a.txt", text.encode(encoding))
    assert [d.text for d in found] == [text]
    assert [code for code, _ in problems] == codes


def test_ingest_encoding_as_told() -> None:
    """The user's word on the encoding is taken."""
    text = "Zażółć: the police said that the town was calm."
    assert read("a.txt", text.encode("cp1250"), encoding="cp1250") == (read("a.txt", text)[0], [])
    assert read("a.txt", "x", encoding="no-such")[1] == [("unknown-encoding", None)]


def test_ingest_broken_bytes_and_mojibake() -> None:
    """Some bad bytes cost only themselves; text that was garbled before is named."""
    text = "José said that the café in the square was closed, the police said."
    found, problems = read("a.txt", text.encode().replace(b"square", b"squ\xffare"))
    assert found[0].text.startswith("José said")
    assert problems == [("bad-bytes", None)]
    assert read("a.txt", text.encode().decode("latin-1"))[1] == [("mojibake", 1)]


def test_ingest_other_languages_are_named() -> None:
    """A text that is not English is given with its language, unless the user says that it is English."""
    spanish = (
        "Al menos nueve personas murieron el viernes cuando un barco se hundió frente a la costa, dijo la policía."
    )
    found, problems = read("a.txt", spanish)
    assert ([d.lang for d in found], problems) == (["es"], [("language-not-supported", 1)])
    found, problems = read("a.txt", spanish, lang="en")
    assert ([d.lang for d in found], problems) == (["en"], [])


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("2022-02-30", "impossible-date"),
        ("22-03-04", "unreadable-date"),
        ("03/04/2022", "ambiguous-date"),
        ("some day", "unreadable-date"),
    ],
)
def test_ingest_dates_of_date_lines(line: str, code: str) -> None:
    """The text is kept, its date stays unknown, the line is named."""
    found, problems = read("a.txt", f"date {line}\n{TEXT}\n")
    assert [(d.published, d.text) for d in found] == [(None, TEXT)]
    assert problems == [(code, 1)]


def test_ingest_ragged_table() -> None:
    """Rows that do not fit the header are refused one by one; an open quote ends the reading."""
    table = f'id,date,text\n1,2022-03-04,"{TEXT}"\n2,2022-03-04\n3,2022-03-04,Text,more\n4,2022-03-04,"Open\n5,,End\n'
    found, problems = read("a.csv", table)
    assert [d.id for d in found] == ["1"]
    # The first record runs over three lines of the file.
    assert problems == [("too-few-fields", 5), ("too-many-fields", 6), ("open-quote", 7)]


def test_ingest_long_field_and_named_column() -> None:
    """A field over the csv module's own limit is read; the user can name the column."""
    long = "The police said so. " * 8000
    found, problems = read("a.csv", f'id,body_of_story\n1,"{long}"\n', text_column="body_of_story")
    assert (found[0].text, problems) == (long, [])


def test_ingest_truncated_streams_keep_what_was_read() -> None:
    """Whole lines before the break of a packed file are read, and the break is told."""
    rows = "".join(
        json.dumps({"id": str(n), "text": f"The police said that {n * 7919 % 997} were held."}) + "\n"
        for n in range(400)
    )
    found, problems = read("a.jsonl.gz", gzip.compress(rows.encode())[:-500])
    assert 0 < len(found) < 400
    assert problems == [("truncated-gzip", None)]


def test_ingest_bombs_are_stopped() -> None:
    """Something that unpacks out of proportion, or one endless line, is stopped by a limit that is named."""
    bomb = gzip.compress(b'{"text": "' + b" " * 30_000_000)
    (problem,) = read_source(InputSource("a.gz", io.BytesIO(bomb), ReadOptions()))
    assert isinstance(problem, Diagnostic)
    assert (problem.code, "max_ratio" in problem.message) == ("ratio-too-high", True)
    assert read("a.jsonl", b'{"text": "' + b"a b" * 40_000, max_line_bytes=80_000)[1] == [("line-too-long", 1)]


def test_ingest_archive_members() -> None:
    """Members are data: unsafe names, links, locked and oversized members are refused, the others are read."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../up.txt", TEXT)
        archive.writestr("/tmp/abs.txt", TEXT)
        archive.writestr("..\\win.txt", TEXT)
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/hostname")
        archive.writestr("big.txt", "x" * 5000)
        archive.writestr("__MACOSX/._ok.txt", "x")
        archive.writestr("README", "notes")
        archive.writestr("in/ok.txt", TEXT)
    found = list(read_source(InputSource("a.zip", io.BytesIO(out.getvalue()), ReadOptions(max_member_bytes=4000))))
    assert [d.file for d in found if isinstance(d, Dispatch)] == ["a.zip:in/ok.txt"]
    assert [(d.code, d.member) for d in found if isinstance(d, Diagnostic)] == [
        ("unsafe-member-name", "../up.txt"),
        ("unsafe-member-name", "/tmp/abs.txt"),
        ("unsafe-member-name", "..\\win.txt"),
        ("link-member", "link.txt"),
        ("member-too-large", "big.txt"),
        ("skipped-member", "__MACOSX/._ok.txt"),
        ("skipped-member", "README"),
    ]


def test_ingest_archive_without_its_end() -> None:
    """An archive whose end is lost is told, even where one of its members is an archive itself."""
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("in.txt", TEXT)
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("first.txt", TEXT)
        archive.writestr("inner.zip", inner.getvalue())
    assert ("broken-zip", None) in read("a.zip", outer.getvalue()[:-30])[1]


def test_ingest_archives_in_archives_end() -> None:
    """Archives in archives are read down to a depth."""
    data = TEXT.encode()
    for _ in range(5):
        data = gzip.compress(data)
    assert read("a.gz", data) == ([], [("too-deep", None)])
    assert len(read("a.gz", gzip.compress(gzip.compress(TEXT.encode())))[0]) == 1


def test_ingest_folders_globs_and_missing_files(tmp_path: Path) -> None:
    """Good and bad inputs in one call: every good one is read, every bad one named."""
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "two.txt").write_text(TEXT)
    (tmp_path / "a.jsonl").write_bytes(samples.jsonl())
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "Thumbs.db").write_text("x")
    found = list(read_paths([str(tmp_path), str(tmp_path / "b" / "*.txt"), str(tmp_path / "none.txt")], ReadOptions()))
    assert [d.id for d in found if isinstance(d, Dispatch)][:2] == ["ferry-1", "strike-2"]
    assert sum(isinstance(d, Dispatch) for d in found) == 4
    assert sorted(d.code for d in found if isinstance(d, Diagnostic)) == ["empty-file", "no-such-file", "skipped-file"]


def test_ingest_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dash is standard input, of any format."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(samples.jsonl()))))
    assert [d.id for d in read_paths(["-"], ReadOptions()) if isinstance(d, Dispatch)] == ["ferry-1", "strike-2"]


def test_ingest_missing_library_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the optional libraries a web page is refused with the command that installs them."""
    monkeypatch.setitem(__import__("sys").modules, "trafilatura", None)
    (problem,) = read_source(InputSource("a.html", io.BytesIO(samples.html()), ReadOptions()))
    assert isinstance(problem, Diagnostic)
    assert problem.code == "missing-library"
    assert "pip install 'reportedly[ingest]'" in problem.message
