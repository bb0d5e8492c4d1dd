"""What our stages cost beside the bare spaCy parse of the same texts: CPU seconds, both measured in one run.

    python benchmarks/cost.py CORPUS.jsonl [--docs 300]

CORPUS holds lines {"id", "text", "published"}. Parse and stages are timed in turns, batch by batch, so that other load
on the machine falls on both alike.
"""

from __future__ import annotations

import argparse
import cProfile
import io
import json
import pstats
import sys
import time
from itertools import islice
from pathlib import Path

from reportedly.config import DEFAULT
from reportedly.ingest import headers
from reportedly.model import Dispatch
from reportedly.parse import layout, nlp
from reportedly.parse.parsed import from_spacy
from reportedly.pipeline import casing_of, read_doc

BATCH = 32


def dispatches(path: Path, count: int) -> list[Dispatch]:
    """The first documents of the corpus with their headers read."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in islice(lines, count)]
    return [headers.annotate(Dispatch(id=str(r["id"]), text=r["text"], published=r.get("published"))) for r in rows]


def main() -> int:
    """Measure and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--docs", type=int, default=300)
    parser.add_argument("--profile", action="store_true", help="also print where our time goes")
    args = parser.parse_args()
    items = dispatches(args.corpus, args.docs)
    language, casing = nlp.load(), casing_of(DEFAULT)
    read_doc(from_spacy(language("Police said two people were killed in Lagos on Friday.")), items[0])
    parse = ours = 0.0
    claims = 0
    profile = cProfile.Profile()
    for at in range(0, len(items), BATCH):
        batch = items[at : at + BATCH]
        begin = time.process_time()
        texts = [layout.prepare(d, DEFAULT.max_chars, casing) for d in batch]
        ours += time.process_time() - begin
        begin = time.process_time()
        docs = list(language.pipe(texts, batch_size=BATCH))
        parse += time.process_time() - begin
        begin = time.process_time()
        if args.profile:
            profile.enable()
        claims += sum(len(read_doc(from_spacy(doc), d).claims) for doc, d in zip(docs, batch, strict=True))
        profile.disable()
        ours += time.process_time() - begin
    print(f"{len(items)} documents, {claims} claims")
    print(f"parse {parse:.2f} s CPU, our stages {ours:.2f} s, ratio {ours / parse:.3f}")
    if args.profile:
        out = io.StringIO()
        pstats.Stats(profile, stream=out).sort_stats("cumulative").print_stats(45)
        print(out.getvalue())
    return 0


if __name__ == "__main__":
    sys.exit(main())
