"""What is not part of a plain install, and how it is got: said where something that needs it is asked for."""

from __future__ import annotations

from typing import Final

from reportedly.errors import ResourceError

# The extra of this package that brings a module of another.
EXTRAS: Final = {
    "altair": "charts",
    "duckdb": "ledger",
    "feedparser": "ingest",
    "httpx": "watch",
    "jinja2": "web",
    "lxml": "ingest",
    "lxml_html_clean": "ingest",
    "multipart": "web",
    "nltk": "research",
    "pandas": "spark",
    "pyarrow": "arrow",
    "pyspark": "spark",
    "starlette": "web",
    "trafilatura": "ingest",
    "uvicorn": "web",
    "vl_convert": "charts",
}


def missing(problem: ImportError) -> ResourceError | None:
    """What to say of a module that is not installed; None for one that no part of the program can do without."""
    name = (problem.name or "").partition(".")[0]
    extra = EXTRAS.get(name)
    if extra is None:
        return None
    return ResourceError("E217", f"this needs {name}, which is not installed", remedy(extra))


def remedy(extra: str) -> str:
    """How an extra is got."""
    return f"Install it with: pip install 'reportedly[{extra}]'"
