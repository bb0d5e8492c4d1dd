"""The words that tie the day of an event to that of another one, from ``events_days.tsv``."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from reportedly.knowledge.load import Knowledge


class NearnessWords(msgspec.Struct, frozen=True):
    """The words of the table, by role."""

    pointing: frozenset[str]
    other: frozenset[str]
    lasting: frozenset[str]
    occasion: frozenset[str]
    round: frozenset[str]
    stage: frozenset[str]
    matter: frozenset[str]
    brief: frozenset[str]
    probing: frozenset[str]
    sequel: frozenset[str]
    answer: frozenset[str]
    later: frozenset[str]
    unit: dict[str, str]
    order: dict[str, int]


@lru_cache(maxsize=4)
def load_words(knowledge: Knowledge) -> NearnessWords:
    """The words that tell whether and how an event hangs together in time with another one."""
    roles: dict[str, dict[str, str]] = {name: {} for name in NearnessWords.__struct_fields__}
    for row in knowledge.rows("events_days"):
        roles[row["role"]][row["word"]] = row["value"]
    return NearnessWords(
        pointing=frozenset(roles["pointing"]),
        other=frozenset(roles["other"]),
        lasting=frozenset(roles["lasting"]),
        occasion=frozenset(roles["occasion"]),
        round=frozenset(roles["round"]),
        stage=frozenset(roles["stage"]),
        matter=frozenset(roles["matter"]),
        brief=frozenset(roles["brief"]),
        probing=frozenset(roles["probing"]),
        sequel=frozenset(roles["sequel"]),
        answer=frozenset(roles["answer"]),
        later=frozenset(roles["later"]),
        unit=roles["unit"],
        order={word: int(way) for word, way in roles["order"].items()},
    )
