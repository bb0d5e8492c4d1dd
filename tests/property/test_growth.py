"""The time for a text grows with its length, whatever it is made of: told from the ratio of two lengths.

A pattern that backtracks takes four times as long, or for ever, for a text twice as long.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from spacy.language import Language

import reportedly
from reportedly.config import Config
from reportedly.ingest.headers import annotate
from reportedly.ingest.markup import to_text
from reportedly.knowledge.load import SHIPPED
from reportedly.model import Dispatch
from reportedly.parse.parsed import from_spacy
from reportedly.pipeline import read_doc

LENGTH = 2000
# A text of that length is through in less, unless something is tried again and again.
LEAST_S = 0.005
# Twice the length may take so much more time: a little over twice, for whatever else the machine does.
MOST = 3.0
# Where time runs off altogether.
HOPELESS_S = 2.0


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every pattern that a module keeps by name."""
    for module in pkgutil.walk_packages(reportedly.__path__, "reportedly."):
        if module.name.endswith(("__main__", ".spark")):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                yield f"{module.name}.{name}", value


@cache
def code() -> str:
    """All of the code, to see what patterns are used for."""
    return "\n".join(path.read_text("utf-8") for path in sorted(Path(reportedly.__file__).parent.rglob("*.py")))


def use(name: str, pattern: re.Pattern[str]) -> Callable[[str], object]:
    """What is done with a pattern: where it is only matched, it never looks for a beginning.

    Who looks for one tries the first place as who only matches does.
    """
    bare = name.rpartition(".")[2]
    looks = re.search(rf"\b{bare}\s*\.\s*(?:search|finditer|findall|sub|subn|split)\b", code())
    return pattern.search if looks else pattern.match


FOUND = dict(patterns())
PIECES = [
    " ", "\n", "\t", " \n", "a", "A", "a ", "A. ", "1", "1 ", "1,", ".", ". ", ",", ", ", "'", '"', "(", "[", ")", "<",
    "<a ", "&", "-", " - ", "/", ":", "x: ", "_", "é", "date ", "\r\n", "March ", "5 March ", "said ", "[+1 ", "GOMA, ",
    "<!--", "(a", "[a] ", "a.", "1.1", "--", "\n\n", "…", "”", "T1", "<a '", '<a "', "x:\n y\n",
]  # fmt: skip
STARTS = ["", "GOMA", "march 5", "<!DOCTYPE a", "x:"]


class HopelessError(Exception):
    """The work takes far too long."""


def _hopeless(*_: object) -> None:
    raise HopelessError


def seconds(work: Callable[[str], object], text: str) -> float:
    """The processor time for a text."""
    before = signal.signal(signal.SIGVTALRM, _hopeless)
    signal.setitimer(signal.ITIMER_VIRTUAL, HOPELESS_S)
    begin = time.process_time()
    try:
        work(text)
    except HopelessError:
        return HOPELESS_S
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return time.process_time() - begin


def text_of(start: str, piece: str, length: int) -> str:
    """A piece again and again, and an end that fits nothing."""
    return start + piece * (length // len(piece)) + "\x00"


TEXTS = [(start, piece, text_of(start, piece, LENGTH)) for start in STARTS for piece in PIECES]


def slow(work: Callable[[str], object]) -> list[tuple[str, str]]:
    """The pieces for which a work is not through at once, to be looked at again."""
    found: list[tuple[str, str]] = []

    def sweep(_: str) -> None:
        for start, piece, text in TEXTS:
            begin = time.process_time()
            found.append((start, piece))
            work(text)
            if time.process_time() - begin < LEAST_S:
                found.pop()

    seconds(sweep, "")
    return found


def steep(work: Callable[[str], object], start: str, piece: str) -> str | None:
    """What is wrong with the time that ``work`` takes for a piece again and again, if anything is."""
    # Others on the machine only make it longer: the least of some tries counts.
    once = min(seconds(work, text_of(start, piece, LENGTH)) for _ in range(3))
    if once < LEAST_S:
        return None
    twice = min(seconds(work, text_of(start, piece, LENGTH * 2)) for _ in range(1 if once >= HOPELESS_S else 3))
    too_much = once >= HOPELESS_S or twice >= HOPELESS_S or twice > once * MOST
    return f"{start!r} and {piece!r} again and again: {once:.3f} s, then {twice:.3f} s" if too_much else None


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="a clock of the process is needed")
def test_growth_of_every_pattern() -> None:
    """Whatever a pattern is used for takes time in proportion to the text."""
    bad = {
        name: [w for s, p in slow(work) if (w := steep(work, s, p))]
        for name, work in ((name, use(name, pattern)) for name, pattern in FOUND.items())
    }
    assert {name: found for name, found in bad.items() if found} == {}
    assert len(FOUND) > 50


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="a clock of the process is needed")
def test_growth_of_markup() -> None:
    """Fragments of markup are read in one pass: open, closed and unseen elements, quotes that are never closed."""
    pieces = ["<a ", "<a>", "</b>", "<!--", "<svg>", "<p>", "<style>", '<a "', "<a '>", "&#9", "&amp;", "<![", "</"]
    assert [
        found
        for s in ("", "<svg>" + "<a>" * 2000)
        for p in pieces
        if (found := steep(partial(to_text, knowledge=SHIPPED), s, p))
    ] == []


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="a clock of the process is needed")
def test_growth_of_headers() -> None:
    """The head of a dispatch is read in proportion to its length."""

    def head(text: str) -> object:
        return annotate(Dispatch("x", text, published="2021-09-03"))

    pieces = [" ", "\n", "KABUL ", "(", "March 3 ", "5 ", "-", "(a) ", "A. ", ". ", "[a] ", "By A "]
    assert [found for s in ("", "KABUL", "KABUL, March 3") for p in pieces if (found := steep(head, s, p))] == []


# Twice the text may cost so much more of the line's own work.
MOST_WORK = 2.3


def steps(work: Callable[[], object]) -> int:
    """How many lines of Python some work goes through: the same on every machine, however busy."""
    count = 0

    def trace(_frame: FrameType, _event: str, _given: object) -> Any:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize(
    "pattern",
    [
        "killed ", "he said that ", "“We will go,” ", "New York ", "on Monday 12 people and ( Mary Okello ",
        "Gunmen killed two guards in Goma on Friday, police said. The army denied it. ",
    ],
)  # fmt: skip
def test_growth_of_the_line(nlp: Language, pattern: str) -> None:
    """What the stages do for a text grows with its length, also where it says the same again and again."""

    def work(length: int) -> int:
        text = (pattern * (length // len(pattern) + 1))[:length]
        doc, dispatch = from_spacy(nlp(text)), Dispatch("x", text, published="2024-05-06")
        return steps(lambda: read_doc(doc, dispatch, Config(max_seconds=0)))

    work(200)
    once, twice = work(1900), work(3800)
    assert twice <= once * MOST_WORK
