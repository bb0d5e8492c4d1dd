"""Actor dictionaries of PETRARCH: what is read, which code counts on which day, what becomes of broken lines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.knowledge.petrarch import DatedActor, read_actors, spellings, table_text, to_tables
from reportedly.model import Diagnostic

# Nobody of this exists.
SAMPLE = """# a sample
<!-- a remark
over two lines -->
TOGO_  [TGO]
+TOGOLESE_
LAKE_LIBERATION_FRONT_  [TGOREB]  # default
+L.L.F._
AHMAD_OF_THE_HILLS_ ; a person
+AHMAD_HILL
\t[TGOELI <19800101]
\t[TGOGOV 800101-070723]
\t[TGOOPP >070724]
GUARDS_OF_OLD_  [TGOMIL 600101-700101]
WHO_ [IGOHLH]
"""


def actors(text: str) -> list[DatedActor]:
    return [a for a in read_actors(text, "x") if isinstance(a, DatedActor)]


def problems(text: str) -> list[tuple[int | None, str]]:
    return [(d.line, d.level) for d in read_actors(text, "x") if isinstance(d, Diagnostic)]


def test_records_hold_their_names_and_codes() -> None:
    found = {a.names[0]: a for a in actors(SAMPLE)}
    assert list(found) == [
        "TOGO",
        "LAKE LIBERATION FRONT",
        "AHMAD OF THE HILLS",
        "GUARDS OF OLD",
        "WHO",
    ]
    assert found["TOGO"].names == ("TOGO", "TOGOLESE")
    assert found["LAKE LIBERATION FRONT"].default == "TGOREB"
    assert found["AHMAD OF THE HILLS"].periods[1] == ("TGOGOV", date(1980, 1, 1), date(2007, 7, 23))
    assert problems(SAMPLE) == []


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(1970, 5, 1), "TGOELI"),
        (date(1980, 6, 1), "TGOGOV"),
        (date(2007, 7, 23), "TGOGOV"),
        (date(2020, 1, 1), "TGOOPP"),
        (None, "TGOOPP"),
    ],
)
def test_a_day_chooses_the_code(day: date | None, code: str) -> None:
    assert actors(SAMPLE)[2].code_on(day) == code


def test_without_a_day_what_held_last_counts_and_on_another_day_nothing() -> None:
    guards = actors(SAMPLE)[3]
    assert guards.code_on(None) == "TGOMIL"
    assert guards.code_on(date(2020, 1, 1)) is None


def test_rows_tell_countries_persons_and_bodies() -> None:
    tables = to_tables(actors(SAMPLE))
    assert [(r["name"], r["country"], r["sector"], r["kind"]) for r in tables["bodies"]] == [
        ("Togo", "TGO", "", "country"),
        ("Lake Liberation Front", "TGO", "REB", "organization"),
        ("Guards of Old", "TGO", "MIL", "organization"),
        ("WHO", "", "IGOHLH", "organization"),
    ]
    assert [(r["name"], r["aliases"], r["sector"]) for r in tables["leaders"]] == [
        ("Ahmad of the Hills", "Ahmad Hill", "OPP")
    ]


def test_a_synonym_cannot_change_the_code_of_its_record() -> None:
    text = "GOOD_ [TGOGOV]\n+BETTER_ [TGOMIL]\n+BEST_\n"
    assert problems(text) == [(2, "error")]
    assert [(a.names, a.default) for a in actors(text)] == [(("GOOD", "BEST"), "TGOGOV")]


def test_broken_lines_are_named_and_cost_only_their_own_record() -> None:
    text = (
        "+EARLY\nGOOD_ [TGOGOV]\n[TGOMIL 600199-700101]\nBROKEN_ [TGOREB\n+OF_THE_BROKEN\nNOBODY_\n&SET\nLAST_ [TGO]\n"
    )
    assert problems(text) == [(1, "error"), (3, "error"), (4, "error"), (6, "warning"), (7, "error")]
    assert [a.names for a in actors(text)] == [("GOOD",), ("LAST",)]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("FRONT OF THE LAKES", ["Front of the Lakes"]),
        ("AL-HILLI", ["Al-Hilli"]),
        ("O'HILL", ["O'Hill"]),
        ("NATO", ["Nato", "NATO"]),
        ("US", ["US"]),
        ("Mixed Name", ["Mixed Name"]),
    ],
)
def test_names_are_written_as_newspapers_do(name: str, written: list[str]) -> None:
    assert spellings(name) == written


@given(st.text(alphabet="AB_+[]<>-0189 \t\n#;&!", max_size=80))
def test_no_text_is_too_odd(text: str) -> None:
    """Every line is a record, part of one, a remark or a named problem; tables keep their columns."""
    rows = to_tables(actors(text))["bodies"]
    for line in table_text("bodies", rows, "x").splitlines()[2:]:
        assert line.count("\t") == 4
    assert all(line is not None for line, _ in problems(text))


def test_the_command_writes_tables_and_overwrites_nothing(tmp_path: Path, command: Callable[..., Any]) -> None:
    source, folder = tmp_path / "some.actors.txt", tmp_path / "own"
    source.write_text(SAMPLE + "BROKEN_ [TGOREB\n", encoding="utf-8")
    done = command("tables", "--from-petrarch", str(source), "--output", str(folder), "--on", "1990-01-01")
    assert done.returncode == 1
    assert f"{source}:15: error" in done.stderr
    assert "Ahmad of the Hills\tAhmad Hill\tTGO\tGOV\n" in (folder / "leaders.tsv").read_text(encoding="utf-8")
    again = command("tables", "--from-petrarch", str(source), "--output", str(folder))
    assert again.returncode == 2
    assert "is there already" in again.stderr


def test_the_command_lists_the_tables(command: Callable[..., Any]) -> None:
    assert "bodies.tsv" in command("tables").stdout
