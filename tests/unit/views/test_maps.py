"""Maps: places on the sheet, borders and towns around them, marks that stand for many, steps closer and farther."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.model import Place
from reportedly.views.map import Spot, clusters, map_svg, view_around, view_of
from reportedly.views.sheet import WORLD, MapFrame, Sheet, zoomed


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


def test_around_a_town_stand_its_neighbours_and_borders() -> None:
    """A map of Kassala names New Halfa and, beyond a border, Barentu; it has the borders of provinces and a scale."""
    kassala = Place(0, 1, "Kassala", "Kassala", "city", "SDN", None, 15.45, 36.4)
    drawn = map_svg([Spot(kassala, "Kassala", "#x", "Kassala: 1 claim")], view_of([kassala]))
    assert ">New Halfa</text>" in drawn
    assert ">Barentu</text>" in drawn
    assert drawn.count(">Kassala</text>") == 1
    assert re.search(r'class="provinces" d="M-?[0-9]+ ', drawn)
    assert re.search(r">\d+ km</text>", drawn)


def test_a_map_of_the_world_has_neither_towns_nor_provinces() -> None:
    drawn = map_svg([Spot(place(15, 36), "X", "#x", "x")], WORLD)
    assert "provinces" not in drawn
    assert 'class="town"' not in drawn


points = st.tuples(st.floats(-50, 70), st.floats(-170, 170), st.integers(1, 50), st.integers(0, 10**6))


@given(st.lists(points, max_size=30, unique_by=lambda p: p[3]))
def test_marks_that_stand_for_many_lose_nothing(given_: list[tuple[float, float, int, int]]) -> None:
    made = clusters(given_, view_around((p[0], p[1]) for p in given_))
    assert sum(c.weight for c in made) == sum(p[2] for p in given_)
    assert sum(c.points for c in made) == len(given_)
    for c in made:
        assert c.box.south <= c.lat <= c.box.north
        assert c.box.west <= c.lon <= c.box.east


def test_places_far_apart_are_marks_of_their_own() -> None:
    made = clusters([(15, 36, 2, 0), (15.01, 36.01, 5, 1), (30, 31, 1, 2)], MapFrame(20, 5, 45, 32))
    assert [(c.weight, c.points, c.heaviest) for c in made] == [(7, 2, 1), (1, 1, 2)]


def test_a_step_closer_halves_a_map() -> None:
    view = MapFrame(30, 10, 42, 18)
    closer = zoomed(view, 1)
    assert closer.wide == pytest.approx(6)
    assert (closer.west + closer.east) / 2 == pytest.approx(36)
    assert zoomed(view, 0) == view
    assert zoomed(view, -9) == WORLD
