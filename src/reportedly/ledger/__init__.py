"""The ledger: what many dispatches say, kept in one file, and what it comes to."""

from reportedly.ledger.adding import AddReport
from reportedly.ledger.store import Ledger, open_ledger

__all__ = ["AddReport", "Ledger", "open_ledger"]
