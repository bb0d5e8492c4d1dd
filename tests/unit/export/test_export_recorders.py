"""The tables of casualty recorders, ACLED and UCDP, read back by readers made from their public codebooks."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import pytest
from shelf import KASSALA, Shelf, analysis, claim, figure, incident, party, stands_by, voice

from reportedly.export.registry import ExportReport, export
from reportedly.export.tolls import Amount, agreed, bounds, most_conservative
from reportedly.export.ucdp import prio_grid
from reportedly.model import Dispatch

Written = Callable[..., tuple[Path, ExportReport]]

ACLED = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
]
SUB_EVENTS = {
    "Battles": {"Government regains territory", "Non-state actor overtakes territory", "Armed clash"},
    "Explosions/Remote violence": {
        "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED", "Grenade",
    },
    "Violence against civilians": {"Sexual violence", "Attack", "Abduction/forced disappearance"},
    "Protests": {"Peaceful protest", "Protest with intervention", "Excessive force against protesters"},
    "Riots": {"Violent demonstration", "Mob violence"},
    "Strategic developments": {
        "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use", "Headquarters or base established",
        "Looting/property destruction", "Non-violent transfer of territory", "Other",
    },
}  # fmt: skip
INTERS = {
    "State forces", "Rebel group", "Political militia", "Identity militia", "Rioters", "Protesters", "Civilians",
    "External/Other forces", "",
}  # fmt: skip
GED = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
]


def rows(path: Path, names: list[str]) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        found = list(reader)
    header = list(reader.fieldnames or ())
    assert header[: len(names)] == names
    assert all(n.startswith("reportedly_") for n in header[len(names) :])
    return found


def test_acled_columns_and_values(written: Written) -> None:
    """31 columns, event and sub-event types that belong together, categories and precisions that exist."""
    path, report = written("acled-like")
    found = rows(path, ACLED)
    assert len(ACLED) == 31
    assert len(found) == report.written == 3
    for row in found:
        assert row["sub_event_type"] in SUB_EVENTS[row["event_type"]]
        assert row["time_precision"] in "123"
        assert row["geo_precision"] in ("1", "2", "3")
        assert {row["inter1"], row["inter2"]} <= INTERS
        assert row["event_date"][:4] == row["year"]
        assert int(row["fatalities"]) >= 0
        assert int(row["timestamp"]) > 0
        assert row["civilian_targeting"] in ("", "Civilian targeting")


def test_acled_takes_the_most_conservative_number(written: Written) -> None:
    """Six, not nine; the notes name who says which, and that the governor denies it."""
    battle = next(r for r in rows(written("acled-like")[0], ACLED) if r["event_type"] == "Battles")
    assert (battle["actor1"], battle["inter1"], battle["actor2"], battle["inter2"]) == (
        "Rebels", "Rebel group", "soldiers", "State forces",
    )  # fmt: skip
    assert (battle["interaction"], battle["fatalities"]) == ("Rebel group-State forces", "6")
    assert (battle["iso"], battle["region"], battle["event_id_cnty"][:3]) == ("729", "Northern Africa", "SDN")
    assert "the army (Paper 0): “Rebels killed six soldiers" in battle["notes"]
    assert "[did not happen]" in battle["notes"]
    assert "Silent: Eastern Front." in battle["notes"]
    assert battle["notes"].count("Rebels killed six soldiers") == 1
    assert battle["reportedly_standing"] == "contested"


def test_acled_counts_words_of_quantity_in_its_own_way(written: Written) -> None:
    """Dozens is 12 there, 24 in the program's own tables."""
    shelling = next(r for r in rows(written("acled-like")[0], ACLED) if r["event_type"].startswith("Explosions"))
    assert shelling["sub_event_type"] == "Shelling/artillery/missile attack"
    assert shelling["fatalities"] == "12"
    assert (shelling["time_precision"], shelling["geo_precision"]) == ("2", "3")
    assert shelling["civilian_targeting"] == "Civilian targeting"


def test_acled_demonstrations(written: Written) -> None:
    march = next(r for r in rows(written("acled-like")[0], ACLED) if r["event_type"] == "Protests")
    assert (march["sub_event_type"], march["inter1"], march["interaction"]) == (
        "Peaceful protest", "Protesters", "Protesters only",
    )  # fmt: skip
    assert march["tags"] == "crowd size=about 2,000"


