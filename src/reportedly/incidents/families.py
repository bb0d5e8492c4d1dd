"""Kinds of happening: which claims can be about one incident by their type alone."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

import msgspec

from reportedly.incidents.wording import stem
from reportedly.knowledge.load import SHIPPED
from reportedly.model import Claim

# Said about a happening: accusations, demands, denials. It has no incident of its own beside the happening.
WORDS = "words"
# Who is arrested, tried and held.
CUSTODY = "custody"
# What several hold or agree on together.
TALKS = "talks"
# Violence, and accidents and disasters: what one source tells of it another tells by any word for it.
FORCE = "force"
HARM = "harm"


class _Families(msgspec.Struct, frozen=True):
    """``families.tsv``: by type and mode, by type and word, and which families are kin."""

    modes: dict[tuple[str, str], str]
    words: dict[tuple[str, str], str]
    kin: dict[str, frozenset[str]]


@lru_cache(maxsize=1)
def _table() -> _Families:
    rows = SHIPPED.rows("families")
    kin: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        kin[row["family"]].update(row["kin"].split())
    return _Families(
        modes={(r["type"], r["mode"]): r["family"] for r in rows if not r["words"]},
        words={(r["type"], stem(w)): r["family"] for r in rows for w in r["words"].split()},
        kin={family: frozenset(found) for family, found in kin.items()},
    )


@lru_cache(maxsize=1)
def _said() -> dict[str, frozenset[str]]:
    forms: dict[str, set[str]] = defaultdict(set)
    for row in SHIPPED.rows("denials"):
        forms[row["says"]].update(row["forms"].split())
    return {says: frozenset(found) for says, found in forms.items()}


def is_denial(claim: Claim) -> bool:
    """Whether the claim tells that somebody denied something (and not that a plan or a deal was turned down)."""
    if claim.type != "REJECT" or is_retraction(claim):
        return False
    return not _said()["deny"].isdisjoint(_trigger(claim)) or _of_what_was_said(claim)


def is_retraction(claim: Claim) -> bool:
    """Whether the claim tells that somebody took back what he had said."""
    return claim.type == "REJECT" and not _said()["retract"].isdisjoint(_trigger(claim)) and _of_what_was_said(claim)


def turns_down(claim: Claim, kind: str) -> bool:
    """Whether a claim told with a happening of this kind denies it: an attack holds no plan or deal to turn down."""
    if claim.type == "REJECT" and kind in (FORCE, HARM):
        return _said()["retract"].isdisjoint(_trigger(claim))
    return is_denial(claim)


def _trigger(claim: Claim) -> list[str]:
    return claim.trigger.text.casefold().split()


def _of_what_was_said(claim: Claim) -> bool:
    return any(not _said()["told"].isdisjoint(p.name.casefold().split()) for p in claim.recipients)


def family(claim: Claim) -> str:
    """The kind of happening that a claim tells."""
    if is_denial(claim) or is_retraction(claim):
        return WORDS
    return _named(claim.type, claim.mode or "", claim.trigger.text)


@lru_cache(maxsize=50_000)
def _named(type_: str, mode: str, trigger: str) -> str:
    table = _table()
    for word in trigger.casefold().split():
        if (type_, stem(word)) in table.words:
            return table.words[type_, stem(word)]
    return table.modes.get((type_, mode)) or table.modes[type_, ""]


@lru_cache(maxsize=10_000)
def are_kin(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether happenings of these kinds often stand together in the telling of one."""
    kin = _table().kin
    return any(not kin[f].isdisjoint(b) for f in a) or any(not kin[f].isdisjoint(a) for f in b)
