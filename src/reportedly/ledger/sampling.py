"""How good the coding of a ledger is: what a ledger answers about samples of its claims."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any

import duckdb

from reportedly.ledger import listings, samples
from reportedly.ledger.samples import Sample, SampleDrawing
from reportedly.quality import precision as answered
from reportedly.quality.drawing import By
from reportedly.quality.fields import Field


class Sampling(ABC):
    """The part of a ledger that draws samples, keeps what judges answer and says how much of it is right."""

    @abstractmethod
    def turn(self, *, write: bool) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """Lends a connection to the file for one step."""

    @abstractmethod
    def asked(self, listing: listings.Listing[Any], filters: Mapping[str, object]) -> dict[str, object]:
        """Filters as people write them, as the lists are asked."""

    def draw(
        self,
        size: int,
        *,
        seed: int,
        name: str | None = None,
        by: By | None = None,
        at: str | None = None,
        **filters: object,
    ) -> Sample:
        """Draw a random sample of claims and keep it, under ``name`` or the next number.

        ``filters`` are those of ``claims``, and say what it is drawn from; ``by="type"`` takes as many of each type.
        Raises LedgerError where the name is taken or nothing passes the filters.
        """
        wanted = SampleDrawing(size, seed, name, by, self.asked(listings.CLAIMS, filters), at)
        with self.turn(write=True) as con:
            return samples.keep(con, wanted)

    def samples(self) -> list[Sample]:
        """The samples that were drawn, in that order."""
        with self.turn(write=False) as con:
            return samples.listed(con)

    def sample(self, name: str | None = None) -> Sample:
        """A sample by its name, the last one without. Raises LedgerError where there is none."""
        with self.turn(write=False) as con:
            return samples.one(con, name)

    def answer(
        self,
        sample: str,
        claim: str,
        field: Field,
        verdict: answered.Verdict,
        *,
        by: str,
        at: str | None = None,
        note: str | None = None,
    ) -> None:
        """Keep what a judge (``by``) says of a field of a sampled claim: *right*, *wrong* or *unclear*.

        The last word counts, the earlier ones are kept. Raises LedgerError for what is not in the sample.
        """
        with self.turn(write=True) as con:
            samples.answer(con, sample, answered.PrecisionAnswer(0, claim, field, verdict, by, at, note))

    def answers(self, sample: str | None = None, *, by: str | None = None) -> list[answered.PrecisionAnswer]:
        """What was answered about a sample (the last one without a name), in order, by all judges or by one."""
        with self.turn(write=False) as con:
            return samples.answers(con, samples.one(con, sample).name, by)

    def precision(self, sample: str | None = None, *, by: str | None = None) -> list[answered.Precision]:
        """The share right by field and type of a sample (the last one without a name)."""
        with self.turn(write=False) as con:
            name = samples.one(con, sample).name
            return answered.precision(samples.asked(con, name), samples.answers(con, name, by))
