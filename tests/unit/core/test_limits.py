"""What takes too long is cut short, and nothing else is."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Any

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


def codes(text: str, **limits: Any) -> list[tuple[str, int | None, int | None]]:
    """What is told of a text's limits: the code, and where."""
    (read,) = read_dispatches([Dispatch("a", text)], Config(stages=("times",), **limits))
    return [(d.code, d.start, d.end) for d in read.diagnostics]


def test_words_without_a_full_stop_are_cut() -> None:
    """So many of them are several sentences, cut at a pause where there is one, and a warning says so."""
    names = "Mary, " * 400
    ((code, start, end),) = codes(f"The dead are {names}he said.")
    assert code == "sentence-cut"
    assert start is not None
    assert end is not None
    assert names.startswith("Mary, ", start - len("The dead are "))
    assert start < end
    assert codes("The army left Goma on Monday. " * 100) == []


def test_what_is_no_text_is_left_out() -> None:
    """A rule of dashes, a page of commas, a coded attachment: blank, so that all else stays where it is."""
    for noise in ("-" * 500, ", " * 400, "YWJj" * 100):
        text = f"It began in May 2020.\n\n{noise}\n\nIt ended on 3 March 2021."
        (read,) = read_dispatches([Dispatch("a", text)], Config(stages=("times",)))
        assert [(t.value, "20" in text[t.start : t.end]) for t in read.times] == [
            ("2020-05", True),
            ("2021-03-03", True),
        ]
        assert [(d.code, text[d.start : d.end]) for d in read.diagnostics] == [("no-words", noise.strip())]
    assert codes("It began in May.\n\n----- * * * -----\n\nhttps://www.example.org/a/b/c?d=e") == []


def test_only_so_many_words_are_analysed() -> None:
    """The rest is named."""
    text = "It began in May 2020. " + "It went on. " * 20
    assert codes(text, max_words=12) == [("text-cut", len("It began in May 2020. It went on. It went "), len(text))]
    assert codes(text, max_chars=30) == [("text-cut", 30, len(text))]
