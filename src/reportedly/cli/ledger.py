"""The commands that keep dispatches in a ledger and answer from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, NoReturn

import msgspec
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from reportedly.cli.apart import keep_apart
from reportedly.cli.code import coded
from reportedly.cli.coded import read_coded
from reportedly.cli.report import RunReport, printable
from reportedly.cli.terminal import console as new_console
from reportedly.cli.terminal import print_table, table
from reportedly.config import Config
from reportedly.errors import ConfigError
from reportedly.export.listing import listing_rows, listing_schema
from reportedly.export.nested import UNKNOWN
from reportedly.export.sinks import open_sink
from reportedly.export.tables import amount_words
from reportedly.ingest.options import ReadOptions
from reportedly.ledger import Ledger, open_ledger
from reportedly.ledger.listings import What
from reportedly.ledger.period import Given
from reportedly.ledger.select import ListPage
from reportedly.model import Incident, IncidentFigure, IncidentSource, LedgerClaim, LedgerDispatch, LedgerSource
from reportedly.wording import certainty_words, correction_words, interval_words, judged_words, source_words

# A cell names so many parties of each side.
NAMED = 4
KINDS: dict[str, type[msgspec.Struct]] = {
    "incidents": Incident,
    "claims": LedgerClaim,
    "sources": LedgerSource,
    "dispatches": LedgerDispatch,
}


def add(
    paths: Sequence[str],
    options: ReadOptions,
    config: Config,
    ledger: Path,
    diagnostics: Path | None,
    *,
    quiet: bool,
    jobs: int = 1,
    already: Sequence[str] = (),
    coder: str | None = None,
    period: Given | None = None,
) -> NoReturn:
    """Read, code and keep, and keep what is ``already`` coded (by ``coder``); what is there is not kept twice.

    A new ledger can be one of a ``period``; what is not of it is not coded either.
    """
    if not paths and not already:
        raise ConfigError("E308", "nothing to add", "Name inputs, or coded ones with --coded.")
    keep_apart([*paths, *already], ledger, {"--diagnostics": diagnostics})
    with (
        open_ledger(ledger, tables=config.tables, period=period) as book,
        RunReport(diagnostics, quiet=quiet, verb="coded", paths=paths) as report,
    ):
        wanted = msgspec.structs.replace(options, withdrawals=True)
        new = coded(paths, wanted, config, report, jobs, book.takes) if paths else ()
        kept = book.add(chain(new, read_coded(already, report, book.knowledge, coder or UNKNOWN)))
        report.outside(kept.outside)
        if not quiet:
            parts = [f"{kept.added} new", f"{kept.unchanged} known already"]
            parts += [f"{kept.replaced} replaced"] * bool(kept.replaced)
            parts += [f"{kept.withdrawn} withdrawn"] * bool(kept.withdrawn)
            typer.echo(f"reportedly: {ledger}: {', '.join(parts)}", err=True)
    raise typer.Exit(report.exit_code)


def listing(what: What, ledger: Path, filters: Sequence[str], page: ListPage, output: str | None) -> None:
    """List incidents, claims, sources or dispatches, in a table for people or records for programs."""
    keep_apart((), ledger, {"--output": output})
    with open_ledger(ledger, read_only=True) as book:
        _warn_of_pending(book, ledger)
        found = book.iterate(what, page, **read_filters(filters))
        if output is None:
            _print(what, list(found))
            return
        kind = KINDS[what]
        with open_sink(output, record=lambda r: r, rows=listing_rows, schema=lambda: listing_schema(kind)) as write:
            for record in found:
                write(record)


def _warn_of_pending(book: Ledger, ledger: Path) -> None:
    if pending := book.pending():
        typer.echo(
            f"reportedly: {ledger}: {pending} dispatches are not in the incidents yet (an add was stopped or is "
            "running); the next add brings them in.",
            err=True,
        )


def show(id: str, ledger: Path, version: int | None, output: str | None) -> None:  # noqa: A002
    """One incident, claim or dispatch with its sentences."""
    keep_apart((), ledger, {"--output": output})
    with open_ledger(ledger, read_only=True) as book:
        shown = book.show(id, version=version)
    if output is not None:
        with open_sink(
            output, record=lambda r: r, rows=listing_rows, schema=lambda: listing_schema(type(shown))
        ) as write:
            write(shown)
        return
    console = new_console()
    if shown.now:
        console.print(f"{id} is now part of {shown.now}.")
    if shown.incident:
        console.print(Text(printable(shown.incident.headline), style="bold"))
        _print_incident(console, shown.incident)
    if shown.dispatch:
        console.print(printable(f"{shown.dispatch.id}: {shown.dispatch.title or ''} ({shown.dispatch.published})"))
    if shown.text:
        console.print(printable(shown.text))
    for line in _decided(shown.claims):
        console.print(printable(line))
    console.print(
        _table(("claim", "who says it", "how sure", "what", "sentence", "dispatch"), map(_claim_cells, shown.claims))
    )


def read_filters(given: Sequence[str]) -> dict[str, object]:
    """Filters written as NAME=VALUE; what a value means is for the ledger to say."""
    found: dict[str, object] = {}
    for item in given:
        name, sign, value = item.partition("=")
        if not sign or not value:
            raise ConfigError("E307", f"{item!r} is no filter", "Write NAME=VALUE, for example type=ASSAULT.")
        found[name.strip()] = value
    return found


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    return table(columns, rows, new_console().width)


def _print(what: str, found: list[Any]) -> None:
    columns, cells = _LISTS[what]
    print_table(columns, map(cells, found), nothing=f"No {what}.")


def _incident_cells(i: Incident) -> Sequence[str]:
    parties = " → ".join(_some(side) for side in (i.actors, i.recipients) if side)
    where = f"{i.place.name}{f', {i.place.country}' if i.place.country else ''}" if i.place else ""
    return (
        i.id,
        i.type,
        parties,
        where,
        interval_words(i.begin, i.end_date),
        "; ".join(_figures(i.figures)),
        i.standing,
    )


def _some(names: Sequence[str]) -> str:
    """Names as a cell has room for: those told most often, and how many more."""
    rest = len(names) - NAMED
    return ", ".join(names) if rest <= 1 else f"{', '.join(names[:NAMED])} and {rest} others"


def _figures(figures: Iterable[IncidentFigure]) -> Iterable[str]:
    """The numbers of each source; what it says in the same words more than once is one."""
    told: dict[str, dict[str, None]] = {}
    for f in figures:
        number = f"{amount_words(f.low, f.high, approx=f.approx)} {f.role}" + (f" ({f.of})" if f.of else "")
        told.setdefault(f.source, {})[number] = None
    return (f"{source}: {', '.join(numbers)}" for source, numbers in told.items())


def _decided(claims: Iterable[LedgerClaim]) -> Iterable[str]:
    """What people corrected and noted of claims."""
    for c in claims:
        yield from (f"{c.claim.id}: {correction_words(x)}" for x in c.corrections)
        yield from (f"{c.claim.id}: {n.note} ({n.by or 'somebody'})" for n in c.notes)


def _claim_cells(c: LedgerClaim) -> Sequence[str]:
    claim = c.claim
    sure = certainty_words(claim) + (f" ({judged_words(c.judged, c.judged_by)})" if c.judged else "")
    return (claim.id, source_words(claim.source, c.agency), sure, claim.type, c.sentence, c.dispatch)


def _source_cells(s: LedgerSource) -> Sequence[str]:
    others = ", ".join(n for n in s.names if n != s.name)
    return (s.name, s.kind, str(s.claims), str(s.dispatches), str(s.denials), interval_words(s.first, s.last), others)


def _dispatch_cells(d: LedgerDispatch) -> Sequence[str]:
    copy = "" if d.new_facts is None else "new facts" if d.new_facts else "copy"
    state = "withdrawn" if d.withdrawn else f"version {d.version}" if d.version > 1 else ""
    return (d.id, d.published or "", d.agency or "", d.title or "", str(d.claims), copy, d.revision_of or "", state)


_LISTS: dict[str, tuple[Sequence[str], Callable[[Any], Sequence[str]]]] = {
    "incidents": (
        ("incident", "type", "who → whom", "where", "when", "figures by source", "standing"),
        _incident_cells,
    ),
    "claims": (("claim", "who says it", "how sure", "what", "sentence", "dispatch"), _claim_cells),
    "sources": (("source", "kind", "claims", "dispatches", "denials", "about", "also called"), _source_cells),
    "dispatches": (("dispatch", "published", "agency", "title", "claims", "copy", "of", "state"), _dispatch_cells),
}


def _print_incident(console: Console, incident: Incident) -> None:
    columns, cells = _LISTS["incidents"]
    console.print(_table(columns, [cells(incident)]))
    console.print(printable(f"{incident.standing}: {incident.reason}"))
    if incident.formerly:
        console.print(printable("holds what was before: " + ", ".join(incident.formerly)))
    for word, ids in (("refer to it", incident.linked), ("one of those in", incident.background)):
        if ids:
            console.print(printable(f"{word}: {', '.join(ids)}"))
    if incident.silent:
        console.print(printable("silent: " + ", ".join(incident.silent)))
    for line in _figures(incident.earlier):
        console.print(printable(f"earlier, replaced since: {line}"))
    for link in incident.links:
        console.print(printable(f"joined: {link}"))
    voices = [_voice_cells(source, incident.sources) for source in incident.sources]
    console.print(_table(("voice", "kind", "says of it", "claims", "no witness beside", "also called"), voices))


def _voice_cells(source: IncidentSource, others: Sequence[IncidentSource]) -> Sequence[str]:
    """A voice on an incident, with those for whom the same people answer."""
    same = [o.name for o in others if o.name != source.name and o.name not in source.independent_of]
    called = [name for name in source.names if name != source.name]
    return (source.name, source.kind, source.says, str(len(source.claims)), ", ".join(same), ", ".join(called))
