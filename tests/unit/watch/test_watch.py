"""Feeds are followed politely and safely; nothing is lost, nothing is kept twice."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from newsroom import Newsroom, Reply, TurnedClock, page, rss

from reportedly.ingest.options import ReadOptions
from reportedly.ledger import Ledger, open_ledger
from reportedly.model import Analysis, Diagnostic, Dispatch, Versions
from reportedly.watch import guard
from reportedly.watch.plan import Feed, Manners, WatchPlan
from reportedly.watch.rounds import Round, Watcher

MADE_BY = Versions("0.1.0", "3.8", "model 1", "abc", "def")
GUNMEN = "Gunmen attacked the market of Goma on Monday and killed at least twelve people, police said there."
FLOOD = "A river burst its banks near Goma on Monday and at least nine people were missing, officials said."
MANNERS = Manners(delay=1.0, timeout=0.3, patience=0.6, private=True)


def code(dispatches: Iterable[Dispatch]) -> Iterator[Analysis]:
    """Reads nothing from them, which takes no time."""
    for dispatch in dispatches:
        yield Analysis(dispatch, (), (), (), (), (), (), (), MADE_BY)


class Desk:
    """A watcher of one plan over one ledger, with what it said."""

    def __init__(self, book: Ledger, feeds: tuple[Feed, ...], manners: Manners = MANNERS) -> None:
        self.book, self.clock, self.stop = book, TurnedClock(), threading.Event()
        self.told: list[Diagnostic] = []
        self._plan = WatchPlan(feeds, every=900.0, manners=manners)
        self.code: Callable[[Iterable[Dispatch]], Iterable[Analysis]] = code
        self.restart()

    def restart(self) -> None:
        """As a program that was stopped and started again."""
        self.watcher = Watcher(
            self._plan, self.book, self._code, clock=self.clock, stop=self.stop,
            tell=self.told.append, options=ReadOptions(),
        )  # fmt: skip

    def _code(self, dispatches: Iterable[Dispatch]) -> Iterable[Analysis]:
        return self.code(dispatches)

    def round(self) -> Round:
        """A round, and the time until the next."""
        done = self.watcher.round()
        self.clock.sleep(900.0)
        return done

    def texts(self) -> dict[str, str]:
        return {a.dispatch.id: a.dispatch.text for a in self.book.analyses()}

    def said(self) -> str:
        return "\n".join(d.message for d in self.told)


@pytest.fixture
def room() -> Iterator[Newsroom]:
    with Newsroom() as server:
        yield server


@pytest.fixture
def desk(tmp_path: Path, empty: Path, room: Newsroom) -> Iterator[Callable[..., Desk]]:
    with open_ledger(shutil.copy(empty, tmp_path / "news.duckdb")) as book:
        host = f"127.0.0.1:{room.port}"

        def make(*paths: str, manners: Manners = MANNERS, **given: object) -> Desk:
            feeds = [Feed("feed", room.url(p), frozenset({host}), **given) for p in paths]  # type: ignore[arg-type]
            return Desk(book, tuple(feeds), manners)

        yield make


def test_items_are_kept_once_and_feeds_are_asked_conditionally(room: Newsroom, desk: Callable[..., Desk]) -> None:
    body = rss([("a", "Raid", GUNMEN), ("b", "Flood", FLOOD)])
    marks = {"ETag": '"one"', "Last-Modified": "Mon, 02 Mar 2026 05:00:00 GMT"}

    def feed(headers: dict[str, str]) -> Reply:
        same = headers.get("If-None-Match") == '"one"' and headers.get("If-Modified-Since") == marks["Last-Modified"]
        return Reply(status=304) if same else Reply(body, headers=marks)

    room.pages["/rss"] = feed
    here = desk("/rss")
    first, second = here.round(), here.round()
    assert (first.kept, first.unchanged) == (2, 0)
    assert (second.kept, second.unchanged) == (0, 1)
    here.restart()
    assert here.round().unchanged == 1
    assert sorted(here.texts()) == ["127.0.0.1/a", "127.0.0.1/b"]
    assert all(re.match(r"reportedly/\d", agent) for agent in room.agents)


def test_a_changed_item_is_a_new_version(room: Newsroom, desk: Callable[..., Desk]) -> None:
    room.pages["/rss"] = Reply(rss([("a", "Raid", GUNMEN), ("b", "Flood", FLOOD)]))
    here = desk("/rss")
    here.round()
    room.pages["/rss"] = Reply(rss([("a", "Raid", GUNMEN.replace("twelve", "fifteen")), ("b", "Flood", FLOOD)]))
    assert here.round().kept == 1
    assert "fifteen" in here.texts()["127.0.0.1/a"]
    assert [d.version for d in here.book.dispatches(versions=True, id="127.0.0.1/a")] == [1, 2]


def test_pages_give_the_text_that_a_summary_leaves_out(room: Newsroom, desk: Callable[..., Desk]) -> None:
    room.pages["/rss"] = Reply(rss([("a", "Raid", GUNMEN[:50])], link=lambda key: room.url(f"/story/{key}")))
    room.pages["/story/a"] = Reply(page("Raid on a market", [GUNMEN, FLOOD, GUNMEN.replace("Goma", "Bukavu")]))
    here = desk("/rss")
    assert here.round().kept == 1
    assert "Bukavu" in here.texts()["127.0.0.1/a"]
    (held,) = here.book.analyses()
    assert (held.dispatch.agency, held.dispatch.published, held.dispatch.note) == ("Sample Wire", "2026-03-02", None)
    assert here.round().kept == 0
    assert room.asked["/story/a"] == 1


def test_without_full_text_no_page_is_asked_for(room: Newsroom, desk: Callable[..., Desk]) -> None:
    room.pages["/rss"] = Reply(rss([("a", "Raid", GUNMEN)], link=lambda key: room.url(f"/story/{key}")))
    assert desk("/rss", full_text=False).round().kept == 1
    assert room.asked["/story/a"] == 0


def test_a_page_that_fails_is_asked_for_again_before_the_summary_is_taken(
    room: Newsroom, desk: Callable[..., Desk]
) -> None:
    room.pages["/rss"] = Reply(
        rss([("a", "Raid", GUNMEN)], link=lambda key: room.url("/story")), headers={"ETag": '"x"'}
    )
    room.pages["/story"] = Reply(status=503)
    here = desk("/rss")
    assert [here.round().kept for _ in range(3)] == [0, 0, 1]
    assert room.asked["/story"] == 3
    assert here.texts()["127.0.0.1/a"].endswith(GUNMEN)
    assert "what the feed says is taken" in here.said()


def test_a_page_that_comes_at_last_is_taken(room: Newsroom, desk: Callable[..., Desk]) -> None:
    room.pages["/rss"] = Reply(
        rss([("a", "Raid", GUNMEN)], link=lambda key: room.url("/story")), headers={"ETag": '"x"'}
    )
    room.pages["/story"] = Reply(hang=1.0)
    here = desk("/rss")
    assert (done := here.round()).kept == 0
    assert done.pending == 1
    room.pages["/story"] = Reply(page("Raid", [GUNMEN, FLOOD]))
    here.restart()
    assert here.round().kept == 1
    assert "river" in here.texts()["127.0.0.1/a"]


# How a feed can fail, and what is said of it.
FAILING: tuple[tuple[Reply, str], ...] = (
    (Reply(status=500), "answers 500"),
    (Reply(hang=1.0), "no answer"),
    (Reply(b"x" * 400, drip=0.05), "took over 0.6 s"),
    (Reply(b"<rss><channel><item>"), ""),
    (Reply(status=302, headers={"Location": "http://elsewhere.example/rss"}), "elsewhere.example is no host"),
    (Reply(status=302, headers={"Location": "/bad/6"}), "leads on more than 5 times"),
    (Reply(status=302, headers={"Location": "file:///etc/passwd"}), "no host that the file names"),
    (Reply(b"y" * 3_000), "over 2,000 bytes"),
    (Reply(b"\x1f\x8bbroken", headers={"Content-Encoding": "gzip"}), "no answer"),
)


def test_a_feed_that_fails_costs_itself_and_is_asked_again_later(room: Newsroom, desk: Callable[..., Desk]) -> None:
    bad = [f"/bad/{n}" for n in range(1, len(FAILING) + 1)]
    room.pages |= {at: reply for at, (reply, _) in zip(bad, FAILING, strict=True)}
    room.pages["/good"] = Reply(rss([("a", "Raid", GUNMEN)]))
    here = desk(*bad, "/good", manners=Manners(1.0, 0.3, 0.6, 2_000, private=True))
    done = here.round()
    assert (done.failed, done.kept) == (len(bad), 1)
    for at, (_, said) in zip(bad, FAILING, strict=True):
        assert said in "\n".join(d.message for d in here.told if d.file == room.url(at)), at
    room.pages |= {at: Reply(rss([(at[5:], "Flood", f"{FLOOD} {at}")])) for at in bad}
    assert here.round().kept == len(bad)
    assert set(here.texts()) == {"127.0.0.1/a", *(f"127.0.0.1/{at[5:]}" for at in bad)}


def test_a_feed_that_goes_on_failing_is_left_alone_longer_and_longer(room: Newsroom, desk: Callable[..., Desk]) -> None:
    room.pages["/rss"] = Reply(status=500)
    here = desk("/rss")
    waits = [here.round().waiting for _ in range(12)]
    assert waits == [0, 0, 1, 0, 1, 1, 1, 0, 1, 1, 1, 1]
    here.restart()
    assert here.round().waiting == 1


def test_a_host_that_asks_to_wait_is_left_alone(room: Newsroom, desk: Callable[..., Desk]) -> None:
    room.pages["/rss"] = Reply(status=429, headers={"Retry-After": "7200"})
    here = desk("/rss")
    waits = [here.round().waiting for _ in range(9)]
    assert waits == [0] + [1] * 7 + [0]
    assert room.asked["/rss"] == 2


def test_between_two_requests_to_a_host_there_is_time(room: Newsroom, desk: Callable[..., Desk]) -> None:
    room.pages["/robots.txt"] = Reply(b"User-agent: *\nCrawl-delay: 5\n")
    for n in range(3):
        room.pages[f"/{n}"] = Reply(rss([(str(n), "Raid", GUNMEN)]))
    here = desk("/0", "/1", "/2")
    here.watcher.round()
    assert here.clock.waited >= 11.0
    assert room.asked["/robots.txt"] == 1


def test_what_robots_do_not_want_read_is_not_asked_for(room: Newsroom, desk: Callable[..., Desk]) -> None:
    room.pages["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /private/\n")
    room.pages["/private/rss"] = Reply(rss([("a", "Raid", GUNMEN)]))
    room.pages["/rss"] = Reply(rss([("b", "Flood", FLOOD)], link=lambda key: room.url("/private/story")))
    here = desk("/private/rss", "/rss")
    done = here.round()
    assert (done.failed, done.kept) == (1, 1)
    assert room.asked["/private/rss"] == room.asked["/private/story"] == 0
    assert here.texts()["127.0.0.1/b"].endswith(FLOOD)
    assert "robots.txt does not want it" in here.said()
    room.pages["/private/all"] = room.pages["/private/rss"]
    assert desk("/private/all", manners=Manners(private=True, robots=False)).round().kept == 1


def test_where_the_rules_cannot_be_had_nothing_is_read(room: Newsroom, desk: Callable[..., Desk]) -> None:
    room.pages["/robots.txt"] = Reply(status=503)
    room.pages["/rss"] = Reply(rss([("a", "Raid", GUNMEN)]))
    here = desk("/rss")
    assert here.round().failed == 1
    assert room.asked["/rss"] == 0
    room.pages["/robots.txt"] = Reply(status=404)
    assert here.round().kept == 1


def test_private_addresses_are_refused(room: Newsroom, desk: Callable[..., Desk]) -> None:
    room.pages["/rss"] = Reply(rss([("a", "Raid", GUNMEN)]))
    here = desk("/rss", manners=Manners())
    assert here.round().failed == 1
    assert room.asked["/rss"] == room.asked["/robots.txt"] == 0
    assert "127.0.0.1, which is no public address" in here.said()


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True), ("2001:4860:4860::8888", True), ("10.0.0.1", False), ("127.0.0.1", False),
        ("169.254.169.254", False), ("192.168.1.1", False), ("100.64.0.1", False), ("0.0.0.0", False), ("::1", False),
        ("fe80::1%eth0", False), ("fc00::1", False), ("::ffff:10.0.0.1", False), ("2002:7f00:1::", False),
        ("224.0.0.1", False), ("::ffff:8.8.8.8", True),
    ],
)  # fmt: skip
def test_public_addresses_are_known(address: str, public: object) -> None:
    assert guard.is_public(address) is public


def test_a_name_with_one_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name may give a public address to whoever looks, and a private one to whoever connects."""
    found = [(2, 1, 6, "", ("93.184.216.34", 80)), (2, 1, 6, "", ("10.0.0.7", 80))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: found)
    with pytest.raises(guard.RefusedRequestError, match=r"10\.0\.0\.7"):
        guard.public_address("news.example", 80, private=False)
    assert guard.public_address("news.example", 80, private=True) == "93.184.216.34"


