"""How places and days of what is exported were reached: told with the claim, carried to it, or by the dateline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from reportedly.export.cases import Book
from reportedly.model import Analysis, Claim, Incident, LedgerClaim, LedgerDispatch

WAYS = ("told", "carried", "dateline", None)


class Watched:
    """A book that counts, claim by claim, how place and days of what is taken out of it were reached."""

    def __init__(self, book: Book, *, by_claims: bool) -> None:
        self._book, self._by_claims = book, by_claims
        self._wanted: set[str] = set()
        self.places: Counter[str | None] = Counter()
        self.days: Counter[str | None] = Counter()

    def iter_incidents(self, *, sort: str | None = None, **filters: object) -> Iterator[Incident]:
        """As the book's own; the claims of what is given out are counted with their readings."""
        for incident in self._book.iter_incidents(sort=sort, **filters):
            if not self._by_claims:
                self._wanted.update(incident.claims)
            yield incident

    def iter_claims(self, *, sort: str | None = None, **filters: object) -> Iterator[LedgerClaim]:
        """As the book's own, each claim counted."""
        for told in self._book.iter_claims(sort=sort, **filters):
            if self._by_claims:
                self._count(told.claim)
            yield told

    def iter_dispatches(self, *, sort: str | None = None, **filters: object) -> Iterator[LedgerDispatch]:
        """As the book's own."""
        return self._book.iter_dispatches(sort=sort, **filters)

    def analyses(self, ids: Sequence[str] | None = None) -> Iterable[Analysis]:
        """As the book's own; claims of incidents given out since the last call are counted."""
        for analysis in self._book.analyses(ids):
            for claim in analysis.claims:
                if claim.id in self._wanted:
                    self._wanted.discard(claim.id)
                    self._count(claim)
            yield analysis

    def words(self) -> str | None:
        """The shares in words, ``None`` where no claim was taken out."""
        total = sum(self.places.values())
        if not total:
            return None
        return f"of {total:,} claims, place {_shares(self.places)}; days {_shares(self.days)}"

    def _count(self, claim: Claim) -> None:
        self.places[claim.place_from] += 1
        self.days[claim.when_from] += 1


def _shares(counts: Counter[str | None]) -> str:
    total = sum(counts.values())
    return ", ".join(f"{way or 'none'} {counts[way] / total:.0%}" for way in WAYS if counts[way])
