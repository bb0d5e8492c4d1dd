"""A claim with what was carried to it."""

from __future__ import annotations

from typing import NamedTuple

from reportedly.model import Because, Claim


class Settled(NamedTuple):
    """A claim with what was carried to it, and the reasons for that."""

    claim: Claim
    because: tuple[Because, ...]
