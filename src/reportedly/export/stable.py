"""A ledger under ids that follow from content: the same dispatches give the same ids, whatever came before them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import msgspec

from reportedly.export.cases import Book
from reportedly.incidents.merge import content_id_of
from reportedly.model import Analysis, Incident, LedgerClaim, LedgerDispatch


class ContentIds:
    """A book whose incidents bear the ids that their first claims give them, and no memory of other names."""

    def __init__(self, book: Book) -> None:
        self._book = book

    @cached_property
    def _names(self) -> dict[str, str]:
        return {i.id: content_id_of(i) for i in self._book.iter_incidents()}

    def _named(self, ids: Sequence[str]) -> tuple[str, ...]:
        """These incidents under the ids of their content, in their order."""
        return tuple(sorted(self._names[i] for i in ids if i in self._names))

    def iter_incidents(self, *, sort: str | None = None, **filters: object) -> Iterator[Incident]:
        """As the book's own."""
        for incident in self._book.iter_incidents(sort=sort, **filters):
            yield msgspec.structs.replace(
                incident,
                id=content_id_of(incident),
                formerly=(),
                linked=self._named(incident.linked),
                background=self._named(incident.background),
            )

    def iter_claims(self, *, sort: str | None = None, **filters: object) -> Iterator[LedgerClaim]:
        """As the book's own; memory holds the names of all incidents."""
        for claim in self._book.iter_claims(sort=sort, **filters):
            yield msgspec.structs.replace(claim, incident=self._names.get(claim.incident or ""))

    def iter_dispatches(self, *, sort: str | None = None, **filters: object) -> Iterator[LedgerDispatch]:
        """As the book's own."""
        return self._book.iter_dispatches(sort=sort, **filters)

    def analyses(self, ids: Sequence[str] | None = None) -> Iterable[Analysis]:
        """As the book's own."""
        return self._book.analyses(ids)
