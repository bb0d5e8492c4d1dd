"""The command run in this process: what loads the parser once need not load it for each test."""

from __future__ import annotations

import io
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

import pytest

from reportedly.cli import app
from reportedly.cli.ending import conclude


class Done(NamedTuple):
    """How a command ended, and what it said."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def command(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Done]:
    """``command(*words, stdin="...")`` runs the command as its entry point does."""

    def run(*words: object, stdin: str = "") -> Done:
        with given(stdin) as stream, monkeypatch.context() as patch:
            patch.setattr("sys.stdin", stream)
            return Done(_code(words), *capfd.readouterr())

    return run


@contextmanager
def given(text: str) -> Iterator[io.TextIOWrapper]:
    """Standard input from a file that holds a text."""
    with tempfile.TemporaryFile() as held:
        held.write(text.encode())
        held.seek(0)
        yield io.TextIOWrapper(held)


def _code(words: tuple[object, ...]) -> int:
    try:
        conclude(lambda: app([str(w) for w in words], prog_name="reportedly"))
    except SystemExit as stop:
        return int(str(stop.code))
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
    return 0
