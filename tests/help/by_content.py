"""What a ledger says under ids that follow from content: what incidents are called may depend on its history."""

from __future__ import annotations

from reportedly.export.stable import ContentIds
from reportedly.ledger import Ledger
from reportedly.model import Incident, LedgerClaim, LedgerDispatch, LedgerSource

Everything = tuple[list[Incident], list[LedgerClaim], list[LedgerDispatch], list[LedgerSource]]


def incidents(news: Ledger) -> list[Incident]:
    """Incidents by date."""
    return sorted(ContentIds(news).iter_incidents(), key=lambda i: (i.begin or "9999", i.id))


def everything(news: Ledger) -> Everything:
    """All lists of a ledger."""
    return incidents(news), list(ContentIds(news).iter_claims()), news.dispatches(), news.sources()
