"""The side of the compass on which something happened: "the northern front", "in the south"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from reportedly.knowledge.load import Knowledge, listed

OPPOSITE = ({"n", "s"}, {"e", "w"})


@lru_cache(maxsize=8)
def sides_of_compass(knowledge: Knowledge) -> Mapping[str, str]:
    """Words for a side of the compass with the side; of "northeastern" the first one that the table names."""
    found: dict[str, str] = {}
    for row in knowledge.rows("incident_words"):
        if row["where"] == "part":
            found |= {word: row["says"] for word in listed(row["words"]) if word not in found}
    return found


def is_adjective(word: str) -> bool:
    """Whether a word for a side says so of what stands behind it: "northern", but not "north"."""
    return word.endswith("ern")


def sides_told(text: str, knowledge: Knowledge) -> Iterable[str]:
    """The sides that a text tells of: "the northern front", "in the south"; not "north of the town", "South Sudan"."""
    sides = sides_of_compass(knowledge)
    found = _pattern(knowledge).findall(text)
    return (sides[word] for article, word in found if article or is_adjective(word))


@lru_cache(maxsize=8)
def _pattern(knowledge: Knowledge) -> re.Pattern[str]:
    return re.compile(rf"\b(the )?({'|'.join(sides_of_compass(knowledge))})\b(?! of)")
