"""GDELT 2.0 mentions: one row for each sentence of each dispatch that tells an event of ``gdelt-events``."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.export.acts import Pair, mentions, number, pairs
from reportedly.export.cases import Case, CaseClaim
from reportedly.export.gdelt import publication_stamp
from reportedly.export.registry import Job
from reportedly.export.rows import ExportRow
from reportedly.model import Party

# GDELT's type of a mention whose identifier is a web address, and of one whose identifier is only a citation.
_WEB, _CITATION = 1, 2
# Of claims certain and probable; GDELT's confidence is a share of a hundred in steps of ten.
_CONFIDENCE = {"CT+": 100, "PR+": 70}


def rows(case: Case, job: Job) -> Iterator[ExportRow]:
    """The mentions of the events of an incident."""
    for pair in pairs(case, job.book, job.left):
        for told in mentions(pair.told).values():
            yield ExportRow(pair.id, _cells(pair, told), (told,), pair.when.known)


def _cells(pair: Pair, told: CaseClaim) -> dict[str, object]:
    dispatch, claim = told.dispatch, told.claim
    day = f"{pair.when.begin:%Y%m%d}000000"
    return {
        "GLOBALEVENTID": number(pair.id),
        "EventTimeDate": day,
        "MentionTimeDate": publication_stamp(told) or day,
        "MentionType": _WEB if dispatch.url else _CITATION,
        "MentionSourceName": dispatch.agency,
        "MentionIdentifier": dispatch.url or dispatch.id,
        "SentenceID": told.sentence_number,
        "Actor1CharOffset": _offset(claim.actors),
        "Actor2CharOffset": _offset(claim.recipients),
        "ActionCharOffset": claim.trigger.start,
        "InRawText": 1,
        "Confidence": _CONFIDENCE[claim.factuality],
        "MentionDocLen": len(dispatch.text),
    }


def _offset(parties: tuple[Party, ...]) -> int:
    """Where the first party is named; -1 is GDELT's "not found"."""
    return parties[0].start if parties else -1
