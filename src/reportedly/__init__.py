"""reportedly: who says that what happened to whom, where, when, how many, and how sure they are.

>>> import reportedly
>>> analysis = reportedly.read("Gunmen killed two guards, police said.", published="2024-05-06")
>>> [(c.source.name, c.type, c.factuality) for c in analysis.claims]
[('police', 'ASSAULT', 'CT+')]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from reportedly.config import Config
from reportedly.errors import ReportedlyError
from reportedly.model import Analysis, Claim, Diagnostic, Dispatch, Incident, Span, shown_by
from reportedly.needs import missing
from reportedly.results import tables_by

if TYPE_CHECKING:
    from reportedly.api import claim_table, dispatches, read, read_all
    from reportedly.component import read_doc
    from reportedly.ledger import Ledger, open_ledger

__version__ = "0.2.0"

__all__ = [
    "Analysis",
    "Claim",
    "Config",
    "Diagnostic",
    "Dispatch",
    "Incident",
    "Ledger",
    "ReportedlyError",
    "Span",
    "claim_table",
    "dispatches",
    "open_ledger",
    "read",
    "read_all",
    "read_doc",
]

_LAZY = {
    "claim_table": "reportedly.api",
    "dispatches": "reportedly.api",
    "read": "reportedly.api",
    "read_all": "reportedly.api",
    "read_doc": "reportedly.component",
    "Ledger": "reportedly.ledger",
    "open_ledger": "reportedly.ledger",
}


def _html_of(name: str) -> Callable[[Any], str]:
    """A function of the notebook module, which is imported when a notebook first asks for it."""

    def html(record: object) -> str:
        from importlib import import_module

        return str(getattr(import_module("reportedly.notebook"), name)(record))

    return html


shown_by(Analysis, _html_of("analysis_html"))
shown_by(Incident, _html_of("incident_html"))


def _table_of(kind: type[Any], records: Iterable[Any]) -> Any:  # noqa: ANN401  an Arrow table
    """An Arrow table of records; exports are imported when one is first asked for."""
    from importlib import import_module

    return import_module("reportedly.export.listing").table_of(kind, records)


tables_by(_table_of)


def __dir__() -> list[str]:
    """The public names, also those that are imported when they are first asked for."""
    return sorted({*__all__, "__version__"})


def __getattr__(name: str) -> Any:  # noqa: ANN401  what a module holds
    """Import what needs spaCy, Arrow or DuckDB when it is first asked for."""
    if name in _LAZY:
        from importlib import import_module

        try:
            return getattr(import_module(_LAZY[name]), name)
        except ImportError as problem:
            raise missing(problem) or problem from None
    raise AttributeError(f"module 'reportedly' has no attribute {name!r}")
