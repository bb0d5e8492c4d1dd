"""What people decide stands above the program, can be taken back, and is kept with who said it and when."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import by_content
import pytest
from readings import Said, reading
from typer.testing import CliRunner

from reportedly.cli import app
from reportedly.errors import LedgerError
from reportedly.ledger import Ledger, open_ledger
from reportedly.model import Analysis

DAM: Said = {"type": "HAZARD", "source": "Ilona Varga", "kind": "named", "killed": (7, 7), "place": ("Tarnova", "MDA")}


def dam(id: str = "d1", dead: int = 7, source: str = "Ilona Varga") -> Analysis:  # noqa: A002
    text = f"{dead} people were killed when a dam burst above Tarnova on Monday, {source} said."
    said = DAM | {"killed": (dead, dead), "source": source, "day": "2024-05-06"}
    return reading(id, text, "2024-05-07", ("killed", said), agency=f"Wire {id}")


def march() -> Analysis:
    said: Said = {"type": "PROTEST", "actors": ("Teachers",), "day": "2024-02-01"}
    return reading("d9", "Teachers marched for better pay.", "2024-02-02", ("marched", said))


def test_a_claim_judged_wrong_is_read_and_counts_no_more(ledger: Callable[..., Ledger]) -> None:
    with ledger(dam(), dam("d2", 40, "fire brigade")) as news:
        before = news.incidents()
        assert [i.standing for i in before] == ["contested"]
        (wrong,) = news.claims(dispatch="d2")
        news.judge(wrong.claim.id, "wrong", by="ann", at="2024-05-08T10:00:00Z")
        (after,) = news.incidents()
        assert (after.id, after.standing) == (before[0].id, "single source")
        assert [f.low for f in after.figures] == [7]
        assert after.claims == before[0].claims
        assert [c.judged for c in news.claims()] == [None, "wrong"]
        news.judge(wrong.claim.id, "wrong", undo=True)
        assert news.incidents() == before
        assert [(j.verdict, j.by, j.at, j.undone) for j in news.judgements()] == [
            ("wrong", "ann", "2024-05-08T10:00:00Z", False),
            ("wrong", None, None, True),
        ]


def test_what_is_told_by_wrong_claims_alone_is_no_incident(ledger: Callable[..., Ledger]) -> None:
    with ledger(march()) as news:
        (held,) = news.claims()
        news.judge(held.claim.id, "wrong")
        assert news.incidents() == []
        assert news.show(held.claim.id).incident is None
        news.judge(held.claim.id, "right")
        assert len(news.incidents()) == 1


def test_incidents_are_brought_together_and_kept_apart(ledger: Callable[..., Ledger]) -> None:
    with ledger(dam(), dam("d2"), march()) as news:
        apart = news.incidents()
        assert [len(i.claims) for i in apart] == [1, 2]
        news.judge(apart[0].id, "same", apart[1].id)
        (whole,) = news.incidents()
        assert len(whole.claims) == 3
        news.judge(apart[1].claims[0], "same", apart[0].claims[0], undo=True)
        assert news.incidents() == apart
        news.judge(apart[1].claims[0], "different", apart[1].claims[1])
        assert [len(i.claims) for i in news.incidents()] == [1, 1, 1]


def test_judgements_count_in_whatever_portions_dispatches_come(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "a") as first, open_ledger(tmp_path / "b") as second:
        first.add([dam(), march(), dam("d2")])
        one, other = first.claims(dispatch="d1")[0].claim.id, first.claims(dispatch="d9")[0].claim.id
        first.judge(one, "same", other)
        second.add([dam()])
        second.add([march()])
        second.judge(other, "same", one, at="2030-01-01")
        second.add([dam("d2")])
        assert by_content.incidents(first) == by_content.incidents(second)


def test_two_names_are_one_source(ledger: Callable[..., Ledger]) -> None:
    with ledger(dam(), dam("d2", 7, "fire brigade")) as news:
        assert [i.standing for i in news.incidents()] == ["corroborated"]
        news.judge("Ilona Varga", "same", "fire brigade")
        assert [i.standing for i in news.incidents()] == ["single source"]
        news.judge("fire brigade", "same", "Ilona Varga", undo=True)
        assert [i.standing for i in news.incidents()] == ["corroborated"]


def test_what_has_no_meaning_is_refused(ledger: Callable[..., Ledger]) -> None:
    with ledger(dam(), march()) as news:
        (first, *_) = news.incidents()
        for a, verdict, b in ((first.id, "wrong", None), (first.id, "same", None), (first.id, "same", "Ilona Varga")):
            with pytest.raises(LedgerError, match="E610"):
                news.judge(a, verdict, b)  # type: ignore[arg-type]
        with pytest.raises(LedgerError, match="E608"):
            news.judge("Ilona Varga", "same", "nobody at all")
        with pytest.raises(LedgerError, match="E611"):
            news.judge("Ilona Varga", "same", "publisher not named", undo=True)
        assert news.judgements() == []


def test_the_command_keeps_who_said_it(ledger: Callable[..., Ledger]) -> None:
    with ledger(dam()) as news:
        claim, path = news.claims()[0].claim.id, str(news.path)
    run = CliRunner()
    assert run.invoke(app, ["judge", claim, "wrong", "--by", "ann", "--ledger", path]).exit_code == 0
    with open_ledger(path, read_only=True) as news:
        assert [(j.a, j.by, j.at is not None) for j in news.judgements()] == [(claim, "ann", True)]
    with pytest.raises(Exception, match="E311"):
        run.invoke(app, ["judge", claim, "maybe", "--ledger", path], catch_exceptions=False)
