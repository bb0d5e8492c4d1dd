"""Who did it, to whom, with what, and which figures belong to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

REBELS = {"rebels": ("Northern Front", "organization", "AFG", "AFGREB")}
ARMY = {"The army": ("army", "organization", "SDN", "SDNMIL")}


def by_type(events: Any, kind: str) -> Any:
    return next(e for e in events if e.type == kind)


def names(parties: Any) -> Any:
    return [p.name for p in parties]


def test_active_and_passive_have_the_same_sides(events: Callable[..., Any]) -> None:
    active = by_type(events("The army shelled the village.", ARMY), "ASSAULT")
    passive = by_type(events("The village was shelled by the army."), "ASSAULT")
    assert names(active.actors) == ["army"]
    assert active.actors[0].code == "SDNMIL"
    assert names(active.recipients) == names(passive.recipients) == ["village"]
    assert names(passive.actors) == ["army"]


def test_pronouns_resolve_through_the_actor_or_are_left_out(events: Callable[..., Any]) -> None:
    text = "Ana Reyes returned to the capital. She accused the police of looting."
    known = events(text, {"Ana Reyes": ("Ana Reyes", "person", None, None), "She": ("Ana Reyes", "person", None, None)})
    assert names(by_type(known, "ACCUSE").actors) == ["Ana Reyes"]
    unknown = events("She accused the police of looting.")
    assert by_type(unknown, "ACCUSE").actors == ()


def test_the_accused_does_the_deed(events: Callable[..., Any]) -> None:
    found = events("The governor accused rebels of shelling the harbour.", REBELS)
    assert names(by_type(found, "ACCUSE").recipients) == ["Northern Front"]
    assert names(by_type(found, "ASSAULT").actors) == ["Northern Front"]


def test_nouns_have_sides_too(events: Callable[..., Any]) -> None:
    found = by_type(events("An attack by rebels on the convoy followed.", REBELS), "ASSAULT")
    assert (names(found.actors), names(found.recipients)) == (["Northern Front"], ["convoy"])


def test_the_subject_of_a_light_verb_acts(events: Callable[..., Any]) -> None:
    found = by_type(events("The army launched an offensive against the militia.", ARMY), "ASSAULT")
    assert (names(found.actors), names(found.recipients)) == (["army"], ["militia"])


def test_reciprocal_events_have_parties_on_both_sides(events: Callable[..., Any]) -> None:
    found = by_type(events("The talks between the union and the ministry ended in failure."), "CONSULT")
    assert names(found.actors) == names(found.recipients) == ["union", "ministry"]


def test_a_refusal_reaches_whom_its_act_concerns(events: Callable[..., Any]) -> None:
    found = by_type(events("The generals refused to release the prisoners."), "REJECT")
    assert names(found.recipients) == ["prisoners"]


def test_the_owner_of_a_rejected_plan(events: Callable[..., Any]) -> None:
    found = by_type(
        events("The rebels rejected France's proposal.", None, {"France": ("France", "country", "FRA")}), "REJECT"
    )
    assert [(p.name, p.country, p.kind) for p in found.recipients] == [("France", "FRA", "country")]


def test_coordination_gives_several_parties(events: Callable[..., Any]) -> None:
    found = by_type(events("Soldiers killed a farmer and a teacher."), "ASSAULT")
    assert names(found.recipients) == ["farmer", "teacher"]


def test_a_weapon_is_means_not_actor(events: Callable[..., Any]) -> None:
    found = by_type(events("A car bomb killed the mayor."), "ASSAULT")
    assert found.actors == ()
    assert [m.text.lower() for m in found.means] == ["car bomb"]
    assert found.cameo == "1832"


def test_each_figure_goes_to_the_event_of_its_role(events: Callable[..., Any]) -> None:
    found = events(
        "Nine people were killed and 33 wounded when rebels shelled the market.",
        figures=[("Nine people", "killed", 9), ("33", "injured", 33)],
    )
    assert [(e.trigger.text, [f.low for f in e.figures]) for e in found] == [
        ("killed", [9]),
        ("wounded", [33]),
        ("shelled", []),
    ]


def test_the_toll_carries_the_figure(events: Callable[..., Any]) -> None:
    found = events("The death toll from the flood rose to 46.", figures=[("46", "killed", 46)])
    assert [(e.type, len(e.figures)) for e in found if e.figures] == [("HAZARD", 1)]


def test_evidence_is_the_clause_without_the_attribution(events: Callable[..., Any]) -> None:
    text = "The mayor said that rebels had burned the school."
    found = by_type(events(text), "ASSAULT")
    assert text[found.evidence.start : found.evidence.end] == "that rebels had burned the school"