def test_ucdp_columns_read_by_duckdb(written: Written) -> None:
    """49 columns; DuckDB finds the types of the codebook in them."""
    path, report = written("ucdp-like")
    found = rows(path, GED)
    assert len(GED) == 49
    assert len(found) == report.written == 2
    types = {"id": "BIGINT", "year": "INTEGER", "best": "INTEGER", "low": "INTEGER", "high": "INTEGER",
             "date_start": "DATE", "latitude": "DOUBLE", "priogrid_gid": "INTEGER", "type_of_violence": "INTEGER"}  # fmt: skip
    read = duckdb.sql("SELECT * FROM read_csv($path, types=$types)", params={"path": str(path), "types": types})
    assert read is not None
    table = read.to_arrow_table().to_pylist()
    attack = next(r for r in table if r["side_a"] == "soldiers")
    assert (attack["low"], attack["best"], attack["high"]) == (6, None, 9)
    assert attack["latitude"] == 15.451


def test_ucdp_sides_and_precisions(written: Written) -> None:
    """A state is side A; civilians have a column; best stays empty where sources differ."""
    found = rows(written("ucdp-like")[0], GED)
    attack, shelling = sorted(found, key=lambda r: r["type_of_violence"])
    assert (attack["type_of_violence"], attack["side_a"], attack["side_b"]) == ("1", "soldiers", "Rebels")
    assert (attack["deaths_a"], attack["best"], attack["gwnoa"], attack["country_id"]) == ("", "", "625", "625")
    assert (attack["date_prec"], attack["where_prec"], attack["event_clarity"]) == ("1", "1", "1")
    assert attack["number_of_sources"] == "2"
    assert attack["source_original"] == "the army; A rebel spokesman"
    assert attack["source_article"].startswith("Paper 0, 2024-05-18, Six killed; Paper 1")
    assert (shelling["type_of_violence"], shelling["side_b"], shelling["deaths_civilians"]) == ("3", "Civilians", "24")
    assert (shelling["date_prec"], shelling["where_prec"], shelling["high"]) == ("3", "5", "")
    assert (shelling["low"], shelling["best"]) == ("24", "24")


def test_floods_and_denials_are_no_violence(written: Written) -> None:
    """What is left out is counted: the flood, the march, the pact; plans and denials."""
    _, report = written("ucdp-like")
    assert report.left_out == "25 claims left out: 11 denied, 10 threatened, 3 without an event type there, 1 planned"


@pytest.mark.parametrize(
    ("given", "least", "same", "range_"),
    [
        ({"a": Amount(6, 6)}, 6, 6, (6, 6)),
        ({"a": Amount(6, 6), "b": Amount(9, 9)}, 6, None, (6, 9)),
        ({"a": Amount(6, None)}, 6, 6, (6, None)),
        ({"a": Amount(None, 46)}, 46, None, (None, 46)),
        ({}, 0, None, (None, None)),
    ],
)
def test_numbers_of_several_sources(
    given: dict[str, Amount], least: int, same: int | None, range_: tuple[int | None, int | None]
) -> None:
    assert (most_conservative(given), agreed(given), bounds(given)) == (least, same, range_)


@pytest.mark.parametrize(
    ("words", "fatalities"), [("tens", 10), ("dozens", 12), ("hundreds", 100), ("several", 3), ("23", 23)]
)
def test_acled_word_values(tmp_path: Path, words: str, fatalities: int) -> None:
    """The numbers that ACLED's people write for words."""
    text = f"Raiders shot {words} of farmers in Kassala, elders said."
    d = Dispatch("d", text, "2024-05-18", "Paper")
    low = int(words) if words.isdigit() else 40
    f = figure(text, words, "killed", low, low if words.isdigit() else None, of="farmers")
    raiders, farmers = party(text, "Raiders", "UAF"), party(text, "farmers", "AGR")
    c = claim(
        d, "shot", text[:-14], source="elders", actors=(raiders,), recipients=(farmers,), place=KASSALA, figures=(f,)
    )
    read = analysis(d, c)
    made = incident("n-00000000000a", "ASSAULT", [read], [c], figures=(stands_by("elders", c, "d"),))
    export(Shelf([read], [made]), "acled-like", str(tmp_path / "a.csv"))
    (row,) = rows(tmp_path / "a.csv", ACLED)
    assert int(row["fatalities"]) == fatalities
    assert (row["event_type"], row["inter1"], row["inter2"]) == (
        "Violence against civilians", "Political militia", "Civilians",
    )  # fmt: skip
    # The day is that of publication, and both columns say so.
    assert (row["time_precision"], row["reportedly_date_from"]) == ("3", "publication")


