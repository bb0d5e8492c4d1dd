"""Two tellings compared: what brings them together and what keeps them apart, without a ledger file."""

from __future__ import annotations

from typing import Any

import in_memory
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readings import of_country, person, reading

from reportedly.incidents.families import WORDS, family, is_denial, is_retraction
from reportedly.incidents.likeness import Columns, observe
from reportedly.incidents.units import Unit, meeting_keys, units_of
from reportedly.incidents.wording import Wording, stem, words
from reportedly.knowledge.load import SHIPPED
from reportedly.model import Analysis

KASRA = ("Kasra", "SYR")
OLMAN = ("Olman", "SYR")


def told(id: str, text: str, published: str, *claims: tuple[str, dict[str, Any]]) -> Analysis:  # noqa: A002
    return reading(id, text, published, *claims)


def grouped(*analyses: Analysis) -> set[frozenset[str]]:
    """The groups of trigger words that linking makes of these readings."""
    counts = {a.dispatch.id: words(a.dispatch.text, SHIPPED) for a in analyses}
    wording = Wording(counts.values())
    vectors = {key: wording.vector(c) for key, c in counts.items()}
    units = {a.dispatch.id: units_of(a.dispatch, a.claims, wording, SHIPPED) for a in analyses}
    meetings = {key: {k for u in held for k in meeting_keys(u)} for key, held in units.items()}
    groups = in_memory.link([u for held in units.values() for u in held], in_memory.stories(vectors, meetings))
    trigger = {c.id: f"{a.dispatch.id} {c.trigger.text}" for a in analyses for c in a.claims}
    return {frozenset(trigger[c] for u in group for c in u.claims) for group in groups}


def observed(a: Unit, b: Unit, alike: float) -> dict[str, float]:
    """What is observed of one pair."""
    seen = observe(Columns.of([a, b], SHIPPED), np.array([0]), np.array([1]), np.array([alike]), SHIPPED)
    return {name: float(x[0]) for name, x in seen.items()}


def bomb(id: str, day: str | None, killed: int, published: str, **more: Any) -> Analysis:  # noqa: A002
    text = f"A bomb killed {killed} people at the bus station of Kasra, officials said."
    said = {"place": KASRA, "day": day, "killed": (killed, killed), "mode": "explosives"} | more
    return told(id, text, published, ("killed", said))


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        # Two bombings in one city in one week, told in the same words.
        (bomb("a", "2021-06-07", 6, "2021-06-07"), bomb("b", "2021-06-10", 9, "2021-06-10"), False),
        # Yesterday's and today's.
        (bomb("a", "2021-06-07", 6, "2021-06-08"), bomb("b", "2021-06-08", 6, "2021-06-08"), False),
        # The same one, its toll raised the day after.
        (bomb("a", "2021-06-07", 6, "2021-06-07"), bomb("b", "2021-06-07", 8, "2021-06-08"), True),
        # Looking back seven weeks: event dates count.
        (bomb("a", "2021-06-07", 6, "2021-06-07"), bomb("b", "2021-06-07", 6, "2021-07-28"), True),
        # Neither dated, told three months apart.
        (bomb("a", None, 6, "2021-06-07"), bomb("b", None, 9, "2021-09-14"), False),
        # Another town, another country.
        (
            bomb("a", "2021-06-07", 6, "2021-06-07"),
            bomb("b", "2021-06-07", 6, "2021-06-07", place=("Lodos", "GRC")),
            False,
        ),
    ],
)
def test_look_alikes(one: Analysis, other: Analysis, together: bool) -> None:  # noqa: FBT001
    assert (len(grouped(one, other)) == 1) is together


def test_the_truce_beside_the_shelling_is_another_incident() -> None:
    text = "Shells hit Kasra hours after a ceasefire brokered by Oman took effect, the governor said."
    shells = {"place": KASRA, "day": "2021-06-07", "mode": "heavy-weapons", "incident": "i1"}
    truce = {"type": "RETREAT", "mode": "ceasefire", "incident": "i2"}
    two = [told(k, text, "2021-06-07", ("hit", shells), ("ceasefire", truce)) for k in ("a", "b")]
    assert grouped(*two) == {frozenset({"a hit", "b hit"}), frozenset({"a ceasefire", "b ceasefire"})}


@pytest.mark.parametrize(("mine", "theirs", "same"), [("people", "people", False), ("Red Dawn", "Red Dawn", True)])
def test_that_people_take_part_says_nothing_of_two_kinds_of_event(mine: str, theirs: str, same: bool) -> None:  # noqa: FBT001
    left = reading("a", "They left the hills.", "2021-06-07", ("left", {"type": "MOVE", "actors": [mine]}))
    shot = reading("b", "Guards shot at them.", "2021-06-07", ("shot", {"recipients": [theirs]}))
    wording = Wording([words(text, SHIPPED) for text in ("people hills", "guards gate", "Red Dawn")])
    a, b = (units_of(r.dispatch, r.claims, wording, SHIPPED)[0] for r in (left, shot))
    assert (observed(a, b, 0.5)["names"] > 0) == same


