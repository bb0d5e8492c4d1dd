"""Which party stands on which side."""

from __future__ import annotations

import pytest

from reportedly import pipeline


@pytest.fixture
def sides(parse):
    """Codes of actors and recipients of the first claim of a type."""

    def run(text: str, kind: str) -> tuple[list[str | None], list[str | None]]:
        doc, dispatch = parse(text)
        claim = next(c for c in pipeline.read_doc(doc, dispatch).claims if c.type == kind)
        return [p.code for p in claim.actors], [p.code for p in claim.recipients]

    return run


def test_whoever_is_met_is_the_other_side(sides):
    """A meeting with somebody has a side each."""
    assert sides("Peru's president met the Chilean prime minister in Lima.", "CONSULT") == (["PERGOV"], ["CHLGOV"])


def test_those_who_meet_are_on_both_sides(sides):
    """Where all are subjects, all are on both sides."""
    both = ["NOR", "SWE"]
    assert sides("Norway and Sweden held talks on fish.", "CONSULT") == (both, both)


def test_two_nations_before_one_noun(sides):
    """Coordinated names of nations give two parties."""
    actors, _ = sides("Greek and Turkish officials met in Oslo.", "CONSULT")
    assert sorted(map(str, actors)) == ["GRCGOV", "TURGOV"]


def test_a_refusal_concerns_whose_demand_it_is(sides):
    """Whom a speech act concerns is found in what it is about."""
    assert sides("Kenya refused to respond to a demand of Uganda.", "REJECT") == (["KEN"], ["UGA"])


def test_what_is_invaded_is_no_invader(sides):
    """The object of an invasion is its recipient, with or without an invader."""
    assert sides("The invasion of Kuwait shocked the world.", "ASSAULT") == ([], ["KWT"])


def test_a_protest_is_directed_at_those_it_makes_demands_of(sides):
    """What a march is for says against whom it is."""
    text = "Thousands of Peruvians marched in Lima to demand an apology from Chile."
    assert sides(text, "PROTEST") == (["PER"], ["CHL"])