def test_broken_xml_is_repaired_and_told(room: Newsroom, desk: Callable[..., Desk]) -> None:
    room.pages["/rss"] = Reply(rss([("a", "Raid & ruin", GUNMEN)]))
    here = desk("/rss")
    assert here.round().kept == 1
    assert any(d.code == "repaired-feed" for d in here.told)


def test_other_languages_are_left_out_and_not_looked_at_again(room: Newsroom, desk: Callable[..., Desk]) -> None:
    french = "Des hommes armés ont attaqué le marché de Goma lundi et tué au moins douze personnes, selon la police."
    room.pages["/rss"] = Reply(rss([("a", "Attaque", french)]))
    here = desk("/rss")
    assert [here.round().foreign for _ in range(2)] == [1, 0]
    assert here.texts() == {}


def test_news_of_a_sitemap_are_read_from_their_pages(room: Newsroom, desk: Callable[..., Desk]) -> None:
    names = (
        "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'"
    )
    news = "<n:news><n:publication><n:name>Lake Post</n:name></n:publication><n:publication_date>2026-03-01</n:publication_date><n:title>Raid</n:title></n:news>"
    room.pages["/map.xml"] = Reply(
        f"<sitemapindex {names}><sitemap><loc>{room.url('/news.xml')}</loc></sitemap></sitemapindex>".encode()
    )
    entry = f"<url><loc>{room.url('/story')}</loc>{news}</url>"
    room.pages["/news.xml"] = Reply(f"<urlset {names}>{entry}</urlset>".encode())
    room.pages["/story"] = Reply(page("Raid", [GUNMEN, FLOOD]))
    host = frozenset({f"127.0.0.1:{room.port}"})
    here = Desk(desk("/x").book, (Feed("sitemap", room.url("/map.xml"), host),))
    assert [here.round().kept for _ in range(2)] == [1, 0]
    (held,) = here.book.analyses()
    assert (held.dispatch.agency, held.dispatch.published) == ("Lake Post", "2026-03-01")
    assert "river" in held.dispatch.text


