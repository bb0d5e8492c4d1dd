"""Work on several cores: worker processes with a model each, bounded queues, results in input order.

A worker is a plain child process that is fed over its standard input. Nothing of the calling program is imported
again, so it works alike from the command, from a script without a main guard and from a notebook. A worker has one
batch at a time and the parent holds a few batches more, whatever the length of the input.
"""

from __future__ import annotations

import importlib
import os
import pickle
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from queue import Empty, SimpleQueue
from threading import Lock
from typing import IO, Any

from reportedly import collector
from reportedly.errors import ReportedlyError, ResourceError

# Batches that the parent holds for each worker, done or to be done: enough that none waits for the slowest.
AHEAD = 3
# Every process keeps to one core: the cores are divided by processes.
ONE_CORE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "BLIS_NUM_THREADS": "1"}
PATIENCE_SECONDS = 5.0

Batch = list[Any]
Lost = Callable[[Any, str], Any]


def spread(batches: Iterable[Batch], work: str, settings: object, jobs: int, lost: Lost) -> Iterator[Any]:
    """The results of all items of all batches in input order, made by ``jobs`` processes.

    ``work`` names a function as ``module:name``; called with ``settings`` in each process, once, it gives the function
    that makes the list of results of a batch. Where a process dies of an item, ``lost(item, reason)`` is its result.

    Raises what ``work`` or the function that it gives raises.
    """
    team = _Team(work, settings, lost)
    waiting: deque[Future[Batch]] = deque()
    threads = ThreadPoolExecutor(jobs, thread_name_prefix="reportedly")
    try:
        for batch in batches:
            waiting.append(threads.submit(team.do, batch))
            if len(waiting) >= jobs * AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        team.dismiss()


class _DeadError(Exception):
    """A worker has ended without an answer."""


class _Team:
    """The workers; each thread of the parent takes one that is idle, or hires one."""

    def __init__(self, work: str, settings: object, lost: Lost) -> None:
        self._order = (work, settings)
        self._lost = lost
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        self._all: list[_Worker] = []
        self._hiring = Lock()
        self._dismissed = False

    def do(self, batch: Batch) -> Batch:
        """The results of a batch; where a worker dies of it, of one item after the other."""
        try:
            return self._ask(batch)
        except _DeadError as problem:
            if self._dismissed:
                return []
            if len(batch) == 1:
                return [self._lost(batch[0], str(problem))]
        return [result for item in batch for result in self.do([item])]

    def _ask(self, batch: Batch) -> Batch:
        try:
            worker = self._idle.get_nowait()
        except Empty:
            worker = self._hire()
        results: Batch = worker.ask(batch)
        self._idle.put(worker)
        return results

    def _hire(self) -> _Worker:
        with self._hiring:
            if self._dismissed:
                raise _DeadError("was not needed any more")
            worker = _Worker()
            self._all.append(worker)
        try:
            worker.ask(self._order)
        except _DeadError as problem:
            raise ResourceError(
                "E205", f"A worker process did not start: it {problem}.", "Try with --jobs 1 to see what is wrong."
            ) from problem
        return worker

    def dismiss(self) -> None:
        """End all workers, whatever they are at."""
        with self._hiring:
            self._dismissed = True
        for worker in self._all:
            worker.end()


class _Worker:
    """One child process and the two pipes to it."""

    def __init__(self) -> None:
        code = f"import sys; sys.path[:] = {sys.path!r}; from reportedly.parallel import serve; serve()"
        # A group of its own: Ctrl-C at the terminal reaches the parent alone, which ends its workers.
        group = {"process_group": 0} if os.name == "posix" else {}
        self._process = subprocess.Popen(  # noqa: S603  our own interpreter
            [sys.executable, "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | ONE_CORE,
            **group,  # type: ignore[call-overload]
        )

    def ask(self, message: object) -> Any:  # noqa: ANN401  what the work gives
        """The answer to a message; raises what went wrong in the worker, ``_DeadError`` where it has ended."""
        try:
            send(message, self._process.stdin)
            fine, answer = pickle.load(self._process.stdout)  # noqa: S301  our own process
        except (EOFError, OSError, ValueError, pickle.UnpicklingError) as problem:
            raise _DeadError(self._fate()) from problem
        if not fine:
            raise answer
        return answer

    def end(self) -> None:
        """Stop the process and wait until it is gone."""
        self._process.terminate()
        try:
            self._process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _fate(self) -> str:
        try:
            code = self._process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return "sent no answer that can be read"
        return f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"


def serve() -> None:
    """The life of a worker: told what to do, then batch after batch until the parent closes the pipe."""
    # Whatever a library prints must not get between the answers.
    inbox, outbox = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    collector.relax()
    try:
        work, settings = pickle.load(inbox)  # noqa: S301  our own parent
        module, _, name = work.partition(":")
        do = getattr(importlib.import_module(module), name)(settings)
        send((True, None), outbox)
        send((True, do(pickle.load(inbox))), outbox)  # noqa: S301
        collector.keep()
        while True:
            send((True, do(pickle.load(inbox))), outbox)  # noqa: S301
    except EOFError:
        return
    except BrokenPipeError:
        sys.exit(1)
    except Exception as problem:  # noqa: BLE001  told to the parent, which raises it
        send((False, _portable(problem)), outbox)


def send(message: object, stream: IO[bytes] | None) -> None:
    """Write one message to a pipe."""
    assert stream is not None
    pickle.dump(message, stream, protocol=pickle.HIGHEST_PROTOCOL)
    stream.flush()


def _portable(problem: Exception) -> Exception:
    """The problem as it can be raised in another process."""
    if isinstance(problem, ReportedlyError):
        return problem
    return ResourceError("E206", f"A worker process failed: {type(problem).__name__}: {problem}")