TEXTS = {
    "a": "A {} was arrested on suspicion of drunken driving on Tuesday, the police in Kasra said.",
    "b": "Police held {} for drunken driving, and the club, Kasra Lions, hopes for a mild fine.",
}


def held(id: str, name: str) -> Analysis:  # noqa: A002
    said = {"type": "COERCE", "mode": "arrest", "recipients": [person(name)]}
    return told(id, TEXTS[id].format(name), "2021-06-07", ("drunken driving", said))


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        # Two people arrested on the same charge, and one of whom two dispatches tell.
        ("Omar Haddad", "Sami Nasser", False),
        ("Omar Haddad", "keeper Omar Haddad", True),
        ("Omar Haddad", "Haddad", True),
        ("Omar Haddad", "Nasser", False),
        # A place at the end of a description is no name of his, and two words alone may be nicknames or bodies.
        ("Omar Haddad", "keeper of Kasra", True),
        ("Haddad", "Nasser", True),
    ],
)
def test_people_of_other_names_are_other_cases(one: str, other: str, together: bool) -> None:  # noqa: FBT001
    assert (len(grouped(held("a", one), held("b", other))) == 1) is together


def test_of_many_victims_each_source_may_name_others() -> None:
    two = [
        told(
            id,
            "A bomb at the bus station of Kasra killed six people, among them a teacher.",
            "2021-06-07",
            ("killed", {"killed": (6, 6), "recipients": [person(name)]}),
        )
        for id, name in (("a", "Omar Haddad"), ("b", "Sami Nasser"))  # noqa: A001
    ]
    assert len(grouped(*two)) == 1


def shelled(doer: str, country: str, **more: Any) -> Unit:
    said = {"mode": "heavy-weapons", "day": "2021-06-07", "actors": [of_country(doer, country)]}
    text = f"{doer} shelled villages across the border overnight, the ministry said."
    made = told(doer, text, "2021-06-07", ("shelled", said | more))
    return units_of(made.dispatch, made.claims, Wording([]), SHIPPED)[0]


@pytest.mark.parametrize(
    ("other", "apart"),
    [
        (shelled("Ankara", "TUR"), True),
        (shelled("Damascus", "SYR"), False),
        # Who denies it did nothing else, and talks are held by all who come.
        (shelled("Ankara", "TUR", factuality="CT-"), False),
        (shelled("Ankara", "TUR", type="CONSULT", mode=None), False),
    ],
)
def test_what_the_other_side_did_is_another_attack(other: Unit, apart: bool) -> None:  # noqa: FBT001
    assert observed(shelled("Syrian guns", "SYR"), other, 0.5)["other_doers"] == apart


def test_a_denied_attack_is_no_broken_off_talks() -> None:
    attack = "Syrian guns shelled Kasra, the governor said. Damascus rejected the accusation."
    shells = {"place": KASRA, "mode": "heavy-weapons", "incident": "i1"}
    no = {"type": "REJECT", "actors": [of_country("Damascus", "SYR")], "incident": "i1"}
    truce = "The shelling of Kasra came after Damascus and the governor agreed to a ceasefire."
    one = told("a", attack, "2021-06-07", ("shelled", shells), ("rejected", no))
    other = told("b", truce, "2021-06-07", ("ceasefire", {"type": "RETREAT", "mode": "ceasefire"}))
    assert {"a shelled", "a rejected"} in grouped(one, other)
    alone = units_of(one.dispatch, one.claims[1:], Wording([]), SHIPPED)[0]
    both = units_of(one.dispatch, one.claims, Wording([]), SHIPPED)[0]
    assert (both.families, alone.families) == (frozenset({"force"}), frozenset({"words-reject"}))


def test_a_raid_told_in_three_dispatches_of_a_week() -> None:
    raid = {"place": KASRA, "day": "2021-06-07"}
    first = told(
        "a",
        "Troops stormed a camp at Kasra, killing 13, medics said.",
        "2021-06-07",
        ("stormed", raid | {"killed": (13, None)}),
    )
    second = told(
        "b",
        "Elections were called off a day after more than 30 died when soldiers cleared the square in Kasra.",
        "2021-06-08",
        ("died", {"place": KASRA, "killed": (30, None)}),
        ("cleared", raid | {"type": "COERCE", "mode": "restrict"}),
    )
    third = told(
        "c",
        "The ministry denied that the toll of this week's crackdown in Kasra had reached a hundred.",
        "2021-06-10",
        ("crackdown", raid | {"type": "COERCE", "mode": "restrict"}),
        ("toll", {"place": KASRA, "factuality": "CT-", "killed": (100, 100)}),
    )
    assert len(grouped(first, second, third)) == 1


