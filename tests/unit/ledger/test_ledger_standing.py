"""Standing: what two or more voices make of one incident, and the reason in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from in_memory import merged
from readings import Said, person, reading

from reportedly.incidents.figures import conflict, first_conflict
from reportedly.incidents.merge import body_of
from reportedly.incidents.names import country_of, is_acronym, telling_words
from reportedly.incidents.sides import one_side
from reportedly.knowledge.load import SHIPPED
from reportedly.ledger import Ledger
from reportedly.model import Actor, Analysis, Evidence, Figure, Incident, IncidentFigure

Book = Callable[..., Ledger]

RAID = "Shells fell on the market of Kasra on Tuesday and killed {} people, {} said."
PLACE: Said = {"place": ("Kasra", "SYR"), "day": "2024-03-05", "recipients": ["shoppers"]}


def raid(id: str, who: str, dead: int | str, published: str = "2024-03-05", **more: Any) -> Analysis:  # noqa: A002
    text = RAID.format(dead, who)
    said = PLACE | {"source": who, "killed": (dead, dead) if isinstance(dead, int) else (None, None)}
    return reading(
        id, text, published, ("fell", said | {"killed": (None, None)}), ("killed", said | more), agency=f"Agency {id}"
    )


def only(*readings: Analysis) -> Incident:
    (incident,) = merged(*readings)
    return incident


def test_one_source_in_many_agencies_is_one_source() -> None:
    incident = only(raid("a", "the governor", 4), raid("b", "the governor", 4))
    assert incident.standing == "single source"
    assert incident.reason == "only the governor tells it"
    assert set(incident.dispatches) == {"a", "b"}


def test_two_bodies_that_agree_corroborate() -> None:
    incident = only(raid("a", "the Kasra hospital", 4), raid("b", "the Red Crescent", 4))
    assert incident.standing == "corroborated"
    assert incident.reason == "the Kasra hospital and the Red Crescent tell it independently of each other"
    assert {s.name: s.independent_of for s in incident.sources} == {
        "the Kasra hospital": ("the Red Crescent",),
        "the Red Crescent": ("the Kasra hospital",),
    }


def test_figures_of_one_day_that_cannot_both_hold_contest() -> None:
    incident = only(raid("a", "the Kasra hospital", 4), raid("b", "the Red Crescent", 40))
    assert incident.standing == "contested"
    assert incident.reason == "the Kasra hospital says 4 killed, the Red Crescent 40"


def test_a_later_figure_of_the_same_source_replaces_the_earlier() -> None:
    incident = only(raid("a", "the Kasra hospital", 4), raid("b", "the Kasra hospital", 9, "2024-03-06"))
    assert incident.standing == "single source"
    assert [(f.low, f.as_of) for f in incident.figures] == [(9, "2024-03-06")]
    assert [(f.low, f.as_of) for f in incident.earlier] == [(4, "2024-03-05")]


def test_a_denial_contests() -> None:
    denial = reading(
        "b",
        "The army denied that its shells fell on the market of Kasra on Tuesday.",
        "2024-03-05",
        ("fell", PLACE | {"source": "the army", "factuality": "CT-"}),
    )
    incident = only(raid("a", "the Kasra hospital", 4), denial)
    assert incident.standing == "contested"
    assert incident.reason == "the army denies what the Kasra hospital says"


def test_who_turns_down_what_is_said_of_an_attack_denies_it() -> None:
    text = RAID.format(4, "the Kasra hospital") + " The army rejected this."
    said = PLACE | {"source": "the Kasra hospital"}
    rejected = {"type": "REJECT", "actors": ["the army"]}
    incident = only(reading("a", text, "2024-03-05", ("fell", said), ("rejected", rejected)))
    assert incident.standing == "contested"
    assert incident.reason == "the army denies what the Kasra hospital says"


def test_what_only_a_denial_tells_is_denied() -> None:
    said = PLACE | {"source": "the army", "factuality": "CT-"}
    assert (
        only(reading("b", "The army denied that its shells fell on Kasra.", "2024-03-05", ("fell", said))).standing
        == "denied"
    )


def test_a_verbatim_copy_adds_no_voice() -> None:
    story = (
        "Shells fell on the market of Kasra on Tuesday, as traders were about to close their stalls for the evening."
    )
    first = reading("a", story, "2024-03-05", ("fell", dict(PLACE)), agency="Lodestar")
    copy = reading("b", story, "2024-03-05", ("fell", dict(PLACE)), agency="Beacon")
    incident = only(first, copy)
    assert incident.standing == "single source"
    assert incident.reason == "only Lodestar tells it"


def test_a_spokesman_is_the_voice_of_his_body() -> None:
    spoken = reading(
        "b",
        RAID.format(4, "Omar Haddad"),
        "2024-03-05",
        ("fell", PLACE | {"source": "Omar Haddad", "kind": "named"}),
        roles={"Omar Haddad": "spokesman for the Kasra hospital"},
    )
    incident = only(raid("a", "the Kasra hospital", 4), spoken)
    assert incident.standing == "single source"
    assert [s.names for s in incident.sources] == [("Omar Haddad", "the Kasra hospital")]


def test_people_can_say_who_is_who(ledger: Book) -> None:
    with ledger(raid("a", "the Kasra hospital", 4), raid("b", "the Red Crescent", 4)) as news:
        news.judge("the Kasra hospital", "same", "the Red Crescent")
        (incident,) = news.incidents()
    assert incident.standing == "single source"


FRONT: Said = {"place": ("Zarbul", None), "day": "2024-05-02"}


def test_two_sides_that_tell_of_each_others_losses_do_not_corroborate() -> None:
    text = (
        "Jordan said its troops crushed a Syrian attack at Zarbul. Damascus said it killed 90 Jordanian soldiers there."
    )
    ours = FRONT | {"source": "Jordan", "recipients": ["Syrian brigade"]}
    theirs = FRONT | {"source": "Damascus", "recipients": ["Jordanian soldiers"], "killed": (90, 90)}
    incident = only(reading("a", text, "2024-05-02", ("crushed", ours), ("killed", theirs)))
    assert incident.standing == "contested"
    assert incident.reason == "Damascus and Jordan each tell of the other side's losses"


def test_who_agrees_on_the_losses_of_one_side_corroborates() -> None:
    text = "Jordan said 90 Syrian soldiers were killed at Zarbul. Lebanon said 90 Syrians died in the attack."
    one = FRONT | {"source": "Jordan", "recipients": ["Syrian soldiers"], "killed": (90, 90)}
    other = FRONT | {"source": "Lebanon", "recipients": ["Syrians"], "killed": (90, 90)}
    assert only(reading("a", text, "2024-05-02", ("killed", one), ("died", other))).standing == "corroborated"


def test_figures_of_one_side_under_two_names_contest() -> None:
    text = "Lebanon said 90 Syrian soldiers were killed at Zarbul. Iraq said 20 Syrians died."
    one = FRONT | {"source": "Lebanon", "killed": (90, 90), "of": "Syrian soldiers"}
    other = FRONT | {"source": "Iraq", "killed": (20, 20), "of": "Syrians"}
    incident = only(reading("a", text, "2024-05-02", ("killed", one), ("died", other)))
    assert incident.standing == "contested"
    assert incident.reason in ("Iraq says 20 killed, Lebanon 90", "Lebanon says 90 killed, Iraq 20")


def test_losses_of_two_sides_do_not_contradict_each_other() -> None:
    assert one_side("Syrian soldiers", "Syrians", SHIPPED)
    assert one_side(None, None, SHIPPED)
    assert not one_side("Syrian soldiers", "Jordanians", SHIPPED)
    assert not one_side("Syrians", None, SHIPPED)
    assert country_of("Damascus radio", SHIPPED) == "SYR"


def test_what_a_dispatch_counts_in_passing_is_part_of_the_toll() -> None:
    text = "The Kasra hospital put the toll at 108, and said 40 bodies were found in the river."
    said = PLACE | {"source": "the Kasra hospital"}
    found = ("bodies", said | {"killed": (40, 40)})
    assert [
        (f.low, f.source)
        for f in only(reading("a", text, "2024-03-05", ("toll", said | {"killed": (108, 108)}), found)).figures
    ] == [(108, "the Kasra hospital")]


def test_a_figure_that_is_taken_back_gives_way_to_the_lower_one() -> None:
    text = "The ministry said 368 were rescued, withdrew that figure and said 164 were safe."
    said = {"source": "the ministry of Kasra", "type": "AID", "day": "2024-03-05"}
    back = ("withdrew", {"type": "REJECT", "recipients": ["that figure"], "actors": ["ministry"], "incident": "i2"})
    first, second = said | {"rescued": (368, 368)}, said | {"rescued": (164, 164)}
    incident = only(reading("a", text, "2024-03-05", ("rescued", first), back, ("safe", second)))
    assert [f.low for f in incident.figures] == [164]
    assert [f.low for f in incident.earlier] == [368]


def test_one_who_is_named_is_no_toll() -> None:
    text = "Police seized Amal Khoury and killed a woman at Kasra; two were killed, said the hospital of Kasra."
    named = PLACE | {"source": "the Kasra hospital", "captured": (1, 1), "counted": "Amal Khoury"}
    single = PLACE | {"source": "a porter", "kind": "anonymous", "killed": (1, 1), "counted": "a woman"}
    two = PLACE | {"source": "the Kasra hospital", "killed": (2, 2)}
    told = (("seized", named), ("killed", single), ("were killed", two))
    assert [(f.role, f.low) for f in only(reading("a", text, "2024-03-05", *told)).figures] == [("killed", 2)]


def test_what_was_not_done_yet_denies_no_other_act() -> None:
    text = "Police questioned the captain of the Maris on Tuesday. The prosecutor had not sought a warrant."
    asked = {"type": "COERCE", "mode": "arrest", "source": "police of Kasra", "recipients": ["captain"]}
    not_yet = asked | {"source": "the Kasra prosecutor", "factuality": "CT-"}
    assert (
        only(reading("a", text, "2024-03-05", ("questioned", asked), ("sought", not_yet | {"recipients": []}))).standing
        == "single source"
    )
    assert only(reading("b", text, "2024-03-05", ("questioned", asked), ("sought", not_yet))).standing == "contested"


def test_a_state_and_its_agency_are_no_two_witnesses() -> None:
    one, other = raid("a", "Syria", 4), raid("b", "the official Syrian news agency", 4)
    assert only(one, other).standing == "single source"


@pytest.mark.parametrize(
    ("short", "long", "same"),
    [
        ("SNA", "the official Syrian news agency", True),
        ("RSF", "Rapid Support Forces", True),
        ("ICRC", "International Committee of the Red Cross", True),
        ("UN", "United Nations", False),
        ("Rsf", "Rapid Support Forces", False),
        ("RSF", "Rapid Action Forces", False),
    ],
)
def test_names_of_initials(short: str, long: str, same: bool) -> None:  # noqa: FBT001
    assert is_acronym(short, long, SHIPPED) is same


def test_the_silent_are_listed() -> None:
    text = RAID.format(4, "the governor") + " The army did not answer calls."
    said = PLACE | {"source": "the governor"}
    assert only(reading("a", text, "2024-03-05", ("fell", said), silent=("army",))).silent == ("army",)


def figure(
    low: int | None, high: int | None, day: str = "2024-03-05", role: str = "killed", *, approx: bool = False
) -> IncidentFigure:
    return IncidentFigure(role, None, "x", low, high, approx, day, "c", "d")


@pytest.mark.parametrize(
    ("a", "b", "clash"),
    [
        (figure(4, 4), figure(4, 4), False),
        (figure(4, 4), figure(5, 5), True),
        (figure(30, None), figure(35, 35), False),
        (figure(30, None), figure(None, 20), True),
        (figure(350, 350, approx=True), figure(360, 360), False),
        (figure(4, 4), figure(9, 9, "2024-03-06"), False),
        (figure(108, 108), figure(None, 46, "2024-03-06"), True),
        (figure(20, 20, role="missing"), figure(5, 5, "2024-03-06", role="missing"), False),
    ],
)
def test_which_figures_cannot_both_hold(a: IncidentFigure, b: IncidentFigure, clash: bool) -> None:  # noqa: FBT001
    assert conflict(a, b, SHIPPED) is clash
    assert conflict(b, a, SHIPPED) is clash


@pytest.mark.parametrize(
    ("role", "body"),
    [
        ("spokesman for the health ministry", "health ministry"),
        ("army spokeswoman", "army"),
        ("police chief of Springfield", "Springfield police"),
        ("president", None),
        (None, None),
    ],
)
def test_for_whom_an_office_speaks(role: str | None, body: str | None) -> None:
    assert body_of(role, SHIPPED) == body


def test_names_are_compared_by_their_telling_words() -> None:
    assert telling_words("The doctors’ committee, which is close to the opposition", SHIPPED) == {"doctor", "committee"}
    assert telling_words("the country's own doctors loyal to the king", SHIPPED) == {"doctor"}


def test_who_accuses_in_the_words_of_a_dispatch_is_the_voice_that_speaks() -> None:
    """A spokesman who accuses, and who gives the toll, is the body that he speaks for, and one witness."""
    text = "Spokesman Omar Haddad accused the Red Dawn of the raid on Kasra. Haddad said nine guards died."
    accused = {"type": "ACCUSE", "actors": [person("Omar Haddad")], "recipients": ["Red Dawn"]}
    died = {"source": "Omar Haddad", "kind": "named", "killed": (9, 9)}
    told = reading(
        "a", text, "2021-06-07", ("accused", accused), ("died", died), roles={"Omar Haddad": "spokesman for the army"}
    )
    (incident,) = merged(told)
    assert [(s.name, s.kind, s.names, len(s.claims)) for s in incident.sources] == [
        ("army", "named", ("Omar Haddad",), 2)
    ]
    assert incident.standing == "single source"


def test_the_holder_of_an_office_and_the_office_are_one() -> None:
    told = raid("a", "the minister of defence", 4)
    also = raid("b", "Omar Haddad", 4, kind="named")
    office = Actor("a0", "Omar Haddad", "person", "minister of defence", None, None, ())
    also = msgspec.structs.replace(also, actors=(office,))
    assert only(told, also).standing == "single source"


@pytest.mark.parametrize(
    ("one", "other", "alone"),
    [
        # The organs of one state speak for it.
        ("Syria's government", "the Syrian army", True),
        ("Syria", "Syria's defence ministry", True),
        # Of two "sources" nobody knows whether they are two.
        ("a source", "sources", True),
        ("the widow of Major Haddad", "Mrs Haddad", True),
        # A hospital and an aid society answer each for itself.
        ("the Kasra hospital", "the Red Crescent", False),
    ],
)
def test_who_is_no_second_voice(one: str, other: str, alone: bool) -> None:  # noqa: FBT001
    kinds = {"kind": "named"} if other.startswith("Mrs") else {}
    assert (only(raid("a", one, 4), raid("b", other, 4, **kinds)).standing == "single source") is alone


def test_who_is_quoted_by_the_other_is_no_second_voice() -> None:
    second = raid("b", "a surgeon", 4)
    through = [msgspec.structs.replace(c, chain=("Agency b", "the Kasra hospital", "a surgeon")) for c in second.claims]
    assert (
        only(raid("a", "the Kasra hospital", 4), msgspec.structs.replace(second, claims=tuple(through))).standing
        == "single source"
    )


def test_two_who_speak_of_an_attack_each_in_general_do_not_corroborate() -> None:
    """They share the word, but no day, place, number or name."""
    text = "The attack was told of by the Kasra hospital. An attack was told of by the Red Crescent."
    said = {"kind": "organization", "incident": "i1"}
    told = reading(
        "a",
        text,
        "2024-03-05",
        ("The attack", said | {"source": "the Kasra hospital"}),
        ("An attack", said | {"source": "the Red Crescent"}),
    )
    incident = only(told)
    assert incident.standing == "single source"
    assert "each tell a part of it" in incident.reason


def test_a_total_over_years_is_nobodys_to_corroborate() -> None:
    text = "The war has killed {} people since 2011, {} said."
    told = [
        reading(
            key,
            text.format(n, who),
            "2024-03-05",
            (f"killed {n} people since 2011", {"source": who, "killed": (n, n), "place": PLACE["place"]}),
        )
        for key, who, n in (("a", "the Red Crescent", 7000), ("b", "the Kasra hospital", 9000))
    ]
    assert {(i.kind, i.standing) for i in merged(*told)} == {("campaign", "single source")}


def test_numbers_of_others_do_not_contest() -> None:
    counted = [_number("A", 9, "c-1"), _number("B", 4, "c-2")]
    whose = {"c-1": frozenset({"policemen"}), "c-2": frozenset({"villagers"})}
    assert first_conflict(counted, SHIPPED) is not None
    assert first_conflict(counted, SHIPPED, whose) is None


def test_a_publisher_contradicts_nobody_whom_it_quotes_beside() -> None:
    counted = [_number("A", 9, "c-1"), _number("Agency", 1, "c-2")]
    assert first_conflict(counted, SHIPPED, apart=lambda _a, b: b.source != "Agency") is None


def test_numbers_of_quite_another_size_count_something_else() -> None:
    assert first_conflict([_number("A", 24, "c-1"), _number("B", 11_000, "c-2")], SHIPPED) is None


def _number(source: str, n: int, claim: str) -> IncidentFigure:
    return IncidentFigure("killed", None, source, n, n, approx=False, as_of="2024-03-05", claim=claim, dispatch="a")


def test_who_is_not_counted_is_no_rival_of_a_count() -> None:
    told = raid("a", "the Kasra hospital", 4)
    assert "killed" not in {
        q
        for q, asked in only(told, raid("b", "the Red Crescent", 1, counted="Lee")).questions.items()
        if asked.standing == "contested"
    }


@pytest.mark.parametrize("who", ["medics", "the county commissioner", "local authorities", "a rescue official"])
def test_who_holds_one_office_is_one_voice_of_a_story(who: str) -> None:
    later = raid("b", who, 9, "2024-03-06")
    incident = only(raid("a", who, 4, kind="anonymous"), later)
    assert incident.standing == "single source"
    assert [(f.low, f.high) for f in incident.figures] == [(9, 9)]
    assert [f.low for f in incident.earlier] == [4]


@pytest.mark.parametrize(("one", "other"), [("witnesses", "residents"), ("doctors", "medics")])
def test_people_who_are_only_described_alike_are_not_independent(one: str, other: str) -> None:
    assert only(raid("a", one, 4), raid("b", other, 4)).standing == "single source"


def test_who_condemns_an_attack_does_not_report_it() -> None:
    text = "The Red Crescent condemned the bombing of the market of Kasra on Tuesday."
    told = reading("b", text, "2024-03-05", ("bombing", PLACE | {"source": "The Red Crescent"}), agency="Agency b")
    (incident,) = (i for i in merged(raid("a", "the Kasra hospital", 4), told) if "a" in i.dispatches)
    assert incident.standing == "single source"


@pytest.mark.parametrize(
    "text",
    [
        "The army said there was no evidence that shells fell on the market of Kasra on Tuesday.",
        "The army said no shells fell on the market of Kasra on Tuesday so far.",
        "The army said on Tuesday that its guns could not reach far enough that shells fell on the market of Kasra.",
    ],
)
def test_what_did_not_come_about_or_is_not_shown_denies_nothing(text: str) -> None:
    denial = reading("b", text, "2024-03-05", ("fell", PLACE | {"source": "the army", "factuality": "CT-"}))
    whole = msgspec.structs.replace(denial.claims[0], evidence=Evidence(text.index("shells"), len(text) - 1))
    told = msgspec.structs.replace(denial, claims=(whole,))
    assert "contested" not in {i.standing for i in merged(raid("a", "the Kasra hospital", 4), told)}


def test_who_tells_what_happened_instead_denies_it_still() -> None:
    told = "The Kasra hospital said a drone bombed the market of Kasra on Tuesday."
    text = (
        "The army said nobody bombed the market of Kasra on Tuesday. It said the bombing was made up: a stove exploded."
    )
    army = PLACE | {"source": "the army"}
    denial = reading(
        "b", text, "2024-03-05", ("bombed", army | {"factuality": "CT-"}), ("bombing", army), ("exploded", army)
    )
    assert (
        only(reading("a", told, "2024-03-05", ("bombed", PLACE | {"source": "the Kasra hospital"})), denial).reason
        == "the army denies what the Kasra hospital says"
    )


def test_who_is_quoted_by_an_agency_does_not_confirm_it() -> None:
    quoted = raid("b", "the Red Crescent", 4)
    carried = msgspec.structs.replace(
        quoted, claims=tuple(msgspec.structs.replace(c, to="Kasra Press") for c in quoted.claims)
    )
    assert only(raid("a", "Kasra Press", 4), carried).standing == "single source"


@pytest.mark.parametrize("words", ["4 of the", "4 other", "4 more"])
def test_a_number_of_some_is_no_rival_of_the_toll(words: str) -> None:
    text = RAID.format(words, "the Red Crescent")
    some = reading("b", text, "2024-03-05", ("killed", PLACE | {"source": "the Red Crescent", "killed": (4, 4)}))
    at = text.index("4")
    counted = (Figure("killed", 4, 4, approx=False, text="4", start=at, end=at + 1, of=None),)
    part = msgspec.structs.replace(some, claims=(msgspec.structs.replace(some.claims[0], figures=counted),))
    assert only(raid("a", "the Kasra hospital", 40), part).standing != "contested"


def test_a_wave_of_attacks_is_no_witness_of_one() -> None:
    text = "The governor said the market of Kasra had seen attacks."
    told = reading("b", text, "2024-03-05", ("attacks", {"source": "the governor", "place": PLACE["place"]}))
    attack = reading(
        "a",
        "The Kasra hospital said an attack on the market of Kasra on Tuesday left the stalls in ruins.",
        "2024-03-05",
        ("attack", PLACE | {"source": "the Kasra hospital"}),
    )
    assert "corroborated" not in {i.standing for i in merged(attack, told)}
