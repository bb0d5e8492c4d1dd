"""Whose side a name is on: the country that it names, or else its own telling words.

"Iraqi troops", "Baghdad" and "Iraq's Defence Ministry" are one side in what is claimed of losses; a movement is a side
by its name. Used to compare figures of one side and to see who tells of whose defeat; never to say that two sources are
one.
"""

from __future__ import annotations

from functools import lru_cache

from reportedly.incidents.names import country_of, is_generic, telling_words
from reportedly.knowledge.load import Knowledge


@lru_cache(maxsize=50_000)
def sides(name: str, knowledge: Knowledge) -> frozenset[str]:
    """The country of a name; of a name without one, its telling words."""
    country = country_of(name, knowledge)
    if country:
        return frozenset({country})
    words = telling_words(name, knowledge)
    return frozenset() if is_generic(words, knowledge) else words


def one_side(a: str | None, b: str | None, knowledge: Knowledge) -> bool:
    """Whether two numbers are of the same people, as far as told: nobody's in particular goes with nobody's."""
    if a is None or b is None:
        return a is b
    return a == b or bool(sides(a, knowledge) & sides(b, knowledge))
