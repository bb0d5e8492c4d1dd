"""What can go wrong with the file: a full disk, a folder or file that cannot be written, readers beside a writer."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from many import contents, flood, many

from reportedly.errors import LedgerError
from reportedly.ledger import open_ledger

FULL = """
import resource, signal, sys
sys.path.insert(0, sys.argv[2])
from many import many
from reportedly.errors import LedgerError
from reportedly.ledger import open_ledger
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with open_ledger(sys.argv[1]) as news:
    room = int(sys.argv[3])
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    try:
        news.add(many())
    except LedgerError as problem:
        print(problem.code, problem.remedy)
"""


def test_a_full_disk_is_told_and_leaves_what_was_held(tmp_path: Path) -> None:
    path, here = tmp_path / "news.duckdb", str(Path(__file__).parents[2] / "help")
    with open_ledger(path) as news:
        news.add([flood()])
    before = contents(path)
    room = "65536"
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(path), here, room], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("E607"), done
    assert "unharmed" in done.stdout
    assert contents(path) == before
    with open_ledger(path) as news:
        assert news.add(many()[:12]).added == 12


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    path = tmp_path / "news.duckdb"
    with open_ledger(path) as news:
        news.add([flood()])
    before = contents(path)
    path.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(LedgerError, match=r"E60[23]"):
            open_ledger(path)
        assert contents(path) == before
    finally:
        tmp_path.chmod(0o755)


def test_readers_get_their_turns_while_somebody_writes(tmp_path: Path) -> None:
    path = tmp_path / "news.duckdb"
    seen: list[int] = []
    done = threading.Event()

    def read() -> None:
        with open_ledger(path, read_only=True) as news:
            while not done.is_set():
                claims = news.count("claims")
                assert claims % 2 == 0
                seen.append(claims)
                time.sleep(0.01)

    with open_ledger(path) as writer:
        reader = threading.Thread(target=read)
        reader.start()
        for start in range(0, 15, 5):
            writer.add(many()[start : start + 5])
        while len(seen) < 2 and reader.is_alive():
            time.sleep(0.01)
        done.set()
        reader.join()
    assert seen == sorted(seen)
    assert len(seen) > 1
