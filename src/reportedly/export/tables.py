"""Claims as a table, one row a claim: the same columns in CSV and Parquet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from reportedly.model import Analysis, Claim, Dispatch, Figure, Party

if TYPE_CHECKING:
    import pyarrow as pa

# A cell that begins with one of these is a formula to a spreadsheet.
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")
TOLLS = ("killed", "injured")


def schema() -> pa.Schema:
    """Columns and types of the claim table; the codebook in docs/ says what each holds."""
    import pyarrow as pa

    text, whole, real = pa.string(), pa.int64(), pa.float64()
    return pa.schema(
        [
            ("dispatch", text), ("published", text), ("agency", text), ("claim", text), ("incident", text),
            ("source", text), ("source_kind", text), ("chain", text), ("channel", text), ("to", text), ("said", text),
            ("factuality", text), ("modality", text), ("type", text), ("mode", text), ("cameo", text),
            ("trigger", text), ("trigger_start", whole), ("trigger_end", whole), ("evidence", text),
            ("evidence_start", whole), ("evidence_end", whole),
            ("actors", text), ("actor_codes", text), ("recipients", text), ("recipient_codes", text),
            ("place", text), ("place_kind", text), ("admin1", text), ("country", text), ("lat", real), ("lon", real),
            ("geonames", whole), ("place_from", text), ("origin", text), ("begin", text), ("end_date", text),
            ("when_from", text), ("means", text),
            ("figures", text),
            ("killed_low", whole), ("killed_high", whole), ("injured_low", whole), ("injured_high", whole),
        ]
    )  # fmt: skip


def claim_rows(analysis: Analysis) -> list[dict[str, object]]:
    """The rows of one dispatch, in text order."""
    return [claim_row(analysis.dispatch, claim) for claim in analysis.claims]


def claim_table(analyses: Iterable[Analysis]) -> pa.Table:
    """An Arrow table of the claims of many dispatches."""
    import pyarrow as pa

    rows = [row for analysis in analyses for row in claim_rows(analysis)]
    columns = schema()
    return pa.table({name: [row[name] for row in rows] for name in columns.names}, schema=columns)


def harmless(value: object) -> object:
    """A text cell that a spreadsheet would run as a formula, with an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_MARKS) else value


def claim_row(dispatch: Dispatch, claim: Claim) -> dict[str, object]:
    """The row of a claim of a dispatch."""
    return {
        "dispatch": dispatch.id,
        "published": dispatch.published,
        "agency": dispatch.agency,
        "claim": claim.id,
        "incident": claim.incident,
        **_source(claim),
        **_words(dispatch, claim),
        **_parties("actor", claim.actors),
        **_parties("recipient", claim.recipients),
        **_place(claim),
        "begin": claim.begin,
        "end_date": claim.end_date,
        "when_from": claim.when_from,
        "means": "; ".join(m.text for m in claim.means) or None,
        "figures": "; ".join(figure_words(f) for f in claim.figures) or None,
        **_tolls(claim),
    }


def _source(claim: Claim) -> dict[str, object]:
    """Who says it, to whom and how surely."""
    return {
        "source": claim.source.name if claim.source else None,
        "source_kind": claim.source.kind if claim.source else None,
        "chain": " > ".join(claim.chain) or None,
        "channel": claim.channel,
        "to": claim.to,
        "said": claim.said,
        "factuality": claim.factuality,
        "modality": claim.modality,
    }


def _words(dispatch: Dispatch, claim: Claim) -> dict[str, object]:
    """What happened, and the words that say so."""
    trigger, evidence = claim.trigger, claim.evidence
    return {
        "type": claim.type,
        "mode": claim.mode,
        "cameo": claim.cameo,
        "trigger": trigger.text,
        "trigger_start": trigger.start,
        "trigger_end": trigger.end,
        "evidence": " ".join(dispatch.text[evidence.start : evidence.end].split()),
        "evidence_start": evidence.start,
        "evidence_end": evidence.end,
    }


def _place(claim: Claim) -> dict[str, object]:
    place = claim.place
    return {
        "place": place.name if place else None,
        "place_kind": place.kind if place else None,
        "admin1": place.admin1 if place else None,
        "country": place.country if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "geonames": place.geonames if place else None,
        "place_from": claim.place_from,
        "origin": claim.origin.name if claim.origin else None,
    }


def _tolls(claim: Claim) -> dict[str, object]:
    """The bounds of the first number of dead and of hurt that is no part of another."""
    cells: dict[str, object] = {}
    for role in TOLLS:
        toll = next((f for f in claim.figures if f.role == role and f.part_of is None), None)
        cells |= {f"{role}_low": toll.low if toll else None, f"{role}_high": toll.high if toll else None}
    return cells


def _parties(slot: str, parties: tuple[Party, ...]) -> dict[str, object]:
    return {
        f"{slot}s": "; ".join(p.name for p in parties) or None,
        f"{slot}_codes": "; ".join(p.code or "" for p in parties) if any(p.code for p in parties) else None,
    }


def figure_words(figure: Figure) -> str:
    """A figure in words: "about 350 killed (Taliban)", "at least 31 killed", "30 to 40 injured"."""
    number = amount_words(figure.low, figure.high, approx=figure.approx)
    return f"{number} {figure.role}" + (f" ({figure.of})" if figure.of else "")


def amount_words(low: int | None, high: int | None, *, approx: bool) -> str:
    """A number with its bounds in words."""
    if low is not None and low == high:
        return f"{'about ' if approx else ''}{low:,}"
    if low is not None and high is not None:
        return f"{low:,} to {high:,}"
    if low is not None:
        return f"some {low:,} or more" if approx else f"at least {low:,}"
    return f"at most {high:,}" if high is not None else "an unknown number of"


def dispatch_schema() -> pa.Schema:
    """Columns of the table of dispatches that ``read`` writes."""
    import pyarrow as pa

    names = ("id", "published", "agency", "title", "lang", "dateline_place", "dateline_date", "url", "version", "note")
    return pa.schema([(name, pa.string()) for name in (*names, "file", "text")])


def dispatch_rows(dispatch: Dispatch) -> list[dict[str, object]]:
    """The one row of a dispatch."""
    dateline = dispatch.dateline
    return [
        {
            "id": dispatch.id,
            "published": dispatch.published,
            "agency": dispatch.agency,
            "title": dispatch.title,
            "lang": dispatch.lang,
            "dateline_place": dateline.place if dateline else None,
            "dateline_date": dateline.date if dateline else None,
            "url": dispatch.url,
            "version": dispatch.version,
            "note": dispatch.note,
            "file": dispatch.file,
            "text": dispatch.text,
        }
    ]
