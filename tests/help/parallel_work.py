"""What the workers of the tests do; imported by them."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable

from reportedly.errors import ConfigError


def tenfold(deadly: int) -> Callable[[list[int]], list[int]]:
    def do(batch: list[int]) -> list[int]:
        if deadly in batch:
            os.kill(os.getpid(), signal.SIGKILL)
        sys.stdout.write("noise on standard output")
        sys.stdout.flush()
        return [10 * n for n in batch]

    return do


def refuse(settings: object) -> None:
    raise ConfigError("E999", f"no {settings}", "None.")


def stumble(_: object) -> Callable[[list[int]], list[int]]:
    def do(batch: list[int]) -> list[int]:
        return [1 // n for n in batch]

    return do


def vanish(_: object) -> None:
    os._exit(3)
