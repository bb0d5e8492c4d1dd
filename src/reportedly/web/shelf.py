"""The ledger as the reading room asks it: pages of records, and a stamp that changes when the file does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from reportedly.errors import LedgerError
from reportedly.ledger import Ledger, open_ledger
from reportedly.model import Analysis, Incident, LedgerClaim, LedgerDispatch, LedgerSource

T = TypeVar("T")
Filters = Mapping[str, Any]


class Page(msgspec.Struct, Generic[T], frozen=True):
    """Some records of a list: those from ``offset`` on, and how many there are in all."""

    records: tuple[T, ...]
    total: int
    offset: int
    limit: int


class Shelf:
    """A ledger to read from, by many readers at a time; ``judge`` opens it for writing for as long as that takes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.ledger: Ledger = open_ledger(path, read_only=True)

    def stamp(self) -> str:
        """What changes whenever the ledger does."""
        parts = []
        for path in (self.path, self.path.with_name(self.path.name + ".wal")):
            try:
                state = path.stat()
            except FileNotFoundError:
                continue
            parts.append(f"{state.st_mtime_ns:x}-{state.st_size:x}")
        return ".".join(parts)

    def incidents(self, filters: Filters, limit: int, offset: int = 0) -> Page[Incident]:
        """Incidents that pass the filters."""
        return _page(self.ledger.incidents(**filters), limit, offset)

    def claims(self, filters: Filters, limit: int, offset: int = 0) -> Page[LedgerClaim]:
        """Claims that pass the filters."""
        return _page(self.ledger.claims(**filters), limit, offset)

    def sources(self, filters: Filters, limit: int, offset: int = 0) -> Page[LedgerSource]:
        """Voices that pass the filters."""
        return _page(self.ledger.sources(**filters), limit, offset)

    def dispatches(self, filters: Filters, limit: int, offset: int = 0) -> Page[LedgerDispatch]:
        """Dispatches that pass the filters."""
        return _page(self.ledger.dispatches(**filters), limit, offset)

    def incident(self, key: str) -> Incident | None:
        """The incident of this id."""
        return next(iter(self.incidents({"id": key}, 1).records), None)

    def dispatch(self, key: str) -> tuple[LedgerDispatch, Analysis] | None:
        """A dispatch with what was read from it; a withdrawn one has nothing left to show."""
        listed = next(iter(self.dispatches({"id": key}, 1).records), None)
        if listed is None:
            return None
        found = self.ledger.analyses([key]) or self.ledger.analyses([key], every_version=True)[-1:]
        return (listed, found[0]) if found else None

    def analyses(self, keys: Sequence[str]) -> list[Analysis]:
        """What was read from these dispatches."""
        return self.ledger.analyses(keys)

    def listed(self, keys: Sequence[str]) -> list[LedgerDispatch]:
        """The records of these dispatches."""
        found = (next(iter(self.dispatches({"id": key}, 1).records), None) for key in keys)
        return [d for d in found if d is not None]

    def heads(self, keys: Sequence[str]) -> dict[str, str]:
        """The first words of dispatches that have no headline."""
        return {a.dispatch.id: a.dispatch.text[a.dispatch.body_start :][:400] for a in self.ledger.analyses(keys)}

    def claim(self, key: str) -> LedgerClaim | None:
        """The claim of this id."""
        return next(iter(self.claims({"id": key}, 1).records), None)

    def source(self, name: str) -> LedgerSource | None:
        """The voice of exactly this name."""
        return next((s for s in self.sources({"name": name}, 1000).records if s.name == name), None)


def _page(found: list[T], limit: int, offset: int) -> Page[T]:
    return Page(tuple(found[offset : offset + limit]), len(found), offset, limit)


__all__ = ["Filters", "LedgerError", "Page", "Shelf"]
