"""What a question is answered with: records as a list, or as they come, that become a table when asked to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, Self, SupportsIndex, TypeVar, overload

from reportedly.errors import ResourceError
from reportedly.model import Analysis
from reportedly.needs import missing

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

T = TypeVar("T")
# A notebook shows so many records of a list.
SHOWN = 5
# What makes an Arrow table of records of a kind; the package names it, so that records know nothing of exports.
_TABLE: dict[str, Callable[[type[Any], Iterable[Any]], Any]] = {}


def tables_by(make: Callable[[type[Any], Iterable[Any]], Any]) -> None:
    """Let results become Arrow tables by what ``make`` makes of a kind of records and the records."""
    _TABLE["made"] = make


class _Tabular(Generic[T]):
    """What becomes a table: claims a row each for readings, a row a record for what a ledger holds."""

    kind: type[T]

    def __iter__(self) -> Iterator[T]:
        raise NotImplementedError

    def to_arrow(self) -> pa.Table:
        """The records as an Arrow table; one without records has all its columns.

        Raises ResourceError where pyarrow is not installed.
        """
        try:
            return _TABLE["made"](self.kind, self)
        except ImportError as problem:
            raise missing(problem) or problem from None

    def to_pandas(self) -> pd.DataFrame:
        """The records as a pandas frame. Raises ResourceError where pandas is not installed."""
        return frame_of(self.to_arrow, "pandas")

    def to_polars(self) -> pl.DataFrame:
        """The records as a polars frame. Raises ResourceError where polars is not installed."""
        return frame_of(self.to_arrow, "polars")


def frame_of(table: Callable[[], pa.Table], package: str) -> Any:  # noqa: ANN401  a frame of a package that may be missing
    """A frame of pandas or polars, made of an Arrow table; says what is missing before the table is made."""
    from importlib import import_module

    try:
        module = import_module(package)
    except ImportError as problem:
        message = f"{package} is not installed, and to_{package}() makes a frame of it"
        raise ResourceError(
            "E214", message, f"Install it: pip install {package}; to_arrow() needs no more."
        ) from problem
    made = table()
    return made.to_pandas() if package == "pandas" else module.from_arrow(made)


class Results(list[T], _Tabular[T]):
    """Records as a list, with ``to_arrow``, ``to_pandas`` and ``to_polars``; ``kind`` is their type."""

    def __init__(self, kind: type[T], records: Iterable[T] = ()) -> None:
        super().__init__(records)
        self.kind = kind

    @overload
    def __getitem__(self, at: SupportsIndex) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Results[T]: ...
    def __getitem__(self, at: SupportsIndex | slice) -> T | Results[T]:
        if isinstance(at, slice):
            return Results(self.kind, super().__getitem__(at))
        return super().__getitem__(at)

    def __repr__(self) -> str:
        lines = [*map(repr, islice(self, SHOWN)), *([f"... {len(self) - SHOWN:,} more"] if len(self) > SHOWN else [])]
        return "[" + ",\n ".join(lines) + "]"


class Readings(Iterator[Analysis], _Tabular[Analysis]):
    """Analyses, read as they are asked for and once; a table of them holds their claims, one a row."""

    kind = Analysis

    def __init__(self, analyses: Iterable[Analysis]) -> None:
        self._analyses = iter(analyses)

    def __next__(self) -> Analysis:
        return next(self._analyses)

    def __iter__(self) -> Self:
        return self
