"""The options that several commands share: each written once, and groups of them that a command takes as one."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import msgspec
import typer

from reportedly.cli.completion import filter_words, order_words
from reportedly.cli.settings import ENVIRONMENT, FILE
from reportedly.config import Config
from reportedly.errors import ConfigError

if TYPE_CHECKING:
    from reportedly.ingest.options import ReadOptions

Paths = Annotated[list[str], typer.Argument(help="Files, folders or globs; - is standard input.")]
PathsIfAny = Annotated[list[str] | None, typer.Argument(help="Files, folders or globs; - is standard input.")]
Coded = Annotated[
    list[str] | None,
    typer.Option(
        "--coded",
        help="Dispatches coded before or by others: Parquet from Spark (a file or its folder), or JSON lines.",
    ),
]
Coder = Annotated[
    str | None, typer.Option("--coder", help="Who coded what --coded names, where it does not say so itself.")
]
Output = Annotated[
    str | None,
    typer.Option("--output", "-o", help="Write to FILE (.jsonl, .csv, .parquet) or - (JSON lines on standard output)."),
]
Diagnostics = Annotated[
    Path | None, typer.Option("--diagnostics", help="Write what went wrong to FILE, one JSON object a line.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no notes; errors are still told.")]
DayFirst = Annotated[bool, typer.Option("--day-first", help="Dates such as 03/04/2026 are 3 April.")]
MonthFirst = Annotated[bool, typer.Option("--month-first", help="Dates such as 03/04/2026 are 4 March.")]
Encoding = Annotated[str | None, typer.Option("--encoding", help="The inputs' encoding, where it is known.")]
Lang = Annotated[
    str | None, typer.Option("--lang", help="Take every text for this language ('en' reads all of it as English).")
]
TextColumn = Annotated[str | None, typer.Option("--text-column", help="The column that holds the text, in tables.")]
Model = Annotated[
    str | None,
    typer.Option("--model", envvar=ENVIRONMENT["model"], help="Another English spaCy pipeline, by package or folder."),
]
Tables = Annotated[
    Path | None,
    typer.Option(
        "--tables", envvar=ENVIRONMENT["tables"], help="A folder with tables of your own (see CONTRIBUTING.md)."
    ),
]
Jobs = Annotated[
    int,
    typer.Option(
        "--jobs",
        "-j",
        min=0,
        envvar=ENVIRONMENT["jobs"],
        help="Processes to code with; 0 is one for each core. --explain uses one.",
    ),
]
LedgerFile = Annotated[
    Path,
    typer.Option(
        "--ledger",
        envvar=ENVIRONMENT["ledger"],
        help=f"The ledger file; `add` makes it where there is none. {FILE} can name it too.",
    ),
]
First = Annotated[
    str | None,
    typer.Option(
        "--from",
        help="A ledger of a period: nothing published before this day (of a month or a year: its first) and 14 days.",
    ),
]
Last = Annotated[
    str | None,
    typer.Option(
        "--to",
        help="Nothing published after this day (of a month or a year: its last) and 14 days.",
    ),
]
Filters = Annotated[
    list[str] | None,
    typer.Option(
        "--where",
        "-w",
        autocompletion=filter_words,
        help="Only those with NAME=VALUE, for example type=ASSAULT; give it again for more.",
    ),
]
Limit = Annotated[int | None, typer.Option("--limit", min=0, help="At most so many.")]
Offset = Annotated[int, typer.Option("--offset", min=0, help="Leave out so many at the beginning.")]
Sort = Annotated[
    str | None,
    typer.Option(
        "--sort", autocompletion=order_words, help="In another order, for example -claims (most claims first)."
    ),
]


class OptionGroup(msgspec.Struct, frozen=True):
    """Options that belong together; each field is one, with its default."""


class ReadingOptions(OptionGroup, frozen=True):
    """How inputs are read."""

    day_first: DayFirst = False
    month_first: MonthFirst = False
    encoding: Encoding = None
    lang: Lang = None
    text_column: TextColumn = None

    @property
    def options(self) -> ReadOptions:
        """The settings of the readers; raises ConfigError where two options exclude each other."""
        from reportedly.ingest.options import ReadOptions

        if self.day_first and self.month_first:
            raise ConfigError("E305", "--day-first and --month-first exclude each other", "Give the one that holds.")
        order = True if self.day_first else False if self.month_first else None
        return ReadOptions(day_first=order, encoding=self.encoding, lang=self.lang, text_column=self.text_column)

    def with_tables(self, tables: Path | None) -> ReadOptions:
        """The settings of the readers, with a folder of the user's own tables."""
        return msgspec.structs.replace(self.options, tables=tables)


class CodingOptions(OptionGroup, frozen=True):
    """With what texts are coded."""

    model: Model = None
    tables: Tables = None

    @property
    def config(self) -> Config:
        """The settings of a coding; raises ConfigError for tables of the user's that cannot be."""
        from reportedly.knowledge.load import knowledge_of

        config = Config(model=self.model or Config().model, tables=self.tables)
        knowledge_of(config)
        return config


def processes(jobs: int) -> int:
    """How many processes --jobs asks for."""
    return jobs or len(os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1))


def with_groups(command: Callable[..., None]) -> Callable[..., None]:
    """A command whose parameters that are groups are told to Typer option by option, in the place of the group."""
    signature = inspect.signature(command, eval_str=True)
    groups = {p.name: p.annotation for p in signature.parameters.values() if _is_group(p.annotation)}

    @wraps(command)
    def run(**given: Any) -> None:  # noqa: ANN401  whatever Typer hands over
        for name, group in groups.items():
            given[name] = group(**{field: given.pop(field) for field in group.__struct_fields__})
        command(**given)

    expanded: list[inspect.Parameter] = []
    for parameter in signature.parameters.values():
        expanded += _options(groups[parameter.name]) if parameter.name in groups else [parameter]
    run.__signature__ = signature.replace(parameters=expanded)  # type: ignore[attr-defined]
    run.__annotations__ = {p.name: p.annotation for p in expanded} | {"return": None}
    return run


def _is_group(annotation: object) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, OptionGroup)


def _options(group: type[OptionGroup]) -> list[inspect.Parameter]:
    hints = get_type_hints(group, include_extras=True)
    return [
        inspect.Parameter(f.name, inspect.Parameter.KEYWORD_ONLY, default=f.default, annotation=hints[f.name])
        for f in msgspec.structs.fields(group)
    ]
