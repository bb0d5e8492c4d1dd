"""What is told around a happening: acts that refer to it, and the war or series that it belongs to.

"Hundreds attended the *funeral* of four officers who were killed in an ambush" tells of the ambush and of what came of
it. The funeral is no part of the ambush; it is an incident of its own that is ``linked`` to it. A total of a war in the
same dispatch is its ``background``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import msgspec

from reportedly.incidents.families import FORCE, HARM, WORDS
from reportedly.incidents.units import Unit, sentence_start
from reportedly.model import Claim

HARMFUL = frozenset({FORCE, HARM})
Around = Literal["linked", "background"]


class UnitTie(msgspec.Struct, frozen=True):
    """Two units of a dispatch by their places: ``unit`` refers to ``other``, or has it for its background."""

    unit: int
    other: int
    kind: Around


def ties_of(units: Sequence[Unit], mine: Iterable[int], claims: Iterable[Claim], text: str) -> Iterator[UnitTie]:
    """The ties of some units of a dispatch to others of it."""
    told = {c.id: c for c in claims}
    sentences = [_sentences(u, told, text) for u in units]
    for n in mine:
        for m, other in enumerate(units):
            if _refers(units[n], other) and not sentences[n].isdisjoint(sentences[m]):
                yield UnitTie(n, m, "linked")
            elif _belongs(units[n], other):
                yield UnitTie(n, m, "background")


def _sentences(unit: Unit, told: dict[str, Claim], text: str) -> frozenset[int]:
    """Where the sentences begin in which a unit is told."""
    return frozenset(sentence_start(text, told[c].trigger.start) for c in unit.claims)


def _refers(act: Unit, happening: Unit) -> bool:
    """Whether an act can be one around a happening: it does no harm itself, and the other does or tells of it."""
    around = act.families.isdisjoint(HARMFUL) and act.families != {WORDS}
    return around and not act.campaign and not happening.campaign and not happening.families.isdisjoint(HARMFUL)


def _belongs(happening: Unit, campaign: Unit) -> bool:
    """Whether a happening is one of those that a total counts: harm in a country of which the total is told."""
    if happening.campaign or not campaign.campaign or campaign.families.isdisjoint(HARMFUL):
        return False
    where, there = happening.countries, campaign.countries or campaign.scene
    return not happening.families.isdisjoint(HARMFUL) and (not where or not there or not where.isdisjoint(there))
