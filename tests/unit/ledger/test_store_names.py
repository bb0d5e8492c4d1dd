"""An incident keeps its id while it grows, splits and joins; an id that was joined leads to where it went."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from readings import Said, reading

from reportedly.export.registry import export
from reportedly.ledger import Ledger, laws, open_ledger
from reportedly.ledger.judge import Judging
from reportedly.ledger.names import Vote, fresh, given, swallowed
from reportedly.model import Analysis

Books = Callable[..., Ledger]
FLOOD: Said = {"type": "HAZARD", "source": "rescue service", "killed": (7, 7), "place": ("Tarnova", "MDA")}


def flood(id: str, published: str = "2024-05-07") -> Analysis:  # noqa: A002
    text = "Seven people were killed when a dam burst above Tarnova on Monday, the rescue service said."
    return reading(id, text, published, ("killed", FLOOD | {"day": "2024-05-06"}), agency=f"Wire {id}")


def march(id: str = "m1") -> Analysis:  # noqa: A002
    said: Said = {"type": "PROTEST", "actors": ("Teachers",), "day": "2024-02-01"}
    return reading(id, "Teachers marched for better pay.", "2024-02-02", ("marched", said))


def test_an_incident_keeps_its_id_when_an_earlier_dispatch_comes_late(ledger: Books, tmp_path: Path) -> None:
    with ledger(flood("d2", "2024-05-08")) as news:
        (before,) = news.incidents()
        news.add([flood("d1", "2024-05-06")])
        (after,) = news.incidents()
        assert after.dispatches[0] == "d1"
        assert after.id == before.id
    assert laws.check(news.path).faults == ()
    laws.repair(news.path)
    with open_ledger(news.path) as repaired, open_ledger(tmp_path / "other") as other:
        assert repaired.incidents() == [after]
        other.add([flood("d1", "2024-05-06"), flood("d2", "2024-05-08")])
        for book, name in ((repaired, "a"), (other, "b")):
            export(book, "geojson", str(tmp_path / name), ids="content")
        assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_joined_incident_leads_to_where_it_went_and_has_its_id_back_when_it_parts(ledger: Books) -> None:
    with ledger(flood("d1"), flood("d2"), march()) as news:
        small, large = news.incidents()
        news.judge(small.id, "same", large.id)
        (whole,) = news.incidents()
        assert (whole.id, whole.formerly) == (large.id, (small.id,))
        assert news.now(small.id) == large.id
        shown = news.show(small.id)
        assert (shown.now, shown.incident) == (large.id, whole)
        export(news, "geojson", str(news.path.with_suffix(".json")))
        (feature,) = json.loads(news.path.with_suffix(".json").read_text())["features"]
        assert feature["properties"]["formerly"] == [small.id]
        news.judge(small.id, "different", march_claim(news))
        news.undo(1)
        assert [i.id for i in news.incidents()] == [small.id, large.id]
        assert news.now(small.id) is None


def march_claim(news: Ledger) -> str:
    return news.claims(dispatch="m1")[0].claim.id


def test_a_split_keeps_the_id_with_the_larger_part(ledger: Books) -> None:
    with ledger(flood("d1"), flood("d2"), flood("d3")) as news:
        (whole,) = news.incidents()
        first, second, third = (c.claim.id for c in news.claims())
        news.judge_all(Judging(first, "different", other) for other in (second, third))
        parts = {len(i.dispatches): i.id for i in news.incidents()}
        assert parts[2] == whole.id
        assert parts[1] != whole.id


def test_a_withdrawn_dispatch_that_comes_back_has_its_incident_again(ledger: Books) -> None:
    with ledger(flood("d1")) as news:
        (before,) = news.incidents()
        news.add([reading("d1", "KILL", "2024-05-09", note="kill")])
        assert news.incidents() == []
        news.add([flood("d2")])
        assert [i.id for i in news.incidents()] != [before.id]


def vote(number: int, name: str, *, claims: int, age: int) -> Vote:
    return Vote(past=False, claims=claims, age=age, live=False, number=number, id=name)


def test_names_go_to_the_largest_share_and_each_to_one() -> None:
    votes = [
        vote(10, "n-a", claims=2, age=1),
        vote(11, "n-a", claims=3, age=1),
        vote(11, "n-b", claims=1, age=2),
    ]
    names = given(votes)
    assert names == {11: "n-a"}
    assert swallowed(votes, names | {10: "n-new"}) == {"n-b": "n-a"}
    assert fresh({10: "n-a"}, lambda name: name == "n-a")[10] not in ("n-a", "n-b")
