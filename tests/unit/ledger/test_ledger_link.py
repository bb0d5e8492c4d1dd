"""What belongs to one incident and what does not, whatever the order in which it came."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import by_content
from hypothesis import given, settings
from hypothesis import strategies as st
from in_memory import average_linkage, merged
from readings import Said, reading

from reportedly.ledger import Ledger, open_ledger
from reportedly.model import Analysis, Incident

Book = Callable[..., Ledger]

BLAST: Said = {"place": ("Maskal", "YEM"), "day": "2023-02-06", "source": "police"}
MONDAY = reading(
    "monday",
    "A bomb went off outside the bakery in Maskal on Monday morning and killed six people in the queue, police said.",
    "2023-02-06",
    ("went off", dict(BLAST)),
    ("killed", BLAST | {"killed": (6, 6)}),
    agency="Lodestar",
)
RETOLD = reading(
    "retold",
    "Relatives buried the six people whom a bomb killed on Monday as they queued for bread at a Maskal bakery.",
    "2023-02-08",
    ("killed", BLAST | {"source": None, "killed": (6, 6)}),
    agency="Beacon",
)
THURSDAY = reading(
    "thursday",
    "A bomb exploded beside a bus in Maskal on Thursday evening and killed two soldiers, police said.",
    "2023-02-09",
    ("exploded", BLAST | {"day": "2023-02-09"}),
    ("killed", BLAST | {"day": "2023-02-09", "killed": (2, 2)}),
    agency="Lodestar",
)
QUAKE = reading(
    "quake",
    "An earthquake shook the hills above Orvano on Monday and killed six people, the mayor said.",
    "2023-02-06",
    ("shook", {"type": "HAZARD", "place": ("Orvano", "ITA"), "day": "2023-02-06", "source": "mayor"}),
    agency="Beacon",
)
OTHER_QUAKE = reading(
    "other quake",
    "An earthquake shook the hills above Pelinda on Monday and killed nine people, the mayor said.",
    "2023-02-06",
    ("shook", {"type": "HAZARD", "place": ("Pelinda", "CHL"), "day": "2023-02-06", "source": "mayor"}),
    agency="Beacon",
)
LONG_AFTER = reading(
    "long after",
    "Seven weeks after a bomb killed six people in the queue for bread in Maskal, the bakery has opened again.",
    "2023-03-27",
    ("killed", BLAST | {"source": None, "killed": (6, 6)}),
    agency="Courier",
)
ALL = (MONDAY, RETOLD, THURSDAY, QUAKE, OTHER_QUAKE, LONG_AFTER)


def together(incidents: Iterable[Incident]) -> set[frozenset[str]]:
    return {frozenset(i.dispatches) for i in incidents}


def test_look_alikes_stay_apart_and_looking_back_is_joined() -> None:
    assert together(merged(*ALL)) == {
        frozenset({"monday", "retold", "long after"}),
        frozenset({"thursday"}),
        frozenset({"quake"}),
        frozenset({"other quake"}),
    }


def test_a_join_says_why() -> None:
    (link,) = merged(MONDAY, RETOLD)[0].links
    assert link.startswith("retold with monday: ")
    assert "same event date +0.10" in link
    assert "same place +0.16" in link


def test_removing_a_dispatch_removes_what_only_it_said(ledger: Book) -> None:
    notice = reading("thursday", "KILL", "2023-02-09", note="kill")
    with ledger(*ALL) as news:
        news.add([notice])
        left = together(news.incidents())
    assert frozenset({"thursday"}) not in left
    assert len(left) == 3


def held(readings: tuple[Analysis, ...], batches: list[int]) -> object:
    """Everything a ledger says after these readings came in these batches."""
    with TemporaryDirectory() as folder, open_ledger(Path(folder) / "news.duckdb") as news:
        rest = iter(readings)
        for size in [*batches, len(readings)]:
            news.add(list(itertools.islice(rest, size)))
        return by_content.everything(news)


@lru_cache(maxsize=1)
def all_at_once() -> object:
    return held(ALL, [])


@settings(max_examples=3, deadline=None)
@given(st.permutations(ALL), st.lists(st.integers(1, 3), max_size=2))
def test_the_order_of_arrival_does_not_matter(readings: list[Analysis], batches: list[int]) -> None:
    assert held(tuple(readings), batches) == all_at_once()


@given(st.dictionaries(st.tuples(st.integers(0, 7), st.integers(0, 7)), st.integers(-(10**6), 10**6), max_size=20))
def test_linkage_puts_each_in_one_group(scores: dict[tuple[int, int], int]) -> None:
    pairs = {(i, j): s for (i, j), s in scores.items() if i < j}
    groups = average_linkage([1] * 8, pairs, 200_000)
    assert sorted(n for g in groups for n in g) == list(range(8))


def test_linkage_joins_by_the_mean() -> None:
    assert average_linkage([1, 1, 1], {(0, 1): 900_000, (1, 2): 500_000}, 300_000) == [[0, 1], [2]]
    assert average_linkage([1, 1, 1], {(0, 1): 900_000, (1, 2): 500_000, (0, 2): 200_000}, 300_000) == [[0, 1, 2]]
