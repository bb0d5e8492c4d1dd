"""Finding incidents: words under every name, orders, what is new, counts beside filters, what to judge next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from readings import reading

from reportedly.errors import LedgerError
from reportedly.knowledge.load import SHIPPED
from reportedly.ledger import Ledger, facets, finding, open_ledger
from reportedly.ledger.listings import CLAIMS, INCIDENTS
from reportedly.ledger.queue import waiting
from reportedly.model import Analysis

KILLED = {"type": "ASSAULT", "place": ("Kassala", "SDN"), "day": "2024-05-17"}
FLOOD = {"type": "HAZARD", "place": ("Tarnova", "MDA"), "day": "2024-03-02"}


def told() -> list[Analysis]:
    """A shooting that two voices count otherwise, a flood that one voice tells, and a march that has no place."""
    shot = "Gunmen of the Rapid Support Forces killed nine guards at the gate of a grain depot in Kassala. Who was to blame?"
    again = "The hospital in Kassala said that gunmen killed eleven guards."
    flood = "Seven drowned when a dam burst above Tarnova, rescuers said."
    march = "Teachers marched for better pay."
    voices = ("Sudanese interior ministry", "Kassala Teaching Hospital")
    return [
        reading("d1", shot, "2024-05-18", ("killed", KILLED | {"source": voices[0], "killed": (9, 9)})),
        reading("d2", again, "2024-05-18", ("killed", KILLED | {"source": voices[1], "killed": (11, 11)})),
        reading("d3", flood, "2024-03-03", ("drowned", FLOOD | {"source": "rescue service", "killed": (7, 7)})),
        reading("d4", march, "2024-06-01", ("marched", {"type": "PROTEST", "factuality": "PR+"})),
    ]


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with open_ledger(tmp_path_factory.mktemp("finding") / "news.duckdb") as ledger:
        ledger.add(told())
        yield ledger


def types(ledger: Ledger, **asked: Any) -> list[str]:
    return [i.type for i in ledger.incidents(**asked)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("depot", ["ASSAULT"]),
        ("RSF", ["ASSAULT"]),
        ("rsf gate", ["ASSAULT"]),
        ("rapid support forces", ["ASSAULT"]),
        ("rapid hazard", []),
        ('"burst above"', ["HAZARD"]),
        ('"above burst"', []),
        ("tarnova", ["HAZARD"]),
        ("ate", []),
        ("blame", []),
        ("eleven guards", ["ASSAULT"]),
        ("", ["HAZARD", "ASSAULT", "PROTEST"]),
    ],
)
def test_words_are_found_in_sentences_names_and_places(news: Ledger, words: str, found: list[str]) -> None:
    """An alias of the tables finds its name; three letters have to stand alone ("ate" is no part of "gate")."""
    assert types(news, words=words) == found


def test_a_name_is_looked_for_in_all_its_forms() -> None:
    assert finding.wanted("the RSF, Sudan", SHIPPED)[1] == ("rsf", "rapid support forces")
    assert finding.wanted(" , ", SHIPPED) == ()


def test_claims_are_found_by_the_words_of_their_sentences(news: Ledger) -> None:
    assert {h.dispatch for h in news.claims(words="depot")} == {"d1"}
    assert not news.claims(words="blame")


def test_incidents_in_each_order(news: Ledger) -> None:
    assert types(news, sort="-toll") == ["ASSAULT", "HAZARD", "PROTEST"]
    assert types(news, sort="-voices")[0] == "ASSAULT"
    assert types(news, sort="-disputes")[0] == "ASSAULT"
    assert types(news, sort="-arrived") == ["PROTEST", "HAZARD", "ASSAULT"]
    with pytest.raises(LedgerError, match="E618"):
        news.incidents(sort="-colour")


def test_new_is_what_came_after_a_mark_and_reading_anew_is_no_news(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "news.duckdb") as ledger:
        first, second, *rest = told()
        ledger.add([first, *rest])
        with ledger.turn(write=False) as con:
            mark = facets.latest(con)
        assert types(ledger, new=mark) == []
        newer = msgspec.structs.replace(first.versions, reportedly="9")
        ledger.add([msgspec.structs.replace(first, versions=newer)])
        assert types(ledger, new=mark) == []
        ledger.add([second])
        assert types(ledger, new=mark) == ["ASSAULT"]


def counts(ledger: Ledger, **filters: Any) -> facets.Counted:
    with ledger.turn(write=False) as con:
        return facets.counted(con, ledger.asked(INCIDENTS, filters))


def test_each_field_is_counted_as_if_it_were_not_filtered(news: Ledger) -> None:
    found = counts(news, type="HAZARD")
    assert dict(found.type) == {"ASSAULT": 1, "HAZARD": 1, "PROTEST": 1}
    assert (found.country, found.voice) == ((("MDA", 1),), (("rescue service", 1),))
    assert found.days == (("2024-03-02", "2024-03-02", 1),)
    assert dict(counts(news, type="HAZARD", country="Sudan").type) == {"ASSAULT": 1}


@pytest.mark.parametrize(
    "filters", [{}, {"type": "ASSAULT"}, {"words": "kassala"}, {"since": "2024-04", "country": "SDN"}]
)
def test_every_count_is_what_its_filter_gives(news: Ledger, filters: dict[str, object]) -> None:
    found = counts(news, **filters)
    for field in ("type", "standing", "country", "voice"):
        for value, n in getattr(found, field):
            assert n == news.count("incidents", **filters | {field: value}), (field, value)


def test_points_hold_all_results_that_have_a_place(tmp_path: Path) -> None:
    first, *rest = told()
    claim = first.claims[0]
    assert claim.place is not None
    placed = msgspec.structs.replace(claim, place=msgspec.structs.replace(claim.place, lat=15.45, lon=36.4))
    with open_ledger(tmp_path / "news.duckdb") as ledger:
        ledger.add([msgspec.structs.replace(first, claims=(placed,)), *rest])
        with ledger.turn(write=False) as con:
            (point,) = facets.points(con, {})
            (there,) = facets.numbered(con, [point.number])
    assert (point.lat, point.lon, point.incidents, there.type) == (15.45, 36.4, 1, "ASSAULT")


def test_what_to_judge_next_is_contested_then_doubtful_and_never_judged_twice(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "news.duckdb") as ledger:
        ledger.add(told())

        def asked() -> list[tuple[str, tuple[str, ...]]]:
            with ledger.turn(write=False) as con:
                found = waiting(con, ledger.asked(CLAIMS, {}), 10)
            return [(w.held.dispatch, w.why) for w in found]

        before = asked()
        assert [dispatch for dispatch, _ in before] == ["d1", "d2", "d4", "d3"]
        assert before[0][1] == ("1 contested question", "told in 2 dispatches")
        assert before[2][1] == ("not told as certain",)
        (claim,) = ledger.claims(dispatch="d2")
        ledger.judge(claim.claim.id, "right", by="ann")
        assert "d2" not in [dispatch for dispatch, _ in asked()]
