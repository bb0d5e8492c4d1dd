"""Numbers of people and weapons: what they say, how they are hedged, whom they count."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from given import Parse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly.config import DEFAULT, Config
from reportedly.figures import find_figures


def figures(parse: Parse, text: str, config: Any = DEFAULT) -> Any:
    doc, _ = parse(text)
    return find_figures(doc, (), config).told


def values(parse: Parse, text: str) -> Any:
    return [(f.role, f.low, f.high, f.approx) for f in figures(parse, text)]


@pytest.mark.parametrize(
    ("amount", "low", "high", "approx"),
    [
        ("31", 31, 31, False),
        ("1,250", 1250, 1250, False),
        ("1.2 million", 1200000, 1200000, False),
        ("twenty-three", 23, 23, False),
        ("Two hundred and fifty", 250, 250, False),
        ("A dozen", 12, 12, False),
        ("Two dozen", 24, 24, False),
        ("Half a dozen", 6, 6, False),
        ("30 to 40", 30, 40, False),
        ("30-40", 30, 40, False),
        ("Two or three", 2, 3, False),
        ("Between 30 and 40", 30, 40, False),
        ("At least 31", 31, None, False),
        ("More than a dozen", 12, None, False),
        ("Over 300", 300, None, False),
        ("Up to 800", None, 800, False),
        ("No more than 46", None, 46, False),
        ("As many as 90", None, 90, False),
        ("About 350", 350, 350, True),
        ("Almost 300", 300, 300, True),
        ("Some 70", 70, 70, True),
        ("An estimated 5,000", 5000, 5000, True),
        ("Dozens of", 24, None, True),
        ("Hundreds of", 200, None, True),
        ("Tens of thousands of", 20000, None, True),
        ("Several", 3, None, True),
        ("Several hundred", 200, None, True),
        ("No", 0, 0, False),
    ],
)
def test_values_and_hedges(parse: Parse, amount: Any, low: Any, high: Any, approx: Any) -> None:
    text = f"{amount} villagers were killed on Monday."
    found = figures(parse, text)
    assert [(f.role, f.low, f.high, f.approx) for f in found] == [("killed", low, high, approx)]
    assert found[0].text == amount.removesuffix(" of")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gunmen killed three guards and wounded five.", [("killed", 3), ("injured", 5)]),
        ("Nine people were killed and 33 others wounded in the strike.", [("killed", 9), ("injured", 33)]),
        ("Blast Kills 10; 80 Hurt", [("killed", 10), ("injured", 80)]),
        ("The blast left two women dead.", [("killed", 2)]),
        ("The death toll rose to 12 on Friday.", [("killed", 12)]),
        ("The office put the toll at 108.", [("killed", 108)]),
        ("The number of injured passed 400.", [("injured", 400)]),
        ("The attack brought to 21 the number of guards killed.", [("killed", 21)]),
        ("The raid caused 39 deaths.", [("killed", 39)]),
        ("The killing of 16 farmers shocked the valley.", [("killed", 16)]),
        ("The storm claimed 17 lives.", [("killed", 17)]),
        ("Two crew members were reported dead.", [("killed", 2)]),
        ("The unit suffered 14 casualties.", [("casualties", 14)]),
        ("Police arrested 60 protesters.", [("arrested", 60)]),
        ("Rebels captured seven soldiers.", [("captured", 7)]),
        ("Gunmen kidnapped four engineers.", [("captured", 4)]),
        ("Forty fighters surrendered.", [("surrendered", 40)]),
        ("A total of 287 people were still missing.", [("missing", 287)]),
        ("Some 4,000 villagers were forced to flee.", [("displaced", 4000)]),
        ("Divers rescued 15 sailors.", [("rescued", 15)]),
        ("The navy counted 180 survivors.", [("rescued", 180)]),
        ("Ten thousand people marched through the capital.", [("participants", 10000)]),
        ("A crowd of 5,000 gathered outside the palace.", [("participants", 5000)]),
        ("Hundreds of students staged a protest.", [("participants", 200)]),
        ("The kingdom sent 3,000 troops to the border.", [("troops", 3000)]),
        ("At least five tanks were destroyed.", [("weapons", 5)]),
        ("Nobody was hurt.", [("injured", 0)]),
        ("One soldier was killed.", [("killed", 1)]),
    ],
)
def test_roles(parse: Parse, text: str, expected: Any) -> None:
    assert [(f.role, f.low) for f in figures(parse, text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "The guard, 34, saw the attack.",
        "The 16-year-old boy went home.",
        "The killings took place 12 days ago.",
        "Fighting raged 20 miles from the capital in 1998.",
        "Rebels seized $500,000 and 12 trucks.",
        "The market lost 15 percent.",
        "The attack began at 4 p.m. on May 12.",
        "He was arrested more than 12 times.",
        "Flight 207 crashed near the town.",
        "Three ministers met in the capital.",
    ],
)
def test_other_numbers_are_no_figures(parse: Parse, text: str) -> None:
    assert figures(parse, text) == ()


def test_whom_a_figure_counts(parse: Parse) -> None:
    (found,) = figures(parse, "About 350 Kandari militants were killed.")
    assert (found.of, found.start, found.end) == ("Kandari militants", 0, 9)
    assert figures(parse, "At least 12 people died.")[0].of is None


def test_shares_point_to_their_whole(parse: Parse) -> None:
    whole, share = figures(parse, "The blast killed 20 people, including 12 nurses.")
    assert (whole.part_of, share.part_of, share.role) == (None, "20", "killed")
    whole, share = figures(parse, "Rebels kidnapped 30 villagers, 12 of them children.")
    assert (share.low, share.part_of, share.role) == (12, "30", "captured")


def test_a_bound_covers_what_is_coordinated_behind_it(parse: Parse) -> None:
    assert values(parse, "At least 12 soldiers and 3 guards were killed.") == [
        ("killed", 12, None, False),
        ("killed", 3, None, False),
    ]


@pytest.mark.parametrize(
    ("text", "role", "words"),
    [
        ("A man was shot dead in the harbour.", "killed", "A man"),
        ("Gunmen shot and killed a teacher on Monday.", "killed", "a teacher"),
        ("A young woman died in hospital.", "killed", "A young woman"),
        ("Rebels kidnapped a doctor.", "captured", "a doctor"),
    ],
)
def test_single_victims_count_one(parse: Parse, text: str, role: Any, words: str) -> None:
    assert [(f.role, f.low, f.high, f.text) for f in figures(parse, text)] == [(role, 1, 1, words)]


def test_no_victim_where_nothing_is_said_to_have_happened(parse: Parse) -> None:
    assert figures(parse, "The court may jail anyone who tries to kill a judge.") == ()
    assert figures(parse, "A soldier was not killed.") == ()


def test_vague_words_follow_a_table_of_ones_own(parse: Parse, tmp_path: Path) -> None:
    (tmp_path / "quantities.tsv").write_text("kind\twords\tvalue\tbound\nvague\tdozens\t36\n", encoding="utf-8")
    (found,) = figures(parse, "Dozens of villagers were killed.", Config(tables=tmp_path))
    assert (found.low, found.high, found.approx) == (36, None, True)


WORDS = [
    "12",
    "killed",
    "people",
    "at",
    "least",
    "no",
    "one",
    "and",
    "-",
    "dozens",
    "of",
    "hundred",
    "1.5",
    "million",
    ",",
    "wounded",
    "toll",
    "to",
]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from([*WORDS, "\n", "half", "a", "including", "them", "twenty", "%"]), max_size=16).map(
        " ".join
    )
)
def test_figures_point_into_the_text(parse: Parse, text: str) -> None:
    for figure in figures(parse, text):
        assert 0 <= figure.start < figure.end <= len(text)
        assert text[figure.start : figure.end] == figure.text
        assert figure.low is None or figure.high is None or 0 <= figure.low <= figure.high
        assert figure.low is not None or figure.high is not None


@pytest.mark.parametrize(
    "text",
    [
        "Looters burned 40 flags.",
        "Several strings were pulled.",
        "Police seized 3 knapsacks.",
        "The Boeing 727 exploded; it was destroyed.",
    ],
)
def test_things_are_not_people(parse: Parse, text: str) -> None:
    assert figures(parse, text) == ()


def test_bodies_are_of_the_dead_whatever_is_done_with_them(parse: Parse) -> None:
    assert values(parse, "Divers pulled 40 bodies from the river.") == [("killed", 40, 40, False)]
