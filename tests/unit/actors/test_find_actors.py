"""Who is spoken of, and by which words."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly.actors import find_actors
from reportedly.config import DEFAULT
from reportedly.model import Actor, Dispatch
from reportedly.parse.parsed import Doc

Parse = Callable[..., tuple[Doc, Dispatch]]


@pytest.fixture(scope="session")
def actors(parse: Parse) -> Callable[..., dict[str, Actor]]:
    def run(text: str, **fields: Any) -> dict[str, Actor]:
        doc, dispatch = parse(text, **fields)
        return {a.name: a for a in find_actors(doc, dispatch, (), DEFAULT)[0]}

    return run


def said(actor: Actor, text: str) -> list[str]:
    return [text[s.start : s.end] for s in actor.mentions]


def test_a_surname_and_pronouns_are_the_person(actors: Callable[..., dict[str, Actor]]) -> None:
    """Title, full name, surname and *he* are one actor, named without the title."""
    text = "Peruvian Foreign Minister Raul Zubieta visited Quito on Monday. Zubieta said he would return."
    found = actors(text)["Raul Zubieta"]
    assert said(found, text) == ["Peruvian Foreign Minister Raul Zubieta", "Zubieta", "he"]
    assert (found.kind, found.role, found.code) == ("person", "Peruvian Foreign Minister", "PERGOV")


def test_a_source_is_the_source_of_the_next_paragraph(actors: Callable[..., dict[str, Actor]]) -> None:
    """A definite description points back to the same noun."""
    text = 'The bridge was closed, a diplomat in Amman told reporters.\n\n"It will stay closed," the diplomat said.'
    found = actors(text)["diplomat in Amman"]
    assert said(found, text) == ["diplomat", "diplomat"]
    assert found.country == "JOR"


def test_an_apposition_is_the_role(actors: Callable[..., dict[str, Actor]]) -> None:
    """What is set behind a name says who it is."""
    text = "Ines Varga, spokeswoman for the harbour workers, said the strike would go on. She gave no date."
    found = actors(text)["Ines Varga"]
    assert found.role == "spokeswoman for the harbour workers"
    assert said(found, text) == ["Ines Varga", "spokeswoman", "She"]


def test_fighters_of_a_body_are_the_body(actors: Callable[..., dict[str, Actor]]) -> None:
    """A named armed group and its fighters are one actor; its spokesman is another."""
    text = (
        "Hezbollah fighters shelled the post. Hezbollah said its men had withdrawn. A Hezbollah spokesman gave no toll."
    )
    found = actors(text)
    assert said(found["Hezbollah"], text) == ["Hezbollah fighters", "Hezbollah", "its"]
    assert found["Hezbollah"].code == "LBNREB"
    assert found["Hezbollah spokesman"].kind == "person"


def test_a_capital_that_speaks_is_its_country(actors: Callable[..., dict[str, Actor]]) -> None:
    """A capital stands for its government beside a verb of saying, and is a place elsewhere."""
    text = "Chile protested on Friday. Santiago accused Lima of delay. A train left Santiago."
    found = actors(text)
    assert said(found["Chile"], text) == ["Chile", "Santiago"]
    assert said(found["Lima"], text) == ["Lima"]
    assert found["Lima"].country == "PER"


def test_a_country_where_something_happens_is_no_actor(actors: Callable[..., dict[str, Actor]]) -> None:
    """A phrase of place speaks of no one."""
    assert "Bolivia" not in actors("Two villagers drowned in Bolivia.")


def test_its_forces_belong_to_the_subject(actors: Callable[..., dict[str, Actor]]) -> None:
    """A possessive is resolved, and the owner gives the country."""
    text = "Eritrea said its troops had crossed the river."
    found = actors(text)
    assert said(found["Eritrea"], text) == ["Eritrea", "its"]
    assert found["Eritrea's troops"].code == "ERIMIL"


def test_an_acronym_in_brackets_is_the_name(actors: Callable[..., dict[str, Actor]]) -> None:
    """The short form that a dispatch introduces means the long one."""
    text = "The Lowland Farmers Union (LFU) rejected the plan. The LFU called for talks."
    found = actors(text)["Lowland Farmers Union"]
    assert said(found, text)[0] == "Lowland Farmers Union"
    assert said(found, text)[-1] == "LFU"


def test_i_in_a_quotation_is_the_speaker(actors: Callable[..., dict[str, Actor]]) -> None:
    """The first person of a quotation is whoever says it."""
    text = '"I saw the smoke," a farmer said.'
    assert said(actors(text)["farmer"], text) == ["I", "farmer"]


def test_an_empty_it_is_no_one(actors: Callable[..., dict[str, Actor]]) -> None:
    """*It* that points to nobody gets no mention."""
    text = "The ministry closed the road. It was not clear who gave the order."
    assert said(actors(text)["ministry"], text) == ["ministry"]


def test_two_men_leave_he_open(actors: Callable[..., dict[str, Actor]]) -> None:
    """With two candidates in the same place a pronoun is left alone."""
    text = "The two met for hours beside John Harker and Peter Lindqvist. Rain fell. His car was outside."
    found = actors(text)
    assert {"John Harker", "Peter Lindqvist"} <= found.keys()
    assert all("His" not in said(a, text) for a in found.values())


def test_the_people_are_no_group_of_far_above(actors: Callable[..., dict[str, Actor]]) -> None:
    """Words that say nothing of who it is point back two sentences at most."""
    text = (
        "Two missing people were found in Lima. The roads were closed. The rain went on. Schools did not open. "
        "The president thanked the people."
    )
    assert all(len(a.mentions) == 1 for a in actors(text).values())


def test_whoever_does_it_is_not_it(actors: Callable[..., dict[str, Actor]]) -> None:
    """The doer of a participle is not its object."""
    text = "Greece now makes a vaccine of its own, selling it to hospitals."
    assert said(actors(text)["Greece"], text) == ["Greece", "its"]


def test_two_subjects_leave_it_to_the_one_above(actors: Callable[..., dict[str, Actor]]) -> None:
    """*Its* is nobody of two who act together."""
    text = "Peru said Brazil and Chile offered to share the water of its river."
    assert said(actors(text)["Peru"], text) == ["Peru", "its"]


def test_a_gloss_in_brackets_is_no_part_of_the_name(actors: Callable[..., dict[str, Actor]]) -> None:
    """A translation in brackets stands between a name and its noun."""
    found = actors("The Hezbollah (Party of God) group said its men had left.")
    assert found["Hezbollah"].code == "LBNREB"


def test_the_agency_that_sends_it_is_no_person(actors: Callable[..., dict[str, Actor]]) -> None:
    """An unknown agency is known by the header of its dispatch."""
    found = actors("Nobody was hurt, a fisherman told Westerling.", agency="Westerling")
    assert found["Westerling"].kind == "organization"


PIECES = st.sampled_from(
    ["The army", "Saleh", "he", "it", "its troops", "(NRF)", "“We", "said", "”", "'s", "-", "of the", "United Nations",
     "Mr", "killed", "\n\n", ",", ".", "who", "Moscow", "Iraqi", "the spokesman", "’s", "é", "12", "😀", '"', "  "]
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, max_size=25).map(" ".join))
def test_any_text_gives_mentions_that_hold(parse: Parse, text: str) -> None:
    """Every mention lies in the text, none overlaps another, and no actor is named by a pronoun or by nothing."""
    doc, dispatch = parse(text)
    found, _ = find_actors(doc, dispatch, (), DEFAULT)
    spans = sorted(s for a in found for s in a.mentions)
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert len({a.id for a in found}) == len(found)
    assert all(a.name.strip() and a.name.lower() not in ("he", "it", "they", "who") for a in found)
