"""What is wrong in a user's folder of tables is told at once, by file, line and column, with what is allowed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from reportedly.cli import app
from reportedly.config import Config
from reportedly.errors import ConfigError
from reportedly.events.lexicon import EVENT_TABLES
from reportedly.knowledge.load import SHIPPED, knowledge_of, shipped_tables
from reportedly.knowledge.schema import TABLES

TIME = "rule\tpattern\ttraits\texample\tvalue\n"
EVENT = "trigger\tpos\tif\ttype\tmode\tcameo\tframe\tfigures\n"

REFUSED = [
    ("events_verbs.tsv", EVENT + "mothball\tv\tobj\tCOERSE\t\t\tact\t\n", r"E319.*verbs\.tsv:2:16: type is 'COERSE'.*COERCE"),
    ("events_verbs.tsv", EVENT + "mothball\tq\tobj\tCOERCE\n", r"E319.*:2:10: pos is 'q'.*v, n, a, p, x"),
    ("events_verbs.tsv", EVENT + "mothball\tv\tsubj:@forse\tCOERCE\n", r"E319.*:2:12: if is 'subj:@forse'"),
    ("events_verbs.tsv", EVENT + "mothball\tv\t\tCOERCE\t\t\tacts\n", r"E319.*:2:22: frame is 'acts'"),
    ("events_verbs.tsv", EVENT + "mothball\tv\t\tCOERCE\t\t\tact\tkiled\n", r"E319.*figures is 'kiled'.*killed"),
    ("events_verbs.tsv", EVENT + "\tv\t\tCOERCE\n", r"E319.*:2:1: trigger is empty"),
    ("cues.tsv", "lemma\tpos\tframe\nboast\tverb\tclause\n", r"E318.*cues\.tsv:1:11: 'frame' is no column.*Did you mean frames\?"),
    ("cues.tsv", "lemma\tpos\tframes\nboast\tverb\tclause\n", r"E318.*cues\.tsv:1: the column 'act' is missing"),
    ("cues.tsv", "lemma\tpos\tlemma\n", r"E318.*:1:11: 'lemma' is twice"),
    ("cues.tsv", "lemma\tpos\tframes\tact\nboast\tverb\tclaus to\treporting\n", r"E319.*:2:12: frames is 'claus to', with 'claus'"),
    ("cues.tsv", "lemma\tpos\tframes\tact\nboast\tverb\tclause\treporting\t\tx\n", r"E301.*cues\.tsv:2:29: 6 cells"),
    ("cue.tsv", "lemma\n", r"E331.*cue\.tsv: no table has this name.*Did you mean cues\.tsv\?"),
    ("cues.csv", "lemma\n", r"E331.*cues\.csv: no table has this name.*Did you mean cues\.tsv\?"),
    ("event_types.tsv", "type\twhat\nstrike\tstops work\n", r"E319.*:2:1: type is 'strike'.*capital letters"),
    ("event_types.tsv", "type\twhat\ttraits\nSTRIKE\tstops work\tforse\n", r"E319.*traits is 'forse'.*harm, accident"),
    ("leaders.tsv", "name\tcountry\tsector\nAda Sample\tXYZ\tGOV\n", r"E319.*country is 'XYZ'"),
    ("times_rules.tsv", TIME + "ago\t(unit:UNITS\t\tago\tP1D\n", r"E319.*:2:5: pattern is '\(unit:UNITS'"),
    ("times_rules.tsv", TIME + "ago\t{SUM} ago\t\tago\tP1D\n", r"E319.*:2:5: pattern is.*EDGE, HOW_LONG"),
    ("times_rules.tsv", TIME + "agoo\tago\t\tago\tP1D\n", r"E319.*:2:1: rule is 'agoo'"),
    ("quantities.tsv", "kind\twords\tvalue\nvague\tumpteen\tmany\n", r"E319.*value is 'many'.*a number"),
    ("counties.tsv", "fips\tlat\tlon\n", r"E317.*built into the gazetteer"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "message"), REFUSED)
def test_what_a_table_cannot_say_is_refused(tmp_path: Path, name: str, text: str, message: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        knowledge_of(Config(tables=tmp_path))
    assert re.search(message, str(refused.value), re.DOTALL), str(refused.value)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "cues.tsv").write_bytes(b"lemma\tpos\tframes\tact\nboast\xff\tverb\tclause\treporting\n")
    with pytest.raises(ConfigError, match=r"cues\.tsv:2: not UTF-8"):
        knowledge_of(Config(tables=tmp_path))


def test_a_refusal_comes_before_any_ledger_is_touched(tmp_path: Path) -> None:
    """Exit code 2, and no file of a ledger beside it."""
    tables = tmp_path / "tables"
    tables.mkdir()
    (tables / "events_verbs.tsv").write_text(EVENT + "mothball\tv\tobj\tCOERSE\n", encoding="utf-8")
    text, ledger = tmp_path / "a.txt", tmp_path / "a.ledger"
    text.write_text("The army mothballed the town hall.", encoding="utf-8")
    for command in (["code", str(text)], ["add", str(text), "--ledger", str(ledger)]):
        done = CliRunner().invoke(app, [*command, "--tables", str(tables)])
        told = done.output + str(done.exception or "")
        assert "COERSE" in told
        assert done.exit_code in (1, 2)
    assert not ledger.exists()


def test_every_shipped_table_is_declared_and_holds_what_it_may(tmp_path: Path) -> None:
    """A copy of the shipped tables is a folder of one's own that nothing is said against."""
    assert shipped_tables().keys() == TABLES.keys()
    for name, path in shipped_tables().items():
        if TABLES[name].readers != ("build",):
            (tmp_path / f"{name}.tsv").write_text("#! replace\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    mine = knowledge_of(Config(tables=tmp_path))
    assert all(mine.rows(name) == SHIPPED.rows(name) for name in TABLES)


def test_who_reads_a_table_is_what_the_code_says() -> None:
    """The schema names every room that opens a table, and none besides."""
    rooms: dict[str, set[str]] = {name: set() for name in TABLES}
    root = Path(__file__).parents[3] / "src" / "reportedly"
    for path in root.rglob("*.py"):
        for name in re.findall(r'(?:rows|numbered|own)\(\s*"(\w+)"', path.read_text(encoding="utf-8")):
            rooms[name].add(path.relative_to(root).parts[0].removesuffix(".py"))
    in_a_loop = set(EVENT_TABLES) - {"events_nouns"}
    opened = {name for name, table in TABLES.items() if table.readers != ("build",)} - in_a_loop
    assert {name: rooms[name] for name in opened} == {name: set(TABLES[name].readers) for name in opened}
