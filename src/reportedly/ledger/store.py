"""The ledger file: opened, added to and asked.

A connection to the file is held only while it is used: readers and the one writer take turns of milliseconds, and a
program that is killed between two turns leaves nothing open. Every batch of whole dispatches is one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import duckdb
import msgspec

from reportedly.errors import LedgerError
from reportedly.filters import read_filters
from reportedly.knowledge.load import own_tables
from reportedly.ledger import finding, folder, judge, listings, migrate, names, planned, refresh, rows, select
from reportedly.ledger.adding import AddReport, batches, write
from reportedly.ledger.database import LedgerDatabase
from reportedly.ledger.following import Following
from reportedly.ledger.judge import Judged, Judging, Verdict
from reportedly.ledger.lists import list_anew
from reportedly.ledger.lock import WriterLock, beside, real_path
from reportedly.ledger.opening import damaged, failed
from reportedly.ledger.period import Given, period_given, period_of, settle
from reportedly.ledger.sampling import Sampling
from reportedly.ledger.tables import in_force, remembered
from reportedly.model import Analysis, Dispatch, Incident, LedgerClaim, LedgerDispatch, LedgerSource, Versions
from reportedly.results import Results

# So many records are read in one turn where all are gone through.
PAGE = 2_000
T = TypeVar("T")


def open_ledger(
    path: str | Path, *, read_only: bool = False, tables: Path | None = None, period: Given | None = None
) -> Ledger:
    """Open a ledger file, making it where there is none; with ``read_only`` it has to exist and is never changed.

    ``tables`` is a folder of the user's own tables to merge by; a ledger remembers it, and without it goes on with
    those that it remembers. What was merged by other tables is merged anew with the next refresh.

    ``period`` makes a new ledger one of some days: a month or a year (``"2024-05"``), or the first and the last day. It
    holds what was published then and 14 days before and after, and the incidents that were told in the period.

    Use it in a ``with`` statement: one writer at a time may hold a ledger, and ``close`` lets the next one in.
    """
    return Ledger(Path(path), read_only=read_only, tables=tables, period=period)


class Ledger(Sampling, Following):
    """Claims of many dispatches and what they come to; see ``open_ledger``."""

    def __init__(
        self, path: Path, *, read_only: bool = False, tables: Path | None = None, period: Given | None = None
    ) -> None:
        given = own_tables(tables) if tables is not None else None
        wanted = period_given(period)
        self.path = path = folder.file_of(path)
        self.read_only = read_only
        if read_only and not path.is_file():
            raise LedgerError("E617", f"{path} does not exist.", "Make it with: reportedly add PATH... --ledger FILE")
        self.database = LedgerDatabase(path)
        self._lock = None if read_only else WriterLock(real_path(path))
        migrated = False
        try:
            if not read_only:
                self._make()
            with self.turn(write=not read_only) as con:
                if read_only:
                    migrate.check(migrate.schema_version(con), str(path), read_only=True)
                    self.period = period_of(con)
                else:
                    migrated = migrate.prepare(con, str(path))
                    self.period = settle(con, wanted, path)
                self.knowledge = given or in_force(remembered(con), path, needed=not read_only)
            if migrated:
                self.refresh()
        except BaseException:
            self.close()
            raise

    def _make(self) -> None:
        """A new ledger is whole from its first moment: it is made beside its place and moved there."""
        file = real_path(self.path)
        if file.exists():
            return
        with beside(file) as draft:
            try:
                with self.database.draft(draft) as con:
                    migrate.prepare(con, str(self.path))
            except duckdb.Error as problem:
                raise failed(self.path, problem) from problem
            draft.replace(file)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the next writer in; a closed ledger is not used again."""
        self.database.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _not_writing(self) -> LedgerError:
        message = f"{self.path} was opened for reading or is closed."
        return LedgerError("E606", message, "Open it for writing to add to it.")

    @contextmanager
    def turn(self, *, write: bool) -> Iterator[duckdb.DuckDBPyConnection]:
        """Lends a connection to the file for one step; raises LedgerError for what the database says of it."""
        if write and self._lock is None:
            raise self._not_writing()
        if write and self._lock is not None:
            self._lock.check()
        with self.database.turn(read_only=not write) as con:
            try:
                yield con
            except duckdb.Error as problem:
                raise failed(self.path, problem) from problem
            except (msgspec.MsgspecError, UnicodeError) as problem:
                raise damaged(self.path, problem) from problem

    def add(self, analyses: Iterable[Analysis]) -> AddReport:
        """Keep what was read from dispatches; adding the same again changes nothing.

        A dispatch whose id is known with other content replaces the claims of the earlier version, which stays
        readable; one with the note *kill* withdraws them. Dispatches are written whole, in batches, as they come.
        """
        if isinstance(analyses, Sequence) and len(analyses) <= refresh.AT_ONCE:
            return self._add_few(analyses)
        report = self.keep(analyses)
        self.refresh()
        return report

    def _add_few(self, analyses: Sequence[Analysis]) -> AddReport:
        """As ``add`` and in one turn, so far as what was left to do before allows it."""
        self._not_a_folder()
        taken = [a for a in analyses if self.takes(a.dispatch)]
        report = AddReport(outside=len(analyses) - len(taken))
        with self.turn(write=True) as con:
            if taken:
                report += write(con, taken)
            left = refresh.at_once(con, self.knowledge)
        if left is not None:
            self.refresh()
        return report

    def keep(self, analyses: Iterable[Analysis]) -> AddReport:
        """As ``add``, without bringing the incidents up to date; ``refresh`` does that when all is loaded."""
        self._not_a_folder()
        report = AddReport()
        for batch in batches(analyses):
            taken = [a for a in batch if self.takes(a.dispatch)]
            report += AddReport(outside=len(batch) - len(taken))
            if taken:
                with self.turn(write=True) as con:
                    report += write(con, taken)
        return report

    def _not_a_folder(self) -> None:
        if folder.is_folder(self.path):
            raise folder.refuse(self.path)

    def takes(self, dispatch: Dispatch) -> bool:
        """Whether a dispatch is of the period that the ledger is for, or of its margin."""
        return self.period is None or self.period.takes(dispatch)

    def refresh(self) -> None:
        """Bring the incidents up to date with all that was added and judged; those of a folder are made by Spark."""
        if folder.is_folder(self.path):
            return
        refresh.refresh(self.turn, self.knowledge)

    def rewrite(self, make: Callable[[duckdb.DuckDBPyConnection, Path], object]) -> None:
        """Put a ledger that ``make`` writes to the path given it in the place of this one, when it is whole."""
        if self._lock is None:
            raise self._not_writing()
        with self.turn(write=True) as con:
            con.execute("CHECKPOINT")
        with beside(real_path(self.path)) as draft:
            with self.turn(write=False) as con:
                make(con, draft)
            self._lock.replace(draft)

    def known(self, dispatch: Dispatch, made_by: Versions) -> bool:
        """Whether exactly this dispatch was already read by the same program, model and tables."""
        with self.turn(write=False) as con:
            return select.known(con, rows.digest(dispatch), made_by)

    def judge(
        self,
        a: str,
        verdict: Verdict,
        b: str | None = None,
        *,
        by: str | None = None,
        at: str | None = None,
        undo: bool = False,
        field: str | None = None,
        value: str | None = None,
        note: str | None = None,
    ) -> None:
        """Say what stands above what the program thinks; with ``undo`` take it back.

        Two names of sources, or two ids of incidents or claims, are *same* or *different*; one id of a claim is *right*
        or *wrong*; *correct* puts ``value`` in the place of what a claim has in ``field`` (``judge.FIELDS`` says which
        there are and how values are written; a role of figures is a field too, see ``judge.AMOUNT``), and an empty
        value says that there is none; *note* keeps a ``note`` beside a claim or incident, and every other judgement may
        have one. A claim that is wrong stays to be read and counts no more in its incident; a corrected value counts in
        the place of the program's everywhere. ``at`` is when it was said: it is kept and decides nothing. Raises
        LedgerError where the ledger does not hold what is judged, and for a field or value that means nothing.
        """
        self.judge_all([Judging(a, verdict, b, by, at, undo, field, value, note)])

    def judge_all(self, decided: Iterable[Judging]) -> None:
        """Keep several judgements in order and bring the incidents up to date once; see ``judge``.

        Raises LedgerError at the first that has no meaning; those before it are kept.
        """
        try:
            for one in decided:
                with self.turn(write=True) as con:
                    kind = judge.keep(con, one, self.knowledge)
                    if kind == "correction" and not folder.is_folder(self.path):
                        list_anew(con, [d for (d,) in con.execute(_DISPATCHES_OF, [one.a]).fetchall()])
        finally:
            self.refresh()

    def undo(self, n: int, *, by: str | None = None, at: str | None = None) -> None:
        """Take back the judgement of this number (see ``judgements``); raises LedgerError where none stands."""
        found = next((j for j in self.judgements() if j.n == n), None)
        if found is None:
            raise LedgerError("E611", f"There is no judgement {n} to take back.", "List what was judged.")
        again = Judging(found.a, found.verdict, found.b, by, at, undo=True, field=found.field)
        who = found.by if found.kind == "note" else by
        self.judge_all([msgspec.structs.replace(again, by=who)])

    def judgements(self, *, standing: bool = False) -> list[Judged]:
        """Every judgement in the order in which it was given, those taken back too; or only the ``standing`` ones."""
        with self.turn(write=False) as con:
            held = judge.listed(con)
        return judge.standing_of(held) if standing else held

    def pending(self) -> int:
        """How many dispatches were added or replaced and are not in the incidents yet (a writer was stopped)."""
        with self.turn(write=False) as con:
            return planned.pending(con, self.knowledge)

    def incidents(
        self, *, limit: int | None = None, offset: int = 0, sort: str | None = None, **filters: object
    ) -> Results[Incident]:
        """Incidents by date, those without one last.

        Filters: ``id type standing country place actor source voice kind dispatch since until words bbox new``. Of
        names a part is enough, of a ``voice`` all of it: one source under every name it goes by. ``kind`` is a kind of
        source; ``words`` all stand in what is told (sentences, parties, places, sources), names under every name that
        the tables know, "phrases in quotes" as they are; ``bbox`` is "west,south,east,north" in degrees; ``since`` and
        ``until`` are days of the event; ``new`` is the number of a reading: what came after it. Values are read as
        people write them (``country="Sudan"``, ``since="march 2025"`` or a ``date``, see ``reportedly.filters``).
        ``sort`` is ``begin`` (the default), ``claims``, ``dispatches``, ``voices``, ``toll`` (killed, the largest
        number that a voice gives), ``disputes`` (contested questions), ``arrived`` or ``id``, with ``-`` in front for
        the other way round.
        Raises WrongValueError for a filter or a value that means nothing, as all lists do.
        """
        return self._list(Incident, listings.INCIDENTS, filters, select.ListPage(sort, limit, offset))

    def claims(
        self, *, limit: int | None = None, offset: int = 0, sort: str | None = None, **filters: object
    ) -> Results[LedgerClaim]:
        """Claims in order of dispatch and text.

        Filters: ``id dispatch incident type factuality source voice kind actor country place place_from when_from
        words bbox since until``; ``place_from`` and ``when_from`` are told, carried or dateline;
        dates are those of the dispatch; ``voice`` as for ``incidents``. ``sort`` is ``published`` or ``id``.
        """
        return self._list(LedgerClaim, listings.CLAIMS, filters, select.ListPage(sort, limit, offset))

    def sources(
        self, *, limit: int | None = None, offset: int = 0, sort: str | None = None, **filters: object
    ) -> Results[LedgerSource]:
        """Voices, those with most claims first.

        Filters: ``name kind``. ``sort`` is ``-claims``, ``name`` or ``denials``.
        """
        return self._list(LedgerSource, listings.SOURCES, filters, select.ListPage(sort, limit, offset))

    def dispatches(
        self, *, limit: int | None = None, offset: int = 0, sort: str | None = None, **filters: object
    ) -> Results[LedgerDispatch]:
        """The latest version of each dispatch by date.

        Filters: ``id lineage agency since until withdrawn new_facts words`` (of the title); ``versions=True`` lists the
        replaced and withdrawn versions too. ``sort`` is ``published``, ``id`` or ``claims``.
        """
        return self._list(LedgerDispatch, listings.dispatches(filters), filters, select.ListPage(sort, limit, offset))

    def types(self) -> list[str]:
        """The event types of the incidents that the ledger holds, by name."""
        with self.turn(write=False) as con:
            return [t for (t,) in con.execute("SELECT DISTINCT type FROM incident ORDER BY type").fetchall()]

    def count(self, what: listings.What, **filters: object) -> int:
        """How many records pass the filters of that list."""
        asked = listings.listing(what, filters)
        wanted = self.asked(asked, filters)
        with self.turn(write=False) as con:
            return select.count(con, asked, wanted)

    def iter_incidents(self, *, sort: str | None = None, **filters: object) -> Iterator[Incident]:
        """As ``incidents``, some at a time: memory stays flat in a ledger of any size, and writers get their turns."""
        return self._iterate(listings.INCIDENTS, filters, select.ListPage(sort))

    def iter_claims(self, *, sort: str | None = None, **filters: object) -> Iterator[LedgerClaim]:
        """As ``claims``, some at a time; see ``iter_incidents``."""
        return self._iterate(listings.CLAIMS, filters, select.ListPage(sort))

    def iter_dispatches(self, *, sort: str | None = None, **filters: object) -> Iterator[LedgerDispatch]:
        """As ``dispatches``, some at a time; see ``iter_incidents``."""
        return self._iterate(listings.dispatches(filters), filters, select.ListPage(sort))

    def iterate(self, what: listings.What, page: select.ListPage = select.ALL, **filters: object) -> Iterator[Any]:
        """The records of the list of this name, some at a time; see ``iter_incidents``."""
        return self._iterate(listings.listing(what, filters), filters, page)

    def iter_analyses(self, ids: Sequence[str] | None = None, *, every_version: bool = False) -> Iterator[Analysis]:
        """As ``analyses``, some at a time; see ``iter_incidents``."""
        with self.turn(write=False) as con:
            seqs = select.readings(con, ids, every_version=every_version)
        for start in range(0, len(seqs), PAGE):
            with self.turn(write=False) as con:
                found = select.analyses(con, seqs[start : start + PAGE])
            yield from found

    def analyses(self, ids: Sequence[str] | None = None, *, every_version: bool = False) -> Results[Analysis]:
        """What was read from dispatches, with what people corrected of it.

        With ``every_version`` replaced and withdrawn ones too.
        """
        return Results(Analysis, self.iter_analyses(ids, every_version=every_version))

    def show(self, id: str, *, version: int | None = None) -> select.Shown:  # noqa: A002  the word of the command
        """One incident, claim or dispatch by its id, with its sentences; ``version`` is one of a dispatch.

        An incident that became part of another is answered with that one, and the id of that one stands in ``now``.
        Raises LedgerError for an id or a version that the ledger does not hold.
        """
        with self.turn(write=False) as con:
            return select.show(con, id, version)

    def now(self, id: str) -> str | None:  # noqa: A002  the word of the contract
        """The id of the incident that the one of this id became part of; ``None`` where it did not."""
        with self.turn(write=False) as con:
            return names.current(con, id)

    def asked(self, listing: listings.Listing[Any], filters: Mapping[str, object]) -> dict[str, object]:
        """Filters as people write them, as the lists are asked; raises WrongValueError for what means nothing."""
        types = self.types() if filters.get("type") else ()
        found = read_filters(filters, listing.filters, knowledge=self.knowledge, types=types)
        if "words" in found:
            found["words"] = finding.wanted(str(found["words"]), self.knowledge)
        return found

    def _list(
        self, kind: type[T], listing: listings.Listing[T], filters: Mapping[str, object], page: select.ListPage
    ) -> Results[T]:
        wanted = self.asked(listing, filters)
        with self.turn(write=False) as con:
            return Results(kind, select.records(con, listing, wanted, page))

    def _iterate(
        self, listing: listings.Listing[T], filters: Mapping[str, object], page: select.ListPage
    ) -> Iterator[T]:
        wanted = self.asked(listing, filters)
        with self.turn(write=False) as con:
            keys = select.keys(con, listing, wanted, page)
        for start in range(0, keys.num_rows, PAGE):
            with self.turn(write=False) as con:
                found = listing.fetch(con, keys.slice(start, PAGE))
            yield from found


_DISPATCHES_OF = "SELECT DISTINCT dispatch.id FROM claim JOIN dispatch USING (seq) WHERE claim.id = ?"
