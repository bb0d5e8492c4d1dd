"""The contract's JSON: one object per coded dispatch."""

from __future__ import annotations

from typing import Any

import msgspec

from reportedly.model import Actor, Analysis, Claim, Dateline, Dispatch, Place, Silence, Statement, Time


class CodedDispatch(msgspec.Struct, frozen=True):
    """One coded dispatch as it is written to JSONL; offsets are code points into ``text``, end exclusive."""

    id: str
    published: str | None
    agency: str | None
    title: str | None
    lang: str
    dateline: Dateline | None
    text: str
    times: tuple[Time, ...]
    places: tuple[Place, ...]
    actors: tuple[Actor, ...]
    statements: tuple[Statement, ...]
    claims: tuple[Claim, ...]
    silences: tuple[Silence, ...]


_ENCODER = msgspec.json.Encoder()


def to_record(analysis: Analysis) -> CodedDispatch:
    """The contract record of an analysis."""
    d = analysis.dispatch
    return CodedDispatch(
        id=d.id,
        published=d.published,
        agency=d.agency,
        title=d.title,
        lang=d.lang,
        dateline=d.dateline,
        text=d.text,
        times=analysis.times,
        places=analysis.places,
        actors=analysis.actors,
        statements=analysis.statements,
        claims=analysis.claims,
        silences=analysis.silences,
    )


def to_json_line(record: CodedDispatch | Dispatch | msgspec.Struct) -> bytes:
    """One line of JSONL with its line end."""
    return _ENCODER.encode(record) + b"\n"


def json_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of ``CodedDispatch``, made from the records and their docstrings."""
    schema = msgspec.json.schema(CodedDispatch)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
