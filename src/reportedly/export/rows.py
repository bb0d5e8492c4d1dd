"""Rows of an event table, what stands beside them, and the files they go to."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import msgspec

from reportedly.export.cases import Case, CaseClaim, one_line
from reportedly.export.outlet import outlet
from reportedly.export.tables import harmless
from reportedly.wording import FACTUALITY

if TYPE_CHECKING:
    from reportedly.export.registry import Target

_NUMBER = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?")
# Surest first: an event is as sure as the surest of its claims.
_SURE = tuple(FACTUALITY)
BESIDE = (
    "reportedly_id",
    "reportedly_incident",
    "reportedly_standing",
    "reportedly_reason",
    "reportedly_factuality",
    "reportedly_sources",
    "reportedly_chains",
    "reportedly_silent",
    "reportedly_date_from",
    "reportedly_dispatches",
    "reportedly_lineages",
    "reportedly_claims",
    "reportedly_text",
    "reportedly_headline",
    "reportedly_decided",
    "reportedly_formerly",
)
SIDE = (
    "id", "incident", "standing", "reason", "silent", "date_from", "claim", "counted", "factuality", "modality",
    "source", "source_kind", "chain", "channel", "said", "type", "mode", "dispatch", "lineage",
    "published", "agency", "url", "trigger", "trigger_start", "trigger_end", "evidence",
    "evidence_start", "evidence_end", "decided",
)  # fmt: skip


class ExportRow(msgspec.Struct, frozen=True):
    """A row of a table by column, its id there, and the claims that it was made from."""

    id: str
    cells: dict[str, object]
    told: Sequence[CaseClaim]
    date_from: str = "told"


def beside(case: Case, row: ExportRow) -> list[object]:
    """What a format has no column for: who says it, how sure they are, how well it is supported."""
    incident = case.incident
    return [
        row.id,
        incident.id,
        incident.standing,
        incident.reason,
        min((t.claim.factuality for t in row.told), key=_SURE.index, default=""),
        joined(t.source or "" for t in row.told),
        joined(t.chain for t in row.told),
        "; ".join(incident.silent),
        row.date_from,
        joined(t.dispatch.id for t in row.told),
        joined(t.lineage for t in row.told),
        joined(t.claim.id for t in row.told),
        " | ".join(dict.fromkeys(t.sentence for t in row.told)),
        incident.headline,
        " | ".join(f"{t.claim.id} {t.decided}" for t in case.told if t.decided),
        "; ".join(incident.formerly),
    ]


def side_rows(case: Case, row: ExportRow, told: Iterable[CaseClaim]) -> list[list[object]]:
    """Claims of the incident, a row each; ``counted`` says whether the event was made from it."""
    made_from = {t.claim.id for t in row.told}
    i = case.incident
    head = [row.id, i.id, i.standing, i.reason, "; ".join(i.silent), row.date_from]
    return [[*head, t.claim.id, "yes" if t.claim.id in made_from else "no", *_claim_cells(t)] for t in told]


def _claim_cells(told: CaseClaim) -> list[object]:
    c, d = told.claim, told.dispatch
    return [
        c.factuality, c.modality, told.source, c.source.kind if c.source else "media", told.chain, c.channel, c.said,
        c.type, c.mode, d.id, told.lineage, d.published, d.agency, d.url,
        one_line(c.trigger.text), c.trigger.start, c.trigger.end, told.sentence, c.evidence.start, c.evidence.end,
        told.decided,
    ]  # fmt: skip


def joined(values: Iterable[str]) -> str:
    """Values each once, in their order."""
    return "; ".join(dict.fromkeys(v for v in values if v))


def side_path(output: str) -> Path:
    """The file beside a table, by the ids of its rows: ``events.tsv`` has ``events.claims.csv``."""
    path = Path(output)
    return path.with_suffix(".claims.csv") if path.name else path / "out.claims.csv"


class TableWriter:
    """Writes rows as they come, their values made safe for the format."""

    def __init__(self, target: Target, columns: Sequence[str], output: str, side: Path | None, *, extra: bool) -> None:
        self._columns = columns
        self._extra = extra
        self._missing = target.missing
        self._tabs = target.delimiter == "tab"
        self._header = target.header == "yes"
        self._mentions = target.of == "mention"
        self._output, self._side_path = output, side
        self._stack = ExitStack()
        self.written = 0

    def __enter__(self) -> Self:
        self._main = _Lines(self._stack, self._output, tabs=self._tabs)
        self._side = _Lines(self._stack, str(self._side_path), tabs=False) if self._side_path else None
        if self._header:
            self._main.write([*self._columns, *(BESIDE if self._extra else ())])
        if self._side:
            self._side.write(SIDE)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def write(self, case: Case, row: ExportRow) -> None:
        """One row, and what stands beside it."""
        cells = [row.cells.get(name) for name in self._columns]
        if self._extra:
            cells += beside(case, row)
        self._main.write([self._missing if cell is None or cell == "" else cell for cell in cells])
        if self._side:
            # Of a mention its own claims: those of the whole incident stand beside the event.
            for line in side_rows(case, row, row.told if self._mentions else case.told):
                self._side.write(line)
        self.written += 1


class _Lines:
    """A delimited file, tabs without any quoting or CSV after RFC 4180; no spreadsheet takes a cell for a formula."""

    def __init__(self, stack: ExitStack, output: str, *, tabs: bool) -> None:
        stream = stack.enter_context(outlet(output))
        text = io.TextIOWrapper(stream, encoding="utf-8", errors="replace", newline="", write_through=True)
        # The stream closes itself; detaching keeps standard output open.
        stack.callback(text.detach)
        self._tabs = tabs
        self._writer = (
            csv.writer(text, delimiter="\t", quoting=csv.QUOTE_NONE, quotechar=None, lineterminator="\n")
            if tabs
            else csv.writer(text, lineterminator="\n")
        )

    def write(self, cells: Sequence[object]) -> None:
        """One line."""
        self._writer.writerow([self._safe(cell) for cell in cells])

    def _safe(self, cell: object) -> object:
        if isinstance(cell, bool):
            return str(cell).upper()
        if not isinstance(cell, str):
            return cell
        if not self._tabs:
            return harmless(cell)
        flat = one_line(cell)
        return flat if _NUMBER.fullmatch(flat) else harmless(flat)
