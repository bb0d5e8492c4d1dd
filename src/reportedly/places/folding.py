"""One spelling for the many that a name is written in; used when the gazetteer is built and when it is asked."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "ı": "i",
        "đ": "d",
        "ð": "d",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ə": "a",
        "ʼ": "",
        "ʻ": "",
    }
)
_APOSTROPHES = re.compile(r"['’‘`´ʿʾ]")
_INITIALS = re.compile(r"\b(?:\w\.){2,}")
_OTHER = re.compile(r"[^a-z0-9]+")
_ABBREVIATED = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}


@lru_cache(maxsize=32_768)
def fold(name: str) -> str:
    """The key of a name: lower case, no accents, apostrophes, dots or hyphens, no leading article.

    >>> fold("The U.S."), fold("Al-Qāmishlī"), fold("St. John's")
    ('us', 'al qamishli', 'saint johns')

    A name without a Latin letter gives an empty key.
    """
    text = _APOSTROPHES.sub("", name).casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).translate(_LETTERS).encode("ascii", "ignore").decode()
    if "." in text:
        text = _INITIALS.sub(lambda m: m[0].replace(".", "") + " ", text)
    words = _OTHER.sub(" ", text).split()
    if len(words) > 1:
        if words[0] == "the":
            words = words[1:]
        words = [_ABBREVIATED.get(w, w) if i < len(words) - 1 else w for i, w in enumerate(words)]
    return " ".join(words)
