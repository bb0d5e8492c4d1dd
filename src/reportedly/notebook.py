"""What a notebook shows: marked texts, incidents and maps as HTML that needs no script, charts as drawings.

The pictures are those of the reading room.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise

import msgspec

from reportedly.errors import ResourceError
from reportedly.export.tables import amount_words
from reportedly.model import Analysis, Claim, Incident, LedgerClaim
from reportedly.views.charts import Picture, Spec, figures_picture, svg, timeline_picture
from reportedly.views.map import map_svg, spots_of, view_of
from reportedly.views.matrix import Cell, figure_matrix
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


class Drawing(msgspec.Struct, frozen=True):
    """A picture that a notebook shows, saved with it and drawn without a network.

    ``spec`` is the Vega-Lite specification of a chart, to be changed with Altair (``altair.Chart.from_dict``).
    """

    svg: str
    spec: Spec | None = None

    def _repr_svg_(self) -> str:
        """The picture itself."""
        return self.svg


def figure_chart(incident: Incident) -> Drawing | None:
    """The figures of an incident by source, earliest first; ``None`` where it has none."""
    return _drawing(figures_picture(incident))


def timeline_chart(incident: Incident, claims: Sequence[LedgerClaim]) -> Drawing | None:
    """Who spoke when on an incident; ``None`` where no claim has a day."""
    return _drawing(timeline_picture(incident, claims))


def place_map(claims: Iterable[LedgerClaim]) -> Drawing:
    """Where the claims say that things happened, as areas as large as they are uncertain."""
    spots, _ = spots_of(tuple(claims))
    return Drawing(_alone(map_svg(spots, view_of(s.place for s in spots))))


def _drawing(picture: Picture | None) -> Drawing | None:
    if picture is None:
        return None
    try:
        return Drawing(_alone(svg(picture)), picture.spec)
    except ImportError as problem:
        message = "vl-convert-python, which draws charts, is not installed"
        raise ResourceError("E703", message, "Install it with: pip install 'reportedly[charts]'") from problem


def _alone(element: str) -> str:
    """An SVG element of a page as a document of its own."""
    return element.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def incident_html(incident: Incident) -> str:
    """An incident as a sentence with its standing, its figures as a table below."""
    matrix = figure_matrix(incident)
    head = "".join(f"<th>{escape(role)}{escape(f': {of}') if of else ''}</th>" for role, of in matrix.columns)
    rows = "".join(
        f"<tr><td>{escape(source)}</td>{''.join(f'<td>{_cell_html(cell)}</td>' for cell in cells)}</tr>"
        for source, cells in matrix.rows
    )
    table = f'<table class="rp-table"><tr><th>Source</th>{head}</tr>{rows}</table>' if rows else ""
    title = incident.headline or incident.type
    standing = f"<p>{escape(incident.standing)}: {escape(incident.reason)}</p>"
    return f'{_STYLE}<div class="rp"><b>{escape(title)}</b></div>{standing}{table}'


def _cell_html(cell: Cell) -> str:
    now = cell.stands_by
    shown = [escape(amount_words(now.low, now.high, approx=now.approx))] if now else []
    shown += [f"<s>{escape(amount_words(f.low, f.high, approx=f.approx))}</s>" for f in cell.earlier]
    return " ".join(shown)
