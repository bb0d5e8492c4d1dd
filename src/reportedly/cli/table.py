"""A coded dispatch as a desk editor reads it: claims under their sources, the dispatch's own voice first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from reportedly.cli.report import printable
from reportedly.export.tables import figure_words
from reportedly.model import Analysis, Claim, Party, Place, Silence
from reportedly.wording import certainty_words, interval_words, source_words, telling_words

# Where output is not a terminal there is no width to ask for.
WIDTH = 132
# A dispatch without a headline is known by its first words.
HEAD = 90
STYLES = {"CT+": "", "PR+": "", "PS+": "yellow", "U": "yellow", "PS-": "red", "PR-": "red", "CT-": "red"}


def console_of() -> Console:
    """Standard output as a person reads it."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=WIDTH)


def table_of(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """Rows of text under their columns."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in columns:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*map(printable, row))
    return table


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, nothing: str) -> None:
    """Print rows to standard output, or that there are none."""
    found, console = list(rows), console_of()
    console.print(table_of(columns, found) if found else nothing)


def print_analysis(analysis: Analysis) -> None:
    """Print one dispatch to standard output."""
    console = console_of()
    console.print(_heading(analysis))
    for _, claims in groupby(_by_source(analysis.claims), key=_voice):
        group = list(claims)
        console.print()
        console.print(_source_line(group[0], analysis.dispatch.agency))
        console.print(Padding(_claims_table(group, analysis.dispatch.text), (0, 0, 0, 2)))
    if not analysis.claims:
        console.print("\nNo claims of political, conflict, humanitarian or official events were found.")
    if analysis.silences:
        console.print()
        console.print(Text("Not told", style="bold"))
        for silence in analysis.silences:
            console.print(_silence_line(silence, analysis.dispatch.text))
    console.print()


def _heading(analysis: Analysis) -> Text:
    d = analysis.dispatch
    start = " ".join(d.text[d.body_start : d.body_start + 400].split())
    head = d.title or (start if len(start) <= HEAD else start[:HEAD].rsplit(" ", 1)[0] + " ...")
    line = Text(printable(head), style="bold")
    facts = [d.agency, d.dateline.place if d.dateline else None, interval_words(d.published, None) or "undated", d.id]
    line.append("\n" + printable(" · ".join(f for f in facts if f)), style="dim not bold")
    return line


def _voice(claim: Claim) -> tuple[bool, str, str]:
    return (claim.source is not None, claim.source.name if claim.source else "", telling_words(claim))


def _by_source(claims: tuple[Claim, ...]) -> list[Claim]:
    """Own voice first, then the sources in the order in which they first speak."""
    order: dict[tuple[bool, str, str], int] = {}
    for claim in claims:
        order.setdefault(_voice(claim), len(order))
    return sorted(claims, key=lambda c: (c.source is not None, order[_voice(c)], c.trigger.start))


def _source_line(claim: Claim, agency: str | None) -> Text:
    line = Text(printable(source_words(claim.source, agency)), style="bold")
    told = telling_words(claim)
    through = claim.chain[:-1] if claim.source else ()
    details = [told] if told else []
    if len(through) > 1 or (through and through[0] != agency):
        details.append("through " + ", ".join(through))
    if details:
        line.append(printable(" — " + "; ".join(details)), style="not bold")
    return line


def _claims_table(claims: list[Claim], text: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=False)
    table.add_column("How sure", max_width=16)
    table.add_column("What", max_width=56)
    table.add_column("Who → whom", max_width=30)
    table.add_column("Where", max_width=16)
    table.add_column("When", max_width=16)
    table.add_column("How many", max_width=20)
    for claim in claims:
        table.add_row(
            Text(certainty_words(claim), style=STYLES[claim.factuality]),
            what_line(claim, text),
            printable(_parties(claim)),
            printable(_where(claim)),
            interval_words(claim.begin, claim.end_date),
            printable("; ".join(figure_words(f) for f in claim.figures)),
        )
    return table


def what_line(claim: Claim, text: str) -> Text:
    """Type and clause of a claim, the event word marked."""
    kind = f"{claim.type} {claim.mode}" if claim.mode else claim.type
    line = Text(f"{kind}: ", style="bold")
    start, end = claim.evidence.start, claim.evidence.end
    a, b = max(start, claim.trigger.start), min(end, claim.trigger.end)
    line.append(_flat(text[start:a]), style="not bold")
    line.append(_flat(text[a:b]), style="bold underline")
    line.append(_flat(text[b:end]), style="not bold")
    return line


def _flat(text: str) -> str:
    return printable(" ".join(f"|{text}|".split())[1:-1])


def _names(parties: tuple[Party, ...]) -> str:
    return ", ".join(f"{p.name} [{p.code}]" if p.code else p.name for p in parties)


def _parties(claim: Claim) -> str:
    who, whom = _names(claim.actors), _names(claim.recipients)
    if who and whom:
        return f"{who} → {whom}"
    return who or (f"→ {whom}" if whom else "")


def _place(place: Place | None) -> str:
    if place is None:
        return ""
    return f"{place.name}, {place.country}" if place.country and place.kind != "country" else place.name


def _where(claim: Claim) -> str:
    start, goal = _place(claim.origin), _place(claim.place)
    return f"{start} → {goal}" if start and goal else goal or (f"from {start}" if start else "")


def _silence_line(silence: Silence, text: str) -> Text:
    whose = f" ({silence.of})" if silence.of and silence.of != silence.source else ""
    line = Text(printable(f"  {silence.source}: nothing on {silence.about}{whose}"))
    line.append(f"  “{_flat(text[silence.start : silence.end])}”", style="dim")
    return line
