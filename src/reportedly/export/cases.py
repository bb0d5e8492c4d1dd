"""What an export is made from: incidents with the claims behind them, read from a ledger a batch at a time."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, Protocol, TypeVar

import msgspec

from reportedly.model import (
    Analysis,
    Claim,
    Correction,
    Dispatch,
    Incident,
    LedgerClaim,
    LedgerDispatch,
    Standing,
    Versions,
)  # fmt: skip
from reportedly.wording import correction_words, judged_words

T = TypeVar("T")
Filters = Mapping[str, Any]

# Incidents or dispatches that are read together; more are quicker and take more memory.
BATCH = 1_000
# A sentence ends behind these marks; a paragraph always ends one.
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])|\n\s*\n")


class Book(Protocol):
    """What an export asks of a ledger, some records at a time."""

    def iter_incidents(self, *, sort: str | None = None, **filters: object) -> Iterator[Incident]:
        """Incidents by date."""

    def iter_claims(self, *, sort: str | None = None, **filters: object) -> Iterator[LedgerClaim]:
        """Claims by dispatch and place."""

    def iter_dispatches(self, *, sort: str | None = None, **filters: object) -> Iterator[LedgerDispatch]:
        """Dispatches with their lineage."""

    def analyses(self, ids: Sequence[str] | None = None) -> Iterable[Analysis]:
        """What was read from dispatches."""


class CaseClaim(msgspec.Struct, frozen=True):
    """A claim with its dispatch; ``lineage`` is shared by copies, ``judged`` is what a person said of the claim.

    ``claim`` has the values that people corrected; ``corrections`` say which, and who did.
    """

    claim: Claim
    dispatch: Dispatch
    lineage: str
    made_by: Versions
    incident: str | None
    standing: Standing | None
    judged: str | None = None
    judged_by: str | None = None
    corrections: tuple[Correction, ...] = ()

    @property
    def decided(self) -> str:
        """What people decided of the claim, in words: who set it aside, what they corrected."""
        return "; ".join(
            [*filter(None, [judged_words(self.judged, self.judged_by)]), *map(correction_words, self.corrections)]
        )

    @property
    def source(self) -> str | None:
        """Who answers for the claim, by name; in its own voice the publisher, ``None`` where that is not named."""
        return self.claim.source.name if self.claim.source else self.dispatch.agency

    @property
    def chain(self) -> str:
        """The names from the outside in, ending with who answers for it."""
        return " > ".join(self.claim.chain) or self.source or ""

    @property
    def sentence(self) -> str:
        """The clause to read, on one line."""
        return one_line(self.words(self.claim.evidence.start, self.claim.evidence.end))

    def words(self, start: int, end: int) -> str:
        """The characters of the dispatch under a span."""
        return self.dispatch.text[start:end]

    @property
    def sentence_number(self) -> int:
        """In which sentence of the dispatch the event is named, from 1."""
        return bisect_right(_sentence_starts(self.dispatch.text), self.claim.trigger.start)

    @property
    def in_lead(self) -> bool:
        """Whether the event is named in the first paragraph of the story, or above it."""
        text, body = self.dispatch.text, self.dispatch.body_start
        end = text.find("\n\n", body)
        return self.claim.trigger.start < (end if end >= 0 else len(text))


class Case(msgspec.Struct, frozen=True):
    """An incident with its claims in the order of telling."""

    incident: Incident
    told: tuple[CaseClaim, ...]


def cases(book: Book, filters: Filters) -> Iterator[Case]:
    """Incidents that pass the filters, with their claims; memory holds one batch of them and the lineages."""
    lineages = lineages_of(book)
    for batch in batches(book.iter_incidents(**filters), BATCH):
        held = _dispatches(book, {d for incident in batch for d in incident.dispatches})
        claims = {c.id: (c, a) for a in held.values() for c in a.claims}
        for incident in batch:
            mine = (claims[c] for c in incident.claims if c in claims)
            yield Case(incident, tuple(_told(c, a, incident, lineages) for c, a in mine))


def _told(claim: Claim, analysis: Analysis, incident: Incident, lineages: Mapping[str, str]) -> CaseClaim:
    dispatch, aside = analysis.dispatch, incident.set_aside
    return CaseClaim(
        claim=claim,
        dispatch=dispatch,
        lineage=lineages.get(dispatch.id, ""),
        made_by=analysis.versions,
        incident=incident.id,
        standing=incident.standing,
        judged="wrong" if claim.id in aside else None,
        judged_by=aside.get(claim.id),
        corrections=tuple(c for c in analysis.corrections if c.claim == claim.id),
    )


def tellings(book: Book, filters: Filters) -> Iterator[CaseClaim]:
    """Claims that pass the filters with their dispatches; memory holds a batch, the lineages and the standings."""
    lineages = lineages_of(book)
    standings = {i.id: i.standing for i in book.iter_incidents()}
    for batch in batches(book.iter_claims(**filters), BATCH):
        held = _dispatches(book, {c.dispatch for c in batch})
        for c in batch:
            # A writer may have had its turn since the claim was listed.
            if c.dispatch in held:
                yield _listed(c, held[c.dispatch].dispatch, lineages, standings)


def _listed(
    c: LedgerClaim, dispatch: Dispatch, lineages: Mapping[str, str], standings: Mapping[str, Standing]
) -> CaseClaim:
    return CaseClaim(
        claim=c.claim,
        dispatch=dispatch,
        lineage=lineages.get(dispatch.id, ""),
        made_by=c.versions,
        incident=c.incident,
        standing=standings.get(c.incident) if c.incident else None,
        judged=c.judged,
        judged_by=c.judged_by,
        corrections=c.corrections,
    )


def lineages_of(book: Book) -> dict[str, str]:
    """The lineage of each dispatch."""
    return {d.id: d.lineage for d in book.iter_dispatches()}


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in lists of at most this length."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def one_line(text: str) -> str:
    """Text without line ends and tabs, and without spaces in a row."""
    return " ".join(text.split())


def _dispatches(book: Book, ids: set[str]) -> dict[str, Analysis]:
    return {a.dispatch.id: a for a in book.analyses(sorted(ids))}


@lru_cache(maxsize=4 * BATCH)
def _sentence_starts(text: str) -> tuple[int, ...]:
    return (0, *(m.end() for m in _SENTENCE_END.finditer(text)))
