"""JSON: one object a line, an array, the answers of news interfaces, the files of crawlers, ninjs."""

from __future__ import annotations

import json
from collections.abc import Iterator

import msgspec

from reportedly.ingest.decode import Lines, decode_all
from reportedly.ingest.fields import names_of, plain, to_raw
from reportedly.ingest.source import HEAD_BYTES, InputSource, Raw, RefusedError
from reportedly.knowledge.load import Knowledge
from reportedly.model import Diagnostic

# Lists of records may stand so deep inside an object ("hits": {"hits": [...]}).
MAX_WRAPPERS = 4
LINE_SUFFIXES = (".jsonl", ".ndjson")
_GONE = frozenset({"canceled", "cancelled", "withheld", "withdrawn", "killed"})


def read(source: InputSource) -> Iterator[Raw | Diagnostic]:
    """The records of a JSON file, or of one with an object on each line."""
    if _is_one_value(source.head(), lines=source.suffix in LINE_SUFFIXES):
        yield from _read_whole(source)
    else:
        yield from _read_lines(source)


def _is_one_value(head: bytes, *, lines: bool) -> bool:
    """Whether the file is one JSON value: its first line is no value of its own, or there is no other line.

    ``lines`` says that the name promises one value a line: then a broken first line is one bad line.
    """
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"\0" in head[:64]:
        return True
    first, line_feed, rest = start.partition(b"\n")
    if not line_feed and len(head) >= HEAD_BYTES:
        return start.startswith(b"[")
    if not rest.strip():
        return True
    try:
        _parse(first.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        # A first line that is broken, among others that look like records, is one bad line and no reason to give up.
        second = rest.lstrip().split(b"\n", 1)[0].strip()
        whole = first.startswith(b"{") and first.rstrip().endswith(b"}")
        return not ((whole or lines) and second.startswith(b"{") and len(second) > 1)
    return False


def _parse(text: str) -> object:
    """A JSON value; the lax parser knows NaN and lone surrogates, which data in the wild have."""
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeEncodeError):
        return json.loads(text)


def _read_lines(source: InputSource) -> Iterator[Raw | Diagnostic]:
    lines = Lines(source)
    for number, line in lines:
        yield from lines.take_doubts()
        if not line.strip():
            continue
        try:
            record = _parse(line)
        except ValueError as problem:
            yield source.diagnostic("error", "bad-json", f"not JSON: {_in_words(problem)}", line=number)
        except RecursionError:
            yield source.diagnostic("error", "nesting-too-deep", "JSON nested too deep", line=number)
        else:
            yield from source.each(_record, source, record, number, None, line=number)


def _read_whole(source: InputSource) -> Iterator[Raw | Diagnostic]:
    text, doubts = decode_all(source)
    yield from doubts
    text = text.removeprefix("\ufeff")
    try:
        value = _parse(text)
    except json.JSONDecodeError as problem:
        raise RefusedError("bad-json", f"not JSON: {_in_words(problem)}", line=problem.lineno) from None
    except ValueError as problem:
        raise RefusedError("bad-json", f"not JSON: {_in_words(problem)}", line=1) from None
    except RecursionError:
        raise RefusedError("nesting-too-deep", "JSON nested too deep") from None
    if isinstance(value, dict):
        listed = _listed(value, source.options.knowledge)
        if listed is None:
            # A file of one line is as well JSON lines of one record.
            line = None if "\n" in text.strip() else 1
            yield from source.each(_record, source, value, line, None, line=line)
            return
        value = listed
    if not isinstance(value, list):
        raise RefusedError("not-an-object", "JSON, but neither an object nor a list of objects")
    for number, record in enumerate(value, start=1):
        yield from source.each(_record, source, record, None, f"[{number}]", item=f"[{number}]")


def _in_words(problem: Exception) -> str:
    return (
        f"{problem.msg} at character {problem.pos + 1}" if isinstance(problem, json.JSONDecodeError) else str(problem)
    )


def _listed(value: dict[str, object], knowledge: Knowledge) -> list[object] | None:
    """The list of records inside an object that is no record itself."""
    for _ in range(MAX_WRAPPERS):
        keys = {plain(key): key for key in value}
        if any(
            isinstance(value[keys[n]], str)
            for field in ("text", "html")
            for n in names_of(field, knowledge)
            if n in keys
        ):
            return None
        inner = next((value[keys[n]] for n in names_of("items", knowledge) if n in keys and value[keys[n]]), None)
        inner = inner if inner is not None else value.get("response")
        if isinstance(inner, list):
            return inner
        if not isinstance(inner, dict):
            return None
        value = inner
    return None


def _record(source: InputSource, record: object, line: int | None, item: str | None) -> Iterator[Raw | Diagnostic]:
    if isinstance(record, dict) and isinstance(record.get("_source"), dict):
        record = record["_source"]
    if not isinstance(record, dict):
        message = "not an object: a record is a JSON object with a text"
        yield source.diagnostic("error", "not-an-object", message, line=line, item=item)
        return
    raw = to_raw(record, source.options, line=line, item=item)
    status = str(record.get("pubstatus", "")).rpartition(":")[2].lower()
    if "versioncreated" in record and "uri" in record:
        raw = _ninjs(record, raw, source.options.knowledge)
    if status in _GONE:
        yield from source.withdrawn(raw, status)
    else:
        yield raw


def _ninjs(record: dict[str, object], raw: Raw, knowledge: Knowledge) -> Raw:
    """A news item in the IPTC's ninjs, also with the lists of ninjs 2 and 3.

    Where it was filed from ("located") is as a rule a desk, and no dateline.
    """
    text = raw.text
    if text is None and isinstance(bodies := record.get("bodies"), list):
        text = _of_list(bodies, "body", knowledge)
    headline = raw.title
    if headline is None and isinstance(headlines := record.get("headlines"), list):
        headline = _of_list(headlines, "headline", knowledge)
    return msgspec.structs.replace(
        raw,
        text=text,
        title=headline,
        id=record["uri"],
        published=record.get("versioncreated"),
    )


def _of_list(entries: list[object], name: str, knowledge: Knowledge) -> object:
    """The value of the first object of a list that has one; markup becomes text."""
    for entry in entries:
        if isinstance(entry, dict) and isinstance(value := entry.get("value", entry.get(name)), str):
            from reportedly.ingest.markup import to_text

            is_html = "html" in str(entry.get("contenttype", entry.get("contentType", "")))
            return to_text(value, knowledge) if is_html else value
    return None
