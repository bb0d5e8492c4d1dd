"""Mends of entities: weekdays that a name swallowed, and numbers of things that were taken for times."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reportedly.parse.mending_words import MendWords
from reportedly.parse.parsed import Doc, Token, TokenSpan
from reportedly.parse.ties import DAYS, TIMES

NAMES: Final = frozenset({"PERSON", "ORG", "FAC", "GPE", "LOC", "PRODUCT", "WORK_OF_ART"})


def doc_entities(doc: Doc) -> list[tuple[int, int, str]]:
    """The named entities as positions of words with their kinds."""
    return [(e.start, e.end, e.label_) for e in doc.ents]


def _counts(number: Token, words: MendWords) -> bool:
    """Whether the last word of what was taken for a time counts the plural behind it: "three million Syrians"."""
    noun = number.head
    return (
        number.dep_ == "nummod"
        and noun.i == number.i + 1
        and noun.tag_ in ("NNS", "NNPS")
        and noun.ent_type_ != number.ent_type_
        and noun.lower_ not in words.numbers.units
        and number.lower_ in words.numbers.magnitudes
    )


def _are_things(entity: TokenSpan, words: MendWords) -> bool:
    """Whether what was taken for a time is a number of things: "two mortars"."""
    first, last = entity[0], entity[-1]
    return (
        len(entity) == 2
        and first.pos_ == "NUM"
        and first.head is last
        and last.tag_ == "NNS"
        and last.lower_ not in words.numbers.units
        and last.lower_.removesuffix("s") not in DAYS
    )


def unglued(doc: Doc, words: MendWords) -> Iterator[tuple[int, int, str]]:
    """The entities without the weekday at an end of them: "Granville Hall Thursday", "Wednesday Smith"."""
    for start, end, kind in doc_entities(doc):
        if kind in TIMES and _counts(doc[end - 1], words):
            yield start, end, "CARDINAL"
        elif kind in TIMES and _are_things(doc[start:end], words):
            yield start, end - 1, "CARDINAL"
        elif kind not in NAMES or end - start < 2:
            yield start, end, kind
        elif doc[end - 1].lower_ in DAYS and not words.glued & {doc[end - 2].lower_}:
            yield start, end - 1, kind
            yield end - 1, end, "DATE"
        elif doc[start].lower_ in DAYS and (doc[start].dep_ == "npadvmod" or _is_dated(doc, start)):
            yield start, start + 1, "DATE"
            yield start + 1, end, kind
        else:
            yield start, end, kind


def _is_dated(doc: Doc, day: int) -> bool:
    """Whether a weekday stands behind "on" and a name right behind it: "On Friday Norton Works said"."""
    return day > 0 and doc[day - 1].lower_ == "on" and not doc[day].whitespace_.startswith("-")
