"""Tolls of several voices are never added up: no exported number is higher than the highest account of any one voice.

The dead that one voice counts of different sides are different dead, and its account is all of them.
"""

from __future__ import annotations

import csv
import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import in_memory
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readings import reading

from reportedly.export.registry import export
from reportedly.incidents.merge import ToldStory
from reportedly.model import Analysis, Incident, LedgerClaim, LedgerDispatch, Party

COUNTED = {
    "acled-like": ("fatalities",),
    "ucdp-like": ("best", "high", "low", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"),
    "plover-json": ("dead", "low", "high"),
    "geojson": ("low", "high"),
    "sqlite": ("low", "high"),
}
VOICES = ("police", "the police", "Ilona Varga", "army", "witnesses", "local officials", None)
SIDES = (None, "Northern Front", "Azad Army")
FRONT = Party("Northern Front", "MDAREB", "MDA", "organization", 0, 1)
ARMY = Party("Azad Army", "MDAMIL", "MDA", "organization", 0, 1)
told = st.lists(
    st.tuples(st.sampled_from(VOICES), st.integers(1, 60), st.sampled_from(SIDES), st.integers(7, 9)),
    min_size=1,
    max_size=6,
)


class Shelved:
    """What an export asks, answered from readings in memory."""

    def __init__(self, readings: Sequence[Analysis]) -> None:
        self.readings = {a.dispatch.id: a for a in readings}
        stories = [ToldStory(n, a.dispatch, a.claims, a.silences, a.actors, f"l-{n}") for n, a in enumerate(readings)]
        self.incidents = [incident for incident, _ in in_memory.merge(stories)]

    def iter_incidents(self, **_: object) -> Iterator[Incident]:
        yield from self.incidents

    def iter_claims(self, **_: object) -> Iterator[LedgerClaim]:
        yield from ()

    def iter_dispatches(self, **_: object) -> Iterator[LedgerDispatch]:
        for key in self.readings:
            yield LedgerDispatch(key, f"l-{key}", None, None, None, None, None, 1, withdrawn=False, claims=1)

    def analyses(self, ids: Sequence[str] | None = None) -> list[Analysis]:
        return [a for key, a in self.readings.items() if ids is None or key in ids]


def raid(number: int, source: str | None, dead: int, side: str | None, day: int) -> Analysis:
    text = f"{dead} people were killed in a raid on Tarnova on Monday, {source or 'it was reported'}."
    said = {
        "type": "ASSAULT",
        "source": source,
        "kind": "group",
        "killed": (dead, dead),
        "of": side,
        "day": "2024-05-06",
        "place": ("Tarnova", "MDA"),
        "actors": (FRONT,),
        "recipients": (ARMY,),
    }
    return reading(f"d{number}", text, f"2024-05-0{day}", ("killed", said), agency=f"Wire {number % 3}")


def numbers(name: str, path: Path) -> Iterator[int]:
    """Every number of dead that stands in an export."""
    if name == "sqlite":
        with closing(sqlite3.connect(path)) as con:
            for row in con.execute("SELECT low, high FROM incident_figures WHERE NOT replaced"):
                yield from (n for n in row if n is not None)
    elif name in ("geojson", "plover-json"):
        text = path.read_text(encoding="utf-8")
        yield from _named(json.loads(f"[{','.join(text.splitlines())}]" if name == "plover-json" else text), name)
    else:
        with path.open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                yield from (int(row[column]) for column in COUNTED[name] if row[column])


def _named(value: object, name: str) -> Iterator[int]:
    """The numbers under the names that count people, however deep."""
    if isinstance(value, dict):
        # What a voice has replaced is told as such.
        for key, inner in ((k, v) for k, v in value.items() if k != "earlier_figures"):
            yield from [inner] if key in COUNTED[name] and isinstance(inner, int) else _named(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _named(inner, name)


def accounts(incident: Incident) -> Counter[str]:
    """All dead that each voice counts, whatever their side."""
    found: Counter[str] = Counter()
    for figure in incident.figures:
        found[figure.source] += figure.high or 0
    return found


@pytest.mark.parametrize("name", COUNTED)
@given(told)
@settings(max_examples=40, deadline=None)
def test_no_exported_number_exceeds_what_any_one_voice_gives(
    name: str, given_: list[tuple[str | None, int, str | None, int]]
) -> None:
    book = Shelved([raid(n, *voice) for n, voice in enumerate(given_)])
    highest = max(account for incident in book.incidents for account in accounts(incident).values())
    with TemporaryDirectory() as folder:
        path = Path(folder) / "out.csv"
        export(book, name, str(path))
        found = list(numbers(name, path))
    assert found
    assert max(found) <= highest
