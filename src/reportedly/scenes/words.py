"""The words and event types of ``scenes.tsv``."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from reportedly.knowledge.load import Knowledge


class Words(msgspec.Struct, frozen=True):
    """What the table says, by role; ``turns`` holds openings of sentences as tuples of words."""

    here: frozenset[str]
    joint: frozenset[str]
    apart: frozenset[str]
    lasting: frozenset[str]
    turns: frozenset[tuple[str, ...]]
    pointing: frozenset[str]
    other: frozenset[str]


@lru_cache(maxsize=4)
def load_words(knowledge: Knowledge) -> Words:
    """The words of ``scenes.tsv``, with those of the tables on incidents and days that turn away and point back."""
    said = {row["says"]: _listed(row["words"]) for row in knowledge.rows("scenes")}
    away = [w for r in knowledge.rows("incident_words") if r["where"] == "opens" for w in _listed(r["words"])]
    days = knowledge.rows("events_days")
    return Words(
        here=frozenset(said["here"]),
        joint=frozenset(said["joint"]),
        apart=frozenset(said["apart"]),
        lasting=frozenset(said["lasting"]),
        turns=frozenset(tuple(w.split()) for w in (*said["turn"], *away)),
        pointing=frozenset(r["word"] for r in days if r["role"] == "pointing"),
        other=frozenset(r["word"] for r in days if r["role"] == "other"),
    )


def _listed(words: str) -> list[str]:
    return [w.strip() for w in words.split(",") if w.strip()]
