"""Merging step by step comes to the same as merging all at once, whatever the order and the portions."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import by_content
import in_memory
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readings import Said, reading

from reportedly.ids import content_id
from reportedly.incidents import merge, units
from reportedly.ledger import open_ledger, planned, refresh
from reportedly.model import Analysis

# Of each town: who says how many died of what on which day, in words that others share in part.
EVENTS = (
    ("Tarnova", "a dam burst", "HAZARD", "2024-05-07", 7),
    ("Tarnova", "a bus overturned", "HAZARD", "2024-05-09", 3),
    ("Beltsi", "gunmen raided a bank", "ASSAULT", "2024-05-08", 2),
    ("Soroca", "police shot at teachers who marched", "ASSAULT", "2024-05-08", 1),
)
VOICES = ("rescue service", "Ilona Varga", "interior ministry", "hospital", None)


def telling(n: int, id: str | None = None, **fields: Any) -> Analysis:  # noqa: A002
    """The n-th dispatch: one event as one voice tells it, and who is silent on it."""
    town, what, kind, day, dead = EVENTS[n % len(EVENTS)]
    voice = VOICES[n % len(VOICES)]
    dead += n // 10
    text = f"{town} saw grief on Wednesday after {what}: {dead} people were killed, the {voice or 'agency'} said in {town}."
    told: Said = {"type": kind, "source": voice, "killed": (dead, dead), "place": (town, "MDA"), "day": day}
    aside: Said = {"type": "ACCUSE", "source": voice, "incident": "i2", "actors": ("Opposition",)}
    silent = ("mayor",) if n % 3 == 0 else ()
    published = f"2024-05-{9 + n % 4:02}"
    said = ("killed", told), ("said", aside)
    return reading(id or f"d{n:02}", text, published, *said, silent=silent, agency=f"Wire {n % 3}", **fields)


TELLINGS = [telling(n) for n in range(12)]


@pytest.fixture(autouse=True, scope="module")
def _small_steps() -> Iterator[None]:
    """Words are weighed by few dispatches and soon too frequent, so that few dispatches show what many do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(planned, "REFERENCE", 4)
        patch.setattr(refresh, "SLICE", 8)
        patch.setattr(units, "TOO_COMMON", 6)
        yield


def contents(path: Path) -> bytes:
    with open_ledger(path, read_only=True) as news:
        assert news.pending() == 0
        return msgspec.json.encode(by_content.everything(news))


def made(folder: str, name: str, portions: Sequence[Sequence[Analysis]]) -> bytes:
    path = Path(folder) / name
    with open_ledger(path) as news:
        for portion in portions:
            news.add(portion)
    return contents(path)


@lru_cache(maxsize=1)
def all_at_once() -> bytes:
    with TemporaryDirectory() as folder:
        return made(folder, "whole", [TELLINGS])


@settings(max_examples=3, deadline=None)
@given(st.permutations(TELLINGS), st.sets(st.integers(1, len(TELLINGS) - 1), max_size=2))
def test_any_order_in_any_portions_gives_the_same_bytes(order: list[Analysis], cuts: set[int]) -> None:
    ends = [0, *sorted(cuts), len(order)]
    portions = [order[a:b] for a, b in pairwise(ends)]
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        # Each step in a turn of its own, as with many readings.
        patch.setattr(refresh, "AT_ONCE", 0)
        assert made(folder, "portions", portions) == all_at_once()


def test_it_is_what_merging_in_memory_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planned, "REFERENCE", 100)
    with open_ledger(tmp_path / "news") as news:
        news.add(TELLINGS)
        lineage = {d.id: d.lineage for d in news.dispatches()}
        stories = [
            merge.ToldStory(n, a.dispatch, a.claims, a.silences, a.actors, lineage[a.dispatch.id])
            for n, a in enumerate(TELLINGS)
        ]
        expected = sorted((i for i, _ in in_memory.merge(stories)), key=lambda i: (i.begin or "9999", i.id))
        # What an incident is tied to is asked when it is read.
        told = [msgspec.structs.replace(i, linked=(), background=()) for i in news.incidents()]
        assert told == expected
        assert content_id("l", "d00") in lineage.values()


def test_what_is_withdrawn_is_gone_as_if_it_had_never_come(tmp_path: Path) -> None:
    kept, gone = [a for n, a in enumerate(TELLINGS) if n not in (2, 5, 9)], [TELLINGS[n] for n in (2, 5, 9)]
    kills = [reading(a.dispatch.id, "KILL. Withdrawn.", "2024-05-20", note="kill") for a in gone]
    never, after = tmp_path / "never", tmp_path / "after"
    with open_ledger(never) as news:
        news.add(kept)
    with open_ledger(after) as news:
        news.add(TELLINGS)
        news.add(kills)
        without = open_ledger(never, read_only=True)
        ours, theirs = (by_content.everything(book) for book in (news, without))
        assert [ours[n] for n in (0, 1, 3)] == [theirs[n] for n in (0, 1, 3)]


def test_a_correction_leaves_nothing_of_the_version_before(tmp_path: Path) -> None:
    corrected = telling(17, id="d06", version="2")
    first = [*TELLINGS[:6], telling(6, version="1"), *TELLINGS[7:]]
    portions = [[corrected, *first]], [first, [corrected]]
    found = []
    for n, portion in enumerate(portions):
        made(str(tmp_path), str(n), portion)
        with open_ledger(tmp_path / str(n), read_only=True) as news:
            held = by_content.everything(news)
            found.append((held[0], held[1], held[3]))
    assert found[0] == found[1]
    assert [c.claim.place.name for c in found[0][1] if c.dispatch == "d06" and c.claim.place] == ["Tarnova"]


def test_a_refresh_that_was_stopped_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_ledger(tmp_path / "half") as news:
        news.add(TELLINGS[:6])
    for step in ("_mark", "_compare", "_assemble"):
        path = Path(shutil.copy(tmp_path / "half", tmp_path / step))
        with open_ledger(path) as news:
            with monkeypatch.context() as patch:
                patch.setattr(refresh.Run, step, _stop_second(getattr(refresh.Run, step)))
                with pytest.raises(KeyboardInterrupt):
                    news.add(TELLINGS[6:])
            assert news.pending() > 0
            assert len(news.claims()) == 2 * len(TELLINGS)
            news.refresh()
        assert contents(path) == all_at_once()


def _stop_second(step: object) -> object:
    """The step as it is the first time, stopped when it is done."""

    def stopped(self: refresh.Run, *given: object) -> None:
        step(self, *given)  # type: ignore[operator]
        raise KeyboardInterrupt

    return stopped
