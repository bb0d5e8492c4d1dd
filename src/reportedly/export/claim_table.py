"""Claims as CSV and Parquet: the table of ``code``, with lineage, incident, standing and the words of the source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportedly.export.cases import Book, CaseClaim, Filters, tellings
from reportedly.export.outlet import outlet
from reportedly.export.sinks import table_writer
from reportedly.export.tables import claim_row, schema

if TYPE_CHECKING:
    import pyarrow as pa

    from reportedly.export.registry import Job


def write(book: Book, filters: Filters, output: str, job: Job) -> int:
    """One row a claim, in batches."""
    written = 0
    with outlet(output) as stream, table_writer(stream, job.target.name, columns()) as put:
        for told in tellings(book, filters):
            put([row(told)])
            written += 1
    return written


def columns() -> pa.Schema:
    """The columns of the claim table, and those that a ledger adds."""
    import pyarrow as pa

    text, whole = pa.string(), pa.int64()
    words = ("title", "url", "lineage", "ledger_incident", "standing", "judged", "decided", "source_text", "place_text")
    more = [*((name, text) for name in words), ("source_start", whole), ("source_end", whole)]
    return pa.schema([*schema(), *(pa.field(name, kind) for name, kind in more)])


def row(told: CaseClaim) -> dict[str, object]:
    """The row of a claim."""
    source, place, d = told.claim.source, told.claim.place, told.dispatch
    return claim_row(d, told.claim) | {
        "title": d.title,
        "url": d.url,
        "lineage": told.lineage,
        "ledger_incident": told.incident,
        "standing": told.standing,
        "judged": told.judged,
        "decided": told.decided or None,
        "source_start": source.start if source else None,
        "source_end": source.end if source else None,
        "source_text": told.words(source.start, source.end) if source else None,
        "place_text": place.text if place else None,
    }
