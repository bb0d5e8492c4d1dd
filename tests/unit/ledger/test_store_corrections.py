"""Values that people correct count everywhere, with who corrected them, and can be taken back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from readings import Said, reading
from typer.testing import CliRunner

from reportedly.cli import app
from reportedly.errors import LedgerError
from reportedly.export.registry import export
from reportedly.ledger import Ledger, laws
from reportedly.ledger.judge import Judging
from reportedly.model import Analysis

Books = Callable[..., Ledger]
RAID: Said = {"type": "ASSAULT", "source": "police", "kind": "group", "killed": (7, 7), "place": ("Tarnova", "MDA")}


def raid(id: str = "d1", dead: int = 7, source: str = "police") -> Analysis:  # noqa: A002
    text = f"{dead} people were killed when raiders attacked Tarnova on Monday, {source} said."
    said = RAID | {"killed": (dead, dead), "source": source, "day": "2024-05-06"}
    return reading(id, text, "2024-05-07", ("killed", said), agency=f"Wire {id}")


GIVEN = {
    "d1": {
        "type": "HAZARD",
        "place": "Chisinau, Moldova",
        "day": "2024-05-05/2024-05-06",
        "actor": "rebels; Turkish army",
        "source": "Ilona Varga",
        "killed": "at least 9",
    },
    "d2": {"place": "", "killed": "5 to 7"},
    "d3": {"killed": "", "day": ""},
}


def test_corrected_values_count_at_once_and_can_be_taken_back(ledger: Books) -> None:
    with ledger(raid(), raid("d2"), raid("d3")) as news:
        before, held = news.incidents(), {c.dispatch: c for c in news.claims()}
        given = [
            Judging(held[key].claim.id, "correct", by="Ann", field=field, value=value, note="seen")
            for key, values in GIVEN.items()
            for field, value in values.items()
        ]
        news.judge_all(given)
        claims = {c.dispatch: c.claim for c in news.claims()}
        first, second, third = (claims[key] for key in ("d1", "d2", "d3"))
        assert first.place is not None
        assert first.source is not None
        assert (first.type, first.place.name, first.place.country) == ("HAZARD", "Chisinau", "MDA")
        assert (first.begin, first.end_date) == ("2024-05-05", "2024-05-06")
        assert [(p.name, p.country) for p in first.actors] == [("rebels", None), ("Turkish army", "TUR")]
        assert (first.source.name, [(f.low, f.high) for f in first.figures]) == ("Ilona Varga", [(9, None)])
        assert (second.place, [(f.low, f.high) for f in second.figures]) == (None, [(5, 7)])
        assert (third.figures, third.begin) == ((), None)
        whole = next(i for i in news.incidents() if first.id in i.claims)
        assert whole.place is not None
        assert (whole.place.name, whole.headline.count("Chisinau")) == ("Chisinau", 1)
        told = {c.field: c for c in news.claims(dispatch="d1")[0].corrections}
        assert {field: c.value for field, c in told.items()} == GIVEN["d1"]
        assert (told["killed"].was, told["killed"].by, told["killed"].note) == ("7", "Ann", "seen")
        news.judge_all(replace(g, undo=True, by="Ben") for g in given)
        assert news.incidents() == before
        assert {c.dispatch: c for c in news.claims()} == held
        assert news.judgements(standing=True) == []


def test_what_is_corrected_is_found_and_exported_with_who_did_it(ledger: Books, tmp_path: Path) -> None:
    with ledger(raid(), raid("d2", 3, "residents")) as news:
        (claim,) = news.claims(dispatch="d1")
        news.judge(claim.claim.id, "correct", by="Ann", field="place", value="Chisinau, Moldova")
        assert [c.dispatch for c in news.claims(place="chisinau")] == ["d1"]
        assert laws.check(news.path).faults == ()
        listed = CliRunner().invoke(app, ["claims", "--ledger", str(news.path), "--output", "-"]).output
        told = [json.loads(line) for line in listed.splitlines()]
        corrected = next(t for t in told if t["dispatch"] == "d1")
        assert corrected["claim"]["place"]["name"] == "Chisinau"
        assert [(c["field"], c["was"], c["by"]) for c in corrected["corrections"]] == [("place", "Tarnova", "Ann")]
        export(news, "geojson", str(tmp_path / "map.json"))
        decided = [f["properties"]["decided"] for f in json.loads((tmp_path / "map.json").read_text())["features"]]
        assert [text for of in decided for text in of.values() if "corrected by Ann" in text]
        for target in ("ftm", "schema-org"):
            export(news, target, str(tmp_path / target))
            assert "place: Chisinau, Moldova (was Tarnova), corrected by Ann" in (tmp_path / target).read_text()
        export(news, "ucdp-like", str(tmp_path / "events.csv"), exact=True)
        assert "(was Tarnova), corrected by Ann" in (tmp_path / "events.claims.csv").read_text()


def test_a_claim_set_aside_leaves_the_headline_and_says_by_whom(ledger: Books) -> None:
    with ledger(raid(), raid("d2", 40, "residents")) as news:
        (incident,) = news.incidents()
        assert "40" in incident.headline
        (wrong,) = news.claims(dispatch="d2")
        news.judge(wrong.claim.id, "wrong", by="Ann")
        (after,) = news.incidents()
        assert "40" not in after.headline
        assert after.set_aside == {wrong.claim.id: "Ann"}
        shown = CliRunner(env={"COLUMNS": "250"}).invoke(app, ["show", after.id, "--ledger", str(news.path)]).output
        assert "set aside by Ann" in " ".join(shown.split())


def test_a_note_stands_beside_its_claim(ledger: Books) -> None:
    with ledger(raid()) as news:
        (incident,) = news.incidents()
        news.judge(incident.id, "note", by="Ann", note="called the station")
        assert [(n.note, n.by) for n in news.claims()[0].notes] == [("called the station", "Ann")]
        assert news.incidents() == [incident]


def test_a_correction_that_means_nothing_is_refused(ledger: Books) -> None:
    senseless = (
        ("colour", "red", "E620"), ("day", "yesterday", "E621"), ("killed", "many", "E621"), ("type", "PARTY", "E621"),
        ("killed", "7 to 5", "E621"), ("place", "Nowhereville, Moldova", "E621"),
    )  # fmt: skip
    with ledger(raid()) as news:
        claim = news.claims()[0].claim.id
        for field, value, code in senseless:
            with pytest.raises(LedgerError, match=code):
                news.judge(claim, "correct", field=field, value=value)
        assert news.judgements() == []


def test_the_commands_keep_list_and_take_back(ledger: Books) -> None:
    with ledger(raid()) as news:
        claim, path = news.claims()[0].claim.id, str(news.path)
    run = CliRunner()
    wanted = ["judge", claim, "correct", "--field", "killed", "--value", "9", "--by", "Ann", "--ledger", path]
    assert run.invoke(app, wanted).exit_code == 0
    assert f"{claim} killed: 9" in run.invoke(app, ["judgements", "--ledger", path]).output
    assert run.invoke(app, ["judgements", "--undo", "1", "--by", "Ben", "--ledger", path]).exit_code == 0
    assert "No judgements." in run.invoke(app, ["judgements", "--ledger", path]).output
    every = run.invoke(app, ["judgements", "--all", "--output", "-", "--ledger", path]).output
    assert [json.loads(line)["by"] for line in every.splitlines()] == ["Ann", "Ben"]
