"""Which library multiplies the matrices of an encoder: numpy's OpenBLAS where a text keeps its bits there, else BLIS.

BLIS, which thinc takes, knows few processors and has a plain kernel for the others; OpenBLAS is two to three times as
fast there and not slower elsewhere. But it takes rows in blocks, and rounds a row by its place in the block: texts have
to begin with a block. Whether they then have the same bits in any company is tried once a process.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from threadpoolctl import ThreadpoolController

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from numpy.typing import NDArray

# Rows of a block: of the kernels for AVX2 and AVX-512, and of what others may have.
BLOCKS = (12, 24, 48)
# Below this many rows the product takes another way, which rounds in another order.
FEWEST_ROWS = 256
# Rows that are multiplied together, as many as stay in the processor's cache; a long text is by itself.
MOST_ROWS = 1500
# Lengths of texts that are tried beside each other, and columns in and out, as the encoders of spaCy have them.
_LENGTHS, _SHAPES = (5, 301, 14, 97, 190), ((288, 288), (96, 288))


@lru_cache(maxsize=1)
def block() -> int | None:
    """At multiples of how many rows a text begins for numpy's product; None where BLIS does it."""
    if "openblas" not in np.show_config(mode="dicts")["Build Dependencies"]["blas"]["name"].lower():
        return None
    with one_thread():
        return next((size for size in BLOCKS if _keeps_bits(size)), None)


def one_thread() -> AbstractContextManager[Any]:
    """Numpy's products on the thread that asks for them: others would only wait for each other, and round otherwise."""
    limited: AbstractContextManager[Any] = _controller().limit(limits=1, user_api="blas")
    return limited


@lru_cache(maxsize=1)
def _controller() -> ThreadpoolController:
    return ThreadpoolController()


def _keeps_bits(size: int) -> bool:
    """Whether texts that begin with a block are multiplied together as each by itself."""
    chance = np.random.default_rng(1)
    for columns, out in _SHAPES:
        weights = chance.standard_normal((out, columns), dtype=np.float32)
        texts = [chance.standard_normal((length, columns), dtype=np.float32) for length in _LENGTHS]
        alone = [(laid_out([text], size, 0) @ weights.T)[: len(text)] for text in texts]
        for order in (texts, texts[::-1]):
            product = laid_out(order, size, 0) @ weights.T
            wanted = alone if order is texts else alone[::-1]
            starts = starts_of([len(text) for text in order], size, 0)
            pairs = zip(starts, wanted, strict=False)
            if not all(np.array_equal(product[at : at + len(own)], own) for at, own in pairs):
                return False
    return True


def starts_of(lengths: list[int], size: int, gap: int) -> list[int]:
    """Where each text begins, with a block, and where all end; around each are at least ``gap`` rows of zeros."""
    before = -(-gap // size) * size
    starts = [before]
    for length in lengths:
        starts.append(starts[-1] + -(-(length + gap) // size) * size)
    starts[-1] = max(starts[-1], -(-FEWEST_ROWS // size) * size)
    return starts


def laid_out(texts: list[NDArray[np.float32]], size: int, gap: int) -> NDArray[np.float32]:
    """The rows of all texts at their starts, zeros between."""
    starts = starts_of([len(text) for text in texts], size, gap)
    rows = np.zeros((starts[-1], texts[0].shape[1]), dtype="f")
    for at, text in zip(starts, texts, strict=False):
        rows[at : at + len(text)] = text
    return rows
