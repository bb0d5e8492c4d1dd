"""The time for a text grows with its length, whatever it is made of: told from the ratio of two lengths.

A pattern that backtracks takes four times as long, or for ever, for a text twice as long.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import signal
import time
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path

import pytest

import reportedly
from reportedly.ingest.headers import annotate
from reportedly.ingest.markup import to_text
from reportedly.knowledge.load import SHIPPED
from reportedly.model import Dispatch

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


def uses(name: str, pattern: re.Pattern[str]) -> list[Callable[[str], object]]:
    """What is done with a pattern: where it is only matched, it never looks for a beginning."""
    bare = name.rpartition(".")[2]
    looks = re.search(rf"\b{bare}\s*\.\s*(?:search|finditer|findall|sub|subn|split)\b", code())
    return [pattern.match, *([pattern.search] if looks else [])]


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


def steep(work: Callable[[str], object], start: str, piece: str) -> str | None:
    """What is wrong with the time that ``work`` takes for a piece again and again, if anything is."""

    def text(length: int) -> str:
        return start + piece * (length // len(piece)) + "\x00"

    # Others on the machine only make it longer: the least of some tries counts.
    once = seconds(work, text(LENGTH))
    if once < LEAST_S:
        return None
    once = min([once, *(seconds(work, text(LENGTH)) for _ in range(2) if once < HOPELESS_S)])
    twice = min(seconds(work, text(LENGTH * 2)) for _ in range(1 if once >= HOPELESS_S else 3))
    too_much = once >= HOPELESS_S or twice >= HOPELESS_S or (once >= LEAST_S and twice > once * MOST)
    return f"{start!r} and {piece!r} again and again: {once:.3f} s, then {twice:.3f} s" if too_much else None


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="a clock of the process is needed")
@pytest.mark.parametrize("name", FOUND)
def test_growth_of_a_pattern(name: str) -> None:
    """Whatever a pattern is used for takes time in proportion to the text."""
    works = uses(name, FOUND[name])
    assert [found for work in works for s in STARTS for p in PIECES if (found := steep(work, s, p))] == []


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
