"""A dispatch as linkage sees it: its claims grouped into units, and the outline of it that is compared.

Both are made once and kept as bytes: reading them back costs a tenth of making them.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
import numpy as np
from msgspec.structs import replace

from reportedly.days import day_number
from reportedly.incidents import units
from reportedly.incidents.likeness import Columns, Sparse, vectors
from reportedly.incidents.units import Unit
from reportedly.incidents.wording import Vector, Wording, number, words
from reportedly.knowledge.load import Knowledge
from reportedly.model import Actor, Claim, Dispatch, Silence

# Units are numbered within their reading: the number of a unit is ``seq * UNITS + n``.
UNITS = 1 << 20
# How hard bytes are packed: half their size for a tenth of a millisecond.
QUICKLY = 1


class ToldDispatch(msgspec.Struct, frozen=True):
    """A dispatch with its units, from which incidents are made; ``hosts`` says behind which of them others stand.

    ``actors`` are those with a role, without their mentions.
    """

    seq: int
    dispatch: Dispatch
    claims: tuple[Claim, ...]
    silences: tuple[Silence, ...]
    actors: tuple[Actor, ...]
    units: tuple[Unit, ...]
    hosts: dict[str, str]


class Outline(msgspec.Struct, frozen=True):
    """What of a dispatch is compared with others.

    ``free`` are the numbers among its units of those that stand behind no other, in order of key, and ``columns`` what
    they are compared by; ``wording`` is the one row of the words of its text.
    """

    seq: int
    id: str
    free: tuple[int, ...]
    wording: Sparse
    columns: Columns


class Mark(msgspec.Struct, frozen=True):
    """A number by which a dispatch is looked up: of a heavy word, in all days or in some, or of a ``meeting_keys``."""

    number: int
    meets: bool


class Prepared(msgspec.Struct, frozen=True):
    """All that is made of a dispatch before it is compared."""

    told: ToldDispatch
    outline: Outline
    marks: tuple[Mark, ...]


def prepared(
    seq: int,
    dispatch: Dispatch,
    claims: Sequence[Claim],
    silences: Sequence[Silence],
    actors: Sequence[Actor],
    wording: Wording,
    knowledge: Knowledge,
) -> Prepared:
    """The units, outline and marks of one reading."""
    vector = wording.vector(words(dispatch.text, knowledge))
    found = tuple(units.units_of(dispatch, claims, wording, knowledge))
    hosts = units.hosts_of(sorted(found, key=lambda u: u.key))
    free = tuple(sorted((n for n, u in enumerate(found) if u.key not in hosts), key=lambda n: found[n].key))
    columns = Columns.of([found[n] for n in free], knowledge)
    holders = tuple(replace(a, mentions=()) for a in actors if a.role is not None)
    return Prepared(
        ToldDispatch(seq, dispatch, tuple(claims), tuple(silences), holders, found, hosts),
        Outline(seq, dispatch.id, free, vectors([vector]), columns),
        tuple(_marks(vector, day_number(dispatch.published), found)),
    )


def _marks(vector: Vector, published: int | None, found: Sequence[Unit]) -> Iterator[Mark]:
    for word in units.heaviest(vector):
        yield from (Mark(mark, meets=False) for mark in units.word_marks(word, published))
    keys = {k for unit in found for k in units.meeting_keys(unit)}
    yield from (Mark(number(key), meets=True) for key in keys)


def packed(record: ToldDispatch | Outline) -> bytes:
    """A record as bytes, the same in every run."""
    return zlib.compress(_ENCODER.encode(record), QUICKLY)


def told_of(kept: bytes) -> ToldDispatch:
    """The record that was packed."""
    return _TOLD.decode(zlib.decompress(kept))


def outline_of(kept: bytes) -> Outline:
    """The record that was packed."""
    return _OUTLINE.decode(zlib.decompress(kept))


def _array_to_bytes(value: Any) -> Any:  # noqa: ANN401  what msgspec does not know
    if isinstance(value, np.ndarray):
        return value.dtype.str, value.tobytes()
    raise NotImplementedError(f"{type(value).__name__} cannot be packed")


def _array_of_bytes(_kind: type, value: Any) -> Any:  # noqa: ANN401  what msgspec does not know
    kind, content = value
    return np.frombuffer(content, kind)


_ENCODER = msgspec.msgpack.Encoder(enc_hook=_array_to_bytes, order="deterministic")
_TOLD = msgspec.msgpack.Decoder(ToldDispatch, dec_hook=_array_of_bytes)
_OUTLINE = msgspec.msgpack.Decoder(Outline, dec_hook=_array_of_bytes)
