"""Who gives which number: the figures of an incident, one row a source, one column a number."""

from __future__ import annotations

import msgspec

from reportedly.model import Incident, IncidentFigure


class Cell(msgspec.Struct, frozen=True):
    """What one source says of one number: what it stands by, and what it said before, latest first."""

    stands_by: IncidentFigure | None
    earlier: tuple[IncidentFigure, ...]


class Matrix(msgspec.Struct, frozen=True):
    """``columns`` are pairs of role and side (``None``: nobody in particular), ``rows`` sources with a cell a column.

    A source that gives no number has no row; ``silent`` names those who are known to say nothing.
    """

    columns: tuple[tuple[str, str | None], ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    silent: tuple[str, ...]


def figure_matrix(incident: Incident) -> Matrix:
    """The matrix of an incident; numbers that most sources give come first."""
    given = (*incident.figures, *incident.earlier)
    columns = sorted({(f.role, f.of) for f in given}, key=lambda c: (-_width(incident, c), str(c)))
    sources = sorted({f.source for f in given})
    rows = ((source, tuple(_cell(incident, source, column) for column in columns)) for source in sources)
    return Matrix(tuple(columns), tuple(rows), incident.silent)


def _width(incident: Incident, column: tuple[str, str | None]) -> int:
    return len({f.source for f in incident.figures if (f.role, f.of) == column})


def _cell(incident: Incident, source: str, column: tuple[str, str | None]) -> Cell:
    def of(figures: tuple[IncidentFigure, ...]) -> list[IncidentFigure]:
        return [f for f in figures if f.source == source and (f.role, f.of) == column]

    earlier = sorted(of(incident.earlier), key=lambda f: f.as_of or "", reverse=True)
    return Cell(next(iter(of(incident.figures)), None), tuple(earlier))
