"""One language model for the whole run, and short ways from a text to what a stage makes of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import settings
from spacy.language import Language

from reportedly.config import DEFAULT
from reportedly.knowledge.load import SHIPPED
from reportedly.ledger import open_ledger, opening
from reportedly.model import Dispatch
from reportedly.model.record import Record
from reportedly.parse import layout
from reportedly.parse import nlp as language
from reportedly.parse.mending import mended
from reportedly.parse.parsed import Doc, from_spacy
from reportedly.pipeline import casing_of

# The suite tries the same examples each time; a run with REPORTEDLY_FUZZ looks for new ones.
settings.register_profile("suite", derandomize=True)
if not os.environ.get("REPORTEDLY_FUZZ"):
    settings.load_profile("suite")

# The files that take longest, longest first: begun first, none of them is left to one process at the end.
LONGEST = (
    "test_spark", "test_room", "test_browser", "test_growth", "test_cases", "test_store_laws", "test_store_long_run",
    "test_store_steps", "test_offline", "test_cli", "test_store_door", "test_every_table",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A file is one process's; the processes take them in the order in which they stand."""
    rank = {name: n for n, name in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(item.path.stem, len(rank)))


def pytest_assertrepr_compare(op: str, left: object, right: object) -> list[str] | None:
    """Where two records should be equal and are not: the fields in which they differ, whole."""
    if op != "==" or not isinstance(left, Record) or type(left) is not type(right):
        return None
    pairs = ((name, getattr(left, name), getattr(right, name)) for name in left.__struct_fields__)
    return [f"{left!r} == {right!r}", *(f"{n}: {whole(a)} != {whole(b)}" for n, a, b in pairs if a != b)]


def whole(value: object) -> str:
    return msgspec.json.encode(value).decode()


@pytest.fixture(scope="session", autouse=True)
def _one_thread() -> None:
    """The tests run in as many processes as there are cores; more threads in each only wait for one another."""
    opening.SETTINGS["threads"] = 1


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger without dispatches, to be copied: making one takes as long as adding to it."""
    path = tmp_path_factory.mktemp("empty") / "empty.duckdb"
    open_ledger(path).close()
    return path


@pytest.fixture(scope="session")
def nlp() -> Language:
    return language.load()


@pytest.fixture(scope="session")
def parse(nlp: Language) -> Callable[..., tuple[Doc, Dispatch]]:
    """``parse(text, published="2021-09-03")`` gives the Doc of its reading text, as stages get it, and the Dispatch."""

    def run(text: str, published: str | None = None, **fields: Any) -> tuple[Doc, Dispatch]:
        dispatch = Dispatch(id="t", text=text, published=published, **fields)
        doc = from_spacy(nlp(layout.prepare(dispatch, DEFAULT.max_chars, casing_of(DEFAULT))))
        return mended(doc, SHIPPED), dispatch

    return run
