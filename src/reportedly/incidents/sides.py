"""Whose side a name is on: the country that it names, or else its own telling words.

"Iraqi troops", "Baghdad" and "Iraq's Defence Ministry" are one side in what is claimed of losses; a movement is a side
by its name. Used to compare figures of one side and to see who tells of whose defeat; never to say that two sources are
one.
"""

from __future__ import annotations

from functools import lru_cache

from reportedly.incidents.voices import is_generic, telling_words
from reportedly.knowledge.load import SHIPPED

# The longest name of a country has so many words.
LONGEST = 4


@lru_cache(maxsize=1)
def _countries() -> dict[tuple[str, ...], str]:
    out: dict[tuple[str, ...], str] = {}
    for row in SHIPPED.rows("countries"):
        forms = "|".join(row[column] for column in ("name", "aliases", "adjectives", "nouns", "capital"))
        for form in filter(None, forms.split("|")):
            out.setdefault(_words(form), row["iso3"])
    for row in SHIPPED.rows("agencies"):
        if row["state"]:
            out.setdefault(_words(row["name"]), row["state"])
    return out


@lru_cache(maxsize=50_000)
def _words(name: str) -> tuple[str, ...]:
    plain = name.casefold().replace("’", "'").replace("'s", "").replace("s'", "s").replace("-", " ")
    return tuple(w.strip('.,;:"“”()') for w in plain.split())


@lru_cache(maxsize=50_000)
def country_of(name: str) -> str | None:
    """The country (ISO 3166-1 alpha-3) that a name names first: by name, adjective, people, capital or state agency."""
    words = _words(name)
    for start in range(len(words)):
        for size in range(min(LONGEST, len(words) - start), 0, -1):
            found = _countries().get(words[start : start + size])
            if found:
                return found
    return None


def is_country(name: str) -> bool:
    """Whether a name is that of a country and nothing more."""
    return _words(name) in _countries()


@lru_cache(maxsize=50_000)
def rest_of(name: str) -> frozenset[str]:
    """The telling words of a name beside those that name its country."""
    words = _words(name)
    named = (words[a:b] for a in range(len(words)) for b in range(a + 1, min(a + LONGEST, len(words)) + 1))
    own = {w for run in named if run in _countries() for w in run}
    return telling_words(" ".join(w for w in words if w not in own))


@lru_cache(maxsize=50_000)
def sides(name: str) -> frozenset[str]:
    """The country of a name; of a name without one, its telling words."""
    country = country_of(name)
    if country:
        return frozenset({country})
    words = telling_words(name)
    return frozenset() if is_generic(words) else words


def one_side(a: str | None, b: str | None) -> bool:
    """Whether two numbers are of the same people, as far as told: nobody's in particular goes with nobody's."""
    if a is None or b is None:
        return a is b
    return a == b or bool(sides(a) & sides(b))
