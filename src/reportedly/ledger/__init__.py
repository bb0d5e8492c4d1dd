"""The ledger: what many dispatches say, kept in one file, and what it comes to."""

from reportedly.ledger.store import AddReport, Ledger, open_ledger

__all__ = ["AddReport", "Ledger", "open_ledger"]
