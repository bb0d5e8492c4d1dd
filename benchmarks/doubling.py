"""How the time of the whole line grows where a text says the same again and again: from bytes to claims.

    python benchmarks/doubling.py [--patterns 60] [--length 8000] [--seed 7]

Each pattern is a word, a phrase or a sentence, or some of them in a row, repeated to a length and to twice that length.
Told is the processor time of both and its growth, of three tries the least where it seems too much. Exit code 1 where
a growth is over 2.3.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import time

from reportedly import collector
from reportedly.config import Config
from reportedly.ingest import ReadOptions
from reportedly.ingest.registry import read_source
from reportedly.ingest.source import InputSource
from reportedly.model import Dispatch
from reportedly.pipeline import read_dispatches

MOST = 2.3
PIECES = (
    "killed ", "he said that ", "He said “", "“We will go,” ", "said ", "New York ", "Gulu, Uganda, ", "the army ",
    "(", "( a ) ", ", ", "; ", ". ", "- ", "\n", "\n\n", "on Monday ", "12 people ", "and ", "Mary Okello ", "of the ",
    "not ", "who ", "it ", "rebels' ", "'a ", "NATO (NATO) ", "GOMA, May 17 (Sample) - ", "1,200 ", "between 3 and 5 ",
    "Gunmen killed two guards in Goma on Friday, police said. ", "The army denied it. ", "They fled. ",
    "“We saw them,” Mary Okello, a doctor in Gulu, said on Monday. ", "The attack came after talks failed. ",
    "A bomb that rebels laid wounded 12 people. ", "It was not clear who fired. ",
    "Talks between Chad and Sudan began. ",
)  # fmt: skip


def patterns(number: int, seed: int) -> list[str]:
    """The pieces by themselves, then some of them in a row."""
    chance = random.Random(seed)
    rows = ("".join(chance.sample(PIECES, chance.randint(2, 3))) for _ in range(number))
    return [*PIECES, *rows][:number]


def seconds(text: str) -> float:
    """The processor time of one text through the line."""
    begin = time.process_time()
    source = InputSource("a.txt", io.BytesIO(text.encode()), ReadOptions())
    dispatches = [item for item in read_source(source) if isinstance(item, Dispatch)]
    for _ in read_dispatches(dispatches, Config(max_seconds=0)):
        pass
    return time.process_time() - begin


def growth(pattern: str, length: int) -> tuple[float, float, float]:
    """The time for a length, for twice that length, and the one over the other."""
    texts = [(pattern * (size // len(pattern) + 1))[:size] for size in (length, 2 * length)]
    once, twice = (seconds(text) for text in texts)
    for _ in range(2):
        if twice > MOST * once:
            once, twice = min(once, seconds(texts[0])), min(twice, seconds(texts[1]))
    return once, twice, twice / once


def main() -> int:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, number in {"patterns": 60, "length": 8_000, "seed": 7}.items():
        parser.add_argument(f"--{name}", type=int, default=number)
    asked = parser.parse_args()
    seconds("Police said two men died in Gulu on Monday. " * 20)
    collector.relax()  # as the command does
    collector.keep()
    print(f"{asked.length:,} and {2 * asked.length:,} characters, seed {asked.seed}")
    steep = 0
    for pattern in patterns(asked.patterns, asked.seed):
        once, twice, times = growth(pattern, asked.length)
        steep += times > MOST
        print(f"{once:7.2f} s {twice:7.2f} s {times:5.2f} {'TOO MUCH ' * (times > MOST)}{pattern!r}", flush=True)
    print(f"{steep} over {MOST}")
    return 1 if steep else 0


if __name__ == "__main__":
    sys.exit(main())
