"""What holds for every export: same bytes, bounded memory, columns that are filled, codes that are known; the command."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from shelf import Shelf, shelf, wire
from typer.testing import CliRunner

from reportedly.cli import app
from reportedly.cli.export import run
from reportedly.config import DEFAULT
from reportedly.errors import ConfigError
from reportedly.events.lexicon import EVENT_TABLES
from reportedly.export import registry
from reportedly.export.cases import BATCH, cases
from reportedly.export.codebook import codebook
from reportedly.export.counting import LeftOut
from reportedly.export.registry import ExportReport, export, targets
from reportedly.knowledge.load import SHIPPED
from reportedly.ledger import open_ledger
from reportedly.model import Incident

Written = Callable[..., tuple[Path, ExportReport]]
NAMES = list(targets())


@pytest.mark.parametrize("name", NAMES)
def test_same_ledger_same_bytes(tmp_path: Path, name: str) -> None:
    """Two exports of the same, by different runs of the same code, agree in every byte."""
    digests = set()
    for n in (1, 2):
        path = tmp_path / f"{n}"
        export(shelf(), name, str(path))
        digests.add(hashlib.sha256(path.read_bytes()).hexdigest())
    assert len(digests) == 1


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_ledger_is_a_result(tmp_path: Path, name: str) -> None:
    """No incidents: a file with a header at most, no error."""
    path = tmp_path / "empty"
    assert export(Shelf([], []), name, str(path)).written == 0
    assert path.exists()


@pytest.mark.parametrize("name", [n for n, t in targets().items() if t.kind == "table"])
def test_every_column_is_one_that_the_format_has(book: Shelf, name: str) -> None:
    """The modules fill no column that the table of columns does not list."""
    target = targets()[name]
    module = __import__(f"reportedly.export.{target.module}", fromlist=["rows"])
    job = registry.Job(target, codebook(), LeftOut())
    known = {c.name for n in NAMES if targets()[n].module == target.module for c in targets()[n].columns}
    rows = [row for case in cases(book, {}) for row in module.rows(case, job)]
    assert rows
    for row in rows:
        assert row.cells.keys() <= known


def test_every_format_is_described() -> None:
    for name, target in targets().items():
        assert target.columns, name
        assert target.losses or name == "jsonl"


class Stream(Shelf):
    """A ledger of many incidents that are given one after the other."""

    given = 0

    def iter_incidents(self, **_: Any) -> Iterator[Incident]:
        for n in range(3 * BATCH):
            self.given = n
            yield self._incidents[n % 5]


def test_incidents_are_read_a_batch_at_a_time() -> None:
    """The first case is there before the ledger has given more than a batch; no question is larger than one."""
    made = shelf()
    stream = Stream(made.analyses(), list(made.iter_incidents()))
    stream.asked.clear()
    found = cases(stream, {})
    next(found)
    assert stream.given < BATCH
    assert sum(1 for _ in found) == 3 * BATCH - 1
    assert max(stream.asked) <= BATCH


def test_what_a_person_judged_wrong_makes_no_event(tmp_path: Path) -> None:
    """No source of the incident answers for such a claim any more: it is left out and counted."""
    made = shelf()
    attack = next(made.iter_incidents())
    kept = tuple(s for s in attack.sources if s.name != "A rebel spokesman")
    aside = {c: "Ann" for s in attack.sources if s.name == "A rebel spokesman" for c in s.claims}
    book = Shelf(made.analyses(), [msgspec.structs.replace(attack, sources=kept, set_aside=aside)])
    report = export(book, "gdelt-mentions", str(tmp_path / "m.tsv"))
    assert report.written == 10
    assert report.left_out == "30 claims left out: 10 denied, 10 judged wrong, 10 threatened"


def test_filters_are_those_of_the_listing(book: Shelf, tmp_path: Path) -> None:
    report = export(book, "geojson", str(tmp_path / "x"), filters={"type": "HAZARD"})
    assert report.written == 1


def test_codes_that_the_lexicon_gives_are_known() -> None:
    """Each CAMEO code of the event tables, each sector of the actor tables, each country has its row."""
    book = codebook()
    codes = {r["cameo"] for t in (*EVENT_TABLES, "means") for r in SHIPPED.rows(t)}
    assert {c for c in codes if c and book.cameo(c)["code"] not in (c, c[:3])} == set()
    parts = {
        r["sector"][i : i + 3]
        for t in ("roles", "bodies")
        for r in SHIPPED.rows(t)
        for i in range(0, len(r["sector"]), 3)
    }
    assert {p for p in parts if p and p not in book.sectors and not book.is_country(p)} == set()
    assert {r["iso3"] for r in SHIPPED.rows("countries")} == {r["iso3"] for r in SHIPPED.rows("export_countries")}
    assert all(r["region"] for r in SHIPPED.rows("export_countries"))
    assert all(r["fips"] for r in SHIPPED.rows("export_countries") if r["cow"])


def test_a_table_of_ones_own_changes_an_export(tmp_path: Path, book: Shelf) -> None:
    """--tables FOLDER: another word value for dozens."""
    (tmp_path / "export_words.tsv").write_text("word\tacled\ndozens\t36\n", encoding="utf-8")
    export(book, "acled-like", str(tmp_path / "a.csv"), tables=tmp_path)
    assert ",36,," in (tmp_path / "a.csv").read_text(encoding="utf-8")


def test_an_unknown_format_is_named() -> None:
    with pytest.raises(ConfigError, match="no such export format"):
        export(shelf(), "gdelt-3", "x")


def test_the_command_writes_and_counts(tmp_path: Path) -> None:
    """A real ledger of ten copies: one attack, ten times told; counts go to standard error, rows to standard output."""
    path = tmp_path / "news.duckdb"
    with open_ledger(path) as ledger:
        ledger.add([wire(n) for n in range(10)])
    command = CliRunner()
    done = command.invoke(app, ["export", "--to", "gdelt-events", "--ledger", str(path)])
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert done.exit_code == 0
    assert [len(r) for r in rows] == [61]
    assert rows[0][31:34] == ["20", "10", "10"]
    assert "20 claims left out: 10 denied, 10 threatened" in done.stderr
    listed = command.invoke(app, ["export", "--list"])
    assert listed.exit_code == 0
    assert all(name in listed.stdout for name in NAMES)


@pytest.mark.parametrize(("arguments", "code"), [(("icews", None), "E322"), (("sqlite", Path("x")), "E321")])
def test_what_the_command_refuses(arguments: tuple[str, Path | None], code: str) -> None:
    """No ledger, and a database for standard output."""
    with pytest.raises(ConfigError) as refused:
        run(*arguments, "-", [], DEFAULT, ids="ledger", exact=False, quiet=True)
    assert refused.value.code == code


def test_order_of_arrival_does_not_change_an_export(tmp_path: Path) -> None:
    """The same dispatches added backwards give the same files."""
    readings = [wire(n) for n in range(4)]
    for name, order in (("a", readings), ("b", readings[::-1])):
        with open_ledger(tmp_path / f"{name}.duckdb") as ledger:
            ledger.add(order)
            for target in ("gdelt-events", "acled-like", "jsonl"):
                export(ledger, target, str(tmp_path / f"{target}.{name}"))
    for target in ("gdelt-events", "acled-like", "jsonl"):
        assert (tmp_path / f"{target}.a").read_bytes() == (tmp_path / f"{target}.b").read_bytes()
