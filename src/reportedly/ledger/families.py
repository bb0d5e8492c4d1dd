"""Kinds of happening: which claims can be about one incident by their type alone."""

from __future__ import annotations

from functools import lru_cache

from reportedly.model import Claim
from reportedly.tables import load_table

# Said about a happening: accusations, demands, denials. It has no incident of its own beside the happening.
WORDS = "words"


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    return {row["type"]: row["family"] for row in load_table("families")}


@lru_cache(maxsize=1)
def _kin() -> dict[str, frozenset[str]]:
    return {row["family"]: frozenset(row["kin"].split()) for row in load_table("families")}


@lru_cache(maxsize=1)
def _denials() -> frozenset[str]:
    return frozenset(form for row in load_table("denials") for form in row["forms"].split())


def is_denial(claim: Claim) -> bool:
    """Whether the claim tells that somebody denied something (and not that a plan or a deal was turned down)."""
    return claim.type == "REJECT" and not _denials().isdisjoint(claim.trigger.text.casefold().split())


def family(claim: Claim) -> str:
    """The kind of happening that a claim tells."""
    return WORDS if is_denial(claim) else _table()[claim.type]


def are_kin(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether happenings of these kinds often stand together in the telling of one."""
    return any(not _kin()[f].isdisjoint(b) for f in a) or any(not _kin()[f].isdisjoint(a) for f in b)
