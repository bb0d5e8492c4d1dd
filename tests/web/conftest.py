"""A ledger of the sample dispatches, the application over it, and a browser before it."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from demands import need
from playwright.sync_api import Browser, Page, expect, sync_playwright
from starlette.applications import Starlette
from starlette.testclient import TestClient

import reportedly
from reportedly.web.app import build_app

SAMPLES = Path(__file__).parents[2] / "samples"
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
)  # fmt: skip
# However busy the machine: only what never comes is missed.
PATIENCE_MS = 120_000
expect.set_options(timeout=PATIENCE_MS)
# The one without windows takes half the time.
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")

# What somebody may send: markup, scripts, a word without end, text from right to left, letters under many marks.
HOSTILE = (
    "</script><script>document.title='taken'</script> <img src=x onerror=\"document.title='taken'\"> "
    "<b>Police</b> said gunmen killed three people in Goma on Friday & 'wounded' \"four\". "
    + "w" * 10_000
    + "\n\n\u202eevil\u202c \u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd "
    + "z" + "\u0301\u0336\u0489" * 60
    + " \x00\x07 {{ 7 * 7 }} javascript:alert(1) said police."
)  # fmt: skip


@pytest.fixture(scope="session")
def untouched_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of the sample dispatches, and one made to break pages; nobody judges in it."""
    path = tmp_path_factory.mktemp("room") / "news.duckdb"
    hostile = reportedly.read(
        HOSTILE, published="2024-05-25", agency="<i>Wire</i>", title="<h1>Head & line</h1>", id="x/<1>"
    )
    with reportedly.open_ledger(path) as ledger:
        ledger.add([*reportedly.read_all([SAMPLES]), hostile])
    return path


@pytest.fixture(scope="session")
def ledger_file(untouched_file: Path) -> Path:
    """The same ledger, in which a browser judges."""
    return Path(shutil.copy(untouched_file, untouched_file.with_name("room.duckdb")))


@pytest.fixture(scope="session")
def app(ledger_file: Path) -> Iterator[Starlette]:
    made = build_app(ledger_file)
    yield made
    made.state.desk.shelf.close()


@pytest.fixture(scope="session")
def client(app: Starlette) -> TestClient:
    """Asks the application without a network."""
    return TestClient(app, base_url="http://localhost")


@pytest.fixture(scope="session")
def convoy(ledger_file: Path) -> reportedly.Incident:
    """The incident of which the samples tell most."""
    ledger = reportedly.open_ledger(ledger_file, read_only=True)
    return max(ledger.incidents(), key=lambda i: len(i.claims))


@pytest.fixture(scope="session")
def site(app: Starlette) -> Iterator[str]:
    """The application at an address of this machine."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"
        server.should_exit = True
        thread.join(timeout=10)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's own Chromium."""
    program = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    need("browser", found=program is not None, remedy="install Debian's package chromium-headless-shell, or chromium")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A page on which any error of the console fails the test."""
    context = browser.new_context(base_url=site)
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE_MS)
    errors: list[str] = []
    opened.on("console", lambda message: errors.append(message.text) if message.type in ("error", "warning") else None)
    opened.on("pageerror", lambda problem: errors.append(str(problem)))
    yield opened
    context.close()
    assert errors == []
