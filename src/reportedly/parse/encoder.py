"""The token encoder of a pipeline: what each word looks like, computed once for each word, then in its surroundings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from spacy import attrs
from thinc.api import NumpyOps

from reportedly.limits import portions
from reportedly.parse import products

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc as SpacyDoc
    from spacy.vocab import Vocab
    from thinc.model import Model

_Rows: TypeAlias = "NDArray[np.float32]"

# Words remembered: memory stays flat.
MOST_WORDS = 32_768
# Layers that look at a word by itself, and at nothing but its attributes.
_ALONE = frozenset({
    "extract_features", "static_vectors", "list2ragged", "ragged2list", "ints-getitem", "hashembed", "maxout",
    "layernorm", "dropout",
})  # fmt: skip


class _WordRows:
    """Words as the layers of an encoder ask for them, without a text: their attributes as a table."""

    def __init__(self, vocab: Vocab, columns: list[int | str], table: NDArray[np.uint64]) -> None:
        self.vocab = vocab
        self._at = {_number(column): n for n, column in enumerate(columns)}
        self._table = table

    def __len__(self) -> int:
        return len(self._table)

    def to_array(self, wanted: int | str | list[int | str]) -> NDArray[np.uint64]:
        """One attribute of each word, or several."""
        several = wanted if isinstance(wanted, list) else [wanted]
        found = self._table[:, [self._at[_number(column)] for column in several]]
        return found if isinstance(wanted, list) else found[:, 0]


def _number(column: int | str) -> int:
    number: int = attrs.IDS[column] if isinstance(column, str) else column
    return number


class Encoder:
    """A token encoder: the vector of each word in its surroundings."""

    def __init__(self, model: Model[Any, Any], vocab: Vocab) -> None:
        self._embed, self._encode = model.layers
        self._vocab = vocab
        self._columns = _columns(self._embed, vocab)
        self._width = model.get_dim("nO")
        self._known: dict[bytes, int] = {}
        self._table = np.empty((MOST_WORDS, self._width), dtype="f")
        self._block = products.block()
        self._layers = self._encode.layers[0].copy()
        for layer in self._layers.walk():
            layer.ops = NumpyOps(use_blis=False)

    @staticmethod
    def fits(model: Model[Any, Any]) -> bool:
        """Whether the encoder looks at each word by itself first, by nothing but its attributes."""
        if len(model.layers) != 2 or not model.layers[1].name.startswith("with_array("):
            return False
        return {layer.name for layer in model.layers[0].walk() if not layer.layers} <= _ALONE

    def vectors(self, docs: Sequence[SpacyDoc]) -> list[_Rows]:
        """The vectors of the words of each text."""
        found: list[_Rows] = []
        for some in portions(self._embedded(docs), len(docs), products.MOST_ROWS, len):
            found += self._encoded(some)
        return found

    def _encoded(self, texts: list[_Rows]) -> list[_Rows]:
        if self._block is None:
            missing = max(0, products.FEWEST_ROWS - sum(map(len, texts)))
            found: list[_Rows] = self._encode.predict([*texts, np.zeros((missing, self._width), dtype="f")])
            return found[:-1]
        gap = self._encode.attrs["pad"]
        rows = self._layers.predict(products.laid_out(texts, self._block, gap))
        starts = products.starts_of([len(text) for text in texts], self._block, gap)
        return [rows[at : at + len(text)] for at, text in zip(starts, texts, strict=False)]

    def _embedded(self, docs: Sequence[SpacyDoc]) -> list[_Rows]:
        """The vectors of the words by themselves."""
        features = np.concatenate([doc.to_array(self._columns).astype("uint64", copy=False) for doc in docs])
        rows = self._looked_up(np.ascontiguousarray(features))
        return np.split(rows, np.cumsum([len(doc) for doc in docs])[:-1])

    def _looked_up(self, features: NDArray[np.uint64]) -> _Rows:
        keys = features.view(f"V{features.shape[1] * 8}").ravel().tolist()
        new = {key: n for n, key in enumerate(keys) if key not in self._known}
        if len(self._known) + len(new) > MOST_WORDS:
            self._known.clear()
            new = {key: n for n, key in enumerate(keys)}
            if len(new) > MOST_WORDS:
                return self._compute(features)
        if new:
            at = len(self._known)
            self._known.update(zip(new, range(at, at + len(new)), strict=True))
            self._table[at : at + len(new)] = self._compute(features[list(new.values())])
        return self._table[np.fromiter(map(self._known.__getitem__, keys), dtype=np.intp, count=len(keys))]

    def _compute(self, features: NDArray[np.uint64]) -> _Rows:
        missing = max(0, products.FEWEST_ROWS - len(features))
        filled = np.concatenate([features, features[:1].repeat(missing, axis=0)])
        rows: _Rows = self._embed.predict([_WordRows(self._vocab, self._columns, filled)])[0]
        return rows[: len(features)]


def _columns(embed: Model[Any, Any], vocab: Vocab) -> list[int | str]:
    """The attributes by which a word is known to the layers."""
    asked = [layer.attrs["columns"] for layer in embed.walk() if layer.name == "extract_features"]
    asked += [[vocab.vectors.attr] for layer in embed.walk() if layer.name == "static_vectors"]
    return list(dict.fromkeys(_number(column) for columns in asked for column in columns))
