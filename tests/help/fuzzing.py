"""Structure-aware inputs for the readers: files of every format, damaged as a whole or in one record of several.

    python tests/help/fuzzing.py [--inputs 100000] [--seed 1] [--coverage]

Each input is made of its number alone, so that a failure can be made again with `--only`. Nothing may get out as an
error, take over five seconds or half a gigabyte, write, fetch, or lose a record that stands beside a damaged one.
With --coverage atheris, where it is installed, looks for further inputs by itself.
"""

from __future__ import annotations

import argparse
import gzip
import io
import os
import random
import resource
import sys
import tarfile
import time
import zipfile
from collections.abc import Callable

import ingest_samples as samples

from reportedly.ingest import ReadOptions
from reportedly.ingest.language import language_of
from reportedly.ingest.registry import read_source
from reportedly.ingest.source import InputSource
from reportedly.model import Diagnostic, Dispatch

SLOWEST_S = 5.0
MOST_MB = 512
LIMITS = ReadOptions(max_member_bytes=20_000_000, max_line_bytes=2_000_000, ratio_from=1_000_000)
# The language model unpacks itself into a temporary file when it is loaded.
assert language_of("Nueve personas murieron cuando un barco se hundió el viernes frente a la costa norte") == "es"
FOUND = {name: make() for name, make in samples.SAMPLES.items()}
STORIES = [story["text"] for story in samples.STORIES]

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_watching: list[bool] = []
_touched: list[str] = []


def _audit(event: str, args: tuple[object, ...]) -> None:
    if not _watching:
        return
    if event == "open" and isinstance(args[2], int) and args[2] & _WRITES:
        _touched.append(f"open {args[0]}")
    elif event in ("socket.connect", "subprocess.Popen", "os.remove", "os.rename", "os.mkdir"):
        _touched.append(f"{event} {args}")


sys.addaudithook(_audit)


def read(name: str, data: bytes) -> list[Dispatch | Diagnostic]:
    """What a reader makes of an input, watched."""
    _touched.clear()
    keeps, sys.dont_write_bytecode = sys.dont_write_bytecode, True  # of a codec that is read for the first time
    _watching.append(True)
    try:
        return list(read_source(InputSource(name, io.BytesIO(data), LIMITS)))
    finally:
        _watching.clear()
        sys.dont_write_bytecode = keeps


def check(name: str, data: bytes) -> list[Dispatch | Diagnostic]:
    """Read an input; all that has to hold of any."""
    begin = time.process_time()  # not the time of a busy machine
    found = read(name, data)
    assert time.process_time() - begin < SLOWEST_S
    assert not _touched, _touched
    assert found, "an input that gives nothing has to be told"
    for item in found:
        if isinstance(item, Diagnostic):
            assert item.file == name
            assert item.code != "reader-failed", item.message
        else:
            assert item.text.strip()
            item.text.encode("utf-8")
            assert 0 <= item.body_start <= len(item.text)
    return found


def check_between(name: str, record: bytes) -> None:
    """Read a record between two good ones; it costs none of them, and is read or named itself."""
    found = check(name, BETWEEN[name][0](record))
    texts = [item.text for item in found if isinstance(item, Dispatch)]
    told = [item for item in found if isinstance(item, Diagnostic)]
    assert all(any(t.startswith(story[:40]) for t in texts) for story in STORIES), "a neighbour is lost"
    assert len(texts) + len(told) > 2, "a record is lost without a word"


