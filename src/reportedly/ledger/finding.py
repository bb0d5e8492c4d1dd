"""Words that somebody looks for, with the other names of what they name: "RSF" finds the Rapid Support Forces.

Names and their aliases are those of the tables (bodies, countries). A word of few letters has to stand alone in a text,
a longer one may be part of another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from reportedly.knowledge.load import Knowledge

# Each has to be found, in one of its forms.
Wanted = tuple[tuple[str, ...], ...]
# Words of a name at most, letters of a word that has to stand alone at most.
LONGEST_NAME = 6
SHORT = 3
_WORD = re.compile(r'"([^"]+)"|(\S+)')
_EDGES = "\"'“”‘’.,;:!?()[]"


def wanted(text: str, knowledge: Knowledge) -> Wanted:
    """What a search is for: words, "phrases in quotes", and names, these under every name they go by."""
    words: list[tuple[str, bool]] = []
    for phrase, word in _WORD.findall(text.casefold()):
        bare = " ".join(phrase.split()) if phrase else word.strip(_EDGES)
        words += [(bare, bool(phrase))] if bare else []
    return tuple(_terms(words, _other_names(knowledge)))


def _terms(words: Sequence[tuple[str, bool]], names: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    at = 0
    while at < len(words):
        size = next((n for n in range(min(LONGEST_NAME, len(words) - at), 0, -1) if _named(words, at, n) in names), 1)
        given = _named(words, at, size)
        yield (given, *(n for n in names.get(given, ()) if given not in n or len(given) <= SHORT))
        at += size


def _named(words: Sequence[tuple[str, bool]], at: int, size: int) -> str:
    return " ".join(word for word, _ in words[at : at + size])


@lru_cache(maxsize=8)
def _other_names(knowledge: Knowledge) -> Mapping[str, tuple[str, ...]]:
    """For each name the others of the same thing; a name of several things has those of all."""
    found: dict[str, dict[str, None]] = {}
    for table in ("bodies", "countries"):
        for row in knowledge.rows(table):
            names = [name.casefold() for name in (row["name"], *row["aliases"].split("|")) if name]
            for name in names:
                found.setdefault(name, {}).update(dict.fromkeys(n for n in names if n != name))
    return {name: tuple(others) for name, others in found.items()}


def condition(column: str, sought: Wanted) -> tuple[str, list[object]]:
    """The SQL condition that a column of small letters holds everything that is sought, with its values."""
    clauses, values = ["true"], list[object]()
    for forms in sought:
        tests = []
        for form in forms:
            alone = len(form) <= SHORT
            tests.append(f"regexp_matches({column}, ?)" if alone else f"contains({column}, ?)")
            values.append(rf"\b{re.escape(form)}\b" if alone and form.isalnum() else re.escape(form) if alone else form)
        clauses.append(f"({' OR '.join(tests)})")
    return " AND ".join(clauses), values
