"""A random sample of claims that anybody can draw again: the same claims and the same seed give the same sample."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from reportedly.model.record import Record

By = Literal["type"]


class Drawable(Record, frozen=True):
    """A claim that can be drawn: its id, the reading it stands in, its type."""

    claim: str
    seq: int
    type: str


class Drawn(Record, frozen=True):
    """A claim that was drawn: its ``place`` in the sample, and for how many claims it stands (``weight``)."""

    place: int
    claim: str
    seq: int
    type: str
    weight: float


def draw(among: Iterable[Drawable], size: int, seed: int, by: By | None = None) -> list[Drawn]:
    """Draw ``size`` claims, or all where there are fewer; with ``by`` as many of each type as of any other.

    A type with fewer claims than its share gives all of them, and the others make up for it.
    """
    chance = random.Random(seed)  # noqa: S311  a sample has to be drawn again, not to be unknown
    ordered = sorted(among, key=lambda c: (c.claim, c.seq))
    strata: dict[str, list[Drawable]] = defaultdict(list)
    for claim in ordered:
        strata[claim.type if by else ""].append(claim)
    shares = _shares({name: len(held) for name, held in strata.items()}, size)
    found = [
        (claim, len(strata[name]) / shares[name])
        for name in sorted(strata)
        for claim in chance.sample(strata[name], shares[name])
    ]
    chance.shuffle(found)
    return [Drawn(n, c.claim, c.seq, c.type, weight) for n, (c, weight) in enumerate(found, start=1)]


def _shares(held: Mapping[str, int], size: int) -> dict[str, int]:
    """How many of each stratum: the same number, as far as it has so many; the smallest are served first."""
    shares: dict[str, int] = {}
    left = min(size, sum(held.values()))
    for n, name in enumerate(_by_size(held)):
        shares[name] = min(held[name], round(left / (len(held) - n)))
        left -= shares[name]
    return shares


def _by_size(held: Mapping[str, int]) -> Sequence[str]:
    return sorted(held, key=lambda name: (held[name], name))
