"""The contract's JSON: one object per coded dispatch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from reportedly.model import Actor, Analysis, Claim, Dateline, Dispatch, Place, Reason, Silence, Statement, Time


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


class ExplainedClaim(Claim, frozen=True, kw_only=True):
    """A claim with the reasons for its values, for runs in which they were asked for."""

    explain: tuple[Reason, ...]


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


def with_reasons(analysis: Analysis, reasons: Mapping[str, tuple[Reason, ...]]) -> CodedDispatch:
    """The contract record of an analysis, each claim with its reasons (by claim id) in the field ``explain``."""
    record = to_record(analysis)
    claims = tuple(ExplainedClaim(**msgspec.structs.asdict(c), explain=reasons.get(c.id, ())) for c in record.claims)
    return msgspec.structs.replace(record, claims=claims)


def to_json_line(record: CodedDispatch | Dispatch | msgspec.Struct) -> bytes:
    """One line of JSONL with its line end."""
    return _ENCODER.encode(record) + b"\n"


def json_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of ``CodedDispatch``, made from the records and their docstrings."""
    schema = msgspec.json.schema(CodedDispatch)
    (reasons,), parts = msgspec.json.schema_components([tuple[Reason, ...]], ref_template="#/$defs/{name}")
    told = {"description": "Why the claim has its values; only where the reasons were asked for."}
    schema["$defs"] |= parts
    schema["$defs"]["Claim"]["properties"]["explain"] = reasons | told
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
