"""The words of a name: which of them tell who it is, which only what kind of source, and which country it names."""

from __future__ import annotations

import re
from functools import lru_cache

from reportedly.knowledge.load import Knowledge
from reportedly.knowledge.word_sets import word_sets

# Two letters can be anything.
SHORTEST_ACRONYM = 3
# The longest name of a country has so many words.
LONGEST = 4
# Three letters and fewer ("gas", "bus") are no plural.
SHORTEST_PLURAL = 3
# What has "es" in the plural.
_HISSING = ("ss", "ch", "sh", "x")

_PARTICLES = frozenset({"the", "a", "an", "of", "for", "in", "and", "to", "on", "at", "s"})
_RELATIVE = ("who", "which", "that", "whose")


@lru_cache(maxsize=8)
def _small(knowledge: Knowledge) -> frozenset[str]:
    """Words that do not tell one source from another: "the local police" are "the country's police"."""
    return _PARTICLES | word_sets(knowledge).get("whose", frozenset())


@lru_cache(maxsize=8)
def _description(knowledge: Knowledge) -> re.Pattern[str]:
    """What follows describes the source and is no part of its name: "doctors close to the opposition"."""
    words = (*_RELATIVE, *sorted(word_sets(knowledge).get("describing", ())))
    return re.compile(rf",| (?:{'|'.join(map(re.escape, words))}) ")


@lru_cache(maxsize=100_000)
def telling_words(name: str, knowledge: Knowledge) -> frozenset[str]:
    """The words of a name without case, possessives, plurals and particles."""
    plain = (
        _description(knowledge)
        .split(name, maxsplit=1)[0]
        .casefold()
        .replace("’", "'")
        .replace("'s ", " ")
        .replace("s' ", "s ")
        .replace("-", " ")
    )
    words = (w.strip(".,;:'\"“”()") for w in plain.split())
    return frozenset(_singular(w) for w in words if w) - _small(knowledge)


def _singular(word: str) -> str:
    """A word without the ending of the plural: "authorities", "witnesses", "officials"; "police" and "press" stay."""
    if len(word) <= SHORTEST_PLURAL or not word.endswith("s") or word.endswith("ss"):
        return word
    if word.endswith("ies"):
        return word.removesuffix("ies") + "y"
    stem = word.removesuffix("es")
    return stem if stem.endswith(_HISSING) else word.removesuffix("s")


def is_acronym(short: str, long: str, knowledge: Knowledge) -> bool:
    """Whether a name in capitals is made of the first letters of another ("INA", "the official Iraqi news agency").

    The letters have to be those of the last words of the longer name, small words aside or with them.
    """
    letters = short.strip().replace(".", "")
    if not (letters.isalpha() and letters.isupper() and len(letters) >= SHORTEST_ACRONYM):
        return False
    name = _description(knowledge).split(long, maxsplit=1)[0]
    words = [w.strip(".,;:'\"“”()") for w in name.replace("-", " ").split()]
    telling = [w for w in words if w and w.casefold() not in _small(knowledge)]
    return any("".join(w[0] for w in given[-len(letters) :] if w).upper() == letters for given in (telling, words))


def is_generic(words: frozenset[str], knowledge: Knowledge) -> bool:
    """Whether the words say what kind of source it is and not which one."""
    return words <= _generic(knowledge).keys()


def generic_words(knowledge: Knowledge) -> frozenset[str]:
    """All words that say what kind of source it is."""
    return frozenset(_generic(knowledge))


def groups_of(words: frozenset[str], knowledge: Knowledge) -> frozenset[str]:
    """The kinds of people that generic words name (``generic_sources.tsv``): "police official" is of two."""
    generic = _generic(knowledge)
    return frozenset(group for word in words for group in generic.get(word, ()))


@lru_cache(maxsize=8)
def _generic(knowledge: Knowledge) -> dict[str, frozenset[str]]:
    rows = knowledge.rows("generic_sources")
    return {word: frozenset(row["groups"].split()) for row in rows for word in telling_words(row["word"], knowledge)}


@lru_cache(maxsize=8)
def _countries(knowledge: Knowledge) -> dict[tuple[str, ...], str]:
    out: dict[tuple[str, ...], str] = {}
    for row in knowledge.rows("countries"):
        forms = "|".join(row[column] for column in ("name", "aliases", "adjectives", "nouns", "capital"))
        for form in filter(None, forms.split("|")):
            out.setdefault(_words(form), row["iso3"])
    for row in knowledge.rows("agencies"):
        if row["state"]:
            out.setdefault(_words(row["name"]), row["state"])
    return out


@lru_cache(maxsize=50_000)
def _words(name: str) -> tuple[str, ...]:
    plain = name.casefold().replace("’", "'").replace("'s", "").replace("s'", "s").replace("-", " ")
    return tuple(w.strip('.,;:"“”()') for w in plain.split())


@lru_cache(maxsize=50_000)
def country_of(name: str, knowledge: Knowledge) -> str | None:
    """The country (ISO 3166-1 alpha-3) that a name names first: by name, adjective, people, capital or state agency."""
    words, countries = _words(name), _countries(knowledge)
    for start in range(len(words)):
        for size in range(min(LONGEST, len(words) - start), 0, -1):
            found = countries.get(words[start : start + size])
            if found:
                return found
    return None


def is_country(name: str, knowledge: Knowledge) -> bool:
    """Whether a name is that of a country and nothing more."""
    return _words(name) in _countries(knowledge)


@lru_cache(maxsize=50_000)
def rest_of(name: str, knowledge: Knowledge) -> frozenset[str]:
    """The telling words of a name beside those that name its country."""
    words, countries = _words(name), _countries(knowledge)
    named = (words[a:b] for a in range(len(words)) for b in range(a + 1, min(a + LONGEST, len(words)) + 1))
    own = {w for run in named if run in countries for w in run}
    return telling_words(" ".join(w for w in words if w not in own), knowledge)
