"""The words of ``times_context.tsv``: those beside a phrase, or in it, that decide how it is read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from reportedly.knowledge.load import Knowledge
from reportedly.knowledge.schema import TABLES

ContextWords = Mapping[str, frozenset[str]]


@lru_cache(maxsize=4)
def context_words(knowledge: Knowledge) -> ContextWords:
    """The words in force by their role; a role that no row has is empty."""
    role = TABLES["times_context"].column("role")
    found: dict[str, set[str]] = {name: set() for name in (role.allowed if role else ())}
    for row in knowledge.rows("times_context"):
        found[row["role"]].add(row["word"])
    return {name: frozenset(words) for name, words in found.items()}
