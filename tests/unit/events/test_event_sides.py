"""Which party stands on which side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from given import Parse

from reportedly import pipeline


@pytest.fixture
def sides(parse: Parse) -> Callable[..., Any]:
    """Codes of actors and recipients of the first claim of a type."""

    def run(text: str, kind: str) -> tuple[list[str | None], list[str | None]]:
        doc, dispatch = parse(text)
        claim = next(c for c in pipeline.read_doc(doc, dispatch).claims if c.type == kind)
        return [p.code for p in claim.actors], [p.code for p in claim.recipients]

    return run


def test_whoever_is_met_is_the_other_side(sides: Callable[..., Any]) -> None:
    """A meeting with somebody has a side each."""
    assert sides("Peru's president met the Chilean prime minister in Lima.", "CONSULT") == (["PERGOV"], ["CHLGOV"])


def test_those_who_meet_are_on_both_sides(sides: Callable[..., Any]) -> None:
    """Where all are subjects, all are on both sides."""
    both = ["NOR", "SWE"]
    assert sides("Norway and Sweden held talks on fish.", "CONSULT") == (both, both)


def test_two_nations_before_one_noun(sides: Callable[..., Any]) -> None:
    """Coordinated names of nations give two parties."""
    actors, _ = sides("Greek and Turkish officials met in Oslo.", "CONSULT")
    assert sorted(map(str, actors)) == ["GRCGOV", "TURGOV"]


def test_a_refusal_concerns_whose_demand_it_is(sides: Callable[..., Any]) -> None:
    """Whom a speech act concerns is found in what it is about."""
    assert sides("Kenya refused to respond to a demand of Uganda.", "REJECT") == (["KEN"], ["UGA"])


def test_what_is_invaded_is_no_invader(sides: Callable[..., Any]) -> None:
    """The object of an invasion is its recipient, with or without an invader."""
    assert sides("The invasion of Kuwait shocked the world.", "ASSAULT") == ([], ["KWT"])


def test_a_protest_is_directed_at_those_it_makes_demands_of(sides: Callable[..., Any]) -> None:
    """What a march is for says against whom it is."""
    text = "Thousands of Peruvians marched in Lima to demand an apology from Chile."
    assert sides(text, "PROTEST") == (["PER"], ["CHL"])


def test_an_agreement_concerns_those_it_is_about(sides: Callable[..., Any]) -> None:
    """Where an agreement names no partner, whom it concerns is found in what is agreed."""
    text = "Norway agreed on Monday to provide millions of dollars of aid for Malawi and Zambia."
    assert sides(text, "AGREE") == (["NOR"], ["MWI", "ZMB"])


def test_a_threat_in_a_war_is_against_the_other_side(sides: Callable[..., Any]) -> None:
    """The other side of a war is whom a threat in it concerns."""
    assert sides("Chad threatened a new offensive in its war with Libya.", "THREATEN") == (["TCD"], ["LBY"])


def test_whom_force_disperses_it_is_used_against(sides: Callable[..., Any]) -> None:
    """Shots fired to disperse somebody are aimed at them."""
    text = "Kenyan police opened fire to disperse opposition demonstrators on Sunday."
    assert sides(text, "ASSAULT") == (["KENCOP"], ["KENOPP"])


def test_who_is_killed_in_a_strike_is_killed_by_those_who_strike(sides: Callable[..., Any]) -> None:
    """An attack in which somebody is killed says who kills."""
    text = "Two farmers were killed in an air strike by the Ethiopian army."
    assert sides(text, "ASSAULT")[0] == ["ETHMIL"]


def test_a_protest_against_what_somebody_does(sides: Callable[..., Any]) -> None:
    """Killings by an army are protested against: the army is whom the protest is directed at."""
    text = "Peruvian students staged a hunger strike in protest against killings by the Peruvian army."
    assert sides(text, "PROTEST") == (["PEREDU"], ["PERMIL"])


def test_it_is_willing(sides: Callable[..., Any]) -> None:
    """What is willing is somebody: *it* is the state that says so."""
    assert sides("Zambia says it is willing to withdraw its troops from Angola.", "RETREAT")[0] == ["ZMB"]


def test_what_is_urged_is_no_recipient(sides: Callable[..., Any]) -> None:
    """Words are addressed to somebody, not to what they are about."""
    assert sides("The minister of Ghana urged patience in the dispute.", "REQUEST") == (["GHAGOV"], [])


def test_the_building_of_somebody_is_set_on_fire(sides: Callable[..., Any]) -> None:
    """What fire is set to is the recipient."""
    assert sides("Rioters set fire to the offices of the Kenyan police.", "ASSAULT")[1] == ["KENCOP"]
