"""Limits on what is done at once: the processor time of one piece of work, the size of a portion of many.

A watching thread looks at the clock of the working thread now and then and raises ``OutOfTimeError`` in it. Work inside
a C function goes on to the end of that function first. Limits stand in each other: the one that is up first counts.
"""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import msgspec

T = TypeVar("T")

# Characters of texts that are read together: memory grows with them, not with the number of texts.
BATCH_CHARS = 200_000
# So often the clocks are looked at.
LOOK_EVERY_S = 0.1


class OutOfTimeError(BaseException):
    """The time for a piece of work is up; no ``Exception``, so that nothing on the way takes it for one of its own."""


class _Watch(msgspec.Struct, eq=False):
    """One limit: the thread that works, its clock, and when the time is up."""

    thread: int
    clock: Callable[[], float]
    until: float


_lock = threading.Lock()
_watches: list[_Watch] = []
_wake = threading.Event()
_watcher: threading.Thread | None = None


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Do what stands under this in so many seconds of processor time; 0 or less is no limit.

    Raises OutOfTimeError in the middle of the work when they are up.
    """
    if seconds <= 0:
        yield
        return
    watch = _begin(seconds)
    try:
        yield
    finally:
        _end(watch)


def _begin(seconds: float) -> _Watch:
    global _watcher  # noqa: PLW0603  one watcher for the process, started with the first limit
    watch = _Watch(threading.get_ident(), _clock(), time.thread_time() + seconds)
    with _lock:
        _watches.append(watch)
        # A child process that was forked has no watcher yet.
        if _watcher is None or not _watcher.is_alive():
            _watcher = threading.Thread(target=_look, name="reportedly-limits", daemon=True)
            _watcher.start()
    _wake.set()
    return watch


def _end(watch: _Watch) -> None:
    with _lock:
        if watch in _watches:
            _watches.remove(watch)
        else:
            # Raised, but perhaps not yet come through: it must not reach what follows.
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(watch.thread), None)


def _clock() -> Callable[[], float]:
    """The processor time of this thread, asked from another one; where the system cannot say, that of the process."""
    if not hasattr(time, "pthread_getcpuclockid"):
        offset = time.process_time() - time.thread_time()
        return lambda: time.process_time() - offset
    clock = time.pthread_getcpuclockid(threading.get_ident())
    return lambda: time.clock_gettime(clock)


def _look() -> None:
    while True:
        _wake.wait()
        time.sleep(LOOK_EVERY_S)
        with _lock:
            if not _watches:
                _wake.clear()
            for watch in [w for w in _watches if w.clock() >= w.until]:
                _watches.remove(watch)
                ctypes.pythonapi.PyThreadState_SetAsyncExc(
                    ctypes.c_ulong(watch.thread), ctypes.py_object(OutOfTimeError)
                )


def portions(items: Iterable[T], most: int, size: int, size_of: Callable[[T], int]) -> Iterator[list[T]]:
    """The items in lists of at most ``most``, and of at most ``size`` together where that is more than one item."""
    portion: list[T] = []
    total = 0
    for item in items:
        if portion and (len(portion) == most or total + size_of(item) > size):
            yield portion
            portion, total = [], 0
        portion.append(item)
        total += size_of(item)
    if portion:
        yield portion
