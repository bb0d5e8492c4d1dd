"""Which words are events, and of which type."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels attacked the town on Monday.", [("attacked", "ASSAULT")]),
        ("Gunmen kidnapped three teachers near the border.", [("kidnapped", "ASSAULT")]),
        ("The army staged an offensive against the guerrillas.", [("staged an offensive", "ASSAULT")]),
        ("The militia took control of the airport.", [("took control", "COERCE")]),
        ("Police arrested the editor of the newspaper.", [("arrested", "COERCE")]),
        ("The president stepped down on Friday.", [("stepped down", "RETREAT")]),
        ("The ministers held talks with their neighbours.", [("held talks", "CONSULT")]),
        ("Thousands of people demonstrated in the capital.", [("demonstrated", "PROTEST")]),
        ("The union called for a strike.", [("called for", "REQUEST"), ("strike", "PROTEST")]),
        ("France imposed sanctions on the general.", [("imposed sanctions", "SANCTION")]),
        ("The government lifted the curfew in the north.", [("lifted", "CONCEDE")]),
        ("The two sides declared a ceasefire.", [("declared a ceasefire", "RETREAT")]),
        ("An earthquake struck the coast.", [("earthquake struck", "HAZARD")]),
        ("The opposition won the election.", [("won", "OFFICE")]),
        ("The workers began a hunger strike.", [("hunger strike", "PROTEST")]),
        ("Villagers fled the valley.", [("fled", "MOVE")]),
        ("The agency delivered food to the refugees.", [("delivered", "AID")]),
        ("The minister condemned the killing.", [("condemned", "ACCUSE"), ("killing", "ASSAULT")]),
    ],
)
def test_what_happened(told: Callable[..., Any], text: str, expected: Any) -> None:
    found = told(text)
    assert [t for _, t in found] == [t for _, t in expected]
    for (got, _), (want, _) in zip(found, expected, strict=True):
        assert want in got or got in want


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The rebels launched a new large-scale attack on the base.", ["launched a new large-scale attack"]),
        ("The attack took place near the border.", ["attack took place"]),
        ("Warplanes carried out a series of raids on the port.", ["carried out a series of raids"]),
        ("A raid launched by the army failed.", ["raid launched"]),
        ("Gunmen shot and killed two teachers.", ["shot and killed"]),
        ("Soldiers shot and badly wounded a farmer.", ["shot and badly wounded"]),
        ("The attack killed nine people.", ["attack", "killed"]),
        ("The troops launched an assault, striking the town.", ["launched an assault", "striking"]),
        ("The general denied the attack.", ["attack"]),
    ],
)
def test_the_words_that_name_an_event_are_its_trigger(told: Callable[..., Any], text: str, expected: Any) -> None:
    assert [word for word, type_ in told(text) if type_ in ("ASSAULT", "HAZARD")] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Shares fell sharply and the company cut its dividend.",
        "The team beat its rivals in the final game of the season.",
        "Lawmakers killed the bill in committee.",
        "The patient suffered a heart attack.",
        "The bank charged a higher rate of interest.",
        "The spokesman declined to comment.",
        "The report said nothing new.",
        "The ship was built in 1990.",
        "Prices hit a record high in March.",
        "The programme is fighting inflation and poverty.",
        "He leads a quiet life in the country.",
    ],
)
def test_no_event(told: Callable[..., Any], text: str) -> None:
    assert told(text) == []


def test_strikes_of_workers_and_of_warplanes(told: Callable[..., Any]) -> None:
    assert told("Miners went on strike over pay.")[0][1] == "PROTEST"
    assert told("Warplanes carried out strikes against rebel positions.")[-1][1] == "ASSAULT"


def test_harm_takes_its_type_from_its_cause(told: Callable[..., Any]) -> None:
    assert ("killed", "ASSAULT") in told("Nine people were killed when a missile hit the market.")
    assert ("died", "HAZARD") in told("Nine people died when a ferry capsized in a storm.")
    assert told("The old poet died of pneumonia.") == []


def test_a_modifier_of_another_noun_is_no_event(told: Callable[..., Any]) -> None:
    assert told("The attack helicopter stood on the runway.") == []


def test_demanded_by_a_modal_verb(told: Callable[..., Any]) -> None:
    assert ("must", "REQUEST") in told("The foreign minister said the rebels must leave the city.")
    assert told("The foreign minister said we must be patient.") == []
