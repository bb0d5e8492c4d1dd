"""A coded dispatch as a desk editor reads it: claims under their sources, the dispatch's own voice first."""

from __future__ import annotations

from itertools import groupby

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from reportedly.cli.report import printable
from reportedly.cli.terminal import console as new_console
from reportedly.cli.terminal import table
from reportedly.export.tables import figure_words
from reportedly.model import Analysis, Claim, Party, Place, Silence
from reportedly.wording import certainty_words, interval_words, source_words, telling_words

# A dispatch without a headline is known by its first words.
HEAD = 90
STYLES = {"CT+": "", "PR+": "", "PS+": "yellow", "U": "yellow", "PS-": "red", "PR-": "red", "CT-": "red"}


def print_analysis(analysis: Analysis) -> None:
    """Print one dispatch to standard output."""
    console = new_console()
    console.print(_heading(analysis))
    for _, claims in groupby(_by_source(analysis.claims), key=_voice):
        group = list(claims)
        console.print()
        console.print(_source_line(group[0], analysis.dispatch.agency))
        console.print(Padding(_claims_table(group, analysis.dispatch.text, console.width - 2), (0, 0, 0, 2)))
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


_COLUMNS = {"How sure": 16, "What": 56, "Who → whom": 30, "Where": 16, "When": 16, "How many": 20}


def _claims_table(claims: list[Claim], text: str, width: int) -> Table:
    cells = [
        (
            Text(certainty_words(claim), style=STYLES[claim.factuality]),
            what_line(claim, text),
            _parties(claim),
            _where(claim),
            interval_words(claim.begin, claim.end_date),
            "; ".join(figure_words(f) for f in claim.figures),
        )
        for claim in claims
    ]
    return table(tuple(_COLUMNS), cells, width, tuple(_COLUMNS.values()))


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
