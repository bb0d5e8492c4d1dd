"""Near copies and what is new in them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import by_content
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readings import reading

from reportedly.incidents import lineage
from reportedly.incidents.lineage import adds_facts, are_copies, fingerprint, number_values, update_number
from reportedly.knowledge.load import SHIPPED
from reportedly.ledger import Ledger, open_ledger
from reportedly.model import Analysis

STORY = (
    "A cargo ship ran aground off the island of Velm early on Friday after its engine failed in a gale, the harbour"
    " master said. Nine sailors were taken off by helicopter. The hull is leaking, but no oil had reached land by noon."
)
CUT = STORY.split(" The hull")[0]
UPDATED = "UPDATE 1-" + STORY.replace("Nine sailors were", "Eleven sailors were")
FOOTED = STORY + "\n\nAll rights reserved. Beacon staff contributed to this report."
MORE = STORY + " In the capital, the transport minister ordered an inquiry into the owners of the vessel."


def bulletin(shot: int, crossings: int, day: str) -> str:
    return f"Border guards counted {crossings} crossings and {shot} shots on {day}, the mission's bulletin says."


def test_a_cut_story_is_a_copy_and_a_filled_form_is_not() -> None:
    first = fingerprint(STORY, "2024-01-05")
    assert are_copies(first, fingerprint(CUT, "2024-01-06"))
    assert are_copies(first, fingerprint(STORY.upper(), None))
    assert not are_copies(first, fingerprint(CUT, "2024-01-12"))
    monday, tuesday = bulletin(14, 230, "5 May"), bulletin(3, 512, "6 May")
    assert not are_copies(fingerprint(monday, "2024-05-05"), fingerprint(tuesday, "2024-05-06"))


@pytest.mark.parametrize(("later", "new"), [(CUT, False), (UPDATED, True), (FOOTED, False), (MORE, True)])
def test_new_facts_are_numbers_and_sentences_of_its_own(later: str, new: bool) -> None:  # noqa: FBT001
    assert adds_facts(later, [STORY], SHIPPED) is new


def test_numbers_in_words_and_digits_are_one() -> None:
    assert number_values("Nine of 1,200 were taken", SHIPPED) == {9, 1200}


def test_the_headline_says_which_take_it_is() -> None:
    titles = ("UPDATE 2-Ship aground", "Ship aground", "CORRECTED-Ship", "ROUNDUP: Ship", "Ships lead the way")
    assert [update_number(t, SHIPPED) for t in titles] == [2, 0, 1, 1, 0]


def test_copies_share_a_lineage_in_the_ledger(ledger: Callable[..., Ledger]) -> None:
    with ledger(
        reading("cut", CUT, "2024-01-05"),
        reading("first", STORY, "2024-01-05"),
        reading("update", UPDATED, "2024-01-05"),
    ) as news:
        found = {d.id: d for d in news.dispatches()}
        assert len({d.lineage for d in found.values()}) == 1
        assert [(d.id, d.revision_of, d.new_facts) for d in found.values()] == [
            ("cut", "first", False),
            ("first", None, None),
            ("update", "first", True),
        ]
        assert [d.id for d in news.dispatches(new_facts=True)] == ["update"]


OPENING = "Police in the port of Velm said on Friday that two men were held after a launch was stolen from the quay"
ENDINGS = (
    "of the pilots, near the old lighthouse.",
    "of the pilots, near the old lighthouse at night.",
    "where the ferry lands, beside the market hall.",
    "that belongs to the yard, while a fog lay on it.",
    "of the customs office, in front of two guards.",
)


@given(st.permutations(range(len(ENDINGS))), st.integers(0, len(ENDINGS)))
@settings(max_examples=3, deadline=None)
def test_what_becomes_a_formula_makes_no_copies_in_any_portions(order: list[int], cut: int) -> None:
    """A shingle that too many dispatches share finds no copies, not even those that came before it was common."""
    told = [held(n) for n in order]
    with patch.object(lineage, "FORMULA", 3), patch.object(lineage, "SAMPLE", 1):
        assert listed(told[:cut], told[cut:]) == in_order()


def held(n: int) -> Analysis:
    return reading(f"d{n}", f"{OPENING} {ENDINGS[n]}", "2024-01-05", ("held", {"type": "COERCE"}))


@cache
def in_order() -> list[object]:
    return listed([held(n) for n in range(len(ENDINGS))])


def listed(*portions: list[Analysis]) -> list[object]:
    """Dispatches and incidents of a ledger that was added to in these portions."""
    with TemporaryDirectory() as folder, open_ledger(Path(folder) / "news.duckdb") as news:
        for portion in portions:
            news.add(portion)
        return [*news.dispatches(), *by_content.incidents(news)]
