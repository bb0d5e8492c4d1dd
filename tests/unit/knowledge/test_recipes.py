"""The recipes of CONTRIBUTING.md, each followed as written: a cue, an event type, a reader, an export."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import msgspec
import pytest
from starlette.testclient import TestClient

from reportedly.api import dispatches
from reportedly.config import Config
from reportedly.export.cases import Case
from reportedly.export.registry import Job, export, targets
from reportedly.export.rows import ExportRow
from reportedly.ingest import registry
from reportedly.ingest.registry import Format
from reportedly.ingest.source import InputSource, Raw
from reportedly.knowledge.event_types import event_types
from reportedly.knowledge.load import SHIPPED, Knowledge, knowledge_of
from reportedly.ledger import open_ledger
from reportedly.model import Analysis, Diagnostic, Dispatch
from reportedly.pipeline import read_dispatches
from reportedly.web.app import build_app

TYPE = (
    "type\twhat\tfamily\tkin\twithin\tquad\tscore\tcameo\ttraits\n"
    "SABOTAGE\tdamages in secret\tsabotage\tforce\t\t4\t-8\t190\tdeed willed\n"
)
VERB = "trigger\tpos\tif\ttype\tmode\tcameo\tframe\tfigures\nunscrew\tv\tobj\tSABOTAGE\t\t190\tact\t\n"
TEXT = "Rebels unscrewed the pipeline near Kirkuk on Monday, the army said."


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables")
    (folder / "event_types.tsv").write_text(TYPE, encoding="utf-8")
    (folder / "events_verbs.tsv").write_text(VERB, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def analysis(tables: Path) -> Analysis:
    dispatch = Dispatch(id="d1", text=TEXT, published="2024-05-15", agency="Sample Wire")
    return next(read_dispatches([dispatch], Config(tables=tables)))


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory, analysis: Analysis) -> Path:
    path = tmp_path_factory.mktemp("ledger") / "news.duckdb"
    with open_ledger(path) as news:
        news.add([analysis])
    return path


def test_a_new_event_type_is_coded(analysis: Analysis) -> None:
    (claim,) = analysis.claims
    assert (claim.type, claim.cameo, claim.source and claim.source.name) == ("SABOTAGE", "190", "army")


def test_a_new_event_type_is_kept_and_the_ledger_stays_of_use(ledger: Path) -> None:
    """Dispatches read without the tables are added to the same ledger afterwards."""
    other = Dispatch(id="d2", text="Gunmen killed two guards in Basra, police said.", published="2024-05-16")
    with open_ledger(ledger) as news:
        news.add(read_dispatches([other]))
        assert sorted(i.type for i in news.incidents()) == ["ASSAULT", "SABOTAGE"]
        (found,) = news.incidents(type="SABOTAGE")
    assert found.standing == "single source"


@pytest.mark.parametrize("name", targets())
def test_a_new_event_type_goes_through_every_export(ledger: Path, tables: Path, tmp_path: Path, name: str) -> None:
    with open_ledger(ledger, read_only=True) as news:
        report = export(news, name, str(tmp_path / "out"), filters={"type": "SABOTAGE"}, tables=tables)
    left_out = name in ("acled-like", "ucdp-like")  # no row of export_acled.tsv, and nobody was killed
    assert bool(report.written) is not left_out, report


def test_a_new_event_type_is_shown_in_the_reading_room(ledger: Path) -> None:
    app = build_app(ledger)
    client = TestClient(app, base_url="http://localhost")
    page = client.get("/", params={"type": "SABOTAGE"})
    assert page.status_code == 200
    assert "SABOTAGE" in page.text
    assert client.get("/api/incidents", params={"type": "SABOTAGE"}).json()["total"] == 1
    app.state.desk.shelf.close()


def test_an_own_export_is_a_row_its_columns_and_a_module(
    ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def towns(case: Case, _: Job) -> Iterator[ExportRow]:
        if case.incident.place is not None:
            yield ExportRow(case.incident.id, {"town": case.incident.place.name}, case.told)

    module = ModuleType("reportedly.export.towns")
    module.rows = towns  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    target = "name\tmodule\tkind\tof\treads\tdelimiter\theader\tbeside\ttitle\n"
    target += "towns\ttowns\ttable\tincident\tincidents\tcomma\tyes\tfile\tWhere it happened\n"
    (tmp_path / "export_targets.tsv").write_text(target, encoding="utf-8")
    columns = "target\tcolumn\ttype\twhat\ntowns\ttown\ttext\tthe place of the incident\n"
    (tmp_path / "export_columns.tsv").write_text(columns, encoding="utf-8")
    out = tmp_path / "towns.csv"
    with open_ledger(ledger, read_only=True) as news:
        report = export(news, "towns", str(out), filters={"type": "SABOTAGE"}, exact=True, tables=tmp_path)
    assert report.written == 1
    assert out.read_text(encoding="utf-8").split() == ["town", "Kirkuk"]


def test_an_own_reader_is_a_function_and_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A format of texts between rows of equal signs, known by its first line."""

    def read(source: InputSource) -> Iterator[Raw | Diagnostic]:
        yield from (Raw(text=part.strip()) for part in source.read_all().decode().split("=====") if part.strip())

    module = ModuleType("reportedly.ingest.ruled")
    module.read = read  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    mine = Format("ruled texts", lambda head: head.data.startswith(b"====="), "ruled:read")
    monkeypatch.setattr(registry, "FORMATS", (mine, *registry.FORMATS))
    (tmp_path / "a.ruled").write_text(f"=====\n{TEXT}\n=====\nA second text follows here.\n", encoding="utf-8")
    found = [d.text for d in dispatches([tmp_path / "a.ruled"]) if isinstance(d, Dispatch)]
    assert found == [TEXT, "A second text follows here."]


def test_every_type_has_one_row_that_every_part_reads() -> None:
    types = [row["type"] for row in SHIPPED.rows("event_types")]
    assert len(types) == len(set(types))
    known = event_types()
    for trait in type(known).__struct_fields__[1:]:
        assert getattr(known, trait) <= set(types), trait
        assert getattr(known, trait), f"no type is {trait}"


def test_no_type_is_named_in_code() -> None:
    """What the program knows of a type stands in its row."""
    root = Path(__file__).parents[3] / "src" / "reportedly"
    quoted = {f'"{t}"' for t in event_types().names}
    held = {p: sorted(q for q in quoted if q in p.read_text(encoding="utf-8")) for p in root.rglob("*.py")}
    assert {str(p.relative_to(root)): found for p, found in held.items() if found} == {}


def test_an_own_row_of_a_shipped_type_wins(tmp_path: Path) -> None:
    """A user who wants the seizure of towns apart from measures changes one row."""
    row = "type\twhat\tfamily\ttraits\nCOERCE\tmine\tseizure\tforce\n"
    (tmp_path / "event_types.tsv").write_text(row, encoding="utf-8")
    mine = event_types(knowledge_of(Config(tables=tmp_path)))
    assert mine.names == event_types().names
    assert "COERCE" in mine.force
    assert "COERCE" not in mine.armed
    assert msgspec.structs.astuple(event_types(Knowledge())) == msgspec.structs.astuple(event_types())
