"""Explanations: each value of a claim with the rule and the words that gave it, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from typer import Exit

from reportedly.cli.code import run as code
from reportedly.cli.explain import run
from reportedly.config import DEFAULT
from reportedly.errors import ConfigError
from reportedly.explain import FIELDS, Explanation, explain_dispatches
from reportedly.export.records import json_schema, to_json_line, to_record, with_reasons
from reportedly.ingest import headers
from reportedly.ingest.options import ReadOptions
from reportedly.ledger import open_ledger
from reportedly.model import Analysis, Dispatch, Reason

TEXT = (
    "LOME, May 17 (Sample) - The commander Kofi Mensah told reporters on Thursday that about 30 militants had been "
    "killed near Kara. He denied that his troops had shelled the town with mortars.\n\n"
    "Police arrested dozens of protesters in Sokode on Monday. The government plans to hold talks with the miners, "
    "a spokesman said."
)


@pytest.fixture(scope="module")
def read() -> tuple[Analysis, tuple[Explanation, ...]]:
    dispatch = headers.annotate(Dispatch(id="d-1", text=TEXT, published="2024-05-17"))
    return next(explain_dispatches([dispatch]))


def reasons(explanations: tuple[Explanation, ...], trigger: str, field: str) -> list[Reason]:
    told = next(e for e in explanations if e.claim.trigger.text == trigger)
    return [r for r in told.explain if r.field == field]


def quoted(reason: Reason) -> list[str]:
    return [w.text for w in reason.words]


def test_the_type_names_its_row_and_condition(read: tuple[Analysis, tuple[Explanation, ...]]) -> None:
    (reason,) = reasons(read[1], "arrested", "type")
    assert reason.value == "COERCE"
    assert reason.rule.startswith("events_verbs.tsv:")
    assert '"arrested" names COERCE' in reason.rule
    assert quoted(reason) == ["arrested"]


def test_rows_are_those_of_the_file(read: tuple[Analysis, tuple[Explanation, ...]]) -> None:
    """The line that is named holds the word."""
    import reportedly.knowledge.load as tables

    (reason,) = reasons(read[1], "arrested", "type")
    line = int(reason.rule.split(":")[1])
    row = next(n.row for n in tables.SHIPPED.numbered("events_verbs") if n.line == line)
    assert "arrest" in row["trigger"]


def test_a_passive_subject_is_the_object(read: tuple[Analysis, tuple[Explanation, ...]]) -> None:
    slot, code = reasons(read[1], "killed", "recipients")
    assert slot.rule == "its object (of a passive: its subject)"
    assert "about 30 militants" in quoted(slot)
    assert "roles.tsv:" in code.rule
    assert "code REB" in code.rule


def test_a_pronoun_source_is_resolved_through_a_name(read: tuple[Analysis, tuple[Explanation, ...]]) -> None:
    cue, name, through = reasons(read[1], "shelled", "source")
    assert 'cue "denied"' in cue.rule
    assert quoted(cue) == ["denied", "He"]
    assert name.value == "Kofi Mensah"
    assert quoted(name)[0] == "He"
    assert quoted(name)[1].endswith("Kofi Mensah")
    assert "Sample" in through.rule


def test_a_denial_is_the_step_that_turns_it(read: tuple[Analysis, tuple[Explanation, ...]]) -> None:
    (step,) = reasons(read[1], "shelled", "factuality")
    assert step.value == "CT-"
    assert step.rule.startswith("factuality.tsv:")
    assert quoted(step) == ["denied"]


def test_a_plan_gives_factuality_and_modality(read: tuple[Analysis, tuple[Explanation, ...]]) -> None:
    (step,) = reasons(read[1], "hold talks", "factuality")
    (modality,) = reasons(read[1], "hold talks", "modality")
    assert (step.value, modality.value) == ("U", "planned")
    assert quoted(step) == quoted(modality) == ["plans"]


def test_place_time_and_figure_name_their_words(read: tuple[Analysis, tuple[Explanation, ...]]) -> None:
    found, resolved = reasons(read[1], "arrested", "place")
    assert found.rule
    assert resolved.rule.startswith("gazetteer: ")
    assert quoted(found) == quoted(resolved) == ["Sokode"]
    (day,) = reasons(read[1], "arrested", "begin")
    assert day.value == "2024-05-13"
    assert "reckoned from 2024-05-17" in day.rule
    role, amount = reasons(read[1], "arrested", "figures")
    assert role.value == "arrested"
    assert "24 or more" in amount.rule


def test_a_day_counted_from_another_event_says_so() -> None:
    """The day that one event has from another is no day without a reason."""
    text = "Gunmen killed six men on Sunday. The army raided the town two days after the attack."
    (_, explanations) = next(explain_dispatches([Dispatch(id="d-3", text=text, published="2024-05-17")]))
    (day,) = reasons(explanations, "raided", "begin")
    assert day.value == "2024-05-14"
    assert quoted(day) == ["days after", "attack"]


def test_what_is_empty_says_why(read: tuple[Analysis, tuple[Explanation, ...]]) -> None:
    (nobody,) = reasons(read[1], "killed", "actors")
    assert nobody.value is None
    assert "nobody that can be named" in nobody.rule
    (voice,) = reasons(read[1], "arrested", "source")
    assert "the dispatch itself" in voice.rule


def test_words_are_those_of_the_dispatch_and_fields_those_of_claims(
    read: tuple[Analysis, tuple[Explanation, ...]],
) -> None:
    analysis, explanations = read
    assert [e.claim for e in explanations] == list(analysis.claims)
    for explanation in explanations:
        told = [r.field for r in explanation.explain]
        assert told == sorted(told, key=FIELDS.index)
        assert {"type", "source", "factuality"} <= set(told)
        for reason in explanation.explain:
            assert hasattr(explanation.claim, reason.field)
            assert all(w.text == TEXT[w.start : w.end] for w in reason.words)


def test_a_statistic_and_an_agent_noun_have_rules_too() -> None:
    """Sides taken over from what an act is about, and fixed kinds of openness."""
    text = "Did the army attack the camp? The mayor demanded that the rebels leave the school. Rebels fired in order to kill."
    (_, explanations) = next(explain_dispatches([Dispatch(id="d-2", text=text)]))
    assert all(r.rule for e in explanations for r in e.explain)
    assert any("question" in r.rule for e in explanations for r in e.explain)


def test_json_has_the_field_only_on_request(read: tuple[Analysis, tuple[Explanation, ...]]) -> None:
    analysis, explanations = read
    plain = json.loads(to_json_line(to_record(analysis)))
    full = json.loads(to_json_line(with_reasons(analysis, {e.claim.id: e.explain for e in explanations})))
    assert all("explain" not in c for c in plain["claims"])
    assert [{k: v for k, v in c.items() if k != "explain"} for c in full["claims"]] == plain["claims"]
    first = full["claims"][0]["explain"][0]
    assert set(first) == {"field", "value", "rule", "words"}
    assert first["words"][0] == [*first["words"][0][:2], TEXT[slice(*first["words"][0][:2])]]
    claim = json_schema()["$defs"]["Claim"]
    assert "explain" in claim["properties"]
    assert "explain" not in claim["required"]


def ask(claim: str, paths: list[str], ledger: Path | None, output: Path | None) -> None:
    run(claim, paths, ReadOptions(), DEFAULT, ledger, str(output) if output else None, quiet=False)


def test_the_command_explains_from_inputs_in_words_and_in_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = tmp_path / "one.txt", tmp_path / "out.jsonl"
    path.write_text(TEXT, encoding="utf-8")
    with pytest.raises(Exit) as done:
        code([str(path)], ReadOptions(), DEFAULT, str(out), None, quiet=True, explain=True)
    assert done.value.exit_code == 0
    coded = json.loads(out.read_text(encoding="utf-8"))
    claim = next(c for c in coded["claims"] if c["trigger"]["text"] == "shelled")
    ask(claim["id"], [str(path)], None, None)
    shown = capsys.readouterr()
    assert "did not happen" in shown.out
    assert "factuality.tsv:" in shown.out
    assert "tables " in shown.err
    ask(claim["id"], [str(path)], None, tmp_path / "alone.jsonl")
    alone = json.loads((tmp_path / "alone.jsonl").read_text(encoding="utf-8"))
    assert alone["explain"] == claim["explain"]


def test_what_cannot_be_explained_is_said(tmp_path: Path) -> None:
    path, ledger = tmp_path / "one.txt", tmp_path / "some.ledger"
    path.write_text("Nothing happened.", encoding="utf-8")
    with open_ledger(ledger):
        pass
    with pytest.raises(ConfigError, match="needs inputs or a ledger"):
        ask("c-none", [], None, None)
    with pytest.raises(ConfigError, match="the inputs hold no claim"):
        ask("c-none", [str(path)], None, None)
    with pytest.raises(ConfigError, match="holds no claim"):
        ask("c-none", [], ledger, None)


def test_tables_have_no_column_for_reasons(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="JSON lines only"):
        code(["x.txt"], ReadOptions(), DEFAULT, str(tmp_path / "x.csv"), None, quiet=True, explain=True)


def test_a_ledger_claim_is_read_again_and_other_versions_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], read: tuple[Analysis, tuple[Explanation, ...]]
) -> None:
    analysis, explanations = read
    older = msgspec.structs.replace(analysis.versions, tables="0" * 16)
    first = msgspec.structs.replace(analysis.claims[0], factuality="PS+")
    kept = msgspec.structs.replace(analysis, versions=older, claims=(first, *analysis.claims[1:]))
    path = tmp_path / "some.ledger"
    with open_ledger(path) as book:
        book.add([kept])
    ask(first.id, [], path, tmp_path / "out.jsonl")
    told = capsys.readouterr().err
    assert f"tables {older.tables}" in told
    assert 'factuality was "PS+" in the ledger and is "CT+" now' in told
    again = msgspec.json.decode((tmp_path / "out.jsonl").read_bytes(), type=Explanation)
    assert again == next(e for e in explanations if e.claim.id == first.id)
