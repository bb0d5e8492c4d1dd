"""Which claims of one dispatch share an incident."""

from __future__ import annotations

from typing import Any

import pytest
from given import Parse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly.claims.incident_words import incident_words
from reportedly.claims.incidents import local_incidents
from reportedly.knowledge.load import SHIPPED
from reportedly.pipeline import read_doc

PUBLISHED = "2012-05-09"


def told(parse: Parse, text: str, published: str | None = PUBLISHED) -> Any:
    """The triggers of each incident, in text order."""
    doc, dispatch = parse(text, published=published)
    groups: dict[str, list[str]] = {}
    for claim in read_doc(doc, dispatch).claims:
        groups.setdefault(claim.incident or "", []).append(claim.trigger.text)
    return list(groups.values())


def together(parse: Parse, text: str, *triggers: str) -> bool:
    return any(set(triggers) <= set(group) for group in told(parse, text))


@pytest.mark.parametrize(
    ("text", "triggers"),
    [
        ("A bomb exploded at a market on Monday. Nine people were killed in the blast.", ("exploded", "killed")),
        (
            "Rebels attacked a convoy near Gao. Two soldiers were killed and five wounded.",
            ("attacked", "killed", "wounded"),
        ),
        ("Gunmen killed a judge in Lima. Police said the attack had been planned for weeks.", ("killed", "attack")),
        (
            "The army said rebels attacked a village. The rebels denied that they had attacked it.",
            ("attacked", "attacked"),
        ),
        ("Rebels shelled the town. The army, which returned fire, lost two men in the attack.", ("shelled", "attack")),
        ("Ministers met in Cairo on Monday. The talks ended without a deal.", ("met", "talks")),
        # Of one breath are the dead, the wounded and the captured, whoever is counted.
        ("Rebels said that at least 90 soldiers had been killed, wounded or captured.", ("killed", "captured")),
        # A place close to a town is told of as that town; elsewhere there is a Salem that is far from Lima.
        (
            "Guerrillas attacked a post in Lima. Nine men died in fighting near Salem, 12 km east of Lima.",
            ("attacked", "died"),
        ),
        # The hospital that the dying are brought to is not where they were hurt, though a town has its name.
        ("A bomb went off at a market in Lima. Nine people died at Salem hospital.", ("went off", "died")),
        # What is told first turns away from nothing.
        (
            "The army crushed a new offensive near Gao on Monday. The offensive cost nine lives.",
            ("crushed", "offensive"),
        ),
    ],
)
def test_one_happening_told_in_several_words(parse: Parse, text: str, triggers: str) -> None:
    assert together(parse, text, *triggers)


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("Gunmen killed a judge in Lima. Meanwhile, a bomb destroyed a bridge in Cuzco.", "killed", "destroyed"),
        ("Gunmen attacked a post in Lima. Rebels raided a farm in Arequipa.", "attacked", "raided"),
        ("Rebels attacked a post on 3 May 2012. They ambushed a patrol on 7 May 2012.", "attacked", "ambushed"),
        ("Rebels attacked a post. In a separate incident, gunmen shot a judge.", "attacked", "shot"),
        (
            "Rebels raided a depot near Gao on Monday. The minister spoke for an hour. Envoys spoke of a new assault.",
            "raided",
            "assault",
        ),
        (
            "Rebels raided a depot near Gao on Monday. The minister spoke for an hour. Envoys spoke of a renewed assault.",
            "raided",
            "assault",
        ),
        (
            "Guerrillas attacked a post in Lima. Nine men died in fighting near Cuzco, 900 km from Lima.",
            "attacked",
            "died",
        ),
        ("A bomb went off at a market in Lima. Nine people died at Salem.", "went off", "died"),
        ("Rebels attacked a post in Mali. Gunmen raided a farm in Peru.", "attacked", "raided"),
        ("Gunmen kidnapped two engineers. Guerrillas burned a bus.", "kidnapped", "burned"),
        ("Rebels attacked a post. The minister met diplomats.", "attacked", "met"),
        # One attack is not the attacks of months.
        ("Gunmen killed a judge in an attack in Lima. Attacks on judges have become common.", "attack", "Attacks"),
        # Two demands of two are two; what only stands behind another is not told with it.
        ("The union demanded higher wages. The chamber of trade asked parliament to cut taxes.", "demanded", "asked"),
        # Another clash is another, wherever it was.
        (
            "Rebels fought soldiers near Gao on Monday. The army reported another clash with rebels.",
            "fought",
            "clash",
        ),
        # Who meets one and then another holds two meetings; talks on a matter of their own are none told before.
        (
            "The president met Ann Lee on Monday. He will meet Omar Haddad on Tuesday, the ministry said.",
            "met",
            "meet",
        ),
        (
            "The mayor held a meeting with residents on Monday. He said nothing would hinder the talks on the port.",
            "held a meeting",
            "talks",
        ),
        # What is rejected is told in the same breath, and not what stood before.
        (
            "Police arrested a clerk in Gao. The party rejected accusations that it had bribed judges.",
            "arrested",
            "rejected",
        ),
    ],
)
def test_two_happenings(parse: Parse, text: str, first: Any, second: Any) -> None:
    groups = told(parse, text)
    assert any(first in g for g in groups)
    assert any(second in g for g in groups)
    assert not any({first, second} <= set(g) for g in groups)


def test_violence_at_large_is_no_part_of_an_attack(parse: Parse) -> None:
    groups = told(parse, "Gunmen killed a judge in Lima on Monday. The president said terrorism must end.")
    assert ["killed"] in groups


def test_what_is_only_planned_is_apart_from_what_was_done(parse: Parse) -> None:
    groups = told(parse, "Rebels attacked a post on Monday. They threatened to attack more posts.")
    assert not any(g.count("attacked") and g.count("attack") for g in groups)


def test_days_decide_over_nearness(parse: Parse) -> None:
    text = "Rebels attacked a post on Monday. Gunmen ambushed a patrol on Tuesday. Two soldiers died in the attack on Monday."
    groups = told(parse, text)
    assert any({"attacked", "died", "attack"} <= set(g) for g in groups)
    assert not any({"ambushed", "attack"} <= set(g) for g in groups)


def test_names_are_stable_and_belong_to_the_first_claim(parse: Parse) -> None:
    doc, dispatch = parse("A bomb exploded at a market. The blast killed nine people.", published=PUBLISHED)
    claims = read_doc(doc, dispatch).claims
    assert local_incidents(claims, dispatch, doc).claims == claims
    assert len({c.incident for c in claims}) < len(claims)


def test_tables_name_only_what_the_code_asks_for() -> None:
    words = incident_words(SHIPPED)
    assert "another" in words.another
    assert "earlier" in words.other
    assert "terrorism" in words.always_general
    assert words.families["COERCE", "seize"][0] == words.families["ASSAULT", ""][0]
    assert not (words.other | words.another) & words.same


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(
            [
                "Rebels attacked a post in Mali.",
                "Meanwhile, two men were killed.",
                "A second bomb exploded.",
                "Violence goes on.",
                "Ministers will meet.",
            ]
        ),
        max_size=6,
    )
)
def test_every_claim_has_one_incident_of_its_own_family(parse: Parse, sentences: Any) -> None:
    doc, dispatch = parse(" ".join(sentences), published=PUBLISHED)
    claims = read_doc(doc, dispatch).claims
    assert all(c.incident for c in claims)
    families = incident_words(SHIPPED).families
    for a in claims:
        for b in claims:
            if a.incident == b.incident:
                assert families.get((a.type, ""), (a.type,))[0] == families.get((b.type, ""), (b.type,))[0]
