"""How many links of some dispatches are found when many others stand beside them.

    reportedly code FEW... --output few.jsonl; reportedly code MANY... --output many.jsonl
    python benchmarks/links_kept.py --few few.jsonl --many many.jsonl [--times 10]

A link is a pair of dispatches with claims alike enough: incidents are made of these. All pairs of ``few`` that share
two of their heaviest words, or where and when something happened, are compared here; told is the share of their links
that a ledger of ``few`` and ``many`` finds, and how many pairs it compares a dispatch. With ``--times`` all of ``many``
stands in the ledger so many times, each time as many years later: an archive that grows in time and not in density.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import numpy as np
from msgspec.structs import replace

from reportedly.cli.coded import read_coded
from reportedly.cli.report import RunReport
from reportedly.days import day_of
from reportedly.incidents import compared, units
from reportedly.incidents.likeness import ENOUGH, MICRO
from reportedly.incidents.told import UNITS, Prepared
from reportedly.knowledge.load import SHIPPED
from reportedly.ledger import Ledger, open_ledger
from reportedly.ledger.refresh import wording_of
from reportedly.ledger.shelf import ToldShelf
from reportedly.model import Analysis

Pair = tuple[int, int]
LATER = timedelta(days=40 * 365)


def coded(paths: Sequence[Path]) -> dict[str, Analysis]:
    """What was coded, by id."""
    with RunReport(None, quiet=True, verb="coded", paths=[str(p) for p in paths]) as report:
        return {a.dispatch.id: a for a in read_coded([str(p) for p in paths], report)}


def repeated(analyses: Sequence[Analysis], times: int) -> Iterator[Analysis]:
    """These, and again later under other ids."""
    yield from analyses
    for n in range(1, times):
        yield from (_later(a, n) for a in analyses)


def _later(analysis: Analysis, times: int) -> Analysis:
    def shifted(day: str | None) -> str | None:
        known = day_of(day)
        return (known + LATER * times).isoformat() if known and known < date.max - LATER * times else day

    claims = tuple(
        replace(c, id=f"{c.id}-{times}", begin=shifted(c.begin), end_date=shifted(c.end_date)) for c in analysis.claims
    )
    d = analysis.dispatch
    return replace(analysis, dispatch=replace(d, id=f"{d.id}-{times}", published=shifted(d.published)), claims=claims)


def true_links(found: Sequence[Prepared]) -> set[Pair]:
    """The links of these, each looked for among all that share enough with it."""
    words: dict[Pair, set[int]] = defaultdict(set)
    met: set[Pair] = set()
    index: dict[tuple[int, bool], list[int]] = defaultdict(list)
    for n, one in enumerate(found):
        for mark in one.marks:
            if mark.meets or not mark.number & ((1 << units.WINDOW_BITS) - 1):
                index[mark.number, mark.meets].append(n)
    for (number, meets), held in index.items():
        for pair in combinations(held, 2):
            if meets:
                met.add(pair)
            else:
                words[pair].add(number)
    pairs = sorted(met | {pair for pair, shared in words.items() if len(shared) >= units.SHARED})
    a, b = np.array(pairs, np.int64).reshape(-1, 2).T
    told = [one.outline for one in found]
    alike = compared.worth_comparing(told, a, b, np.array([pair in met for pair in pairs], np.bool_))
    edges = compared.edges(told, np.zeros(0, np.int64), alike, SHIPPED)
    high = edges.score >= ENOUGH * MICRO
    return {_pair(x // UNITS, y // UNITS) for x, y in zip(edges.a[high].tolist(), edges.b[high].tolist(), strict=True)}


def _pair(a: int, b: int) -> Pair:
    return min(a, b), max(a, b)


def found_links(con: duckdb.DuckDBPyConnection) -> set[Pair]:
    """The links that the ledger has found."""
    sql = "SELECT DISTINCT a >> 20, b >> 20 FROM edge WHERE score >= ? AND (a >> 20) <> (b >> 20)"
    return {_pair(a, b) for a, b in con.execute(sql, [round(ENOUGH * MICRO)]).fetchall()}


def measure(held: Ledger, few: Sequence[str]) -> dict[str, float]:
    """What the module says of a ledger."""
    with held.turn(write=False) as con:
        seqs = dict(con.execute("SELECT id, seq FROM received WHERE NOT withdrawn").fetchall())
        mine = sorted(seqs[key] for key in few if key in seqs)
        links = true_links(ToldShelf(wording_of(con), SHIPPED).prepare(con, mine))
        compared_pairs = con.execute("SELECT count(*) FROM alike").fetchall()[0][0]
        kept = links & found_links(con)
    return {
        "few": len(mine),
        "all": len(seqs),
        "links": len(links),
        "kept": round(len(kept) / max(1, len(links)), 4),
        "compared_each": round(compared_pairs / max(1, len(seqs)), 1),
    }


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--few", type=Path, nargs="+", required=True)
    parser.add_argument("--many", type=Path, nargs="+", required=True)
    parser.add_argument("--times", type=int, default=1)
    asked = parser.parse_args()
    few, many = coded(asked.few), coded(asked.many)
    others = [a for a in many.values() if a.dispatch.id not in few]
    with TemporaryDirectory() as folder, open_ledger(Path(folder) / "all.ledger") as held:
        held.add([*few.values(), *repeated(others, asked.times)])
        sys.stdout.write(json.dumps(measure(held, list(few))) + "\n")


if __name__ == "__main__":
    main()
