"""Where attributions are found and where they are lost: recall by mode, source and frame, and the kinds of error.

    python benchmarks/attribution.py GOLD.jsonl CODED.jsonl [--part dev] [--reporting] [--page]

GOLD holds lines {"id", "part", "text", "statements": [{"source", "cue", "content"}]}, CODED what ``reportedly code``
makes of its texts. Prints a Markdown section; ``--page`` puts it into BENCHMARKS.md. Tokens, types and the matching of
statements are those of the scorer beside the repository (``--scorer``).
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple, Protocol

from reportedly.statements.cues import Cue, lexicon

ROOT = Path(__file__).resolve().parent.parent
SCORER = ROOT.parent / "shared" / "bench" / "attribution" / "score.py"
PAGE = ROOT / "BENCHMARKS.md"
TITLE = "## Attribution"
HALF = 0.5
QUESTIONS = frozenset({"whether", "if", "how", "why", "what", "who", "where", "when", "which"})
PREPOSITIONS = frozenset({"of", "about", "for", "on", "to", "with", "against", "in", "over", "from", "as", "at"})

Record = dict[str, Any]
Tokens = frozenset[int]
Words = str


class Text(Protocol):
    """A document as the scorer reads it."""

    text: str

    def ids(self, spans: object, words: bool = True) -> Tokens:  # noqa: FBT001, FBT002  the scorer's signature
        """The word tokens under the spans."""

    def str(self, i: int) -> Words:
        """The text of a token."""

    def cue_head(self, spans: object) -> int | None:
        """The token that is the head of a cue."""

    def qtype(self, spans: object) -> Words:
        """Direct, mixed or indirect."""

    def stype(self, spans: object) -> Words:
        """Pronoun, nominal, named or none."""


class Statement(NamedTuple):
    """A statement as sets of tokens; ``head`` is the token of its cue's head."""

    record: Record
    source: Tokens
    content: Tokens
    head: int | None
    nested: bool

    def fits(self, other: Statement) -> bool:
        """Whether content and source each share half of their union (no source: on both sides)."""
        return share(self.content, other.content) >= HALF and self.same_source(other)

    def same_source(self, other: Statement) -> bool:
        """Whether the sources share half of their union, or both are missing."""
        if not self.source or not other.source:
            return not self.source and not other.source
        return share(self.source, other.source) >= HALF


class Tally:
    """Right and all statements by class, and errors by kind."""

    def __init__(self) -> None:
        self.gold: Counter[tuple[str, str]] = Counter()
        self.right: Counter[tuple[str, str]] = Counter()
        self.errors: Counter[str] = Counter()
        self.extra: Counter[str] = Counter()
        self.documents = self.predicted = 0

    def count(self, classes: Iterable[tuple[str, str]], *, right: bool) -> None:
        """One gold statement of these (breakdown, class) pairs."""
        for pair in classes:
            self.gold[pair] += 1
            self.right[pair] += right


def share(a: Tokens, b: Tokens) -> float:
    """Intersection over union."""
    return len(a & b) / len(a | b) if a | b else 0.0


