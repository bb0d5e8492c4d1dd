"""How alike two dispatches, or two sentences of them, are worded: cosine of tf-idf vectors.

A ledger of three dispatches knows nothing of how common a word is; so every word is taken to have been seen in a few
dispatches more, which flattens the weights of a small ledger and leaves those of a large one alone.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import blake2b

from reportedly.knowledge.load import Knowledge, listed

Vector = dict[str, float]

_WORD = re.compile(r"[^\W\d_]{3,}|\d+")
_ENDINGS = (("ies", "y"), ("ied", "y"), ("ings", ""), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""))
# Shorter words are left as they are.
SHORTEST = 5
# Dispatches that nobody has seen, in which each word stands once: keeps the weights of a small ledger flat.
PRIOR = 20


@lru_cache(maxsize=8)
def _stop_words(knowledge: Knowledge) -> frozenset[str]:
    return frozenset(word for row in knowledge.rows("stopwords") for word in row["words"].split())


def is_stop_word(word: str, knowledge: Knowledge) -> bool:
    """Whether a word tells nothing of what a text is about."""
    return word.casefold() in _stop_words(knowledge)


def words(text: str, knowledge: Knowledge) -> Counter[str]:
    """The content words and numbers of a text, lower case, with their counts."""
    plain = text.lower().replace("’", "'").replace("'s", "")
    stop = _stop_words(knowledge)
    return Counter(stem(w) for w in _WORD.findall(plain) if w not in stop)


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """A word without the endings of number, tense and participle, so that *bombs* and *bombed* are one word.

    >>> [stem(w) for w in ("bodies", "killed", "bombing", "shelled", "police", "1997")]
    ['body', 'kill', 'bomb', 'shell', 'polic', '1997']
    """
    if len(word) < SHORTEST or word.endswith("ss"):
        return word
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST - 2:
            word = word[: -len(ending)] + instead
            break
    if word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]
    return word.removesuffix("e")


class Wording:
    """Weights of words over a collection of dispatches."""

    def __init__(self, texts: Iterable[Mapping[str, int]]) -> None:
        self._seen: Counter[str] = Counter()
        self._size = PRIOR
        for counts in texts:
            self._seen.update(counts.keys())
            self._size += 1

    @classmethod
    def of(cls, seen: Mapping[str, int], dispatches: int) -> Wording:
        """The weights of a collection: how many dispatches it has, and in how many of them each word stands."""
        made = cls(())
        made._seen.update(seen)
        made._size += dispatches
        return made

    def vector(self, counts: Mapping[str, int]) -> Vector:
        """The unit vector of a text; empty for a text without content words."""
        raw = {w: (1 + math.log(n)) * math.log(self._size / (self._seen[w] + 1)) for w, n in counts.items()}
        length = math.sqrt(sum(x * x for x in raw.values()))
        return {w: x / length for w, x in raw.items() if x > 0} if length else {}


@lru_cache(maxsize=500_000)
def number(word: str) -> int:
    """A word as 64 bits, the same in every run."""
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


@lru_cache(maxsize=8)
def anybody(knowledge: Knowledge) -> frozenset[str]:
    """The words for people that would fit any other happening as well."""
    rows = knowledge.rows("incident_words")
    return frozenset(stem(w) for r in rows if r["says"] == "anybody" for w in listed(r["words"]))
