"""What a number counts by the order of words: a verb right before it or a participle behind it."""

from __future__ import annotations

from reportedly.figures.quantities import Quantity
from reportedly.figures.words import HARM, RoleReading, RoleWords, countable, has_object, may_suffer
from reportedly.parse.parsed import Doc, Token

REACH = 9
SINGULAR = frozenset({"was", "is", "has"})


def by_order(doc: Doc, q: Quantity, noun: Token | None, words: RoleWords) -> RoleReading | None:
    """A verb right before the number or a participle behind it, where the parse gave no role.

    "killed 12 villagers", "12 villagers killed".
    """
    return _verb_before(doc, q, noun, words) or _participle_behind(doc, q, noun, words)


def _verb_before(doc: Doc, q: Quantity, noun: Token | None, words: RoleWords) -> RoleReading | None:
    """The active verb up to four words before a number that it is done to: "killed a total of 12"."""
    for i in range(q.first - 1, max(doc[q.core].sent.start, q.first - 4) - 1, -1):
        token = doc[i]
        form = words.forms.get(token.lower_)
        if form is not None and form[1] == "obj":
            passive = i and doc[i - 1].lower_ in ("was", "were", "been", "be", "being", "are", "is")
            joined = doc[i + 1].lower_ in ("and", ",", "or") if i + 1 < len(doc) else False
            if (
                passive
                or joined
                or form[0] not in HARM
                or not countable(noun, words)
                or not may_suffer(token, "obj", noun, words)
            ):
                return None
            return RoleReading(form[0], noun, token)
        if not (
            token.pos_ in ("ADV", "DET")
            or token.lower_ in ("a", "of", "another", "the")
            or token.lower_ in words.sets["whole"]
        ):
            return None
    return None


def _participle_behind(doc: Doc, q: Quantity, noun: Token | None, words: RoleWords) -> RoleReading | None:
    """The participle behind a number and its noun: "12 villagers killed", but not "12 gunmen killed three"."""
    sent = doc[q.core].sent
    for token in doc[q.last + 1 : min(sent.end, q.last + 1 + REACH)]:
        role = words.adjectives.get(token.lower_)
        if role is not None and token.lower_ not in words.sets["unhurt"]:
            if has_object(token):
                return None
            return RoleReading(role, noun, token) if countable(noun, words) else None
        if token.lower_ in SINGULAR and noun is not None and noun.tag_ == "NNS":
            return None  # "the driver of a lorry that hit nine people was arrested"
        plain = token.pos_ in ("NOUN", "PROPN", "ADJ") and (noun is None or token.i <= noun.i) and not token.is_punct
        if not (plain or token.lower_ in words.skipped or token.pos_ == "ADV"):
            return None
    return None
