"""An hour of feeds on a bad day: items come, hosts fail in every way, the program is stopped and started again."""

from __future__ import annotations

import random
import threading
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
from newsroom import Newsroom, Reply, TurnedClock, page, rss

from reportedly.ingest.options import ReadOptions
from reportedly.ledger import open_ledger
from reportedly.model import Analysis, Dispatch, Versions
from reportedly.watch.plan import Feed, Manners, WatchPlan
from reportedly.watch.rounds import Watcher

HOUR = 3_600.0
MADE_BY = Versions("0.1.0", "3.8", "model 1", "abc", "def")
TOWNS = ("Goma", "Bukavu", "Kalemie", "Uvira", "Beni", "Butembo", "Bunia", "Kindu")


class Told(msgspec.Struct, frozen=True):
    """How the hour went: items that came, dispatches kept, versions of them, requests, rounds, memory along the way."""

    items: int
    kept: int
    versions: int
    lost: int
    requests: int
    rounds: int
    faults: int
    stops: int
    memory: tuple[int, ...]


class Day:
    """What the feeds of a newsroom show at each moment, and how they fail."""

    def __init__(self, room: Newsroom, clock: TurnedClock, feeds: int, items: int, seed: int) -> None:
        self.room, self.clock, self.chance = room, clock, random.Random(seed)
        self.begun, self.faults, self.failing = clock.time, 0, True
        self.due = {n: sorted(self.chance.uniform(0, HOUR) for _ in range(items // feeds)) for n in range(feeds)}
        for n in range(feeds):
            room.pages[f"/feed/{n}"] = self._feed(n)
            for item in range(len(self.due[n])):
                room.pages[f"/story/{n}-{item}"] = self._story(n, item)

    def ids(self) -> set[str]:
        return {f"127.0.0.1/{n}-{item}" for n, due in self.due.items() for item in range(len(due))}

    def _fault(self) -> Reply | None:
        if not self.failing or self.chance.random() > 0.2:
            return None
        self.faults += 1
        return self.chance.choice(
            (
                Reply(status=500),
                Reply(status=429, headers={"Retry-After": "120"}),
                Reply(status=302, headers={"Location": "http://elsewhere.example/"}),
                Reply(b"<rss><channel><item><guid>", drip=0.0),
                Reply(b"\x1f\x8b...", headers={"Content-Encoding": "gzip"}),
                Reply(b"z" * 40, drip=0.02),
                Reply(hang=0.25),
            )
        )

    def _feed(self, n: int) -> Callable[[dict[str, str]], Reply]:
        def answer(headers: dict[str, str]) -> Reply:
            if (fault := self._fault()) is not None:
                return fault
            passed = (self.clock.time - self.begun).total_seconds()
            there = [item for item, due in enumerate(self.due[n]) if due <= passed]
            etag = f'"{len(there)}"'
            if headers.get("If-None-Match") == etag:
                return Reply(status=304)
            told = [(f"{n}-{item}", f"Raid {item} on {TOWNS[n % len(TOWNS)]}", self._text(n, item)) for item in there]
            link = (lambda key: self.room.url(f"/story/{key}")) if n % 4 == 0 else None
            return Reply(rss(told[::-1], link=link, title=f"Wire {n}"), headers={"ETag": etag})

        return answer

    def _story(self, n: int, item: int) -> Callable[[dict[str, str]], Reply]:
        text = self._text(n, item)
        body = page(f"Raid {item}", [text, f"{text} The town of {TOWNS[n % len(TOWNS)]} lies at a lake.", text])
        return lambda _: self._fault() or Reply(body)

    @staticmethod
    def _text(n: int, item: int) -> str:
        return (
            f"Gunmen attacked a village near {TOWNS[n % len(TOWNS)]} and killed {item + 2} people, the police of the "
            f"district said on Monday in their report number {n * 1000 + item}."
        )


def simulate(
    folder: Path, *, feeds: int, items: int, every: float, seed: int = 1, stop_every: int = 7, weighed: bool = False
) -> Told:
    """Follow the feeds for an hour, and then until nothing is left of what came in it; ``weighed`` tells of memory."""
    clock, stop = TurnedClock(), threading.Event()
    manners = Manners(delay=0.01, timeout=0.15, patience=0.4, private=True)
    memory: list[int] = []
    rounds = stops = 0
    if weighed:
        tracemalloc.start()
    with Newsroom() as room, open_ledger(folder / "news.duckdb") as book:
        day = Day(room, clock, feeds, items, seed)
        host = frozenset({f"127.0.0.1:{room.port}"})
        plan = WatchPlan(
            tuple(Feed("feed", room.url(f"/feed/{n}"), host) for n in range(feeds)), every=every, manners=manners
        )

        def code(dispatches: Iterable[Dispatch]) -> Iterator[Analysis]:
            for dispatch in dispatches:
                yield Analysis(dispatch, (), (), (), (), (), (), (), MADE_BY)
            if day.failing and day.chance.random() < 1 / stop_every:
                raise KeyboardInterrupt

        def started() -> Watcher:
            return Watcher(
                plan, book, code, clock=clock, stop=stop, tell=lambda _: None, options=ReadOptions()
            )  # fmt: skip

        watcher = started()
        end = clock.time + timedelta(seconds=HOUR)
        while day.failing or rounds < 400:
            rounds += 1
            try:
                done = watcher.round()
            except KeyboardInterrupt:
                stops += 1
                watcher.close()
                watcher = started()
            else:
                if not day.failing and not (done.kept or done.pending or done.waiting or done.failed):
                    break
            clock.sleep(every)
            day.failing = day.failing and clock.time < end
            if weighed:
                memory.append(tracemalloc.get_traced_memory()[0])
        watcher.close()
        held = {d.id for d in book.dispatches()}
        told = Told(
            items=len(day.ids()),
            kept=len(held),
            versions=book.count("dispatches", versions=True),
            lost=len(day.ids() - held),
            requests=sum(room.asked.values()),
            rounds=rounds,
            faults=day.faults,
            stops=stops,
            memory=tuple(memory),
        )
    if weighed:
        tracemalloc.stop()
    return told
