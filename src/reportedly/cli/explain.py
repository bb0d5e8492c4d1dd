"""``reportedly explain``: which rule and which words gave each value of a claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import typer
from rich.text import Text

from reportedly.cli.apart import keep_apart
from reportedly.cli.code import english
from reportedly.cli.report import RunReport, printable
from reportedly.cli.table import what_line
from reportedly.cli.terminal import console as new_console
from reportedly.cli.terminal import table
from reportedly.config import Config
from reportedly.errors import ConfigError
from reportedly.explain import Explanation, explain_dispatches
from reportedly.export.sinks import open_sink
from reportedly.ingest.options import ReadOptions
from reportedly.ledger import open_ledger
from reportedly.model import Analysis, Claim, Dispatch, LedgerClaim, Reason, Versions
from reportedly.wording import certainty_words, source_words

if TYPE_CHECKING:
    import pyarrow as pa

COLUMNS = ("claim", "field", "value", "rule", "words")


def run(
    claim: str,
    paths: Sequence[str],
    options: ReadOptions,
    config: Config,
    ledger: Path | None,
    output: str | None,
    *,
    quiet: bool,
) -> None:
    """Explain one claim of the given inputs, or of a ledger (its dispatch is read again as it is installed now)."""
    if bool(paths) == (ledger is not None):
        raise ConfigError("E324", "explain needs inputs or a ledger", "Give the PATH that was coded, or --ledger FILE.")
    keep_apart(paths, ledger, {"--output": output})
    found = (
        _in_ledger(claim, ledger, config)
        if ledger is not None
        else _in_inputs(claim, paths, options, config, quiet=quiet)
    )
    if output is None:
        print_explanation(*found)
        return
    with open_sink(output, record=lambda e: e, rows=_rows, schema=_schema) as write:
        write(found[1])


def print_explanation(analysis: Analysis, explanation: Explanation) -> None:
    """Print the reasons of one claim to standard output, a line a reason, under the claim."""
    console = new_console()
    claim = explanation.claim
    who = f"{claim.id} · {source_words(claim.source, analysis.dispatch.agency)}: {certainty_words(claim)}"
    console.print(Text(printable(who), style="bold"))
    console.print(what_line(claim, analysis.dispatch.text))
    console.print(table(_SHOWN, _cells(explanation.explain), console.width, (12, 26, 58, 32)))


_SHOWN = ("Field", "Value", "Because", "Words")


def _cells(reasons: Sequence[Reason]) -> Iterator[Sequence[str]]:
    """A row a reason; a field is named once."""
    for field, group in groupby(reasons, key=lambda r: r.field):
        for n, reason in enumerate(group):
            words = "; ".join(f'"{_flat(w.text)}" {w.start}-{w.end}' for w in reason.words)
            yield ("" if n else field, reason.value or "not stated", reason.rule, words)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _in_inputs(
    claim: str, paths: Sequence[str], options: ReadOptions, config: Config, *, quiet: bool
) -> tuple[Analysis, Explanation]:
    with RunReport(None, quiet=True, verb="read") as report:
        found = _search(claim, english(paths, options, report), config)
    if found is None:
        raise ConfigError(
            "E325",
            f"the inputs hold no claim with the id {claim}",
            "Ids are those that `reportedly code` prints with the same options; list them with: code PATH -o -",
        )
    if not quiet:
        typer.echo(f"reportedly: explained with {_made_by(found[0].versions)}", err=True)
    return found


def _search(claim: str, dispatches: Iterator[Dispatch], config: Config) -> tuple[Analysis, Explanation] | None:
    for analysis, explanations in explain_dispatches(dispatches, config):
        for explanation in explanations:
            if explanation.claim.id == claim:
                return analysis, explanation
    return None


def _in_ledger(claim: str, ledger: Path, config: Config) -> tuple[Analysis, Explanation]:
    with open_ledger(ledger, read_only=True) as book:
        kept = next(iter(book.claims(id=claim)), None)
        stored = book.analyses([kept.dispatch]) if kept is not None else []
    if kept is None:
        raise ConfigError("E325", f"{ledger} holds no claim with the id {claim}", "List them with: reportedly claims")
    found = _search(claim, iter([stored[0].dispatch]), config)
    _tell_changes(kept, found)
    if found is None:
        raise ConfigError(
            "E326",
            f"{claim}: read again with the installed versions, dispatch {kept.dispatch} no longer gives this claim",
            f"It was made by {_made_by(kept.versions)}.",
        )
    return found


def _tell_changes(kept: LedgerClaim, found: tuple[Analysis, Explanation] | None) -> None:
    """Say on standard error where other versions made a claim than those installed, and what comes out otherwise."""
    if found is None or found[0].versions == kept.versions:
        return
    then, now = _made_by(kept.versions), _made_by(found[0].versions)
    typer.echo(f"reportedly: the claim in the ledger was made by {then}; it is explained with {now}.", err=True)
    for field, before, after in _differences(kept.claim, found[1].claim):
        typer.echo(f"reportedly: {field} was {before} in the ledger and is {after} now.", err=True)


def _differences(before: Claim, after: Claim) -> Iterator[tuple[str, str, str]]:
    for name in Claim.__struct_fields__:
        old, new = getattr(before, name), getattr(after, name)
        if old != new and name not in ("statement", "incident"):
            yield name, _shown(old), _shown(new)


def _shown(value: object) -> str:
    return printable(msgspec.json.encode(value).decode())


def _made_by(versions: Versions) -> str:
    return f"reportedly {versions.reportedly}, {versions.model}, tables {versions.tables}"


def _rows(explanation: Explanation) -> list[dict[str, object]]:
    return [
        {
            "claim": explanation.claim.id,
            "field": reason.field,
            "value": reason.value,
            "rule": reason.rule,
            "words": "; ".join(f"{w.start}-{w.end} {_flat(w.text)}" for w in reason.words),
        }
        for reason in explanation.explain
    ]


def _schema() -> pa.Schema:
    import pyarrow as pa

    return pa.schema([(name, pa.string()) for name in COLUMNS])
