"""What shows that a claim is of what its dispatch told before, and what sets it apart."""

from __future__ import annotations

from typing import Any

import pytest
from given import Parse

from reportedly.claims.incident_words import incident_words
from reportedly.claims.partings import partings
from reportedly.knowledge.load import SHIPPED
from reportedly.pipeline import read_doc

PUBLISHED = "2014-09-18"


def groups(parse: Parse, text: str) -> list[list[str]]:
    """The triggers of each incident, in text order."""
    doc, dispatch = parse(text, published=PUBLISHED)
    found: dict[str, list[str]] = {}
    for claim in read_doc(doc, dispatch).claims:
        found.setdefault(claim.incident or "", []).append(claim.trigger.text)
    return list(found.values())


FILLER = "The harbour master said the ferries were late. Fishermen mended their nets."


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        # Farther off, something has to show that it is the same.
        (f"A bomb exploded at a mill in Orhei. {FILLER} A guard was wounded.", "exploded", "wounded"),
        # What is told as new is new.
        ("Gunmen killed a judge in Orhei. Deputies spoke of a raid on the customs house.", "killed", "raid"),
        # What came after, before or because of the other.
        ("Troops shelled a ford hours after rebels ambushed a patrol.", "shelled", "ambushed"),
        ("The shelling of the ford was in retaliation for an ambush near the mill.", "shelling", "ambush"),
        # What was over before the story.
        ("Police arrested four men who had kidnapped a farmer.", "arrested", "kidnapped"),
        # What is done again and again, and what may be done.
        ("Gunmen killed a judge in Orhei. They kidnap farmers.", "killed", "kidnap"),
        ("Rebels attacked a post in Orhei. The army might bomb the camp.", "attacked", "bomb"),
        # A war is none of its battles.
        ("Gunmen killed a judge in Orhei. The country is at war.", "killed", "is at war"),
        # The first of several, and one counted by the same teller in other numbers.
        ("A quake shook Orhei on Monday. The first quake of the year cost nine lives.", "quake", "cost"),
        # A promise beside talks is no talks.
        ("The mayor promised an inquiry. The talks on the port ended.", "promised", "talks"),
    ],
)
def test_two_happenings(parse: Parse, text: str, one: str, other: str) -> None:
    told = groups(parse, text)
    assert not any({one, other} <= set(g) for g in told)


@pytest.mark.parametrize(
    ("text", "members"),
    [
        # Words that point back reach over what stands between, and so does the same number.
        (f"Gunmen attacked a mill in Orhei. {FILLER} The attack lasted an hour.", {"attacked", "attack"}),
        (f"Nine bakers were killed in Orhei. {FILLER} The nine bakers died at dawn.", {"killed", "died"}),
        # What the grammar ties to words that point back is of it as well.
        (f"Rebels attacked the ford. {FILLER} Troops lost two boats in the attack.", {"attacked", "attack"}),
        # An earlier toll is one of the same; an earlier hour of the day is of the same day.
        ("Nine people were killed in Orhei, raising an earlier toll of seven.", {"killed", "toll"}),
        ("Nine people were killed when a mill burned. Earlier in the day two were wounded.", {"killed", "wounded"}),
        # What is agreed at talks, and what is agreed on.
        ("Ministers agreed to a truce. The truce took effect.", {"agreed", "truce"}),
    ],
)
def test_one_happening(parse: Parse, text: str, members: set[str]) -> None:
    assert any(members <= set(g) for g in groups(parse, text))


def triggers(doc: Any, *words: str) -> Any:
    return [[next(t for t in doc if t.text == w)] for w in words]


@pytest.mark.parametrize(
    ("text", "one", "other", "parted"),
    [
        ("Troops shelled the ford after a raid.", "shelled", "raid", True),
        ("The march followed a shooting.", "march", "shooting", True),
        ("They shelled the ford in revenge for a raid.", "shelled", "raid", True),
        # What the same people do next is of one act.
        ("They killed two guards before burning the bus.", "killed", "burning", False),
        ("They shelled the ford and raided the mill.", "shelled", "raided", False),
    ],
)
def test_what_the_grammar_sets_apart(parse: Parse, text: str, one: str, other: str, parted: bool) -> None:  # noqa: FBT001
    doc, _ = parse(text, published=PUBLISHED)
    words = incident_words(SHIPPED).parting
    assert bool(partings(triggers(doc, one, other), (), words)) is parted
    assert not partings(triggers(doc, one, other), [(0, 1)], words)
