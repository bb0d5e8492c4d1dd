"""Is a text English? Cheap for the texts that are, careful with those that are too short to tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
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
# English that is beyond doubt is known at a glance.
GLANCE_CHARS, SURELY_ENGLISH_SHARE = 400, 0.2
# English prose holds 25 to 45 percent of such words; other languages under 5.
ENGLISH_SHARE = 0.12
# Fewer words than this say nothing about a language in Latin letters.
FEW_WORDS = 8
# How probable another language has to be, in a text of so many words and in a shorter one.
MANY_WORDS, SURE, SURE_OF_FEW = 15, 0.8, 0.9


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of the language a text is in; ``None`` where the text is too short to tell."""
    first = text[:GLANCE_CHARS].lower().split()
    if len(first) >= MANY_WORDS and sum(w in _ENGLISH for w in first) >= SURELY_ENGLISH_SHARE * len(first):
        return "en"
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
    found, sure = _identify()(sample.lower() if sample.isupper() else sample)
    if found == "en" or latin <= 0.5:
        return str(found)
    wanted = SURE_OF_FEW if len(words) < MANY_WORDS else SURE
    return str(found) if sure >= wanted and share < ENGLISH_SHARE / 2 else None


def _latin_share(words: Iterable[str]) -> float:
    letters = "".join(words)
    return sum(c < "\u0250" for c in letters) / len(letters)


@cache
def _identify() -> Callable[[str], tuple[str, float]]:
    """The statistical model, loaded at the first text that needs it: text to language and probability."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    classify: Callable[[str], tuple[str, float]] = LanguageIdentifier.from_model_file(
        MODEL_FILE, norm_probs=True
    ).classify
    return classify
