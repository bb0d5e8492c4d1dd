"""Mixed case for copy in capitals, word by word, so that a parser trained on mixed case can read it.

A word keeps its length: lower case, a capital first letter, or capitals. Evidence, strongest first: how the same
dispatch writes the word in mixed case; the casing table; names of countries, peoples and places; the vocabulary of the
language model (words and their inflections are ordinary words, what it never met is a name, what it met in capitals an
abbreviation).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache
from pathlib import Path

from spacy.lang.en.stop_words import STOP_WORDS
from spacy.language import Language
from spacy.strings import StringStore

from reportedly.knowledge.load import SHIPPED, Knowledge
from reportedly.knowledge.word_sets import word_sets

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SENTENCE_END = re.compile(r"[.!?:]['\"”’)\]]*\s+$|(?:^|(?<!\w)\s)['\"“‘(\[]+$")
_VOWELS = frozenset("aeiouyáéíóúäöü")
# Shorter passages are names and initials as often as capitals-only copy.
FEWEST_LETTERS = 12
CAPITALS = 0.85
FEWEST_OF_A_NAME = 3
DETERMINERS = frozenset({"the", "a", "an", "this", "that", "these", "those", "its", "his", "her", "their", "our", "no"})


class Casing:
    """Restores mixed case; one per language model, see the module.

    ``is_place`` tells whether a lower-case word is the name of a place of some size.
    """

    def __init__(self, nlp: Language, is_place: Callable[[str], bool], knowledge: Knowledge = SHIPPED) -> None:
        self._model = Path(nlp.path or "")
        self._is_place = is_place
        self._known = _known_forms(knowledge)
        self._given = frozenset(r["name"] for r in knowledge.rows("given_names"))
        self._saints = word_sets(knowledge)["saint"]
        titles = (r for r in knowledge.rows("roles") if r["kind"] == "person" and r["title"] == "y")
        self._titles = frozenset(r["head"] for r in titles)
        lookups = nlp.get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
        index = lookups.get_table("lemma_index", {})
        self._nouns = frozenset(index.get("noun", ()))
        self._others = frozenset(w for pos in ("verb", "adj", "adv") for w in index.get(pos, ()))
        exceptions = lookups.get_table("lemma_exc", {})
        self._irregular = frozenset(w for pos in ("verb", "noun", "adj") for w in exceptions.get(pos, {}))

    def restore(self, paragraphs: Iterable[str], *, headline: bool = False) -> list[str]:
        """The paragraphs, those in capitals in mixed case.

        A first one that is a headline in Title Case is written as the rest of the dispatch writes its words.
        """
        paragraphs = list(paragraphs)
        capitals = [is_capitals(p) for p in paragraphs]
        first = next((i for i, p in enumerate(paragraphs) if p.strip()), None)
        titled = headline and first is not None and not capitals[first] and is_title_case(paragraphs[first])
        if not any(capitals) and not titled:
            return paragraphs
        seen = self._names(p for i, p in enumerate(paragraphs) if capitals[i])
        seen |= _own_forms(p for i, p in enumerate(paragraphs) if not capitals[i] and not (titled and i == first))
        bracketed = {w for p in paragraphs for w in re.findall(r"[(\[]([A-Z]{2,6})[)\]]", p)}
        out = []
        for i, paragraph in enumerate(paragraphs):
            if capitals[i]:
                out.append(self._lowered(paragraph, seen, bracketed))
            elif titled and i == first:
                out.append(self._untitled(paragraph, seen))
            else:
                out.append(paragraph)
        return out

    def _names(self, paragraphs: Iterable[str]) -> dict[str, str]:
        """Words behind a given name or title that are no words of the language: "ANA ORLO", "COLONEL ORLO".

        Behind a given name also a noun without an article anywhere: "DANIEL ORTEGA", which dictionaries have.
        """
        words = [[m[0].lower() for m in _WORD.finditer(p)] for p in paragraphs]
        turns = [t for line in words for t in zip(("", *line), line, line[1:], strict=False)]
        things = {name for _, first, name in turns if first in DETERMINERS}
        found: dict[str, str] = {}
        for before, first, name in turns:
            given = first in self._given and before not in self._saints
            if (given and name not in things and self._is_new(name)) or (
                first in self._titles and name not in self._nouns and self._is_new(name)
            ):
                found |= {w: w.capitalize() for w in ((first, name) if given else (name,))}
        return found

    def _is_new(self, word: str) -> bool:
        """Whether it can be somebody's name: no verb, adjective, abbreviation or small word, nor a form of one."""
        if word in self._known or not word.isalpha() or len(word) < FEWEST_OF_A_NAME or _VOWELS.isdisjoint(word):
            return False
        inner = (w in self._others or w in self._irregular or w in STOP_WORDS for w in (word, *_bases(word)))
        return not any(inner) and not any(base in self._nouns for base in _bases(word))

    def _lowered(self, paragraph: str, seen: dict[str, str], bracketed: set[str]) -> str:
        def rewrite(match: re.Match[str]) -> str:
            word = match[0]
            if word in bracketed:
                return word
            if match.start() and paragraph[match.start() - 1].isdigit():
                return word.lower()
            form = seen.get(word.lower()) or self.form(word)
            if len(form) != len(word):
                return word
            if form[:1].islower() and starts_sentence(paragraph, match.start()):
                return form[:1].upper() + form[1:]
            return form

        return _WORD.sub(rewrite, paragraph)

    def _untitled(self, paragraph: str, seen: dict[str, str]) -> str:
        def rewrite(match: re.Match[str]) -> str:
            word = match[0]
            if match.start() == len(paragraph) - len(paragraph.lstrip()) or not word.istitle():
                return word
            form = seen.get(word.lower()) or (word if self.form(word).istitle() else word.lower())
            return form if len(form) == len(word) else word

        return _WORD.sub(rewrite, paragraph)

    @cached_property
    def _strings(self) -> StringStore:
        """The words that the model came with: the store in use grows with every text that is parsed."""
        return StringStore().from_disk(self._model / "vocab" / "strings.json")

    @lru_cache(maxsize=100_000)  # noqa: B019  one Casing lives as long as its model
    def form(self, word: str) -> str:
        """How a word in capitals is written inside a sentence."""
        lower = word.lower()
        stem, _, clitic = lower.partition("'") if "'" in lower else lower.partition("’")
        tail = lower[len(stem) :]
        if (known := self._known.get(stem)) is not None:
            return known + tail
        if clitic in ("t", "re", "ve", "ll", "d", "m") or len(stem) == 1:
            return lower
        if self._ordinary(stem):
            return lower
        if self._abbreviation(stem):
            return stem.upper() + tail
        return stem.capitalize() + tail

    def _ordinary(self, word: str) -> bool:
        """Whether the language has the word or its base as a common word."""
        if word in self._strings and word.capitalize() not in self._strings:
            return True
        if word in self._others or word in self._irregular or word in STOP_WORDS:
            return True
        if word in self._nouns:
            return word + "s" in self._strings or self._plural(word) in self._strings or not self._is_place(word)
        return any(base in self._others or (base in self._nouns and not self._is_place(base)) for base in _bases(word))

    @staticmethod
    def _plural(word: str) -> str:
        if word.endswith("y"):
            return word[:-1] + "ies"
        return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")

    def _abbreviation(self, word: str) -> bool:
        if word.upper() in self._strings and 2 <= len(word) <= 6:
            return True
        vowels = sum(c in _VOWELS for c in word)
        return 2 <= len(word) <= 6 and vowels <= len(word) * 0.2


