"""The law of tables: for every table that takes rows of one's own, such a row changes what the program gives out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from own_rows import APART, ELSEWHERE, READING, Own

import reportedly
from reportedly.config import Config
from reportedly.export.registry import export, target, targets
from reportedly.incidents.figures import first_conflict
from reportedly.incidents.lineage import adds_facts
from reportedly.incidents.merge import body_of
from reportedly.incidents.names import is_generic
from reportedly.incidents.wording import words
from reportedly.ingest.options import ReadOptions
from reportedly.knowledge.load import SHIPPED, Knowledge, listed, own_tables
from reportedly.knowledge.schema import TABLES
from reportedly.ledger import open_ledger
from reportedly.model import Analysis, Dispatch, IncidentFigure, Place
from reportedly.pipeline import read_dispatches
from reportedly.views.map import extent

TEXT = "Rebels killed dozens of guards in Kirkuk on Monday, police said."
AGAIN = "Police said that on Monday dozens of guards were killed in Kirkuk by rebels."


def put(folder: Path, name: str, row: dict[str, str]) -> Path:
    """A folder with one row of a table."""
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.tsv").write_text(f"{chr(9).join(row)}\n{chr(9).join(row.values())}\n", encoding="utf-8")
    return folder


def read(own: dict[str, Own], tables: Path | None) -> dict[str, Analysis]:
    """What is read from the text of each table, without what made it."""
    given = [Dispatch(id=name, text=o.text, published="2024-05-15") for name, o in own.items()]
    found = read_dispatches(given, Config(tables=tables))
    return {a.dispatch.id: msgspec.structs.replace(a, versions=a.versions.__class__(*[""] * 5)) for a in found}


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Analysis], dict[str, Analysis]]:
    """The texts read by the shipped tables, and with all own rows in one folder."""
    folder = tmp_path_factory.mktemp("own")
    for name, own in READING.items():
        put(folder, name, own.row)
    return read(READING, None), read(READING, folder)


def test_every_table_is_tried() -> None:
    built = {name for name, t in TABLES.items() if t.readers == ("build",)}
    tried = [*READING, *APART, *ELSEWHERE]
    assert sorted(tried) == sorted(TABLES.keys() - built)


@pytest.mark.parametrize("name", TABLES)
def test_no_cell_names_a_word_twice(name: str) -> None:
    listing = [c.name for c in TABLES[name].columns if c.sep == ","]
    cells = [(n.place, n.row[c]) for n in SHIPPED.numbered(name) for c in listing]
    assert [place for place, cell in cells if len(words := listed(cell)) > len(set(words))] == []


@pytest.mark.parametrize("name", READING)
def test_an_own_row_changes_what_is_read(readings: tuple[dict[str, Analysis], dict[str, Analysis]], name: str) -> None:
    shipped, own = readings
    assert own[name] != shipped[name]


@pytest.mark.parametrize("name", APART)
def test_an_own_row_changes_what_others_say(tmp_path: Path, name: str) -> None:
    own = {name: APART[name]}
    assert read(own, put(tmp_path / "t", name, APART[name].row)) != read(own, None)


@pytest.fixture(scope="module")
def told() -> list[Analysis]:
    given = [
        Dispatch(id=key, text=text, published="2024-05-14", agency="Sample Wire")
        for key, text in (("a", TEXT), ("b", AGAIN))
    ]
    return list(read_dispatches(given))


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory, told: list[Analysis]) -> Path:
    path = tmp_path_factory.mktemp("ledger") / "news.duckdb"
    with open_ledger(path) as news:
        news.add(told)
    return path


def figures(*killed: tuple[str, int, str]) -> list[IncidentFigure]:
    return [
        IncidentFigure("killed", None, who, n, n, approx=False, as_of=day, claim=who, dispatch=who)
        for who, n, day in killed
    ]


def place() -> Place:
    return Place(0, 6, "Kirkuk", "Kirkuk", "city", "IRQ")


INCIDENTS: dict[str, Callable[[Knowledge], object]] = {
    "figure_types": lambda k: first_conflict(figures(("a", 9, "2024-05-13"), ("b", 4, "2024-05-14")), k),
    "generic_sources": lambda k: is_generic(frozenset({"minstrel"}), k),
    "speaks_for": lambda k: body_of("bard of the health ministry", k),
    "stopwords": lambda k: words(TEXT, k),
    "furniture": lambda k: adds_facts(f"{TEXT} Pancakes are served by the publisher Quillwire Limited.", [TEXT], k),
    "place_extent": lambda k: extent(place(), k),
    "export_targets": lambda k: list(targets(k)),
    "export_columns": lambda k: target("geojson", k).columns,
    "export_losses": lambda k: target("geojson", k).losses,
}


@pytest.mark.parametrize("name", INCIDENTS)
def test_an_own_row_changes_what_is_made_of_claims(tmp_path: Path, name: str) -> None:
    own = own_tables(put(tmp_path / "t", name, ELSEWHERE[name]))
    assert INCIDENTS[name](own) != INCIDENTS[name](SHIPPED)


def test_an_own_weight_changes_incidents(tmp_path: Path, told: list[Analysis]) -> None:
    counts: list[int] = []
    for tables in (None, put(tmp_path / "t", "link", ELSEWHERE["link"])):
        with open_ledger(tmp_path / f"{len(counts)}.duckdb", tables=tables) as news:
            news.add(told)
            counts.append(len(news.incidents()))
    assert counts == [1, 2]


def test_an_own_phrase_changes_headlines(tmp_path: Path, told: list[Analysis]) -> None:
    with open_ledger(tmp_path / "own.duckdb", tables=put(tmp_path / "t", "headlines", ELSEWHERE["headlines"])) as news:
        news.add(told)
        assert [i.headline.split()[0] for i in news.incidents()] == ["Slaying"]


def inputs(folder: Path) -> Iterator[Path]:
    """Files in which own rows of the tables of inputs show."""
    folder.mkdir()
    (folder / "a.jsonl").write_text(json.dumps({"text": TEXT, "deskName": "Sample Wire"}) + "\n", encoding="utf-8")
    (folder / "b.txt").write_text(f"KIRKUK, Iraq, May 6 Quillwire - {TEXT}", encoding="utf-8")
    slug = f"WRAPOVER - Guards die\n\nKIRKUK, Iraq, May 6 (Sample Wire) - {TEXT}"
    (folder / "c.txt").write_text(slug, encoding="utf-8")
    (folder / "d.note").write_text(TEXT, encoding="utf-8")
    page = (
        f"<html><body><article><p>{TEXT}</p><p>{AGAIN}</p><p>More of this ilk: Ferry sinks</p></article></body></html>"
    )
    (folder / "e.html").write_text(page, encoding="utf-8")
    yield folder


@pytest.mark.parametrize("name", ["agencies", "headers", "fields", "housekeeping", "teasers"])
def test_an_own_row_changes_how_inputs_are_read(tmp_path: Path, name: str) -> None:
    paths = list(inputs(tmp_path / "in"))
    tables = put(tmp_path / "t", name, ELSEWHERE[name])
    shipped, own = (
        [d for d in reportedly.dispatches(paths, options=ReadOptions(tables=t)) if isinstance(d, Dispatch)]
        for t in (None, tables)
    )
    assert own != shipped


@pytest.mark.parametrize(
    ("name", "to"),
    [
        ("export_acled", "acled-like"),
        ("export_words", "acled-like"),
        ("export_cameo", "gdelt-events"),
        ("export_countries", "gdelt-events"),
        ("export_sectors", "gdelt-events"),
    ],
)
def test_an_own_row_changes_an_export(tmp_path: Path, ledger: Path, name: str, to: str) -> None:
    written = []
    for n, tables in enumerate((None, put(tmp_path / "t", name, ELSEWHERE[name]))):
        with open_ledger(ledger, read_only=True) as news:
            assert export(news, to, str(tmp_path / f"{n}"), tables=tables).written
        written.append((tmp_path / f"{n}").read_bytes())
    assert written[0] != written[1]
