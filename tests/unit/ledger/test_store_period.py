"""A ledger of a period: what it holds, which incidents are its own, and that months made apart lose no claim."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from many import contents
from readings import reading
from typer.testing import CliRunner

from reportedly.cli import app
from reportedly.errors import LedgerError
from reportedly.filters import WrongValueError
from reportedly.ledger import AddReport, Ledger, laws, open_ledger
from reportedly.model import Analysis

MAY, JUNE = "2024-05", "2024-06"


def fire(id: str, day: str | None, town: str = "Tarnova", on: str | None = None, **fields: Any) -> Analysis:  # noqa: A002
    """A dispatch of a day on a fire in a town."""
    text = f"Three men were killed when a paper mill burned down in {town}, the fire brigade there said."
    said = {"type": "HAZARD", "source": "fire brigade", "killed": (3, 3), "place": (town, "MDA"), "day": on or day}
    return reading(id, text, day or "", ("killed", said), **fields)


# A fire in the last days of May of which June tells too, one of the days before May, one of April, one of another year.
OVER = [fire("o1", "2024-05-30"), fire("o2", "2024-06-02", on="2024-05-30")]
BEFORE = fire("before", "2024-04-20", "Beltsi")
NEWS = [*OVER, BEFORE, fire("early", "2024-04-16", "Orhei"), fire("far", "2023-05-15", "Soroca"), fire("no-day", None)]


def told(held: Ledger) -> list[tuple[str, ...]]:
    return [i.dispatches for i in held.incidents()]


def made(path: Path, period: str, *portions: Sequence[Analysis]) -> Path:
    with open_ledger(path, period=period) as held:
        for portion in portions:
            held.add(portion)
    return path


def test_a_month_holds_fourteen_days_more_on_both_sides(tmp_path: Path) -> None:
    """What was published on no day is of no month."""
    days = ("2024-04-16", "2024-04-17", "2024-05-01T08:00", "2024-06-14T23:00", "2024-06-15", None)
    with open_ledger(tmp_path / "may", period=MAY) as held:
        report = held.add([fire(f"d{n}", day) for n, day in enumerate(days)])
        assert report == AddReport(added=3, outside=3)
        assert [d.id for d in held.dispatches()] == ["d1", "d2", "d3"]


def test_a_withdrawal_counts_whenever_it_comes(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "may", period=MAY) as held:
        held.add([OVER[0], fire("o1", "2024-09-01", note="kill", version="2")])
        assert held.dispatches()[0].withdrawn
        assert not held.incidents()


def test_the_margin_links_and_has_no_incidents_of_its_own(tmp_path: Path, may: Path) -> None:
    """An incident told on both sides of a border is in both months, whole and under one id."""
    ids = []
    for path in (may, made(tmp_path / JUNE, JUNE, NEWS)):
        with open_ledger(path, read_only=True) as held:
            assert told(held) == [("o1", "o2")]
            ids.append(held.incidents()[0].id)
    assert ids[0] == ids[1]
    with open_ledger(may, read_only=True) as held:
        assert {d.id for d in held.dispatches()} == {"o1", "o2", "before"}
        assert [c.incident for c in held.claims(dispatch="before")] == [None]


def test_portions_and_their_order_change_nothing(tmp_path: Path, may: Path) -> None:
    """The period is kept: whoever adds later need not name it."""
    parts = made(tmp_path / "parts", MAY, NEWS[1:3])
    with open_ledger(parts) as held:
        held.add(reversed(NEWS))
    assert contents(may) == contents(parts)


@pytest.fixture(scope="module")
def may(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger of May, to be copied."""
    return made(tmp_path_factory.mktemp("may") / "may", MAY, NEWS)


def test_a_period_is_lawful_and_survives_a_repair(tmp_path: Path, may: Path) -> None:
    path = Path(shutil.copy(may, tmp_path / "may"))
    assert laws.check(path).faults == ()
    before = contents(path)
    laws.repair(path)
    assert contents(path) == before
    with open_ledger(path) as held:
        assert held.add([fire("later", "2024-07-01")]) == AddReport(outside=1)


def test_months_made_apart_lose_no_claim(tmp_path: Path) -> None:
    """Each claim is in an incident of its month, however long its story goes on."""
    days = [date(2024, 4, 1) + timedelta(days=9 * n) for n in range(10)]
    story = [fire(f"s{n}", day.isoformat(), on="2024-04-01") for n, day in enumerate(days)]
    found = set()
    for month in ("2024-04", MAY, JUNE):
        with open_ledger(made(tmp_path / month, month, story), read_only=True) as held:
            inside = {a.dispatch.id for a in story if (a.dispatch.published or "").startswith(month)}
            found |= inside & {d for i in held.incidents() for d in i.dispatches}
    assert found == {a.dispatch.id for a in story}


def test_another_period_is_refused(tmp_path: Path, may: Path) -> None:
    path = shutil.copy(may, tmp_path / "may")
    with pytest.raises(LedgerError, match=r"E624.*2024-05-01 to 2024-05-31, not of 2024-06-01 to 2024-06-30"):
        open_ledger(path, period=JUNE)
    with open_ledger(tmp_path / "all") as held:
        held.add(NEWS[:1])
    with pytest.raises(LedgerError, match=r"E624.*dispatches of any day"):
        open_ledger(tmp_path / "all", period=MAY)
    with pytest.raises(LedgerError, match=r"E624.*cannot begin"):
        open_ledger(tmp_path / "none", period=("2024-06", "2024-05"))
    with pytest.raises(WrongValueError, match=r"E609.*from="):
        open_ledger(tmp_path / "none", period=("last week", None))


def test_one_side_can_be_open(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "since", period=(date(2024, 5, 20), None)) as held:
        held.add([*NEWS, fire("late", "2031-01-01", "Ungheni")])
        assert told(held) == [("o1", "o2"), ("late",)]


def test_the_command_codes_only_what_is_of_the_period(tmp_path: Path) -> None:
    """The rest is counted."""
    lines = "".join(
        f'{{"id": "d{n}", "published": "{day}", "text": "Gunmen killed two guards in Beltsi on Friday, police said."}}\n'
        for n, day in enumerate(("2024-05-18", "2024-08-01", "2024-06-10"))
    )
    (tmp_path / "wire.jsonl").write_text(lines)
    where = ["--ledger", str(tmp_path / "may.duckdb")]
    result = CliRunner().invoke(
        app, ["add", str(tmp_path / "wire.jsonl"), *where, "--from", "May 2024", "--to", "2024-05-31"]
    )
    assert result.exit_code == 0, result.output
    assert "2 dispatches coded; 1 not of the ledger's period and left out." in result.output
    assert "2 new" in result.output
    found = CliRunner().invoke(app, ["incidents", *where, "-o", "-"])
    assert '"dispatches":["d0"]' in found.stdout
    assert "d2" not in found.stdout
