"""The database of an open ledger: made once, its file attached for each turn and let go after it.

To make a database takes several times as long as to open a file with it, and whoever adds or reads asks for many turns.
"""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import duckdb

from reportedly.ledger import folder
from reportedly.ledger.lock import real_path
from reportedly.ledger.opening import SETTINGS, connect, patiently

# What the database calls the file, and what stands beside it under its name.
_NAME = "ledger"
_BESIDE = ("", ".wal", ".wal.checkpoint", ".wal.recovery")


class LedgerDatabase:
    """Lends connections to a ledger's file; several threads may have one at a time, all to read or all to write."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._state = threading.Lock()
        self._file: Path | None = None
        self._made: duckdb.DuckDBPyConnection | None = None
        self._reading = True
        # Of each connection that is lent by which database, by identity.
        self._lent: dict[int, duckdb.DuckDBPyConnection] = {}
        _OPEN.add(self)

    @contextmanager
    def turn(self, *, read_only: bool) -> Iterator[duckdb.DuckDBPyConnection]:
        """Lends a connection; after an error the database is made anew, as what it holds of the file may be wrong.

        Raises LedgerError for what cannot be opened as a ledger, or is held by somebody else for too long.
        """
        con = patiently(self._path, partial(self.lend, read_only=read_only), read_only=read_only)
        try:
            yield con
        except BaseException:
            self.take_back(con, broken=True)
            raise
        self.take_back(con)

    @contextmanager
    def draft(self, path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection to a new file, which is to be moved to the ledger's place; raises ``duckdb.Error``."""
        file = real_path(self._path)
        with self._state:
            own = _database(file, path)
            try:
                own.execute(f"ATTACH {_quoted(path)} AS {_NAME}")
                with own.cursor() as con:
                    con.execute(f"USE {_NAME}")
                    yield con
                own.execute(f"DETACH {_NAME}")
            except BaseException:
                own.close()
                raise
            self._made, self._file = own, file

    def close(self) -> None:
        """Let the database rest, unless somebody has a turn, with which it goes."""
        with self._state:
            made, self._made = self._made, None
            if made is not None and self._file is not None and made not in self._lent.values():
                _RESTING.take(self._file, made)

    def lend(self, *, read_only: bool) -> duckdb.DuckDBPyConnection:
        """A connection, to be given back; raises ``duckdb.Error`` where somebody else holds the file just now."""
        with self._state:
            file = real_path(self._path)
            if folder.is_folder(file):
                con = own = connect(file, read_only=read_only)
            else:
                own = self._attached(file, read_only=read_only)
                con = own.cursor()
                con.execute(f"USE {_NAME}")
            self._lent[id(con)] = own
            return con

    def _attached(self, file: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
        """The database with the file attached; raises ``duckdb.Error`` where it is held in another way."""
        if self._made is None or file != self._file:
            self._made, self._file = _RESTING.give(file) or _database(file), file
        if self._made not in self._lent.values():
            self._made.execute(f"ATTACH {_quoted(file)} AS {_NAME}" + (" (READ_ONLY)" if read_only else ""))
            self._reading = read_only
        elif self._reading != read_only:
            raise duckdb.ConnectionException("The same database file is open in another way.")
        return self._made

    def take_back(self, con: duckdb.DuckDBPyConnection, *, broken: bool = False) -> None:
        """Close a connection that was lent; ``broken`` where something went wrong with it."""
        with self._state:
            own = self._lent.pop(id(con))
            con.close()
            if broken and own is self._made:
                self._made = None
            if own in self._lent.values():
                return
            if own is self._made:
                self._detach(own)
            else:
                own.close()

    def _detach(self, own: duckdb.DuckDBPyConnection) -> None:
        """Let the file go; where not all of it could be put in order, it stays in the file beside it."""
        try:
            own.execute(f"DETACH {_NAME}")
        except duckdb.Error:
            self._made = None
            own.close()


def _database(file: Path, *more: Path) -> duckdb.DuckDBPyConnection:
    """A database that may open this file, and nothing else but those that are named."""
    settings = SETTINGS | {"enable_external_access": "true", "temp_directory": f"{file}.tmp"}
    con = duckdb.connect(":memory:", config=settings)
    allowed = ", ".join(_quoted(path.with_name(path.name + end)) for path in (file, *more) for end in _BESIDE)
    con.execute(f"SET allowed_paths = [{allowed}]; SET enable_external_access = false")
    return con


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


class _Resting:
    """The database of the ledger that was closed last: who judges or reads a little often opens the same again."""

    def __init__(self) -> None:
        self._state = threading.Lock()
        self._held: tuple[Path, duckdb.DuckDBPyConnection] | None = None

    def take(self, file: Path, made: duckdb.DuckDBPyConnection) -> None:
        """Keep it in the place of the one before."""
        self.end()
        with self._state:
            self._held = file, made

    def give(self, file: Path) -> duckdb.DuckDBPyConnection | None:
        """The database of a file, where it is the one that rests."""
        with self._state:
            if self._held is None or self._held[0] != file:
                return None
            (_, made), self._held = self._held, None
            return made

    def end(self) -> None:
        with self._state:
            held, self._held = self._held, None
        if held is not None:
            held[1].close()


_RESTING = _Resting()
_OPEN: weakref.WeakSet[LedgerDatabase] = weakref.WeakSet()


def _let_all_go() -> None:
    for database in tuple(_OPEN):
        database.close()
    _RESTING.end()


# A process that is forked has none of the database's threads.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_let_all_go)
