"""The database of an open ledger: its file is let go between turns, shared by readers, and none of a forked process."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable

import duckdb
import pytest
from many import flood
from readings import reading

from reportedly.errors import LedgerError
from reportedly.ledger import Ledger, open_ledger
from reportedly.model import Analysis

Book = Callable[..., Ledger]


def test_between_two_turns_anybody_may_open_the_file(ledger: Book) -> None:
    with ledger(flood()) as news:
        assert news.count("claims") == 1
        with duckdb.connect(str(news.path)) as other:
            assert other.execute("SELECT count(*) FROM claim").fetchall() == [(1,)]
        assert news.count("claims") == 1


def test_readers_share_the_file_and_a_writer_finds_it_held(ledger: Book) -> None:
    with ledger() as news, news.turn(write=False), news.turn(write=False) as con:
        assert con.execute("SELECT count(*) FROM claim").fetchall() == [(0,)]
        with pytest.raises(duckdb.Error, match="same database file"):
            news.database.lend(read_only=False)


def test_after_an_error_the_next_turn_finds_what_was_kept(ledger: Book) -> None:
    with ledger(flood()) as news:
        with pytest.raises(LedgerError, match="E607"), news.turn(write=True) as con:
            con.execute("BEGIN; DELETE FROM claim; SELECT nothing FROM nowhere")
        assert news.count("claims") == len(news.claims()) == 1


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="no process forks here")
def test_a_forked_process_reads_by_a_database_of_its_own(ledger: Book) -> None:
    with ledger(flood(), march()) as news:
        worker = multiprocessing.get_context("fork").Process(target=lambda: sys.exit(news.count("claims")))
        worker.start()
        worker.join()
        assert worker.exitcode == news.count("claims") == 2


def test_another_file_in_the_place_of_the_ledger_is_read_as_it_is(ledger: Book) -> None:
    with ledger(flood()) as news, ledger(name="other.duckdb") as other:
        assert news.count("claims") == 1
    other.path.replace(news.path)
    with open_ledger(news.path) as again:
        assert again.count("claims") == 0
        again.add([flood(), march()])
        assert again.count("claims") == 2


def march() -> Analysis:
    return reading("d2", "Teachers marched for better pay.", "2024-02-02", ("marched", {"type": "PROTEST"}))
