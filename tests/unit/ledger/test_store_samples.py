"""The sample dispatches as people add them: any order gives one ledger, and what one dispatch said goes with it."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import reportedly
from reportedly.cli import app
from reportedly.model import Analysis, Incident

SAMPLES = Path(__file__).parents[3] / "samples"
# Samples that tell of the convoy and of the flood, so that what belongs together comes in every order.
NAMES = sorted(path.name for path in SAMPLES.glob("*-*.txt"))


@pytest.fixture(scope="module")
def readings() -> tuple[Analysis, ...]:
    return tuple(reportedly.read_all([SAMPLES / name for name in NAMES]))


@pytest.fixture(scope="module")
def whole(readings: tuple[Analysis, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger of all of them, to be copied."""
    path = tmp_path_factory.mktemp("whole") / "news.duckdb"
    with reportedly.open_ledger(path) as news:
        news.add(readings)
    return path


@pytest.fixture(scope="module")
def at_once(whole: Path) -> list[Incident]:
    return incidents([], whole)


def incidents(portions: list[list[Analysis]], before: Path | None = None) -> list[Incident]:
    """What a ledger comes to, to which these are added; ``before`` is what it held already."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "news.duckdb"
        if before is not None:
            shutil.copy(before, path)
        with reportedly.open_ledger(path) as news:
            for portion in portions:
                news.add(portion)
            # An id is given by the dispatch that came first and is kept, so it alone may differ.
            return sorted((msgspec.structs.replace(i, id="") for i in news.incidents()), key=lambda i: i.claims)


def test_who_says_we_did_not_do_it_denies_no_event(at_once: list[Incident]) -> None:
    """ "We did not attack the convoy," a spokeswoman says: the attack happened, by others."""
    convoy = max(at_once, key=lambda i: len(i.claims))
    assert {name: convoy.questions[name].standing for name in ("happened", "who")} == {
        "happened": "agreed",
        "who": "contested",
    }


@settings(max_examples=3, deadline=None)
@given(st.data())
def test_any_order_and_portions_give_the_same_incidents(
    readings: tuple[Analysis, ...], at_once: list[Incident], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(range(len(readings))))
    cut = data.draw(st.integers(0, len(readings)))
    arrived = [readings[n] for n in order]
    assert incidents([arrived[:cut], arrived[cut:]]) == at_once


@pytest.mark.parametrize("name", ["convoy-3-denial.txt", "convoy-4-hospital.txt", "flood-2.txt"])
def test_a_withdrawn_dispatch_takes_what_only_it_said(readings: tuple[Analysis, ...], whole: Path, name: str) -> None:
    gone = readings[NAMES.index(name)]
    rest = [r for r in readings if r is not gone]
    notice = msgspec.structs.replace(
        gone, dispatch=msgspec.structs.replace(gone.dispatch, note="kill"), claims=(), statements=(), silences=()
    )
    assert incidents([[notice]], whole) == incidents([rest])


def test_the_publisher_takes_an_item_back(tmp_path: Path) -> None:
    item = (
        '<nitf><head><docdata management-status="{status}"><doc-id id-string="urn:x:1"/>'
        '<date.issue norm="20240507"/></docdata></head><body><body.content>'
        "<p>Police said a bomb killed nine people in Osh on Monday.</p></body.content></body></nitf>"
    )
    ledger = str(tmp_path / "news.duckdb")
    for status in ("usable", "canceled"):
        path = tmp_path / f"{status}.xml"
        path.write_text(item.format(status=status))
        told = CliRunner().invoke(app, ["add", str(path), "--ledger", ledger])
    with reportedly.open_ledger(ledger, read_only=True) as news:
        assert news.claims() == []
        assert news.incidents() == []
        assert [(d.id, d.withdrawn) for d in news.dispatches()] == [("urn:x:1", True)]
        before, _ = news.analyses(every_version=True)
    assert [c.trigger.text for c in before.claims] == ["killed"]
    assert '"urn:x:1" is withdrawn by its publisher (canceled): withdrawn from the ledger too' in told.stderr


def test_what_was_read_comes_back_with_its_times_and_places(readings: tuple[Analysis, ...], whole: Path) -> None:
    with reportedly.open_ledger(whole, read_only=True) as news:
        back = {a.dispatch.id: a for a in news.iter_analyses()}
    assert back == {r.dispatch.id: msgspec.structs.replace(r, diagnostics=()) for r in readings}
    assert any(a.times and a.places for a in back.values())
