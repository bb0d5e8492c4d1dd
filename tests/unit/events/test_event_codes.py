"""CAMEO codes and modes, and the laws that hold for every text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly.events.lexicon import EVENT_TABLES, load_lexicon
from reportedly.knowledge.event_types import event_types
from reportedly.knowledge.load import SHIPPED


def cameo(events: Any, text: str, kind: str) -> Any:
    return next(e.cameo for e in events(text) if e.type == kind)


def test_a_demand_is_coded_by_what_is_demanded(events: Callable[..., Any]) -> None:
    assert cameo(events, "The council demanded that the rebels release the hostages.", "REQUEST") == "1056"
    assert cameo(events, "The council demanded that the rebels release the hostages.", "RETREAT") is None


def test_a_threat_is_coded_by_what_is_threatened(events: Callable[..., Any]) -> None:
    assert cameo(events, "The general threatened to attack the port.", "THREATEN") == "138"


def test_an_act_to_come_and_a_refused_one(events: Callable[..., Any]) -> None:
    assert cameo(events, "The ministers will meet in June.", "CONSULT") == "036"
    assert cameo(events, "The agency will not provide aid to the rebels.", "REJECT") == "122"


def test_what_is_mentioned_in_passing_has_no_code(events: Callable[..., Any]) -> None:
    assert cameo(events, "The mayor resigned after the shelling of the port.", "ASSAULT") is None
    assert cameo(events, "The mayor resigned after the shelling of the port.", "RETREAT") == "0831"


def test_an_attack_and_its_toll_have_one_code(events: Callable[..., Any]) -> None:
    text = "Rebels shelled the port on Friday, killing two fishermen."
    assert [e.cameo for e in events(text) if e.type == "ASSAULT"] == ["190", None]


def test_an_accusation_is_coded_and_not_the_act_in_it(events: Callable[..., Any]) -> None:
    text = "The council condemned the shelling of the port."
    assert cameo(events, text, "ASSAULT") is None


def test_what_somebody_must_do_is_part_of_the_demand(events: Callable[..., Any]) -> None:
    text = "The minister said the rebels must release the hostages."
    assert cameo(events, text, "RETREAT") is None
    assert cameo(events, text, "REQUEST") == "1056"


def test_what_there_is_told_of_and_what_somebody_is_engaged_in(events: Callable[..., Any]) -> None:
    assert cameo(events, "There were ten sailors killed in the port.", "ASSAULT") == "190"
    assert cameo(events, "The troops were engaged in ethnic cleansing.", "ASSAULT") == "203"


def test_an_ambassador_who_is_summoned_is_complained_to(events: Callable[..., Any]) -> None:
    assert cameo(events, "The minister summoned the ambassador to complain about the raid.", "ACCUSE") == "114"


def test_protesters_riot(events: Callable[..., Any]) -> None:
    assert cameo(events, "Protesters torched the town hall.", "PROTEST") == "145"


def test_codes_keep_their_leading_zero(events: Callable[..., Any]) -> None:
    assert cameo(events, "The ministers met in Lima.", "CONSULT") == "040"


def test_every_row_of_the_tables_is_sound() -> None:
    types = {*event_types().names, "-", *(f"HARM:{t}" for t in ("", *event_types().names))}
    for name in EVENT_TABLES:
        for row in SHIPPED.rows(name):
            assert row["type"] in types, row
            assert row["pos"] in "vnapx", row
            assert not row["cameo"] or (row["cameo"].isdigit() and 3 <= len(row["cameo"]) <= 4), row


def test_the_lexicon_is_large_and_every_class_exists() -> None:
    lexicon = load_lexicon(SHIPPED)
    entries = [e for found in lexicon.entries.values() for e in found]
    assert len(entries) > 4000
    known = {c for found in lexicon.classes.values() for c in found}
    assert {c for e in entries for t in e.tests for c in t.classes} <= known


WORDS = st.sampled_from(
    ["the", "rebels", "attacked", ",", ".", "!", "killed", "12", "people", "and", "to", "of", "in", "said",
     "that", "was", "by", "talks", "with", "a", "not", "must", "offensive", "-", "(", ")", "\n", "“", "fire",
     "ceasefire", "dead", "under", "hostages", "arrest", "on", "strike", "X's", "", "  "]
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, max_size=40))
def test_offsets_point_into_the_text(events: Callable[..., Any], words: str) -> None:
    text = " ".join(words)
    for e in events(text):
        assert text[e.trigger.start : e.trigger.end] == e.trigger.text
        assert 0 <= e.evidence.start <= e.trigger.start < e.trigger.end <= e.evidence.end <= len(text)
        for part in (*e.actors, *e.recipients, *e.means):
            assert 0 <= part.start < part.end <= len(text)
        assert all(p.name and p.name.lower() not in ("he", "she", "they", "it") for p in (*e.actors, *e.recipients))
