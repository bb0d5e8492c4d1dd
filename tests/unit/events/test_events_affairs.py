"""What is no affair of the ledger: trade, sport, things, animals, violence as such."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

COMPANY = {"Brightwell Inc": ("Brightwell Inc", "organization", None, "BUS")}
STATE = {"Ruritania": ("Ruritania", "country", "XRU", "XRU")}


@pytest.mark.parametrize(
    "text",
    [
        "Whom would you appoint to your cabinet?",
        "Hot water attacked the pipes of the old house.",
        "He lives by sex, lies and violence.",
        "A farmer was sad about the death of his dog.",
        "The show kept its captive audience.",
        "The release of the figures moved nobody.",
        "He told the magazine, smiling, that he was tired.",
        "It was like a country being invaded.",
        "She was buried on Sunday in her home village.",
        "A meltdown frightened the dealers.",
    ],
)
def test_no_claim(told: Callable[..., Any], text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Rebels attacked the old house.", "ASSAULT"),
        ("Four people were killed in violence on Monday.", "ASSAULT"),
        ("The release of the hostages was delayed.", "RETREAT"),
        ("The officer told the crowd to leave.", "REQUEST"),
        ("Two miners were buried under rubble after the quake.", "HAZARD"),
        ("The meltdown at the reactor was stopped.", "HAZARD"),
        ("He was beaten and his dog barked.", "ASSAULT"),
    ],
)
def test_claim_of_the_same_words(told: Callable[..., Any], text: str, type_: Any) -> None:
    assert type_ in [t for _, t in told(text)]


def test_companies_among_themselves_are_trade(events: Callable[..., Any]) -> None:
    assert events("Brightwell Inc agreed to buy a mill.", COMPANY) == ()


def test_a_company_and_a_state_are_no_mere_trade(events: Callable[..., Any]) -> None:
    found = events("Brightwell Inc agreed with Ruritania to leave the valley.", COMPANY | STATE)
    assert "AGREE" in [e.type for e in found]


def test_nobody_named_in_copy_about_trade_is_trade(told: Callable[..., Any]) -> None:
    text = "Shares rose and the dividend was raised. It agreed to a merger of the stock and bond holdings."
    assert told(text) == []


def test_teams_named_by_their_town_play(events: Callable[..., Any]) -> None:
    text = "The coach praised his team after the match. Ruritania beat the league champions and attacked all season."
    assert events(text, STATE) == ()


def test_wounded_by_a_man_is_no_accident(told: Callable[..., Any]) -> None:
    text = "The bus crashed on Friday. A man wounded three passengers."
    assert ("wounded", "ASSAULT") in told(text)


def test_a_named_person_dies_of_nothing_told(events: Callable[..., Any]) -> None:
    people = {"Anna Berg": ("Anna Berg", "person", None, None)}
    text = "A car bomb exploded in the port. The mayor was away. A choir sang. Nobody spoke. Anna Berg died on Friday."
    assert "died" not in [e.trigger.text for e in events(text, people)]


def test_a_thing_is_no_actor(events: Callable[..., Any]) -> None:
    found = events("The commitment to reach an agreement with the rebels holds.")
    assert found
    assert all(p.name != "commitment" for e in found for p in e.actors)
