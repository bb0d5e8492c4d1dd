"""The formats that a ledger can be written in, and the running of an export."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast

import msgspec

from reportedly.errors import ConfigError
from reportedly.export.cases import Book, Case, CaseClaim, Filters, cases, tellings
from reportedly.export.codebook import Codebook, codebook
from reportedly.export.counting import LeftOut
from reportedly.export.outlet import outlet
from reportedly.export.reach import Watched
from reportedly.export.rows import ExportRow, TableWriter, side_path
from reportedly.export.stable import ContentIds
from reportedly.knowledge.load import SHIPPED, Knowledge, own_tables

STDOUT = "-"
IDS = ("ledger", "content")


class FormatColumn(msgspec.Struct, frozen=True):
    """A column or member of a format: its type there and where its values come from."""

    name: str
    type: str
    what: str


class Target(msgspec.Struct, frozen=True):
    """A format (see the header of ``export_targets.tsv``)."""

    name: str
    module: str
    kind: str
    of: str
    reads: str
    delimiter: str
    header: str
    missing: str
    beside: str
    title: str
    knowledge: Knowledge

    @property
    def columns(self) -> tuple[FormatColumn, ...]:
        """Its own columns, in their order; of other kinds the members that are filled."""
        rows = self.knowledge.rows("export_columns")
        return tuple(FormatColumn(r["column"], r["type"], r["what"]) for r in rows if self.name in r["target"].split())

    @property
    def losses(self) -> tuple[str, ...]:
        """What it cannot hold, a sentence each."""
        rows = self.knowledge.rows("export_losses")
        return tuple(r["loss"] for r in rows if self.name in r["target"].split() or r["target"] == self.kind_of_loss)

    @property
    def kind_of_loss(self) -> str:
        """Events share what they lose."""
        return "events" if self.of in ("event", "mention", "incident") and self.module != "geojson" else ""


class Job(msgspec.Struct, frozen=True):
    """What a format's module is given beside the claims; ``seen`` holds a number for each entity that was written."""

    target: Target
    book: Codebook
    left: LeftOut
    seen: set[int] = msgspec.field(default_factory=set)

    def first(self, entity: str) -> bool:
        """Whether an entity is met for the first time in this export."""
        mark = int(entity.rsplit("-", 1)[-1], 16)
        if mark in self.seen:
            return False
        self.seen.add(mark)
        return True


class ExportReport(msgspec.Struct, frozen=True):
    """What an export came to: rows or objects written, the side file if there is one, what was left out.

    ``reached`` says how many of the claims have their place and days told, carried or from the dateline.
    """

    written: int
    side: Path | None
    left_out: str | None
    reached: str | None = None


class Module(Protocol):
    """The parts that a format's module may have; which ones is told by ``Target.kind``."""

    rows: Callable[[Case, Job], Iterator[ExportRow]]
    records: Callable[[Any, Job], Iterator[object]]
    frame: Callable[[Job], tuple[bytes, bytes]]
    write: Callable[[Book, Filters, str, Job], int]


@lru_cache(maxsize=8)
def targets(knowledge: Knowledge = SHIPPED) -> Mapping[str, Target]:
    """All formats by name, in the order of the table."""
    return {row["name"]: Target(**row, knowledge=knowledge) for row in knowledge.rows("export_targets")}


def target(name: str, knowledge: Knowledge = SHIPPED) -> Target:
    """The format of a name; raises ConfigError for one that is unknown."""
    known = targets(knowledge)
    if name not in known:
        raise ConfigError("E320", f"{name}: no such export format", f"Formats are: {', '.join(known)}.")
    return known[name]


def export(
    book: Book,
    name: str,
    output: str,
    *,
    filters: Filters | None = None,
    ids: str = "ledger",
    exact: bool = False,
    tables: Path | None = None,
) -> ExportReport:
    """Write what a ledger holds in a format; the same ledger gives the same bytes.

    ``output`` is a file or ``-`` for standard output; ``filters`` are those of ``Ledger.incidents``, for formats that
    read claims those of ``Ledger.claims``. ``exact`` keeps a table to the columns of its format. ``ids`` are those of
    incidents: *ledger*, as they were given once; *content*, as they follow from what an incident holds.
    """
    if ids not in IDS:
        raise ConfigError("E323", f"{ids}: no such ids", f"They are: {', '.join(IDS)}.")
    knowledge = own_tables(tables) if tables else SHIPPED
    wanted = target(name, knowledge)
    job = Job(wanted, codebook(knowledge), LeftOut(knowledge))
    module = cast("Module", import_module(f"reportedly.export.{wanted.module}"))
    chosen = filters or {}
    book = Watched(ContentIds(book) if ids == "content" else book, by_claims=wanted.reads == "claims")
    side = None
    if wanted.kind == "table":
        side = side_path(output) if output != STDOUT and (exact or wanted.beside == "file") else None
        written = _table(module, job, cases(book, chosen), output, side, exact=exact)
    elif wanted.kind == "file":
        written = module.write(book, chosen, output, job)
    else:
        items: Iterable[Case | CaseClaim] = tellings(book, chosen) if wanted.reads == "claims" else cases(book, chosen)
        with outlet(output) as stream:
            written = _objects(module, job, items, stream)
    return ExportReport(written, side, job.left.words(), book.words())


def _table(module: Module, job: Job, found: Iterable[Case], output: str, side: Path | None, *, exact: bool) -> int:
    columns = [c.name for c in job.target.columns]
    with TableWriter(job.target, columns, output, side, extra=job.target.beside == "columns" and not exact) as writer:
        for case in found:
            for row in module.rows(case, job):
                writer.write(case, row)
        return writer.written


def _objects(module: Module, job: Job, items: Iterable[Case | CaseClaim], stream: BinaryIO) -> int:
    """Objects one a line; a document has a frame around them and commas between."""
    encode = msgspec.json.Encoder().encode
    framed = job.target.kind == "document"
    before, after = module.frame(job) if framed else (b"", b"")
    stream.write(before)
    written = 0
    for item in items:
        for record in module.records(item, job):
            lead = b",\n" if framed and written else b""
            stream.write(lead + encode(record) + (b"" if framed else b"\n"))
            written += 1
    stream.write(after)
    return written
