"""Views: a dispatch cut into pieces without losing a letter, honest sentences, maps that stay on their sheet."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import reportedly
from reportedly.model import (
    Analysis,
    Dispatch,
    Incident,
    IncidentFigure,
    IncidentSource,
    Place,
    Span,
    Statement,
    Versions,
)
from reportedly.views.incident import headline, points
from reportedly.views.map import WORLD, Sheet, Spot, cells, map_svg, view_of
from reportedly.views.reading import reading

VERSIONS = Versions("0", "0", "0", "0", "0")


def analysis(text: str, spans: list[tuple[int, int]]) -> Analysis:
    statements = tuple(
        Statement(
            f"s{n}", (Span(a, b),), None, "named", (), (Span(a, b),), "direct", None, None, None, None, "reporting"
        )
        for n, (a, b) in enumerate(spans)
    )
    return Analysis(Dispatch("d", text), (), (), (), statements, (), (), (), VERSIONS)


@given(st.text(max_size=300), st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), max_size=6))
def test_every_letter_is_shown_once(text: str, spans: list[tuple[int, int]]) -> None:
    """Whatever overlaps whatever: the pieces are the text, paragraph by paragraph, without its outer blanks."""
    inside = [(min(a, b), max(a, b)) for a, b in spans if a != b and max(a, b) <= len(text)]
    shown = "".join(piece.text for p in reading(analysis(text, inside)).paragraphs for piece in p.pieces)
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", text)


def test_a_claim_is_found_by_its_parts() -> None:
    read = reportedly.read("Gunmen killed at least two guards in Goma on Friday, police said.", published="2024-05-18")
    page = reading(read)
    parts = {part: piece.text for p in page.paragraphs for piece in p.pieces for _, part in piece.claims}
    assert (parts["trigger"], parts["voice"], parts["place"]) == ("killed", "police", "Goma")
    assert page.paragraphs[0].groups[0].voice == "police"


def figure(source: str, low: int | None, high: int | None, day: str = "2021-09-02") -> IncidentFigure:
    return IncidentFigure(
        "killed", "Taliban", source, low, high, approx=False, as_of=day, claim=f"c-{source}", dispatch="d"
    )


def incident(*figures: IncidentFigure, silent: tuple[str, ...] = (), denies: tuple[str, ...] = ()) -> Incident:
    sources = [IncidentSource(f.source, "named", (f.source,), "affirms", (), (f.claim,)) for f in figures]
    sources += [IncidentSource(name, "group", (name,), "denies", (), ()) for name in denies]
    return Incident(
        "n", "ASSAULT", (), (), None, "2021-09-02", "2021-09-02", (), (), "single source", "", figures, (), silent,
        tuple(sources), (),
    )  # fmt: skip


def test_a_headline_names_source_number_day_and_silence() -> None:
    told = headline(incident(figure("resistance spokesman", 350, 350), silent=("Taliban",)), ())
    assert told == "Resistance spokesman: 350 killed (Taliban), 2 September 2021; Taliban: no comment so far."


def test_a_headline_keeps_bounds_and_denials() -> None:
    told = headline(incident(figure("police", 6, None), figure("witnesses", 14, 14), denies=("army",)), ())
    assert "at least 6 killed" in told
    assert "witnesses: 14" in told
    assert told.endswith("army denies it.")


def test_figures_that_cannot_both_hold_are_contested() -> None:
    def state(*given_: IncidentFigure) -> str:
        return next(p.state for p in points(incident(*given_), ()) if p.question.startswith("How many"))

    assert state(figure("police", 6, None), figure("army", 9, 9)) == "agreed"
    assert state(figure("police", 6, 6), figure("army", 9, 9)) == "contested"
    assert state(figure("police", 6, 6)) == "one voice"


def place(lat: float, lon: float, kind: str = "city") -> Place:
    return Place(0, 1, "X", "X", kind, "SDN", None, lat, lon)  # type: ignore[arg-type]


@given(st.lists(st.tuples(st.floats(-85, 85), st.floats(-180, 180)), min_size=1, max_size=4))
def test_a_view_holds_its_places(points_: list[tuple[float, float]]) -> None:
    """Every place lies on the sheet, except beyond the edges of a map of the world."""
    view = view_of(place(lat, lon) for lat, lon in points_)
    sheet = Sheet(view)
    for lat, lon in points_:
        if view != WORLD:
            x, y = sheet.at(lon, lat)
            assert -1 <= x <= sheet.width + 1
            assert -1 <= y <= sheet.height + 1


def test_a_district_is_an_area_and_a_town_a_point() -> None:
    district = map_svg([Spot(place(15, 36, "admin1"), "X", "#x", "x")], view_of([place(15, 36, "admin1")]))
    town = map_svg([Spot(place(15, 36), "X", "#x", "x")], view_of([place(15, 36)]))
    assert 'stroke-dasharray="5 4"' in district
    assert 'stroke-dasharray="5 4"' not in town


def test_names_on_a_map_are_text() -> None:
    spot = Spot(place(15, 36), "<b>&", '"><script>', "<i>")
    drawn = map_svg([spot], WORLD)
    assert "<b>" not in drawn
    assert "<script>" not in drawn


@pytest.mark.parametrize("view", [WORLD, view_of([place(0, 179.9)])])
def test_cells_tile_a_view(view: object) -> None:
    parts = cells(view, 4, 2)  # type: ignore[arg-type]
    assert len(parts) == 8
    assert parts[0].west == view.west  # type: ignore[attr-defined]
    assert parts[-1].east == pytest.approx(view.east)  # type: ignore[attr-defined]
