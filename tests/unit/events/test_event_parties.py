"""Who can be a party, whom a pronoun or a number stands for, and who owns a deed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from given import Parse

from reportedly import pipeline


@pytest.fixture
def named(parse: Parse) -> Callable[..., Any]:
    """Names of actors and recipients of the first claim whose trigger has a word."""

    def run(text: str, word: str) -> tuple[list[str], list[str]]:
        doc, dispatch = parse(text)
        claim = next(c for c in pipeline.read_doc(doc, dispatch).claims if word in c.trigger.text)
        return [p.name for p in claim.actors], [p.name for p in claim.recipients]

    return run


@pytest.mark.parametrize(
    ("text", "word", "actors"),
    [
        ("A decree banned protests by farmers in the capital.", "banned", []),
        ("A mass stabbing killed three men in the town on Monday.", "killed", []),
        ("A bomb went off at the bus station, killing four passengers.", "killing", []),
        ("No one claimed responsibility for the bombing.", "bombing", []),
        ("Operation Victoria attacked rebels in the north.", "attacked", []),
        ("Norway's aim is to occupy the island, the minister said.", "occupy", ["Norway"]),
    ],
)
def test_what_has_no_will_does_nothing(named: Any, text: str, word: str, actors: Any) -> None:
    """A law, an event or a place is nobody; its owner is, where one is named."""
    assert named(text, word)[0] == actors


@pytest.mark.parametrize(
    ("text", "word", "recipients"),
    [
        ("Soldiers attacked the front of the school on Friday.", "attacked", ["school"]),
        ("The police attacked a student whose eye was injured by officers in the clash.", "injured", ["student"]),
        ("The rebels staged attacks on this occasion in the north.", "attacks", []),
        ("Two soldiers were killed and five wounded in the fighting.", "wounded", ["soldiers"]),
        ("The killing in May of the governor angered many Peruvians.", "killing", ["governor"]),
    ],
)
def test_to_whom_it_is_done(named: Any, text: str, word: str, recipients: Any) -> None:
    """Parts stand for wholes and limbs for people; numbers leave out whom they count; times are nobody."""
    assert named(text, word)[1] == recipients


def test_they_are_the_many_of_the_clause_around(named: Any) -> None:
    """A plural pronoun that no name settles stands for the subject that governs it."""
    actors, _ = named("Farmers and students protested against a tax, which they condemned as unfair.", "condemned")
    assert actors == ["Farmers", "students"]


def test_they_are_those_whose_words_are_told(named: Any) -> None:
    """Whose announcement it is comes before the subject of the clause around it."""
    text = "The talks followed an announcement by the rebels that they will release a hostage."
    assert named(text, "release")[0] == ["rebels"]


def test_who_is_called_upon_shall_do_it(named: Any) -> None:
    """A verb that asks somebody behind a preposition leaves the deed to them."""
    actors, _ = named("Norway called on the rebels to withdraw from the valley.", "withdraw")
    assert actors == ["rebels"]


def test_who_is_given_the_power_has_it(named: Any) -> None:
    """A power is that of whom it is given to."""
    actors, _ = named("The bill would give Mr Olsen the power to impose sanctions on Norway.", "impose")
    assert actors == ["Olsen"]


def test_a_town_before_a_meeting_is_where_it_is(named: Any) -> None:
    """Names of towns before event nouns are places; so is a nation's name before *war*."""
    assert named("The Geneva talks between Norway and Sweden ended on Friday.", "talks")[0] == ["Norway", "Sweden"]
    assert named("He opposed the Korea war of the generals for years.", "war")[0] != ["Korea"]


def test_who_speaks_after_talks_was_there(named: Any) -> None:
    """Whoever does something after talks with somebody is the other side of them."""
    text = "The Swedish foreign minister left on Monday after talks with the Norwegian prime minister."
    actors, recipients = named(text, "talks")
    assert (actors, recipients) == (["Swedish foreign minister"], ["Norwegian prime minister"])


def test_a_bare_participle_is_passive(named: Any) -> None:
    """*when elected* tells what was done to the subject."""
    assert named("Mr Olsen was a farmer when elected president in 1990.", "elected")[1] == ["Olsen"]


def test_a_petition_comes_from_those_who_ask(named: Any) -> None:
    """What is asked for comes from somebody."""
    actors, _ = named("The ministry answered a petition from farmers in the north.", "petition")
    assert actors == ["farmers"]


def test_nobody_arrests_himself(named: Any) -> None:
    """The understood doer is not the one to whom it is done."""
    actors, recipients = named("Mr Olsen escaped a plan to capture Olsen in Oslo.", "capture")
    assert "Olsen" not in set(actors) & set(recipients)
