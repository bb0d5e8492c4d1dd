"""Laws of reading: another name, another day, a parenthesis or an apposition changes the claims in nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from spacy.language import Language

from reportedly.config import DEFAULT
from reportedly.model import Claim, Dispatch
from reportedly.parse.parsed import from_spacy
from reportedly.pipeline import read_doc

TEXTS = (
    "Colonel Adamu said on Monday that rebels had killed nine soldiers.",
    "Reports that rebels had killed nine soldiers are false, Colonel Adamu said on Monday.",
    "Colonel Adamu denied on Monday that his men had shelled the school.",
)
NAMES = ("Bello", "Keita", "Novak")
DAYS = ("Tuesday", "Thursday")


def told(nlp: Language, text: str, name: str = "Adamu") -> list[tuple[object, ...]]:
    """What is claimed, offsets, names and days apart."""
    dispatch = Dispatch(id="d", text=text, published="2024-05-18")
    return [said(c, name) for c in read_doc(from_spacy(nlp(text)), dispatch, DEFAULT).claims]


def said(claim: Claim, name: str) -> tuple[object, ...]:
    who = tuple(p.name.replace(name, "X") for p in claim.actors + claim.recipients)
    voice = claim.source.name.replace(name, "X") if claim.source else None
    numbers = tuple((f.role, f.low, f.high) for f in claim.figures)
    return claim.trigger.text, claim.type, claim.factuality, voice, who, numbers


@pytest.mark.parametrize("text", TEXTS)
def test_another_name_changes_nothing_else(nlp: Language, text: str) -> None:
    before = told(nlp, text)
    assert before
    for name in NAMES:
        assert told(nlp, text.replace("Adamu", name), name) == before


@pytest.mark.parametrize("text", TEXTS)
def test_another_day_changes_nothing_else(nlp: Language, text: str) -> None:
    for day in DAYS:
        assert told(nlp, text.replace("Monday", day)) == told(nlp, text)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("inserted", [" (the third this year)", ", the army's chief spokesman,"])
def test_an_insertion_changes_nothing_else(nlp: Language, text: str, inserted: Any) -> None:
    place = "soldiers" if "(" in inserted else "Adamu"
    if place in text:
        assert told(nlp, text.replace(place, place + inserted)) == told(nlp, text)
