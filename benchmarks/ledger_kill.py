"""Twenty kills (`kill -9`) at random moments of adding 1,000 texts; each rerun ends with the undisturbed ledger.

    python benchmarks/ledger_kill.py [--dispatches 1000] [--kills 20] [--seed 7] [--jobs 1]

The writer is `reportedly add` on a file of plain texts made here in words of our own, killed at a random moment of the
time that one undisturbed run takes. After every kill the ledger has to open and to hold whole dispatches only, each as
the undisturbed ledger holds it. Then the same file is added again, and every export there is has to be that of the
undisturbed ledger, byte for byte. Exit code 1 where it is not.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from reportedly.export.registry import export, targets
from reportedly.ledger import open_ledger

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


def add(path: Path, texts: Path, jobs: int) -> list[str]:
    """The command that people give."""
    program = [sys.executable, "-m", "reportedly"]
    return [*program, "add", str(texts), "--ledger", str(path), "--jobs", str(jobs), "--quiet"]


def exports(path: Path, folder: Path) -> dict[str, str]:
    """The digests of every file of every export of a ledger."""
    out: dict[str, str] = {}
    with open_ledger(path, read_only=True) as news:
        for target in targets():
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


def kill(command: list[str], after: float) -> bool:
    """Start a writer and kill it; gives whether it was still at work."""
    with subprocess.Popen(command) as worker:
        time.sleep(after)
        running = worker.poll() is None
        worker.send_signal(signal.SIGKILL)
    return running


def main() -> None:
    """Kill, check, go on, compare; again and again."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dispatches", type=int, default=1_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--jobs", type=int, default=1)
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    with TemporaryDirectory() as name:
        folder = Path(name)
        news = folder / "news.jsonl"
        news.write_text("".join(json.dumps(t) + "\n" for t in texts(asked.dispatches, asked.seed)))
        whole = folder / "whole.duckdb"
        begun = time.monotonic()
        subprocess.run(add(whole, news, asked.jobs), check=True)
        within = time.monotonic() - begun
        wanted, expected = held(whole), exports(whole, folder / "whole")
        print(f"undisturbed: {within:.1f} s, {len(wanted)} dispatches, {len(expected)} files of exports", flush=True)
        for n in range(1, asked.kills + 1):
            path = folder / f"killed-{n}.duckdb"
            after = chance.uniform(0, within)
            running = kill(add(path, news, asked.jobs), after)
            found = held(path)
            if any(wanted.get(key) != analysis for key, analysis in found.items()):
                sys.exit("A DISPATCH IS NOT WHOLE")
            subprocess.run(add(path, news, asked.jobs), check=True)
            if exports(path, folder / f"killed-{n}") != expected:
                sys.exit("ANOTHER LEDGER")
            state = "at work" if running else "done already"
            print(
                f"kill {n} after {after:.1f} s ({state}): {len(found)} whole dispatches held; rerun: the same exports"
            )
            sys.stdout.flush()
            path.unlink()


if __name__ == "__main__":
    main()
