"""A stage of somebody else's that never comes to an end."""

from __future__ import annotations

from contextlib import suppress
from typing import NoReturn

from reportedly.config import Config
from reportedly.stages import Findings


def endless(found: Findings, config: Config) -> NoReturn:
    """Turns in a circle, and takes every error for its own."""
    while True:
        with suppress(Exception):
            len(found.dispatch.text) + config.batch_size
