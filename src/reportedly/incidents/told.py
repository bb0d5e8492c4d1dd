"""A dispatch as linkage sees it: its claims grouped into units, with what those are compared by."""

from __future__ import annotations

import msgspec

from reportedly.incidents.likeness import Columns, Sparse
from reportedly.incidents.units import Unit
from reportedly.incidents.wording import Vector
from reportedly.model import Actor, Claim, Dispatch, Silence

# Units are numbered within their reading: the number of a unit is ``seq * UNITS + n``.
UNITS = 1 << 20


class ToldDispatch(msgspec.Struct, frozen=True):
    """A dispatch with its units.

    ``free`` are the numbers among ``units`` of those that are compared, in order of key, and ``columns`` what they are
    compared by; ``hosts`` says behind which of them the others stand. ``wording`` is the one row of ``vector``.
    """

    seq: int
    dispatch: Dispatch
    claims: tuple[Claim, ...]
    silences: tuple[Silence, ...]
    actors: tuple[Actor, ...]
    vector: Vector
    wording: Sparse
    units: tuple[Unit, ...]
    free: tuple[int, ...]
    columns: Columns
    hosts: dict[str, str]
