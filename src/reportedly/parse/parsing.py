"""The parse of many texts: what the spaCy pipeline gives, for a good part of its work less.

The models are spaCy's own and their numbers are the same; what is left out is work that is done again and again:

* what a word looks like (its embedding, before its neighbours are seen) is computed once for each word;
* part of speech and lemma depend on word, tag and dependency label, and are looked up once for each of these;
* the entity recogniser decides about all words outside of names at once, and steps only through names;
* the parser's transitions are driven from here: spaCy's wheels for Python 3.11 are built with profiling hooks that wait
  for the interpreter lock at each look at a parse state, unless the caller holds the lock.

A pipeline that is not of the shape of ``en_core_web_sm`` is run by spaCy itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import numpy as np
from spacy import attrs
from spacy.matcher import Matcher
from spacy.ml.parser_model import ParserStepModel  # type: ignore[import-not-found]
from spacy.tokens import Doc as SpacyDoc

from reportedly.limits import BATCH_CHARS, portions
from reportedly.parse import products
from reportedly.parse.encoder import MOST_WORDS, Encoder
from reportedly.parse.parsed import Doc, Word, from_spacy, from_words

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.language import Language
    from spacy.vocab import Vocab
    from thinc.model import Model

C = TypeVar("C")

_Table: TypeAlias = "NDArray[Any]"
# Form, tag and dependency label of a word.
_Key: TypeAlias = tuple[int, int, int]

SHAPE = ["tok2vec", "tagger", "reportedly_paragraphs", "parser", "attribute_ruler", "lemmatizer", "ner"]
# Words in spaCy's vocabulary beyond which it keeps no new ones: memory stays flat.
MOST_LEXEMES = 50_000
# Texts parsed step by step together.
STEPPED = 16


def parse(language: Language, texts: Iterable[tuple[str, C]], batch_size: int) -> Iterator[tuple[Doc, C]]:
    """The parses of many texts in order, each with what came beside it."""
    line = line_of(language)
    for batch in portions(texts, batch_size, BATCH_CHARS, _length):
        if line is None:
            for made, beside in language.pipe(batch, as_tuples=True, batch_size=batch_size):
                yield from_spacy(made), beside
        else:
            yield from zip(line.parse([text for text, _ in batch]), (beside for _, beside in batch), strict=True)


def _length(text: tuple[str, object]) -> int:
    return len(text[0])


@lru_cache(maxsize=2)
def line_of(language: Language) -> _Components | None:
    """The pipeline as it is run here, with what it remembers; None where spaCy has to run it."""
    return _Components(language) if fits(language) else None


def fits(language: Language) -> bool:
    """Whether the pipeline has the components and layers that are known here."""
    parts: dict[str, Any] = dict(language.pipeline)
    if list(parts) != SHAPE or parts["lemmatizer"].mode != "rule" or not _Words.fits(parts["attribute_ruler"]):
        return False
    ner, parser = parts["ner"].model, parts["parser"].model
    layers = [[layer.name for layer in model.get_ref("tok2vec").layers[1:]] for model in (ner, parser)]
    return (
        layers == [["list2array", "linear"]] * 2
        and all(Encoder.fits(m) for m in (parts["tok2vec"].model, ner.get_ref("tok2vec").layers[0]))
        and ner.get_ref("lower").get_dim("nF") == _Names.FEATURES
        and all(m.attrs["has_upper"] and not m.attrs["unseen_classes"] for m in (ner, parser))
        and all(parts[name].cfg["beam_width"] == 1 for name in ("ner", "parser"))
    )


class _Components:
    """The components of one pipeline, in the order in which they work."""

    def __init__(self, language: Language) -> None:
        parts: dict[str, Any] = dict(language.pipeline)
        self._language = language
        self._turn = Lock()
        self._tagger, self._paragraphs, self._parser = (parts[n] for n in SHAPE[1:4])
        self._encoder = Encoder(parts["tok2vec"].model, language.vocab)
        self._ner_encoder = Encoder(parts["ner"].model.get_ref("tok2vec").layers[0], language.vocab)
        self._names = _Names(parts["ner"])
        self._words = _Words(language)

    def parse(self, texts: Sequence[str]) -> list[Doc]:
        """The parses of one batch of texts."""
        full = len(self._language.vocab) > MOST_LEXEMES
        # What is remembered is shared: threads take turns.
        with self._turn, products.one_thread(), self._language.memory_zone() if full else nullcontext():
            return self._sorted(texts)

    def _sorted(self, texts: Sequence[str]) -> list[Doc]:
        """Parse texts of like length together: steps are taken side by side."""
        docs = [self._language.make_doc(text) for text in texts]
        done: dict[int, Doc] = {}
        by_length = sorted(range(len(docs)), key=[len(doc) for doc in docs].__getitem__)
        for some in (by_length[at : at + STEPPED] for at in range(0, len(docs), STEPPED)):
            done.update(zip(some, self._parse([docs[n] for n in some], [texts[n] for n in some]), strict=True))
        return [done[n] for n in range(len(texts))]

    def _parse(self, docs: list[SpacyDoc], texts: list[str]) -> list[Doc]:
        if not any(map(len, docs)):
            return [Doc(text, [], ()) for text in texts]
        vectors = self._encoder.vectors(docs)
        tagger = self._tagger
        tagger.set_annotations(docs, tagger._scores2guesses(tagger.model.layers[1].predict(vectors)))  # noqa: SLF001
        for doc in docs:
            self._paragraphs(doc)
        self._parser.set_annotations(docs, _transitions(self._parser, docs, vectors))
        tables: list[_Table] = [doc.to_array(_COLUMNS) for doc in docs]
        names = self._names.find(self._ner_encoder.vectors(docs), tables)
        return self._words.docs(docs, texts, tables, names)


def _narrowed(model: Model[Any, Any], vectors: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
    """The vectors of all words as a transition model takes them."""
    found: NDArray[np.float32] = model.get_ref("tok2vec").layers[2].predict(np.concatenate(vectors))
    return found


class _Lower:
    """The lower layer of a transition model: what each word adds to a step, by the place in which the step sees it.

    As spaCy's, but each text is multiplied by itself, so that numpy's product rounds it alike in any company.
    """

    def __init__(self, model: Model[Any, Any], lengths: Sequence[int]) -> None:
        lower: Any = model.get_ref("lower")
        self._plain, self._lengths = lower, lengths
        self.ops, self.get_param, self.get_dim, self.has_dim = lower.ops, lower.get_param, lower.get_dim, lower.has_dim

    def __call__(self, given: NDArray[np.float32], *_: object) -> tuple[NDArray[np.float32], None]:
        """Of each word (behind a first row for none) a vector for each place."""
        if products.block() is None:
            return self._plain.predict(given), None
        pad, weights = self.get_param("pad")[0], self.get_param("W")
        rows = np.empty((len(given) + 1, pad.size), dtype="f")
        rows[0] = pad.ravel()
        flat, at = weights.reshape(-1, weights.shape[-1]).T, 0
        for length in self._lengths:
            np.dot(given[at : at + length], flat, out=rows[at + 1 : at + length + 1])
            at += length
        return rows.reshape(-1, *pad.shape), None


def _transitions(parser: Any, docs: list[SpacyDoc], vectors: Sequence[NDArray[np.float32]]) -> Any:  # noqa: ANN401
    """The final states of the parser over the texts."""
    model = parser.model
    upper = model.get_ref("upper")
    given = _narrowed(model, vectors)
    layers = [lambda *_, **__: (given, None), _Lower(model, [len(v) for v in vectors]), upper]
    step = ParserStepModel(docs, layers, unseen_classes=set(), train=False, has_upper=True)
    weights, bias, gemm = upper.get_param("W"), upper.get_param("b"), model.ops.gemm
    states = parser.moves.init_batch(docs)
    open_states = [state for state in states if not state.is_final()]
    while open_states:
        scores = gemm(step.state2vec.predict(step.get_token_ids(open_states)), weights, trans2=True)
        scores += bias
        open_states = parser.transition_states(open_states, scores)
    step.clear_memory()
    return states


class _Names:
    """The entity recogniser: spaCy's BILUO transitions, where what is decided outside of names depends on no state."""

    # What a transition looks at: the word, the first word of an open name, the word before.
    FEATURES = 3

    def __init__(self, ner: Any) -> None:  # noqa: ANN401
        self._model = ner.model
        names = (ner.moves.get_class_name(n) for n in range(ner.moves.n_moves))
        moves = [name.partition("-")[::2] for name in names]
        at = {move: n for n, move in enumerate(moves)}
        self._labels = [label for _, label in moves]
        # "U-" without a label undoes names that were set before; there are none.
        self._move = np.array([move if label or move == "O" else "" for move, label in moves])
        self._inside = np.array([at.get(("I", label), 0) for label in self._labels])
        self._last = np.array([at.get(("L", label), 0) for label in self._labels])
        # Outside of names: what may be done with a word, by whether it is blank and whether a name may go on behind it.
        allowed: list[str] = ["O", "O", "OU", "OUB"]
        self._closed = np.array([np.where(np.isin(self._move, list(kinds)), 0.0, -np.inf) for kinds in allowed], "f")

    def find(
        self, vectors: Sequence[NDArray[np.float32]], tables: Sequence[_Table]
    ) -> list[list[tuple[int, int, str]]]:
        """The named entities of each text: first word, one past the last, label."""
        table = np.concatenate(tables)
        ends = np.cumsum([len(t) for t in tables])
        follows = np.append(table[1:, _SENT_START] != 1, False)
        follows[ends[ends > 0] - 1] = False
        cached, _ = _Lower(self._model, [len(v) for v in vectors])(_narrowed(self._model, vectors))
        pad = cached[0]
        scores = self._scores(cached[1:, 0] + pad[1] + pad[2])
        scores += self._closed[2 * (table[:, _IS_SPACE] == 0) + follows]
        guess = scores.argmax(axis=1)
        closing = self._closings(cached, guess, follows)
        found: list[list[tuple[int, int, str]]] = []
        for begin, end in zip([0, *ends], ends, strict=False):
            found.append(self._chosen(guess[begin:end], closing[begin:end] - begin))
        return found

    def _scores(self, summed: NDArray[np.float32]) -> NDArray[np.float32]:
        lower, upper = self._model.get_ref("lower"), self._model.get_ref("upper")
        hidden = np.ascontiguousarray((summed + lower.get_param("b")).max(axis=-1))
        scores: NDArray[np.float32] = self._model.ops.gemm(hidden, upper.get_param("W"), trans2=True)
        scores += upper.get_param("b")
        return scores

    def _closings(
        self, cached: NDArray[np.float32], guess: NDArray[np.intp], follows: NDArray[np.bool_]
    ) -> NDArray[np.intp]:
        """One past the last word of the name that begins at each word, where one would begin."""
        closing = np.arange(1, len(guess) + 1)
        first = np.flatnonzero(self._move[guess] == "B")
        at = first + 1
        while len(first):
            scores = self._scores(cached[1 + at, 0] + cached[1 + first, 1] + cached[at, 2])
            rows = np.arange(len(first))
            inside = scores[rows, self._inside[guess[first]]]
            goes_on = follows[at] & (inside >= scores[rows, self._last[guess[first]]])
            closing[first[~goes_on]] = at[~goes_on] + 1
            first, at = first[goes_on], at[goes_on] + 1
        return closing

    def _chosen(self, guess: NDArray[np.intp], closing: NDArray[np.intp]) -> list[tuple[int, int, str]]:
        """The names of one text from left to right; none begins inside another."""
        found: list[tuple[int, int, str]] = []
        free = 0
        for at in np.flatnonzero(self._move[guess] != "O").tolist():
            if at >= free:
                free = int(closing[at])
                found.append((at, free, self._labels[guess[at]]))
        return found


class _Words:
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
        asked = self._single.named(table) | (table[:, _IS_SPACE] == 1)
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
            for start, end in self._stretches(alone, alone.to_array(_COLUMNS)):
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


_COLUMNS: list[int | str] = [
    attrs.ORTH, attrs.LOWER, attrs.TAG, attrs.DEP, attrs.IS_SPACE, attrs.IDX, attrs.HEAD, attrs.SENT_START, attrs.SPACY,
]  # fmt: skip
_ORTH, _LOWER, _TAG, _DEP, _IS_SPACE, _IDX, _HEAD, _SENT_START, _SPACY = range(9)
