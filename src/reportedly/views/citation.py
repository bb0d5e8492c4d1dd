"""A claim as it is cited: the sentence, who says it, who carries it, when, and where it can be read again."""

from __future__ import annotations

from reportedly.days import day_words
from reportedly.model import LedgerClaim


def citation(held: LedgerClaim, link: str = "") -> str:
    """One line to be copied: “sentence” — source, in agency, date. Link.

    A publisher that speaks for itself is named once; what is not known is left out.
    """
    source = held.claim.source.name if held.claim.source else None
    carrier = held.agency or held.dispatch
    said = f"{source}, in {carrier}" if source and source != held.agency else carrier
    day = f", {day_words(held.published)}" if held.published else ""
    words = " ".join(held.sentence.split()).strip('“”"')
    return f"“{words}” — {said}{day}.{' ' + link if link else ''}"
