"""What a notebook shows: the text with its claims marked, static HTML that needs no script."""

from __future__ import annotations

from collections import defaultdict
from html import escape
from itertools import pairwise

from reportedly.model import Analysis, Claim
from reportedly.wording import certainty_words, source_words

# Colours that colour-blind readers tell apart (Okabe and Ito 2008), as borders so that the text keeps its contrast.
_STYLE = (
    "<style>.rp{font:15px/1.6 Georgia,serif;max-width:44em;white-space:pre-wrap;overflow-wrap:anywhere}"
    ".rp .content{border-bottom:1px dotted #0072b2}.rp .source{border-bottom:2px solid #0072b2}"
    ".rp mark{background:none;color:inherit;font-weight:bold;border-bottom:2px solid #d55e00}"
    ".rp .silence{border-bottom:2px dashed #767676}.rp sup{font:11px sans-serif;margin-left:1px}"
    ".rp-table{font:13px sans-serif;border-collapse:collapse}.rp-table td,.rp-table th"
    "{text-align:left;vertical-align:top;padding:2px 8px;border-top:1px solid #bbb}</style>"
)


def analysis_html(analysis: Analysis) -> str:
    """The dispatch with sources, contents, triggers and silences marked, and the claims as a table below."""
    numbers = {claim.id: n for n, claim in enumerate(analysis.claims, start=1)}
    return f'{_STYLE}<div class="rp">{_marked(analysis, numbers)}</div>{_table(analysis, numbers)}'


def _marked(analysis: Analysis, numbers: dict[str, int]) -> str:
    text = analysis.dispatch.text
    layers: dict[int, set[str]] = defaultdict(set)
    spans = [(s.start, s.end, "content") for st in analysis.statements if st.act == "reporting" for s in st.content]
    spans += [(s.start, s.end, "source") for st in analysis.statements for s in st.source or ()]
    spans += [(s.start, s.end, "silence") for s in analysis.silences]
    spans += [(c.trigger.start, c.trigger.end, "trigger") for c in analysis.claims]
    edges = sorted({0, len(text)} | {x for start, end, _ in spans for x in (start, end)})
    for start, end, name in spans:
        for edge in edges:
            if start <= edge < end:
                layers[edge].add(name)
    notes: dict[int, list[int]] = defaultdict(list)
    for claim in analysis.claims:
        notes[claim.trigger.end].append(numbers[claim.id])
    parts = []
    for start, end in pairwise(edges):
        parts.append(_piece(text[start:end], layers[start]))
        parts += [f"<sup>{n}</sup>" for n in notes.get(end, ())]
    return "".join(parts)


def _piece(text: str, names: set[str]) -> str:
    body = escape(text)
    if "trigger" in names:
        body = f"<mark>{body}</mark>"
    rest = sorted(names - {"trigger"})
    return f'<span class="{" ".join(rest)}">{body}</span>' if rest else body


def _table(analysis: Analysis, numbers: dict[str, int]) -> str:
    head = "<tr><th></th><th>Who says it</th><th>How sure</th><th>What</th><th>Who → whom</th></tr>"
    rows = "".join(_row(claim, numbers[claim.id], analysis.dispatch.agency) for claim in analysis.claims)
    return f'<table class="rp-table">{head}{rows}</table>' if rows else ""


def _row(claim: Claim, number: int, agency: str | None) -> str:
    who = ", ".join(p.name for p in claim.actors)
    whom = ", ".join(p.name for p in claim.recipients)
    parties = f"{who} → {whom}" if whom else who
    cells = (
        str(number),
        source_words(claim.source, agency),
        certainty_words(claim),
        f"{claim.type}: {claim.trigger.text}",
        parties,
    )
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
