"""What is no single happening: the total of a war, of a year, of a series of attacks.

"The war has killed more than 7,000 people since 2015" stands beside one air strike in many dispatches. It is an
incident of its own kind, and its number no rival of the strike's.
"""

from __future__ import annotations

import re
from functools import lru_cache

from reportedly.days import day_number
from reportedly.incidents.families import CUSTODY, FORCE, HARM, family
from reportedly.knowledge.load import Knowledge, listed
from reportedly.model import Claim

# Of what totals are kept: harm, those who are held or flee, protests. Agreements and offices have none.
COUNTED = frozenset({FORCE, HARM, CUSTODY, "measure", "move", "protest", "aid"})
# What is told to have taken longer than this is no single happening.
HAPPENING_DAYS = 7


def is_campaign(claim: Claim, clause: str, knowledge: Knowledge) -> bool:
    """Whether a claim, told in these words, is of a stretch of time or of a war and not of one happening.

    A month alone makes none: "an earthquake in May" is told by the month and was over in a minute.
    """
    if family(claim, knowledge) not in COUNTED or (
        claim.begin and claim.when_from == "told" and _days(claim) <= HAPPENING_DAYS
    ):
        return False
    clause = _pattern("single", knowledge).sub("", clause)
    if _pattern("campaign", knowledge).search(clause):
        return True
    counted = bool(claim.figures) or bool(_pattern("always", knowledge).fullmatch(claim.trigger.text))
    return counted and bool(_pattern("always", knowledge).search(clause))


def _days(claim: Claim) -> int:
    begin, end = day_number(claim.begin), day_number(claim.end_date or claim.begin)
    return end - begin if begin is not None and end is not None else 0


@lru_cache(maxsize=16)
def _pattern(says: str, knowledge: Knowledge) -> re.Pattern[str]:
    """The words of ``incident_words.tsv`` that say this, as they stand in a text."""
    rows = (r for r in knowledge.rows("incident_words") if r["says"] == says)
    words = sorted((w for r in rows for w in listed(r["words"])), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(re.escape(w).replace(chr(92) + ' ', ' +') for w in words)})\b", re.IGNORECASE)
