"""On Spark: in one process with two cores, and on a cluster of two executors of their own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from reportedly.cli import app
from reportedly.export.records import CodedDispatch, to_json_line

pytest.importorskip("pyspark", reason="the extra 'spark' is not installed")

from pyspark.sql import DataFrame, SparkSession
from sessions import session

from reportedly import spark as on_spark
from reportedly.errors import ConfigError

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
    columns = "id string, text string, published string, agency string"
    return spark.createDataFrame(
        [tuple(row.get(c) for c in ("id", "text", "published", "agency")) for row in rows], columns
    )


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


def by_id(spark: SparkSession, folder: Path) -> dict[str, dict[str, object]]:
    return {row["id"]: row.asDict(recursive=True) for row in spark.read.parquet(str(folder)).collect()}


def test_spark_gives_what_the_command_gives(local: SparkSession, coded: Path, lines: Path, tmp_path: Path) -> None:
    """Each row, with its nested columns, is the record of the JSON lines, to the byte."""
    import msgspec

    out = tmp_path / "out.jsonl"
    run("code", lines, "-o", out, "-q")
    rows = by_id(local, coded)
    for line in out.read_bytes().splitlines(keepends=True):
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


def test_a_ledger_of_coded_rows_is_that_of_the_texts(coded: Path, lines: Path, tmp_path: Path) -> None:
    """The same dispatches, claims and incidents, whichever way they came; adding the texts later changes nothing."""
    direct, indirect = tmp_path / "direct.ledger", tmp_path / "indirect.ledger"
    run("add", lines, "--ledger", direct, "-q")
    run("add", "--coded", coded, "--ledger", indirect, "-q")
    for what in ("incidents", "claims", "sources", "dispatches"):
        assert run(what, "--ledger", indirect, "-o", "-") == run(what, "--ledger", direct, "-o", "-") != ""
    run("add", lines, "--ledger", indirect, "-q")
    with duckdb.connect(str(indirect)) as con:
        assert con.execute("SELECT count(*) FROM dispatch").fetchone() == (12,)


def test_json_lines_of_the_command_can_be_added(lines: Path, tmp_path: Path) -> None:
    """The contract's records make the same incidents."""
    out, direct, indirect = tmp_path / "out.jsonl", tmp_path / "direct.ledger", tmp_path / "indirect.ledger"
    run("code", lines, "-o", out, "-q")
    run("add", lines, "--ledger", direct, "-q")
    run("add", "--coded", out, "--ledger", indirect, "-q")
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


@pytest.mark.usefixtures("coded")
def test_a_cluster_gives_the_same(local: SparkSession, coded: Path) -> None:
    """Executors in processes of their own, as on a cluster."""
    expected = by_id(local, coded)
    local.stop()
    cluster = session("local-cluster[2,1,1024]")
    try:
        found = on_spark.code(frame(cluster, wire()).repartition(2)).collect()
    finally:
        cluster.stop()
    assert len(found) == 12
    for row in found:
        assert row.asDict(recursive=True) == expected[row["id"]]
