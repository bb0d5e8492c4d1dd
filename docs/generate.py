"""Write the generated parts of docs/: JSON Schema and codebook. ``--check`` only says whether they are current."""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from reportedly import model
from reportedly.export.records import json_schema

HERE = Path(__file__).parent
INTRODUCTION = """# Codebook

Every record that the program gives out, made from `src/reportedly/model.py` by `make docs`. Offsets are Unicode code
points into the dispatch's text, end exclusive; dates are ISO 8601; countries are ISO 3166-1 alpha-3; `null` means *not
stated*. The JSON Schema of a coded dispatch is [schema/dispatch.schema.json](schema/dispatch.schema.json).
"""


def pages() -> dict[Path, str]:
    """Path and content of every generated page."""
    return {
        HERE / "schema" / "dispatch.schema.json": json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n",
        HERE / "codebook.md": codebook(),
    }


def codebook() -> str:
    """One section a record: what it is, its fields and their types."""
    return INTRODUCTION + "".join(section for record in _records() for section in _section(record))


def _records() -> Iterator[type[msgspec.Struct]]:
    for _, item in inspect.getmembers(model, inspect.isclass):
        if issubclass(item, msgspec.Struct) and item.__module__ == model.__name__:
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
