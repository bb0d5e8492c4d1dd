"""In which country a story plays: the one that most of its phrases of place lie in, if one stands out.

A dispatch that is about one country alone tells the country of what it tells no place of, but never the town.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from msgspec.structs import replace

from reportedly.config import Config
from reportedly.knowledge.load import Knowledge, knowledge_of
from reportedly.model import Dispatch, Place
from reportedly.parse.parsed import Doc, Token

# What a name votes with: where something is ("in X") and where the copy was filed, against any other mention.
WHERE, MENTION = 2.0, 0.5
# What lies in a country; a name that is not resolved is mostly a small place.
INNER = ("city", "admin1", "region", None)
# A country stands out with this share of the votes, and at least so many.
SHARE, LEAST = 0.6, 2.5
# So often a country is named where no other one is, to stand out.
NAMED = 3
# A dispatch is about one country alone with the first share, about it more than about all others with the second.
ALONE, MOST = 0.8, 0.5


class Leading(NamedTuple):
    """The country that a dispatch names most, and whether it is about that one alone."""

    country: str
    alone: bool


def home_of(doc: Doc, dispatch: Dispatch, places: Sequence[Place], config: Config) -> str | None:
    """The country in which the story plays (ISO 3166-1 alpha-3), None where none stands out."""
    words = _where_words(knowledge_of(config))
    votes = _votes(doc, dispatch, places, words)
    if not votes:
        return None
    ((country, most),) = votes.most_common(1)
    named = [p for p in places if p.country]
    alone = len(votes) == 1 and (len(named) >= NAMED or any(_is_of_line(dispatch, p) for p in named))
    return country if (most >= LEAST or alone) and most >= SHARE * sum(votes.values()) else None


def leading_of(doc: Doc, dispatch: Dispatch, places: Sequence[Place], config: Config) -> Leading | None:
    """The country named most, where it is named often enough, and whether the dispatch is about hardly any other."""
    votes = _votes(doc, dispatch, places, _where_words(knowledge_of(config)))
    if not votes:
        return None
    ((country, most),) = votes.most_common(1)
    share = most / sum(votes.values())
    return Leading(country, alone=share >= ALONE) if most >= LEAST and share >= MOST else None


def _votes(
    doc: Doc, dispatch: Dispatch, places: Sequence[Place], words: tuple[frozenset[str], frozenset[str]]
) -> Counter[str]:
    """How often each country is named, by itself or by what lies in it."""
    votes: Counter[str] = Counter()
    for place in places:
        if place.country:
            votes[place.country] += _weight(doc, dispatch, place, words)  # type: ignore[assignment]
    return votes


@lru_cache(maxsize=4)
def _where_words(knowledge: Knowledge) -> tuple[frozenset[str], frozenset[str]]:
    """Prepositions of place, and words for what a place is or a part of it."""
    rows = knowledge.rows("where")
    at = frozenset(r["word"] for r in rows if r["role"] in ("at", "goal"))
    return at, frozenset(r["word"] for r in rows if r["role"] in ("section", "town", "part", "back"))


def names_other(doc: Doc, dispatch: Dispatch, places: Sequence[Place], filed: Place, config: Config) -> bool:
    """Whether something is told to be in another town of the country in which a story was filed."""
    other = (
        p
        for p in places
        if p.kind in INNER and p.country in (None, filed.country) and p.name != filed.name and p != filed
    )
    return any(_weight(doc, dispatch, p, _words(config)) == WHERE for p in other if not _is_of_line(dispatch, p))


def _words(config: Config) -> tuple[frozenset[str], frozenset[str]]:
    """Prepositions of place, and the nouns that go by the name of a place in front."""
    rows = knowledge_of(config).rows("where")
    at = frozenset(r["word"] for r in rows if r["role"] in ("at", "goal"))
    return at, frozenset(r["word"] for r in rows if r["role"] in ("section", "town", "part", "back"))


def _is_of_line(dispatch: Dispatch, place: Place) -> bool:
    line = dispatch.dateline
    return line is not None and line.span.start <= place.start < line.span.end


def _weight(doc: Doc, dispatch: Dispatch, place: Place, words: tuple[frozenset[str], frozenset[str]]) -> float:
    if _is_of_line(dispatch, place):
        return WHERE
    span = doc.char_span(place.start, place.end, alignment_mode="expand")
    return WHERE if span is not None and not place.demonym and _says_where(span.root, *words) else MENTION


def _says_where(token: Token, at: frozenset[str], kinds: frozenset[str]) -> bool:
    """Whether a name stands behind a preposition of place, or names what stands there ("in X province").

    What only says whose something is does not: "in a US operation".
    """
    for t in (token, *token.ancestors):
        if t.dep_ in ("pobj", "pcomp"):
            preposition = t.head.lower_
            if preposition != "of":
                return preposition in at
        elif t.dep_ in ("compound", "poss", "nmod"):
            if t.head.lower_ not in kinds:
                return False
        elif t.dep_ not in ("conj", "appos", "prep"):
            return False
    return False


def country_of(places: Sequence[Place], country: str, before: int, config: Config) -> Place | None:
    """A country as a place, from what stands nearest before a character: a mention of it, or of a place in it."""
    own = sorted((p for p in places if p.country == country), key=lambda p: (p.start > before, p.demonym, -p.start))
    named = next((p for p in own if p.kind == "country"), None)
    if named is not None or not own:
        return named
    return _around(own[0], country, knowledge_of(config))


def _around(place: Place, country: str, knowledge: Knowledge) -> Place | None:
    """The country in which a place lies, which the dispatch does not name itself."""
    row = next((r for r in knowledge.rows("countries") if r["iso3"] == country), None)
    if row is None:
        return None
    lat, lon = float(row["lat"]), float(row["lon"])
    return replace(place, name=row["name"], kind="country", admin1=None, lat=lat, lon=lon, geonames=None)
