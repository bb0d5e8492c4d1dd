"""Which key or column of a record is what, by the names that collections give them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache

from reportedly.ingest.options import ReadOptions
from reportedly.ingest.source import Raw
from reportedly.knowledge.load import SHIPPED, Knowledge

# What a record has to have one of.
TEXT_FIELDS = frozenset({"text", "html", "summary"})
_SEPARATORS = re.compile(r"[\W_]+")
# News interfaces cut the text off and say how much is missing.
_CUT_OFF = re.compile(r"\[\+\d{1,9} chars\]\Z")


@cache
def names_of(field: str, knowledge: Knowledge = SHIPPED) -> tuple[str, ...]:
    """The names of a field, plain, in the order in which they are tried."""
    rows = (row for row in knowledge.rows("fields") if row["field"] == field)
    return tuple(plain(n) for row in rows for n in row["names"].split("|"))


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """A key without case and separators: "Published_At" is "publishedat"."""
    return _SEPARATORS.sub("", name).casefold()


@cache
def known_names(knowledge: Knowledge = SHIPPED) -> frozenset[str]:
    """All names of all fields that a column can have."""
    return frozenset(
        n for row in knowledge.rows("fields") if row["field"] != "items" for n in names_of(row["field"], knowledge)
    )


def columns_of(names: Iterable[str], text_column: str | None = None, knowledge: Knowledge = SHIPPED) -> dict[str, str]:
    """Field -> name as the table has it; the first name in the order of the table of fields counts.

    ``text_column`` is the user's word on which one holds the text.
    """
    given = list(names)
    by_plain = {plain(name): name for name in reversed(given)}
    found = {}
    for row in knowledge.rows("fields"):
        if row["field"] != "items":
            name = next((by_plain[n] for n in names_of(row["field"], knowledge) if n in by_plain), None)
            if name is not None:
                found[row["field"]] = name
    if text_column is not None:
        found.pop("text", None)
        found.pop("html", None)
        found.pop("summary", None)
        named = next((n for n in given if n == text_column), by_plain.get(plain(text_column)))
        if named is not None:
            found["text"] = named
    return found


@lru_cache(maxsize=256)
def _keys_of(given: tuple[str, ...], knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    """Field -> the keys of a record that name it, in the order in which they are tried."""
    by_plain = {plain(key): key for key in reversed(given)}
    fields = (row["field"] for row in knowledge.rows("fields"))
    return {field: tuple(by_plain[n] for n in names_of(field, knowledge) if n in by_plain) for field in fields}


def to_raw(
    record: Mapping[str, object], options: ReadOptions, *, line: int | None = None, item: str | None = None
) -> Raw:
    """A record of a JSON object or table row; ``line`` and ``item`` say where it stands."""
    keys = _keys_of(tuple(record), options.knowledge)

    def first(field: str) -> object:
        return next((value for key in keys[field] if (value := record[key]) is not None and value != ""), None)

    text, note = _text(record, first, options)
    url, key = first("url"), first("id")
    return Raw(
        text=text,
        id=key if key is not None else url,
        published=first("published"),
        title=_name(first("title")),
        agency=_name(first("agency")),
        url=url,
        lang=first("lang"),
        version=first("version"),
        note=note,
        line=line,
        item=item,
    )


def _text(
    record: Mapping[str, object], first: Callable[[str], object], options: ReadOptions
) -> tuple[object, str | None]:
    """The text, and "summary" where only a summary or a cut-off beginning is there."""
    text_column = options.text_column
    if text_column is not None:
        named = next((key for key in record if key == text_column or plain(key) == plain(text_column)), None)
        return (record[named] if named is not None else None), None
    text = first("text")
    if text is None and isinstance(markup := first("html"), str):
        from reportedly.ingest.markup import to_text

        return to_text(markup, options.knowledge), None
    if text is None:
        return (summary, "summary") if isinstance(summary := first("summary"), str) else (None, None)
    if isinstance(text, str) and text.endswith("]") and (cut := _CUT_OFF.search(text, max(len(text) - 20, 0))):
        return text[: cut.start()].rstrip().removesuffix("…").removesuffix("..."), "summary"
    return text, None


def _name(value: object) -> object:
    """A name that is an object of its own ({"id": ..., "name": ...}) or the first of several."""
    if isinstance(value, list) and value:
        value = value[0]
    return value.get("name") or value.get("title") if isinstance(value, dict) else value
