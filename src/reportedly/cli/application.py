"""The command as a whole: its name, what it takes for granted, and how a command of it is told to Typer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from reportedly import __version__
from reportedly.cli.examples import examples_of
from reportedly.cli.settings import settings_of

F = TypeVar("F", bound=Callable[..., Any])
app = typer.Typer(
    name="reportedly",
    help="Reads news dispatches: who says that what happened to whom, where, when, how many, and how sure they are.",
    epilog=examples_of("reportedly"),
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def command(name: str | None = None) -> Callable[[F], F]:
    """Make a function a command, under its own name or another, with its examples in its help."""

    def tell(function: F) -> F:
        called = name or function.__name__
        return app.command(name=called, epilog=examples_of(called))(function)

    return tell


def _version(wanted: bool) -> None:  # noqa: FBT001  Typer's callback shape
    if wanted:
        typer.echo(f"reportedly {__version__}")
        raise typer.Exit


@app.callback()
def root(
    context: typer.Context,
    *,
    version: Annotated[  # noqa: ARG001  its callback speaks
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Reads news dispatches and keeps a ledger of who says what."""
    given = settings_of(Path.cwd())
    # `explain` takes inputs or a ledger, and looks for the ledger itself where it is given neither.
    context.default_map = {
        name: {k: v for k, v in given.items() if (name, k) != ("explain", "ledger")} for name in _names()
    }


def _names() -> list[str]:
    return [str(c.name) for c in app.registered_commands]
