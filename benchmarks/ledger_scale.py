"""How the ledger grows: load, full merge, adding 1,000 dispatches, lists, memory and size at several numbers of claims.

    python benchmarks/ledger_scale.py [--claims 10000 100000 1000000] [--output DIR] [--claims-each N] [--days N]

Dispatches and claims are made here, in words of our own: readings as the pipeline would give them, of happenings that
several dispatches tell, in towns and by parties of which few are named often and many seldom (a Zipf law); some tell
nothing of when and where. As in real news a dispatch has two claims, one in seven repeats an earlier one of these days
nearly word for word, one in twenty tells of the great story of its fortnight, and the ledger grows in time: so many
dispatches a day, whatever its size. ``--claims-each 5 --days 730`` makes a denser world: five claims a dispatch, all of
them within two years.

A line of JSON a size goes to standard output, and at the end one with the exponents by which load and merge grow from
each size to the next. Processor seconds are those of this process and its threads; what is compared with the full merge
is adding 1,000 later dispatches to the ledger, everything that follows from them included.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import resource
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from reportedly.ids import content_id
from reportedly.knowledge.load import SHIPPED
from reportedly.ledger import Ledger, open_ledger
from reportedly.model import (
    Analysis,
    Claim,
    Dispatch,
    Evidence,
    Figure,
    Party,
    Place,
    Source,
    Trigger,
    Versions,
)  # fmt: skip

ADDED = 1_000
# Of ten dispatches four tell of a happening first.
NEW = (2, 5)
# How often a dispatch repeats an earlier one, and tells of the great story of its fortnight.
COPIED, GREAT = 0.15, 0.05
FORTNIGHT = 14
FIRST = date(2024, 1, 1)
VERSIONS = Versions("0", "0", "made", "0", "0")
SYLLABLES = re.findall("..", "bacedifoguhakilomunaperisotavuwaxiyozebrclodrafrigleklapostetri")
DEEDS = (
    ("ASSAULT", "killed", "killed"), ("ASSAULT", "shelled", None), ("ASSAULT", "wounded", "injured"),
    ("COERCE", "detained", "arrested"), ("PROTEST", "marched", None), ("HAZARD", "flooded", "displaced"),
    ("HAZARD", "collapsed", "killed"), ("AGREE", "agreed", None), ("ACCUSE", "accused", None),
    ("REJECT", "denied", None),
)  # fmt: skip
COUNTRIES = tuple(row["iso3"] for row in SHIPPED.rows("countries"))
LISTS: tuple[tuple[str, dict[str, object]], ...] = (
    ("incidents", {"type": "ASSAULT"}),
    ("incidents", {"standing": "contested", "country": COUNTRIES[3]}),
    ("incidents", {"words": "shelled council"}),
    ("incidents", {"bbox": "10,10,30,30", "since": "2024-06-01", "until": "2024-09-30"}),
    ("incidents", {"source": "ministry"}),
    ("claims", {"type": "HAZARD", "since": "2024-06-01"}),
    ("claims", {"words": "collapsed"}),
    ("sources", {"kind": "organization"}),
    ("dispatches", {"since": "2025-01-01"}),
)


def word(n: int) -> str:
    """The n-th invented word."""
    parts = []
    n += len(SYLLABLES)
    while n:
        n, rest = divmod(n, len(SYLLABLES))
        parts.append(SYLLABLES[rest])
    return "".join(parts)


class World:
    """Towns, parties and sources, few of them named often, and what happens among them."""

    def __init__(self, claims_each: int, per_day: float) -> None:
        self.claims_each = claims_each
        self.per_day = per_day
        self.towns = [word(n).title() for n in range(4_000)]
        self.parties = [f"{word(n + 5_000).title()} {kind}" for n in range(800) for kind in ("Front", "Council")]
        self.sources = [
            f"{word(n + 9_000).title()} {kind}" for n in range(800) for kind in ("ministry", "police", "governor")
        ]

    def skewed(self, items: list[str], chance: Random) -> str:
        """One of the items, the first ones most often."""
        return items[min(int(chance.paretovariate(0.6)) - 1, 10**9) % len(items)]

    def day(self, dispatch: int) -> int:
        """On which day the n-th dispatch is published."""
        return int(dispatch / self.per_day)

    def great(self, day: int) -> int:
        """The happening that is the great story of a day's fortnight."""
        first = day // FORTNIGHT * FORTNIGHT
        return int(first * self.per_day) * NEW[0] // NEW[1]

    def happening(self, n: int) -> dict[str, Any]:
        """What happened, the same for every dispatch that tells it."""
        chance = Random(f"happening {n}")
        town = self.skewed(self.towns, chance)
        place = Random(town)
        return {
            "day": self.day(n * NEW[1] // NEW[0]),
            "town": town,
            "country": COUNTRIES[place.randrange(60)],
            "point": (round(place.uniform(-60, 60), 4), round(place.uniform(-170, 170), 4)),
            "actor": self.skewed(self.parties, chance),
            "recipient": self.skewed(self.parties, chance),
            "deeds": [chance.randrange(len(DEEDS)) for _ in range(3)],
            "number": 1 + int(chance.paretovariate(1.1)),
            "topic": [word(20_000 + int(chance.paretovariate(0.35)) % 30_000) for _ in range(25)],
        }


def dispatches(world: World, first: int, number: int) -> Iterator[Analysis]:
    """Readings in the order of their days; the n-th is always the same in one world."""
    told = 0
    while told < number:
        n = first + told
        yield reading(world, n)
        told += 1


def reading(world: World, n: int) -> Analysis:
    """The n-th dispatch: about the happening of its turn, one told by several, or a great one; or a copy of another."""
    chance = Random(f"dispatch {n}")
    day = world.day(n)
    copied = n - chance.randrange(1, 1 + int(world.per_day)) if chance.random() < COPIED else n
    told = Random(f"telling {max(0, copied)}")
    happened = max(0, copied * NEW[0] // NEW[1] - int(told.paretovariate(0.9)))
    if told.random() < GREAT:
        happened = world.great(day)
    published = FIRST + timedelta(days=day)
    story = Story(f"w{n:07}", world, world.happening(happened), told)
    for _ in range(world.claims_each):
        story.tell()
    text = story.text()
    dispatch = Dispatch(
        id=story.id,
        text=text,
        published=published.isoformat(),
        agency=f"Agency {chance.randrange(30)}",
        title=text[:60],
    )
    return Analysis(dispatch, (), (), (), (), (), tuple(story.claims), (), VERSIONS)


class Story:
    """A dispatch as it is written, sentence by sentence."""

    def __init__(self, id: str, world: World, about: dict[str, Any], chance: Random) -> None:  # noqa: A002
        self.id = id
        self._world, self._about, self._chance = world, about, chance
        self._parts: list[str] = []
        self._length = 0
        self.claims: list[Claim] = []

    def text(self) -> str:
        """All of it."""
        return "".join(self._parts)

    def _write(self, words: str) -> int:
        start = self._length
        self._parts.append(words)
        self._length += len(words)
        return start

    def tell(self) -> None:
        """One claim in a sentence, and some words around it."""
        about, chance = self._about, self._chance
        aside = chance.random() < 0.25
        kind, deed, role = DEEDS[chance.randrange(len(DEEDS)) if aside else about["deeds"][len(self.claims) % 3]]
        source = self._world.skewed(self._world.sources, chance)
        start = self._write(f"The {about['actor']} in {about['town']} ")
        trigger = self._write(deed)
        end = self._write(f" {about['number']} of {about['recipient']}")
        self._write(f", the {source} said, {' '.join(chance.sample(about['topic'], 8))}. ")
        day = (FIRST + timedelta(days=about["day"])).isoformat() if chance.random() < 0.6 else None
        self.claims.append(self._claim(kind, deed, role, source, (start, trigger, end), day, aside=aside))

    def _claim(
        self,
        kind: str,
        deed: str,
        role: str | None,
        source: str,
        at: tuple[int, int, int],
        day: str | None,
        *,
        aside: bool,
    ) -> Claim:
        about = self._about
        start, trigger, end = at
        lat, lon = about["point"]
        number = about["number"] + (self._chance.random() < 0.2)
        figure = Figure(role, number, number, approx=False, text=str(number), start=end, end=end + 1) if role else None  # type: ignore[arg-type]
        placed = self._chance.random() < 0.7
        name = about["town"]
        return Claim(
            id=content_id("c", self.id, trigger, source),
            trigger=Trigger(trigger, end, deed),
            evidence=Evidence(start, end),
            type=kind,  # type: ignore[arg-type]
            mode=None, cameo=None,
            factuality="CT-" if self._chance.random() < 0.05 else "CT+",
            modality=None,
            source=Source(source, "organization", 0, 1) if self._chance.random() < 0.7 else None,
            statement=None, chain=(), channel=None, to=None, said=None,
            actors=(Party(about["actor"], None, None, "organization", 0, 1),),
            recipients=(Party(about["recipient"], None, None, "group", 0, 1),),
            place=Place(0, 1, name, name, "city", about["country"], None, lat, lon) if placed else None,
            origin=None, begin=day, end_date=day, means=(),
            figures=(figure,) if figure else (),
            incident=f"i{len(self.claims)}" if aside else "i0",
        )  # fmt: skip


class Watch:
    """Seconds on the clock and of the processor."""

    def __init__(self) -> None:
        self._begun = time.perf_counter(), time.process_time()

    def read(self) -> dict[str, float]:
        """Since it was made."""
        clock, cpu = time.perf_counter() - self._begun[0], time.process_time() - self._begun[1]
        return {"seconds": round(clock, 2), "cpu": round(cpu, 2)}


def measure(claims: int, world: World, folder: Path) -> dict[str, Any]:
    """One size: everything the module says."""
    number = claims // world.claims_each
    path = folder / f"scale-{claims}.duckdb"
    with open_ledger(path) as news:
        watch = Watch()
        for start in range(0, number, 10_000):
            news.keep(dispatches(world, start, min(10_000, number - start)))
        out: dict[str, Any] = {"claims": claims, "dispatches": number, "load": watch.read()}
        watch = Watch()
        news.refresh()
        out["merge"] = watch.read()
        later = list(dispatches(world, number, ADDED))
        watch = Watch()
        news.add(later)
        out["add_1000"] = watch.read()
        out["add_share_of_full"] = round(out["add_1000"]["cpu"] / (out["load"]["cpu"] + out["merge"]["cpu"]), 4)
        out["incidents"] = news.count("incidents")
        with news.turn(write=False) as con:
            (out["compared_each"],) = con.execute(_COMPARED_EACH).fetchall()[0]
        out["lists_ms"] = {f"{what} {filters}": _list(news, what, filters) for what, filters in LISTS}
    out["file_mb"] = round(path.stat().st_size / 1e6)
    out["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return out


_COMPARED_EACH = "SELECT round((SELECT count(*) FROM alike) / count(*), 1) FROM covered"


def exponents(smaller: dict[str, Any], larger: dict[str, Any]) -> dict[str, Any]:
    """By which power of the number of claims load and merge grow."""
    size = math.log(larger["claims"] / smaller["claims"])
    grown = {what: math.log(larger[what]["cpu"] / smaller[what]["cpu"]) / size for what in ("load", "merge")}
    return {"from": smaller["claims"], "to": larger["claims"], **{what: round(x, 2) for what, x in grown.items()}}


def _list(news: Ledger, what: Any, filters: dict[str, object]) -> float:  # noqa: ANN401
    """Milliseconds for a page of fifty, the best of five."""
    taken = []
    for _ in range(5):
        begun = time.perf_counter()
        getattr(news, what)(limit=50, **filters)
        taken.append(time.perf_counter() - begun)
    return round(min(taken) * 1000, 1)


def main() -> None:
    """Measure the sizes that are asked for, smallest first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--claims-each", type=int, default=2)
    parser.add_argument("--per-day", type=float, default=300)
    parser.add_argument("--days", type=int, help="All of a size within so many days, instead of so many a day.")
    parser.add_argument("--output", type=Path, help="Keep the ledgers in this folder.")
    asked = parser.parse_args()
    made: list[dict[str, Any]] = []
    with TemporaryDirectory() as temporary:
        for claims in sorted(asked.claims):
            folder = asked.output or Path(temporary)
            folder.mkdir(parents=True, exist_ok=True)
            per_day = claims / asked.claims_each / asked.days if asked.days else asked.per_day
            made.append(measure(claims, World(asked.claims_each, per_day), folder))
            sys.stdout.write(json.dumps(made[-1]) + "\n")
            sys.stdout.flush()
    for pair in pairwise(made):
        sys.stdout.write(json.dumps(exponents(*pair)) + "\n")


if __name__ == "__main__":
    main()
