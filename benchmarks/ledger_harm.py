"""Kills, Ctrl-C, SIGTERM and full disks at random moments of adding texts; each rerun ends with the undisturbed ledger.

    python benchmarks/ledger_harm.py [--dispatches 1000] [--kills 50] [--interrupts 10] [--terms 10] [--disks 5]
        [--targets jsonl,csv]

The writer is `reportedly add` on a file of plain texts made here in words of our own, in a process that is forked with
everything loaded, and stopped at a random moment of the time that one undisturbed run takes, or on a disk with room for
a part of the ledger; two of five reach it through a symbolic link, and the rerun by its own name. After each the ledger
has to open and to hold whole dispatches only, as the undisturbed ledger holds them. Then the same file is added again,
`check` has to find nothing, and every export has to be that of the undisturbed ledger, byte for byte. Exit code 1 where
it is not.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import msgspec

import reportedly.cli.ledger  # noqa: F401  what a forked command needs is loaded before
from reportedly.cli import main as command
from reportedly.export.registry import export, targets
from reportedly.ledger import laws, open_ledger
from reportedly.model import Dispatch
from reportedly.pipeline import read_dispatches

# The database looks for it, where it is installed, each time a command begins.
if find_spec("pandas"):
    import_module("pandas")

R = TypeVar("R")
FORK = multiprocessing.get_context("fork")

FIRST = date(2024, 3, 1)
TOWNS = ("Gulu", "Osh", "Aden", "Gao", "Homs", "Kirkuk", "Mopti", "Quetta", "Sliven", "Tartu", "Wau", "Zinder")
VOICES = ("police", "the governor", "a hospital doctor", "the army", "a rebel spokesman", "the Red Cross", "witnesses")
DEEDS = (
    "a bomb killed {n} people at a market in {town} on {day}",
    "gunmen attacked a checkpoint near {town} on {day}, killing {n} soldiers",
    "shelling wounded {n} villagers outside {town} on {day}",
    "officers arrested {n} protesters in {town} on {day}",
    "floods drove {n} families from their homes in {town} on {day}",
)
ASIDES = (
    "The government denied it.",
    "Residents said the road to the airport was closed.",
    "The opposition accused the army of firing at civilians.",
    "Talks between the two sides are planned for next week.",
)


def texts(number: int, seed: int) -> Iterator[dict[str, str]]:
    """Short dispatches; several tell the same, with another voice or another number."""
    for n in range(number):
        happening = random.Random(f"{seed} {n // 3}")
        chance = random.Random(f"{seed} {n} told")
        day = FIRST + timedelta(days=n // 10)
        deed = happening.choice(DEEDS)
        facts = {"n": str(happening.randint(2, 60) + chance.randint(0, 2)), "town": happening.choice(TOWNS)}
        told = deed.format(day=f"{day:%A}", **facts)
        voice = chance.choice(VOICES)
        text = f"{voice[0].upper()}{voice[1:]} said {told}. {chance.choice(ASIDES)}"
        yield {"id": f"k{n:05}", "published": day.isoformat(), "text": text}


def load_all(path: Path, seed: int, wanted: Sequence[str]) -> None:
    """Add and export a little in this process, so that what is forked from it has everything loaded."""
    with open_ledger(path) as news:
        news.add(read_dispatches(Dispatch(**text) for text in texts(6, seed)))
    exports(path, path.with_name("first"), wanted)
    faults(path)


def program(words: list[str], said: Path, room: int | None = None) -> BaseProcess:
    """The command in a process that is forked from this one, which has everything loaded; its words go to a file."""
    worker = FORK.Process(target=_command, args=(words, said, room))
    worker.start()
    return worker


def _command(words: list[str], said: Path, room: int | None) -> None:
    with said.open("wb") as heard:
        os.dup2(heard.fileno(), sys.stderr.fileno())
    if room is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    sys.argv = ["reportedly", *words]
    command()


def add(path: Path, texts: Path, jobs: int) -> list[str]:
    """The command that people give."""
    return ["add", str(texts), "--ledger", str(path), "--jobs", str(jobs), "--quiet"]


def apart(work: Callable[..., R], *given: object) -> R:
    """What some work gives, done in a process that is forked: this one never opens a ledger."""
    with ProcessPoolExecutor(1, FORK) as pool:
        return pool.submit(work, *given).result()


def exports(path: Path, folder: Path, wanted: Sequence[str]) -> dict[str, str]:
    """The digests of every file of these exports of a ledger."""
    out: dict[str, str] = {}
    with open_ledger(path, read_only=True) as news:
        for target in wanted:
            made = folder / target
            made.mkdir(parents=True)
            export(news, target, str(made / "out"))
            out |= {f"{target}/{f.name}": sha256(f.read_bytes()).hexdigest() for f in sorted(made.iterdir())}
    return out


def held(path: Path) -> dict[str, bytes]:
    """What a ledger holds of each dispatch; nothing where it was not made yet."""
    if not path.exists():
        return {}
    with open_ledger(path, read_only=True) as news:
        return {a.dispatch.id: msgspec.json.encode(a) for a in news.iter_analyses()}


def added(path: Path, texts: Path, jobs: int, said: Path) -> float:
    """Add in peace; the seconds that it takes."""
    begun = time.monotonic()
    worker = program(add(path, texts, jobs), said)
    worker.join()
    if worker.exitcode:
        sys.exit(f"NOT ADDED: {said.read_text()}")
    return time.monotonic() - begun


def disturb(words: list[str], harm: str, after: float, room: int, said: Path) -> int:
    """Start a writer and stop it, or give it a small disk; gives its exit code."""
    worker = program(words, said, room if harm == "disk" else None)
    if harm != "disk":
        time.sleep(after)
        if worker.is_alive() and worker.pid:
            os.kill(worker.pid, getattr(signal, harm))
    worker.join()
    words_said = said.read_text(errors="replace")
    if "E999" in words_said or "Traceback" in words_said:
        sys.exit(f"NOT IN WORDS: {words_said}")
    return worker.exitcode or 0


def faults(path: Path) -> list[object]:
    """What the laws of a ledger say against it."""
    return list(laws.check(path).faults)


def main() -> None:
    """Disturb, check, go on, compare; again and again."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, number in {
        "dispatches": 1_000, "kills": 50, "interrupts": 10, "terms": 10, "disks": 5, "seed": 7, "jobs": 1
    }.items():  # fmt: skip
        parser.add_argument(f"--{name}", type=int, default=number)
    parser.add_argument("--targets", default=",".join(targets()), help="the exports that are compared; all")
    asked = parser.parse_args()
    targeted = asked.targets.split(",")
    chance = random.Random(asked.seed)
    harms = {"SIGKILL": asked.kills, "SIGINT": asked.interrupts, "SIGTERM": asked.terms, "disk": asked.disks}
    with TemporaryDirectory() as name:
        folder = Path(name)
        news = folder / "news.jsonl"
        news.write_text("".join(json.dumps(t) + "\n" for t in texts(asked.dispatches, asked.seed)))
        load_all(folder / "first.duckdb", asked.seed, targeted)
        whole, said = folder / "whole.duckdb", folder / "said"
        within = min(added(path, news, asked.jobs, said) for path in (folder / "before.duckdb", whole))
        wanted, size = apart(held, whole), whole.stat().st_size
        expected = apart(exports, whole, folder / "whole", targeted)
        print(f"undisturbed: {within:.1f} s, {len(wanted)} dispatches, {len(expected)} files of exports", flush=True)
        for n, harm in enumerate(harm for harm, times in harms.items() for _ in range(times)):
            path, link = folder / f"harmed-{n}.duckdb", folder / f"link-{n}.duckdb"
            link.symlink_to(path)
            after, room = chance.uniform(0, within), int(size * chance.uniform(0.01, 0.9))
            code = disturb(add(link if n % 5 < 2 else path, news, asked.jobs), harm, after, room, said)
            found = apart(held, path)
            if any(wanted.get(key) != analysis for key, analysis in found.items()):
                sys.exit("A DISPATCH IS NOT WHOLE")
            added(path, news, asked.jobs, said)
            if broken := apart(faults, path):
                sys.exit(f"LAWS ARE BROKEN: {broken}")
            if apart(exports, path, folder / f"harmed-{n}", targeted) != expected:
                sys.exit("ANOTHER LEDGER")
            where = f"with {room:,} bytes of disk" if harm == "disk" else f"after {after:.1f} s"
            print(f"{n + 1}: {harm} {where} (exit {code}): {len(found)} whole dispatches", end="; ")
            print("rerun: lawful, the same exports", flush=True)
            path.unlink()


if __name__ == "__main__":
    main()
