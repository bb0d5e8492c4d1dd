"""The pictures of the README: the reading room on the sample dispatches, as a browser shows it.

    python docs/pictures.py

Needs the development environment and Chromium (``apt-get install chromium-headless-shell``).
"""

from __future__ import annotations

import shutil
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import uvicorn
from playwright.sync_api import Page, sync_playwright

import reportedly
from reportedly.web.app import build_app

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
# However busy the machine is.
PATIENCE_MS = 300_000
WIDE, PHONE = {"width": 1440, "height": 1000}, {"width": 390, "height": 844}


@contextmanager
def room(path: Path) -> Iterator[str]:
    """The address of a reading room on a ledger."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(build_app(path), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{bound.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def figures(page: Page) -> None:
    """The figures at the top of a phone."""
    page.locator("svg.chart").first.evaluate("e => e.scrollIntoView({block: 'start'})")


def lit(page: Page) -> None:
    """A claim that somebody points at."""
    page.locator(".note").nth(2).hover()


def main() -> int:
    """Take them all."""
    chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if chromium is None:
        sys.exit("Chromium is not installed: apt-get install chromium-headless-shell")
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "news.duckdb"
        with reportedly.open_ledger(path) as ledger:
            ledger.add(reportedly.read_all([ROOT / "samples"]))
            told = max(ledger.incidents(), key=lambda i: len(i.claims))
            (longest,) = ledger.dispatches(sort="-claims", limit=1)
        incident, dispatch = f"/incidents/{told.id}", f"/dispatches/{quote(longest.id, safe='')}"
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        with room(path) as site:
            for name, address, size, scheme, do in (
                ("incidents-wide", "/", WIDE, "light", None),
                ("incidents-phone", "/", PHONE, "dark", None),
                ("incident-wide", incident, WIDE, "light", None),
                ("incident-phone", incident, PHONE, "dark", figures),
                ("dispatch-wide", dispatch, WIDE | {"height": 900}, "dark", lit),
                ("dispatch-phone", dispatch, PHONE, "light", None),
            ):
                context = browser.new_context(
                    viewport=size, color_scheme=scheme, base_url=site, reduced_motion="reduce"
                )
                page = context.new_page()
                page.set_default_timeout(PATIENCE_MS)
                page.goto(address)
                if do is not None:
                    do(page)
                page.screenshot(path=IMAGES / f"{name}.png")
                context.close()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
