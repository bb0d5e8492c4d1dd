"""Is a text English? Cheap for the texts that are, careful with those that are too short to tell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

# Frequent English words that other languages in Latin letters hardly share.
_ENGLISH = frozenset(
    {
        "the", "of", "and", "that", "said", "were", "with", "from", "by", "which", "who", "have", "been", "has",
        "would", "their", "they", "after", "people", "police", "killed", "this", "not", "but", "are", "is", "as", "it",
        "be", "to", "at", "he", "his", "its", "had", "was", "for",
    }
)  # fmt: skip
_WORDS = re.compile(r"[^\W\d_]+")
# How much of a text is looked at.
SAMPLE_CHARS = 3000
# English prose holds 25 to 45 percent of such words; other languages under 5.
ENGLISH_SHARE = 0.12
# Fewer words than this say nothing about a language in Latin letters.
FEW_WORDS = 8
# From so many words on the statistics are sure without the word list.
MANY_WORDS = 15


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of the language a text is in; ``None`` where the text is too short to tell."""
    sample = text[:SAMPLE_CHARS]
    words = [w.casefold() for w in _WORDS.findall(sample)]
    if not words:
        return None
    share = sum(w in _ENGLISH for w in words) / len(words)
    if share >= ENGLISH_SHARE:
        return "en"
    latin = _latin_share(words)
    if len(words) < FEW_WORDS and latin > 0.5:
        return None
    found = _by_statistics(sample.lower() if sample.isupper() else sample)
    if found == "en" or latin <= 0.5 or (len(words) >= MANY_WORDS and share < ENGLISH_SHARE / 2):
        return found
    return None


def _latin_share(words: Iterable[str]) -> float:
    letters = "".join(words)
    return sum(c < "\u0250" for c in letters) / len(letters)


def _by_statistics(text: str) -> str:
    return str(_classify()(text)[0])


@cache
def _classify():  # type: ignore[no-untyped-def]  # noqa: ANN202  the library has no types
    import py3langid

    return py3langid.classify
