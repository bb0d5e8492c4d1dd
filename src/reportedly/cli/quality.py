"""How good a coding is: ``sample``, ``precision`` and ``compare``."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import msgspec
import typer

from reportedly.cli.apart import keep_apart
from reportedly.cli.coded import read_coded
from reportedly.cli.ledger import read_filters
from reportedly.cli.report import RunReport
from reportedly.cli.terminal import console, table
from reportedly.errors import ConfigError, ResourceError
from reportedly.export.listing import listing_rows, listing_schema
from reportedly.export.sinks import open_sink
from reportedly.ledger import Ledger, open_ledger
from reportedly.ledger.opening import is_database
from reportedly.ledger.samples import Sample
from reportedly.model import Analysis, LedgerClaim
from reportedly.quality import comparing
from reportedly.quality.agreement import agreement, alpha
from reportedly.quality.precision import CONFIDENCE, Precision, PrecisionAnswer

if TYPE_CHECKING:
    from reportedly.quality.drawing import By

# Seeds that spreadsheets and people can copy.
SEEDS = 2**31
# So many differences are shown; a file takes all of them.
SHOWN = 30


class SampledClaim(LedgerClaim, frozen=True, kw_only=True):
    """A claim of a sample with what names it: the sample, its seed, and the place in it."""

    sample: str
    seed: int
    place: int


class SampledPrecision(Precision, frozen=True, kw_only=True):
    """The share right of a field in a sample, with what names the sample."""

    sample: str
    seed: int
    population: int
    size: int
    judges: str


def draw(
    ledger: Path,
    size: int,
    by: str | None,
    seed: int | None,
    name: str | None,
    filters: Sequence[str],
    output: str | None,
    *,
    quiet: bool,
) -> None:
    """Draw a sample and keep it; with ``output`` its claims are written, each with the sample's name and seed."""
    keep_apart((), ledger, {"--output": output})
    if by not in (None, "type"):
        raise ConfigError("E334", f"--by {by}: a sample can be drawn by type alone", "Say --by type, or leave it.")
    now = datetime.now(UTC).isoformat(timespec="seconds")
    seed = secrets.randbelow(SEEDS) if seed is None else seed
    with open_ledger(ledger) as book:
        drawn = book.draw(size, seed=seed, name=name, by=cast("By | None", by), at=now, **read_filters(filters))
        if output is not None:
            _write(output, SampledClaim, _claims_of(book, drawn))
    if not quiet:
        typer.echo(f"reportedly: {ledger}: {describe(drawn)}", err=True)
        typer.echo("reportedly: judge it in the reading room: reportedly serve --ledger FILE", err=True)


def _claims_of(book: Ledger, drawn: Sample) -> Iterator[SampledClaim]:
    held = {c.claim.id: c for c in book.iter_claims(sample=drawn.name)}
    for place, key in enumerate(drawn.claims, start=1):
        if key in held:
            named: dict[str, Any] = {"sample": drawn.name, "seed": drawn.seed, "place": place}
            yield SampledClaim(**msgspec.structs.asdict(held[key]), **named)


def describe(drawn: Sample) -> str:
    """A sample in a line: what it is called, how large, of how many, drawn how."""
    how = f", as many of each {drawn.by} as there are" if drawn.by else ""
    only = f", only {' '.join(f'{k}={v}' for k, v in drawn.filters.items())}" if drawn.filters else ""
    return f"{drawn.name}: {drawn.size:,} of {drawn.population:,} claims{only}{how}, seed {drawn.seed}"


def judged_words(book: Ledger) -> str | None:
    """What is known of how good the claims of a ledger are: its last judged sample and the share right by field."""
    for drawn in reversed(book.samples()):
        found = [p for p in book.precision(drawn.name) if p.type is None and p.share is not None]
        if found:
            shares = ", ".join(f"{p.field} {_share(p.share)} ({_share(p.low)} to {_share(p.high)})" for p in found)
            return f"judged in {describe(drawn)}: share right {shares}"
    return None


