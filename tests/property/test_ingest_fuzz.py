"""Whatever bytes come in: no error gets out, nothing is written, nothing is fetched, nothing is lost, and it ends.

A short part of what `make fuzz` does at length; see `tests/help/fuzzing.py`.
"""

from __future__ import annotations

import random

import pytest
from fuzzing import BETWEEN, FOUND, check, check_between, damaged, read
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly.ingest.headers import annotate
from reportedly.model import Dispatch

CASES = 25


@pytest.mark.parametrize("name", FOUND)
def test_ingest_good_samples_give_dispatches(name: str) -> None:
    """Every sample of the fuzz tests is a good one."""
    found = [item for item in read(name, FOUND[name]) if getattr(item, "level", None) != "info"]
    assert found
    assert all(isinstance(item, Dispatch) for item in found), found


@pytest.mark.parametrize("name", FOUND)
def test_ingest_damaged_input(name: str) -> None:
    """A damaged file of any format is read or refused, never a crash or a hang."""
    chance = random.Random(name)
    for _ in range(CASES):
        check(name, damaged(chance, FOUND[name]))


@pytest.mark.parametrize("name", BETWEEN)
def test_ingest_damaged_record_between_good_ones(name: str) -> None:
    """A damaged record costs no neighbour, and is read or named itself."""
    chance = random.Random(name)
    for _ in range(CASES):
        record = damaged(chance, BETWEEN[name][1])
        if record.strip(b"\0\r\n\t "):
            check_between(name, record)


@pytest.mark.parametrize("suffix", sorted({name.partition(".")[2] for name in FOUND}))
def test_ingest_arbitrary_bytes(suffix: str) -> None:
    """Any bytes under any name."""
    chance = random.Random(suffix)
    for _ in range(CASES):
        check(f"x.{suffix}", chance.randbytes(chance.randint(0, 400)))


MAGIC = [
    b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ\0", b"PK\x03\x04", b"PAR1", b"WARC/1.0\r\n", b"<?xml version='1.0'?><nitf>",
    b"<rss>", b"<html>", b"{", b"[", b"id,text\n", b"From: a\nTo: b\nDate: c\n\n",
]  # fmt: skip


@pytest.mark.parametrize("magic", MAGIC)
def test_ingest_magic_and_anything(magic: bytes) -> None:
    """The first bytes of a format and nonsense behind them."""
    chance = random.Random(magic)
    for _ in range(5):
        check("x", magic + chance.randbytes(chance.randint(0, 400)))


PIECES = st.sampled_from(
    [
        "KABUL", "Kabul", ", ", ". ", "March 3", "3 JAN 90", "(Reuters)", "/TASS/", " - ", " — ", "_", ":", "\n",
        "\n\n", "[TEXT] ", "By A. Writer", "UPDATE 2-", "KILL", "date 2021-02-03", "BBC News", "Police said", "2020",
        "(", "[",
        "’", "\x00", "é",
    ]
)  # fmt: skip


@settings(database=None, max_examples=CASES * 8, deadline=None, suppress_health_check=list(HealthCheck))
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
