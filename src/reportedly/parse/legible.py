"""How much of a text is analysed: so many characters and words, without the stretches that cannot be words.

A rule of a thousand dashes, a coded attachment or a page of commas tells nothing, and a tokenizer takes time for it
that grows with its square. Such a stretch is blanked, so that no offset moves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

import msgspec

from reportedly.model import Span

_WORD = re.compile(r"\w+|[^\w\s]")
# Longer than any word; a longer address of a page is no text either.
LONGEST_WORD = 250
# So many signs without a letter or a digit between them.
MOST_SIGNS = 100
_TOO_LONG = re.compile(rf"(?<!\S)\S{{{LONGEST_WORD + 1},}}")
_SIGNS = re.compile(rf"(?<![^\w\n])(?<!_)(?:[^\w\n]|_){{{MOST_SIGNS + 1},}}")


class Legible(msgspec.Struct, frozen=True):
    """The text as far as it is analysed, and what was made blank in it."""

    text: str
    blanked: tuple[Span, ...]


# Of the texts of a batch it is asked twice: what is read, and what is told of the rest.
@lru_cache(maxsize=64)
def legible(text: str, max_chars: int, max_words: int) -> Legible:
    """The beginning of the text, at most so many characters and so many words and signs of it."""
    begin = text[:max_chars]
    blanked = tuple(Span(*where) for where in sorted(_wordless(begin)))
    for span in blanked:
        begin = begin[: span.start] + " " * (span.end - span.start) + begin[span.end :]
    over = next(islice(_WORD.finditer(begin), max_words, None), None)
    return Legible(begin if over is None else begin[: over.start()], blanked)


def _wordless(text: str) -> Iterator[tuple[int, int]]:
    """Stretches that are no words: too long without a blank, or signs alone."""
    yield from (m.span() for m in _TOO_LONG.finditer(text))
    for found in _SIGNS.finditer(text):
        signs = found[0].strip()
        if len(signs) > MOST_SIGNS and len(signs) - sum(map(str.isspace, signs)) > MOST_SIGNS:
            start = found.start() + found[0].index(signs)
            yield start, start + len(signs)
