"""The contract's codes in plain English, for every place where a person reads them."""

from __future__ import annotations

from reportedly.days import day_words
from reportedly.model import Claim, Correction, Source

FACTUALITY = {
    "CT+": "happened",
    "PR+": "probably happened",
    "PS+": "possibly happened",
    "U": "left open",
    "PS-": "possibly did not happen",
    "PR-": "probably did not happen",
    "CT-": "did not happen",
}
MODALITY = {
    "ongoing": "going on",
    "planned": "planned",
    "requested": "asked for",
    "threatened": "threatened",
    "conditional": "on a condition",
}
KIND = {
    "named": "named person",
    "anonymous": "anonymous",
    "organization": "organization",
    "group": "group",
    "document": "document",
    "media": "media",
}
_CHANNEL = {"phone": "by phone", "telephone": "by phone", "statement": "in a statement", "interview": "in an interview"}


def certainty_words(claim: Claim) -> str:
    """How sure the source is: "happened", "left open, planned", "happened, going on"."""
    parts = [FACTUALITY[claim.factuality]]
    if claim.modality:
        parts.append(MODALITY[claim.modality])
    return ", ".join(parts)


def source_words(source: Source | None, agency: str | None) -> str:
    """Who answers: the name with its kind, or the dispatch itself."""
    if source is None:
        return f"The dispatch itself ({agency})" if agency else "The dispatch itself"
    return f"{source.name} ({KIND[source.kind]})"


def judged_words(judged: str | None, by: str | None) -> str:
    """What a person said of a claim: "set aside by Ann" of one that counts no more, "judged right by Ann"."""
    if judged is None:
        return ""
    return f"{'set aside' if judged == 'wrong' else 'judged right'} by {by or 'somebody'}"


def correction_words(correction: Correction) -> str:
    """A correction in a line: "place: Lamu (was Mombasa), corrected by Ann on 3 May 2024: she called the station"."""
    was = f" (was {correction.was})" if correction.was else ""
    when = f" on {day_words(correction.at)}" if correction.at else ""
    note = f": {correction.note}" if correction.note else ""
    given = correction.value or "none"
    return f"{correction.field}: {given}{was}, corrected by {correction.by or 'somebody'}{when}{note}"


def telling_words(claim: Claim) -> str:
    """How it was said: "by phone, to TASS, on 3 September 2021"."""
    parts = []
    if claim.channel:
        parts.append(_CHANNEL.get(claim.channel, f"on {claim.channel}"))
    if claim.to:
        parts.append(f"to {claim.to}")
    if claim.said:
        parts.append(f"on {day_words(claim.said)}")
    return ", ".join(parts)


def interval_words(begin: str | None, end: str | None) -> str:
    """A calendar interval: one day, a span of days of one month or year, or two dates."""
    if not begin:
        return ""
    if not end or begin[:10] == end[:10]:
        return day_words(begin)
    first, last = day_words(begin), day_words(end)
    if begin[:7] == end[:7]:
        return f"{first.split()[0]}–{last}"
    if begin[:4] == end[:4]:
        return f"{first.rsplit(' ', 1)[0]} – {last}"
    return f"{first} – {last}"
