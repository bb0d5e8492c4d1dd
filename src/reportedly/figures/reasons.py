"""Why a number reads as it does: the rows of the hedges, vague words and magnitudes that were read in it."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.figures.quantities import Quantity
from reportedly.model import Because, Figure, Span
from reportedly.parse.numbers import NumberWords
from reportedly.parse.parsed import Doc

# What a word of a number can be, longest first where several words are one ("tens of thousands").
CORE = ("vague", "magnitude", "fraction", "none", "number", "letter")
LONGEST = 4


def amount(doc: Doc, q: Quantity, figure: Figure, words: NumberWords) -> tuple[Because, ...]:
    """The reasons for the bounds of a figure, word by word: "at least" gives a lower bound, "dozens" stands for 24."""
    here = (Span(figure.start, figure.end),)
    read = (*q.hedges, *_core(doc, q, words))
    reasons = [
        Because("figures", figure, f"amount.{k}", words.rows[k, w], here, w) for k, w in read if (k, w) in words.rows
    ]
    if q.low is not None and q.high is not None and q.low < q.high:
        reasons.append(Because("figures", figure, "amount.range", words=here))
    if (figure.low, figure.high) != (q.low, q.high):
        reasons.append(Because("figures", figure, "amount.covered", words=here))
    return tuple(reasons) or (Because("figures", figure, "amount.plain", words=here),)


def _core(doc: Doc, q: Quantity, words: NumberWords) -> Iterator[tuple[str, str]]:
    """The words of the number itself that stand in the table, with their kinds: "two" and "dozen" of "two dozen"."""
    lowers = [t.lower_ for t in doc[q.core : q.last_core + 1]]
    at = 0
    while at < len(lowers):
        sizes = range(min(LONGEST, len(lowers) - at), 0, -1)
        keys = ((k, " ".join(lowers[at : at + n]), n) for n in sizes for k in CORE)
        found = next((key for key in keys if key[:2] in words.rows), None)
        if found is not None:
            yield found[:2]
        at += found[2] if found is not None else 1
