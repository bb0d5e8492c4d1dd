"""A user's own tables, from the folder to the claim."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportedly.config import Config
from reportedly.errors import ConfigError
from reportedly.explain import explain_dispatches
from reportedly.knowledge.load import SHIPPED, Knowledge
from reportedly.knowledge.petrarch import DatedActor, read_actors, table_text, to_tables
from reportedly.model import Claim, Dispatch
from reportedly.pipeline import read_dispatches

TEXT = "The ministry crowed that the Blue Lake Brigade had mothballed the town hall."
BODIES = "name\taliases\tcountry\tsector\tkind\nBlue Lake Brigade\tBLB\tTGO\tREB\torganization\n"
CUES = "lemma\tpos\tframes\tact\tforms\ncrow\tverb\tquote clause\treporting\t\n"
VERBS = "trigger\tpos\tif\ttype\tmode\tcameo\tframe\tfigures\nmothball\tv\tobj\tCOERCE\tseize\t192\tact\t\n"


def claims(text: str, folder: Path | None) -> tuple[Claim, ...]:
    return next(read_dispatches([Dispatch(id="d", text=text)], Config(tables=folder))).claims


def test_an_own_body_cue_and_event_word_make_a_claim(tmp_path: Path) -> None:
    for name, text in (("bodies", BODIES), ("cues", CUES), ("events_verbs", VERBS)):
        (tmp_path / f"{name}.tsv").write_text(text, encoding="utf-8")
    assert claims(TEXT, None) == ()
    (claim,) = claims(TEXT, tmp_path)
    assert (claim.type, claim.mode, claim.cameo, claim.trigger.text) == ("COERCE", "seize", "192", "mothballed")
    assert claim.source is not None
    assert claim.source.name == "ministry"
    assert [(p.name, p.code) for p in claim.actors] == [("Blue Lake Brigade", "TGOREB")]


@pytest.mark.parametrize(
    ("text", "row", "without", "own"),
    [
        ("The rebels jinxed a plan to bomb the town hall.", "thwart\tjinx\n", ["rebels"], []),
        ("The governor leaned on the rebels to attack the town.", "call\tlean on\n", ["governor"], ["rebels"]),
    ],
)
def test_own_words_say_whose_deed_it_is(
    tmp_path: Path, text: str, row: str, without: list[str], own: list[str]
) -> None:
    added, instead = tmp_path / "added", tmp_path / "instead"
    for folder, head in ((added, ""), (instead, "#! replace\n")):
        folder.mkdir()
        (folder / "events_words.tsv").write_text(f"{head}says\twords\n{row}", encoding="utf-8")
    for tables, actors in ((None, without), (added, own), (instead, own)):
        (claim,) = claims(text, tables)
        assert [p.name for p in claim.actors] == actors


def test_own_rows_are_named_in_explanations(tmp_path: Path) -> None:
    for name, text in (("bodies", BODIES), ("cues", CUES), ("events_verbs", VERBS)):
        (tmp_path / f"{name}.tsv").write_text(text, encoding="utf-8")
    _, (told,) = next(explain_dispatches([Dispatch(id="d", text=TEXT)], Config(tables=tmp_path)))
    rules = " ".join(r.rule for r in told.explain)
    assert all(f"{tmp_path / name}.tsv:2" in rules for name in ("bodies", "cues", "events_verbs"))


def test_an_own_name_comes_before_the_shipped_one(tmp_path: Path) -> None:
    """Whoever codes a body otherwise than we do needs one row."""
    rows = "name\taliases\tcountry\tsector\tkind\nHezbollah\t\tLBN\tPTY\torganization\n"
    (tmp_path / "bodies.tsv").write_text(rows, encoding="utf-8")
    text = "Hezbollah attacked the army base on Monday."
    assert [p.code for c in claims(text, None) for p in c.actors] != ["LBNPTY"]
    assert [p.code for c in claims(text, tmp_path) for p in c.actors] == ["LBNPTY"]


def test_a_petrarch_dictionary_codes_actors(tmp_path: Path) -> None:
    source = "BLUE_LAKE_BRIGADE_ ; no such group\n+LAKE_BRIGADIERS_\n\t[TGOMIL <19991231]\n\t[TGOREB >20000101]\n"
    records = [a for a in read_actors(source, "x") if isinstance(a, DatedActor)]
    rows = to_tables(records)["bodies"]
    (tmp_path / "bodies.tsv").write_text(table_text("bodies", rows, "from a sample"), encoding="utf-8")
    for name in ("Blue Lake Brigade", "Lake Brigadiers"):
        found = claims(f"The {name} attacked the town on Monday.", tmp_path)
        assert [(p.name, p.code) for p in found[0].actors] == [(name, "TGOREB")]


def test_places_of_rows_are_those_of_the_files(tmp_path: Path) -> None:
    (tmp_path / "cues.tsv").write_text("# own\n\n" + CUES, encoding="utf-8")
    last = Knowledge(tmp_path).numbered("cues")[-1]
    assert last.place == f"{tmp_path / 'cues.tsv'}:4"
    assert last.row["lemma"] == "crow"
    assert Knowledge(tmp_path).own("cues") == (last,)
    assert SHIPPED.own("cues") == ()
    assert Knowledge(tmp_path).rows("cues")[-1] == last.row


def test_a_table_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "bodies.tsv").write_text(BODIES + "a\tb\tc\td\te\tf\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"bodies\.tsv:3:11: 6 cells"):
        Knowledge(tmp_path).rows("bodies")
    (tmp_path / "cues.tsv").write_bytes(CUES.encode() + b"\xff\n")
    with pytest.raises(ConfigError, match=r"cues\.tsv:3: not UTF-8"):
        Knowledge(tmp_path).rows("cues")
