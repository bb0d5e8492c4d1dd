"""What the words around a claim say of it: that it is taken as known, that it did not come about, whom a number counts.

Who condemns "the murder" does not report it; who "could not seize the town" denies nothing; "six of the men" are some.
"""

from __future__ import annotations

import re
from functools import lru_cache

from reportedly.knowledge.load import Knowledge, listed
from reportedly.model import Claim

# What stands before an event's noun is read so many characters back.
REACH = 60
_KNOWN = re.compile(
    r"(?:\b(?:the|this|that|these|those|his|her|their|its|our|my)|['’]s|s['’])\s+(?:[\w'’-]+\s+){0,3}$",
    re.IGNORECASE,
)


def is_presupposed(claim: Claim, text: str, knowledge: Knowledge) -> bool:
    """Whether an event is only named, by a noun that takes it as known, and nothing of its own is told of it.

    So does "condemned *the attack*"; "confirmed the attack" reports it, and so does "the attack killed four".
    """
    word = claim.trigger.text.casefold().split()[-1:]
    if claim.figures or not word or word[0] not in _nouns(knowledge):
        return False
    known = _KNOWN.search(text, max(0, claim.trigger.start - REACH), claim.trigger.start)
    return known is not None and not _giving(knowledge).search(text, max(0, known.start() - REACH), known.start())


def is_undone(claim: Claim, text: str, knowledge: Knowledge) -> bool:
    """Whether an event is negated as what did not come about, or will not, and not as what others tell falsely.

    So are "the rebels *could not* seize the town", "*no evidence* that shells hit it" and "nobody was arrested *yet*";
    "could not have seized it" denies.
    """
    before = text[max(0, claim.trigger.start - REACH) : claim.trigger.start]
    clause = text[claim.evidence.start : claim.evidence.end]
    return bool(_undone(knowledge).search(before) or _pending(knowledge).search(clause))


def parts_of(claim: Claim, text: str, knowledge: Knowledge) -> frozenset[str]:
    """The figures of a claim, by their words, that count some, or some besides: "six *of the* men", "two *more*"."""
    part = _part(knowledge)
    return frozenset(f.text for f in claim.figures if part.match(text, f.end))


def is_plural(claim: Claim, knowledge: Knowledge) -> bool:
    """Whether a claim is told by a noun for several events ("attacks")."""
    return claim.trigger.text.casefold().split()[-1] in _plurals(knowledge)


@lru_cache(maxsize=8)
def _undone(knowledge: Knowledge) -> re.Pattern[str]:
    """The words for what did not come about, in the clause of the event and before it."""
    return re.compile(rf"\b(?:{_listed('undone', knowledge)})\b(?! have\b)[^,;:.()]*$", re.IGNORECASE)


@lru_cache(maxsize=8)
def _pending(knowledge: Knowledge) -> re.Pattern[str]:
    """The words by which a clause is about the time until now alone."""
    return re.compile(rf"\b(?:{_listed('pending', knowledge)})\b", re.IGNORECASE)


@lru_cache(maxsize=8)
def _part(knowledge: Knowledge) -> re.Pattern[str]:
    """The words right behind a number by which it counts some."""
    return re.compile(rf"\s+(?:{_listed('part', knowledge)})\b", re.IGNORECASE)


def _listed(says: str, knowledge: Knowledge) -> str:
    rows = (r for r in knowledge.rows("incident_words") if r["says"] == says)
    return "|".join(re.escape(w) for r in rows for w in listed(r["words"]))


@lru_cache(maxsize=8)
def _nouns(knowledge: Knowledge) -> frozenset[str]:
    """The nouns for events, with their plurals."""
    return _singulars(knowledge) | _plurals(knowledge)


@lru_cache(maxsize=8)
def _singulars(knowledge: Knowledge) -> frozenset[str]:
    """The nouns for events as the table has them."""
    rows = (r for r in knowledge.rows("events_nouns") if r["pos"] == "n")
    return frozenset(w.split()[-1].casefold() for r in rows for w in listed(r["trigger"]))


@lru_cache(maxsize=8)
def _plurals(knowledge: Knowledge) -> frozenset[str]:
    """Their plurals."""
    return frozenset(f"{w}{ending}" for w in _singulars(knowledge) for ending in ("s", "es"))


@lru_cache(maxsize=8)
def _giving(knowledge: Knowledge) -> re.Pattern[str]:
    """A verb that reports the event behind it ("confirmed", "announced"), right before it."""
    return re.compile(rf"\b(?:{_listed('report', knowledge)})\s+$", re.IGNORECASE)
