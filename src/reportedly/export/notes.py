"""What an incident's sources say, in sentences for a person: who says what, who contradicts, who is silent."""

from __future__ import annotations

from collections.abc import Iterable

from reportedly.days import day_words
from reportedly.export.acts import order
from reportedly.export.cases import Case, CaseClaim
from reportedly.export.tables import amount_words
from reportedly.model import IncidentFigure
from reportedly.wording import certainty_words


def notes(case: Case) -> str:
    """Each telling once, copies of one story not again; then the figures by source, the silent and the standing."""
    parts = [telling(told[0]) for told in tellings(case)]
    parts += [f"Figures: {figures}." for figures in (_figures(case.incident.figures),) if figures]
    parts += [f"Silent: {', '.join(case.incident.silent)}." for _ in case.incident.silent[:1]]
    parts += [f"Decided by people: {t.claim.id} {t.decided}." for t in case.told if t.decided]
    return " ".join([*parts, f"Standing: {case.incident.standing} ({case.incident.reason})."])


def tellings(case: Case) -> list[list[CaseClaim]]:
    """The claims of an incident by telling: one source, one clause, in all copies of a story; the first copy first."""
    found: dict[tuple[str, str | None, str, str], list[CaseClaim]] = {}
    for t in case.told:
        if t.judged == "wrong":
            continue
        source = t.claim.source.name if t.claim.source else None
        found.setdefault((t.lineage, source, t.sentence, t.claim.type), []).append(t)
    return [sorted(told, key=order) for told in found.values()]


def telling(told: CaseClaim) -> str:
    """One telling: 'On 3 May 2024 Osman Tahir (Sample Wire): "about 14 were killed" [happened].'."""
    when = told.claim.said or told.dispatch.published
    day = f"On {day_words(when)} " if when else ""
    publisher = told.dispatch.agency
    who = told.source or "a publisher that is not named"
    via = f" ({publisher})" if publisher and publisher != who else ""
    return f"{day}{who}{via}: “{told.sentence}” [{certainty_words(told.claim)}]."


def _figures(given: Iterable[IncidentFigure]) -> str:
    return "; ".join(
        f"{f.source}: {amount_words(f.low, f.high, approx=f.approx)} {f.role}" + (f" ({f.of})" if f.of else "")
        for f in given
    )
