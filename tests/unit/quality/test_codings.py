"""Codings by others: held against their own texts, and compared with ours."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from typer.testing import CliRunner

import reportedly
from reportedly.cli import app
from reportedly.export.records import to_json_line, to_record
from reportedly.knowledge.load import SHIPPED
from reportedly.ledger import open_ledger
from reportedly.model import Analysis, Figure, Party, Place, Source, Trigger
from reportedly.quality.checking import faults_of
from reportedly.quality.comparing import compare

TEXT = "Gunmen killed at least six guards in Goma on Friday, police said. The army denied it had fled the town."


@pytest.fixture(scope="module")
def ours() -> Analysis:
    return reportedly.read(TEXT, published="2024-05-18", id="d1")


def run(*args: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, list(args), prog_name="reportedly")
    told = done.exception if done.exception and not isinstance(done.exception, SystemExit) else ""
    return done.exit_code, done.stdout, f"{done.stderr}{told}"


def changed(analysis: Analysis, **values: Any) -> Analysis:
    """The analysis with other values in its first claim."""
    first, *rest = analysis.claims
    return msgspec.structs.replace(analysis, claims=(msgspec.structs.replace(first, **values), *rest))


def test_what_the_program_reads_has_no_faults(ours: Analysis) -> None:
    assert faults_of(ours, SHIPPED) == []


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"type": "ASSUALT"}, ['claims[0].type: "ASSUALT" is no event type']),
        (
            {"trigger": Trigger(0, 6, "killed")},
            ['claims[0].trigger: at 0-6 the text has "Gunmen", not "killed", which stands at 7-13'],
        ),
        ({"trigger": Trigger(7, 13, "shot")}, ['the text has "killed", not "shot", which stands nowhere in it']),
        ({"trigger": Trigger(90, 999, "x")}, ["claims[0].trigger: 90-999 lies outside of the text"]),
        ({"source": Source("police", "group", 5, 5)}, ["claims[0].source: 5-5 lies outside"]),
        ({"statement": "s-none"}, ['claims[0].statement: there is no statement "s-none"']),
        ({"actors": (Party(" ", None, None, None, 0, 6),)}, ["claims[0].actors[0].name: is empty"]),
        ({"place": Place(0, 4, "Goma", "Goma")}, ["claims[0].place: at 0-4", "which stands at 37-41"]),
        ({"begin": "2024-02-31"}, ['claims[0].begin: "2024-02-31" is no day']),
        ({"begin": "2024-05-19", "end_date": "2024-05-17"}, ["claims[0].end_date: 2024-05-17 is before 2024-05-19"]),
        (
            {"figures": (Figure("kiled", 9, 2, approx=False, text="six", start=23, end=26),)},
            ['claims[0].figures[0].role: "kiled" is no role', "claims[0].figures[0]: low 9 is above high 2"],
        ),
        (
            {"figures": (Figure("killed", None, None, approx=False, text="six", start=23, end=26),)},
            ["claims[0].figures[0]: has neither low nor high"],
        ),
    ],
)
def test_each_fault_is_named_by_its_place(ours: Analysis, values: dict[str, Any], said: Sequence[str]) -> None:
    faults = "\n".join(faults_of(changed(ours, **values), SHIPPED))
    assert all(words in faults for words in said), faults


def test_an_id_that_stands_twice_is_a_fault(ours: Analysis) -> None:
    doubled = msgspec.structs.replace(ours, claims=(*ours.claims, ours.claims[0]))
    assert "more than once" in faults_of(doubled, SHIPPED)[-1]


def test_a_coding_by_others_comes_in_or_is_refused_with_every_fault(tmp_path: Path) -> None:
    start = TEXT.index("killed")
    event = {"start": start, "end": start + 6, "text": "killed"}
    sound = {"id": "d1", "text": TEXT, "claims": [{"trigger": event, "type": "ASSAULT", "factuality": "CT+"}]}
    worse = {"trigger": {**event, "text": "shot"}, "type": "ASSUALT", "factuality": "CT+"}
    odd = {"id": "d2", "text": TEXT, "claims": [worse]}
    path, ledger = tmp_path / "coded.jsonl", tmp_path / "news.duckdb"
    path.write_text("".join(json.dumps(row) + "\n" for row in (sound, odd, {"id": "d3"}, sound)), encoding="utf-8")
    code, _, told = run("add", "--coded", str(path), "--coder", "A. Coder", "--ledger", str(ledger))
    assert code == 1
    assert "coded.jsonl:2: error: claims[0].trigger: at 7-13" in told
    assert 'coded.jsonl:2: error: claims[0].type: "ASSUALT" is no event type' in told
    assert "coded.jsonl:3: error: no coded dispatch: Object missing required field `text`" in told
    assert "2 refused (coding-fault 1, not-coded 1)" in told
    with open_ledger(ledger, read_only=True) as book:
        (claim,) = book.claims()
        assert (claim.dispatch, claim.versions.model, claim.claim.evidence.start) == ("d1", "A. Coder", start)
        assert [d.id for d in book.dispatches()] == ["d1"]


def test_codings_that_are_the_same_do_not_differ(ours: Analysis) -> None:
    found = compare([ours], [ours])
    assert found.differences == ()
    assert all(f.share == 1.0 for f in found.fields)


def test_codings_differ_by_field_and_by_what_one_alone_has(ours: Analysis) -> None:
    theirs = changed(ours, type="COERCE", place=None, begin="2024-05-16", end_date="2024-05-16")
    theirs = msgspec.structs.replace(theirs, claims=theirs.claims[:1])
    found = compare([ours], [theirs])
    first = [(d.field, d.a, d.b) for d in found.differences if d.words == "killed"]
    assert first == [
        ("type", "ASSAULT", "COERCE"),
        ("place", "Goma, COD", ""),
        ("when", "2024-05-17", "2024-05-16"),
    ]
    alone = [d for d in found.differences if d.field is None]
    assert [(d.b, bool(d.a)) for d in alone] == [("", True)] * (len(ours.claims) - 1)
    existence, of_type, *_ = found.fields
    assert (existence.same, existence.different) == (1, len(ours.claims) - 1)
    assert (of_type.field, of_type.same, of_type.different) == ("type", 0, 1)


def test_dispatches_of_one_coding_are_named_and_not_compared(ours: Analysis) -> None:
    other = msgspec.structs.replace(ours, dispatch=msgspec.structs.replace(ours.dispatch, id="d9"))
    found = compare([ours, other], [ours])
    assert (found.only_a, found.only_b, found.differences) == (("d9",), (), ())


def test_the_command_compares_a_ledger_with_a_file(tmp_path: Path, ours: Analysis) -> None:
    ledger, path, out = tmp_path / "news.duckdb", tmp_path / "theirs.jsonl", tmp_path / "differences.jsonl"
    with open_ledger(ledger) as book:
        book.add([ours])
    path.write_bytes(to_json_line(to_record(changed(ours, factuality="PR+"))))
    code, shown, told = run("compare", str(ledger), str(path))
    assert code == 0, told
    assert "factuality" in shown
    assert run("compare", str(ledger), str(path), "--output", str(out))[0] == 0
    (line,) = map(json.loads, out.read_text(encoding="utf-8").splitlines())
    assert (line["field"], line["a"], line["b"]) == ("factuality", "CT+", "PR+")


def test_the_commands_draw_and_tell(tmp_path: Path, ours: Analysis) -> None:
    ledger, out = tmp_path / "news.duckdb", tmp_path / "sample.jsonl"
    with open_ledger(ledger) as book:
        book.add([ours])
    code, _, told = run("sample", "--ledger", str(ledger), "--size", "1", "--seed", "5", "--output", str(out))
    assert code == 0, told
    assert f"sample-1: 1 of {len(ours.claims)} claims, seed 5" in told
    (drawn,) = map(json.loads, out.read_text(encoding="utf-8").splitlines())
    assert (drawn["sample"], drawn["seed"], drawn["place"]) == ("sample-1", 5, 1)
    assert "Nobody has judged it yet" in run("precision", "--ledger", str(ledger))[1]
    with open_ledger(ledger) as book:
        for judge in ("ann", "bo"):
            book.answer("sample-1", drawn["claim"]["id"], "type", "right", by=judge)
    shown = run("precision", "--ledger", str(ledger))[1]
    assert "sample-1: 1 of" in shown
    assert "judged by ann, bo" in shown
    assert "1.000" in shown
    assert "agreement on type" in shown
    rows = tmp_path / "precision.csv"
    assert run("precision", "--ledger", str(ledger), "--output", str(rows))[0] == 0
    assert "sample-1" in rows.read_text(encoding="utf-8")
    exported = run("export", "--to", "csv", "--ledger", str(ledger), "--output", str(tmp_path / "claims.csv"))[2]
    assert "judged in sample-1: 1 of" in exported
    assert "share right type 1.000" in exported
    assert run("sample", "--ledger", str(ledger), "--by", "colour")[0] != 0
