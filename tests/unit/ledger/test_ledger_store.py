"""Adding: idempotent, whole dispatches, versions replace and withdraw, one writer, killed at any moment."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import msgspec
import pytest
from many import FLOOD, LATER, contents, flood, many
from readings import reading

from reportedly.errors import LedgerError
from reportedly.ledger import AddReport, Ledger, open_ledger


def test_adding_twice_changes_nothing(ledger: Callable[..., Ledger]) -> None:
    with ledger() as news:
        assert news.add([flood()]) == AddReport(added=1)
        before = news.incidents(), news.claims(), news.dispatches()
        assert news.add([flood(), flood()]) == AddReport(unchanged=2)
        assert (news.incidents(), news.claims(), news.dispatches()) == before


def test_what_was_read_comes_back_as_it_was(ledger: Callable[..., Ledger]) -> None:
    given = flood(title="Dam bursts", url="https://lodestar.example/1")
    with ledger(given) as news:
        (back,) = news.analyses()
    assert back == given


def test_a_correction_replaces_the_claims_and_both_stay_readable(ledger: Callable[..., Ledger]) -> None:
    with ledger(flood()) as news:
        assert news.add([flood(LATER, 9)]) == AddReport(replaced=1)
        (held,) = news.claims()
        assert [(f.low, f.high) for f in held.claim.figures] == [(9, 9)]
        assert [a.dispatch.text for a in news.analyses(["d1"], every_version=True)] == [FLOOD, LATER]
        assert news.dispatches()[0].version == 2
        assert news.add([flood()]) == AddReport(unchanged=1)
        assert [(f.low, f.high) for f in news.claims()[0].claim.figures] == [(9, 9)]


def test_numbered_versions_count_in_any_order_of_arrival(ledger: Callable[..., Ledger]) -> None:
    with ledger(flood(LATER, 9, version="2")) as news:
        news.add([flood(version="1")])
        assert [(f.low, f.high) for f in news.claims()[0].claim.figures] == [(9, 9)]


def test_a_kill_notice_withdraws_and_stands(ledger: Callable[..., Ledger]) -> None:
    with ledger(flood()) as news:
        notice = reading("d1", "KILL. The item on the dam is withdrawn.", "2024-05-07", agency="Lodestar", note="kill")
        assert news.add([notice]) == AddReport(withdrawn=1)
        assert news.claims() == []
        assert news.incidents() == []
        assert news.dispatches()[0].withdrawn
        assert len(news.analyses(["d1"], every_version=True)) == 2


def test_a_new_program_reads_anew(ledger: Callable[..., Ledger]) -> None:
    given = flood()
    newer = msgspec.structs.replace(given, versions=msgspec.structs.replace(given.versions, reportedly="0.2.0"))
    with ledger(given) as news:
        assert news.known(given.dispatch, given.versions)
        assert not news.known(given.dispatch, newer.versions)
        assert news.add([newer]) == AddReport(replaced=1)
        assert [c.versions.reportedly for c in news.claims()] == ["0.2.0"]


def test_second_writer_is_told_who_writes(tmp_path: Path) -> None:
    path = tmp_path / "news.duckdb"
    with open_ledger(path), pytest.raises(LedgerError, match=rf"E601.*is being written.*process {os.getpid()}"):
        open_ledger(path)
    open_ledger(path).close()


def test_readers_read_while_a_writer_is_open(tmp_path: Path) -> None:
    path = tmp_path / "news.duckdb"
    with open_ledger(path) as writer, open_ledger(path, read_only=True) as reader:
        assert reader.claims() == []
        writer.add([flood()])
        assert len(reader.claims()) == 1


def test_read_only_never_changes_the_file(tmp_path: Path) -> None:
    path = tmp_path / "news.duckdb"
    with pytest.raises(LedgerError, match="E617"):
        open_ledger(path, read_only=True)
    assert not path.exists()
    open_ledger(path).close()
    with open_ledger(path, read_only=True) as news, pytest.raises(LedgerError, match="E606"):
        news.add([flood(LATER, 9)])


def test_files_that_are_no_ledger_are_named(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("not a database, and long enough to be read as one " * 100)
    with pytest.raises(LedgerError, match="E604"):
        open_ledger(text)
    other = tmp_path / "other.duckdb"
    con = duckdb.connect(str(other))
    con.execute("CREATE TABLE prices (x INTEGER)")
    con.close()
    with pytest.raises(LedgerError, match="E604"):
        open_ledger(other)


def test_a_newer_ledger_asks_for_a_newer_program(tmp_path: Path) -> None:
    path = tmp_path / "news.duckdb"
    open_ledger(path).close()
    con = duckdb.connect(str(path))
    con.execute("UPDATE ledger SET schema_version = 99")
    con.close()
    with pytest.raises(LedgerError, match="E605"):
        open_ledger(path, read_only=True)


def test_unknown_ids_and_filters_are_named(ledger: Callable[..., Ledger]) -> None:
    with ledger(flood()) as news:
        with pytest.raises(LedgerError, match="E608"):
            news.show("n-000000000000")
        with pytest.raises(LedgerError, match="E609"):
            news.incidents(colour="red")


def test_show_leads_back_to_the_sentence(ledger: Callable[..., Ledger]) -> None:
    with ledger(flood()) as news:
        (incident,) = news.incidents(place="tarnova", source="rescue")
        shown = news.show(incident.id)
        assert shown.incident == incident
        assert [c.sentence for c in shown.claims] == [FLOOD]
        assert news.show("d1").text == FLOOD
        assert news.show(shown.claims[0].claim.id).incident == incident


WORKER = """
import sys
sys.path.insert(0, sys.argv[2])
from many import many
from reportedly.ledger import adding, open_ledger
adding.BATCH = 5
with open_ledger(sys.argv[1]) as news:
    print("open", flush=True)
    news.add(many()[:30])
"""


def test_killed_at_any_moment_it_holds_whole_dispatches_and_goes_on(tmp_path: Path) -> None:
    whole = tmp_path / "whole.duckdb"
    with open_ledger(whole) as news:
        news.add(many()[:30])
    path, here = tmp_path / "news.duckdb", Path(__file__).parents[2] / "help"
    chance = random.Random(7)
    for _ in range(2):
        worker = subprocess.Popen([sys.executable, "-c", WORKER, str(path), str(here)], stdout=subprocess.PIPE)
        assert worker.stdout is not None
        worker.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.4))
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        with open_ledger(path, read_only=True) as news:
            held = news.analyses()
            assert all(len(a.claims) == 2 for a in held)
            assert len(news.claims()) == 2 * len(held)
    with open_ledger(path) as news:
        report = news.add(many()[:30])
    assert report.added + report.unchanged == 30
    assert contents(path) == contents(whole)
