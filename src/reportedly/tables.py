"""Knowledge is data: read-only tables that ship with the package and that users can extend or replace.

A table is a UTF-8 TSV. Lines that start with ``#`` are its header text (what each column means, where the facts come
from); the first other line names the columns; every further line is one row. An empty cell is the empty string.

A user's folder of tables (``Config.tables``) may hold files of the same names: ``cues.tsv`` there is read after the
shipped one, and a row whose first line says ``#! replace`` replaces the shipped table altogether.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from pathlib import Path

from reportedly.errors import ConfigError

Row = dict[str, str]

REPLACE_MARK = "#! replace"


def _parse(text: str, name: str) -> tuple[Row, ...]:
    columns: list[str] | None = None
    rows: list[Row] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if columns is None:
            columns = cells
            continue
        if len(cells) > len(columns):
            raise ConfigError(
                "E301",
                f"{name}:{number}: {len(cells)} cells, but the table has {len(columns)} columns ({', '.join(columns)})",
                "Separate cells by single tabs; leave optional cells at the end empty.",
            )
        rows.append(dict(zip(columns, cells + [""] * (len(columns) - len(cells)), strict=True)))
    return tuple(rows)


@cache
def load_table(name: str, folder: Path | None = None) -> tuple[Row, ...]:
    """The rows of table ``name`` ("cues" reads ``data/cues.tsv``), with the user's rows of ``folder`` after them.

    Raises ConfigError where a line has more cells than the table has columns.
    """
    shipped = (resources.files("reportedly") / "data" / f"{name}.tsv").read_text(encoding="utf-8")
    if folder is None or not (extra := folder / f"{name}.tsv").exists():
        return _parse(shipped, f"{name}.tsv")
    own = extra.read_text(encoding="utf-8-sig")
    if own.startswith(REPLACE_MARK):
        return _parse(own, str(extra))
    return _parse(shipped, f"{name}.tsv") + _parse(own, str(extra))


@cache
def tables_digest(folder: Path | None = None) -> str:
    """A short digest of all tables in force, for the record of what made a result."""
    digest = hashlib.blake2b(digest_size=8)
    shipped = sorted(
        (p for p in (resources.files("reportedly") / "data").iterdir() if p.name.endswith(".tsv")), key=lambda p: p.name
    )
    own = sorted(folder.glob("*.tsv")) if folder else []
    for path in [*shipped, *own]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
