"""What is new since a moment on what somebody follows: changes of incidents, each with its incident."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.ledger import Ledger
from reportedly.model import Incident, LedgerClaim
from reportedly.model.record import Record
from reportedly.views.changes import Change, changes
from reportedly.watch.plan import Follow

# What a desk wants to hear of; another voice or a further number is on the page of the incident.
TOLD = frozenset({"first word", "second voice", "rival number", "correction", "denial"})


class News(Record, frozen=True):
    """A change of an incident, and the sentence that brought it."""

    incident: Incident
    change: Change
    sentence: str


def news(book: Ledger, since: int, follow: Follow) -> Iterator[News]:
    """The changes that readings after ``since`` (a number of ``Ledger.latest``) brought to what is followed."""
    for incident in book.iter_incidents(new=since):
        claims = book.claims(incident=incident.id)
        if not follows(follow, incident, claims):
            continue
        new = {c.claim.id: c for c in book.claims(incident=incident.id, new=since)}
        for change in changes(incident, claims, book.knowledge):
            if change.claim in new and (change.kind in TOLD or _is_followed(change.source, follow.sources)):
                yield News(incident, change, new[change.claim].sentence)


def follows(follow: Follow, incident: Incident, claims: list[LedgerClaim]) -> bool:
    """Whether an incident is one of those followed, or a source or a place of it is; all are where nothing is named."""
    if follow == Follow():
        return True
    place = incident.place
    return (
        incident.id in follow.incidents
        or any(
            _is_followed(name, follow.sources) for source in incident.sources for name in (source.name, *source.names)
        )
        or any(_is_followed(c.claim.place.name, follow.places) for c in claims if c.claim.place)
        or (place is not None and place.country in follow.countries)
    )


def _is_followed(name: str, parts: tuple[str, ...]) -> bool:
    return any(part.casefold() in name.casefold() for part in parts)
