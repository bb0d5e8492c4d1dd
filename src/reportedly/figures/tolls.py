"""Numbers behind the word for a toll or a crowd: *the death toll rose to 12*, *put the crowd at 9,000*."""

from __future__ import annotations

from typing import Final

from reportedly.figures.quantities import Quantity
from reportedly.figures.words import RoleReading, RoleWords
from reportedly.model import FigureRole
from reportedly.parse.parsed import Doc, Token

TOLL_REACH: Final = 14
OWN_REACH: Final = 8
# How far behind "the number of" the word may stand that says of whom, however the parser ties it.
STATED: Final = 5


def by_toll(doc: Doc, q: Quantity, noun: Token | None, words: RoleWords) -> RoleReading | None:
    """What a toll says of a number: "the toll rose to 12", "put the toll at 8", "brings to 21 the number of dead"."""
    if noun is not None and not (noun.i < q.first or noun.lemma_.lower() in words.crowd):
        return None
    sent = doc[q.core].sent
    for i in range(q.first - 1, max(sent.start, q.first - TOLL_REACH) - 1, -1):
        role = _toll_at(doc[i], words)
        if role is not None and _reaches(doc, i, q, words):
            return RoleReading(role, None, doc[i])
    following = doc[q.last + 1 : min(sent.end, q.last + TOLL_REACH)]
    if doc[q.first - 1].lower_ == "to" and len(following) > 2 and following[1].lower_ in words.sets["total"]:
        for token in following[1:]:
            found = words.adjectives.get(token.lower_) or words.tolls.get(token.lemma_.lower())
            if found is not None:
                return RoleReading(found, None, token)
            if token.lower_ in words.sets["custody"]:
                return RoleReading("captured", None, token)
    return None


def _toll_at(token: Token, words: RoleWords) -> FigureRole | None:
    """The role that a noun for a toll, a crowd or a count gives: "the toll", "the crowd", "the number of missing"."""
    lemma = token.lemma_.lower()
    if lemma in words.sizes and token.pos_ == "NOUN":
        return words.sizes[lemma]
    if lemma in words.sets["tally"] and (told := _counts(token, words)) is not None:
        return told
    if lemma in words.sets["toll"]:
        before = token.nbor(-1).lemma_.lower() if token.i else ""
        return words.tolls.get(f"{before} {lemma}") or words.tolls.get(lemma)
    return _counts(token, words) if lemma in words.sets["counting"] else None


def _counts(noun: Token, words: RoleWords) -> FigureRole | None:
    """Whose number a *number* or *count* gives: "the number of missing", "its count of the wounded"."""
    behind = [c for c in noun.subtree if 0 < c.i - noun.i <= OWN_REACH]
    if noun.i + 2 < len(noun.doc) and noun.nbor().lower_ == "of":  # "the number of people confirmed dead climbed"
        behind += noun.doc[noun.i + 2 : noun.i + STATED]
    roles = (words.adjectives.get(c.lower_) or words.tolls.get(c.lemma_.lower()) for c in behind)
    return next(filter(None, roles), None)


def _reaches(doc: Doc, toll: int, q: Quantity, words: RoleWords) -> bool:
    """Whether nothing between a toll and a number says that the number counts something else.

    "the toll rose to 12"; not "the toll rose as 40 houses burned".
    """
    last = doc[q.first - 1].lower_
    if toll == q.first - 1:
        return q.core - q.first > 1  # "crowds estimated at 9,000"
    if last in words.before_number:
        return not any(doc[i].text in (";", ".") for i in range(toll, q.first))
    return False
