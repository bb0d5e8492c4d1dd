"""What takes too long is cut short, and nothing else is."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from reportedly.config import Config
from reportedly.limits import OutOfTimeError, portions, within
from reportedly.model import Dispatch
from reportedly.pipeline import read_dispatches


def turn(seconds: float) -> int:
    begin, count = time.thread_time(), 0
    while time.thread_time() - begin < seconds:
        count += 1
    return count


def test_work_that_takes_too_long_is_cut_short() -> None:
    """The error comes in the middle of the work, once, and nothing of it is left for what follows."""
    with pytest.raises(OutOfTimeError), within(0.05):
        turn(30)
    assert turn(0.3) > 0


def test_work_in_time_is_left_alone() -> None:
    """No limit reaches beyond its work; none is 0; the nearest of two counts."""
    for _ in range(200):
        with within(0.5):
            pass
    with within(0):
        turn(0.2)
    with suppress(OutOfTimeError), within(20):
        with pytest.raises(OutOfTimeError), within(0.05):
            turn(30)
        assert turn(0.3) > 0


def test_a_dispatch_that_takes_too_long_keeps_what_was_found() -> None:
    """The stages that have finished count, and a warning says where it ended; the next dispatch is read."""
    config = Config(max_seconds=0.2, stages=("times", "slow_stage:endless", "places"))
    text = "Two guards were killed in Goma on 3 March 2021, police said."
    first, second = read_dispatches([Dispatch("a", text), Dispatch("b", text)], config)
    assert [t.value for t in first.times] == [t.value for t in second.times] == ["2021-03-03"]
    assert [(d.level, d.code, '"endless"' in d.message) for d in first.diagnostics] == [
        ("warning", "out-of-time", True)
    ]


def test_portions_are_bounded_by_number_and_size() -> None:
    """Many short ones, few long ones; what is too long by itself stands alone."""
    assert list(portions([1, 1, 1, 5, 9, 1], 2, 6, int)) == [[1, 1], [1, 5], [9], [1]]