def test_two_fronts_of_one_country_are_two_incidents() -> None:
    def front(id: str, part: str) -> Analysis:  # noqa: A002
        text = f"Troops attacked along the {part} front on Monday, state radio said."
        return told(
            id, text, "2021-06-07", (f"attacked along the {part} front", {"day": "2021-06-07", "actors": ["troops"]})
        )

    assert len(grouped(front("a", "northern"), front("b", "northern"))) == 1
    north, south = (
        units_of(r.dispatch, r.claims, Wording(()), SHIPPED)[0]
        for r in (front("a", "northern"), front("b", "southern"))
    )
    assert observed(north, south, 0.0)["across"] == 1.0


def test_a_coup_and_an_election_are_two_kinds_of_one_family() -> None:
    coup = told("a", "The army staged a coup in Kasra.", "2021-06-07", ("coup", {"type": "OFFICE", "place": KASRA}))
    vote = told("b", "The election in Kasra was won.", "2021-06-07", ("election", {"type": "OFFICE", "place": KASRA}))
    one, other = (units_of(r.dispatch, r.claims, Wording(()), SHIPPED)[0] for r in (coup, vote))
    assert one.families == other.families
    assert observed(one, other, 0.0)["other_kind"] == 1.0


def test_what_took_weeks_is_no_single_days_attack() -> None:
    text = "Shells hit Kasra on Monday. The office put at 429 the soldiers killed since April."
    night = {"place": KASRA, "day": "2021-06-07", "incident": "i1"}
    made = told(
        "a",
        text,
        "2021-06-07",
        ("hit", night),
        ("killed", {"killed": (429, 429), "incident": "i2", "day": "2021-04-01", "until": "2021-06-07"}),
    )
    assert len(grouped(made)) == 2


@pytest.mark.parametrize(("modality", "begin", "days"), [("ongoing", "2021-06-05", 0), (None, "2021-06-05", 1)])
def test_what_was_under_way_when_told_did_not_end_that_day(modality: str | None, begin: str, days: int) -> None:
    siege = {"place": KASRA, "day": begin, "until": "2021-06-07", "modality": modality}
    first = told("a", "Troops are fighting for Kasra since Saturday.", "2021-06-07", ("fighting", siege))
    later = told("b", "A gate of Kasra fell on Sunday.", "2021-06-13", ("fell", {"place": KASRA, "day": "2021-06-13"}))
    a, b = (units_of(r.dispatch, r.claims, Wording([]), SHIPPED)[0] for r in (first, later))
    assert observed(a, b, 0.3)["days_apart"] == observed(b, a, 0.3)["days_apart"] == days


def test_units_that_can_meet_share_a_key() -> None:
    one, other = bomb("a", "2021-06-07", 6, "2021-06-07"), bomb("b", "2021-06-07", 8, "2021-06-20")
    far = bomb("c", "2021-08-09", 8, "2021-08-09")
    keys = [meeting_keys(units_of(r.dispatch, r.claims, Wording(()), SHIPPED)[0]) for r in (one, other, far)]
    assert keys[0] & keys[1]
    assert not keys[0] & keys[2]


@settings(max_examples=20, deadline=None)
@given(st.permutations(["a", "b", "c", "d"]), st.integers(0, 3))
def test_groups_do_not_depend_on_order_or_on_strangers(order: list[str], size: int) -> None:
    made = {
        "a": bomb("a", "2021-06-07", 6, "2021-06-07"),
        "b": bomb("b", "2021-06-07", 8, "2021-06-08"),
        "c": bomb("c", "2021-06-10", 9, "2021-06-10"),
        "d": bomb("d", "2021-07-10", 9, "2021-07-11"),
    }
    everything = grouped(*(made[k] for k in order))
    assert everything == grouped(*made.values())
    few = grouped(*(made[k] for k in order[: size + 1]))
    present = {f"{k} killed" for k in order[: size + 1]}
    assert few == {frozenset(g & present) for g in everything if g & present}


