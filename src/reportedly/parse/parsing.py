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
from spacy.ml.parser_model import ParserStepModel  # type: ignore[import-not-found]
from spacy.tokens import Doc as SpacyDoc

from reportedly.limits import BATCH_CHARS, portions
from reportedly.parse import products
from reportedly.parse.encoder import Encoder
from reportedly.parse.parsed import Doc, from_spacy
from reportedly.parse.word_forms import COLUMNS, IS_SPACE, SENT_START, WordForms

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.language import Language
    from thinc.model import Model

C = TypeVar("C")

_Table: TypeAlias = "NDArray[Any]"

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
    if list(parts) != SHAPE or parts["lemmatizer"].mode != "rule" or not WordForms.fits(parts["attribute_ruler"]):
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
        self._words = WordForms(language)

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
        tables: list[_Table] = [doc.to_array(COLUMNS) for doc in docs]
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
        follows = np.append(table[1:, SENT_START] != 1, False)
        follows[ends[ends > 0] - 1] = False
        cached, _ = _Lower(self._model, [len(v) for v in vectors])(_narrowed(self._model, vectors))
        pad = cached[0]
        scores = self._scores(cached[1:, 0] + pad[1] + pad[2])
        scores += self._closed[2 * (table[:, IS_SPACE] == 0) + follows]
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
