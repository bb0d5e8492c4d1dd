"""Institutions that inherit the country in which the dispatch is set."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from given import Parse

from reportedly.actors import find_actors
from reportedly.config import DEFAULT
from reportedly.model import Actor
from reportedly.places import find_places


@pytest.fixture
def actors(parse: Parse) -> Callable[..., Any]:
    """Actors of a text by name."""

    def run(text: str) -> dict[str, Actor]:
        doc, dispatch = parse(text)
        return {a.name: a for a in find_actors(doc, dispatch, find_places(doc, dispatch, DEFAULT), DEFAULT)[0]}

    return run


def test_an_institution_beside_another_of_the_only_country(actors: Any) -> None:
    """The opposition that Kenyan police arrest is Kenya's."""
    found = actors("Kenyan police broke up a rally that the opposition held on Friday.")
    assert found["opposition"].code == "KENOPP"
    assert found["opposition"].country == "KEN"


def test_an_institution_where_things_happen_in_the_only_country(actors: Any) -> None:
    """Police in a story that is set in Bolivia are Bolivian."""
    assert actors("Two miners died when police opened fire in Bolivia.")["police"].code == "BOLCOP"


def test_no_country_where_two_are_named(actors: Any) -> None:
    """Whose government it is stays open between two countries."""
    assert actors("The government sent envoys from Chad, officials in Niger said.")["government"].code == "GOV"


def test_no_country_from_the_other_side(actors: Any) -> None:
    """A country that only stands on the other side of what is done lends nothing."""
    assert actors("The government praised China.")["government"].code == "GOV"


def test_demonstrators_before_the_police_of_the_only_country(actors: Any) -> None:
    """Those whom Bolivian police disperse demonstrate in Bolivia."""
    assert actors("Bolivian police dispersed the demonstrators.")["demonstrators"].code == "BOLOPP"


def test_people_are_of_the_country_where_they_live_or_act(actors: Any) -> None:
    """Rebels operating in Chad are Chad's."""
    assert actors("The army killed rebels operating in Chad.")["rebels"].code == "TCDREB"


def test_guests_are_not_of_the_country_where_they_are(actors: Any) -> None:
    """Whose soldiers and tourists they are is not told by where they are."""
    assert actors("The bomb wounded tourists in Kenya.")["tourists"].country is None


def test_ethnic_kin_are_not_of_the_nation_abroad(actors: Any) -> None:
    """Ethnic Georgian rebels in Russia are no rebels of Georgia."""
    found = actors("Police arrested ethnic Georgian rebels living in Russia.")
    assert next(a for a in found.values() if "rebels" in a.name).country == "RUS"
