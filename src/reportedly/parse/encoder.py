"""The token encoder of a pipeline: what each word looks like, computed once for each word, then in its surroundings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from thinc.api import NumpyOps

from reportedly.limits import portions
from reportedly.parse import products

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc as SpacyDoc
    from thinc.model import Model

_Rows: TypeAlias = "NDArray[np.float32]"

# Words remembered: memory stays flat.
MOST_WORDS = 32_768


class Encoder:
    """A token encoder: the vector of each word in its surroundings."""

    def __init__(self, model: Model[Any, Any]) -> None:
        self._embed, self._encode = model.layers
        self._columns = self._embed.layers[0].attrs["columns"]
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
        if len(model.layers) != 2:
            return False
        names = [layer.name.split("(")[0] for layer in (*model.layers[0].layers, model.layers[1])]
        return names == ["extract_features", "list2ragged", "with_array", "with_array", "ragged2list", "with_array"]

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
        found: Any = [np.concatenate([features, np.zeros((missing, features.shape[1]), dtype="uint64")])]
        for layer in self._embed.layers[1:]:
            found = layer.predict(found)
        rows: _Rows = found[0][: len(features)]
        return rows
