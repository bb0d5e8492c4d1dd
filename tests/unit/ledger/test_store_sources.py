"""One source over many incidents: under which names it is known, what it said, and what people decide of it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from readings import reading

from reportedly.incidents.voices import Judgement
from reportedly.knowledge.load import SHIPPED
from reportedly.ledger import Ledger
from reportedly.ledger.sources import KnownVoice, one_source
from reportedly.model import Analysis

TOWNS = ("Tarnova", "Beltsi", "Soroca", "Orhei")


def incident(n: int, *sources: str) -> list[Analysis]:
    """Dispatches about the n-th incident, each with another source."""
    town, numbers = TOWNS[n], count(1)
    return [
        reading(
            f"{town}{next(numbers)}",
            f"A bridge fell at {town} and killed six, {source} said.",
            f"2024-0{n + 1}-07",
            ("killed", {"type": "HAZARD", "source": source, "place": (town, "MDA"), "day": f"2024-0{n + 1}-06"}),
            agency="Wire",
        )
        for source in sources
    ]


def known(news: Ledger) -> dict[str, tuple[int, int]]:
    """The sources with their claims and incidents."""
    return {s.name: (s.claims, s.incidents) for s in news.sources() if s.kind != "media"}


def test_one_body_under_several_names(ledger: Callable[..., Ledger]) -> None:
    """Words in another order are one name; an acronym is what it was seen to mean."""
    first = incident(0, "the Sudan Water Board", "Sudan Water Board")
    with ledger(*first, *incident(1, "Water Board of Sudan"), *incident(2, "Sudan's ministry")) as news:
        assert known(news) == {"the Sudan Water Board": (3, 2), "Sudan's ministry": (1, 1)}
        (board,) = news.sources(name="water board")
        assert (board.claims, board.incidents, board.dispatches) == (3, 2, 3)
        told = news.claims(voice=board.name)
        assert {c.claim.source.name for c in told if c.claim.source} == {
            "the Sudan Water Board",
            "Sudan Water Board",
            "Water Board of Sudan",
        }
        assert news.claims(voice="Water Board of Sudan") == told
        assert len(news.incidents(voice="Water Board of Sudan")) == 2


def test_a_name_that_stands_alone_is_who_it_was_seen_to_be() -> None:
    seen = [
        KnownVoice("Moldova Rail Union", 4, ("MRU", "Moldova Rail Union")),
        KnownVoice("MRU", 1, ("MRU",)),
        KnownVoice("Idris Hamid", 1, ("Idris Hamid",)),
        KnownVoice("Interior ministry", 6, ("Idris Hamid",)),
        KnownVoice("Hamid", 1, ("Hamid",)),
        KnownVoice("Mina Hamid", 1, ("Hamid",)),
    ]
    assert one_source(seen, (), SHIPPED) == {
        "Moldova Rail Union": "Moldova Rail Union",
        "MRU": "Moldova Rail Union",
        "Idris Hamid": "Interior ministry",
        "Interior ministry": "Interior ministry",
        "Hamid": "Hamid",
        "Mina Hamid": "Mina Hamid",
    }


def test_a_name_that_meant_two_means_neither() -> None:
    seen = [
        KnownVoice("Ana Rusu of Orhei", 3, ("Ana Rusu",)),
        KnownVoice("Ana Rusu of Soroca", 2, ("Ana Rusu",)),
        KnownVoice("Ana Rusu", 1, ("Ana Rusu",)),
    ]
    assert len(set(one_source(seen, (), SHIPPED).values())) == 3


def test_people_decide_over_incidents(ledger: Callable[..., Ledger]) -> None:
    with ledger(*incident(0, "Ilona Varga"), *incident(1, "Mayor of Beltsi"), *incident(2, "Varga Ilona")) as news:
        assert known(news) == {"Varga Ilona": (2, 2), "Mayor of Beltsi": (1, 1)}
        news.judge("Mayor of Beltsi", "same", "Ilona Varga")
        assert list(known(news).values()) == [(3, 3)]
        news.judge("Mayor of Beltsi", "same", "Ilona Varga", undo=True)
        news.judge("Ilona Varga", "different", "Varga Ilona")
        assert known(news) == {"Ilona Varga": (1, 1), "Mayor of Beltsi": (1, 1), "Varga Ilona": (1, 1)}


def test_same_and_different_by_hand() -> None:
    seen = [KnownVoice("A Board", 1, ()), KnownVoice("B Board", 2, ()), KnownVoice("Board A", 3, ())]
    assert one_source(seen, [Judgement("A Board", "same", "B Board")], SHIPPED)["A Board"] == "Board A"
    assert one_source(seen, [Judgement("A Board", "different", "Board A")], SHIPPED)["A Board"] == "A Board"
