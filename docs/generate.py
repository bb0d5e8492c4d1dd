"""Write the generated parts of docs/ and README.md: JSON Schema, codebook, exports, what the demo prints.

``--check`` only says whether they are current.
"""

from __future__ import annotations

import inspect
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from reportedly import model
from reportedly.export.records import json_schema
from reportedly.export.registry import Target, targets

HERE = Path(__file__).parent
README = HERE.parent / "README.md"
# The README shows the claims of so many sources.
SOURCES = 5
INTRODUCTION = """# Codebook

Every record that the program gives out, made from `src/reportedly/model/` by `make docs`. Offsets are Unicode code
points into the dispatch's text, end exclusive; dates are ISO 8601; countries are ISO 3166-1 alpha-3; `null` means *not
stated*. The JSON Schema of a coded dispatch is [schema/dispatch.schema.json](schema/dispatch.schema.json).
"""
EXPORTS = """# Exports

`reportedly export --to NAME --ledger FILE --output PATH` writes what a ledger holds in a format that other tools
read; `reportedly export --list` names them, `--where NAME=VALUE` takes the filters of `incidents` (of `claims` where
a format is made from claims), `--output -` is standard output. The same ledger gives the same bytes. Made from
`src/reportedly/knowledge/formats/export_*.tsv` by `make docs`.

**What becomes an event.** An event table has no place for doubt, so only what somebody says *happened* (`CT+`, `PR+`;
going on or over) becomes an event. What is denied, planned, asked for, threatened, conditional, left open or only
possible is left out and counted on standard error: `23 claims left out: 11 denied, 10 threatened ...`. An incident
makes one event for each event type told of it; formats that want a source and a target get one for each pair of
parties. Ten copies of a wire story are ten mentions of one event.

**Who says it.** Attribution, factuality and standing stand in columns `reportedly_...` behind the format's own where
readers go by name (`--exact` leaves them out), in members of their own in JSON. Where readers go by position the
format keeps its columns, and `PATH` gets a file beside it, `NAME.claims.csv`: one row for each claim of the incident,
by the id of the event, denials included.

**Nothing guessed.** What is not told is empty, but for two things that formats cannot do without: an event that no
claim dates has the day of its first publication (`reportedly_date_from` says `publication`), and an act without a
CAMEO code of its own the general code of its type.

**Spreadsheets.** A text that a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, a tab or a
carriage return) gets an apostrophe before it in CSV and in tab-delimited tables; numbers stay numbers. Parquet,
SQLite and JSON hold the text as it is.

The word values, event types, scales and country codes are tables that can be replaced: `--tables FOLDER`.
"""


def pages() -> dict[Path, str]:
    """Path and content of every generated page."""
    return {
        HERE / "schema" / "dispatch.schema.json": json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n",
        HERE / "codebook.md": codebook(),
        HERE / "exports.md": exports(),
        README: readme(),
    }


def readme() -> str:
    """The README with what `make demo` prints today: the first sources of the sample dispatch, and what is not told."""
    text = README.read_text(encoding="utf-8")
    found = re.search(r"(?<=\n```\n)Gunmen .*?(?=\n```\n)", text, re.DOTALL)
    assert found is not None
    return text[: found.start()] + demo() + text[found.end() :]


def demo() -> str:
    """What the demo prints, without the sources behind the first few."""
    command = [sys.executable, "-m", "reportedly", "code", "samples/dispatch.txt", "--quiet"]
    plain = {k: v for k, v in os.environ.items() if k != "COLUMNS"}
    done = subprocess.run(command, cwd=README.parent, env=plain, capture_output=True, text=True, check=True)  # noqa: S603
    lines = [line.rstrip() for line in done.stdout.strip().splitlines()]
    heads = [n for n, line in enumerate(lines) if line and not line.startswith((" ", "Not told")) and n > 2]
    rest = lines.index("Not told")
    shown = [*lines[: heads[SOURCES]], "...", "", *lines[rest:]] if len(heads) > SOURCES else lines
    return re.sub(r"\n{3,}", "\n\n", "\n".join(shown))


def codebook() -> str:
    """One section a record: what it is, its fields and their types."""
    return INTRODUCTION + "".join(section for record in _records() for section in _section(record))


def exports() -> str:
    """One section a format: its columns, where values come from, what is lost."""
    overview = "\n| name | one row | format |\n| --- | --- | --- |\n"
    overview += "".join(f"| [`{t.name}`](#{t.name}) | {t.of} | {t.title} |\n" for t in targets().values())
    return EXPORTS + overview + "".join(part for t in targets().values() for part in _format(t))


def _format(target: Target) -> Iterator[str]:
    yield f"\n## {target.name}\n\n{target.title}. Made from {target.reads}.\n"
    yield "\n| column | type | where it comes from |\n| --- | --- | --- |\n"
    for column in target.columns:
        yield f"| `{column.name}` | {column.type} | {column.what} |\n"
    if target.losses:
        yield "\n**What is lost**\n\n" + "".join(f"- {loss}\n" for loss in target.losses)


def _records() -> Iterator[type[msgspec.Struct]]:
    for _, item in inspect.getmembers(model, inspect.isclass):
        if issubclass(item, msgspec.Struct) and item.__module__.startswith(model.__name__):
            yield item


def _section(record: type[msgspec.Struct]) -> Iterator[str]:
    yield f"\n## {record.__name__}\n\n{inspect.getdoc(record)}\n\n| field | type |\n| --- | --- |\n"
    for field in msgspec.structs.fields(record):
        yield f"| `{field.name}` | {_type(record, field.name)} |\n"


def _type(record: type[msgspec.Struct], name: str) -> str:
    written = record.__annotations__[name]
    alias = getattr(model, written.split(" ")[0], None)
    values = getattr(alias, "__args__", None)
    shown = (
        ", ".join(f"`{v}`" for v in values) + (" or null" if written.endswith("None") else "") if values else written
    )
    return shown.replace("|", "\\|")


def main() -> int:
    """Write the pages, or with ``--check`` name those that are out of date."""
    stale = [p for p, content in pages().items() if not p.exists() or p.read_text(encoding="utf-8") != content]
    if "--check" in sys.argv[1:]:
        for path in stale:
            print(f"{path} is out of date: make docs")
        return bool(stale)
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(pages()[path], encoding="utf-8")
        print(f"wrote {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