def test_acled_puts_both_armies_on_their_sides(tmp_path: Path) -> None:
    """Two countries that hit each other: each with its own on its side, the foreign army an external force."""
    text = (
        "Army units of Rukia hit Belan troops in Kassala; later Belan jets struck the units, and Rukia lost a general."
    )
    d = Dispatch("d", text, "2024-05-18", "Paper")
    units = party(text, "Army units of Rukia", "ERIMIL", country="ERI")
    troops = party(text, "Belan troops", "SDNMIL", country="SDN")
    general = party(text, "a general", "ERIMIL", "person", "ERI")
    jets = party(text, "Belan jets", "SDNMIL", country="SDN")
    when: dict[str, Any] = {"begin": "2024-05-17", "place": KASSALA}
    a = claim(d, "hit", text, source="Army", actors=(units,), recipients=(troops,), **when)
    b = claim(d, "struck", text, source="Rukia", actors=(jets,), recipients=(general,), **when)
    c = claim(d, "lost", text, source="Belan", actors=(units,), recipients=(troops,), **when)
    read = analysis(d, a, b, c)
    export(Shelf([read], [incident("n-00000000000a", "ASSAULT", [read], [a, b, c])]), "acled-like", str(tmp_path / "a"))
    (row,) = rows(tmp_path / "a", ACLED)
    assert (row["actor1"], row["inter1"], row["actor2"], row["inter2"]) == (
        "Army units of Rukia", "External/Other forces", "Belan troops", "State forces",
    )  # fmt: skip
    assert (row["sub_event_type"], row["fatalities"]) == ("Armed clash", "0")


@pytest.mark.parametrize(("deaths", "best"), [((4, 4), "4"), ((4, 5), "")])
def test_best_only_where_claims_agree(tmp_path: Path, deaths: tuple[int, int], best: str) -> None:
    """Two sources, one number or two."""
    text = "Rebels killed 4 soldiers, the army said. The rebels said 5 soldiers were killed, or 4 soldiers."
    d = Dispatch("d", text, "2024-05-18", "Paper")
    sides: dict[str, Any] = {
        "actors": (party(text, "Rebels", "SDNREB"),),
        "recipients": (party(text, "soldiers", "SDNMIL"),),
        "begin": "2024-05-17",
    }
    a = claim(
        d,
        "killed",
        "Rebels killed 4 soldiers",
        source="the army",
        figures=(figure(text, "4", "killed", deaths[0], deaths[0], of="soldiers"),),
        **sides,
    )
    b = claim(
        d,
        "were killed",
        "5 soldiers were killed",
        source="The rebels",
        figures=(figure(text, "5", "killed", deaths[1], deaths[1], of="soldiers"),),
        **sides,
    )
    read = analysis(d, a, b)
    voices = (voice("the army", "affirms", ["The rebels"], a), voice("The rebels", "affirms", ["the army"], b))
    made = incident(
        "n-00000000000a",
        "ASSAULT",
        [read],
        [a, b],
        sources=voices,
        figures=(stands_by("the army", a, "d"), stands_by("The rebels", b, "d")),
    )
    export(Shelf([read], [made]), "ucdp-like", str(tmp_path / "u.csv"))
    (row,) = rows(tmp_path / "u.csv", GED)
    assert (row["best"], row["deaths_a"], row["low"], row["high"]) == (best, best, str(deaths[0]), str(deaths[1]))


def test_cells_of_prio_grid() -> None:
    """The first, the last, and one in between."""
    assert (prio_grid(-89.9, -179.9), prio_grid(89.9, 179.9), prio_grid(90, 180)) == (1, 259200, 259200)
    assert prio_grid(0.1, 0.1) == 180 * 720 + 360 + 1


def test_cells_that_a_spreadsheet_would_run_are_made_harmless(tmp_path: Path, book: Shelf) -> None:
    """A name that looks like a formula is text in CSV."""
    bad = msgspec.structs.replace(list(book.iter_incidents())[1], silent=("=cmd()",))
    export(Shelf(book.analyses(), [bad]), "acled-like", str(tmp_path / "a.csv"))
    (row,) = rows(tmp_path / "a.csv", ACLED)
    assert row["reportedly_silent"] == "'=cmd()"