@pytest.mark.parametrize(
    ("trigger", "type_", "recipients", "denial", "retraction"),
    [
        ("denied", "REJECT", [], True, False),
        ("rejected", "REJECT", ["accusation"], True, False),
        ("rejected", "REJECT", ["peace plan"], False, False),
        ("withdrew", "REJECT", ["that figure"], False, True),
        ("withdrew", "REJECT", ["from the treaty"], False, False),
        ("denied", "COERCE", [], False, False),
    ],
)
def test_denials_and_what_is_taken_back(
    trigger: str,
    type_: str,
    recipients: list[str],
    denial: bool,  # noqa: FBT001
    retraction: bool,  # noqa: FBT001
) -> None:
    (claim,) = told(
        "a", f"They {trigger} it.", "2021-06-07", (trigger, {"type": type_, "recipients": recipients})
    ).claims
    assert (is_denial(claim, SHIPPED), is_retraction(claim, SHIPPED)) == (denial, retraction)
    assert (family(claim, SHIPPED) == WORDS) is (denial or retraction)


@pytest.mark.parametrize(
    ("type_", "mode", "trigger", "expected"),
    [
        ("COERCE", "arrest", "detained", "custody"),
        ("COERCE", "restrict", "crackdown", "force"),
        ("COERCE", "restrict", "blocked", "measure"),
        ("COERCE", "seize", "captured", "force"),
        ("HAZARD", None, "sank", "harm"),
        ("AGREE", None, "agreed", "talks"),
    ],
)
def test_families(type_: str, mode: str | None, trigger: str, expected: str) -> None:
    (claim,) = told("a", f"They {trigger} it.", "2021-06-07", (trigger, {"type": type_, "mode": mode})).claims
    assert family(claim, SHIPPED) == expected


@given(st.text(max_size=12))
def test_stems_are_no_longer_than_words(word: str) -> None:
    assert len(stem(word)) <= len(word) or not word


def test_stems() -> None:
    assert {stem(w) for w in ("bombs", "bombed", "bombing")} == {"bomb"}
    assert stem("Press".lower()) == "press"


RAID = "Gunmen raided the clinic of Kasra on Monday and burned its store of grain, the mayor Sami Nasser said."
CORDON = "Soldiers closed the coast road, the market and the harbour while divers looked for the stolen launches."
SHELLS = "The Red Dawn movement said 14 villagers died when the army shelled the ford of Mira."


def test_what_a_copy_tells_in_other_words_is_what_it_was_there() -> None:
    """A shortened copy keeps the shelling and drops the raid: its shelling is the one of the whole story."""
    raid = ("raided", {"mode": None, "incident": "i1", "actors": ["Gunmen"]})
    shells = ("died", {"killed": (14, 14), "incident": "i2", "recipients": ["villagers"]})
    whole = told("a", f"{RAID} {CORDON} {SHELLS}", "2021-06-08", raid, shells)
    copy = told("b", f"{CORDON} {SHELLS}", "2021-06-08", shells)
    assert grouped(whole, copy) == {frozenset({"a raided"}), frozenset({"a died", "b died"})}


def test_what_is_seized_with_those_arrested_is_no_town_taken() -> None:
    text = "Police arrested nine smugglers and seized their rifles, the ministry said."
    both = ("arrested", {"type": "COERCE", "mode": "arrest"}), ("seized", {"type": "COERCE", "mode": "seize"})
    raid = reading("a", text, "2021-06-07", *both)
    (unit,) = units_of(raid.dispatch, raid.claims, Wording([words(text, SHIPPED)]), SHIPPED)
    assert unit.families == {"custody"}


@pytest.mark.parametrize(
    ("more", "together"),
    [
        # Two attacks of one day in one country, with no place or number in common, are nothing that one can see is one.
        ({"place": None, "day": "2021-06-07", "killed": (None, None)}, False),
        # The same place and day.
        ({"place": KASRA, "day": "2021-06-07", "killed": (None, None)}, True),
        # No place, but the same person.
        ({"place": None, "day": "2021-06-07", "killed": (None, None), "recipients": [person("Ann Lee")]}, True),
    ],
)
def test_something_shows_that_it_is_one_happening(more: dict[str, Any], together: bool) -> None:  # noqa: FBT001
    one = told("a", "Gunmen attacked again, a radio said.", "2021-06-08", ("attacked", more))
    other = told("b", "There was an attack in the night, so people told.", "2021-06-08", ("attack", more))
    assert (len(grouped(one, other)) == 1) is together


def test_a_denial_far_from_what_was_told_stands_alone() -> None:
    shells = {"place": KASRA, "day": "2021-06-07", "incident": "i1"}
    denied = {"type": "REJECT", "mode": None, "incident": "i2"}
    near = told("a", "Shells hit Kasra. The army denied it.", "2021-06-07", ("hit", shells), ("denied", denied))
    far = told(
        "b",
        f"Shells hit Kasra. {'It rained all day. ' * 60}The army denied it.",
        "2021-06-07",
        ("hit", shells),
        ("denied", denied),
    )
    assert grouped(near) == {frozenset({"a hit", "a denied"})}
    assert grouped(far) == {frozenset({"b hit"}), frozenset({"b denied"})}
