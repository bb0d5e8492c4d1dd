"""Part of speech and base form of words: the rules of a pipeline, asked once for each word with its tag and label."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from spacy import attrs
from spacy.matcher import Matcher
from spacy.tokens import Doc as SpacyDoc

from reportedly.parse.encoder import MOST_WORDS
from reportedly.parse.parsed import Doc, Word, from_words

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.language import Language
    from spacy.vocab import Vocab

_Table: TypeAlias = "NDArray[Any]"
# Form, tag and dependency label of a word.
_Key: TypeAlias = tuple[int, int, int]


class WordForms:
    """Part of speech and lemma: the rules of the pipeline, asked once for each word with its tag and label."""

    def __init__(self, language: Language) -> None:
        parts: dict[str, Any] = dict(language.pipeline)
        self._vocab = language.vocab
        self._ruler, self._lemmatizer = parts["attribute_ruler"], parts["lemmatizer"]
        self._known: dict[_Key, Word] = {}
        self._labels: dict[int, str] = {}
        patterns = [p for rule in self._ruler.patterns for p in rule["patterns"]]
        longer = [p for p in patterns if len(p) > 1]
        self._phrases = Matcher(language.vocab)
        self._reach = max(map(len, longer), default=1) - 1
        if longer:
            self._phrases.add("phrase", longer)
        self._longer = _Named(self._vocab, (min(map(_narrowest, p), key=_rarity) for p in longer))
        self._single = _Named(self._vocab, (_narrowest(p[0]) for p in patterns if len(p) == 1 and "DEP" in p[0]))
        _quicken(self._lemmatizer)

    @staticmethod
    def fits(ruler: Any) -> bool:  # noqa: ANN401
        """Whether the rules ask for nothing but what a word is remembered by."""
        patterns = [p for rule in ruler.patterns for p in rule["patterns"]]
        tokens = [token for p in patterns for token in p]
        single = all(_narrowest(token)[0] for token in tokens if "DEP" in token)
        longer = all(any(_narrowest(token)[1] for token in p) for p in patterns if len(p) > 1)
        return single and longer and {key for t in tokens for key in t} <= {"LOWER", "TAG", "DEP", "IS_SPACE"}

    def docs(
        self,
        made: Sequence[SpacyDoc],
        texts: Sequence[str],
        tables: Sequence[_Table],
        names: Sequence[Sequence[tuple[int, int, str]]],
    ) -> list[Doc]:
        """The parses as the stages take them; the rules are asked once for all words that are new."""
        keys = [self._keys(table) for table in tables]
        known = self._asked({key for some in keys for key in some})
        words = [
            self._in_place(doc, table, [known[k] for k in some])
            for doc, table, some in zip(made, tables, keys, strict=True)
        ]
        return [self._doc(*given) for given in zip(texts, tables, words, names, strict=True)]

    def _in_place(self, made: SpacyDoc, table: _Table, words: list[Word]) -> list[Word]:
        """The words of a text, where rules for several in a row apply by these."""
        for start, end in self._stretches(made, table):
            words[start:end] = self._by_rules(self._alone(table[start:end, [_ORTH, _TAG, _DEP]].tolist()))
        return words

    def _doc(self, text: str, table: _Table, words: list[Word], names: Sequence[tuple[int, int, str]]) -> Doc:
        deps = [word.dep or self._label(label) for word, label in zip(words, table[:, _DEP].tolist(), strict=True)]
        return from_words(text, words, deps, table[:, _IDX:].astype("int64").T.tolist(), names)

    def _keys(self, table: _Table) -> list[_Key]:
        """What is asked of each word: form, tag, and the label where a rule looks at it, which few do."""
        orths, tags, labels = table[:, _ORTH], table[:, _TAG], table[:, _DEP]
        asked = self._single.named(table) | (table[:, IS_SPACE] == 1)
        return list(zip(orths.tolist(), tags.tolist(), np.where(asked, labels, 0).tolist(), strict=True))

    def _label(self, key: int) -> str:
        label = self._labels.get(key)
        return label if label is not None else self._labels.setdefault(key, self._vocab.strings[key] if key else "")

    def _asked(self, keys: set[_Key]) -> dict[_Key, Word]:
        """The words of the keys, with all that is remembered."""
        new = sorted(key for key in keys if key not in self._known)
        if len(self._known) + len(new) > MOST_WORDS:
            self._known.clear()
            self._lemmatizer.cache.clear()
            new = sorted(keys)
        if new:
            alone = self._alone(new)
            words = self._by_rules(alone)
            # Words that happen to stand beside each other here make no phrase.
            for start, end in self._stretches(alone, alone.to_array(COLUMNS)):
                words[start:end] = [word for key in new[start:end] for word in self._by_rules(self._alone([key]))]
            self._known.update(zip(new, words, strict=True))
        return self._known

    def _stretches(self, made: SpacyDoc, table: _Table) -> list[tuple[int, int]]:
        """Where rules for several words in a row apply; looked for around the rarest word of each rule."""
        found: list[tuple[int, int]] = []
        for at in np.flatnonzero(self._longer.named(table)).tolist():
            begin = max(0, at - self._reach)
            around = made[begin : at + self._reach + 1]
            matches = self._phrases(around, allow_missing=True, as_spans=False)
            found += [(begin + start, begin + end) for _, start, end in matches]
        return _runs(found)

    def _alone(self, keys: Iterable[_Key]) -> SpacyDoc:
        """Words without their surroundings, each by its form, its tag and its label."""
        keys = list(keys)
        alone = SpacyDoc(self._vocab, words=[self._vocab.strings[orth] for orth, _, _ in keys])
        for token, (_, tag, label) in zip(alone, keys, strict=True):
            token.tag, token.dep = tag, label
        return alone

    def _by_rules(self, made: SpacyDoc) -> list[Word]:
        """The words as the rules of tags and base forms make them: "fled" with the lemma "flee"."""
        self._lemmatizer(self._ruler(made))
        return [
            Word(t.lower_, t.lemma_, t.pos_, t.tag_, t.dep_, t.is_space, t.is_punct, t.is_alpha, t.is_lower, t.like_num)
            for t in made
        ]


class _Named:
    """The words that some rules name: by form, tag or label."""

    def __init__(self, vocab: Vocab, asked: Iterable[tuple[str, list[str]]]) -> None:
        named: dict[str, list[int]] = {"LOWER": [], "TAG": [], "DEP": []}
        for key, values in asked:
            if values:
                named[key] += [vocab.strings.add(value) for value in values]
        columns = {"LOWER": _LOWER, "TAG": _TAG, "DEP": _DEP}
        self._named = [(columns[key], np.array(values, "uint64")) for key, values in named.items() if values]

    def named(self, table: _Table) -> NDArray[np.bool_]:
        """Whether each word is one of them."""
        found = np.zeros(len(table), dtype=bool)
        for column, values in self._named:
            found |= np.isin(table[:, column], values)
        return found


def _narrowest(token: dict[str, Any]) -> tuple[str, list[str]]:
    """What a rule names of a word, by which it is known that the rule does not concern others."""
    for key in ("LOWER", "TAG", "DEP"):
        value = token.get(key)
        if isinstance(value, str):
            return key, [value]
        if isinstance(value, dict) and set(value) == {"IN"}:
            return key, value["IN"]
    return ("IS_SPACE" if token.get("IS_SPACE") is True else ""), []


def _rarity(named: tuple[str, list[str]]) -> tuple[bool, int]:
    """Few words are rarer than many, and any are rarer than all."""
    return not named[1], len(named[1])


def _runs(matches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches that matches cover, those that overlap as one."""
    runs: list[tuple[int, int]] = []
    for start, end in sorted(matches):
        if runs and start < runs[-1][1]:
            runs[-1] = (runs[-1][0], max(end, runs[-1][1]))
        else:
            runs.append((start, end))
    return runs


def _quicken(lemmatizer: Any) -> None:  # noqa: ANN401
    """Make sets of the lists of base forms, in which each word is looked up."""
    index = lemmatizer.lookups.get_table("lemma_index", {})
    for pos, forms in index.items():
        index[pos] = set(forms)


COLUMNS: list[int | str] = [
    attrs.ORTH, attrs.LOWER, attrs.TAG, attrs.DEP, attrs.IS_SPACE, attrs.IDX, attrs.HEAD, attrs.SENT_START, attrs.SPACY,
]  # fmt: skip
_ORTH, _LOWER, _TAG, _DEP, IS_SPACE, _IDX, _HEAD, SENT_START, _SPACY = range(9)