_ENDINGS = (
    ("ies", "y"), ("es", ""), ("es", "e"), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"),
    ("ing", ""), ("ing", "e"), ("ly", ""), ("er", ""), ("er", "e"), ("est", ""), ("men", "man"),
)  # fmt: skip


def _bases(word: str) -> list[str]:
    """Possible base forms of an inflected word."""
    found = []
    for ending, replacement in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            base = word[: -len(ending)] + replacement
            found.append(base)
            if len(base) > 2 and base[-1] == base[-2]:
                found.append(base[:-1])
    return found


@lru_cache(maxsize=4)
def _known_forms(knowledge: Knowledge) -> dict[str, str]:
    """Lower-case word to written form, from the tables."""
    forms: dict[str, str] = {}
    for row in knowledge.rows("countries"):
        names = "|".join(row[column] for column in ("name", "aliases", "adjectives", "nouns", "capital"))
        for name in names.split("|"):
            # The words of a longer name may be ordinary ones ("New", "City"): the vocabulary decides about them.
            if name[:1].isupper() and _WORD.fullmatch(name):
                forms[name.lower()] = name
    shape: dict[str, Callable[[str], str]] = {"lower": str.lower, "title": str.capitalize, "upper": str.upper}
    for row in knowledge.rows("casing"):
        forms[row["word"]] = shape[row["form"]](row["word"])
    return forms


def _own_forms(paragraphs: Iterable[str]) -> dict[str, str]:
    """How the mixed-case passages write each word inside a sentence."""
    counts: dict[str, Counter[str]] = {}
    for paragraph in paragraphs:
        for match in _WORD.finditer(paragraph):
            if not starts_sentence(paragraph, match.start()):
                counts.setdefault(match[0].lower(), Counter())[match[0]] += 1
    return {lower: forms.most_common(1)[0][0] for lower, forms in counts.items()}


def starts_sentence(paragraph: str, at: int) -> bool:
    """Whether the word at this offset opens a sentence or a quotation."""
    if at < 60 and not any(c.isalnum() for c in paragraph[:at]):
        return True
    return bool(_SENTENCE_END.search(paragraph[max(0, at - 6) : at]))


def is_capitals(text: str) -> bool:
    """Whether a passage is written in capitals throughout."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= FEWEST_LETTERS and sum(c.isupper() for c in letters) >= CAPITALS * len(letters)


def is_title_case(text: str) -> bool:
    """Whether a line Has Its Words Capitalised as many headlines do."""
    words = [w for w in _WORD.findall(text) if len(w) > 3]
    return len(words) >= 3 and sum(w[0].isupper() for w in words) >= 0.8 * len(words)
