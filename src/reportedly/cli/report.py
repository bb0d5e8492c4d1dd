"""What a person hears of a run: diagnostics, progress and the closing count, all on standard error."""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from collections.abc import Collection, Sequence
from contextlib import nullcontext
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, Self

import msgspec

from reportedly.export.outlet import DiscardError, outlet
from reportedly.ingest.inputs import size_of
from reportedly.ingest.meter import Meter
from reportedly.model import Diagnostic

if TYPE_CHECKING:
    from rich.progress import Progress

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_HALVES = re.compile(r"[\ud800-\udfff]")
# A part of an input that could not be taken as it stands: its date, some of its text.
PARTS = frozenset(
    {
        "ambiguous-date", "bad-bytes", "impossible-date", "out-of-time", "text-cut", "unreadable-date",
        "very-long-text",
    }
)  # fmt: skip
NOTHING = 2
# So many inputs without English are named at the end.
NAMED = 3
# Progress is for runs that a person waits for.
PROGRESS_AFTER_S = 2.0
PROGRESS_EVERY_S = 0.5


def printable(text: str) -> str:
    """Text that cannot steer a terminal: control and direction characters become U+FFFD."""
    return _UNPRINTABLE.sub("�", text)


class RunReport:
    """Counts and tells what happens to the inputs of one run; a context manager that prints the closing line."""

    def __init__(self, diagnostics: Path | None, *, quiet: bool, verb: str, paths: Sequence[str] = ()) -> None:
        self.meter = Meter()
        self._paths = paths
        self._bar: Progress | None = None
        self._quiet = quiet
        self._verb = verb
        self._done = 0
        self._refused: Counter[str] = Counter()
        self._skipped: Counter[str] = Counter()
        self._outside = 0
        self._input: str | None = None
        self._languages: set[str] = set()
        self._foreign: Counter[str] = Counter()
        self._partial = 0
        self._started = self._shown = time.monotonic()
        self._outlet = outlet(str(diagnostics)) if diagnostics else nullcontext()
        self._file: BinaryIO | None = None

    def __enter__(self) -> Self:
        self._file = self._outlet.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, tb: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()
        self._outlet.__exit__(kind, problem, tb)
        if kind is None and not self._quiet:
            print(self.closing(), file=sys.stderr)  # noqa: T201

    def require_some(self) -> None:
        """Leave the files as they were, where nothing could be done: to be called before an output is complete."""
        if self.exit_code == NOTHING:
            raise DiscardError

    @property
    def exit_code(self) -> int:
        """0: all done; 1: done, some inputs or parts of them refused; 2: nothing could be done."""
        self._leave_input()
        if not self._refused:
            return 1 if self._partial or self._foreign else 0
        return 1 if self._done or self._skipped else NOTHING

    def closing(self) -> str:
        """The closing line: how many were done, refused (why) and skipped."""
        parts = [f"{self._done:,} dispatch{'' if self._done == 1 else 'es'} {self._verb}"]
        if self._refused:
            reasons = ", ".join(f"{code} {n}" for code, n in sorted(self._refused.items()))
            parts.append(f"{sum(self._refused.values()):,} refused ({reasons})")
        if self._partial:
            parts.append(f"{self._partial:,} taken in part (see above)")
        if self._skipped:
            languages = ", ".join(f"{lang} {n:,}" for lang, n in sorted(self._skipped.items()))
            parts.append(f"{self._skipped.total():,} not in English and skipped ({languages})")
        if self._outside:
            parts.append(f"{self._outside:,} not of the ledger's period and left out")
        self._leave_input()
        if self._foreign:
            parts.append(f"nothing in English in {_some(self._foreign)}")
        return "reportedly: " + "; ".join(parts) + "."

    def done(self) -> None:
        """One more dispatch is through."""
        self._done += 1
        now = time.monotonic()
        due = now - self._started > PROGRESS_AFTER_S and now - self._shown > PROGRESS_EVERY_S
        if due and not self._quiet and sys.stderr.isatty():
            self._shown = now
            self._show(self._done / (now - self._started))

    def _show(self, rate: float) -> None:
        if self._bar is None:
            self._bar = _bar(size_of(self._paths))
        self._bar.update(self._bar.task_ids[0], completed=self.meter.read, done=f"{self._done:,}", rate=f"{rate:.1f}")
        self._bar.refresh()

    def met(self, file: str | None, lang: str) -> None:
        """A dispatch in this language was read from an input; inputs are gone through one after the other."""
        if file != self._input:
            self._leave_input()
            self._input = file
        self._languages.add(lang)

    def _leave_input(self) -> None:
        if self._languages and "en" not in self._languages:
            self._foreign[self._input or "standard input"] += 1
        self._languages = set()

    def skipped(self, lang: str) -> None:
        """A dispatch was read and left out on purpose, for its language."""
        self._skipped[lang] += 1

    def outside(self, count: int = 1) -> None:
        """So many dispatches were read and left out on purpose, for the day on which they were published."""
        self._outside += count

    def tell(self, diagnostic: Diagnostic) -> None:
        """Count a diagnostic, write it to the file and say it; what is only worth knowing stays in the file."""
        if diagnostic.level == "error":
            self._refused[diagnostic.code] += 1
        self._partial += diagnostic.code in PARTS
        self.say(diagnostic)

    def say(self, diagnostic: Diagnostic) -> None:
        """Write and say a diagnostic of something that is counted already."""
        if self._file:
            self._file.write(_line(diagnostic))
        if diagnostic.level == "info" or (self._quiet and diagnostic.level != "error"):
            return
        line = f"reportedly: {in_words(diagnostic)}"
        if self._bar:
            self._bar.console.print(line, markup=False, highlight=False, soft_wrap=True)
        else:
            print(line, file=sys.stderr)  # noqa: T201


def _bar(total: int | None) -> Progress:
    """Progress on standard error: how many, how many a second and, where the inputs' size is known, the time left."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = [TextColumn("{task.fields[done]} dispatches, {task.fields[rate]} a second")]
    rest = [BarColumn(), TimeRemainingColumn(), TextColumn("left")] if total else []
    bar = Progress(
        *columns, *rest, console=Console(stderr=True), transient=True, auto_refresh=False, redirect_stdout=False
    )
    bar.add_task("", total=total, done="", rate="")
    bar.start()
    return bar


def _some(inputs: Collection[str]) -> str:
    """The first inputs by name, and how many more."""
    rest = len(inputs) - NAMED
    return ", ".join(list(inputs)[:NAMED]) + (f" and {rest:,} more" if rest > 0 else "")


def _line(diagnostic: Diagnostic) -> bytes:
    """A diagnostic as JSON; halves of characters, which no encoding can hold, become U+FFFD."""
    words = {f: v for f, v in msgspec.structs.asdict(diagnostic).items() if isinstance(v, str)}
    sound = msgspec.structs.replace(diagnostic, **{f: _HALVES.sub("�", v) for f, v in words.items()})
    return msgspec.json.encode(sound) + b"\n"


def in_words(diagnostic: Diagnostic) -> str:
    """A diagnostic as a person reads it: ``file:line: level: message [code]``."""
    where = ":".join(str(x) for x in (diagnostic.file, diagnostic.member, diagnostic.line) if x is not None)
    if not where and diagnostic.dispatch:
        where = f"dispatch {diagnostic.dispatch}"
    return printable(f"{where}: " * bool(where) + f"{diagnostic.level}: {diagnostic.message} [{diagnostic.code}]")
