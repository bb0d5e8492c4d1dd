"""How many links are lost where each month is made alone, with its margin, and not all in one ledger.

    reportedly code TEXTS... --output coded.jsonl
    python benchmarks/months_alone.py coded.jsonl [MORE.jsonl ...]

A link is a pair of dispatches with claims alike enough: incidents are made of these. A ledger of all is made, and one
of each month (``reportedly add --from 2024-05 --to 2024-05``). Told is the share of the links of the one ledger that
are found by the month of either dispatch; the share of pairs of claims, of two dispatches in one incident, that are in
one there too; both again of pairs across a border of months; and how many incidents stand in two months. Dispatches
without a day are left out on both sides.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from links_kept import coded

from reportedly.days import day_of
from reportedly.incidents.likeness import ENOUGH, MICRO
from reportedly.ledger import Ledger, open_ledger
from reportedly.model import Analysis

Pair = tuple[str, str]
LINKS = """
SELECT DISTINCT x.id, y.id FROM edge JOIN received AS x ON x.seq = a >> 20 JOIN received AS y ON y.seq = b >> 20
WHERE score >= ? AND x.seq <> y.seq
"""


class Found(msgspec.Struct):
    """What a ledger has found: pairs of dispatches that are linked, pairs of claims in one incident, incidents."""

    links: set[Pair]
    together: set[Pair]
    incidents: set[str]


def found_in(held: Ledger) -> Found:
    """All of a ledger."""
    with held.turn(write=False) as con:
        links = {pair(a, b) for a, b in con.execute(LINKS, [round(ENOUGH * MICRO)]).fetchall()}
    home = {c.claim.id: c.dispatch for c in held.iter_claims()}
    together, ids = set(), set()
    for incident in held.iter_incidents():
        ids.add(incident.id)
        pairs = combinations(incident.claims, 2) if len(incident.dispatches) > 1 else ()
        together |= {pair(a, b) for a, b in pairs if home[a] != home[b]}
    return Found(links, together, ids)


def pair(a: str, b: str) -> Pair:
    """The two in order."""
    return min(a, b), max(a, b)


def made(analyses: Iterable[Analysis], folder: Path, period: str | None = None) -> Found:
    """What a new ledger of these finds."""
    with open_ledger(folder / f"{period or 'all'}.ledger", period=period) as held:
        held.add(analyses)
        return found_in(held)


def touching(pairs: set[Pair], month: str, months: dict[str, str]) -> set[Pair]:
    """The pairs of which one at least is of a month."""
    return {(a, b) for a, b in pairs if month in (months[a], months[b])}


def measure(analyses: Sequence[Analysis], folder: Path) -> dict[str, float]:
    """What the module says."""
    months = {a.dispatch.id: str(a.dispatch.published)[:7] for a in analyses}
    of_claims = {c.id: months[a.dispatch.id] for a in analyses for c in a.claims}
    whole, links, together = made(analyses, folder), set[Pair](), set[Pair]()
    standing = Counter[str]()
    for month in sorted(set(months.values())):
        found = made(analyses, folder, month)
        links |= touching(found.links, month, months)
        together |= touching(found.together, month, of_claims)
        standing.update(found.incidents)
    return {
        "dispatches": len(analyses),
        "months": len(set(months.values())),
        "incidents": len(whole.incidents),
        "incidents_with_their_id": share(len(whole.incidents & standing.keys()), len(whole.incidents)),
        "incidents_in_two_months": sum(n > 1 for n in standing.values()),
        **told("links", whole.links, links, months),
        **told("together", whole.together, together, of_claims),
    }


def told(name: str, wanted: set[Pair], had: set[Pair], months: dict[str, str]) -> dict[str, float]:
    """How many there are and are lost, and of those across a border of months."""
    over = {(a, b) for a, b in wanted if months[a] != months[b]}
    return {
        name: len(wanted),
        f"{name}_kept": share(len(wanted & had), len(wanted)),
        f"{name}_across": len(over),
        f"{name}_across_kept": share(len(over & had), len(over)),
        f"{name}_new": len(had - wanted),
    }


def share(some: int, of: int) -> float:
    """A share; 1 of none."""
    return round(some / of, 4) if of else 1.0


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("coded", type=Path, nargs="+")
    asked = parser.parse_args()
    dated = [a for a in coded(asked.coded).values() if day_of(a.dispatch.published)]
    with TemporaryDirectory() as folder:
        sys.stdout.write(json.dumps(measure(dated, Path(folder))) + "\n")


if __name__ == "__main__":
    main()
