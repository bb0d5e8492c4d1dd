"""Which event words the grammar ties, and what that makes of local incidents."""

from __future__ import annotations

from typing import Any

import pytest
from given import Parse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly.claims.incident_words import incident_words
from reportedly.claims.incidents import local_incidents
from reportedly.claims.local_links import Links, ties
from reportedly.knowledge.load import SHIPPED
from reportedly.pipeline import read_doc

PUBLISHED = "2016-08-18"


def groups(parse: Parse, text: str) -> Any:
    doc, dispatch = parse(text, published=PUBLISHED)
    found: dict[str, list[str]] = {}
    for claim in read_doc(doc, dispatch).claims:
        found.setdefault(claim.incident or "", []).append(claim.trigger.text)
    return list(found.values())


def apart(parse: Parse, text: str, one: Any, other: Any) -> bool:
    told = groups(parse, text)
    return all(any(w in g for g in told) for w in (one, other)) and not any({one, other} <= set(g) for g in told)


def triggers(doc: Any, *words: str) -> Any:
    return [[next(t for t in doc if t.text == w)] for w in words]


@pytest.mark.parametrize(
    ("text", "one", "other", "tied"),
    [
        ("Four bakers were killed when a rocket hit the mill.", "killed", "hit", True),
        ("Four bakers were killed after a rocket hit the mill.", "killed", "hit", True),
        ("The mayor resigned after a rocket hit the mill.", "resigned", "hit", False),
        ("The toll from the crackdown reached ninety.", "toll", "crackdown", True),
        ("Nine clerks died in the shelling of the port.", "died", "shelling", True),
        ("The blast that wounded nine clerks shook the port.", "blast", "wounded", True),
        ("Troops stormed the depot, killing nine clerks.", "stormed", "killing", True),
        ("Nine clerks were killed and thirty wounded.", "killed", "wounded", True),
        ("The minister who attacked the treaty was arrested.", "attacked", "arrested", False),
        ("Nine clerks were arrested over the bombing.", "arrested", "bombing", False),
    ],
)
def test_what_is_tied(parse: Parse, text: str, one: Any, other: Any, tied: Any) -> None:
    doc, _ = parse(text, published=PUBLISHED)
    links = incident_words(SHIPPED).links
    harm = [w in ("killed", "died", "toll", "wounded", "killing") for w in (one, other)]
    assert bool(ties(triggers(doc, one, other), harm, links)) is tied


def test_a_tie_across_phrases_is_not_direct(parse: Parse) -> None:
    doc, _ = parse("Nine clerks died in a wave of bombings of the port.", published=PUBLISHED)
    links = Links(same=frozenset({"in", "of"}), cause=frozenset())
    found = ties(triggers(doc, "died", "bombings"), [True, False], links)
    assert [tie.direct for tie in found] == [False]


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        (
            "Britain imposed sanctions on the generals. Norway suspended aid to the generals.",
            "imposed sanctions",
            "suspended",
        ),
        ("Soldiers attacked a northern valley. Rebels shelled a camp in the south.", "attacked", "shelled"),
        ("The army staged a coup on Monday. The party won the election in 2014.", "staged a coup", "won the election"),
        (
            "Shells hit the port on Tuesday night. His office said 400 soldiers had been killed since 2 July.",
            "hit",
            "killed",
        ),
        ("Gunmen attacked a bank in Kasra. The rebels rejected the peace plan.", "attacked", "rejected"),
        ("A driver survived the ambush of a convoy. Six villagers died in shelling.", "ambush", "died"),
        ("Police arrested nine students on Tuesday. Troops blocked the road to the port.", "arrested", "blocked"),
    ],
)
def test_two_happenings_by_doers_compass_kind_and_span(parse: Parse, text: str, one: Any, other: Any) -> None:
    assert apart(parse, text, one, other)


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("Ministers agreed to peace talks. The talks will be held in May.", {"agreed", "peace talks"}),
        ("Police dispersed the marchers in Kasra on Tuesday. Two people were killed.", {"dispersed", "killed"}),
        ("A ferry sank off Kasra on Tuesday. Rescuers saved 80 passengers.", {"sank", "saved"}),
        ("Shells hit a school on Tuesday. Residents heard two blasts.", {"hit", "blasts"}),
        ("Gunmen attacked a bank in Kasra. The rebels rejected the accusation.", {"attacked", "rejected"}),
    ],
)
def test_one_happening_across_types(parse: Parse, text: str, members: Any) -> None:
    assert any(members <= set(g) for g in groups(parse, text))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(["Nine clerks were killed", "when a rocket hit the mill", "in the north", "on 3 May", "."])
    )
)
def test_every_claim_keeps_an_incident(parse: Parse, parts: Any) -> None:
    doc, dispatch = parse(" ".join(parts), published=PUBLISHED)
    claims = read_doc(doc, dispatch).claims
    assert all(c.incident for c in claims)
    assert local_incidents(claims, dispatch, doc).claims == claims
