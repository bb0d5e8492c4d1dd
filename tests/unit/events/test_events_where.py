"""The place of an event."""

from __future__ import annotations

from typing import Any

import pytest
from given import Parse

from reportedly.config import DEFAULT
from reportedly.events.where import Whereabouts
from reportedly.places import find_places


def where(parse: Parse, text: str, word: str) -> Any:
    doc, dispatch = parse(text)
    trigger = next(t for t in doc if t.text == word)
    place, origin, _ = Whereabouts(doc, find_places(doc, dispatch, DEFAULT)).of(trigger)
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
def test_place_of_an_event(parse: Parse, text: str, word: str, place: Any) -> None:
    assert where(parse, text, word)[0] == place


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Thousands fled from Aleppo to Turkey last week.", "fled", ("Turkey", "Aleppo")),
        ("The ministers flew to Geneva on Tuesday.", "flew", ("Geneva", None)),
        ("Diplomats left Tripoli on Tuesday.", "left", (None, "Tripoli")),
    ],
)
def test_movements_have_a_goal_and_an_origin(parse: Parse, text: str, word: str, expected: Any) -> None:
    assert where(parse, text, word) == expected


@pytest.mark.parametrize(
    ("text", "word", "place"),
    [
        ("Fighting broke out in Darfur on Monday. Rebels seized two posts in the region.", "seized", "Darfur"),
        ("A curfew began in Basra on Monday. On Tuesday gunmen opened fire on the southern city.", "opened", "Basra"),
        ("Schools in Mali are shut. Rebels captured more than half the country.", "captured", "Mali"),
        ("Boats are rare on the Danube. The men were thrown into the river by guards.", "thrown", "Danube"),
        ("Flights to Kabul stopped. Militants marched through the Afghan capital.", "marched", "Kabul"),
        ("Ghana's parliament met. Four people were hurt in the capital.", "hurt", "capital"),
        ("Fighting broke out in Darfur on Monday. Rebels seized two posts in another region.", "seized", None),
        ("Talks were held in Basra. Gunmen attacked a post in the nearby town.", "attacked", None),
    ],
)
def test_descriptions_point_back_to_places(parse: Parse, text: str, word: str, place: Any) -> None:
    assert where(parse, text, word)[0] == place


def test_a_capital_that_is_not_named_is_known_by_its_country(parse: Parse) -> None:
    doc, dispatch = parse("Ghana's parliament met. Four people were hurt in the capital.")
    trigger = next(t for t in doc if t.text == "hurt")
    place, _, _ = Whereabouts(doc, find_places(doc, dispatch, DEFAULT)).of(trigger)
    assert place is not None
    assert (place.name, place.kind, place.country) == ("Accra", "city", "GHA")


@pytest.mark.parametrize(
    ("text", "word", "place"),
    [
        ("Two guards were hurt and a third was killed when a shell hit a barracks in Goma.", "hurt", "Goma"),
        ("Two guards were hurt and a third was killed when a shell hit a barracks in Goma.", "killed", "Goma"),
        ("Soldiers poured into Benghazi at dawn.", "poured", "Benghazi"),
        ("A trawler sank off Portugal's northern coast.", "sank", "Portugal"),
        ("In Geneva, the agency said that more aid would reach the refugees.", "reach", None),
        ("In Basra, police said that two men had been shot.", "shot", "Basra"),
        ("Two men were shot in Balad, 80 km north of Baghdad.", "shot", "Balad"),
        ("Two men were shot 80 km north of Baghdad.", "shot", "Baghdad"),
        ("Six bodies were pulled from the Tigris.", "bodies", "Tigris"),
        ("Niger's army seized power on Monday.", "seized", "Niger"),
        ("The toll from the fire in Lagos rose to nine.", "toll", "Lagos"),
    ],
)
def test_clauses_lend_their_place(parse: Parse, text: str, word: str, place: Any) -> None:
    assert where(parse, text, word)[0] == place


@pytest.mark.parametrize(
    ("text", "word", "place"),
    [
        ("A teacher was shot in the Nairobi suburb of Kasarani.", "shot", "Kasarani"),
        ("Rebels launched an assault in the Ghouta region of Damascus.", "launched", "Ghouta"),
        ("In the province of Latakia, gunmen shelled the town of Jableh.", "shelled", "Jableh"),
        ("Two men were killed as rebels attacked an army convoy in the town of Cizre.", "killed", "Cizre"),
        ("Farmers demonstrated outside the embassy of Spain in Lima.", "demonstrated", "Lima"),
        ("The army captured a hill 90 km north of the port of Beira.", "captured", "Beira"),
    ],
)
def test_the_smaller_of_two_names_and_the_nearer_clause(parse: Parse, text: str, word: str, place: Any) -> None:
    assert where(parse, text, word)[0] == place
