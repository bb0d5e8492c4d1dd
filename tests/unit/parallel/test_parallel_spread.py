from __future__ import annotations

import os
import time
from collections.abc import Generator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from reportedly.errors import ConfigError, ResourceError
from reportedly.parallel import AHEAD, spread


def batches(count: int, drawn: list[int] | None = None) -> Iterator[list[int]]:
    for n in range(count):
        if drawn is not None:
            drawn.append(n)
        yield [3 * n, 3 * n + 1, 3 * n + 2]


def lost(item: int, reason: str) -> str:
    return f"{item} {reason}"


def children() -> set[str]:
    """Processes begun here; a thread may end while they are listed."""
    found: set[str] = set()
    for task in Path(f"/proc/{os.getpid()}/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):
            found.update((task / "children").read_text().split())
    return found


def test_results_come_in_the_order_of_the_input() -> None:
    """Whichever process is first, results stand where their items stood; what a library prints is not among them."""
    assert list(spread(batches(9), "parallel_work:tenfold", -1, 3, lost)) == [10 * n for n in range(27)]


def test_a_process_that_dies_costs_the_item_that_killed_it() -> None:
    """The rest of its batch and of the input is done by another process."""
    found = list(spread(batches(4), "parallel_work:tenfold", 4, 2, lost))
    assert found == [0, 10, 20, 30, "4 was ended by SIGKILL", 50, 60, 70, 80, 90, 100, 110]


def close(results: Iterator[Any]) -> None:
    """Leave a run in the middle."""
    assert isinstance(results, Generator)
    results.close()


def test_the_input_is_drawn_as_it_is_needed() -> None:
    """However long the input, only a few batches are held."""
    drawn: list[int] = []
    results = spread(batches(1000, drawn), "parallel_work:tenfold", -1, 2, lost)
    assert next(results) == 0
    assert len(drawn) <= 2 * AHEAD
    close(results)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are counted in /proc")
def test_no_process_stays_behind() -> None:
    """A run that is left in the middle ends its processes."""
    before = children()
    results = spread(batches(1000), "parallel_work:tenfold", -1, 2, lost)
    next(results)
    close(results)
    while children() - before:  # they end when the machine comes to it; one that stays would be waited for
        time.sleep(0.05)


def test_what_a_process_refuses_is_raised_here() -> None:
    """An error with its code and remedy looks the same as in one process."""
    with pytest.raises(ConfigError, match=r"E999. no sugar"):
        list(spread(batches(2), "parallel_work:refuse", "sugar", 2, lost))
    with pytest.raises(ResourceError, match="ZeroDivisionError"):
        list(spread(batches(2), "parallel_work:stumble", None, 2, lost))


def test_a_process_that_never_starts_is_told() -> None:
    with pytest.raises(ResourceError, match="ended with exit code 3"):
        list(spread(batches(2), "parallel_work:vanish", None, 2, lost))