def test_a_folder_is_followed_by_its_files(tmp_path: Path, desk: Callable[..., Desk]) -> None:
    folder = tmp_path / "incoming"
    folder.mkdir()
    (folder / "one.txt").write_text(GUNMEN, encoding="utf-8")
    here = Desk(desk("/x").book, (Feed("folder", str(folder), agency="Lake Post"),))
    assert [here.round().kept for _ in range(2)] == [1, 0]
    (folder / "two.txt").write_text(FLOOD, encoding="utf-8")
    assert here.round().kept == 1
    assert {a.dispatch.agency for a in here.book.analyses()} == {"Lake Post"}


def test_what_is_stopped_between_reading_and_remembering_is_found_again(
    room: Newsroom, desk: Callable[..., Desk]
) -> None:
    items = [(str(n), f"Raid {n}", GUNMEN.replace("twelve", str(n))) for n in range(80)]
    room.pages["/rss"] = Reply(rss(items), headers={"ETag": '"x"'})
    here = desk("/rss")
    batches: list[int] = []

    def killed(dispatches: Iterable[Dispatch]) -> Iterator[Analysis]:
        given = list(dispatches)
        batches.append(len(given))
        if len(batches) == 2:
            raise KeyboardInterrupt
        yield from code(given)

    here.code = killed
    with pytest.raises(KeyboardInterrupt):
        here.round()
    here.restart()
    assert 0 < len(here.texts()) < 80
    assert here.round().kept == 80 - 32
    assert len(here.texts()) == 80
    assert here.book.dispatches(versions=True) == here.book.dispatches()


def test_a_signal_ends_the_reading_behind_the_batch_at_hand(room: Newsroom, desk: Callable[..., Desk]) -> None:
    items = [(str(n), f"Raid {n}", GUNMEN.replace("twelve", str(n))) for n in range(80)]
    room.pages["/rss"] = Reply(rss(items), headers={"ETag": '"x"'})
    here = desk("/rss")

    def interrupted(dispatches: Iterable[Dispatch]) -> Iterator[Analysis]:
        here.stop.set()
        return code(dispatches)

    here.code = interrupted
    assert here.round().kept == 32
    here.stop.clear()
    here.code = code
    here.restart()
    assert here.round().kept == 48
    rounds: list[Round] = []

    def after(done: Round) -> None:
        rounds.append(done)
        here.stop.set()

    here.watcher.run(every=60.0, after=after)
    assert len(rounds) == 1
