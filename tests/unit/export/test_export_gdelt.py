"""GDELT events and mentions, ICEWS and Phoenix, read back by readers made from their public descriptions."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from shelf import Shelf, analysis, claim, incident, party

from reportedly.export.gdelt import fraction_date
from reportedly.export.registry import ExportReport, export
from reportedly.model import Dispatch

Written = Callable[..., tuple[Path, ExportReport]]

ACTOR = [
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
    "Type2Code", "Type3Code",
]  # fmt: skip
GEO_1 = ["Type", "FullName", "CountryCode", "ADM1Code", "Lat", "Long", "FeatureID"]
GEO_2 = ["Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID"]


def gdelt_columns(geo: list[str]) -> list[str]:
    """The header of GDELT's codebook, which its files do not carry."""
    return [
        "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
        *(f"Actor1{c}" for c in ACTOR), *(f"Actor2{c}" for c in ACTOR),
        "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
        "NumSources", "NumArticles", "AvgTone",
        *(f"{slot}Geo_{c}" for slot in ("Actor1", "Actor2", "Action") for c in geo), "DATEADDED", "SOURCEURL",
    ]  # fmt: skip


INTEGERS = {"GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "IsRootEvent", "QuadClass", "NumMentions", "NumSources"}
NUMBERS = {"FractionDate", "GoldsteinScale", "AvgTone", "ActionGeo_Lat", "ActionGeo_Long"}
MENTIONS = [
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier",
    "SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence",
    "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras",
]  # fmt: skip
ICEWS = [
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher",
    "City", "District", "Province", "Country", "Latitude", "Longitude",
]  # fmt: skip
PHOENIX = [
    "id", "date", "year", "month", "day", "source", "source_root", "source_agent", "source_others", "target",
    "target_root", "target_agent", "target_others", "code", "root_code", "quad_class", "goldstein", "issues", "lat",
    "lon", "place", "state", "country", "ids", "urls", "sources",
]  # fmt: skip


def table(path: Path, names: list[str]) -> list[dict[str, Any]]:
    """The rows of a tab-delimited file without quotes or header, types as the codebook gives them, through DuckDB."""
    types = {n: "BIGINT" if n in INTEGERS else "DOUBLE" if n in NUMBERS else "VARCHAR" for n in names}
    found = duckdb.sql(
        "SELECT * FROM read_csv($path, auto_detect=false, delim='\t', header=false, quote='', escape='', columns=$types, nullstr='')",
        params={"path": str(path), "types": types},
    )
    assert found is not None
    rows: list[dict[str, Any]] = found.to_arrow_table().to_pylist()
    return rows


@pytest.mark.parametrize(
    ("name", "geo", "width", "stamp"), [("gdelt1-events", GEO_1, 58, 8), ("gdelt-events", GEO_2, 61, 14)]
)
def test_gdelt_events_read_by_position(written: Written, name: str, geo: list[str], width: int, stamp: int) -> None:
    """58 and 61 columns, tabs, no header; codes, classes and dates agree with each other."""
    path, report = written(name)
    names = gdelt_columns(geo)
    assert len(names) == width
    assert {line.count("\t") for line in path.read_text(encoding="utf-8").splitlines()} == {width - 1}
    rows = table(path, names)
    assert len(rows) == report.written == 5
    for row in rows:
        assert str(row["SQLDATE"]).startswith(str(row["MonthYear"]))
        assert str(row["MonthYear"]).startswith(str(row["Year"]))
        assert row["EventCode"].startswith(row["EventBaseCode"])
        assert row["EventBaseCode"].startswith(row["EventRootCode"])
        root = int(row["EventRootCode"])
        assert row["QuadClass"] == (1 if root <= 5 else 2 if root <= 8 else 3 if root <= 13 else 4)
        assert -10 <= row["GoldsteinScale"] <= 10
        assert row["Year"] <= row["FractionDate"] < row["Year"] + 1
        assert len(row["DATEADDED"]) == stamp
        assert row["ActionGeo_Type"] in "012345"
        assert row["AvgTone"] is None
        assert row["Actor1Code"] or row["Actor2Code"]


def test_ten_copies_are_one_event_with_ten_times_its_mentions(written: Written) -> None:
    """One attack, told in two sentences of each of ten copies; denial and threat are no events."""
    rows = table(written("gdelt-events")[0], gdelt_columns(GEO_2))
    (attack,) = [r for r in rows if r["Actor1Code"] == "SDNREB"]
    assert (attack["EventCode"], attack["QuadClass"], attack["GoldsteinScale"], attack["SQLDATE"]) == (
        "193",
        4,
        -10.0,
        20240517,
    )
    assert (attack["NumMentions"], attack["NumSources"], attack["NumArticles"]) == (20, 10, "10")
    assert (attack["Actor1Name"], attack["Actor1Type1Code"], attack["Actor2Type1Code"]) == ("REBELS", "REB", "MIL")
    assert (attack["ActionGeo_Type"], attack["ActionGeo_CountryCode"], attack["ActionGeo_FullName"]) == (
        "4",
        "SU",
        "Kassala, Sudan",
    )
    assert attack["SOURCEURL"] == "https://paper0.example/1"
    assert attack["IsRootEvent"] == 1
    mentions = table(written("gdelt-mentions")[0], MENTIONS)
    assert sum(m["GLOBALEVENTID"] == attack["GLOBALEVENTID"] for m in mentions) == 20
    assert {m["GLOBALEVENTID"] for m in mentions} == {r["GLOBALEVENTID"] for r in rows}


def test_mentions_point_into_the_text(written: Written) -> None:
    """16 columns; identifier, sentence and offsets lead back to the words."""
    path, _ = written("gdelt-mentions")
    rows = table(path, MENTIONS)
    first = next(r for r in rows if r["MentionIdentifier"] == "https://paper0.example/1")
    assert (first["MentionType"], first["SentenceID"], first["Actor1CharOffset"], first["Confidence"]) == (
        "1",
        "1",
        "0",
        "100",
    )
    assert first["MentionTimeDate"] == "20240518100000"
    march = next(r for r in rows if r["MentionIdentifier"] == "march")
    assert (march["MentionType"], march["Actor2CharOffset"]) == ("2", "-1")


def test_both_directions_of_a_mutual_event(written: Written) -> None:
    """Egypt and Sudan signed: two rows, one each way, as CAMEO coders count."""
    rows = [r for r in table(written("gdelt-events")[0], gdelt_columns(GEO_2)) if r["EventCode"] == "057"]
    assert {(r["Actor1CountryCode"], r["Actor2CountryCode"]) for r in rows} == {("EGY", "SDN"), ("SDN", "EGY")}
    assert {(r["ActionGeo_Type"], r["ActionGeo_FeatureID"]) for r in rows} == {("1", "EG")}


def test_towns_of_the_usa_have_a_type_of_their_own(written: Written) -> None:
    (march,) = [r for r in table(written("gdelt-events")[0], gdelt_columns(GEO_2)) if r["EventRootCode"] == "14"]
    assert (march["ActionGeo_Type"], march["ActionGeo_CountryCode"]) == ("3", "US")


def test_side_file_says_who_says_it(written: Written) -> None:
    """Every claim of the incident stands beside the event, the denial marked as not counted."""
    path, report = written("gdelt-events")
    assert report.side == path.with_suffix(".claims.csv")
    ids = {line.split("\t")[0] for line in path.read_text(encoding="utf-8").splitlines()}
    with report.side.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {str(int(r["id"].split("-")[1], 16)) for r in rows} == ids
    denial = next(r for r in rows if r["source"] == "The governor")
    assert (denial["counted"], denial["factuality"], denial["standing"]) == ("no", "CT-", "contested")
    army = next(r for r in rows if r["source"] == "the army")
    assert (army["counted"], army["chain"], army["evidence"]) == (
        "yes", "Paper 0 > the army", "Rebels killed six soldiers in an ambush at Kassala on Friday",
    )  # fmt: skip


def test_what_is_left_out_is_counted(written: Written) -> None:
    """Denied, planned and threatened claims, and types without a code, in words."""
    _, report = written("gdelt-events")
    assert report.left_out == "23 claims left out: 11 denied, 10 threatened, 1 of a type without a code, 1 planned"


def test_icews_read_with_header(written: Written) -> None:
    """20 named columns, tabs; country and sectors in words, code a string, numbers numbers."""
    path, report = written("icews")
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        rows = list(reader)
    assert reader.fieldnames == ICEWS
    assert len(rows) == report.written
    attack = next(r for r in rows if r["Source Name"] == "Rebels")
    assert attack["Event Date"] == "2024-05-17"
    assert (attack["CAMEO Code"], attack["Event Text"]) == ("193", "Fight with small arms and light weapons")
    assert (attack["Source Sectors"], attack["Target Sectors"]) == ("Dissident,Rebel", "Government,Military")
    assert (attack["Source Country"], attack["Country"], attack["City"]) == ("Sudan", "Sudan", "Kassala")
    assert {float(r["Intensity"]) for r in rows} == {-10.0, 8.0, -6.5}
    assert all(int(r["Event ID"]) > 0 and int(r["Story ID"]) > 0 and int(r["Sentence Number"]) > 0 for r in rows)
    assert next(r for r in rows if r["CAMEO Code"] == "057")["Publisher"] == "Third Wire"


def test_phoenix_read_by_position(written: Written) -> None:
    """26 columns without header, codes taken apart as the pipeline does."""
    path, report = written("phoenix")
    rows = [dict(zip(PHOENIX, line.split("\t"), strict=True)) for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(rows) == report.written
    attack = next(r for r in rows if r["source"] == "SDNREB")
    assert (attack["source_root"], attack["source_agent"], attack["source_others"]) == ("SDN", "REB", "")
    assert attack["date"] == attack["year"] + attack["month"] + attack["day"] == "20240517"
    assert (attack["root_code"], attack["quad_class"], attack["goldstein"]) == ("19", "4", "-10.0")
    assert len(attack["ids"].split(";")) == 20
    assert len(attack["sources"].split(";")) == 10
    march = next(r for r in rows if r["code"] == "141")
    assert (march["source"], march["source_root"], march["source_others"]) == ("EDU", "", "")


def events(tmp_path: Path, text: str, **said: Any) -> tuple[list[dict[str, Any]], str | None]:
    """The GDELT rows of one claim."""
    d = Dispatch("d", text, "2024-05-18", "Paper")
    c = claim(d, "hit", text, **said)
    read = analysis(d, c)
    made = incident("n-00000000000a", "ASSAULT", [read], [c])
    report = export(Shelf([read], [made]), "gdelt-events", str(tmp_path / "e.tsv"))
    return table(tmp_path / "e.tsv", gdelt_columns(GEO_2)), report.left_out


def test_an_event_needs_somebody_with_a_code(tmp_path: Path) -> None:
    """Things that were hit have no code; people of whom nothing is known are CAMEO's civilians."""
    text = "A shell hit the warehouse and two passers-by."
    warehouse, people = party(text, "the warehouse", kind="organization"), party(text, "two passers-by")
    assert events(tmp_path, text, recipients=(warehouse,)) == (
        [], "1 claim left out: 1 without an actor or recipient that has a code",
    )  # fmt: skip
    ((row,), left) = events(tmp_path, text, recipients=(warehouse, people))
    assert (row["Actor2Code"], row["Actor2Name"], left) == ("CVL", "TWO PASSERS-BY", None)


@pytest.mark.parametrize("name", ["gdelt-events", "icews", "phoenix", "polecat"])
def test_odd_names_stay_in_their_cell(tmp_path: Path, name: str) -> None:
    """Tabs, line ends and quotes in a name make no further column and no further line."""
    text = 'The "Sons\tof\nDawn" hit the guards.'
    sons = party(text, 'The "Sons\tof\nDawn"', "REB")
    d = Dispatch("d", text, "2024-05-18", "Paper\tB")
    c = claim(d, "hit", text, actors=(sons,), recipients=(party(text, "the guards", "MIL"),))
    read = analysis(d, c)
    export(Shelf([read], [incident("n-00000000000a", "ASSAULT", [read], [c])]), name, str(tmp_path / "e.tsv"))
    lines = (tmp_path / "e.tsv").read_text(encoding="utf-8").split("\n")
    header = name in ("icews", "polecat")
    assert len(lines) == 2 + header
    assert lines[0].count("\t") == {"gdelt-events": 60, "icews": 19, "phoenix": 25, "polecat": 55}[name]
    assert len({line.count("\t") for line in lines[:-1]}) == 1


def test_a_year_is_no_day(tmp_path: Path) -> None:
    """An event of which only the year is known is in no table by the day."""
    text = "In 1991 the army hit the rebels."
    rebels = (party(text, "the rebels", "REB"),)
    rows, left = events(tmp_path, text, recipients=rebels, begin="1991-01-01", end_date="1991-12-31")
    assert (rows, left) == ([], "1 claim left out: 1 dated no closer than a month")


def test_bodies_keep_their_known_group(tmp_path: Path) -> None:
    """The United Nations: no country, the group UNO, the type IGO; an agency of the press is MED in CAMEO."""
    text = "The United Nations hit back at the Daily News."
    un = (party(text, "The United Nations", "IGOUNO", "organization"),)
    news = (party(text, "the Daily News", "GBRJRN", "organization", "GBR"),)
    ((row,), _) = events(tmp_path, text, actors=un, recipients=news)
    assert (row["Actor1Code"], row["Actor1CountryCode"], row["Actor1KnownGroupCode"], row["Actor1Type1Code"]) == (
        "IGOUNO", None, "UNO", "IGO",
    )  # fmt: skip
    assert (row["Actor2Code"], row["Actor2CountryCode"], row["Actor2Type1Code"]) == ("GBRMED", "GBR", "MED")


def test_fraction_of_the_year() -> None:
    """Months of thirty days, never the next year."""
    from datetime import date

    assert fraction_date(date(2013, 1, 1)) == 2013.0027
    assert fraction_date(date(2013, 12, 31)) == 2013.9863


@pytest.mark.parametrize("title", ["=HYPERLINK(1)", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)"])
def test_no_spreadsheet_takes_a_cell_for_a_formula(tmp_path: Path, title: str) -> None:
    told = f"{title} killed two soldiers and a guard."
    dispatch = Dispatch(id="d", text=told, published="2024-05-07")
    made = claim(dispatch, "killed", told, actors=(party(told, title),), recipients=(party(told, "guard"),))
    read = analysis(dispatch, made)
    path = tmp_path / "out.tsv"
    export(Shelf([read], [incident("n-00000000000a", "ASSAULT", [read], [made])]), "icews", str(path))
    cells = [cell for line in path.read_text("utf-8").splitlines() for cell in line.split("\t")]
    assert f"'{title}" in cells
    assert not [cell for cell in cells if cell.startswith(title)]
