"""Rows of one's own change what the program reads, from the input on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import reportedly
from reportedly.config import Config
from reportedly.ingest.options import ReadOptions
from reportedly.knowledge.load import REPLACE_MARK
from reportedly.knowledge.schema import TABLES
from reportedly.model import Dispatch

TEXT = "Gunmen killed two guards in Basra, police said."


def read(tables: Path | None, *paths: Path) -> list[Dispatch]:
    found = reportedly.dispatches(list(paths), options=ReadOptions(tables=tables))
    return [d for d in found if isinstance(d, Dispatch)]


def table(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.tsv").write_text(text, encoding="utf-8")
    return folder


def test_an_own_name_of_a_field(tmp_path: Path) -> None:
    tables = table(tmp_path / "t", "fields", "field\tnames\nagency\tdeskname\n")
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": TEXT, "deskName": "Sample Wire"}) + "\n", encoding="utf-8")
    assert [d.agency for d in read(None, path)] == [None]
    assert [d.agency for d in read(tables, path)] == ["Sample Wire"]


def test_an_own_agency_signs_a_dateline(tmp_path: Path) -> None:
    tables = table(tmp_path / "t", "agencies", "name\tforms\tstate\thome\nQuillwire\t\t\t\n")
    path = tmp_path / "a.txt"
    path.write_text(f"BASRA, Iraq, May 6 Quillwire - {TEXT}", encoding="utf-8")
    assert [d.agency for d in read(tables, path)] == ["Quillwire"]
    assert [d.agency for d in read(None, path)] != ["Quillwire"]


def test_an_own_slug_is_a_note(tmp_path: Path) -> None:
    tables = table(tmp_path / "t", "headers", "kind\ttext\tnote\nslug\twrapover\tupdate\n")
    path = tmp_path / "a.txt"
    path.write_text(f"WRAPOVER - Two guards die\n\nBASRA, Iraq, May 6 (Sample Wire) - {TEXT}", encoding="utf-8")
    assert [d.note for d in read(None, path)] == [None]
    assert [d.note for d in read(tables, path)] == ["update"]


def test_an_own_file_that_is_no_dispatch(tmp_path: Path) -> None:
    tables = table(tmp_path / "t", "housekeeping", "kind\tpattern\nfile\t*.note\n")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.note").write_text(TEXT, encoding="utf-8")
    assert len(read(None, folder)) == 1
    assert read(tables, folder) == []


def test_read_all_reads_inputs_with_the_tables_of_the_configuration(tmp_path: Path) -> None:
    tables = table(tmp_path / "t", "fields", "field\tnames\nagency\tdeskname\n")
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": TEXT, "deskName": "Sample Wire"}) + "\n", encoding="utf-8")
    (analysis,) = reportedly.read_all([path], config=Config(tables=tables))
    assert analysis.dispatch.agency == "Sample Wire"


@pytest.mark.parametrize("name", ["agencies", "headers", "times_context", "where", "word_sets"])
def test_a_replaced_table_may_leave_out_what_it_likes(tmp_path: Path, name: str) -> None:
    columns = chr(9).join(c.name for c in TABLES[name].columns)
    tables = table(tmp_path / "t", name, f"{REPLACE_MARK}\n{columns}\n")
    found = reportedly.read(f"BASRA, Iraq, May 6 (Sample Wire) - {TEXT}", config=Config(tables=tables))
    assert "killed" in [claim.trigger.text for claim in found.claims]
