"""Small sets of words that single rules ask for, from ``word_sets.tsv``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from reportedly.knowledge.load import Knowledge

WordSets = Mapping[str, frozenset[str]]


@lru_cache(maxsize=8)
def word_sets(knowledge: Knowledge) -> WordSets:
    """The sets in force by name; a user's own rows add to ours.

    >>> from reportedly.knowledge.load import SHIPPED
    >>> "reporter" in word_sets(SHIPPED)["hearer"]
    True
    """
    found: dict[str, set[str]] = {}
    for row in knowledge.rows("word_sets"):
        found.setdefault(row["set"], set()).update(w.strip() for w in row["words"].split(","))
    return {name: frozenset(words) for name, words in found.items()}
