"""How often a place or a day that a claim is given is right, by how far it was carried; and how many claims have one.

    python benchmarks/scene_precision.py GOLD.json [GOLD.json ...] [--model FOLDER]

GOLD holds lists of dispatches with "id", "text", "published" and "claims" as in ``design/contract.md``, whose "places"
are accepted names and whose "begin" and "end_date" bound the days, null where the text tells none. A claim is found
where its trigger meets a gold one. A value is right where the gold accepts it and wrong where it does not; a carried
value is wrong too where the gold has none, a told one counts then neither way. Only sums are printed, no text.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reportedly.config import Config
from reportedly.ingest import headers
from reportedly.knowledge.event_types import event_types
from reportedly.knowledge.load import SHIPPED
from reportedly.model import Claim, Dispatch
from reportedly.pipeline import read_dispatches

FIELDS = {"place": "place_from", "when": "when_from"}
WAYS = ("told", "carried", "dateline")
Gold = dict[str, Any]


def main() -> int:
    """Measure and print the sums, one line a field and way."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--model", default=Config().model)
    args = parser.parse_args()
    golds = {d["id"]: d for path in args.gold for d in json.loads(path.read_text(encoding="utf-8"))}
    verdicts: Counter[tuple[str, str, str]] = Counter()
    having: Counter[str] = Counter()
    texts = (Dispatch(id=str(d["id"]), text=d["text"], published=d.get("published")) for d in golds.values())
    for read in read_dispatches(map(headers.annotate, texts), Config(model=args.model)):
        having.update(_having(read.claims))
        for gold, claim in _found(golds[read.dispatch.id]["claims"], read.claims):
            verdicts.update(_verdicts(gold, claim))
    _report(verdicts)
    total = having["force"] or 1
    print(
        f"claims of force {having['force']}: " + ", ".join(f"{k} {having[k] / total:.3f}" for k in ("country", "point"))
    )
    return 0


def _found(golds: list[Gold], claims: tuple[Claim, ...]) -> Iterator[tuple[Gold, Claim]]:
    """Gold claims with the claim that meets them, each taken once, those of the right type first."""
    pairs = [
        (c.type not in g["types"], i, j)
        for i, g in enumerate(golds)
        for j, c in enumerate(claims)
        if c.trigger.start < g["trigger"][1] and g["trigger"][0] < c.trigger.end
    ]
    taken: set[tuple[str, int]] = set()
    for _, i, j in sorted(pairs):
        if not {("gold", i), ("claim", j)} & taken:
            taken |= {("gold", i), ("claim", j)}
            yield golds[i], claims[j]


def _verdicts(gold: Gold, claim: Claim) -> Iterator[tuple[str, str, str]]:
    """What is right and wrong of a claim: field, how it was reached, verdict."""
    right = {"place": _is_place(gold, claim), "when": _is_day(gold, claim)}
    for field, way in FIELDS.items():
        reached = getattr(claim, way)
        if right[field] is None and reached in ("carried", "dateline"):
            yield field, reached, "wrong"
        elif right[field] is not None:
            yield field, reached or "none", "missed" if reached is None else "right" if right[field] else "wrong"


def _is_place(gold: Gold, claim: Claim) -> bool | None:
    if not gold.get("places"):
        return None
    names = [p.name.casefold() for p in (claim.place, claim.origin) if p is not None]
    return any(re.search(r"(?<!\w)" + re.escape(x.casefold()), name) for x in gold["places"] for name in names)


def _is_day(gold: Gold, claim: Claim) -> bool | None:
    if not gold.get("begin"):
        return None
    return (
        claim.begin is not None and gold["begin"] <= claim.begin[:10] <= (claim.end_date or "")[:10] <= gold["end_date"]
    )


def _having(claims: tuple[Claim, ...]) -> Iterator[str]:
    """Of each claim of force that it is one, and whether it has a country and a point."""
    types = event_types(SHIPPED)
    for place in (c.place or c.origin for c in claims if c.type in types.force):
        yield "force"
        if place is not None and place.country is not None:
            yield "country"
        if place is not None and place.lat is not None:
            yield "point"


def _report(verdicts: Counter[tuple[str, str, str]]) -> None:
    for field in FIELDS:
        for ways in (WAYS, *((w,) for w in WAYS)):
            right, wrong = (sum(verdicts[field, w, v] for w in ways) for v in ("right", "wrong"))
            share = f"{right / (right + wrong):.3f}" if right + wrong else "-"
            name = f"{field}_precision" if ways == WAYS else f"  {ways[0]}"
            print(f"{name:16} {share}  right {right} of {right + wrong}")
        print(f"{field} missed: {verdicts[field, 'none', 'missed']}")


if __name__ == "__main__":
    sys.exit(main())
