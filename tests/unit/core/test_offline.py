"""No command asks another host for anything: each runs with a guard on every socket and is stopped where it tries."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

# Put before every other module of the command: the first try to reach or to look up anybody ends it.
GUARD = """
import os, sys

def watch(event, args):
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request"):
        os.write(2, f"REACHED {event} {args[1:]}".encode())
        os._exit(97)

sys.addaudithook(watch)
"""
TEXT = "GOMA, May 17 (Sample) - Gunmen killed 12 villagers near Goma on Thursday, police said. The army denied it."
COMMANDS = (
    "read one.txt --output read.parquet",
    "code one.txt --output coded.jsonl --diagnostics notes.jsonl",
    "code one.txt --explain",
    "add one.txt --ledger news.duckdb",
    "incidents --ledger news.duckdb --output incidents.csv",
    "claims --ledger news.duckdb",
    "sources --ledger news.duckdb",
    "dispatches --ledger news.duckdb",
    "check --ledger news.duckdb",
    "check --ledger news.duckdb --repair",
    "show {incident} --ledger news.duckdb",
    "report {incident} --ledger news.duckdb --output page.html",
    "judge police different army --ledger news.duckdb --by me",
    "certainty given.jsonl --output graded.jsonl",
    "export --ledger news.duckdb --to geojson",
    "export --ledger news.duckdb --to sqlite --output out.sqlite",
    "tables",
    "doctor",
    "claims --ledger theirs.sqlite",
    "add one.txt --ledger theirs.sqlite",
    "claims --ledger https://example.org/news.duckdb",
    "add one.txt --ledger md:news",
    "code https://example.org/news.txt",
)


@pytest.fixture
def guarded(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "guard").mkdir()
    (tmp_path / "guard" / "sitecustomize.py").write_text(GUARD)
    (tmp_path / "one.txt").write_text(TEXT)
    (tmp_path / "given.jsonl").write_text(json.dumps({"id": "a", "text": TEXT, "events": [{"start": 32, "end": 38}]}))
    with sqlite3.connect(tmp_path / "theirs.sqlite") as con:
        con.execute("CREATE TABLE prices (x)")
    # An extension that is missing at home would have to be fetched.
    path = os.pathsep.join([str(tmp_path / "guard"), os.environ.get("PYTHONPATH", "")])
    return os.environ | {"PYTHONPATH": path, "HOME": str(tmp_path / "home")}


def test_the_guard_sees_who_reaches_out(guarded: dict[str, str]) -> None:
    reach = "import socket; socket.create_connection(('192.0.2.1', 80), 1)"
    assert subprocess.run([sys.executable, "-c", reach], env=guarded, check=False, capture_output=True).returncode == 97


def test_no_command_reaches_out(tmp_path: Path, guarded: dict[str, str]) -> None:
    program = [sys.executable, "-c", SHELL, *COMMANDS]
    done = subprocess.run(program, cwd=tmp_path, env=guarded, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "REACHED" not in done.stderr
    assert "extension" not in done.stderr.casefold()
    assert "E999" not in done.stderr
    assert done.stdout.count("DONE") == len(COMMANDS)
    assert not (tmp_path / "home").exists()
    pages, said = pages_of_the_room(tmp_path, guarded)
    assert pages == [200, 200, 200]
    assert "REACHED" not in said


def _asked(server: subprocess.Popen[str]) -> tuple[str, list[int]]:
    assert server.stderr is not None
    opened = server.stderr.readline()
    found = re.search(r"http://([\d.]+):(\d+)/", opened)
    assert found, opened
    asked = http.client.HTTPConnection(found[1], int(found[2]), timeout=60)
    answers = []
    for page in ("/", "/sources", "/dispatches"):
        asked.request("GET", page)
        answer = asked.getresponse()
        answer.read()
        answers.append(answer.status)
    return opened, answers


def pages_of_the_room(folder: Path, env: dict[str, str]) -> tuple[list[int], str]:
    """How the reading room answers for some of its pages, and all that it says until Ctrl-C has closed it."""
    room = [sys.executable, "-m", "reportedly", "serve", "--ledger", "news.duckdb", "--port", "0"]
    with subprocess.Popen(room, cwd=folder, env=env, stderr=subprocess.PIPE, text=True) as server:
        # Whatever goes wrong, nobody waits for it longer than this.
        last = threading.Timer(240, server.kill)
        last.start()
        try:
            opened, answers = _asked(server)
            server.send_signal(signal.SIGINT)
            assert server.stderr is not None
            said = server.stderr.read()
            assert server.wait(60) in (0, 130)
        finally:
            last.cancel()
            server.kill()
    return answers, opened + said


# All in one process, for the parser is loaded once; whatever a library keeps open is seen too.
SHELL = """
import csv, sys
from typer.testing import CliRunner
from reportedly import collector
from reportedly.cli import app
from reportedly.errors import ReportedlyError
for words in sys.argv[1:]:
    if "{incident}" in words:
        words = words.format(incident=next(csv.DictReader(open("incidents.csv")))["id"])
    done = CliRunner().invoke(app, words.split())
    assert done.exception is None or isinstance(done.exception, (SystemExit, ReportedlyError)), (words, done.exception)
    print("DONE", words)
collector.let_go()
"""
