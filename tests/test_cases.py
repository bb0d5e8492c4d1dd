"""Every text of ``tests/cases/**/*.case.txt`` is one test; tests/cases/README.md says how to write one.

``REPORTEDLY_MODEL`` names another pipeline than the default to try the cases with.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reportedly.api import dispatch_of
from reportedly.config import Config
from reportedly.model import Analysis, Claim, Dispatch, Figure, Party, Span, Statement
from reportedly.pipeline import read_dispatches

CASES = Path(__file__).parent / "cases"
CONFIG = Config(model=os.environ["REPORTEDLY_MODEL"]) if "REPORTEDLY_MODEL" in os.environ else Config()


def _expectations(lines: list[str]) -> Iterator[tuple[bool, str, dict[str, str]]]:
    for line in lines:
        words = shlex.split(line)
        absent = words[0] == "no"
        kind, *pairs = words[1:] if absent else words
        yield absent, kind, dict(pair.split("=", 1) for pair in pairs)


def _parts() -> Iterator[Any]:
    """The texts of all files; of several in one file each is a test with the file's name and a number."""
    for path in sorted(CASES.rglob("*.case.txt")):
        parts = path.read_text(encoding="utf-8").split("\n---\n")
        name = path.name.removesuffix(".case.txt")
        yield from (pytest.param(part, id=f"{name}-{n}" if len(parts) > 1 else name) for n, part in enumerate(parts, 1))


def _load(part: str) -> tuple[dict[str, str], str, list[str]]:
    head: dict[str, str] = {}
    text: list[str] = []
    rest: list[str] = []
    for line in part.splitlines():
        if line.startswith(">"):
            text.append(line[2:])
        elif line.startswith(("published:", "agency:", "title:")):
            key, value = line.split(":", 1)
            head[key] = value.strip()
        elif line.strip() and not line.startswith("#"):
            rest.append(line)
    return head, "\n".join(text), rest


def _said(text: str, spans: tuple[Span, ...] | None) -> str | None:
    return " ".join(" ".join(text[s.start : s.end] for s in spans).split()) if spans else None


def _parties(parties: tuple[Party, ...]) -> list[str]:
    return [f"{p.name} [{p.code}]" for p in parties]


def _figure(figure: Figure) -> str:
    bounds = " ".join("-" if x is None else str(x) for x in (figure.low, figure.high))
    return f"{figure.role} {bounds}{' ~' if figure.approx else ''}"


def _claim(claim: Claim, text: str) -> dict[str, Any]:
    return {
        "trigger": claim.trigger.text, "type": claim.type, "mode": claim.mode, "cameo": claim.cameo,
        "factuality": claim.factuality, "modality": claim.modality,
        "source": claim.source.name if claim.source else None, "kind": claim.source.kind if claim.source else None,
        "chain": " > ".join(claim.chain), "channel": claim.channel, "to": claim.to, "said": claim.said,
        "actor": _parties(claim.actors), "recipient": _parties(claim.recipients),
        "place": claim.place.name if claim.place else None, "country": claim.place.country if claim.place else None,
        "place_from": claim.place_from, "when_from": claim.when_from,
        "origin": claim.origin.name if claim.origin else None, "begin": claim.begin, "end": claim.end_date,
        "means": [m.text for m in claim.means], "figure": [_figure(f) for f in claim.figures],
        "earlier": [_figure(f) for f in claim.earlier],
        "evidence": text[claim.evidence.start : claim.evidence.end],
    }  # fmt: skip


def _statement(statement: Statement, text: str, analysis: Analysis) -> dict[str, Any]:
    parent = next((s for s in analysis.statements if s.id == statement.parent), None)
    return {
        "source": _said(text, statement.source), "cue": _said(text, statement.cue),
        "content": _said(text, statement.content), "mode": statement.mode, "kind": statement.kind,
        "channel": statement.channel, "to": statement.to, "said": statement.said, "act": statement.act,
        "parent": _said(text, parent.source) if parent else None,
    }  # fmt: skip


def _records(kind: str, analysis: Analysis) -> list[dict[str, Any]]:
    text = analysis.dispatch.text
    if kind == "claim":
        return [_claim(c, text) for c in analysis.claims]
    if kind == "statement":
        return [_statement(s, text, analysis) for s in analysis.statements]
    if kind == "silence":
        return [{"source": s.source, "about": s.about, "of": s.of} for s in analysis.silences]
    if kind == "time":
        return [
            {"text": t.text, "type": t.type, "value": t.value, "mod": t.mod, "begin": t.begin, "end": t.end_date}
            for t in analysis.times
        ]
    if kind == "place":
        return [
            {"text": p.text, "name": p.name, "kind": p.kind, "country": p.country, "admin1": p.admin1}
            for p in analysis.places
        ]
    if kind == "actor":
        return [
            {"name": a.name, "kind": a.kind, "role": a.role, "country": a.country, "code": a.code,
             "mention": [text[s.start : s.end] for s in a.mentions]}
            for a in analysis.actors
        ]  # fmt: skip
    raise AssertionError(f"no such record: {kind}")


EXACT = {"type", "factuality", "figure", "earlier", "begin", "end", "act", "value", "mod", "said"}


def _fits(value: Any, wanted: str, key: str) -> bool:
    if isinstance(value, list):
        return not value if wanted == "-" else any(_fits(v, wanted, key) for v in value)
    if wanted == "-":
        return value is None
    if value is None:
        return False
    return value == wanted if key in EXACT else wanted.casefold() in value.casefold()


def _fitting(wanted: dict[str, str], records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [r for r in records if all(_fits(r[k], v, k) for k, v in wanted.items() if k != "incident")]


@pytest.fixture(scope="module")
def analyses(request: pytest.FixtureRequest) -> dict[str, Analysis]:
    """What is read from all parts that are asked for: many at a time, which costs a third."""
    asked = [item for item in request.session.items if isinstance(item, pytest.Function) and item.path == request.path]
    parts = [str(item.callspec.params["part"]) for item in asked]
    return dict(zip(parts, read_dispatches(map(_dispatch, parts), CONFIG), strict=True))


def _dispatch(part: str) -> Dispatch:
    head, text, _ = _load(part)
    return dispatch_of(text, head.get("published"), agency=head.get("agency"), title=head.get("title"), config=CONFIG)


@pytest.mark.parametrize("part", list(_parts()))
def test_case(part: str, analyses: dict[str, Analysis]) -> None:
    analysis = analyses[part]
    lines = _load(part)[2]
    assert not [d for d in analysis.diagnostics if d.level == "error"]
    letters: dict[str, str] = {}
    for absent, kind, wanted in _expectations(lines):
        records = _records(kind, analysis)
        found = _fitting(wanted, records)
        shown = "\n  ".join(str(r) for r in records)
        assert bool(found) != absent, f"{'no ' * absent}{kind} {wanted}; there is\n  {shown}"
        if letter := wanted.get("incident"):
            claim = analysis.claims[records.index(found[0])]
            assert letters.setdefault(letter, claim.incident or "") == claim.incident, f"{wanted} is another incident"
    assert len(set(letters.values())) == len(letters), "different letters, one incident"
