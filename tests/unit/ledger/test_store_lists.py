"""Lists: filtered, sorted, counted and paged in the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import msgspec
import pytest
from readings import Said, reading

from reportedly.errors import LedgerError
from reportedly.filters import WrongValueError
from reportedly.ledger import Ledger, open_ledger
from reportedly.ledger.select import ListPage
from reportedly.model import Analysis, Claim, Place


def at(analysis: Analysis, lat: float, lon: float) -> Analysis:
    """The reading with its claims at a point."""

    def moved(claim: Claim) -> Claim:
        place = msgspec.structs.replace(claim.place or Place(0, 1, "x", "x"), lat=lat, lon=lon)
        return msgspec.structs.replace(claim, place=place)

    return msgspec.structs.replace(analysis, claims=tuple(map(moved, analysis.claims)))


FLOOD: Said = {"type": "HAZARD", "source": "rescue service", "killed": (7, 7), "place": ("Tarnova", "MDA")}
RAID: Said = {
    "type": "ASSAULT",
    "source": "Ilona Varga",
    "kind": "named",
    "place": ("Suva", "FJI"),
    "day": "2024-05-02",
}
MARCH: Said = {"type": "PROTEST", "day": "2024-04-01", "actors": ("Teachers",)}


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    flood = reading("d1", "Seven were killed when a dam burst above Tarnova.", "2024-05-07", ("killed", FLOOD))
    raid = reading("d2", "Gunmen raided a bank in Suva, Ilona Varga said.", "2024-05-03", ("raided", RAID))
    march = reading(
        "d3", "Teachers marched for better pay.", "2024-04-02", ("marched", MARCH), agency="Lodestar", title="Pay"
    )
    with open_ledger(tmp_path_factory.mktemp("lists") / "news.duckdb") as made:
        made.add([at(flood, 48.1, 27.3), at(raid, -18.1, 178.4), march])
        yield made


@pytest.mark.parametrize(
    ("filters", "types"),
    [
        ({}, ["PROTEST", "ASSAULT", "HAZARD"]),
        ({"type": "hazard"}, ["HAZARD"]),
        ({"place": "tarn", "country": "mda"}, ["HAZARD"]),
        ({"actor": "teach"}, ["PROTEST"]),
        ({"source": "varga"}, ["ASSAULT"]),
        ({"kind": "named"}, ["ASSAULT"]),
        ({"kind": "media"}, ["PROTEST"]),
        ({"since": "2024-05-01"}, ["ASSAULT"]),
        ({"until": "2024-04-30"}, ["PROTEST"]),
        ({"words": "BANK gunmen"}, ["ASSAULT"]),
        ({"words": "raided suva"}, ["ASSAULT"]),
        ({"bbox": "20,40,30,50"}, ["HAZARD"]),
        ({"bbox": (170, -30, -170, 0)}, ["ASSAULT"]),
        ({"dispatch": "d3"}, ["PROTEST"]),
        ({"standing": "contested"}, []),
        ({"type": None}, ["PROTEST", "ASSAULT", "HAZARD"]),
    ],
)
def test_incidents_are_filtered(news: Ledger, filters: dict[str, Any], types: list[str]) -> None:
    found = news.incidents(**filters)
    assert [i.type for i in found] == types
    assert news.count("incidents", **filters) == len(types)
    assert list(news.iter_incidents(**filters)) == found


@pytest.mark.parametrize(
    ("filters", "dispatches"),
    [
        ({"type": "assault"}, ["d2"]),
        ({"source": "lodestar"}, ["d3"]),
        ({"kind": "named"}, ["d2"]),
        ({"since": "2024-05-01", "until": "2024-05-05"}, ["d2"]),
        ({"words": "tarnova killed"}, ["d1"]),
        ({"bbox": "20,40,30,50"}, ["d1"]),
        ({"dispatch": "d3", "country": "MDA"}, []),
    ],
)
def test_claims_are_filtered(news: Ledger, filters: dict[str, object], dispatches: list[str]) -> None:
    assert [c.dispatch for c in news.claims(**filters)] == dispatches  # type: ignore[arg-type]
    assert news.count("claims", **filters) == len(dispatches)


def test_claims_of_an_incident(news: Ledger) -> None:
    (raid,) = news.incidents(type="ASSAULT")
    assert [c.claim.id for c in news.claims(incident=raid.id)] == list(raid.claims)


def test_lists_come_in_pages_and_other_orders(news: Ledger) -> None:
    everything = news.claims()
    assert [c.dispatch for c in everything] == ["d3", "d2", "d1"]
    assert news.claims(limit=1, offset=1) == everything[1:2]
    assert news.claims(offset=2) == everything[2:]
    assert news.claims(sort="-published") == everything[::-1]
    assert list(news.iterate("claims", ListPage(limit=2))) == everything[:2]
    assert [s.name for s in news.sources(sort="name")] == ["Ilona Varga", "Lodestar", "rescue service"]
    assert [d.id for d in news.dispatches(words="pay")] == ["d3"]
    with pytest.raises(LedgerError, match=r"E618.*No order"):
        news.claims(sort="colour")
    with pytest.raises(LedgerError, match=r"E609.*no box"):
        news.claims(bbox="1,2,3")


def test_filters_are_asked_as_people_write_them(news: Ledger) -> None:
    assert news.incidents(country="Moldova") == news.incidents(country="md") != []
    assert news.dispatches(versions="false") == news.dispatches()
    assert news.claims(since=date(1900, 1, 1)) == news.claims(since="1900") == news.claims()
    with pytest.raises(WrongValueError, match="ASSAULT"):
        news.count("incidents", type="ASSUALT")


def test_every_version_is_listed_and_shown(ledger: Callable[..., Ledger]) -> None:
    first = reading("d1", "Seven were killed at the dam.", "2024-05-07", ("killed", FLOOD))
    second = reading("d1", "Nine were killed at the dam.", "2024-05-07", ("killed", FLOOD | {"killed": (9, 9)}))
    with ledger(first, second) as news:
        assert [d.version for d in news.dispatches()] == [2]
        assert [d.version for d in news.dispatches(versions=True)] == [1, 2]
        assert news.show("d1").text == second.dispatch.text
        shown = news.show("d1", version=1)
        assert shown.text == first.dispatch.text
        assert [c.claim.figures[0].low for c in shown.claims] == [7]
        with pytest.raises(LedgerError, match="Its versions are 1, 2"):
            news.show("d1", version=3)
