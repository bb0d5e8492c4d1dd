"""How a run ends: done, refused in words, stopped from outside, or with something that should not happen."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import NoReturn

from reportedly import collector
from reportedly.errors import ReportedlyError
from reportedly.needs import missing

# What a shell gives for a program that Ctrl-C has ended, and what Typer makes of it.
INTERRUPTED = 130
_ENDING = tuple(s for s in (signal.SIGINT, signal.SIGTERM) if signal.getsignal(s) is not None)


class _Calls:
    """The signals that asked the program to end."""

    def __init__(self) -> None:
        self.first: int | None = None

    def listen(self) -> None:
        """From now on a signal ends the program in order: files are left as they were and what is open is closed."""
        for number in _ENDING:
            if signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, self._stop)

    def _stop(self, number: int, _: FrameType | None) -> NoReturn:
        self.first = self.first or number
        raise KeyboardInterrupt


def conclude(command: Callable[[], object]) -> None:
    """Run the command; errors are told in words, with exit code 2 where nothing could be done.

    Whatever a library makes of a signal, the program says that it was stopped; its code is 128 and the signal's number.
    """
    calls = _Calls()
    calls.listen()
    code = _code_of(command, calls)
    for number in _ENDING:
        signal.signal(number, signal.SIG_IGN)
    code = _let_go(code)
    collector.let_go()
    if code:
        sys.exit(code)


def _code_of(command: Callable[[], object], calls: _Calls) -> int:
    try:
        command()
    except SystemExit as stop:
        if calls.first or stop.code == INTERRUPTED:
            return _stopped(calls)
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        return _stopped(calls)
    except Exception as problem:  # noqa: BLE001  told to the person, which is what this module is for
        return _stopped(calls) if calls.first else _told(problem)
    return 0


def _stopped(calls: _Calls) -> int:
    _say("stopped; files to be written are as they were, and a ledger keeps what was added so far.")
    return 128 + (calls.first or signal.SIGINT)


def _told(problem: Exception) -> int:
    if os.environ.get("REPORTEDLY_DEBUG"):
        raise problem
    if isinstance(problem, ImportError):
        problem = missing(problem) or problem
    if isinstance(problem, ReportedlyError):
        _say(str(problem))
    elif isinstance(problem, OSError):
        where = f"{problem.filename}: " if problem.filename else ""
        _say(f"[E316] {where}the system refuses: {problem.strerror or problem}\n  Make room, or check your rights.")
    else:
        _say(
            f"[E999] something that should not happen: {type(problem).__name__}: {problem}\n"
            "  Please report it; REPORTEDLY_DEBUG=1 shows where it comes from."
        )
    return 2


def _say(words: str) -> None:
    """A line on standard error, if there is somebody to hear it."""
    try:
        print(f"reportedly: {words.encode('utf-8', 'replace').decode()}", file=sys.stderr, flush=True)  # noqa: T201
    except OSError:
        return


def _let_go(code: int) -> int:
    """Hand over what standard output still holds; where that fails, say so once and not again at the very end."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _silence()
    except (OSError, ValueError) as problem:
        _silence()
        if not code:
            _say(f"[E303] standard output: cannot be written ({problem})")
        return code or 2
    return code


def _silence() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
