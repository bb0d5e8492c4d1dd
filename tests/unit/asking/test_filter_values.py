"""Values of filters as people write them."""

from __future__ import annotations

import pickle
from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.filters import WrongValueError, country_of, nearest, period_of, read_filters, read_value, values_of
from reportedly.knowledge.load import SHIPPED
from reportedly.ledger import listings


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Sudan", "SDN"), ("sudan", "SDN"), ("SD", "SDN"), ("sdn", "SDN"), ("Sudanese", "SDN"), ("South  Sudan", "SSD"),
        ("Cote d'Ivoire", "CIV"), ("Côte d’Ivoire", "CIV"), ("Ivory Coast", "CIV"), ("Burma", "MMR"), ("UK", "GBR"),
        ("u.s.", "USA"), ("Türkiye", "TUR"), ("Turkey", "TUR"), ("Guinea-Bissau", "GNB"), ("Afghans", "AFG"),
    ],
)  # fmt: skip
def test_a_country_is_known_by_code_name_former_name_and_people(written: str, code: str) -> None:
    assert country_of(written) == read_value("country", written) == code


def test_every_code_and_name_of_the_table_means_its_own_country() -> None:
    for row in SHIPPED.rows("countries"):
        assert {country_of(row[column]) for column in ("iso3", "iso2", "name")} == {row["iso3"]}


@pytest.mark.parametrize(("written", "near"), [("Sudn", "Sudan"), ("Afganistan", "Afghanistan"), ("Xyzzy", None)])
def test_what_is_no_country_is_refused_with_the_nearest(written: str, near: str | None) -> None:
    with pytest.raises(WrongValueError, match="E609") as told:
        country_of(written)
    assert (told.value.filter, told.value.value) == ("country", written)
    assert told.value.nearest == near


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("march 2025", "2025-03-01", "2025-03-31"),
        ("Mar. 2025", "2025-03-01", "2025-03-31"),
        ("Sept, 2025", "2025-09-01", "2025-09-30"),
        ("2024-05-18", "2024-05-18", "2024-05-18"),
        ("20240518", "2024-05-18", "2024-05-18"),
        ("2024-05-18T10:30Z", "2024-05-18", "2024-05-18"),
        ("18 May 2024", "2024-05-18", "2024-05-18"),
        ("18th of May, 2024", "2024-05-18", "2024-05-18"),
        ("May 18, 2024", "2024-05-18", "2024-05-18"),
        ("18/05/2024", "2024-05-18", "2024-05-18"),
    ],
)
def test_a_period_is_read_with_its_first_and_last_day(written: str, first: str, last: str) -> None:
    assert period_of(written) == (first, last)
    assert (read_value("since", written), read_value("until", written)) == (first, last)


def test_dates_of_python_are_dates() -> None:
    assert read_value("since", date(2024, 5, 18)) == "2024-05-18"
    assert read_value("until", datetime(2024, 5, 18, 23, 5)) == "2024-05-18"  # noqa: DTZ001  a day is meant


@pytest.mark.parametrize(
    "written",
    [
        "lastweek",
        "last week",
        "yesterday",
        "2024-02-30",
        "2024-13",
        "0000",
        "05/06/2024",
        "May",
        "18 May",
        "2024-05-18x",
    ],
)
def test_what_is_no_date_is_refused_with_what_would_be_one(written: str) -> None:
    with pytest.raises(WrongValueError, match="2024-05-18, 18 May 2024") as told:
        read_value("since", written)
    assert written in told.value.said


def test_a_misspelt_month_is_offered_right() -> None:
    with pytest.raises(WrongValueError) as told:
        read_value("since", "marhc 2025")
    assert told.value.nearest == "March 2025"


@pytest.mark.parametrize(
    ("name", "written", "value"),
    [
        ("type", "assault", "ASSAULT"),
        ("standing", "Single-Source", "single source"),
        ("kind", "MEDIA", "media"),
        ("factuality", "ct-", "CT-"),
        ("place_from", "Dateline", "dateline"),
        ("withdrawn", "no", False),
        ("new_facts", "true", True),
        ("actor", "  Rapid   Support Forces ", "Rapid Support Forces"),
        ("bbox", "170,-30,-170,0", (170.0, -30.0, -170.0, 0.0)),
        ("bbox", "20, 50, 30, 40", (20.0, 40.0, 30.0, 50.0)),
    ],
)
def test_values_are_taken_as_they_are_meant(name: str, written: str, value: object) -> None:
    assert read_value(name, written) == value


@pytest.mark.parametrize(
    ("name", "written", "near"),
    [
        ("type", "ASSUALT", "ASSAULT"),
        ("standing", "contestd", "contested"),
        ("kind", "anonymus", "anonymous"),
        ("factuality", "CT", None),
        ("withdrawn", "perhaps", None),
    ],
)
def test_what_is_none_of_a_few_values_is_refused_with_all_of_them(name: str, written: str, near: str | None) -> None:
    with pytest.raises(WrongValueError) as told:
        read_value(name, written)
    assert told.value.allowed == values_of(name)
    assert near is None or told.value.nearest == near
    assert pickle.loads(pickle.dumps(told.value)).allowed == told.value.allowed


@pytest.mark.parametrize("written", ["1,2,3", "nan,0,1,1", "0,0,181,1", "0,-91,1,1", "", "a,b,c,d", "1e1,0,2,2"])
def test_what_is_no_box_is_refused(written: str) -> None:
    with pytest.raises(WrongValueError, match="no box"):
        read_value("bbox", written)


def test_types_that_a_ledger_holds_are_types_too() -> None:
    assert read_value("type", "strike_action", types=("STRIKE_ACTION",)) == "STRIKE_ACTION"


def test_filters_that_a_list_does_not_have_are_refused_with_the_nearest() -> None:
    assert read_filters({"country": "Mali", "since": None}, listings.INCIDENTS.filters) == {"country": "MLI"}
    with pytest.raises(WrongValueError, match="No filter is called contry") as told:
        read_filters([("contry", "Mali")], listings.INCIDENTS.filters)
    assert (told.value.nearest, told.value.value) == ("country", "")


def test_nearest_is_silent_where_nothing_is_near() -> None:
    assert nearest("zzz", ["ASSAULT", "PROTEST"]) is None


@given(st.text(max_size=300), st.sampled_from(["since", "until", "country", "type", "bbox", "words", "withdrawn"]))
def test_any_text_is_read_once_and_for_all_or_refused(written: str, name: str) -> None:
    with suppress(WrongValueError):
        value = read_value(name, written)
        assert read_value(name, value) == value
