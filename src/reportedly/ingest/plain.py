"""Plain text: one dispatch a file, or one from each line on that begins with ``date``.

    date 2020-08-05 source "Sample Wire" id w-17
    BEIRUT, Aug 5 - ...

The rest of a date line is either a run of such fields or the beginning of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from reportedly.ingest.dates import MONTH, WEEKDAY
from reportedly.ingest.decode import decode_all
from reportedly.ingest.headers import split_headline
from reportedly.ingest.source import InputSource, Raw
from reportedly.knowledge.load import Knowledge
from reportedly.model import Diagnostic

_DATE_LINE = re.compile(
    r"^[ \t]*date[ \t:]+(?P<date>"
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?|\d{8}(?:T\d+Z?)?"
    rf"|(?:{WEEKDAY},?[ ])?(?:\d{{1,2}}[ ]{MONTH}\.?|{MONTH}\.?[ ]\d{{1,2}}),?[ ]\d{{4}}"
    r")(?=[\s,;]|$)[ \t,;]*",
    re.IGNORECASE | re.MULTILINE,
)
# At the top of a file a date line is known by its form, whatever it gives for a date.
_ANY_DATE_LINE = re.compile(r"\s*date[ \t:]+(?P<date>\S+(?:[ \t]+\S+){0,2})[ \t]*$", re.MULTILINE)
_FIELD = re.compile(
    r'(source|agency|id|title|headline|url|lang|language|version)[ \t:=]+(?:"([^"\n]*)"|(\S+))[ \t,;]*', re.IGNORECASE
)
_NAMES = {"source": "agency", "headline": "title", "language": "lang"}


class _Piece(msgspec.Struct, frozen=True):
    """The text from one date line to the next, with the number of its first line."""

    line: int
    date: str | None
    fields: dict[str, str]
    text: str


def read(source: InputSource) -> Iterator[Raw | Diagnostic]:
    """The dispatches of a text file."""
    text, doubts = decode_all(source)
    yield from doubts
    text = text.replace("\r\n", "\n").removeprefix("\ufeff")
    if not text.strip():
        yield source.diagnostic("error", "empty-file", "empty: no text in it")
        return
    for piece in _pieces(text):
        yield from source.each(lambda piece: [_raw(piece, source.options.knowledge)], piece, line=piece.line)


def _pieces(text: str) -> Iterator[_Piece]:
    starts = list(_DATE_LINE.finditer(text))
    if (top := _ANY_DATE_LINE.match(text)) and not (starts and starts[0].start() < top.end()):
        starts.insert(0, top)
    first = starts[0].start() if starts else len(text)
    if text[:first].strip():
        yield _Piece(1, None, {}, text[:first])
    line, at = 1, 0
    for number, found in enumerate(starts):
        end = starts[number + 1].start() if number + 1 < len(starts) else len(text)
        line += text.count("\n", at, found.start("date"))
        at = found.start("date")
        fields, begin = _fields(text, found.end(), end)
        yield _Piece(line, found["date"], fields, text[begin:end])


def _fields(text: str, pos: int, end: int) -> tuple[dict[str, str], int]:
    """The fields behind a date, if nothing else stands on the line, and where the text begins."""
    fields: dict[str, str] = {}
    at = pos
    while found := _FIELD.match(text, at, end):
        name = found[1].lower()
        fields[_NAMES.get(name, name)] = found[2] if found[2] is not None else found[3]
        at = found.end()
    return (fields, at) if text[at : at + 1] in ("", "\n") else ({}, pos)


def _raw(piece: _Piece, knowledge: Knowledge) -> Raw:
    body = piece.text
    blank = len(body) - len(body.lstrip())
    begin = body.rfind("\n", 0, blank) + 1
    text_line = piece.line + body.count("\n", 0, begin)
    text, headline = split_headline(body[begin:].rstrip(), knowledge)
    title = piece.fields.get("title") or headline
    fields = {k: v for k, v in piece.fields.items() if k != "title"}
    return Raw(text=text, published=piece.date, title=title, line=piece.line, text_line=text_line, **fields)
