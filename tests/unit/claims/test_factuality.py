"""Certainty of triggers: one short sentence per rule."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from given import Parse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly.claims.factuality import assess
from reportedly.config import DEFAULT


def assessed(parse: Parse, text: str, trigger: str, cue: Any = None) -> Any:
    doc, _ = parse(text)
    token = next(t for t in doc if t.text == trigger)
    limit = next((t for t in doc if t.text == cue), None) if cue else None
    return assess(token, DEFAULT, limit)


@pytest.mark.parametrize(
    ("text", "trigger", "value"),
    [
        ("The rebels attacked the town.", "attacked", "CT+"),
        ("The rebels did not attack the town.", "attack", "CT-"),
        ("The army did not attack or shell the town.", "shell", "CT-"),
        ("The guards neither fired nor fled.", "fled", "CT-"),
        ("The guards not only fired but wounded a boy.", "fired", "CT+"),
        ("No soldiers were killed.", "killed", "CT-"),
        ("Nobody was hurt in the blast.", "hurt", "CT-"),
        ("Nobody was hurt in the blast.", "blast", "CT+"),
        ("No injuries were reported.", "injuries", "CT-"),
        ("There was no attack on the base.", "attack", "CT-"),
        ("It was not an attack on the town.", "attack", "CT-"),
        ("The army withdrew without firing a shot.", "firing", "CT-"),
        ("The ship nearly sank.", "sank", "CT-"),
        ("Two boys could have drowned.", "drowned", "U"),
        ("The rebels probably fled.", "fled", "PR+"),
        ("Police were reportedly killed in the raid.", "killed", "PR+"),
        ("The suspected attack killed three.", "attack", "PS+"),
        ("It is unlikely that the rebels attacked.", "attacked", "PS-"),
        ("The rebels are believed to have killed two guards.", "killed", "PR+"),
    ],
)
def test_words_of_the_clause_itself(parse: Parse, text: str, trigger: str, value: object) -> None:
    assert assessed(parse, text, trigger).factuality == value


@pytest.mark.parametrize(
    ("text", "trigger", "value"),
    [
        ("The troops managed to seize the town.", "seize", "CT+"),
        ("The rebels failed to seize the town.", "seize", "CT-"),
        ("The rebels tried to seize the town.", "seize", "U"),
        ("He refused to resign.", "resign", "CT-"),
        ("He was forced to resign.", "resign", "CT+"),
        ("He has yet to comment on the killing.", "comment", "CT-"),
        ("He has yet to comment on the killing.", "killing", "CT+"),
        ("Officers prevented an attack on the embassy.", "attack", "CT-"),
        ("Soldiers prevented the crowd from storming the hall.", "storming", "CT-"),
        ("The offensive was called off.", "offensive", "CT-"),
        ("The talks were cancelled.", "talks", "CT-"),
        ("The army halted its offensive.", "offensive", "CT+"),
        ("The president condemned the attack.", "attack", "CT+"),
        ("He did not say how many fighters were killed.", "killed", "CT+"),
        ("The ministry could not confirm that two pilots had died.", "died", "U"),
        ("The rebels left before the army attacked.", "attacked", "CT+"),
        ("The army has no plans to withdraw.", "withdraw", "CT-"),
        ("Witnesses accused soldiers of killing a monk.", "killing", "PS+"),
        ("The minister rejected the accusation that soldiers shot a boy.", "shot", "PS-"),
    ],
)
def test_governing_words(parse: Parse, text: str, trigger: str, value: object) -> None:
    assert assessed(parse, text, trigger).factuality == value


@pytest.mark.parametrize(
    ("text", "trigger", "cue", "value"),
    [
        ("The minister said the rebels attacked the town.", "attacked", "said", "CT+"),
        ("The minister said the army may have shelled the town.", "shelled", "said", "PS+"),
        ("The minister said the leader is not dead.", "dead", "said", "CT-"),
        ("The army denied that its troops shelled the market.", "shelled", "denied", "CT-"),
        ("The army denied shelling the market.", "shelling", "denied", "CT-"),
        ("The army denied any involvement in the attack.", "involvement", "denied", "CT-"),
        ("The envoy did not rule out that troops were sent.", "sent", "rule", "U"),
        ("He suspected that the guards fled.", "fled", "suspected", "PS+"),
        ("Reporters asked whether the army had fired.", "fired", "asked", "U"),
        ("Witnesses accused soldiers of killing a monk.", "killing", "accused", "CT+"),
        ("The ministry confirmed that two pilots had died.", "died", "confirmed", "CT+"),
    ],
)
def test_in_the_mouth_of_the_source(parse: Parse, text: str, trigger: str, cue: Any, value: object) -> None:
    assert assessed(parse, text, trigger, cue).factuality == value


@pytest.mark.parametrize(
    ("text", "trigger", "cue", "modality"),
    [
        ("The mayor urged the rebels to release the hostages.", "release", "urged", "requested"),
        ("The union called for a strike.", "strike", None, "requested"),
        ("They demanded the release of the captives.", "release", None, "requested"),
        ("The general threatened to bomb the capital.", "bomb", "threatened", "threatened"),
        ("The threat of an attack closed the port.", "attack", None, "threatened"),
        ("The group plans to march on the palace.", "march", None, "planned"),
        ("The group will march on Sunday.", "march", None, "planned"),
        ("They are due to meet on Friday.", "meet", None, "planned"),
        ("The talks are scheduled for Monday.", "talks", None, "planned"),
        ("The police broke up a planned demonstration.", "demonstration", None, "planned"),
        ("EU to send aid to the region", "send", None, "planned"),
        ("Rebels say they will retaliate unless the army withdraws.", "withdraws", "say", "conditional"),
    ],
)
def test_open_events_have_a_modality(parse: Parse, text: str, trigger: str, cue: Any, modality: Any) -> None:
    found = assessed(parse, text, trigger, cue)
    assert (found.factuality, found.modality) == ("U", modality)


def test_what_goes_on_is_ongoing(parse: Parse) -> None:
    assert assessed(parse, "The army is shelling the town.", "shelling").modality == "ongoing"
    assert assessed(parse, "The army was shelling the town.", "shelling").modality is None


def test_a_question_says_nothing(parse: Parse) -> None:
    assert assessed(parse, "Did the army fire on the crowd?", "fire").factuality == "U"


def test_steps_name_the_words_from_the_outside_in(parse: Parse) -> None:
    found = assessed(parse, "The rebels may have failed to seize the town.", "seize")
    assert found.factuality == "PS-"
    assert [(s.name, s.effect) for s in found.steps] == [("may", "PS+"), ("fail", "turned")]
    assert all(s.word is not None and s.row.startswith("factuality.tsv:") for s in found.steps)


def test_a_table_of_ones_own_adds_words(parse: Parse, tmp_path: Path) -> None:
    (tmp_path / "factuality.tsv").write_text(
        "kind\twords\tframes\tplus\ngovernor\tdisdain\tto\tCT-\n", encoding="utf-8"
    )
    doc, _ = parse("He disdained to answer the court.")
    answer = next(t for t in doc if t.text == "answer")
    from reportedly.config import Config

    assert assess(answer, Config(tables=tmp_path)).factuality == "CT-"
    assert assess(answer, DEFAULT).factuality != "CT-"


WORDS = [
    "police",
    "killed",
    "not",
    "if",
    "denied",
    "that",
    "to",
    "attack",
    "no",
    ",",
    "will",
    "and",
    "the",
    "?",
    "\n",
    "said",
    "without",
]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(" ".join))
def test_every_token_of_any_text_has_a_value(parse: Parse, text: str) -> None:
    doc, _ = parse(text)
    for token in doc:
        found = assess(token, DEFAULT)
        assert -3 <= found.score <= 3
        assert found.modality in (None, "ongoing", "conditional") or found.factuality == "U"


def test_a_toll_is_as_sure_as_its_verb(parse: Parse) -> None:
    assert assessed(parse, "The ministry denied that the toll had reached 100.", "toll", "denied").factuality == "CT-"


def test_what_somebody_escapes_did_happen(parse: Parse) -> None:
    assert assessed(parse, "The governor escaped an attack on his convoy.", "attack").factuality == "CT+"


def test_the_table_holds_only_values_that_the_code_knows() -> None:
    from reportedly.knowledge.load import SHIPPED

    effects = {"=", "!", "fact", "CT+", "PR+", "PS+", "U", "PS-", "PR-", "CT-"}
    for row in SHIPPED.rows("factuality"):
        if row["kind"] in ("negator", "rank"):
            continue
        assert row["plus"] in effects or (not row["plus"] and row["own"] == "="), row
        assert row["minus"] in effects | {""}, row
        assert row["modality"] in ("", "planned", "requested", "threatened", "conditional"), row
        assert row["own"] in effects | {""}, row


def test_a_source_that_hides_its_name_asks_nothing_of_the_event(parse: Parse) -> None:
    text = "According to a source who asked not to be named, at least five of their trucks were destroyed."
    assert assessed(parse, text, "destroyed", "According").factuality == "CT+"
