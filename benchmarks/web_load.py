"""The reading room under readers: the time of each kind of page, then many readers at once.

    python benchmarks/web_load.py LEDGER [--readers 50] [--seconds 60] [--each 30]

Starts `reportedly serve` on the ledger (`ledger_scale.py --output DIR` makes large ones), asks for pages of every kind
at random, no address twice, so that each is made anew, one at a time; then lets readers ask for these pages at once,
each as soon as it has its answer. A line of JSON goes to standard output: medians and 95th percentiles in milliseconds
as the reader waits, processor milliseconds of the server for each page (Linux), bytes of the first page, errors.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from urllib.parse import quote, urlencode

import httpx

# Lists with their counts, bars and map: unfiltered, in each order, under each filter and under several.
LISTS = (
    "/?", "/?sort=new", "/?sort=voices", "/?sort=toll", "/?sort=contested", "/?type=ASSAULT", "/?standing=contested",
    "/?country=AGO", "/?words=shelled", "/?words=shelled+council+RSF", "/?bbox=10,10,40,40",
    "/?since=2024-06&until=2024-08", "/?source=ministry", "/?actor=council", "/?kind=organization", "/?new=15000",
    "/?offset=1000", "/?type=ASSAULT&words=shelled&since=2024-06&sort=voices", "/claims?", "/claims?words=collapsed",
    "/claims?type=HAZARD&since=2024-06-01", "/sources?", "/sources?kind=organization", "/dispatches?",
    "/dispatches?since=2025-01-01", "/judge?", "/judge?type=ASSAULT", "/changes.atom?",
)  # fmt: skip
# Each list is asked for with so many different numbers of records.
LIMITS = range(21, 26)


@contextmanager
def served(ledger: Path) -> Iterator[tuple[str, int]]:
    """The address and process of a reading room on the ledger."""
    command = [sys.executable, "-m", "reportedly", "serve", "--ledger", str(ledger), "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        found = re.search(r"http://\S+?(?=/ )", process.stderr.readline())
        if found is None:
            sys.exit("the reading room did not start")
        yield found[0], process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


def pages(base: str, random: Random, each: int) -> dict[str, list[str]]:
    """Addresses of every kind of page, records taken at random from all over the ledger."""
    found: dict[str, list[str]] = {
        name: [f"{name}{'' if name.endswith('?') else '&'}limit={limit}" for limit in LIMITS] for name in LISTS
    }
    with httpx.Client(base_url=base, timeout=60) as client:
        for kind in ("incidents", "dispatches", "claims", "sources"):
            total = client.get(f"/api/{kind}?limit=1").json()["total"]
            ids = []
            for _ in range(each):
                query = urlencode({"limit": 1, "offset": random.randrange(max(1, total))})
                record = client.get(f"/api/{kind}?{query}").json()["records"][0]
                ids.append(record["name"] if kind == "sources" else record.get("id") or record["claim"]["id"])
            where = "/api/claims" if kind == "claims" else f"/{kind}"
            found[kind] = [f"{where}/{quote(i, safe='')}" for i in dict.fromkeys(ids)]
    return found


def processor(pid: int) -> float:
    """Milliseconds of processor that a process has used; nought where the system does not tell."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return 0.0
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def alone(base: str, pid: int, found: dict[str, list[str]]) -> dict[str, dict[str, float]]:
    """Milliseconds of each kind of page, one reader at a time."""
    out = {}
    with httpx.Client(base_url=base, timeout=60) as client:
        for kind, paths in found.items():
            used = processor(pid)
            taken = [_timed(client, path) for path in paths]
            out[kind] = _summary(taken) | {"processor": round((processor(pid) - used) / len(paths), 1)}
    return out


def _timed(client: httpx.Client, path: str) -> float:
    start = time.perf_counter()
    client.get(path).raise_for_status()
    return (time.perf_counter() - start) * 1000


def _summary(taken: list[float]) -> dict[str, float]:
    ordered = sorted(taken)
    return {
        "n": len(ordered),
        "median": round(statistics.median(ordered), 1),
        "p95": round(ordered[int(len(ordered) * 0.95) - 1], 1),
    }


async def together(base: str, paths: list[str], readers: int, seconds: float) -> dict[str, object]:
    """Many readers at once, each asking for the next page as soon as it has one."""
    taken: list[float] = []
    errors: list[str] = []
    end = time.monotonic() + seconds

    async def read(n: int) -> None:
        random = Random(n)
        async with httpx.AsyncClient(base_url=base, timeout=60) as client:
            while time.monotonic() < end:
                start = time.perf_counter()
                path = random.choice(paths)
                try:
                    (await client.get(path)).raise_for_status()
                except httpx.HTTPError as problem:
                    errors.append(f"{path}: {type(problem).__name__} {problem}")
                taken.append((time.perf_counter() - start) * 1000)

    await asyncio.gather(*(read(n) for n in range(readers)))
    return {"readers": readers, "seconds": seconds, **_summary(taken), "errors": len(errors), "first": errors[:3]}


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--each", type=int, default=30)
    given = parser.parse_args()
    with served(given.ledger) as (base, pid):
        found = pages(base, Random(1), given.each)
        first = httpx.get(f"{base}/?limit=25", headers={"accept-encoding": "identity"}, timeout=60)
        report: dict[str, object] = {"ledger": given.ledger.name, "first_page_bytes": len(first.content)}
        report["alone_ms"] = taken = alone(base, pid, found)
        report["slowest_median_ms"] = max((kind["median"], name) for name, kind in taken.items())
        paths = [path for kind in found.values() for path in kind]
        report["together"] = asyncio.run(together(base, paths, given.readers, given.seconds))
    print(json.dumps(report))


if __name__ == "__main__":
    main()
