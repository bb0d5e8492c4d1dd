"""Rounds over what is followed: what is new is read, kept and remembered, in this order, so that nothing is lost.

An item is remembered when its dispatch is kept, and a feed's marks for conditional requests when all its items are: a
program that is stopped anywhere between finds the rest when it starts again, and what it finds twice the ledger knows.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Final
from urllib.parse import urlsplit

from msgspec.structs import replace

from reportedly.ingest import read_paths
from reportedly.ingest.inputs import input_files
from reportedly.ingest.options import ReadOptions
from reportedly.ledger import Ledger
from reportedly.ledger.following import FeedState, SeenItem
from reportedly.model import Analysis, Diagnostic, Dispatch
from reportedly.model.record import Record
from reportedly.watch.asking import Asker, Clock, FeedAnswer
from reportedly.watch.items import Item, digest, items_of, sitemaps_of, story_of
from reportedly.watch.plan import Feed, WatchPlan

# So many dispatches are read and kept together.
BATCH: Final = 32
# How often the page of an item is asked for before what the feed says of it is taken instead.
TRIES: Final = 3
# The longest that a feed is left alone which cannot be had.
LONGEST_PAUSE: Final = 21_600.0
# Items that no feed has shown for so long are forgotten; the ledger knows their dispatches still.
REMEMBERED_DAYS: Final = 180
# So many sitemaps of an index are looked at.
SITEMAPS: Final = 20

Code = Callable[[Iterable[Dispatch]], Iterable[Analysis]]
Tell = Callable[[Diagnostic], object]


class Round(Record, frozen=True):
    """What became of a round.

    Feeds: ``asked``, ``unchanged`` since, ``failed`` and ``waiting`` to be asked again. Dispatches: ``kept``, ``known``
    already, ``foreign`` (in another language) and ``pending``, whose pages could not be had yet.
    """

    asked: int = 0
    unchanged: int = 0
    failed: int = 0
    waiting: int = 0
    kept: int = 0
    known: int = 0
    foreign: int = 0
    pending: int = 0

    def __add__(self, other: Round) -> Round:
        return Round(*(getattr(self, f) + getattr(other, f) for f in self.__struct_fields__))


class SystemClock:
    """The clock of the machine; ``stop`` ends every wait."""

    def __init__(self, stop: Event) -> None:
        self._stop = stop

    def now(self) -> datetime:
        """The time in UTC."""
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        """Wait, or until it is time to stop."""
        self._stop.wait(seconds)


class _Work(Record, frozen=True):
    """An item that is to be read, and the address of its feed."""

    feed: Feed
    item: Item


class Watcher:
    """Follows what a plan names and keeps it in a ledger; ``code`` reads dispatches, ``tell`` hears what went wrong."""

    def __init__(
        self, plan: WatchPlan, book: Ledger, code: Code, *, clock: Clock, stop: Event, tell: Tell, options: ReadOptions
    ) -> None:
        self._plan = plan
        self._book = book
        self._code = code
        self._clock = clock
        self._stop = stop
        self._tell = tell
        self._options = replace(options, withdrawals=True)
        self._asker = Asker(plan.manners, clock)
        self._tries: dict[int, int] = {}
        # What a program that was stopped had kept is not in the incidents yet.
        self._behind = True

    def close(self) -> None:
        """Let all connections go."""
        self._asker.close()

    def run(self, *, every: float, after: Callable[[Round], object]) -> None:
        """Round after round, until it is time to stop; ``after`` hears of each."""
        while not self._stop.is_set():
            begun = self._clock.now()
            after(self.round())
            left = every - (self._clock.now() - begun).total_seconds()
            if left > 0 and not self._stop.is_set():
                self._clock.sleep(left)

    def round(self) -> Round:
        """Ask everything that is due once, and keep what is new; the incidents are brought up to date."""
        states = self._book.feeds()
        done, work, fresh = Round(), [], {}
        for feed in self._plan.feeds:
            if self._stop.is_set():
                break
            told, new, state = self._folder(feed) if feed.kind == "folder" else self._ask(feed, states.get(feed.at))
            done += told
            work += [_Work(feed, item) for item in new]
            if state is not None:
                fresh[feed.at] = state
        kept, left = self._read(work)
        done += kept
        self._book.keep_feeds([replace(s, etag=None, modified=None) if at in left else s for at, s in fresh.items()])
        if done.kept or self._behind:
            self._book.refresh()
            self._behind = False
        return done + Round(pending=len(self._tries))

    def _ask(self, feed: Feed, before: FeedState | None) -> tuple[Round, list[Item], FeedState | None]:
        """What a feed says: its new items, and its state once they are kept."""
        state = before or FeedState(feed.at)
        now = self._clock.now()
        if state.again and now < datetime.fromisoformat(state.again):
            return Round(waiting=1), [], None
        marks = {k: v for k, v in (("If-None-Match", state.etag), ("If-Modified-Since", state.modified)) if v}
        answer = self._asker.ask(feed.at, feed.hosts, marks)
        asked = replace(state, asked=now.isoformat(), failures=0, again=None)
        if answer.problem is not None:
            return Round(asked=1, failed=1), [], self._failed(feed, asked, state.failures + 1, answer)
        if answer.unchanged:
            return Round(asked=1, unchanged=1), [], asked
        items, sound = self._items(feed, answer)
        new = self._unseen(items)
        if not sound:
            return Round(asked=1, failed=1), new, self._pause(asked, state.failures + 1, None)
        return Round(asked=1), new, replace(asked, etag=answer.etag, modified=answer.modified)

    def _items(self, feed: Feed, answer: FeedAnswer) -> tuple[list[Item], bool]:
        """The items of an answer, and whether it could be read as a whole."""
        found, sound = self._listed(feed, answer.body)
        for at in sitemaps_of(answer.body)[-SITEMAPS:] if feed.kind == "sitemap" and not found else ():
            inner = self._asker.ask(at, feed.hosts)
            if inner.problem is not None:
                self._say(feed, "warning", "no-sitemap", f"{at}: {inner.problem}")
                sound = sound and not inner.passing
                continue
            listed, whole = self._listed(feed, inner.body)
            found, sound = found + listed, sound and whole
        return found, sound

    def _listed(self, feed: Feed, body: bytes) -> tuple[list[Item], bool]:
        found, sound = [], True
        for item in items_of(feed, body, self._options):
            if isinstance(item, Item):
                found.append(item)
            else:
                sound = sound and item.level != "error"
                self._tell(item)
        return found, sound or bool(found)

    def _failed(self, feed: Feed, asked: FeedState, failures: int, answer: FeedAnswer) -> FeedState:
        state = self._pause(asked, failures, answer.again)
        self._say(feed, "warning", "no-answer", f"{answer.problem}; asked again after {(state.again or '')[:16]}")
        return state

    def _pause(self, asked: FeedState, failures: int, wanted: float | None) -> FeedState:
        """A feed that failed is left alone twice as long each time, and no shorter than it wants."""
        seconds = min(self._plan.every * 2 ** min(failures - 1, 20), LONGEST_PAUSE)
        again = self._clock.now() + timedelta(seconds=max(seconds, wanted or 0.0) - 1.0)
        return replace(asked, failures=failures, again=again.isoformat())

    def _unseen(self, items: Sequence[Item]) -> list[Item]:
        """The items that are new or say something else than before; the others were seen today."""
        by_key = {item.key: item for item in items}
        seen = self._book.seen(list(by_key)) if by_key else {}
        today = self._clock.now().date().toordinal()
        known = {key for key, item in by_key.items() if key in seen and seen[key].content == item.content}
        self._remember([by_key[key] for key in known if seen[key].day < today])
        return [item for key, item in by_key.items() if key not in known]

    def _folder(self, feed: Feed) -> tuple[Round, list[Item], None]:
        """The dispatches of the files that are new or changed; the path of a file stands for all of them."""
        found: list[Item] = []
        for path in input_files(feed.at):
            try:
                stat = Path(path).stat()
            except OSError:
                continue
            mark = Item(digest(path), digest(str(stat.st_mtime_ns), str(stat.st_size)), Dispatch("", ""), path)
            found += self._unseen([mark])
        return Round(asked=1), found, None

    def _read(self, work: Sequence[_Work]) -> tuple[Round, set[str]]:
        """Read and keep items, the host that has to be waited for least first; gives the feeds that are not done."""
        by_host: dict[str, deque[_Work]] = defaultdict(deque)
        for piece in work:
            by_host[urlsplit(piece.item.page or "").netloc if piece.feed.kind != "folder" else ""].append(piece)
        done, left, batch = Round(), {piece.feed.at for piece in work}, []
        while by_host and not self._stop.is_set():
            host = min(by_host, key=lambda h: self._asker.waits(by_host[h][0].item.page or "") if h else 0.0)
            piece = by_host[host].popleft()
            if not by_host[host]:
                del by_host[host]
            for dispatch in self._dispatches(piece):
                batch.append((piece, dispatch))
                if len(batch) >= BATCH:
                    done += self._keep(batch)
                    batch = []
        done += self._keep(batch)
        return done, left if by_host else {piece.feed.at for piece in work if piece.item.key in self._tries}

    def _dispatches(self, piece: _Work) -> Iterator[Dispatch | None]:
        """What an item gives to read; None where there is nothing and it is done with."""
        if piece.feed.kind == "folder":
            for found in read_paths([piece.item.page or ""], self._options):
                if isinstance(found, Diagnostic):
                    self._tell(found)
                else:
                    yield replace(found, agency=found.agency or piece.feed.agency)
            yield None
        elif piece.item.page is None:
            yield piece.item.dispatch
        else:
            yield from self._page(piece)

    def _page(self, piece: _Work) -> Iterator[Dispatch | None]:
        """An item with the text of its page; without it, what the feed says, but not before it was asked for often."""
        item = piece.item
        answer = self._asker.ask(item.page or "", piece.feed.hosts)
        if answer.problem is None:
            yield story_of(item, answer.body, self._options) or None
        elif answer.passing and (tries := self._tries.get(item.key, 0) + 1) < TRIES:
            self._tries[item.key] = tries
            return
        else:
            fate = "what the feed says is taken" if item.dispatch.text else "left out"
            self._say(piece.feed, "warning", "no-page", f"{item.page}: {answer.problem}: {fate}")
            yield item.dispatch
        self._tries.pop(item.key, None)

    def _keep(self, batch: Sequence[tuple[_Work, Dispatch | None]]) -> Round:
        """Read dispatches, keep them, and then remember their items."""
        if not batch:
            return Round()
        given = [d for _, d in batch if d is not None and d.text.strip()]
        english = [d for d in given if d.lang == "en"]
        self._behind = True
        report = self._book.keep(self._sound(self._code(english)))
        self._remember([piece.item for piece, d in batch if piece.feed.kind != "folder" or d is None])
        kept = report.added + report.replaced + report.withdrawn
        return Round(kept=kept, known=report.unchanged, foreign=len(given) - len(english))

    def _sound(self, analyses: Iterable[Analysis]) -> Iterator[Analysis]:
        for analysis in analyses:
            for diagnostic in analysis.diagnostics:
                self._tell(diagnostic)
            if all(d.level != "error" for d in analysis.diagnostics):
                yield analysis

    def _remember(self, items: Iterable[Item]) -> None:
        today = self._clock.now().date()
        found = [SeenItem(item.key, item.content, today.toordinal()) for item in items]
        if found:
            self._book.keep_seen(found, forget_before=_day_before(today, REMEMBERED_DAYS))

    def _say(self, feed: Feed, level: str, code: str, message: str) -> None:
        self._tell(Diagnostic("error" if level == "error" else "warning", code, message, file=feed.at))


def _day_before(day: date, days: int) -> int:
    return (day - timedelta(days=days)).toordinal()
