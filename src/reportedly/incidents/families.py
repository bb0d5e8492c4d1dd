"""Kinds of happening: which claims can be about one incident by their type alone."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

import msgspec

from reportedly.incidents.wording import stem
from reportedly.knowledge.event_types import event_types
from reportedly.knowledge.load import Knowledge, listed
from reportedly.model import Claim

# Denials and what takes back: they have no incident of their own beside the happening that they are about.
WORDS = "words"
# Whatever else is said about a happening, accusations and demands, is an incident of its own; its family begins so.
_SAID_OF_IT = "words-"
# Who is arrested, tried and held.
CUSTODY = "custody"
# What several hold or agree on together.
TALKS = "talks"
# Violence, and accidents and disasters: what one source tells of it another tells by any word for it.
FORCE = "force"
HARM = "harm"
# Who holds an office: one person, whoever says which.
OFFICE = "office"
_NONE: frozenset[str] = frozenset()


class _Families(msgspec.Struct, frozen=True):
    """The families of event types and modes: by type and mode, by type and word, and which families are kin."""

    modes: dict[tuple[str, str], str]
    words: dict[tuple[str, str], str]
    kin: dict[str, frozenset[str]]


@lru_cache(maxsize=8)
def _table(knowledge: Knowledge) -> _Families:
    plain = {r["type"]: r["family"] or r["type"] for r in knowledge.rows("event_types")}
    modes = [r for r in knowledge.rows("event_modes") if r["family"]]
    kin: dict[str, set[str]] = defaultdict(set)
    for row in (*knowledge.rows("event_types"), *modes):
        kin[row["family"] or row["type"]].update(row["kin"].split())
    return _Families(
        modes={(t, ""): family for t, family in plain.items()}
        | {(r["type"], r["mode"]): r["family"] for r in modes if r["mode"]},
        words={(r["type"], stem(w)): r["family"] for r in modes for w in listed(r["words"])},
        kin={family: frozenset(found) for family, found in kin.items()},
    )


@lru_cache(maxsize=8)
def _said(knowledge: Knowledge) -> dict[str, frozenset[str]]:
    forms: dict[str, set[str]] = defaultdict(set)
    for row in knowledge.rows("denials"):
        forms[row["says"]].update(row["forms"].split())
    return {says: frozenset(found) for says, found in forms.items()}


def is_said_of_it(families: frozenset[str]) -> bool:
    """Whether all these kinds are things said about a happening and none is one."""
    return all(f == WORDS or f.startswith(_SAID_OF_IT) for f in families)


def is_denial(claim: Claim, knowledge: Knowledge) -> bool:
    """Whether the claim tells that somebody denied something (and not that a plan or a deal was turned down)."""
    if claim.type not in event_types(knowledge).denial or is_retraction(claim, knowledge):
        return False
    return not _said(knowledge)["deny"].isdisjoint(_trigger(claim)) or _of_what_was_said(claim, knowledge)


def is_retraction(claim: Claim, knowledge: Knowledge) -> bool:
    """Whether the claim tells that somebody took back what he had said."""
    return (
        claim.type in event_types(knowledge).denial
        and not _said(knowledge)["retract"].isdisjoint(_trigger(claim))
        and _of_what_was_said(claim, knowledge)
    )


def turns_down(claim: Claim, kind: str, knowledge: Knowledge) -> bool:
    """Whether a claim told with a happening of this kind denies it: an attack holds no plan or deal to turn down."""
    if claim.type in event_types(knowledge).denial and kind in (FORCE, HARM):
        said = _said(knowledge)
        turned = not (said["deny"] | said["reject"]).isdisjoint(_trigger(claim)) or _of_what_was_said(claim, knowledge)
        return turned and said["retract"].isdisjoint(_trigger(claim))
    return is_denial(claim, knowledge)


def _trigger(claim: Claim) -> list[str]:
    return claim.trigger.text.casefold().split()


def _of_what_was_said(claim: Claim, knowledge: Knowledge) -> bool:
    return any(not _said(knowledge)["told"].isdisjoint(p.name.casefold().split()) for p in claim.recipients)


def family(claim: Claim, knowledge: Knowledge) -> str:
    """The kind of happening that a claim tells."""
    if is_denial(claim, knowledge) or is_retraction(claim, knowledge):
        return WORDS
    return _named(claim.type, claim.mode or "", claim.trigger.text, knowledge)


@lru_cache(maxsize=50_000)
def _named(type_: str, mode: str, trigger: str, knowledge: Knowledge) -> str:
    table = _table(knowledge)
    for word in trigger.casefold().split():
        if (type_, stem(word)) in table.words:
            return table.words[type_, stem(word)]
    # A type that the tables in force do not know is a family of its own.
    return table.modes.get((type_, mode)) or table.modes.get((type_, ""), type_)


def are_both(kind: str, a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether happenings of these kinds are both of one kind."""
    return kind in a and kind in b


@lru_cache(maxsize=10_000)
def are_kin(a: frozenset[str], b: frozenset[str], knowledge: Knowledge) -> bool:
    """Whether happenings of these kinds often stand together in the telling of one."""
    kin = _table(knowledge).kin
    return any(not kin.get(f, _NONE).isdisjoint(b) for f in a) or any(not kin.get(f, _NONE).isdisjoint(a) for f in b)
