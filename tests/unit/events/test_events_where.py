"""The place of an event."""

import pytest

from reportedly.config import DEFAULT
from reportedly.events.where import find_where, find_where_discourse
from reportedly.places import find_places


def where(parse, text, word):
    doc, dispatch = parse(text)
    trigger = next(t for t in doc if t.text == word)
    place, origin = find_where(trigger, doc, find_places(doc, dispatch, DEFAULT), dispatch)
    return (place.text if place else None, origin.text if origin else None)


@pytest.mark.parametrize(
    ("text", "word", "place"),
    [
        ("Gunmen killed six people in Kirkuk on Monday.", "killed", "Kirkuk"),
        ("A bomb exploded at a market in the northern city of Mosul.", "exploded", "Mosul"),
        ("In Basra, two officers were shot by men in a car.", "shot", "Basra"),
        ("The army captured the town of Palmyra on Sunday.", "captured", "Palmyra"),
        ("Protesters in Cairo clashed with police.", "clashed", "Cairo"),
        ("The Kabul bombing killed ten people.", "bombing", "Kabul"),
        ("Washington said that the strike was a mistake.", "strike", None),
        ("Turkish soldiers were wounded on Friday.", "wounded", None),
        ("Two U.S. soldiers were killed on Friday.", "killed", None),
        ("Soldiers demonstrated in Lyon in eastern France.", "demonstrated", "Lyon"),
    ],
)
def test_place_of_an_event(parse, text, word, place):
    assert where(parse, text, word)[0] == place


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Thousands fled from Aleppo to Turkey last week.", "fled", ("Turkey", "Aleppo")),
        ("The ministers flew to Geneva on Tuesday.", "flew", ("Geneva", None)),
        ("Diplomats left Tripoli on Tuesday.", "left", (None, "Tripoli")),
    ],
)
def test_movements_have_a_goal_and_an_origin(parse, text, word, expected):
    assert where(parse, text, word) == expected


def test_the_region_points_back(parse):
    doc, dispatch = parse("Fighting broke out in Darfur on Monday. Rebels seized two posts in the region.")
    places = find_places(doc, dispatch, DEFAULT)
    trigger = next(t for t in doc if t.text == "seized")
    assert find_where(trigger, doc, places, dispatch)[0] is None
    assert find_where_discourse(trigger, doc, places).text == "Darfur"