def load_scorer(path: Path) -> ModuleType:
    """The scorer as a module."""
    spec = importlib.util.spec_from_file_location("attribution_scorer", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} cannot be read")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows(path: Path) -> Iterator[Record]:
    """The objects of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def statements(doc: Text, records: list[Record], report: frozenset[str] | None) -> list[Statement]:
    """The records as statements; with ``report`` only those whose cue head is one of these words, or have no cue."""
    found = []
    for r in records:
        head = doc.cue_head(r["cue"]) if r.get("cue") else None
        if report is not None and head is not None and doc.str(head).lower() not in report:
            continue
        nested = bool(r.get("nested", r.get("parent")))
        found.append(Statement(r, doc.ids(r.get("source")), doc.ids(r["content"]), head, nested))
    return found


def matched(gold: list[Statement], predicted: list[Statement], scorer: ModuleType) -> dict[int, int]:
    """Gold index -> index of the prediction that fits it, one to one."""
    pairs = [
        (share(g.content, p.content) + share(g.source, p.source), i, j)
        for i, g in enumerate(gold)
        for j, p in enumerate(predicted)
        if g.fits(p)
    ]
    return dict(scorer.greedy(pairs))


def frame_of(doc: Text, gold: Statement) -> str:
    """The frame that a gold statement fills: the entry of its cue in the cue table and the form of its content."""
    cue = gold.record["cue"]
    words = re.findall(r"\w+", " ".join(doc.text[a:b] for a, b in cue).lower())
    if words[:2] == ["according", "to"] or words[-2:] == ["words", "of"]:
        return "according to"
    table = lexicon(None)
    entry = next((t[w] for t in (table.verbs, table.nouns, table.adverbs) for w in words if w in t), None)
    if entry is None:
        return "label or dash" if not words else "cue not in the table"
    if entry.pos != "verb":
        return f"{entry.pos} cue"
    return _verb_frame(doc, gold, entry, words)


def _verb_frame(doc: Text, gold: Statement, entry: Cue, words: list[str]) -> str:
    start = min(gold.content)
    opening = doc.str(start).lower()
    if doc.qtype(gold.record["content"]) == "direct":
        return "quote"
    if gold.head is not None and start < gold.head:
        return "content before the cue"
    if opening == "that" or opening in QUESTIONS:
        return "clause with that, whether, how ..."
    if opening == "to":
        return "infinitive"
    if words[-1] in PREPOSITIONS:
        return "preposition"
    return "clause without that" if "clause" in entry.frames and "obj" not in entry.frames else "noun or clause"


def error_of(gold: Statement, free: list[Statement], taken: list[Statement], nested: list[Statement]) -> str:
    """What went wrong with a gold statement that nothing fits."""
    if any(gold.fits(p) for p in nested):
        return "found, but as nested in another statement"
    near = max(free, key=lambda p: share(gold.content, p.content), default=None)
    if near is None or not gold.content & near.content:
        inside = any(gold.content & p.content for p in taken)
        return "missed, its words stand in another statement" if inside else "missed outright"
    if share(gold.content, near.content) < HALF:
        return "content too short" if len(near.content) < len(gold.content) else "content too long"
    if not near.source:
        return "content right, no source"
    if not gold.source:
        return "source given where the gold has none"
    return "source boundary" if gold.source & near.source else "wrong source"


def extra_of(predicted: Statement, gold: list[Statement]) -> str:
    """What a prediction is that fits no gold statement."""
    near = max((share(predicted.content, g.content) for g in gold), default=0.0)
    if near >= HALF:
        return "content of a gold statement, other source or a second time"
    return "part of a gold statement" if near else "not in the gold"


def measure(gold_path: Path, coded: Path, part: str | None, scorer: ModuleType, *, reporting: bool) -> Tally:
    """Compare the coded documents with the gold ones."""
    report = frozenset(scorer.REPORT) if reporting else None
    found = {r["id"]: r["statements"] for r in rows(coded)}
    tally = Tally()
    for row in rows(gold_path):
        if part is not None and row.get("part") != part:
            continue
        doc = scorer.Doc(row["text"])
        gold = [s for s in statements(doc, row["statements"], report) if not s.nested]
        everything = statements(doc, [r for r in found.get(row["id"], []) if r["content"]], report)
        _compare(tally, doc, gold, everything, scorer)
    return tally


def _compare(tally: Tally, doc: Text, gold: list[Statement], everything: list[Statement], scorer: ModuleType) -> None:
    predicted = [s for s in everything if not s.nested]
    pairs = matched(gold, predicted, scorer)
    used = set(pairs.values())
    free = [p for j, p in enumerate(predicted) if j not in used]
    taken = [p for j, p in enumerate(predicted) if j in used]
    nested = [s for s in everything if s.nested]
    tally.documents += 1
    tally.predicted += len(predicted)
    for i, g in enumerate(gold):
        classes = [
            ("mode", doc.qtype(g.record["content"])),
            ("source", doc.stype(g.record["source"])),
            ("frame", frame_of(doc, g)),
        ]
        tally.count([*classes, ("all", "all")], right=i in pairs)
        if i not in pairs:
            tally.errors[error_of(g, free, taken, nested)] += 1
    tally.extra.update(extra_of(p, gold) for p in free)


def section(tally: Tally, part: str | None, *, reporting: bool) -> str:
    """The figures as a section of BENCHMARKS.md."""
    gold, right = tally.gold["all", "all"], tally.right["all", "all"]
    what = ("reporting statements" if reporting else "statements") + (f" of part {part}" if part else "")
    lines = [
        TITLE,
        "",
        f"{tally.documents} documents, {gold} gold {what}, {tally.predicted} found, {right} of them right:",
        f"precision {right / max(tally.predicted, 1):.3f}, recall {right / max(gold, 1):.3f}. Right means that source",
        "and content each share half of their words with the gold ones. The frame is read off the gold statement: the",
        "entry of its cue in `cues.tsv` and the form of its content. Made by `benchmarks/attribution.py`.",
        "",
        "| recall by | class | gold | right | recall |",
        "| --- | --- | --: | --: | --: |",
    ]
    for name in ("mode", "source", "frame"):
        classes = sorted((k for k in tally.gold if k[0] == name), key=lambda k: -tally.gold[k])
        for key in classes:
            n, hit = tally.gold[key], tally.right[key]
            lines.append(f"| {name} | {key[1]} | {n} | {hit} | {hit / n:.3f} |")
    lines += ["", "| gold statements not found right | count |", "| --- | --: |"]
    lines += [f"| {kind} | {count} |" for kind, count in tally.errors.most_common()]
    lines += ["", "| found statements that are not right | count |", "| --- | --: |"]
    lines += [f"| {kind} | {count} |" for kind, count in tally.extra.most_common()]
    return "\n".join(lines) + "\n"


def renew_page(made: str) -> None:
    """Put the section into BENCHMARKS.md: in place of the one that is there, else at the end."""
    page = PAGE.read_text(encoding="utf-8")
    head, found, rest = page.partition(f"{TITLE}\n")
    tail = re.search(r"^## ", rest, re.MULTILINE) if found else None
    after = f"\n{rest[tail.start() :]}" if tail else ""
    PAGE.write_text(f"{head.rstrip()}\n\n{made}{after}", encoding="utf-8")


def main() -> int:
    """Measure, print, and on request write the section."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("coded", type=Path)
    parser.add_argument("--part", help="only the gold documents of this part")
    parser.add_argument("--reporting", action="store_true", help="only statements whose cue is a reporting word")
    parser.add_argument("--scorer", type=Path, default=SCORER)
    parser.add_argument("--page", action="store_true", help="renew the section in BENCHMARKS.md")
    args = parser.parse_args()
    if not args.scorer.exists():
        print(f"{args.scorer} is not there; name the scorer with --scorer", file=sys.stderr)
        return 2
    tally = measure(args.gold, args.coded, args.part, load_scorer(args.scorer), reporting=args.reporting)
    made = section(tally, args.part, reporting=args.reporting)
    print(made)
    if args.page:
        renew_page(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
