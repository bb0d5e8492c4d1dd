"""Draw claims at random for a person to judge against their sentences.

    python benchmarks/sample_claims.py CORPUS.jsonl --seed 1 --count 100 > sample.tsv

One claim from each of ``--count`` random dispatches that have claims, as a tab-separated table whose last columns stand
empty: ``1`` right, ``0`` wrong, ``m`` missed (empty although the sentence names it), and a word on why.
``--without TABLE`` leaves out the dispatches that earlier samples in such a table were drawn from.
``--open PREFIX`` leaves out the words of dispatches whose id does not begin with PREFIX, for texts that may not be
passed on; the claim is found again by its id and offsets.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from reportedly.api import dispatches
from reportedly.model import Analysis, Claim, Dispatch, Figure, Party
from reportedly.pipeline import read_dispatches

FACTS = (
    "sample", "dispatch", "claim", "start", "end", "sentence", "type", "mode", "source", "factuality", "modality",
    "actors", "recipients", "place", "begin", "figures",
)  # fmt: skip
JUDGEMENTS = ("type_ok", "source_ok", "factuality_ok", "actor_ok", "recipient_ok", "why")
ENDS = ".!?\n"
REACH = 600


def draw(analyses: Iterable[Analysis], seed: int, count: int) -> Iterator[tuple[Analysis, Claim]]:
    """One random claim of each of the first ``count`` analyses that have any."""
    rng = random.Random(seed)
    for analysis in analyses:
        if count and analysis.claims:
            count -= 1
            yield analysis, rng.choice(analysis.claims)
        if not count:
            return


def row(sample: int, analysis: Analysis, claim: Claim, prefix: str) -> dict[str, str]:
    """The columns of one claim; without words where the text may not be passed on."""
    dispatch = analysis.dispatch
    facts = {
        "sample": str(sample),
        "dispatch": dispatch.id,
        "claim": claim.id,
        "start": str(claim.trigger.start),
        "end": str(claim.trigger.end),
    }
    if not dispatch.id.startswith(prefix):
        return facts
    return facts | {
        "sentence": marked(dispatch.text, claim),
        "type": claim.type,
        "mode": claim.mode or "",
        "source": claim.source.name if claim.source else "",
        "factuality": claim.factuality,
        "modality": claim.modality or "",
        "actors": parties(claim.actors),
        "recipients": parties(claim.recipients),
        "place": claim.place.name if claim.place else "",
        "begin": claim.begin or "",
        "figures": "; ".join(figure(f) for f in claim.figures),
    }


def marked(text: str, claim: Claim) -> str:
    """The sentence of a claim on one line, with its trigger between ``>>`` and ``<<``."""
    start, end = claim.trigger.start, claim.trigger.end
    first = max((text.rfind(f"{e} " if e != "\n" else e, max(0, start - REACH), start) for e in ENDS), default=-1)
    stops = [text.find(f"{e} " if e != "\n" else e, end, end + REACH) for e in ENDS]
    last = min((s for s in stops if s >= 0), default=min(len(text), end + REACH))
    words = f"{text[first + 1 : start]}>>{text[start:end]}<<{text[end : last + 1]}"
    return " ".join(words.split())


def drawn_before(table: Path) -> set[str]:
    """The dispatches of a table of claims; lines with # before its header are remarks."""
    lines = (line for line in table.read_text("utf-8").splitlines() if not line.startswith("#"))
    return {row["dispatch"] for row in csv.DictReader(lines, delimiter="\t")}


def parties(found: tuple[Party, ...]) -> str:
    """Names with their codes."""
    return "; ".join(f"{p.name} [{p.code}]" if p.code else p.name for p in found)


def figure(found: Figure) -> str:
    """Role and bounds of a figure."""
    low, high = ("-" if v is None else str(v) for v in (found.low, found.high))
    return f"{found.role} {low} {high}{' ~' if found.approx else ''}"


def main() -> None:
    """Write the sample to standard output."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", help="JSONL of dispatches")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--without", default=[], action="append", metavar="TABLE", help="no dispatches of this table")
    parser.add_argument("--open", default="", metavar="PREFIX", help="only these ids are shown with their words")
    args = parser.parse_args()
    seen = {name for table in args.without for name in drawn_before(Path(table))}
    found = [d for d in dispatches([args.corpus]) if isinstance(d, Dispatch) and d.lang == "en" and d.id not in seen]
    random.Random(args.seed).shuffle(found)
    writer = csv.DictWriter(sys.stdout, (*FACTS, *JUDGEMENTS), delimiter="\t", restval="", lineterminator="\n")
    writer.writeheader()
    for analysis, claim in draw(read_dispatches(found), args.seed, args.count):
        writer.writerow(row(args.seed, analysis, claim, args.open))


if __name__ == "__main__":
    main()
