"""An incident at one glance: who gives which number, and how the telling went."""

from __future__ import annotations

from collections.abc import Callable

from readings import Said, reading

from reportedly.ledger import Ledger
from reportedly.model import Analysis
from reportedly.views import figure_matrix, timeline

TOWN: Said = {"type": "HAZARD", "place": ("Orhei", "MDA"), "day": "2024-05-06"}


def toll(id: str, who: str, dead: int, published: str) -> Analysis:  # noqa: A002
    text = f"The flood in Orhei on Monday killed {dead} people, the {who} said. The owner of the dam did not comment."
    return reading(
        id, text, published, ("killed", TOWN | {"source": who, "killed": (dead, dead)}), silent=("dam owner",)
    )


def test_the_matrix_shows_who_stands_by_what(ledger: Callable[..., Ledger]) -> None:
    told = (
        toll("a", "mayor", 4, "2024-05-06"),
        toll("b", "mayor", 7, "2024-05-07"),
        toll("c", "clinic", 9, "2024-05-07"),
    )
    with ledger(*told) as news:
        (incident,) = news.incidents()
        entries = timeline(incident, news.claims())
    matrix = figure_matrix(incident)
    assert matrix.columns == (("killed", None),)
    assert [
        (source, cell.stands_by and cell.stands_by.low, [f.low for f in cell.earlier])
        for source, (cell,) in matrix.rows
    ] == [
        ("clinic", 9, []),
        ("mayor", 7, [4]),
    ]
    assert matrix.silent == ("dam owner",)
    assert [(e.day, e.source, e.dispatch) for e in entries] == [
        ("2024-05-06", "mayor", "a"),
        ("2024-05-07", "clinic", "c"),
        ("2024-05-07", "mayor", "b"),
    ]
