"""The reading room in a browser: its paths clicked through, at both widths, in light and dark, and checked with axe."""

from __future__ import annotations

from typing import Literal
from urllib.parse import quote

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from reportedly import Incident


def test_from_the_list_over_an_incident_to_the_sentence(page: Page, convoy: Incident) -> None:
    """Every mark of the figure chart is one click from its sentence, and the sentence one from its dispatch."""
    page.goto("/")
    page.locator(f"#{convoy.id} h3 a").click()
    expect(page.locator(".standing").first).to_have_text(convoy.standing)
    mark = page.locator("svg.chart a").first
    target = mark.get_attribute("href")
    assert target is not None
    mark.click()
    assert page.url.endswith(target)
    told = page.locator(f'.account:has([id="{target[1:]}"]), .account[id="{target[1:]}"]')
    expect(told.first).to_be_visible()
    told.first.locator(".chips a").first.click()
    expect(page.locator(".reading .note").first).to_be_visible()


def test_pointing_at_a_note_lights_its_words(page: Page, convoy: Incident) -> None:
    page.goto(f"/dispatches/{quote(convoy.dispatches[0])}")
    page.locator(".note").nth(1).hover()
    assert page.locator('[data-lit~="trigger"]').count() >= 1
    assert page.locator(".note.lit").count() == 1
    page.locator("h1").hover()
    assert page.locator("[data-lit]").count() == 0


def test_what_lights_is_source_place_time_and_figures_too(page: Page, convoy: Incident) -> None:
    words: dict[str, set[str]] = {part: set() for part in ("voice", "place", "when", "figure")}
    for dispatch in convoy.dispatches[:2]:
        page.goto(f"/dispatches/{quote(dispatch)}")
        for note in page.locator(".note").all():
            note.hover()
            for part, found in words.items():
                found.update(page.locator(f'[data-lit~="{part}"]').all_inner_texts())
    assert all(words.values())
    assert any("Friday" in when for when in words["when"])


def test_the_keyboard_goes_from_note_to_note(page: Page, convoy: Incident) -> None:
    """Tab reaches the notes, arrows go on among them, what is focused is lit."""
    page.goto(f"/dispatches/{quote(convoy.dispatches[0])}")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.locator(".note a").first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#n2 a").first).to_be_focused()
    expect(page.locator("#n2")).to_have_class("note lit")


def test_a_filter_stays_in_the_address(page: Page) -> None:
    page.goto("/")
    page.get_by_text("More filters").click()
    page.get_by_role("combobox", name="Type", exact=True).select_option("HAZARD")
    page.get_by_role("button", name="Show").click()
    assert "type=HAZARD" in page.url
    page.reload()
    page.get_by_text("More filters").click()
    expect(page.get_by_role("combobox", name="Type", exact=True)).to_have_value("HAZARD")
    assert page.locator(".list > li").count() >= 1


def test_on_a_phone_the_list_comes_first_and_a_link_leads_to_map_and_counts(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page = context.new_page()
    page.goto("/")
    expect(page.locator(".list > li").first).to_be_in_viewport()
    page.get_by_role("link", name="Filters with counts, map, time").click()
    expect(page.locator("svg.histogram")).to_be_in_viewport()
    context.close()


def test_pages_work_without_scripts(browser: Browser, site: str, convoy: Incident) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/incidents/{convoy.id}")
    assert page.locator("svg.chart").count() == 2
    page.locator(".account .chips a").first.click()
    assert page.locator(".note").count() > 1
    context.close()


def test_a_hostile_dispatch_is_text(page: Page) -> None:
    page.goto(f"/dispatches/{quote('x/<1>', safe='')}")
    assert "<script>" in page.locator(".reading").inner_text()
    assert "taken" not in page.title()
    assert page.locator(".reading img, .reading script, .reading b:has-text('Police')").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


PATHS = (
    "/", "/?type=HAZARD", "/?country=Sudann", "/judge", "/judge/next", "/claims", "/dispatches", "/sources", "/sources/Osman%20Tahir", "/judgements", "/api/",
)  # fmt: skip


def paths(convoy: Incident) -> tuple[str, ...]:
    """Every kind of page."""
    dispatch = f"/dispatches/{quote(convoy.dispatches[0])}"
    hostile = f"/dispatches/{quote('x/<1>', safe='')}"
    return (*PATHS, f"/incidents/{convoy.id}", dispatch, hostile, "/nowhere")


LOOKS: tuple[tuple[int, Literal["light", "dark"]], ...] = ((390, "light"), (1440, "dark"))


def test_no_page_has_a_serious_problem_of_access(browser: Browser, site: str, convoy: Incident) -> None:
    """axe finds nothing serious on any page, contrast in both schemes included, and none is wider than the window."""
    found: list[tuple[object, ...]] = []
    context = browser.new_context(base_url=site, reduced_motion="reduce")
    page = context.new_page()
    for path in paths(convoy):
        page.goto(path)
        for width, scheme in LOOKS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            grave = (v for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical"))
            found += [(path, width, v["id"], v["nodes"][0]["html"][:160]) for v in grave]
        for width in (1440, 390, 320):
            page.set_viewport_size({"width": width, "height": 900})
            if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
                found.append((path, width, "is wider than the window"))
    context.close()
    assert found == []


def test_a_judgement_is_given_and_taken_back(page: Page, convoy: Incident) -> None:
    page.goto(f"/incidents/{convoy.id}")
    page.get_by_label("Judging as").fill("Mira")
    page.locator("details.judge summary").first.click()
    page.get_by_role("button", name="Right").first.click()
    expect(page.get_by_text("judged right by Mira").first).to_be_visible()
    page.goto("/judgements")
    page.get_by_role("button", name="Take back").first.click()
    expect(page.get_by_role("button", name="Take back")).to_have_count(0)
