"""What a shell offers for a word that is half typed: filters and their values, formats, orders, tables, verdicts."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stdout, suppress
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast, get_args

import typer

from reportedly.errors import ReportedlyError

if TYPE_CHECKING:
    from reportedly.ledger.listings import Listing, What

_VARIABLE = "_REPORTEDLY_COMPLETE"


def answered(command: Callable[[], object]) -> bool:
    """Whether this is bash asking for the values of NAME=VALUE, which are then given to it.

    It holds the = for a word of its own: the words are put together again, and of what is offered it is given what
    stands behind the sign.
    """
    words, number = os.environ.get("COMP_WORDS"), os.environ.get("COMP_CWORD", "")
    if os.environ.get(_VARIABLE) != "complete_bash" or words is None or not number.isdigit():
        return False
    typed = words.split("\n")[: int(number) + 1]
    whole = _joined(typed)
    os.environ["COMP_WORDS"] = "\n".join(whole)
    os.environ["COMP_CWORD"] = str(len(whole) - 1)
    if "=" not in typed[-2:]:
        return False
    offered = StringIO()
    with redirect_stdout(offered), suppress(SystemExit):
        command()
    typer.echo("\n".join(line.partition("=")[2] or line for line in offered.getvalue().split()))
    return True


def _joined(words: Iterable[str]) -> list[str]:
    """``--where type = ASS`` as ``--where type=ASS``."""
    found: list[str] = []
    for word in words:
        if found and (word == "=" or found[-1].endswith("=")):
            found[-1] += word
        else:
            found.append(word)
    return found


def filter_words(context: typer.Context, incomplete: str) -> list[str]:
    """NAME= for the filters of a list, or NAME=VALUE for the values of one, as far as these are few."""
    from reportedly.filters import values_of

    known = _listing(context).filters
    name, sign, value = incomplete.partition("=")
    if not sign:
        return [f"{n}=" for n in sorted(known) if n.startswith(name)]
    types = _types(context) if name == "type" else ()
    offered = [v for v in values_of(name, types=types) if v.casefold().startswith(value.casefold())]
    # A shell would part "single source" into two words; with a hyphen it is understood too.
    return [f"{name}={v.replace(' ', '-')}" for v in offered]


def _types(context: typer.Context) -> tuple[str, ...]:
    """The types that the ledger named on the line holds; none where there is none to be asked."""
    from reportedly.ledger import open_ledger

    path = context.params.get("ledger")
    if not path:
        return ()
    try:
        with open_ledger(Path(path), read_only=True) as book:
            return tuple(book.types())
    except ReportedlyError:
        return ()


def _listing(context: typer.Context) -> Listing[Any]:
    """The list that a command shows; exports are of incidents."""
    from reportedly.ledger.listings import What, listing

    named = context.info_name
    return listing(cast("What", named if named in get_args(What) else "incidents"), {})


def order_words(context: typer.Context, incomplete: str) -> list[str]:
    """The orders of a list, each way round."""
    bare = sorted({name.removeprefix("-") for name in _listing(context).order})
    return [w for w in (*bare, *(f"-{name}" for name in bare)) if w.startswith(incomplete)]


def format_words(incomplete: str) -> Iterator[tuple[str, str]]:
    """The formats of exports, with what they are."""
    from reportedly.export.registry import targets

    return ((t.name, t.title) for t in targets().values() if t.name.startswith(incomplete))


def table_words(incomplete: str) -> list[str]:
    """The tables of the program."""
    from reportedly.knowledge.load import shipped_tables

    return [name for name in shipped_tables() if name.startswith(incomplete)]


def verdict_words(incomplete: str) -> list[str]:
    """What can be said of a claim, or of two sources or incidents."""
    return [word for word in ("same", "different", "right", "wrong", "correct", "note") if word.startswith(incomplete)]


def sample_words(context: typer.Context, incomplete: str) -> list[str]:
    """The samples of the ledger named on the line."""
    from reportedly.ledger import open_ledger

    path = context.params.get("ledger")
    if not path:
        return []
    try:
        with open_ledger(Path(path), read_only=True) as book:
            return [s.name for s in book.samples() if s.name.startswith(incomplete)]
    except ReportedlyError:
        return []
