"""A ledger that is wrong is found and made right again; one that is right stays as it is."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest
from many import LATER, contents, flood, many
from typer.testing import CliRunner

from reportedly.cli import app
from reportedly.errors import LedgerError
from reportedly.ledger import laws, open_ledger

# As two writers at once, a bad disk or somebody with an editor would leave it.
# By law and table where it is found; what stands together is done to one ledger.
WRONG: dict[str, dict[tuple[str, str], str]] = {
    "rows": {
        ("references", "claim"): "INSERT INTO claim SELECT * REPLACE (999 AS seq) FROM claim LIMIT 1",
        ("keys", "incident"): "{free incident} INSERT INTO incident FROM incident LIMIT 1",
        ("keys", "edge"): "{free edge} INSERT INTO edge FROM edge LIMIT 1",
        ("references", "edge"): "INSERT INTO edge VALUES (1, 2, 999999)",
        ("keys", "dispatch"): "{free dispatch} INSERT INTO dispatch FROM dispatch WHERE seq = 2",
        ("references", "dispatch"): "DELETE FROM received WHERE seq = 4",
    },
    "a dispatch that is gone": {("references", "sketch"): "DELETE FROM dispatch WHERE seq = 3"},
    "what follows": {
        ("following", "incident"): "UPDATE incident SET record = replace(record, '8', '9')",
        ("following", "told"): "DELETE FROM told WHERE seq = 4",
        ("following", "lineage"): "INSERT INTO lineage VALUES (5, 'l-0', NULL, NULL, 'Nobody')",
        ("following", "source"): "UPDATE source SET claims = claims + 1",
    },
}


def harm(path: Path, sql: str) -> None:
    """Change the file by hand; ``{free TABLE}`` takes the keys of a table away."""
    with duckdb.connect(str(path)) as con:
        if "{free " in sql:
            table = sql.partition("{free ")[2].partition("}")[0]
            con.execute(f"CREATE TABLE freed AS FROM {table}; DROP TABLE {table}; ALTER TABLE freed RENAME TO {table}")
            sql = sql.partition("}")[2]
        con.execute(sql)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger that came in portions, with a correction and a judgement."""
    made = tmp_path_factory.mktemp("sound") / "news.duckdb"
    with open_ledger(made) as news:
        news.add(many()[:12])
        news.keep([flood(), flood(LATER, 9)])
        news.refresh()
        news.judge("rescue service", "same", "mayor")
    return made


@pytest.fixture
def path(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sound, tmp_path / "news.duckdb"))


@pytest.fixture(scope="module")
def before(sound: Path) -> bytes:
    """What it holds."""
    return contents(sound)


def test_check_changes_no_byte_and_repair_nothing_that_is_right(path: Path, before: bytes) -> None:
    held = path.read_bytes()
    assert laws.check(path) == laws.Checked((), 0)
    assert path.read_bytes() == held
    laws.repair(path)
    assert contents(path) == before
    assert laws.check(path) == laws.Checked((), 0)
    assert sorted(p.name for p in path.parent.iterdir()) == ["news.duckdb", "news.duckdb.lock"]


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_found_and_repaired(path: Path, before: bytes, what: str) -> None:
    for sql in WRONG[what].values():
        harm(path, sql)
    assert WRONG[what].keys() <= {(fault.law, fault.table) for fault in laws.check(path).faults}
    laws.repair(path)
    assert laws.check(path) == laws.Checked((), 0)
    if what != "a dispatch that is gone":
        assert contents(path) == before


def test_an_add_that_was_stopped_is_pending_and_no_fault(path: Path) -> None:
    with open_ledger(path) as news:
        news.keep([flood(LATER + " More later.", 11)])
    assert laws.check(path) == laws.Checked((), 2)


def test_the_command_names_what_is_wrong(path: Path, before: bytes) -> None:
    run = CliRunner().invoke
    harm(path, "DELETE FROM incident WHERE number = (SELECT min(number) FROM incident)")
    found = run(app, ["check", "--ledger", str(path)], env={"COLUMNS": "250"})
    assert found.exit_code == 1
    assert "rows of incident_unit name a number that incident does not have" in found.stdout
    assert "incident: 1 rows are missing" in found.stdout
    mended = run(app, ["check", "--ledger", str(path), "--repair"])
    assert (mended.exit_code, mended.stdout) == (0, "")
    assert run(app, ["check", "--ledger", str(path)]).exit_code == 0
    assert contents(path) == before


def test_repair_makes_no_ledger_where_there_is_none(tmp_path: Path) -> None:
    found = CliRunner().invoke(app, ["check", "--ledger", str(tmp_path / "none"), "--repair"])
    assert isinstance(found.exception, LedgerError)
    assert list(tmp_path.iterdir()) == []
