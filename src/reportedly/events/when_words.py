"""What dates an event is made of: times in the parse, and the words that carry events through time."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from reportedly.events.nearness import load_words
from reportedly.knowledge.load import SHIPPED, Knowledge
from reportedly.model import Time
from reportedly.parse.parsed import Token

Days = tuple[str | None, str | None]
UNKNOWN: Days = (None, None)
VERBAL = ("VERB", "AUX")
# A time behind one of these is not when it happened, but what it lasted to, came after or was compared with.
NOT_WHEN = frozenset(
    ["until", "till", "before", "after", "by", "to", "than", "as", "following", "despite", "against", "about", "over"]
)
OPEN = frozenset(["since", "from"])
OWN_NOUN = frozenset(["poss", "compound", "amod", "nmod", "nummod"])
INSIDE = frozenset(["in", "during", "by", "amid", "with", "through", "throughout"])


class DatingWords(NamedTuple):
    """Verbs of saying, nouns that name events, and verbs that carry such nouns with their slots and phase."""

    saying: frozenset[str]
    happening: frozenset[str]
    carriers: dict[str, tuple[frozenset[str], str]]
    rounds: frozenset[str]


class Placed(NamedTuple):
    """A time in the parse: its first token, the word that it dates at first sight, how it hangs on it, preposition."""

    time: Time
    first: int
    anchor: Token
    dep: str
    prep: str
    last: int
    word: str


@lru_cache(maxsize=4)
def load_dating_words(knowledge: Knowledge = SHIPPED) -> DatingWords:
    """The words of the tables ``cues``, ``events_nouns``, ``times_carriers`` and ``events_days``."""
    saying = {r["lemma"] for r in knowledge.rows("cues") if r["pos"] == "verb" and "clause" in r["frames"].split()}
    nouns = (t.strip() for r in knowledge.rows("events_nouns") if r["type"] != "-" for t in r["trigger"].split(","))
    carriers = {r["verb"]: (frozenset(r["slot"].split()), r["phase"]) for r in knowledge.rows("times_carriers")}
    return DatingWords(
        frozenset(saying), frozenset(n for n in nouns if " " not in n), carriers, load_words(knowledge).round
    )


def is_saying(token: Token, lexicon: DatingWords) -> bool:
    """Whether a word is a verb of saying, whose time is not that of what it says."""
    return token.pos_ in VERBAL and token.lemma_.lower() in lexicon.saying


def carrier(verb: Token, lexicon: DatingWords) -> tuple[frozenset[str], str]:
    """The slots and the phase of a carrying verb; the model's lemma of a past form may lack its e ("staged": stag)."""
    lemma = verb.lemma_.lower()
    particle = next((c.lower_ for c in verb.children if c.dep_ in ("prt", "advmod")), "")
    return (
        lexicon.carriers.get(f"{lemma} {particle}")
        or lexicon.carriers.get(lemma)
        or lexicon.carriers.get(f"{lemma}e")
        or (frozenset(), "")
    )


def is_inside(noun: Token) -> bool:
    """Whether a noun stands behind a word of the same moment: "killed in the raid"."""
    return noun.dep_ == "pobj" and noun.head.lower_ in INSIDE
