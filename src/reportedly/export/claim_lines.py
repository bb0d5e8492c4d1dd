"""Claims as JSON lines: the contract's record with its dispatch, incident and standing, and the words of every span."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from reportedly.export.cases import CaseClaim
from reportedly.export.registry import Job

# Of spans that already come with their words.
_TEXT = "text"


def records(told: CaseClaim, _job: Job) -> Iterator[dict[str, object]]:
    """The record of a claim."""
    d = told.dispatch
    yield {
        **worded(msgspec.to_builtins(told.claim), d.text),
        "dispatch": d.id,
        "lineage": told.lineage,
        "published": d.published,
        "agency": d.agency,
        "title": d.title,
        "url": d.url,
        "ledger_incident": told.incident,
        "standing": told.standing,
        "judged": told.judged,
        "judged_by": told.judged_by,
        "corrections": told.corrections,
        "made_by": told.made_by,
    }


def worded(value: Any, text: str) -> Any:  # noqa: ANN401  any part of a record
    """A record in which every span says its words."""
    if isinstance(value, list | tuple):
        return [worded(v, text) for v in value]
    if not isinstance(value, dict):
        return value
    out = {name: worded(v, text) for name, v in value.items()}
    if {"start", "end"} <= out.keys():
        out.setdefault(_TEXT, text[out["start"] : out["end"]])
    return out
