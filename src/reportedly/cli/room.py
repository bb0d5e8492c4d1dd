"""The commands that show a ledger: the reading room, and one incident as a file."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from reportedly.cli.apart import keep_apart
from reportedly.errors import ResourceError
from reportedly.export.outlet import outlet

NEEDED = ("jinja2", "multipart", "starlette", "uvicorn", "vl_convert")


def serve(ledger: Path, host: str, port: int, names: tuple[str, ...]) -> None:
    """Open the reading room."""
    require()
    from reportedly.web.serve import run

    run(ledger, host, port, names)


def report(incident: str, ledger: Path, output: Path) -> None:
    """Write one incident as a page that needs nothing else."""
    require()
    keep_apart((), ledger, {"--output": output})
    from reportedly.web.still import still_page

    page = still_page(ledger, incident)
    with outlet(str(output)) as stream:
        stream.write(page.encode())


def require() -> None:
    """Say what to install where a part of the reading room is missing."""
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        message = (
            f"the reading room needs {', '.join(missing)}, which {'is' if len(missing) == 1 else 'are'} not installed"
        )
        raise ResourceError("E702", message, "Install them with: pip install 'reportedly[web]'")
