"""How records show themselves: on one line, what they hold and no more."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

# About a line.
LONGEST = 140
LONGEST_TEXT = 36
# The fields by which a record that stands in another is known there.
_KNOWN_BY = ("name", "id", "text")


class Record(msgspec.Struct, frozen=True):
    """A frozen record with a short ``repr``: fields that hold something, in order, as many as a line takes.

    ``msgspec.structs.asdict(record)`` gives all of them.
    """

    def __repr__(self) -> str:
        name, shown = type(self).__name__, ""
        for part in _parts(self):
            if len(name) + len(shown) + len(part) > LONGEST:
                return f"{name}({shown}, …)"
            shown += f", {part}" if shown else part
        return f"{name}({shown})"


def _parts(record: Record) -> Iterator[str]:
    bare = record.__struct_config__.array_like
    for field in msgspec.structs.fields(record):
        value = getattr(record, field.name)
        if value is None or value is False or value in ((), "", {}):
            continue
        yield _brief(value) if bare else f"{field.name}={_brief(value)}"


def _brief(value: object) -> str:
    if isinstance(value, str):
        return repr(value if len(value) <= LONGEST_TEXT else f"{value[: LONGEST_TEXT - 1]}…")
    if isinstance(value, msgspec.Struct):
        known = next((v for f in _KNOWN_BY if isinstance(v := getattr(value, f, None), str)), None)
        return _brief(known) if known is not None else _range(value) or repr(value)
    if isinstance(value, tuple):
        return _brief(value[0]).join("[]") if len(value) == 1 else f"[{len(value)}]"
    return f"{{{len(value)}}}" if isinstance(value, dict) else repr(value)


def _range(value: msgspec.Struct) -> str | None:
    start, end = getattr(value, "start", None), getattr(value, "end", None)
    return None if start is None or end is None else f"{start}-{end}"
