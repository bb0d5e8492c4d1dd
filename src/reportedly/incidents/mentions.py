"""Whether a claim's words take its happening as known: who condemns "the murder" does not report it."""

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


@lru_cache(maxsize=8)
def _nouns(knowledge: Knowledge) -> frozenset[str]:
    """The nouns for events, with their plurals."""
    rows = (r for r in knowledge.rows("events_nouns") if r["pos"] == "n")
    words = {w.split()[-1].casefold() for r in rows for w in listed(r["trigger"])}
    return frozenset(form for w in words for form in (w, f"{w}s", f"{w}es"))


@lru_cache(maxsize=8)
def _giving(knowledge: Knowledge) -> re.Pattern[str]:
    """A verb that reports the event behind it ("confirmed", "announced"), right before it."""
    rows = (r for r in knowledge.rows("incident_words") if r["says"] == "report")
    words = "|".join(re.escape(w) for r in rows for w in listed(r["words"]))
    return re.compile(rf"\b(?:{words})\s+$", re.IGNORECASE)
