"""Toponyms and their resolution, through the stage's public functions."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from given import Parse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from spacy.language import Language

from reportedly.config import DEFAULT
from reportedly.model import Dateline, Dispatch, Span
from reportedly.parse.parsed import from_spacy
from reportedly.places import candidates, find_places, rank_places


def seen(parse: Parse, text: str, **fields: Any) -> Any:
    doc, dispatch = parse(text, **fields)
    return {p.text: p for p in find_places(doc, dispatch, DEFAULT)}


def test_country_city_and_province_are_resolved(parse: Parse) -> None:
    places = seen(parse, "Gunmen killed six people in the city of Kirkuk in northern Iraq on Monday.")
    kirkuk, iraq = places["Kirkuk"], places["Iraq"]
    assert (kirkuk.kind, kirkuk.country) == ("city", "IRQ")
    assert (iraq.kind, iraq.country) == ("country", "IRQ")
    assert abs(kirkuk.lat - 35.47) < 0.3
    assert abs(kirkuk.lon - 44.39) < 0.3


@pytest.mark.parametrize(
    ("text", "name", "country", "kind"),
    [
        ("Villagers fled fighting in Darfur, aid workers said.", "Darfur", "SDN", "region"),
        ("Shells fell on Donbas towns overnight.", "Donbas", "UKR", "region"),
        ("The army said its troops had pulled out of Nagorno-Karabakh.", "Nagorno-Karabakh", "AZE", "region"),
        ("Two soldiers died in a blast in the Sinai Peninsula.", "Sinai Peninsula", "EGY", "region"),
        ("A ship was hit in the Red Sea.", "Red Sea", None, "water"),
        ("Protesters filled the streets of Kiev.", "Kiev", "UKR", "city"),
        ("Rebels shelled the port of Hodeidah.", "Hodeidah", "YEM", "city"),
        ("He was arrested in Qamishli on Friday.", "Qamishli", "SYR", "city"),
        ("Talks on the Middle East resumed.", "Middle East", None, "region"),
        ("Settlers attacked a village in the West Bank.", "West Bank", "PSE", "region"),
        ("Fighting went on in the province of Helmand.", "Helmand", "AFG", "admin1"),
    ],
)
def test_names_that_lists_of_towns_lack(parse: Parse, text: str, name: str, country: Any, kind: str) -> None:
    place = seen(parse, text)[name]
    assert (place.country, place.kind) == (country, kind)


def test_what_holds_a_town_decides_between_namesakes(parse: Parse) -> None:
    ohio = seen(parse, "A fire destroyed a mill in Athens, Ohio, on Tuesday.")["Athens"]
    greece = seen(parse, "Farmers marched through Athens, the capital of Greece, on Tuesday.")["Athens"]
    assert (ohio.country, ohio.admin1) == ("USA", "Ohio")
    assert greece.country == "GRC"


@pytest.mark.parametrize(
    ("agency", "country"), [("Notimex", "MEX"), ("Europa Press", "ESP"), ("Telam", "PHL"), ("AP", "PHL"), (None, "PHL")]
)
def test_the_agency_decides_between_namesakes_of_about_one_size(parse: Parse, agency: str | None, country: Any) -> None:
    doc, dispatch = parse("Police arrested forty people in San Fernando on Monday, officials said.")
    (place,) = find_places(doc, replace(dispatch, agency=agency), DEFAULT)
    assert (place.name, place.country) == ("San Fernando", country)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Gunmen attacked Kormisat village on Friday.", "Kormisat"),
        ("Four men were killed at Urbekan, a small town in the north of the country.", "Urbekan"),
    ],
)
def test_settlements_that_only_the_dispatch_knows(parse: Parse, text: str, name: str) -> None:
    assert seen(parse, text)[name].country is None


def test_the_word_for_a_province_is_part_of_its_name(parse: Parse) -> None:
    assert "Homs Governorate" in seen(parse, "Clashes broke out in the Homs Governorate on Sunday.")


def test_abbreviated_states_are_understood(parse: Parse) -> None:
    places = seen(parse, "The plant in Salem, Ore., closed in May.")
    assert places["Salem"].admin1 == "Oregon"


def test_demonyms_say_whose_and_are_marked(parse: Parse) -> None:
    places = seen(parse, "Turkish forces crossed the border, and two Syrians were wounded.")
    assert places["Turkish"].demonym
    assert places["Turkish"].country == "TUR"
    assert places["Syrians"].demonym
    assert places["Syrians"].country == "SYR"


def test_surnames_that_are_towns_are_no_places(parse: Parse) -> None:
    places = seen(parse, "Minister Peter Lincoln met reporters. Lincoln said the budget was ready.")
    assert "Lincoln" not in places


def test_bodies_that_share_a_name_with_a_village_are_no_places(parse: Parse) -> None:
    places = seen(parse, "The Taliban attacked a post. Taliban fighters withdrew on Friday from Kunduz.")
    assert set(places) == {"Kunduz"}


def test_a_name_nobody_lists_keeps_its_span_and_stays_unresolved(parse: Parse) -> None:
    place = seen(parse, "Troops entered the village of Zorvakhan near the border.")["Zorvakhan"]
    assert (place.lat, place.country, place.kind) == (None, None, None)


def test_the_place_of_the_dateline_is_read_from_the_dispatch(parse: Parse) -> None:
    text = "GAZA, May 3 - Three people were hurt in a collapse on Monday."
    places = seen(parse, text, dateline=Dateline("GAZA", "2021-05-03", Span(0, 14)), body_start=14)
    assert (places["GAZA"].start, places["GAZA"].end, places["GAZA"].country) == (0, 4, "PSE")


def test_candidates_are_ranked_with_reasons(parse: Parse) -> None:
    doc, dispatch = parse("A storm hit Paris, Texas, and the towns around it.")
    (place, *_), (found, *_) = rank_places(doc, dispatch)
    (start, end), readings = (place.start, place.end), candidates(found)
    assert dispatch.text[start:end] == "Paris"
    assert readings[0].admin1 == "Texas"
    assert "in Texas" in readings[0].reasons
    assert [r.score for r in readings] == sorted((r.score for r in readings), reverse=True)
    assert any(r.country == "FRA" for r in readings)


TOWNS = ["Mosul", "Basra", "Kirkuk", "Ramadi"]


@pytest.mark.parametrize("town", TOWNS)
def test_renaming_a_town_changes_nothing_else(parse: Parse, town: Any) -> None:
    text = "Police in {} said that a bomb killed four shoppers at a market in Iraq."
    places = seen(parse, text.format(town))
    assert set(places) == {town, "Iraq"}
    assert places[town].country == "IRQ"
    assert places["Iraq"].lat == 33


WORDS = st.sampled_from(
    [
        "in",
        "the",
        "town",
        "of",
        "Paris",
        "Al",
        "-",
        "U.S.",
        ",",
        "(",
        "\n",
        "'s",
        "’",
        "Kyiv",
        "é",
        "said",
        "St.",
        "\u200b",
        "🙂",
        "A",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_offsets_slice_to_the_text_of_every_place(nlp: Language, text: str) -> None:
    dispatch = Dispatch(id="t", text=text)
    places = find_places(from_spacy(nlp(re.sub(r"\s", " ", text))), dispatch, DEFAULT)
    assert all(
        0 <= p.start < p.end <= len(text) and re.sub(r"\s", " ", text[p.start : p.end]) == p.text for p in places
    )
    assert list(places) == sorted(places, key=lambda p: p.start)
    assert all(a.end <= b.start for a, b in pairwise(places))