def damaged(chance: random.Random, data: bytes) -> bytes:
    """The bytes cut off, with bits flipped, bytes put in or taken out, a piece repeated or moved."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at = chance.randint(0, max(len(out) - 1, 0))
        match chance.choice(["cut", "flip", "insert", "token", "delete", "repeat", "move"]):
            case "cut":
                del out[at:]
            case "flip" if out:
                out[at] ^= 1 << chance.randint(0, 7)
            case "insert":
                out[at:at] = chance.randbytes(chance.randint(1, 12))
            case "token":
                out[at:at] = chance.choice(TOKENS)
            case "delete":
                del out[at : at + chance.randint(1, 60)]
            case "repeat":
                out[at:at] = out[at : at + 200] * chance.randint(1, 20)
            case "move":
                piece = bytes(out[at : at + 40])
                del out[at : at + 40]
                to = chance.randint(0, len(out))
                out[to:to] = piece
    return bytes(out)


TOKENS = (
    b"<", b">", b"&", b"&#0;", b"&#x110000;", b"]]>", b"<![CDATA[", b"<!DOCTYPE a [", b"<!ENTITY a 'b'>", b"</p>",
    b'"', b"'", b"{", b"}", b"[", b"\\ud800", b"\\u0000", b"1e999", b"NaN", b"\0", b"\r", b"\n", b"\n\n", b"\nFrom ",
    b"WARC/1.0\r\n", b"Content-Length: -1\r\n", b"Content-Length: 99999999999\r\n", b"\r\n\r\n", b"--=b\r\n",
    b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\t", b",", b"9" * 400, b"published", b"2021-99-99", b"PK\x03\x04",
)  # fmt: skip


def jsonl(record: bytes) -> bytes:
    """A line between two."""
    first, second = samples.jsonl().splitlines()
    return b"\n".join([first, record.replace(b"\n", b" ").replace(b"\r", b" "), second])


def mailbox(record: bytes) -> bytes:
    """A mail between two."""
    begin = b"From a Mon Jan 1 00:00:00 2024\n"
    one, other = (s.encode().replace(b"\n", b"\r\n") for s in STORIES)
    last = samples.mail().replace(b"ferry-1", b"last").replace(one, other)
    return b"".join(begin + mail + b"\n\n" for mail in (samples.mail(), record, last))


def pages(record: bytes) -> list[bytes]:
    """A page of a web archive between two."""
    around = [samples.warc_record("response", samples.http(samples.html(n)), f"https://h.example/{n}") for n in (0, 1)]
    return [around[0], record, around[1]]


def members(record: bytes) -> bytes:
    """A member of a zip archive between two."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (("first.txt", STORIES[0]), ("middle", record), ("last.txt", STORIES[1])):
            archive.writestr(name, data)
    return out.getvalue()


def taped(record: bytes) -> bytes:
    """A member of a tar archive between two."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in (("a.txt", STORIES[0].encode()), ("m", record), ("z.txt", STORIES[1].encode())):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


PAGE = samples.warc_record(
    "response", samples.http(samples.html().replace(b"ferry-1", b"middle")), "https://h.example/m"
)
# How a damaged record stands between two good ones, and the record.
BETWEEN: dict[str, tuple[Callable[[bytes], bytes], bytes]] = {
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
    "a.tar": (taped, samples.newsml()),
    "b.tar": (taped, samples.table()),
}


def one(number: int, seed: int) -> None:
    """Make and read the input of a number: every other one a record between two, the rest whole files."""
    chance = random.Random(f"{seed} {number}")
    if number % 2:
        name = chance.choice(sorted(BETWEEN))
        record = damaged(chance, BETWEEN[name][1])
        if record.strip(b"\0\r\n\t "):
            check_between(name, record)
        return
    name = chance.choice(sorted(FOUND))
    check(name, damaged(chance, FOUND[name]))


def by_coverage(inputs: int, seed: int) -> None:
    """Have atheris look for inputs that take new ways through the readers."""
    import atheris

    names = sorted(FOUND)
    atheris.instrument_all()
    atheris.Setup(
        [sys.argv[0], f"-runs={inputs}", f"-seed={seed}", "-max_len=8192", f"-rss_limit_mb={2 * MOST_MB}"],
        lambda data: check(names[data[0] % len(names)], bytes(data[1:])) and None if data else None,
    )
    atheris.Fuzz()


def main() -> int:
    """Read so many inputs, say how it went."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="the input of one number")
    parser.add_argument("--coverage", action="store_true")
    asked = parser.parse_args()
    if asked.coverage:
        by_coverage(asked.inputs, asked.seed)
    failed, slowest = 0, 0.0
    print(f"{asked.inputs:,} inputs, seed {asked.seed}", flush=True)
    for number in range(asked.inputs) if asked.only is None else [asked.only]:
        begin = time.process_time()
        try:
            one(number, asked.seed)
        except Exception as problem:  # noqa: BLE001  each is told, and the next one tried
            failed += 1
            print(f"input {number} (seed {asked.seed}): {type(problem).__name__}: {problem}", flush=True)
        slowest = max(slowest, time.process_time() - begin)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{failed} failed; slowest {slowest:.2f} s; memory {memory} MB at most")
    return int(failed > 0 or memory > MOST_MB)


if __name__ == "__main__":
    sys.exit(main())
