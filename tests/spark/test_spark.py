"""On Spark: in one process with two cores, and on a cluster of two executors of their own.

One file, for all of it runs on one session: to start Java and to load what Spark is made of costs most of a test.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import msgspec
import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet
from typer.testing import CliRunner

from reportedly.cli import app
from reportedly.export.nested import arrow_schema, to_batch, to_row
from reportedly.export.records import CodedDispatch, to_json_line
from reportedly.ledger import open_ledger
from reportedly.model import Analysis

pytest.importorskip("pyspark", reason="the extra 'spark' is not installed")

from pyspark import TaskContext
from pyspark.sql import DataFrame, SparkSession
from sessions import session

from reportedly import spark as on_spark
from reportedly.errors import ConfigError, LedgerError
from reportedly.incidents.likeness import ENOUGH, MICRO
from reportedly.incidents.linkage import clusters
from reportedly.spark import rounds
from reportedly.spark.steps import Steps

SAMPLES = Path(__file__).parents[2] / "samples"
TOWNS = ("Lagos", "Quito", "Basra", "Kabul")
FRENCH = "Le ministre a déclaré mardi que deux personnes avaient été tuées dans la capitale par des inconnus."


def wire() -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for n in range(12):
        text = (
            f"{TOWNS[n % 4].upper()}, May 6 - Gunmen killed {n + 2} guards near {TOWNS[n % 4]} on Sunday, police said."
        )
        rows.append({"id": f"n{n}", "text": text, "published": "2024-05-07", "agency": "Example"})
    return rows


@pytest.fixture(scope="module")
def local() -> Iterator[SparkSession]:
    spark = session("local[2,3]")
    yield spark
    spark.stop()


def frame(spark: SparkSession, rows: list[dict[str, object]]) -> DataFrame:
    columns = ("id", "text", "published", "agency")
    return spark.createDataFrame(pa.table({c: pa.array([row.get(c) for row in rows], pa.string()) for c in columns}))


@pytest.fixture(scope="module")
def coded(local: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wire, with three rows that cannot be coded, as Spark has written it."""
    bad: list[dict[str, object]] = [
        {"id": "empty", "text": " "},
        {"id": "none", "text": None},
        {"id": "fr", "text": FRENCH},
    ]
    folder = tmp_path_factory.mktemp("coded") / "wire.parquet"
    on_spark.code(frame(local, [*wire(), *bad])).write.parquet(str(folder))
    return folder


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("wire") / "wire.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in wire()), encoding="utf-8")
    return path


def run(*args: object) -> str:
    result = CliRunner().invoke(app, [str(a) for a in args])
    assert result.exit_code in (0, 1), result.output
    return result.stdout


