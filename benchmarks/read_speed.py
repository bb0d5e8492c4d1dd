"""Reading speed beside the library underneath, and memory on a large file.

    python benchmarks/read_speed.py [--pages 300] [--megabytes 200]

The growth of memory while a large JSONL file is read, beside a small one; then three comparisons, best of three rounds
each: HTML pages by trafilatura alone, a WARC of the same pages by fastwarc and trafilatura alone, a Parquet table by
pyarrow alone (rows as Python objects).
"""

from __future__ import annotations

import argparse
import io
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from reportedly.ingest import ReadOptions, read_paths
from reportedly.ingest.registry import read_source
from reportedly.ingest.source import InputSource
from reportedly.model import Dispatch

ROUNDS = 3
WORDS = [
    "the",
    "police",
    "said",
    "that",
    "officials",
    "in",
    "city",
    "reported",
    "many",
    "people",
    "were",
    "held",
    "after",
    "a",
    "march",
    "on",
    "Monday",
    "while",
    "troops",
    "moved",
    "to",
    "northern",
    "border",
    "and",
    "talks",
    "would",
    "go",
    "on",
    "as",
    "planned",
    "minister",
    "told",
    "reporters",
    "there",
    "had",
    "been",
    "no",
    "word",
    "from",
    "rebels",
]


def story(rng: random.Random) -> list[str]:
    """Some paragraphs of newspaper length."""
    return [" ".join(rng.choices(WORDS, k=rng.randint(30, 60))).capitalize() + "." for _ in range(rng.randint(6, 14))]


def page(number: int, rng: random.Random) -> bytes:
    """A web page around a story."""
    told = json.dumps({"@type": "NewsArticle", "headline": f"Story {number}", "datePublished": "2022-03-04T10:00:00Z"})
    links = "".join(f'<li><a href="/{n}">Link {n} to another page</a></li>' for n in range(60))
    body = "".join(f"<p>{p}</p>" for p in story(rng))
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Story {number}</title>'
        f'<link rel="canonical" href="https://wire.example/{number}"><script type="application/ld+json">{told}</script>'
        f"</head><body><nav><ul>{links}</ul></nav><article><h1>Story {number}</h1>{body}</article>"
        f"<footer><ul>{links}</ul></footer></body></html>"
    ).encode()


def warc(pages: list[bytes]) -> bytes:
    """The pages as responses of a WARC."""
    out = io.BytesIO()
    for number, data in enumerate(pages):
        content = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(data)}\r\n\r\n".encode() + data
        out.write(
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012d}>\r\n"
            f"WARC-Target-URI: https://wire.example/{number}\r\nWARC-Date: 2022-03-04T10:00:00Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(content)}\r\n\r\n".encode()
        )
        out.write(content + b"\r\n\r\n")
    return out.getvalue()


def ours(name: str, inputs: list[bytes]) -> int:
    """The dispatches that our reader gives."""
    return sum(
        isinstance(found, Dispatch)
        for data in inputs
        for found in read_source(InputSource(name, io.BytesIO(data), ReadOptions(max_member_bytes=10**9)))
    )


def trafilatura_alone(pages: list[bytes]) -> int:
    """The pages by the extraction library."""
    from trafilatura import bare_extraction

    return sum(
        bare_extraction(p, include_comments=False, include_tables=False, with_metadata=True) is not None for p in pages
    )


def fastwarc_alone(archive: bytes) -> int:
    """The archive by the two libraries."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    records = ArchiveIterator(io.BytesIO(archive), record_types=WarcRecordType.response, parse_http=True)
    return trafilatura_alone([record.reader.read() for record in records])


def pyarrow_alone(table: bytes) -> int:
    """The table by the columnar library, as the rows that a program works with."""
    import pyarrow.parquet as pq

    return sum(len(batch.to_pylist()) for batch in pq.ParquetFile(io.BytesIO(table)).iter_batches(batch_size=256))


def parquet(rows: int, rng: random.Random) -> bytes:
    """A table of stories."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    records = [{"id": f"s{n}", "published": "2022-03-04", "text": "\n\n".join(story(rng))} for n in range(rows)]
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(records), out)
    return out.getvalue()


def best(run: Callable[[], int]) -> tuple[float, int]:
    """Seconds of the fastest round, and what it counted."""
    times = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        count = run()
        times.append(time.process_time() - begin)
    return min(times), count


def compare(name: str, alone: Callable[[], int], read: Callable[[], int]) -> None:
    """One line: library, ours, overhead."""
    under, found = best(alone)
    mine, given = best(read)
    print(
        f"{name:28} {found / under:9.0f}/s alone  {given / mine:9.0f}/s read  "
        f"{(mine - under) / max(given, 1) * 1000:7.3f} ms more each  ({mine / under - 1:+.0%})"
    )


def peak_of_reading(path: Path) -> int:
    """Peak memory in MB of a process that reads a file."""
    done = subprocess.run([sys.executable, __file__, "--peak", str(path)], capture_output=True, text=True, check=True)
    return int(done.stdout)


def memory(megabytes: int, rng: random.Random) -> None:
    """How much memory grows from a small JSONL file to a large one."""
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "small.jsonl", Path(folder) / "large.jsonl"
        texts = ["\n\n".join(story(rng)) for _ in range(200)]
        for path, size in ((small, 10**6), (large, megabytes * 10**6)):
            with path.open("w", encoding="utf-8") as out:
                number = 0
                while out.tell() < size:
                    rows = ({"id": f"s{number + n}", "text": t, "published": "2022-03-04"} for n, t in enumerate(texts))
                    out.writelines(json.dumps(row) + "\n" for row in rows)
                    number += len(texts)
        begin = time.perf_counter()
        peaks = peak_of_reading(small), peak_of_reading(large)
        seconds = time.perf_counter() - begin
        growth = f"peak {peaks[1]} MB, {peaks[1] - peaks[0]:+} MB over a file of 1 MB"
        print(f"JSONL of {megabytes} MB: {growth}; {megabytes / seconds:.1f} MB/s")


def main() -> None:
    """Run everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--peak", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.peak:
        for _ in read_paths([str(args.peak)], ReadOptions()):
            pass
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
        return
    rng = random.Random(7)
    # First, while this process is small: a child's peak is never below that of its parent.
    memory(args.megabytes, rng)
    pages = [page(n, rng) for n in range(args.pages)]
    archive, table = warc(pages), parquet(args.pages * 20, rng)
    compare("HTML (trafilatura)", lambda: trafilatura_alone(pages), lambda: ours("a.html", pages))
    compare("WARC (fastwarc, trafilatura)", lambda: fastwarc_alone(archive), lambda: ours("a.warc", [archive]))
    compare("Parquet (pyarrow)", lambda: pyarrow_alone(table), lambda: ours("a.parquet", [table]))


if __name__ == "__main__":
    main()
