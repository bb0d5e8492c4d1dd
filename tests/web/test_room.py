"""The room as people at work use it: finding, maps, one incident, judging; wide and narrow, light and dark, by keyboard.

Every walk is taken with scripts and, where it matters, without; none may ask another host for anything.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

import pytest
from lxml.html import fromstring
from playwright.sync_api import Browser, Page, expect
from starlette.testclient import TestClient

import reportedly
from reportedly import Incident

Scheme = Literal["light", "dark"]
LOOKS: list[tuple[int, Scheme, bool]] = [(1400, "light", True), (390, "dark", False)]


@pytest.fixture(params=LOOKS, ids=lambda p: f"{p[0]}-{p[1]}-{'scripts' if p[2] else 'plain'}")
def look(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Page]:
    """A page of one width and scheme, with scripts or without, that asks no other host."""
    width, scheme, scripts = request.param
    context = browser.new_context(
        base_url=site, viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=scripts,
        reduced_motion="reduce",
    )  # fmt: skip
    page = context.new_page()
    page.set_default_timeout(120_000)
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url))
    yield page
    context.close()
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(site).netloc}


def listed(page: Page) -> int:
    """How many incidents the list says it has."""
    return int(re.sub(r"\D", "", page.locator("#found").inner_text()))


class Asked:
    """A page as the application answers it, without a browser."""

    def __init__(self, client: TestClient, address: str) -> None:
        answer = client.get(address)
        self._tree = fromstring(answer.text)
        self.query = parse_qs(answer.url.query.decode())

    def all(self, path: str) -> list[Any]:
        """What an XPath finds, in which ``has(@class, 'word')`` asks for one of several words."""
        whole = re.sub(r"has\(@class, '(\w+)'\)", r"contains(concat(' ', @class, ' '), ' \1 ')", path)
        found: list[Any] = self._tree.xpath(whole)
        return found

    @property
    def listed(self) -> int:
        """How many incidents the list says it has."""
        return int(re.sub(r"\D", "", self.all("//*[@id='found']")[0].text_content()))


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_each_count_is_what_its_link_gives(client: TestClient) -> None:
    """A count, a bar and a mark of the map are links to so many incidents; what is on can be taken off."""
    first = Asked(client, "/")
    for facet in ("type", "standing", "country", "voice"):
        choice = first.all(f"//section[@aria-labelledby='facet-{facet}']//*[has(@class, 'choices')]//li")[0]
        (count,) = choice.xpath(".//*[contains(concat(' ', @class, ' '), ' n ')]")
        found = Asked(client, choice.xpath(".//a/@href")[0])
        assert found.listed == int(count.text_content())
        assert facet in found.query
        assert Asked(client, found.all("//*[has(@class, 'applied')]//a/@href")[0]).listed == first.listed
    bar = first.all("//svg[has(@class, 'histogram')]//a[@data-since][.//rect[2][@height]]")[-1]
    narrow = Asked(client, bar.get("href"))
    assert narrow.query["since"] == [bar.get("data-since")]
    assert 1 <= narrow.listed < first.listed
    mark = first.all("//svg[has(@class, 'map')]//a")[0]
    here = Asked(client, mark.get("href"))
    assert here.listed == int(re.findall(r"\d+", mark.get("aria-label"))[-1])
    assert "bbox" in here.query


def test_a_list_is_narrowed_by_a_click(look: Page) -> None:
    look.goto("/")
    whole = listed(look)
    choice = look.locator("section[aria-labelledby=facet-type] .choices li").first
    count = int(choice.locator(".n").inner_text())
    choice.locator("a").click()
    assert listed(look) == count
    assert "type" in query(look)
    look.locator(".applied a").first.click()
    assert listed(look) == whole
    look.goto(look.locator("svg.map a").first.get_attribute("href") or "")
    wide = query(look)["bbox"]
    look.locator(".steps").get_by_role("link", name="Farther").click()
    assert query(look)["bbox"] != wide


def test_orders_contested_and_the_answer_beside_a_field(look: Page, convoy: Incident) -> None:
    look.goto("/")
    look.locator(".quick").get_by_role("link", name="Contested").click()
    assert query(look) == {"standing": ["contested"]}
    for order in ("number of voices", "how contested"):
        look.locator(".sorts").get_by_role("link", name=order).click()
        expect(look.locator(".list > li").first).to_have_attribute("id", convoy.id)
    look.locator(".sorts").get_by_role("link", name="killed").click()
    expect(look.locator(".list > li").first).to_contain_text("at least 14 killed")
    assert query(look)["standing"] == ["contested"]
    look.goto("/?sort=voices")
    look.get_by_text("More filters").click()
    look.get_by_label("Country", exact=True).and_(look.locator("input")).fill("Sudann")
    look.get_by_label("From", exact=True).fill("march 2024")
    look.get_by_role("button", name="Show").click()
    field = look.get_by_label("Country", exact=True).and_(look.locator("input"))
    expect(field).to_have_value("Sudann")
    expect(look.locator("#w-country")).to_contain_text("Did you mean Sudan?")
    assert field.get_attribute("aria-describedby") == "w-country"
    field.fill("Sudan")
    look.get_by_role("button", name="Show").click()
    expect(look.locator(f"#{convoy.id}")).to_be_visible()
    expect(look.locator(".applied")).to_contain_text("from: 2024-03-01")


def test_an_incident_says_at_the_top_how_each_answer_stands(look: Page, convoy: Incident) -> None:
    """Questions with their standing, changes since a day, a map in steps, each claim as a citation."""
    look.goto(f"/incidents/{convoy.id}")
    first = look.locator(".points > li").first
    expect(first).to_contain_text("Did it happen")
    expect(first.locator(".state")).to_have_text(convoy.questions["happened"].standing)
    everything = look.locator(".changes > li").count()
    look.get_by_label("Since", exact=True).fill("20 May 2024")
    look.locator(".since").get_by_role("button", name="Show").click()
    assert 1 <= look.locator(".changes > li").count() < everything
    expect(look.locator("#changed")).to_have_text("What changed since 20 May 2024")
    look.get_by_label("Since", exact=True).fill("lastweek")
    look.locator(".since").get_by_role("button", name="Show").click()
    expect(look.locator("#w-since")).to_be_visible()
    expect(look.get_by_label("Since", exact=True)).to_have_value("lastweek")
    look.goto(f"/incidents/{convoy.id}")
    expect(look.locator("svg.map path.provinces")).to_have_count(1)
    towns = set(look.locator("svg.map text").all_text_contents())
    look.locator(".steps").get_by_role("link", name="Closer").click()
    assert look.url.endswith("?zoom=1#map")
    assert set(look.locator("svg.map text").all_text_contents()) != towns
    cite = look.locator(".cite").first
    cite.locator("summary").click()
    expect(cite.locator(".citation")).to_contain_text("/claims/c-")


def test_on_paper_an_incident_keeps_what_was_said_and_loses_what_was_to_be_pressed(
    page: Page, convoy: Incident
) -> None:
    page.goto(f"/incidents/{convoy.id}")
    page.emulate_media(media="print")
    expect(page.locator(".points")).to_be_visible()
    expect(page.locator(".account q").first).to_be_visible()
    for pressed in (".top nav", "#judge", ".tools", ".steps", ".since", ".export"):
        expect(page.locator(pressed).first).to_be_hidden()


def test_dragging_over_the_bars_narrows_the_list(page: Page) -> None:
    page.goto("/")
    bars = page.locator("svg.histogram a[data-since]")
    box = page.locator("svg.histogram").bounding_box()
    assert box is not None
    wide = box["width"] / bars.count()
    page.mouse.move(box["x"] + wide * 2.5, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + wide * 9.5, box["y"] + 50, steps=4)
    expect(page.locator("svg.histogram .dragged")).to_have_count(1)
    since, until = bars.nth(2).get_attribute("data-since"), bars.nth(9).get_attribute("data-until")
    page.mouse.up()
    page.wait_for_url(re.compile("since="))
    assert (query(page)["since"], query(page)["until"]) == ([since], [until])


def test_claims_are_judged_by_keyboard_within_ten_stops(page: Page, convoy: Incident) -> None:
    """Tab, Tab, Enter leads to the claims; j and k go among them, keys decide, what was decided is taken back."""
    page.goto(f"/incidents/{convoy.id}")
    stops = ["Tab", "Tab", "Enter", "Tab"]
    for key in stops:
        page.keyboard.press(key)
    expect(page.get_by_label("Judging as")).to_be_focused()
    page.keyboard.type("Mira")
    page.keyboard.press("Tab")
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.locator("li.account[tabindex]").nth(1)
    expect(second).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("r")
    page.wait_for_url(re.compile("#c-"))
    first = page.locator("li.account[tabindex]").first
    expect(first).to_contain_text("judged right by Mira")
    expect(first).to_be_focused()
    page.keyboard.press("u")
    expect(page.locator("li.account[tabindex]").first).not_to_contain_text("judged right")
    expect(page.locator("li.account[tabindex]").first).to_be_focused()
    page.keyboard.press("?")
    expect(page.locator("details.keys").first).to_have_attribute("open", "")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_queue_leads_from_claim_to_claim(browser: Browser, site: str, *, scripts: bool) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=scripts)
    page = context.new_page()
    page.goto("/judge")
    expect(page.locator(".list > li").first).to_contain_text("contested question")
    page.get_by_role("link", name="Begin").click()
    skipped = urlsplit(page.url).path
    page.get_by_role("link", name="Skip", exact=True).click()
    asked = urlsplit(page.url).path
    assert asked != skipped
    page.get_by_label("Your name").fill("Ann")
    page.get_by_role("button", name="Right").click()
    page.wait_for_url(lambda url: urlsplit(url).path != asked)
    assert urlsplit(page.url).path not in (asked, skipped)
    page.goto(asked)
    expect(page.locator("main")).to_contain_text("Ann")
    page.goto("/judgements")
    page.get_by_role("button", name="Take back").first.click()
    context.close()


def test_a_value_is_corrected_with_a_note_and_taken_back(look: Page, convoy: Incident) -> None:
    """Who, when and why stand beside the value; every page and export has it; taking back brings the old one back."""
    claim = convoy.claims[0]
    look.goto(f"/judge/{claim}")
    look.get_by_label("Your name").fill("Mira")
    look.get_by_label("Note").fill("the caption says so")
    look.get_by_text("Correct a value", exact=True).click()
    look.get_by_label("place", exact=True).fill("Gedaref, Sudan")
    look.get_by_role("button", name="Correct place").click()
    told = look.locator("main")
    expect(told).to_contain_text("place: Gedaref, Sudan: the caption says so")
    expect(told).to_contain_text("Mira")
    expect(look.get_by_label("place", exact=True)).to_have_value(re.compile("Gedaref"))
    look.goto("/claims?words=Gedaref")
    assert "Gedaref" in look.locator("main").inner_text()
    look.goto(f"/judge/{claim}")
    look.get_by_role("button", name="Take back").first.click()
    expect(look.locator("ol.list > li").last).to_contain_text("taken back")
    expect(look.get_by_label("place", exact=True)).not_to_have_value(re.compile("Gedaref"))
    look.get_by_label("Your name").fill("Mira")
    look.get_by_text("Correct a value", exact=True).click()
    look.get_by_label("day", exact=True).fill("someday")
    look.get_by_role("button", name="Correct day").click()
    expect(look.locator("main")).to_contain_text("is no day")


def test_a_sample_is_walked_through_field_by_field(look: Page, ledger_file: Path) -> None:
    """Each claim is asked field by field, what was answered is there again, and the shares are told with their bounds."""
    with reportedly.open_ledger(ledger_file) as ledger:
        drawn = ledger.draw(3, seed=7)
    look.goto("/samples")
    look.get_by_role("link", name=drawn.name, exact=True).click()
    look.get_by_role("link", name="Begin").click()
    expect(look.locator("h1")).to_have_text(f"{drawn.name}: 1 of 3")
    look.get_by_label("Your name").fill("Ann")
    first = look.locator("fieldset").first
    first.get_by_label("wrong").check()
    for asked in look.locator("fieldset").all()[1:]:
        asked.get_by_label("right").check()
    look.get_by_role("button", name="Keep, go on").click()
    expect(look.locator("h1")).to_have_text(f"{drawn.name}: 2 of 3")
    look.get_by_role("button", name="All right").click()
    look.get_by_role("link", name="Skip", exact=True).click()
    expect(look.get_by_role("link", name="Go on")).to_be_visible()
    told = look.get_by_role("row", name=re.compile("^type "))
    expect(told).to_contain_text("50%")
    expect(told).to_contain_text("9–91%")
    expect(look.locator(".lead")).to_contain_text("judged 2 of them in full; judges so far: Ann")
    look.goto(f"/samples/{drawn.name}/{drawn.claims[0]}")
    expect(look.locator("fieldset").first.get_by_label("wrong")).to_be_checked()
    with reportedly.open_ledger(ledger_file, read_only=True) as ledger:
        assert {a.by for a in ledger.answers(drawn.name)} == {"Ann"}


def test_what_is_new_is_what_came_after_the_last_visit(client: TestClient) -> None:
    """On a first visit nothing is new; after a visit with less in the ledger what came since is one click away."""
    with TestClient(client.app, base_url="http://localhost") as first:
        assert "New since my last visit" not in first.get("/").text
        assert 'New since my last visit <span class="n">0</span>' in first.get("/").text
    earlier = TestClient(client.app, base_url="http://localhost", cookies={"reportedly_seen": "3"})
    page = earlier.get("/").text
    found = re.search(r'href="(/\?new=3)"[^>]*>New since my last visit <span class="n">(\d+)</span>', page)
    assert found is not None
    assert int(found[2]) > 0
    assert f">{found[2]} incidents</h2>" in earlier.get(found[1]).text


def test_the_whole_table_is_taken_along(client: TestClient) -> None:
    """All results, not those of the page, in each format; a page only where one is asked for."""
    total = client.get("/api/incidents?limit=1").json()["total"]
    table = list(csv.DictReader(io.StringIO(client.get("/export/incidents.csv").text)))
    assert len({row["id"] for row in table}) == total
    assert len(client.get("/export/incidents.jsonl").text.splitlines()) == total
    assert len(client.get("/export/incidents.geojson").json()["features"]) == total
    few = list(csv.DictReader(io.StringIO(client.get("/export/incidents.csv?type=hazard").text)))
    assert {row["type"] for row in few} == {"HAZARD"}
    assert len(client.get("/export/claims.jsonl?limit=3").text.splitlines()) == 3
    assert client.get("/export/incidents.csv?country=Sudann").status_code == 400


def test_an_empty_ledger_says_how_to_bring_something_in(tmp_path_factory: pytest.TempPathFactory) -> None:
    from reportedly import open_ledger
    from reportedly.web.app import build_app

    path = tmp_path_factory.mktemp("empty") / "fresh.duckdb"
    open_ledger(path).close()
    with TestClient(build_app(path), base_url="http://localhost") as empty:
        for address in ("/", "/claims", "/dispatches", "/sources"):
            page = empty.get(address).text
            assert "reportedly add PATH... --ledger fresh.duckdb" in page, address
            assert "answers to these filters" not in page
        assert "answers to these filters" in empty.get("/?type=ASSAULT").text


def test_changes_are_a_feed(client: TestClient, convoy: Incident) -> None:
    from xml.etree import ElementTree as ET

    atom = "{http://www.w3.org/2005/Atom}"
    answer = client.get(f"/changes.atom?incident={convoy.id}")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = ET.fromstring(answer.content)
    entries = feed.findall(f"{atom}entry")
    kinds = {e.find(f"{atom}category").get("term") for e in entries}  # type: ignore[union-attr]
    assert {"denial", "rival figure"} <= kinds
    ids = [e.findtext(f"{atom}id") for e in entries]
    assert len(set(ids)) == len(ids)
    moments = [e.findtext(f"{atom}updated") or "" for e in entries]
    assert moments == sorted(moments, reverse=True)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", m) for m in moments)
    assert feed.findtext(f"{atom}updated") == moments[0]
    link = entries[0].find(f"{atom}link")
    assert link is not None
    assert client.get((link.get("href") or "").partition("#")[0].removeprefix("http://localhost")).status_code == 200
    assert ET.fromstring(client.get("/changes.atom?country=ETH").content).findall(f"{atom}entry")
    assert client.get("/changes.atom?country=Nowhereland").status_code == 400