@pytest.fixture(scope="module")
def told(lines: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wire as the command codes it."""
    out = tmp_path_factory.mktemp("told") / "out.jsonl"
    run("code", lines, "-o", out, "-q")
    return out


@pytest.fixture(scope="module")
def direct(lines: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger that the command makes of the wire."""
    path = tmp_path_factory.mktemp("direct") / "direct.ledger"
    run("add", lines, "--ledger", path, "-q")
    return path


def by_id(spark: SparkSession, folder: Path) -> dict[str, dict[str, object]]:
    return {row["id"]: row.asDict(recursive=True) for row in spark.read.parquet(str(folder)).collect()}


def test_spark_gives_what_the_command_gives(local: SparkSession, coded: Path, told: Path) -> None:
    """Each row, with its nested columns, is the record of the JSON lines, to the byte."""
    rows = by_id(local, coded)
    for line in told.read_bytes().splitlines(keepends=True):
        row = rows[json.loads(line)["id"]]
        record = msgspec.convert({name: row[name] for name in CodedDispatch.__struct_fields__}, CodedDispatch)
        assert to_json_line(record) == line
        assert row["error"] is None


def test_rows_that_cannot_be_coded_say_why(local: SparkSession, coded: Path) -> None:
    """They keep their id, and the job does not fail."""
    rows = by_id(local, coded)
    assert len(rows) == 15
    assert rows["empty"]["error"] == rows["none"]["error"] == "no text [no-text]"
    assert rows["fr"]["error"] == 'the text is in "fr", not in English [language-not-supported]'
    assert rows["fr"]["claims"] == []


def test_a_ledger_of_coded_rows_is_that_of_the_texts(coded: Path, lines: Path, direct: Path, tmp_path: Path) -> None:
    """The same dispatches, claims and incidents, whichever way they came; adding the texts later changes nothing."""
    indirect = tmp_path / "indirect.ledger"
    run("add", "--coded", coded, "--ledger", indirect, "-q")
    for what in ("incidents", "claims", "sources", "dispatches"):
        assert run(what, "--ledger", indirect, "-o", "-") == run(what, "--ledger", direct, "-o", "-") != ""
    run("add", lines, "--ledger", indirect, "-q")
    with duckdb.connect(str(indirect)) as con:
        assert con.execute("SELECT count(*) FROM dispatch").fetchone() == (12,)


def test_json_lines_of_the_command_can_be_added(told: Path, direct: Path, tmp_path: Path) -> None:
    """The contract's records make the same incidents."""
    indirect = tmp_path / "indirect.ledger"
    run("add", "--coded", told, "--ledger", indirect, "-q")
    assert run("incidents", "--ledger", indirect, "-o", "-") == run("incidents", "--ledger", direct, "-o", "-") != ""


def test_a_frame_without_texts_is_refused(local: SparkSession) -> None:
    with pytest.raises(ConfigError, match="no column for a text among id, day"):
        on_spark.code(local.createDataFrame([("a", "b")], "id string, day string"))


def test_files_are_coded_a_task_each(local: SparkSession, lines: Path) -> None:
    """Any format that the command reads; a file that is not there is a row with an error."""
    rows = on_spark.code_files(local, [str(lines), str(lines.parent / "none.warc.gz")]).collect()
    assert sorted(row["id"] for row in rows) == sorted(["", *(str(row["id"]) for row in wire())])
    (broken,) = (row for row in rows if row["error"])
    assert "no such file or folder [no-such-file]" in broken["error"]


# What is told on the other days of the samples is in the margin.
PERIOD = ("2024-05-18", "2024-05-20")


def read(ledger: Path) -> list[Analysis]:
    with open_ledger(ledger, read_only=True) as held:
        return held.analyses(every_version=True)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples in a file of a period, with a correction of one, another withdrawn, and what people decided."""
    folder = tmp_path_factory.mktemp("one")
    run("add", SAMPLES, "--ledger", folder / "first.ledger", "-q")
    path, held = folder / "samples.ledger", read(folder / "first.ledger")
    corrected = msgspec.structs.replace(held[0].dispatch, text=held[0].dispatch.text + "\n", version="2")
    killed = msgspec.structs.replace(held[1].dispatch, note="kill", version="3")
    later = [msgspec.structs.replace(a, dispatch=d) for a, d in zip(held, (corrected, killed), strict=False)]
    with open_ledger(path, period=PERIOD) as book:
        assert book.add([*held, *later, far(held)]).outside == 1
        claims = [incident.claims[-1] for incident in book.incidents(sort="-claims", limit=2)]
        book.judge(claims[0], "wrong", by="desk")
    return path


def far(held: list[Analysis]) -> Analysis:
    """A dispatch of another month, which is not of the period."""
    return msgspec.structs.replace(
        held[2], dispatch=msgspec.structs.replace(held[2].dispatch, id="far", published="2024-07-19")
    )


@pytest.fixture(scope="module")
def readings(ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the ledger was given as coded rows, the last first, in two files."""
    folder = tmp_path_factory.mktemp("coded")
    held = read(ledger)
    rows = [to_row(a) for a in reversed([*held, far(held)])]
    for n in range(2):
        table = pa.Table.from_batches([to_batch(rows[n::2])], schema=arrow_schema())
        parquet.write_table(table, folder / f"{n}.parquet")
    return folder


@pytest.fixture(scope="module")
def folder(local: SparkSession, readings: Path, ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger that Spark makes of the rows, though its first task dies."""
    rows = local.read.parquet(str(readings))

    def once(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        task = TaskContext.get()
        if task is not None and task.partitionId() == 0 and task.attemptNumber() == 0:
            raise RuntimeError("this task dies the first time")
        yield from batches

    dying = rows.mapInArrow(once, rows.schema)
    return on_spark.incidents(dying, tmp_path_factory.mktemp("made") / "samples", judgements=ledger, period=PERIOD)


def lists(ledger: Path) -> dict[str, str]:
    return {what: run(what, "--ledger", ledger, "-o", "-") for what in ("incidents", "claims", "sources", "dispatches")}


def test_every_list_is_the_same_to_the_byte(folder: Path, ledger: Path) -> None:
    """Standing, figures, voices, lineages, judgements, the incidents of the period alone: whatever a list tells."""
    with open_ledger(folder, read_only=True) as made, open_ledger(ledger, read_only=True) as one:
        assert made.period == one.period
        margin = {c.dispatch for c in made.claims() if c.incident is None}
    assert margin
    assert lists(folder) == lists(ledger)
    assert all(text.count("\n") > 3 for text in lists(folder).values())


def test_an_export_is_the_same_to_the_byte(folder: Path, ledger: Path, tmp_path: Path) -> None:
    for n, made in enumerate((folder, ledger)):
        run("export", "--to", "jsonl", "--ledger", made, "--output", tmp_path / f"{n}.jsonl", "-q")
    assert (tmp_path / "0.jsonl").read_bytes() == (tmp_path / "1.jsonl").read_bytes() != b""


def test_a_folder_is_shown_and_searched(folder: Path, ledger: Path) -> None:
    """By what it was made of, where it happened and who says so, as one file is."""
    first = json.loads(run("incidents", "--ledger", folder, "-o", "-").splitlines()[0])
    assert run("show", first["id"], "--ledger", folder) == run("show", first["id"], "--ledger", ledger)
    for asked in (f"dispatch={first['dispatches'][0]}", f"voice={first['sources'][0]['name']}", "words=convoy"):
        found = [run("incidents", "--ledger", made, "--where", asked, "-o", "-") for made in (folder, ledger)]
        assert found[0] == found[1] != ""


def test_a_folder_can_be_moved_and_judged_and_not_added_to(folder: Path, ledger: Path, tmp_path: Path) -> None:
    """A judgement is kept beside it and is shown with the claim."""
    moved = folder.rename(folder.with_name("moved"))
    try:
        before = run("claims", "--ledger", moved, "-o", "-")
        claim = json.loads(before.splitlines()[0])["claim"]["id"]
        run("judge", claim, "right", "--ledger", moved)
        shown = json.loads(run("claims", "--ledger", moved, "--where", f"id={claim}", "-o", "-"))
        assert shown["judged"] == "right"
        with pytest.raises(LedgerError, match="nothing can be added"), open_ledger(moved) as held:
            held.add(read(ledger))
        run("judge", claim, "right", "--undo", "--ledger", moved)
        assert run("claims", "--ledger", moved, "-o", "-") == before
    finally:
        moved.rename(folder)


def test_parquet_lies_by_month(folder: Path) -> None:
    """In files that any program reads; no step of the making is left."""
    with duckdb.connect() as con:
        found = con.execute(f"SELECT DISTINCT month FROM read_parquet('{folder}/claim/*/*.parquet')").fetchall()
    assert found
    assert not (folder / "steps").exists()


def test_a_folder_that_is_there_is_not_written_over(local: SparkSession, readings: Path, folder: Path) -> None:
    with pytest.raises(LedgerError, match="is there already"):
        on_spark.incidents(local.read.parquet(str(readings)), folder)


def test_rounds_of_queries_link_as_arrays_do(local: SparkSession, tmp_path: Path) -> None:
    """Ties, weights and means that sink as groups grow: the same clusters."""
    chance = np.random.default_rng(10)
    size, enough = 14, round(ENOUGH * MICRO)
    pairs = np.array([(a, b) for a in range(size) for b in range(a + 1, size) if chance.random() < 0.3])
    score = chance.choice([enough * 3, enough * 2, enough, -enough], len(pairs))
    mass = chance.integers(1, 4, size)
    a, b = pairs.astype(np.int32).T
    expected = clusters(mass, a, b, score.astype(np.int32), enough)
    steps = Steps(local, tmp_path / "steps")
    nodes = steps.put("nodes", pa.table({"node": np.arange(size), "mass": mass}))
    edges = steps.put("given", pa.table({"a": a.astype(np.int64), "b": b.astype(np.int64), "score": score}))
    found = {row["node"]: row["root"] for row in rounds.clusters(steps, nodes, edges).collect()}
    assert [found[n] for n in range(size)] == expected.tolist()
    assert 1 < len(set(found.values())) < size


def test_a_cluster_gives_the_same(local: SparkSession, coded: Path) -> None:
    """Executors in processes of their own, as on a cluster, each of which loads the model itself."""
    expected = by_id(local, coded)
    local.stop()
    cluster = session("local-cluster[2,1,1024]")
    try:
        found = on_spark.code(frame(cluster, wire()[:4]).repartition(2)).collect()
    finally:
        cluster.stop()
    assert len(found) == 4
    for row in found:
        assert row.asDict(recursive=True) == expected[row["id"]]
