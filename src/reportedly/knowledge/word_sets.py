"""Small sets of words that single rules ask for, from ``word_sets.tsv``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from reportedly.knowledge.load import Knowledge, listed
from reportedly.knowledge.schema import TABLES

WordSets = Mapping[str, frozenset[str]]


@lru_cache(maxsize=8)
def word_sets(knowledge: Knowledge) -> WordSets:
    """The sets in force by name; a user's own rows add to ours, and one that no row names is empty.

    >>> from reportedly.knowledge.load import SHIPPED
    >>> "reporter" in word_sets(SHIPPED)["hearer"]
    True
    """
    column = TABLES["word_sets"].column("set")
    found: dict[str, set[str]] = {name: set() for name in (column.allowed if column else ())}
    for row in knowledge.rows("word_sets"):
        found[row["set"]].update(listed(row["words"]))
    return {name: frozenset(words) for name, words in found.items()}
