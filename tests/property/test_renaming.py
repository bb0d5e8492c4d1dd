"""Laws of places through the whole line: a place by another name of the same standing is told of in the same way."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from reportedly.config import DEFAULT
from reportedly.model import Claim, Dispatch
from reportedly.parse.parsed import from_spacy
from reportedly.pipeline import read_doc

STANDINGS = (
    ("Mosul", "Basra", "Kirkuk", "Tikrit", "Samarra"),
    ("Lyon", "Nantes", "Toulouse", "Bordeaux", "Marseille"),
    ("Aleppo", "Homs", "Hama", "Latakia", "Idlib"),
)
TEXTS = (
    "A bomb killed four people in {} on Monday, police said. Two more were hurt in the city on Tuesday.",
    "Soldiers seized the town of {} on Friday, the ministry said, and about 30 rebels were captured.",
    "At least nine people were killed and 12 wounded when a shell hit a market in {} on Sunday, medics said.",
)


def read(nlp: Language, text: str) -> tuple[Claim, ...]:
    dispatch = Dispatch(id="d", text=text, published="2015-03-11")
    return read_doc(from_spacy(nlp(text)), dispatch, DEFAULT).claims


def told(claim: Claim, town: str) -> tuple[object, ...]:
    """What is claimed; offsets apart, and whether the parser read "in X" as a part of a party's name."""
    who = tuple(p.name.replace(f" in {town}", "").replace(town, "X") for p in claim.actors + claim.recipients)
    numbers = tuple((f.role, f.low, f.high, f.approx) for f in claim.figures)
    voice = claim.source.name if claim.source else None
    return claim.trigger.text, claim.type, claim.factuality, voice, who, claim.begin, claim.end_date, numbers


@pytest.mark.parametrize("towns", STANDINGS, ids=lambda towns: towns[0])
@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.split()[0])
@pytest.mark.parametrize("at", range(1, 5))
def test_renaming_a_place_changes_nothing_else(nlp: Language, text: str, towns: Any, at: Any) -> None:
    one, other = towns[0], towns[at]
    before, after = read(nlp, text.format(one)), read(nlp, text.format(other))
    assert [told(c, one) for c in before] == [told(c, other) for c in after]
    assert before
    for a, b in zip(before, after, strict=True):
        assert (a.place is None) == (b.place is None)
        if a.place is not None and b.place is not None:
            assert (a.place.name, b.place.name) == (one, other)
            assert a.place.country == b.place.country


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(TEXTS), st.sampled_from(["Mosul", "Nantes", "Zorvakhan", "New York", "Saint-Étienne"]))
def test_places_of_claims_slice_to_the_text(nlp: Language, text: str, town: Any) -> None:
    text = text.format(town)
    claims = read(nlp, text)
    assert claims
    for claim in claims:
        for place in filter(None, (claim.place, claim.origin)):
            assert re.sub(r"\s", " ", text[place.start : place.end]) == place.text
