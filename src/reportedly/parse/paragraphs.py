"""spaCy component: a paragraph never shares a sentence with the next one, and no sentence goes on without end."""

from __future__ import annotations

from collections.abc import Sequence

from spacy import attrs
from spacy.language import Language
from spacy.tokens import Doc

# So many words in a row without a full stop are cut: what asks each word of a sentence about all others stays quick.
LONGEST_RUN = 256
_STOPS = frozenset(".!?")
# Where such a run is cut best, if there is one of them in its second half.
_PAUSES = (frozenset(";:"), frozenset(",)]”—–-"))


@Language.component("reportedly_paragraphs")
def paragraphs(doc: Doc) -> Doc:
    """Start a sentence at the first word behind every line feed of the reading text, and where a run is cut."""
    words = _words(doc)
    opened = True
    for i, word in enumerate(words):
        if word.isspace():
            opened = opened or "\n" in word
            continue
        if opened:
            doc[i].is_sent_start = True
        opened = False
    for at in cuts(words):
        doc[at].is_sent_start = True
    return doc


def _words(doc: Doc) -> list[str]:
    """The words as they stand; a Token of each would cost as much as to parse it."""
    orths = doc.to_array(attrs.ORTH).tolist()
    strings = {orth: doc.vocab.strings[orth] for orth in set(orths)}
    return [strings[orth] for orth in orths]


def cuts(words: Sequence[str]) -> list[int]:
    """The positions at which runs of over ``LONGEST_RUN`` words without a full stop or a paragraph break are cut."""
    found = []
    begin = 0
    for i, word in enumerate(words):
        if word in _STOPS or "\n" in word:
            begin = i + 1
        elif i - begin >= LONGEST_RUN:
            begin = _cut(words, begin, i)
            found.append(begin)
    return found


def _cut(words: Sequence[str], begin: int, end: int) -> int:
    """Where in its second half a run is cut: behind the last pause, else at its end."""
    half = range(end - 2, begin + LONGEST_RUN // 2, -1)
    behind = (i + 1 for pauses in _PAUSES for i in half if words[i] in pauses and not words[i + 1].isspace())
    return next(behind, end)