def precision(ledger: Path, sample: str | None, judge: str | None, output: str | None) -> None:
    """Print or write the share right by field and type, and the agreement of the judges."""
    keep_apart((), ledger, {"--output": output})
    with open_ledger(ledger, read_only=True) as book:
        drawn = book.sample(sample)
        answers = book.answers(drawn.name, by=judge)
        found = book.precision(drawn.name, by=judge)
    judges = sorted({a.by for a in answers})
    if output is not None:
        _write(output, SampledPrecision, (_named(p, drawn, judges) for p in found))
        return
    terminal = console()
    terminal.print(describe(drawn))
    if not found:
        terminal.print("Nobody has judged it yet. Do it in the reading room: reportedly serve --ledger FILE")
        return
    terminal.print(f"judged by {', '.join(judges)}")
    columns = ("field", "type", "right", "wrong", "unclear", "disputed", "share right", f"{CONFIDENCE:.0%} interval")
    terminal.print(table(columns, map(_cells, found), terminal.width))
    if len(judges) > 1:
        for line in _agreed(answers):
            terminal.print(line)


def _named(p: Precision, drawn: Sample, judges: Sequence[str]) -> SampledPrecision:
    return SampledPrecision(
        **msgspec.structs.asdict(p),
        sample=drawn.name,
        seed=drawn.seed,
        population=drawn.population,
        size=drawn.size,
        judges="; ".join(judges),
    )


def _agreed(answers: Sequence[PrecisionAnswer]) -> Iterator[str]:
    """The agreement of judges in lines, or what is needed to reckon it."""
    try:
        found = agreement(answers)
    except ResourceError as problem:
        yield f"agreement: {problem}"
        return
    for a in found:
        value = "not defined (all said the same)" if a.alpha is None else f"{a.alpha:.3f}"
        on, judges = a.field or "all fields", ", ".join(a.judges)
        yield f"agreement on {on}: Krippendorff's alpha {value}, {a.values} values, {judges}"


def _cells(p: Precision) -> Sequence[str]:
    counts = map(str, (p.right, p.wrong, p.unclear, p.disputed))
    interval = f"{_share(p.low)} to {_share(p.high)}" if p.low is not None else ""
    return (p.field, p.type or "all", *counts, _share(p.share), interval)


def _share(share: float | None) -> str:
    return "" if share is None else f"{share:.3f}"


def compare(a: str, b: str, output: str | None, *, quiet: bool) -> None:
    """Print how much two codings have in common and where they differ; with ``output`` every difference is written."""
    keep_apart([a, b], written={"--output": output})
    with RunReport(None, quiet=quiet, verb="compared") as report:
        found = comparing.compare(_coding(a, report), _coding(b, report))
        if output is not None:
            _write(output, comparing.Difference, found.differences)
        else:
            _print(found)
    for path, alone in ((a, found.only_a), (b, found.only_b)):
        if alone and not quiet:
            typer.echo(f"reportedly: {len(alone):,} dispatches are in {path} alone and were not compared", err=True)
    raise typer.Exit(report.exit_code)


def _coding(path: str, report: RunReport) -> Iterator[Analysis]:
    if not is_database(Path(path)):
        yield from read_coded([path], report)
        return
    with open_ledger(path, read_only=True) as book:
        yield from book.iter_analyses()


def _print(found: comparing.Comparison) -> None:
    terminal = console()
    rows = [
        (f.field or "the claim itself", str(f.same), str(f.different), _share(f.share), _alpha(found, f))
        for f in found.fields
    ]
    columns = ("field", "the same", "different", "share the same", "Krippendorff's alpha")
    terminal.print(table(columns, rows, terminal.width))
    shown = found.differences[:SHOWN]
    if shown:
        cells = ((d.dispatch, f"{d.start}-{d.end}", d.words, d.field or "claim", d.a or "-", d.b or "-") for d in shown)
        terminal.print(table(("dispatch", "at", "event word", "field", "A says", "B says"), cells, terminal.width))
    if len(found.differences) > SHOWN:
        terminal.print(f"... and {len(found.differences) - SHOWN:,} more: write them all with --output FILE")


def _alpha(found: comparing.Comparison, field: comparing.FieldAgreement) -> str:
    try:
        value = alpha(found.labels[field.field]) if field.field else None
    except ResourceError:
        return "needs reportedly[research]"
    return "" if value is None else f"{value:.3f}"


def _write(output: str, kind: type[msgspec.Struct], records: Iterable[msgspec.Struct]) -> None:
    with open_sink(output, record=lambda r: r, rows=listing_rows, schema=lambda: listing_schema(kind)) as write:
        for record in records:
            write(record)
