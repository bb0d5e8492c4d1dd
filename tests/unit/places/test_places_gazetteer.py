"""The gazetteer file: what it answers, what it costs, what it says of itself."""

from __future__ import annotations

import time
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from reportedly.errors import ResourceError
from reportedly.knowledge.load import SHIPPED
from reportedly.places.folding import fold
from reportedly.places.gazetteer import FILE, Gazetteer, is_place_name, load_gazetteer


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("The U.S.", "us"),
        ("Al-Qāmishlī", "al qamishli"),
        ("Côte d'Ivoire", "cote divoire"),
        ("St. John's", "saint johns"),
        ("W.Va.", "w va"),
        ("Харків", ""),
    ],
)
def test_fold(name: str, key: Any) -> None:
    assert fold(name) == key


def test_every_country_is_found_by_name_and_alias() -> None:
    gazetteer = load_gazetteer()
    for row in SHIPPED.rows("countries"):
        for name in [row["name"], *filter(None, row["aliases"].split("|"))]:
            assert any(r.country == row["iso3"] for r in gazetteer.find(name)), name


def test_regions_name_known_countries_and_points_on_earth() -> None:
    known = {row["iso3"] for row in SHIPPED.rows("countries")}
    for row in SHIPPED.rows("regions"):
        assert not row["country"] or row["country"] in known
        assert -90 <= float(row["lat"]) <= 90
        assert -180 <= float(row["lon"]) <= 180
        assert 1 <= int(row["rank"]) <= 9


def test_demonyms_stand_with_regions_of_the_table() -> None:
    names = {row["name"] for row in SHIPPED.rows("regions")}
    assert {row["place"] for row in SHIPPED.rows("demonyms")} <= names


def test_the_file_names_its_sources() -> None:
    meta = load_gazetteer().meta()
    assert "GeoNames" in meta["attribution"]
    assert "CC BY 4.0" in meta["attribution"]
    assert len(meta["digest"]) == 32


def test_opening_and_asking_are_quick() -> None:
    path = Path(str(resources.files("reportedly") / "knowledge" / "world" / FILE))
    began = time.thread_time()  # not the time of a busy machine
    fresh = Gazetteer(path)
    for name in ("Baghdad", "Lyon", "Springfield"):
        assert fresh.find(name)
    assert time.thread_time() - began < 0.5


def test_a_missing_or_broken_file_is_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="is missing") as missing:
        Gazetteer(tmp_path / FILE)
    assert "pip install" in missing.value.remedy
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(b"no database at all" * 100)
    with pytest.raises(ResourceError, match="cannot be read"):
        Gazetteer(broken)


def test_is_place_name() -> None:
    assert is_place_name("baghdad")
    assert is_place_name("texas")
    assert not is_place_name("zzyzxq")
